package form

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"interlocal/model/text"
)

// area edits text of several lines. Bubbles' text area lays its whole text out
// through styles at every key, which costs 2.4 ms and 80 KB for twenty lines; this
// one breaks lines only when they are drawn or moved through, and measures as the
// frame does.
type area struct {
	runes []rune
	pos   int // the cursor
	goal  int // the column that moving up and down aims at; -1 for the cursor's own
	meter text.Measure

	spans []span // the lines as broken last
	width int    // for how many columns; 0 when the text has changed since
}

// load takes a text up, with the cursor at its end.
func (a *area) load(s string) {
	a.runes = []rune(s)
	a.pos, a.goal, a.width = len(a.runes), -1, 0
}

// measure says how the terminal measures text.
func (a *area) measure(m text.Measure) {
	if a.meter != m {
		a.meter, a.width = m, 0
	}
}

func (a *area) text() string { return string(a.runes) }

// insert puts text at the cursor.
func (a *area) insert(s string) {
	r := []rune(s)
	a.runes = slices.Insert(a.runes, a.pos, r...)
	a.pos, a.goal, a.width = a.pos+len(r), -1, 0
}

// press edits by a key and reports whether the text changed.
func (a *area) press(k tea.KeyPressMsg) (changed bool) {
	if s := printable(k); s != "" {
		a.insert(s)
		a.clean()
		return true
	}
	before := len(a.runes)
	from, to := a.lineAt()
	a.goal = -1
	switch k.String() {
	case "shift+enter", "alt+enter": // where a terminal tells them from Enter
		a.insert("\n")
	case "left":
		a.pos = max(0, a.pos-1)
	case "right":
		a.pos = min(len(a.runes), a.pos+1)
	case "ctrl+left", "alt+left":
		a.pos = a.word(-1)
	case "ctrl+right", "alt+right":
		a.pos = a.word(1)
	case "home", "ctrl+a":
		a.pos = from
	case "end", "ctrl+e":
		a.pos = to
	case "backspace", "ctrl+h":
		a.remove(a.pos-1, a.pos)
	case "delete":
		a.remove(a.pos, a.pos+1)
	case "ctrl+k":
		a.remove(a.pos, max(to, min(a.pos+1, len(a.runes))))
	case "ctrl+u":
		a.remove(min(from, max(a.pos-1, 0)), a.pos)
	}
	return len(a.runes) != before
}

// clean makes what was typed safe to show and to keep.
func (a *area) clean() {
	from, to := a.lineAt()
	line := string(a.runes[from:to])
	safe := text.Typed(line, 0)
	if safe == line {
		return
	}
	head := text.Typed(string(a.runes[from:a.pos]), 0)
	a.runes = slices.Replace(a.runes, from, to, []rune(safe)...)
	a.pos = min(from+len([]rune(head)), from+len([]rune(safe)))
	a.width = 0
}

// remove deletes from one position to another; at a line's end or beginning that
// joins lines.
func (a *area) remove(from, to int) {
	from, to = max(0, from), min(to, len(a.runes))
	if from < to {
		a.runes = slices.Delete(a.runes, from, to)
		a.pos, a.width = from, 0
	}
}

// lineAt gives the bounds of the line that the cursor is in.
func (a *area) lineAt() (from, to int) {
	from, to = a.pos, a.pos
	for from > 0 && a.runes[from-1] != '\n' {
		from--
	}
	for to < len(a.runes) && a.runes[to] != '\n' {
		to++
	}
	return from, to
}

// word gives the position one word on or back.
func (a *area) word(by int) int {
	pos := a.pos
	ahead := func() (r rune, ok bool) {
		i := pos + min(by, 0)
		if i < 0 || i >= len(a.runes) {
			return 0, false
		}
		return a.runes[i], true
	}
	for r, ok := ahead(); ok && r <= ' '; r, ok = ahead() {
		pos += by
	}
	for r, ok := ahead(); ok && r > ' '; r, ok = ahead() {
		pos += by
	}
	return pos
}

// span is one line on the screen: runes from one position to before another.
type span struct{ from, to int }

// wrap breaks the text into lines of at most w columns, at blanks where it can.
// Blanks at the end of a line may stand over. There is always a line, and the
// cursor's end has a place.
func (a *area) wrap(w int) []span {
	w = max(w, 2)
	if a.width == w {
		return a.spans
	}
	a.spans, a.width = a.spans[:0], w
	for from := 0; ; {
		to := from
		for to < len(a.runes) && a.runes[to] != '\n' {
			to++
		}
		if line := string(a.runes[from:to]); text.Plain(line) {
			a.spans = wrapPlain(a.spans, line, from, w)
		} else {
			a.spans = a.wrapLine(a.spans, from, to, w)
		}
		if to == len(a.runes) {
			return a.spans
		}
		from = to + 1
	}
}

// wrapPlain breaks one line in which every byte is a character of one column.
func wrapPlain(out []span, line string, from, w int) []span {
	start := 0
	for len(strings.TrimRight(line[start:], " ")) > w {
		end := start + w
		if line[end] != ' ' {
			if blank := strings.LastIndexByte(line[start:end], ' '); blank >= 0 {
				end = start + blank + 1
			}
		}
		for end < len(line) && line[end] == ' ' {
			end++
		}
		out = append(out, span{from + start, from + end})
		start = end
	}
	return append(out, span{from + start, from + len(line)})
}

// wrapLine breaks one line.
func (a *area) wrapLine(out []span, from, to, w int) []span {
	start, room, at := from, 0, from
	blank := -1 // behind the last blank
	for g := graphemes.FromString(string(a.runes[from:to])); g.Next(); {
		s := g.Value()
		n := len([]rune(s))
		width := a.meter.Width(s)
		if s == " " {
			at += n
			room += width
			blank = at
			continue
		}
		for room+width > w && at > start {
			if blank <= start {
				blank = at
			}
			out = append(out, span{start, blank})
			room = a.meter.Width(string(a.runes[blank:at]))
			start = blank
		}
		at += n
		room += width
	}
	return append(out, span{start, to})
}

// where gives the line that the cursor is on and its column.
func (a *area) where(spans []span) (line, col int) {
	line = len(spans) - 1
	for line > 0 && spans[line].from > a.pos {
		line--
	}
	return line, a.meter.Width(string(a.runes[spans[line].from:a.pos]))
}

// vertical moves the cursor one line up or down and reports whether there was one.
func (a *area) vertical(w int, up bool) bool {
	spans := a.wrap(w)
	line, col := a.where(spans)
	if a.goal < 0 {
		a.goal = col
	}
	goal := a.goal
	if up {
		line--
	} else {
		line++
	}
	if line < 0 || line >= len(spans) {
		return false
	}
	a.put(spans, line, goal)
	a.goal = goal
	return true
}

// put places the cursor in a line, as near to a column as can be.
func (a *area) put(spans []span, line, col int) {
	s := spans[line]
	end := s.to
	if line+1 < len(spans) && spans[line+1].from == s.to && end > s.from {
		end-- // the place behind the last is the next line's first
	}
	a.pos = s.from
	for a.pos < end && a.meter.Width(string(a.runes[s.from:a.pos+1])) <= col {
		a.pos++
	}
	a.goal = -1
}
