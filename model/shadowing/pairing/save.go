package pairing

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Changes are the records that a plan adds, changes and deletes.
type Changes struct {
	Event   *shadowing.Event // nil when it stays as it is
	Matches []*shadowing.Match
	Drop    []shadowing.MatchID
	Proof   *shadowing.Proof // nil when it stays as it is
}

// Empty reports whether there is nothing to do.
func (c Changes) Empty() bool {
	return c.Event == nil && len(c.Matches) == 0 && len(c.Drop) == 0 && c.Proof == nil
}

// Apply carries the changes out.
func (c Changes) Apply(w field.Writer) error {
	for _, id := range c.Drop {
		if err := field.Delete(w, id); err != nil {
			return err
		}
	}
	for _, m := range c.Matches {
		if _, err := field.Put(w, m); err != nil {
			return err
		}
	}
	if c.Proof != nil {
		if _, err := field.Put(w, c.Proof); err != nil {
			return err
		}
	}
	if c.Event != nil {
		if _, err := field.Put(w, c.Event); err != nil {
			return err
		}
	}
	return nil
}

// Save gives the changes that make the records say a plan. A match of which
// nobody was told is deleted when it is not in the plan; one that was is called
// off, so that people are told. A locked visit stays locked.
func (x *Round) Save(p *Plan, today value.Day) Changes {
	var c Changes
	records := map[pair]*shadowing.Match{}
	for _, m := range slices.Concat(x.Gone, x.Matches) {
		records[pair{m.Visitor, m.Host}] = m
	}
	planned := map[pair]bool{}
	for _, v := range p.Visits {
		at := pair{v.Visitor, v.Host}
		planned[at] = true
		if m := x.recorded(records[at], v); m != nil {
			c.Matches = append(c.Matches, m)
		}
	}
	for _, m := range x.Matches {
		if planned[pair{m.Visitor, m.Host}] || m.State == shadowing.MatchHeld {
			continue
		}
		if len(m.ToldVisitor)+len(m.ToldHost) == 0 && m.Note == "" {
			c.Drop = append(c.Drop, m.ID)
			continue
		}
		off := *m
		off.State, off.Locked = shadowing.MatchDropped, false
		c.Matches = append(c.Matches, &off)
	}
	c.Proof = x.proof(p, today)
	if x.Event.State == shadowing.EventDraft || x.Event.State == shadowing.EventOpen {
		e := *x.Event
		e.State = shadowing.EventMatched
		c.Event = &e
	}
	return c
}

// recorded gives the record of a visit, nil when it says so already.
func (x *Round) recorded(have *shadowing.Match, v Visit) *shadowing.Match {
	m := &shadowing.Match{Event: x.Event.ID, Visitor: v.Visitor, Host: v.Host}
	if have != nil {
		*m = *have
	}
	// Needs that the sign-up does not tell may be hidden from whoever saves.
	if e := x.Entry(v.Visitor); e != nil && e.Signup.Needs != "" {
		m.Needs = e.Signup.Needs
	}
	if !slices.Equal(m.Slots, v.Slots) || !m.Live() {
		m.Slots, m.State = slices.Clone(v.Slots), shadowing.MatchProposed
	}
	m.Locked, m.Score, m.Reasons = v.Locked, v.Score, v.Reasons
	if have != nil && slices.Equal(m.Slots, have.Slots) && m.State == have.State && m.Locked == have.Locked &&
		m.Score == have.Score && m.Reasons == have.Reasons && m.Needs == have.Needs {
		return nil
	}
	return m
}

// proof gives the record of how good a plan is, when that was proved for it.
func (x *Round) proof(p *Plan, today value.Day) *shadowing.Proof {
	if p.certificate == nil || !p.Quality.Known || p.Value != p.Quality.Value {
		return nil
	}
	e := &evidence{Problem: p.problem, Value: p.Value, Bound: p.Quality.Bound, Matches: x.matchesOf(p.Visits),
		Certificate: p.certificate, Among: p.Quality.Among, All: p.Quality.Among == 0, Fair: p.Quality.Fair,
		WorstOff: p.Quality.WorstOff, WorstAtMost: p.Quality.WorstAtMost}
	out := &shadowing.Proof{Event: x.Event.ID}
	if x.Proof != nil {
		*out = *x.Proof
	}
	out.Made, out.Value, out.Bound = value.Some(today), value.Some(p.Value), value.Some(p.Quality.Bound)
	r := &match.Result{Value: e.Value, Bound: e.Bound, Gap: match.Gap(e.Value, e.Bound), Proved: e.Value == e.Bound,
		Matches: e.Matches}
	if match.Check(p.problem, r, p.certificate) != nil {
		return nil
	}
	out.Parts = packEvidence(e)
	return out
}

// Ruled gives the change that rules a pair out of the event or, with allow set,
// lets it be matched again.
func (x *Round) Ruled(visitor, host partnership.PersonID, allow bool) Changes {
	m := &shadowing.Match{Event: x.Event.ID, Visitor: visitor, Host: host, Slots: x.Slots[:1]}
	for _, have := range slices.Concat(x.Gone, x.Matches) {
		if have.Visitor == visitor && have.Host == host {
			*m = *have
		}
	}
	m.State, m.Locked = shadowing.MatchDeclined, false
	if allow {
		m.State = shadowing.MatchDropped
	}
	return Changes{Matches: []*shadowing.Match{m}}
}

// SaveOffer gives the changes that make the records say an offer's plan, and
// rule a forbidden pair out.
func (x *Round) SaveOffer(o *Offer, today value.Day) Changes {
	c := x.Save(o.Plan, today)
	if o.Change.Kind != Forbid {
		return c
	}
	ruled := x.Ruled(o.Change.Visitor, o.Change.Host, false).Matches[0]
	c.Drop = slices.DeleteFunc(c.Drop, func(id shadowing.MatchID) bool { return id == ruled.ID })
	c.Matches = slices.DeleteFunc(c.Matches, func(m *shadowing.Match) bool {
		return m.Visitor == ruled.Visitor &&
			m.Host == ruled.Host
	})
	c.Matches = append([]*shadowing.Match{ruled}, c.Matches...)
	return c
}
