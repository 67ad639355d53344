package frame

import tea "charm.land/bubbletea/v2"

// Mouse is a mouse event as a zone sees it.
type Mouse struct {
	Msg  tea.MouseMsg
	X, Y int // counted from the zone's upper left corner
	Zone Rect
}

// Clicked reports whether the left button went down.
func (m Mouse) Clicked() bool {
	click, ok := m.Msg.(tea.MouseClickMsg)
	return ok && click.Button == tea.MouseLeft
}

// Wheel returns -1 when the wheel turned up, 1 when it turned down, else 0.
func (m Mouse) Wheel() int {
	wheel, ok := m.Msg.(tea.MouseWheelMsg)
	switch {
	case !ok:
		return 0
	case wheel.Button == tea.MouseWheelUp:
		return -1
	case wheel.Button == tea.MouseWheelDown:
		return 1
	}
	return 0
}

// Handler answers the mouse in a zone.
type Handler func(Mouse) tea.Cmd

// zone is an area that answers to the mouse.
type zone struct {
	area   Rect
	handle Handler
}

// HitArea makes an area answer to the mouse until the next Reset. Of zones that
// overlap, the one drawn last answers. A nil handler swallows the event, which
// is how a dialog keeps clicks beside it from what is below.
func (f *Frame) HitArea(r Rect, handle Handler) {
	if r = r.Intersect(f.clip); !r.Empty() {
		f.zones = append(f.zones, zone{r, handle})
	}
}

// Shield keeps the mouse from everything drawn so far, layers included.
func (f *Frame) Shield() {
	f = f.lowest()
	for _, l := range f.layers {
		l.zones = l.zones[:0]
	}
	f.zones = append(f.zones[:0], zone{f.area, nil})
}

// Mouse hands a mouse event to the zone under it and reports whether there was
// one. A layer hides the zones below it.
func (f *Frame) Mouse(msg tea.MouseMsg) (cmd tea.Cmd, hit bool) {
	at := msg.Mouse()
	for i := len(f.layers) - 1; i >= 0; i-- {
		layer := f.layers[i]
		if cmd, hit = layer.Mouse(msg); hit {
			return cmd, true
		}
		if layer.area.Contains(at.X, at.Y) {
			return nil, true
		}
	}
	for i := len(f.zones) - 1; i >= 0; i-- {
		z := f.zones[i]
		if !z.area.Contains(at.X, at.Y) {
			continue
		}
		if z.handle == nil {
			return nil, true
		}
		return z.handle(Mouse{Msg: msg, X: at.X - z.area.X, Y: at.Y - z.area.Y, Zone: z.area}), true
	}
	return nil, false
}

// Cursor puts the terminal's own cursor on a cell; it belongs on whatever has
// the keys. The last call of a drawing holds. Outside the clipping rectangle
// the cursor is hidden.
func (f *Frame) Cursor(x, y int) {
	f.lowest().cursor = cursor{x: x, y: y, on: f.clip.Contains(x, y)}
}

// HideCursor takes the cursor off the picture.
func (f *Frame) HideCursor() { f.lowest().cursor = cursor{} }

// CursorAt returns where the cursor has been put, if anywhere.
func (f *Frame) CursorAt() (x, y int, on bool) {
	c := f.lowest().cursor
	return c.x, c.y, c.on
}

// lowest returns the frame that layers lie on.
func (f *Frame) lowest() *Frame {
	if f.root != nil {
		return f.root
	}
	return f
}

// Layer lays an empty frame of the cells r over everything drawn so far and over
// what is still to be drawn below it. It covers what it lies on, also where
// nothing is drawn on it. Layers made later lie higher.
func (f *Frame) Layer(r Rect) *Frame {
	f = f.lowest()
	var l *Frame
	if n := len(f.spare); n > 0 {
		l, f.spare = f.spare[n-1], f.spare[:n-1]
	} else {
		l = New()
	}
	l.root, l.meter = f, f.meter
	l.reset(r.Intersect(f.area))
	f.layers = append(f.layers, l)
	return l
}
