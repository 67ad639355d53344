package equipment

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
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

// balances is the page of who owes whom: every pair of cities, gross both ways,
// down to the lines and what each was worked out from.
type balances struct {
	*page.Page
	period period
	open   map[pair]bool // pairs whose lines are shown
}

// pair is two partners, the one with the lower number first.
type pair struct{ first, second partnership.PartnerID }

func newBalances(d *app.App, tab *records.Screen) *balances {
	b := &balances{period: monthOf(d.Today()), open: map[pair]bool{}}
	b.Page = page.New(page.Options{App: d, Host: tab, ID: "balances", Heading: "Balances",
		Columns: []page.Column{{Title: "Between"}, {Title: "Lent", Width: 13, Right: true},
			{Title: "Borrowed", Width: 13, Right: true}, {Title: "Hours", Width: 9, Right: true, From: 76},
			{Title: "Open between them", Width: 34, From: 100}},
		Empty: "Nothing was settled in this period. - shows a longer one, h an earlier one; a loan is settled here " +
			"when it has come back.",
		Example: []string{"Grandview and Raytown        $3,803.31      $412.50   31.5   Raytown owes Grandview " +
			"$3,390.81",
			"  Mar 4  RT-104 Dump truck   31.5 hours at $120.74, meter 4121.0 to 4152.5, FEMA 2025 code 8722"},
		Help: "## Balances\n  Statements are gross, pair by pair, because that is what finance can match to " +
			"invoices.\n" +
			"  Netting over all cities needs legal authority; it is shown as an illustration only.\n",
	})
	b.show(b.period, b.open)
	b.Actions = append([]page.Action{
		{Key: page.Key("Enter", "lines", "enter"), Do: b.unfold,
			Offers: func(r *page.Row) bool { _, ok := r.About.(pair); return ok }},
		{Key: page.Bind("S", "make statement"), Do: b.bill, Acts: []string{"statement.make"},
			Offers: func(r *page.Row) bool { _, ok := r.About.(pair); return ok }},
	}, periodDeeds(func() period { return b.period }, b.turn)...)
	lines, _ := moneyDeeds(d)
	b.Actions = append(append(b.Actions, lines...),
		printDeed(d, "settlement", func(*page.Row) report.About { return b.period.about() }),
		bookKey(d))
	return b
}

// show chooses the period and the pairs whose lines are shown.
func (b *balances) show(p period, open map[pair]bool) {
	b.period, b.open, b.Stale = p, open, true
	b.Load = func(v *store.View, now value.Wall) page.Content { return balancesOf(v, now, p, open) }
}

// turn shows another period.
func (b *balances) turn(p period) tea.Cmd {
	b.show(p, b.open)
	return b.Reload()
}

// unfold shows the lines of a pair, or hides them.
func (b *balances) unfold(r *page.Row) tea.Cmd {
	p, ok := r.About.(pair)
	if !ok {
		return nil
	}
	open := map[pair]bool{}
	for q, is := range b.open {
		open[q] = is
	}
	open[p] = !open[p]
	b.show(b.period, open)
	return b.Reload()
}

// bill puts what is waiting between two partners on a statement.
func (b *balances) bill(r *page.Row) tea.Cmd {
	p, ok := r.About.(pair)
	if !ok {
		b.App.Say(overlay.Info, "Choose a pair of cities first.")
		return nil
	}
	last := b.period.last()
	env := b.App.Env()
	names := env.Label(partnership.KindPartners, uint64(p.first)) + " and " + env.Label(partnership.KindPartners,
		uint64(p.second))
	ask := "Make the statement of " + names + " up to " + last.Long() + "?"
	return b.App.Confirm(overlay.Question{Title: "Statement", Ask: ask,
		Consequences: []string{"All lines that wait until then are billed on it and change no more; what comes in " +
			"late, and corrections, stand on the next."},
		Yes: "make it", No: "not yet"}, func() tea.Cmd {
		bill := rates.Acts().Named("statement.make")
		return act.Do(b.App, act.Offer{Act: bill, Ask: []string{},
			Preset: func(args any) {
				*args.(*rates.Billing) = rates.Billing{First: p.first, Second: p.second, Until: value.Some(last)}
			},
			Then: act.Opens(b.App, bill)})
	})
}

// balancesOf lists the pairs, the netting and the statements of a period.
func balancesOf(v *store.View, now value.Wall, p period, open map[pair]bool) page.Content {
	env := field.NewEnv(v, now.Day())
	c := page.Content{Note: p.String() + ". What each pair of cities lent the other, by the day of return."}
	list := rates.Balances(v, p.first, p.last())
	for i := range list {
		c.Rows = append(c.Rows, pairRow(env, &list[i], open))
		if open[pair{list[i].First, list[i].Second}] {
			for _, line := range list[i].Lines {
				c.Rows = append(c.Rows, chargeRow(v, env, line, list[i].First, now))
			}
		}
	}
	c.Rows = append(c.Rows, nettingRows(env, list)...)
	return c
}

