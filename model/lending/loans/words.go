package loans

import (
	"fmt"
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// UnitText names what a loan is of: the unit, or "2 × any dump truck of 10.0 or
// more".
func UnitText(r field.Reader, v *lending.Reservation) string {
	if u := field.Get(r, v.Unit); u != nil {
		return u.Tag + " " + u.Name
	}
	s := "any " + v.Category
	if v.Minimum.Set {
		s += " of " + v.Minimum.V.String() + " or more"
	}
	if n := v.Units(); n > 1 {
		s = fmt.Sprintf("%d × %s", n, s)
	}
	return s
}

// LoanText says what a loan is, for whom and when.
func LoanText(r field.Reader, v *lending.Reservation) string {
	s := UnitText(r, v) + " for " + partnerName(r, v.Borrower)
	if v.Start.Set && v.End.Set {
		s += ", " + ShortWhen(v.Start.V, v.End.V)
	}
	return s
}

// StateText is the word for how a loan stands.
func StateText(r field.Reader, v *lending.Reservation, now value.Wall) string {
	given := v.Granted(r)
	switch {
	case v.Overdue(now):
		return "overdue"
	case v.Lapsed(now) && given > 0:
		return "part filled, " + counted(given, v) + "; the rest lapsed"
	case v.Lapsed(now):
		return "lapsed: nobody granted it in time"
	case v.State == lending.Requested && given > 0:
		return "part filled, " + counted(given, v)
	}
	switch v.State {
	case lending.Waitlisted:
		return "on the wait list"
	case lending.OutOnLoan:
		return "out"
	case lending.NoShow:
		return "not fetched"
	}
	return string(v.State)
}

// counted says how many of how many units owners have given.
func counted(given int64, left *lending.Reservation) string {
	return fmt.Sprintf("%d of %d", given, given+left.Units())
}

// ShortWhen writes a stretch of time briefly: "Feb 16 8 am–5 pm".
func ShortWhen(from, until value.Wall) string {
	brief := func(w value.Wall) string {
		_, m, n := w.Day().Date()
		return fmt.Sprintf("%s %d %s", m.String()[:3], n, strings.Replace(ClockText(w), ":00", "", 1))
	}
	if from.Day() == until.Day() {
		return brief(from) + "–" + strings.Replace(ClockText(until), ":00", "", 1)
	}
	return brief(from) + "–" + brief(until)
}

// MomentText writes a moment, with its year where it is another than today's:
// "Tue Feb 16, 8:00 am".
func MomentText(w value.Wall, today value.Day) string {
	return DayText(w.Day(), today) + ", " + ClockText(w)
}

// DayText writes a day, with its year where it is another than today's.
func DayText(d, today value.Day) string {
	y, m, n := d.Date()
	s := fmt.Sprintf("%s %s %d", d.Weekday().String()[:3], m.String()[:3], n)
	if y != today.Year() {
		s += fmt.Sprintf(" %d", y)
	}
	return s
}

// ClockText writes a time of day: "8:00 am".
func ClockText(w value.Wall) string {
	h, m := w.Clock()
	half := "am"
	if h >= 12 {
		half = "pm"
	}
	return fmt.Sprintf("%d:%02d %s", (h+11)%12+1, m, half)
}

// partnerName gives a partner's name, or nothing.
func partnerName(r field.Reader, id partnership.PartnerID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}
