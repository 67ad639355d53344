package frame

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"interlocal/model/text"
	"interlocal/tui/theme"
)

// someTheme is a theme with colours.
func someTheme() *theme.Theme {
	return theme.New(theme.Options{Dark: true, Profile: colorprofile.ANSI256})
}

// words are what the properties draw with: every kind of width, and things that
// must not get through.
func words() []string {
	return []string{
		"", "a", "Raytown", "a rather long piece of text", "Pérez", "世界", "公共工程", "e\u0301\u0302", "👨\u200d👩\u200d👧",
		"❤\ufe0f", "🇺🇸", "🇺", "हिन्दी", "กำ", "\u1100", "\u1161", "각", "\u0301", "\u0d4e", "क्", "ष", "│", "─", "…",
		"\x1b[31mred\x1b[m", "\x1b]0;t\x07x", "\u009b2J", "a\nb", "\t", "\u202ea", "\xff\xfe", "می\u200cخ",
	}
}

// rows returns the rows of a finished picture, without styles, after checking
// that each is as wide as the frame and that every escape sequence is one of an
// ink.
func rows(t interface {
	Helper()
	Fatalf(string, ...any)
}, f *Frame, inks []theme.Style) []string {
	t.Helper()
	known := map[string]bool{"\x1b[m": true}
	for _, k := range inks {
		known[k.Open()] = true
	}
	out := strings.Split(f.String(), "\n")
	if len(out) != f.Area().H && f.Area().H > 0 {
		t.Fatalf("%d rows, want %d", len(out), f.Area().H)
	}
	for y, row := range out {
		var plain strings.Builder
		open := false
		for rest := row; rest != ""; {
			if rest[0] == 0x1b {
				n := strings.IndexByte(rest, 'm') + 1
				if !known[rest[:n]] {
					t.Fatalf("row %d has the sequence %q, of no ink", y, rest[:n])
				}
				open = rest[:n] != "\x1b[m"
				rest = rest[n:]
				continue
			}
			plain.WriteByte(rest[0])
			rest = rest[1:]
		}
		if open {
			t.Fatalf("row %d ends in an ink: %q", y, row)
		}
		s := plain.String()
		for _, r := range s {
			if r < 0x20 || r >= 0x7f && r < 0xa0 {
				t.Fatalf("row %d has %U", y, r)
			}
		}
		if w := believed(f, row); w != f.Area().W {
			t.Fatalf("row %d is %d columns wide, want %d: %q", y, w, f.Area().W, row)
		}
		out[y] = s
	}
	return out
}

// believed is what Bubble Tea takes the width of a row to be.
func believed(f *Frame, row string) int {
	if f.Measure() == text.ByCluster {
		return ansi.StringWidth(row)
	}
	return ansi.StringWidthWc(row)
}

func plainRows(t *testing.T, f *Frame) []string { return rows(t, f, nil) }

