package meeting_test

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// counted makes a motion with votes: y, n, a and r for each partner in turn.
func counted(threshold meeting.Threshold, votes string) *meeting.Motion {
	words := map[rune]meeting.Vote{'y': meeting.VoteYes, 'n': meeting.VoteNo, 'a': meeting.VoteAbstain,
		'r': meeting.VoteRecused}
	m := &meeting.Motion{Meeting: 1, Text: "Renew", Threshold: threshold}
	for i, v := range votes {
		m.Votes = append(m.Votes, meeting.Ballot{Partner: field.ID[partnership.Partner](i + 1), Vote: words[v]})
	}
	return m
}

func TestWhatTheVotesMakeOfAMotion(t *testing.T) {
	for _, c := range []struct {
		threshold meeting.Threshold
		votes     string
		want      meeting.Outcome
	}{
		{"", "yyynn", meeting.Carried}, {meeting.Majority, "yynn", meeting.Failed},
		{meeting.Majority, "yaaar", meeting.Carried}, {meeting.Majority, "aar", ""},
		{meeting.TwoThirds, "yyn", meeting.Carried}, {meeting.TwoThirds, "yyynn", meeting.Failed},
		{meeting.TwoThirds, "yyaaa", meeting.Carried},
		{meeting.Unanimous, "yyyar", meeting.Carried}, {meeting.Unanimous, "yyyyn", meeting.Failed},
		{meeting.Unanimous, "aaaaa", ""}, {"", "", ""},
	} {
		if got := counted(c.threshold, c.votes).Counted(); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.votes, c.threshold, got, c.want)
		}
	}
}

// Six partners may vote. A majority of those present counts who abstained or
// kept silent, and not who is recused; one of all members counts those who are
// away as well.
func TestMajoritiesOfThosePresentAndOfAllMembers(t *testing.T) {
	for _, c := range []struct {
		threshold meeting.Threshold
		votes     string
		present   int64
		want      meeting.Outcome
	}{
		{meeting.MajorityPresent, "yyynn", 5, meeting.Carried}, {meeting.MajorityPresent, "yyaan", 5, meeting.Failed},
		{meeting.MajorityPresent, "yyy", 6, meeting.Failed},
		{meeting.MajorityPresent, "yyyr", 6, meeting.Carried}, {meeting.MajorityPresent, "yyrr", 4, meeting.Carried},
		{meeting.MajorityPresent, "yynr", 5, meeting.Failed},
		{meeting.MajorityPresent, "aaa", 3, meeting.Failed}, {meeting.MajorityPresent, "rrr", 3, ""},
		{meeting.MajorityMembers, "yyyy", 4, meeting.Carried}, {meeting.MajorityMembers, "yyy", 3, meeting.Failed},
		{meeting.MajorityMembers, "yyyr", 4, meeting.Failed},
		{meeting.MajorityMembers, "yyyynr", 6, meeting.Carried}, {meeting.MajorityMembers, "aaa", 3, meeting.Failed},
		{meeting.TwoThirds, "yyyyrr", 6, meeting.Carried}, {meeting.TwoThirds, "yyyna", 5, meeting.Carried},
		{meeting.Majority, "yyn", 3, meeting.Carried},
	} {
		m := counted(c.threshold, c.votes)
		m.Present, m.Members = value.Some(c.present), value.Some(int64(6))
		if got := m.Counted(); got != c.want {
			t.Errorf("%s of %q, %d present: %q, want %q", c.votes, c.threshold, c.present, got, c.want)
		}
	}
}

// problems gives the fields that a record's rules complain of.
func problems(t *testing.T, kind string, r field.Reader, before, after any) []string {
	t.Helper()
	var out []string
	for _, p := range model.NewSchema().Kind(kind).Check(r, fieldtest.Saturday, before, after) {
		if !p.Warning {
			out = append(out, p.Field)
		}
	}
	return out
}

