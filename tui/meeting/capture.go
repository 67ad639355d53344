package meeting

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// Sort is what can be captured: a note, a decision, an action or a motion, in
// the order of [Keys].
type Sort uint8

// sort says how a thing is captured: the second word of the act that writes it
// down, its keys, and what the line shows while nothing stands in it.
type sort struct{ word, verb, key, typing, hint, example string }

func (s Sort) is() sort {
	return [...]sort{
		{"note", "note", ";", "f5", "what was said", ""},
		{"decision", "decide", "!", "f6", "what was decided", ""},
		{"action", "act", "@", "f7", "who: what, by when", "For example: dana: ask three vendors for prices by dec 18"},
		{"motion", "move", "&", "f9", "mover/seconder: what is moved", "For example: reyes/whitlock: renew the " +
			"contract for a year"},
	}[s]
}

// sorts is how many things can be captured; of them the last two are read.
const (
	action Sort = iota + 2
	motion
	sorts
)

// Keys are the keys that capture, in the order of the sorts. They work on every
// screen while a meeting is being recorded.
func Keys() []key.Binding {
	var out []key.Binding
	for s := range sorts {
		out = append(out, page.Bind(s.is().key, s.is().word))
	}
	return out
}

// TypingKeys are those that capture while something is being typed, where the
// others would be part of it.
func TypingKeys() []key.Binding {
	var out []key.Binding
	for s := range sorts {
		out = append(out, page.Key(strings.ToUpper(s.is().typing), s.is().word, s.is().typing))
	}
	return out
}

// capture is the line in which something said in a meeting is written down. It
// lies over whatever screen one is at, and one is back there after Enter.
type capture struct {
	d       *app.App
	sort    Sort
	what    sort
	meeting meeting.MeetingID
	item    meeting.AgendaItemID
	entry   overlay.Entry
	save    key.Binding
	leave   key.Binding
}

// Capture opens the line for a note, decision, action or motion of the meeting
// being recorded.
func Capture(d *app.App, what Sort) {
	m := d.Meeting()
	if m == nil {
		return
	}
	c := &capture{d: d, sort: what, what: what.is(), meeting: m.ID, entry: overlay.NewEntry(),
		save: page.Key("Enter", "write down", "enter"), leave: page.Key("Esc", "leave (kept as a draft)", "esc")}
	if item := meeting.CurrentItem(d.View(), m.ID); item != nil {
		c.item = item.ID
	}
	if draft, _, ok := d.Store.Draft(d.Me.Identity(), c.draftKey()); ok {
		c.entry.SetValue(string(draft))
	}
	d.Dialogs.Push(c)
}

// Capturing reports whether a line is open.
func Capturing(d *app.App) bool {
	_, open := d.Dialogs.Top().(*capture)
	return open
}

func (c *capture) draftKey() string { return "capture/" + c.what.word }

// Title names what is being captured.
func (c *capture) Title() string { return text.Capital(c.what.word) }

// Help lists the keys.
func (c *capture) Help() []key.Binding { return []key.Binding{c.save, c.leave} }

// captureWidth is how wide the line is where there is room.
const captureWidth = 84

// Size asks for a line and what is made of it.
func (c *capture) Size(room frame.Rect) (w, h int) { return min(room.W, captureWidth), 3 }

// Update takes the line; what is typed is kept as a draft until it is written
// down.
func (c *capture) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, c.leave):
			return true, nil
		case key.Matches(press, c.save):
			line := text.Line(c.entry.Value(), field.MaxLine)
			if line == "" {
				return true, nil
			}
			return true, c.write(line)
		}
	}
	changed, cmd := c.entry.Update(msg)
	if changed {
		c.d.Store.SaveDraft(c.d.Me.Identity(), c.draftKey(), []byte(c.entry.Value()))
	}
	return false, cmd
}

// Draw shows the line, and below it how it is read.
func (c *capture) Draw(f *frame.Frame, r frame.Rect) {
	t := c.d.Theme
	line, rest := r.SplitTop(1)
	_, rest = rest.SplitTop(1)
	c.entry.Draw(f, line, t, c.what.hint)
	f.At(rest.X, rest.Y)
	f.Text(t.Dim, c.reading(), rest.W)
}

// reading says how the line will be understood.
func (c *capture) reading() string {
	line := c.entry.Value()
	switch {
	case line == "":
		return c.what.example
	case c.sort == action:
		a := meeting.ReadAction(c.d.Env(), line)
		return "→ " + meeting.ActionText(c.d.Env(), &a)
	case c.sort == motion:
		m := meeting.ReadMotion(c.d.Env(), line)
		return "→ " + meeting.MovedText(c.d.Env(), &m)
	}
	return ""
}

// write stores what was captured. The draft goes at once, for the next line may
// be opened before this one is stored; a line that is refused becomes the draft
// again, and is shown when the next one has taken its place.
func (c *capture) write(line string) tea.Cmd {
	d := c.d
	d.Store.DropDraft(d.Me.Identity(), c.draftKey())
	return act.Do(d, act.Offer{Act: named("meeting." + c.what.verb), ID: uint64(c.meeting), AtOnce: true,
		Preset: func(args any) { *args.(*meeting.Spoken) = meeting.Spoken{Text: line, Item: c.item} },
		Fails:  func(err error) tea.Cmd { return c.refused(line, err) },
		Then: func(done run.Done) tea.Cmd {
			d.SayUndo(c.Title() + " written down.")
			if c.sort == motion {
				Vote(d, meeting.MotionID(done.ID))
			}
			return nil
		}})
}

// refused makes a line the draft again, unless the next one has taken its place.
func (c *capture) refused(line string, err error) tea.Cmd {
	d := c.d
	if _, _, next := d.Store.Draft(d.Me.Identity(), c.draftKey()); next {
		d.Dialogs.Push(overlay.NewMessage(d.Theme, "Not written down", app.Sentence(err)+" The line was: "+line))
		return nil
	}
	d.Store.SaveDraft(d.Me.Identity(), c.draftKey(), []byte(line))
	d.Fail(err)
	return nil
}
