package buying_test

import (
	"testing"

	"interlocal/model"
	"interlocal/model/buying"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func do(w *fieldtest.Writer, name string, id uint64) (field.Result, error) {
	return buying.Acts().Named(name).Do(w, id, nil, nil)
}

// market is a Writer over salt that cities 2 and 5 want.
func market(t *testing.T) *fieldtest.Writer {
	t.Helper()
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 3, 4).At(12, 0))
	for _, city := range []partnership.PartnerID{2, 5} {
		n := &buying.Need{Item: "Road salt", Partner: city, Unit: "ton", Quantity: value.Some[int64](100),
			State: buying.NeedOpen}
		if _, err := field.Put(w, n); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// Whoever gathers leads; a coordinator of no city leaves the lead to the first.
// What is gathered is gathered once, by whichever of its needs it is named.
func TestALotIsGatheredOnce(t *testing.T) {
	for by, lead := range map[field.Actor]partnership.PartnerID{{Partner: 5}: 5, {All: true}: 2} {
		w := market(t)
		w.By = by
		done, err := do(w, "need.gather", 2)
		if err != nil {
			t.Fatal(err)
		}
		s := field.Get(w, buying.SolicitationID(done.ID))
		if s.Lead != lead || s.Title != "Road salt 2027" || len(s.Participants) != 2 || s.Quantity() != 200 ||
			s.State != buying.Gathering {
			t.Errorf("%+v by %+v", s, by)
		}
		for id := range uint64(2) {
			if _, err := do(w, "need.gather", id+1); failure.CodeOf(err) != failure.Invalid {
				t.Errorf("need %d a second time: %v", id+1, err)
			}
		}
	}
	w := market(t)
	w.By = field.Actor{}
	if _, err := do(w, "need.gather", 1); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("somebody of no city leads: %v", err)
	}
}

// The lead agency opens bids and awards; what is not open is not awarded, and
// what is awarded stays so.
func TestTheLeadOpensAndAwards(t *testing.T) {
	w := market(t)
	id, err := field.Put(w, &buying.Solicitation{Title: "Salt", Lead: 2, Manner: buying.JointBid, Unit: "ton",
		State: buying.Issued,
		Participants: []buying.Participation{{
			Partner: 2, Quantity: value.Some[int64](100)}, {Partner: 5, Quantity: value.Some[int64](100)}}})
	if err != nil {
		t.Fatal(err)
	}
	bid, err := field.Put(w, &buying.Bid{Solicitation: id, Vendor: "Prairie Salt", Manner: buying.TierAll,
		Responsive: true,
		Tiers:      []buying.Tier{{From: value.Some[int64](1), Price: value.Some[value.Cents](7000)}}})
	if err != nil {
		t.Fatal(err)
	}
	refused := func(code failure.Code, name string, id uint64) {
		t.Helper()
		if _, err := do(w, name, id); failure.CodeOf(err) != code {
			t.Errorf("%s by %d: %v", name, w.By.Partner, err)
		}
	}
	w.By = field.Actor{Partner: 2}
	refused(failure.Conflict, "bid.award", uint64(bid))
	w.By.Partner = 5
	refused(failure.Forbidden, "solicitation.open", uint64(id))
	w.By.Partner = 2
	if _, err := do(w, "solicitation.open", uint64(id)); err != nil {
		t.Fatal(err)
	}
	refused(failure.Invalid, "solicitation.open", uint64(id))
	w.By.Partner = 5
	refused(failure.Forbidden, "bid.award", uint64(bid))
	w.By.Partner = 2
	if _, err := do(w, "bid.award", uint64(bid)); err != nil {
		t.Fatal(err)
	}
	refused(failure.Conflict, "bid.award", uint64(bid))
	awards := 0
	for a := range field.All[buying.Award](w) {
		awards++
		if a.Bid != bid || a.On != value.Some(w.Now().Day()) || len(a.Lines) != 2 ||
			a.Lines[0].Price != value.Some[value.Cents](7000) {
			t.Errorf("%+v", a)
		}
	}
	if s := field.Get(w, id); awards != 1 || s.State != buying.Awarded {
		t.Errorf("%d awards, %s", awards, s.State)
	}
}

