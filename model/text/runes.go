package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

const (
	zwnj       = 0x200c
	zwj        = 0x200d
	vs15       = 0xfe0e // text presentation
	vs16       = 0xfe0f // emoji presentation
	keycap     = 0x20e3
	softHyphen = 0xad
	byteOrder  = 0xfeff
)

// isControl reports C0, DEL and C1.
func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }

// isBreak reports characters that end a line or a paragraph.
func isBreak(r rune) bool {
	return r >= '\n' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// isSpace reports blanks of every width, among them the Braille and Hangul
// letters that print nothing.
func isSpace(r rune) bool {
	switch {
	case r == ' ':
		return true
	case r < 0xa0:
		return false
	}
	return r == 0x2800 || unicode.Is(unicode.Zs, r)
}

// isMark reports characters that combine with the one before them.
func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.M, r) && !isDropped(r) }

// isDropped reports what is left out without a trace: bidirectional controls,
// tags, and selectors of a glyph's variant. None of them is part of a word.
func isDropped(r rune) bool {
	switch {
	case r < 0x61c:
		return false
	case r == 0x61c, r == 0x200e, r == 0x200f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0x206a && r <= 0x206f:
		return true
	case r >= 0x180b && r <= 0x180d, r == 0x180f:
		return true
	case r >= 0xfe00 && r <= 0xfe0d:
		return true
	}
	return r >= 0xe0000 && r <= 0xe0fff
}

// isInvisible reports characters that print nothing and that no rule above has
// a use for, and code points that are no character at all.
func isInvisible(r rune) bool {
	switch {
	case r < 0x34f:
		return r == softHyphen
	case r == 0x34f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xffa0:
		return true
	case r == replacement:
		return false
	case r >= 0xfff0 && r <= 0xfffb, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	case r >= 0x1d159 && r <= 0x1d159, r == 0x13441, r == 0x16fe4:
		return true
	case r >= 0xd7b0 && r <= 0xd7ff: // old Hangul that combines: terminals disagree on its place
		return true
	case r >= 0x1f000 && r <= 0x1fffd: // pictures, those to come among them
		return false
	}
	return !unicode.IsGraphic(r) && !unicode.Is(visibleFormat, r)
}

// isSkinTone reports the modifiers that colour the emoji before them.
func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// isRegional reports the letters that make a flag in pairs.
func isRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// isKeycapBase reports the characters that can be drawn on a key.
func isKeycapBase(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

// isPictograph reports characters that can be a part of a joined emoji. It asks
// the segmentation that the terminal library uses, so that the two cannot
// disagree about which characters those are.
func isPictograph(r rune) bool {
	if r < 0xa9 {
		return false
	}
	s := string(r)
	joined := s + string(rune(zwj)) + s
	return len(graphemes.FromString(joined).First()) == len(joined) && len(graphemes.FromString("a"+s).First()) == 1
}

// joins reports letters of scripts that are spelt with joiners.
func joins(r rune) bool { return r >= 0x600 && unicode.In(r, joining...) && unicode.IsLetter(r) }

// joining holds the cursive scripts and those of India and its neighbours.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian, unicode.Phags_Pa,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
	unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan,
}

// visibleFormat holds the format characters that do print: signs that span the
// number behind them.
var visibleFormat = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x600, Hi: 0x605, Stride: 1}, {Lo: 0x6dd, Hi: 0x6dd, Stride: 1},
		{Lo: 0x70f, Hi: 0x70f, Stride: 1},
		{Lo: 0x890, Hi: 0x891, Stride: 1}, {Lo: 0x8e2, Hi: 0x8e2, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x110bd, Hi: 0x110bd, Stride: 1}, {Lo: 0x110cd, Hi: 0x110cd, Stride: 1}},
}

// Capital returns s with its first letter as a capital.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
