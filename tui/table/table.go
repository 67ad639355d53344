// Package table shows many records in few rows.
//
// A [Model] stands before a [Source], which knows how many records there are and
// what each cell says, and asks it only for the rows on the screen: a hundred
// thousand records cost what thirty do. The source is sorted and filtered by
// whoever owns it; the table is told by [Model.SetSource] and keeps its place.
//
// That place is a record, not a row number. The selection, the marks and the
// start of a range are held by id, so they stay with what they were put on when
// rows come, go or change order, and the selected record stays on the line of
// the screen where the eye left it. When it is gone, its neighbour takes over.
//
// Columns are laid out by one pure function, [Fit], from the width at hand: the
// last ones give way first, spare width goes to the texts. What a user hides,
// moves, widens or sorts by is a [Layout], small enough to remember.
package table

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Source is what a table shows. It does not change while it is in use; a table
// is handed another one instead.
type Source interface {
	// Len gives the number of rows.
	Len() int
	// ID gives the record of a row.
	ID(row int) uint64
	// AppendCell appends a cell's text for people; nothing means not recorded.
	// Columns are numbered as they were handed to the table.
	AppendCell(dst []byte, row, col int) []byte
}

// Finder is a Source that knows where a record stands. Without it the table
// looks for the record, nearest rows first.
type Finder interface {
	Find(id uint64) (row int, ok bool)
}

// Inker is a Source that says how a cell is written.
type Inker interface {
	CellInk(row, col int, th *theme.Theme) theme.Style
}

// Hooks are what a table calls when a hand on the mouse has done more than move
// the selection. Any may be nil.
type Hooks struct {
	Sort   func(column string, descending bool) tea.Cmd // another order is wanted
	Select func(id uint64) tea.Cmd                      // a row was clicked
	Open   func(id uint64) tea.Cmd                      // the selected row was clicked again
}

// Empty is what a table without rows shows.
type Empty struct {
	Examples [][]string // rows of example cells, by column, greyed
	Line     string     // what to do, such as: press a to add the first person
}

// Model is a table. Make it with [New].
type Model struct {
	keys   Keys
	th     *theme.Theme
	hooks  Hooks
	cols   []Column
	layout Layout
	empty  Empty
	src    Source
	inker  Inker

	focused bool
	cursor  int    // row under the cursor
	id      uint64 // its record
	top     int    // first row drawn
	height  int    // rows drawn last
	pending bool   // a first g has been typed

	marks   map[uint64]struct{}
	ranging bool
	anchor  int    // row where the range began
	from    uint64 // its record

	placed []placed // columns drawn, from left to right
	fitted int      // width that placed is for; 0 when it must be made anew
	buf    []byte

	onHead, onRow, onBar frame.Handler
}

// New makes a table without columns or rows. It has the keys until
// [Model.SetFocus] says otherwise.
func New(keys Keys, th *theme.Theme) *Model {
	m := &Model{keys: keys, th: th, src: none{}, focused: true, height: 1, marks: map[uint64]struct{}{}}
	m.onHead, m.onRow, m.onBar = m.clickHead, m.clickRow, m.clickBar
	return m
}

// none is the source of a table that has not been given one.
type none struct{}

// Len is how many rows there are: none.
func (none) Len() int { return 0 }

// ID names no record.
func (none) ID(int) uint64 { return 0 }

// AppendCell appends nothing.
func (none) AppendCell(d []byte, _, _ int) []byte { return d }

// SetHooks sets what the mouse calls.
func (m *Model) SetHooks(h Hooks) { m.hooks = h }

// SetTheme changes the inks.
func (m *Model) SetTheme(th *theme.Theme) { m.th = th }

// SetEmpty sets what is shown when there are no rows.
func (m *Model) SetEmpty(e Empty) { m.empty = e }

// SetFocus says whether the table has the keys, which shows in the row under the
// cursor and in where the terminal's own cursor stands.
func (m *Model) SetFocus(on bool) { m.focused = on }

// SetColumns sets the columns there are, in their usual order.
func (m *Model) SetColumns(cols []Column) {
	m.cols, m.fitted = cols, 0
}

// Columns gives the columns there are, shown or not.
func (m *Model) Columns() []Column { return m.cols }