func pairRow(env *field.Env, b *rates.Balance, open map[pair]bool) page.Row {
	of := pair{b.First, b.Second}
	first, second := env.Label(partnership.KindPartners, uint64(b.First)), env.Label(partnership.KindPartners,
		uint64(b.Second))
	r := page.Row{Mark: "▸", About: of, Cells: []string{first + " and " + second, b.FirstLent.String(),
		b.SecondLent.String(), b.Hours().String(), owes(env, b)}}
	if open[of] {
		r.Mark = "▾"
	}
	r.Side = func() []string {
		lines := []string{"# " + first + " and " + second,
			fmt.Sprintf("%s lent for %s (%s hours), %s for %s (%s hours).", first, b.FirstLent, b.FirstHours, second,
				b.SecondLent, b.SecondHours),
			owes(env, b) + ".",
			text.Counted(len(b.Lines), "line", "lines") + ". Enter shows them with their readings and rates."}
		if b.Open > 0 {
			lines = append(lines, text.Counted(b.Open, "line", "lines")+" without an amount yet, because a "+
				"reading or a rate is not recorded.")
		}
		return lines
	}
	return r
}

// owes says what is open between two partners.
func owes(env *field.Env, b *rates.Balance) string {
	from, to, amount := b.Second, b.First, b.Net()
	if amount < 0 {
		from, to, amount = to, from, -amount
	}
	if amount == 0 {
		return "nothing to pay"
	}
	return env.Label(partnership.KindPartners, uint64(from)) + " owes " + env.Label(partnership.KindPartners,
		uint64(to)) + " " + amount.String()
}

// chargeRow shows a line under its pair.
func chargeRow(v *store.View, env *field.Env, line *lending.Charge, first partnership.PartnerID,
	now value.Wall) page.Row {
	day := "not recorded"
	if line.On.Set {
		_, m, n := line.On.V.Date()
		day = fmt.Sprintf("%s %d", m.String()[:3], n)
	}
	loan := field.Get(v, line.Reservation)
	what := "a loan"
	if loan != nil {
		what = loans.UnitText(v, loan)
	}
	r := page.Row{Mark: "·", Tone: page.Quiet, Route: app.Route{Kind: "charges", ID: uint64(line.ID)}, About: line,
		Cells: []string{day + " " + what, line.Total().String(), "", hoursOf(line), rates.Describe(line)}}
	if line.Lender != first {
		r.Cells[1], r.Cells[2] = "", r.Cells[1]
	}
	r.Side = func() []string { return aboutCharge(v, env, line, loan, now) }
	return r
}

func hoursOf(line *lending.Charge) string {
	if !line.Hours.Set {
		return "?"
	}
	return line.Hours.V.String()
}

// aboutCharge says where every figure of a line comes from.
func aboutCharge(r field.Reader, env *field.Env, line *lending.Charge, loan *lending.Reservation,
	now value.Wall) []string {
	lines := []string{"# " + line.Total().String() + " from " + env.Label(partnership.KindPartners,
		uint64(line.Borrower)) + " to " + env.Label(partnership.KindPartners, uint64(line.Lender)),
		sentence(rates.DescribeUse(line))}
	for _, part := range rates.Parts(line) {
		lines = append(lines, sentence(part.String()))
	}
	lines = append(lines, "State: "+string(line.State)+".")
	if loan != nil {
		lines = append(lines, "From "+loan.Number()+": "+loans.UnitText(r, loan)+".")
		if h := lending.HandoverOf(r, loan.ID); h != nil {
			lines = append(lines, "Handed over "+inspected(&h.Inspection, now.Day())+".")
		}
		if h := lending.ReturnOf(r, loan.ID); h != nil {
			lines = append(lines, "Came back "+inspected(&h.Inspection, now.Day())+".")
		}
	}
	return append(lines, "Enter opens the line.")
}

// nettingRows shows how everything could be settled at once.
func nettingRows(env *field.Env, list []rates.Balance) []page.Row {
	net := rates.Net(list)
	payments := rates.FewestPayments(net)
	if len(payments) == 0 {
		return nil
	}
	rows := []page.Row{{Heading: true, Cells: []string{"If all were netted: an illustration, not a bill"}}}
	slices.SortFunc(payments, func(a, b rates.Payment) int { return int(b.Amount - a.Amount) })
	for _, p := range payments {
		would := env.Label(partnership.KindPartners, uint64(p.From)) + " would pay " +
			env.Label(partnership.KindPartners, uint64(p.To))
		rows = append(rows, page.Row{Mark: "≈", Tone: page.Quiet, Cells: []string{would, p.Amount.String()},
			Side: func() []string {
				return []string{"# An illustration", fmt.Sprintf("With %s every city would be even, instead of paying "+
					"pair by pair.", text.Counted(len(payments), "payment", "payments")),
					"Netting across cities needs legal authority; what counts are the statements, gross and " +
						"pair by pair."}
			}})
	}
	return rows
}
