package form

import (
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// spot is where the keys are: a field and, in child rows, a row and a cell.
type spot struct{ field, row, col int }

// cell is one text that is read as a whole: a field's, or one of a child row.
type cell struct {
	col     *field.Column
	text    string // as typed; canonical once read
	settled string // the text that shown and bad speak of
	shown   string // how it was understood, in words for people
	bad     string // why it cannot be read
}

func (c *cell) blank() bool { return strings.TrimSpace(c.text) == "" }

// entry is one column's place in the form. Child rows are a grid of cells whose
// last row is always empty; every other field is a grid of one cell.
type entry struct {
	col     *field.Column
	cells   [][]cell
	start   string           // the text the form began with
	touched bool             // in bulk: it counts
	need    string           // required and left empty
	notes   failure.Problems // what rules found
}

// newField fills a field from a record.
func (m *Model) newField(col *field.Column, rec any) *entry {
	f := &entry{col: col}
	switch {
	case m.opts.Bulk || col.Empty(rec) && col.Shape != field.ShapeBool:
		f.setText("")
	default:
		f.setText(string(col.Format(nil, rec, m.opts.Env)))
	}
	f.start = f.text()
	if f.grid() {
		f.each(func(row, c int, cell *cell) { m.read(f, row, c) })
		return f
	}
	c := &f.cells[0][0]
	if c.settled = c.text; c.text != "" {
		c.shown = m.people(col, c.text, string(col.Show(nil, rec, m.opts.Env)))
	}
	return f
}

// grid reports whether the field is child rows.
func (f *entry) grid() bool { return f.col.Shape == field.ShapeRows }

// each visits every cell.
func (f *entry) each(visit func(row, col int, c *cell)) {
	for r := range f.cells {
		for c := range f.cells[r] {
			visit(r, c, &f.cells[r][c])
		}
	}
}

// text gives the whole text of the field: of child rows the flat form, without
// empty rows.
func (f *entry) text() string {
	if !f.grid() {
		return f.cells[0][0].text
	}
	var rows []string
	for _, row := range f.cells {
		if !blankRow(row) {
			rows = append(rows, joinCells(row))
		}
	}
	return strings.Join(rows, "; ")
}

// setText takes the whole text of the field apart into cells.
func (f *entry) setText(s string) {
	if !f.grid() {
		f.cells = [][]cell{{{col: f.col, text: s}}}
		return
	}
	var rows [][]string
	for _, row := range splitFlat(s, ";\n") {
		rows = append(rows, splitFlat(row, "|"))
	}
	f.setRows(rows, unescape)
}

// setRows fills the grid with texts, each passed through clean.
func (f *entry) setRows(rows [][]string, clean func(string) string) {
	f.cells = f.cells[:0]
	for _, texts := range rows {
		row := f.emptyRow()
		for i := range min(len(texts), len(row)) {
			row[i].text = clean(texts[i])
		}
		if !blankRow(row) {
			f.cells = append(f.cells, row)
		}
	}
	f.cells = append(f.cells, f.emptyRow())
}

// putRows fills the grid with rows as they stood, a row being cleared among them,
// so that the keys are where they were.
func (f *entry) putRows(rows [][]string) {
	f.cells = f.cells[:0]
	for _, texts := range rows {
		row := f.emptyRow()
		for i := range min(len(texts), len(row)) {
			row[i].text = texts[i]
		}
		f.cells = append(f.cells, row)
	}
	if n := len(f.cells); n == 0 || !blankRow(f.cells[n-1]) {
		f.cells = append(f.cells, f.emptyRow())
	}
}

// blank reports whether nothing stands in the field.
func (f *entry) blank() bool {
	blank := true
	f.each(func(_, _ int, c *cell) { blank = blank && c.blank() })
	return blank
}

func (f *entry) emptyRow() []cell {
	row := make([]cell, len(f.col.Sub))
	for i, c := range f.col.Sub {
		row[i].col = c
	}
	return row
}

func blankRow(row []cell) bool {
	for i := range row {
		if !row[i].blank() {
			return false
		}
	}
	return true
}

// changed reports whether the field counts when the form is saved.
func (f *entry) changed(bulk bool) bool {
	if bulk {
		return f.touched
	}
	return f.text() != f.start
}

// bad gives why the field cannot be read; empty when it can.
func (f *entry) bad() string {
	why := ""
	f.each(func(row, _ int, c *cell) {
		switch {
		case why != "" || c.bad == "":
		case f.grid():
			why = "row " + itoa(row+1) + ", " + c.col.Title + ": " + c.bad
		default:
			why = c.bad
		}
	})
	return why
}

// read reads the text of a cell: afterwards text is canonical and shown says how
// it was understood, or text is as typed and bad says what is wrong with it.
func (m *Model) read(f *entry, row, col int) {
	c := &f.cells[row][col]
	text, shown, err := m.understand(f, col, c.text)
	if err != nil {
		c.settled, c.shown, c.bad = c.text, c.text, err.Error()
		return
	}
	c.text, c.settled, c.shown, c.bad = text, text, shown, ""
}

// understand reads a text as the value of a cell and gives its canonical form and
// its form for people.
func (m *Model) understand(f *entry, col int, s string) (text, shown string, err error) {
	if strings.TrimSpace(s) == "" {
		return "", "", nil
	}
	if f.grid() {
		s = flatCell(col, s)
	}
	f.col.Clear(m.scratch)
	if err = f.col.Parse(m.scratch, s, m.opts.Env); err != nil {
		return "", "", err
	}
	text = string(f.col.Format(nil, m.scratch, m.opts.Env))
	shown = string(f.col.Show(nil, m.scratch, m.opts.Env))
	c := f.col
	if f.grid() {
		if rows := splitFlat(text, ";\n"); len(rows) > 0 {
			if parts := splitFlat(rows[0], "|"); col < len(parts) {
				text = unescape(parts[col])
			}
		}
		c = f.col.Sub[col]
	}
	return text, m.people(c, text, shown), nil
}

// people completes a text for people: a choice by its title, a day by its day of
// the week.
func (m *Model) people(c *field.Column, text, shown string) string {
	switch c.Shape {
	case field.ShapeBool, field.ShapeChoice:
		for _, choice := range c.Choices {
			if choice.Value == text {
				return choice.Title
			}
		}
	case field.ShapeDay:
		if d, err := value.ParseDay(text, 0); err == nil {
			return d.Weekday().String()[:3] + " " + shown
		}
	}
	return shown
}

// finishField reads a cell unless that has been done since it last changed.
func (m *Model) finishField(at spot) {
	f := m.fields[at.field]
	if c := &f.cells[at.row][at.col]; c.text != c.settled {
		m.read(f, at.row, at.col)
	}
}

// require notes when a required field is empty.
func (m *Model) require(f *entry) {
	f.need = ""
	if f.col.Required && strings.TrimSpace(f.text()) == "" && (!m.opts.Bulk || f.touched) {
		f.need = f.col.Title + " is needed"
	}
}

// field gives the field that has the keys.
func (m *Model) field() *entry { return m.fields[m.at.field] }

// cell gives the cell that has the keys.
func (m *Model) cell() *cell { return &m.field().cells[m.at.row][m.at.col] }
