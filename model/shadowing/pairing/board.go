package pairing

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Entry is a person who takes part, with the sign-up.
type Entry struct {
	Signup  *shadowing.Signup
	Person  *partnership.Person
	Partner partnership.PartnerID
	City    string
}

// Board is an event as the records say: who takes part and who visits whom.
type Board struct {
	Event   *shadowing.Event
	Slots   []value.Slot
	Entries []*Entry           // those that stand, in the order they signed up
	Left    []*Entry           // withdrawn, or not approved where approval is asked for
	Matches []*shadowing.Match // planned or held
	Gone    []*shadowing.Match // declined, called off or missed
	Proof   *shadowing.Proof   // nil when matches were never made
	Cities  []City             // that take part, in the order of their numbers

	byPerson map[partnership.PersonID]*Entry
	people   map[partnership.PersonID]*partnership.Person // anybody named on the board
	others   []*partnership.Person                        // in service and not signed up
	earlier  map[pair]string                              // pairs who met before, and where
	received map[partnership.PartnerID]int                // half days received at earlier events
	synonyms []*shadowing.Synonym
	names    map[partnership.PartnerID]string
}

// City is a partner that takes part.
type City struct {
	ID   partnership.PartnerID
	Name string
}

// pair is a visitor and a host.
type pair struct{ visitor, host partnership.PersonID }

// Load reads an event and everything about it.
func Load(r field.Reader, event shadowing.EventID) (*Board, error) {
	e := field.Get(r, event)
	if e == nil {
		return nil, failure.New(failure.NotFound, "there is no such event any more")
	}
	b := &Board{Event: e, Slots: e.HalfDays(), Proof: shadowing.ProofOf(r, event),
		byPerson: map[partnership.PersonID]*Entry{},
		people:   map[partnership.PersonID]*partnership.Person{}, earlier: map[pair]string{},
		received: map[partnership.PartnerID]int{},
		names:    map[partnership.PartnerID]string{}}
	for p := range field.All[partnership.Partner](r) {
		b.names[p.ID] = p.Name
	}
	b.loadSignups(r)
	b.loadMatches(r)
	for p := range field.All[partnership.Person](r) {
		if b.byPerson[p.ID] == nil && !p.Left {
			b.others = append(b.others, p)
		}
	}
	for s := range field.All[shadowing.Synonym](r) {
		b.synonyms = append(b.synonyms, s)
	}
	return b, nil
}

func (b *Board) loadSignups(r field.Reader) {
	for s := range field.Of[shadowing.Signup](r, "event", b.Event.ID) {
		p := field.Get(r, s.Person)
		if p == nil {
			continue
		}
		entry := &Entry{Signup: s, Person: p, Partner: p.Partner, City: b.names[p.Partner]}
		b.people[p.ID] = p
		if !s.Stands() || b.Event.Matching.Approved && s.State != shadowing.SignupApproved {
			b.Left = append(b.Left, entry)
			continue
		}
		if b.byPerson[p.ID] == nil {
			b.Entries = append(b.Entries, entry)
			b.byPerson[p.ID] = entry
		}
		if !slices.ContainsFunc(b.Cities, func(c City) bool { return c.ID == p.Partner }) {
			b.Cities = append(b.Cities, City{p.Partner, entry.City})
		}
	}
	slices.SortFunc(b.Cities, func(x, y City) int { return int(x.ID) - int(y.ID) })
}

func (b *Board) loadMatches(r field.Reader) {
	for m := range field.All[shadowing.Match](r) {
		if m.Event != b.Event.ID {
			b.remember(r, m)
			continue
		}
		if m.Live() {
			b.Matches = append(b.Matches, m)
		} else {
			b.Gone = append(b.Gone, m)
		}
		for _, id := range []partnership.PersonID{m.Visitor, m.Host} {
			if p := field.Get(r, id); p != nil {
				b.people[id] = p
			}
		}
	}
}

// remember takes account of a visit at another event that took place as far as
// is known.
func (b *Board) remember(r field.Reader, m *shadowing.Match) {
	if !m.Met() {
		return
	}
	e := field.Get(r, m.Event)
	if e == nil || e.Date.Set && b.Event.Date.Set && e.Date.V > b.Event.Date.V {
		return
	}
	b.earlier[pair{m.Visitor, m.Host}] = e.Name
	if v := field.Get(r, m.Visitor); v != nil {
		b.received[v.Partner] += len(m.Slots)
	}
}

// Entry finds somebody who takes part; nil when the person does not.
func (b *Board) Entry(person partnership.PersonID) *Entry { return b.byPerson[person] }

// Name gives a person's name.
func (b *Board) Name(person partnership.PersonID) string {
	if p := b.people[person]; p != nil {
		return p.Name
	}
	for _, p := range b.others {
		if p.ID == person {
			return p.Name
		}
	}
	return "#" + strconv.FormatUint(uint64(person), 10)
}

// City gives the name of a person's city.
func (b *Board) City(person partnership.PersonID) string {
	if p := b.people[person]; p != nil {
		return b.names[p.Partner]
	}
	return ""
}

// Visitors counts those who signed up to visit, Seats what hosts take in all
// half days together.
func (b *Board) Visitors() int {
	n := 0
	for _, e := range b.Entries {
		if e.Signup.Visits() {
			n++
		}
	}
	return n
}

// Seats counts the visitors whom all hosts together can take over all half days.
func (b *Board) Seats() int {
	n := 0
	for _, e := range b.Entries {
		for _, s := range b.Slots {
			if e.Signup.Free(s) {
				n += int(e.Signup.Seats())
			}
		}
	}
	return n
}

// Unapproved lists those whose supervisor has not approved.
func (b *Board) Unapproved() []*Entry {
	var out []*Entry
	for _, e := range slices.Concat(b.Entries, b.Left) {
		if e.Signup.State == shadowing.SignupReceived {
			out = append(out, e)
		}
	}
	return out
}

// joinNames lists names in a sentence: A, B and C, or A, B and 3 others.
func joinNames(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + " and " + strconv.Itoa(len(names)-most+1) + " others"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// count writes a number with its noun; up to twelve in words.
func count(n int, one, many string) string {
	if n == 1 {
		return "one " + one
	}
	return number(n) + " " + many
}

func number(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
		"twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return grouped(int64(n))
}

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}
