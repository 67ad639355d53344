package pairing

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// day is the date of the event in these tests.
var day = value.Date(2027, 4, 20)

const (
	am = 0
	pm = 1
)

// town is a small world: two clerks and two foresters in each of three cities.
type town struct {
	*fieldtest.Memory
	t      *testing.T
	people partnership.PersonID
}

// SampleOf gives the records of a made-up partnership of so many people.
var SampleOf func(people int, day value.Day) *fieldtest.Memory

// schema is what a town is made of.
func schema() *field.Schema {
	return field.SchemaOf(partnership.DescribeSettings(), partnership.DescribePartner(), partnership.DescribePerson(),
		shadowing.DescribeEvent(), shadowing.DescribeSignup(), shadowing.DescribeMatch(), shadowing.DescribeFeedback(),
		shadowing.DescribeProof(), shadowing.DescribeSynonym())
}

func newTown(t *testing.T) *town {
	w := &town{Memory: fieldtest.NewMemory(schema()), t: t}
	for i, name := range []string{"Ash", "Birch", "Cedar"} {
		w.Put("partners", &partnership.Partner{ID: partnership.PartnerID(i + 1), Name: name, Kind: partnership.City,
			Status: partnership.Member})
	}
	w.Put("events", &shadowing.Event{ID: 1, Name: "Spring", Date: value.Some(day), State: shadowing.EventOpen})
	return w
}

const (
	clerk    = "Keep the minutes of the council; Answer open-records requests; Publish agendas and packets"
	forester = "Prune street trees; Inspect trees after storms; Run the tree planting program"
)

// add signs somebody up.
func (w *town) add(name string, city partnership.PartnerID, duties string, role shadowing.SignupRole,
	change ...func(*shadowing.Signup)) partnership.PersonID {
	w.people++
	title := "City Clerk"
	if duties == forester {
		title = "Urban Forester"
	}
	w.Put("people", &partnership.Person{ID: w.people, Name: name, Partner: city, Title: title,
		Duties: strings.Split(duties, "; ")})
	s := &shadowing.Signup{ID: shadowing.SignupID(w.people), Event: 1, Person: w.people, Role: role,
		State: shadowing.SignupApproved, Length: shadowing.EitherOfTwo}
	for _, f := range change {
		f(s)
	}
	w.Put("signups", s)
	return w.people
}

func at(half value.Half) value.Slot { return value.SlotOn(day, half) }