func TestRulesOfMeetings(t *testing.T) {
	r := fieldtest.With(model.NewSchema(),
		&meeting.Meeting{ID: 1, Name: "Staff", Start: value.Some(fieldtest.Saturday.At(9, 0)),
			State: meeting.MeetingOpen},
		&meeting.Meeting{ID: 2, Name: "Other", Start: value.Some(fieldtest.Saturday.At(9, 0)),
			State: meeting.MeetingOpen},
		&meeting.AgendaItem{ID: 5, Meeting: 1, Title: "Roll", State: meeting.ItemNow},
	)
	wrong := counted(meeting.Majority, "nn")
	wrong.Outcome = meeting.Carried
	twice := counted(meeting.Majority, "yy")
	twice.Votes[1].Partner = 1
	self := counted(meeting.Majority, "")
	self.Mover, self.Seconder = 3, 3
	kept := &meeting.Minutes{ID: 1, Meeting: 1, Lines: []meeting.MinuteLine{{Text: "a"}},
		Approved: value.Some(fieldtest.Saturday)}
	changed := &meeting.Minutes{ID: 1, Meeting: 1, Lines: []meeting.MinuteLine{{Text: "b"}},
		Approved: value.Some(fieldtest.Saturday)}
	amended := &meeting.Minutes{ID: 1, Meeting: 1, Lines: kept.Lines, Approved: value.Some(fieldtest.Saturday),
		Amendments: []meeting.Amendment{{Text: "read a as b"}}}
	for _, c := range []struct {
		name, kind    string
		before, after any
		field         string // "" when it is in order
	}{
		{"a vote against the count", "motions", nil, wrong, "outcome"},
		{"two votes of a partner", "motions", nil, twice, "votes"},
		{"seconding oneself", "motions", nil, self, "seconder"},
		{"an item of another meeting", "notes", nil, &meeting.Note{Meeting: 2, Item: 5, Text: "x"}, "item"},
		{"a note on its own meeting", "notes", nil, &meeting.Note{Meeting: 1, Item: 5, Text: "x"}, ""},
		{"two items at once", "agenda", nil, &meeting.AgendaItem{Meeting: 1, Title: "Next", State: meeting.ItemNow},
			"state"},
		{"done while open", "actions", nil, &meeting.Action{What: "x", State: meeting.ActionOpen,
			DoneOn: value.Some(fieldtest.Saturday)}, "done_on"},
		{"back from approved", "meetings", &meeting.Meeting{Name: "S", Start: value.Some(fieldtest.Saturday.At(9, 0)),
			State: meeting.MeetingApproved},
			&meeting.Meeting{Name: "S", Start: value.Some(fieldtest.Saturday.At(9, 0)), State: meeting.MeetingOpen},
			"state"},
		{"resuming a closed one", "meetings",
			&meeting.Meeting{Name: "S", Start: value.Some(fieldtest.Saturday.At(9, 0)), State: meeting.MeetingClosed},
			&meeting.Meeting{Name: "S", Start: value.Some(fieldtest.Saturday.At(9, 0)), State: meeting.MeetingOpen},
			""},
		{"a person twice", "meetings", nil, &meeting.Meeting{Name: "S", Start: value.Some(fieldtest.Saturday.At(9, 0)),
			State: meeting.MeetingPlanned,
			Attendance: []meeting.Attendee{{Person: 1, Presence: meeting.Present},
				{Person: 1, Presence: meeting.Absent}}}, "attendance"},
		{"changing approved minutes", "minutes", kept, changed, "lines"},
		{"amending approved minutes", "minutes", kept, amended, ""},
		{"taking an amendment away", "minutes", amended, kept, "amendments"},
		{"amending a draft", "minutes", nil, &meeting.Minutes{Meeting: 1, Amendments: []meeting.Amendment{{Text: "x"}}},
			"amendments"},
	} {
		got := problems(t, c.kind, r, c.before, c.after)
		if c.field == "" && len(got) > 0 || c.field != "" && (len(got) != 1 || got[0] != c.field) {
			t.Errorf("%s: %v, want %q", c.name, got, c.field)
		}
	}
}

func TestAnActionIsOverdueAfterItsDay(t *testing.T) {
	a := &meeting.Action{State: meeting.ActionOpen, Due: value.Some(fieldtest.Saturday)}
	if a.Overdue(fieldtest.Saturday) || !a.Overdue(fieldtest.Saturday+1) {
		t.Error("the day itself is in time, the next is not")
	}
	a.State = meeting.ActionDone
	if a.Overdue(fieldtest.Saturday + 1) {
		t.Error("what is done is not overdue")
	}
	if (&meeting.Action{State: meeting.ActionOpen}).Overdue(fieldtest.Saturday) {
		t.Error("without a day nothing is overdue")
	}
}

// TestNobodyIsPresentBeforeTheRollIsCalled: being expected is not being there.
func TestNobodyIsPresentBeforeTheRollIsCalled(t *testing.T) {
	planned, noon := fieldtest.Saturday.At(9, 0), (fieldtest.Saturday+1).At(12, 0)
	m := &meeting.Meeting{Name: "Staff", State: meeting.MeetingPlanned, Start: value.Some(planned)}
	open := m.CalledToOrder([]meeting.Attendee{{Partner: 1, Presence: meeting.Present},
		{Partner: 2, Presence: meeting.Excused}}, noon)
	if open.RollCalled() || len(open.Represented()) != 0 || open.Attendance[1].Presence != meeting.Excused {
		t.Errorf("the roll is %+v", open.Attendance)
	}
	if m.Held().V != planned || open.Held().V != noon || open.State != meeting.MeetingOpen {
		t.Errorf("held %v, planned %v", open.Held(), m.Held())
	}
	open.Attendance[0].Presence = meeting.Present
	open.State, open.Closed = meeting.MeetingClosed, value.Some(noon+30)
	again := open.CalledToOrder(nil, noon+60)
	if !again.RollCalled() || len(again.Represented()) != 1 || again.Held().V != noon || again.Closed.Set {
		t.Errorf("resumed: %+v", again)
	}
	votes := &meeting.Motion{Threshold: meeting.MajorityPresent, Members: value.Some(int64(5)),
		Votes: []meeting.Ballot{{Partner: 1, Vote: meeting.VoteYes}, {Partner: 2, Vote: meeting.VoteYes}}}
	if votes.Counted() != meeting.Failed {
		t.Error("two of five who may be present are a majority though no roll was called")
	}
}

// TestAMeetingThatEndsInTheHourThatComesTwice: at two the clocks of Missouri show
// one again, so that an adjournment may bear the smaller time; the night after it
// may not.
func TestAMeetingThatEndsInTheHourThatComesTwice(t *testing.T) {
	night := value.Date(2026, 11, 1)
	r := fieldtest.With(model.NewSchema(), &partnership.Settings{ID: 1, Name: "P", Zone: "America/Chicago"})
	for on, refused := range map[value.Day]bool{night: false, night + 1: true} {
		got := strings.Join(fieldtest.Found(r, nil, &meeting.Meeting{Name: "M", State: meeting.MeetingClosed,
			Start:  value.Some(on.At(1, 0)),
			Opened: value.Some(on.At(1, 50)), Closed: value.Some(on.At(1, 10))}), "\n")
		if strings.Contains(got, "before") != refused {
			t.Errorf("on %v: %q", on, got)
		}
	}
}
