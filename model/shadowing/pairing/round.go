package pairing

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Options say how a round is prepared.
type Options struct {
	// Parallel runs the comparing of work on several processors; nil on one.
	Parallel match.Parallel
	// Before, when given, is a round of the same event. If the same people are to
	// be compared in the same way, its comparison is taken over.
	Before *Round
}

// Round is a board with how alike people's work is and the problem to solve.
// It is not changed by what is asked of it.
type Round struct {
	*Board
	Problem *match.Problem
	// Broken says which locks cannot be kept as sign-ups are now.
	Broken []string

	options Options
	likes   map[pair]likeness
	ruled   map[pair]string // pairs that are ruled out, and why
	edge    map[pair]int
	dates   []value.Day
	self    map[string]partnership.PersonID
	among   int // as in [Quality]
	// compared is what likes were found from, and it knows of pairs less alike.
	compared comparison
}

// Prepare loads an event, compares the work of those who take part and sets the
// problem up. It takes about a second for a thousand people.
func Prepare(r field.Reader, event shadowing.EventID, opt Options) (*Round, error) {
	b, err := Load(r, event)
	if err != nil {
		return nil, err
	}
	return newRound(b, opt)
}

func newRound(b *Board, opt Options) (*Round, error) {
	if len(b.Slots) == 0 {
		return nil, failure.New(failure.Invalid, b.Event.Name+" has no date; record the date first")
	}
	x := &Round{Board: b, options: opt, likes: map[pair]likeness{}, ruled: map[pair]string{}, edge: map[pair]int{},
		self: map[string]partnership.PersonID{}}
	for _, s := range b.Slots {
		if len(x.dates) == 0 || x.dates[len(x.dates)-1] != s.Day() {
			x.dates = append(x.dates, s.Day())
		}
	}
	x.compare()
	x.ruleOut()
	x.build()
	return x, nil
}

// key is a person's name in the problem.
func key(p partnership.PersonID) string { return strconv.FormatUint(uint64(p), 10) }

// slotAt gives the half day with a number in the problem, numbered the number
// of a half day.
func (x *Round) slotAt(i int) value.Slot { return value.SlotOn(x.dates[i/2], value.Half(i%2)) }

func (x *Round) numbered(s value.Slot) int {
	i := slices.Index(x.dates, s.Day())
	if i < 0 {
		return -1
	}
	return 2*i + int(s.Half())
}

// weights gives the event's weights, the defaults where none are recorded.
func (x *Round) weights() *match.Weights {
	w, have := match.DefaultWeights(), &x.Event.Weights
	for _, f := range []struct {
		to   *int
		from value.Opt[int64]
	}{{&w.Title, have.Title}, {&w.Tags, have.Tags}, {&w.Duties, have.Duties}, {&w.Words, have.Words},
		{&w.Spelling, have.Spelling}, {&w.Related, have.Related}, {&w.DepartmentName, have.Department},
		{&w.Area, have.Area}, {&w.Agreement, have.Agreement}} {
		*f.to = int(f.from.Or(int64(*f.to)))
	}
	return &w
}

// table gives the synonyms that work is compared with.
func (x *Round) table() []match.Synonym { return Synonyms(x.synonyms) }

// Synonyms gives the program's own table with what is on record added to it; a
// recorded synonym stands instead of the program's for the same words.
func Synonyms(list []*shadowing.Synonym) []match.Synonym {
	recorded := map[string]bool{}
	var out []match.Synonym
	for _, s := range list {
		recorded[field.FoldName(s.Short)] = true
		out = append(out, match.Synonym{Short: s.Short, Long: s.Long})
	}
	for _, s := range match.DefaultSynonyms() {
		if !recorded[field.FoldName(s.Short)] {
			out = append(out, s)
		}
	}
	return out
}

// SeedSynonyms gives the program's own table as records, for those who would
// edit it; words that are on record already are left out.
func SeedSynonyms(r field.Reader) []*shadowing.Synonym {
	have := map[string]bool{}
	for s := range field.All[shadowing.Synonym](r) {
		have[field.FoldName(s.Short)] = true
	}
	var out []*shadowing.Synonym
	for _, s := range match.DefaultSynonyms() {
		if !have[field.FoldName(s.Short)] {
			out = append(out, &shadowing.Synonym{Short: s.Short, Long: s.Long})
		}
	}
	return out
}

// ruleOut notes the pairs that are not to meet, and why.
func (x *Round) ruleOut() {
	if !x.Event.Matching.Repeat {
		for p, where := range x.earlier {
			x.ruled[p] = "they met at " + where
		}
	}
	for _, e := range x.Entries {
		for _, other := range e.Signup.Avoid {
			x.ruled[pair{e.Person.ID, other}] = "one of them asked not to be matched with the other"
			x.ruled[pair{other, e.Person.ID}] = "one of them asked not to be matched with the other"
		}
	}
	for _, m := range x.Gone {
		switch m.State {
		case shadowing.MatchDeclined:
			x.ruled[pair{m.Visitor, m.Host}] = "this match was declined or ruled out"
		case shadowing.MatchMissed:
			x.ruled[pair{m.Visitor, m.Host}] = "this visit was missed"
		}
	}
}

