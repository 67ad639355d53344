package equipment

import (
	"fmt"

	"interlocal/model/lending/loans"
	"interlocal/model/text"
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
		return text.Counted(int(h), "hour", "hours")
	default:
		return text.Counted(int(h+12)/24, "day", "days")
	}
}