func TestText(t *testing.T) {
	cases := []struct {
		name string
		draw func(f *Frame)
		want string
	}{
		{"nothing", func(*Frame) {}, "          "},
		{"padded", func(f *Frame) { f.Text(theme.Style{}, "ab", 4); f.Text(theme.Style{}, "c", 1) }, "ab  c     "},
		{"cut", func(f *Frame) { f.Text(theme.Style{}, "abcdef", 4) }, "abc…      "},
		{"right", func(f *Frame) { f.TextRight(theme.Style{}, "ab", 4) }, "  ab      "},
		{"right and wide", func(f *Frame) { f.TextRight(theme.Style{}, "世", 4) }, "  世      "},
		{"bytes", func(f *Frame) {
			f.Bytes(theme.Style{}, []byte("ab"), 3)
			f.BytesRight(theme.Style{}, []byte("é"),
				3)
		}, "ab   é    "},
		{"put", func(f *Frame) { n := f.Put(theme.Style{}, "Pérez"); f.Text(theme.Style{}, fmt.Sprint(n), 1) },
			"Pérez5    "},
		{"put at the edge", func(f *Frame) { f.At(8, 0); f.Put(theme.Style{}, "Pérez") }, "        P…"},
		{"gap", func(f *Frame) { f.At(3, 0); f.Text(theme.Style{}, "a", 1) }, "   a      "},
		{"back", func(f *Frame) {
			f.Text(theme.Style{}, "abcdefgh", 8)
			f.At(2, 0)
			f.Text(theme.Style{}, "XY", 2)
		}, "abXYefgh  "},
		{"back and on", func(f *Frame) {
			f.Text(theme.Style{}, "abcdefgh", 8)
			f.At(2, 0)
			f.Text(theme.Style{}, "X", 1)
			f.At(5, 0)
			f.Text(theme.Style{}, "Y", 1)
		}, "abXdeYgh  "},
		{"back twice", func(f *Frame) {
			f.Text(theme.Style{}, "abcdefgh", 8)
			f.At(4, 0)
			f.Text(theme.Style{}, "X", 1)
			f.At(1, 0)
			f.Text(theme.Style{}, "Y", 1)
		}, "aYcdXfgh  "},
		{"back into a wide character", func(f *Frame) {
			f.Text(theme.Style{}, "世界世", 6)
			f.At(1, 0)
			f.Text(theme.Style{}, "XY", 2)
		}, " XY 世    "},
		{"left of the frame", func(f *Frame) { f.At(-2, 0); f.Text(theme.Style{}, "abcd", 4) }, "cd        "},
		{"wide, half outside", func(f *Frame) { f.At(-1, 0); f.Text(theme.Style{}, "世x", 3) }, " x        "},
		{"beyond the right", func(f *Frame) { f.At(7, 0); f.Text(theme.Style{}, "abcd", 4) }, "       ab…"},
		{"below", func(f *Frame) {
			f.At(0, 1)
			f.Text(theme.Style{}, "ab", 2)
			f.At(0, -1)
			f.Text(theme.Style{}, "ab", 2)
		}, "          "},
		{"clipped", func(f *Frame) {
			before := f.Clip(Rect{2, 0, 4, 1})
			f.Text(theme.Style{}, "abcdefgh", 8)
			f.Unclip(before)
			f.At(8, 0)
			f.Text(theme.Style{}, "z", 1)
		}, "  cdef  z "},
		{"no escape", func(f *Frame) { f.Text(theme.Style{}, "a\x1b[31mb\x1b]0;x\x07c", 4) }, "abc       "},
		{"syllables stay apart", func(f *Frame) { f.Text(theme.Style{}, "\u1100", 2); f.Text(theme.Style{}, "각", 2) },
			"\u1100\ufffd       "},
		{"rule", func(f *Frame) { f.HLine(2, 0, 4, theme.Style{}) }, "  ────    "},
		{"rule over the edge", func(f *Frame) { f.HLine(-3, 0, 50, theme.Style{}) }, "──────────"},
		{"zero width", func(f *Frame) {
			f.Text(theme.Style{}, "ab", 0)
			f.Text(theme.Style{}, "ab", -4)
			f.Fill(theme.Style{}, -1)
		}, "          "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := New()
			f.Reset(10, 1)
			c.draw(f)
			if got := plainRows(t, f); got[0] != c.want {
				t.Errorf("drew %q, want %q", got[0], c.want)
			}
		})
	}
}

func TestBlanksAreDrawnInWhatIsInForce(t *testing.T) {
	th := someTheme()
	f := New()
	f.Reset(8, 1)
	f.Text(th.Accent, "a", 1)
	f.Fill(th.Dim, 2)
	f.Text(th.Accent, "b", 1)
	f.Fill(th.Selected, 1)
	f.Fill(th.Dim, 1)
	want := th.Accent.Open() + "a  b" + th.Selected.Open() + " " + th.Dim.Open() + " \x1b[m  "
	if got := f.String(); got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
}

func TestBox(t *testing.T) {
	f := New()
	f.Reset(12, 4)
	inner := f.Box(Rect{1, 0, 10, 4}, theme.Style{}, theme.Style{}, "Loans")
	if want := (Rect{2, 1, 8, 2}); inner != want {
		t.Errorf("inside is %v, want %v", inner, want)
	}
	f.At(inner.X, inner.Y)
	f.Text(theme.Style{}, "truck", inner.W)
	want := strings.Join([]string{" ╭─ Loa… ─╮ ", " │truck   │ ", " │        │ ", " ╰────────╯ "}, "\n")
	if got := strings.Join(plainRows(t, f), "\n"); got != want {
		t.Errorf("drew\n%s\nwant\n%s", got, want)
	}
}

func TestInksAreSwitchedOnlyWhenTheyChange(t *testing.T) {
	th := someTheme()
	f := New()
	f.Reset(6, 1)
	f.Text(th.Accent, "a", 1)
	f.Text(th.Accent, "b", 1)
	f.Text(th.Text, "c", 1)
	f.Text(theme.Style{}, "d", 1)
	want := th.Accent.Open() + "ab\x1b[mcd  "
	if got := f.String(); got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
}

