package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which texts are compared when searching: lower
// case, without accents, with plain quotes and dashes, so that "perez" finds
// "Pérez" and "o'fallon" finds "O’Fallon". Folding twice changes nothing.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(unicode.ToLower(r)))
			continue
		}
		if isAccent(r) {
			continue
		}
		foldRune(&b, r)
	}
	return norm.NFC.String(b.String())
}

// ascii reports whether s has no byte above 0x7f.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isAccent reports marks that a reader may leave out: accents, Hebrew points,
// Arabic vowel signs. Vowels and letter parts of other scripts are spelling
// and stay.
func isAccent(r rune) bool {
	if r < 0x300 || !unicode.Is(unicode.Mn, r) {
		return false
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	class := norm.NFD.Properties(buf[:n]).CCC()
	return class >= 10 && class <= 36 || class >= 200
}

// foldRune writes the search form of one character that is not ASCII.
func foldRune(b *strings.Builder, r rune) {
	r = unicode.ToLower(r)
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'þ':
		b.WriteString("th")
	case 'ø':
		b.WriteByte('o')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ł':
		b.WriteByte('l')
	case 'ħ':
		b.WriteByte('h')
	case 'ŧ':
		b.WriteByte('t')
	case 'ı':
		b.WriteByte('i')
	case 'ς':
		b.WriteRune('σ')
	case '‘', '’', '‛', 'ʼ', '′':
		b.WriteByte('\'')
	case '“', '”', '„':
		b.WriteByte('"')
	case '‐', '‑', '‒', '–', '—', '−':
		b.WriteByte('-')
	default:
		b.WriteRune(r)
	}
}
