package tui

import (
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// A series leaves dates out; what is no date of it is said and books nothing.
func TestWeeklyWithExceptions(t *testing.T) {
	st := story(t)
	r := at(t, st, "Grandview", 80, 24)
	r.press("g", "e", "b").types("vac fri 8-12 weekly x4 except feb 27").
		see("Feb 27 is not one of the dates, which are Feb 19, Feb 26, Mar 5 and Mar 12")
	before := newest(st).ID
	r.press("enter").see("╭─ Book")
	if newest(st).ID != before {
		t.Fatal("booked with a date that is none")
	}
	r.press("backspace").types("6, mar 5: inlets").see("2 times, weekly, 2 left out", "Left out: Fri Feb 26, Fri Mar "+
		"5. The last is Fri Mar 12.")
	r.golden("story-book-except-80x24")
	r.press("enter").see("2 times")
	view := st.As(dana()).View()
	series := *field.Get(view, newest(st).Series)
	if len(series.Except) != 2 || series.Until.V != value.Date(2027, 3, 12) || series.Purpose != "inlets" {
		t.Fatalf("the series is %+v", series)
	}
	var days []string
	for v := range field.All[lending.Reservation](view) {
		if v.Series == series.ID {
			days = append(days, v.Start.V.Day().String())
		}
	}
	if strings.Join(days, " ") != "2027-02-19 2027-03-12" {
		t.Fatalf("booked on %v", days)
	}
	wide := at(t, st, "Raytown", 120, 36)
	wide.press("g", "e", "b").types("vac fri 13-16 weekly x4 except feb 19, mar 12").
		see("SAMPLE-402 Vacuum truck is free Fri Feb 26", "Left out: Fri Feb 19, Fri Mar 12.")
	wide.golden("story-book-except-120x36")
}

// A later date that is taken is said before, with the way round it.
func TestWeeklyOverATakenDate(t *testing.T) {
	st := story(t)
	owner := at(t, st, "Blue Springs", 100, 30)
	owner.press("g", "e", "b").types("vac feb 26 8-12").press("enter").see("Booked: SAMPLE-402")
	r := at(t, st, "Grandview", 100, 30)
	r.press("g", "e", "b").types("vac fri 8-12 weekly x3").see("leave Feb 26 out: except feb 26")
	r.press("enter").see("╭─ Book", "weekly x3").types(" except feb 26").miss("leave Feb 26 out").press("enter").see("2 times")
}
