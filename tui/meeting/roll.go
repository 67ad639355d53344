package meeting

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
)

// roll is the roll call: everybody on it is present until a key says otherwise,
// and nothing of that is recorded before it is done.
type roll struct {
	d    *app.App
	id   meeting.MeetingID
	list []meeting.Attendee
	at   int

	here, excused, add, save, leave, up, down key.Binding
	another                                   func() // asks for somebody else
}

// callRoll opens the roll of a meeting. Another is called to add somebody who
// is not on it.
func callRoll(d *app.App, m *meeting.Meeting, another func()) {
	b := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	d.Dialogs.Push(&roll{d: d, id: m.ID, list: meeting.RollToCall(d.View(), m), another: another,
		here: b("Space", "here or not", "space"), excused: b("x", "excused", "x"), add: b("a", "somebody else", "a"),
		save: b("Enter", "done", "enter"), leave: b("Esc", "as before", "esc"), up: b("↑", "up", "up", "k"), down: b("↓", "down", "down", "j")})
}

// Title names the dialog.
func (l *roll) Title() string { return "Roll call" }

// Help lists the keys.
func (l *roll) Help() []key.Binding {
	return []key.Binding{l.here, l.excused, l.add, l.save, l.leave, l.up, l.down}
}

// rollWidth is how wide the roll is where there is room.
const rollWidth = 60

// Size asks for a line a person.
func (l *roll) Size(room frame.Rect) (w, h int) {
	return min(room.W, rollWidth), min(room.H, max(len(l.list), 1))
}

// Update changes the line under the cursor.
func (l *roll) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch {
	case key.Matches(press, l.here):
		l.mark(meeting.Absent)
	case key.Matches(press, l.excused):
		l.mark(meeting.Excused)
	case key.Matches(press, l.up):
		l.at = max(l.at-1, 0)
	case key.Matches(press, l.down):
		l.at = min(l.at+1, max(len(l.list)-1, 0))
	case key.Matches(press, l.add):
		cmd = l.store()
		l.another()
		return true, cmd
	case key.Matches(press, l.save):
		return true, l.store()
	case key.Matches(press, l.leave):
		return true, nil
	}
	return false, nil
}

// mark says how somebody is not here, or that they are after all.
func (l *roll) mark(how meeting.Presence) {
	if l.at >= len(l.list) {
		return
	}
	a := &l.list[l.at]
	if a.Presence == how {
		how = meeting.Present
	}
	a.Presence = how
	l.at = min(l.at+1, len(l.list)-1)
}

func (l *roll) store() tea.Cmd { return setRoll(l.d, l.id, meeting.RollCall{Attendance: l.list}) }

// setRoll notes who came to a meeting.
func setRoll(d *app.App, id meeting.MeetingID, call meeting.RollCall) tea.Cmd {
	return act.Do(d, act.Offer{Act: named("meeting.roll"), ID: uint64(id), AtOnce: true,
		Preset: func(args any) { *args.(*meeting.RollCall) = call }})
}

// Draw shows who is expected and who came.
func (l *roll) Draw(f *frame.Frame, r frame.Rect) {
	t := l.d.Theme
	if len(l.list) == 0 {
		f.At(r.X, r.Y)
		f.Text(t.Dim, "Nobody is expected; a adds somebody.", r.W)
		return
	}
	top := max(0, l.at-r.H+1)
	for i := top; i < len(l.list) && i-top < r.H; i++ {
		a := l.list[i]
		ink := t.Text
		if i == l.at {
			ink = t.Selected
			f.Cursor(r.X, r.Y+i-top)
		}
		f.At(r.X, r.Y+i-top)
		f.Text(ink, " "+presenceGlyph(a.Presence)+" "+attendeeName(l.d.Env(), a), r.W-20)
		partner := ""
		if a.Partner != 0 {
			partner = l.d.Env().Label(partnership.KindPartners, uint64(a.Partner))
		}
		f.Text(ink, partner, 20)
	}
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
