package pairing

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Visit is a visit of a plan.
type Visit struct {
	Visitor, Host partnership.PersonID
	Slots         []value.Slot
	Score         int64 // how alike the two people's work is
	Value         int64 // what the visit adds to the plan
	Reasons       string
	Locked        bool
	State         shadowing.MatchState
	Match         shadowing.MatchID // the record; 0 when there is none
}

// When says when the visit is.
func (v *Visit) When() string { return shadowing.SlotsLong(v.Slots) }

// Waiting is somebody who would visit and has no visit, and why.
type Waiting struct {
	Person   partnership.PersonID
	Reason   match.Hurdle
	Host     partnership.PersonID // whom it would cost least to visit; 0 when nobody fits
	Cost     int64                // what that would take from the plan
	Sentence string
}

// Plan is who visits whom.
type Plan struct {
	Visits  []Visit
	Waiting []Waiting // those whom it would cost least come first
	Broken  []Visit   // of the present matches, those that cannot stand
	Quality Quality
	Value   int64
	// Finished says that the search ended by itself: the same sign-ups and the
	// same seed give the same plan.
	Finished bool

	problem     *match.Problem
	certificate *match.Certificate
}

// Quality is how good a plan is.
type Quality struct {
	Value int64
	Bound int64 // no plan is worth more
	Known bool  // Bound is proved for the sign-ups as they are
	// Among is how many of each person's most similar colleagues were considered,
	// which is all that Bound speaks of; 0 when all were.
	Among int
	// Fair tells how far putting the city that is worst off first came. Bound
	// speaks of plans without regard to that.
	Fair Fairness
	// WorstOff is what the city worst off has, in hundredths of a half day for each
	// of its visitors, and WorstAtMost as much as any plan gives the city it leaves
	// worst off; of plans of which no more is known.
	WorstOff, WorstAtMost int
}

// Fairness is what is known of a plan that puts the city worst off first.
type Fairness uint8

// Not asked for; the best there is; the best that was found.
const (
	NotAsked Fairness = iota
	Fairest
	FairTried
	// FairWorst says that no plan does better by the city worst off; one that does
	// better by the others is not ruled out.
	FairWorst
)

// Words says how good the plan is: best possible, or how far from it it can be.
func (q Quality) Words() string {
	if !q.Known {
		return "not proved for the sign-ups as they are now"
	}
	words := "best possible"
	if q.Value < q.Bound {
		words = "at most " + permille(q.Bound-q.Value, q.Bound) + " from the best possible"
	}
	if q.Among > 0 {
		words += " among each person's " + strconv.Itoa(q.Among) + " closest colleagues"
	}
	switch q.Fair {
	case Fairest:
		words += "; no plan is fairer to the city worst off"
	case FairWorst:
		words += "; no plan does better by the city worst off"
	case FairTried:
		words += "; a plan fairer to the city worst off is not ruled out"
		if q.WorstAtMost > 0 {
			words += ": it has " + hundredths(q.WorstOff) + " half days a visitor, and no plan gives it more than " +
				hundredths(q.WorstAtMost)
		}
	}
	return words
}

// hundredths writes a number of them as a decimal fraction.
func hundredths(n int) string {
	return strconv.Itoa(n/100) + "." + strconv.Itoa(n/10%10) + strconv.Itoa(n%10)
}

// of gives the same standing to a plan of another value, made by hand from the
// first: whether that is as fair was not looked at.
func (q Quality) of(value int64) Quality {
	q.Value, q.Fair, q.WorstOff, q.WorstAtMost = value, NotAsked, 0, 0
	q.Known = q.Known && value <= q.Bound
	return q
}

// Numbers gives the figures behind the words.
func (q Quality) Numbers() string {
	if !q.Known {
		return "worth " + grouped(q.Value) + " points"
	}
	return "worth " + grouped(q.Value) + " points; no plan is worth more than " + grouped(q.Bound)
}

// permille writes a share in percent with one decimal, rounded up so that it
// promises nothing.
func permille(part, whole int64) string {
	if whole <= 0 {
		return "0%"
	}
	n := (part*1000 + whole - 1) / whole
	if n%10 == 0 {
		return strconv.FormatInt(n/10, 10) + "%"
	}
	return strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10) + "%"
}

// Of lists the visits somebody makes or receives, in order of time.
func (p *Plan) Of(person partnership.PersonID) []Visit {
	var out []Visit
	for _, v := range p.Visits {
		if v.Visitor == person || v.Host == person {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b Visit) int { return int(a.Slots[0] - b.Slots[0]) })
	return out
}

// visited tells who has a visit.
func (p *Plan) visited() map[partnership.PersonID][]Visit {
	out := map[partnership.PersonID][]Visit{}
	for _, v := range p.Visits {
		out[v.Visitor] = append(out[v.Visitor], v)
	}
	return out
}

