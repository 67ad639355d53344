package sshd

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// cell is one column of a row: its character, and its ink as a number of the
// grid's.
type cell struct {
	char rune
	ink  int32
}

// blank is a cell of an empty screen.
func blank() cell { return cell{char: ' '} }

// grid turns rows into cells and writes those that differ. It holds where the
// terminal's pen stands, and what it writes with, while a picture is written.
type grid struct {
	inks []string // sequences, by number; 0 is the terminal's own colours
	bare []bool   // by number: a blank in that ink looks like one in the terminal's own

	old, now []cell // the row at hand

	x, y int // the pen; y is -1 where that is not known
	ink  int32
}

func newGrid() grid { return grid{inks: []string{"\x1b[m"}, bare: []bool{true}} }

// begin starts a picture: nothing is known of the pen but its colours.
func (g *grid) begin() { g.y, g.ink = -1, 0 }

// number gives an ink's number.
func (g *grid) number(sequence []byte) int32 {
	for i, s := range g.inks {
		if s == string(sequence) {
			return int32(i)
		}
	}
	s := string(sequence)
	g.inks, g.bare = append(g.inks, s), append(g.bare, bare(s))
	return int32(len(g.inks) - 1)
}

// bare reports whether nothing is to be seen of a blank in an ink: it has no
// background, is not turned round and not underlined.
func bare(sequence string) bool {
	for list := strings.Split(strings.Trim(sequence, "\x1b[m"), ";"); len(list) > 0; list = list[1:] {
		n, _ := strconv.Atoi(list[0]) // nothing is 0
		switch {
		case n == 38 && len(list) > 2 && list[1] == "5":
			list = list[2:]
		case n == 38 && len(list) > 4 && list[1] == "2":
			list = list[4:]
		case n > 2 && n < 30 || n > 37 && n != 39 && n < 90 || n > 97:
			return false
		}
	}
	return true
}

// narrow tells characters that take one column on every terminal, whatever stands
// before and behind them: what follows them in a row stands where it is thought
// to.
func narrow(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= ' '
	case r < 0x250:
		return r > 0xa0 && r != 0xad
	case r < 0x2500:
		return r >= 0x2010 && r <= 0x2027 || r == '‹' || r == '›' || r >= '←' && r <= '↓'
	}
	return r <= 0x259f || r == '▲' || r == '▼' || r == '◆' || r == '✓' || r == '✎'
}

// parse appends a row's cells; sure is false where a terminal may take it to be
// of other columns.
func (g *grid) parse(dst []cell, row []byte) (_ []cell, sure bool) {
	var ink int32
	for len(row) > 0 {
		size, c := 1, cell{rune(row[0]), ink}
		switch {
		case c.char == 0x1b:
			size = bytes.IndexByte(row, 'm') + 1
			if size == 0 {
				return dst, false
			}
			ink = g.number(row[:size])
			row = row[size:]
			continue
		case c.char == ' ' && g.bare[ink]:
			c = blank()
		case c.char >= utf8.RuneSelf:
			c.char, size = utf8.DecodeRune(row)
		}
		if !narrow(c.char) {
			return dst, false
		}
		dst, row = append(dst, c), row[size:]
	}
	return dst, true
}

// row writes what makes a row of the terminal, which shows was, into one that shows
// row. An empty was is an empty row.
func (g *grid) row(buf []byte, y int, was, row []byte) []byte {
	var sure, all bool
	g.now, sure = g.parse(g.now[:0], row)
	g.old, all = g.parse(g.old[:0], was)
	for len(was) == 0 && len(g.old) < len(g.now) {
		g.old = append(g.old, blank())
	}
	if !sure || !all || len(g.old) != len(g.now) {
		buf = g.write(g.move(buf, 0, y), 0)
		g.y = -1
		return append(append(buf, row...), g.inks[0]...)
	}
	end := len(g.now) // from here on the row is empty
	for end > 0 && g.now[end-1] == blank() {
		end--
	}
	for x := 0; x < len(g.now); x++ {
		if g.old[x] == g.now[x] {
			continue
		}
		buf = g.reach(buf, x, y)
		empty := g.empty(x)
		switch {
		case x >= end && len(g.now)-x > 3:
			return append(g.plain(buf), "\x1b[K"...)
		case empty > 9:
			buf = strconv.AppendInt(append(g.plain(buf), "\x1b["...), int64(empty), 10)
			buf = append(buf, 'X')
			x += empty - 1
		default:
			buf = g.put(buf, g.now[x])
		}
	}
	if g.y == y && g.x == len(g.now) {
		g.x = -1 // a terminal waits there with the next row
	}
	return buf
}

