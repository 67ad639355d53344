package model

import "testing"

// counted makes a motion with votes: y, n, a and r for each partner in turn.
func counted(threshold Threshold, votes string) *Motion {
	words := map[rune]Vote{'y': VoteYes, 'n': VoteNo, 'a': VoteAbstain, 'r': VoteRecused}
	m := &Motion{Meeting: 1, Text: "Renew", Threshold: threshold}
	for i, v := range votes {
		m.Votes = append(m.Votes, Ballot{Partner: ID[Partner](i + 1), Vote: words[v]})
	}
	return m
}

func TestWhatTheVotesMakeOfAMotion(t *testing.T) {
	for _, c := range []struct {
		threshold Threshold
		votes     string
		want      Outcome
	}{
		{"", "yyynn", Carried}, {Majority, "yynn", Failed}, {Majority, "yaaar", Carried}, {Majority, "aar", ""},
		{TwoThirds, "yyn", Carried}, {TwoThirds, "yyynn", Failed}, {TwoThirds, "yyaaa", Carried},
		{Unanimous, "yyyar", Carried}, {Unanimous, "yyyyn", Failed}, {Unanimous, "aaaaa", ""}, {"", "", ""},
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
		threshold Threshold
		votes     string
		present   int64
		want      Outcome
	}{
		{MajorityPresent, "yyynn", 5, Carried}, {MajorityPresent, "yyaan", 5, Failed}, {MajorityPresent, "yyy", 6, Failed},
		{MajorityPresent, "yyyr", 6, Carried}, {MajorityPresent, "yyrr", 4, Carried}, {MajorityPresent, "yynr", 5, Failed},
		{MajorityPresent, "aaa", 3, Failed}, {MajorityPresent, "rrr", 3, ""},
		{MajorityMembers, "yyyy", 4, Carried}, {MajorityMembers, "yyy", 3, Failed}, {MajorityMembers, "yyyr", 4, Failed},
		{MajorityMembers, "yyyynr", 6, Carried}, {MajorityMembers, "aaa", 3, Failed},
		{TwoThirds, "yyyyrr", 6, Carried}, {TwoThirds, "yyyna", 5, Carried}, {Majority, "yyn", 3, Carried},
	} {
		m := counted(c.threshold, c.votes)
		m.Present, m.Members = Some(c.present), Some(int64(6))
		if got := m.Counted(); got != c.want {
			t.Errorf("%s of %q, %d present: %q, want %q", c.votes, c.threshold, c.present, got, c.want)
		}
	}
}

// problems gives the fields that a record's rules complain of.
func problems(t *testing.T, kind string, r Reader, before, after any) []string {
	t.Helper()
	var out []string
	for _, p := range NewSchema().Kind(kind).Check(r, someDay, before, after) {
		if !p.Warning {
			out = append(out, p.Field)
		}
	}
	return out
}

