package equipment

import (
	"fmt"

	"interlocal/model"
)

// moment writes a local time as people say it: "Tue Feb 16, 8:00 am".
func moment(w model.Wall, today model.Day) string { return dayOf(w.Day(), today) + ", " + clock(w) }

// dayOf writes a day, with its year where it is another than today's.
func dayOf(d, today model.Day) string {
	y, m, n := d.Date()
	s := fmt.Sprintf("%s %s %d", d.Weekday().String()[:3], m.String()[:3], n)
	if y != today.Year() {
		s += fmt.Sprintf(" %d", y)
	}
	return s
}

// clock writes a time of day: "8:00 am".
func clock(w model.Wall) string {
	h, m := w.Clock()
	half := "am"
	if h >= 12 {
		half = "pm"
	}
	return fmt.Sprintf("%d:%02d %s", (h+11)%12+1, m, half)
}

// when writes a stretch of time: "Tue Feb 16, 8:00 am – 5:00 pm".
func when(from, until model.Wall, today model.Day) string {
	if from.Day() == until.Day() {
		return moment(from, today) + " – " + clock(until)
	}
	return moment(from, today) + " – " + moment(until, today)
}

// lasting writes how long a stretch of time is, in days and hours.
func lasting(minutes model.Wall) string {
	switch h := int64(minutes+30) / 60; {
	case minutes < 60:
		return fmt.Sprintf("%d minutes", minutes)
	case h < 48:
		return counted(int(h), "hour")
	default:
		return counted(int(h+12)/24, "day")
	}
}

// counted writes a number of things.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// capacityOf writes a unit's capacity with its unit.
func capacityOf(u *model.Equipment) string { return u.Capacity }
