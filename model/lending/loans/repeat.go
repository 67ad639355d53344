package loans

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// Repeat says how a booking comes again: in so many weeks, or up to a day, on some
// weekdays. The zero value is once.
type Repeat struct {
	Weeks  int                  // rounds; 0 and 1 are one
	Every  int                  // weeks from a round to the next; 0 is one
	Days   []lending.Weekday    // none means the weekday of the first time
	Last   value.Opt[value.Day] // no time begins behind it
	Except []value.Day          // days that are left out, each one of its dates
}

// maxTimes bounds how often a booking repeats.
const maxTimes = 160

func tooOften() error {
	return failure.New(failure.Invalid, "a booking repeats "+strconv.Itoa(maxTimes)+" times at most; book the first "+
		"part of it, and the rest by itself")
}

// Once reports whether there is one time.
func (p *Repeat) Once() bool { return p.Weeks < 2 && len(p.Days) == 0 && !p.Last.Set }

// monday gives the first day of a day's week.
func monday(d value.Day) value.Day { return d - value.Day((d.Weekday()+6)%7) }

// series is the record of a time that repeats.
func (p *Repeat) series(start, end value.Wall) *lending.Series {
	every := max(1, p.Every)
	until := monday(start.Day()) + value.Day(7*every*(max(1, p.Weeks)-1)+6)
	if p.Last.Set {
		until = min(until, p.Last.V)
	}
	return &lending.Series{Start: value.Some(start), End: value.Some(end), Every: value.Some(int64(every)),
		Days: slices.Clone(p.Days), Until: value.Some(until), Except: slices.Clone(p.Except)}
}

// Times lists the times of what repeats, at the same hours on the clock whatever
// clocks do in between, without those left out.
func (p *Repeat) Times(start, end value.Wall) []Stretch {
	if p.Once() {
		return []Stretch{{start, end}}
	}
	return Expand(p.series(start, end))
}

// dates lists the days on which what repeats begins, those left out among them.
func (p *Repeat) dates(start, end value.Wall) []value.Day {
	all := *p
	all.Except = nil
	var out []value.Day
	for _, at := range all.Times(start, end) {
		out = append(out, at.Start.Day())
	}
	return out
}

// times lists the times of an order, or says why there are none.
func (o *Order) times() ([]Stretch, error) {
	dates := o.dates(o.Start, o.End)
	for _, d := range o.Except {
		if !slices.Contains(dates, d) {
			return nil, failure.New(failure.Invalid, notADate(d.Long(), dates))
		}
	}
	times := o.Times(o.Start, o.End)
	switch {
	case len(times) == 0:
		return nil, failure.New(failure.Invalid, "every day of the series is left out")
	case len(dates) > maxTimes:
		return nil, tooOften()
	}
	return times, nil
}

// series is the record of an order that repeats.
func (o *Order) series() *lending.Series {
	s := o.Repeat.series(o.Start, o.End)
	dates := o.dates(o.Start, o.End)
	s.Unit, s.Category, s.Minimum, s.Lender, s.Kit = o.Unit, o.Category, o.Minimum, o.Lender, o.Kit
	s.Borrower, s.Purpose, s.Until = o.Borrower, o.Purpose, value.Some(dates[len(dates)-1])
	if o.Quantity > 1 {
		s.Quantity = value.Some(int64(o.Quantity))
	}
	return s
}

// Expand lists the times of a series: on its weekdays, in every so many weeks,
// up to its last day, without those left out. Of a longer one there is one more than
// may be booked.
func Expand(s *lending.Series) []Stretch {
	if !s.Start.Set || !s.End.Set || !s.Until.Set || s.End.V <= s.Start.V {
		return nil
	}
	first := s.Start.V.Day()
	every := value.Day(max(1, s.Every.Or(1)))
	var out []Stretch
	for day := first; day <= s.Until.V && len(out) <= maxTimes; day++ {
		if (day-monday(first))/7%every != 0 || slices.Contains(s.Except, day) || !onDay(s, day) {
			continue
		}
		shift := value.Wall(day-first) * 24 * 60
		out = append(out, Stretch{s.Start.V + shift, s.End.V + shift})
	}
	return out
}

