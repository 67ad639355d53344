package tui

import "interlocal/tui/frame"

// Smallest window that shows the dashboard; below it a notice is shown and keys
// are ignored, since nobody could see what they do.
const (
	minWidth  = 60
	minHeight = 18
)

// layout is where the parts of the window lie. It is a pure function of the
// window's size.
type layout struct {
	header, tabs, body, status, keys frame.Rect
	tooSmall                         bool
}

func layoutFor(w, h int) layout {
	all := frame.Rect{W: w, H: h}
	if w < minWidth || h < minHeight {
		return layout{body: all, tooSmall: true}
	}
	var l layout
	l.header, all = all.SplitTop(1)
	l.tabs, all = all.SplitTop(2)
	l.keys, all = all.SplitBottom(1)
	l.status, all = all.SplitBottom(1)
	l.body = all
	return l
}
