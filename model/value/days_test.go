package value_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

func TestParseDay(t *testing.T) {
	today := fieldtest.Saturday // Saturday, 20 February 2027
	d := value.Date
	for text, want := range map[string]value.Day{
		"2026-03-04": d(2026, 3, 4), "2026-3-4": d(2026, 3, 4), "2026/3/4": d(2026, 3, 4), "20260304": d(2026, 3, 4),
		"3/4/2026": d(2026, 3, 4), "03/04/2026": d(2026, 3, 4), "3/4/26": d(2026, 3, 4), "3-4-2026": d(2026, 3, 4),
		"12/31/99": d(1999, 12, 31), "Mar 4, 2026": d(2026, 3, 4), "mar 4, 2026": d(2026, 3, 4),
		"MAR 4 2026":    d(2026, 3, 4),
		"March 4, 2026": d(2026, 3, 4), "4 Mar 2026": d(2026, 3, 4), "4 march 2026": d(2026, 3, 4),
		"  Mar  4,  2026 ": d(2026, 3, 4),
		"jan 4, 2026":      d(2026, 1, 4), "2026-03-04T08:30:00Z": d(2026, 3, 4), "2026-03-04 08:30:00": d(2026, 3, 4),
		"3/4/2026 8:30": d(2026, 3, 4), "2/29/2028": d(2028, 2, 29),
		"Wed Mar 4, 2026": d(2026, 3, 4), "Wednesday, March 4, 2026": d(2026, 3, 4),
		"3/4": d(2027, 3, 4), "Mar 4": d(2027, 3, 4), "march 4": d(2027, 3, 4), "4 mar": d(2027, 3, 4),
		"1/15":  d(2027, 1, 15),
		"12/20": d(2027, 12, 20),
		"today": today, "Now": today, "tomorrow": today + 1, "TOM": today + 1, "yesterday": today - 1,
		"sat": today, "sun": today + 1, "mo": today + 2, "tue": today + 3, "Tues": today + 3, "wednesday": today + 4,
		"next fri": today + 6,
		"+1d":      today + 1, "+30d": today + 30, "-3d": today - 3, "+2w": today + 14, "+1m": d(2027, 3, 20),
		"-2m": d(2026, 12, 20),
		"+1y": d(2028, 2, 20), "+0d": today,
	} {
		if got, err := value.ParseDay(text, today); err != nil || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "x", "t", "3", "13/1", "2/30", "2/30/2026", "2/29/2027", "2/29",
		"2026-13-01", "0001-01-01",
		"+d", "+5", "+5x", "+999999d", "tuesdayx", "4.3.2026", "3/4/2026x", "32 Mar", "Mar", "12345678901",
		"Mon Feb 29", strings.Repeat("mon ", 50_000), "Thu Mar 4, 2026 x"} {
		if got, err := value.ParseDay(text, today); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		} else if failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestParseDayWithoutYear: the day of this year is meant, or of the coming one
// when that lies more than six months back.
func TestParseDayWithoutYear(t *testing.T) {
	for _, c := range []struct {
		today value.Day
		text  string
		want  value.Day
	}{
		{value.Date(2027, 2, 20), "2/19", value.Date(2027, 2, 19)},
		{value.Date(2027, 8, 20), "2/20", value.Date(2027, 2, 20)},
		{value.Date(2027, 8, 21), "2/20", value.Date(2028, 2, 20)},
		{value.Date(2027, 12, 31), "1/1", value.Date(2028, 1, 1)},
		{value.Date(2028, 1, 1), "2/29", value.Date(2028, 2, 29)},
		{value.Date(2027, 10, 1), "2/29", value.Date(2028, 2, 29)},
	} {
		if got, err := value.ParseDay(c.text, c.today); err != nil || got != c.want {
			t.Errorf("%q on %v is %v (%v), want %v", c.text, c.today, got, err, c.want)
		}
	}
}

func TestParseWall(t *testing.T) {
	today := fieldtest.Saturday
	tue, thu := today+3, value.Date(2027, 3, 4)
	for text, want := range map[string]value.Wall{
		"tue 8": tue.At(8, 0), "tue 8:30": tue.At(8, 30), "tue 8am": tue.At(8, 0), "Tue 8 AM": tue.At(8, 0),
		"tue 8pm":     tue.At(20, 0),
		"tue 8:30 pm": tue.At(20, 30), "tue 8p": tue.At(20, 0), "tue 8a": tue.At(8, 0), "tue 12am": tue.At(0, 0),
		"tue 12pm":  tue.At(12, 0),
		"tue 13:30": tue.At(13, 30), "tue 24:00": (tue + 1).At(0, 0), "tue 0:00": tue.At(0, 0), "3/4 8": thu.At(8, 0),
		"3/4 1:30 pm": thu.At(13, 30), "Mar 4 8:15": thu.At(8, 15), "2027-03-04 13:30": thu.At(13, 30),
		"2027-03-04T13:30": thu.At(13, 30),
		"+2d 7":            (today + 2).At(7, 0), "today 9": today.At(9, 0), "3/4": thu.At(0, 0), "tue": tue.At(0, 0),
		"Mar 4, 2027":             thu.At(0, 0),
		"Thu Mar 4, 2027 1:30 pm": thu.At(13, 30), "Thu Mar 4, 1:30 pm": thu.At(13, 30),
		"thu 3/4 1:30p":      thu.At(13, 30),
		"Sat Mar 4, 8:00 am": value.Date(2028, 3, 4).At(8, 0), "Wed Mar 4, 8:00 am": value.Date(2026, 3, 4).At(8, 0),
	} {
		if got, err := value.ParseWall(text, today); err != nil || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "8", "8:30", "tue 25", "tue 8:5", "tue 8:60", "tue 13pm", "tue 0am", "tue -1",
		"tue 24:01", "x 8", "tue 8 x",
		"tue 8map", "Fri Mar 4, 8:00 am", "Fri Mar 4, 2027 8:00"} {
		if got, err := value.ParseWall(text, today); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// TestShownTimesAreRead: a day or a time copied from the screen is understood.
func TestShownTimesAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t, "day")
		w := d.At(rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		for _, text := range []string{d.String(), d.Long()} {
			if got, err := value.ParseDay(text, fieldtest.Saturday); err != nil || got != d {
				t.Fatalf("%q is %v (%v)", text, got, err)
			}
		}
		for _, text := range []string{w.String(), w.Long()} {
			if got, err := value.ParseWall(text, fieldtest.Saturday); err != nil || got != w {
				t.Fatalf("%q is %v (%v)", text, got, err)
			}
		}
		wall := holderColumns()["wall"]
		env := field.NewEnv(fieldtest.With(model.NewSchema()),
			d+value.Day(rapid.IntRange(-400, 400).Draw(t, "days to today")))
		text := string(wall.Show(nil, &holder{Wall: value.Some(w)}, env))
		var back holder
		if err := wall.Parse(&back, text, env); err != nil || back.Wall != value.Some(w) {
			t.Fatalf("%q on %v is %v (%v), not %v", text, env.Today, back.Wall, err, w)
		}
		if h, m := w.Clock(); w.Day() != d || d.At(h, m) != w {
			t.Fatalf("%v is not %v %d:%d", w, d, h, m)
		}
	})
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from value.Day
		n    int
		want value.Day
	}{
		{value.Date(2027, 1, 31), 1, value.Date(2027, 2, 28)}, {value.Date(2028, 1, 31), 1, value.Date(2028, 2, 29)},
		{value.Date(2028, 2, 29), 12, value.Date(2029, 2, 28)},
		{value.Date(2027, 12, 15), 1, value.Date(2028, 1, 15)}, {value.Date(2027, 3, 31), -1, value.Date(2027, 2, 28)},
		{value.Date(2027, 5, 31), -15, value.Date(2026, 2, 28)},
		{value.Date(1969, 12, 31), 2, value.Date(1970, 2, 28)},
	} {
		if got := c.from.AddMonths(c.n); got != c.want {
			t.Errorf("%v and %d months is %v, want %v", c.from, c.n, got, c.want)
		}
	}
}

