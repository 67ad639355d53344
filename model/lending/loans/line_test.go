package loans_test

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
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
		"v every 2 weeks mon+thu 8-12 until mar 1 except feb 22", "v tue every other week x9",
		"v weekly fri, mon until jan 3",
		"tue 8-12 every 3 weeks x4 v", "v x2 tue weekly x3 x4", "v feb 29 2028 weekly x104 skip feb 29, 29, 29 - 1",
		"v tue weekly x2 except tue, next tue"} {
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
		times := l.Times(l.Start.V, l.End.V)
		if len(times) == 0 || times[0].Start != l.Start.V ||
			len(l.Days) == 0 && !l.Last.Set && len(times) != l.Weeks-len(l.Except) {
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

// Hours, days and dates as people write them.
func TestWordsOfTime(t *testing.T) {
	for line, want := range map[string]string{
		"vac tue 8-5":                   "Feb 16 8 am–5 pm",
		"vac tue 7-3:30":                "Feb 16 7 am–3:30 pm",
		"vac tue 8:30-12":               "Feb 16 8:30 am–12 pm",
		"vac tue 12-4":                  "Feb 16 12 pm–4 pm",
		"vac tue 8-1am":                 "Feb 16 8 am–Feb 17 1 am",
		"vac tue 22-6":                  "Feb 16 10 pm–Feb 17 6 am",
		"vac tue noon-5":                "Feb 16 12 pm–5 pm",
		"vac tue 8-noon":                "Feb 16 8 am–12 pm",
		"vac tue 8 to noon":             "Feb 16 8 am–12 pm",
		"vac tue 08:00 to 17:00":        "Feb 16 8 am–5 pm",
		"vac tue from 8 until 5":        "Feb 16 8 am–5 pm",
		"vac tue 8 am - 5 pm":           "Feb 16 8 am–5 pm",
		"vac tue 8 a.m. to 5 p.m.":      "Feb 16 8 am–5 pm",
		"vac tue 8 - thu 5pm":           "Feb 16 8 am–Feb 18 5 pm",
		"vac dec 24-26":                 "Dec 24 7 am–Dec 26 5 pm",
		"vac dec 24-26 8-5":             "Dec 24 8 am–Dec 26 5 pm",
		"vac dec 24 - 26 8-5":           "Dec 24 8 am–Dec 26 5 pm",
		"vac dec 28-jan 2":              "Dec 28 7 am–Jan 2 5 pm",
		"vac dec 28 to jan 2 8-17":      "Dec 28 8 am–Jan 2 5 pm",
		"vac dec 10 2028":               "Dec 10 7 am–5 pm",
		"vac dec 10, 2028 8-5":          "Dec 10 8 am–5 pm",
		"vac mar 4 8-12 weekly x2":      "Mar 4 8 am–12 pm",
		"vac mar 4 8 mar 6 12":          "Mar 4 8 am–Mar 6 12 pm",
		`"vac tue 8-17 grandview"`:      "Feb 16 8 am–5 pm",
		"“vac tue 8-17 grandview”":      "Feb 16 8 am–5 pm",
		"dec 24-26 8-5 vac for raytown": "Dec 24 8 am–Dec 26 5 pm",
	} {
		l := loans.ReadLine(cities(), line, monday)
		if got := loans.ShortWhen(l.Start.V, l.End.V); !l.Ready() || got != want || l.What != "vac" {
			t.Errorf("%q reads as %q of %q: %s", line, got, l.What, l.Fault)
		}
	}
	if l := loans.ReadLine(cities(), "vac dec 10 2028", monday); l.Start.V.Day() != value.Date(2028, 12, 10) {
		t.Errorf("a year that was said: %v", l.Start.V)
	}
	if l := loans.ReadLine(cities(), "vac dec 28-jan 2", monday); l.End.V.Day() != value.Date(2028, 1, 2) {
		t.Errorf("into the new year: %v", l.End.V)
	}
	for line, says := range map[string]string{"vac tue 8-25": `"8-25" is not hours`,
		"vac tue 8-8": `"8-8" is not hours`} {
		if l := loans.ReadLine(cities(), line, monday); !strings.HasPrefix(l.Fault, says) {
			t.Errorf("%q: %q", line, l.Fault)
		}
	}
	for _, line := range []string{"any dump x2 tue 8-17 grandview", "any dump tue 8-17 x2 grandview", "x2 dump tue",
		"dump tue 8-17 grandview x2: salt", "tue 8-17 any dump x2", "dump tue 8-17 weekly x3 x2"} {
		if l := loans.ReadLine(cities(), line, monday); l.Quantity != 2 || l.What != "dump" {
			t.Errorf("%q is for %d of %q", line, l.Quantity, l.What)
		}
	}
}

// several is a yard of three trucks: two of 12, one Raytown's and one Blue Springs's, and
// RT-104.
func several(t *testing.T) *fieldtest.Writer {
	w := yard(t)
	for i, owner := range []partnership.PartnerID{raytown, 3} {
		keep(t, w, &lending.Equipment{Tag: "D-" + string(rune('1'+i)), Name: "Dump truck", Category: "dump truck",
			Owner: owner, Status: lending.EquipmentActive, Shareable: true, Size: value.Some[value.Tenths](120)})
	}
	return w
}

// Several of a category are asked of all who have some, those of the borrower itself
// are booked at once, and too few are said.
func TestSeveralAreAskedOfTheirOwners(t *testing.T) {
	for line, says := range map[string]string{
		"any dump x2 mar 9 8-17 for grandview": "Asked Raytown (2) and Blue Springs (1) for 2 × any dump truck.",
		"dump truck mar 9 8-17 x2 grandview":   "Asked Raytown (2) and Blue Springs (1) for 2 × any dump truck.",
		"any dump x3 mar 9 8-17 for grandview": "Asked Raytown (2) and Blue Springs (1) for 3 × any dump truck.",
		"any dump 10+ x2 mar 9 8-17 for grandview": "Asked Raytown (1) and Blue Springs (1) for 2 × any dump " +
			"truck of 10 or more.",
		"any dump x3 mar 9 8-17 for raytown":       "Booked: 2 × any dump truck of your own. Asked for any dump truck",
		"any dump x2 mar 9 8-17 for raytown":       "Booked: 2 × any dump truck.",
		"any dump x2 mar 9 8-17 weekly x3 raytown": "Booked: 2 × any dump truck, 3 times.",
		"any dump x4 mar 9 8-17 for grandview":     "4 are wanted, and of dump truck only 3 can be had: too few",
		"rt-104 x2 mar 9 8-17 for grandview":       "RT-104 is one unit; to have several, say any dump truck x2",
	} {
		done, err := do(several(t), "loan.book", 0, &loans.Asking{Line: line})
		if err != nil {
			done.Text = err.Error()
		}
		if !strings.HasPrefix(done.Text, says) {
			t.Errorf("%s: %s", line, done.Text)
		}
	}
}

// Each owner grants what it has of a request for several: it is part filled, filled,
// or what is left of it lapses.
func TestARequestForSeveralIsFilledInParts(t *testing.T) {
	w := several(t)
	done, err := do(w, "loan.book", 0, &loans.Asking{Line: "any dump x3 mar 9 8-17 for grandview"})
	if err != nil {
		t.Fatal(err)
	}
	id := lending.ReservationID(done.ID)
	stands := func(want string) {
		t.Helper()
		if got := loans.StateText(w, field.Get(w, id), w.At); got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
	stands("requested")
	if _, err := by(w, raytown, "loan.approve", id, nil); err != nil {
		t.Fatal(err)
	}
	stands("part filled, 2 of 3")
	if v := field.Get(w, id); v.State != lending.Requested || v.Units() != 1 || v.Granted(w) != 2 {
		t.Errorf("what is left is %+v", v)
	}
	refused(t, w, raytown, "loan.approve", id, nil, failure.Conflict, "too few")
	w.At = at(3, 9, 18, 0)
	stands("part filled, 2 of 3; the rest lapsed")
	w.At, w.For = at(3, 8, 18, 0), &field.Override{Name: "Pat", Reason: "storm"}
	if _, err := by(w, 3, "loan.approve", id, nil); err != nil {
		t.Fatal(err)
	}
	stands("approved")
	if v := field.Get(w, id); v.Lender != 3 || v.Units() != 1 || v.Granted(w) != 2 {
		t.Errorf("the last part is %+v", v)
	}
	alone := keep(t, w, &lending.Reservation{Unit: 1, Borrower: grandview, State: lending.Requested,
		Start: value.Some(at(3, 7, 8, 0)), End: value.Some(at(3, 7, 9, 0))})
	if got := loans.StateText(w, field.Get(w, alone), w.At); got != "lapsed: nobody granted it in time" {
		t.Error(got)
	}
}

// A series on weekdays, every few weeks, up to a day: booked, answered and written
// back as it is said.
func TestASeriesInTheLine(t *testing.T) {
	for line, want := range map[string]string{
		"vac 8-12 every 2 weeks mon+thu until mar 18":             "02-15 02-18 03-01 03-04 03-15 03-18",
		"vac every 2 weeks mon+thu 8-12 until mar 4":              "02-15 02-18 03-01 03-04",
		"vac tue 8-12 every 2 weeks mon & thu until mar 4 inlets": "02-18 03-01 03-04",
		"vac thu 8-12 every other week x3 for raytown":            "02-18 03-04 03-18",
		"vac thu 8-12 weekly until mar 5 raytown":                 "02-18 02-25 03-04",
		"vac tue 8-12 every week on tue, thu x2 except feb 18":    "02-16 02-23 02-25",
		"vac mon+thu 8-12":                                "",
		"vac tue 8-12 every 2 weeks mon+thu":              "say until when",
		"vac tue 8-12 weekly until feb 3 2027":            "before the first",
		"vac tue 8-12 weekly x200":                        "104 weeks at most",
		"any vac x200 tue 8-12":                           "99 units at most",
		"vac mon 8-12 every week mon tue wed thu fri x50": "160 times at most",
		"tue 8-12 vac fri":                                `"fri" means is not clear`,
		"mon 8-12 every 2 weeks x2 vac":                   "02-15 03-01",
	} {
		l := loans.ReadLine(cities(), line, monday)
		var got []string
		if l.Ready() {
			for _, at := range l.Times(l.Start.V, l.End.V) {
				got = append(got, at.Start.Day().String()[5:])
			}
			again := loans.ReadLine(cities(), "vac "+loans.WriteWhen(l.Start.V, l.End.V)+l.Again(), monday)
			if len(again.Times(again.Start.V, again.End.V)) != len(got) {
				t.Errorf("%q is written %q", line, l.Again())
			}
		}
		if says := strings.Join(got, " ") + l.Fault; l.What != "vac" && len(got) > 0 && want != "" ||
			!strings.Contains(says, want) || len(got) > 0 && says != want {
			t.Errorf("%q: %q %s", line, l.What, says)
		}
	}
	if l := loans.ReadLine(cities(), "any vac tue 8-12 x2 weekly x3", monday); l.Quantity != 2 || l.Weeks != 3 {
		t.Errorf("%+v", l)
	}
}

// All dates of a series that are taken are said at once.
func TestAllClashesAtOnce(t *testing.T) {
	w := yard(t)
	for _, day := range []string{"mar 16", "mar 30"} {
		if _, err := do(w, "loan.book", 0, &loans.Asking{Line: "rt-104 " + day + " 8-17 for raytown"}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := do(w, "loan.book", 0, &loans.Asking{Line: "rt-104 mar 9 8-17 weekly x4 for grandview"})
	const says = "and it is taken on Mar 30 2027 too; to book the other dates, leave Mar 16 and Mar 30 2027 out: except " +
		"mar 16, mar 30"
	if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), " 2027", ""),
		strings.ReplaceAll(says, " 2027", "")) {
		t.Errorf("%v", err)
	}
}
