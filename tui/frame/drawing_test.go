package frame

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"

	"interlocal/model/text"
	"interlocal/tui/theme"
)

// op is one stroke of a random drawing.
type op struct {
	x, y, w     int
	word        string
	ink         int
	right       bool
	clip, layer bool
	rect        Rect
}

// ops generates random drawings.
func ops(t *rapid.T, vocabulary []string) []op {
	side := rapid.IntRange(-4, 30)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) op {
		return op{
			x: side.Draw(t, "x"), y: rapid.IntRange(-1, 4).Draw(t, "y"), w: rapid.IntRange(-1, 20).Draw(t, "w"),
			word: rapid.SampledFrom(vocabulary).Draw(t, "word"), ink: rapid.IntRange(0, 3).Draw(t, "ink"),
			right: rapid.Bool().Draw(t, "right"), clip: rapid.IntRange(0, 5).Draw(t, "clip") == 0,
			layer: rapid.IntRange(0, 7).Draw(t, "layer") == 0,
			rect: Rect{side.Draw(t, "cx"), rapid.IntRange(-1, 4).Draw(t, "cy"), rapid.IntRange(0, 25).Draw(t, "cw"),
				rapid.IntRange(0, 4).Draw(t, "ch")},
		}
	}), 0, 30).Draw(t, "ops")
}

// TestAnyDrawingKeepsItsPromises draws anything anywhere.
func TestAnyDrawingKeepsItsPromises(t *testing.T) {
	th := someTheme()
	inks := []theme.Style{{}, th.Accent, th.Selected, th.Plain}
	f := New()
	rapid.Check(t, func(t *rapid.T) {
		f.SetMeter(text.Measure(rapid.IntRange(0, 1).Draw(t, "meter")))
		f.Reset(rapid.IntRange(0, 30).Draw(t, "width"), rapid.IntRange(1, 4).Draw(t, "height"))
		at := f
		for _, o := range ops(t, words()) {
			if o.layer {
				at = f.Layer(o.rect)
			}
			before := at.clip
			if o.clip {
				before = at.Clip(o.rect)
			}
			at.At(o.x, o.y)
			switch {
			case o.right:
				at.TextRight(inks[o.ink], o.word, o.w)
			case o.w > 15:
				at.Put(inks[o.ink], o.word)
			case o.w > 13:
				at.Box(Rect{o.x, o.y, o.w, 3}, inks[o.ink], inks[0], o.word)
			default:
				at.Text(inks[o.ink], o.word, o.w)
			}
			at.Unclip(before)
		}
		first := append([]string(nil), rows(t, f, inks)...)
		second := rows(t, f, inks)
		if strings.Join(first, "\n") != strings.Join(second, "\n") {
			t.Fatalf("the picture is %q and then %q", first, second)
		}
	})
}

// cellModel is a picture cell by cell, to compare a frame with.
type cellModel [][]string

// set writes one character of n columns; halves it covers become blanks.
func (m cellModel) set(x, y int, s string, n int) {
	for i := x; i < x+n; i++ {
		if m[y][i] == "" {
			for j := i; ; j-- {
				blank := m[y][j] != ""
				m[y][j] = " "
				if blank {
					break
				}
			}
		}
		for j := i + 1; j < len(m[y]) && m[y][j] == ""; j++ {
			m[y][j] = " "
		}
		m[y][i] = " "
	}
	m[y][x] = s
	for i := x + 1; i < x+n; i++ {
		m[y][i] = ""
	}
}

// draw draws a text as a frame should, within clip.
func (m cellModel) draw(clip Rect, o op) {
	if o.w <= 0 || !clip.Contains(max(o.x, clip.X), o.y) || o.x+o.w <= clip.X {
		return
	}
	w := o.w
	if o.x >= clip.X {
		w = min(w, clip.Right()-o.x)
	}
	shown, n := text.ByRune.Append(nil, o.word, w)
	blanks := strings.Repeat(" ", w-n)
	line := string(shown) + blanks
	if o.right {
		line = blanks + string(shown)
	}
	x := o.x
	for b := []byte(line); len(b) > 0; {
		size, width := text.ByRune.Step(b)
		switch inside := max(0, min(x+width, clip.Right())-max(x, clip.X)); {
		case inside == width:
			m.set(x, o.y, string(b[:size]), width)
		case inside > 0:
			for i := range inside {
				m.set(max(x, clip.X)+i, o.y, " ", 1)
			}
		}
		x += width
		b = b[size:]
	}
}

// TestDrawingInAnyOrder compares drawings that go back and forth with a picture
// kept cell by cell.
func TestDrawingInAnyOrder(t *testing.T) {
	vocabulary := []string{"", "a", "Raytown", "a longer piece of text", "Pérez", "世界", "x世y界z", "│"}
	f := New()
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(1, 30).Draw(t, "width")
		f.Reset(w, 3)
		want := make(cellModel, 3)
		for y := range want {
			want[y] = strings.Split(strings.Repeat(" ", w), "")
		}
		for _, o := range ops(t, vocabulary) {
			clip := f.Area()
			before := f.clip
			if o.clip {
				before = f.Clip(o.rect)
				clip = f.clip
			}
			f.At(o.x, o.y)
			if o.right {
				f.TextRight(theme.Style{}, o.word, o.w)
			} else {
				f.Text(theme.Style{}, o.word, o.w)
			}
			f.Unclip(before)
			want.draw(clip, o)
		}
		for y, got := range rows(t, f, nil) {
			if row := strings.Join(want[y], ""); got != row {
				t.Fatalf("row %d is %q, want %q", y, got, row)
			}
		}
	})
}

