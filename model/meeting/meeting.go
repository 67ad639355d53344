package meeting

import (
	"regexp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// MeetingID identifies a meeting.
type MeetingID = field.ID[Meeting]

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
func (s MeetingSort) Contact() partnership.ContactRole {
	switch s {
	case MeetingIT:
		return partnership.RoleIT
	case MeetingHR:
		return partnership.RoleHR
	case MeetingFleet:
		return partnership.RoleFleet
	case MeetingPurchasing:
		return partnership.RolePurchasing
	}
	return partnership.RoleLiaison
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
	ID         field.ID[Meeting]
	Name       string
	Sort       MeetingSort
	Start      value.Opt[value.Wall]
	Place      string
	Host       field.ID[partnership.Partner] // whose staff prepare it; 0 for the facilitator
	Chair      field.ID[partnership.Person]
	Recorder   field.ID[partnership.Person]
	State      MeetingState
	Attendance []Attendee
	Opened     value.Opt[value.Wall]
	Closed     value.Opt[value.Wall]
	Note       string
}

// Attendee is one person expected at a meeting, for a partner or as a guest.
type Attendee struct {
	Partner  field.ID[partnership.Partner]
	Person   field.ID[partnership.Person]
	Guest    string // name of somebody who is not recorded as a person
	Presence Presence
}

// Here reports whether the attendee came.
func (a Attendee) Here() bool { return a.Presence == Present }

// KindMeetings names the kind whose records are of type [Meeting].
const KindMeetings = "meetings"

// KindName is "meetings".
func (Meeting) KindName() string { return KindMeetings }

// Over reports whether the meeting has been held.
func (m *Meeting) Over() bool { return m.State != MeetingPlanned && m.State != MeetingOpen }

// Held gives when the meeting was held: when it was called to order, and for
// one that was not, or whose minutes do not say, when it is planned.
func (m *Meeting) Held() value.Opt[value.Wall] {
	if m.Opened.Set {
		return m.Opened
	}
	return m.Start
}

// RollCalled reports whether the roll has been called: whether of anybody it is
// known that they came or did not. An excuse may have been sent ahead.
func (m *Meeting) RollCalled() bool {
	return slices.ContainsFunc(m.Attendance, func(a Attendee) bool {
		return a.Presence == Present ||
			a.Presence == Absent
	})
}

// CalledToOrder gives the meeting as it is once it has been called to order,
// for the first time or again, with those expected on its roll. Nobody is
// present because they were expected: only the roll call says who is.
func (m *Meeting) CalledToOrder(expected []Attendee, now value.Wall) *Meeting {
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
	out.State, out.Closed = MeetingOpen, value.Opt[value.Wall]{}
	if !out.Opened.Set {
		out.Opened = value.Some(now)
	}
	return &out
}

// Represented lists the partners with somebody present, in the order of the
// roll.
func (m *Meeting) Represented() []field.ID[partnership.Partner] {
	var out []field.ID[partnership.Partner]
	seen := map[field.ID[partnership.Partner]]bool{}
	for _, a := range m.Attendance {
		if a.Here() && a.Partner != 0 && !seen[a.Partner] {
			seen[a.Partner] = true
			out = append(out, a.Partner)
		}
	}
	return out
}

// DescribeMeeting describes meetings.
func DescribeMeeting() *field.Kind {
	return field.Def[Meeting]{
		Tag: 70, One: "meeting", Title: "Meetings", Scope: field.ScopeShared,
		Purpose: "Meetings of the partners' staff: the agenda before, the record during, the minutes after.",
		ID:      func(m *Meeting) *field.ID[Meeting] { return &m.ID },
		Label: func(m *Meeting) string {
			if m.Start.Set {
				return m.Name + ", " + m.Start.V.Day().Long()
			}
			return m.Name
		},
		Unique: [][]string{{"name", "start"}},
		Parties: func(_ field.Reader, m *Meeting) []field.Party {
			if m.Host == 0 {
				return nil
			}
			return []field.Party{field.Party(m.Host)}
		},
		Headings: meetingHeadings(),
		Check:    checkMeeting,
		Due:      dueMeeting,
		Fields:   meetingFields(),
	}.Kind()
}

// meetingHeadings say how calendars and legislative systems write meetings. A day
// without a time is no beginning, whatever midnight it would be.
func meetingHeadings() field.Headings {
	hour := regexp.MustCompile(`(?i)\d:\d\d|\d ?[ap]\.?m?\b|noon`)
	return field.Headings{
		Words: []field.HeadingWords{
			{Field: "name",
				Words: "title, event, event name, event title, meeting name, meeting title, meeting body, " +
					"body, body name, summary, subject, committee, meeting type"},
			{Field: "start:1", Words: "date, meeting date, event date, start date"},
			{Field: "start:2", Words: "time, meeting time, event time, start time"},
			{Field: "place", Words: "location, meeting location, event location, venue, address, where"},
			{Field: "note", Words: "description, details, meeting details"},
		},
		Fresh: map[string]string{"state": string(MeetingPlanned)},
		Arrive: func(row field.Arrival) {
			if said := row.Said("start"); said != "" && !hour.MatchString(said) {
				row.Means("start", said+", no time")
			}
		},
	}
}

func meetingFields() []field.Field[Meeting] {
	return []field.Field[Meeting]{
		field.Text(1, "name", "Meeting", func(m *Meeting) *string { return &m.Name }).Required().Width(28).
			Example("Monthly staff meeting").
			Help("Meetings of one series bear the same name; the roll and what is open carry over."),
		field.AtWall(2, "start", "Starts", func(m *Meeting) *value.Opt[value.Wall] { return &m.Start }).Required().
			Width(19).Example("Thu Dec 3, 9:00 am"),
		field.Text(3, "place", "Place", func(m *Meeting) *string { return &m.Place }).Width(22).
			Example("Independence City Hall"),
		field.Word(4, "sort", "Who meets", func(m *Meeting) *MeetingSort { return &m.Sort },
			field.Choice{Value: "staff", Title: "Partnership staff"},
			field.Choice{Value: "it leads", Title: "IT leads"}, field.Choice{Value: "hr leads", Title: "HR leads"},
			field.Choice{Value: "fleet", Title: "Fleet"}, field.Choice{Value: "purchasing", Title: "Purchasing"},
			field.Choice{Value: "other", Title: "Other"}).Width(17).Example("Partnership staff").
			Help("Decides whom each city is expected to send when nobody has been to one before."),
		field.Word(5, "state", "State", func(m *Meeting) *MeetingState { return &m.State },
			field.Choice{Value: "planned", Title: "Planned"}, field.Choice{Value: "open", Title: "Open"},
			field.Choice{Value: "closed", Title: "Closed"},
			field.Choice{Value: "approved", Title: "Approved"}, field.Choice{Value: "amended", Title: "Amended"}).
			Required().Width(9).Example("Planned"),
		field.Ref(6, "host", "Prepared by", func(m *Meeting) *field.ID[partnership.Partner] { return &m.Host }).
			HiddenByDefault().
			Help("The city whose staff may change the meeting; empty for the facilitator."),
		field.Ref(7, "chair", "Chair", func(m *Meeting) *field.ID[partnership.Person] { return &m.Chair }).Width(18),
		field.Ref(8, "recorder", "Recorder", func(m *Meeting) *field.ID[partnership.Person] { return &m.Recorder }).
			HiddenByDefault(),
		field.Rows(9, "attendance", "Attendance", func(m *Meeting) *[]Attendee { return &m.Attendance },
			attendeeFields()).HiddenByDefault(),
		field.AtWall(10, "opened", "Called to order", func(m *Meeting) *value.Opt[value.Wall] { return &m.Opened }).
			HiddenByDefault(),
		field.AtWall(11, "closed", "Adjourned", func(m *Meeting) *value.Opt[value.Wall] { return &m.Closed }).
			HiddenByDefault(),
		field.Long(12, "note", "Note", func(m *Meeting) *string { return &m.Note }).HiddenByDefault(),
	}
}

func attendeeFields() []field.Field[Attendee] {
	return []field.Field[Attendee]{
		field.Ref(1, "partner", "Partner", func(a *Attendee) *field.ID[partnership.Partner] { return &a.Partner }),
		field.Ref(2, "person", "Person", func(a *Attendee) *field.ID[partnership.Person] { return &a.Person }),
		field.Text(3, "guest", "Guest", func(a *Attendee) *string { return &a.Guest }),
		field.Word(4, "presence", "Presence", func(a *Attendee) *Presence { return &a.Presence },
			field.Choice{Value: "present", Title: "Present"}, field.Choice{Value: "absent", Title: "Absent"},
			field.Choice{Value: "excused", Title: "Excused"}),
	}
}

func checkMeeting(c *field.Checking, before, m *Meeting) {
	if before != nil && before.State != m.State && !meetingMoves(before.State, m.State) {
		c.Add("state", "a meeting that is "+string(before.State)+" cannot become "+string(m.State))
	}
	if m.Opened.Set && m.Closed.Set && value.Elapsed(m.Opened.V, m.Closed.V, partnership.ZoneOf(c)) < 0 {
		c.Add("closed", "the meeting was adjourned before it was called to order")
	}
	seen := map[field.ID[partnership.Person]]bool{}
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
func meetingParties(r field.Reader, id field.ID[Meeting]) []field.Party {
	if m := field.Get(r, id); m != nil && m.Host != 0 {
		return []field.Party{field.Party(m.Host)}
	}
	return nil
}
