package meeting_test

import (
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// held is a meeting to which acts are done, with everybody's records in memory.
type held struct {
	*fieldtest.Writer
	t *testing.T
}

// planned has a meeting of today with two items, three cities and their people.
func planned(t *testing.T) *held {
	w := fieldtest.NewWriter(model.NewSchema(), today.At(9, 0))
	for i, name := range []string{"Raytown", "Grandview", "Lee's Summit"} {
		w.Memory.Put("partners", &partnership.Partner{ID: partnership.PartnerID(i + 1), Name: name, Kind: "city",
			Status: partnership.Member})
	}
	w.Memory.Put("people", &partnership.Person{ID: 1, Partner: 1, Name: "Peg Whitlock"})
	w.Memory.Put("people", &partnership.Person{ID: 2, Partner: 2, Name: "Dana Reyes"})
	w.Memory.Put("meetings", &meeting.Meeting{ID: 1, Name: "Staff", State: meeting.MeetingPlanned,
		Start: value.Some(today.At(9, 0))})
	w.Memory.Put("agenda", &meeting.AgendaItem{ID: 1, Meeting: 1, Title: "Loans", Order: 10})
	w.Memory.Put("agenda", &meeting.AgendaItem{ID: 2, Meeting: 1, Title: "Hotline", Order: 20})
	return &held{w, t}
}

func (h *held) try(name string, id uint64, args, plan any) (field.Result, error) {
	h.t.Helper()
	a := meeting.Acts().Named(name)
	if a == nil {
		h.t.Fatalf("there is no act %s", name)
	}
	return a.Do(h, id, args, plan)
}

// do does an act that has to go through, twice where it is tried first: the second
// time, from the same records, it comes to the same.
func (h *held) do(name string, id uint64, args any) field.Result {
	h.t.Helper()
	before := h.Copy()
	first, err := h.try(name, id, args, nil)
	if err != nil {
		h.t.Fatalf("%s: %v", name, err)
	}
	h.Memory = before
	second, err := h.try(name, id, args, nil)
	if err != nil || first != second {
		h.t.Errorf("%s done again says %v, %v instead of %v", name, second, err, first)
	}
	return second
}

// refuses checks that an act is refused in words that hold a part.
func (h *held) refuses(name string, id uint64, args any, part string) {
	h.t.Helper()
	if _, err := h.try(name, id, args, nil); err == nil || !strings.Contains(err.Error(), part) {
		h.t.Errorf("%s: %v, want %q", name, err, part)
	}
}

func (h *held) meeting() *meeting.Meeting { return field.Get(h, meeting.MeetingID(1)) }

func (h *held) view() field.Viewpoint { return field.Viewpoint{Reader: h, By: h.By, Now: h.At} }

func TestCallingToOrder(t *testing.T) {
	h := planned(t)
	said := h.do("meeting.open", 1, nil)
	m := h.meeting()
	if m.State != meeting.MeetingOpen || m.Opened.V != h.At || len(m.Attendance) != 3 || m.RollCalled() ||
		said.Records != value.Some[uint64](1) {
		t.Errorf("%+v, %+v", m, said)
	}
	if now := meeting.CurrentItem(h, 1); now == nil || now.ID != 1 || now.Started.V != h.At {
		t.Errorf("the first item is not on: %+v", now)
	}
	h.At++
	h.do("meeting.open", 1, nil) // somebody else was quicker
	if h.meeting().Opened.V == h.At {
		t.Error("a meeting that is open was called to order again")
	}
}

func TestResumingNeedsTheHistory(t *testing.T) {
	h := planned(t)
	h.do("meeting.open", 1, nil)
	h.do("meeting.close", 1, nil)
	h.do("meeting.keep", 1, nil)
	h.refuses("meeting.open", 1, nil, "history of this meeting has been removed")
	if meeting.MinutesOf(h, 1) == nil {
		t.Fatal("the minutes are gone")
	}
	if _, err := h.try("meeting.open", 1, nil, true); err != nil || meeting.MinutesOf(h, 1) != nil {
		t.Errorf("minutes of a resumed meeting are written anew when it closes: %v", err)
	}
}

func TestTheHistoryIsWholeFromTheFirstCall(t *testing.T) {
	opens := func(before meeting.MeetingState) field.Entry {
		return field.Entry{Changes: []field.RecordChange{{ID: 1, Before: &meeting.Meeting{ID: 1, State: before},
			After: &meeting.Meeting{ID: 1, State: meeting.MeetingOpen}}}}
	}
	if !meeting.WholeHistory(1, []field.Entry{opens(meeting.MeetingPlanned)}) ||
		meeting.WholeHistory(1, []field.Entry{opens(meeting.MeetingClosed)}) ||
		meeting.WholeHistory(2, []field.Entry{opens(meeting.MeetingPlanned)}) {
		t.Error("a history is whole when it holds the first call to order")
	}
}

func TestTheAgenda(t *testing.T) {
	h := planned(t)
	h.do("meeting.add", 1, &meeting.AgendaItem{Title: "Hotline contract 10m"})
	h.do("meeting.add", 1, &meeting.AgendaItem{Title: "Carried over 5m", About: "actions/3"}) // taken as it is
	h.do("agenda.earlier", 3, nil)
	h.do("agenda.later", 1, nil)
	h.do("agenda.earlier", 3, nil) // it is the first already
	h.do("agenda.remove", 2, nil)
	var titles []string
	for _, a := range meeting.AgendaOf(h, 1) {
		titles = append(titles, a.Title)
	}
	if got := strings.Join(titles, "|"); got != "Hotline contract|Loans|Carried over 5m" {
		t.Error(got)
	}
	if first := meeting.AgendaOf(h, 1)[0]; first.Minutes != value.Some[int64](10) {
		t.Errorf("%+v", first)
	}
	h.do("meeting.open", 1, nil)
	h.do("meeting.close", 1, nil)
	h.refuses("meeting.add", 1, &meeting.AgendaItem{Title: "Late"}, "has been held")
	h.refuses("agenda.earlier", 1, nil, "has been held")
	h.refuses("agenda.remove", 1, nil, "has been held")
}

func TestTurningToItems(t *testing.T) {
	h := planned(t)
	h.refuses("agenda.turn", 1, nil, "not open yet")
	h.do("meeting.open", 1, nil)
	h.do("meeting.next", 1, nil)
	if now := meeting.CurrentItem(h, 1); now.ID != 2 || field.Get(h, meeting.AgendaItemID(1)).
		State != meeting.ItemDone {
		t.Errorf("%+v is on", now)
	}
	h.refuses("meeting.next", 1, nil, "that was the last item")
	h.do("agenda.turn", 1, nil)
	if now := meeting.CurrentItem(h, 1); now.ID != 1 {
		t.Errorf("%+v is on", now)
	}
	h.do("meeting.close", 1, nil)
	h.refuses("agenda.turn", 1, nil, "not open any more")
}

func TestTheRoll(t *testing.T) {
	h := planned(t)
	m := *h.meeting()
	m.Attendance = []meeting.Attendee{{Partner: 1, Person: 1}, {Partner: 2, Person: 2}, {Partner: 3}}
	h.Memory.Put("meetings", &m)
	args := meeting.Acts().Named("meeting.roll").NewArgs(h.view(), h.meeting()).(*meeting.RollCall)
	args.Absent, args.Excused, args.Also = []string{"lee's summit"}, []string{"whit"}, []string{"Ann Ott"}
	h.do("meeting.roll", 1, args)
	var got []string
	for _, a := range h.meeting().Attendance {
		got = append(got, string(a.Presence)+a.Guest)
	}
	if text := strings.Join(got, "|"); text != "excused|present|absent|presentAnn Ott" {
		t.Error(text)
	}
	h.do("meeting.roll", 1, &meeting.RollCall{Also: []string{"Bo"}})
	if list := h.meeting().Attendance; len(list) != 5 || list[0].Presence != meeting.Excused {
		t.Errorf("somebody more changes the others: %+v", list)
	}
	h.refuses("meeting.roll", 1, &meeting.RollCall{Absent: []string{"Nobody"}}, `"Nobody"`)
}

func TestWhatIsSaidIsWrittenUnderTheItem(t *testing.T) {
	h := planned(t)
	h.refuses("meeting.note", 1, &meeting.Spoken{Text: "early"}, "not open yet")
	h.do("meeting.open", 1, nil)
	args := meeting.Acts().Named("meeting.note").NewArgs(h.view(), h.meeting()).(*meeting.Spoken)
	args.Text = "Brine is ready"
	id := h.do("meeting.note", 1, args).ID
	if n := field.Get(h, field.ID[meeting.Note](id)); n.Item != 1 || n.At.V != h.At || n.Text != "Brine is ready" ||
		n.Meeting != 1 {
		t.Errorf("%+v", n)
	}
	id = h.do("meeting.decide", 1, &meeting.Spoken{Text: "Share it", Item: 2}).ID
	if d := field.Get(h, field.ID[meeting.Decision](id)); d.Item != 2 || d.Text != "Share it" {
		t.Errorf("%+v", d)
	}
	said := h.do("meeting.act", 1, &meeting.Spoken{Text: "dana: ask three vendors by dec 18", Item: 1})
	a := field.Get(h, meeting.ActionID(said.ID))
	if a.Who != 2 || a.What != "ask three vendors" || a.Due.V != value.Date(2026, 12, 18) ||
		a.State != meeting.ActionOpen || a.Meeting != 1 {
		t.Errorf("%+v", a)
	}
	if want := "Action written down: Dana Reyes: ask three vendors, by Dec 18, 2026."; said.Text != want {
		t.Errorf("%q", said.Text)
	}
	id = h.do("meeting.move", 1, &meeting.Spoken{Text: "peg/dana: renew", Item: 1}).ID
	if m := field.Get(h, meeting.MotionID(id)); m.Mover != 1 || m.Seconder != 2 || m.Text != "renew" ||
		m.Outcome != "" {
		t.Errorf("%+v", m)
	}
	h.do("meeting.close", 1, nil)
	for _, name := range []string{"meeting.note", "meeting.decide", "meeting.act", "meeting.move"} {
		h.refuses(name, 1, &meeting.Spoken{Text: "late"}, "not open any more")
	}
}

func TestTheVote(t *testing.T) {
	h := planned(t)
	h.do("meeting.open", 1, nil)
	h.do("meeting.move", 1, &meeting.Spoken{Text: "peg/dana: renew"})
	args := func() *meeting.Voting {
		return meeting.Acts().Named("meeting.vote").NewArgs(h.view(), h.meeting()).(*meeting.Voting)
	}
	nobody := args()
	h.refuses("meeting.vote", 1, nobody, "nobody has voted")
	h.refuses("meeting.vote", 1, &meeting.Voting{Motion: 9, All: true}, "no longer there")
	twice := args()
	twice.Yes, twice.No = []partnership.PartnerID{1}, []partnership.PartnerID{1}
	h.refuses("meeting.vote", 1, twice, "Raytown is named twice")

	all := args()
	all.Recused, all.No, all.All = []partnership.PartnerID{1}, []partnership.PartnerID{2}, true
	all.Needs = meeting.TwoThirds
	if said := h.do("meeting.vote", 1, all); said.Text != "The motion failed." {
		t.Error(said.Text)
	}
	m := field.Get(h, meeting.MotionID(1))
	if len(m.Votes) != 3 || m.Votes[0] != (meeting.Ballot{Partner: 1, Vote: meeting.VoteRecused}) || m.Members.V != 3 ||
		m.Present.Set || m.Threshold != meeting.TwoThirds {
		t.Errorf("%+v", m)
	}
	if args().Motion != 0 {
		t.Error("a motion that was voted on is not voted on again unless it is named")
	}
	h.do("meeting.roll", 1, &meeting.RollCall{Attendance: []meeting.Attendee{{Partner: 1, Presence: meeting.Present},
		{Partner: 2, Presence: meeting.Absent}}})
	h.refuses("meeting.vote", 1, &meeting.Voting{Motion: 1, Yes: []partnership.PartnerID{2}},
		"Grandview has no vote here")
	h.do("meeting.vote", 1, &meeting.Voting{Motion: 1, All: true})
	if m := field.Get(h, meeting.MotionID(1)); m.Present.V != 1 || len(m.Votes) != 1 || m.Outcome != meeting.Carried {
		t.Errorf("%+v", m)
	}
}

// TestAVoteIsTakenWhileTheMeetingIsOpen: the minutes of one that has closed tell
// how it went, and are corrected by amendment alone once they are approved.
func TestAVoteIsTakenWhileTheMeetingIsOpen(t *testing.T) {
	h := planned(t)
	all := &meeting.Voting{Motion: 1, All: true}
	h.refuses("meeting.vote", 1, all, "not open yet")
	h.do("meeting.open", 1, nil)
	h.do("meeting.move", 1, &meeting.Spoken{Text: "peg/dana: renew"})
	h.do("meeting.vote", 1, all)
	h.do("meeting.close", 1, nil)
	h.refuses("meeting.vote", 1, &meeting.Voting{Motion: 1, No: []partnership.PartnerID{1}}, "not open any more")
	if m := field.Get(h, meeting.MotionID(1)); m.Outcome != meeting.Carried {
		t.Errorf("the motion %s after the meeting", m.Outcome)
	}
}

func TestClosingKeepingApproving(t *testing.T) {
	h := planned(t)
	h.refuses("meeting.close", 1, nil, "not open yet")
	h.refuses("meeting.keep", 1, nil, "when the meeting has closed")
	h.refuses("meeting.approve", 1, nil, "close the meeting first")
	h.do("meeting.open", 1, nil)
	h.refuses("meeting.amend", 1, &meeting.Correction{Text: "x"}, "close the meeting first")
	h.At += 60
	said := h.do("meeting.close", 1, nil)
	m := h.meeting()
	if m.State != meeting.MeetingClosed || m.Closed.V != h.At || meeting.CurrentItem(h, 1) != nil ||
		said.Records != value.Some[uint64](0) {
		t.Errorf("%+v", m)
	}
	h.refuses("meeting.close", 1, nil, "not open any more")
	keep := meeting.Acts().Named("meeting.keep")
	v := h.view()
	v.Past = func(uint64) ([]field.Entry, error) {
		return []field.Entry{{At: h.At, Changes: []field.RecordChange{{Kind: h.Schema().Kind("notes"), ID: 1,
			After: &meeting.Note{ID: 1, Meeting: 1, Text: "Brine"}}}}}, nil
	}
	plan, err := keep.Plan(context.Background(), v, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // whoever is slower leaves what is kept
		if _, err := h.try("meeting.keep", 1, nil, plan); err != nil {
			t.Fatal(err)
		}
		plan = nil
	}
	if kept := meeting.MinutesOf(h, 1); len(kept.Lines) != 1 || kept.Lines[0].Text != "Brine" {
		t.Errorf("%+v", kept)
	}
	h.refuses("meeting.amend", 1, &meeting.Correction{Text: "x"}, "not approved yet")
	h.do("meeting.approve", 1, nil)
	h.refuses("meeting.approve", 1, nil, "were approved on Nov 22, 2026 already")
	h.refuses("meeting.open", 1, nil, "stays closed")
	h.do("meeting.amend", 1, &meeting.Correction{Text: "Four to none."})
	kept := meeting.MinutesOf(h, 1)
	if kept.Approved.V != today || len(kept.Amendments) != 1 ||
		kept.Amendments[0] != (meeting.Amendment{On: value.Some(today), Text: "Four to none."}) ||
		h.meeting().State != meeting.MeetingAmended || len(kept.Lines) != 1 {
		t.Errorf("%+v", kept)
	}
}

func TestWhatBecomesOfAnAction(t *testing.T) {
	h := planned(t)
	h.Memory.Put("actions", &meeting.Action{ID: 1, What: "Call the plant", State: meeting.ActionOpen})
	action := func() *meeting.Action { return field.Get(h, meeting.ActionID(1)) }
	h.refuses("action.reopen", 1, nil, "is open")
	if said := h.do("action.done", 1, nil); said.Text != "Done: Call the plant." || action().DoneOn.V != today {
		t.Errorf("%v, %+v", said, action())
	}
	h.refuses("action.done", 1, nil, "done already")
	h.refuses("action.drop", 1, nil, "open it again first")
	h.refuses("action.defer", 1, &meeting.Deferral{Until: value.Some(today + 9)}, "open it again first")
	if said := h.do("action.reopen", 1, nil); said.Text != "Open again: Call the plant." || action().DoneOn.Set ||
		action().State != meeting.ActionOpen {
		t.Errorf("%v, %+v", said, action())
	}
	if h.do("action.defer", 1, &meeting.Deferral{Until: value.Some(today + 9)}); action().Due.V != today+9 {
		t.Errorf("%+v", action())
	}
	h.do("action.drop", 1, nil)
	if h.do("action.done", 1, nil); action().State != meeting.ActionDone {
		t.Error("what was dropped may be done after all")
	}
}

func TestWhichMeetingIsMeant(t *testing.T) {
	h := planned(t)
	meant := func(name string) uint64 {
		id, _ := meeting.Acts().Named(name).Default(h.view())
		return id
	}
	h.Memory.Put("meetings", &meeting.Meeting{ID: 2, Name: "Staff", State: meeting.MeetingPlanned,
		Start: value.Some((today + 7).At(9, 0))})
	h.Memory.Put("meetings", &meeting.Meeting{ID: 3, Name: "Staff", State: meeting.MeetingPlanned,
		Start: value.Some((today - 7).At(9, 0))})
	if meant("meeting.open") != 1 || meant("meeting.add") != 1 || meant("meeting.note") != 0 {
		t.Error("before one is open the next from today on is meant")
	}
	h.do("meeting.open", 2, nil)
	if meant("meeting.open") != 1 || meant("meeting.add") != 2 || meant("meeting.note") != 2 ||
		meant("meeting.close") != 2 {
		t.Error("what is open is meant")
	}
	h.do("meeting.open", 1, nil)
	if _, err := meeting.Acts().Named("meeting.note").Default(h.view()); err == nil ||
		!strings.Contains(err.Error(), "more than one meeting is open") {
		t.Errorf("of two meetings one is named: %v", err)
	}
	h.do("meeting.close", 1, nil)
	if meant("meeting.approve") != 1 || meant("meeting.amend") != 0 {
		t.Error("the latest that closed is meant")
	}
}

func TestAnOpenMeetingRecordsWhatIsDoneToIt(t *testing.T) {
	h := planned(t)
	within := func(name string, rec any) uint64 { return meeting.Acts().Named(name).Within(h.view(), rec) }
	item := func() any { return field.Get(h, meeting.AgendaItemID(1)) }
	if within("meeting.open", h.meeting()) != 1 || within("meeting.add", h.meeting()) != 0 ||
		within("agenda.later", item()) != 0 {
		t.Error("what is prepared is not recorded, calling to order is")
	}
	h.do("meeting.open", 1, nil)
	if within("meeting.note", h.meeting()) != 1 || within("meeting.close", h.meeting()) != 1 ||
		within("agenda.turn", item()) != 1 {
		t.Error("what is said in a meeting is recorded in it")
	}
}
