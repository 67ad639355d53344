package loans

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/value"
)

// exception is days that a line leaves out of what it repeats, as said.
type exception struct {
	first, last value.Day
	yearless    bool // the year is the one in which it is one of the dates
	words       string
}

// takeSeries takes what says that a booking repeats, "weekly x6 except dec 24,
// dec 31" or "every 2 weeks mon+thu until mar 1", in any order.
func (l *Line) takeSeries(words []string, today value.Day) []string {
	var out []exception
	times, open := 0, false
	for ended := false; len(words) > 0 && !ended; {
		word, n := strings.TrimRight(words[0], ",:"), 0
		switch {
		case l.Every == 0 && l.takeRepeat(words) > 0:
			again := *l
			again.Days = nil
			n, open = again.takeRepeat(words), strings.EqualFold(word, "every")
		case l.Every > 0 && !l.Last.Set && to(word) && word[0] != '-' && !strings.EqualFold(word, "to"):
			n = l.takeLast(words, today)
		case timesOf(word) > 0 && times == 0 && len(words) > 2 && weekly(words[1]) && timesOf(words[2]) > 0:
			l.count(timesOf(word)) // "x2 weekly x6": two units, six weeks
			n = 1
		case timesOf(word) > 0 && times == 0 && (l.Every > 0 || len(words) > 1 && weekly(words[1])):
			times, n = timesOf(word), 1
		default:
			var list []exception
			list, n = l.readExceptions(words, today, l.Every > 0)
			out = append(out, list...)
		}
		if n == 0 {
			break
		}
		ended = strings.HasSuffix(words[n-1], ":") // what it is for follows
		words = words[n:]
	}
	l.rounds(times, open)
	l.begin()
	l.leaveOut(out)
	return words
}

func weekly(w string) bool { return strings.EqualFold(strings.TrimRight(w, ",:"), "weekly") }

// takeLast takes "until mar 1", the day behind which no time begins.
func (l *Line) takeLast(words []string, today value.Day) int {
	if l.Start.Set {
		today = l.Start.V.Day()
	}
	days, n := readDays(words[1:], today)
	if n == 0 || days[0] != days[1] {
		return 0
	}
	if l.Last = value.Some(days[0]); days[0] < today {
		l.fault(days[0].Long() + " is before the first of the dates")
	}
	return n + 1
}

// rounds notes how often it comes again: so many times, up to its last day, or
// twice where a weekly booking says neither.
func (l *Line) rounds(times int, open bool) {
	switch {
	case times > maxWeeks:
		l.fault("a booking repeats over " + strconv.Itoa(maxWeeks) + " weeks at most")
	case times > 0:
		l.Weeks = times
	case l.Every == 0 || l.Weeks > 1:
	case l.Last.Set:
		l.Weeks = max(1, min(maxWeeks, int(monday(l.Last.V)-monday(l.Start.V.Day()))/(7*l.Every)+1))
	case open:
		l.fault("say until when it comes again: until mar 1, or x6")
	default:
		l.Weeks = 2
	}
}

// timesOf reads x6; 0 for anything else.
func timesOf(w string) int {
	if len(w) < 2 || w[0] != 'x' && w[0] != 'X' {
		return 0
	}
	return max(0, number(w[1:]))
}

// readExceptions reads "except dec 24, dec 31", "not on dec 24" or "without dec
// 24-26" and says how many words it took: 0 when the line says no such thing,
// as in "not for salt". What sets out to name a day and does not is a fault.
func (l *Line) readExceptions(words []string, today value.Day, weekly bool) (out []exception, took int) {
	keyword := strings.ToLower(words[0])
	if !slices.Contains([]string{"except", "not", "without", "skip"}, keyword) {
		return nil, 0
	}
	r := &dayReader{marks: marksOf(words), i: 1, today: today, ref: today}
	if l.Start.Set {
		r.ref = l.Start.V.Day()
	}
	if strings.EqualFold(r.peek(0), "on") {
		r.i++
	}
	asked := true // a day is what should come next
	for asked {
		e, ok := r.exception()
		if !ok {
			break
		}
		out = append(out, e)
		asked = r.marks[r.i-1].comma || isMonth(r.peek(0)) && number(r.peek(1)) > 0
		if r.marks[r.i-1].colon {
			asked = false
			break
		}
		if next := r.peek(0); next == "and" || next == "&" {
			r.i, asked = r.i+1, true
		}
	}
	stuck := r.peek(0)
	begins := isMonth(stuck) || stuck != "" && stuck[0] >= '0' && stuck[0] <= '9' &&
		(len(out) > 0 || keyword == "except")
	switch {
	case asked && begins && (weekly || len(out) > 0):
		l.fault(strconv.Quote(strings.TrimSpace(stuck+" "+r.peek(1))) + " is not a day that could be left out; write " +
			"dec 24, or 12/24")
	case len(out) == 0 && weekly && keyword == "except":
		l.fault("say which dates are left out: except dec 24, dec 31")
	case len(out) == 0:
		return nil, 0
	}
	if r.i < len(r.marks) {
		return out, r.marks[r.i].word
	}
	return out, len(words)
}

// fault notes what keeps the line from being booked; the first is told.
func (l *Line) fault(why string) {
	if l.Fault == "" {
		l.Fault = why
	}
}

// mark is a word without the comma or colon behind it, or a part of one: "24-26" is three.
type mark struct {
	text  string
	comma bool
	colon bool // what it is for follows
	word  int  // which word of the line
}

