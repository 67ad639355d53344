package exchange

import (
	"io"
	"strconv"

	"interlocal/model/field"
)

// byteOrderMark at the start of a file tells Excel that it is UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes a table as comma-separated values under a row of field names.
func WriteCSV(w io.Writer, t Table, env *field.Env, o Options) error {
	c := csvWriter{pipe: o.Pipe}
	if !o.Pipe {
		c.buf = append(c.buf, byteOrderMark...)
	}
	if !o.Bare {
		c.text(idName)
		c.text(revName)
	}
	cols := t.columns()
	for _, col := range cols {
		c.text(col.Name)
	}
	c.endLine()
	for row := range t.Rows {
		if !o.Bare {
			c.number(row.ID)
			c.number(row.Rev)
		}
		for _, col := range cols {
			c.cell(col, row.Rec, env)
		}
		c.endLine()
		if len(c.buf) >= flushAt {
			if err := c.flush(w); err != nil {
				return err
			}
		}
	}
	return c.flush(w)
}

// csvWriter gathers lines in a buffer.
type csvWriter struct {
	buf   []byte
	cells []byte // scratch for one cell
	open  bool   // the line has a cell already
	pipe  bool
}

func (c *csvWriter) separate() {
	if c.open {
		c.buf = append(c.buf, ',')
	}
	c.open = true
}

func (c *csvWriter) number(n uint64) {
	c.separate()
	c.buf = strconv.AppendUint(c.buf, n, 10)
}

// cell writes a column's value. Numbers are the program's own digits and need
// no care; a minus sign in front of one is no formula.
func (c *csvWriter) cell(col *field.Column, rec any, env *field.Env) {
	c.separate()
	if col.Shape.Numeric() {
		c.buf = col.Format(c.buf, rec, env)
		return
	}
	start := len(c.buf)
	c.buf = col.Format(c.buf, rec, env)
	if careless(c.buf[start:]) {
		return
	}
	c.cells = append(c.cells[:0], c.buf[start:]...)
	c.buf = appendCell(c.buf[:start], c.cells)
}

func (c *csvWriter) text(s string) {
	c.separate()
	c.buf = appendCell(c.buf, []byte(s))
}

func (c *csvWriter) endLine() {
	if !c.pipe {
		c.buf = append(c.buf, '\r')
	}
	c.buf = append(c.buf, '\n')
	c.open = false
}

func (c *csvWriter) flush(w io.Writer) error {
	_, err := w.Write(c.buf)
	c.buf = c.buf[:0]
	return err
}

// careless reports that a cell can be written as it is: it begins with a letter
// or a digit and holds nothing that must be quoted.
func careless(cell []byte) bool {
	for i, b := range cell {
		switch {
		case b == '"' || b == ',' || b == ';' || b == '|' || b < ' ':
			return false
		case i == 0 && (b < '0' || b > '9' && b < 'A' || b >= 0x80):
			return false
		}
	}
	return len(cell) == 0 || cell[len(cell)-1] != ' '
}

// appendCell writes a cell that has to be defused or quoted. Other programs'
// separators are quoted as well, since a spreadsheet may split lines at them.
func appendCell(dst, cell []byte) []byte {
	defuse, quote := armed(string(cell)), false
	for i, b := range cell {
		if b == '"' || b == ',' || b == ';' || b == '|' || b < ' ' || b == ' ' && (i == 0 || i == len(cell)-1) {
			quote = true
			break
		}
	}
	if quote {
		dst = append(dst, '"')
	}
	if defuse {
		dst = append(dst, '\'')
	}
	if !quote {
		return append(dst, cell...)
	}
	for _, b := range cell {
		if b == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, b)
	}
	return append(dst, '"')
}
