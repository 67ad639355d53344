package tui

import (
	"testing"
	"time"
)

// What is opened is what the cursor stands on, though the page beside the list
// has not followed yet, as while a key is held.
func TestWhatIsOpenedIsUnderTheCursor(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36)
	r.s.app.Pace = func() time.Duration { return time.Millisecond }
	r.press("g", "p", "right", "home").see("Person #1")
	r.press("j", "j", "j").see("Person #1").press("enter").see("Person #4").press("esc").see("Person #4")
	r.press("j").see("Person #4").press("+").see("Person #5")
}
