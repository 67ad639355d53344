package buying_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestLotsByHand: alike by code, else by name in any case, and by unit; those of
// several cities first, then the dearest, the largest and by name.
func TestLotsByHand(t *testing.T) {
	need := func(city partnership.PartnerID, item, code, unit string, n value.Opt[int64], price value.Opt[value.Cents],
		by value.Opt[value.Day]) *buying.Need {
		return &buying.Need{Partner: city, Item: item, Commodity: code, Unit: unit, Quantity: n, Baseline: price,
			NeededBy: by, State: buying.NeedOpen}
	}
	none, never, free := value.Opt[int64]{}, value.Opt[value.Day]{}, value.Opt[value.Cents]{}
	closed := need(4, "Road salt", "", "ton", count(5), free, never)
	closed.State = buying.NeedMet
	r := with(
		need(2, "Road salt", "", "ton", count(100), money(80_00), fieldtest.On(9)),
		need(2, "road SALT", "", "Ton", count(10), money(90_00), fieldtest.On(5)),
		need(5, "Road salt", "", "ton", none, free, fieldtest.On(7)),
		closed,
		need(2, "Road salt", "", "bag", count(3), free, never),
		need(3, "Tires", "863", "each", count(4), money(100_00), never),
		need(4, "Truck tires", "863", "each", count(6), money(120_00), never),
		need(3, "Paint", "", "gal", count(7), money(1_00), never),
		need(3, "Gravel", "", "ton", count(7), money(1_00), never),
		need(3, "Sand", "", "ton", count(9), free, never),
		need(3, "Cones", "", "", count(1), free, never),
		&buying.Solicitation{ID: 4, Title: "Old", State: buying.CancelledState, Needs: []buying.NeedID{1}},
		&buying.Solicitation{ID: 5, Title: "Live", State: buying.Gathering, Needs: []buying.NeedID{6}},
	)
	lots := buying.Pool(r)
	var got []string
	for _, l := range lots {
		in := ""
		if l.In != nil {
			in = " in " + l.In.Title
		}
		got = append(got, fmt.Sprintf("%s %s: %d cities, %d and %d unknown, %v known %v%s", l.Item, l.Unit, l.Cities,
			l.Quantity, l.Unknown, l.Baseline, l.Known, in))
	}
	want := []string{
		"Road salt ton: 2 cities, 110 and 1 unknown, $8,900.00 known false",
		"Tires each: 2 cities, 10 and 0 unknown, $1,120.00 known true in Live",
		"Gravel ton: 1 cities, 7 and 0 unknown, $7.00 known true",
		"Paint gallon: 1 cities, 7 and 0 unknown, $7.00 known true",
		"Sand ton: 1 cities, 9 and 0 unknown, $0.00 known false",
		"Road salt bag: 1 cities, 3 and 0 unknown, $0.00 known false",
		"Cones : 1 cities, 1 and 0 unknown, $0.00 known false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	salt := lots[0]
	if salt.First != fieldtest.On(5) {
		t.Errorf("the first is needed by %v", salt.First)
	}
	s := buying.Gather(&salt, 5, "Salt")
	if len(s.Participants) != 2 || s.Participants[0].Quantity != count(110) || s.Participants[1].Quantity.Set ||
		s.Lead != 5 || s.Unit != "ton" || s.State != buying.Gathering ||
		s.Manner != buying.JointBid || !slices.Equal(s.Needs, []buying.NeedID{1, 2, 3}) {
		t.Errorf("%+v", s)
	}
}

// TestBidsAreRanked, the cheapest for all together first, those without a price for
// that many behind, those that do not meet the terms last; none while sealed.
func TestBidsAreRanked(t *testing.T) {
	s := joint(func(s *buying.Solicitation) { s.State = buying.Opened })
	offer := func(id buying.BidID, meets bool, tiers ...buying.Tier) *buying.Bid {
		return &buying.Bid{ID: id, Solicitation: 1, Vendor: fmt.Sprint("V", id), Manner: buying.TierAll,
			Responsive: meets, Tiers: tiers}
	}
	r := with(s, offer(1, false, tier(1, 1_00)), offer(2, true, tier(1000, 1_00)), offer(3, true, tier(1, 9_00)),
		offer(4, true, tier(1, 8_00)), offer(5, true, tier(1, 9_00)),
		offer(6, false, tier(1, 50)))
	var order []buying.BidID
	for _, one := range buying.Rank(r, s) {
		order = append(order, one.Bid.ID)
		if one.Bid.ID == 4 && one.Total != money(1200_00) || one.Bid.ID == 2 && one.Total.Set {
			t.Errorf("%+v", one)
		}
	}
	if !slices.Equal(order, []buying.BidID{4, 3, 5, 2, 6, 1}) {
		t.Errorf("%v", order)
	}
	sealed := joint(func(*buying.Solicitation) {})
	if got := buying.Rank(r, sealed); got != nil {
		t.Errorf("sealed bids are ranked: %v", got)
	}
}

// TestPricesOfAnAward: what all pay together by the unit, beside what each pays
// alone for the mean of its needs; half a cent up.
func TestPricesOfAnAward(t *testing.T) {
	r := with(&buying.Need{ID: 1, Partner: 2, Quantity: count(1), Baseline: money(10_00)},
		&buying.Need{ID: 2, Partner: 2, Quantity: count(2), Baseline: money(11_00)},
		&buying.Need{ID: 3, Partner: 5, Quantity: count(1)}, &buying.Need{ID: 4, Partner: 6, Baseline: money(1)})
	s := joint(func(s *buying.Solicitation) {
		s.State, s.Needs, s.Fee = buying.Opened, []buying.NeedID{1, 2, 3, 4, 99}, money(10)
		s.Participants = []buying.Participation{{Partner: 2, Quantity: count(3)}, {Partner: 5, Quantity: count(1)},
			{Partner: 6, Quantity: count(2)}, {Partner: 7}, {Partner: 8, Quantity: count(0)}}
	})
	b := bid(buying.TierIncremental, tier(1, 2_00), tier(2, 1_01))
	a := buying.AwardOf(r, s, b, fieldtest.Saturday)
	if len(a.Lines) != 3 || a.Vendor != "V" || a.Solicitation != 1 || a.Bid != 1 || a.On != fieldtest.On(0) {
		t.Fatalf("%+v", a)
	}
	// 2.00 and five at 1.01 are 7.05: 1.175 a unit. The mean of 10.00 and two at 11.00 is 10.666.
	if got := a.Lines[0]; got.Price != money(1_18) || got.Baseline != money(10_67) || got.Quantity != count(3) {
		t.Errorf("%+v", got)
	}
	if a.Lines[1].Baseline.Set || a.Lines[2].Baseline.Set {
		t.Errorf("a price alone that nobody knows: %+v", a.Lines)
	}
	prices := buying.Prices(r, s, b)
	if prices[0].Baseline != money(32_00) || prices[0].Alone != money(4_02) ||
		prices[0].Withdrawn != money(4_02-3_52) || prices[0].Fee+prices[1].Fee+prices[2].Fee != 10 {
		t.Errorf("%+v", prices)
	}
	if saved, ok := prices[0].Figures().Saved(); !ok || saved != 32_00-prices[0].Together.V-prices[0].Fee {
		t.Errorf("%v %v", saved, ok)
	}
	high := bid(buying.TierAll, tier(5, 1_00))
	if got := buying.Prices(r, s, high); got[0].Withdrawn.Set || got[1].Withdrawn.V != 0 || got[0].Alone.Set {
		t.Errorf("when one withdraws the others no longer reach the tier: %+v", got)
	}
	never := bid(buying.TierAll, tier(7, 1_00))
	if got := buying.AwardOf(r, s, never, 0); got.Lines[0].Price.Set || buying.Prices(r, s, never)[0].Together.Set {
		t.Errorf("a bid that is not for so many: %+v", got)
	}
	from := bid(buying.TierIncremental, tier(10, 2_00), tier(20, 1_00))
	for quantity, want := range map[int64]value.Cents{9: 0, 10: 20_00, 19: 38_00, 20: 39_00} {
		if got, ok := buying.Cost(from, quantity); got != want || ok != (want > 0) {
			t.Errorf("%d from the tenth on: %v %v", quantity, got, ok)
		}
	}
}

// TestWhatIsDueOfPurchases: needs that nobody buys for, quantities, openings,
// awards and ends of contracts.
func TestWhatIsDueOfPurchases(t *testing.T) {
	need := func(day int, set func(*buying.Need)) *buying.Need {
		n := &buying.Need{ID: 3, Item: "Salt", Partner: 2, Unit: "ton", NeededBy: fieldtest.On(day),
			State: buying.NeedOpen}
		set(n)
		return n
	}
	same := func(*buying.Need) {}
	ends := func(to buying.SolicitationState, day int) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.State, s.Ends, s.Due.Set = to, fieldtest.On(day), false })
	}
	for _, c := range []struct {
		rec  any
		more []any
		want []string
	}{
		{need(180, func(n *buying.Need) { n.Quantity = count(7) }), nil, []string{"waiting: Ash needs 7 ton of Salt " +
			"by Aug 19, 2027 (in 180 days); who buys with it?"}},
		{need(180, same), nil, []string{"waiting: Ash needs Salt by Aug 19, 2027 (in 180 days); who buys with it?"}},
		{need(181, same), nil, nil}, {need(1, func(n *buying.Need) { n.State = buying.NeedMet }), nil, nil},
		{need(1, func(n *buying.Need) { n.NeededBy.Set = false }), nil, nil},
		{need(1, same), []any{joint(func(s *buying.Solicitation) { s.Needs = []buying.NeedID{3} })}, nil},
		{need(1, same),
			[]any{joint(func(s *buying.Solicitation) { s.Needs, s.State = []buying.NeedID{3}, buying.CancelledState })},
			[]string{"waiting: Ash needs Salt by Feb 21, 2027 (tomorrow); who buys with it?"}},
		{joint(func(*buying.Solicitation) {}), nil, []string{"later: Bids for “Salt” are opened at 10:00 am"}},
		{joint(func(s *buying.Solicitation) { s.Participants[1].Committed, s.Due.Set = false, false }), nil,
			[]string{"waiting: “Salt”: 1 agency has not committed to a quantity"}},
		{joint(func(s *buying.Solicitation) { s.Participants[1].Committed, s.State = false, buying.Opened }), nil,
			[]string{"waiting: The bids for “Salt” are open and wait for an award by Ash"}},
		{joint(func(s *buying.Solicitation) { s.State = buying.CancelledState }), nil, nil},
		{ends(buying.ActiveContract, 90), nil,
			[]string{"due soon: The contract for “Salt” ends on May 21, 2027 (in 90 days)"}},
		{ends(buying.Awarded, 91), nil, []string{"later: The contract for “Salt” ends on May 22, 2027 (in 91 days)"}},
		{ends(buying.Awarded, -1), nil, []string{"waiting: The contract for “Salt” ended on Feb 19, 2027 " +
			"(yesterday); it can be renewed or marked as expired"}},
		{ends(buying.ExpiredState, -1), nil, nil},
		{&buying.Opportunity{Title: "Sweeping", Verdict: "drop",
			Next: partnership.NextStep{What: "Count", Due: fieldtest.On(1)}}, nil, nil},
	} {
		v := field.Viewpoint{Reader: with(append([]any{&partnership.Partner{ID: 2, Name: "Ash"}, c.rec}, c.more...)...),
			Now: at(8, 0).V}
		var got []string
		for d := range v.Due(c.rec.(field.Record).KindName()) {
			said := ""
			if d.Line != nil {
				said = d.Line()
			} else if d.Event != nil {
				said = d.Event()
			}
			got = append(got, d.Urgency.String()+": "+said)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("\n got %q\nwant %q", got, c.want)
		}
	}
	o := &buying.Opportunity{Title: "Sweeping", Next: partnership.NextStep{What: "Count", Due: fieldtest.On(1)}}
	due := 0
	for range (field.Viewpoint{Reader: with(o), Now: at(8, 0).V}).Due("opportunities") {
		due++
	}
	if due != 1 {
		t.Errorf("a next step comes due %d times", due)
	}
}
