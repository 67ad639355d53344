package equipment

import (
	"testing"

	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

func TestPeriods(t *testing.T) {
	p := monthOf(value.Date(2027, 2, 15))
	for _, c := range []struct {
		is   period
		want string
		last value.Day
	}{
		{p, "February 2027", value.Date(2027, 2, 28)},
		{p.move(-2), "December 2026", value.Date(2026, 12, 31)},
		{p.widen(1), "Jan – Mar 2027", value.Date(2027, 3, 31)},
		{p.widen(1).move(-1), "Oct – Dec 2026", value.Date(2026, 12, 31)},
		{p.widen(1).widen(1), "2027", value.Date(2027, 12, 31)},
		{p.widen(1).widen(1).widen(1), "2027", value.Date(2027, 12, 31)},
		{p.widen(1).widen(-1), "March 2027", value.Date(2027, 3, 31)},
		{p.widen(-1), "February 2027", value.Date(2027, 2, 28)},
	} {
		if c.is.String() != c.want || c.is.last() != c.last {
			t.Errorf("%s until %v, want %s until %v", c.is, c.is.last(), c.want, c.last)
		}
	}
}

func TestTimesAsPeopleSayThem(t *testing.T) {
	today := value.Date(2027, 2, 15)
	for _, c := range [][2]string{
		{when(today.At(8, 0), today.At(17, 30), today), "Mon Feb 15, 8:00 am – 5:30 pm"},
		{when(today.At(0, 0), (today+1).At(12, 0), today), "Mon Feb 15, 12:00 am – Tue Feb 16, 12:00 pm"},
		{loans.MomentText(value.Date(2028, 1, 3).At(13, 5), today), "Mon Jan 3 2028, 1:05 pm"},
		{loans.ShortWhen(today.At(8, 0), today.At(17, 0)), "Feb 15 8 am–5 pm"},
		{lasting(45), "45 minutes"}, {lasting(60), "1 hour"}, {lasting(33 * 60), "33 hours"},
		{lasting(3 * 1440), "3 days"},
		{grouped(1234567), "1,234,567"}, {grouped(-1200), "-1,200"}, {grouped(12), "12"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

// A clash is marked where two want the same time and one of them holds it, not
// where two only ask, and not beside a turnaround.
func TestClashes(t *testing.T) {
	m := func(kind markKind, from, until value.Wall) mark { return mark{kind: kind, from: from, until: until} }
	for _, c := range []struct {
		marks []mark
		from  value.Wall
		until value.Wall
	}{
		{[]mark{m(approved, 0, 10), m(asked, 5, 20)}, 5, 10},
		{[]mark{m(asked, 0, 30), m(blocked, 5, 20)}, 5, 20},
		{[]mark{m(asked, 0, 10), m(asked, 5, 20)}, 0, 0},
		{[]mark{m(approved, 0, 10), m(asked, 10, 20)}, 0, 0},
		{[]mark{m(turnround, 0, 10), m(asked, 5, 20)}, 0, 0},
		{[]mark{m(returned, 0, 10), m(approved, 5, 20)}, 0, 0},
	} {
		got := withClashes(c.marks)[len(c.marks):]
		switch {
		case c.until == 0 && len(got) != 0:
			t.Errorf("%v clash from %d", c.marks, got[0].from)
		case c.until != 0 && (len(got) != 1 || got[0].from != c.from || got[0].until != c.until):
			t.Errorf("%v clash as %v", c.marks, got)
		}
	}
}

// Every column of the timeline shows what it should whatever the zoom.
func TestColumnsOfEveryZoom(t *testing.T) {
	day := value.Date(2027, 2, 15).At(0, 0)
	marks := []mark{{kind: approved, from: day + 8*60, until: day + 17*60},
		{kind: turnround, from: day + 17*60, until: day + 18*60},
		{kind: asked, from: day + 3*1440, until: day + 4*1440}}
	for zoom, step := range zooms {
		tl := &timeline{zoom: zoom, left: day - 2*step, cols: 200}
		for i, c := range tl.fill(marks) {
			from := tl.left + value.Wall(i)*step
			taken := false
			for _, m := range marks {
				taken = taken || m.from < from+step && from < m.until
			}
			if taken != (c.kind != free) {
				t.Fatalf("at %v minutes a column, the one from %v shows %d", step, from, c.kind)
			}
		}
	}
}
