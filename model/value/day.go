package value

import (
	"strconv"
	"strings"
	"time"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Day is a calendar day: days since 1 January 1970. It is no midnight and has
// no zone; a field in which it may be unset is an Opt[Day].
type Day int64

// Wall is a planned local time: minutes since 1 January 1970 on the clocks of
// the partnership's zone. It stays put when clocks change.
type Wall int64

// Date makes the day of a date; out-of-range values carry over as in time.Date.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOf gives the day that t's own clock shows.
func DayOf(t time.Time) Day { return Date(t.Date()) }

// Time gives the midnight in UTC that begins the day, for calculations alone.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Date gives year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.Time().Date() }

// Year gives the year.
func (d Day) Year() int { return d.Time().Year() }

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// AddMonths moves by whole months; a day that the month lacks becomes its last.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	first := Date(y, m+time.Month(n), 1)
	fy, fm, _ := first.Date()
	last := Date(fy, fm+1, 1) - 1
	return min(first+Day(day-1), last)
}

// String writes the day as files do: 2026-03-04.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Long writes the day as people read it: Mar 4, 2026.
func (d Day) Long() string { return d.Time().Format("Jan 2, 2006") }

// Dated writes the day with its weekday, as arithmetic about days is told: Fri 15
// Mar 2030.
func (d Day) Dated() string { return d.Time().Format("Mon 2 Jan 2006") }

// Away says how far the day is from today: "in 12 days", "today", "3 days ago".
func (d Day) Away(today Day) string {
	switch n := int(d - today); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > 0:
		return "in " + text.Counted(n, "day", "days")
	default:
		return text.Counted(-n, "day", "days") + " ago"
	}
}

// When writes the day with its distance: "Mar 4, 2027 (in 12 days)".
func (d Day) When(today Day) string { return d.Long() + " (" + d.Away(today) + ")" }

// At gives a time on the day.
func (d Day) At(hour, minute int) Wall { return Wall(int64(d)*1440 + int64(hour*60+minute)) }

// Day gives the day of a local time.
func (w Wall) Day() Day {
	d := int64(w) / 1440
	if int64(w)%1440 < 0 {
		d--
	}
	return Day(d)
}

// Clock gives hour and minute.
func (w Wall) Clock() (hour, minute int) {
	m := int(int64(w) - int64(w.Day())*1440)
	return m / 60, m % 60
}

// TimeOfDay gives what the clocks show, without the day.
func (w Wall) TimeOfDay() Clock { return Clock(int64(w) - int64(w.Day())*1440) }

// Time gives the instant at which clocks in UTC show the time, for calculations alone.
func (w Wall) Time() time.Time { return time.Unix(int64(w)*60, 0).UTC() }

// String writes the time as files do: 2026-03-04 13:30.
func (w Wall) String() string { return w.Time().Format("2006-01-02 15:04") }

// Long writes the time as people read it: Wed Mar 4, 2026 1:30 pm.
func (w Wall) Long() string { return w.Time().Format("Mon Jan 2, 2006 3:04 pm") }

// In gives the instant at which clocks in the zone show the time; a time that
// a change of clocks skips is read with the offset before the change.
func (w Wall) In(zone *time.Location) time.Time {
	t := w.Time()
	at := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, zone)
	if at.Hour() != t.Hour() || at.Minute() != t.Minute() {
		_, before := at.Add(-24 * time.Hour).Zone()
		return t.Add(time.Duration(-before) * time.Second).In(zone)
	}
	return at
}

var dayLayouts = []string{
	time.DateOnly, "1/2/2006", "1/2/06", "1-2-2006", "Jan 2, 2006", "Jan 2 2006", "January 2, 2006",
	"January 2 2006", "2 Jan 2006", "2 January 2006", "2006/1/2", "20060102", "2006-1-2",
	"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "1/2/2006 15:04", "1/2/2006 3:04:05 PM",
}

var yearlessLayouts = []string{"1/2", "Jan 2", "January 2", "2 Jan", "2 January"}

// ParseDay reads a day as people type it: 2026-03-04, 3/4/26, 3/4, Mar 4,
// Wed Mar 4, today, tomorrow, tue, +30d, +2w, -1m, +1y. Without a year the day
// of this year is meant, or of the coming one when that lies more than six
// months back.
func ParseDay(s string, today Day) (Day, error) {
	t := strings.ToLower(strings.Join(strings.Fields(s), " "))
	switch t {
	case "today", "now":
		return today, nil
	case "tomorrow", "tom":
		return today + 1, nil
	case "yesterday":
		return today - 1, nil
	}
	if d, ok := relativeDay(t, today); ok {
		return d, nil
	}
	if d, ok := weekday(t, today); ok {
		return d, nil
	}
	for _, layout := range dayLayouts {
		if at, err := time.Parse(strings.ToLower(layout), t); err == nil && at.Year() >= 1800 {
			return DayOf(at), nil
		}
		if at, err := time.Parse(layout, strings.TrimSpace(s)); err == nil && at.Year() >= 1800 {
			return DayOf(at), nil
		}
	}
	if d, ok := yearlessDay(t, today); ok {
		return d, nil
	}
	if d, ok := namedDay(t, today); ok {
		return d, nil
	}
	return 0, failure.New(failure.Invalid, strconv.Quote(s)+" is not a day (try 3/4, 2027-03-04, tue or +30d)")
}

