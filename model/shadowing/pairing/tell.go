package pairing

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Tell is somebody who must be told of their visits, again or for the first
// time.
type Tell struct {
	Person partnership.PersonID
	Name   string
	City   string
	Email  string
	Phone  string
	Again  bool     // something was said before that no longer holds
	Lines  []string // what to say, a sentence for each visit
}

// Tell lists who must be told what: everybody whose visits are not as they were
// last told. Before publication that is everybody with a visit.
func (b *Board) Tell() []Tell {
	if !b.Event.Live() {
		return nil
	}
	list := map[partnership.PersonID]*Tell{}
	say := func(person partnership.PersonID, again bool, line string) {
		t := list[person]
		if t == nil {
			t = &Tell{Person: person, Name: b.Name(person), City: b.City(person)}
			if p := b.people[person]; p != nil {
				t.Email, t.Phone = p.Email, p.Phone
			}
			list[person] = t
		}
		t.Again = t.Again || again
		t.Lines = append(t.Lines, line)
	}
	for _, m := range slices.Concat(b.Matches, b.Gone) {
		if m.State == shadowing.MatchHeld || m.State == shadowing.MatchMissed {
			continue
		}
		if line, again := news("visit to "+b.known(m.Host), m.ToldVisitor, nowOf(m)); line != "" {
			say(m.Visitor, again, line)
		}
		if line, again := news("visit by "+b.known(m.Visitor), m.ToldHost, nowOf(m)); line != "" {
			say(m.Host, again, line)
		}
	}
	out := make([]Tell, 0, len(list))
	for _, t := range list {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Tell) int {
		return cmp.Or(cmp.Compare(a.City, b.City), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person))
	})
	return out
}

// nowOf gives the half days of a match as they are planned now.
func nowOf(m *shadowing.Match) []value.Slot {
	if !m.Planned() {
		return nil
	}
	return m.Slots
}

// known names a person with the city: Dana Reyes of Raytown.
func (b *Board) known(person partnership.PersonID) string {
	if c := b.City(person); c != "" {
		return b.Name(person) + " of " + c
	}
	return b.Name(person)
}

// news says what is new of a visit, and whether it replaces what was said.
func news(visit string, told, now []value.Slot) (line string, again bool) {
	switch {
	case slices.Equal(told, now):
		return "", false
	case len(told) == 0:
		return "New: " + visit + ", " + shadowing.SlotsLong(now) + ".", false
	case len(now) == 0:
		return "Called off: " + visit + ", " + shadowing.SlotsLong(told) + ".", true
	}
	return "Moved: " + visit + ", now " + shadowing.SlotsLong(now) + " instead of " + shadowing.SlotsLong(told) +
		".", true
}

// Publish gives the changes that make the event published, with everybody told
// of their visits as they are now. After publication it is how one says that
// all have been told again.
func (b *Board) Publish() Changes {
	c := b.told(0)
	if b.Event.State != shadowing.EventPublished {
		e := *b.Event
		e.State = shadowing.EventPublished
		c.Event = &e
	}
	return c
}

// Told gives the changes that say one person has been told.
func (b *Board) Told(person partnership.PersonID) Changes { return b.told(person) }

func (b *Board) told(person partnership.PersonID) Changes {
	var c Changes
	for _, m := range slices.Concat(b.Matches, b.Gone) {
		if m.State == shadowing.MatchHeld || m.State == shadowing.MatchMissed {
			continue
		}
		now, out := nowOf(m), *m
		if person == 0 || person == m.Visitor {
			out.ToldVisitor = slices.Clone(now)
		}
		if person == 0 || person == m.Host {
			out.ToldHost = slices.Clone(now)
		}
		if !slices.Equal(out.ToldVisitor, m.ToldVisitor) || !slices.Equal(out.ToldHost, m.ToldHost) {
			c.Matches = append(c.Matches, &out)
		}
	}
	return c
}

// Held gives the changes that say the event took place: every planned visit was
// held, except those recorded as missed.
func (b *Board) Held() Changes {
	var c Changes
	for _, m := range b.Matches {
		if m.Planned() {
			out := *m
			out.State = shadowing.MatchHeld
			c.Matches = append(c.Matches, &out)
		}
	}
	if b.Event.State != shadowing.EventHeld {
		e := *b.Event
		e.State = shadowing.EventHeld
		c.Event = &e
	}
	return c
}

// Close gives the changes that close the event and record on it what the
// feedback sheets come to, which every partner may read. The reader is one that
// sees the sheets.
func (b *Board) Close(r field.Reader) Changes {
	e := *b.Event
	e.State, e.Voice = shadowing.EventClosed, shadowing.SumFeedback(r, e.ID)
	return Changes{Event: &e}
}
