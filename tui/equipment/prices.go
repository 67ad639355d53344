package equipment

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// newPrices makes the page of what each bid means for each city, with the others
// and without them.
func newPrices(d *app.App, tab *records.Screen) *page.Page {
	s := page.New(page.Options{App: d, Host: tab, ID: "prices", Heading: "Prices",
		Columns: []page.Column{{Title: "City"}, {Title: "Quantity", Width: 9, Right: true},
			{Title: "Pays", Width: 14, Right: true}, {Title: "Alone, this bid", Width: 15, Right: true, From: 70},
			{Title: "Pays now", Width: 14, Right: true, From: 90}, {Title: "Saves", Width: 14, Right: true}},
		Empty: "No bids have been opened. Bids are entered at the opening, and then stand here with each city's price.",
		Example: []string{"Road salt 2027-28: Prairie Salt, $647,010.00 for all", "  Raytown       1,200     " +
			"$85,320.00      $94,080.00   $8,760.00",
			"  Lee's Summit  4,000    $284,400.00     $284,400.00   $3,100.00"},
		Help: "## Prices\n  Pays is a city's part of what all pay and of the lead's fee, by quantity to the cent.\n" +
			"  Alone is what its quantity would cost by itself under the same bid.\n  Saves is against what it pays " +
			"today; ? where that is not recorded.\n",
	})
	s.Actions = []page.Action{page.NewBinder(d).Bound(page.Binding{Key: "W", Does: "award",
		Acts: []*field.Act{buying.Acts().Named("bid.award")},
		Do:   func(a *field.Act, id uint64) tea.Cmd { return award(d, a, buying.BidID(id)) }})}
	s.Load = pricesOf
	return s
}

// priced is a row's bid.
type priced struct {
	sol *buying.Solicitation
	bid *buying.Bid
}

func pricesOf(v *store.View, now value.Wall) page.Content {
	env := field.NewEnv(v, now.Day())
	var c page.Content
	for s := range field.All[buying.Solicitation](v) {
		if s.State != buying.Opened && s.State != buying.Awarded {
			continue
		}
		for i, ranked := range buying.Rank(v, s) {
			c.Rows = append(c.Rows, page.Row{Heading: true, Cells: []string{bidHeading(s, i, ranked)}})
			for _, p := range buying.Prices(v, s, ranked.Bid) {
				c.Rows = append(c.Rows, priceRow(env, priced{s, ranked.Bid}, p))
			}
		}
	}
	return c
}

func bidHeading(s *buying.Solicitation, i int, b buying.Ranked) string {
	total := "no tier holds for " + grouped(s.Quantity()) + " " + s.Unit
	if b.Total.Set {
		total = b.Total.V.String() + " for all"
	}
	if b.Tied {
		total += ", a tie"
	}
	if !b.Bid.Responsive {
		total += ", does not meet the terms"
	}
	return fmt.Sprintf("%s: %d. %s, %s", s.Title, i+1, b.Bid.Vendor, total)
}

func priceRow(env *field.Env, of priced, p buying.Price) page.Row {
	saved, f := "?", p.Figures()
	r := page.Row{Mark: "·", Tone: page.Quiet, About: of, Route: app.Route{Kind: "bids", ID: uint64(of.bid.ID)}}
	if s, ok := f.Saved(); ok {
		saved = s.String()
		if s > 0 {
			r.Mark, r.Tone = "+", page.Good
		} else if s < 0 {
			r.Mark, r.Tone = "-", page.Warn
		}
	}
	city := env.Label(partnership.KindPartners, uint64(p.Partner))
	r.Cells = []string{city, grouped(p.Quantity), orQuestion(f.Pays), orQuestion(p.Alone),
		orQuestion(p.Baseline), saved}
	r.Side = func() []string { return aboutPrice(city, of, p) }
	return r
}

func orQuestion(c value.Opt[value.Cents]) string {
	if !c.Set {
		return "?"
	}
	return c.V.String()
}

// aboutPrice says what buying together means for one city.
func aboutPrice(city string, of priced, p buying.Price) []string {
	lines := []string{"# " + city + " under " + of.bid.Vendor}
	if p.Together.Set && p.Alone.Set {
		switch gain := p.Alone.V - p.Together.V; {
		case gain > 0:
			lines = append(lines, "The others' quantities take "+gain.String()+" off its price under this bid.")
		case gain == 0:
			lines = append(lines, "By itself it would pay the same under this bid.")
		default:
			lines = append(lines, "By itself it would pay "+(-gain).String()+" less under this bid.")
		}
	}
	if p.Withdrawn.Set {
		lines = append(lines, "If it withdrew, the others would pay "+p.Withdrawn.V.String()+" more in all.")
	} else if p.Together.Set {
		lines = append(lines, "If it withdrew, the others would no longer reach a tier.")
	}
	if p.Fee > 0 {
		lines = append(lines, "Its part of the lead agency's fee is "+p.Fee.String()+".")
	}
	if saved, ok := p.Figures().Saved(); ok {
		lines = append(lines, "It saves "+saved.String()+" against what it pays now, the fee taken off.")
	} else {
		lines = append(lines, "What it saves is not computed, because the price it pays alone is not recorded.")
	}
	tiers := "Tiers, " + string(of.bid.Manner) + ":"
	for _, t := range of.bid.Tiers {
		tiers += fmt.Sprintf(" from %s at %s;", grouped(t.From.Or(0)), t.Price.V)
	}
	return append(lines, tiers[:len(tiers)-1]+".")
}

