package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// believes is what Bubble Tea's renderer takes the width of a text to be.
func believes(m Measure, s string) int {
	if m == ByCluster {
		return ansi.StringWidth(s)
	}
	return ansi.StringWidthWc(s)
}

func TestWidth(t *testing.T) {
	cases := []struct {
		in                string
		byRune, byCluster int
	}{
		{"", 0, 0},
		{"Raytown", 7, 7},
		{"Pérez", 5, 5},
		{"世界", 4, 4},
		{"❤\ufe0f", 1, 1},
		{"👨\u200d👩\u200d👧\u200d👦", 2, 2},
		{"👍🏽", 2, 2},
		{"1\ufe0f\u20e3", 1, 1},
		{"🇺🇸", 2, 2},
		{"กำ", 2, 2},
		{"हिन्दी", 5, 2},
		{"a\x1b[31mb", 2, 2},
		{"a\nb", 3, 3},
	}
	for _, c := range cases {
		if got := ByRune.Width(c.in); got != c.byRune {
			t.Errorf("by rune %q is %d columns, want %d", c.in, got, c.byRune)
		}
		if got := ByCluster.Width(c.in); got != c.byCluster {
			t.Errorf("by cluster %q is %d columns, want %d", c.in, got, c.byCluster)
		}
	}
}

func TestCut(t *testing.T) {
	cases := []struct {
		in   string
		w    int
		want string
	}{
		{"Raytown", 7, "Raytown"},
		{"Raytown", 6, "Rayto…"},
		{"Raytown", 1, "…"},
		{"Raytown", 0, ""},
		{"Raytown", -3, ""},
		{"Pérez", 3, "Pé…"},
		{"世界", 4, "世界"},
		{"世界", 3, "世…"},
		{"世界", 2, "…"},
		{"a世界", 3, "a…"},
		{"abcde\u0301", 5, "abcde\u0301"},
		{"👨\u200d👩\u200d👧", 2, "👨"},
		{"a\x1b]0;t\x07b", 2, "ab"},
		{"\u202eabc", 3, "abc"},
	}
	for _, c := range cases {
		if got := Cut(c.in, c.w); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	cases := []struct {
		in   string
		w    int
		want string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"one two three", 100, "one two three"},
		{"one  two", 4, "one|two"},
		{"incomprehensible", 5, "incom|prehe|nsibl|e"},
		{"a incomprehensible", 5, "a|incom|prehe|nsibl|e"},
		{"one\ntwo three", 5, "one|two|three"},
		{"one\n\ntwo", 5, "one||two"},
		{"  indented", 20, "  indented"},
		{"世界世界", 5, "世界|世界"},
		{"世界", 1, "世|界"},
		{"Pérez and Müller", 9, "Pérez and|Müller"},
		{"one two", 3, "one|two"},
		{"one ", 3, "one"},
		{"one two", 4, "one|two"},
		{"one      two", 5, "one|two"},
		{"a b c d", 1, "a|b|c|d"},
		{"            x", 4, "|x"},
		{"aa bb世 cc", 6, "aa|bb世|cc"},
	}
	for _, c := range cases {
		if got := strings.Join(Wrap(c.in, c.w), "|"); got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

// checkShown fails when what is appended for s could break a row.
func checkShown(t *testing.T, m Measure, s string, w int) {
	t.Helper()
	b, n := m.Append(nil, s, w)
	shown := string(b)
	if n > max(w, 0) {
		t.Fatalf("%q in %d columns took %d", s, w, n)
	}
	if !utf8.ValidString(shown) {
		t.Fatalf("%q is shown as %q, which is not UTF-8", s, shown)
	}
	if r, bad := forbidden(shown, false); bad {
		t.Fatalf("%q is shown as %q, with %U", s, shown, r)
	}
	if got := believes(m, shown); got != n {
		t.Fatalf("%q is shown as %q in %d columns, and Bubble Tea counts %d", s, shown, n, got)
	}
	// Beside other text on a row it must still count the same.
	if got := believes(m, "a"+shown+"a"); got != n+2 {
		t.Fatalf("%q is shown as %q, which runs together with letters beside it: %d columns, want %d", s, shown,
			got, n+2)
	}
	steps := 0
	for rest := b; len(rest) > 0; {
		size, width := m.Step(rest)
		if size == 0 || width == 0 {
			t.Fatalf("%q is shown as %q, in which a step has %d bytes and %d columns", s, shown, size, width)
		}
		steps += width
		rest = rest[size:]
	}
	if steps != n {
		t.Fatalf("%q is shown as %q in %d columns, stepped %d", s, shown, n, steps)
	}
}

func FuzzShown(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, 10)
		f.Add(s+s, 2)
		f.Add("x"+s+"y", 1)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		w %= 200
		for _, m := range []Measure{ByRune, ByCluster} {
			checkShown(t, m, s, w)
			if got := m.Cut(s, w); m.Width(got) > max(w, 0) {
				t.Fatalf("Cut(%q, %d) = %q", s, w, got)
			}
			full, n := m.Append(nil, s, 1<<30)
			if n != m.Width(s) {
				t.Fatalf("%q is shown as %q in %d columns, and Width says %d", s, full, n, m.Width(s))
			}
			// A character may be wider than a line; it then stands alone.
			alone := map[string]bool{}
			for line := range strings.SplitSeq(capMarks(strip(s, true)), "\n") {
				for c := (clusters{meter: m, rest: line}); c.next(); {
					alone[strings.TrimRight(c.text, joiners)] = true
				}
			}
			for _, line := range m.Wrap(s, w) {
				if m.Width(line) > max(w, 1) && !alone[line] {
					t.Fatalf("Wrap(%q, %d) has the line %q", s, w, line)
				}
			}
		}
	})
}

