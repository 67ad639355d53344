package text

import (
	"strings"
	"unicode/utf8"
)

const (
	esc = 0x1b
	bel = 0x07
	can = 0x18
	sub = 0x1a

	c1DCS = 0x90
	c1SOS = 0x98
	c1CSI = 0x9b
	c1ST  = 0x9c
	c1OSC = 0x9d
	c1PM  = 0x9e
	c1APC = 0x9f
)

// escape returns how many bytes of s belong to the escape sequence that r, its
// first character, begins, or 0 when r begins none. Both ways to write an
// introducer count: ESC and a letter, or one character of U+0080 to U+009F.
func escape(s string, r rune) int {
	switch r {
	case esc:
		return escape7(s)
	case c1CSI:
		return 2 + csi(s[2:])
	case c1OSC, c1DCS, c1SOS, c1PM, c1APC:
		return 2 + controlString(s[2:])
	}
	return 0
}

// escape7 measures a sequence that begins with ESC.
func escape7(s string) int {
	if len(s) < 2 {
		return 1
	}
	switch s[1] {
	case '[':
		return 2 + csi(s[2:])
	case ']', 'P', 'X', '^', '_':
		return 2 + controlString(s[2:])
	}
	i := 1
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
		i++
	}
	if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
		return i + 1
	}
	return 1
}

// csi measures parameters, intermediates and the final byte. A sequence broken
// by something else ends before it, so that a stray introducer does not eat
// what a person wrote.
func csi(s string) int {
	i := 0
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x3f {
		i++
	}
	if i < len(s) && s[i] >= 0x40 && s[i] <= 0x7e {
		i++
	}
	return i
}

// controlString measures the payload and the terminator of an OSC, DCS, SOS, PM
// or APC string. Without a terminator there is no string: then only the
// introducer goes and the rest stays, to be read.
func controlString(s string) int {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == bel || r == can || r == sub || r == c1ST:
			return i + size
		case r == esc:
			if strings.HasPrefix(s[i+1:], `\`) {
				return i + 2
			}
			return i
		}
		i += size
	}
	return 0
}
