package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/store"
	"interlocal/tui/records"
)

// Whatever page is shown, and in the middle of a form or a line of a sheet, a
// capture comes back to just what was there.
func TestCapturesOnEveryPage(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36)
	r.press("g", "m", "b").see("The meeting is open")
	capture := func(where string, keys ...string) {
		t.Helper()
		before := r.s.tabs[r.s.at].screen().Keys()
		for _, k := range keys {
			r.press(k)
			if r.s.app.Dialogs.Len() != 1 {
				t.Fatalf("%s: %s captures nothing:\n%s", where, k, r.screen())
			}
			r.types("words; with! signs@ &").press("esc")
			if r.s.app.Dialogs.Len() != 0 || len(r.s.tabs[r.s.at].screen().Keys()) != len(before) {
				t.Fatalf("%s: one is elsewhere after %s:\n%s", where, k, r.screen())
			}
		}
	}
	for i, tab := range r.s.tabs {
		r.press("g", tab.letter)
		if r.s.at != i {
			continue // not for this user
		}
		pages := 1
		if screen, ok := tab.screen().(*records.Screen); ok {
			pages = len(screen.Pages())
		}
		for range pages {
			if !tab.screen().Typing() {
				capture(tab.title, ";", "!", "@", "&")
			}
			r.press(">")
		}
	}
	r.press("g", "p", "right", "a").see("New person").types("Half a na")
	capture("a form", "f5", "f6", "f7", "f9")
	r.types("me;").see("New person", "Half a name;")
	r.press("esc", "g", "p", "d").see("Not to be deleted")
	if r.press("f5", "f6").s.app.Dialogs.Len() != 2 {
		t.Fatalf("over a dialog:\n%s", r.screen())
	}
	r.press("enter").see("Not to be deleted", "cannot be deleted while").press("esc")
	r.press("a").see("Half a name;")
	r.press("f5").types(" and more").press("enter").see("Note written down", "New person", "Half a name;")
}

// Two people call one meeting to order: the second records it as well, and the
// roll of the first stands.
func TestAMeetingBegunTwice(t *testing.T) {
	st := story(t)
	first := play(t, st, dana(), 120, 36).press("g", "m")
	second := play(t, st, access.Alone("lee"), 120, 36).press("g", "m").see("planned")
	first.press("b").see("The roll is not called").press("r", "space", "enter").see("5 of 6 present")
	second.press("b").send(settle{})
	second.see("5 of 6 present")
	first.press(";").types("One").press("enter").see("Note written down")
	second.press("b", "b", ";").types("Two").press("enter").see("Note written down")
	first.send(settle{})
	first.press("C", "y").see("minutes are kept")
	got := strings.Join(minutesLines(t, st, 2), "|")
	if got != "Called to order|One|Two|Adjourned" {
		t.Error(got)
	}
}

// Keys may follow each other more quickly than a change is stored: notes stand
// in the order in which they were typed, what is taken back is the last of them,
// and the dashboard closes after all that.
func TestKeysQuickerThanTheStore(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36).press("g", "m", "b").see("The meeting is open")
	var held []tea.Cmd
	tap := func(msg tea.KeyPressMsg) {
		_, cmd := r.s.Update(msg)
		held = append(held, cmd)
	}
	for _, note := range []string{"One", "Two", "Three"} {
		tap(keyMsg(";"))
		for _, c := range note {
			tap(tea.KeyPressMsg{Code: c, Text: string(c)})
		}
		tap(keyMsg("enter"))
	}
	tap(keyMsg("u"))
	tap(keyMsg("q"))
	r.see("Closes as soon as everything is stored")
	for i := range held {
		r.do(held[len(held)-1-i])
	}
	if m := r.s.app.Meeting(); m == nil {
		t.Fatal("no meeting is recorded")
	}
	var notes []string
	for n := range field.All[meeting.Note](r.s.app.View()) {
		notes = append(notes, n.Text)
	}
	if got := strings.Join(notes[len(notes)-2:], "|"); got != "One|Two" {
		t.Errorf("the notes are %s", got)
	}
	r.see("Took back")
}

