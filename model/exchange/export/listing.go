package export

import (
	"io"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/text"
)

const (
	widestCell    = 60 // columns a cell of a listing takes at most
	narrowestCell = 6  // columns that a listing short of room leaves a cell
)

// WriteTable writes a table as aligned text for a terminal: titles, then a line
// for each record, led by its number. A listing that is wider than
// [Options.Width] takes room from its widest columns. What does not fit ends
// in "…".
func WriteTable(w io.Writer, t Table, env *field.Env, o Options) error {
	l := newListing(t, o)
	for row := range t.Rows {
		for i, cell := range l.cells(row, env) {
			l.widths[i] = max(l.widths[i], min(text.Width(cell), widestCell))
		}
	}
	l.fit(o.Width)
	out := l.row(nil, l.titles)
	for row := range t.Rows { // once more, so that a long listing need not be held
		if out = l.row(out, l.cells(row, env)); len(out) >= flushAt {
			if _, err := w.Write(out); err != nil {
				return err
			}
			out = out[:0]
		}
	}
	_, err := w.Write(out)
	return err
}

// listing is a table whose columns are as wide as their cells.
type listing struct {
	cols    []*field.Column
	lead    bool // the number leads
	titles  []string
	right   []bool // aligned to the right
	widths  []int
	line    []string // the cells of one record
	scratch []byte
}

func newListing(t Table, o Options) *listing {
	l := &listing{lead: !o.Bare}
	if l.lead {
		l.titles, l.right = append(l.titles, "#"), append(l.right, true)
	}
	cols := t.Columns
	if cols == nil {
		for _, c := range t.Kind.Columns {
			if !c.Hidden {
				cols = append(cols, c)
			}
		}
	}
	l.cols = cols
	for _, c := range cols {
		l.titles, l.right = append(l.titles, c.Title), append(l.right, c.Shape.Numeric())
	}
	l.widths = make([]int, len(l.titles))
	for i, title := range l.titles {
		l.widths[i] = text.Width(title)
	}
	return l
}

// cells gives what is shown of a record, until it is asked for the next.
func (l *listing) cells(row Row, env *field.Env) []string {
	l.line = l.line[:0]
	if l.lead {
		l.line = append(l.line, strconv.FormatUint(row.ID, 10))
	}
	for _, c := range l.cols {
		l.scratch = c.Show(l.scratch[:0], row.Rec, env)
		l.line = append(l.line, text.Line(text.FirstBytes(string(l.scratch), 8*widestCell), 0))
	}
	return l.line
}

// fit takes columns of the terminal from the widest cells until a line fits.
func (l *listing) fit(width int) {
	total := 2 * (len(l.widths) - 1)
	for _, n := range l.widths {
		total += n
	}
	for width > 0 && total > width {
		widest := 0
		for i, n := range l.widths {
			if n > l.widths[widest] {
				widest = i
			}
		}
		if l.widths[widest] <= narrowestCell {
			return
		}
		l.widths[widest]--
		total--
	}
}

// row appends one line. Blanks at its end are left off.
func (l *listing) row(dst []byte, cells []string) []byte {
	start := len(dst)
	for i, s := range cells {
		if i > 0 {
			dst = append(dst, "  "...)
		}
		at := len(dst)
		var used int
		dst, used = text.ByRune.Append(dst, s, l.widths[i])
		blanks := l.widths[i] - used
		if l.right[i] {
			cell := string(dst[at:])
			dst = append(append(dst[:at], strings.Repeat(" ", blanks)...), cell...)
			continue
		}
		dst = append(dst, strings.Repeat(" ", blanks)...)
	}
	for len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return append(dst, '\n')
}
