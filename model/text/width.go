package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Measure measures how many columns a text takes on a terminal.
type Measure uint8

const (
	// ByRune adds up the characters one by one, as most terminals do and as Bubble
	// Tea does unless the terminal answers that it knows mode 2027.
	ByRune Measure = iota
	// ByCluster measures what a reader would call one character as a whole, as
	// Bubble Tea does on terminals with mode 2027.
	ByCluster
)

// Ellipsis ends a text that has been cut.
const Ellipsis = "…"

// Width returns the columns s takes when shown, measured [ByRune].
func Width(s string) int { return ByRune.Width(s) }

// Cut shortens s to at most w columns, measured [ByRune]; see [Meter.Cut].
func Cut(s string, w int) string { return ByRune.Cut(s, w) }

// Wrap breaks s into lines of at most w columns, measured [ByRune]; see
// [Meter.Wrap].
func Wrap(s string, w int) []string { return ByRune.Wrap(s, w) }

// Width returns the columns s takes when shown on one line.
func (m Measure) Width(s string) int {
	if Plain(s) {
		return len(s)
	}
	if n, _, ok := drawn(s, len(s)); ok {
		return n
	}
	n := 0
	for c := m.shown(s); c.next(); {
		n += c.width
	}
	return n
}

// Cut returns s as it is shown, in at most w columns. A text that does not fit
// ends in "…". No character is parted.
func (m Measure) Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case len(s) <= w && Plain(s):
		return s
	case len(s) > w && Plain(s[:w+1]):
		return s[:w-1] + Ellipsis
	}
	b, _ := m.Append(nil, s, w)
	return string(b)
}

// Append appends s to dst as it may be sent to a terminal, in at most w columns,
// and returns how many columns it took. A text that does not fit ends in "…".
// Whatever s holds, nothing but printable characters is appended.
func (m Measure) Append(dst []byte, s string, w int) ([]byte, int) {
	if w <= 0 {
		return dst, 0
	}
	switch {
	case len(s) <= w && Plain(s):
		return append(dst, s...), len(s)
	case len(s) > w && Plain(s[:w+1]):
		return append(append(dst, s[:w-1]...), Ellipsis...), w
	}
	switch n, cut, ok := drawn(s, w); {
	case ok && n <= w:
		return append(dst, s...), n
	case ok:
		return append(append(dst, s[:cut]...), Ellipsis...), w
	}
	// fit is where the text would be cut to leave one column for the ellipsis.
	n, fit, fitted := 0, len(dst), 0
	for c := m.shown(s); ; {
		if run := plainRun(c.rest); run > 0 && n+run < w {
			dst = append(dst, c.rest[:run]...)
			c.rest = c.rest[run:]
			n += run
			fit, fitted = len(dst), n
		}
		if !c.next() {
			return dst, n
		}
		if n+c.width > w {
			return append(bytes.TrimRight(dst[:fit], joiners), Ellipsis...), fitted + 1
		}
		dst = append(dst, c.text...)
		n += c.width
		if n < w {
			fit, fitted = len(dst), n
		}
	}
}

// sign reports whether two bytes behind 0xe2 make a sign that the program draws
// with: a dash, a quotation mark, an ellipsis, an arrow, a line, a block, a shape, a
// tick.
func sign(b, c byte) bool {
	if c&0xc0 != 0x80 { // the character is broken off
		return false
	}
	switch b {
	case 0x80: // – — ‘ ’ “ ” …
		return c == 0x93 || c == 0x94 || c == 0x98 || c == 0x99 || c == 0x9c || c == 0x9d || c == 0xa6
	case 0x86: // ← ↑ → ↓
		return c >= 0x90 && c <= 0x93
	case 0x94, 0x95: // ─ │ ┃ ╭
		return true
	case 0x96: // blocks, ■ □ ▲ ▼
		return c <= 0xa1 || c == 0xb2 || c == 0xbc
	case 0x97: // ◆
		return c == 0x86
	case 0x9c: // ✎ ✓
		return c == 0x8e || c == 0x93
	}
	return false
}

// drawn reports whether s is made of printable ASCII and of the signs that the
// program itself draws with, none of which needs cleaning or combines with
// anything, and how many columns it takes. It looks no further than is needed to
// cut s to w columns; cut is then where one column is left for the ellipsis.
func drawn(s string, w int) (cols, cut int, ok bool) {
	for i := 0; i < len(s) && cols <= w+1; cols++ {
		if cols == w-1 {
			cut = i
		}
		switch {
		case s[i]-0x20 <= 0x7e-0x20:
			i++
		case len(s)-i >= 3 && s[i] == 0xe2 && sign(s[i+1], s[i+2]):
			i += 3
		case strings.HasPrefix(s[i:], "\u00b7"): // ·
			i += 2
		default:
			return 0, 0, false
		}
	}
	return cols, cut, true
}

// plainRun returns how many printable ASCII characters stand at the front with
// which nothing combines.
func plainRun[T ~string | ~[]byte](s T) int {
	i := 0
	for i < len(s) && s[i]-0x20 <= 0x7e-0x20 {
		i++
	}
	if i > 0 && i < len(s) && s[i] >= utf8.RuneSelf {
		i--
	}
	return i
}

// joiners are what is of no use when the letter behind it has been cut off.
const joiners = "\u200c\u200d"

// shown iterates over the characters of s in the form in which they are drawn.
func (m Measure) shown(s string) clusters {
	if !showable(s) {
		s = capMarks(strip(s, false))
	}
	return clusters{meter: m, rest: s}
}

