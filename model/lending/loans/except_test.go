package loans_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// feb is a day of the month in which the lines are read; 16 is a Tuesday.
func feb(day int) value.Day { return value.Date(2027, 2, day) }

func TestALineLeavesDatesOut(t *testing.T) {
	for _, c := range []struct {
		line    string
		times   int // that are booked
		first   value.Day
		out     []value.Day
		purpose string
	}{
		{"vac tue 8-17 weekly x6 except mar 2", 5, feb(16), []value.Day{feb(30)}, ""},
		{"vac tue 8-17 weekly x6 except mar 2, mar 9 grandview: inlets", 4, feb(16), []value.Day{feb(30), feb(37)},
			"inlets"},
		{"vac tue 8-17 weekly x6 except mar 2, 9", 4, feb(16), []value.Day{feb(30), feb(37)}, ""},
		{"vac tue 8-17 weekly x6 except mar 2 mar 9", 4, feb(16), []value.Day{feb(30), feb(37)}, ""},
		{"vac tue 8-17 weekly x6 not on 3/2 and 3/9 for raytown: inlets", 4, feb(16), []value.Day{feb(30), feb(37)},
			"inlets"},
		{"vac tue 8-17 weekly x6 without 2027-03-02", 5, feb(16), []value.Day{feb(30)}, ""},
		{"vac tue 8-17 weekly x6, except mar 2, grandview", 5, feb(16), []value.Day{feb(30)}, ""},
		{"vac tue 8-17 weekly except feb 23 x6", 5, feb(16), []value.Day{feb(23)}, ""},
		{"vac tue 8-17 x6 weekly skip feb 23", 5, feb(16), []value.Day{feb(23)}, ""},
		{"vac tue 8-17 weekly x6 for raytown except mar 2", 5, feb(16), []value.Day{feb(30)}, ""},
		{"vac tue 8-17 weekly x6 raytown: except mar 2", 6, feb(16), nil, "except mar 2"},
		{"vac tue 8-17 weekly x6 except mar 1-10", 4, feb(16), []value.Day{feb(30), feb(37)}, ""},
		{"vac tue 8-17 weekly x6 except feb 20-mar 4", 4, feb(16), []value.Day{feb(23), feb(30)}, ""},
		{"vac tue 8-17 weekly x6 except feb 20 to mar 4 inlets", 4, feb(16), []value.Day{feb(23), feb(30)}, "inlets"},
		{"vac tue 8-17 weekly x6 except feb 16, feb 23, mar 9", 3, feb(30), []value.Day{feb(16), feb(23), feb(37)}, ""},
		{"vac tue 8-17 weekly x2 except feb 16", 1, feb(23), []value.Day{feb(16)}, ""},
		{"vac tue 8-17 weekly x6 except mar 2, mar 2, 3/2", 5, feb(16), []value.Day{feb(30)}, ""},
		// of the year in which it is a date
		{"vac tue 8-17 weekly x60 except feb 22", 59, feb(16), []value.Day{value.Date(2028, 2, 22)}, ""},
		{"vac tue 8-17 weekly x60 except mar 7 2028, 14", 58, feb(16),
			[]value.Day{value.Date(2028, 3, 7), value.Date(2028, 3, 14)}, ""},
		{"vac dec 24 8-17 weekly x3 except dec 31, jan 7", 1, value.Date(2027, 12, 24),
			[]value.Day{value.Date(2027, 12, 31), value.Date(2028, 1, 7)}, ""},
		{"vac tue 22-6 weekly x3 except feb 23", 2, feb(16), []value.Day{feb(23)}, ""},
		{"vac tue 8-17 weekly x6 except mar 2: mar 9 inlets", 5, feb(16), []value.Day{feb(30)}, "mar 9 inlets"},
		{"vac tue 8-17 weekly x6: not mar 2", 6, feb(16), nil, "not mar 2"},
		{"vac tue 8-17 weekly x6 not for salt", 6, feb(16), nil, "not for salt"},
		{"vac tue 8-17 not for salt", 1, feb(16), nil, "not for salt"},
		{"vac tue 8-17 all streets except mar 2", 1, feb(16), nil, "all streets except mar 2"},
		{"vac tue 8-17 except main street", 1, feb(16), nil, "except main street"},
	} {
		l := loans.ReadLine(cities(), c.line, monday)
		times := l.Times(l.Start.V, l.End.V)
		if !l.Ready() || len(times) != c.times || times[0].Start.Day() != c.first || l.Start.V.Day() != c.first ||
			!slices.Equal(l.Out, c.out) || l.Purpose != c.purpose {
			t.Errorf("%q reads as %d times from %v without %v: %q (%s)", c.line, len(times), times[0].Start.Day(),
				l.Out, l.Purpose, l.Fault)
		}
	}
}

func TestAnExceptionThatIsNoDateIsSaid(t *testing.T) {
	for line, want := range map[string]string{
		"vac tue 8-17 weekly x3 except feb 24": "feb 24 is not one of the dates, which are Feb 16, Feb 23 " +
			"and Mar 2",
		"vac tue 8-17 weekly x3 except feb 23, mar 9":  "mar 9 is not one of the dates",
		"vac tue 8-17 weekly x3 except feb 24-26":      "feb 24-26 is not one of the dates",
		"vac tue 8-17 weekly x3 except 2/23/2028":      "2/23/2028 is not one of the dates",
		"vac tue 8-17 weekly x60 except feb 24 2027":   "Feb 16, Feb 23, Mar 2, Mar 9, Mar 16, Mar 23, … and Apr 4 2028",
		"vac tue 8-17 weekly x3 except dec 32":         `"dec 32" is not a day`,
		"vac tue 8-17 weekly x3 except feb 23, dec 32": `"dec 32" is not a day`,
		"vac tue 8-17 weekly x3 except feb 23 dec 32":  `"dec 32" is not a day`,
		"vac tue 8-17 weekly x3 except":                "say which dates",
		"vac tue 8-17 weekly x3 except christmas":      "say which dates",
		"vac tue 8-17 weekly x3 except feb 16-mar 2":   "every one of the dates",
		"vac tue 8-17 except feb 23":                   "only what repeats",
		"vac tue-fri except feb 18":                    "only what repeats",
	} {
		l := loans.ReadLine(cities(), line, monday)
		if l.Ready() || !strings.Contains(l.Fault, want) {
			t.Errorf("%q is told %q", line, l.Fault)
		}
		if _, err := loans.Choose(lending.CalendarOf(cities(), monday.At(8, 0)), l); err == nil ||
			err.Error() != l.Fault {
			t.Errorf("%q is chosen: %v", line, err)
		}
	}
}
