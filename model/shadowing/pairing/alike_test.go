package pairing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// throng is an event with many made-up people of all cities, signed up at random.
func throng(t *testing.T, people int, seed uint64) *town {
	w := &town{Memory: SampleOf(people, day), t: t}
	r := rand.New(rand.NewPCG(seed, 8))
	e := *field.Get[shadowing.Event](w, 1)
	e.Matching.Seconds, e.Matching.Seed = value.Some[int64](1), value.Some(int64(seed))
	w.Put("events", &e)
	for id, p := range w.Scan("people") {
		w.people = max(w.people, partnership.PersonID(id))
		w.Put("signups", &shadowing.Signup{ID: shadowing.SignupID(1_000_000 + id), Event: 1,
			Person: p.(*partnership.Person).ID,
			Role: []shadowing.SignupRole{shadowing.SignupVisit, shadowing.SignupHost,
				shadowing.SignupBoth}[r.IntN(3)],
			Length:   []shadowing.Length{shadowing.HalfDay, shadowing.FullDay, shadowing.EitherOfTwo}[r.IntN(3)],
			Capacity: value.Some(1 + r.Int64N(3)), State: shadowing.SignupApproved})
	}
	return w
}

// quick is a round with little time, so that the tests take little.
func (w *town) quick() *Round {
	x := w.round()
	x.Problem.Seconds = 0.3
	return x
}

// alike lists by a ranking of everybody the pairs that could visit.
func alike(x *Round) []pair {
	c := &x.compared
	s := match.NewSimilarity(c.people, match.SimilarityOptions{Weights: x.weights(), Synonyms: x.table()})
	var out []pair
	for i, ranked := range s.RankAll(len(c.people)) {
		for _, p := range ranked {
			a, b := x.self[c.people[i].ID], x.self[c.people[p.Index].ID]
			v, h := x.Entry(a), x.Entry(b)
			if int64(p.Score) >= x.leastScore() && v.Signup.Visits() && h.Signup.Hosts() {
				out = append(out, pair{a, b})
			}
		}
	}
	return out
}

// The bound of a larger event is about every pair that is alike enough, and the
// kept proof says so by itself.
func TestTheBoundOfALargeEventIsAboutAllPairs(t *testing.T) {
	for seed := range uint64(3) {
		w := throng(t, ListAllUpTo+20+60*int(seed), seed)
		x := w.quick()
		if n := x.Problem.Likely; n == 0 || n >= len(x.Problem.Edges) {
			t.Errorf("%d of %d pairs are likely", n, len(x.Problem.Edges))
		}
		missing := 0
		for _, at := range alike(x) {
			like, judged := x.likes[at]
			if _, listed := x.edge[at]; !listed && (!judged || like.score >= x.leastScore()) {
				missing++
			}
		}
		if missing > 0 {
			t.Errorf("%d pairs that are alike are not listed", missing)
		}
		p := w.make(x)
		r := &match.Result{Value: p.Value, Bound: p.Quality.Bound, Gap: match.Gap(p.Value, p.Quality.Bound),
			Proved: p.Value == p.Quality.Bound, Matches: x.matchesOf(p.Visits)}
		if err := match.Check(x.Problem, r, p.certificate); err != nil || !p.Quality.Known || p.Quality.Among != 0 {
			t.Errorf("%+v, %v", p.Quality, err)
		}
		for _, v := range p.Visits {
			if v.Score > 0 && v.Reasons == "" {
				t.Errorf("nothing is said of %s visiting %s", x.Name(v.Visitor), x.Name(v.Host))
			}
		}
		if err := x.Save(p, day).Apply(&fieldtest.Writer{Memory: w.Memory}); err != nil {
			t.Fatal(err)
		}
		y := w.quick()
		if got, err := CheckProof(y.Proof); err != nil || got != p.Quality {
			t.Errorf("%+v, want %+v, %v", got, p.Quality, err)
		}
		if now, err := y.Current(); err != nil || now.Quality != p.Quality {
			t.Errorf("%+v, want %+v, %v", now.Quality, p.Quality, err)
		}
	}
}

func TestALargeEventCutShortIsStillAboutAllPairs(t *testing.T) {
	w := throng(t, ListAllUpTo+50, 5)
	x := w.quick()
	for _, after := range []int{0, 5, 300} {
		asked := 0
		p, err := x.Make(match.Control{Stop: func() bool { asked++; return asked > after }})
		if err != nil || p.Finished || p.Quality.Among != 0 {
			t.Fatalf("%+v, %v", p, err)
		}
		if got, err := CheckProof(x.Save(p, day).Proof); err != nil || got != p.Quality {
			t.Errorf("%+v, want %+v, %v", got, p.Quality, err)
		}
	}
}

