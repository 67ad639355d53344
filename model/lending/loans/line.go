package loans

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Line is what somebody asked for in one line, as in
//
//	vac tue 8-17
//	any dump 10+ tue-thu grandview overlay of two streets
//	sweeper mar 4 8-12 weekly x6
//	sweeper mar 4 8-12 weekly x6 except mar 18, mar 25
//	sweeper 8-12 every 2 weeks mon+thu until mar 1
//
// First comes what is wanted, then when; what follows may name the borrower and
// says what for. Everything but the time may be left out. A line that begins with
// the time, "tue-thu dump", asks what fits then.
type Line struct {
	What     string // words of a tag, a name or a category
	Any      bool   // any unit will do; it is chosen when it is handed over
	Least    value.Opt[int64]
	Quantity int // how many units; 1 unless said
	Start    value.Opt[value.Wall]
	End      value.Opt[value.Wall]
	Repeat               // once unless said; Every is unset until it is
	Out      []value.Day // all dates that the line leaves out, with those before its first
	Fault    string      // what is wrong with what the line leaves out
	Borrower field.ID[partnership.Partner]
	Purpose  string
}

// Hours of the day that are meant when only days are said.
const (
	opens  = 7 * 60
	closes = 17 * 60
)

// maxWeeks bounds how often a line may repeat a booking.
const maxWeeks = 104

// ReadLine reads a line as far as it goes: what is not said, or not said yet, is
// unset. It never fails, because it is asked after every letter.
func ReadLine(r field.Reader, line string, today value.Day) Line {
	l := Line{Quantity: 1, Repeat: Repeat{Weeks: 1}}
	words := joinHalves(strings.Fields(unquoted(line)))
	if _, n := readDays(words, today); n > 0 { // the dates first, then what fits
		words = l.takeCount(l.takeSeries(l.takeWhen(words, today), today))
		if i := slices.Index(words, "for"); i > 0 {
			l.Purpose = strings.TrimLeft(strings.Join(l.takeBorrower(r, words[i:]), " "), ": ")
			words = words[:i]
		}
		if rest := l.takeWhat(words, today); len(rest) > 0 {
			l.fault("the days are said already; what " + strconv.Quote(strings.Join(rest, " ")) + " means is not clear")
		}
		return l
	}
	words = l.takeWhat(words, today)
	words = l.takeWhen(words, today)
	words = l.takeCount(l.takeSeries(words, today))
	said := words
	words = l.takeCount(l.takeBorrower(r, words))
	if n := len(said) - len(words); n > 0 && !strings.HasSuffix(said[n-1], ":") { // "weekly for raytown except dec 24"
		words = l.takeSeries(words, today)
	}
	l.Purpose = strings.TrimLeft(strings.Join(words, " "), ": ")
	return l
}

// unquoted takes away the quotes around a whole line, as it is pasted from a letter
// or handed over by a shell.
func unquoted(line string) string {
	line = strings.TrimSpace(line)
	for _, q := range []string{`"`, "'", "“”", "‘’", "`"} {
		first, last := []rune(q)[0], []rune(q)[len([]rune(q))-1]
		inner, a := strings.CutPrefix(line, string(first))
		inner, b := strings.CutSuffix(inner, string(last))
		if a && b {
			return inner
		}
	}
	return line
}

// takeCount takes how many are wanted, x2, where it stands behind the time.
func (l *Line) takeCount(words []string) []string {
	if len(words) == 0 || timesOf(strings.TrimRight(words[0], ",:")) == 0 {
		return words
	}
	l.count(timesOf(strings.TrimRight(words[0], ",:")))
	return words[1:]
}

// mostUnits bounds how many units a line asks for.
const mostUnits = 99

// count notes how many units are wanted.
func (l *Line) count(n int) {
	if l.Quantity = min(n, mostUnits); n > mostUnits {
		l.fault("a booking is for " + strconv.Itoa(mostUnits) + " units at most")
	}
}

// BeginsWithDay reports whether a line says when before it says what, if it says
// what at all.
func BeginsWithDay(line string, today value.Day) bool {
	words := joinHalves(strings.Fields(unquoted(line)))
	if len(words) == 0 {
		return true
	}
	_, n := readDays(words, today)
	return n > 0
}

// Ready reports whether the line says what and when, without a fault.
func (l Line) Ready() bool {
	return l.What != "" && l.Start.Set && l.End.Set && l.End.V > l.Start.V && l.Fault == ""
}

