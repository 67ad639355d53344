// Package meeting is what a meeting needs of the program: an agenda built from
// what is due, a room in which it is held, one key each for a note, a decision,
// an action and a motion from wherever one is, and minutes at the end that
// nobody has to write.
//
// One person types and the others watch. While a session records a meeting,
// everything it changes in any tab is recorded as done in that meeting; the
// [Log] turns that into lines under the item being discussed. The [Room] is the
// tab's own page; the [Projector] is the same meeting for a screen on the wall.
package meeting

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/report"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/records"
)

// Room is the page on which a meeting is prepared, held and closed.
type Room struct {
	d     *app.App
	s     *records.Screen
	keys  roomKeys
	id    meeting.MeetingID
	at    meeting.AgendaItemID // item under the cursor
	log   *Log
	lines []meeting.Line
	up    int // lines scrolled back from the newest
	owing bool
}

// New makes the room; it shows the meeting at hand.
func New(d *app.App, s *records.Screen) *Room { return &Room{d: d, s: s, keys: newRoomKeys()} }

// Name is what places call the view.
func (r *Room) Name() string { return "meeting" }

// Title is what the tab calls it.
func (r *Room) Title() string { return "Meeting room" }

// Typing is always false: what is typed is typed into dialogs.
func (r *Room) Typing() bool { return false }

// Visit shows a meeting: the one asked for, or the one at hand.
func (r *Room) Visit(p app.Route) tea.Cmd {
	if p.Kind == meeting.KindMeetings && p.ID != 0 {
		r.turnTo(meeting.MeetingID(p.ID))
	}
	return r.Refresh()
}

// turnTo shows another meeting.
func (r *Room) turnTo(id meeting.MeetingID) {
	if id != r.id {
		r.id, r.at, r.log, r.lines, r.up = id, 0, nil, nil, 0
	}
}

// meeting gives the meeting that is shown, or nil.
func (r *Room) meeting() *meeting.Meeting { return field.Get(r.d.View(), r.id) }

// Refresh takes up what has changed.
func (r *Room) Refresh() tea.Cmd {
	if r.meeting() == nil {
		r.turnTo(0)
		if m := AtHand(r.d.View(), r.d.Now(), r.d.Meeting()); m != nil {
			r.turnTo(m.ID)
		}
	}
	r.settle()
	return r.load()
}

// settle keeps the cursor on an item that is there: the current one before all.
func (r *Room) settle() {
	items := r.items()
	there := slices.ContainsFunc(items, func(a *meeting.AgendaItem) bool { return a.ID == r.at })
	if there || len(items) == 0 {
		return
	}
	r.at = items[0].ID
	if now := meeting.CurrentItem(r.d.View(), r.id); now != nil {
		r.at = now.ID
	}
}

func (r *Room) items() []*meeting.AgendaItem { return meeting.AgendaOf(r.d.View(), r.id) }

// AtHand gives the meeting that somebody most likely wants to see: the one they
// record, an open one, the next one planned from today on, or the latest.
func AtHand(r field.Reader, now value.Wall, recording *meeting.Meeting) *meeting.Meeting {
	if recording != nil {
		return recording
	}
	rank := func(m *meeting.Meeting) int {
		switch {
		case m.State == meeting.MeetingOpen:
			return 0
		case m.State == meeting.MeetingPlanned && m.Start.Or(0) >= now.Day().At(0, 0):
			return 1
		}
		return 2
	}
	var best *meeting.Meeting
	for m := range field.All[meeting.Meeting](r) {
		if best == nil {
			best = m
			continue
		}
		order := cmp.Compare(rank(m), rank(best))
		if order == 0 && rank(m) == 2 {
			order = cmp.Compare(best.Start.Or(0), m.Start.Or(0))
		} else if order == 0 {
			order = cmp.Compare(m.Start.Or(0), best.Start.Or(0))
		}
		if order < 0 {
			best = m
		}
	}
	return best
}

// load reads the lines beside the session.
func (r *Room) load() tea.Cmd {
	m := r.meeting()
	if m == nil {
		return nil
	}
	if kept := meeting.MinutesOf(r.d.View(), m.ID); kept != nil && m.Over() {
		r.log, r.lines = nil, meeting.Kept(kept.Lines)
		return nil
	}
	log, view, me, id := r.log, r.d.View(), r.d.Me, r.id
	if log == nil {
		log = NewLog(id)
	}
	today := r.d.Today()
	return r.d.Background(func() func() tea.Cmd {
		fresh, err := log.Read(me)
		var lines []meeting.Line
		if err == nil {
			lines = fresh.Lines(field.NewEnv(view, today))
		}
		return func() tea.Cmd {
			switch {
			case err != nil:
				r.d.Fail(err)
			case r.id == id && (r.log == nil || fresh.last >= r.log.last):
				r.log, r.lines = fresh, lines
			}
			return r.finish()
		}
	})
}

// document makes the minutes as they stand.
func (r *Room) document(m *meeting.Meeting) *document.Document {
	if !m.Over() && m.State != meeting.MeetingOpen {
		return report.Agenda(r.d.View(), m, r.d.Now())
	}
	return report.Minutes(r.d.View(), m, meeting.Keep(r.lines))
}
