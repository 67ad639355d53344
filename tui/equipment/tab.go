package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// LendingKinds are the kinds that the Equipment tab lists.
func LendingKinds() []string {
	return []string{"equipment", "reservations", "blocks", "kits", "series", "handovers", "returns", "charges",
		"statements", "rates"}
}

// BuyingKinds are the kinds that the Buying tab lists.
func BuyingKinds() []string {
	return []string{"needs", "solicitations", "bids", "awards", "opportunities"}
}

// NewLending lays out the Equipment tab: the inventory, when units are free, the
// yard today, the loans, who owes whom, and how the units are used.
func NewLending(d *app.App) *records.Screen {
	s := records.New(d, "Equipment", LendingKinds())
	deeds := loanDeeds(d, s)
	anywhere := bookKey(d)
	s.Insert(1, newFinder(d, s))
	s.Insert(2, newTimeline(d, s, deeds))
	s.Insert(3, newYard(d, s, append([]page.Action{anywhere}, deeds...)))
	s.Insert(5, newBalances(d, s))
	s.Insert(6, newUse(d, s))
	for _, kind := range LendingKinds() {
		s.Offer(kind, anywhere)
	}
	s.Offer(lending.KindReservations, deeds...)
	lines, statements := moneyDeeds(d)
	s.Offer(lending.KindCharges, lines...)
	s.Offer(lending.KindStatements, statements...)
	return s.Offer(lending.KindStatements, printDeed(d, "statement", aboutRow))
}

// bookKey opens the booking line from a page of rows.
func bookKey(d *app.App) page.Action {
	a := page.Action{Key: page.Bind("b", "book"), Always: true, Do: func(r *page.Row) tea.Cmd {
		if r == nil {
			return book(d, "")
		}
		return bookUnit(d, namedBy(d, r.Route.Kind, r.Route.ID))
	}}
	return a.Doing("loan.book")
}

// namedBy gives what a booking begun from a record is for: the tag of the unit
// or the name of the assembly that it is or is about.
func namedBy(d *app.App, kind string, id uint64) string {
	if kind == lending.KindKits {
		if k := field.Get(d.View(), lending.KitID(id)); k != nil {
			return k.Name
		}
	}
	unit := lending.EquipmentID(id)
	if kind != lending.KindEquipment {
		unit = 0
		if rec := d.View().Get(kind, id); rec != nil {
			if c := d.Kind(kind).Column("unit"); c != nil {
				c.Refs(rec, func(_ string, id uint64) { unit = lending.EquipmentID(id) })
			}
		}
	}
	if u := field.Get(d.View(), unit); u != nil {
		return u.Tag
	}
	return ""
}

// NewBuying lays out the Buying tab: what each city needs, what could be bought
// together, and how far that has come.
func NewBuying(d *app.App) *records.Screen {
	s := records.New(d, "Buying", BuyingKinds())
	s.Insert(1, newPool(d, s))
	s.Insert(2, newBoard(d, s))
	s.Insert(3, newPrices(d, s))
	s.Insert(4, newSavings(d, s))
	return s.Offer(buying.KindSolicitations, printDeed(d, "purchase", aboutRow))
}
