package model

import "slices"

// MeetingID identifies a meeting.
type MeetingID = ID[Meeting]

// MeetingSort is who a meeting brings together.
type MeetingSort string

// Sorts of meetings.
const (
	MeetingStaff      MeetingSort = "staff"
	MeetingIT         MeetingSort = "it leads"
	MeetingHR         MeetingSort = "hr leads"
	MeetingFleet      MeetingSort = "fleet"
	MeetingPurchasing MeetingSort = "purchasing"
	MeetingOther      MeetingSort = "other"
)

// Contact is the contact role that a city sends to meetings of the sort.
func (s MeetingSort) Contact() ContactRole {
	switch s {
	case MeetingIT:
		return RoleIT
	case MeetingHR:
		return RoleHR
	case MeetingFleet:
		return RoleFleet
	case MeetingPurchasing:
		return RolePurchasing
	}
	return RoleLiaison
}

// MeetingState is how far a meeting has come.
type MeetingState string

// From planned to minutes that were approved and then amended.
const (
	MeetingPlanned  MeetingState = "planned"
	MeetingOpen     MeetingState = "open"
	MeetingClosed   MeetingState = "closed"
	MeetingApproved MeetingState = "approved"
	MeetingAmended  MeetingState = "amended"
)

// Presence is whether somebody came.
type Presence string

// Whether somebody came; nobody's presence is known before the roll is called.
const (
	NotCalled Presence = ""
	Present   Presence = "present"
	Absent    Presence = "absent"
	Excused   Presence = "excused"
)

// Meeting is one meeting of partners' staff.
type Meeting struct {
	ID         ID[Meeting]
	Name       string
	Sort       MeetingSort
	Start      Opt[Wall]
	Place      string
	Host       ID[Partner] // whose staff prepare it; 0 for the facilitator
	Chair      ID[Person]
	Recorder   ID[Person]
	State      MeetingState
	Attendance []Attendee
	Opened     Opt[Wall]
	Closed     Opt[Wall]
	Note       string
}

// Attendee is one person expected at a meeting, for a partner or as a guest.
type Attendee struct {
	Partner  ID[Partner]
	Person   ID[Person]
	Guest    string // name of somebody who is not recorded as a person
	Presence Presence
}

// Here reports whether the attendee came.
func (a Attendee) Here() bool { return a.Presence == Present }

// KindName is "meetings".
func (Meeting) KindName() string { return "meetings" }

// Over reports whether the meeting has been held.
func (m *Meeting) Over() bool { return m.State != MeetingPlanned && m.State != MeetingOpen }

// Held gives when the meeting was held: when it was called to order, and for
// one that was not, or whose minutes do not say, when it is planned.
func (m *Meeting) Held() Opt[Wall] {
	if m.Opened.Set {
		return m.Opened
	}
	return m.Start
}

// RollCalled reports whether the roll has been called: whether of anybody it is
// known that they came or did not. An excuse may have been sent ahead.
func (m *Meeting) RollCalled() bool {
	return slices.ContainsFunc(m.Attendance, func(a Attendee) bool { return a.Presence == Present || a.Presence == Absent })
}

// CalledToOrder gives the meeting as it is once it has been called to order,
// for the first time or again, with those expected on its roll. Nobody is
// present because they were expected: only the roll call says who is.
func (m *Meeting) CalledToOrder(expected []Attendee, now Wall) *Meeting {
	out := *m
	if len(m.Attendance) == 0 || !m.Opened.Set {
		out.Attendance = slices.Clone(m.Attendance)
		if len(out.Attendance) == 0 {
			out.Attendance = slices.Clone(expected)
		}
		for i := range out.Attendance {
			if out.Attendance[i].Presence != Excused {
				out.Attendance[i].Presence = NotCalled
			}
		}
	}
	out.State, out.Closed = MeetingOpen, Opt[Wall]{}
	if !out.Opened.Set {
		out.Opened = Some(now)
	}
	return &out
}

// Represented lists the partners with somebody present, in the order of the
// roll.
func (m *Meeting) Represented() []ID[Partner] {
	var out []ID[Partner]
	seen := map[ID[Partner]]bool{}
	for _, a := range m.Attendance {
		if a.Here() && a.Partner != 0 && !seen[a.Partner] {
			seen[a.Partner] = true
			out = append(out, a.Partner)
		}
	}
	return out
}

func meetingKind() *Kind {
	return Def[Meeting]{
		Tag: 70, One: "meeting", Title: "Meetings", Realm: RealmShared,
		Purpose: "Meetings of the partners' staff: the agenda before, the record during, the minutes after.",
		ID:      func(m *Meeting) *ID[Meeting] { return &m.ID },
		Label: func(m *Meeting) string {
			if m.Start.Set {
				return m.Name + ", " + m.Start.V.Day().Long()
			}
			return m.Name
		},
		Unique: [][]string{{"name", "start"}},
		Parties: func(_ Reader, m *Meeting) []ID[Partner] {
			if m.Host == 0 {
				return nil
			}
			return []ID[Partner]{m.Host}
		},
		Check:  checkMeeting,
		Fields: meetingFields(),
	}.Kind()
}

