package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestHowAMeetingGoesOn: which state may follow which. A closed meeting may be
// resumed; approved minutes are only ever amended.
func TestHowAMeetingGoesOn(t *testing.T) {
	states := []meeting.MeetingState{meeting.MeetingPlanned, meeting.MeetingOpen, meeting.MeetingClosed,
		meeting.MeetingApproved, meeting.MeetingAmended}
	follows := map[meeting.MeetingState]string{meeting.MeetingPlanned: "open closed",
		meeting.MeetingOpen: "closed planned", meeting.MeetingClosed: "open approved",
		meeting.MeetingApproved: "amended", meeting.MeetingAmended: "approved"}
	r := fieldtest.With(model.NewSchema())
	for _, from := range states {
		for _, to := range states {
			is := func(s meeting.MeetingState) *meeting.Meeting {
				return &meeting.Meeting{Name: "Staff", Start: value.Some(fieldtest.Saturday.At(9, 0)), State: s}
			}
			want := from == to || slices.Contains(strings.Fields(follows[from]), string(to))
			if got := fieldtest.Found(r, is(from), is(to)); (len(got) == 0) != want {
				t.Errorf("a meeting that is %s becomes %s: %q", from, to, got)
			}
		}
	}
	for state, over := range map[meeting.MeetingState]bool{meeting.MeetingPlanned: false, meeting.MeetingOpen: false,
		meeting.MeetingClosed: true, meeting.MeetingApproved: true} {
		if (&meeting.Meeting{State: state}).Over() != over {
			t.Errorf("%s is over: %v", state, !over)
		}
	}
}