// queue is a town where far more clerks would visit than can be on the one host's
// list, or have the host on theirs.
func queue(t *testing.T) (w *town, host partnership.PersonID) {
	w = newTown(t)
	e := *field.Get[shadowing.Event](w, 1)
	e.Matching.Seconds = value.Some[int64](1)
	w.Put("events", &e)
	for i := range ListAllUpTo + 20 {
		w.add(fmt.Sprint("Clerk ", i), partnership.PartnerID(1+i%2), clerk, shadowing.SignupVisit)
	}
	host = w.add("Hal", 3, clerk, shadowing.SignupHost,
		func(s *shadowing.Signup) { s.Capacity = value.Some[int64](60) })
	p := *field.Get(w, host)
	p.Duties = []string{"Keep the minutes of the council", "Index ordinances and resolutions"}
	w.Put("people", &p)
	return w, host
}

func TestPairsOutsideTheListsAreUsed(t *testing.T) {
	w, host := queue(t)
	x := w.quick()
	p := w.make(x)
	far := slices.DeleteFunc(p.Of(host), func(v Visit) bool { return x.edge[pair{v.Visitor, host}] < x.Problem.Likely })
	if len(far) == 0 {
		t.Fatalf("none of %d visits is outside the lists", len(p.Visits))
	}
	v := far[0]
	if v.Score < x.leastScore() || v.Reasons == "" {
		t.Errorf("%+v", v)
	}
	w.save(x.Save(p, day))
	y := w.quick()
	now, err := y.Current()
	if err != nil || now.Value != p.Value || now.Quality != p.Quality {
		t.Errorf("%+v, want %+v, %v", now.Quality, p.Quality, err)
	}
	if c := y.Save(now, day); len(c.Matches)+len(c.Drop) > 0 {
		t.Errorf("saving again changes %+v", c)
	}
	// Forbidding it, asking why not, and mending go by the same pairs.
	o, err := y.Price(now, Change{Kind: Forbid, Visitor: v.Visitor, Host: host}, match.Control{})
	if err != nil || !o.Plan.Quality.Known || o.Plan.Quality.Among != 0 {
		t.Errorf("%+v, %v", o, err)
	}
	why, err := y.WhyNot(o.Plan, v.Visitor, host)
	if err != nil || len(why) == 0 {
		t.Errorf("%q, %v", why, err)
	}
	gone := *shadowing.SignupOf(w, 1, v.Visitor)
	gone.State = shadowing.SignupWithdrawn
	w.Put("signups", &gone)
	list, err := w.quick().Mend(match.Control{})
	if err != nil || !list[0].Plan.Quality.Known || list[0].Plan.Quality.Among != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAWishOutsideTheListsIsListed(t *testing.T) {
	w, host := queue(t)
	tom := w.add("Tom", 1, forester, shadowing.SignupVisit,
		func(s *shadowing.Signup) { s.Wanted = []partnership.PersonID{host} })
	x := w.quick()
	if at, listed := x.edge[pair{tom, host}]; !listed || at >= x.Problem.Likely {
		t.Fatalf("listed %v, at %d of %d", listed, at, x.Problem.Likely)
	}
	if p := w.make(x); len(p.Of(tom)) != 1 {
		t.Error("Tom's wish is not granted")
	}
}

// A proof from the time when pairs outside the lists were left out says so.
func TestAnOldProofOfALargeEventIsAboutTheListsOnly(t *testing.T) {
	e := &evidence{Problem: &match.Problem{People: make([]match.Participant, ListAllUpTo+1)}}
	if q := e.quality(); q.Among != CandidatesPer {
		t.Errorf("%+v", q)
	}
	e.All = true
	if q := e.quality(); q.Among != 0 {
		t.Errorf("%+v", q)
	}
}

func TestPairsAreKeptAsNumbers(t *testing.T) {
	p := &match.Problem{Slots: 2, People: []match.Participant{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Edges: []match.Edge{
		{Visitor: "c", Host: "a", Half: new(int64(101)), Full: new(int64(181))},
		{Visitor: "b", Host: "c", Half: new(int64(0)), Full: new(int64(7))},
		{Visitor: "b", Host: "a", Full: new(int64(0))}, {Visitor: "a", Host: "b", Half: new(int64(5))},
		{Visitor: "a", Host: "c"}}}
	e, err := unpackEvidence(packEvidence(&evidence{Problem: p}))
	if err != nil || !covers(e.Problem, p) || !covers(p, e.Problem) || len(e.Problem.Edges) != len(p.Edges) ||
		e.Problem.Edges[0].Visitor != "c" {
		t.Errorf("%+v, %v", e, err)
	}
	good, _ := numbersOf(p)
	for name, spoil := range map[string]func(n *pairNumbers){
		"visitor": func(n *pairNumbers) { n.Visitor[0] = 3 },
		"before":  func(n *pairNumbers) { n.Visitor[0] = -1 },
		"host":    func(n *pairNumbers) { n.Host[1] = 3 },
		"short":   func(n *pairNumbers) { n.Half = n.Half[1:] },
		"no half": func(n *pairNumbers) { n.Half[0] = 0 },
	} {
		n := &pairNumbers{slices.Clone(good.Visitor), slices.Clone(good.Host), slices.Clone(good.Half),
			slices.Clone(good.Full)}
		spoil(n)
		if _, ok := n.edges(p.People); ok {
			t.Errorf("%s: numbers that cannot be are read", name)
		}
	}
}
