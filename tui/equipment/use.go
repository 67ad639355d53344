package equipment

import (
	"fmt"
	"strings"

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
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// useView is the page of how the units spent a period, and of what was asked for
// and not had.
type useView struct {
	*page.Page
	period period
}

func newUse(d *app.App, tab *records.Screen) *useView {
	u := &useView{period: monthOf(d.Today())}
	u.Page = page.New(page.Options{App: d, Host: tab, ID: "use", Heading: "Use",
		Columns: []page.Column{{Title: "Unit"}, {Title: "Owner", Width: 14, From: 84},
			{Title: "Lent", Width: 14, Right: true}, {Title: "Hours lent", Width: 10, Right: true},
			{Title: "Own use", Width: 8, Right: true, From: 84}, {Title: "Blocked", Width: 8, Right: true, From: 84},
			{Title: "Idle", Width: 8, Right: true}},
		Empty: "There are no units yet. a on the Equipment list adds one; how it is used then stands here.",
		Example: []string{"Asked for and not had", "? vacuum truck              3 times    38 h   lend: 38 h were " +
			"asked for and not had while 412 h stood idle",
			"Units", "· RT-104 Dump truck         ███░░░ 46%    74     12      8     66"},
		Help: "## Use\n  Hours are working hours: eight of every weekday.\n  Idle is what is left after loans, the " +
			"owner's own use and service.\n",
	})
	u.Actions = append(periodDeeds(func() period { return u.period }, u.turn),
		printDeed(d, "use", func(*page.Row) report.About { return u.period.about() }), bookKey(d))
	u.show(u.period)
	return u
}

// show chooses the period.
func (u *useView) show(p period) {
	u.period, u.Stale = p, true
	u.Load = func(v *store.View, now value.Wall) page.Content { return useOf(v, now, p) }
}

// turn shows another period.
func (u *useView) turn(p period) tea.Cmd {
	u.show(p)
	return u.Reload()
}

// useOf lists what was not had, then every unit.
func useOf(v *store.View, now value.Wall, p period) page.Content {
	cal, env := lending.CalendarOf(v, now), field.NewEnv(v, now.Day())
	c := page.Content{Note: p.String() + ". Working hours: eight of every weekday."}
	if short := loans.Unmet(cal, p.first, p.last()); len(short) > 0 {
		c.Rows = append(c.Rows, page.Row{Heading: true,
			Cells: []string{fmt.Sprintf("Asked for and not had (%d)", len(short))}})
		for i := range short {
			c.Rows = append(c.Rows, shortRow(env, &short[i]))
		}
	}
	units := loans.Usage(cal, p.first, p.last())
	if len(units) == 0 {
		return c
	}
	c.Rows = append(c.Rows, page.Row{Heading: true, Cells: []string{fmt.Sprintf("Units (%d)", len(units))}})
	for i := range units {
		c.Rows = append(c.Rows, unitRow(env, &units[i]))
	}
	return c
}

// shortRow shows a category of which more was asked for than could be had.
func shortRow(env *field.Env, s *loans.Shortfall) page.Row {
	name := s.Category
	if name == "" {
		name = "no category recorded"
	}
	r := page.Row{Mark: "?", Tone: page.Warn, About: s,
		Cells: []string{name, "", text.Counted(s.Asked, "time", "times"),
			rates.HoursOf(s.Minutes).String(), "", "", rates.HoursOf(s.Idle).String()}}
	if len(s.Loans) > 0 {
		r.Route = app.Route{Kind: "reservations", ID: uint64(s.Loans[0])}
	}
	r.Side = func() []string {
		lines := []string{"# " + name, sentence(s.Advice)}
		for _, city := range s.Cities {
			lines = append(lines, env.Label(partnership.KindPartners, uint64(city))+" asked "+
				text.Counted(s.Spread[city], "time", "times")+".")
		}
		return lines
	}
	return r
}

// unitRow shows how a unit was used.
func unitRow(env *field.Env, u *loans.Use) page.Row {
	h := func(minutes int64) string { return rates.HoursOf(minutes).String() }
	r := page.Row{Mark: "·", Tone: page.Quiet, Route: app.Route{Kind: "equipment", ID: uint64(u.Unit.ID)}, About: u,
		Cells: []string{u.Unit.Tag + " " + u.Unit.Name, env.Label(partnership.KindPartners, uint64(u.Unit.Owner)),
			bar(u.Share()), h(u.Lent), h(u.Own), h(u.Blocked), h(u.Idle)}}
	r.Side = func() []string {
		lines := []string{"# " + u.Unit.Tag + " " + u.Unit.Name, fmt.Sprintf("Lent %d%% of its working time, in %s.",
			u.Share(), text.Counted(u.Loans, "loan", "loans")),
			fmt.Sprintf("Of %s hours: lent %s, used by its owner %s, blocked %s, idle %s.", h(u.Whole), h(u.Lent),
				h(u.Own), h(u.Blocked), h(u.Idle))}
		if !u.Unit.Shareable {
			lines = append(lines, "Its owner does not share it.")
		}
		return lines
	}
	return r
}

// bar draws a share as a short bar with its figure.
func bar(share int) string {
	const w = 8
	full := (min(share, 100)*w + 50) / 100
	return strings.Repeat("█", full) + strings.Repeat("░", w-full) + fmt.Sprintf(" %3d%%", min(share, 100))
}
