package exchange

import (
	"interlocal/model/exchange/export"
	"interlocal/model/field"
)

// arriving reads what is there and, by number, what a file brings: rows of
// records that are known by number alone may refer to one another.
type arriving struct {
	field.Reader
	kind    *field.Kind
	numbers map[uint64]bool
}

// note takes the numbers of a file's rows down.
func (a *arriving) note(r *RowReader) {
	for i := range r.sheet.Len() {
		if n, err := r.number(i, export.IDColumn); err == nil && n != 0 {
			a.numbers[n] = true
		}
	}
}

// Get gives a record that is there, or an empty one with the number of a row.
func (a *arriving) Get(kind string, id uint64) any {
	rec := a.Reader.Get(kind, id)
	if rec == nil && kind == a.kind.Name && a.numbers[id] {
		rec = a.kind.New()
		a.kind.SetID(rec, id)
	}
	return rec
}
