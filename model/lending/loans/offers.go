package loans

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Offer is one way to have what a line asks for: a unit, any of a category, or an
// assembly. Screens, commands and the booking itself take their answer from it.
type Offer struct {
	Title string // "RT-104 Dump truck", "any dump truck", "Plow truck, complete"
	Tag   string // what is typed to mean it
	Owner string
	Order Order // what is booked when it is taken
	Fit   *Fit  // of a unit
	Free  bool  // of a series every one of its dates
	Why   string
	Next  value.Opt[Stretch] // the nearest time of the same length that is free
	Taken []value.Day        // of a series the dates that cannot be had
	Also  string             // who has asked for it in hours of that time, or ""
	Note  string
	code  failure.Code // why it is not free, where that is not somebody else
}

// QueryOf is what a line asks the finder. A line that does not say when asks about
// the next hour.
func QueryOf(l Line, now value.Wall) Query {
	q := Query{Start: l.Start.Or(now), End: l.End.Or(now + 60), Words: l.What, Borrower: l.Borrower}
	if q.End <= q.Start {
		q.End = q.Start + 60
	}
	if l.Least.Set {
		q.Minimum = value.Some(value.Tenths(10 * l.Least.V))
	}
	return q
}

// Offers lists what fits a line, best first: any unit of a category where any or
// several are wanted, and otherwise the units that the finder ranks; before them the
// assembly of that name, and behind them those whose names begin so.
func Offers(cal *lending.Calendar, l Line, limit int) []Offer {
	if l.What == "" && !l.Start.Set {
		return nil
	}
	a := &asked{cal: cal, line: l, times: []Stretch{{l.Start.V, l.End.V}}}
	if l.Ready() {
		a.times = l.Times(l.Start.V, l.End.V)
	}
	exact, kits := a.kits()
	list := exact
	if l.Any || l.Quantity > 1 { // several are of a category
		list = append(list, a.groups()...)
	} else {
		q := QueryOf(l, cal.Now())
		q.Limit = limit
		fits := Find(cal, q)
		for i := range fits {
			list = append(list, a.unit(&fits[i]))
		}
	}
	return append(list, kits...)
}

// asked is a line that is being answered.
type asked struct {
	cal   *lending.Calendar
	line  Line
	times []Stretch
}

// order is what the line books of something.
func (a *asked) order() Order {
	l := &a.line
	return Order{Start: l.Start.V, End: l.End.V, Borrower: l.Borrower, Purpose: l.Purpose, Repeat: l.Repeat}
}

// answer says whether what an offer orders can be had at every time of the line.
func (a *asked) answer(o *Offer) {
	o.Free = true
	if !a.line.Ready() {
		return
	}
	if err := o.Order.check(a.cal.Reader()); err != nil && o.Order.Borrower != 0 {
		o.Free, o.Why, o.code = false, err.Error(), failure.CodeOf(err)
		return
	}
	for i, at := range a.times {
		var holds []lending.Hold
		if o.Fit != nil && i == 0 {
			holds = o.Fit.Conflicts
		} else {
			holds = o.Order.Against(a.cal, a.times, i)
		}
		if taken(holds) {
			if o.Free {
				o.Free, o.Why = false, a.cal.Sentence(holds[0])
			}
			o.Taken = append(o.Taken, at.Start.Day())
		}
	}
	if len(a.times) == 1 {
		o.Taken = nil
	} else if len(o.Taken) > 0 {
		o.Why += leavable(o.Taken)
	}
	var asked []partnership.PartnerID
	for _, q := range o.Order.claims(a.cal.Reader(), a.times[0]) {
		asked = append(asked, a.cal.Asked(q, o.Order.Borrower)...)
	}
	o.Also = alsoAsked(a.cal.Reader(), asked)
}

// unit offers a unit that the finder ranked.
func (a *asked) unit(f *Fit) Offer {
	o := Offer{Title: f.Unit.Tag + " " + f.Unit.Name, Tag: f.Unit.Tag, Fit: f, Order: a.order(),
		Owner: partnerName(a.cal.Reader(), f.Unit.Owner)}
	o.Order.Unit = f.Unit.ID
	parts := slices.DeleteFunc(append([]string{f.Unit.Capacity, f.Unit.Yard}, f.Reasons...),
		func(s string) bool { return s == "" })
	o.Note = strings.Join(parts, ", ")
	a.answer(&o)
	if !a.line.Ready() {
		o.Free = f.Free
	}
	if o.Why == "" {
		o.Why = f.Why
	}
	if len(a.times) == 1 {
		o.Next = f.Next
	}
	return o
}

