package frame

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"interlocal/model/text"
)

// AppendTo appends the finished picture: its rows, parted by line breaks.
func (f *Frame) AppendTo(dst []byte) []byte {
	for y := range f.rows {
		if y > 0 {
			dst = append(dst, '\n')
		}
		dst = f.appendRow(dst, y)
	}
	return dst
}

// appendRow appends one row with the layers over it.
func (f *Frame) appendRow(dst []byte, y int) []byte {
	r := &f.rows[y]
	r.finish(f.meter)
	r.seek(max(r.col, f.area.W), f.meter)
	top := r
	for _, l := range f.layers {
		if l.area.Empty() || !l.area.Contains(l.area.X, y+f.area.Y) {
			continue
		}
		out := &f.aux[0]
		if top == out {
			out = &f.aux[1]
		}
		f.cover(out, top, l, y+f.area.Y)
		top = out
	}
	dst = append(dst, top.buf...)
	if top.openLen > 0 {
		dst = append(dst, reset...)
	}
	return dst
}

// cover makes out the row below with the row of a layer at y over it.
func (f *Frame) cover(out, below *row, l *Frame, y int) {
	top := &l.rows[y-l.area.Y]
	top.finish(l.meter)
	left, right := l.area.X-f.area.X, l.area.Right()-f.area.X
	out.reset()
	out.cells(below.buf, 0, left, l.meter)
	out.cells(top.buf, 0, l.area.W, l.meter)
	out.cells(below.buf, right, f.area.W, l.meter)
}

// Finish makes the picture and returns it; the bytes are good until the next
// drawing is finished.
func (f *Frame) Finish() []byte {
	f.out = f.AppendTo(f.out[:0])
	return f.out
}

// Finished returns the picture made last.
func (f *Frame) Finished() []byte { return f.out }

// Content returns the picture made last as a string, which is the same one as
// long as the picture is.
func (f *Frame) Content() string {
	if string(f.out) != f.last {
		f.last = string(f.out)
	}
	return f.last
}

// String returns the finished picture.
func (f *Frame) String() string {
	f.Finish()
	return f.Content()
}

// Window is what the terminal should be told beside the picture.
type Window struct {
	Title string // the window's title; cleaned on the way
	Mouse bool   // report clicks, the wheel and dragging
	Focus bool   // report when the window gains or loses the focus
}

// View makes the finished picture into a view of the whole window.
func (f *Frame) View(w Window) tea.View {
	v := f.About(w)
	v.Content = f.String()
	return v
}

// About makes a view of the whole window without the picture itself.
func (f *Frame) About(w Window) tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = text.Line(w.Title, 80)
	v.ReportFocus = w.Focus
	if w.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if x, y, on := f.CursorAt(); on {
		v.Cursor = tea.NewCursor(x, y)
	}
	return v
}

// Learn takes notice when the terminal answers that it measures whole characters
// (mode 2027). Bubble Tea changes its own reckoning on the same answer, and the
// two must agree. It reports whether the picture has to be drawn anew. Messages
// about anything else are ignored.
func (f *Frame) Learn(msg tea.Msg) bool {
	report, ok := msg.(tea.ModeReportMsg)
	if !ok || report.Mode != ansi.ModeUnicodeCore {
		return false
	}
	switch report.Value {
	case ansi.ModeSet, ansi.ModeReset, ansi.ModePermanentlySet:
		changed := f.meter != text.ByCluster
		f.meter = text.ByCluster
		return changed
	}
	return false
}
