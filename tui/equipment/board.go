package equipment

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/act"
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// newBoard makes the board of solicitations, by how far each has come.
func newBoard(d *desk.Desk, tab *records.Screen) *sheet {
	open := buying.Acts().Named("solicitation.open")
	deeds := []deed{{key: bind("O", "open bids"),
		does: func(r *row) tea.Cmd {
			id, _ := r.of.(buying.SolicitationID)
			return act.Do(d, act.Offer{Act: open, ID: uint64(id)})
		},
		fits: func(r *row) bool {
			id, is := r.of.(buying.SolicitationID)
			return is && act.May(d, open, uint64(id)) == nil
		}},
		printDeed(d, "purchase", aboutRow)}
	s := &sheet{d: d, tab: tab, name: "solicitation-board", title: "Board", deeds: deeds,
		cols: []column{{title: "Solicitation"}, {title: "Lead", w: 14}, {title: "Agencies", w: 8, right: true}, {title: "Quantity", w: 16, right: true, from: 76},
			{title: "Bids due", w: 22, from: 100}},
		empty: "No solicitation is under way. P on the Pool page makes one of a pool of needs, or a on the Solicitations list adds one.",
		ghost: []string{"Gathering (1)", "· Road salt 2027-28          Lee's Summit      4      9,100 ton", "Opened (1)",
			"◆ Crack sealant, term bid    Raytown           3     14,000 lb"},
		help: "## The board\n  Bids are sealed until the opening: nobody enters or reads one before the state is Opened.\n",
	}
	s.load = boardOf
	return s
}

// boardOf lists the solicitations by state, in the order in which they pass
// through them.
func boardOf(v *store.View, now value.Wall) content {
	env := field.NewEnv(v, now.Day())
	lists := map[buying.SolicitationState][]*buying.Solicitation{}
	for s := range field.All[buying.Solicitation](v) {
		lists[s.State] = append(lists[s.State], s)
	}
	column := v.Schema().Kind("solicitations").Column("state")
	var c content
	for _, choice := range column.Choices {
		list := lists[buying.SolicitationState(choice.Value)]
		if len(list) == 0 {
			continue
		}
		c.rows = append(c.rows, row{head: true, cells: []string{fmt.Sprintf("%s (%d)", choice.Title, len(list))}})
		for _, s := range list {
			c.rows = append(c.rows, boardRow(v, env, s, now))
		}
	}
	return c
}

func boardRow(v *store.View, env *field.Env, s *buying.Solicitation, now value.Wall) row {
	quantity, unknown := int64(0), 0
	for _, p := range s.Participants {
		quantity += p.Quantity.Or(0)
		if !p.Quantity.Set {
			unknown++
		}
	}
	total := grouped(quantity) + " " + s.Unit
	if unknown > 0 {
		total = "≥ " + total
	}
	due := "not recorded"
	if s.Due.Set {
		due = loans.MomentText(s.Due.V, now.Day())
	}
	r := row{mark: "·", tone: quiet, place: desk.Place{Kind: "solicitations", ID: uint64(s.ID)}, of: s.ID,
		cells: []string{s.Title, env.Label("partners", uint64(s.Lead)), fmt.Sprint(len(s.Participants)), total, due}}
	switch {
	case s.State == buying.Opened:
		r.mark, r.tone = "◆", good
	case s.Live() && s.Due.Set && s.Due.V <= now && !s.Open():
		r.mark, r.tone = "!", alarm
	}
	r.says = func() []string { return aboutSolicitation(v, env, s, now) }
	return r
}

// aboutSolicitation says who takes part, with how much, and what was bid.
func aboutSolicitation(r field.Reader, env *field.Env, s *buying.Solicitation, now value.Wall) []string {
	lines := []string{"# " + s.Title}
	if s.Due.Set && !s.Open() {
		word := "Bids are sealed until " + loans.MomentText(s.Due.V, now.Day()) + "."
		if s.Due.V <= now {
			word = "The bids were due " + loans.MomentText(s.Due.V, now.Day()) + "; O opens them."
		}
		lines = append(lines, word)
	}
	for _, p := range s.Participants {
		line := "  " + env.Label("partners", uint64(p.Partner)) + ": quantity not recorded"
		if p.Quantity.Set {
			line = fmt.Sprintf("  %s: %s %s", env.Label("partners", uint64(p.Partner)), grouped(p.Quantity.V), s.Unit)
			if p.Committed {
				line += ", committed"
			} else {
				line += ", estimated"
			}
		}
		lines = append(lines, line)
	}
	for i, b := range buying.Rank(r, s) {
		line := fmt.Sprintf("Bid %d: %s", i+1, b.Bid.Vendor)
		if b.Total.Set {
			line += ", " + b.Total.V.String() + " for all"
		}
		lines = append(lines, line)
	}
	return lines
}

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if neg {
		s = "-" + s
	}
	return s
}
