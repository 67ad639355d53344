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
	"interlocal/model/value"
)

// Order is what is booked: a unit, some of a category, or an assembly.
type Order struct {
	Unit     lending.EquipmentID
	Category string // where no unit is named
	Minimum  value.Opt[value.Tenths]
	Quantity int                   // 0 is one
	Lender   partnership.PartnerID // 0 asks everybody who has one
	Kit      lending.KitID         // an assembly, all of it or nothing

	Start, End value.Wall
	Borrower   partnership.PartnerID
	Contact    partnership.PersonID
	Operator   partnership.PersonID
	Purpose    string
	Site       string
	Note       string
	Instead    lending.ReservationID

	Repeat
	Wait bool // go on the wait list when it is taken
}

// Booked is what a booking came to.
type Booked struct {
	IDs    []lending.ReservationID
	State  lending.ReservationState // of the first
	Series lending.SeriesID
}

// claims is what one time of an order asks for, all or none.
func (o *Order) claims(r field.Reader, at Stretch) []lending.Claim {
	members := o.members(r)
	out := make([]lending.Claim, len(members))
	for i := range members {
		m := &members[i]
		out[i] = lending.Claim{Unit: m.Unit, From: at.Start, Until: at.End, Category: m.Category, Minimum: m.Minimum,
			Quantity: int64(max(1, m.Quantity)), Lender: m.Lender}
	}
	return out
}

// members are the orders that an order comes to: each part of an assembly, and
// otherwise itself.
func (o *Order) members(r field.Reader) []Order {
	kit := field.Get(r, o.Kit)
	if kit == nil {
		return []Order{*o}
	}
	out := make([]Order, len(kit.Members))
	for i, m := range kit.Members {
		out[i] = *o
		out[i].Unit, out[i].Category, out[i].Minimum, out[i].Lender = m.Unit, m.Category, m.Minimum, m.Lender
	}
	return out
}

// Against lists what stands against one of the times of an order, firm ones first;
// none means that it can be had. A time that a series takes up before it counts.
func (o *Order) Against(cal *lending.Calendar, times []Stretch, i int) []lending.Hold {
	claims := o.claims(cal.Reader(), times[i])
	if i > 0 {
		before := o.claims(cal.Reader(), times[i-1])
		for j := range claims {
			claims[j].Beside = before
		}
	}
	return cal.Together(claims)
}

// taken reports whether something refuses.
func taken(holds []lending.Hold) bool { return len(holds) > 0 && holds[0].Firm }

// reservation makes the record of one time of an order.
func (o *Order) reservation(at Stretch, state lending.ReservationState) *lending.Reservation {
	v := &lending.Reservation{Unit: o.Unit, Borrower: o.Borrower, Contact: o.Contact, Operator: o.Operator,
		Start: value.Some(at.Start), Kit: o.Kit,
		End: value.Some(at.End), State: state, Purpose: o.Purpose, Site: o.Site, Note: o.Note, Instead: o.Instead}
	if o.Unit == 0 {
		v.Category, v.Minimum, v.Lender = o.Category, o.Minimum, o.Lender
		if o.Quantity > 1 {
			v.Quantity = value.Some(int64(o.Quantity))
		}
	}
	return v
}

// Book asks for what an order says, once or as often as it repeats. A partner's own
// units are approved at once; anybody else's wait for their owners. What is taken is
// refused with who has it, and of a series all dates that are, unless the order
// would wait.
func Book(w Writer, now value.Wall, o Order) (Booked, error) {
	if err := o.check(w); err != nil {
		return Booked{}, err
	}
	times, err := o.times()
	if err != nil {
		return Booked{}, err
	}
	var series lending.SeriesID
	if len(times) > 1 {
		if series, err = put(w, o.series()); err != nil {
			return Booked{}, err
		}
	}
	return o.bookAll(w, now, times, series)
}

// check refuses an order that nobody could fill.
func (o *Order) check(r field.Reader) error {
	switch kit := field.Get(r, o.Kit); {
	case o.Borrower == 0:
		return failure.New(failure.Invalid, "say for which city the booking is")
	case o.Kit != 0 && kit == nil:
		return failure.New(failure.NotFound, "that assembly is no longer there")
	case kit != nil && len(kit.Members) == 0:
		return failure.New(failure.Invalid, "the assembly "+strconv.Quote(kit.Name)+" has no members")
	case o.Quantity > 1 && kit != nil:
		return failure.New(failure.Invalid, "the assembly "+strconv.Quote(kit.Name)+" is one; book it again for another")
	}
	return nil
}