func meetingFields() []Field[Meeting] {
	return []Field[Meeting]{
		Text(1, "name", "Meeting", func(m *Meeting) *string { return &m.Name }).Need().Wide(28).Eg("Monthly staff meeting").
			Say("Meetings of one series bear the same name; the roll and what is open carry over."),
		AtWall(2, "start", "Starts", func(m *Meeting) *Opt[Wall] { return &m.Start }).Need().Wide(19).Eg("Thu Dec 3, 9:00 am"),
		Text(3, "place", "Place", func(m *Meeting) *string { return &m.Place }).Wide(22).Eg("Independence City Hall"),
		Word(4, "sort", "Who meets", func(m *Meeting) *MeetingSort { return &m.Sort },
			Choice{"staff", "Partnership staff"}, Choice{"it leads", "IT leads"}, Choice{"hr leads", "HR leads"},
			Choice{"fleet", "Fleet"}, Choice{"purchasing", "Purchasing"}, Choice{"other", "Other"}).Wide(17).Eg("Partnership staff").
			Say("Decides whom each city is expected to send when nobody has been to one before."),
		Word(5, "state", "State", func(m *Meeting) *MeetingState { return &m.State },
			Choice{"planned", "Planned"}, Choice{"open", "Open"}, Choice{"closed", "Closed"},
			Choice{"approved", "Approved"}, Choice{"amended", "Amended"}).Need().Wide(9).Eg("Planned"),
		Ref(6, "host", "Prepared by", func(m *Meeting) *ID[Partner] { return &m.Host }).Tucked().
			Say("The city whose staff may change the meeting; empty for the facilitator."),
		Ref(7, "chair", "Chair", func(m *Meeting) *ID[Person] { return &m.Chair }).Wide(18),
		Ref(8, "recorder", "Recorder", func(m *Meeting) *ID[Person] { return &m.Recorder }).Tucked(),
		Rows(9, "attendance", "Attendance", func(m *Meeting) *[]Attendee { return &m.Attendance }, []Field[Attendee]{
			Ref(1, "partner", "Partner", func(a *Attendee) *ID[Partner] { return &a.Partner }),
			Ref(2, "person", "Person", func(a *Attendee) *ID[Person] { return &a.Person }),
			Text(3, "guest", "Guest", func(a *Attendee) *string { return &a.Guest }),
			Word(4, "presence", "Presence", func(a *Attendee) *Presence { return &a.Presence },
				Choice{"present", "Present"}, Choice{"absent", "Absent"}, Choice{"excused", "Excused"}),
		}).Tucked(),
		AtWall(10, "opened", "Called to order", func(m *Meeting) *Opt[Wall] { return &m.Opened }).Tucked(),
		AtWall(11, "closed", "Adjourned", func(m *Meeting) *Opt[Wall] { return &m.Closed }).Tucked(),
		Long(12, "note", "Note", func(m *Meeting) *string { return &m.Note }).Tucked(),
	}
}

func checkMeeting(c *Checking, before, m *Meeting) {
	if before != nil && before.State != m.State && !meetingMoves(before.State, m.State) {
		c.Add("state", "a meeting that is "+string(before.State)+" cannot become "+string(m.State))
	}
	if m.Opened.Set && m.Closed.Set && CalendarOf(c, c.Now).Elapsed(m.Opened.V, m.Closed.V) < 0 {
		c.Add("closed", "the meeting was adjourned before it was called to order")
	}
	seen := map[ID[Person]]bool{}
	for _, a := range m.Attendance {
		switch {
		case a.Person == 0 && a.Guest == "" && a.Partner == 0:
			c.Add("attendance", "each line of the roll names a partner, a person or a guest")
		case a.Person != 0 && seen[a.Person]:
			c.Add("attendance", "a person is on the roll twice")
		}
		seen[a.Person] = true
	}
}

// meetingMoves reports whether a meeting in one state may be taken to another.
// A closed meeting may be resumed; approved minutes are only ever amended.
func meetingMoves(from, to MeetingState) bool {
	switch from {
	case MeetingPlanned:
		return to == MeetingOpen || to == MeetingClosed
	case MeetingOpen:
		return to == MeetingClosed || to == MeetingPlanned
	case MeetingClosed:
		return to == MeetingOpen || to == MeetingApproved
	case MeetingApproved, MeetingAmended:
		return to == MeetingAmended || to == MeetingApproved
	}
	return true // from none
}

// meetingParties are the parties of what belongs to a meeting.
func meetingParties(r Reader, id ID[Meeting]) []ID[Partner] {
	if m := Get(r, id); m != nil && m.Host != 0 {
		return []ID[Partner]{m.Host}
	}
	return nil
}