// showable reports whether every character of s may go to a terminal as it is.
func showable(s string) bool {
	marks := 0
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b-0x20 > 0x7e-0x20 {
				return false
			}
			marks = 0
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || !ordinary(r) {
			return false
		}
		if isMark(r) {
			marks++
		} else {
			marks = 0
		}
		if marks > MaxMarks {
			return false
		}
		i += size
	}
	return true
}

// ordinary reports characters above ASCII about which stripping has nothing to
// decide.
func ordinary(r rune) bool {
	switch {
	case r < 0xa1 || r == softHyphen:
		return false
	case r < 0x300:
		return true
	case r == zwj || r == zwnj || r == vs15 || r == vs16:
		return false
	}
	return !isInvisible(r) && !isDropped(r) && !isBreak(r) && !isSpace(r)
}

// clusters walks over a showable text one character at a time.
type clusters struct {
	meter Measure
	rest  string

	text  string // the character as drawn
	width int
}

// next moves to the next character and reports whether there is one.
func (c *clusters) next() bool {
	if c.rest == "" {
		return false
	}
	n := simple(c.rest)
	if n == 0 {
		n = len(graphemes.FromString(c.rest).First())
		c.text, c.width = c.meter.form(c.rest[:n])
	} else {
		c.text, c.width = c.rest[:n], 1
	}
	c.rest = c.rest[n:]
	return true
}

// simple returns the bytes of a leading ASCII or Latin letter that nothing
// combines with, which needs no segmentation, or 0.
func simple(s string) int {
	n := latin(s)
	if n > 0 && n < len(s) && latin(s[n:]) == 0 {
		return 0
	}
	return n
}

// latin returns the bytes of a leading character below U+0250, or 0.
func latin(s string) int {
	if s[0] >= 0x20 && s[0] < 0x7f {
		return 1
	}
	if s[0] < 0xc3 || s[0] > 0xc8 || len(s) < 2 || s[1]&0xc0 != 0x80 {
		return 0
	}
	return 2
}

// form returns how a character is drawn and its width. Where the two meters
// disagree about an emoji, its first part is drawn alone: terminals disagree
// too, and a row must not break.
func (m Measure) form(s string) (string, int) {
	first, size := utf8.DecodeRuneInString(s)
	byRune, byCluster := ansi.StringWidthWc(s), ansi.StringWidth(s)
	switch {
	case !standsAlone(first) && leans(s):
		return string(replacement), 1
	case byRune == byCluster && byRune > 0:
		return s, byRune
	case byRune == 0 || byCluster == 0 || size == len(s):
		return string(replacement), 1
	}
	switch {
	case isPictograph(first), isKeycapBase(first), isRegional(first), isSkinTone(first):
		return m.form(s[:size])
	case strings.ContainsRune(s, saraAm):
		return m.both(strings.ReplaceAll(s, string(rune(saraAm)), "\u0e4d\u0e32"))
	case strings.ContainsRune(s, laoAm):
		return m.both(strings.ReplaceAll(s, string(rune(laoAm)), "\u0ecd\u0eb2"))
	case m == ByCluster:
		return s, byCluster
	}
	return s, byRune
}

// standsAlone reports, for the characters met most often, that no rule joins
// them to the character before or behind them: Latin letters, punctuation,
// arrows, frames, blocks, symbols, ideographs.
func standsAlone(r rune) bool {
	return r < 0x300 || r >= 0x2010 && r < 0x20d0 || r >= 0x2100 && r < 0x302a || r >= 0x30a0 && r < 0xa000
}

// leans reports whether a character would run together with any letter before
// or behind it, which is more than it may do to its neighbours on a row.
func leans(s string) bool {
	before, behind := "a"+s, s+"a"
	return len(graphemes.FromString(before).First()) > 1 || len(graphemes.FromString(behind).First()) > len(s)
}

// Parted reports whether a text that ends in before and goes on with behind
// still has a character boundary between the two. Both have been through
// [Meter.Append].
func Parted(before, behind []byte) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(behind)
	if standsAlone(first) || standsAlone(last) {
		return true
	}
	at := 0
	both := append(append([]byte(nil), before...), behind...)
	for g := graphemes.FromBytes(both); g.Next() && at < len(before); {
		at += len(g.Value())
	}
	return at == len(before)
}

// The Thai and Lao vowel AM is one code point drawn above and behind its
// consonant. Written as its two halves it has the same width for every terminal.
const (
	saraAm = 0xe33
	laoAm  = 0xeb3
)

// both measures a text of more than one character.
func (m Measure) both(s string) (string, int) {
	if m == ByCluster {
		return s, ansi.StringWidth(s)
	}
	return s, ansi.StringWidthWc(s)
}

// Run returns how many characters at the front of a text that has been through
// [Meter.Append] are ASCII with nothing combining: as many bytes as columns.
func Run(b []byte) int { return plainRun(b) }

// Step measures the first character of a text that has been through [Meter.Append]:
// its bytes and its columns. An empty text has neither.
func (m Measure) Step(b []byte) (size, width int) {
	switch {
	case len(b) == 0:
		return 0, 0
	case b[0] < utf8.RuneSelf && (len(b) == 1 || b[1] < utf8.RuneSelf):
		return 1, 1
	}
	size = len(graphemes.FromBytes(b).First())
	if m == ByCluster {
		return size, ansi.StringWidth(string(b[:size]))
	}
	return size, ansi.StringWidthWc(string(b[:size]))
}
