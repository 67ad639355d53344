package forms

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/value"
)

// Marks stand for halves that are told by hours.
const (
	morningMark   = "morning@"
	afternoonMark = "afternoon@"
)

func hourMark(word string) (value.Half, bool) {
	switch word {
	case morningMark:
		return value.Morning, true
	case afternoonMark:
		return value.Afternoon, true
	}
	return 0, false
}

// hoursAsHalves puts the half of the day in place of hours: "8am-12pm",
// "8:00 AM to noon", "1-5", "08:00". Hours that fill no half stay as they are,
// and nobody will be able to read them.
func hoursAsHalves(s string) string {
	s = strings.NewReplacer("a.m.", "am", "p.m.", "pm", "A.M.", "AM", "P.M.", "PM", "a.m", "am", "p.m", "pm").Replace(s)
	span := patterns().span
	// The day before a dash is no hour, as in "March 9 - 8:00 AM - 12:00 PM".
	s = patterns().dash.
		ReplaceAllString(s, "$1 $2$3")
	s = span.ReplaceAllStringFunc(s, func(said string) string {
		m := span.FindStringSubmatch(said)
		return marked(m[1], said, m[8], spanHalves(m[2:5], m[5:8]))
	})
	if patterns().ending.MatchString(s) {
		return s // the end of a span that fills no half
	}
	point := patterns().point
	return point.ReplaceAllStringFunc(s, func(said string) string {
		m := point.FindStringSubmatch(said)
		return marked(" ", said, m[5], pointHalves(m[2:5]))
	})
}

// marked writes halves between what stood before and behind the hours.
func marked(before, said, behind string, halves []value.Half) string {
	if len(halves) == 0 {
		return said
	}
	out := before
	for _, h := range halves {
		if h == value.Morning {
			out += " " + morningMark
		} else {
			out += " " + afternoonMark
		}
	}
	return out + " " + behind
}

// minutes reads hour, minute and am or pm; without either an hour before seven
// is one of the afternoon, as in "1-5".
func minutes(clock []string) int {
	word := strings.ToLower(clock[0])
	if word == "noon" {
		return 12 * 60
	}
	hour, _ := strconv.Atoi(word)
	minute, _ := strconv.Atoi(clock[1])
	switch strings.ToLower(clock[2]) {
	case "pm", "noon":
		if hour < 12 {
			hour += 12
		}
	case "am":
		hour %= 12
	default:
		if hour < 7 && len(word) == 1 {
			hour += 12
		}
	}
	return hour*60 + minute
}

// spanHalves gives the halves that a span of hours is meant for: one that
// begins in the morning and ends about noon, and so on.
func spanHalves(from, until []string) []value.Half {
	begins, ends := halfBegun(minutes(from)), halfEnded(minutes(until))
	switch {
	case begins == 'm' && ends == 'm':
		return []value.Half{value.Morning}
	case begins == 'a' && ends == 'a':
		return []value.Half{value.Afternoon}
	case begins == 'm' && ends == 'a':
		return []value.Half{value.Morning, value.Afternoon}
	}
	return nil
}

func halfBegun(at int) byte {
	switch {
	case at >= 7*60 && at <= 9*60+30:
		return 'm'
	case at >= 12*60 && at <= 13*60+30:
		return 'a'
	}
	return 0
}

func halfEnded(at int) byte {
	switch {
	case at >= 11*60+30 && at <= 12*60+30:
		return 'm'
	case at >= 16*60 && at <= 18*60:
		return 'a'
	}
	return 0
}

// pointHalves gives the half that begins at a time of the day.
func pointHalves(clock []string) []value.Half {
	switch halfBegun(minutes(clock)) {
	case 'm':
		return []value.Half{value.Morning}
	case 'a':
		return []value.Half{value.Afternoon}
	}
	return nil
}

func sameHalves(a, b []value.Half) bool {
	for _, h := range []value.Half{value.Morning, value.Afternoon} {
		if slices.Contains(a, h) != slices.Contains(b, h) {
			return false
		}
	}
	return true
}

// halvesBefore puts "AM or PM on the 10th" the usual way round.
func halvesBefore(s string) string {
	before := patterns().halvesFirst
	return before.ReplaceAllString(s, "$2 $1")
}
