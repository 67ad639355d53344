package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCapital(t *testing.T) {
	for in, want := range map[string]string{"": "", "able": "Able", "élan": "Élan", "Done": "Done", "7 days": "7 days",
		"\xff a": "\xff a"} {
		if got := Capital(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"plain", "Public Works", "Public Works"},
		{"ends trimmed", "  Public  Works ", "Public  Works"},
		{"composed", "Pe\u0301rez", "Pérez"},
		{"bad bytes", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"raw eight-bit CSI is bad UTF-8", "a\x9b31mb", "a\ufffd31mb"},
		{"nul and friends", "a\x00b\x08c\x7fd\u0085e", "abcd e"},
		{"CSI", "a\x1b[31mb\x1b[0m", "ab"},
		{"CSI with sub-parameters", "a\x1b[38:2::1:2:3mb", "ab"},
		{"CSI, one character", "a\u009b2Jb", "ab"},
		{"CSI cut short", "a\x1b[31", "a"},
		{"CSI broken by a letter above ASCII", "a\x1b[3é", "aé"},
		{"OSC ended by BEL", "a\x1b]0;title\x07b", "ab"},
		{"OSC ended by ST", "a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"},
		{"OSC, one character", "a\u009d52;c;aGk=\u009cb", "ab"},
		{"OSC without an end keeps the words", "a\x1b]0;title", "a0;title"},
		{"DCS", "a\x1bPq#0;2\x1b\\b", "ab"},
		{"SOS PM APC", "a\x1bXx\x1b\\b\x1b^y\x1b\\c\x1b_z\x1b\\d", "abcd"},
		{"charset", "a\x1b(0b", "ab"},
		{"reset", "a\x1bcb", "ab"},
		{"lone ESC", "a\x1b", "a"},
		{"sequence hidden in a sequence", "a\x1b\x1b[m[31mb", "a[31mb"},
		{"ESC inside OSC starts anew", "a\x1b]0;x\x1b[31mb", "ab"},
		{"bidi", "a\u202eb\u2066c\u200fd\u061ce", "abcde"},
		{"tags", "a\U000e0041\U000e007fb", "ab"},
		{"zero width space is shown", "Ray\u200btown", "Ray\ufffdtown"},
		{"word joiner is shown", "a\u2060b", "a\ufffdb"},
		{"invisible operator is shown", "a\u2062b", "a\ufffdb"},
		{"byte order mark in front goes", "\ufeffname", "name"},
		{"byte order mark inside is shown", "na\ufeffme", "na\ufffdme"},
		{"soft hyphen becomes a hyphen", "co\u00adop", "co-op"},
		{"Hangul filler is shown", "a\u3164b", "a\ufffdb"},
		{"noncharacter is shown", "a\ufffeb", "a\ufffdb"},
		{"selector on a letter goes", "a\ufe0fb\ufe00c\U000e0100d", "abcd"},
		{"selector on an emoji stays", "❤\ufe0f", "❤\ufe0f"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"selector on a digit alone goes", "1\ufe0f2", "12"},
		{"emoji joined", "👩\u200d🚒", "👩\u200d🚒"},
		{"emoji joined with skin tone", "👩🏽\u200d🚒", "👩🏽\u200d🚒"},
		{"joiner between letters is shown", "a\u200db", "a\ufffdb"},
		{"Persian joiner stays", "می\u200cخواهم", "می\u200cخواهم"},
		{"Hindi joiner stays", "क्\u200dष", "क्\u200dष"},
		{"joiner at the end is shown", "می\u200c", "می\ufffd"},
		{"two joiners: one shown", "می\u200c\u200cخ", "می\ufffd\ufffdخ"},
		{"tower of marks", "e" + strings.Repeat("\u0317", 20), "e" + strings.Repeat("\u0317", MaxMarks)},
		{"mark with nothing to stand on", "\u0301abc", "abc"},
		{"line breaks and tabs", "a\r\nb\tc \n\n d", "a b c d"},
		{"unicode breaks", "a\u2028b\u2029c\vd\fe", "a b c d e"},
		{"spaces of all widths", "10\u00a0000\u3000m\u2009x", "10 000 m x"},
		{"blank braille", "\u2800\u2800", ""},
		{"nothing", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Line(c.in, 0); got != c.want {
				t.Errorf("Line(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestLineCuts(t *testing.T) {
	cases := []struct {
		in    string
		limit int
		want  string
	}{
		{"Public Works", 6, "Public"},
		{"Public Works", 7, "Public"},
		{"Pérez", 2, "Pé"},
		{"ab👩\u200d🚒c", 4, "ab"},
		{"ab👩\u200d🚒c", 5, "ab👩\u200d🚒"},
		{"👩\u200d🚒", 2, "👩"},
		{"می\u200cخواهم", 3, "می"},
		{"é e", 2, "é"},
	}
	for _, c := range cases {
		if got := Line(c.in, c.limit); got != c.want {
			t.Errorf("Line(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestBlock(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"lines", "one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"},
		{"blank lines stay", "one\n\n\ntwo", "one\n\n\ntwo"},
		{"indent stays", "one\n  two", "one\n  two"},
		{"ends of lines", "one  \ntwo\t\n", "one\ntwo"},
		{"tabs", "a\tb", "a    b"},
		{"unicode breaks", "a\u2028b\u0085c", "a\nb\nc"},
		{"an escape over lines", "a\x1b]0;x\ny\x07b", "ab"},
		{"mark after a break", "a\n\u0301b", "a\nb"},
		{"accents", "Pe\u0301rez\nand co", "Pérez\nand co"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Block(c.in, 0); got != c.want {
				t.Errorf("Block(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestTyped(t *testing.T) {
	cases := []struct{ in, want string }{
		{"Public ", "Public "},
		{" é ", " é "},
		{"a\nb ", "a b "},
		{"a\x1b[31m ", "a "},
		{"می\u200c", "می\u200c"},
		{"a\u200c", "a\ufffd"},
		{"\u200e ", " "},
	}
	for _, c := range cases {
		if got := Typed(c.in, 0); got != c.want {
			t.Errorf("Typed(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if got := Typed("ééééé", 3); got != "ééé" {
		t.Errorf("Typed cut to %q", got)
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	s := "An ordinary sentence, as most of them are."
	if n := testing.AllocsPerRun(100, func() {
		Line(s, 200)
		Block(s, 200)
		Typed(s, 200)
		Width(s)
		Cut(s, 200)
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func TestPlain(t *testing.T) {
	for length := range 20 {
		for at := range length {
			b := []byte(strings.Repeat("~", length))
			for _, bad := range []byte{0, 0x1f, 0x7f, 0x80, 0x9b, 0xff} {
				b[at] = bad
				if Plain(b) || Plain(string(b)) {
					t.Errorf("%q passes as plain", b)
				}
			}
			b[at] = ' '
			if !Plain(b) || !Plain(string(b)) {
				t.Errorf("%q does not pass as plain", b)
			}
		}
	}
}

// forbidden returns the first character of s that must not be stored.
func forbidden(s string, lines bool) (rune, bool) {
	for _, r := range s {
		if lines && r == '\n' {
			continue
		}
		if isControl(r) || isBreak(r) || isDropped(r) || r == softHyphen || isInvisible(r) && r != zwj && r != zwnj {
			return r, true
		}
	}
	return 0, false
}

// hostile are texts that have caught somebody out.
func hostile() []string {
	return []string{
		"", " ", "plain", "Pérez", "e\u0301\u0302\u0303\u0304\u0305", "\x1b[31m", "\x1b]52;c;AA==\x07", "\u009b1m",
		"\u009d0;x\u009c", "\x1bP\x1b\\", "a\u200bb", "\u202eabc", "👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "1\ufe0f\u20e3",
		"🇺🇸🇺", "👍🏽", "🏽", "हिन्दी", "क्\u200dष", "กำ", "ຳ", "각", "\u1100\u1161", "\u0600a", "\u0d4e", "世界", "ｱﾞ",
		"\uff9e", "می\u200cخ", "\ufeffx", "a\xff", "\r\n\t", "\u2028", "\U000e0041", "\u3164", "\ue000", "\u2800",
		"a\u034fb",
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, 0)
		f.Add(s+s, 3)
		f.Add("x"+s+"y", 5)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		for _, form := range []struct {
			name  string
			clean func(string, int) string
			lines bool
		}{{"Line", Line, false}, {"Block", Block, true}, {"Typed", Typed, false}} {
			got := form.clean(s, limit)
			if !utf8.ValidString(got) {
				t.Fatalf("%s(%q) = %q is not UTF-8", form.name, s, got)
			}
			if r, bad := forbidden(got, form.lines); bad {
				t.Fatalf("%s(%q) = %q keeps %U", form.name, s, got, r)
			}
			if again := form.clean(got, limit); again != got {
				t.Fatalf("%s(%q, %d) = %q, and again %q", form.name, s, limit, got, again)
			}
			if limit > 0 && utf8.RuneCountInString(got) > limit {
				t.Fatalf("%s(%q, %d) = %q is too long", form.name, s, limit, got)
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range append(hostile(), "Straße", "İstanbul", "Łódź", "ΣΊΣΥΦΟΣ", "ﬁ", "O’Fallon") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = Line(s, 0)
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Fatalf("Fold(%q) = %q, and again %q", s, got, again)
		}
	})
}

func TestFold(t *testing.T) {
	cases := []struct{ in, want string }{
		{"Raytown", "raytown"},
		{"Pérez", "perez"},
		{"PE\u0301REZ", "perez"},
		{"O’Fallon", "o'fallon"},
		{"Lee–Summit", "lee-summit"},
		{"Straße", "strasse"},
		{"Łódź", "lodz"},
		{"Ærøskøbing", "aeroskobing"},
		{"İstanbul", "istanbul"},
		{"ΣΊΣΥΦΟΣ", "σισυφοσ"},
		{"がく", "がく"},
		{"हिन्दी", "हिन्दी"},
		{"각", "각"},
		{"Ｆｕｌｌ", "full"},
	}
	for _, c := range cases {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { Fold("already folded") }); n != 0 {
		t.Errorf("folding plain lower case costs %v allocations", n)
	}
}

func TestPictographs(t *testing.T) {
	for _, r := range []rune{0xa9, 0x2764, 0x1f468, 0x1f692, 0x1f9d1} {
		if !isPictograph(r) {
			t.Errorf("%U is no pictograph", r)
		}
	}
	for _, r := range []rune{'a', '1', 'é', 0x301, 0x93f, 0xe33, 0x200c, 0xff9e, 0x1f3fb, 0x1f1e6, 0x4e00} {
		if isPictograph(r) {
			t.Errorf("%U is a pictograph", r)
		}
	}
}
