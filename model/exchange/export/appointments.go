package export

import (
	"io"
	"strconv"
	"time"

	"interlocal/model/value"
)

// Appointment is an entry of a calendar that is made for somebody.
type Appointment struct {
	Key         string // names the entry, the same from file to file
	Revision    uint64
	Summary     string
	Place       string
	Description string
	From, Until value.Wall
	Cancelled   bool
}

// WriteAppointments writes appointments as a calendar (RFC 5545), in the
// partnership's zone. A calendar that takes a later file in updates the entries
// that bear the same key.
func WriteAppointments(w io.Writer, name string, list []Appointment, o Options) error {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	c := icsWriter{w: w, options: o, origin: slug(o.Origin)}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//interlocal//job shadowing//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.text("X-WR-CALNAME", name)
	if len(list) > 0 && o.Zone != time.UTC {
		first, last := list[0].From.Day().Year(), list[0].Until.Day().Year()
		for _, a := range list {
			first, last = min(first, a.From.Day().Year()), max(last, a.Until.Day().Year())
		}
		c.zone(first, last)
	}
	for _, a := range list {
		c.appointment(a)
		if c.flush(flushAt) != nil {
			return c.err
		}
	}
	c.line("END", "VCALENDAR")
	return c.flush(0)
}

func (c *icsWriter) appointment(a Appointment) {
	c.line("BEGIN", "VEVENT")
	c.line("UID", a.Key+"@"+c.origin)
	c.line("DTSTAMP", c.options.Now.UTC().Format("20060102T150405Z"))
	c.line("SEQUENCE", strconv.FormatUint(min(a.Revision, 1<<31-1), 10))
	c.moment("DTSTART", a.From, false)
	c.moment("DTEND", a.Until, false)
	c.text("SUMMARY", a.Summary)
	if a.Place != "" {
		c.text("LOCATION", a.Place)
	}
	if a.Description != "" {
		c.text("DESCRIPTION", a.Description)
	}
	if a.Cancelled {
		c.line("STATUS", "CANCELLED")
	} else {
		c.line("STATUS", "CONFIRMED")
	}
	c.line("END", "VEVENT")
}
