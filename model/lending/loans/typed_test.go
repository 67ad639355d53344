package loans_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// The hours of a line are read as people write them; what is no time is what the loan
// is for.
func TestHoursAsPeopleWriteThem(t *testing.T) {
	r := cities()
	at := func(day, hour int) value.Wall { return value.Date(2027, 2, day).At(hour, 0) }
	for line, c := range map[string]struct {
		start, end value.Wall
		what, rest string // what is lent and what for
	}{
		"vac tue 12am-12pm":             {at(16, 0), at(16, 12), "vac", ""},
		"vac tue 8a-3p":                 {at(16, 8), at(16, 15), "vac", ""},
		"vac tue 1pm-3pm":               {at(16, 13), at(16, 15), "vac", ""},
		"vac tue 13pm-15 x":             {at(16, 7), at(16, 17), "vac", "13pm-15 x"},
		"vac tue 0am-9 x":               {at(16, 7), at(16, 17), "vac", "0am-9 x"},
		"vac tue 2x-4 boards":           {at(16, 7), at(16, 17), "vac", "2x-4 boards"},
		"vac tue 22-0":                  {at(16, 22), at(17, 0), "vac", ""},
		"vac tue 0-24":                  {at(16, 0), at(17, 0), "vac", ""},
		"vac tue-thu 8-8":               {at(16, 8), at(18, 8), "vac", ""},
		"vac tue 8 thu":                 {at(16, 8), at(18, 17), "vac", ""},
		"vac tue 8 until thu 12-16":     {at(16, 8), at(18, 16), "vac", ""},
		"vac tue to main street":        {at(16, 7), at(16, 17), "vac", "to main street"},
		"vac 3/2-2/23":                  {at(30, 7), at(30, 17), "vac", ""}, // no run backwards
		"vac tue through thu":           {at(16, 7), at(18, 17), "vac", ""},
		"104 tue":                       {at(16, 7), at(16, 17), "104", ""},
		"c+ tue":                        {at(16, 7), at(16, 17), "c+", ""},
		"dump 0+ x0 tue":                {at(16, 7), at(16, 17), "dump 0+ x0", ""},
		"vac tue 8-17 x6":               {at(16, 8), at(16, 17), "vac", ""},
		"vac tue 8-17 x6 inlets":        {at(16, 8), at(16, 17), "vac", "inlets"},
		"vac 20270218":                  {at(18, 7), at(18, 17), "vac", ""},
		"vac tue 8-17 except dec 32":    {at(16, 8), at(16, 17), "vac", "except dec 32"},
		"vac tue 8-17 raytown 2/3 full": {at(16, 8), at(16, 17), "vac", "2/3 full"},
	} {
		l := loans.ReadLine(r, line, monday)
		if !l.Ready() || l.Start.V != c.start || l.End.V != c.end || l.What != c.what || l.Purpose != c.rest {
			t.Errorf("%q reads as %q from %s until %s: %q %s", line, l.What, l.Start.V.Long(), l.End.V.Long(),
				l.Purpose, l.Fault)
		}
	}
	for _, line := range []string{"vac tue 25-0", "vac tue 8:xx-9", "vac tue 9-8:5"} {
		if l := loans.ReadLine(r, line, monday); l.Ready() {
			t.Errorf("%q is from %v until %v", line, l.Start.V, l.End.V)
		}
	}
	if l := loans.ReadLine(r, "any dump X2 tue", monday); l.Quantity != 2 {
		t.Errorf("X2 reads as %d", l.Quantity)
	}
	for line, want := range map[string]bool{"": true, "tue vac": true, "vac tue": false, "3/4": true, "10+": false} {
		if loans.BeginsWithDay(line, monday) != want {
			t.Errorf("%q begins with a day: %v", line, !want)
		}
	}
}

// A line is written back as it is read.
func TestALineIsWrittenBack(t *testing.T) {
	for _, line := range []string{"", "vac", "vac 2/16/2027 8-17", "vac 2/16/2027 8-17 inlets",
		"vac 2/16/2027 8:05 - 2/18/2027 17"} {
		l := loans.ReadLine(cities(), line, monday)
		if got := l.String(); got != line {
			t.Errorf("%q is written as %q", line, got)
		}
		l.End = l.Start
		if l.Ready() {
			t.Errorf("%q is ready though it ends as it begins", line)
		}
	}
	half := loans.Line{What: "vac", Start: value.Some(monday.At(8, 0))}
	if got := half.String(); got != "vac" {
		t.Errorf("without an end it is %q", got)
	}
}

