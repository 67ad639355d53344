package shadowing

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// SignupID identifies a sign-up.
type SignupID = field.ID[Signup]

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
	ID        field.ID[Signup]
	Event     field.ID[Event]
	Person    field.ID[partnership.Person]
	Role      SignupRole
	Length    Length
	Capacity  value.Opt[int64] // visitors at once, for hosts
	State     SignupState
	Wishes    string
	Needs     string                         // private
	Available []value.Slot                   // none means every half day of the event
	Wanted    []field.ID[partnership.Person] // whom the person asked for
	Avoid     []field.ID[partnership.Person] // with whom the person is not to be matched; private
}

// KindSignups names the kind whose records are of type [Signup].
const KindSignups = "signups"

// KindName is "signups".
func (Signup) KindName() string { return KindSignups }

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
func (s *Signup) Free(slot value.Slot) bool {
	return len(s.Available) == 0 || slices.Contains(s.Available, slot)
}

// SignupOf finds a person's sign-up for an event; nil when there is none.
func SignupOf(r field.Reader, event field.ID[Event], person field.ID[partnership.Person]) *Signup {
	if person == 0 {
		return nil
	}
	for s := range field.Of[Signup](r, "person", person) {
		if s.Event == event {
			return s
		}
	}
	return nil
}

// DescribeSignup describes sign-ups.
func DescribeSignup() *field.Kind {
	return field.Def[Signup]{
		Tag: 10, One: "sign-up", Title: "Sign-ups", Scope: field.ScopeCity,
		Purpose: "Who would like to visit or host at an event.",
		ID:      func(s *Signup) *field.ID[Signup] { return &s.ID },
		Label:   func(*Signup) string { return "" },
		Unique:  [][]string{{"event", "person"}},
		Parties: func(r field.Reader, s *Signup) []field.Party {
			if p := field.Get(r, s.Person); p != nil {
				return []field.Party{field.Party(p.Partner)}
			}
			return nil
		},
		Check:    checkSignup,
		Headings: signupHeadings(SignupForm),
		Fields:   SignupFields(),
	}.Kind()
}

// SignupFields describes a sign-up.
func SignupFields() []field.Field[Signup] {
	return []field.Field[Signup]{
		field.Ref(1, "event", "Event", func(s *Signup) *field.ID[Event] { return &s.Event }).Required().Width(24).
			Example("Spring job shadowing"),
		field.Ref(2, "person", "Person", func(s *Signup) *field.ID[partnership.Person] { return &s.Person }).Required().
			Width(22).Example("Dana Reyes"),
		field.Word(3, "role", "Would", func(s *Signup) *SignupRole { return &s.Role },
			field.Choice{Value: "visit", Title: "Visit"},
			field.Choice{Value: "host", Title: "Host"}, field.Choice{Value: "both", Title: "Both"}).Required().Width(6).
			Example("Both"),
		field.Word(4, "length", "Length", func(s *Signup) *Length { return &s.Length },
			field.Choice{Value: "half", Title: "Half day"},
			field.Choice{Value: "full", Title: "Full day"}, field.Choice{Value: "either", Title: "Either"}).Width(9).
			Example("Half day"),
		field.OptInt(5, "capacity", "Hosts at once", func(s *Signup) *value.Opt[int64] { return &s.Capacity }).Width(6).
			Example("2"),
		field.Word(6, "state", "State", func(s *Signup) *SignupState { return &s.State },
			field.Choice{Value: "received", Title: "Received"},
			field.Choice{Value: "supervisor approved", Title: "Supervisor approved"},
			field.Choice{Value: "withdrawn", Title: "Withdrawn"}).Required().Width(12).Example("Received"),
		field.Slots(9, "available", "Half days", func(s *Signup) *[]value.Slot { return &s.Available }).
			HiddenByDefault().
			Help("When the person can come, such as 2027-04-20 AM; empty means every half day of the event."),
		field.Refs(10, "wanted", "Asked for", func(s *Signup) *[]field.ID[partnership.Person] { return &s.Wanted }).
			HiddenByDefault().
			Help("People whom the person would like to meet."),
		field.Refs(11, "avoid", "Not with", func(s *Signup) *[]field.ID[partnership.Person] { return &s.Avoid }).
			Private().HiddenByDefault().
			Help("People with whom the person is not matched, in either direction."),
		field.Long(7, "wishes", "Wishes", func(s *Signup) *string { return &s.Wishes }).HiddenByDefault(),
		field.Long(8, "needs", "Needs, such as access", func(s *Signup) *string { return &s.Needs }).Private().
			HiddenByDefault().
			Help("Seen by the person's own city, the facilitator and, once matched, the host's city."),
	}
}

func checkSignup(c *field.Checking, _, s *Signup) {
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
	if e := field.Get(c, s.Event); e != nil {
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
func warnOfMeeting(c *field.Checking, s *Signup, other field.ID[partnership.Person]) {
	for _, fld := range []string{"visitor", "host"} {
		for m := range field.Of[Match](c, fld, s.Person) {
			if m.Event == s.Event && m.Planned() && (m.Visitor == other || m.Host == other) {
				c.Warn("avoid", "a visit with "+nameOf(c, other)+" is planned; rule it out on the match board")
				return
			}
		}
	}
}

// warnOfVisits points out the visits that a withdrawal leaves without somebody.
func warnOfVisits(c *field.Checking, s *Signup) {
	for _, fld := range []string{"visitor", "host"} {
		for m := range field.Of[Match](c, fld, s.Person) {
			if m.Event == s.Event && m.Planned() {
				c.Warn("state", "visits are planned with this person; repair the matches")
				return
			}
		}
	}
}