// takeWhat takes the words up to the first that tells a day.
func (l *Line) takeWhat(words []string, today value.Day) []string {
	var what []string
	for i, w := range words {
		if len(what) > 0 || l.Any {
			_, n := readDays(words[i:], today)
			again := (&Line{}).takeRepeat(words[i:])
			if n > 0 || again > 0 {
				words = words[i:]
				if last := len(what) - 1; n == 0 && last > 0 && strings.Contains(what[last], "-") && clocks(what[last]) {
					words = slices.Insert(slices.Clone(words), again, what[last]) // "vac 8-12 every mon"
					what = what[:last]
				}
				l.What = strings.Join(what, " ")
				return words
			}
		}
		switch {
		case i == 0 && strings.EqualFold(w, "any"):
			l.Any = true
		case strings.HasSuffix(w, "+") && number(w[:len(w)-1]) > 0:
			l.Least = value.Some(int64(number(w[:len(w)-1])))
		case len(w) > 1 && (w[0] == 'x' || w[0] == 'X') && number(w[1:]) > 0:
			l.count(number(w[1:]))
		default:
			what = append(what, w)
		}
	}
	l.What = strings.Join(what, " ")
	return nil
}

// takeWhen takes the day or days and the hours.
func (l *Line) takeWhen(words []string, today value.Day) []string {
	days, n := readDays(words, today)
	if n == 0 {
		if n = l.takeRepeat(words); n == 0 || len(l.Days) == 0 {
			return words
		}
		for days[0] = today; !slices.Contains(l.Days, weekdayName(days[0])); days[0]++ {
		}
		days[1] = days[0]
	} else {
		n += l.takeRepeat(words[n:])
	}
	words = words[n:]
	if len(words) > 0 && garbled(words[0]) {
		l.fault(notHours(words[0]))
		return words[1:] // better asked again than booked for hours that nobody said
	}
	from, until, n := readHours(words)
	l.Start = value.Some(days[0].At(0, from))
	if n > 0 && until < 0 { // "tue 8 thu 17": the end has a day of its own
		rest := words[n:]
		if len(rest) > 0 && to(rest[0]) {
			rest = rest[1:]
		}
		if last, k := readDays(rest, today); k > 0 {
			one, none, m := readHours(rest[k:])
			switch {
			case m == 0:
				one = closes
			case none >= 0:
				one = none
			}
			l.End = value.Some(last[1].At(0, one))
			return rest[k+m:]
		}
		until = max(closes, min(from+60, 1440))
	}
	if days[1] == days[0] && until == from {
		l.fault(notHours(strings.Join(words[:n], " "))) // no time at all, or a whole day
		return words[n:]
	}
	if days[1] == days[0] && until < from {
		days[1]++ // 22-6 goes over midnight
	}
	l.End = value.Some(days[1].At(0, until))
	return words[n:]
}

// takeBorrower takes a city whose name begins as the next word does.
func (l *Line) takeBorrower(r field.Reader, words []string) []string {
	rest := words
	said := len(rest) > 0 && strings.EqualFold(rest[0], "for")
	if said {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return words
	}
	if id, n := partnerNamed(r, rest); id != 0 {
		l.Borrower = id
		return rest[n:]
	}
	return words
}

// partnerNamed finds the one partner whose name begins with the first word, or
// with the first two, and says how many words name it.
func partnerNamed(r field.Reader, words []string) (field.ID[partnership.Partner], int) {
	for n := min(2, len(words)); n > 0; n-- {
		want := field.FoldName(strings.TrimRight(strings.Join(words[:n], " "), ":,"))
		if len(want) < 3 {
			continue
		}
		var found []field.ID[partnership.Partner]
		for p := range field.All[partnership.Partner](r) {
			if strings.HasPrefix(field.FoldName(p.Name), want) {
				found = append(found, p.ID)
			}
		}
		if len(found) == 1 {
			return found[0], n
		}
	}
	return 0, 0
}