// Layout gives what the user has changed about the columns.
func (m *Model) Layout() Layout { return m.layout.clone() }

// SetLayout brings back what a user has changed. Names of columns that are no
// more are ignored.
func (m *Model) SetLayout(l Layout) {
	m.layout, m.fitted = l.clone(), 0
}

// SetSource shows other rows, or the same ones after a change. The selected
// record stays selected and on its line of the screen.
func (m *Model) SetSource(src Source) {
	if src == nil {
		src = none{}
	}
	line := m.cursor - m.top
	m.src = src
	m.inker, _ = src.(Inker)
	if m.id != 0 {
		if row, ok := m.find(m.id, m.cursor); ok {
			m.cursor = row
		}
	}
	m.top = m.cursor - line
	m.moveTo(m.cursor)
	if m.ranging {
		m.anchor, m.ranging = m.find(m.from, m.anchor)
	}
}

// Source gives the rows being shown.
func (m *Model) Source() Source { return m.src }

// find gives the row of a record, looking outward from a row.
func (m *Model) find(id uint64, near int) (row int, ok bool) {
	if f, can := m.src.(Finder); can {
		return f.Find(id)
	}
	n := m.src.Len()
	near = min(near, n-1)
	for d := 0; n > 0 && (near-d >= 0 || near+d < n); d++ {
		if i := near - d; i >= 0 && m.src.ID(i) == id {
			return i, true
		}
		if i := near + d; i < n && m.src.ID(i) == id {
			return i, true
		}
	}
	return 0, false
}

// Cursor gives the selected record; ok is false when there are no rows.
func (m *Model) Cursor() (id uint64, ok bool) {
	if m.src.Len() == 0 {
		return 0, false
	}
	return m.id, true
}

// Row gives the row of the selected record, -1 when there are no rows.
func (m *Model) Row() int {
	if m.src.Len() == 0 {
		return -1
	}
	return m.cursor
}

// Select moves the selection to a record and reports whether it is shown.
func (m *Model) Select(id uint64) bool {
	row, ok := m.find(id, m.cursor)
	if ok {
		m.moveTo(row)
	}
	return ok
}

// SelectRow moves the selection to a row, or to the nearest there is.
func (m *Model) SelectRow(row int) { m.moveTo(row) }

// moveTo puts the cursor on a row and scrolls no further than needed.
func (m *Model) moveTo(row int) {
	n := m.src.Len()
	m.cursor = max(0, min(row, n-1))
	if n > 0 {
		m.id = m.src.ID(m.cursor)
	}
	m.top = max(m.top, m.cursor-m.height+1)
	m.top = min(m.top, m.cursor, max(0, n-m.height))
	m.top = max(m.top, 0)
}

// Shown gives the numbers of the columns on the screen, from left to right.
func (m *Model) Shown() []int {
	out := make([]int, len(m.placed))
	for i, p := range m.placed {
		out[i] = p.col
	}
	return out
}

// AppendTSV appends the marked rows, or the selected one when none is marked, as
// lines of tab-separated cells under a line of titles, with the columns that the
// layout shows. Rows marked earlier that are not shown now are left out.
func (m *Model) AppendTSV(dst []byte) []byte {
	cols := m.layout.visible(m.cols)
	for i, c := range cols {
		dst = appendCell(dst, m.cols[c].Title, i)
	}
	for row := range m.src.Len() {
		if len(m.marks) > 0 && !m.isMarked(m.src.ID(row)) || len(m.marks) == 0 && row != m.cursor {
			continue
		}
		dst = append(dst, '\n')
		for i, c := range cols {
			m.buf = m.src.AppendCell(m.buf[:0], row, c)
			dst = appendCell(dst, string(m.buf), i)
		}
	}
	return append(dst, '\n')
}

// appendCell appends one cell of a tab-separated line.
func appendCell(dst []byte, s string, i int) []byte {
	if i > 0 {
		dst = append(dst, '\t')
	}
	for _, b := range []byte(s) {
		if b < ' ' {
			b = ' '
		}
		dst = append(dst, b)
	}
	return dst
}

// column finds a column by its name; -1 when there is none.
func (m *Model) column(name string) int {
	return slices.IndexFunc(m.cols, func(c Column) bool { return c.Name == name })
}
