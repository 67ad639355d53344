package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// WriteICS writes what has a day or a time as a calendar (RFC 5545): a loan
// from its start to its end, an event over its days, and one entry for each
// other day a record names, such as an agreement's expiry. Records without any
// give no entry. Times are local to the partnership's zone, which is described
// in the file, so that they stay put when clocks change.
//
// An entry keeps its UID from export to export, and its sequence number is the
// record's revision: a calendar that takes the file in again updates its
// entries.
func WriteICS(w io.Writer, tables []Table, env *field.Env, o Options) error {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	c := icsWriter{w: w, env: env, options: o, origin: slug(o.Origin)}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//interlocal//partnership calendar//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	if o.Origin != "" {
		c.text("X-WR-CALNAME", o.Origin)
	}
	if first, last, timed := span(tables); timed && o.Zone != time.UTC {
		c.zone(first, last)
	}
	for _, t := range tables {
		for row := range t.Rows {
			c.entries(t, row)
			if c.flush(flushAt) != nil {
				return c.err
			}
		}
	}
	c.line("END", "VCALENDAR")
	return c.flush(0)
}

// HasDays reports whether records of a kind can stand in a calendar.
func HasDays(k *field.Kind) bool {
	return slices.ContainsFunc(k.Columns, func(c *field.Column) bool { return dated(c) })
}

func dated(c *field.Column) bool { return c.Shape == field.ShapeDay || c.Shape == field.ShapeWall }

// slug makes an origin fit for the right-hand side of a UID.
func slug(origin string) string {
	words := strings.FieldsFunc(text.Fold(origin), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) == 0 {
		return "interlocal"
	}
	return strings.Join(words, "-") + ".interlocal"
}

// icsEntry is what one VEVENT is made of. Days and times are in minutes of the
// clock; until is the first moment behind the entry.
type icsEntry struct {
	name        string // of the column it begins with
	summary     string
	from, until value.Wall
	allDay      bool
}

// spans names the pairs of columns that are one stretch of time. Other days
// are entries of their own.
func spans(k *field.Kind) [][2]*field.Column {
	var out [][2]*field.Column
	for _, names := range [][2]string{{"start", "end"}, {"date", "until"}} {
		a, b := k.Column(names[0]), k.Column(names[1])
		if a == nil || b == nil || a.Shape != b.Shape || !dated(a) || names[0] == "start" &&
			a.Shape != field.ShapeWall {
			continue
		}
		out = append(out, [2]*field.Column{a, b})
	}
	return out
}

// momentOf reads a day or time column; ok is false when nothing is recorded.
func momentOf(c *field.Column, rec any) (at value.Wall, ok bool) {
	if c.Empty(rec) {
		return 0, false
	}
	var buf [32]byte
	s := string(c.Format(buf[:0], rec, nil))
	if c.Shape == field.ShapeDay {
		d, err := value.ParseDay(s, 0)
		return d.At(0, 0), err == nil
	}
	at, err := value.ParseWall(s, 0)
	return at, err == nil
}

const wholeDay = 24 * 60

// entriesOf lists a record's calendar entries.
func entriesOf(k *field.Kind, rec any, label string) []icsEntry {
	var out []icsEntry
	var single []*field.Column // dated, and no part of a pair
	for _, c := range k.Columns {
		if dated(c) {
			single = append(single, c)
		}
	}
	named := len(single) == 1 // a record's only day needs no title
	for _, pair := range spans(k) {
		single = slices.DeleteFunc(single, func(c *field.Column) bool { return c == pair[0] || c == pair[1] })
		if from, ok := momentOf(pair[0], rec); ok {
			until, _ := momentOf(pair[1], rec)
			out = append(out, newEntry(pair[0], label, from, max(from, until)))
		}
	}
	for _, c := range single {
		title := label
		if !named {
			title += ": " + c.Title
		}
		if at, ok := momentOf(c, rec); ok {
			out = append(out, newEntry(c, title, at, at))
		}
	}
	return out
}

// newEntry makes an entry that begins with a column's day or time. Of days the
// last one counts in full.
func newEntry(c *field.Column, summary string, from, last value.Wall) icsEntry {
	e := icsEntry{name: c.Name, summary: summary, from: from, until: last, allDay: c.Shape == field.ShapeDay}
	if e.allDay {
		e.until += wholeDay
	}
	return e
}

// span gives the first and the last year in which a timed entry lies.
func span(tables []Table) (first, last int, timed bool) {
	for _, t := range tables {
		if !slices.ContainsFunc(t.Kind.Columns, func(c *field.Column) bool { return c.Shape == field.ShapeWall }) {
			continue
		}
		for row := range t.Rows {
			for _, e := range entriesOf(t.Kind, row.Rec, "") {
				if e.allDay {
					continue
				}
				from, to := e.from.Day().Year(), e.until.Day().Year()
				if !timed {
					first, last, timed = from, to, true
				}
				first, last = min(first, from), max(last, to)
			}
		}
	}
	return first, last, timed
}

