package equipment

import (
	"fmt"

	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

// when writes a stretch of time: "Tue Feb 16, 8:00 am – 5:00 pm".
func when(from, until value.Wall, today value.Day) string {
	if from.Day() == until.Day() {
		return loans.MomentText(from, today) + " – " + loans.ClockText(until)
	}
	return loans.MomentText(from, today) + " – " + loans.MomentText(until, today)
}

// lasting writes how long a stretch of time is, in days and hours.
func lasting(minutes value.Wall) string {
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
func capacityOf(u *lending.Equipment) string { return u.Capacity }
