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
