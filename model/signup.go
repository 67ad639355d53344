package model

import "slices"

// SignupID identifies a sign-up.
type SignupID = ID[Signup]

// SignupRole says what a person would do at an event.
type SignupRole string

// Roles at an event.
const (
	SignupVisit SignupRole = "visit"
	SignupHost  SignupRole = "host"
	SignupBoth  SignupRole = "both"
)

// SignupState is how far a sign-up has come.
type SignupState string

// From received to withdrawn.
const (
	SignupReceived  SignupState = "received"
	SignupApproved  SignupState = "supervisor approved"
	SignupWithdrawn SignupState = "withdrawn"
)

// Length is how long a person would visit.
type Length string

// Lengths of a visit.
const (
	HalfDay     Length = "half"
	FullDay     Length = "full"
	EitherOfTwo Length = "either"
)

// Signup is one person's wish to visit or host at one event.
type Signup struct {
	ID        ID[Signup]
	Event     ID[Event]
	Person    ID[Person]
	Role      SignupRole
	Length    Length
	Capacity  Opt[int64] // visitors at once, for hosts
	State     SignupState
	Wishes    string
	Needs     string       // private
	Available []Slot       // none means every half day of the event
	Wanted    []ID[Person] // whom the person asked for
	Avoid     []ID[Person] // with whom the person is not to be matched; private
}

// KindName is "signups".
func (Signup) KindName() string { return "signups" }

// Stands reports whether the person still takes part.
func (s *Signup) Stands() bool { return s.State != SignupWithdrawn }

// Visits reports whether the person would visit.
func (s *Signup) Visits() bool { return s.Role == SignupVisit || s.Role == SignupBoth }

// Hosts reports whether the person would host.
func (s *Signup) Hosts() bool { return s.Role == SignupHost || s.Role == SignupBoth }

// Seats gives how many visitors the person takes at once: one when a host has
// not said.
func (s *Signup) Seats() int64 {
	if !s.Hosts() {
		return 0
	}
	return s.Capacity.Or(1)
}

// Free reports whether the person can take part in a half day of the event.
func (s *Signup) Free(slot Slot) bool {
	return len(s.Available) == 0 || slices.Contains(s.Available, slot)
}

// SignupOf finds a person's sign-up for an event; nil when there is none.
func SignupOf(r Reader, event ID[Event], person ID[Person]) *Signup {
	if person == 0 {
		return nil
	}
	for s := range Of[Signup](r, "person", person) {
		if s.Event == event {
			return s
		}
	}
	return nil
}

func signupKind() *Kind {
	return Def[Signup]{
		Tag: 10, One: "sign-up", Title: "Sign-ups", Realm: RealmCity,
		Purpose: "Who would like to visit or host at an event.",
		ID:      func(s *Signup) *ID[Signup] { return &s.ID },
		Label:   func(*Signup) string { return "" },
		Unique:  [][]string{{"event", "person"}},
		Parties: func(r Reader, s *Signup) []Party {
			if p := Get(r, s.Person); p != nil {
				return []Party{Party(p.Partner)}
			}
			return nil
		},
		Check:    checkSignup,
		Headings: signupHeadings(SignupForm),
		Fields:   signupFields(),
	}.Kind()
}

func signupFields() []Field[Signup] {
	return []Field[Signup]{
		Ref(1, "event", "Event", func(s *Signup) *ID[Event] { return &s.Event }).Need().Wide(24).Eg("Spring job shadowing"),
		Ref(2, "person", "Person", func(s *Signup) *ID[Person] { return &s.Person }).Need().Wide(22).Eg("Dana Reyes"),
		Word(3, "role", "Would", func(s *Signup) *SignupRole { return &s.Role }, Choice{"visit", "Visit"},
			Choice{"host", "Host"}, Choice{"both", "Both"}).Need().Wide(6).Eg("Both"),
		Word(4, "length", "Length", func(s *Signup) *Length { return &s.Length }, Choice{"half", "Half day"},
			Choice{"full", "Full day"}, Choice{"either", "Either"}).Wide(9).Eg("Half day"),
		Count(5, "capacity", "Hosts at once", func(s *Signup) *Opt[int64] { return &s.Capacity }).Wide(6).Eg("2"),
		Word(6, "state", "State", func(s *Signup) *SignupState { return &s.State }, Choice{"received", "Received"},
			Choice{"supervisor approved", "Supervisor approved"}, Choice{"withdrawn", "Withdrawn"}).Need().Wide(12).Eg("Received"),
		Slots(9, "available", "Half days", func(s *Signup) *[]Slot { return &s.Available }).Tucked().
			Say("When the person can come, such as 2027-04-20 AM; empty means every half day of the event."),
		Refs(10, "wanted", "Asked for", func(s *Signup) *[]ID[Person] { return &s.Wanted }).Tucked().
			Say("People whom the person would like to meet."),
		Refs(11, "avoid", "Not with", func(s *Signup) *[]ID[Person] { return &s.Avoid }).Private().Tucked().
			Say("People with whom the person is not matched, in either direction."),
		Long(7, "wishes", "Wishes", func(s *Signup) *string { return &s.Wishes }).Tucked(),
		Long(8, "needs", "Needs, such as access", func(s *Signup) *string { return &s.Needs }).Private().Tucked().
			Say("Seen by the person's own city, the facilitator and, once matched, the host's city."),
	}
}

func checkSignup(c *Checking, _, s *Signup) {
	if n := s.Capacity.Or(1); n < 0 || n > 100 {
		c.Add("capacity", "a host takes between 0 and 100 visitors at once")
	}
	for _, p := range s.Wanted {
		if p == s.Person {
			c.Add("wanted", "nobody is matched with themselves")
		}
		if slices.Contains(s.Avoid, p) {
			c.Add("avoid", "the same person is both asked for and ruled out")
		}
	}
	if e := Get(c, s.Event); e != nil {
		if slots := e.HalfDays(); len(slots) > 0 {
			for _, slot := range s.Available {
				if !slices.Contains(slots, slot) {
					c.Add("available", slot.Long()+" is not a half day of "+e.Name)
					break
				}
			}
		}
	}
	if s.ID == 0 {
		return
	}
	if !s.Stands() {
		warnOfVisits(c, s)
	}
	for _, other := range s.Avoid {
		warnOfMeeting(c, s, other)
	}
}

// warnOfMeeting points out a visit that is planned between two who are not to be
// matched.
func warnOfMeeting(c *Checking, s *Signup, other ID[Person]) {
	for _, field := range []string{"visitor", "host"} {
		for m := range Of[Match](c, field, s.Person) {
			if m.Event == s.Event && m.Planned() && (m.Visitor == other || m.Host == other) {
				c.Warn("avoid", "a visit with "+nameOf(c, other)+" is planned; rule it out on the match board")
				return
			}
		}
	}
}

// warnOfVisits points out the visits that a withdrawal leaves without somebody.
func warnOfVisits(c *Checking, s *Signup) {
	for _, field := range []string{"visitor", "host"} {
		for m := range Of[Match](c, field, s.Person) {
			if m.Event == s.Event && m.Planned() {
				c.Warn("state", "visits are planned with this person; repair the matches")
				return
			}
		}
	}
}
