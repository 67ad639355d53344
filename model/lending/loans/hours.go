package loans

import (
	"slices"
	"strconv"
	"strings"
)

const noon, midnight = 12 * 60, 24 * 60

// to reports whether a word stands between a beginning and an end.
func to(w string) bool {
	return slices.Contains([]string{"-", "–", "to", "until", "til", "till", "through"}, strings.ToLower(w))
}

// joinHalves writes "8 am" as 8am and "a.m." as am, as it is read.
func joinHalves(words []string) []string {
	var out []string
	for _, w := range words {
		half := strings.ReplaceAll(strings.ToLower(strings.TrimRight(w, ",")), ".", "")
		if n := len(out); n > 0 && (half == "am" || half == "pm") && clock(out[n-1]) >= 0 && !says12(out[n-1]) {
			out[n-1] += half
			continue
		}
		out = append(out, w)
	}
	return out
}

// readHours reads "8-17", "7:30-3pm", "08:00 to 17:00", "noon-5" or "8" and says how
// many words it took; to is -1 when only one hour is said. Without any, a working day
// is meant. An end before the beginning that says neither am nor pm is in the
// afternoon, as in 8-5, unless the beginning is so late that it is of the next day.
func readHours(words []string) (from, until, n int) {
	skip := 0
	if len(words) > 1 && (strings.EqualFold(words[0], "from") || strings.EqualFold(words[0], "at")) {
		skip = 1
	}
	rest := words[skip:]
	if len(rest) == 0 {
		return opens, closes, 0
	}
	a, b, ok := strings.Cut(strings.ReplaceAll(strings.TrimRight(rest[0], ",:"), "–", "-"), "-")
	if from = clock(a); from < 0 {
		return opens, closes, 0
	}
	n = skip + 1
	if !ok && len(rest) > 2 && to(rest[1]) && clock(strings.TrimRight(rest[2], ",:")) >= 0 {
		b, n = strings.TrimRight(rest[2], ",:"), skip+3
	}
	if until = clock(b); until < 0 {
		return from, -1, skip + 1
	}
	if until < from && !says12(b) && from <= noon && until < noon {
		until += noon
	}
	return from, until, n
}

// clocks reports whether a word says hours.
func clocks(w string) bool {
	_, until, n := readHours([]string{w})
	return n > 0 && until >= 0
}

// garbled reports whether a word sets out to say hours and does not: 8-25, 8:75.
func garbled(w string) bool {
	digit := func(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
	a, b, _ := strings.Cut(strings.TrimRight(w, ","), "-")
	if !digit(a) {
		return false
	}
	if clock(a) < 0 {
		return digit(b) && number(a) < 0 && strings.Contains(a, ":") || number(a) > 24 && digit(b) && clock(b) >= 0
	}
	return digit(b) && clock(b) < 0 && (number(b) >= 0 || strings.Contains(b, ":"))
}

// says12 reports whether a time says in which half of the day it is.
func says12(s string) bool {
	s = strings.TrimSuffix(strings.ToLower(s), "m")
	return strings.HasSuffix(s, "a") || strings.HasSuffix(s, "p") || s == "noon" || s == "midnight"
}

// clock reads 8, 8:30, 8am, 3:15pm, noon and midnight as minutes of the day; -1 for
// anything else.
func clock(s string) int {
	switch s = strings.ToLower(s); s {
	case "noon":
		return noon
	case "midnight":
		return midnight
	}
	s = strings.TrimSuffix(s, "m")
	half := -1
	switch {
	case strings.HasSuffix(s, "a"):
		half, s = 0, s[:len(s)-1]
	case strings.HasSuffix(s, "p"):
		half, s = 12, s[:len(s)-1]
	}
	h, m, colon := strings.Cut(s, ":")
	hour, minute := number(h), 0
	if colon {
		minute = number(m)
	}
	if hour < 0 || minute < 0 || minute > 59 || hour > 24 || hour == 24 && minute > 0 || colon && len(m) != 2 {
		return -1
	}
	if half >= 0 {
		if hour < 1 || hour > 12 {
			return -1
		}
		hour = hour%12 + half
	}
	return hour*60 + minute
}

// notHours says what could not be read as hours.
func notHours(word string) string {
	return strconv.Quote(word) + " is not hours; write 8-17, 8-5 or 7:30-3pm"
}
