package equipment

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// newPool makes the page of what several cities want alike.
func newPool(d *desk.Desk, tab *records.Screen) *sheet {
	s := &sheet{d: d, tab: tab, name: "pool", title: "Pool",
		cols: []column{{title: "What"}, {title: "Cities", w: 6, right: true}, {title: "Quantity", w: 14, right: true}, {title: "Alone", w: 14, right: true, from: 70},
			{title: "First needed", w: 13, from: 84}, {title: "In", w: 22, from: 130}},
		empty: "No city has listed a need that is still open. a on the Purchase needs list adds one; what several want alike is pooled here.",
		ghost: []string{"  Road salt, bulk          4     9,100 ton    $713,440.00   Oct 15, 2027", "  Pickup trucks, 1/2 ton   3          11            ?      Jan 10, 2028"},
		help: "## The pool\n  Needs with one commodity code, or one name, and one unit of quantity are one lot.\n" +
			"  Alone is what the cities would pay each by itself; ? where a price or a quantity is not recorded.\n",
	}
	s.deeds = []deed{{key: bind("P", "make solicitation"), does: func(r *row) tea.Cmd { return gather(d, r) },
		fits: func(r *row) bool { l, ok := r.of.(buying.Lot); return ok && l.In == nil }}}
	s.load = poolOf
	return s
}

func poolOf(v *store.View, now value.Wall) content {
	env := field.NewEnv(v, now.Day())
	var c content
	several := true
	for _, l := range buying.Pool(v) {
		if l.Cities == 1 && several {
			if len(c.rows) > 0 {
				c.rows = append(c.rows, row{head: true, cells: []string{"Wanted by one city only"}})
			}
			several = false
		}
		c.rows = append(c.rows, lotRow(env, l))
	}
	return c
}

func lotRow(env *field.Env, l buying.Lot) row {
	r := row{mark: "·", tone: quiet, of: l, place: desk.Place{Kind: "needs", ID: uint64(l.Needs[0].ID)}}
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
		in, r.mark = l.In.Title, "◆"
	} else if l.Cities > 1 {
		r.mark, r.tone = "+", good
	}
	r.cells = []string{l.Item, fmt.Sprint(l.Cities), quantity + " " + l.Unit, alone, first, in}
	r.says = func() []string { return aboutLot(env, l) }
	return r
}

func aboutLot(env *field.Env, l buying.Lot) []string {
	lines := []string{"# " + l.Item}
	if l.Commodity != "" {
		lines = append(lines, "Commodity code "+l.Commodity)
	}
	for _, n := range l.Needs {
		s := env.Label("partners", uint64(n.Partner)) + ": "
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

// gather makes a solicitation of a lot.
func gather(d *desk.Desk, r *row) tea.Cmd {
	l, ok := r.of.(buying.Lot)
	if !ok || l.In != nil {
		d.Say(overlay.Info, "Choose a lot that is not part of a solicitation yet.")
		return nil
	}
	a := buying.Acts().Named("need.gather")
	return act.Do(d, act.Offer{Act: a, ID: uint64(l.Needs[0].ID), Then: func(done run.Done) tea.Cmd {
		return tea.Batch(act.Tell(d, a, done), d.Open(desk.Place{Kind: done.Kind, ID: done.ID}))
	}})
}
