package model

// EventID identifies an event.
type EventID = ID[Event]

// EventState is how far a networking event has come.
type EventState string

// From draft to closed.
const (
	EventDraft     EventState = "draft"
	EventOpen      EventState = "open"
	EventMatched   EventState = "matched"
	EventPublished EventState = "published"
	EventHeld      EventState = "held"
	EventClosed    EventState = "closed"
)

// Event is a networking event at which staff shadow peers in other cities.
type Event struct {
	ID    ID[Event]
	Name  string
	Date  Opt[Day]
	Until Opt[Day] // last day; unset means the first
	Place string
	State EventState
	Note  string
}

// KindName is "events".
func (Event) KindName() string { return "events" }

func eventKind() *Kind {
	return Def[Event]{
		Tag: 9, One: "event", Title: "Events", Realm: RealmShared, UniqueLabel: true,
		Purpose: "Networking events at which staff spend half a day or a day with a peer in another city.",
		ID:      func(e *Event) *ID[Event] { return &e.ID },
		Label:   func(e *Event) string { return e.Name },
		Unique:  [][]string{{"name"}},
		Check: func(c *Checking, _, e *Event) {
			if e.Until.Set && (!e.Date.Set || e.Until.V < e.Date.V) {
				c.Add("until", "the last day is not before the first")
			}
		},
		Fields: []Field[Event]{
			Text(1, "name", "Event", func(e *Event) *string { return &e.Name }).Need().Wide(30).Eg("Spring job shadowing"),
			OnDay(2, "date", "Date", func(e *Event) *Opt[Day] { return &e.Date }).Eg("Apr 20, 2027"),
			OnDay(3, "until", "Last day", func(e *Event) *Opt[Day] { return &e.Until }),
			Text(4, "place", "Place", func(e *Event) *string { return &e.Place }).Wide(24).Eg("Independence City Hall"),
			Word(5, "state", "State", func(e *Event) *EventState { return &e.State },
				Choice{"draft", "Draft"}, Choice{"open", "Open"}, Choice{"matched", "Matched"},
				Choice{"published", "Published"}, Choice{"held", "Held"}, Choice{"closed", "Closed"}).Need().Wide(10).Eg("Open"),
			Long(6, "note", "Note", func(e *Event) *string { return &e.Note }).Tucked(),
		},
	}.Kind()
}

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
	ID       ID[Signup]
	Event    ID[Event]
	Person   ID[Person]
	Role     SignupRole
	Length   Length
	Capacity Opt[int64] // visitors at once, for hosts
	State    SignupState
	Wishes   string
	Needs    string // private
}

// KindName is "signups".
func (Signup) KindName() string { return "signups" }

func signupKind() *Kind {
	return Def[Signup]{
		Tag: 10, One: "sign-up", Title: "Sign-ups", Realm: RealmCity,
		Purpose: "Who would like to visit or host at an event.",
		ID:      func(s *Signup) *ID[Signup] { return &s.ID },
		Label:   func(*Signup) string { return "" },
		Unique:  [][]string{{"event", "person"}},
		Parties: func(r Reader, s *Signup) []ID[Partner] {
			if p := Get(r, s.Person); p != nil {
				return []ID[Partner]{p.Partner}
			}
			return nil
		},
		Check: func(c *Checking, _, s *Signup) {
			if n := s.Capacity.Or(1); n < 0 || n > 100 {
				c.Add("capacity", "a host takes between 0 and 100 visitors at once")
			}
		},
		Fields: []Field[Signup]{
			Ref(1, "event", "Event", func(s *Signup) *ID[Event] { return &s.Event }).Need().Wide(24).Eg("Spring job shadowing"),
			Ref(2, "person", "Person", func(s *Signup) *ID[Person] { return &s.Person }).Need().Wide(22).Eg("Dana Reyes"),
			Word(3, "role", "Would", func(s *Signup) *SignupRole { return &s.Role }, Choice{"visit", "Visit"},
				Choice{"host", "Host"}, Choice{"both", "Both"}).Need().Wide(6).Eg("Both"),
			Word(4, "length", "Length", func(s *Signup) *Length { return &s.Length }, Choice{"half", "Half day"},
				Choice{"full", "Full day"}, Choice{"either", "Either"}).Wide(9).Eg("Half day"),
			Count(5, "capacity", "Hosts at once", func(s *Signup) *Opt[int64] { return &s.Capacity }).Wide(6).Eg("2"),
			Word(6, "state", "State", func(s *Signup) *SignupState { return &s.State }, Choice{"received", "Received"},
				Choice{"supervisor approved", "Supervisor approved"}, Choice{"withdrawn", "Withdrawn"}).Need().Wide(12).Eg("Received"),
			Long(7, "wishes", "Wishes", func(s *Signup) *string { return &s.Wishes }).Tucked(),
			Long(8, "needs", "Needs, such as access", func(s *Signup) *string { return &s.Needs }).Private().Tucked(),
		},
	}.Kind()
}
