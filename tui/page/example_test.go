package page_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// newMembers is a page in full: who is a member, and whom to write to.
func newMembers(d *app.App, tab page.Host) *page.Page {
	p := page.New(page.Options{App: d, Host: tab, ID: "members", Heading: "Members",
		Columns: []page.Column{{Title: "Partner"}, {Title: "Body", Width: 20, From: 80}},
		Empty:   "Nobody is a member yet. a on the Partners list adds one.",
		Load:    membersOf,
		Help:    "## Members\n  Those that vote.\n"})
	p.Actions = []page.Action{{Key: page.Key("b", "say its body"), Do: func(r *page.Row) tea.Cmd {
		d.Say(overlay.Info, r.About.(*partnership.Partner).GoverningBody)
		return nil
	}}}
	return p
}

func membersOf(v *store.View, _ value.Wall) (c page.Content) {
	for m := range field.All[partnership.Partner](v) {
		if m.Status == partnership.Member {
			c.Rows = append(c.Rows, page.Row{Cells: []string{m.Name, m.GoverningBody}, About: m,
				Route: app.Route{Kind: partnership.KindPartners, ID: uint64(m.ID)}})
		}
	}
	return c
}

func Example() {
	d, done := someApp()
	defer done()
	p := newMembers(d, nil)
	p.Set(p.Load(d.View(), d.Now()))
	for _, r := range p.Content.Rows {
		fmt.Println(r.Cells[0])
	}
	for _, k := range p.Keys()[:2] {
		fmt.Println(k.Help().Key, k.Help().Desc)
	}
	// Output:
	// Raytown
	// Enter open
	// b say its body
}

// someApp is a session over a file with one partner.
func someApp() (d *app.App, done func()) {
	dir, err := os.MkdirTemp("", "page")
	if err != nil {
		panic(err)
	}
	clock := func() time.Time { return time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC) }
	st, err := store.Open(filepath.Join(dir, "some.db"), store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, Now: clock})
	if err != nil {
		panic(err)
	}
	me := access.Alone("dana")
	_, err = st.Update(context.Background(), me, store.Op{Title: "set up"}, func(tx *store.Tx) error {
		_, err := tx.Put(partnership.KindPartners, &partnership.Partner{Name: "Raytown", Kind: partnership.City, Status: partnership.Member})
		return err
	})
	if err != nil {
		panic(err)
	}
	return app.New(app.Options{Store: st, Me: st.As(me), Clock: clock}), func() {
		_ = st.Close() // the folder goes next
		_ = os.RemoveAll(dir)
	}
}
