package pairing

import (
	"cmp"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Advice names somebody whose taking part, or taking more visitors, would help.
type Advice struct {
	Person   partnership.PersonID
	Sentence string
	Gain     int64 // points the plan could gain at most
	SignedUp bool  // takes part already and could take one more
}

// Bounds of advice.
const (
	mostAdvice  = 12
	comparePool = 5000 // people not signed up who are compared with those waiting
)

// Recruit says who could be asked to host: hosts for whose places there is most
// competition, by what the proof charges for them, and people not signed up who
// do similar work to those who wait.
func (x *Round) Recruit(p *Plan) []Advice {
	out := append(x.busyHosts(p), x.newHosts(p)...)
	slices.SortStableFunc(out, func(a, b Advice) int {
		return cmp.Or(cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.Person, b.Person))
	})
	return out[:min(len(out), mostAdvice)]
}

// busyHosts reads from the certificate what one more place with a host would
// be worth at most.
func (x *Round) busyHosts(p *Plan) []Advice {
	if p.certificate == nil || p.problem == nil {
		return nil
	}
	worth := map[int]int64{}
	for _, part := range p.certificate.Parts {
		if part.Root == nil {
			continue
		}
		for _, price := range part.Root.Prices {
			// A price of the host's places is what one place more could add.
			if price.Rule.Kind == match.HostRule || price.Rule.Kind == match.RoleRule {
				worth[price.Rule.Who] += price.Price / match.PriceUnit
			}
		}
	}
	var out []Advice
	for who, gain := range worth {
		id := x.self[p.problem.People[who].ID]
		if e := x.Entry(id); e == nil || !e.Signup.Hosts() || gain == 0 {
			continue
		}
		out = append(out, Advice{Person: id, Gain: gain, SignedUp: true,
			Sentence: "One more place with " + x.known(id) + " could add up to " + points(gain) + "."})
	}
	return out
}

// newHosts compares people who are not signed up with those who wait.
func (x *Round) newHosts(p *Plan) []Advice {
	var waiting []*Entry
	for _, w := range p.Waiting {
		waiting = append(waiting, x.Entry(w.Person))
	}
	pool := x.others[:min(len(x.others), comparePool)]
	if len(waiting) == 0 || len(pool) == 0 {
		return nil
	}
	people := make([]match.Person, 0, len(waiting)+len(pool))
	for _, e := range waiting {
		people = append(people, worker(e.Person))
	}
	for _, o := range pool {
		people = append(people, worker(o))
	}
	s := match.NewSimilarity(people, match.SimilarityOptions{Weights: x.weights(), Synonyms: x.table(),
		Parallel: x.options.Parallel})
	enough := x.goodEnough(p)
	gain, serves := map[int]int64{}, map[int][]string{}
	for i, e := range waiting {
		for _, peer := range s.Rank(i, CandidatesPer) {
			if peer.Index >= len(waiting) && int64(peer.Score) >= enough {
				gain[peer.Index] += int64(peer.Score)
				serves[peer.Index] = append(serves[peer.Index], e.Person.Name)
			}
		}
	}
	var out []Advice
	for i, g := range gain {
		who := pool[i-len(waiting)]
		out = append(out, Advice{Person: who.ID, Gain: g, Sentence: "Ask " + who.Name + ", " + who.Title + " of " +
			x.Board.names[who.Partner] +
			", to host: does similar work to " + joinNames(serves[i], 3) + ", who " +
			isAre(len(serves[i]), "waits", "wait") + "."})
	}
	return out
}

// goodEnough is the score from which somebody is worth asking: half of what the
// visits of the plan score on average, and no less than the event asks for.
func (x *Round) goodEnough(p *Plan) int64 {
	var sum int64
	for _, v := range p.Visits {
		sum += v.Score
	}
	return max(x.Event.Matching.MinScore.Or(shadowing.DefaultMinScore), sum/int64(2*max(1, len(p.Visits))))
}

// WhatIfHost says what it would do if somebody hosted some more visitors at
// once. The person may be signed up or not.
func (x *Round) WhatIfHost(p *Plan, person partnership.PersonID, seats int64, control match.Control) (*Offer, error) {
	b := *x.Board
	b.Entries = slices.Clone(b.Entries)
	i := slices.IndexFunc(b.Entries, func(e *Entry) bool { return e.Person.ID == person })
	if i >= 0 {
		e := *b.Entries[i]
		s := *e.Signup
		s.Capacity = value.Some(s.Seats() + seats)
		if !s.Hosts() {
			s.Role = shadowing.SignupBoth
		}
		e.Signup, b.Entries[i] = &s, &e
	} else {
		j := slices.IndexFunc(b.others, func(o *partnership.Person) bool { return o.ID == person })
		if j < 0 {
			return nil, failure.New(failure.NotFound, x.Name(person)+" is not in service, or has withdrawn")
		}
		o := b.others[j]
		b.Entries = append(b.Entries,
			&Entry{Signup: &shadowing.Signup{Event: b.Event.ID, Person: o.ID, Role: shadowing.SignupHost,
				State: shadowing.SignupReceived, Capacity: value.Some(seats)}, Person: o, Partner: o.Partner,
				City: b.names[o.Partner]})
	}
	return x.whatIf(p, &b, "With "+x.Name(person)+" hosting "+count(int(seats), "more visitor", "more visitors")+
		" at once", control)
}

// WhatIfSlot says what it would do if the event had one more half day.
func (x *Round) WhatIfSlot(p *Plan, slot value.Slot, control match.Control) (*Offer, error) {
	if slices.Contains(x.Slots, slot) {
		return nil, failure.New(failure.Invalid, slot.Long()+" is a half day of the event already")
	}
	b := *x.Board
	b.Slots = slices.Sorted(slices.Values(append(slices.Clone(b.Slots), slot)))
	return x.whatIf(p, &b, "With "+slot.Long()+" as well", control)
}

// whatIf makes the matches of a board that is as if, and compares.
func (x *Round) whatIf(p *Plan, b *Board, what string, control match.Control) (*Offer, error) {
	b.byPerson = map[partnership.PersonID]*Entry{}
	b.people = map[partnership.PersonID]*partnership.Person{}
	for id, one := range x.people {
		b.people[id] = one
	}
	for _, e := range b.Entries {
		b.byPerson[e.Person.ID] = e
		b.people[e.Person.ID] = e.Person
	}
	opt := x.options
	opt.Before = x
	y, err := newRound(b, opt)
	if err != nil {
		return nil, err
	}
	after, err := y.Make(control)
	if err != nil {
		return nil, err
	}
	o := y.offer(Change{}, p, after)
	o.Sentence = what + ", " + y.gained(o, len(after.Waiting)) + "."
	return o, nil
}

func (x *Round) gained(o *Offer, waiting int) string {
	out := "nobody more gets a visit"
	if n := len(o.Gained) - len(o.Lost); n > 0 {
		out = count(n, "more person gets a visit", "more people get a visit")
	}
	still := count(waiting, "person still waits", "people still wait")
	if waiting == 0 {
		still = "nobody waits"
	}
	return out + ", " + still + " and " + gain(-o.Cost)
}
