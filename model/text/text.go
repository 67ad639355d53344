// Package text makes words from people, files and other sessions safe to
// keep and safe to show.
//
// A name typed by a colleague, a cell of a spreadsheet and a note that came in
// over SSH are all strangers' bytes. Left alone they can move the cursor, set
// the clipboard, turn the reading order around, hide in characters nobody can
// see, or make two names that look alike differ. Everything that is stored
// passes [Line] or [Block] once on the way in, and everything that is drawn
// passes [Meter.Append] once on the way out.
//
// What comes out of Line and Block is valid UTF-8 in normal form C. It holds no
// control character, no escape sequence, no bidirectional control and no tag
// character. Characters that would be invisible are shown as U+FFFD, so that
// nothing hides. Joiners stay where a script or an emoji needs them, and at
// most [MaxMarks] marks stand on one letter. Both functions are idempotent:
// cleaning what is clean changes nothing.
//
// How many columns a text takes depends on the terminal. Most add up the
// characters one by one; some measure what a reader would call one character.
// A [Meter] stands for either. The package's functions [Width], [Cut] and [Wrap] use
// [ByRune], which is what Bubble Tea believes until the terminal says otherwise.
// Emoji on which the two would disagree are simplified when shown, so that a
// row keeps its width whoever is right.
package text

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/unicode/norm"
)

// MaxMarks is how many combining marks in a row are kept on one character.
const MaxMarks = 4

// replacement stands for what cannot be read and what cannot be seen.
const replacement = utf8.RuneError

// Plain reports whether s is printable ASCII throughout: nothing in it needs
// cleaning, and it takes as many columns as it has bytes.
func Plain[T ~string | ~[]byte](s T) bool {
	// Eight bytes are looked at together: a top bit shows up where a byte is above
	// 0x7f, where taking 0x20 away wraps around, or where adding 1 reaches 0x80.
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		if (x|(x-0x20*ones)|(x+ones))&tops != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i]-0x20 > 0x7e-0x20 {
			return false
		}
	}
	return true
}

// Line cleans a text that belongs on one line: a name, a title, a cell. Line
// breaks and tabs become one space, the ends are trimmed, and what is longer
// than limit characters (runes) is cut at the end of a whole character. A limit of 0 or
// less does not cut.
func Line(s string, limit int) string {
	if Plain(s) {
		s = strings.Trim(s, " ")
		if limit > 0 && len(s) > limit {
			s = strings.TrimRight(s[:limit], " ")
		}
		return s
	}
	return finish(strip(s, false), limit)
}

// Block cleans a text that may have several lines: a note, minutes. Line breaks
// of every kind become "\n", a tab becomes [TabWidth] spaces, blanks before and
// after the text and at the ends of lines go. It is otherwise like [Line].
func Block(s string, limit int) string {
	if Plain(s) {
		return Line(s, limit)
	}
	return finish(strip(s, true), limit)
}

// Typed cleans what is being typed or pasted into a one-line field: like [Line],
// but a blank or a joiner at the end stays, because a letter may still follow.
func Typed(s string, limit int) string {
	if Plain(s) {
		if limit > 0 && len(s) > limit {
			return s[:limit]
		}
		return s
	}
	next := ""
	if r, _ := utf8.DecodeLastRuneInString(s); r == zwj || r == zwnj {
		next = follower
	}
	core := strings.TrimSuffix(Line(s+next, 0), next)
	left := len(s) - len(strings.TrimLeft(s, " "))
	right := max(0, len(s)-left-len(strings.Trim(s, " ")))
	out := strings.Repeat(" ", left) + core + strings.Repeat(" ", right)
	if limit > 0 && utf8.RuneCountInString(out) > limit {
		return Line(out, limit)
	}
	return out
}

// follower is a letter before which a joiner is kept.
const follower = "ب"

// TabWidth is how many spaces [Block] writes for a tab.
const TabWidth = 4

// finish puts stripped text into its stored form.
func finish(s string, limit int) string {
	s = capMarks(norm.NFC.String(s))
	s = trim(s)
	if limit > 0 {
		s = trim(cut(s, limit))
	}
	return s
}

// trim takes off blanks at both ends, and marks and joiners left with nothing
// to stand on.
func trim(s string) string {
	for {
		n := len(s)
		s = strings.Trim(s, " \n")
		for {
			r, size := utf8.DecodeRuneInString(s)
			if size == 0 || !isMark(r) {
				break
			}
			s = s[size:]
		}
		for {
			r, size := utf8.DecodeLastRuneInString(s)
			if r != zwj && r != zwnj && r != vs15 && r != vs16 {
				break
			}
			if r == vs15 || r == vs16 {
				before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
				if isPictograph(before) {
					break
				}
			}
			s = s[:len(s)-size]
		}
		if len(s) == n {
			return s
		}
	}
}

// cut keeps at most limit runes and does not part a character, unless the first
// character alone is longer than that.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	runes, end := 0, 0
	for g := graphemes.FromString(s); g.Next(); {
		runes += utf8.RuneCountInString(g.Value())
		if runes > limit {
			break
		}
		end += len(g.Value())
	}
	if end > 0 || runes <= limit {
		return s[:end]
	}
	for range limit {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

// capMarks drops marks beyond MaxMarks in a row, and marks that open the text
// or a line, where they would land on something that is not theirs.
func capMarks(s string) string {
	var b strings.Builder
	kept, run := 0, MaxMarks
	for i, r := range s {
		switch {
		case isMark(r):
			run++
		case r == '\n':
			run = MaxMarks
		case r == zwj || r == zwnj || r == vs15 || r == vs16:
		default:
			run = 0
		}
		if run > MaxMarks && isMark(r) {
			b.WriteString(s[kept:i])
			kept = i + utf8.RuneLen(r)
		}
	}
	if kept == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// FirstBytes keeps at most max bytes and no part of a character.
func FirstBytes(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max]
}