// weekdayName is a day of the week as a series names it.
func weekdayName(d value.Day) lending.Weekday {
	return lending.Weekday(strings.ToLower(d.Weekday().String()[:3]))
}

func onDay(s *lending.Series, day value.Day) bool {
	if len(s.Days) == 0 {
		return day.Weekday() == s.Start.V.Day().Weekday()
	}
	return slices.Contains(s.Days, weekdayName(day))
}

// String says how it comes again: "weekly", "every 2 weeks on Mon and Thu".
func (p *Repeat) String() string {
	said := "weekly"
	if p.Every > 1 {
		said = "every " + strconv.Itoa(p.Every) + " weeks"
	}
	var days []string
	for _, d := range p.Days {
		days = append(days, strings.ToUpper(string(d[:1]))+string(d[1:]))
	}
	if n := len(days); n > 1 {
		days = []string{strings.Join(days[:n-1], ", ") + " and " + days[n-1]}
	}
	if len(days) > 0 {
		said += " on " + days[0]
	}
	return said
}

// takeRepeat takes what says that a booking comes again, "weekly", "every 2 weeks
// mon+thu", "every other tue"; 0 words when the line says no such thing.
func (l *Line) takeRepeat(words []string) int {
	word := func(i int) string {
		if i < len(words) {
			return strings.ToLower(strings.TrimRight(words[i], ",:"))
		}
		return ""
	}
	n, every := 1, 1
	switch word(0) {
	case "weekly":
	case "biweekly", "fortnightly":
		every = 2
	case "every":
		if k := number(word(1)); k > 0 && k <= 52 {
			n, every = 2, k
		} else if word(1) == "other" || word(1) == "second" {
			n, every = 2, 2
		}
		if word(n) == "week" || word(n) == "weeks" {
			n++
		} else if len(weekdaysOf(word(n))) == 0 {
			return 0 // "every inlet on Main"
		}
	default:
		return 0
	}
	for first := true; n < len(words); first = false {
		k := n
		if w := word(k); w == "on" && first || (w == "and" || w == "&" || w == "+") && !first {
			k++
		}
		days := weekdaysOf(word(k))
		if len(days) == 0 {
			break
		}
		n, l.Days = k+1, append(l.Days, days...)
	}
	l.Every = every
	return n
}

// weekdaysOf reads "mon", "mondays" or "mon+thu"; nil for anything else.
func weekdaysOf(w string) []lending.Weekday {
	var out []lending.Weekday
	for part := range strings.FieldsFuncSeq(w, func(c rune) bool { return c == '+' || c == ',' || c == '&' || c == '/' }) {
		part, n := strings.TrimSuffix(part, "s"), len(out)
		for d := range value.Day(7) {
			if len(part) > 2 && strings.HasPrefix(strings.ToLower(d.Weekday().String()), part) {
				out = append(out, weekdayName(d))
			}
		}
		if len(out) == n {
			return nil
		}
	}
	return out
}

// begin moves the first time to the first date on which what repeats falls.
func (l *Line) begin() {
	if l.Once() || !l.Start.Set || !l.End.Set {
		return
	}
	all := l.Repeat
	all.Except = nil
	times := all.Times(l.Start.V, l.End.V)
	if len(times) == 0 {
		l.fault("none of its days falls before the last; give a later one: until mar 1")
		return
	}
	l.Start.V, l.End.V = times[0].Start, times[0].End
	if len(times) > maxTimes {
		l.fault(tooOften().Error())
	}
}

// Again writes what repeats as a line says it, with a space before it; "" for once.
func (p *Repeat) Again() string {
	if p.Every == 0 {
		return ""
	}
	said := " every " + strconv.Itoa(p.Every) + " weeks"
	for i, d := range p.Days {
		said += []string{" ", "+"}[min(i, 1)] + string(d)
	}
	if p.Last.Set {
		said += " until " + shortDay(p.Last.V)
	} else {
		said += " x" + strconv.Itoa(p.Weeks)
	}
	for i, d := range p.Except {
		said += []string{" except ", ", "}[min(i, 1)] + shortDay(d)
	}
	return said
}