func marksOf(words []string) []mark {
	var out []mark
	for i, w := range words {
		text := strings.TrimRight(w, ",;:")
		end := mark{text, strings.HasSuffix(w, ",") || strings.HasSuffix(w, ";"), strings.HasSuffix(w, ":"), i}
		a, b, run := strings.Cut(text, "-")
		if n := number(a); run && b != "" && n > 0 && n < 32 && i > 0 &&
			(isMonth(words[i-1]) || number(b) > 0 && number(b) < 32) {
			end.text = b
			out = append(out, mark{text: a, word: i}, mark{text: "-", word: i}, end)
			continue
		}
		out = append(out, end)
	}
	return out
}

// dayReader reads one day behind another.
type dayReader struct {
	marks      []mark
	i          int
	month      string // said last; a bare number goes on from it
	ref, today value.Day
}

func (r *dayReader) peek(n int) string {
	if r.i+n < len(r.marks) {
		return r.marks[r.i+n].text
	}
	return ""
}

// exception reads a day, or the days from one to another.
func (r *dayReader) exception() (e exception, ok bool) {
	begin := r.i
	first, year, ok := r.day()
	if !ok {
		return e, false
	}
	e = exception{first: first, last: first, yearless: !year}
	if to(r.peek(0)) {
		before, ref := r.i, r.ref
		r.i, r.ref = r.i+1, first
		last, year, ok := r.day()
		r.ref = ref
		if ok && last >= first {
			e.last, e.yearless = last, e.yearless && !year
		} else {
			r.i = before
		}
	}
	var said []string
	for _, m := range r.marks[begin:r.i] {
		said = append(said, m.text)
	}
	e.words = strings.ReplaceAll(strings.Join(said, " "), " - ", "-")
	return e, true
}

// day reads "dec 24", "dec 24 2027", 12/24, 2027-12-24 or tue, or a bare number
// behind a month; year tells whether the year is beyond doubt.
func (r *dayReader) day() (d value.Day, year, ok bool) {
	text, n, month, ref := r.peek(0), 1, "", r.ref
	switch num := number(text); {
	case isMonth(text) && number(r.peek(1)) > 0 && number(r.peek(1)) < 32:
		month, text, n = text, text+" "+r.peek(1), 2
	case r.month != "" && num > 0 && num < 32:
		month, text = r.month, r.month+" "+text
	case len(text) < 3 || num >= 0:
		return 0, false, false
	case strings.Count(text, "/") != 1: // a weekday, tomorrow, 2027-12-24
		year, ref = true, r.today
	}
	if y := number(r.peek(n)); month != "" && y > 1900 && y < 10000 {
		text, n, year = text+", "+r.peek(n), n+1, true
	}
	d, err := value.ParseDay(text, ref)
	if err != nil {
		return 0, false, false
	}
	r.i, r.month = r.i+n, month
	return d, year, true
}

// leaveOut takes dates out of what the line repeats. When the first is one of
// them the line begins with the next.
func (l *Line) leaveOut(list []exception) {
	if len(list) == 0 || !l.Start.Set || !l.End.Set {
		return
	}
	if l.Every == 0 {
		l.fault("only what repeats leaves dates out: weekly x6 except " + list[0].words)
		return
	}
	dates := l.dates(l.Start.V, l.End.V)
	if len(dates) == 0 {
		return
	}
	for _, e := range list {
		hits := e.among(dates)
		if len(hits) == 0 {
			l.fault(notADate(e.words, dates))
		}
		l.Out = append(l.Out, hits...)
	}
	slices.Sort(l.Out)
	l.Out = slices.Compact(l.Out)
	l.Except = slices.DeleteFunc(slices.Clone(l.Out), func(d value.Day) bool { return d < dates[0] })
	if len(l.Except) == len(dates) {
		l.fault("every one of the dates is left out")
		return
	}
	first := slices.IndexFunc(dates, func(d value.Day) bool { return !slices.Contains(l.Except, d) })
	shift := dates[first] - dates[0]
	l.Start.V, l.End.V = l.Start.V+value.Wall(shift)*24*60, l.End.V+value.Wall(shift)*24*60
	l.Weeks, l.Except = l.Weeks-int(monday(dates[first])-monday(dates[0]))/(7*l.Every), l.Except[first:]
}

// among gives the dates that an exception means, of this year or, where none is
// said, of those that follow.
func (e exception) among(dates []value.Day) (hits []value.Day) {
	for range 4 {
		for _, d := range dates {
			if d >= e.first && d <= e.last {
				hits = append(hits, d)
			}
		}
		if len(hits) > 0 || !e.yearless {
			break
		}
		e.first, e.last = e.first.AddMonths(12), e.last.AddMonths(12)
	}
	return hits
}

// notADate says which dates there are to leave out.
func notADate(words string, dates []value.Day) string {
	return words + " is not one of the dates, which are " + DaysText(dates)
}

// DaysText lists days in few words, the year where it changes: "Mar 4, Mar 11
// and Mar 18"; of many the first ones and the last.
func DaysText(days []value.Day) string {
	var out []string
	for i, d := range days {
		if len(days) > 8 && i == 6 {
			out = append(out, "…")
		}
		if len(days) > 8 && i >= 6 && i < len(days)-1 {
			continue
		}
		s, _, _ := strings.Cut(d.Long(), ",")
		if i > 0 && d.Year() != days[i-1].Year() || i == len(days)-1 && d.Year() != days[0].Year() {
			s += " " + strconv.Itoa(d.Year())
		}
		out = append(out, s)
	}
	if n := len(out); n > 1 {
		return strings.Join(out[:n-1], ", ") + " and " + out[n-1]
	}
	return strings.Join(out, "")
}