func (w *town) round() *Round {
	w.t.Helper()
	x, err := Prepare(w, 1, Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

func (w *town) make(x *Round) *Plan {
	w.t.Helper()
	p, err := x.Make(match.Control{})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// save carries changes out and checks every record by its own rules.
func (w *town) save(c Changes) {
	w.t.Helper()
	if err := c.Apply(&fieldtest.Writer{Memory: w.Memory}); err != nil {
		w.t.Fatal(err)
	}
	for _, k := range w.Schema().Kinds {
		for id, rec := range w.Scan(k.Name) {
			if err := k.Check(w, day-10, nil, rec).Err(k.Label(rec)); err != nil {
				w.t.Errorf("%s #%d: %v", k.Name, id, err)
			}
		}
	}
}

func said(p *Plan, x *Round) string {
	var out []string
	for _, v := range p.Visits {
		out = append(out, x.Name(v.Visitor)+">"+x.Name(v.Host)+" "+v.When())
	}
	return strings.Join(out, "\n")
}

func TestMatchesPutSimilarWorkTogether(t *testing.T) {
	w := newTown(t)
	w.add("Ann", 1, clerk, shadowing.SignupVisit)
	w.add("Bea", 2, clerk, shadowing.SignupHost)
	w.add("Cal", 1, forester, shadowing.SignupVisit)
	w.add("Dov", 3, forester, shadowing.SignupHost)
	x := w.round()
	p := w.make(x)
	if got := said(p, x); got != "Ann>Bea Tue Apr 20, full day\nCal>Dov Tue Apr 20, full day" {
		t.Errorf("got\n%s", got)
	}
	if p.Quality.Words() != "best possible" || len(p.Waiting) != 0 {
		t.Errorf("%q, %v", p.Quality.Words(), p.Waiting)
	}
	w.save(x.Save(p, day-10))
	x = w.round()
	now, err := x.Current()
	if err != nil || said(now, x) != said(p, x) || now.Quality != p.Quality {
		t.Errorf("from the records: %v\n%s %v", err, said(now, x), now.Quality)
	}
	if q, err := CheckProof(x.Proof); err != nil || q != p.Quality {
		t.Errorf("the kept proof: %v %v", q, err)
	}
	if c := x.Save(now, day-9); len(c.Matches)+len(c.Drop) != 0 {
		t.Errorf("saving what is recorded changes %+v", c)
	}
}

func TestProofThatWasTamperedWithIsRefused(t *testing.T) {
	w := newTown(t)
	w.add("Ann", 1, clerk, shadowing.SignupVisit)
	w.add("Bea", 2, clerk, shadowing.SignupHost)
	x := w.round()
	w.save(x.Save(w.make(x), day))
	proof := shadowing.ProofOf(w, 1)
	e, err := unpackEvidence(proof.Parts)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*evidence, *shadowing.Proof){
		"a higher value": func(e *evidence, p *shadowing.Proof) { e.Value++; p.Value = value.Some(e.Value) },
		"a lower bound": func(e *evidence, p *shadowing.Proof) {
			e.Bound--
			e.Value--
			p.Bound = value.Some(e.Bound)
		},
		"no matches":        func(e *evidence, p *shadowing.Proof) { e.Matches = nil },
		"no prices":         func(e *evidence, p *shadowing.Proof) { e.Certificate.Parts = nil },
		"other figures":     func(e *evidence, p *shadowing.Proof) { p.Value = value.Some(int64(1)) },
		"a problem changed": func(e *evidence, p *shadowing.Proof) { e.Problem.People[1].Role = match.Visit },
	} {
		t.Run(name, func(t *testing.T) {
			e, _ = unpackEvidence(proof.Parts)
			p := *proof
			spoil(e, &p)
			p.Parts = packEvidence(e)
			if q, err := CheckProof(&p); err == nil {
				t.Errorf("passes as %v", q)
			}
		})
	}
	cut := *proof
	cut.Parts = []string{"0001abc"}
	if _, err := CheckProof(&cut); failure.CodeOf(err) != failure.Damaged {
		t.Errorf("a cut proof: %v", err)
	}
}

func TestWhatRulesAPairOut(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost)
	cal := w.add("Cal", 2, forester, shadowing.SignupHost)
	abe := w.add("Abe", 1, clerk, shadowing.SignupHost)
	dee := w.add("Dee", 3, clerk, shadowing.SignupVisit,
		func(s *shadowing.Signup) { s.Avoid = []partnership.PersonID{bea} })
	eve := w.add("Eve", 3, clerk, shadowing.SignupVisit,
		func(s *shadowing.Signup) { s.State = shadowing.SignupWithdrawn })
	fay := w.add("Fay", 3, clerk, shadowing.SignupVisit)
	zoe := w.add("Zoe", 3, clerk, shadowing.SignupHost, func(s *shadowing.Signup) { s.Capacity = value.Some(int64(0)) })
	e := *field.Get[shadowing.Event](w, 1)
	e.Matching.MinScore = value.Some[int64](400)
	w.Put("events", &e)
	w.Put("events", &shadowing.Event{ID: 2, Name: "Autumn", Date: value.Some(day - 200), State: shadowing.EventClosed})
	w.Put("matches", &shadowing.Match{ID: 1, Event: 2, Visitor: fay, Host: bea,
		Slots: []value.Slot{value.SlotOn(day-200, am)}, State: shadowing.MatchHeld})
	x := w.round()
	p := w.make(x)
	for _, c := range []struct {
		visitor, host partnership.PersonID
		want          string
	}{
		{ann, abe, "both are of Ash"}, {ann, ann, "one person"}, {ann, dee, "signed up to visit only"},
		{abe, bea, "signed up to host only"},
		{dee, bea, "asked not to be matched"}, {eve, bea, "does not take part"}, {fay, bea, "they met at Autumn"},
		{ann, zoe, "takes no visitors"},
		{ann, cal, "alike by"}, {ann, bea, "Ann does visit Bea"},
	} {
		got, err := x.WhyNot(p, c.visitor, c.host)
		if err != nil || len(got) == 0 || !strings.Contains(got[0], c.want) {
			t.Errorf("%s and %s: %q %v; want %q", x.Name(c.visitor), x.Name(c.host), got, err, c.want)
		}
	}
	if strings.Contains(said(p, x), "Dee>Bea") || strings.Contains(said(p, x), "Fay>Bea") {
		t.Errorf("ruled out and matched:\n%s", said(p, x))
	}
}

// crowd is one host with one place each half day and three visitors.
func crowd(t *testing.T) (*town, []partnership.PersonID) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	return w, []partnership.PersonID{
		w.add("Bea", 2, clerk, shadowing.SignupHost), w.add("Ann", 1, clerk, shadowing.SignupVisit, half),
		w.add("Dee", 3, clerk, shadowing.SignupVisit, half), w.add("Fay", 3, clerk, shadowing.SignupVisit, half,
			func(s *shadowing.Signup) { s.Available = []value.Slot{at(am)} }),
	}
}

