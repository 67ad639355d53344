package exchange

import (
	"slices"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
)

// ColumnRead says what a heading was taken for, with what its cells will be
// stored as.
type ColumnRead struct {
	Heading string      `json:"heading"`
	Field   string      `json:"field"`
	Title   string      `json:"title"`
	Values  []ValueRead `json:"values"`
	More    int         `json:"more"` // distinct values not listed
}

// ValueRead is a distinct value of a column and what becomes of it.
type ValueRead struct {
	Said   string `json:"said"`
	Stored string `json:"stored"` // "" when it is not stored
	Rows   int    `json:"rows"`
}

// Of columns whose cells are all different a few examples are told, of others
// every value.
const (
	examples     = 3
	distinctTold = 40
)

// tally counts what the cells of one source say.
type tally struct {
	values map[string]*ValueRead
	order  []*ValueRead
	more   int
}

// note counts a cell; stored is asked only where it is told.
func (t *tally) note(said string, most int, stored func() string) {
	if v := t.values[said]; v != nil {
		v.Rows++
		return
	}
	if len(t.order) >= most {
		t.more++
		return
	}
	if t.values == nil {
		t.values = map[string]*ValueRead{}
	}
	v := &ValueRead{Said: spreadsheet.Shorten(said), Rows: 1, Stored: spreadsheet.Shorten(stored())}
	t.values[said], t.order = v, append(t.order, v)
}

// told gives how many values of a column are worth listing.
func told(c *field.Column) int {
	if repeats(c.Shape) || repeats(c.Inner) || c.Shape == field.ShapeBool {
		return distinctTold
	}
	return examples
}

// Columns tells what each heading was taken for.
func (r *RowReader) Columns() []ColumnRead {
	var out []ColumnRead
	for n := range r.sources {
		src := &r.sources[n]
		if len(src.from) == 0 && len(src.tally.order) == 0 {
			continue
		}
		c := ColumnRead{Heading: r.heading(src), Field: src.col.Name, Title: src.col.Title, More: src.tally.more}
		for _, v := range src.tally.order {
			c.Values = append(c.Values, *v)
		}
		slices.SortStableFunc(c.Values, func(a, b ValueRead) int { return b.Rows - a.Rows })
		out = append(out, c)
	}
	return out
}

// Stored tells what became of a cell that a plan makes sense of itself.
func (r *RowReader) Stored(name, said, stored string) {
	for n := range r.sources {
		if src := &r.sources[n]; src.col.Name == name && said != "" {
			if src.tally.values[said] != nil {
				src.tally.values[said].Stored = spreadsheet.Shorten(stored)
			}
		}
	}
}
