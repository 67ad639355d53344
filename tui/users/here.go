package users

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/records"
	"interlocal/tui/theme"
)

// Here is the page of the users' tab that shows who is connected and who did
// what lately.
type Here struct {
	d      *app.App
	screen *records.Screen
	all    func() []presence.Visitor
	recent []store.Entry
	top    int
	rows   int  // lines there is room for
	seen   bool // drawn since it was last read
	invite key.Binding
}

// NewHere makes the page of a tab; all lists those connected.
func NewHere(d *app.App, screen *records.Screen, all func() []presence.Visitor) *Here {
	return &Here{d: d, screen: screen, all: all, invite: key.NewBinding(key.WithKeys("I"), key.WithHelp("I", "invite somebody"))}
}

// Name implements records.View.
func (h *Here) Name() string { return "here" }

// Title implements records.View.
func (h *Here) Title() string { return "Here now" }

// Visit implements records.View.
func (h *Here) Visit(app.Route) tea.Cmd { return h.read() }

// Typing implements app.Screen.
func (h *Here) Typing() bool { return false }

// deedsHere is how many changes of all users the page lists.
const deedsHere = 100

// Refresh implements app.Screen: a page that nobody looks at waits until it is
// turned to.
func (h *Here) Refresh() tea.Cmd {
	if !h.seen {
		return nil
	}
	return h.read()
}

// read takes up the latest changes, beside the session.
func (h *Here) read() tea.Cmd {
	h.seen = false
	me := h.d.Onlooking()
	return h.d.Background(func() func() tea.Cmd {
		entries, err := me.Recent(deedsHere, 0)
		return func() tea.Cmd {
			if err == nil { // a damaged journal is told of where history is asked for
				h.recent = entries
			}
			return nil
		}
	})
}

// Keys implements app.Screen.
func (h *Here) Keys() []key.Binding {
	add := h.d.Keys.Add
	add.SetHelp("a", "add a user")
	return []key.Binding{add, h.invite, h.d.Keys.Down, h.d.Keys.Up}
}

// Update implements app.Screen.
func (h *Here) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	k := h.d.Keys
	switch {
	case key.Matches(press, k.Add):
		return AddWithKey(h.d)
	case key.Matches(press, k.Back):
		cmd, _ := h.screen.Leave()
		return cmd
	case key.Matches(press, h.invite):
		return InviteNewcomer(h.d)
	case key.Matches(press, k.Down):
		h.top++
	case key.Matches(press, k.Up):
		h.top--
	case key.Matches(press, k.PageDown):
		h.top += h.rows
	case key.Matches(press, k.PageUp):
		h.top -= h.rows
	case key.Matches(press, k.Home):
		h.top = 0
	case key.Matches(press, k.End):
		h.top = len(h.lines())
	}
	return nil
}

// hereLine is a line of the page.
type hereLine struct {
	left, text string
	ink        func(*theme.Theme) theme.Style
}

// leftWide is how wide the left column is.
const leftWide = 26

func heading(text string) hereLine {
	return hereLine{text: text, ink: func(t *theme.Theme) theme.Style { return t.Heading }}
}

func (h *Here) lines() []hereLine {
	plain := func(t *theme.Theme) theme.Style { return t.Text }
	dim := func(t *theme.Theme) theme.Style { return t.Dim }
	var out []hereLine
	if !anyUsers(h.d) {
		out = append(out, hereLine{text: "This file has no users: it is that of whoever opens it. Press a to add the first, an", ink: dim},
			hereLine{text: "administrator with their key; others can be invited then. interlocal serve lets them in.", ink: dim}, hereLine{ink: dim})
	}
	out = append(out, heading("Connected"))
	for _, v := range h.all() {
		where := v.Place.Tab
		if v.Place.Editing {
			where += ", filling in a form"
		}
		out = append(out, hereLine{h.d.At(v.Since).Format("3:04 pm") + "  " + v.From,
			fmt.Sprintf("%s · %s · %s", h.d.Named(v.Who), v.Who.Role, where), plain})
	}
	out = append(out, hereLine{ink: dim}, heading("Who did what"))
	for _, e := range h.recent {
		out = append(out, hereLine{h.d.At(e.At).Format("Jan 2, 2006 3:04 pm"), e.Actor + ": " + e.Op.Title, plain})
	}
	if anyUsers(h.d) {
		out = append(out, hereLine{ink: dim}, heading("Last here"))
	}
	for u := range field.All[accounts.User](h.d.View()) {
		when := "never"
		if seen, ok := run.LastSeen(h.d.Store, accounts.Key(u.ID)); ok {
			when = h.d.At(seen.At).Format("Jan 2, 2006 3:04 pm")
		}
		out = append(out, hereLine{when, u.Called(h.d.View()) + " (" + u.Login + ")", plain})
	}
	return out
}

// Draw implements app.Screen.
func (h *Here) Draw(f *frame.Frame, r frame.Rect) {
	t, lines := h.d.Theme, h.lines()
	h.seen = true
	h.rows = r.H
	h.top = max(min(h.top, len(lines)-r.H), 0)
	for i := 0; i < r.H && h.top+i < len(lines); i++ {
		l := lines[h.top+i]
		f.At(r.X+1, r.Y+i)
		if l.left != "" {
			f.Text(t.Dim, l.left, leftWide)
			f.Text(l.ink(t), l.text, r.W-leftWide-2)
			continue
		}
		f.Text(l.ink(t), l.text, r.W-2)
	}
}
