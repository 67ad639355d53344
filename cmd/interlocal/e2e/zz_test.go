//go:build unix

package e2e

import "testing"

func TestTiny(t *testing.T) {
	h := newHouse(t)
	db := h.story()
	for _, size := range [][2]int{{10, 3}, {1, 1}, {2, 1}, {1, 5}, {40, 1}} {
		x := h.open(200, 60, db...).see("Needs attention").press("g", "p", "right").see("Marian Okafor", "Department")
		x.resize(size[0], size[1])
		x.resize(200, 60)
		x.until("ok", func(s string) bool {
			select {
			case <-x.done:
				t.Logf("%v died: %d %s", size, x.cmd.ProcessState.ExitCode(), x.written()[max(0, len(x.written())-3000):])
				return true
			default:
			}
			return len(s) > 1000
		})
		x.kill(9)
	}
}
