package meeting

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// callRoll opens the roll of a meeting: everybody on it is present until a key
// says otherwise, and nothing of that is recorded before it is done.
func callRoll(d *app.App, m *meeting.Meeting) tea.Cmd {
	list := meeting.RollToCall(d.View(), m)
	store := func() tea.Cmd { return setRoll(d, m.ID, meeting.RollCall{Attendance: list}) }
	var l *overlay.Rows
	mark := func(how meeting.Presence) func(int) (bool, tea.Cmd) {
		return func(i int) (bool, tea.Cmd) {
			if i < 0 {
				return false, nil
			}
			if list[i].Presence == how {
				list[i].Presence = meeting.Present
			} else {
				list[i].Presence = how
			}
			l.Move(1)
			return false, nil
		}
	}
	l = overlay.NewRows(d.Theme, overlay.RowsOptions{Title: "Roll call", Width: 60, Leave: "as before",
		Empty: "Nobody is expected; a adds somebody.", Len: func() int { return len(list) },
		Keys: []overlay.RowKey{{Key: page.Key("Space", "here or not", "space"), Do: mark(meeting.Absent)},
			{Key: page.Bind("x", "excused"), Do: mark(meeting.Excused)},
			{Key: page.Bind("a", "somebody else"),
				Do: func(int) (bool, tea.Cmd) { return true, tea.Batch(store(), askGuest(d, m.ID)) }},
			{Key: page.Key("Enter", "done", "enter"), Do: func(int) (bool, tea.Cmd) { return true, store() }}},
		Draw: func(f *frame.Frame, r frame.Rect, i int, current bool) {
			a, ink, partner := list[i], d.Theme.Text, ""
			if current {
				ink = d.Theme.Selected
			}
			if a.Partner != 0 {
				partner = d.Env().Label(partnership.KindPartners, uint64(a.Partner))
			}
			f.At(r.X, r.Y)
			f.Text(ink, " "+presenceGlyph(a.Presence)+" "+attendeeName(d.Env(), a), r.W-20)
			f.Text(ink, partner, 20)
		}})
	d.Dialogs.Push(l)
	return nil
}

// askGuest adds somebody to the roll: a person by a part of the name, or a
// guest.
func askGuest(d *app.App, id meeting.MeetingID) tea.Cmd {
	return d.Ask("Roll call",
		"Who else is here? A part of a name finds a person on record; anybody else is noted as a guest.", "", "add",
		func(line string) tea.Cmd {
			name := text.Line(line, field.MaxLine)
			if name == "" {
				return nil
			}
			return setRoll(d, id, meeting.RollCall{Also: []string{name}})
		})
}

// setRoll notes who came to a meeting.
func setRoll(d *app.App, id meeting.MeetingID, call meeting.RollCall) tea.Cmd {
	return act.Do(d, act.Offer{Act: named("meeting.roll"), ID: uint64(id), AtOnce: true,
		Preset: func(args any) { *args.(*meeting.RollCall) = call }})
}

// presenceGlyph tells presence by a shape.
func presenceGlyph(p meeting.Presence) string {
	switch p {
	case meeting.Absent:
		return "–"
	case meeting.Excused:
		return "×"
	}
	return "✓"
}

func attendeeName(env *field.Env, a meeting.Attendee) string {
	switch {
	case a.Person != 0:
		return env.Label(partnership.KindPeople, uint64(a.Person))
	case a.Guest != "":
		return a.Guest
	}
	return "somebody"
}
