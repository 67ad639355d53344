package equipment

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/report"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/page"
)

// period is the stretch of days that a page of figures is about: a month, a
// quarter or a year, and which.
type period struct {
	months int // 1, 3 or 12
	first  value.Day
}

// monthOf is the calendar month of a day.
func monthOf(d value.Day) period {
	y, m, _ := d.Date()
	return period{1, value.Date(y, m, 1)}
}

// last is the last day of the period.
func (p period) last() value.Day { return p.first.AddMonths(p.months) - 1 }

// move gives the period n further.
func (p period) move(n int) period { return period{p.months, p.first.AddMonths(n * p.months)} }

// widen gives the next longer period, or with n below zero the next shorter one,
// that holds the same days.
func (p period) widen(n int) period {
	sizes := []int{1, 3, 12}
	at := map[int]int{1: 0, 3: 1, 12: 2}[p.months]
	size := sizes[min(max(at+n, 0), 2)]
	y, m, _ := p.first.Date()
	if n < 0 && p.months > size { // the last of the shorter ones
		y, m, _ = p.last().Date()
	}
	first := (int(m)-1)/size*size + 1
	return period{size, value.Date(y, 1, 1).AddMonths(first - 1)}
}

// String names the period: "February 2027", "Jan – Mar 2027", "2027".
func (p period) String() string {
	y, m, _ := p.first.Date()
	_, end, _ := p.last().Date()
	switch p.months {
	case 1:
		return fmt.Sprintf("%s %d", m, y)
	case 3:
		return fmt.Sprintf("%s – %s %d", m.String()[:3], end.String()[:3], y)
	}
	return fmt.Sprint(y)
}

// about asks for a report on the period.
func (p period) about() report.About {
	return report.About{From: value.Some(p.first), To: value.Some(p.last())}
}

// periodDeeds are the keys that turn to another period.
func periodDeeds(now func() period, turn func(period) tea.Cmd) []page.Action {
	key := func(help, does string, to func(period) period, keys ...string) page.Action {
		return page.Does(page.Key(help, does, keys...), func() tea.Cmd { return turn(to(now())) })
	}
	return []page.Action{
		key("h ←", "earlier", func(p period) period { return p.move(-1) }, "h", "left"),
		key("l →", "later", func(p period) period { return p.move(1) }, "l", "right"),
		key("-", "longer", func(p period) period { return p.widen(1) }, "-"),
		key("+", "shorter", func(p period) period { return p.widen(-1) }, "+", "="),
	}
}

// printDeed shows a report about what the page or its row shows.
func printDeed(d *app.App, name string, about func(*page.Row) report.About) page.Action {
	return page.Action{Key: page.Bind("F", "print"), Always: true,
		Do: func(r *page.Row) tea.Cmd { return d.ShowReport(name, about(r)) }}
}

// aboutRow asks for a report on the record of a row, or on the newest.
func aboutRow(r *page.Row) report.About {
	if r == nil {
		return report.About{}
	}
	return report.About{Record: r.Route.ID}
}
