package forms

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// SlotsSaid reads when somebody is available, as forms say it: "Morning", "AM
// and PM", "all day", "4/20 AM; 4/21", "Tuesday, March 9: 8-12", "any time but
// Wednesday". Nothing is all half days of the event. What can be read in two
// ways is refused: a half day that nobody offered is worse than a question.
func SlotsSaid(s string, e *shadowing.Event, today value.Day) ([]value.Slot, error) {
	r := slotReader{event: e, all: e.HalfDays(), today: today}
	if len(r.all) > 0 {
		r.today = r.all[0].Day()
	}
	if everything(s) {
		return nil, nil
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if err := r.clause(part); err != nil {
			return nil, err
		}
	}
	out := r.sum()
	switch {
	case len(out) == 0 && (len(r.found) > 0 || len(r.ruledOut) > 0):
		return nil, r.unread(s)
	case slices.Equal(out, r.all):
		return nil, nil
	}
	return out, nil
}

// everything reports whether an answer says that any half day will do. Some of
// these phrases hold a negation, so they come before all grammar.
func everything(s string) bool {
	switch strings.Trim(strings.Join(strings.Fields(strings.ToLower(s)), " "), " .!") {
	case "no preference", "no preferences", "no conflicts", "no restrictions", "no limitations", "always",
		"whenever", "open",
		"wide open", "fully available", "available", "all of the above", "all of these", "all times", "all sessions":
		return true
	}
	return false
}

// clause reads what stands between two semicolons: what is offered, and behind a
// negation what is not. A negation alone rules out of all that there is.
func (r *slotReader) clause(s string) error {
	offered, ruledOut, negated := cutNegation(s)
	if !negated {
		return r.part(s)
	}
	not := slotReader{event: r.event, all: r.all, today: r.today}
	if err := not.part(ruledOut); err != nil || len(not.found) == 0 {
		return r.unread(s)
	}
	if offered == "" {
		r.exceptions = true
	} else if err := r.part(offered); err != nil {
		return r.unread(s)
	}
	r.ruledOut = append(r.ruledOut, not.found...)
	return nil
}

// cutNegation parts a clause at its negation. It is not one where what is left
// negates again, which no grammar here reads.
func cutNegation(s string) (offered, ruledOut string, ok bool) {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	negation := patterns().negation
	at := negation.FindStringIndex(s)
	if at == nil {
		return "", "", false
	}
	filler := patterns().filler
	offered, ruledOut = s[:at[0]], s[at[1]:]
	if strings.HasPrefix(strings.TrimSpace(s[at[0]:at[1]]), "any") || strings.HasPrefix(s[at[0]:at[1]], "all") ||
		strings.HasPrefix(s[at[0]:at[1]], "every") {
		offered = ""
	}
	clean := func(s string) string {
		return strings.Trim(strings.Join(strings.Fields(filler.ReplaceAllString(s, " ")), " "), " ,.-–—")
	}
	return clean(offered), clean(ruledOut), true
}

// sum is what was offered without what was ruled out.
func (r *slotReader) sum() []value.Slot {
	found := r.found
	if r.exceptions && len(found) == 0 {
		found = slices.Clone(r.all)
	}
	slices.Sort(found)
	return slices.DeleteFunc(slices.Compact(found), func(s value.Slot) bool { return slices.Contains(r.ruledOut, s) })
}

// slotReader gathers half days from the parts of an answer.
type slotReader struct {
	event *shadowing.Event
	all   []value.Slot
	today value.Day
	found []value.Slot

	ruledOut   []value.Slot
	exceptions bool // only what is not offered was said
}

// offer is what has been read of days and halves that belong together: a
// weekday, its date and a half may be parted by commas.
type offer struct {
	said      string
	days      []value.Day
	weekday   bool // the day is told by the name of its weekday alone
	every     bool // every day is meant, in so many words
	halves    []value.Half
	hours     []value.Half // told by hours, which may stand beside the halves they explain
	something bool
}

