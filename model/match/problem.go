package match

import (
	"math"
	"strconv"
)

// A Problem is one matching to be solved, in the form in which it is read from
// JSON. Slots are half days: 0 and 1 are the halves of the first date, 2 and 3
// of the second, and so on.
type Problem struct {
	Slots    int           `json:"slots"`
	People   []Participant `json:"people"`
	Edges    []Edge        `json:"edges"`
	Locked   []Lock        `json:"locked,omitempty"`
	Excluded []Pair        `json:"excluded,omitempty"`
	// Visits, when given, is the largest number of visits anybody makes.
	Visits *int `json:"visits,omitempty"`
	// Units says how many of a unit's people may be away in the same slot. A
	// unit that is not named may send everybody.
	Units   map[string]int `json:"units,omitempty"`
	Seconds float64        `json:"seconds,omitempty"`
	Seed    uint64         `json:"seed,omitempty"`
	// Aside is a key of the JSON read that nothing is made of: a slip, perhaps.
	Aside string `json:"-"`
	// Likely, when positive, says that good plans are to be looked for among the
	// first so many edges, and among the others those that the prices found do
	// not speak against. What is possible, and what is proved, is about all edges
	// all the same.
	Likely int `json:"-"`
}

// A Role says what somebody signed up for.
type Role string

// The roles.
const (
	Visit Role = "visit"
	Host  Role = "host"
	Both  Role = "both"
)

func (r Role) visits() bool { return r == Visit || r == Both }

func (r Role) hosts() bool { return r == Host || r == Both }

// A Length says how long a visitor wants to stay: half a day, a full day (both
// halves of one date with one host), or either.
type Length string

// The lengths.
const (
	Half   Length = "half"
	Full   Length = "full"
	Either Length = "either"
)

// A Participant is somebody who takes part. Nobody visits two hosts, or visits
// and hosts, in the same slot.
type Participant struct {
	ID   string `json:"id"`
	Org  string `json:"org,omitempty"`
	Unit string `json:"unit,omitempty"`
	Role Role   `json:"role"`
	// Capacity is how many visitors a host takes in a slot; one when absent.
	Capacity *int `json:"capacity,omitempty"`
	// Available tells for each slot whether the person can take part; all are
	// meant when it is absent.
	Available []bool `json:"available,omitempty"`
	Wants     Length `json:"wants,omitempty"`
	// Visits, when given, is the largest number of visits this person makes.
	Visits *int `json:"visits,omitempty"`
}

// An Edge says that a visitor may visit a host, once, and what half a day and a
// full day of it are worth. A length without a value is not possible.
type Edge struct {
	Visitor string `json:"visitor"`
	Host    string `json:"host"`
	Half    *int64 `json:"half,omitempty"`
	Full    *int64 `json:"full,omitempty"`
}

// A Pair names a visitor and a host.
type Pair struct{ Visitor, Host string }

// A Lock says that a visitor visits a host and is there in a slot. Locking both
// halves of a date asks for the full day.
type Lock struct {
	Visitor, Host string
	Slot          int
}

// The limits keep a problem within what can be held in memory and added up
// without overflow.
const (
	maxParticipants = 50_000
	maxEdges        = 2_000_000
	maxSlots        = 64
	maxCapacity     = 10_000
	maxValue        = 1_000_000_000
	maxSeconds      = 24 * 60 * 60
	// DefaultSeconds is the time a problem is given that names none.
	DefaultSeconds = 10
)

// Validate returns an [InputError] naming the first field that cannot be used.
func (p *Problem) Validate() error {
	_, err := newInstance(p)
	return err
}

// validate checks everything that can be said without looking people up.
func (p *Problem) validate() error {
	switch {
	case p.Slots < 1 || p.Slots > maxSlots:
		return refuse("slots", "is %d; it should be from 1 to %d", p.Slots, maxSlots)
	case len(p.People) == 0:
		return refuse("people", "there are none; list the people who signed up")
	case len(p.People) > maxParticipants:
		return refuse("people", "there are %d; %d is the most that can be matched at once", len(p.People),
			maxParticipants)
	case len(p.Edges) > maxEdges:
		return refuse("edges", "there are %d; %d is the most that can be matched at once", len(p.Edges), maxEdges)
	case p.Visits != nil && *p.Visits < 0:
		return refuse("visits", "is %d; it should not be negative", *p.Visits)
	case math.IsNaN(p.Seconds) || p.Seconds < 0 || p.Seconds > maxSeconds:
		return refuse("seconds", "should be from 0 to %d", maxSeconds)
	}
	for unit, away := range p.Units {
		if away < 0 {
			return refuse("units."+unit, "is %d; it should not be negative", away)
		}
	}
	for i := range p.People {
		if err := p.People[i].validate(at("people", i), p.Slots); err != nil {
			return err
		}
	}
	return nil
}

func (a *Participant) validate(field string, slots int) error {
	switch {
	case a.ID == "":
		return refuse(field+".id", "is empty")
	case !a.Role.visits() && !a.Role.hosts():
		return refuse(field+".role", "is %q; it should be visit, host or both", a.Role)
	case a.Capacity != nil && (*a.Capacity < 0 || *a.Capacity > maxCapacity):
		return refuse(field+".capacity", "is %d; it should be from 0 to %d", *a.Capacity, maxCapacity)
	case a.Available != nil && len(a.Available) != slots:
		return refuse(field+".available", "has %d entries; there should be one for each of the %d slots",
			len(a.Available), slots)
	case a.Wants != "" && a.Wants != Half && a.Wants != Full && a.Wants != Either:
		return refuse(field+".wants", "is %q; it should be half, full or either", a.Wants)
	case a.Visits != nil && *a.Visits < 0:
		return refuse(field+".visits", "is %d; it should not be negative", *a.Visits)
	}
	return nil
}

func (a *Participant) capacity() int {
	switch {
	case !a.Role.hosts():
		return 0
	case a.Capacity == nil:
		return 1
	}
	return *a.Capacity
}

func (a *Participant) free(slot int) bool { return a.Available == nil || a.Available[slot] }

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// A Match is a visit: who goes to whom, and in which slots.
type Match struct {
	Visitor string `json:"visitor"`
	Host    string `json:"host"`
	Slots   []int  `json:"slots"`
	Value   int64  `json:"value"`
}

// A Result is the best plan found and what is known about it. No plan is worth
// more than Bound; Proved says that none is worth more than this one.
type Result struct {
	Value   int64     `json:"value"`
	Bound   int64     `json:"bound"`
	Gap     float64   `json:"gap"`
	Proved  bool      `json:"proved"`
	Matches []Match   `json:"matches"`
	Waiting []Waiting `json:"waiting,omitempty"`
	// Finished says that the search ended by itself; then the same problem and
	// seed give the same result. Else the clock or the caller stopped it.
	Finished bool  `json:"finished"`
	Steps    int64 `json:"steps"`
	// Certificate proves Bound; see [Check].
	Certificate *Certificate `json:"-"`
}

// Gap is how far a value may be from the best possible, as a share of the
// bound.
func Gap(value, bound int64) float64 { return shortfall(value, bound) }

// shortfall is how far a value may be from the best possible, as a share of it.
func shortfall(value, bound int64) float64 {
	if bound <= value || bound <= 0 {
		return 0
	}
	return float64(bound-value) / float64(bound)
}
