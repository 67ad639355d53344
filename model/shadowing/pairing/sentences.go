package pairing

import (
	"slices"
	"strconv"

	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// waiting says why somebody has no visit.
func (x *Round) waiting(w match.Waiting) Waiting {
	out := Waiting{Person: x.self[w.Person], Reason: w.Reason, Host: x.self[w.Host], Cost: w.Cost}
	host := x.Name(out.Host)
	switch w.Reason {
	case match.NotListed:
		out.Sentence = "nobody who hosts does work that is similar enough"
	case match.NoSharedSlot:
		out.Sentence = "no host with similar work is free when they are, for as long as they ask"
	case match.NothingInTheWay:
		out.Sentence = "could visit " + host + " as things stand"
	default:
		out.Sentence = x.hurdle(w.Reason, out.Person, out.Host) + x.insteadOf(out.Person, w.Instead)
	}
	return out
}

// hurdle says in words what is in the way of a visit.
func (x *Round) hurdle(h match.Hurdle, visitor, host partnership.PersonID) string {
	v, name := x.Name(visitor), x.Name(host)
	switch h {
	case match.NotListed:
		return "the two do not do similar enough work"
	case match.NoSharedSlot:
		return "they are never both free for as long as " + v + " asks"
	case match.UnitAway:
		return "as many of " + v + "'s department are away then as may be"
	case match.VisitsMade:
		return v + " makes as many visits as one may"
	case match.VisitorAway:
		return v + " is with another host then"
	case match.VisitorHosts:
		return v + " has visitors then"
	case match.HostVisits:
		return name + " visits somebody then"
	case match.HostFull:
		return name + ", who fits best, is full"
	}
	return "nothing is in the way"
}

// insteadOf names the visits that would have to make way.
func (x *Round) insteadOf(visitor partnership.PersonID, list []match.Match) string {
	var names []string
	for _, m := range list {
		if n := x.Name(x.self[m.Visitor]); x.self[m.Visitor] != visitor && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; " + joinNames(names, 3) + " would have to make way"
}

// WhyNot says why somebody does not visit somebody else in a plan. The first
// sentence is the answer; the others give the half days one by one.
func (x *Round) WhyNot(p *Plan, visitor, host partnership.PersonID) ([]string, error) {
	v, h := x.Name(visitor), x.Name(host)
	if why := x.barred(visitor, host); why != "" {
		return []string{v + " does not visit " + h + ": " + why + "."}, nil
	}
	if i := slices.IndexFunc(p.Visits, func(o Visit) bool { return o.Visitor == visitor && o.Host == host }); i >= 0 {
		return []string{v + " does visit " + h + ": " + p.Visits[i].When() + "."}, nil
	}
	list, err := match.Explain(p.problem, x.matchesOf(p.Visits), key(visitor), key(host))
	if err != nil {
		return nil, x.explained(err)
	}
	var out []string
	for i, w := range list {
		if i == 0 {
			out = append(out, x.answer(p, visitor, host, w))
		}
		if len(w.Slots) > 0 {
			out = append(out, x.halfDay(visitor, host, w))
		}
	}
	return out, nil
}

// answer is the shortest true answer: what is in the way where it costs least.
func (x *Round) answer(p *Plan, visitor, host partnership.PersonID, w match.WhyNot) string {
	v, h := x.Name(visitor), x.Name(host)
	switch {
	case w.Hurdle == match.NothingInTheWay:
		return "Nothing is in the way: " + v + " can visit " + h + " as things stand."
	case len(w.Slots) == 0:
		return v + " does not visit " + h + ": " + x.hurdle(w.Hurdle, visitor, host) + "."
	case w.Cost > 0:
		return v + " does not visit " + h + " because those places are put to better use: " +
			x.hurdle(w.Hurdle, visitor, host) +
			x.insteadOf(visitor, w.Instead) + ", and the plan would lose " + points(w.Cost) + "."
	}
	return v + " does not visit " + h + ": " + x.hurdle(w.Hurdle, visitor, host) + x.insteadOf(visitor, w.Instead) +
		". By itself that would be no loss, so try it and see what it costs the others."
}

func (x *Round) halfDay(visitor, host partnership.PersonID, w match.WhyNot) string {
	var slots []value.Slot
	for _, s := range w.Slots {
		slots = append(slots, x.slotAt(s))
	}
	out := shadowing.SlotsLong(slots) + ": " + x.hurdle(w.Hurdle, visitor, host) + x.insteadOf(visitor, w.Instead)
	if w.Cost > 0 {
		out += "; costs " + points(w.Cost)
	}
	return out
}

func points(n int64) string {
	if n == 1 {
		return "1 point"
	}
	return grouped(n) + " points"
}

// barred says what rules a pair out whatever the plan; "" for nothing.
func (x *Round) barred(visitor, host partnership.PersonID) string {
	v, h := x.Entry(visitor), x.Entry(host)
	switch {
	case visitor == host:
		return "that is one person"
	case v == nil:
		return x.Name(visitor) + " does not take part"
	case h == nil:
		return x.Name(host) + " does not take part"
	case v.Partner == h.Partner:
		return "both are of " + v.City + ", and a visit is to another city"
	case !v.Signup.Visits():
		return v.Person.Name + " signed up to host only"
	case !h.Signup.Hosts():
		return h.Person.Name + " signed up to visit only"
	case h.Signup.Seats() == 0:
		return h.Person.Name + " takes no visitors"
	}
	at := pair{visitor, host}
	if _, listed := x.edge[at]; listed {
		return ""
	}
	if why, out := x.ruled[at]; out {
		return why
	}
	like, known := x.like(at)
	switch {
	case !known:
		return "too little of their work is alike to be listed"
	case like.score >= x.leastScore():
		return "neither is among the other's " + number(CandidatesPer) + " closest colleagues, and with so many " +
			"people no other pairs are listed"
	}
	return "their work is alike by " + points(like.score) + ", and the event asks for " +
		strconv.FormatInt(x.leastScore(), 10)
}
