package tui

import (
	"strings"
	"testing"

	"interlocal/model/access"
)

// On every width the strip names the tab that is shown, and on the usual ones
// all of them, the administrator's as well.
func TestTheStripShowsTheTabOneIsOn(t *testing.T) {
	admin := dana()
	admin.Role = access.Admin
	for _, w := range []int{60, 66, 72, 80, 100, 120} {
		r := play(t, story(t), admin, w, 24)
		for range r.s.tabs {
			strip := strings.Split(r.screen(), "\n")[1]
			for _, tab := range r.s.tabs {
				if !strings.Contains(strip, tab.title) && (w >= 80 || tab.title == r.s.tabs[r.s.at].title) {
					t.Errorf("at %d columns, on %s, the strip is %q", w, r.s.tabs[r.s.at].title, strip)
				}
			}
			r.press("]")
		}
	}
}

// The letters behind g are told on the smallest window, too.
func TestTheLettersFit(t *testing.T) {
	r := play(t, story(t), dana(), 60, 20)
	r.press("g").see("the first letter of a tab, r Programs").press("x").see("the first letter of a tab, r Programs")
	play(t, story(t), dana(), 120, 30).press("g").see("o Overview", "m Meetings")
}
