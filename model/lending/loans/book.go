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

// Order is what is booked.
type Order struct {
	Unit     lending.EquipmentID
	Category string // where no unit is named
	Minimum  value.Opt[value.Tenths]
	Quantity int // 0 is one
	Lender   partnership.PartnerID

	Start, End value.Wall
	Borrower   partnership.PartnerID
	Contact    partnership.PersonID
	Operator   partnership.PersonID
	Purpose    string
	Site       string
	Note       string
	Instead    lending.ReservationID

	Weeks  int         // over so many weeks, week by week; 0 is once
	Except []value.Day // days that the series leaves out, each one of its days
	Wait   bool        // go on the wait list when it is taken
}

// Booked is what a booking came to.
type Booked struct {
	IDs    []lending.ReservationID
	State  lending.ReservationState // of the first
	Series lending.SeriesID
}

// claim is what one time of an order asks for.
func (o *Order) claim(at Stretch) lending.Claim {
	return lending.Claim{Unit: o.Unit, From: at.Start, Until: at.End, Category: o.Category, Minimum: o.Minimum,
		Quantity: int64(max(1, o.Quantity)), Lender: o.Lender}
}

// reservation makes the record of one time of an order.
func (o *Order) reservation(at Stretch, state lending.ReservationState) *lending.Reservation {
	v := &lending.Reservation{Unit: o.Unit, Borrower: o.Borrower, Contact: o.Contact, Operator: o.Operator,
		Start: value.Some(at.Start),
		End:   value.Some(at.End), State: state, Purpose: o.Purpose, Site: o.Site, Note: o.Note, Instead: o.Instead}
	if o.Unit == 0 {
		v.Category, v.Minimum, v.Lender = o.Category, o.Minimum, o.Lender
		if o.Quantity > 1 {
			v.Quantity = value.Some(int64(o.Quantity))
		}
	}
	return v
}

// Book asks for what an order says, once or week by week. A partner's own unit
// is approved at once; anybody else's waits for its owner. What is taken is
// refused with who has it, unless the order would wait.
func Book(w Writer, now value.Wall, o Order) (Booked, error) {
	if o.Borrower == 0 {
		return Booked{}, failure.New(failure.Invalid, "say for which city the booking is")
	}
	var out Booked
	dates := datesOf(o.Start, o.End, o.Weeks)
	for _, d := range o.Except {
		if !slices.Contains(dates, d) {
			return out, failure.New(failure.Invalid, notADate(d.Long(), dates))
		}
	}
	times := Times(o.Start, o.End, o.Weeks, o.Except)
	if len(times) == 0 {
		return out, failure.New(failure.Invalid, "every day of the series is left out")
	}
	if len(times) > 1 {
		id, err := put(w, o.series(dates[len(dates)-1]))
		if err != nil {
			return out, err
		}
		out.Series = id
	}
	var taken []value.Day // all that clash are told at once
	var clash error
	for _, at := range times {
		switch err := o.bookAt(w, now, at, &out); {
		case err != nil && len(times) > 1 && failure.CodeOf(err) == failure.Conflict:
			taken, clash = append(taken, at.Start.Day()), cmp.Or(clash, err)
		case err != nil:
			return out, err
		}
	}
	if clash != nil {
		return out, leavable(taken, clash)
	}
	return out, nil
}

// bookAt asks for one time of an order, of each owner for their part.
func (o *Order) bookAt(w Writer, now value.Wall, at Stretch, out *Booked) error {
	parts, err := o.parts(w, now, at)
	if err != nil {
		return err
	}
	for i := range parts {
		state, err := parts[i].stateAt(w, now, at)
		if err != nil {
			return err
		}
		v := parts[i].reservation(at, state)
		v.Series = out.Series
		if err := fixTerms(w, v); err != nil {
			return err
		}
		id, err := put(w, v)
		if err != nil {
			return err
		}
		if len(out.IDs) == 0 {
			out.State = state
		}
		out.IDs = append(out.IDs, id)
	}
	return nil
}

// parts says which owners an order for several of a category is asked of, and for
// how many each: one owner for all where one has them, and otherwise all who have
// some, the borrower's own first.
func (o *Order) parts(w Writer, now value.Wall, at Stretch) ([]Order, error) {
	if o.Unit != 0 || o.Lender != 0 || o.Quantity < 2 {
		return []Order{*o}, nil
	}
	cal := lending.CalendarOf(w, now)
	var owners []partnership.PartnerID
	for _, e := range lending.UnitsIn(w, o.Category) {
		if e.AtLeast(o.Minimum) && !slices.Contains(owners, e.Owner) {
			owners = append(owners, e.Owner)
		}
	}
	slices.SortStableFunc(owners, func(a, b partnership.PartnerID) int {
		return cmp.Or(boolFirst(a == o.Borrower, b == o.Borrower), cmp.Compare(a, b))
	})
	var out []Order
	left, have := o.Quantity, 0
	for _, owner := range owners {
		one := *o
		one.Lender, one.Quantity = owner, o.Quantity
		for one.Quantity > 0 && !cal.Free(one.claim(at)) {
			one.Quantity--
		}
		have += one.Quantity
		if one.Quantity == o.Quantity {
			return []Order{one}, nil
		}
		if one.Quantity = min(one.Quantity, left); one.Quantity > 0 {
			out, left = append(out, one), left-one.Quantity
		}
	}
	if left > 0 && o.Wait {
		return []Order{*o}, nil
	}
	if left > 0 {
		return nil, failure.New(failure.Conflict, strconv.Itoa(o.Quantity)+" are wanted, and of "+o.Category+
			" only "+strconv.Itoa(have)+" can be had from "+MomentText(at.Start, now.Day()))
	}
	return out, nil
}

