package sshd

import (
	"bytes"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// cells is what a terminal shows, with its styles and its cursor: of a blank, what
// is to be seen of its style.
func cells(e *vt.Emulator) string {
	var b strings.Builder
	for y := range e.Height() {
		for x := range e.Width() {
			if c := e.CellAt(x, y); c != nil {
				s := c.Style
				if c.Content == " " || c.Content == "" {
					s.Fg, s.Attrs = nil, s.Attrs&uv.AttrReverse
				}
				b.WriteString(c.Content)
				b.WriteString(s.String())
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
	at := e.CursorPosition()
	return b.String() + strings.Repeat("·", at.X) + "/" + strings.Repeat("·", at.Y)
}

// TestOnlyWhatDiffersIsPainted paints one picture after another: the terminal
// must show each as if it had been painted on an empty screen.
func TestOnlyWhatDiffersIsPainted(t *testing.T) {
	th := theme.New(theme.Options{Dark: true, Profile: colorprofile.ANSI256})
	inks := []theme.Style{{}, th.Accent, th.Selected, th.Dim}
	words := []string{"", "a", "Raytown", "a longer piece", "Pérez", "世界", "e\u0301\u0302x", "│", "m\u0301", "  ",
		"1234567890"}
	const w, h = 24, 4
	rapid.Check(t, func(t *rapid.T) {
		f := frame.New()
		shown := vt.NewEmulator(w, h)
		defer shown.Close()
		p := newPainter(&bytes.Buffer{}, nil)
		f.Reset(w, h)
		for range rapid.IntRange(1, 6).Draw(t, "pictures") {
			if rapid.Bool().Draw(t, "anew") {
				f.Reset(w, h)
			}
			for range rapid.IntRange(0, 8).Draw(t, "strokes") {
				f.At(rapid.IntRange(0, w-1).Draw(t, "x"), rapid.IntRange(0, h-1).Draw(t, "y"))
				f.Put(rapid.SampledFrom(inks).Draw(t, "ink"), rapid.SampledFrom(words).Draw(t, "word"))
			}
			v := f.View(frame.Window{Title: rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "title"),
				Mouse: rapid.Bool().Draw(t, "mouse")})
			if rapid.Bool().Draw(t, "cursor") {
				v.Cursor = tea.NewCursor(rapid.IntRange(0, w-1).Draw(t, "cx"), rapid.IntRange(0, h-1).Draw(t, "cy"))
			}
			p.compose([]byte(v.Content), v, rapid.IntRange(0, 9).Draw(t, "full") == 0)
			shown.Write(p.buf)
			fresh := vt.NewEmulator(w, h)
			q := newPainter(&bytes.Buffer{}, nil)
			q.compose([]byte(v.Content), v, true)
			fresh.Write(q.buf)
			got, want := cells(shown), cells(fresh)
			fresh.Close()
			if v.Cursor == nil { // it is hidden, wherever it stands
				got, _, _ = strings.Cut(got, "·")
				want, _, _ = strings.Cut(want, "·")
				got, want = strings.TrimRight(got, "/"), strings.TrimRight(want, "/")
			}
			if got != want {
				t.Fatalf("after %q the terminal shows\n%s\nwant\n%s", p.buf, got, want)
			}
		}
	})
}

func TestAnUnchangedPictureCostsNothing(t *testing.T) {
	p := newPainter(&bytes.Buffer{}, nil)
	v := tea.NewView("one  \ntwo  ")
	v.Cursor = tea.NewCursor(1, 1)
	p.compose([]byte(v.Content), v, true)
	if p.compose([]byte(v.Content), v, false); len(p.buf) > 0 {
		t.Errorf("%q is sent for nothing", p.buf)
	}
	v.Content = "one  \ntwos "
	if p.compose([]byte(v.Content), v, false); string(p.buf) != "\x1b[?25l\x1b[2;4Hs\x1b[2;2H\x1b[?25h" {
		t.Errorf("%q is sent for one letter", p.buf)
	}
}
