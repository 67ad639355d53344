package cyber

import (
	"interlocal/tui/desk"
	"interlocal/tui/records"
)

// Insert puts the pages of the tab in front of its lists.
func Insert(d *desk.Desk, screen *records.Screen) *records.Screen {
	s := newSubject(d, screen)
	screen.Insert(0, newAnswering(s)).Insert(1, newHeat(s)).Insert(2, newScores(s)).Insert(3, newPlan(s)).Insert(4, newJoint(s)).Insert(5, newSharing(s))
	return screen
}
