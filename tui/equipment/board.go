package equipment

import (
	"fmt"
	"strings"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// newBoard makes the board of solicitations, by how far each has come.
func newBoard(d *app.App, tab *records.Screen) *page.Page {
	deeds := []page.Action{page.ActKey(d, "O", "open bids", buying.Acts().Named("solicitation.open")),
		printDeed(d, "purchase", aboutRow)}
	s := page.New(page.Options{App: d, Host: tab, ID: "solicitation-board", Heading: "Board", Actions: deeds,
		Columns: []page.Column{{Title: "Solicitation"}, {Title: "Lead", Width: 14},
			{Title: "Agencies", Width: 8, Right: true}, {Title: "Quantity", Width: 16, Right: true, From: 76},
			{Title: "Bids due", Width: 22, From: 100}},
		Empty: "No solicitation is under way. P on the Pool page makes one of a pool of needs, or a on the " +
			"Solicitations list adds one.",
		Example: []string{"Gathering (1)", "· Road salt 2027-28          Lee's Summit      4      9,100 ton",
			"Opened (1)",
			"◆ Crack sealant, term bid    Raytown           3     14,000 lb"},
		Help: "## The board\n  Bids are recorded once they have been opened, in the city's own portal or here. Of a " +
			"solicitation\n  that is sealed here nobody enters or reads one before it is due.\n",
	})
	s.Load = boardOf
	return s
}

// boardOf lists the solicitations by state, in the order in which they pass
// through them.
func boardOf(v *store.View, now value.Wall) page.Content {
	env := field.NewEnv(v, now.Day())
	lists := map[buying.SolicitationState][]*buying.Solicitation{}
	for s := range field.All[buying.Solicitation](v) {
		lists[s.State] = append(lists[s.State], s)
	}
	column := v.Schema().Kind(buying.KindSolicitations).Column("state")
	var c page.Content
	for _, choice := range column.Choices {
		list := lists[buying.SolicitationState(choice.Value)]
		if len(list) == 0 {
			continue
		}
		c.Rows = append(c.Rows, page.Row{Heading: true,
			Cells: []string{fmt.Sprintf("%s (%d)", choice.Title, len(list))}})
		for _, s := range list {
			c.Rows = append(c.Rows, boardRow(v, env, s, now))
		}
	}
	return c
}

func boardRow(v *store.View, env *field.Env, s *buying.Solicitation, now value.Wall) page.Row {
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
	r := page.Row{Mark: "·", Tone: page.Quiet, Route: app.Route{Kind: "solicitations", ID: uint64(s.ID)}, About: s.ID,
		Cells: []string{s.Title, env.Label(partnership.KindPartners, uint64(s.Lead)), fmt.Sprint(len(s.Participants)),
			total, due}}
	switch {
	case s.State == buying.Opened:
		r.Mark, r.Tone = "◆", page.Good
	case s.Live() && s.Due.Set && s.Due.V <= now && !s.Open():
		r.Mark, r.Tone = "!", page.Alarm
	}
	r.Side = func() []string { return aboutSolicitation(v, env, s, now) }
	return r
}

// aboutSolicitation says who takes part, with how much, and what was bid.
func aboutSolicitation(r field.Reader, env *field.Env, s *buying.Solicitation, now value.Wall) []string {
	lines := []string{"# " + s.Title}
	if s.Due.Set && !s.Open() {
		word := "Bids are due " + loans.MomentText(s.Due.V, now.Day()) + "."
		if s.Sealed {
			word = "Bids are sealed until " + loans.MomentText(s.Due.V, now.Day()) + "."
		}
		if s.Due.V <= now {
			word = "The bids were due " + loans.MomentText(s.Due.V, now.Day()) + "; O opens them."
		}
		lines = append(lines, word)
	}
	for _, p := range s.Participants {
		line := "  " + env.Label(partnership.KindPartners, uint64(p.Partner)) + ": quantity not recorded"
		if p.Quantity.Set {
			line = fmt.Sprintf("  %s: %s %s", env.Label(partnership.KindPartners, uint64(p.Partner)),
				grouped(p.Quantity.V), s.Unit)
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