// awardable is an opened solicitation of both needs that city 2 leads, with bids at prices of a unit.
func awardable(t *testing.T, state buying.SolicitationState, prices ...value.Cents) (*fieldtest.Writer, uint64) {
	t.Helper()
	w := market(t)
	id, err := field.Put(w, &buying.Solicitation{Title: "Salt", Lead: 2, Manner: buying.JointBid, Unit: "ton",
		State: state, Needs: []buying.NeedID{1, 2},
		Participants: []buying.Participation{{Partner: 2, Quantity: count(100)},
			{Partner: 5, Quantity: count(100)}}})
	for i, price := range prices {
		_, err = field.Put(w, &buying.Bid{Solicitation: id, Vendor: string(rune('A' + i)), Manner: buying.TierAll,
			Responsive: true, Tiers: []buying.Tier{tier(1, price)}})
	}
	if err != nil {
		t.Fatal(err)
	}
	w.By = field.Actor{Partner: 2}
	return w, uint64(id)
}

// An award meets the needs of every city, and says where another bid was as good.
func TestAnAwardMeetsItsNeedsAndMarksATie(t *testing.T) {
	for _, c := range []struct {
		prices []value.Cents
		note   string
	}{
		{[]value.Cents{70_00, 71_00}, ""},
		{[]value.Cents{70_00, 70_00, 70_00}, "A tie: as much was bid by B and C, $14,000.00 for all."},
	} {
		w, _ := awardable(t, buying.Opened, c.prices...)
		if got := buying.Acts().Named("bid.award").Preview(w.View(), field.Get(w, buying.BidID(1)),
			nil); got != c.note {
			t.Errorf("asked: %q, want %q", got, c.note)
		}
		if _, err := do(w, "bid.award", 1); err != nil {
			t.Fatal(err)
		}
		if a := field.Get(w, buying.AwardID(1)); a.Note != c.note || a.Lines[1].Pays != money(7_000_00) {
			t.Errorf("%+v, want %q", a, c.note)
		}
		for n := range field.All[buying.Need](w) {
			if n.State != buying.NeedMet {
				t.Errorf("need %d is %s", n.ID, n.State)
			}
		}
	}
}

// The first bid that is recorded opens what is not sealed; what is sealed or not
// due yet takes none.
func TestBidsAreRecordedWhenOpened(t *testing.T) {
	offer := &buying.Bid{Vendor: "V", Manner: buying.TierAll, Tiers: []buying.Tier{tier(1, 1_00)}}
	for name, c := range map[string]struct {
		set  func(*buying.Solicitation)
		code failure.Code
	}{
		"in the portal": {func(*buying.Solicitation) {}, ""},
		"opened before": {func(s *buying.Solicitation) { s.State = buying.Opened }, ""},
		"sealed":        {func(s *buying.Solicitation) { s.Sealed = true }, failure.Invalid},
		"not yet due": {func(s *buying.Solicitation) { s.Due = value.Some(value.Date(2027, 3, 4).At(12, 1)) },
			failure.Invalid},
		"cancelled": {func(s *buying.Solicitation) { s.State = buying.CancelledState }, failure.Invalid},
	} {
		w, id := awardable(t, buying.Issued)
		if err := field.Change(w, buying.SolicitationID(id), func(s *buying.Solicitation) error {
			c.set(s)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		_, err := buying.Acts().Named("solicitation.record").Do(w, id, offer, nil)
		if failure.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if s := field.Get(w, buying.SolicitationID(id)); err == nil && s.State != buying.Opened {
			t.Errorf("%s: %s", name, s.State)
		}
	}
}

// An award without a bid meets its needs as well.
func TestAnAwardWithoutABid(t *testing.T) {
	w, id := awardable(t, buying.Opened)
	a := &buying.Award{Vendor: "State contract", Note: "the state's contract is used"}
	if _, err := buying.Acts().Named("solicitation.award").Do(w, id, a, nil); err != nil {
		t.Fatal(err)
	}
	if s := field.Get(w, buying.SolicitationID(id)); s.State != buying.Awarded ||
		field.Get(w, buying.NeedID(1)).State != buying.NeedMet {
		t.Errorf("%s", s.State)
	}
}
