package overlay

import (
	"time"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Kind says how a [Toast] is meant. Each has a glyph of its own, since colour
// alone says nothing.
type Kind uint8

// The kinds of toast.
const (
	Info   Kind = iota // worth knowing
	Done               // it has been done
	Warned             // done, but look
	Failed             // not done
)

// Toast is the line that says what has just happened, with the key that takes it
// back or goes on from it.
type Toast struct {
	Text  string
	Kind  Kind
	Key   string // a key, or empty: "u"
	Does  string // what the key does: "undo"
	Until time.Time
}

// Expired reports whether the toast has been shown long enough. A toast without
// an end stays until it is replaced.
func (t Toast) Expired(now time.Time) bool {
	return !t.Until.IsZero() && !now.Before(t.Until)
}

// Draw draws the toast on the first row of r. The key stays visible when the
// text is too long.
func (t Toast) Draw(f *frame.Frame, r frame.Rect, th *theme.Theme) {
	if r.Empty() {
		return
	}
	glyph, ink := t.look(th)
	hint := 0
	if t.Key != "" {
		hint = f.Measure().Width(t.Key) + f.Measure().Width(t.Does) + 3
	}
	if hint > r.W/2 {
		hint = 0
	}
	f.At(r.X, r.Y)
	f.Text(th.Over(th.Toast, ink), " "+glyph+" ", min(3, r.W))
	w := r.W - 3
	f.Text(th.Toast, t.Text, min(w-hint, f.Measure().Width(t.Text)))
	if hint > 0 {
		f.Fill(th.Toast, 2)
		f.Put(th.Over(th.Toast, th.Key), t.Key)
		f.Put(th.Over(th.Toast, th.KeyHelp), " "+t.Does)
	}
	x, _ := f.Pen()
	f.Fill(th.Toast, r.Right()-x)
}

// look returns the glyph and the ink of a kind.
func (t Toast) look(th *theme.Theme) (string, theme.Style) {
	switch t.Kind {
	case Done:
		return "✓", th.Good
	case Warned:
		return "!", th.Warn
	case Failed:
		return "×", th.Alarm
	}
	return "·", th.Info
}