// empty counts the blanks from x on, up to the last that has to be written.
func (g *grid) empty(x int) (n int) {
	for i := x; i < len(g.now) && g.now[i] == blank(); i++ {
		if g.old[i] != blank() {
			n = i - x + 1
		}
	}
	return n
}

// reach brings the pen to a place: writing again what stands between where that is
// shorter than jumping over it.
func (g *grid) reach(buf []byte, x, y int) []byte {
	if g.y == y && g.x >= 0 && x-g.x > 0 && x-g.x <= 4 {
		between := g.now[g.x:x]
		if !slices.ContainsFunc(between, func(c cell) bool { return c.ink != g.ink && (c != blank() || !g.bare[g.ink]) }) {
			for _, c := range between {
				buf = g.put(buf, c)
			}
			return buf
		}
	}
	return g.move(buf, x, y)
}

// move brings the pen to a place.
func (g *grid) move(buf []byte, x, y int) []byte {
	switch {
	case g.y == y && g.x == x:
		return buf
	case g.y == y && g.x >= 0 && g.x < x:
		buf = forward(buf, x-g.x)
	case g.y >= 0 && g.y == y-1:
		buf = forward(append(buf, "\r\n"...), x)
	default:
		buf = strconv.AppendInt(append(buf, "\x1b["...), int64(y+1), 10)
		if x > 0 {
			buf = strconv.AppendInt(append(buf, ';'), int64(x+1), 10)
		}
		buf = append(buf, 'H')
	}
	g.x, g.y = x, y
	return buf
}

// forward moves the pen n columns on.
func forward(buf []byte, n int) []byte {
	if n == 0 {
		return buf
	}
	buf = append(buf, "\x1b["...)
	if n > 1 {
		buf = strconv.AppendInt(buf, int64(n), 10)
	}
	return append(buf, 'C')
}

// put writes a cell at the pen.
func (g *grid) put(buf []byte, c cell) []byte {
	if c != blank() || !g.bare[g.ink] {
		buf = g.write(buf, c.ink)
	}
	g.x++
	return utf8.AppendRune(buf, c.char)
}

// write takes up an ink.
func (g *grid) write(buf []byte, ink int32) []byte {
	if g.ink == ink {
		return buf
	}
	g.ink = ink
	return append(buf, g.inks[ink]...)
}

// plain takes up an ink in which what is erased is empty.
func (g *grid) plain(buf []byte) []byte {
	if g.bare[g.ink] {
		return buf
	}
	return g.write(buf, 0)
}

// alike is how many bytes of two rows tell that one has become the other.
const alike = 24

// scrolled finds rows that have moved up (by is 1) or down (-1) by one row
// together: those from top to bottom, both included, have left their place or
// come to it. Fewer than there are worth it are none.
func scrolled(old, now [][]byte) (top, bottom, by int) {
	for _, by = range []int{1, -1} {
		first, last, n := -1, 0, 0
		for y := max(0, -by); y < len(now) && y+by < len(old) && y < len(old); y++ {
			was := old[y+by]
			if len(was) < alike || len(now[y]) < alike || bytes.Equal(now[y], old[y]) ||
				string(was[:alike]) != string(now[y][:alike]) {
				continue
			}
			if n++; first < 0 {
				first = y
			}
			last = y
		}
		if n > 4 {
			return min(first, first+by), max(last, last+by), by
		}
	}
	return 0, 0, 0
}

// scroll has the terminal move rows by one, and the old rows with them.
func (g *grid) scroll(buf []byte, old [][]byte, top, bottom, by int) []byte {
	buf = strconv.AppendInt(append(buf, "\x1b["...), int64(top+1), 10)
	buf = append(strconv.AppendInt(append(buf, ';'), int64(bottom+1), 10), 'r')
	at, way := top, "\x1bM"
	if by > 0 {
		at, way = bottom, "\n"
	}
	g.y = -1
	buf = append(append(g.move(buf, 0, at), way...), "\x1b[r"...)
	g.y = -1
	rows := old[top : bottom+1]
	if by > 0 {
		copy(rows, rows[1:])
		rows[len(rows)-1] = nil
	} else {
		copy(rows[1:], rows)
		rows[0] = nil
	}
	return buf
}