// What a line leaves out ends where something else begins.
func TestWhereExceptionsEnd(t *testing.T) {
	r := cities()
	for line, c := range map[string]struct {
		out     []value.Day
		purpose string
	}{
		"except mar 2: weekly inlets":             {[]value.Day{feb(30)}, "weekly inlets"},
		"except mar 2 march of dimes":             {[]value.Day{feb(30)}, "march of dimes"},
		"except mar 2, 8-10":                      {[]value.Day{feb(30), feb(37)}, ""},
		"except feb 23 to main street":            {[]value.Day{feb(23)}, "to main street"},
		"except mar 2 2027 to feb 23 2027":        {[]value.Day{feb(30)}, "to feb 23 2027"},
		"except mar 2 10000 things":               {[]value.Day{feb(30)}, "10000 things"},
		"except feb 20 2027 to mar 4":             {[]value.Day{feb(23), feb(30)}, ""},
		"not 99/99":                               {nil, "not 99/99"},
		"except mar 2 & 3/9":                      {[]value.Day{feb(30), feb(37)}, ""},
		"except tue":                              {[]value.Day{feb(16)}, ""},
		"except 20270302":                         {[]value.Day{feb(30)}, ""},
		"except mar 2; mar 9":                     {[]value.Day{feb(30), feb(37)}, ""},
		"except mar 2 raytown, mar 9 is a parade": {[]value.Day{feb(30)}, "mar 9 is a parade"},
	} {
		l := loans.ReadLine(r, "vac tue 8-17 weekly x6 "+line, monday)
		if !l.Ready() || !slices.Equal(l.Out, c.out) || l.Purpose != c.purpose {
			t.Errorf("%q leaves out %v: %q (%s)", line, l.Out, l.Purpose, l.Fault)
		}
	}
	for line, want := range map[string]string{
		"except 99/99":               `"99/99" is not a day`,
		"except feb 23, 99/99":       `"99/99" is not a day`,
		"not feb 23, 99/99":          `"99/99" is not a day`,
		"except feb 23, 9-32":        `"9-32" is not a day`,
		"except feb 23, 0-9":         `"0-9" is not a day`,
		"except feb 23, 0":           `"0" is not a day`,
		"except mar 7 2027 to mar 8": "is not one of the dates",
	} {
		l := loans.ReadLine(r, "vac tue 8-17 weekly x60 "+line, monday)
		if l.Ready() || !strings.Contains(l.Fault, want) {
			t.Errorf("%q is told %q", line, l.Fault)
		}
	}
}

// What is open of a loan is told of its own record and of its papers.
func TestWhoseDoubtsARecordLeaves(t *testing.T) {
	w := yard(t)
	crane := keep(t, w, &lending.Equipment{Tag: "IN-1", Owner: independence, Status: lending.EquipmentActive})
	id := lent(t, w, lending.Approved, func(v *lending.Reservation) { v.Unit = crane })
	v := func(id lending.ReservationID) *lending.Reservation { return &lending.Reservation{ID: id} }
	doubts := loans.Acts().Named("loan.answer").Doubts
	for name, rec := range map[string]any{"its own": v(id), "its hand-over": &lending.Handover{Reservation: id},
		"its return": &lending.Return{Reservation: id}} {
		if of, open := doubts(w, rec); of != uint64(id) || len(open) != 1 || open[0].About != "agreement" ||
			!strings.Contains(open[0].Sentence, "no agreement") {
			t.Errorf("%s: of %d, %+v", name, of, open)
		}
	}
	for name, rec := range map[string]any{"of a loan that is gone": v(99), "of a unit": &lending.Equipment{ID: 1}} {
		if of, open := doubts(w, rec); of != 0 || len(open) != 0 {
			t.Errorf("%s: of %d, %+v", name, of, open)
		}
	}
}

// A request goes on the wait list of its unit.
func TestARequestWaits(t *testing.T) {
	w := yard(t)
	if v := goes(t, w, raytown, "loan.wait", lent(t, w, lending.Requested), nil); v.State != lending.Waitlisted {
		t.Errorf("it is %s", v.State)
	}
}