func TestWaitingSaysWhy(t *testing.T) {
	w, _ := crowd(t)
	x := w.round()
	p := w.make(x)
	if len(p.Visits) != 2 || len(p.Waiting) != 1 ||
		!strings.Contains(p.Waiting[0].Sentence, "Bea, who fits best, is full") {
		t.Errorf("%s\n%+v", said(p, x), p.Waiting)
	}
	advice := x.Recruit(p)
	if len(advice) == 0 || !strings.Contains(advice[0].Sentence, "One more place with Bea of Birch") {
		t.Errorf("%+v", advice)
	}
	w.people++
	w.Put("people", &partnership.Person{ID: w.people, Name: "Gus", Partner: 2, Title: "Deputy City Clerk",
		Duties: strings.Split(clerk, "; ")})
	x = w.round()
	if !slices.ContainsFunc(x.Recruit(p),
		func(a Advice) bool { return strings.HasPrefix(a.Sentence, "Ask Gus, Deputy City Clerk of Birch") }) {
		t.Errorf("%+v", x.Recruit(p))
	}
	o, err := x.WhatIfHost(p, w.people, 1, match.Control{})
	if err != nil || len(o.Gained) != 1 || !strings.HasPrefix(o.Sentence, "With Gus hosting one more visitor at "+
		"once, one more person gets a visit, nobody waits and the whole gains") {
		t.Errorf("%v %v", o, err)
	}
	o, err = x.WhatIfSlot(p, value.SlotOn(day+1, am), match.Control{})
	if err != nil || len(o.Gained) != 1 {
		t.Errorf("%v %v", o, err)
	}
	if len(x.Slots) != 2 || len(x.Entries) != 4 {
		t.Error("asking changed the round")
	}
}

func TestPriceOfAChange(t *testing.T) {
	w, who := crowd(t)
	bea, ann, dee, fay := who[0], who[1], who[2], who[3]
	x := w.round()
	p, err := x.Make(match.Control{})
	if err != nil {
		t.Fatal(err)
	}
	left := p.Waiting[0].Person
	o, err := x.Price(p, Change{Kind: Force, Visitor: left, Host: bea}, match.Control{})
	if err != nil || len(o.Gained) != 1 || o.Gained[0] != left || len(o.Lost) != 1 {
		t.Fatalf("%+v %v", o, err)
	}
	if !strings.Contains(o.Sentence, "gives "+x.Name(left)+" a visit") ||
		!strings.Contains(o.Sentence, "leaves "+x.Name(o.Lost[0])+" without a visit") {
		t.Errorf("%q", o.Sentence)
	}
	w.save(x.SaveOffer(o, day))
	x = w.round()
	now, _ := x.Current()
	if said(now, x) != said(o.Plan, x) || len(x.Problem.Locked) != 1 {
		t.Errorf("after saving:\n%s\nwant\n%s\nlocked %v", said(now, x), said(o.Plan, x), x.Problem.Locked)
	}
	o, err = x.Price(now, Change{Kind: Forbid, Visitor: left, Host: bea}, match.Control{})
	if err != nil || len(o.Plan.Visits) != 2 {
		t.Fatalf("%+v %v", o, err)
	}
	w.save(x.SaveOffer(o, day))
	x = w.round()
	if why, _ := x.WhyNot(o.Plan, left, bea); !strings.Contains(why[0], "ruled out") {
		t.Errorf("%q", why)
	}
	if _, err := x.Price(o.Plan, Change{Kind: Force, Visitor: fay, Host: ann}, match.Control{}); failure.CodeOf(err) !=
		failure.Invalid {
		t.Errorf("an impossible visit: %v", err)
	}
	if _, err := x.Price(o.Plan, Change{Kind: Swap, Visitor: ann, With: dee}, match.Control{}); err == nil {
		t.Error("a swap within one host is priced")
	}
	if o, err := x.Price(p, Change{Kind: Lock, Visitor: p.Visits[0].Visitor, Host: bea}, match.Control{}); err != nil ||
		!o.Plan.Visits[0].Locked || o.Cost != 0 {
		t.Errorf("%+v %v", o, err)
	}
}