func TestRulesOfMeetings(t *testing.T) {
	r := with(
		&Meeting{ID: 1, Name: "Staff", Start: Some(someDay.At(9, 0)), State: MeetingOpen},
		&Meeting{ID: 2, Name: "Other", Start: Some(someDay.At(9, 0)), State: MeetingOpen},
		&AgendaItem{ID: 5, Meeting: 1, Title: "Roll", State: ItemNow},
	)
	wrong := counted(Majority, "nn")
	wrong.Outcome = Carried
	twice := counted(Majority, "yy")
	twice.Votes[1].Partner = 1
	self := counted(Majority, "")
	self.Mover, self.Seconder = 3, 3
	kept := &Minutes{ID: 1, Meeting: 1, Lines: []MinuteLine{{Text: "a"}}, Approved: Some(someDay)}
	changed := &Minutes{ID: 1, Meeting: 1, Lines: []MinuteLine{{Text: "b"}}, Approved: Some(someDay)}
	amended := &Minutes{ID: 1, Meeting: 1, Lines: kept.Lines, Approved: Some(someDay), Amendments: []Amendment{{Text: "read a as b"}}}
	for _, c := range []struct {
		name, kind    string
		before, after any
		field         string // "" when it is in order
	}{
		{"a vote against the count", "motions", nil, wrong, "outcome"},
		{"two votes of a partner", "motions", nil, twice, "votes"},
		{"seconding oneself", "motions", nil, self, "seconder"},
		{"an item of another meeting", "notes", nil, &Note{Meeting: 2, Item: 5, Text: "x"}, "item"},
		{"a note on its own meeting", "notes", nil, &Note{Meeting: 1, Item: 5, Text: "x"}, ""},
		{"two items at once", "agenda", nil, &AgendaItem{Meeting: 1, Title: "Next", State: ItemNow}, "state"},
		{"done while open", "actions", nil, &Action{What: "x", State: ActionOpen, DoneOn: Some(someDay)}, "done_on"},
		{"back from approved", "meetings", &Meeting{Name: "S", Start: Some(someDay.At(9, 0)), State: MeetingApproved},
			&Meeting{Name: "S", Start: Some(someDay.At(9, 0)), State: MeetingOpen}, "state"},
		{"resuming a closed one", "meetings", &Meeting{Name: "S", Start: Some(someDay.At(9, 0)), State: MeetingClosed},
			&Meeting{Name: "S", Start: Some(someDay.At(9, 0)), State: MeetingOpen}, ""},
		{"a person twice", "meetings", nil, &Meeting{Name: "S", Start: Some(someDay.At(9, 0)), State: MeetingPlanned,
			Attendance: []Attendee{{Person: 1, Presence: Present}, {Person: 1, Presence: Absent}}}, "attendance"},
		{"changing approved minutes", "minutes", kept, changed, "lines"},
		{"amending approved minutes", "minutes", kept, amended, ""},
		{"taking an amendment away", "minutes", amended, kept, "amendments"},
		{"amending a draft", "minutes", nil, &Minutes{Meeting: 1, Amendments: []Amendment{{Text: "x"}}}, "amendments"},
	} {
		got := problems(t, c.kind, r, c.before, c.after)
		if c.field == "" && len(got) > 0 || c.field != "" && (len(got) != 1 || got[0] != c.field) {
			t.Errorf("%s: %v, want %q", c.name, got, c.field)
		}
	}
}

func TestAnActionIsOverdueAfterItsDay(t *testing.T) {
	a := &Action{State: ActionOpen, Due: Some(someDay)}
	if a.Overdue(someDay) || !a.Overdue(someDay+1) {
		t.Error("the day itself is in time, the next is not")
	}
	a.State = ActionDone
	if a.Overdue(someDay + 1) {
		t.Error("what is done is not overdue")
	}
	if (&Action{State: ActionOpen}).Overdue(someDay) {
		t.Error("without a day nothing is overdue")
	}
}

// TestNobodyIsPresentBeforeTheRollIsCalled: being expected is not being there.
func TestNobodyIsPresentBeforeTheRollIsCalled(t *testing.T) {
	planned, noon := someDay.At(9, 0), (someDay+1).At(12, 0)
	m := &Meeting{Name: "Staff", State: MeetingPlanned, Start: Some(planned)}
	open := m.CalledToOrder([]Attendee{{Partner: 1, Presence: Present}, {Partner: 2, Presence: Excused}}, noon)
	if open.RollCalled() || len(open.Represented()) != 0 || open.Attendance[1].Presence != Excused {
		t.Errorf("the roll is %+v", open.Attendance)
	}
	if m.Held().V != planned || open.Held().V != noon || open.State != MeetingOpen {
		t.Errorf("held %v, planned %v", open.Held(), m.Held())
	}
	open.Attendance[0].Presence = Present
	open.State, open.Closed = MeetingClosed, Some(noon+30)
	again := open.CalledToOrder(nil, noon+60)
	if !again.RollCalled() || len(again.Represented()) != 1 || again.Held().V != noon || again.Closed.Set {
		t.Errorf("resumed: %+v", again)
	}
	votes := &Motion{Threshold: MajorityPresent, Members: Some(int64(5)), Votes: []Ballot{{Partner: 1, Vote: VoteYes}, {Partner: 2, Vote: VoteYes}}}
	if votes.Counted() != Failed {
		t.Error("two of five who may be present are a majority though no roll was called")
	}
}
