package text

import (
	"bytes"
	"strings"
)

// Wrap breaks s at line breaks and between words into lines of at most w
// columns. A word longer than a line is broken between characters. An empty
// text is one empty line; a w below 1 counts as 1. A character that is wider than
// a whole line stands alone in one.
func (m Measure) Wrap(s string, w int) []string {
	if !Plain(s) {
		s = capMarks(strip(s, true))
	}
	wr := wrapper{meter: m, width: max(w, 1)}
	for line := range strings.SplitSeq(s, "\n") {
		wr.wrap(line)
	}
	return wr.lines
}

// wrapper collects lines. The line being filled is cur, cols columns wide; its
// last word begins at byte word and column wordCol, or at 0 when it has one word
// only.
type wrapper struct {
	meter Measure
	width int
	lines []string

	cur           []byte
	cols          int
	word, wordCol int
}

// wrap breaks one line that has been stripped.
func (wr *wrapper) wrap(line string) {
	if len(line) <= wr.width && Plain(line) {
		wr.lines = append(wr.lines, strings.TrimRight(line, " "))
		return
	}
	first := len(wr.lines)
	inWord, skip := false, false
	for c := (clusters{meter: wr.meter, rest: line}); c.next(); {
		blank := c.text == " "
		switch {
		case blank && skip:
			continue
		case blank && wr.cols+1 > wr.width:
			wr.flush(len(wr.cur))
			inWord, skip = false, true
			continue
		case !blank && wr.cols > 0 && wr.cols+c.width > wr.width:
			wr.turn(inWord, c.width)
		}
		if !blank && !inWord && len(bytes.TrimLeft(wr.cur, " ")) > 0 {
			wr.word, wr.wordCol = len(wr.cur), wr.cols
		}
		inWord, skip = !blank, false
		wr.cur = append(wr.cur, c.text...)
		wr.cols += c.width
	}
	if len(wr.cur) > 0 || len(wr.lines) == first {
		wr.flush(len(wr.cur))
	}
}

// turn begins a new line because a character of n columns does not fit: with the
// word it belongs to, if that is not the whole line, else with the character.
func (wr *wrapper) turn(inWord bool, n int) {
	if inWord && wr.word > 0 {
		wr.flush(wr.word)
	}
	if wr.cols > 0 && (wr.cols+n > wr.width || !inWord) {
		wr.flush(len(wr.cur))
	}
}

// flush ends the line at a byte of cur; what follows begins the next.
func (wr *wrapper) flush(at int) {
	wr.lines = append(wr.lines, string(bytes.TrimRight(wr.cur[:at], " "+joiners)))
	if at < len(wr.cur) {
		wr.cols -= wr.wordCol
	} else {
		wr.cols = 0
	}
	wr.cur = append(wr.cur[:0], wr.cur[at:]...)
	wr.word, wr.wordCol = 0, 0
}
