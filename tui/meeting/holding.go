package meeting

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// begin calls a meeting to order, or resumes one that was closed, and records
// it from then on.
func (r *Room) begin(m *meeting.Meeting) tea.Cmd {
	return act.Do(r.d, act.Offer{Act: named("meeting.open"), ID: uint64(m.ID), Then: func(run.Done) tea.Cmd {
		r.d.Say(overlay.Done,
			"The meeting is open. What you change in any tab goes into its minutes; r calls the roll.")
		return nil
	}})
}

// turnItem turns the meeting to an item.
func (r *Room) turnItem(item *meeting.AgendaItem) tea.Cmd {
	if item == nil {
		r.d.Say(overlay.Info, "That was the last item. C closes the meeting; a adds an item.")
		return nil
	}
	if r.d.Meeting() == nil || r.d.Meeting().ID != r.id {
		r.d.Say(overlay.Info, "You are not recording this meeting; b records here.")
		return nil
	}
	r.at, r.up = item.ID, 0
	return r.quietly("agenda.turn")()
}

// toggleRecording makes this session record the open meeting, or stop.
func (r *Room) toggleRecording(m *meeting.Meeting) tea.Cmd {
	if now := r.d.Meeting(); now != nil && now.ID == m.ID {
		r.d.Say(overlay.Info, "You no longer record the meeting; it stays open.")
		return r.d.Join(0)
	}
	if m := r.d.Meeting(); m != nil {
		r.d.Say(overlay.Info, "You record “"+m.Name+"”; stop there first.")
		return nil
	}
	r.d.Say(overlay.Done, "What you change from now on goes into the minutes.")
	return r.d.Join(m.ID)
}

// confirmClose reads back what was recorded and asks whether that is all.
func (r *Room) confirmClose(m *meeting.Meeting) tea.Cmd {
	q := overlay.Question{Title: "Close the meeting", Ask: "Close “" + m.Name + "” and keep these minutes?",
		Yes: "close it", No: "go on",
		Consequences: r.readBack(m)}
	return r.d.Confirm(q, func() tea.Cmd { return r.close(m) })
}

// readBack says in a few lines what the minutes hold.
func (r *Room) readBack(m *meeting.Meeting) []string {
	count := map[meeting.Sort]int{}
	struck := 0
	for _, l := range r.lines {
		if l.Struck {
			struck++
			continue
		}
		count[l.Sort]++
	}
	out := []string{fmt.Sprintf("%s. %s, %s, %s, %s, %s.", text.Capital(attendance(m)),
		text.Counted(count[meeting.Work], "change", "changes"), text.Counted(count[meeting.Said], "note", "notes"),
		text.Counted(count[meeting.Decided], "decision", "decisions"), text.Counted(count[meeting.Moved], "motion",
			"motions"), text.Counted(count[meeting.Undertaken], "action", "actions"))}
	if struck > 0 {
		out = append(out, text.Counted(struck, "line", "lines")+" struck.")
	}
	var left, open []string
	for _, a := range r.items() {
		if a.State == "" {
			left = append(left, a.Title)
		}
	}
	for v := range field.Of[meeting.Motion](r.d.View(), "meeting", m.ID) {
		if v.Outcome == "" {
			open = append(open, v.Text)
		}
	}
	if len(left) > 0 {
		out = append(out, "Not reached, and offered for the next agenda: "+strings.Join(left, "; ")+".")
	}
	if n := unowned(r.lines); n > 0 {
		out = append(out, text.Counted(n, "action", "actions")+" without an owner: open it in Actions to name one.")
	}
	if len(open) > 0 {
		out = append(out, "Without a vote: "+strings.Join(open, "; ")+".")
	}
	return out
}

// unowned counts the actions that nobody has taken on.
func unowned(lines []meeting.Line) int {
	n := 0
	for _, l := range lines {
		if l.Sort == meeting.Undertaken && !l.Struck && strings.HasPrefix(l.Text, "Action: "+meeting.Nobody+":") {
			n++
		}
	}
	return n
}

