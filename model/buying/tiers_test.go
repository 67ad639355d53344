package buying_test

import (
	"testing"

	"interlocal/model"
	"interlocal/model/buying"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
)

func tier(from int64, price value.Cents) buying.Tier {
	return buying.Tier{From: value.Some(from), Price: value.Some(price)}
}

func bid(manner buying.TierManner, tiers ...buying.Tier) *buying.Bid {
	return &buying.Bid{ID: 1, Vendor: "V", Manner: manner, Tiers: tiers, Responsive: true}
}

// Costs worked out by hand, around each step of the tiers.
func TestCost(t *testing.T) {
	all := bid(buying.TierAll, tier(1, 80_00), tier(100, 70_00), tier(1000, 65_50))
	step := bid(buying.TierIncremental, tier(1, 80_00), tier(101, 70_00), tier(1001, 65_50))
	least := bid(buying.TierAll, tier(50, 10_00))
	for _, c := range []struct {
		bid      *buying.Bid
		quantity int64
		want     value.Cents
		ok       bool
	}{
		{all, 1, 80_00, true}, {all, 99, 7_920_00, true}, {all, 100, 7_000_00, true}, {all, 999, 69_930_00, true},
		{all, 1000, 65_500_00, true}, {all, 0, 0, false},
		{step, 1, 80_00, true}, {step, 100, 8_000_00, true}, {step, 101, 8_070_00, true},
		{step, 1000, 8_000_00 + 900*70_00, true}, {step, 1001, 8_000_00 + 900*70_00 + 65_50, true},
		{step, 2000, 8_000_00 + 900*70_00 + 1000*65_50, true},
		{least, 49, 0, false}, {least, 50, 500_00, true}, {bid(buying.TierAll), 5, 0, false},
	} {
		if got, ok := buying.Cost(c.bid, c.quantity); got != c.want || ok != c.ok {
			t.Errorf("%d units under %v cost %v %v, by hand %v %v", c.quantity, c.bid.Manner, got, ok, c.want, c.ok)
		}
	}
}

// TestPricesWithAndWithoutTheOthers: three cities reach the second tier only
// together; when the one withdraws the others fall back.
func TestPricesWithAndWithoutTheOthers(t *testing.T) {
	r := fieldtest.NewMemory(model.NewSchema())
	need := func(id buying.NeedID, city partnership.PartnerID, quantity int64, baseline value.Opt[value.Cents]) {
		r.Put("needs", &buying.Need{ID: id, Partner: city, Item: "salt", Quantity: value.Some(quantity),
			Baseline: baseline, State: buying.NeedOpen})
	}
	need(1, 1, 60, value.Some[value.Cents](82_00))
	need(2, 2, 30, value.Opt[value.Cents]{})
	need(3, 3, 10, value.Some[value.Cents](90_00))
	part := func(city partnership.PartnerID, n int64) buying.Participation {
		return buying.Participation{Partner: city, Quantity: value.Some(n)}
	}
	s := &buying.Solicitation{ID: 1, Lead: 1, State: buying.Opened, Needs: []buying.NeedID{1, 2, 3},
		Fee:          value.Some[value.Cents](100_00),
		Participants: []buying.Participation{part(1, 60), part(2, 30), part(3, 10)}}
	b := bid(buying.TierAll, tier(1, 80_00), tier(100, 70_00))
	got := buying.Prices(r, s, b)
	type price struct{ together, alone, withdrawn, fee value.Cents }
	for i, want := range []price{
		{4_200_00, 4_800_00, 400_00, 60_00}, // the other forty pay 3,200 instead of 2,800
		{2_100_00, 2_400_00, 700_00, 30_00}, // the other seventy pay 5,600 instead of 4,900
		{700_00, 800_00, 900_00, 10_00},     // the other ninety pay 7,200 instead of 6,300
	} {
		if p := got[i]; p.Together.V != want.together || p.Alone.V != want.alone || p.Withdrawn.V != want.withdrawn ||
			p.Fee != want.fee {
			t.Errorf("city %d: %+v, by hand %+v", i+1, p, want)
		}
	}
	if saved, ok := got[0].Figures().Saved(); !ok || saved != 4_920_00-4_200_00-60_00 {
		t.Errorf("the first saves %v %v", saved, ok)
	}
	if _, ok := got[1].Figures().Saved(); ok {
		t.Error("a saving was computed without a price alone")
	}
}

func TestAwardSavesWhatIsKnown(t *testing.T) {
	a := &buying.Award{Lines: []buying.AwardLine{
		{Partner: 1, Quantity: value.Some[int64](60), Price: value.Some[value.Cents](70_00),
			Baseline: value.Some[value.Cents](82_00)},
		{Partner: 2, Quantity: value.Some[int64](30), Price: value.Some[value.Cents](70_00)},
		{Partner: 3, Quantity: value.Some[int64](10), Price: value.Some[value.Cents](70_00),
			Baseline: value.Some[value.Cents](65_00)},
	}}
	if s := buying.SavingOf(a); s.Saved != 720_00-50_00 || s.Computed != 2 || s.Unknown != 1 {
		t.Errorf("%+v", s)
	}
}

func TestPoolFindsWhatSeveralWant(t *testing.T) {
	r := sample.Story(value.Date(2027, 2, 20)).Reader()
	lots := buying.Pool(r)
	if len(lots) == 0 || lots[0].Cities != 5 || lots[0].Quantity != 4200+3600+2100+900+1100 || lots[0].Known ||
		lots[0].In == nil {
		t.Fatalf("%+v", lots)
	}
	s := buying.Gather(&lots[0], 2, "Salt")
	if len(s.Participants) != 5 || s.Quantity() != lots[0].Quantity || len(s.Needs) != 5 {
		t.Errorf("%+v", s)
	}
}