// TestBoundsOfARecord: what the records of a meeting may say, at each bound.
func TestBoundsOfARecord(t *testing.T) {
	nine := fieldtest.Saturday.At(9, 0)
	held := func(set func(*meeting.Meeting)) *meeting.Meeting {
		m := &meeting.Meeting{Name: "Staff", Start: value.Some(nine), State: meeting.MeetingClosed}
		set(m)
		return m
	}
	motion := func(set func(*meeting.Motion)) *meeting.Motion {
		m := counted(meeting.Majority, "yyn")
		set(m)
		return m
	}
	item := func(minutes int64) *meeting.AgendaItem {
		return &meeting.AgendaItem{ID: 9, Meeting: 1, Title: "Next", Minutes: value.Some(minutes)}
	}
	done := func(day int) *meeting.Action {
		return &meeting.Action{What: "x", State: meeting.ActionDone, DoneOn: fieldtest.On(day)}
	}
	r := fieldtest.With(model.NewSchema(), held(func(m *meeting.Meeting) { m.ID = 1 }),
		&meeting.AgendaItem{ID: 5, Meeting: 2, Title: "Roll", State: meeting.ItemNow})
	for _, c := range []struct {
		name string
		rec  any
		want string // the field that is marked, with its mark
	}{
		{"adjourned at once",
			held(func(m *meeting.Meeting) { m.Opened, m.Closed = value.Some(nine), value.Some(nine) }), ""},
		{"adjourned before it began",
			held(func(m *meeting.Meeting) { m.Opened, m.Closed = value.Some(nine), value.Some(nine-1) }), "closed:"},
		{"a roll of a partner, a person and a guest", held(func(m *meeting.Meeting) {
			m.Attendance = []meeting.Attendee{{Partner: 1}, {Person: 2}, {Guest: "X"}, {Guest: "Y"}}
		}), ""},
		{"a line of nobody", held(func(m *meeting.Meeting) { m.Attendance = []meeting.Attendee{{}} }), "attendance:"},
		{"a person twice", held(func(m *meeting.Meeting) {
			m.Attendance = []meeting.Attendee{{Person: 2},
				{Person: 2}}
		}), "attendance:"},
		{"an item of no time", item(0), "minutes:"}, {"of a minute", item(1), ""}, {"of ten hours", item(600), ""},
		{"of more", item(601), "minutes:"},
		{"the item it is on", &meeting.AgendaItem{ID: 5, Meeting: 2, Title: "Roll", State: meeting.ItemNow}, ""},
		{"a vote of nobody", motion(func(m *meeting.Motion) { m.Votes[0].Partner = 0 }), "votes:"},
		{"a vote for nothing", motion(func(m *meeting.Motion) { m.Votes[0].Vote = "" }), "votes:"},
		{"as counted", motion(func(m *meeting.Motion) { m.Outcome = meeting.Carried }), ""},
		{"not as counted", motion(func(m *meeting.Motion) { m.Outcome = meeting.Failed }), "outcome:"},
		{"tabled whatever was counted", motion(func(m *meeting.Motion) { m.Outcome = meeting.Tabled }), ""},
		{"carried without a vote", motion(func(m *meeting.Motion) { m.Votes, m.Outcome = nil, meeting.Carried }),
			"outcome?"},
		{"moved and seconded by nobody", motion(func(m *meeting.Motion) { m.Mover, m.Seconder = 0, 0 }), ""},
		{"on another's item", motion(func(m *meeting.Motion) { m.Item = 5 }), "item:"},
		{"done today", done(0), ""}, {"done tomorrow", done(1), "done_on:"},
		{"a decision on another's item", &meeting.Decision{Meeting: 1, Item: 5, Text: "x"}, "item:"},
		{"an amendment that says nothing", &meeting.Minutes{Meeting: 1, Approved: fieldtest.On(0),
			Amendments: []meeting.Amendment{{}}}, "amendments:"},
	} {
		got := ""
		for _, said := range fieldtest.Found(r, nil, c.rec) {
			mark, _, _ := strings.Cut(said, " ")
			got += mark
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestMinutesStayOnceApproved: their meeting, their lines and each amendment.
func TestMinutesStayOnceApproved(t *testing.T) {
	was := &meeting.Minutes{ID: 1, Meeting: 1, Lines: []meeting.MinuteLine{{Text: "a"}}, Approved: fieldtest.On(0),
		Amendments: []meeting.Amendment{{Text: "x"}}}
	r := fieldtest.With(model.NewSchema())
	for name, c := range map[string]struct {
		set  func(*meeting.Minutes)
		want int
	}{
		"as they were":       {func(*meeting.Minutes) {}, 0},
		"of another meeting": {func(m *meeting.Minutes) { m.Meeting = 2 }, 1},
		"amended again": {func(m *meeting.Minutes) {
			m.Amendments = append(slices.Clone(m.Amendments), meeting.Amendment{Text: "y"})
		}, 0},
		"amended differently": {func(m *meeting.Minutes) { m.Amendments = []meeting.Amendment{{Text: "y"}} }, 1},
		"no longer amended":   {func(m *meeting.Minutes) { m.Amendments = nil }, 1},
	} {
		is := *was
		c.set(&is)
		if got := fieldtest.Found(r, was, &is); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestWhoIsExpected: the roll of the last meeting of the series, without those who
// have left; where there was none, each active partner's contact for the sort, or
// its liaison.
func TestWhoIsExpected(t *testing.T) {
	on := func(id meeting.MeetingID, name string, day int, state meeting.MeetingState,
		roll ...meeting.Attendee) *meeting.Meeting {
		return &meeting.Meeting{ID: id, Name: name, Start: value.Some((fieldtest.Saturday + value.Day(day)).At(9, 0)),
			State: state, Sort: "fleet", Attendance: roll}
	}
	next := on(9, "Staff", 0, meeting.MeetingPlanned)
	r := fieldtest.With(model.NewSchema(), next,
		&partnership.Partner{ID: 1, Name: "Ash", Kind: partnership.City, Status: partnership.Member},
		&partnership.Partner{ID: 2, Name: "Birch", Kind: partnership.City, Status: partnership.Member},
		&partnership.Partner{ID: 3, Name: "Cedar", Kind: partnership.City, Status: partnership.Member},
		&partnership.Person{ID: 1, Partner: 1, Name: "L", Roles: []partnership.ContactRole{partnership.RoleLiaison}},
		&partnership.Person{ID: 2, Partner: 1, Name: "F", Roles: []partnership.ContactRole{partnership.RoleFleet}},
		&partnership.Person{ID: 3, Partner: 2, Name: "Gone", Left: true,
			Roles: []partnership.ContactRole{partnership.RoleFleet}},
		&partnership.Person{ID: 4, Partner: 2, Name: "M", Roles: []partnership.ContactRole{partnership.RoleLiaison}},
		&partnership.Person{ID: 5, Partner: 2, Name: "N", Roles: []partnership.ContactRole{partnership.RoleLiaison}})
	want := []meeting.Attendee{{Partner: 1, Person: 2}, {Partner: 2, Person: 4}, {Partner: 3}}
	if got := meeting.Expected(r, next); !slices.Equal(got, want) {
		t.Errorf("at the first: %+v", got)
	}
	r.Add(on(1, "STAFF", -20, meeting.MeetingClosed,
		meeting.Attendee{Partner: 1, Person: 1, Presence: meeting.Present}))
	r.Add(on(2, "staff", -10, meeting.MeetingApproved, meeting.Attendee{Partner: 2, Person: 4,
		Presence: meeting.Excused}, meeting.Attendee{Partner: 2, Person: 3}, meeting.Attendee{Guest: "G"},
		meeting.Attendee{Person: 99}))
	r.Add(on(3, "Staff", -5, meeting.MeetingPlanned))
	r.Add(on(4, "Fleet", -5, meeting.MeetingClosed))
	r.Add(on(5, "Staff", 5, meeting.MeetingClosed))
	if last := meeting.LastOfSeries(r, next); last == nil || last.ID != 2 {
		t.Errorf("the last of the series is %+v", last)
	}
	if last := meeting.LastOfSeries(r, &meeting.Meeting{ID: 8, Name: "Staff"}); last == nil || last.ID != 5 {
		t.Errorf("before one without a day comes %+v", last)
	}
	if got := meeting.Expected(r, next); !slices.Equal(got, []meeting.Attendee{{Partner: 2, Person: 4}, {Guest: "G"}}) {
		t.Errorf("at the next: %+v", got)
	}
}

// TestWhatIsDueOfMeetings: an agenda three business days ahead, open meetings,
// minutes that wait, actions near their day.
func TestWhatIsDueOfMeetings(t *testing.T) {
	monday := value.Date(2027, 3, 15)
	is := func(state meeting.MeetingState, day value.Day, place string) *meeting.Meeting {
		return &meeting.Meeting{ID: 1, Name: "Staff", State: state, Place: place, Start: value.Some(day.At(9, 0))}
	}
	action := func(day int, who partnership.PersonID, state meeting.ActionState) *meeting.Action {
		return &meeting.Action{What: "Call", Who: who, State: state, Due: value.Some(monday + value.Day(day))}
	}
	sam := &partnership.Person{ID: 1, Name: "Sam"}
	for _, c := range []struct {
		rec  any
		more []any
		want string
	}{
		{is(meeting.MeetingOpen, monday, ""), nil, "waiting: “Staff” is open"},
		{is(meeting.MeetingClosed, monday, ""), nil, "waiting: The minutes of “Staff” wait for approval"},
		{is(meeting.MeetingApproved, monday, ""), nil, ""},
		{is(meeting.MeetingPlanned, monday+3, ""), nil, "due soon: “Staff” is in 3 days and has no agenda yet"},
		{is(meeting.MeetingPlanned, monday+3, ""), []any{&meeting.AgendaItem{Meeting: 1, Title: "Roll"}},
			"later: Staff"},
		{is(meeting.MeetingPlanned, monday+4, "Ash Hall"), nil, "later: Staff, Ash Hall"},
		{is(meeting.MeetingPlanned, monday, ""), nil, "due soon: “Staff” is today and has no agenda yet"},
		{is(meeting.MeetingPlanned, monday-1, ""), nil, "later: Staff"},
		{&meeting.Meeting{Name: "Staff", State: meeting.MeetingPlanned}, nil, ""},
		{action(-1, 1, meeting.ActionOpen), []any{sam}, "overdue: “Call” (Sam) was due Mar 14, 2027 (yesterday)"},
		{action(7, 0, meeting.ActionOpen), nil, "due soon: “Call” (nobody yet) is due Mar 22, 2027 (in 7 days)"},
		{action(8, 0, meeting.ActionOpen), nil, "later: “Call” (nobody yet) is due Mar 23, 2027 (in 8 days)"},
		{action(-1, 1, meeting.ActionDone), nil, ""},
		{&meeting.Action{What: "Call", State: meeting.ActionOpen}, nil, ""},
	} {
		v := field.Viewpoint{Reader: fieldtest.With(model.NewSchema(), append(c.more, c.rec)...), Now: monday.At(8, 0)}
		got := ""
		for d := range v.Due(c.rec.(field.Record).KindName()) {
			said := d.Event
			if d.Line != nil {
				said = d.Line
			}
			got += d.Urgency.String() + ": " + said()
		}
		if got != c.want {
			t.Errorf("\n got %s\nwant %s", got, c.want)
		}
	}
}