// stateAt says in which state one time of an order begins.
func (o *Order) stateAt(w Writer, now value.Wall, at Stretch) (lending.ReservationState, error) {
	cal := lending.CalendarOf(w, now)
	if conflicts := cal.Conflicts(o.claim(at)); len(conflicts) > 0 && conflicts[0].Firm {
		if o.Wait {
			return lending.Waitlisted, nil
		}
		return "", &failure.Error{Code: failure.Conflict, Message: cal.Sentence(conflicts[0])}
	}
	if unit := field.Get(w, o.Unit); unit != nil && unit.Owner == o.Borrower {
		return lending.Approved, nil
	}
	return lending.Requested, nil
}

// leavable tells who books week by week how to have the other dates.
func leavable(taken []value.Day, err error) error {
	var days []string
	for _, d := range taken {
		day, _, _ := strings.Cut(d.Long(), ",")
		days = append(days, day)
	}
	also := ""
	if len(taken) > 1 {
		also = ", and it is taken on " + DaysText(taken[1:]) + " too"
	}
	return failure.New(failure.Conflict, err.Error()+also+"; to book the other dates, leave "+DaysText(taken)+
		" out: except "+strings.ToLower(strings.Join(days, ", ")))
}

// series is the record of an order that repeats until a day.
func (o *Order) series(last value.Day) *lending.Series {
	return &lending.Series{Unit: o.Unit, Category: o.Category, Minimum: o.Minimum, Lender: o.Lender,
		Borrower: o.Borrower,
		Start:    value.Some(o.Start), End: value.Some(o.End), Every: value.Some[int64](1),
		Except: slices.Clone(o.Except),
		Until:  value.Some(last), Purpose: o.Purpose}
}

// maxTimes bounds how often a booking repeats.
const maxTimes = 160

// Times lists the times of a weekly booking at the same hours on the clock,
// whatever clocks do in between; those left out count as weeks.
func Times(start, end value.Wall, weeks int, except []value.Day) []Stretch {
	var out []Stretch
	for i := range max(1, min(weeks, maxTimes)) {
		shift := value.Wall(i * value.SpanWeek)
		if !slices.Contains(except, (start + shift).Day()) {
			out = append(out, Stretch{start + shift, end + shift})
		}
	}
	return out
}

// Expand lists the times of a series: on its weekdays, in every so many weeks,
// up to its last day, without those left out.
func Expand(s *lending.Series) []Stretch {
	if !s.Start.Set || !s.End.Set || !s.Until.Set || s.End.V <= s.Start.V {
		return nil
	}
	first := s.Start.V.Day()
	monday := first - value.Day((first.Weekday()+6)%7)
	every := value.Day(max(1, s.Every.Or(1)))
	var out []Stretch
	for day := first; day <= s.Until.V && len(out) < maxTimes; day++ {
		if (day-monday)/7%every != 0 || slices.Contains(s.Except, day) || !onDay(s, day) {
			continue
		}
		shift := value.Wall(day-first) * 24 * 60
		out = append(out, Stretch{s.Start.V + shift, s.End.V + shift})
	}
	return out
}

func onDay(s *lending.Series, day value.Day) bool {
	if len(s.Days) == 0 {
		return day.Weekday() == s.Start.V.Day().Weekday()
	}
	names := [...]lending.Weekday{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	return slices.Contains(s.Days, names[day.Weekday()])
}

// BookSeries makes the reservations of a series, all or none.
func BookSeries(w Writer, now value.Wall, s *lending.Series) (Booked, error) {
	times := Expand(s)
	if len(times) == 0 {
		return Booked{}, failure.New(failure.Invalid, "the series has no day on which it falls")
	}
	id, err := put(w, s)
	if err != nil {
		return Booked{}, err
	}
	out := Booked{Series: id}
	o := Order{Unit: s.Unit, Category: s.Category, Minimum: s.Minimum, Lender: s.Lender, Borrower: s.Borrower,
		Purpose: s.Purpose}
	for _, at := range times {
		state, err := o.stateAt(w, now, at)
		if err != nil {
			return out, err
		}
		v := o.reservation(at, state)
		v.Series = id
		if err := fixTerms(w, v); err != nil {
			return out, err
		}
		made, err := put(w, v)
		if err != nil {
			return out, err
		}
		out.IDs, out.State = append(out.IDs, made), state
	}
	return out, nil
}

// BookKit asks for every member of an assembly, all or none: one that is taken
// refuses the whole.
func BookKit(w Writer, now value.Wall, kit *lending.Kit, o Order) (Booked, error) {
	var out Booked
	if o.Weeks > 1 {
		return out, failure.New(failure.Invalid, "an assembly does not repeat; book it for each week by itself")
	}
	for _, m := range kit.Members {
		one := o
		one.Unit, one.Category, one.Minimum, one.Lender, one.Wait = m.Unit, m.Category, m.Minimum, m.Lender, false
		at := Stretch{o.Start, o.End}
		state, err := one.stateAt(w, now, at)
		if err != nil {
			return out, err
		}
		v := one.reservation(at, state)
		v.Kit = kit.ID
		if len(out.IDs) > 0 {
			v.With = out.IDs[0]
		}
		if err := fixTerms(w, v); err != nil {
			return out, err
		}
		id, err := put(w, v)
		if err != nil {
			return out, err
		}
		out.IDs, out.State = append(out.IDs, id), state
	}
	if len(out.IDs) == 0 {
		return out, failure.New(failure.Invalid, "the assembly "+strconv.Quote(kit.Name)+" has no members")
	}
	return out, nil
}