// readDays reads a day, "tue", "mar 4", "3/4", or a run of them, "tue-thu",
// "tue to thu", and says how many words it took; 0 when it does not begin with
// one. A run that would end before it begins ends a week later.
func readDays(words []string, today value.Day) (days [2]value.Day, n int) {
	if len(words) == 0 {
		return days, 0
	}
	if a, b, ok := strings.Cut(words[0], "-"); ok && a != "" && b != "" {
		first, err1 := readDay(a, today)
		last, err2 := readDay(b, today)
		if err1 && err2 {
			return spanOf(first, last), 1
		}
	}
	if len(words) > 1 && isMonth(words[0]) {
		return monthDays(words, today)
	}
	first, n := oneDay(words, today)
	if n == 0 {
		return days, 0
	}
	rest := words[n:]
	if len(rest) > 1 && to(rest[0]) {
		if last, k := oneDay(rest[1:], today); k > 0 {
			return spanOf(first, last), n + 1 + k
		}
	}
	return [2]value.Day{first, first}, n
}

// monthDays reads days that begin with a month: "dec 24", "dec 24-26", "dec 28-jan 2",
// "dec 10 2026".
func monthDays(words []string, today value.Day) (days [2]value.Day, n int) {
	r := &dayReader{marks: marksOf(words), today: today, ref: today}
	e, ok := r.exception()
	if !ok || r.i < len(r.marks) && r.i > 0 && r.marks[r.i].word == r.marks[r.i-1].word {
		return days, 0
	}
	if n = len(words); r.i < len(r.marks) {
		n = r.marks[r.i].word
	}
	return [2]value.Day{e.first, e.last}, n
}

func spanOf(first, last value.Day) [2]value.Day {
	for last < first && last > first-7 {
		last += 7
	}
	return [2]value.Day{first, max(first, last)}
}

// oneDay reads a day in one word or two.
func oneDay(words []string, today value.Day) (value.Day, int) {
	if len(words) > 1 && number(words[1]) > 0 && number(words[1]) < 32 && len(words[0]) >= 3 {
		if d, err := value.ParseDay(words[0]+" "+words[1], today); err == nil && isMonth(words[0]) {
			return d, 2
		}
	}
	if len(words) > 1 && strings.EqualFold(words[0], "next") {
		if d, ok := readDay(words[1], today); ok {
			return d + 7, 2
		}
	}
	if d, ok := readDay(words[0], today); ok {
		return d, 1
	}
	return 0, 0
}

// readDay reads a day in one word. Plain numbers and words of fewer than three
// letters are never days here: they are hours, or the beginning of a tag.
func readDay(w string, today value.Day) (value.Day, bool) {
	if len(w) < 3 || number(w) >= 0 {
		return 0, false
	}
	d, err := value.ParseDay(strings.TrimRight(w, ",:"), today)
	return d, err == nil
}

// isMonth reports whether a word of three letters or more begins a month's name.
func isMonth(w string) bool {
	if w = strings.ToLower(w); len(w) < 3 {
		return false
	}
	for _, m := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december"} {
		if strings.HasPrefix(m, w) {
			return true
		}
	}
	return false
}

// number reads a whole number of at most six digits; -1 for anything else.
func number(s string) int {
	if s == "" || len(s) > 6 || s[0] < '0' || s[0] > '9' {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// String writes the line back in the form in which it is read.
func (l Line) String() string {
	var b strings.Builder
	b.WriteString(l.What)
	if l.Start.Set && l.End.Set {
		b.WriteString(" " + WriteWhen(l.Start.V, l.End.V))
	}
	if l.Purpose != "" {
		b.WriteString(" " + l.Purpose)
	}
	return b.String()
}

// WriteWhen writes a time from and until as [ReadLine] reads it.
func WriteWhen(start, end value.Wall) string {
	from, to := start.Day(), end.Day()
	switch {
	case from == to:
		return shortDay(from) + " " + shortClock(start) + "-" + shortClock(end)
	case to == from+1 && end == to.At(0, 0):
		return shortDay(from) + " " + shortClock(start) + "-24"
	}
	return shortDay(from) + " " + shortClock(start) + " - " + shortDay(to) + " " + shortClock(end)
}

func shortDay(d value.Day) string {
	y, m, n := d.Date()
	return strconv.Itoa(int(m)) + "/" + strconv.Itoa(n) + "/" + strconv.Itoa(y)
}

func shortClock(w value.Wall) string {
	h, m := w.Clock()
	if m == 0 {
		return strconv.Itoa(h)
	}
	return strconv.Itoa(h) + ":" + strconv.Itoa(m/10) + strconv.Itoa(m%10)
}
