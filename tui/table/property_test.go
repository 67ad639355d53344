package table

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Whatever the widths: what is drawn fits, the first columns are drawn and the
// last ones give way, none is narrower than it asked, and none grows while
// another lacks what it wanted.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(1, 250).Draw(t, "total")
		sizes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Size {
			want := rapid.IntRange(3, 60).Draw(t, "want")
			return Size{Want: want, Min: rapid.IntRange(1, want).Draw(t, "min"), Grow: rapid.Bool().Draw(t, "grow")}
		}), 1, 15).Draw(t, "sizes")
		got := Fit(total, sizes)
		used, ended, lacking, growing := -gap, false, false, false
		for i, w := range got {
			if w == 0 {
				ended = true
				continue
			}
			used += w + gap
			lacking = lacking || w < sizes[i].Want
			growing = growing || w > sizes[i].Want
			switch {
			case ended:
				t.Fatalf("column %d is drawn behind one that is not: %v", i, got)
			case i > 0 && w < sizes[i].Min:
				t.Fatalf("column %d has %d of at least %d", i, w, sizes[i].Min)
			case w > sizes[i].Want && !sizes[i].Grow, w > 4*sizes[i].Want:
				t.Fatalf("column %d has %d, wanted %d", i, w, sizes[i].Want)
			}
		}
		if used > total || got[0] == 0 || lacking && growing {
			t.Fatalf("%v in %d columns for %+v", got, total, sizes)
		}
	})
}

func TestFitOfNothing(t *testing.T) {
	if got := Fit(80, nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := Fit(0, []Size{{Want: 5, Min: 5}}); got[0] != 0 {
		t.Errorf("%v", got)
	}
}

// exact fails unless every row of the picture is as wide as the frame.
func exact(t *rapid.T, f *frame.Frame, w, h int) {
	rows := strings.Split(f.String(), "\n")
	if len(rows) != h {
		t.Fatalf("%d rows, want %d", len(rows), h)
	}
	for _, row := range rows {
		n := 0
		for b := []byte(strip(row)); len(b) > 0; {
			size, width := text.ByRune.Step(b)
			n, b = n+width, b[size:]
		}
		if n != w {
			t.Fatalf("a row of %d columns, want %d: %q", n, w, row)
		}
	}
}

// strip takes the escape sequences of inks out.
func strip(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, 0x1b)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		s = s[strings.IndexByte(s, 'm')+1:]
	}
}

// Whatever is pressed, clicked and shown: nothing panics, rows are exactly as
// wide as the window, the selection is a row of the source and is on screen.
func TestAnyKeys(t *testing.T) {
	th := theme.New(theme.Options{Dark: true, Profile: colorprofile.TrueColor})
	all := []string{"up", "down", "j", "k", "g", "G", "home", "end", "pgup", "pgdown", "space", "v", "*", "esc"}
	rapid.Check(t, func(t *rapid.T) {
		m := New(DefaultKeys(), th)
		m.SetColumns(columns())
		f := frame.New()
		t.Repeat(map[string]func(*rapid.T){
			"key": func(t *rapid.T) { keys(m, rapid.SampledFrom(all).Draw(t, "key")) },
			"source": func(t *rapid.T) {
				n := rapid.IntRange(0, 60).Draw(t, "rows")
				m.SetSource(staff(rapid.Permutation(run(n)).Draw(t, "order")))
			},
			"draw": func(t *rapid.T) {
				w, h := rapid.IntRange(1, 200).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
				draw(m, f, w, h)
				exact(t, f, w, h)
				if _, y, on := f.CursorAt(); h > 1 && (!on || y < 1 || y >= h) {
					t.Fatalf("cursor on row %d of %d (%v)", y, h, on)
				}
			},
			"mouse": func(t *rapid.T) {
				x, y := rapid.IntRange(0, 80).Draw(t, "x"), rapid.IntRange(0, 30).Draw(t, "y")
				f.Mouse(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
				f.Mouse(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
			},
			"layout": func(t *rapid.T) {
				m.Chooser(nil).press(press(rapid.SampledFrom([]string{"space", "<", ">", "J", "s", "r"}).Draw(t, "do")),
					m.layout.ordered(m.cols))
			},
			"": func(t *rapid.T) {
				id, ok := m.Cursor()
				if ok != (m.src.Len() > 0) || ok && m.src.ID(m.Row()) != id {
					t.Fatalf("selected %d (%v) in row %d of %d", id, ok, m.Row(), m.src.Len())
				}
			},
		})
	})
}

func BenchmarkKey100k(b *testing.B) {
	m := New(DefaultKeys(), theme.New(theme.Options{Dark: true, Profile: colorprofile.ANSI256}))
	m.SetColumns(columns())
	m.SetSource(run(100_000))
	f := frame.New()
	moves := []tea.KeyPressMsg{press("down"), press("pgdown"), press("G"), press("up"), press("home")}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		m.Update(moves[n%len(moves)])
		n++
		draw(m, f, 120, 36)
	}
}

func BenchmarkSetSource100k(b *testing.B) {
	m := New(DefaultKeys(), plainTheme())
	m.SetColumns(columns())
	src, other := run(100_000), run(100_000)
	m.SetSource(src)
	m.SelectRow(99_000)
	for b.Loop() {
		m.SetSource(other[50_000:])
		m.SetSource(src)
	}
}
