package tui

import "testing"

// The overview tells on demand how the day of a line was found.
func TestTheOverviewTellsItsArithmetic(t *testing.T) {
	const sum = "12 months after"
	r := play(t, story(t), dana(), 200, 60).miss(sum)
	r.press("p").see(sum)
	r.press("p").miss(sum)
}
