package exchange

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"interlocal/model/exchange/export"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

func chicago(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	return zone
}

func calendarOf(t failing, m *memory, zone *time.Location, kinds ...string) string {
	t.Helper()
	var tables []export.Table
	for _, kind := range kinds {
		tables = append(tables, m.table(kind))
	}
	var b bytes.Buffer
	o := export.Options{Zone: zone, Now: time.Date(2027, 3, 4, 15, 0, 0, 0, time.UTC),
		Origin: "Eastern Jackson County, " +
			"shared services"}
	if err := export.WriteICS(&b, tables, m.env(), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func loans() *memory {
	m := newMemory()
	addPartners(m)
	m.put("equipment", &lending.Equipment{Tag: "RT-104", Name: "Dump truck, 10 CY", Owner: 5,
		Status: lending.EquipmentActive})
	m.put("reservations", &lending.Reservation{Unit: 1, Borrower: 2, State: lending.Approved,
		Purpose: "Leaf pick-up; both yards, by noon\\",
		Start:   value.Some(value.Date(2027, 3, 12).At(8, 0)), End: value.Some(value.Date(2027, 3, 16).At(17, 0))})
	m.put("events", &shadowing.Event{Name: "Spring job shadowing", Date: value.Some(value.Date(2027, 4, 20)),
		Until: value.Some(value.Date(2027, 4, 21)),
		Place: "City Hall, room 2", State: shadowing.EventOpen,
		Note: strings.Repeat("Bring a badge – übermorgen früh. ", 8)})
	m.put("agreements", &partnership.Agreement{Title: "Mutual equipment use", Status: partnership.AgreementSigned,
		Parties:   []partnership.PartnerID{2, 5},
		Effective: value.Some(value.Date(2026, 7, 1)), Expires: value.Some(value.Date(2029, 6, 30))})
	m.put("briefings", &partnership.Briefing{Partner: 2, Date: value.Some(value.Date(2027, 5, 4)),
		Status: partnership.BriefingPlanned})
	return m
}

func TestACalendarIsReadByOthers(t *testing.T) {
	m := loans()
	file := calendarOf(t, m, chicago(t), "reservations", "events", "agreements", "briefings", "partners")
	cal, err := ics.ParseCalendar(strings.NewReader(file))
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	found := map[string]*ics.VEvent{}
	for _, e := range cal.Events() {
		found[e.Id()] = e
	}
	const at = "@eastern-jackson-county-shared-services.interlocal"
	if len(found) != 5 {
		t.Fatalf("%d entries\n%s", len(found), file)
	}
	loan := found["reservations-1-start"+at]
	start, err := loan.GetStartAt()
	end, err2 := loan.GetEndAt()
	// The clocks change on 14 March 2027, in the middle of the loan.
	if err = errors.Join(err, err2); err != nil || !start.Equal(time.Date(2027, 3, 12, 14, 0, 0, 0, time.UTC)) ||
		!end.Equal(time.Date(2027, 3, 16, 22, 0, 0, 0, time.UTC)) {
		t.Errorf("the loan lies from %v until %v, %v", start.UTC(), end.UTC(), err)
	}
	for id, want := range map[string][2]string{
		"reservations-1-start": {"RT-104 Dump truck, 10 CY, Grandview", "CONFIRMED"},
		"events-1-date":        {"Spring job shadowing", "CONFIRMED"},
		"agreements-1-expires": {"Mutual equipment use: Expires", "CONFIRMED"},
		"briefings-1-date":     {"Briefing of May 4, 2027, Grandview", "TENTATIVE"},
	} {
		e := found[id+at]
		if e == nil {
			t.Errorf("%s is missing", id)
			continue
		}
		if got := e.GetProperty(ics.ComponentPropertySummary).Value; got != want[0] {
			t.Errorf("%s is called %q, want %q", id, got, want[0])
		}
		if got := e.GetProperty(ics.ComponentPropertyStatus).Value; got != want[1] {
			t.Errorf("%s is %s", id, got)
		}
	}
	if got := loan.GetProperty(ics.ComponentPropertyDescription).Value; !strings.Contains(got,
		`Leaf pick-up; both yards, by noon\`) {
		t.Errorf("description %q", got)
	}
	for _, want := range []string{"DTSTART;VALUE=DATE:20270420\r\n", "DTEND;VALUE=DATE:20270422\r\n",
		"LOCATION:City Hall\\, room 2\r\n", "DTSTART;TZID=America/Chicago:20270312T080000\r\n", "SEQUENCE:"} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is not in\n%s", want, file)
		}
	}
}

// The zone's description alone must give the offsets that the zone has.
func TestTheZoneIsDescribedAsItIs(t *testing.T) {
	file := calendarOf(t, loans(), chicago(t), "reservations")
	for _, want := range []string{
		"BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\nTZNAME:CDT\r\n",
		"BEGIN:STANDARD\r\nDTSTART:20271107T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nTZNAME:CST\r\n",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is not in\n%s", want, file)
		}
	}
	if plain := calendarOf(t, loans(), time.UTC, "reservations"); strings.Contains(plain, "VTIMEZONE") ||
		!strings.Contains(plain, "DTSTART:20270312T080000Z") {
		t.Errorf("in UTC:\n%s", plain)
	}
	if days := calendarOf(t, loans(), chicago(t), "events"); strings.Contains(days, "VTIMEZONE") {
		t.Error("days need no zone")
	}
}

func TestUIDsStayAndSequencesGrow(t *testing.T) {
	m := loans()
	before := calendarOf(t, m, chicago(t), "events")
	event := *m.Get("events", 1).(*shadowing.Event)
	event.Date, event.Until = value.Some(value.Date(2027, 4, 19)), value.Opt[value.Day]{}
	m.put("events", &event)
	after := calendarOf(t, m, chicago(t), "events")
	line := func(file, name string) string {
		_, rest, _ := strings.Cut(file, "\r\n"+name+":")
		value, _, _ := strings.Cut(rest, "\r\n")
		return value
	}
	if line(before, "UID") != line(after, "UID") || line(before, "UID") == "" {
		t.Errorf("%q became %q", line(before, "UID"), line(after, "UID"))
	}
	if line(before, "SEQUENCE") != "9" || line(after, "SEQUENCE") != "12" ||
		!strings.Contains(after, "DTEND;VALUE=DATE:20270420") {
		t.Errorf("after:\n%s", after)
	}
}

// Whatever the texts are, lines are short, whole characters and well formed.
func TestCalendarLines(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		m.put("events", &shadowing.Event{Name: anyText().Draw(rt, "name"), Place: anyText().Draw(rt, "place"),
			Note: rapid.StringN(0, 300, -1).Draw(rt, "note"), Date: value.Some(today), State: shadowing.EventOpen})
		file := calendarOf(rt, m, time.UTC, "events")
		rest, ok := strings.CutSuffix(file, "\r\n")
		if !ok {
			rt.Fatal("the last line does not end")
		}
		for line := range strings.SplitSeq(rest, "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x1b") {
				rt.Fatalf("bad line %q", line)
			}
		}
		cal, err := ics.ParseCalendar(strings.NewReader(file))
		if err != nil || len(cal.Events()) != 1 {
			rt.Fatalf("%v\n%s", err, file)
		}
	})
}

func TestKindsWithDays(t *testing.T) {
	for name, want := range map[string]bool{"events": true, "reservations": true, "agreements": true, "programs": true,
		"partners": true, "answers": true, "wordings": false} {
		if got := export.HasDays(kind(name)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