// Minutes are approved once, by whoever is quicker.
func TestMinutesApprovedTwice(t *testing.T) {
	st := story(t)
	first := play(t, st, dana(), 120, 36).press("g", "m", "b").see("The meeting is open").press("C", "y").
		see("minutes are kept")
	second := play(t, st, access.Alone("lee"), 120, 36).press("g", "m", "s").types("monthly").press("enter")
	second.press("g", "m").see("closed")
	second.press("A").see("change only by amendment")
	first.press("A", "y").see("The minutes are approved")
	second.press("y").see("were approved on Feb 15, 2027 already")
}

// A meeting whose history is gone is not resumed: its minutes would be lost.
func TestAMeetingWithoutHistoryIsNotResumed(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36).press("g", "m", "b").see("The meeting is open")
	r.press(";").types("Worth keeping").press("enter").see("Note written down").press("C", "y").see("minutes are kept")
	if _, err := st.Purge(context.Background(), dana(), noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	r.press("b").see("history of this meeting has been removed")
	if got := strings.Join(minutesLines(t, st, 2), "|"); !strings.Contains(got, "Worth keeping") {
		t.Error(got)
	}
}

// The read-back names what is left open: an action nobody owns, a motion
// without a vote.
func TestTheReadBackSaysWhatIsOpen(t *testing.T) {
	r := play(t, story(t), dana(), 80, 24).press("g", "m", "b").see("The meeting is open")
	r.press("@").types("find a room").press("enter").see("Action written down")
	r.press("&").types("tessa: buy a tent").press("enter").see("Vote").press("t", "t", "y").
		see("Needs: a majority of those present").press("esc")
	r.press("C").see("1 action without an owner", "Without a vote: buy a tent")
}

// Minutes from before their lines said what they are still list decisions.
func TestOldMinutesListDecisions(t *testing.T) {
	r := play(t, story(t), dana(), 120, 60).press("g", "m", "s").press("down", "enter").press("p")
	r.see("Minutes: Monthly staff meeting", "Decisions")
}

// What becomes of an action after the meeting changes nothing in its minutes on
// paper.
func TestMinutesOnPaperStay(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 44).press("g", "m", "b").see("The meeting is open")
	r.press("@").types("tessa: call the plant").press("enter").see("Action written down").press("C", "y").
		see("minutes are kept")
	r.press("A", "y").see("approved")
	_, err := st.Update(context.Background(), dana(), store.Op{Title: "edit"}, func(tx *store.Tx) error {
		for a := range field.All[meeting.Action](tx) {
			if a.What == "call the plant" {
				fresh := *a
				fresh.What = "sell the plant"
				_, err := field.Put(tx, &fresh)
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r.send(settle{})
	r.press("p").see("call the plant").miss("sell the plant")
}

// BenchmarkTheWallShowsAChange counts from a change's commit to the wall's new
// frame, late in a meeting of 5,000 changes.
func BenchmarkTheWallShowsAChange(b *testing.B) {
	st := story(b)
	ctx := store.InMeeting(context.Background(), 2)
	change := func(note string) {
		_, err := st.Update(ctx, dana(), store.Op{Title: "edit"}, func(tx *store.Tx) error {
			_, err := field.Put(tx, &meeting.Note{Meeting: 2, Text: note})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	_, err := st.Update(ctx, dana(), store.Op{Title: "open"}, func(tx *store.Tx) error {
		m := *field.Get(tx, meeting.MeetingID(2))
		m.State = meeting.MeetingOpen
		_, err := field.Put(tx, &m)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for range 5000 {
		change("before")
	}
	p := NewProjector(ProjectorOptions{Store: st, Me: st.As(dana()), Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor})
	defer p.Close()
	p.Update(tea.WindowSizeMsg{Width: 60, Height: 18})
	parts := p.Init()().(tea.BatchMsg)
	p.Update(parts[0]())
	await := parts[1]
	text := "note"
	var slowest time.Duration
	for b.Loop() {
		b.StopTimer()
		text += "x"
		text = text[:min(len(text), 30)]
		change(text)
		b.StartTimer()
		began := time.Now()
		_, cmd := p.Update(await())
		next := cmd().(tea.BatchMsg)
		await = next[1]
		p.Update(next[0]())
		frame := p.View().Content
		slowest = max(slowest, time.Since(began))
		if !strings.Contains(frame, text) {
			b.Fatal("the change is not on the wall")
		}
	}
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
}
