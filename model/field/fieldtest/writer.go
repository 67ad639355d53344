// Package fieldtest keeps records in memory: a [field.Reader] for a rule or a
// report that needs no file, and a [field.Writer] for an act, so that what stands
// in the rooms of the partnership is tested where it stands.
package fieldtest

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// Writer is a [field.Writer] over records in memory. Whoever writes is trusted
// with everything unless By says otherwise; what the records' own rules say of a
// change is for the store, and not asked here.
type Writer struct {
	*Memory
	At  value.Wall
	By  field.Actor
	For *field.Override
}

// NewWriter makes an empty Writer at a moment.
func NewWriter(schema *field.Schema, at value.Wall) *Writer {
	return &Writer{Memory: NewMemory(schema), At: at, By: field.Actor{All: true, Name: "Test"}}
}

// Put adds a copy of a record under the next number, or replaces the one that
// bears its number.
func (w *Writer) Put(kind string, rec any) (uint64, error) {
	k := w.Schema().Kind(kind)
	rec = k.Clone(rec)
	if k.ID(rec) == 0 {
		k.SetID(rec, w.next(kind))
	}
	w.Memory.Put(kind, rec)
	return k.ID(rec), nil
}

// Delete takes a record out.
func (w *Writer) Delete(kind string, id uint64) error {
	w.Remove(kind, id)
	return nil
}

// Attempt runs fn and puts every record back when it fails.
func (w *Writer) Attempt(fn func() error) error {
	before := w.Copy()
	err := fn()
	if err != nil {
		w.Memory = before
	}
	return err
}

// Now is the moment at which the Writer stands.
func (w *Writer) Now() value.Wall { return w.At }

// Actor is who writes.
func (w *Writer) Actor() field.Actor { return w.By }

// Override is what is put to doubts.
func (w *Writer) Override() *field.Override { return w.For }

// View is how who writes looks at the records now.
func (w *Writer) View() field.Viewpoint { return field.Viewpoint{Reader: w, By: w.By, Now: w.At} }
