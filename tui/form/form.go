// Package form is data entry: one field under the other, filled from the keyboard
// without looking at the keys.
//
// A [Model] is made from the description of a kind of record and edits a clone.
// What is typed is kept as text until it is left; then the column's own Parse
// reads it, and the field shows what was understood, or why it was not. Text that
// cannot be read stays as it was typed, in the field, in the draft and through
// every move: nothing typed is lost, and one can always go on, back, or away.
// Only what was changed is read back into the record, so that a field nobody
// touched keeps its value exactly.
//
// The sequence is always the same, which is what makes entry fast: Enter or Tab
// goes on, Shift-Tab back, Enter on the last field or F2 saves. A ditto key in an
// empty field repeats what the record before said. A reference is found by its
// first letters. Child rows are a grid with one empty row at its end. Text of
// several lines breaks its lines in an editor of its own, which F4 opens, because
// Enter goes on everywhere else.
//
// The form does not store. It hands the record to a function when it is saved,
// says when it is left, and gives its state as bytes, so that whoever owns it can
// keep a draft.
package form

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/tui/theme"
)

// Suggestion is a record that a reference may be meant for.
type Suggestion struct {
	ID    uint64
	Label string // the name people know
	Note  string // what tells it from others of that name
}

// Options say what a form edits and whom it asks.
type Options struct {
	Kind    *field.Kind
	Columns []*field.Column // fields to show, in order; nil means all
	Record  any             // a clone, which the form may keep
	Env     *field.Env      // what text is read with
	Theme   *theme.Theme
	Keys    Keys // the zero Keys are the usual ones

	// Previous is the record that the ditto key repeats, or nil.
	Previous any
	// Bulk makes a form for many records at once: Record is empty, every field
	// begins as "(unchanged)", and only those touched count.
	Bulk bool
	// Suggest finds records by the beginning of their names; an empty query asks
	// for likely ones, and may be answered by none. Nil means no look-up.
	Suggest func(kind, query string, limit int) []Suggestion
	// AddNew is called to add a record that a reference should name; hand it to
	// [Model.Added] afterwards. Nil offers no adding.
	AddNew func(kind, text string) tea.Cmd
	// Save is called with the record when the user saves and nothing refuses it.
	Save func(rec any) tea.Cmd
	// Leave is called when the user leaves; the state is still there to be kept.
	Leave func() tea.Cmd
}

// Model is a form. Make it with [New].
type Model struct {
	opts    Options
	fields  []*entry
	scratch any // a record that text is tried on
	result  any // what Submit made

	at      spot
	line    textinput.Model // edits the text of one line that has the keys
	loaded  string          // what the line held when the keys came
	fresh   bool            // nothing was typed yet: typing replaces
	area    area            // edits the text of several lines that has the keys
	open    bool            // the editor for several lines fills the form
	prefix  string          // letters typed at a choice
	quiet   bool            // nothing is offered yet
	list    list            // what the text may be meant for
	preview string          // how the text is understood
	asked   spot            // the reference that waits for Added
	asking  bool
	general failure.Problems // problems of the record as a whole
	edits   int

	scroll int // rows of the form above the picture
	page   page
}

// New makes a form with the keys in its first field.
func New(o Options) *Model {
	if o.Columns == nil {
		o.Columns = o.Kind.Columns
	}
	if o.Record == nil {
		o.Record = o.Kind.New()
	}
	if o.Keys.Save.Keys() == nil {
		o.Keys = DefaultKeys()
	}
	m := &Model{opts: o, scratch: o.Kind.New(), line: newLine()}
	for _, c := range o.Columns {
		m.fields = append(m.fields, m.newField(c, o.Record))
	}
	m.enter(spot{})
	return m
}

// SetTheme changes the inks.
func (m *Model) SetTheme(th *theme.Theme) { m.opts.Theme = th }

// SetEnv changes what text is read with, after other records have changed. What
// could not be read before is tried again.
func (m *Model) SetEnv(env *field.Env) {
	m.opts.Env = env
	for i, f := range m.fields {
		f.each(func(row, col int, c *cell) {
			if at := (spot{i, row, col}); c.bad != "" && at != m.at {
				c.settled = ""
				m.finishField(at)
			}
		})
	}
}

// Focus gives the keys to a field and reports whether the form has it.
func (m *Model) Focus(name string) bool {
	for i, f := range m.fields {
		if f.col.Name == name {
			m.leave(spot{field: i})
			return true
		}
	}
	return false
}

// Focused gives the column that has the keys; nil in a form without fields.
func (m *Model) Focused() *field.Column {
	if len(m.fields) == 0 {
		return nil
	}
	return m.fields[m.at.field].col
}

// Value gives the text of a field as it stands: as typed, or the canonical text
// once it has been left and read.
func (m *Model) Value(name string) string {
	for _, f := range m.fields {
		if f.col.Name == name {
			return f.text()
		}
	}
	return ""
}

// Dirty reports whether anything differs from what the form began with.
func (m *Model) Dirty() bool {
	for _, f := range m.fields {
		if f.changed(m.opts.Bulk) {
			return true
		}
	}
	return false
}

// Edits counts what was changed since the form was made: a draft is worth
// keeping when the number has grown.
func (m *Model) Edits() int { return m.edits }

// Added fills a record in where AddNew was asked for one. The form's Env must
// know the record by then; see [Model.SetEnv].
func (m *Model) Added(id uint64) {
	if !m.asking || m.asked.field >= len(m.fields) {
		return
	}
	m.asking = false
	f := m.fields[m.asked.field]
	if m.asked.row >= len(f.cells) {
		return
	}
	if m.opts.Env != nil {
		m.opts.Env.Forget()
	}
	m.leave(m.asked)
	m.take(option{insert: m.opts.Env.Name(m.cell().col.Target, id)})
	m.finishField(m.at)
	m.load()
}
