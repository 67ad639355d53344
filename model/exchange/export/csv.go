package export

import (
	"io"
	"strconv"

	"interlocal/model/field"
)

// ByteOrderMark at the start of a file tells Excel that it is UTF-8.
const ByteOrderMark = "\ufeff"

// WriteCSV writes a table as comma-separated values under a row of field names.
func WriteCSV(w io.Writer, t Table, env *field.Env, o Options) error {
	c := NewCSVWriter(o)
	if !o.Bare {
		c.Text(IDColumn)
		c.Text(RevColumn)
	}
	cols := t.columns()
	for _, col := range cols {
		c.Text(col.Name)
	}
	c.EndLine()
	for row := range t.Rows {
		if !o.Bare {
			c.Number(row.ID)
			c.Number(row.Rev)
		}
		for _, col := range cols {
			c.cell(col, row.Rec, env)
		}
		c.EndLine()
		if len(c.buf) >= flushAt {
			if err := c.Flush(w); err != nil {
				return err
			}
		}
	}
	return c.Flush(w)
}

// CSVWriter gathers lines of comma-separated cells until they are flushed.
type CSVWriter struct {
	buf   []byte
	cells []byte // scratch for one cell
	open  bool   // the line has a cell already
	pipe  bool
}

// NewCSVWriter begins a file as the options say.
func NewCSVWriter(o Options) *CSVWriter {
	c := &CSVWriter{pipe: o.Pipe}
	if !o.Pipe {
		c.buf = append(c.buf, ByteOrderMark...)
	}
	return c
}

func (c *CSVWriter) separate() {
	if c.open {
		c.buf = append(c.buf, ',')
	}
	c.open = true
}

// Number adds a cell that holds a number.
func (c *CSVWriter) Number(n uint64) {
	c.separate()
	c.buf = strconv.AppendUint(c.buf, n, 10)
}

// cell writes a column's value. Numbers are the program's own digits and need
// no care; a minus sign in front of one is no formula.
func (c *CSVWriter) cell(col *field.Column, rec any, env *field.Env) {
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

// Text adds a cell that holds a text, defused and quoted where it has to be.
func (c *CSVWriter) Text(s string) {
	c.separate()
	c.buf = appendCell(c.buf, []byte(s))
}

// EndLine ends a row.
func (c *CSVWriter) EndLine() {
	if !c.pipe {
		c.buf = append(c.buf, '\r')
	}
	c.buf = append(c.buf, '\n')
	c.open = false
}

// Flush writes what was gathered.
func (c *CSVWriter) Flush(w io.Writer) error {
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