// TestTerminalAgrees shows a picture on a terminal emulator: what stands where
// must be what was drawn there.
func TestTerminalAgrees(t *testing.T) {
	th := someTheme()
	f := New()
	f.Reset(30, 3)
	f.At(0, 0)
	f.Text(th.Selected, "Pérez 世界", 12)
	f.Text(th.Dim, "day", 6)
	f.At(0, 1)
	f.Text(th.Text, "हिन्दी", 12)
	f.At(12, 1)
	f.Text(th.Accent, "x", 1)
	term := vt.NewEmulator(30, 3)
	defer func() { _ = term.Close() }()
	if _, err := term.WriteString(strings.ReplaceAll(f.String(), "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x, y int
		want string
	}{{0, 0, "P"}, {1, 0, "é"}, {6, 0, "世"}, {8, 0, "界"}, {12, 0, "d"}} {
		if cell := term.CellAt(c.x, c.y); cell == nil || cell.Content != c.want {
			t.Errorf("at %d,%d there is %v, want %q", c.x, c.y, cell, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range words() {
		f.Add(s, "│", 3, 10, 8, 5)
		f.Add(s, s, 0, 20, 1, 20)
		f.Add("a", s, -2, 6, 3, 4)
	}
	f.Add("0", "\xe2\x940", 3, 10, -57, 5) // a character broken off
	th := someTheme()
	inks := []theme.Style{th.Accent, th.Dim, th.Selected}
	f.Fuzz(func(t *testing.T, a, b string, x1, w1, x2, w2 int) {
		for _, m := range []text.Measure{text.ByRune, text.ByCluster} {
			fr := New()
			fr.SetMeter(m)
			fr.Reset(24, 2)
			fr.At(x1%30, 0)
			fr.Text(th.Accent, a, w1%30)
			fr.Put(th.Dim, b)
			fr.At(x2%30, 0)
			fr.TextRight(th.Selected, b, w2%30)
			fr.Put(th.Dim, a)
			l := fr.Layer(Rect{x2 % 30, 0, 5, 1})
			l.Text(th.Accent, a, 5)
			rows(t, fr, inks)
		}
	})
}

// page draws 36 rows of 6 cells, as a table does.
func page(f *Frame, th *theme.Theme, cells []string) {
	inks := [6]theme.Style{th.Text, th.Dim, th.Accent, th.Text, th.Warn, th.Dim}
	f.Reset(120, 36)
	for y := range 36 {
		f.At(0, y)
		for x := range 6 {
			f.Text(inks[x], cells[y*6+x], 19)
			f.Fill(th.Plain, 1)
		}
	}
}

// someCells are the texts of a page.
func someCells() []string {
	cells := make([]string, 36*6)
	for i := range cells {
		cells[i] = fmt.Sprintf("cell %d of some", i)
	}
	return cells
}

func TestPageAllocates(t *testing.T) {
	f, th, cells := New(), someTheme(), someCells()
	n := 0
	draw := func() {
		cells[0] = cells[n%2+1]
		n++
		page(f, th, cells)
		_ = f.String()
	}
	draw()
	if got := testing.AllocsPerRun(50, draw); got > 1 {
		t.Errorf("a page costs %v allocations, want 1: the picture itself", got)
	}
	if size := len(f.String()); size > 8<<10 {
		t.Errorf("a page is %d bytes, want at most 8 KB", size)
	}
	unchanged := func() { page(f, th, cells); _ = f.String() }
	if got := testing.AllocsPerRun(50, unchanged); got > 0 {
		t.Errorf("a page that has not changed costs %v allocations", got)
	}
}

func BenchmarkPage(b *testing.B) {
	f, th, cells := New(), someTheme(), someCells()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		cells[0] = cells[n%2+1]
		n++
		page(f, th, cells)
		_ = f.String()
	}
}

func BenchmarkPageUnderDialog(b *testing.B) {
	f, th, cells := New(), someTheme(), someCells()
	b.ReportAllocs()
	for b.Loop() {
		page(f, th, cells)
		l := f.Layer(Rect{20, 8, 80, 20})
		l.Box(Rect{20, 8, 80, 20}, th.Border, th.Title, "Dialog")
		_ = f.String()
	}
}

func BenchmarkPageAccented(b *testing.B) {
	f, th, cells := New(), someTheme(), someCells()
	for i := range cells {
		cells[i] = "Pérez, división de"
	}
	b.ReportAllocs()
	for b.Loop() {
		page(f, th, cells)
		_ = f.String()
	}
}