func (o *offer) named() bool { return len(o.days) > 0 || o.every }

// part reads days and halves that are offered.
func (r *slotReader) part(s string) error {
	s = patterns().iAm.ReplaceAllString(s, " ") // no half day
	s = halvesBefore(hoursAsHalves(s))
	s = strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ", ":", " ", " - ", " ", " – ", " ", " — ", " ").
		Replace(s)
	s = patterns().year.ReplaceAllString(s, "$1 $2")
	s = patterns().and.ReplaceAllString(s, ",")
	s = patterns().bothHalves.ReplaceAllString(s, "AM,PM")
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
	doubtful := failure.New(failure.Invalid, strconv.Quote(spreadsheet.Shorten(said))+
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
		days := slices.DeleteFunc(slices.Clone(open.days),
			func(d value.Day) bool { return !slices.Contains(next.days, d) })
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
		if (len(o.halves) == 0 || slices.Contains(o.halves, s.Half())) &&
			(len(o.days) == 0 || slices.Contains(o.days, s.Day())) {
			r.found = append(r.found, s)
		}
	}
	if len(r.found) == n {
		return r.unread(o.said)
	}
	return nil
}

func (r *slotReader) unread(said string) error {
	return failure.New(failure.Invalid, strconv.Quote(spreadsheet.Shorten(said))+" is no half day of "+r.event.Name+
		"; write AM, PM, all day, or a date with AM or PM")
}

// offer reads what stands between two commas: at most one day, and halves.
func (r *slotReader) offer(said string) (offer, error) {
	o := offer{said: said, something: true}
	var rest, scope []string
	day := "" // the word day or days
	for _, word := range strings.Fields(strings.ToLower(said)) {
		word = strings.TrimRight(word, ".")
		if h, ok := hourMark(word); ok {
			o.hours = append(o.hours, h)
			continue
		}
		if h, ok := value.HalfNamed(word); ok {
			o.halves = append(o.halves, h)
			continue
		}
		switch word {
		case "day", "days":
			day = word
		case "all", "full", "any", "anytime", "both", "whole", "either", "every", "each", "flexible":
			scope = append(scope, word)
		case "time", "times", "only", "the", "on", "of", "at", "session", "sessions", "block", "slot", "works", "work",
			"is", "fine",
			"ok", "available", "i", "can", "do", "free", "please", "for", "me":
		default:
			rest = append(rest, word)
		}
	}
	o.every = day == "days" || day == "day" && slices.ContainsFunc([]string{"any", "either", "every", "each"},
		func(w string) bool { return slices.Contains(scope, w) })
	if len(o.halves) == 0 && !o.every && len(scope) > 0 {
		o.halves = []value.Half{value.Morning, value.Afternoon}
	}
	if len(o.hours) > 0 && len(o.halves) > 0 && !sameHalves(o.halves, o.hours) {
		return o, r.unread(o.said)
	}
	o.halves = append(o.halves, o.hours...)
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
	if len(words) == 1 && r.dayOfMonth(o, words[0]) {
		return nil
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
		words[i] = patterns().ordinal.ReplaceAllString(w, "$1")
	}
	d, err := value.ParseDay(strings.Join(words, " "), r.today)
	if err != nil || led && d.Weekday() != name {
		return r.unread(o.said)
	}
	o.days = []value.Day{d}
	return nil
}

// dayOfMonth reads "the 9th" where the event has one such day.
func (r *slotReader) dayOfMonth(o *offer, word string) bool {
	m := patterns().ordinal.FindStringSubmatch(word)
	if m == nil {
		return false
	}
	for _, s := range r.all {
		if _, _, day := s.Day().Date(); strconv.Itoa(day) == m[1] && !slices.Contains(o.days, s.Day()) {
			o.days = append(o.days, s.Day())
		}
	}
	return len(o.days) == 1
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
