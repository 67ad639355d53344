// Package meeting is what a meeting needs of the program: an agenda built from
// what is due, a room in which it is held, one key each for a note, a decision,
// an action and a motion from wherever one is, and minutes at the end that
// nobody has to write.
//
// One person types and the others watch. While a session records a meeting,
// everything it changes in any tab is recorded as done in that meeting; that
// becomes lines under the item being discussed. The [Room] is the tab's own page.
package meeting

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/report"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Room is the page on which a meeting is prepared, held and closed.
type Room struct {
	d     *app.App
	s     *records.Screen
	id    meeting.MeetingID
	at    meeting.AgendaItemID // item under the cursor
	log   *run.Log
	lines []meeting.Line
	up    int // lines scrolled back from the newest
	owing bool

	keys  page.Keymap      // of the meeting as it was
	keyed *meeting.Meeting // when they were made
}

// New makes the room; it shows the meeting at hand.
func New(d *app.App, s *records.Screen) *Room { return &Room{d: d, s: s} }

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
		if m := meeting.AtHand(r.d.View(), r.d.Now(), r.d.Meeting()); m != nil {
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
		log = &run.Log{Meeting: uint64(id)}
	}
	today := r.d.Today()
	return r.d.Background(func() func() tea.Cmd {
		fresh, err := log.Read(me)
		var lines []meeting.Line
		if err == nil {
			lines = meeting.Lines(field.NewEnv(view, today), id, fresh.Entries)
		}
		return func() tea.Cmd {
			switch {
			case err != nil:
				r.d.Fail(err)
			case r.id == id && (r.log == nil || fresh.Last >= r.log.Last):
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
