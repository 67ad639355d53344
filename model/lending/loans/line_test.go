package loans_test

import (
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// cities is a reader that knows five partners and nothing else.
func cities() field.Reader {
	m := fieldtest.NewMemory(model.NewSchema())
	for _, name := range []string{"Independence", "Grandview", "Lee's Summit", "Blue Springs", "Raytown"} {
		m.Add(&partnership.Partner{Name: name})
	}
	return m
}

// monday is the day on which the lines are read: 15 February 2027.
var monday = value.Date(2027, 2, 15)

func TestReadLine(t *testing.T) {
	at := func(day, hour, minute int) value.Wall { return value.Date(2027, 2, day).At(hour, minute) }
	for _, c := range []struct {
		line       string
		what       string
		start, end value.Wall
		borrower   field.ID[partnership.Partner]
		purpose    string
	}{
		{"vac tue 8-17", "vac", at(16, 8, 0), at(16, 17, 0), 0, ""},
		{"rt-104 tue-thu", "rt-104", at(16, 7, 0), at(18, 17, 0), 0, ""},
		{"dump truck tue-thu 8-16 grandview overlay", "dump truck", at(16, 8, 0), at(18, 16, 0), 2, "overlay"},
		{"dump tue 8 - thu 17 for lee's summit", "dump", at(16, 8, 0), at(18, 17, 0), 3, ""},
		{"dump tue 8 thu 17", "dump", at(16, 8, 0), at(18, 17, 0), 0, ""},
		{"dump tue to thu 8-17", "dump", at(16, 8, 0), at(18, 17, 0), 0, ""},
		{"sweeper feb 20 7:30-3pm", "sweeper", at(20, 7, 30), at(20, 15, 0), 0, ""},
		{"sweeper 2/20 8", "sweeper", at(20, 8, 0), at(20, 17, 0), 0, ""},
		{"light tower fri 22-6", "light tower", at(19, 22, 0), at(20, 6, 0), 0, ""},
		{"roller tomorrow: fill potholes", "roller", at(16, 7, 0), at(16, 17, 0), 0, "fill potholes"},
		{"roller tomorrow fill potholes", "roller", at(16, 7, 0), at(16, 17, 0), 0, "fill potholes"},
		{"vac thu-tue", "vac", at(18, 7, 0), at(23, 17, 0), 0, ""},
		{"vac next tue", "vac", at(23, 7, 0), at(23, 17, 0), 0, ""},
		{"tue-thu dump", "dump", at(16, 7, 0), at(18, 17, 0), 0, ""},
		{"vac", "vac", 0, 0, 0, ""},
		{"", "", 0, 0, 0, ""},
		{"vac wed 8-17 raytown: inlets", "vac", at(17, 8, 0), at(17, 17, 0), 5, "inlets"},
	} {
		l := loans.ReadLine(cities(), c.line, monday)
		if l.What != c.what || l.Start.Or(0) != c.start || l.End.Or(0) != c.end || l.Borrower != c.borrower ||
			l.Purpose != c.purpose {
			t.Errorf("%q reads as %q from %v until %v for %d: %q", c.line, l.What, l.Start.V, l.End.V, l.Borrower,
				l.Purpose)
		}
		if want := c.what != "" && c.start != 0; l.Ready() != want {
			t.Errorf("%q is ready: %v", c.line, l.Ready())
		}
	}
}

func TestReadLineCountsAndRepeats(t *testing.T) {
	l := loans.ReadLine(cities(), "any dump 10+ x2 tue weekly x6 grandview", monday)
	if !l.Any || l.What != "dump" || l.Least.Or(0) != 10 || l.Quantity != 2 || l.Weeks != 6 || l.Borrower != 2 {
		t.Errorf("reads as %+v", l)
	}
}

// What the reader writes it reads back as the same time.
func TestWhenReadsBack(t *testing.T) {
	r := cities()
	for start := monday.At(0, 0); start < monday.At(0, 0)+3*1440; start += 37 {
		for _, length := range []value.Wall{30, 61, 540, 1440, 3 * 1440, 10 * 1440} {
			l := loans.ReadLine(r, "x "+loans.WriteWhen(start, start+length), monday)
			if l.Start.Or(0) != start || l.End.Or(0) != start+length {
				t.Fatalf("%s becomes %v until %v", loans.WriteWhen(start, start+length), l.Start.V, l.End.V)
			}
		}
	}
}

func FuzzReadLine(f *testing.F) {
	for _, s := range []string{"vac tue 8-17", "any dump 10+ x2 tue-thu weekly x6 lee's summit", "a 8 - 9 -", "tue - ",
		"x0 x 0+",
		"vac tue 8-17 weekly x6 except mar 2, 9",
		"vac tue weekly except feb 20-mar 4 x9 lee's summit except mar 9 2028",
		"v tue weekly not on 3/2 and , except 1-",
		"v feb 29 2028 weekly x104 skip feb 29, 29, 29 - 1", "v tue weekly x2 except tue, next tue"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l := loans.ReadLine(cities(), s, monday)
		if l.Ready() && l.End.V <= l.Start.V || l.Quantity < 1 || l.Weeks < 1 || l.Weeks > loans.MaxWeeks {
			t.Errorf("%q reads as %+v", s, l)
		}
		if !l.Ready() {
			return
		}
		times := loans.Times(l.Start.V, l.End.V, l.Weeks, l.Except)
		if len(times) != l.Weeks-len(l.Except) || len(times) == 0 || times[0].Start != l.Start.V {
			t.Errorf("%q comes %d times: %+v", s, len(times), l)
		}
	})
}

// Hours that make no sense are asked again, not taken for a working day.
func TestGarbledHoursBookNothing(t *testing.T) {
	for _, line := range []string{"vac tue 8-25", "vac tue 8:75-9", "vac tue 8-17:99", "vac tue 8-8", "vac tue 25-9"} {
		if l := loans.ReadLine(cities(), line, monday); l.Ready() {
			t.Errorf("%q is from %v until %v", line, l.Start.V, l.End.V)
		}
	}
	for _, line := range []string{"vac tue 8-", "vac tue 8-1", "vac tue 2-inch overlay", "vac tue 100-year flood"} {
		if l := loans.ReadLine(cities(), line, monday); !l.Ready() {
			t.Errorf("%q is not ready", line)
		}
	}
}