// build sets the problem up.
func (x *Round) build() {
	set := &x.Event.Matching
	p := &match.Problem{Slots: 2 * len(x.dates), Seed: uint64(set.Seed.Or(0)),
		Seconds: float64(set.Seconds.Or(shadowing.DefaultMatchSeconds)), Units: map[string]int{}}
	p.Visits = new(int(set.Visits.Or(shadowing.DefaultVisits)))
	for _, e := range x.Entries {
		p.People = append(p.People, x.participant(e, p.Units))
		x.self[key(e.Person.ID)] = e.Person.ID
	}
	if len(p.Units) == 0 {
		p.Units = nil
	}
	x.Problem = p
	x.addWished()
	for _, v := range x.Entries {
		if !v.Signup.Visits() {
			continue
		}
		for _, h := range x.Entries {
			if like, ok := x.likes[pair{v.Person.ID, h.Person.ID}]; ok && h.Signup.Hosts() && h.Partner != v.Partner {
				x.consider(v, h, like)
			}
		}
	}
	var locked []*shadowing.Match
	for _, m := range x.Matches {
		if x.keepListed(m) {
			locked = append(locked, m)
		}
	}
	x.listFar()
	x.lockAll(locked)
}

func (x *Round) participant(e *Entry, units map[string]int) match.Participant {
	a := match.Participant{ID: key(e.Person.ID), Org: strconv.FormatUint(uint64(e.Partner), 10),
		Role:  match.Role(e.Signup.Role),
		Wants: match.Length(e.Signup.Length)}
	if e.Signup.Hosts() {
		a.Capacity = new(int(e.Signup.Seats()))
	}
	for i := range 2 * len(x.dates) {
		s := x.slotAt(i)
		a.Available = append(a.Available, slices.Contains(x.Slots, s) && e.Signup.Free(s))
	}
	if away := x.Event.Matching.AwayCap; away.Set && e.Person.Department != "" {
		a.Unit = a.Org + " " + field.FoldName(e.Person.Department)
		units[a.Unit] = int(away.V)
	}
	return a
}

// consider lists a pair as possible unless it is ruled out or too unlike.
func (x *Round) consider(v, h *Entry, like likeness) {
	at := pair{v.Person.ID, h.Person.ID}
	wished := x.wished(v, h)
	if _, out := x.ruled[at]; out || like.score < x.leastScore() && !wished {
		return
	}
	x.list(at, x.worth(v, h, like))
}

// wished reports whether one of two asked for the other.
func (x *Round) wished(v, h *Entry) bool {
	return slices.Contains(v.Signup.Wanted, h.Person.ID) || slices.Contains(h.Signup.Wanted, v.Person.ID)
}

// worth is what half a day of a visit is worth.
func (x *Round) worth(v, h *Entry, like likeness) int64 {
	worth := max(1, like.score)
	if x.wished(v, h) {
		worth += x.Event.Matching.WishPoints.Or(shadowing.DefaultWishPoints)
	}
	if x.Event.Matching.Fairness == shadowing.FairWeight {
		worth += x.comingShort(v.Partner)
	}
	return worth
}

// list adds a pair to the problem. A full day is worth less than two halves with
// different hosts would be.
func (x *Round) list(at pair, half int64) {
	if _, listed := x.edge[at]; listed {
		return
	}
	x.edge[at] = len(x.Problem.Edges)
	x.Problem.Edges = append(x.Problem.Edges, match.Edge{Visitor: key(at.visitor), Host: key(at.host), Half: new(half),
		Full: new(half * 9 / 5)})
}

// keepListed lists the pair of a planned visit even when it would not be
// proposed, and reports whether the record locks it.
func (x *Round) keepListed(m *shadowing.Match) (locked bool) {
	locked = m.Locked || m.State == shadowing.MatchHeld
	v, h := x.Entry(m.Visitor), x.Entry(m.Host)
	if v == nil || h == nil || v.Partner == h.Partner {
		if m.Locked {
			x.Broken = append(x.Broken, x.Name(m.Visitor)+" visiting "+x.Name(m.Host)+" is locked, but one of them "+
				"takes no part any more")
		}
		return false
	}
	at := pair{m.Visitor, m.Host}
	like, known := x.described(at)
	if !known {
		like = likeness{m.Score, m.Reasons}
	}
	x.likes[at] = like
	x.list(at, x.worth(v, h, like))
	return locked
}

// lockAll locks matches; those that the sign-ups do not allow are left open and
// named.
func (x *Round) lockAll(list []*shadowing.Match) {
	p := x.Problem
	locks := func(m *shadowing.Match) {
		for _, s := range m.Slots {
			p.Locked = append(p.Locked, match.Lock{Visitor: key(m.Visitor), Host: key(m.Host), Slot: x.numbered(s)})
		}
	}
	for _, m := range list {
		locks(m)
	}
	if len(list) == 0 || p.Validate() == nil {
		return
	}
	p.Locked = nil
	for _, m := range list {
		before := len(p.Locked)
		locks(m)
		if p.Validate() != nil {
			p.Locked = p.Locked[:before]
			x.Broken = append(x.Broken, x.Name(m.Visitor)+" visiting "+x.Name(m.Host)+" is locked on "+m.When()+
				", which the sign-ups do not allow any more")
		}
	}
}

// explained makes an error of the solver one of ours, with names for numbers.
func (x *Round) explained(err error) error {
	var bad *match.InputError
	if !errors.As(err, &bad) {
		return err
	}
	text := bad.Problem
	for k, id := range x.self {
		text = strings.ReplaceAll(text, strconv.Quote(k), x.Name(id))
	}
	return &failure.Error{Code: failure.Invalid, Message: "The matches of " + x.Event.Name + " cannot be made: " +
		bad.Field + " " + text, Cause: err}
}
