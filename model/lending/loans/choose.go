package loans

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// QueryOf is what a line asks the finder.
func QueryOf(l Line) Query {
	q := Query{Start: l.Start.V, End: l.End.V, Words: l.What, Borrower: l.Borrower}
	if l.Least.Set {
		q.Minimum = value.Some(value.Tenths(10 * l.Least.V))
	}
	return q
}

// Choose turns a line into an order: of the unit that fits best, or, where any
// will do, of the best one's category and owner. The error says what the line
// lacks, or who has what it asks for and when it can be had instead.
func Choose(cal *lending.Calendar, l Line) (Order, Fit, error) {
	switch {
	case l.What == "":
		return Order{}, Fit{}, failure.New(failure.Invalid, "say what is wanted and when: vac tue 8-17")
	case l.Fault != "":
		return Order{}, Fit{}, failure.New(failure.Invalid, l.Fault)
	case !l.Ready():
		return Order{}, Fit{}, failure.New(failure.Invalid, "say when: "+l.What+" tue 8-17")
	case l.Borrower == 0:
		return Order{}, Fit{}, failure.New(failure.Invalid, "say for which city: "+l.What+" tue 8-17 for raytown")
	}
	fits := Find(cal, QueryOf(l))
	if len(fits) == 0 {
		return Order{}, Fit{}, failure.New(failure.NotFound, "no unit that can be lent fits "+strconv.Quote(l.What)+
			"; try fewer letters")
	}
	best := fits[0]
	o := Order{Unit: best.Unit.ID, Start: l.Start.V, End: l.End.V, Borrower: l.Borrower, Purpose: l.Purpose,
		Weeks: l.Weeks, Except: l.Except}
	if l.Quantity > 1 && strings.EqualFold(best.Unit.Tag, l.What) {
		return o, best, failure.New(failure.Invalid, best.Unit.Tag+" is one unit; to have several, say any "+
			strings.ToLower(best.Unit.Category)+" x"+strconv.Itoa(l.Quantity))
	}
	if l.Any || l.Quantity > 1 {
		o.Unit, o.Category, o.Lender, o.Minimum, o.Quantity = 0, best.Unit.Category, best.Unit.Owner, QueryOf(l).
			Minimum, l.Quantity
	}
	if l.Quantity > 1 {
		o.Lender = 0 // of whoever has them
	}
	if !best.Free {
		say := best.Why
		if best.Next.Set {
			say += "; it is free " + WriteWhen(best.Next.V.Start, best.Next.V.End)
		}
		return o, best, failure.New(failure.Conflict, say)
	}
	return o, best, nil
}