// kits offers the assemblies whose name begins as the words do, the one of that name
// by itself.
func (a *asked) kits() (exact, others []Offer) {
	if a.line.What == "" {
		return nil, nil
	}
	for k := range field.All[lending.Kit](a.cal.Reader()) {
		name, words := field.FoldName(k.Name), field.FoldName(a.line.What)
		if !strings.HasPrefix(name, words) {
			continue
		}
		o := Offer{Title: k.Name, Tag: k.Name, Owner: text.Counted(len(k.Members), "unit", "units"),
			Note: "all or none", Order: a.order()}
		o.Order.Kit, o.Order.Quantity = k.ID, a.line.Quantity
		if a.answer(&o); name == words {
			exact = append(exact, o)
		} else {
			others = append(others, o)
		}
	}
	return exact, others
}

// groups offers the categories in which the words find a unit, those that can be had
// first.
func (a *asked) groups() []Offer {
	var list []Offer
	for e := range field.All[lending.Equipment](a.cal.Reader()) {
		name := field.FoldName(e.Category)
		known := func(o Offer) bool { return field.FoldName(o.Order.Category) == name }
		if e.Lendable() && name != "" && Named(e, a.line.What) && !slices.ContainsFunc(list, known) {
			list = append(list, a.group(e))
		}
	}
	slices.SortStableFunc(list, func(x, y Offer) int { return boolFirst(x.Free, y.Free) })
	return list
}

// group offers any units of a category, of whoever has them.
func (a *asked) group(e *lending.Equipment) Offer {
	l := &a.line
	name := field.FoldName(e.Category)
	o := Offer{Title: "any " + name, Tag: "any " + name, Note: "chosen when it is handed over", Order: a.order()}
	o.Order.Category, o.Order.Quantity, o.Order.Minimum = e.Category, l.Quantity, QueryOf(*l, 0).Minimum
	if l.Least.Set {
		o.Title += " of " + o.Order.Minimum.V.String() + " or more"
	}
	if l.Quantity > 1 {
		o.Title = strconv.Itoa(l.Quantity) + " × " + o.Title
	}
	if l.Quantity > 1 && strings.EqualFold(e.Tag, l.What) {
		o.code = failure.Invalid
		o.Why = e.Tag + " is one unit; to have several, say any " + name + " x" + strconv.Itoa(l.Quantity)
		return o
	}
	if a.answer(&o); !l.Ready() {
		return o
	}
	owners, each := o.Order.Givers(a.cal, a.times[0])
	var names []string
	have := 0
	for i, p := range owners {
		name := partnerName(a.cal.Reader(), p)
		if l.Quantity > 1 {
			name += " (" + strconv.Itoa(each[i]) + ")"
		}
		names, have = append(names, name), have+each[i]
	}
	o.Owner = text.Joined(names, 6)
	if !o.Free && l.Quantity > 1 {
		o.Why = strconv.Itoa(l.Quantity) + " are wanted, and of " + name + " only " +
			strconv.Itoa(min(have, l.Quantity-1)) + " can be had: " + o.Why
	}
	return o
}

// Choose turns a line into what it books: what fits it best. The error says what the
// line lacks, or who has what it asks for and when it can be had instead.
func Choose(cal *lending.Calendar, l Line) (Offer, error) {
	switch {
	case l.What == "":
		return Offer{}, failure.New(failure.Invalid, "say what is wanted and when: vac tue 8-17")
	case l.Fault != "":
		return Offer{}, failure.New(failure.Invalid, l.Fault)
	case !l.Ready():
		return Offer{}, failure.New(failure.Invalid, "say when: "+l.What+" tue 8-17")
	case l.Borrower == 0:
		return Offer{}, failure.New(failure.Invalid, "say for which city: "+l.What+" tue 8-17 for raytown")
	}
	offers := Offers(cal, l, usualLimit)
	if len(offers) == 0 {
		return Offer{}, failure.New(failure.NotFound, "no unit that can be lent fits "+strconv.Quote(l.What)+
			"; try fewer letters")
	}
	best := offers[0]
	if best.Free {
		return best, nil
	}
	say := best.Why
	if best.Next.Set {
		say += "; it is free " + WriteWhen(best.Next.V.Start, best.Next.V.End)
	}
	return best, failure.New(cmp.Or(best.code, failure.Conflict), say)
}