// award takes the bid under the cursor, once it has been asked.
func award(d *app.App, a *field.Act, id buying.BidID) tea.Cmd {
	b := field.Get(d.View(), id)
	return d.Confirm(overlay.Question{Title: "Award", Ask: "Award “" +
		d.Env().Label(buying.KindSolicitations, uint64(b.Solicitation)) + "” to " + b.Vendor + "?",
		Consequences: []string{"Each agency's quantity and price are put on the award; the needs are met by it."},
		Yes:          "award", No: "not yet"},
		func() tea.Cmd { return act.Do(d, act.Offer{Act: a, ID: uint64(id)}) })
}

// newSavings makes the page of what buying together has saved.
func newSavings(d *app.App, tab *records.Screen) *page.Page {
	s := page.New(page.Options{App: d, Host: tab, ID: "savings", Heading: "Savings",
		Columns: []page.Column{{Title: "City"}, {Title: "Quantity", Width: 10, Right: true},
			{Title: "Pays", Width: 14, Right: true}, {Title: "Alone", Width: 14, Right: true, From: 62},
			{Title: "Saved", Width: 15, Right: true}},
		Empty: "Nothing has been awarded. An award says what each city buys at what price; with the price it would " +
			"have paid alone, it says what was saved.",
		Example: []string{"Road salt 2027-28, Prairie Salt: saved $64,120.00", "  Raytown       1,200   $85,320.00 " +
			"  $94,080.00     $8,760.00"},
		Help: "## Savings\n  Saved is what the quantity costs alone less what is paid, the fee included.\n  Where one of " +
			"them is not recorded nothing is computed, which is not a saving of nothing.\n",
	})
	s.Actions = []page.Action{printDeed(d, "savings", func(*page.Row) report.About { return report.About{} })}
	s.Load = savingsOf
	return s
}

func savingsOf(v *store.View, now value.Wall) page.Content {
	env := field.NewEnv(v, now.Day())
	var c page.Content
	var total value.Cents
	unknown := 0
	for a := range field.All[buying.Award](v) {
		saving := buying.SavingOf(a)
		total, unknown = total+saving.Saved, unknown+saving.Unknown
		c.Rows = append(c.Rows, page.Row{Heading: true, Cells: []string{awardHeading(env, a, saving)}})
		for i := range a.Lines {
			c.Rows = append(c.Rows, awardRow(env, a, &a.Lines[i]))
		}
	}
	if len(c.Rows) > 0 {
		c.Note = "Saved by buying together: " + total.String() + "."
		if unknown > 0 {
			c.Note += " " + text.Counted(unknown, "line", "lines") + " not computed, because a figure is not recorded."
		}
	}
	return c
}

func awardHeading(env *field.Env, a *buying.Award, s buying.Saving) string {
	text := env.Label(buying.KindSolicitations, uint64(a.Solicitation)) + ", " + a.Vendor + ": "
	if s.Computed == 0 {
		return text + "not computed"
	}
	return text + "saved " + s.Saved.String()
}

func awardRow(env *field.Env, a *buying.Award, l *buying.AwardLine) page.Row {
	r := page.Row{Mark: "·", Tone: page.Quiet, Route: app.Route{Kind: "awards", ID: uint64(a.ID)}, About: a}
	quantity, saved := "?", "not computed"
	if l.Quantity.Set {
		quantity = grouped(l.Quantity.V)
	}
	city := env.Label(partnership.KindPartners, uint64(l.Partner))
	says := city + ": nothing is computed, because a quantity or a price is not recorded."
	f := l.Figures()
	if s, ok := f.Saved(); ok {
		saved = s.String()
		says = fmt.Sprintf("%s: %s alone − %s paid, its part of the fee included, = %s.", city, f.Alone.V, f.Pays.V, s)
		if l.Price.Set && l.Baseline.Set {
			says += fmt.Sprintf(" A unit: %s alone, %s together.", l.Baseline.V, l.Price.V)
		}
		if s > 0 {
			r.Mark, r.Tone = "+", page.Good
		}
	}
	r.Cells = []string{city, quantity, orQuestion(f.Pays), orQuestion(f.Alone), saved}
	r.Side = func() []string { return []string{"# How it is worked out", says} }
	return r
}