func TestSwap(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit, half)
	dee := w.add("Dee", 1, clerk, shadowing.SignupVisit, half)
	morning := func(s *shadowing.Signup) { s.Available = []value.Slot{at(am)} }
	w.add("Bea", 2, clerk, shadowing.SignupHost, morning)
	w.add("Cal", 3, clerk, shadowing.SignupHost, morning)
	x := w.round()
	p := w.make(x)
	o, err := x.Price(p, Change{Kind: Swap, Visitor: ann, With: dee}, match.Control{})
	if err != nil || len(o.Moved) != 2 || said(o.Plan, x) == said(p, x) ||
		!strings.Contains(o.Sentence, "moves two people") {
		t.Errorf("%+v %v", o, err)
	}
	w.save(x.SaveOffer(o, day))
}

func TestRepairAfterADropout(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	w.add("Ann", 1, clerk, shadowing.SignupVisit, half)
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost,
		func(s *shadowing.Signup) { s.Available = []value.Slot{at(am)} })
	x := w.round()
	w.save(x.Save(w.make(x), day))
	cal := w.add("Cal", 3, clerk, shadowing.SignupHost)
	b, err := Load(w, 1)
	if err != nil {
		t.Fatal(err)
	}
	if list := b.Tell(); len(list) != 2 || list[0].Again || list[0].Lines[0] != "New: visit to Bea of Birch, Tue Apr "+
		"20, morning." {
		t.Errorf("%+v", list)
	}
	w.save(b.Publish())
	if b, _ = Load(w, 1); len(b.Tell()) != 0 || b.Event.State != shadowing.EventPublished {
		t.Errorf("%+v %v", b.Tell(), b.Event.State)
	}
	gone := *shadowing.SignupOf(w, 1, bea)
	gone.State = shadowing.SignupWithdrawn
	w.Put("signups", &gone)
	x = w.round()
	if d := x.Dropouts(); len(d) != 1 || d[0] != bea {
		t.Errorf("%v", d)
	}
	list, err := x.Repair(match.Control{})
	if err != nil || len(list) != 1 || list[0].Title != "Move nobody" || list[0].Sentence != "Ann gets another visit." {
		t.Fatalf("%+v %v", list, err)
	}
	w.save(x.Save(list[0].Plan, day))
	b, _ = Load(w, 1)
	if len(b.Matches) != 1 || b.Matches[0].Host != cal || len(b.Gone) != 1 ||
		b.Gone[0].State != shadowing.MatchDropped {
		t.Errorf("%+v %+v", b.Matches, b.Gone)
	}
	tell := b.Tell()
	if len(tell) != 3 || !tell[0].Again || len(tell[0].Lines) != 2 ||
		tell[1].Lines[0] != "Called off: visit by Ann of Ash, Tue Apr 20, morning." {
		t.Errorf("%+v", tell)
	}
	w.save(b.Told(bea))
	if b, _ = Load(w, 1); len(b.Tell()) != 2 {
		t.Errorf("after telling one: %+v", b.Tell())
	}
	w.save(b.Held())
	if b, _ = Load(w, 1); b.Matches[0].State != shadowing.MatchHeld || b.Event.State != shadowing.EventHeld ||
		len(b.Tell()) != 0 {
		t.Errorf("%+v %+v", b.Matches[0], b.Tell())
	}
}

