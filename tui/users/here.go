package users

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Here is the page of the users' tab that shows who is connected and who did
// what lately.
type Here struct {
	*page.Page
	all    func() []presence.Visitor
	recent []store.Entry
	seen   bool // drawn since it was last read
}

// NewHere makes the page of a tab; all lists those connected.
func NewHere(d *app.App, screen *records.Screen, all func() []presence.Visitor) *Here {
	always := func(do func(*app.App) tea.Cmd) func(*page.Row) tea.Cmd {
		return func(*page.Row) tea.Cmd { return do(d) }
	}
	return &Here{all: all, Page: page.New(page.Options{App: d, Host: screen, ID: "here", Heading: "Here now",
		Columns: []page.Column{{Title: "When", Width: len("Feb 15, 2027 12:00 pm")}, {Title: "Who"}},
		Actions: []page.Action{{Key: page.Relabel(d.Keys.Add, "add a user"), Always: true, Do: always(AddWithKey)},
			{Key: page.Bind("I", "invite somebody"), Always: true, Do: always(InviteNewcomer)}}})}
}

// Visit implements records.View.
func (h *Here) Visit(app.Route) tea.Cmd { return h.read() }

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
	me := h.App.Onlooking()
	return h.App.Background(func() func() tea.Cmd {
		entries, err := me.Recent(deedsHere, 0)
		return func() tea.Cmd {
			if err == nil { // a damaged journal is told of where history is asked for
				h.recent = entries
			}
			return nil
		}
	})
}

// content lists those who are connected now, and what was done lately.
func (h *Here) content() page.Content {
	const moment = "Jan 2, 2006 3:04 pm"
	var c page.Content
	d, known := h.App, accounts.HasUsers(h.App.View())
	add := func(cells ...string) { c.Rows = append(c.Rows, page.Row{Heading: len(cells) == 1, Cells: cells}) }
	if !known {
		c.Note = "This file has no users: it is that of whoever opens it. Press a to add the first, an administrator " +
			"with their key; " +
			"others can be invited then. interlocal serve lets them in."
	}
	add("Connected")
	for _, v := range h.all() {
		where := v.Place.Tab
		if v.Place.Editing {
			where += ", filling in a form"
		}
		add(d.At(v.Since).Format("3:04 pm")+"  "+v.From, fmt.Sprintf("%s · %s · %s", d.Named(v.Who), v.Who.Role, where))
	}
	add("Who did what")
	for _, e := range h.recent {
		add(d.At(e.At).Format(moment), e.Actor+": "+e.Op.Title)
	}
	if known {
		add("Last here")
	}
	for u := range field.All[accounts.User](d.View()) {
		when := "never"
		if at, ok := run.LastHere(d.Store, accounts.Key(u.ID)); ok {
			when = d.At(at).Format(moment)
		}
		add(when, u.Called(d.View())+" ("+u.Login+")")
	}
	return c
}

// Draw implements app.Screen: who is connected is as it is now.
func (h *Here) Draw(f *frame.Frame, r frame.Rect) {
	h.seen = true
	h.Show(h.content())
	h.Page.Draw(f, r)
}
