package partnership

import (
	"time"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Calendar counts business days as one city's offices keep them: Monday to
// Friday without the holidays that are on file for the city. A rule that counts
// business days says whose calendar it counts by, since two cities that close on
// different days are both right.
type Calendar struct {
	whose  string // the city's name; "" where weekdays alone are known
	closed map[value.Day]bool
}

// CalendarOf gives a city's calendar. Of no city, and of one without holidays
// on file, weekdays alone count.
func CalendarOf(r field.Reader, city field.ID[Partner]) Calendar {
	var c Calendar
	for h := range field.Of[Holiday](r, "partner", city) {
		if !h.Day.Set {
			continue
		}
		if c.closed == nil {
			c.whose, c.closed = PartnerName(r, city), map[value.Day]bool{}
		}
		c.closed[h.Day.V] = c.closed[h.Day.V] || !h.Half
	}
	return c
}

// Open reports whether a day is a business day.
func (c Calendar) Open(d value.Day) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !c.closed[d]
}

// Latest gives the last business day that is not after a day.
func (c Calendar) Latest(d value.Day) value.Day {
	for !c.Open(d) {
		d--
	}
	return d
}

// Before gives the day that lies so many business days before another.
func (c Calendar) Before(d value.Day, days int) value.Day {
	for ; days > 0; days-- {
		d = c.Latest(d - 1)
	}
	return d
}

// by names the calendar at the end of a sentence that counts by it.
func (c Calendar) by() string {
	if c.whose == "" {
		return ""
	}
	return ", by the calendar of " + c.whose
}

// Reminder says at the end of a sentence on which business day to see to what
// cannot wait for a day on which offices are closed; "" when the day is one.
func (c Calendar) Reminder(d value.Day) string {
	latest := c.Latest(d)
	if latest == d {
		return ""
	}
	said := latest.Time().Format("Mon 2")
	if latest.Time().Month() != d.Time().Month() {
		said = latest.Time().Format("Mon 2 Jan")
	}
	return "; reminder " + said + c.by()
}

// CountedBack tells how a day was found: "3 business days before Tue 19 Jan
// 2027: Wed 13 Jan 2027, by the calendar of Raytown".
func (c Calendar) CountedBack(d value.Day, days int) string {
	return text.Counted(days, "business day", "business days") + " before " + d.Dated() + ": " + c.Before(d, days).
		Dated() + c.by()
}

// FiscalYear gives the first and the last day of the partner's fiscal year that
// holds a day; ok is false where it is not recorded when the year starts.
func (p *Partner) FiscalYear(d value.Day) (first, last value.Day, ok bool) {
	start, ok := p.FiscalStart.Month()
	y, m, _ := d.Date()
	if m < start {
		y--
	}
	return value.Date(y, start, 1), value.Date(y+1, start, 1) - 1, ok
}
