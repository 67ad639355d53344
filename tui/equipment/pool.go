package equipment

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// newPool makes the page of what several cities want alike.
func newPool(d *app.App, tab *records.Screen) *page.Page {
	s := page.New(page.Options{App: d, Host: tab, ID: "pool", Heading: "Pool",
		Columns: []page.Column{{Title: "What"}, {Title: "Cities", Width: 6, Right: true},
			{Title: "Quantity", Width: 14, Right: true}, {Title: "Alone", Width: 14, Right: true, From: 70},
			{Title: "First needed", Width: 13, From: 84}, {Title: "In", Width: 22, From: 130}},
		Empty: "No city has listed a need that is still open. a on the Purchase needs list adds one; what several " +
			"want alike is pooled here.",
		Example: []string{"  Road salt, bulk          4     9,100 ton    $713,440.00   Oct 15, 2027",
			"  Pickup trucks, 1/2 ton   3          11            ?      Jan 10, 2028"},
		Help: "## The pool\n  Needs with one commodity code, or one name, and one unit of quantity are one lot.\n" +
			"  Alone is what the cities would pay each by itself; ? where a price or a quantity is not recorded.\n",
	})
	s.Actions = []page.Action{page.NewBinder(d).Bound(page.Binding{Key: "P", Does: "make solicitation",
		Acts: []*field.Act{buying.Acts().Named("need.gather")},
		Do: func(a *field.Act, id uint64) tea.Cmd {
			return act.Do(d, act.Offer{Act: a, ID: id, Then: act.Opens(d, a)})
		}})}
	s.Load = poolOf
	return s
}

func poolOf(v *store.View, now value.Wall) page.Content {
	env := field.NewEnv(v, now.Day())
	var c page.Content
	several := true
	for _, l := range buying.Pool(v) {
		if l.Cities == 1 && several {
			if len(c.Rows) > 0 {
				c.Rows = append(c.Rows, page.Row{Heading: true, Cells: []string{"Wanted by one city only"}})
			}
			several = false
		}
		c.Rows = append(c.Rows, lotRow(env, l))
	}
	return c
}

func lotRow(env *field.Env, l buying.Lot) page.Row {
	r := page.Row{Mark: "·", Tone: page.Quiet, About: l, Route: app.Route{Kind: "needs", ID: uint64(l.Needs[0].ID)}}
	quantity := grouped(l.Quantity)
	if l.Unknown > 0 {
		quantity = "≥ " + quantity
	}
	alone := "?"
	if l.Known {
		alone = l.Baseline.String()
	}
	first := "not recorded"
	if l.First.Set {
		first = l.First.V.Long()
	}
	in := ""
	if l.In != nil {
		in, r.Mark = l.In.Title, "◆"
	} else if l.Cities > 1 {
		r.Mark, r.Tone = "+", page.Good
	}
	r.Cells = []string{l.Item, fmt.Sprint(l.Cities), quantity + " " + l.Unit, alone, first, in}
	r.Side = func() []string { return aboutLot(env, l) }
	return r
}

func aboutLot(env *field.Env, l buying.Lot) []string {
	lines := []string{"# " + l.Item}
	if l.Commodity != "" {
		lines = append(lines, "Commodity code "+l.Commodity)
	}
	for _, n := range l.Needs {
		s := env.Label(partnership.KindPartners, uint64(n.Partner)) + ": "
		if n.Quantity.Set {
			s += grouped(n.Quantity.V) + " " + n.Unit
		} else {
			s += "quantity not recorded"
		}
		if n.Baseline.Set {
			s += " at " + n.Baseline.V.String() + " alone"
			if n.BaselineSource != "" {
				s += " (" + n.BaselineSource + ")"
			}
		} else {
			s += ", price alone not recorded"
		}
		lines = append(lines, s)
	}
	switch {
	case l.In != nil:
		lines = append(lines, "Part of “"+l.In.Title+"” already.")
	case l.Cities > 1:
		lines = append(lines, "P makes a solicitation of it, with each city's quantity as an estimate.")
	}
	return lines
}
