package tui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/value"
	"interlocal/store"
)

// minutesLines gives the lines kept of a meeting: text, struck ones after "- ".
func minutesLines(t *testing.T, st *store.Store, id meeting.MeetingID) []string {
	t.Helper()
	kept := meeting.MinutesOf(st.As(dana()).View(), id)
	if kept == nil {
		t.Fatal("the meeting has no minutes")
	}
	var out []string
	for _, l := range kept.Lines {
		if l.Struck {
			out = append(out, "- "+l.Text)
		} else {
			out = append(out, l.Text)
		}
	}
	return out
}

// A meeting is held: whatever is typed while it is open stands in its minutes,
// once, in order, and what is taken back is struck.
func TestAMeetingWritesItsMinutes(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "m").see("Meeting room", "Monthly staff meeting", "planned", "Winter readiness")
	r.press("a").types("Hotline contract 10m").press("enter").see("Hotline contract", "10 min")
	r.press("f").see("What is due", "carried over").press("enter", "esc").see("Lending building inspectors")
	r.press("b").see("The meeting is open", "▸ 1  Winter readiness", "15 min left", "The roll is not called")
	r.press("r", "space", "enter").see("5 of 6 present")
	r.press(";").types("Brine is ready").press("enter").see("Note written down")
	r.press("g", "p", "right", "a").see("New person", "● Monthly staff meeting: Winter")
	r.press("esc")
	r.press("g", "r", "a").see("New program").types("Brine tanks").press("f2").see("Added Brine tanks")
	r.press("!").types("Fill the tanks by Friday").press("enter").see("Decision written down", "Programs 11")
	r.press("u").see("Took back")
	r.press("@").types("tessa: fill the tanks by fri").press("enter").see("Action written down")
	r.press("g", "m").press("n").see("▸ 2  Hotline contract")
	r.press("&").types("tessa/owen: renew the hotline contract").see("seconded by Owen Stracke").press("enter").
		see("Vote", "Raytown")
	r.press("r", "y", "=").see("The motion carried")
	r.press("C").see("Close the meeting", "5 of 6 present", "Not reached", "Lending building").press("y")
	r.see("closed and its minutes are kept")
	want := []string{"Called to order", "Brine is ready", "Added program Brine tanks",
		"- Decided: Fill the tanks by Friday",
		"Action: Tessa Wynn: fill the tanks, by Feb 19, 2027",
		"Motion: renew the hotline contract (moved by Tessa Wynn, seconded by Owen Stracke). 3 yes, 0 no; recused: " +
			"Lee's Summit. Carried",
		"Adjourned"}
	if got := minutesLines(t, st, 2); !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	r.press("p").see("Minutes: Monthly staff meeting", "Independence").press("esc")
	r.press("A").see("change only by amendment").press("y").see("approved")
	r.press("m").types("The vote was four to none.").press("enter").see("amended")
	if got := minutesLines(t, st, 2); !slices.Equal(got, want) {
		t.Errorf("an amendment has changed the minutes: %q", got)
	}
	r.press("u").see("because others rely on it").press("esc")
	r.press("N").see("New meeting", "Mar 19").press("f2").see("What is due", "Lending building inspectors",
		"carried over")
}

// A meeting that closes without a roll call says nobody was present.
func TestAMeetingWithoutARollCall(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36).press("g", "m", "b").see("The roll is not called")
	r.press("&").types("tessa: buy a tent").press("enter").see("Vote", "The roll is not called").press("esc")
	r.press("C").see("The roll is not called").press("y").see("minutes are kept")
	r.press("p").see("The roll was not called", "Feb 15, 2027")
}

