package pairing

import (
	"cmp"
	"maps"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ChangeKind is a way of changing a plan by hand.
type ChangeKind int

// The changes.
const (
	Lock   ChangeKind = iota // keep a visit as it is from now on
	Unlock                   // let a visit move again
	Forbid                   // rule the pair out
	Force                    // make the visit happen, in Slots when given
	Swap                     // let two visitors change hosts
)

// Change is a change of a plan by hand.
type Change struct {
	Kind    ChangeKind
	Visitor partnership.PersonID
	Host    partnership.PersonID
	Slots   []value.Slot         // of a forced visit; none means where it costs least
	With    partnership.PersonID // the other visitor of a swap
}

// Offer is what a change would do, before it is done.
type Offer struct {
	Change   Change
	Plan     *Plan
	Sentence string // what it does, for a person
	Numbers  string // the figures behind it
	Cost     int64  // points the plan loses; negative when it gains
	Moved    []partnership.PersonID
	Lost     []partnership.PersonID // visitors left without a visit
	Gained   []partnership.PersonID // visitors who get one
	Poorer   []partnership.PersonID // visitors whose match is poorer
	Better   []partnership.PersonID // visitors whose match is better
}

// mostMoved is how many people a change by hand may move.
const mostMoved = 4

// Price works out what a change would do to a plan and what it costs. Nothing
// is done: [Round.Save] of the offer's plan does it. People who are not
// concerned stay where they are unless somebody who loses a visit can get
// another by moving few of them.
func (x *Round) Price(p *Plan, c Change, control match.Control) (*Offer, error) {
	if c.Kind == Lock || c.Kind == Unlock {
		return x.priceLock(p, c)
	}
	problem, before, err := x.changed(p, c)
	if err != nil {
		return nil, err
	}
	list, err := match.Repair(problem, before, match.RepairOptions{MostMoved: mostMoved, Stop: control.Stop})
	if err != nil {
		return nil, x.explained(err)
	}
	// One person moved for one more placed is a fair price; more is not.
	best := list[0]
	for _, r := range list[1:] {
		if len(r.Moved)-len(best.Moved) <= len(r.Placed)-len(best.Placed) {
			best = r
		}
	}
	kept, waiting, err := match.Fill(problem, best.Matches)
	if err != nil {
		return nil, x.explained(err)
	}
	after := x.planOf(problem, kept, waiting)
	x.inherit(after, p)
	if c.Kind == Force || c.Kind == Swap {
		x.mark(after, c)
	}
	return x.offer(c, p, after), nil
}

// inherit gives a plan that was changed by hand the bound of the plan it came
// from, when no more plans are possible than before. A visit that would not have
// been proposed makes more possible.
func (x *Round) inherit(after, before *Plan) {
	after.Quality = before.Quality.of(after.Value)
	if before.problem == nil || !covers(before.problem, after.problem) {
		after.Quality.Known = false
		return
	}
	after.certificate = before.certificate
}

// mark locks the visits that a change asked for.
func (x *Round) mark(p *Plan, c Change) {
	for i := range p.Visits {
		v := &p.Visits[i]
		if v.Visitor == c.Visitor && v.Host == c.Host || c.Kind == Swap &&
			(v.Visitor == c.Visitor || v.Visitor == c.With) {
			v.Locked = true
		}
	}
}

func (x *Round) priceLock(p *Plan, c Change) (*Offer, error) {
	after := *p
	after.Visits = slices.Clone(p.Visits)
	i := slices.IndexFunc(after.Visits, func(v Visit) bool { return v.Visitor == c.Visitor && v.Host == c.Host })
	if i < 0 {
		return nil, failure.New(failure.NotFound, x.Name(c.Visitor)+" does not visit "+x.Name(c.Host)+
			"; force the visit instead")
	}
	after.Visits[i].Locked = c.Kind == Lock
	o := &Offer{Change: c, Plan: &after, Numbers: p.Quality.Numbers()}
	if c.Kind == Lock {
		o.Sentence = "Locking costs nothing now; the visit stays as it is when matches are made again."
	} else {
		o.Sentence = "The visit may move when matches are made again."
	}
	return o, nil
}

// changed gives the problem under a change, and the matches to start from.
func (x *Round) changed(p *Plan, c Change) (*match.Problem, []match.Match, error) {
	problem := *x.Problem
	problem.Locked = slices.Clone(x.Problem.Locked)
	visits := slices.Clone(p.Visits)
	lock := func(visitor, host partnership.PersonID, slots []value.Slot) {
		for _, s := range slots {
			problem.Locked = append(problem.Locked, match.Lock{Visitor: key(visitor), Host: key(host),
				Slot: x.numbered(s)})
		}
		visits = slices.DeleteFunc(visits, func(v Visit) bool { return v.Visitor == visitor && v.Host == host })
		visits = append(visits, Visit{Visitor: visitor, Host: host, Slots: slots})
	}
	unlock := func(visitor, host partnership.PersonID) {
		problem.Locked = slices.DeleteFunc(problem.Locked, func(l match.Lock) bool {
			return l.Visitor == key(visitor) && l.Host == key(host)
		})
	}
	switch c.Kind {
	case Forbid:
		unlock(c.Visitor, c.Host)
		problem.Excluded = append(slices.Clone(problem.Excluded),
			match.Pair{Visitor: key(c.Visitor), Host: key(c.Host)})
	case Force:
		slots, err := x.forced(p, &problem, c)
		if err != nil {
			return nil, nil, err
		}
		lock(c.Visitor, c.Host, slots)
	case Swap:
		a, b, err := x.swapped(p, c)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range []*Visit{a, b} {
			unlock(v.Visitor, v.Host)
			visits = slices.DeleteFunc(visits, func(o Visit) bool { return o.Visitor == v.Visitor && o.Host == v.Host })
		}
		for _, to := range []Visit{{Visitor: a.Visitor, Host: b.Host, Slots: b.Slots},
			{Visitor: b.Visitor, Host: a.Host, Slots: a.Slots}} {
			if err := x.admit(&problem, to.Visitor, to.Host); err != nil {
				return nil, nil, err
			}
			lock(to.Visitor, to.Host, to.Slots)
		}
	}
	if err := problem.Validate(); err != nil {
		return nil, nil, x.explained(err)
	}
	return &problem, x.matchesOf(visits), nil
}

// admit lists a pair that would not be proposed, unless something that cannot be
// argued with rules it out.
func (x *Round) admit(problem *match.Problem, visitor, host partnership.PersonID) error {
	at := pair{visitor, host}
	if slices.ContainsFunc(problem.Edges, func(e match.Edge) bool {
		return e.Visitor == key(visitor) &&
			e.Host == key(host)
	}) {
		return nil
	}
	v, h := x.Entry(visitor), x.Entry(host)
	why := x.barred(visitor, host)
	_, ruled := x.ruled[at]
	like, known := x.like(at)
	if v == nil || h == nil || v.Partner == h.Partner || !v.Signup.Visits() || !h.Signup.Hosts() ||
		h.Signup.Seats() == 0 || ruled {
		return failure.New(failure.Invalid, x.Name(visitor)+" cannot visit "+x.Name(host)+": "+why)
	}
	if !known {
		like = likeness{}
	}
	half := x.worth(v, h, like)
	problem.Edges = append(slices.Clone(problem.Edges), match.Edge{Visitor: key(visitor), Host: key(host),
		Half: new(half), Full: new(half * 9 / 5)})
	return nil
}

// forced finds the half days of a forced visit: those asked for, else those
// that cost least.
func (x *Round) forced(p *Plan, problem *match.Problem, c Change) ([]value.Slot, error) {
	if err := x.admit(problem, c.Visitor, c.Host); err != nil {
		return nil, err
	}
	if len(c.Slots) > 0 {
		return c.Slots, nil
	}
	list, err := match.Explain(problem, x.matchesOf(p.Visits), key(c.Visitor), key(c.Host))
	if err != nil {
		return nil, x.explained(err)
	}
	list = slices.DeleteFunc(list, func(w match.WhyNot) bool { return len(w.Slots) == 0 })
	if len(list) == 0 {
		return nil, failure.New(failure.Invalid, x.Name(c.Visitor)+" and "+x.Name(c.Host)+" are never both free for "+
			"as long as "+
			x.Name(c.Visitor)+" asks")
	}
	var slots []value.Slot
	for _, s := range list[0].Slots {
		slots = append(slots, x.slotAt(s))
	}
	return slots, nil
}

// swapped finds the two visits of a swap.
func (x *Round) swapped(p *Plan, c Change) (a, b *Visit, err error) {
	find := func(visitor, host partnership.PersonID) *Visit {
		for i := range p.Visits {
			if p.Visits[i].Visitor == visitor && (host == 0 || p.Visits[i].Host == host) {
				return &p.Visits[i]
			}
		}
		return nil
	}
	a, b = find(c.Visitor, c.Host), find(c.With, 0)
	switch {
	case a == nil:
		return nil, nil, failure.New(failure.NotFound, x.Name(c.Visitor)+" has no visit to swap")
	case b == nil:
		return nil, nil, failure.New(failure.NotFound, x.Name(c.With)+" has no visit to swap")
	case a.Visitor == b.Visitor || a.Host == b.Host:
		return nil, nil, failure.New(failure.Invalid, "A swap takes two visitors with two hosts.")
	}
	return a, b, nil
}

// offer compares two plans and says the difference.
func (x *Round) offer(c Change, before, after *Plan) *Offer {
	o := &Offer{Change: c, Plan: after, Cost: before.Value - after.Value}
	was, is := before.visited(), after.visited()
	for _, e := range x.Entries {
		id := e.Person.ID
		old, now := was[id], is[id]
		switch {
		case len(old) > 0 && len(now) == 0:
			o.Lost = append(o.Lost, id)
		case len(old) == 0 && len(now) > 0:
			o.Gained = append(o.Gained, id)
		case sameVisits(old, now):
			continue
		case len(old) > 0:
			o.Moved = append(o.Moved, id)
		}
		if len(old) > 0 && len(now) > 0 {
			switch c := cmp.Compare(worth(now), worth(old)); {
			case c < 0:
				o.Poorer = append(o.Poorer, id)
			case c > 0:
				o.Better = append(o.Better, id)
			}
		}
	}
	o.Sentence = x.difference(o, x.byCity(before, after))
	o.Numbers = "The plan is worth " + grouped(after.Value) + " points instead of " + grouped(before.Value) + "."
	return o
}

func worth(visits []Visit) int64 {
	var sum int64
	for _, v := range visits {
		sum += v.Value
	}
	return sum
}

func sameVisits(a, b []Visit) bool {
	byHost := func(list []Visit) []Visit {
		list = slices.Clone(list)
		slices.SortFunc(list, func(x, y Visit) int { return cmp.Compare(x.Host, y.Host) })
		return list
	}
	return slices.EqualFunc(byHost(a), byHost(b), func(x, y Visit) bool {
		return x.Host == y.Host && slices.Equal(x.Slots, y.Slots)
	})
}

// byCity says which cities' people make more or fewer visits, such as "two fewer
// visits for Raytown".
func (x *Round) byCity(before, after *Plan) []string {
	more := map[string]int{}
	for _, v := range after.Visits {
		more[x.City(v.Visitor)]++
	}
	for _, v := range before.Visits {
		more[x.City(v.Visitor)]--
	}
	var out []string
	for _, city := range slices.Sorted(maps.Keys(more)) {
		switch n := more[city]; {
		case n > 0:
			out = append(out, count(n, "more visit", "more visits")+" for "+city)
		case n < 0:
			out = append(out, count(-n, "fewer visit", "fewer visits")+" for "+city)
		}
	}
	return out
}

// difference says in a sentence what an offer does to people and to cities.
func (x *Round) difference(o *Offer, cities []string) string {
	var parts []string
	if n := len(o.Moved); n > 0 {
		parts = append(parts, "moves "+count(n, "person", "people"))
	}
	if n := len(o.Poorer); n > 0 {
		parts = append(parts, "makes "+count(n, "poorer match", "poorer matches"))
	}
	if n := len(o.Better); n > 0 {
		parts = append(parts, "makes "+count(n, "better match", "better matches"))
	}
	if n := len(o.Gained); n > 0 {
		parts = append(parts, "gives "+x.names(o.Gained)+" a visit")
	}
	if n := len(o.Lost); n > 0 {
		parts = append(parts, "leaves "+x.names(o.Lost)+" without a visit")
	}
	switch {
	case len(parts) == 0 && o.Cost == 0:
		return "This changes nothing for anybody."
	case len(parts) == 0:
		parts = append(parts, "moves nobody")
	}
	out := "This " + joinNames(parts, len(parts))
	if len(cities) > 0 {
		out += ", with " + joinNames(cities, len(cities))
	}
	return out + ", and " + gain(-o.Cost) + "."
}

func gain(n int64) string {
	switch {
	case n > 0:
		return "the whole gains " + points(n)
	case n < 0:
		return "the whole loses " + points(-n)
	}
	return "the whole stays as good"
}

func (x *Round) names(list []partnership.PersonID) string {
	var names []string
	for _, id := range list {
		names = append(names, x.Name(id))
	}
	return joinNames(names, 3)
}