func TestEveryCharacterAlone(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r >= 0x20000 && r%64 != 0 {
			continue
		}
		for _, m := range []Measure{ByRune, ByCluster} {
			checkShown(t, m, string(r), 4)
		}
	}
}

func BenchmarkWidthASCII(b *testing.B) {
	for b.Loop() {
		Width("Raytown Public Works, street division")
	}
}

func BenchmarkCutLatin(b *testing.B) {
	b.ReportAllocs()
	buf := make([]byte, 0, 100)
	for b.Loop() {
		ByRune.Append(buf, "José Pérez, Obras Públicas, división de calles", 40)
	}
}

func BenchmarkAppendCJK(b *testing.B) {
	b.ReportAllocs()
	buf := make([]byte, 0, 100)
	for b.Loop() {
		ByRune.Append(buf, "公共工程部 道路科 설비", 40)
	}
}

func BenchmarkLineLatin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Line("José Pérez, Obras Públicas, división de calles", 200)
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("José Pérez, Obras Públicas, división de calles")
	}
}

func TestWrapIsLinear(t *testing.T) {
	long := strings.Repeat("é", 200_000)
	if lines := Wrap(long, 50); len(lines) != 4000 {
		t.Errorf("%d lines, want 4000", len(lines))
	}
}

func FuzzWrapKeepsWords(f *testing.F) {
	f.Add("one two three", 5)
	f.Add("a incomprehensible b", 4)
	f.Add("  x   y\n\nz", 3)
	f.Fuzz(func(t *testing.T, s string, w int) {
		s = Block(s, 0)
		w = max(w%60, 6)
		letters := func(s string) string {
			return strings.NewReplacer(" ", "", "\n", "", "\u200c", "", "\u200d", "").Replace(s)
		}
		var drawn []byte
		for line := range strings.SplitSeq(s, "\n") {
			for c := (clusters{rest: line}); c.next(); {
				drawn = append(drawn, c.text...)
			}
		}
		if got := letters(strings.Join(Wrap(s, w), "\n")); got != letters(string(drawn)) {
			t.Fatalf("Wrap(%q, %d) has the letters %q", s, w, got)
		}
	})
}

// What the program draws with is measured and cut as everything else is, only
// faster.
func TestSignsDrawnWithAreMeasuredAlike(t *testing.T) {
	for _, m := range []Measure{ByRune, ByCluster} {
		for _, s := range []string{"■■■□□ 812", "a → b", "cut…", "one · two", "·", "title: a · b · c"} {
			n, _, ok := drawn(s, 100)
			if !ok || n != m.Width(s) {
				t.Errorf("%q is taken for %d columns, and is %d", s, n, m.Width(s))
			}
			for w := 1; w < n; w++ {
				want := string([]rune(s)[:w-1]) + Ellipsis
				if got, cols := m.Append(nil, s, w); string(got) != want || cols != w {
					t.Errorf("%q in %d columns is %q, %d columns", s, w, got, cols)
				}
			}
		}
		for _, s := range []string{"■\u0301", "→\ufe0f", "a·b\u200d", "naïve", "\xe2\x940", "\xe2\x96a"} {
			if _, _, ok := drawn(s, 100); ok {
				t.Errorf("%q is taken for drawn", s)
			}
		}
	}
}
