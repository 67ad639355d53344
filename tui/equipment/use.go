package equipment

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/report"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// useView is the page of how the units spent a period, and of what was asked for
// and not had.
type useView struct {
	*sheet
	period period
}

func newUse(d *desk.Desk, tab *records.Screen) *useView {
	u := &useView{period: monthOf(d.Today())}
	u.sheet = &sheet{d: d, tab: tab, name: "use", title: "Use",
		cols: []column{{title: "Unit"}, {title: "Owner", w: 14, from: 84}, {title: "Lent", w: 14, right: true}, {title: "Hours lent", w: 10, right: true},
			{title: "Own use", w: 8, right: true, from: 84}, {title: "Blocked", w: 8, right: true, from: 84}, {title: "Idle", w: 8, right: true}},
		empty: "There are no units yet. a on the Equipment list adds one; how it is used then stands here.",
		ghost: []string{"Asked for and not had", "? vacuum truck              3 times    38 h   lend: 38 h were asked for and not had while 412 h stood idle",
			"Units", "· RT-104 Dump truck         ███░░░ 46%    74     12      8     66"},
		help: "## Use\n  Hours are working hours: eight of every weekday.\n  Idle is what is left after loans, the owner's own use and service.\n",
	}
	u.deeds = append(periodDeeds(func() period { return u.period }, u.turn),
		printDeed(d, "use", func(*row) report.About { return u.period.about() }), bookKey(d))
	u.show(u.period)
	return u
}

// show chooses the period.
func (u *useView) show(p period) {
	u.period, u.stale = p, true
	u.load = func(v *store.View, now value.Wall) content { return useOf(v, now, p) }
}

// turn shows another period.
func (u *useView) turn(p period) tea.Cmd {
	u.show(p)
	return u.reload()
}

// useOf lists what was not had, then every unit.
func useOf(v *store.View, now value.Wall, p period) content {
	cal, env := lending.CalendarOf(v, now), field.NewEnv(v, now.Day())
	c := content{note: p.String() + ". Working hours: eight of every weekday."}
	if short := loans.Unmet(cal, p.first, p.last()); len(short) > 0 {
		c.rows = append(c.rows, row{head: true, cells: []string{fmt.Sprintf("Asked for and not had (%d)", len(short))}})
		for i := range short {
			c.rows = append(c.rows, shortRow(env, &short[i]))
		}
	}
	units := loans.Usage(cal, p.first, p.last())
	if len(units) == 0 {
		return c
	}
	c.rows = append(c.rows, row{head: true, cells: []string{fmt.Sprintf("Units (%d)", len(units))}})
	for i := range units {
		c.rows = append(c.rows, unitRow(env, &units[i]))
	}
	return c
}

// shortRow shows a category of which more was asked for than could be had.
func shortRow(env *field.Env, s *loans.Shortfall) row {
	name := s.Category
	if name == "" {
		name = "no category recorded"
	}
	r := row{mark: "?", tone: warn, of: s, cells: []string{name, "", counted(s.Asked, "time"), rates.HoursOf(s.Minutes).String(), "", "", rates.HoursOf(s.Idle).String()}}
	if len(s.Loans) > 0 {
		r.place = desk.Place{Kind: "reservations", ID: uint64(s.Loans[0])}
	}
	r.says = func() []string {
		lines := []string{"# " + name, sentence(s.Advice)}
		for _, city := range s.Cities {
			lines = append(lines, env.Label("partners", uint64(city))+" asked "+counted(s.Spread[city], "time")+".")
		}
		return lines
	}
	return r
}

// unitRow shows how a unit was used.
func unitRow(env *field.Env, u *loans.Use) row {
	h := func(minutes int64) string { return rates.HoursOf(minutes).String() }
	r := row{mark: "·", tone: quiet, place: desk.Place{Kind: "equipment", ID: uint64(u.Unit.ID)}, of: u,
		cells: []string{u.Unit.Tag + " " + u.Unit.Name, env.Label("partners", uint64(u.Unit.Owner)), bar(u.Share()), h(u.Lent), h(u.Own), h(u.Blocked), h(u.Idle)}}
	r.says = func() []string {
		lines := []string{"# " + u.Unit.Tag + " " + u.Unit.Name, fmt.Sprintf("Lent %d%% of its working time, in %s.", u.Share(), counted(u.Loans, "loan")),
			fmt.Sprintf("Of %s hours: lent %s, used by its owner %s, blocked %s, idle %s.", h(u.Whole), h(u.Lent), h(u.Own), h(u.Blocked), h(u.Idle))}
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
