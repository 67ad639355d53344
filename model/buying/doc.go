// Package buying works out what cities gain by buying together.
//
// What each will buy is pooled by commodity into lots ([Pool]). Bids come with
// tiers: one price for all units once the quantity is reached, or a price for
// the units from each step on ([Cost]). [Prices] gives each city's price alone
// and with the others, and what it would cost the rest if it withdrew. What is
// saved is the quantity times the price that a city would have paid alone less
// the price awarded; where the one or the other is not recorded, nothing is
// computed, since an unknown saving is not a saving of nothing.
package buying