// A capture costs one key before the text and one after, and one is where one
// was; what is typed survives a session that ends.
func TestCaptureKeepsOnesPlace(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36)
	r.press(";").miss("what was said") // no meeting is recorded
	r.press("g", "m", "b").see("The meeting is open")
	r.press("g", "e", "down", "down", "down").see("SAMPLE-212")
	before := r.s.tabs[r.s.at].screen()
	r.press(";").types("half a sentence")
	r.s.Close()

	again := play(t, st, dana(), 120, 36)
	again.see("You go on recording", "● Monthly staff meeting")
	again.press("g", "e", "down", "down", "down", ";").see("half a sentence")
	again.types(" more").press("enter").see("Note written down", "Equipment")
	if r.s.tabs[r.s.at].screen() != before {
		t.Error("a capture has moved the session")
	}
	var texts []string
	for n := range field.All[meeting.Note](st.As(dana()).View()) {
		texts = append(texts, n.Text)
	}
	if !slices.Contains(texts, "half a sentence more") {
		t.Errorf("%q", texts)
	}
}

// Somebody else closes the meeting: nothing more goes into it.
func TestAClosedMeetingRecordsNothing(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "m", "b").see("The meeting is open")
	_, err := st.Update(context.Background(), access.Identity{Name: "Chair", Role: access.Admin},
		store.Op{Title: "close"}, func(tx *store.Tx) error {
			m := *field.Get(tx, meeting.MeetingID(2))
			m.State = meeting.MeetingClosed
			_, err := field.Put(tx, &m)
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	r.send(settle{})
	r.miss("● Monthly")
	r.press(";").miss("what was said")
}

// wall plays a projector.
func wall(t *testing.T, st *store.Store, w, h int) (*Projector, func() string) {
	t.Helper()
	p := NewProjector(ProjectorOptions{Store: st, Me: st.As(access.Identity{Role: access.Coordinator}),
		Clock: func() time.Time { return noon }, Profile: colorprofile.TrueColor})
	t.Cleanup(p.Close)
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil || patience(cmd) == 0 {
			return
		}
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				run(c)
			}
			return
		}
		if msg != nil {
			_, next := p.Update(msg)
			run(next)
		}
	}
	p.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return p, func() string { run(p.Init()); return escapes.ReplaceAllString(p.View().Content, "") }
}

// The wall shows the item, the last change and the actions, and nothing private.
func TestTheWallFollowsTheMeeting(t *testing.T) {
	st := story(t)
	_, look := wall(t, st, 60, 18)
	if got := look(); !strings.Contains(got, "Winter readiness") {
		t.Errorf("the agenda is not on the wall:\n%s", got)
	}
	r := play(t, st, dana(), 120, 36)
	r.press("g", "m", "b").see("The meeting is open")
	r.press("@").types("tessa: call the plant").press("enter")
	got := look()
	for _, want := range []string{"Monthly staff meeting", "Winter readiness", "15 min left", "Action: Tessa Wynn: " +
		"call the plant", "Actions, 1 so far"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on the wall:\n%s", want, got)
		}
	}
	r.press("g", "p", "right", "/").types("stracke").press("enter", "e")
	for range 20 {
		r.press("tab")
	}
	r.press("esc")
	person := *field.Get(st.As(dana()).View(), partnership.PersonID(1))
	person.Mobile = "816-555-0777"
	put := func(tx *store.Tx) error { _, err := field.Put(tx, &person); return err }
	if _, err := st.Update(store.InMeeting(context.Background(), 2), dana(), store.Op{Title: "mobile"},
		put); err != nil {
		t.Fatal(err)
	}
	if got := look(); strings.Contains(got, "0777") || !strings.Contains(got, "not shown here") {
		t.Errorf("a private number is on the wall:\n%s", got)
	}
}

// The agenda of the next meeting is built from what is due, in every tab.
func TestAgendaFromWhatIsDue(t *testing.T) {
	view := story(t).As(dana()).View()
	m := field.Get(view, meeting.MeetingID(2))
	kinds := map[string]bool{}
	for _, p := range report.Proposals(view, m, value.DayOf(noon).At(12, 0)) {
		kind, _, _ := strings.Cut(p.About, "/")
		kinds[kind] = true
	}
	for _, want := range []string{"actions", "agreements", "reservations", "partners", "events"} {
		if !kinds[want] {
			t.Errorf("nothing of %s is proposed: %v", want, kinds)
		}
	}
}