func TestLayers(t *testing.T) {
	f := New()
	f.Reset(10, 3)
	for y := range 3 {
		f.At(0, y)
		f.Text(theme.Style{}, "世界世界世", 10)
	}
	low := f.Layer(Rect{1, 0, 4, 2})
	low.At(1, 0)
	low.Text(theme.Style{}, "low", 4)
	high := low.Layer(Rect{4, 1, 20, 20})
	high.At(0, 1)
	high.Text(theme.Style{}, "----high", 8)
	want := strings.Join([]string{" low  界世", "    high  ", "世界      "}, "\n")
	if got := strings.Join(plainRows(t, f), "\n"); got != want {
		t.Errorf("drew\n%s\nwant\n%s", got, want)
	}
	f.Reset(10, 1)
	if got := plainRows(t, f)[0]; strings.TrimSpace(got) != "" {
		t.Errorf("after Reset there is %q", got)
	}
}

func TestLayersLeaveTheInksBesideThemAlone(t *testing.T) {
	th := someTheme()
	f := New()
	f.Reset(8, 1)
	f.Text(th.Selected, "abcdefgh", 8)
	l := f.Layer(Rect{2, 0, 3, 1})
	l.Text(th.Dim, "X", 1)
	want := th.Selected.Open() + "ab" + th.Dim.Open() + "X\x1b[m  " + th.Selected.Open() + "fgh\x1b[m"
	if got := f.String(); got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
	f.Reset(8, 1)
	f.Text(th.Selected, "abcdefgh", 8)
	f.At(2, 0)
	f.Text(th.Dim, "X", 1)
	want = th.Selected.Open() + "ab" + th.Dim.Open() + "X" + th.Selected.Open() + "defgh\x1b[m"
	if got := f.String(); got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
}

func TestZones(t *testing.T) {
	f := New()
	f.Reset(20, 10)
	var hit string
	mark := func(name string) Handler {
		return func(m Mouse) tea.Cmd {
			hit = fmt.Sprintf("%s %d,%d", name, m.X, m.Y)
			return nil
		}
	}
	click := func(x, y int) string {
		hit = "nothing"
		if _, ok := f.Mouse(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}); ok && hit == "nothing" {
			return "swallowed"
		}
		return hit
	}
	f.HitArea(Rect{0, 0, 10, 10}, mark("first"))
	f.HitArea(Rect{5, 5, 2, 2}, mark("second"))
	before := f.Clip(Rect{12, 0, 2, 2})
	f.HitArea(Rect{10, 0, 10, 1}, mark("clipped"))
	f.Unclip(before)
	for _, c := range []struct {
		x, y int
		want string
	}{{1, 2, "first 1,2"}, {6, 5, "second 1,0"}, {11, 0, "nothing"}, {13, 0, "clipped 1,0"}, {15, 0, "nothing"},
		{10, 5, "nothing"}} {
		if got := click(c.x, c.y); got != c.want {
			t.Errorf("a click at %d,%d reaches %q, want %q", c.x, c.y, got, c.want)
		}
	}
	f.HitArea(f.Area(), nil)
	layer := f.Layer(Rect{2, 2, 4, 4})
	layer.HitArea(Rect{3, 3, 1, 1}, mark("layer"))
	for _, c := range []struct {
		x, y int
		want string
	}{{3, 3, "layer 0,0"}, {2, 2, "swallowed"}, {9, 9, "swallowed"}} {
		if got := click(c.x, c.y); got != c.want {
			t.Errorf("with a layer, a click at %d,%d reaches %q, want %q", c.x, c.y, got, c.want)
		}
	}
}

func TestView(t *testing.T) {
	f := New()
	f.Reset(5, 2)
	f.Cursor(3, 1)
	v := f.View(Window{Title: "desk\x1b]0;x\x07", Mouse: true})
	if v.Cursor == nil || v.Cursor.X != 3 || v.Cursor.Y != 1 {
		t.Errorf("the cursor is at %v", v.Cursor)
	}
	if !v.AltScreen || v.MouseMode != tea.MouseModeCellMotion || v.WindowTitle != "desk" {
		t.Errorf("the view is %+v", v)
	}
	f.Reset(5, 2)
	f.Cursor(5, 1)
	if v := f.View(Window{}); v.Cursor != nil || v.MouseMode != tea.MouseModeNone {
		t.Errorf("a cursor outside is shown at %v", v.Cursor)
	}
}

func TestLearnsHowTheTerminalMeasures(t *testing.T) {
	cases := []struct {
		msg   tea.Msg
		meter text.Measure
	}{
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset}, text.ByCluster},
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeSet}, text.ByCluster},
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModePermanentlySet}, text.ByCluster},
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized}, text.ByRune},
		{tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeSet}, text.ByRune},
		{tea.WindowSizeMsg{}, text.ByRune},
	}
	for _, c := range cases {
		f := New()
		if changed := f.Learn(c.msg); changed != (c.meter == text.ByCluster) || f.Measure() != c.meter {
			t.Errorf("after %+v the frame measures by %v", c.msg, f.Measure())
		}
	}
}
