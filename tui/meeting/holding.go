package meeting

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
)

// begin calls a meeting to order, or resumes one that was closed, and records
// it from then on: the roll lists who is expected and is not called yet, the
// first item is on.
func (r *Room) begin(m *meeting.Meeting) tea.Cmd {
	id, now := m.ID, r.d.Now()
	expected := report.Roll(r.d.View(), m)
	joined := r.d.Join(id)
	return tea.Batch(joined, r.d.Do("call "+m.Name+" to order", func(tx *store.Tx) error {
		held := field.Get(tx, id)
		if held == nil {
			return failure.New(failure.NotFound, "the meeting is no longer there")
		}
		if held.State == meeting.MeetingOpen {
			return nil // somebody else was quicker: it is recorded by both
		}
		if _, err := store.Put(tx, held.CalledToOrder(expected, now)); err != nil {
			return err
		}
		if kept := meeting.MinutesOf(tx, id); kept != nil {
			// A meeting that is resumed gets its minutes anew when it closes.
			if err := tx.Delete("minutes", uint64(kept.ID)); err != nil {
				return err
			}
		}
		return turnTo(tx, id, firstWaiting(tx, id), now)
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			r.d.Fail(err)
			return r.d.Join(0)
		}
		r.d.Say(overlay.Done, "The meeting is open. What you change in any tab goes into its minutes; r calls the roll.")
		return r.d.Join(id)
	}))
}

// resume calls a closed meeting to order again. Its minutes are then written
// anew when it closes, from its history: where that has been purged, what they
// say would be lost.
func (r *Room) resume(m *meeting.Meeting) tea.Cmd {
	id, me, d := m.ID, r.d.Me, r.d
	schema, zone := d.View().Schema(), d.Settings().Location()
	return d.Beside(func() func() tea.Cmd {
		log, err := NewLog(id).Read(me, schema, zone)
		return func() tea.Cmd {
			switch m := field.Get(d.View(), id); {
			case err != nil:
				d.Fail(err)
			case m == nil:
			case meeting.MinutesOf(d.View(), id) != nil && !log.whole():
				d.Fail(failure.New(failure.Conflict, "the history of this meeting has been removed, so its minutes stay as they are; plan the next meeting with N"))
			default:
				return r.begin(m)
			}
			return nil
		}
	})
}

// firstWaiting gives the first item that waits, unless one is on already.
func firstWaiting(r field.Reader, id meeting.MeetingID) meeting.AgendaItemID {
	if now := meeting.CurrentItem(r, id); now != nil {
		return now.ID
	}
	for _, a := range meeting.AgendaOf(r, id) {
		if a.State == "" {
			return a.ID
		}
	}
	return 0
}