// TestDaysBefore1970 have a clock and a day as later ones do.
func TestDaysBefore1970(t *testing.T) {
	d := value.Date(1969, 7, 20)
	w := d.At(22, 17)
	if h, m := w.Clock(); w.Day() != d || h != 22 || m != 17 || w.String() != "1969-07-20 22:17" {
		t.Errorf("%v is on %v at %d:%d", w, w.Day(), h, m)
	}
}

// TestWallStaysPut: a booking keeps its hour across a change of clocks, and an
// hour that is skipped is read with the offset before the change.
func TestWallStaysPut(t *testing.T) {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		w    value.Wall
		want string
	}{
		{value.Date(2027, 3, 13).At(8, 0), "2027-03-13T08:00:00-06:00"},
		{value.Date(2027, 3, 15).At(8, 0), "2027-03-15T08:00:00-05:00"},
		{value.Date(2027, 3, 14).At(2, 30), "2027-03-14T03:30:00-05:00"},
		{value.Date(2027, 11, 7).At(3, 0), "2027-11-07T03:00:00-06:00"},
	} {
		if got := c.w.In(zone).Format(time.RFC3339); got != c.want {
			t.Errorf("%v is %s, want %s", c.w, got, c.want)
		}
	}
	if got := value.DayOf(time.Date(2027, 2, 20, 23, 59, 0, 0, zone)); got != fieldtest.Saturday {
		t.Errorf("the day of a late evening is %v", got)
	}
}

func TestHowDaysAreTold(t *testing.T) {
	today, clock := value.Date(2027, 2, 20), func(h, m int) string {
		return value.Date(2027, 2, 20).At(h, m).
			TimeOfDay().Long()
	}
	for _, c := range []struct{ got, want string }{
		{today.Away(today), "today"}, {(today - 1).Away(today), "yesterday"}, {(today + 1).Away(today), "tomorrow"},
		{(today + 2).Away(today), "in 2 days"}, {(today - 2).Away(today), "2 days ago"},
		{(today + 1000).Away(today), "in 1,000 days"},
		{(today + 12).When(today), "Mar 4, 2027 (in 12 days)"}, {value.Date(2030, 3, 15).Dated(), "Fri 15 Mar 2030"},
		{clock(0, 5), "12:05 am"}, {clock(12, 0), "12:00 pm"}, {clock(23, 59), "11:59 pm"}, {clock(8, 30), "8:30 am"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
