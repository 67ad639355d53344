package forms

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlocal/model/exchange"
	"interlocal/model/failure"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// SlotsSaid reads when somebody is available, as forms say it: "Morning", "AM
// and PM", "all day", "4/20 AM; 4/21", "Tuesday, March 9 AM". Nothing is all
// half days of the event. What can be read in two ways is refused: a half day
// that nobody offered is worse than a question.
func SlotsSaid(s string, e *shadowing.Event, today value.Day) ([]value.Slot, error) {
	r := slotReader{event: e, all: e.HalfDays(), today: today}
	if len(r.all) > 0 {
		r.today = r.all[0].Day()
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if err := r.part(part); err != nil {
			return nil, err
		}
	}
	slices.Sort(r.found)
	out := slices.Compact(r.found)
	if slices.Equal(out, r.all) {
		return nil, nil
	}
	return out, nil
}

// slotReader gathers half days from the parts of an answer.
type slotReader struct {
	event *shadowing.Event
	all   []value.Slot
	today value.Day
	found []value.Slot
}

// offer is what has been read of days and halves that belong together: a
// weekday, its date and a half may be parted by commas.
type offer struct {
	said      string
	days      []value.Day
	weekday   bool // the day is told by the name of its weekday alone
	every     bool // every day is meant, in so many words
	halves    []value.Half
	something bool
}

func (o *offer) named() bool { return len(o.days) > 0 || o.every }

// part reads what stands between two semicolons.
func (r *slotReader) part(s string) error {
	s = strings.NewReplacer("(", " ", ")", " ", ":", " ", " - ", " ", " – ", " ").Replace(s)
	s = regexp.MustCompile(`(\d),\s*(\d{4})\b`).ReplaceAllString(s, "$1 $2")
	s = regexp.MustCompile(`(?i)\s(?:and|or|&)\s`).ReplaceAllString(s, ",")
	s = regexp.MustCompile(`(?i)\bam/pm\b`).ReplaceAllString(s, "AM,PM")
	var open offer
	for _, words := range strings.Split(s, ",") {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		next, err := r.offer(words)
		if err != nil {
			return err
		}
		if open, err = r.join(open, next); err != nil {
			return err
		}
	}
	return r.take(open)
}

// join adds what is read next to what stands open, or takes that and begins
// anew.
func (r *slotReader) join(open, next offer) (offer, error) {
	said := strings.TrimPrefix(open.said+", "+next.said, ", ")
	doubtful := failure.New(failure.Invalid, strconv.Quote(exchange.Shorten(said))+
		" can be read in more than one way; write each day with AM, PM or all day, and semicolons between the days")
	switch {
	case !open.something:
		return next, nil
	case !next.named():
		if len(open.days) > 1 {
			return open, doubtful
		}
		open.halves = append(open.halves, next.halves...)
	case !open.named():
		return open, doubtful
	case len(open.halves) > 0 || open.every || next.every:
		return next, r.take(open)
	case open.weekday != next.weekday:
		days := slices.DeleteFunc(slices.Clone(open.days), func(d value.Day) bool { return !slices.Contains(next.days, d) })
		if len(days) == 0 || len(open.days) > 1 && !open.weekday {
			return open, doubtful
		}
		open.days, open.halves, open.weekday = days, next.halves, false
	case len(next.halves) > 0:
		return open, doubtful
	default:
		open.days = append(open.days, next.days...)
	}
	open.said = said
	return open, nil
}

// take adds the half days of what was read.
func (r *slotReader) take(o offer) error {
	if !o.something {
		return nil
	}
	n := len(r.found)
	for _, s := range r.all {
		if (len(o.halves) == 0 || slices.Contains(o.halves, s.Half())) && (len(o.days) == 0 || slices.Contains(o.days, s.Day())) {
			r.found = append(r.found, s)
		}
	}
	if len(r.found) == n {
		return r.unread(o.said)
	}
	return nil
}

func (r *slotReader) unread(said string) error {
	return failure.New(failure.Invalid, strconv.Quote(exchange.Shorten(said))+" is no half day of "+r.event.Name+
		"; write AM, PM, all day, or a date with AM or PM")
}

// offer reads what stands between two commas: at most one day, and halves.
func (r *slotReader) offer(said string) (offer, error) {
	o := offer{said: said, something: true}
	var rest, scope []string
	day := "" // the word day or days
	for _, word := range strings.Fields(strings.ToLower(said)) {
		word = strings.TrimRight(word, ".")
		if h, ok := value.HalfNamed(word); ok {
			o.halves = append(o.halves, h)
			continue
		}
		switch word {
		case "day", "days":
			day = word
		case "all", "full", "any", "anytime", "both", "whole", "either", "every", "each", "flexible":
			scope = append(scope, word)
		case "time", "only", "the", "on":
		default:
			rest = append(rest, word)
		}
	}
	o.every = day == "days" || day == "day" && slices.ContainsFunc([]string{"any", "either", "every", "each"},
		func(w string) bool { return slices.Contains(scope, w) })
	if len(o.halves) == 0 && !o.every && len(scope) > 0 {
		o.halves = []value.Half{value.Morning, value.Afternoon}
	}
	if len(rest) > 0 {
		return o, r.day(&o, rest)
	}
	if len(o.halves) == 0 && !o.every {
		return o, r.unread(o.said)
	}
	return o, nil
}

// day reads which day words mean: a weekday, a date, or both where they agree.
func (r *slotReader) day(o *offer, words []string) error {
	if o.every {
		return r.unread(o.said)
	}
	name, led := weekdayNamed(words[0])
	if led && len(words) == 1 {
		for _, s := range r.all {
			if d := s.Day(); d.Weekday() == name && !slices.Contains(o.days, d) {
				o.days = append(o.days, d)
			}
		}
		o.weekday = true
		if len(o.days) == 0 {
			return r.unread(o.said)
		}
		return nil
	}
	if led {
		words = words[1:]
	}
	for i, w := range words {
		words[i] = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`).ReplaceAllString(w, "$1")
	}
	d, err := value.ParseDay(strings.Join(words, " "), r.today)
	if err != nil || led && d.Weekday() != name {
		return r.unread(o.said)
	}
	o.days = []value.Day{d}
	return nil
}

// weekdayNamed reads the name of a weekday, also cut short.
func weekdayNamed(word string) (time.Weekday, bool) {
	word = strings.Trim(word, ".,")
	if word == "weds" {
		return time.Wednesday, true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), strings.TrimSuffix(word, "s")) ||
			word == strings.ToLower(d.String())+"s" {
			return d, true
		}
	}
	return 0, false
}
