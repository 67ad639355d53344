package form

import (
	"encoding/json"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// draft is the state of a form as it is kept: the texts that differ from those it
// began with, as typed, and where the keys were. Fields nobody changed are left
// out, so that a draft restored on a newer record keeps what is newer.
type draft struct {
	Version int                   `json:"v"`
	Today   value.Day             `json:"today"`
	Focus   string                `json:"focus,omitempty"`
	Row     int                   `json:"row,omitempty"`
	Col     int                   `json:"col,omitempty"`
	Texts   map[string]string     `json:"texts,omitempty"`
	Rows    map[string][][]string `json:"rows,omitempty"`
}

// State gives what was typed, and where the keys are, as bytes for
// [Model.Restore].
func (m *Model) State() []byte {
	d := draft{Version: 1, Texts: map[string]string{}, Rows: map[string][][]string{}, Today: m.today()}
	if c := m.Focused(); c != nil {
		d.Focus, d.Row, d.Col = c.Name, m.at.row, m.at.col
	}
	for _, f := range m.fields {
		switch {
		case !f.changed(m.opts.Bulk):
		case f.grid():
			rows := make([][]string, len(f.cells))
			for r := range f.cells {
				for c := range f.cells[r] {
					rows[r] = append(rows[r], f.cells[r][c].text)
				}
			}
			d.Rows[f.col.Name] = rows
		default:
			d.Texts[f.col.Name] = f.text()
		}
	}
	out, err := json.Marshal(d)
	if err != nil {
		return nil // strings and numbers always have a JSON form
	}
	return out
}

// Restore brings back what [Model.State] gave, invalid text included. Fields that
// are no more are ignored. A day typed as "tue" means the Tuesday it meant when it
// was typed.
func (m *Model) Restore(state []byte) error {
	var d draft
	if err := json.Unmarshal(state, &d); err != nil || d.Version != 1 {
		return failure.New(failure.Damaged, "the draft cannot be read; the form starts from the record")
	}
	for _, f := range m.fields {
		text, typed := d.Texts[f.col.Name]
		rows, filled := d.Rows[f.col.Name]
		switch {
		case f.grid() && filled:
			f.putRows(rows)
		case !f.grid() && typed:
			f.cells[0][0] = cell{col: f.col, text: text}
		default:
			continue
		}
		f.touched = true
	}
	m.at = m.spotOf(d)
	m.reread(d.Today)
	m.edits++
	if len(m.fields) > 0 {
		m.load()
		m.fresh = false
	}
	return nil
}

// spotOf gives the place where the keys were.
func (m *Model) spotOf(d draft) spot {
	for i, f := range m.fields {
		if f.col.Name == d.Focus {
			row := max(0, min(d.Row, len(f.cells)-1))
			return spot{i, row, max(0, min(d.Col, len(f.cells[row])-1))}
		}
	}
	return spot{}
}

// reread reads what was restored. What was being typed stays as it is, unless
// the day has changed since: then what can be read becomes canonical, so that it
// goes on meaning the same.
func (m *Model) reread(typed value.Day) {
	env := m.opts.Env
	same := env == nil || env.Today == typed
	if !same {
		then := *env
		then.Today = typed
		m.opts.Env = &then
		defer func() { m.opts.Env = env }()
	}
	for i, f := range m.fields {
		f.each(func(row, col int, c *cell) {
			if c.text != c.settled && (!same || spot{i, row, col} != m.at) {
				m.read(f, row, col)
			}
		})
	}
}

// today gives the day that relative days are counted from.
func (m *Model) today() value.Day {
	if m.opts.Env == nil {
		return 0
	}
	return m.opts.Env.Today
}

// Touched lists the columns that count when the form is saved, in order.
func (m *Model) Touched() []*field.Column {
	var out []*field.Column
	for _, f := range m.fields {
		if f.changed(m.opts.Bulk) {
			out = append(out, f.col)
		}
	}
	return slices.Clip(out)
}