func TestAProofOutlivesADropout(t *testing.T) {
	w := newTown(t)
	half := func(s *shadowing.Signup) { s.Length = shadowing.HalfDay }
	for _, name := range []string{"Ann", "Abe", "Ada"} {
		w.add(name, 1, clerk, shadowing.SignupVisit, half)
	}
	bea := w.add("Bea", 2, clerk, shadowing.SignupHost)
	w.add("Cal", 3, clerk, shadowing.SignupHost)
	x := w.round()
	w.save(x.Save(w.make(x), day))
	gone := *shadowing.SignupOf(w, 1, bea)
	gone.State = shadowing.SignupWithdrawn
	w.Put("signups", &gone)
	x = w.round()
	list, err := x.Mend(match.Control{})
	if err != nil {
		t.Fatal(err)
	}
	if last := list[len(list)-1]; !last.Plan.Quality.Known || last.Plan.Quality.Value > last.Plan.Quality.Bound ||
		len(last.Plan.Visits) != 2 {
		t.Errorf("%+v", last.Plan)
	}
}

func TestLocksThatSignupsNoLongerAllowAreNamed(t *testing.T) {
	w := newTown(t)
	ann := w.add("Ann", 1, clerk, shadowing.SignupVisit)
	w.add("Bea", 2, clerk, shadowing.SignupHost)
	w.Put("matches", &shadowing.Match{ID: 1, Event: 1, Visitor: 1, Host: 2, Slots: []value.Slot{at(am)},
		State: shadowing.MatchConfirmed, Locked: true})
	s := *shadowing.SignupOf(w, 1, ann)
	s.Available = []value.Slot{at(pm)}
	w.Put("signups", &s)
	x := w.round()
	if len(x.Broken) != 1 || !strings.Contains(x.Broken[0], "Ann visiting Bea is locked on Tue Apr 20, morning") {
		t.Errorf("%q", x.Broken)
	}
	if p := w.make(x); said(p, x) != "Ann>Bea Tue Apr 20, afternoon" {
		t.Errorf("%s", said(p, x))
	}
}

func TestAnEventWithoutDateOrPeople(t *testing.T) {
	w := newTown(t)
	x := w.round()
	if _, err := x.Make(match.Control{}); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("nobody: %v", err)
	}
	w.Put("events", &shadowing.Event{ID: 1, Name: "Spring"})
	if _, err := Prepare(w, 1, Options{}); err == nil || !strings.Contains(err.Error(), "no date") {
		t.Errorf("no date: %v", err)
	}
	if _, err := Prepare(w, 9, Options{}); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("no event: %v", err)
	}
}

func TestFairnessLooksAtEarlierEvents(t *testing.T) {
	w, who := crowd(t)
	ann := who[1]
	w.Put("events", &shadowing.Event{ID: 2, Name: "Autumn", Date: value.Some(day - 200), State: shadowing.EventClosed})
	w.Put("matches", &shadowing.Match{ID: 1, Event: 2, Visitor: ann, Host: 90,
		Slots: []value.Slot{value.SlotOn(day-200, am)}, State: shadowing.MatchHeld})
	for _, mode := range []shadowing.Fairness{shadowing.FairWeight, shadowing.FairMaxMin} {
		e := *field.Get[shadowing.Event](w, 1)
		e.Matching.Fairness, e.Matching.CarryOver = mode, true
		e.Matching.FairPoints = value.Some[int64](2000)
		w.Put("events", &e)
		x := w.round()
		p := w.make(x)
		if len(p.Waiting) != 1 || p.Waiting[0].Person != ann {
			t.Errorf("%s: Ash had a visit before and Cedar had none, yet\n%s", mode, said(p, x))
		}
		b := x.Balance(p.Visits)
		if b[0].Before != 1 || b[2].Made != 2 || b[1].Given != 2 || b[2].Visiting != 2 {
			t.Errorf("%+v", b)
		}
	}
}
