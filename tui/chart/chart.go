// Package chart draws small pictures of numbers inside a line: a bar, a meter with
// its figure, a cell of a heat map.
//
// They are sized in columns and drawn on a frame at a place, like a cell of a
// table. A shape or a digit always says what the colour says. A value that is not
// known is NaN, and is drawn as not known, never as zero.
package chart

import (
	"math"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Style is what charts are drawn with.
type Style struct {
	Fill  theme.Style // the part that counts
	Track theme.Style // the rest
	Text  theme.Style // figures
	ASCII bool        // the terminal shows nothing but ASCII reliably
}

// eighths are the left parts of a cell, from none to seven eighths; eight are a
// whole block.
var eighths = [8]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

const (
	block      = "█"
	trackGlyph = "░"
	unknown    = "┄" // a track whose value is not known
)

// Bar draws the share frac, from 0 to 1, of w columns, to an eighth of a column.
// Anything above zero shows at least a sliver, and only a full share fills the
// whole bar. Shares outside are drawn as 0 or 1.
func Bar(f *frame.Frame, x, y, w int, frac float64, st Style) {
	if w <= 0 {
		return
	}
	f.At(x, y)
	switch {
	case math.IsNaN(frac) && st.ASCII:
		f.Repeat(st.Track, "?", w)
		return
	case math.IsNaN(frac):
		f.Repeat(st.Track, unknown, w)
		return
	case st.ASCII:
		full := steps(frac, w)
		f.Repeat(st.Fill, "#", full)
		f.Repeat(st.Track, "-", w-full)
		return
	}
	n := steps(frac, 8*w)
	f.Repeat(st.Fill, block, n/8)
	left := w - n/8
	if part := eighths[n%8]; part != "" {
		f.Text(st.Fill, part, 1)
		left--
	}
	f.Repeat(st.Track, trackGlyph, left)
}

// steps rounds a share to whole steps: 0 only for nothing, all only for all.
func steps(frac float64, all int) int {
	switch {
	case frac <= 0:
		return 0
	case frac >= 1:
		return all
	}
	return min(max(int(math.Round(frac*float64(all))), 1), all-1)
}

// figureWidth is the least room a [Meter] leaves for its figure, so that meters
// below each other line up.
const figureWidth = len("100%")

// Gauge draws a bar and, right of it, the figure it stands for, in w columns. The
// figure has priority: the bar takes what is left, if it is at least three.
func Gauge(f *frame.Frame, x, y, w int, frac float64, figure string, st Style) {
	if w <= 0 {
		return
	}
	text := max(f.Measure().Width(figure), figureWidth)
	bar := w - text - 1
	if bar < 3 {
		f.At(x, y)
		f.TextRight(st.Text, figure, w)
		return
	}
	Bar(f, x, y, bar, frac, st)
	f.At(x+bar, y)
	f.Fill(st.Text, 1)
	f.TextRight(st.Text, figure, text)
}

// shades are how dense a cell of a heat map is, from weakest to strongest.
var (
	shades      = [5]string{"·", "░", "▒", "▓", "█"}
	asciiShades = [5]string{".", ":", "+", "*", "#"}
)

// Heat draws a cell of a heat map in w columns: the figure, then a block as dense
// as level is high among the levels 1 to of. Level 0 is not known and has no
// block.
func Heat(f *frame.Frame, x, y, w int, figure string, level, of int, st Style) {
	if w <= 0 {
		return
	}
	text := min(f.Measure().Width(figure), w)
	f.At(x, y)
	f.Text(st.Text, figure, text)
	if text == w {
		return
	}
	if level <= 0 || of <= 0 {
		f.Fill(st.Track, w-text)
		return
	}
	glyphs := &shades
	if st.ASCII {
		glyphs = &asciiShades
	}
	step := 0
	if of > 1 {
		step = (min(level, of) - 1) * (len(glyphs) - 1) / (of - 1)
	}
	f.Repeat(st.Fill, glyphs[step], w-text)
}