// namedDay reads a date led by its weekday, which must be right and, where no
// year is given, tells the year among this one and its neighbors.
func namedDay(t string, today Day) (Day, bool) {
	name, rest, _ := strings.Cut(t, " ")
	name = strings.TrimSuffix(name, ",")
	if len(name) < 3 || rest == "" || len(t) > len("wednesday, september 30, 2026 12:00:00 pm") {
		return 0, false
	}
	if d, err := ParseDay(rest, today); err == nil && fallsOn(d, name) {
		return d, true
	}
	month, day, ok := monthDay(rest)
	for _, year := range []int{today.Year(), today.Year() + 1, today.Year() - 1} {
		d := Date(year, month, day)
		if _, _, have := d.Date(); ok && have == day && fallsOn(d, name) {
			return d, true
		}
	}
	return 0, false
}

// fallsOn reports whether a word begins the name of the day's weekday.
func fallsOn(d Day, word string) bool {
	return strings.HasPrefix(strings.ToLower(d.Weekday().String()), word)
}

// yearlessDay reads a month and a day; 29 February is a day in leap years only.
func yearlessDay(t string, today Day) (Day, bool) {
	month, day, ok := monthDay(t)
	d := Date(today.Year(), month, day)
	if d < today.AddMonths(-6) {
		d = Date(today.Year()+1, month, day)
	}
	_, _, have := d.Date()
	return d, ok && have == day
}

func monthDay(t string) (month time.Month, day int, ok bool) {
	for _, layout := range yearlessLayouts {
		if at, err := time.Parse(layout, titleMonth(t)); err == nil {
			return at.Month(), at.Day(), true
		}
	}
	return 0, 0, false
}

// titleMonth gives month names the capital that time.Parse expects.
func titleMonth(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if w[0] >= 'a' && w[0] <= 'z' {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

func relativeDay(t string, today Day) (Day, bool) {
	if len(t) < 3 || t[0] != '+' && t[0] != '-' {
		return 0, false
	}
	n, err := strconv.Atoi(t[:len(t)-1])
	if err != nil || n > 100000 || n < -100000 {
		return 0, false
	}
	var d Day
	switch t[len(t)-1] {
	case 'd':
		d = today + Day(n)
	case 'w':
		d = today + Day(7*n)
	case 'm':
		d = today.AddMonths(n)
	case 'y':
		d = today.AddMonths(12 * n)
	default:
		return 0, false
	}
	// Beyond these years a day could be written and not read back.
	return d, d >= Date(1800, 1, 1) && d <= Date(9999, 12, 31)
}

func weekday(t string, today Day) (Day, bool) {
	t = strings.TrimPrefix(t, "next ")
	if len(t) < 2 {
		return 0, false
	}
	for i := range 7 {
		d := today + Day(i)
		if strings.HasPrefix(strings.ToLower(d.Weekday().String()), t) {
			return d, true
		}
	}
	return 0, false
}

// ParseWall reads a day and a time: "tue 8", "3/4 13:30", "2026-03-04 8am".
// Seconds are left off. A time with an offset from UTC is refused, since what
// clocks here would show cannot be told without the zone.
func ParseWall(s string, today Day) (Wall, error) {
	t := strings.TrimSpace(s)
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, t); err == nil && at.Year() >= 1800 {
			return DayOf(at).At(at.Hour(), at.Minute()), nil
		}
	}
	bad := failure.New(failure.Invalid, strconv.Quote(s)+" is not a day and a time (try tue 8:30 or 3/4 1:30 pm)")
	words := strings.Fields(strings.ToLower(t))
	for take := 1; take <= 2 && take < len(words); take++ {
		clock := strings.Join(words[len(words)-take:], "")
		minutes, ok := ParseClock(clock)
		if !ok {
			continue
		}
		day := strings.TrimSuffix(strings.Join(words[:len(words)-take], " "), ",")
		if d, err := ParseDay(day, today); err == nil {
			return d.At(0, minutes), nil
		}
	}
	if d, err := ParseDay(t, today); err == nil && !strings.Contains(t, ":") {
		return d.At(0, 0), nil
	}
	return 0, bad
}

// ParseClock reads 8, 8:30, 8am, 8:30pm, 13:30, 13:30:00 and 24:00 as minutes
// of the day.
func ParseClock(s string) (int, bool) {
	if n := len(s) - 1; n > 0 && s[n] == 'm' && (s[n-1] == 'a' || s[n-1] == 'p') {
		s = s[:n]
	}
	s, pm := strings.CutSuffix(s, "p")
	s, am := strings.CutSuffix(s, "a")
	hour, minute, colon := strings.Cut(s, ":")
	if len(minute) == 5 && minute[2] == ':' && minute[3:] < "60" {
		minute = minute[:2]
	}
	h, err := strconv.Atoi(hour)
	m := 0
	if err == nil && colon {
		if m, err = strconv.Atoi(minute); len(minute) != 2 {
			return 0, false
		}
	}
	if err != nil || h < 0 || m < 0 || m > 59 || (am || pm) && (h < 1 || h > 12) {
		return 0, false
	}
	if am || pm {
		h %= 12
	}
	if pm {
		h += 12
	}
	total := h*60 + m
	return total, total <= 1440
}