// turnTo makes an item the one being discussed; the one before is done.
func turnTo(tx *store.Tx, m meeting.MeetingID, id meeting.AgendaItemID, now value.Wall) error {
	before, next := meeting.CurrentItem(tx, m), field.Get(tx, id)
	if next == nil || before != nil && before.ID == id {
		return nil
	}
	if before != nil {
		done := *before
		done.State = meeting.ItemDone
		if _, err := store.Put(tx, &done); err != nil {
			return err
		}
	}
	fresh := *next
	fresh.State, fresh.Started = meeting.ItemNow, value.Some(now)
	_, err := store.Put(tx, &fresh)
	return err
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
	id, meeting, now := item.ID, r.id, r.d.Now()
	r.at, r.up = id, 0
	return r.d.Do("turn to "+item.Title, func(tx *store.Tx) error { return turnTo(tx, meeting, id, now) }, r.quietly)
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

// callRoll opens the roll.
func (r *Room) callRoll(m *meeting.Meeting) {
	list := m.Attendance
	if len(list) == 0 {
		list = report.Roll(r.d.View(), m)
	}
	callRoll(r.d, m, list, func() { r.askGuest(m.ID) })
}

// askGuest adds somebody to the roll: a person by a part of the name, or a
// guest.
func (r *Room) askGuest(id meeting.MeetingID) {
	r.d.Dialogs.Push(overlay.NewPrompt(r.d.Theme, "Roll call", "Who else is here? A part of a name finds a person on record; anybody else is noted as a guest.",
		"", "add", func(line string) tea.Cmd {
			name := text.Line(line, field.MaxLine)
			if name == "" {
				return nil
			}
			a := meeting.Attendee{Guest: name, Presence: meeting.Present}
			if person, ok := meeting.PersonNamed(r.d.Env(), name); ok {
				a = meeting.Attendee{Person: person, Partner: field.Get(r.d.View(), person).Partner, Presence: meeting.Present}
			}
			return setRoll(r.d, id, func(list []meeting.Attendee) []meeting.Attendee { return append(list, a) })
		}))
}

// confirmClose reads back what was recorded and asks whether that is all.
func (r *Room) confirmClose(m *meeting.Meeting) {
	q := overlay.Question{Title: "Close the meeting", Ask: "Close “" + m.Name + "” and keep these minutes?", Yes: "close it", No: "go on",
		Consequences: r.readBack(m)}
	r.d.Dialogs.Push(overlay.NewConfirm(r.d.Theme, q, func() tea.Cmd { return r.close(m) }))
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
	out := []string{fmt.Sprintf("%s. %s, %s, %s, %s, %s.", text.Capital(attendance(m)), some(count[meeting.Work], "change"), some(count[meeting.Said], "note"),
		some(count[meeting.Decided], "decision"), some(count[meeting.Moved], "motion"), some(count[meeting.Undertaken], "action"))}
	if struck > 0 {
		out = append(out, some(struck, "line")+" struck.")
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
		out = append(out, some(n, "action")+" without an owner: open it in Actions to name one.")
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

// some counts things in words.
func some(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// close adjourns the meeting and writes its minutes down.
func (r *Room) close(m *meeting.Meeting) tea.Cmd {
	id, now := m.ID, r.d.Now()
	return r.d.Do("adjourn "+m.Name, func(tx *store.Tx) error {
		held := field.Get(tx, id)
		if held == nil || held.State != meeting.MeetingOpen {
			return failure.New(failure.Conflict, "the meeting is not open any more")
		}
		if item := meeting.CurrentItem(tx, id); item != nil {
			done := *item
			done.State = meeting.ItemDone
			if _, err := store.Put(tx, &done); err != nil {
				return err
			}
		}
		fresh := *held
		fresh.State, fresh.Closed = meeting.MeetingClosed, value.Some(now)
		_, err := store.Put(tx, &fresh)
		return err
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			r.d.Fail(err)
			return nil
		}
		r.d.Say(overlay.Done, "The meeting is closed and its minutes are kept. p prints them.")
		return tea.Batch(r.d.Join(0), r.Refresh())
	})
}

// finish writes the minutes of a closed meeting down when they are not yet. It
// follows closing, and makes up for a program that ended in between.
func (r *Room) finish() tea.Cmd {
	m := r.meeting()
	if m == nil || m.State != meeting.MeetingClosed || r.owing || meeting.MinutesOf(r.d.View(), m.ID) != nil {
		return nil
	}
	k := r.d.Kind("minutes")
	parties := k.Parties(r.d.View(), &meeting.Minutes{Meeting: m.ID})
	if r.d.Me.Identity().MayChange(k, true, false, nil, parties) != nil {
		return nil
	}
	r.owing = true
	id, log, d := m.ID, r.log, r.d
	me, schema, zone, today := d.Me, d.View().Schema(), d.Settings().Location(), d.Today()
	ctx := d.Context // the session changes it when it stops recording
	return d.Change(func() func() tea.Cmd {
		err := keep(ctx, d.Store, me, log, func(l *Log) (*Log, error) { return l.Read(me, schema, zone) }, id, today)
		return func() tea.Cmd {
			r.owing = false
			if err != nil {
				d.Fail(err)
			}
			return r.Refresh()
		}
	})
}

// keep stores a meeting's lines as its minutes.
func keep(ctx context.Context, st *store.Store, me *store.Session, log *Log, read func(*Log) (*Log, error), id meeting.MeetingID, today value.Day) error {
	if log == nil {
		log = NewLog(id)
	}
	log, err := read(log)
	if err != nil {
		return err
	}
	lines := meeting.Keep(log.Lines(field.NewEnv(me.View(), today)))
	_, err = st.Update(ctx, me.Identity(), store.Op{Title: "keep the minutes", Final: true}, func(tx *store.Tx) error {
		if meeting.MinutesOf(tx, id) != nil {
			return nil // another session was quicker
		}
		_, err := store.Put(tx, &meeting.Minutes{Meeting: id, Lines: lines})
		return err
	})
	return err
}

// confirmApprove asks whether the minutes stand.
func (r *Room) confirmApprove(m *meeting.Meeting) {
	id, today := m.ID, r.d.Today()
	r.d.Dialogs.Push(overlay.NewConfirm(r.d.Theme, overlay.Question{Title: "Approve", Ask: "Approve the minutes of “" + m.Name + "”?",
		Consequences: []string{"From then on they change only by amendment."}, Yes: "approve", No: "not yet"}, func() tea.Cmd {
		return r.d.DoFinal("approve the minutes of "+m.Name, func(tx *store.Tx) error {
			return changeMinutes(tx, id, meeting.MeetingApproved, func(kept *meeting.Minutes) { kept.Approved = value.Some(today) })
		}, func(_ store.Result, err error) tea.Cmd {
			if err != nil {
				r.d.Fail(err)
				return nil
			}
			r.d.Say(overlay.Done, "The minutes are approved.")
			return nil
		})
	}))
}

// askAmendment asks what is to be corrected in approved minutes.
func (r *Room) askAmendment(m *meeting.Meeting) {
	id, today := m.ID, r.d.Today()
	r.d.Dialogs.Push(overlay.NewPrompt(r.d.Theme, "Amend the minutes", "What is corrected? The minutes themselves stay as they were approved.", "", "amend",
		func(line string) tea.Cmd {
			words := text.Line(line, field.MaxLine)
			return r.d.DoFinal("amend the minutes of "+m.Name, func(tx *store.Tx) error {
				return changeMinutes(tx, id, meeting.MeetingAmended, func(kept *meeting.Minutes) {
					kept.Amendments = append(kept.Amendments[:len(kept.Amendments):len(kept.Amendments)], meeting.Amendment{On: value.Some(today), Text: words})
				})
			}, func(_ store.Result, err error) tea.Cmd {
				if err != nil {
					r.d.Fail(err)
					return nil
				}
				r.d.Say(overlay.Done, "The minutes are amended.")
				return nil
			})
		}))
}

// changeMinutes changes the record of a meeting's minutes and its state.
func changeMinutes(tx *store.Tx, id meeting.MeetingID, state meeting.MeetingState, change func(*meeting.Minutes)) error {
	m, kept := field.Get(tx, id), meeting.MinutesOf(tx, id)
	switch {
	case m == nil || kept == nil:
		return failure.New(failure.NotFound, "the minutes of this meeting are not there; close the meeting first")
	case state == meeting.MeetingApproved && kept.Approved.Set:
		return failure.New(failure.Conflict, "the minutes were approved on "+kept.Approved.V.Long()+" already; amend them to correct something")
	case state == meeting.MeetingApproved && m.State != meeting.MeetingClosed:
		return failure.New(failure.Conflict, "the meeting goes on; close it before its minutes are approved")
	}
	fresh := *kept
	change(&fresh)
	if _, err := store.Put(tx, &fresh); err != nil {
		return err
	}
	moved := *m
	moved.State = state
	_, err := store.Put(tx, &moved)
	return err
}

// fourWeeks keeps a monthly meeting on its weekday.
const fourWeeks = 28

// planNext plans the next meeting of the series, filled in from this one.
func (r *Room) planNext(m *meeting.Meeting) tea.Cmd {
	next := &meeting.Meeting{Name: m.Name, Sort: m.Sort, Place: m.Place, Host: m.Host, Chair: m.Chair, Recorder: m.Recorder, State: meeting.MeetingPlanned}
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
	return r.s.AddWith("meetings", m, about, "name", func(id uint64) tea.Cmd {
		r.turnTo(meeting.MeetingID(id))
		cmd := r.Refresh()
		if planned := r.meeting(); planned != nil {
			r.propose(planned)
		}
		return cmd
	})
}

// Done marks an action as done today, or open again.
func Done(d *desk.Desk, id meeting.ActionID) tea.Cmd {
	today := d.Today()
	var says string
	return d.Do("action", func(tx *store.Tx) error {
		now := field.Get(tx, id)
		if now == nil {
			return failure.New(failure.NotFound, "the action is no longer there")
		}
		fresh := *now
		fresh.State, fresh.DoneOn, says = meeting.ActionDone, value.Some(today), "Done: "+now.What+"."
		if now.State == meeting.ActionDone {
			fresh.State, fresh.DoneOn, says = meeting.ActionOpen, value.Opt[value.Day]{}, "Open again: "+now.What+"."
		}
		_, err := store.Put(tx, &fresh)
		return err
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			d.Fail(err)
			return nil
		}
		d.SayUndo(says)
		return nil
	})
}
