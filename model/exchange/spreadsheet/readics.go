package spreadsheet

import (
	"path"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// isCalendar reports whether a text begins as a calendar does (RFC 5545).
func isCalendar(s string) bool {
	const start = "BEGIN:VCALENDAR"
	s = strings.TrimLeft(s, " \t\r\n")
	return len(s) > len(start) && strings.EqualFold(s[:len(start)], start)
}

// calendarFields are the fields that an entry's summary, beginning, end, place
// and text stand for, for the first of each that a kind has.
func calendarFields(k *field.Kind) (names [5]string) {
	for i, words := range [][]string{{"name", "title"}, {"start", "date"}, {"end", "until"}, {"place"}, {"note"}} {
		for _, w := range words {
			if k != nil && names[i] == "" && k.Column(w) != nil {
				names[i] = w
			}
		}
	}
	return names
}

// readICS reads the entries of a calendar as the rows of a sheet that is headed by
// the fields they stand for. What does not take place is left out and said so.
func readICS(s string, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	names := calendarFields(o.Kind)
	if names[0] == "" || names[1] == "" {
		return nil, failure.New(failure.Invalid, sheet.File+" is a calendar, whose entries are meetings or events; "+
			"take it in as one of those")
	}
	b := builder{sheet: sheet, kind: o.Kind}
	b.headings(slices.DeleteFunc(slices.Clone(names[:]), func(n string) bool { return n == "" }), nil)
	r := icsReader{builder: &b, names: names, zone: o.Zone, starts: entryLines(s)}
	if len(r.starts) == 0 {
		return nil, failure.New(failure.Invalid, sheet.File+" is a calendar without entries")
	}
	if err := r.read(ics.NewCalendarStream(strings.NewReader(s))); err != nil {
		return nil, err
	}
	if r.entry != nil {
		return nil, failure.New(failure.Invalid,
			sheet.File+" ends in the middle of an entry, so it was cut short; save "+
				"or send it again")
	}
	if r.off > 0 {
		sheet.Notes = append(sheet.Notes, Counted(r.off, "entry that was called off")+" left out")
	}
	return b.finish()
}

// entryLines gives the lines on which entries begin.
func entryLines(s string) (lines []int) {
	n := 0
	for line := range strings.Lines(s) {
		if n++; strings.EqualFold(strings.TrimSpace(line), "BEGIN:VEVENT") {
			lines = append(lines, n)
		}
	}
	return lines
}

// icsReader takes the entries of a calendar one property after the other.
type icsReader struct {
	*builder
	names  [5]string
	zone   *time.Location
	starts []int // lines
	entry  map[string]*ics.BaseProperty
	inside int // how deep in what stands within an entry, such as an alarm
	bad    bool
	off    int // entries that do not take place
}

func (r *icsReader) read(cs *ics.CalendarStream) error {
	for {
		line, err := cs.ReadLine()
		if line == nil || len(*line) == 0 {
			if err != nil {
				return nil // the end: a stream of a text fails in no other way
			}
			continue
		}
		p, bad := ics.ParseProperty(*line)
		if bad != nil || p == nil {
			r.bad = r.entry != nil
		} else if err := r.property(p); err != nil {
			return err
		}
		if err != nil {
			return nil
		}
	}
}

func (r *icsReader) property(p *ics.BaseProperty) error {
	word, of := strings.ToUpper(p.IANAToken), strings.ToUpper(p.Value)
	switch {
	case r.entry == nil:
		if word == "BEGIN" && of == "VEVENT" {
			r.entry, r.inside, r.bad = map[string]*ics.BaseProperty{}, 0, false
		}
	case word == "BEGIN":
		r.inside++
	case word == "END" && r.inside > 0:
		r.inside--
	case word == "END":
		return r.end()
	case r.inside == 0 && r.entry[word] == nil:
		r.entry[word] = p
	}
	return nil
}

func (r *icsReader) said(word string) string {
	if p := r.entry[word]; p != nil {
		return ics.FromText(p.Value)
	}
	return ""
}

// end adds the entry that ends.
func (r *icsReader) end() error {
	line := 0
	if len(r.starts) > 0 {
		line, r.starts = r.starts[0], r.starts[1:]
	}
	defer func() { r.entry = nil }()
	start := r.entry["DTSTART"]
	if except := r.entry["EXDATE"]; strings.EqualFold(r.said("STATUS"), "CANCELLED") ||
		except != nil && start != nil && slices.Contains(strings.Split(except.Value, ","), start.Value) {
		r.off++
		return nil
	}
	from, until, why := r.times()
	cells := []string{}
	for i, text := range []string{r.said("SUMMARY"), from, until, r.said("LOCATION"), r.text()} {
		if r.names[i] != "" {
			cells = append(cells, text)
		}
	}
	if blankRow(cells) {
		return nil
	}
	if err := r.add(line, cells); err != nil {
		return err
	}
	if r.bad && why == "" {
		why = "the entry has a line that cannot be read"
	}
	if why != "" {
		r.fault(Fault{Line: line, Value: Shorten(r.cleaned(r.said("SUMMARY"))), Reason: why})
	} else if rule := r.said("RRULE"); rule != "" {
		r.sheet.warn(Fault{Line: line, Value: Shorten(r.cleaned(r.said("SUMMARY"))), Reason: "the entry repeats (" +
			Shorten(rule) + "); only the first is read, so add the others by hand"})
	}
	return nil
}

// text gives what an entry says of itself, as plain text, with its address.
func (r *icsReader) text() string {
	s := r.said("DESCRIPTION")
	if strings.Contains(s, "<") && strings.Contains(s, ">") {
		s = plainText(s)
	}
	if url := r.said("URL"); url != "" && !strings.Contains(s, url) {
		s = strings.TrimSpace(s + "\n" + url)
	}
	return s
}

// times gives when an entry begins and ends as the kind's fields are written, or
// why that cannot be told.
func (r *icsReader) times() (from, until, why string) {
	begins, allDay, why := r.at("DTSTART")
	if why != "" {
		return "", "", why
	}
	byDay := r.kind.Column(r.names[1]).Shape == field.ShapeDay
	if allDay && !byDay {
		return "", "", "the entry lasts the whole day, and a " + r.kind.One + " begins at a time"
	}
	ends, open, _ := r.at("DTEND")
	if r.entry["DTEND"] == nil || ends < begins {
		ends, open = begins, false
	}
	if !byDay {
		return begins.String(), ends.String(), ""
	}
	if open || ends > begins && ends == ends.Day().At(0, 0) {
		ends = (ends.Day() - 1).At(0, 0) // what ends at midnight ends the day before
	}
	if from = begins.Day().String(); ends.Day() > begins.Day() {
		until = ends.Day().String()
	}
	return from, until, ""
}

// at reads a moment as clocks here show it.
func (r *icsReader) at(word string) (at value.Wall, allDay bool, why string) {
	p := r.entry[word]
	if p == nil {
		return 0, false, "the entry does not say when it begins"
	}
	if day, err := time.Parse("20060102", p.Value); err == nil {
		return value.DayOf(day).At(0, 0), true, ""
	}
	zone, known := zoneNamed(p.ICalParameters["TZID"])
	said, utc := strings.CutSuffix(p.Value, "Z")
	if utc {
		zone, known = time.UTC, true
	}
	if zone == nil {
		zone = r.zone // clocks there
	}
	if !known || zone == nil {
		return 0, false, "the entry is in a time zone that is not known here"
	}
	t, err := time.ParseInLocation("20060102T150405", said, zone)
	if err != nil {
		return 0, false, "\"" + Shorten(p.Value) + "\" is no day and time"
	}
	t = t.In(r.zone)
	return value.DayOf(t).At(t.Hour(), t.Minute()), false, ""
}

// zoneNamed finds a zone by the names that calendars use; nil, and known, where
// none is named: then clocks on the spot are meant.
func zoneNamed(names []string) (zone *time.Location, known bool) {
	if len(names) == 0 || names[0] == "" || names[0] == "Local" {
		return nil, true
	}
	name := names[0]
	for _, w := range [][2]string{{"Eastern", "New_York"}, {"Central", "Chicago"}, {"Mountain", "Denver"},
		{"Pacific", "Los_Angeles"}} { // as Windows and Outlook call them
		if name == w[0]+" Standard Time" || strings.Contains(name, " "+w[0]+" Time (US") {
			name = "America/" + w[1]
		}
	}
	for parts := strings.Split(name, "/"); strings.HasPrefix(name, "/") && len(parts) > 2; parts = parts[1:] {
		if zone, err := time.LoadLocation(path.Join(parts[1:]...)); err == nil { // behind the name of a vendor
			return zone, true
		}
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}