// attendance says in a few words who is there, as far as the roll tells.
func attendance(m *meeting.Meeting) string {
	if !m.RollCalled() {
		return "the roll is not called"
	}
	n := 0
	for _, a := range m.Attendance {
		if a.Here() {
			n++
		}
	}
	return fmt.Sprintf("%d of %d present", n, len(m.Attendance))
}

// close adjourns the meeting and writes its minutes down.
func (r *Room) close(m *meeting.Meeting) tea.Cmd {
	return act.Do(r.d, act.Offer{Act: named("meeting.close"), ID: uint64(m.ID), Then: func(done run.Done) tea.Cmd {
		r.d.Say(overlay.Done, done.Text+" p prints them.")
		return r.Refresh()
	}})
}

// finish writes the minutes of a closed meeting down when they are not yet: it
// makes up for a program that ended in between.
func (r *Room) finish() tea.Cmd {
	m, keep := r.meeting(), named("meeting.keep")
	if m == nil || r.owing || meeting.MinutesOf(r.d.View(), m.ID) != nil || act.May(r.d, keep, uint64(m.ID)) != nil {
		return nil
	}
	r.owing = true
	return act.Do(r.d, act.Offer{Act: keep, ID: uint64(m.ID),
		Then:  func(run.Done) tea.Cmd { r.owing = false; return r.Refresh() },
		Fails: func(err error) tea.Cmd { r.owing = false; r.d.Fail(err); return nil }})
}

// confirmApprove asks whether the minutes stand.
func (r *Room) confirmApprove(m *meeting.Meeting) tea.Cmd {
	return r.d.Confirm(overlay.Question{Title: "Approve", Ask: "Approve the minutes of “" + m.Name + "”?",
		Consequences: []string{"From then on they change only by amendment."}, Yes: "approve", No: "not yet"},
		func() tea.Cmd { return act.Do(r.d, act.Offer{Act: named("meeting.approve"), ID: uint64(m.ID)}) })
}

// askAmendment asks what is to be corrected in approved minutes.
func (r *Room) askAmendment(m *meeting.Meeting) tea.Cmd {
	return r.d.Ask("Amend the minutes", "What is corrected? The minutes themselves stay as they were approved.", "",
		"amend",
		func(line string) tea.Cmd {
			return act.Do(r.d, act.Offer{Act: named("meeting.amend"), ID: uint64(m.ID), AtOnce: true,
				Preset: func(args any) { args.(*meeting.Correction).Text = text.Line(line, field.MaxLine) }})
		})
}

// fourWeeks keeps a monthly meeting on its weekday.
const fourWeeks = 28

// planNext plans the next meeting of the series, filled in from this one.
func (r *Room) planNext(m *meeting.Meeting) tea.Cmd {
	next := &meeting.Meeting{Name: m.Name, Sort: m.Sort, Place: m.Place, Host: m.Host, Chair: m.Chair,
		Recorder: m.Recorder, State: meeting.MeetingPlanned}
	if m.Start.Set {
		h, min := m.Start.V.Clock()
		day := m.Start.V.Day() + fourWeeks
		for day < r.d.Today() {
			day += fourWeeks
		}
		next.Start = value.Some(day.At(h, min))
	}
	return r.plan(next, "/after/"+fmt.Sprint(uint64(m.ID)))
}

// plan opens the form for a meeting and then shows it with its agenda to fill.
func (r *Room) plan(m *meeting.Meeting, about string) tea.Cmd {
	return r.s.AddWith(meeting.KindMeetings, m, about, "name", func(id uint64) tea.Cmd {
		r.turnTo(meeting.MeetingID(id))
		cmd := r.Refresh()
		if planned := r.meeting(); planned != nil {
			return tea.Batch(cmd, r.propose(planned))
		}
		return cmd
	})
}

// Done marks an action as done today, or open again.
func Done(d *app.App) page.Action {
	return page.ActKey(d, "m", "done", named("action.done"), named("action.reopen"))
}
