package export

import "time"

// zone describes the partnership's time zone as far as the entries reach: each
// change of clocks is written out with its date, so that no rule has to be
// guessed and past changes of the rules are right as well.
func (c *icsWriter) zone(first, last int) {
	zone := c.options.Zone
	c.line("BEGIN", "VTIMEZONE")
	c.line("TZID", zone.String())
	at := time.Date(first-1, 1, 1, 0, 0, 0, 0, zone)
	end := time.Date(last+2, 1, 1, 0, 0, 0, 0, zone)
	_, before := at.Zone()
	c.observance(at, before)
	for {
		_, next := at.ZoneBounds()
		if next.IsZero() || next.After(end) {
			break
		}
		_, before := at.Zone()
		at = next
		c.observance(at, before)
	}
	c.line("END", "VTIMEZONE")
}

// observance describes what clocks show from an instant on. Its start is
// written as clocks showed it before the change.
func (c *icsWriter) observance(at time.Time, before int) {
	part := "STANDARD"
	if at.IsDST() {
		part = "DAYLIGHT"
	}
	name, offset := at.Zone()
	c.line("BEGIN", part)
	c.line("DTSTART", at.UTC().Add(time.Duration(before)*time.Second).Format("20060102T150405"))
	c.line("TZOFFSETFROM", offsetText(before))
	c.line("TZOFFSETTO", offsetText(offset))
	c.line("TZNAME", name)
	c.line("END", part)
}

// offsetText writes an offset from UTC: -0600.
func offsetText(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	s := sign + pad(seconds/3600, 2) + pad(seconds/60%60, 2)
	if rest := seconds % 60; rest != 0 {
		s += pad(rest, 2)
	}
	return s
}
