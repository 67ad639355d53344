package sample

import (
	"interlocal/model/buying"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// buying tells what the cities will buy, of a salt bid that has just been
// opened, of one that gathers quantities, of a contract that is used, and of
// one that was awarded last year.
func (t *teller) buying() {
	need := func(city partnership.PartnerID, item, code string, quantity int64, unit string, days int,
		baseline value.Cents, source string) {
		n := &buying.Need{ID: buying.NeedID(len(t.Needs) + 1), Partner: city, Item: item, Commodity: code,
			Quantity: value.Some(quantity), Unit: unit,
			NeededBy: t.in(days), Flexibility: "dates", Funded: city != raytown, State: buying.NeedOpen}
		if baseline > 0 {
			n.Baseline, n.BaselineSource = value.Some(baseline), source
		}
		t.Needs = append(t.Needs, n)
	}
	const invoice = "last winter's invoice"
	need(independence, "Road salt, bulk", "775-45", 4200, "ton", 150, 78_40, invoice)
	need(leesSummit, "Road salt, bulk", "775-45", 3600, "ton", 150, 76_90, invoice)
	need(blueSprings, "Road salt, bulk", "775-45", 2100, "ton", 150, 81_15, invoice)
	need(grandview, "Road salt, bulk", "775-45", 900, "ton", 150, 0, "")
	need(raytown, "Road salt, bulk", "775-45", 1100, "ton", 150, 84_60, invoice)
	need(grandview, "Crack sealant", "745-28", 14, "pallet", 90, 1_480_00, "quote")
	need(raytown, "Crack sealant", "745-28", 10, "pallet", 75, 1_530_00, "quote")
	need(blueSprings, "Crack sealant", "745-28", 22, "pallet", 90, 1_455_00, "quote")
	need(leesSummit, "Pickup truck, half ton", "072-03", 6, "each", 200, 46_200_00, "city contract")
	need(raytown, "Pickup truck, half ton", "072-03", 2, "each", 220, 0, "")
	need(independence, "Street sweeper", "765-77", 1, "each", 300, 289_000_00, "quote")
	need(raytown, "Street sweeper", "765-77", 1, "each", 320, 0, "")

	t.Opportunities = []*buying.Opportunity{
		{ID: 1, Title: "Street sweeping", Work: "sweeper", Verdict: "open", Options: "Lend Independence's sweeper by " +
			"the week, or buy a second one together.",
			Cities: []buying.CityNeed{{Partner: independence, Has: "one sweeper",
				Spends: value.Some[value.Cents](96_000_00), Wants: "to use it more"},
				{Partner: raytown, Has: "none", Spends: value.Some[value.Cents](31_500_00), Wants: "two passes a year"},
				{Partner: grandview, Has: "none", Wants: "after leaf season"}},
			Next:  partnership.NextStep{What: "Count lane miles", Owner: who(raytown, jobStreets), Due: t.in(20)},
			Needs: []buying.NeedID{11, 12}},
		{ID: 2, Title: "Night work lighting", Work: "light tower", Verdict: "lend", Reason: "One tower stands idle " +
			"three weeks in four.",
			Cities: []buying.CityNeed{{Partner: leesSummit, Has: "one tower"}, {Partner: blueSprings, Has: "none",
				Spends: value.Some[value.Cents](4_200_00), Wants: "a rental less"}}},
	}
	t.solicitations()
	t.bids()
}

// solicitations tells which purchases are under way.
func (t *teller) solicitations() {
	part := func(city partnership.PartnerID, quantity int64, committed bool) buying.Participation {
		return buying.Participation{Partner: city, Quantity: value.Some(quantity), Committed: committed}
	}
	t.Solicitations = []*buying.Solicitation{
		{ID: 1, Title: "Road salt, next winter", Lead: leesSummit, Manner: buying.JointBid, Unit: "ton",
			Needs: []buying.NeedID{1, 2, 3, 4, 5},
			Participants: []buying.Participation{part(independence, 4200, true), part(leesSummit, 3600, true),
				part(blueSprings, 2100, true),
				part(grandview, 900, false), part(raytown, 1100, true)},
			Due: t.at(-2, 14, 0), Begins: t.in(120), Ends: t.in(484), RenewalsLeft: value.Some[int64](4),
			Fee: value.Some[value.Cents](1_500_00), State: buying.Opened},
		{ID: 2, Title: "Crack sealant", Lead: blueSprings, Manner: buying.JointBid, Unit: "pallet",
			Needs: []buying.NeedID{6, 7, 8},
			Participants: []buying.Participation{part(blueSprings, 22, false), part(grandview, 14, false),
				part(raytown, 10, false)},
			Due: t.at(24, 14, 0), State: buying.Gathering, Sealed: true},
		{ID: 3, Title: "Pickup trucks", Lead: leesSummit, Manner: buying.Piggyback, Contract: "Regional cooperative " +
			"vehicle contract", Unit: "each",
			Needs: []buying.NeedID{9, 10}, Participants: []buying.Participation{part(leesSummit, 6, true),
				part(raytown, 2, false)}, State: buying.CommittedState},
		{ID: 4, Title: "Traffic paint", Lead: independence, Manner: buying.JointBid, Unit: "gallon",
			Participants: []buying.Participation{part(independence, 1800, true), part(leesSummit, 1500, true),
				part(grandview, 400, true)},
			Due: t.at(-230, 14, 0), Begins: t.in(-200), Ends: t.in(165), RenewalsLeft: value.Some[int64](2),
			State: buying.ActiveContract},
	}
}

// bids tells what vendors offered, and what came of it.
func (t *teller) bids() {
	tier := func(from int64, price value.Cents) buying.Tier {
		return buying.Tier{From: value.Some(from), Price: value.Some(price)}
	}
	t.Bids = []*buying.Bid{
		{ID: 1, Solicitation: 1, Vendor: "Prairie Salt (sample)", Received: t.at(-3, 10, 30), Manner: buying.TierAll,
			Responsive: true,
			Tiers:      []buying.Tier{tier(1, 79_00), tier(5000, 73_50), tier(10000, 68_25)}},
		{ID: 2, Solicitation: 1, Vendor: "River Bulk Supply (sample)", Received: t.at(-2, 9, 15),
			Manner: buying.TierIncremental, Responsive: true,
			Tiers: []buying.Tier{tier(1, 76_00), tier(4001, 69_80), tier(9001, 66_40)}},
		{ID: 3, Solicitation: 1, Vendor: "Heartland Deicers (sample)", Received: t.at(-2, 13, 40),
			Manner: buying.TierAll,
			Tiers:  []buying.Tier{tier(1, 71_90)}, Note: "No delivery within 72 hours, which was asked for."},
		{ID: 4, Solicitation: 4, Vendor: "Midland Coatings (sample)", Received: t.at(-232, 11, 0),
			Manner: buying.TierAll, Responsive: true,
			Tiers: []buying.Tier{tier(1, 16_10), tier(3000, 13_85)}},
	}
	line := func(city partnership.PartnerID, quantity int64, price, baseline value.Cents) buying.AwardLine {
		l := buying.AwardLine{Partner: city, Quantity: value.Some(quantity), Price: value.Some(price)}
		if baseline > 0 {
			l.Baseline = value.Some(baseline)
		}
		return l
	}
	t.Awards = []*buying.Award{{ID: 1, Solicitation: 4, Bid: 4, Vendor: "Midland Coatings (sample)", On: t.in(-215),
		Lines: []buying.AwardLine{
			line(independence, 1800, 13_85, 15_90), line(leesSummit, 1500, 13_85, 15_40),
			line(grandview, 400, 13_85, 0)}}}
}
