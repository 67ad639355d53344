package sample

import "interlocal/model"

// buying tells what the cities will buy, of a salt bid that has just been
// opened, of one that gathers quantities, of a contract that is used, and of
// one that was awarded last year.
func (t *teller) buying() {
	need := func(city model.PartnerID, item, code string, quantity int64, unit string, days int, baseline model.Cents, source string) {
		n := &model.Need{ID: model.NeedID(len(t.Needs) + 1), Partner: city, Item: item, Commodity: code, Quantity: model.Some(quantity), Unit: unit,
			NeededBy: t.in(days), Flexibility: "dates", Funded: city != raytown, State: model.NeedOpen}
		if baseline > 0 {
			n.Baseline, n.BaselineSource = model.Some(baseline), source
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

	part := func(city model.PartnerID, quantity int64, committed bool) model.Participation {
		return model.Participation{Partner: city, Quantity: model.Some(quantity), Committed: committed}
	}
	t.Opportunities = []*model.Opportunity{
		{ID: 1, Title: "Street sweeping", Work: "sweeper", Verdict: "open", Options: "Lend Independence's sweeper by the week, or buy a second one together.",
			Cities: []model.CityNeed{{Partner: independence, Has: "one sweeper", Spends: model.Some[model.Cents](96_000_00), Wants: "to use it more"},
				{Partner: raytown, Has: "none", Spends: model.Some[model.Cents](31_500_00), Wants: "two passes a year"},
				{Partner: grandview, Has: "none", Wants: "after leaf season"}},
			Next: model.NextStep{What: "Count lane miles", Owner: who(raytown, jobStreets), Due: t.in(20)}, Needs: []model.NeedID{11, 12}},
		{ID: 2, Title: "Night work lighting", Work: "light tower", Verdict: "lend", Reason: "One tower stands idle three weeks in four.",
			Cities: []model.CityNeed{{Partner: leesSummit, Has: "one tower"}, {Partner: blueSprings, Has: "none", Spends: model.Some[model.Cents](4_200_00), Wants: "a rental less"}}},
	}
	t.Solicitations = []*model.Solicitation{
		{ID: 1, Title: "Road salt, next winter", Lead: leesSummit, Manner: model.JointBid, Unit: "ton", Needs: []model.NeedID{1, 2, 3, 4, 5},
			Participants: []model.Participation{part(independence, 4200, true), part(leesSummit, 3600, true), part(blueSprings, 2100, true),
				part(grandview, 900, false), part(raytown, 1100, true)},
			Due: t.at(-2, 14, 0), Begins: t.in(120), Ends: t.in(484), RenewalsLeft: model.Some[int64](4), Fee: model.Some[model.Cents](1_500_00), State: model.Opened},
		{ID: 2, Title: "Crack sealant", Lead: blueSprings, Manner: model.JointBid, Unit: "pallet", Needs: []model.NeedID{6, 7, 8},
			Participants: []model.Participation{part(blueSprings, 22, false), part(grandview, 14, false), part(raytown, 10, false)},
			Due:          t.at(24, 14, 0), State: model.Gathering},
		{ID: 3, Title: "Pickup trucks", Lead: leesSummit, Manner: model.Piggyback, Contract: "Regional cooperative vehicle contract", Unit: "each",
			Needs: []model.NeedID{9, 10}, Participants: []model.Participation{part(leesSummit, 6, true), part(raytown, 2, false)}, State: model.CommittedState},
		{ID: 4, Title: "Traffic paint", Lead: independence, Manner: model.JointBid, Unit: "gallon",
			Participants: []model.Participation{part(independence, 1800, true), part(leesSummit, 1500, true), part(grandview, 400, true)},
			Due:          t.at(-230, 14, 0), Begins: t.in(-200), Ends: t.in(165), RenewalsLeft: model.Some[int64](2), State: model.ActiveContract},
	}
	tier := func(from int64, price model.Cents) model.Tier {
		return model.Tier{From: model.Some(from), Price: model.Some(price)}
	}
	t.Bids = []*model.Bid{
		{ID: 1, Solicitation: 1, Vendor: "Prairie Salt (sample)", Received: t.at(-3, 10, 30), Manner: model.TierAll, Responsive: true,
			Tiers: []model.Tier{tier(1, 79_00), tier(5000, 73_50), tier(10000, 68_25)}},
		{ID: 2, Solicitation: 1, Vendor: "River Bulk Supply (sample)", Received: t.at(-2, 9, 15), Manner: model.TierIncremental, Responsive: true,
			Tiers: []model.Tier{tier(1, 76_00), tier(4001, 69_80), tier(9001, 66_40)}},
		{ID: 3, Solicitation: 1, Vendor: "Heartland Deicers (sample)", Received: t.at(-2, 13, 40), Manner: model.TierAll,
			Tiers: []model.Tier{tier(1, 71_90)}, Note: "No delivery within 72 hours, which was asked for."},
		{ID: 4, Solicitation: 4, Vendor: "Midland Coatings (sample)", Received: t.at(-232, 11, 0), Manner: model.TierAll, Responsive: true,
			Tiers: []model.Tier{tier(1, 16_10), tier(3000, 13_85)}},
	}
	line := func(city model.PartnerID, quantity int64, price, baseline model.Cents) model.AwardLine {
		l := model.AwardLine{Partner: city, Quantity: model.Some(quantity), Price: model.Some(price)}
		if baseline > 0 {
			l.Baseline = model.Some(baseline)
		}
		return l
	}
	t.Awards = []*model.Award{{ID: 1, Solicitation: 4, Bid: 4, Vendor: "Midland Coatings (sample)", On: t.in(-215), Lines: []model.AwardLine{
		line(independence, 1800, 13_85, 15_90), line(leesSummit, 1500, 13_85, 15_40), line(grandview, 400, 13_85, 0)}}}
}