// planOf makes a plan of the solver's matches.
func (x *Round) planOf(problem *match.Problem, matches []match.Match, waiting []match.Waiting) *Plan {
	p := &Plan{problem: problem}
	for _, m := range matches {
		v := x.visit(m)
		p.Visits = append(p.Visits, v)
		p.Value += v.Value
	}
	slices.SortFunc(p.Visits, x.order)
	for _, w := range waiting {
		p.Waiting = append(p.Waiting, x.waiting(w))
	}
	slices.SortStableFunc(p.Waiting, func(a, b Waiting) int {
		if (a.Host == 0) != (b.Host == 0) {
			if a.Host == 0 {
				return 1
			}
			return -1
		}
		return int(a.Cost - b.Cost)
	})
	p.Quality = Quality{Value: p.Value}
	return p
}

// order sorts visits by time, then by visitor's city and name.
func (x *Round) order(a, b Visit) int {
	if d := int(a.Slots[0] - b.Slots[0]); d != 0 {
		return d
	}
	va, vb := x.people[a.Visitor], x.people[b.Visitor]
	if va != nil && vb != nil && va.Partner != vb.Partner {
		return int(va.Partner) - int(vb.Partner)
	}
	if d := int(a.Visitor) - int(b.Visitor); d != 0 {
		return d
	}
	return int(a.Host) - int(b.Host)
}

func (x *Round) visit(m match.Match) Visit {
	v := Visit{Visitor: x.self[m.Visitor], Host: x.self[m.Host], Value: m.Value, State: shadowing.MatchProposed}
	for _, s := range m.Slots {
		v.Slots = append(v.Slots, x.slotAt(s))
	}
	like, _ := x.described(pair{v.Visitor, v.Host})
	v.Score, v.Reasons = like.score, like.reasons
	for _, have := range x.Matches {
		if have.Visitor == v.Visitor && have.Host == v.Host {
			v.Match, v.Locked = have.ID, have.Locked
			if slices.Equal(have.Slots, v.Slots) {
				v.State = have.State
			}
			if have.State == shadowing.MatchHeld && have.Score > 0 {
				v.Score, v.Reasons = have.Score, have.Reasons // as it was judged then
			}
		}
	}
	return v
}

// matchesOf gives visits as the solver knows them.
func (x *Round) matchesOf(visits []Visit) []match.Match {
	out := make([]match.Match, 0, len(visits))
	for _, v := range visits {
		m := match.Match{Visitor: key(v.Visitor), Host: key(v.Host), Value: v.Value}
		for _, s := range v.Slots {
			m.Slots = append(m.Slots, x.numbered(s))
		}
		out = append(out, m)
	}
	return out
}

// present gives the matches on record as the solver knows them.
func (x *Round) present() []match.Match {
	var out []match.Match
	for _, m := range x.Matches {
		one := match.Match{Visitor: key(m.Visitor), Host: key(m.Host)}
		for _, s := range m.Slots {
			one.Slots = append(one.Slots, x.numbered(s))
		}
		out = append(out, one)
	}
	return out
}

// Current is the plan as the records have it: the matches that can stand, those
// that cannot, and who waits.
func (x *Round) Current() (*Plan, error) {
	kept, broken, waiting, err := match.Stand(x.Problem, x.present())
	if err != nil {
		return nil, x.explained(err)
	}
	p := x.planOf(x.Problem, kept, waiting)
	for _, m := range broken {
		p.Broken = append(p.Broken, x.lost(m))
	}
	x.vouch(p)
	return p, nil
}

// lost is a match that cannot stand, some of whose people may take no part.
func (x *Round) lost(m match.Match) Visit {
	for _, have := range x.Matches {
		if key(have.Visitor) == m.Visitor && key(have.Host) == m.Host {
			return Visit{Visitor: have.Visitor, Host: have.Host, Slots: have.Slots, Score: have.Score,
				Reasons: have.Reasons,
				Locked:  have.Locked, State: have.State, Match: have.ID}
		}
	}
	return Visit{}
}

// Make makes the matches anew; locked ones and those that took place stay. It
// ends after the seconds the event allows at the latest when control stops it by
// the clock, and control is told of better plans as they are found.
func (x *Round) Make(control match.Control) (*Plan, error) {
	return x.solve(x.Problem, control)
}

func (x *Round) solve(problem *match.Problem, control match.Control) (*Plan, error) {
	if len(problem.People) == 0 {
		return nil, failure.New(failure.Invalid, "Nobody takes part in "+x.Event.Name+" yet; enter the sign-ups first")
	}
	if x.Event.Matching.Fairness == shadowing.FairMaxMin {
		return x.solveFair(problem, control)
	}
	r, err := match.Solve(problem, control)
	if err != nil {
		return nil, x.explained(err)
	}
	return x.solved(problem, r), nil
}

func (x *Round) solved(problem *match.Problem, r *match.Result) *Plan {
	p := x.planOf(problem, r.Matches, r.Waiting)
	p.Quality = Quality{Value: r.Value, Bound: r.Bound, Known: true, Among: x.among}
	p.Finished, p.certificate = r.Finished, r.Certificate
	return p
}
