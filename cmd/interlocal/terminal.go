package main

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// Terminal says which of the streams are somebody's screen or keyboard.
type Terminal struct {
	In, Out, Err bool
	Width        int // of the screen, in columns; 0 when not known
}

func terminalOf(in, out, err *os.File) Terminal {
	t := Terminal{In: term.IsTerminal(in.Fd()), Out: term.IsTerminal(out.Fd()), Err: term.IsTerminal(err.Fd())}
	if t.Out {
		if width, _, err := term.GetSize(out.Fd()); err == nil {
			t.Width = width
		}
	}
	return t
}

// drawable reports whether a dashboard can be shown.
func (m *Main) drawable() bool {
	return m.Terminal.In && m.Terminal.Out && m.env("TERM") != "dumb"
}

// plainWidth is the width at which plain text is written when no screen says
// otherwise.
const plainWidth = 80

// width is how wide lines of plain text may be.
func (m *Main) width() int {
	if m.Terminal.Out && m.Terminal.Width > 0 {
		return min(m.Terminal.Width, 100)
	}
	return plainWidth
}