// bookAll asks for every time of an order. All that clash are told at once.
func (o *Order) bookAll(w Writer, now value.Wall, times []Stretch, series lending.SeriesID) (Booked, error) {
	out := Booked{Series: series}
	cal := lending.CalendarOf(w, now)
	waits := make([]bool, len(times))
	var clashing []value.Day
	var clash error
	for i, at := range times {
		holds := o.Against(cal, times, i)
		if waits[i] = taken(holds); waits[i] && !o.Wait {
			clashing = append(clashing, at.Start.Day())
			clash = cmp.Or(clash, error(failure.New(failure.Conflict, cal.Sentence(holds[0]))))
		}
	}
	switch {
	case clash != nil && len(times) > 1:
		return out, failure.New(failure.Conflict, clash.Error()+leavable(clashing))
	case clash != nil:
		return out, clash
	}
	for i, at := range times {
		if err := o.bookAt(w, at, waits[i], &out); err != nil {
			return out, err
		}
	}
	return out, nil
}

// bookAt asks for one time of an order, of which a part may be the borrower's own.
func (o *Order) bookAt(w Writer, at Stretch, wait bool, out *Booked) error {
	first := lending.ReservationID(0)
	for _, m := range o.members(w) {
		for _, part := range m.parts(w, at, wait) {
			v := part.reservation(at, lending.Requested)
			switch {
			case wait:
				v.State = lending.Waitlisted
			case v.LentBy(w) == o.Borrower:
				v.State = lending.Approved
			}
			v.Series = out.Series
			if o.Kit != 0 {
				v.With = first
			}
			if err := fixTerms(w, v); err != nil {
				return err
			}
			id, err := put(w, v)
			if err != nil {
				return err
			}
			if len(out.IDs) == 0 {
				out.State = v.State
			}
			first = cmp.Or(first, id)
			out.IDs = append(out.IDs, id)
		}
	}
	return nil
}

// parts tells what the borrower has of a category itself, which is booked at once,
// from what is asked of all who have some.
func (o *Order) parts(w Writer, at Stretch, wait bool) []Order {
	if o.Unit != 0 || o.Lender != 0 || wait {
		return []Order{*o}
	}
	own := *o
	own.Lender, own.Quantity = o.Borrower, most(lending.CalendarOf(w, w.Now()), o, at, o.Borrower)
	rest := *o
	rest.Quantity = max(1, o.Quantity) - own.Quantity
	switch {
	case own.Quantity == 0:
		return []Order{rest}
	case rest.Quantity == 0:
		return []Order{own}
	}
	return []Order{own, rest}
}

// most is how many of what an order asks for an owner could give.
func most(cal *lending.Calendar, o *Order, at Stretch, owner partnership.PartnerID) int {
	one := *o
	one.Lender = owner
	for one.Quantity = max(1, o.Quantity); one.Quantity > 0; one.Quantity-- {
		if !taken(cal.Together(one.claims(cal.Reader(), at))) {
			break
		}
	}
	return one.Quantity
}

// Givers lists who could give some of what an order for any of a category asks for,
// and how many each.
func (o *Order) Givers(cal *lending.Calendar, at Stretch) (owners []partnership.PartnerID, each []int) {
	for _, e := range lending.UnitsIn(cal.Reader(), o.Category) {
		if !e.AtLeast(o.Minimum) || slices.Contains(owners, e.Owner) || o.Lender != 0 && o.Lender != e.Owner {
			continue
		}
		if n := most(cal, o, at, e.Owner); n > 0 {
			owners, each = append(owners, e.Owner), append(each, n)
		}
	}
	return owners, each
}

// leavable tells who books a series how to have the other dates.
func leavable(taken []value.Day) string {
	var days []string
	for i, d := range taken {
		day, _, _ := strings.Cut(d.Long(), ",")
		if day = strings.ToLower(day); i > 0 && d.Year() != taken[i-1].Year() {
			day += " " + strconv.Itoa(d.Year())
		}
		days = append(days, day)
	}
	also := ""
	if len(taken) > 1 {
		also = ", and it is taken on " + DaysText(taken[1:]) + " too"
	}
	return also + "; to book the other dates, leave " + DaysText(taken) + " out: except " + strings.Join(days, ", ")
}

// BookSeries makes the reservations of a series that is on file, all or none.
func BookSeries(w Writer, now value.Wall, s *lending.Series) (Booked, error) {
	o := Order{Unit: s.Unit, Category: s.Category, Minimum: s.Minimum, Lender: s.Lender, Kit: s.Kit,
		Quantity: int(s.Quantity.Or(1)), Borrower: s.Borrower, Purpose: s.Purpose}
	if err := o.check(w); err != nil {
		return Booked{}, err
	}
	times := Expand(s)
	switch {
	case len(times) == 0:
		return Booked{}, failure.New(failure.Invalid, "the series has no day on which it falls")
	case len(times) > maxTimes:
		return Booked{}, tooOften()
	}
	return o.bookAll(w, now, times, s.ID)
}