type icsWriter struct {
	w       io.Writer
	env     *field.Env
	options Options
	origin  string
	buf     []byte
	err     error
}

func (c *icsWriter) entries(t Table, row Row) {
	for _, e := range entriesOf(t.Kind, row.Rec, calendarLabel(t.Kind, row.Rec, c.env)) {
		c.line("BEGIN", "VEVENT")
		c.line("UID", t.Kind.Name+"-"+strconv.FormatUint(row.ID, 10)+"-"+e.name+"@"+c.origin)
		c.line("DTSTAMP", c.options.Now.UTC().Format("20060102T150405Z"))
		c.line("SEQUENCE", strconv.FormatUint(min(row.Rev, 1<<31-1), 10))
		c.moment("DTSTART", e.from, e.allDay)
		if e.until > e.from {
			c.moment("DTEND", e.until, e.allDay)
		}
		c.text("SUMMARY", e.summary)
		c.details(t, row.Rec)
		c.line("END", "VEVENT")
	}
}

// calendarLabel names a record in a calendar: a kind whose records have no name
// of their own is named by what they refer to.
func calendarLabel(k *field.Kind, rec any, env *field.Env) string {
	label := k.Label(rec)
	var of []string
	for _, c := range k.Columns {
		if (c.Required && c.Shape == field.ShapeRef || c.Naming) && !c.Empty(rec) {
			of = append(of, string(c.Show(nil, rec, env)))
		}
	}
	switch {
	case len(of) == 0:
		return label
	case strings.HasPrefix(label, k.One+" #"):
		return strings.Join(of, ", ")
	}
	return label + ", " + strings.Join(of, ", ")
}

// details writes what else tables show of a record.
func (c *icsWriter) details(t Table, rec any) {
	var lines []string
	for _, col := range t.Kind.Columns {
		switch {
		case col.Empty(rec) || dated(col) || col.Sensitivity != field.Open:
		case col.Name == "place" || col.Name == "yard":
			c.text("LOCATION", string(col.Show(nil, rec, c.env)))
		case !col.Hidden || col.Shape == field.ShapeLong:
			lines = append(lines, col.Title+": "+string(col.Show(nil, rec, c.env)))
		}
	}
	if len(lines) > 0 {
		c.text("DESCRIPTION", strings.Join(lines, "\n"))
	}
	if status := calendarStatus(t.Kind, rec); status != "" {
		c.line("STATUS", status)
	}
}

// calendarStatus says what a calendar should make of a record's state.
func calendarStatus(k *field.Kind, rec any) string {
	for _, name := range []string{"state", "status"} {
		col := k.Column(name)
		if col == nil {
			continue
		}
		switch string(col.Format(nil, rec, nil)) {
		case "cancelled", "declined", "withdrawn":
			return "CANCELLED"
		case "requested", "draft", "planned", "idea", "on agenda":
			return "TENTATIVE"
		}
		return "CONFIRMED"
	}
	return ""
}

// moment writes a property that holds a day or a time.
func (c *icsWriter) moment(name string, at value.Wall, allDay bool) {
	y, m, d := at.Day().Date()
	day := pad(y, 4) + pad(int(m), 2) + pad(d, 2)
	if allDay {
		c.line(name+";VALUE=DATE", day)
		return
	}
	if c.options.Zone == time.UTC {
		c.line(name, day+"T"+clockDigits(at)+"Z")
		return
	}
	c.line(name+";TZID="+c.options.Zone.String(), day+"T"+clockDigits(at))
}

func clockDigits(at value.Wall) string {
	hour, minute := at.Clock()
	return pad(hour, 2) + pad(minute, 2) + "00"
}

func pad(n, digits int) string {
	s := strconv.Itoa(n)
	for len(s) < digits {
		s = "0" + s
	}
	return s
}

// text writes a property whose value is free text.
func (c *icsWriter) text(name, value string) {
	value = text.Block(value, 0)
	c.line(name, icsEscapes.Replace(value))
}

var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// line writes a content line, folded so that none is longer than 75 octets and
// no character is parted.
func (c *icsWriter) line(name, value string) {
	s := name + ":" + value
	for room := 75; len(s) > room; room = 74 {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		c.buf = append(append(c.buf, s[:cut]...), "\r\n "...)
		s = s[cut:]
	}
	c.buf = append(append(c.buf, s...), "\r\n"...)
}

func (c *icsWriter) flush(over int) error {
	if len(c.buf) > over && c.err == nil {
		_, c.err = c.w.Write(c.buf)
		c.buf = c.buf[:0]
	}
	return c.err
}
