package text

import (
	"strings"
	"unicode/utf8"
)

// strip reads s once, from left to right, and leaves out or replaces whatever
// must not be kept. Every character that could begin an escape sequence is
// dropped whether or not a whole sequence follows, so what is left cannot
// join up into a new one.
func strip(s string, lines bool) string {
	st := stripper{lines: lines}
	st.out.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if skip := escape(s[i:], r); skip > 0 {
			i += skip
			continue
		}
		st.take(r, s[i+size:])
		i += size
	}
	st.space()
	return st.out.String()
}

// stripper holds what has been written and what is still undecided.
type stripper struct {
	out   strings.Builder
	lines bool // keep line breaks

	spaces int  // spaces seen and not yet written
	broken bool // the spaces include a tab or a line break (one-line form)
	breaks int  // line breaks seen and not yet written
	cr     bool // the last character was a carriage return

	base rune // the last character that is not a mark, joiner or selector
	last rune // the last character written
}

// take handles one character; rest is what follows it in the text.
func (st *stripper) take(r rune, rest string) {
	cr := st.cr
	st.cr = r == '\r'
	switch {
	case r == '\n' && cr:
	case isBreak(r):
		st.lineBreak()
	case r == '\t':
		st.tab()
	case isSpace(r):
		st.spaces++
	case isControl(r) || isDropped(r):
	case r == vs15 || r == vs16:
		st.selector(r, rest)
	case r == zwj || r == zwnj:
		st.joiner(r, rest)
	case r == softHyphen:
		st.write('-')
	case isInvisible(r):
		if r != byteOrder || st.last != 0 {
			st.write(replacement)
		}
	default:
		st.write(r)
	}
}

// lineBreak notes a line break, or the space that stands for it.
func (st *stripper) lineBreak() {
	if !st.lines {
		st.spaces, st.broken = st.spaces+1, true
		return
	}
	st.spaces = 0
	st.breaks++
}

// tab notes the spaces a tab stands for.
func (st *stripper) tab() {
	if st.lines {
		st.spaces += TabWidth
		return
	}
	st.spaces, st.broken = st.spaces+1, true
}

// space writes the blanks that were held back.
func (st *stripper) space() {
	if st.spaces+st.breaks == 0 {
		return
	}
	for ; st.breaks > 0; st.breaks-- {
		st.out.WriteByte('\n')
	}
	if st.broken {
		st.spaces = 1
	}
	for ; st.spaces > 0; st.spaces-- {
		st.out.WriteByte(' ')
	}
	st.broken = false
	st.base, st.last = ' ', ' '
}

// write appends a character that is kept.
func (st *stripper) write(r rune) {
	st.space()
	st.out.WriteRune(r)
	st.last = r
	if !isMark(r) && !isSkinTone(r) {
		st.base = r
	}
}

// selector keeps a presentation selector right behind an emoji, or inside a
// keycap; it changes the look of that character only.
func (st *stripper) selector(r rune, rest string) {
	if st.spaces+st.breaks > 0 {
		return
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if isPictograph(st.last) || isKeycapBase(st.last) && next == keycap {
		st.out.WriteRune(r)
		st.last = r
	}
}

// joiner keeps a joiner between two parts of one emoji and between two letters
// of a script that is written with joiners. Anywhere else it would be an
// invisible difference, and it is shown.
func (st *stripper) joiner(r rune, rest string) {
	next, _ := utf8.DecodeRuneInString(rest)
	if st.spaces+st.breaks == 0 && st.last != zwj && st.last != zwnj {
		emoji := r == zwj && isPictograph(st.base) && isPictograph(next) && !isMark(st.last)
		if emoji || joins(st.base) && joins(next) && !isMark(next) {
			st.out.WriteRune(r)
			st.last = r
			return
		}
	}
	st.write(replacement)
}
