// Package loans books machines: it finds what fits, and takes every step of
// a loan from the request to the return.
//
// When a unit is free is for [lending.Calendar] to say, and this package asks
// nobody else, so that a finder, a form, a command and the rule that guards the
// store agree. What is found is ranked with reasons; what cannot be had comes
// with the nearest time at which it can.
//
// The steps are functions over a [Writer], which a transaction of the store is,
// so that a screen and a command do the same. They fail with a sentence and
// leave the rest to the store's rules. What both sides sign, a hand-over and a
// return, is to be written as a final change.
package loans

import (
	"interlocal/model/field"
	"interlocal/model/lending/rates"
)

// Writer reads records and puts changed ones. A transaction of the store is
// one.
type Writer = rates.Writer

// put stores a record of type T.
func put[T field.Record](w Writer, rec *T) (field.ID[T], error) {
	id, err := w.Put((*rec).KindName(), rec)
	return field.ID[T](id), err
}
