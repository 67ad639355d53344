// Package rates works out what loans cost and who owes whom.
//
// The terms of a loan are fixed when it is approved: how it is charged, the
// rate, and the schedule and year the rate is from. A later schedule changes
// nothing that has been approved. When the unit is back, [LineFor] makes the
// settlement line from the readings. Lines between two partners are put on a
// [lending.Statement] for a period, gross in both directions, which finance can
// match to invoices. [Balances] shows every pair, [Net] what remains of all of
// it, and [FewestPayments] how that could be settled: an illustration, since
// netting across cities needs legal authority.
//
// Money is cents and adds up: what is lent equals what is borrowed, and shares
// of an amount are dealt out by largest remainder, so that none is lost.
package rates

import "interlocal/model/field"

// Writer reads records and puts changed ones. A transaction of the store is
// one.
type Writer = field.Writer

// put stores a record of type T.
func put[T field.Record](w Writer, rec *T) (field.ID[T], error) {
	id, err := w.Put((*rec).KindName(), rec)
	return field.ID[T](id), err
}
