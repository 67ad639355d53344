package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
)

// onClick makes a row answer a click.
func onClick(f *frame.Frame, r frame.Rect, do func(x int) tea.Cmd) {
	f.HitArea(r, func(m frame.Mouse) tea.Cmd {
		if !m.Clicked() {
			return nil
		}
		return do(m.X)
	})
}

// onWheel makes an area answer the wheel.
func onWheel(f *frame.Frame, r frame.Rect, move func(rows int)) {
	f.HitArea(r, func(m frame.Mouse) tea.Cmd {
		move(3 * m.Wheel())
		return nil
	})
}
