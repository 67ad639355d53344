package app

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/store"
	"interlocal/store/run"
)

// Meeting gives the meeting that this session records, or nil: everything
// changed meanwhile goes into its minutes.
func (d *App) Meeting() *meeting.Meeting {
	m := field.Get(d.view, d.meeting)
	if m == nil || m.State != meeting.MeetingOpen {
		return nil
	}
	return m
}

// Join makes the session record an open meeting, or none when id is 0.
func (d *App) Join(id meeting.MeetingID) tea.Cmd {
	d.record(id)
	st, me := d.Store, d.Me.Identity()
	return d.Background(func() func() tea.Cmd {
		if err := run.Record(st, me, uint64(id)); err != nil {
			return func() tea.Cmd { d.Fail(err); return nil }
		}
		return nil
	})
}

// record says in which meeting changes are made from now on.
func (d *App) record(id meeting.MeetingID) {
	d.meeting = id
	d.Context = d.outside
	if id != 0 {
		d.Context = store.InMeeting(d.outside, uint64(id))
	}
}

// Rejoin goes on recording the meeting that the user's last session recorded,
// if it is still open, and gives it.
func (d *App) Rejoin() *meeting.Meeting {
	id := run.Recording(d.Store, d.Me.Identity())
	if id == 0 {
		return nil
	}
	d.record(meeting.MeetingID(id))
	m := d.Meeting()
	if m == nil {
		d.record(0)
	}
	return m
}

// adjourned stops recording when somebody has closed the meeting.
func (d *App) adjourned() {
	if d.meeting != 0 && d.Meeting() == nil {
		d.record(0)
	}
}
