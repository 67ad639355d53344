package value

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// Slot is one half of a day: the morning or the afternoon of a date. Visits of
// job shadowing are planned in halves, and a full day is both halves of one
// date. The zero Slot is none.
type Slot int64

// Half is the morning or the afternoon.
type Half int

// The halves of a day.
const (
	Morning Half = iota
	Afternoon
)

// SlotOn gives a half of a day.
func SlotOn(d Day, h Half) Slot { return Slot(int64(d)*2 + int64(h)) }

// Day gives the date of the slot.
func (s Slot) Day() Day {
	if s < 0 && s%2 != 0 {
		return Day(s/2 - 1)
	}
	return Day(s / 2)
}

// Half tells which half of its date the slot is.
func (s Slot) Half() Half { return Half(s & 1) }

// String writes the slot as files do: 2027-04-20 AM.
func (s Slot) String() string { return s.Day().String() + " " + [...]string{"AM", "PM"}[s.Half()] }

// Long writes the slot as people read it: Tue Apr 20, morning.
func (s Slot) Long() string { return s.Day().Time().Format("Mon Jan 2") + ", " + s.Word() }

// Word says which half it is: morning or afternoon.
func (s Slot) Word() string { return [...]string{"morning", "afternoon"}[s.Half()] }

// ParseSlot reads a half day as people type it: 2027-04-20 AM, Apr 20 morning,
// 4/20 pm.
func ParseSlot(s string, today Day) (Slot, error) {
	fields := strings.Fields(s)
	if len(fields) > 1 {
		half, ok := HalfNamed(fields[len(fields)-1])
		day, err := ParseDay(strings.TrimSuffix(strings.Join(fields[:len(fields)-1], " "), ","), today)
		if ok && err == nil {
			return SlotOn(day, half), nil
		}
	}
	return 0, failure.New(failure.Invalid, strconv.Quote(s)+
		" is not half a day (try 2027-04-20 AM or Apr 20 afternoon)")
}

// HalfNamed reads am, morning, pm or afternoon in any case.
func HalfNamed(word string) (Half, bool) {
	switch strings.ToLower(strings.Trim(word, ".,()")) {
	case "am", "a.m", "morning", "mornings":
		return Morning, true
	case "pm", "p.m", "afternoon", "afternoons":
		return Afternoon, true
	}
	return 0, false
}

// Clock is a time of the day in minutes after midnight.
type Clock int64

// String writes the time as files do: 08:30.
func (c Clock) String() string {
	pad := func(n Clock) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return pad(c/60) + ":" + pad(c%60)
}

// Long writes the time as people read it: 8:30 am.
func (c Clock) Long() string {
	hour, half := c/60%12, " am"
	if hour == 0 {
		hour = 12
	}
	if c/60%24 >= 12 {
		half = " pm"
	}
	return strconv.FormatInt(int64(hour), 10) + ":" + c.String()[3:] + half
}
