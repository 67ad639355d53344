package lending

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ReservationID identifies a reservation.
type ReservationID = field.ID[Reservation]

// ReservationState is how far a loan has come.
type ReservationState string

// From a draft to a closed loan, and the ways out.
const (
	LoanDraft  ReservationState = "draft"
	Requested  ReservationState = "requested"
	Approved   ReservationState = "approved"
	Waitlisted ReservationState = "waitlisted"
	OutOnLoan  ReservationState = "out"
	Returned   ReservationState = "returned"
	Closed     ReservationState = "closed"
	Declined   ReservationState = "declined"
	Cancelled  ReservationState = "cancelled"
	NoShow     ReservationState = "no-show"
	Recalled   ReservationState = "recalled"
)

// Reservation is one partner's use of another's unit for a while: of a named
// unit, or of any in a category that is large enough, chosen when it is handed
// over.
type Reservation struct {
	ID        field.ID[Reservation]
	Unit      field.ID[Equipment]
	Category  string                        // where no unit is named
	Minimum   value.Opt[value.Tenths]       // size at least
	Quantity  value.Opt[int64]              // units of the category; unset means one
	Lender    field.ID[partnership.Partner] // who is asked for a unit of the category
	Borrower  field.ID[partnership.Partner]
	Contact   field.ID[partnership.Person]
	Operator  field.ID[partnership.Person]
	Start     value.Opt[value.Wall]
	End       value.Opt[value.Wall] // first moment it is free again
	Extension value.Opt[value.Wall] // a later end that the borrower asks for
	State     ReservationState
	Purpose   string
	Site      string
	Note      string
	Reason    string // for a decline, a recall, a cancellation

	Agreement field.ID[partnership.Agreement]
	Series    field.ID[Series]
	Kit       field.ID[Kit]
	With      field.ID[Reservation] // the first of those booked together, all or nothing
	Instead   field.ID[Reservation] // the loan that this one makes up for
	PartOf    field.ID[Reservation] // the request for several of which this is what one owner gives
	Terms     Terms                 // fixed at approval
	Passes    []Pass
	Splits    []Split               // who takes the next reading for the return that was forgotten
	Ready     value.Opt[value.Wall] // since when the wait-listed may have it
}

// Basis is how a loan is charged.
type Basis string

// By the meter, by the clock, by the day, at one price, or not at all.
const (
	BasisMeter  Basis = "meter"
	BasisClock  Basis = "clock"
	BasisDay    Basis = "day"
	BasisFlat   Basis = "flat"
	BasisWaived Basis = "waived"
)

func bases() []field.Choice {
	return []field.Choice{{Value: "meter", Title: "Meter"}, {Value: "clock", Title: "Clock"},
		{Value: "day", Title: "Day"}, {Value: "flat", Title: "Flat"}, {Value: "waived", Title: "Waived"}}
}

// Terms are what a loan is charged at, with where the rate was taken from.
type Terms struct {
	Basis  Basis
	Rate   value.Opt[value.Price]
	Per    RatePer
	Source string
	Year   int
	Code   string
}

// PassFor says what was let pass.
type PassFor string

// What a loan may go ahead without when somebody answers for it.
const (
	PassAgreement PassFor = "agreement"
	PassOperator  PassFor = "operator"
	PassHours     PassFor = "hours" // the meter ran longer than the loan

	PassInsurance  PassFor = "insurance"
	PassInspection PassFor = "inspection"
	PassService    PassFor = "service" // the unit is out of service
)

// Pass lets a loan go ahead without a paper, on somebody's word.
type Pass struct {
	For    PassFor
	Name   string
	Reason string
	On     value.Opt[value.Day]
}

// KindReservations names the kind whose records are of type [Reservation].
const KindReservations = "reservations"

// KindName is "reservations".
func (Reservation) KindName() string { return KindReservations }

// Holds reports whether the reservation keeps the unit from others.
func (v *Reservation) Holds() bool { return v.State == Approved || v.State == OutOnLoan }

// Begun reports whether the unit has gone out on the loan, whatever has become of
// it since.
func (v *Reservation) Begun() bool {
	return v.State == OutOnLoan || v.State == Returned || v.State == Closed
}

// Ended reports whether nothing more happens to the reservation.
func (v *Reservation) Ended() bool {
	switch v.State {
	case Closed, Declined, Cancelled, NoShow, Recalled:
		return true
	}
	return false
}

// Units is how many units are wanted.
func (v *Reservation) Units() int64 { return v.Quantity.Or(1) }

// Overdue reports whether the unit is out past its end. It is worked out,
// never stored; an end that is not recorded is never overdue.
func (v *Reservation) Overdue(now value.Wall) bool {
	return v.State == OutOnLoan && v.End.Set && v.End.V < now
}

// Lapsed reports whether the time of a request, or of what is left of one, is over
// and nobody has granted it. Like what is overdue it is worked out, never stored.
func (v *Reservation) Lapsed(now value.Wall) bool {
	return (v.State == Requested || v.State == Waitlisted) && v.End.Set && v.End.V < now
}

// Granted counts the units that owners have given of what a request was for.
func (v *Reservation) Granted(r field.Reader) int64 {
	n := int64(0)
	for p := range field.Of[Reservation](r, "part_of", v.ID) {
		if p.Holds() || p.Begun() {
			n += p.Units()
		}
	}
	return n
}

// Overlaps reports whether two reservations share a moment; both ends are
// half-open, so one may begin when the other ends.
func (v *Reservation) Overlaps(o *Reservation) bool {
	return v.Start.Set && v.End.Set && o.Start.Set && o.End.Set && v.Start.V < o.End.V && o.Start.V < v.End.V
}

// LentBy gives the partner whose unit it is or who is asked for one; 0 when
// nobody has been asked.
func (v *Reservation) LentBy(r field.Reader) partnership.PartnerID {
	if v.Unit != 0 {
		if e := field.Get(r, v.Unit); e != nil {
			return e.Owner
		}
	}
	return v.Lender
}

// Passed reports whether somebody has let a missing paper pass.
func (v *Reservation) Passed(what PassFor) bool {
	for _, p := range v.Passes {
		if p.For == what && p.Name != "" && p.Reason != "" {
			return true
		}
	}
	return false
}

// Number writes a reservation's number as people quote it.
func (v *Reservation) Number() string { return "#" + strconv.FormatUint(uint64(v.ID), 10) }

// Groups of spans: a unit's own number, and beyond those the demands for a
// category and the loans that are out now.
const outNow uint64 = 1 << 62

// UnitGroup is the group of a unit's spans.
func UnitGroup(unit EquipmentID) uint64 { return uint64(unit) }

// DemandGroup is the group of reservations of a category without a unit.
func DemandGroup(category string) uint64 { return groupOf("demand", field.FoldName(category)) }

func outGroup(unit EquipmentID) uint64 { return outNow | uint64(unit) }

// outAt is when, for the index, all loans are that are out now: one moment, so
// that a loan whose return was forgotten years ago is found as fast.
const outAt value.Wall = -value.SpanWeek * 100_000

// groupOf names a group by words, apart from all units and loans.
func groupOf(words ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for i := 0; i < len(w); i++ {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h | 1<<63
}

func reservationSpans(v *Reservation, yield func(value.Span)) {
	if v.State == OutOnLoan && v.Unit != 0 {
		yield(value.Span{Group: outGroup(v.Unit), From: outAt, Until: outAt + 1})
	}
	switch {
	case !v.Start.Set || !v.End.Set || v.End.V <= v.Start.V:
	case v.Unit != 0:
		yield(value.Span{Group: UnitGroup(v.Unit), From: v.Start.V, Until: v.End.V})
	case v.Category != "":
		yield(value.Span{Group: DemandGroup(v.Category), From: v.Start.V, Until: v.End.V})
	}
}

// DescribeReservation describes reservations.
func DescribeReservation() *field.Kind {
	return field.Def[Reservation]{
		Tag: 12, One: "reservation", Title: "Reservations", Scope: field.ScopeCity, Numbered: true,
		Purpose:    "Who has which unit, from when until when.",
		ID:         func(v *Reservation) *field.ID[Reservation] { return &v.ID },
		Label:      func(*Reservation) string { return "" },
		Recognise:  [][]string{{"unit", "start", "borrower"}},
		Parties:    reservationParties,
		Check:      checkReservation,
		Transition: stepReservation,
		Due:        dueReservation,
		Spans:      reservationSpans,
		Told: field.Told[Reservation]{When: func(v *Reservation) string {
			if !v.Start.Set {
				return ""
			}
			return v.Start.V.Long() // units are lent more than once
		}},
		Fields: append(reservationFields(), reservationPapers()...),
	}.Kind()
}

// reservationParties are the borrower, the lender and, of units booked
// together, the lenders of the others, since all go or none.
func reservationParties(r field.Reader, v *Reservation) []field.Party {
	parties := []field.Party{field.Party(v.Borrower)}
	add := func(p partnership.PartnerID) {
		for _, have := range parties {
			if have == field.Party(p) {
				return
			}
		}
		if p != 0 {
			parties = append(parties, field.Party(p))
		}
	}
	add(v.LentBy(r))
	if v.Category != "" && v.Unit == 0 && v.Lender == 0 {
		for _, e := range UnitsIn(r, v.Category) {
			add(e.Owner) // anybody who has one may offer it
		}
	}
	for _, other := range Together(r, v) {
		add(other.LentBy(r))
	}
	return parties
}

// UnitsIn lists the units of a category that may be lent.
func UnitsIn(r field.Reader, category string) []*Equipment {
	var out []*Equipment
	for e := range field.All[Equipment](r) {
		if e.Lendable() && e.InCategory(category) {
			out = append(out, e)
		}
	}
	return out
}

// Together lists the reservations booked with one, itself included; just
// itself when it was booked alone.
func Together(r field.Reader, v *Reservation) []*Reservation {
	first := v.With
	if first == 0 {
		first = v.ID
	}
	out := []*Reservation{v}
	if head := field.Get(r, first); head != nil && head.ID != v.ID {
		out = append(out, head)
	}
	if first == 0 {
		return out
	}
	for other := range field.Of[Reservation](r, "with", first) {
		if other.ID != v.ID {
			out = append(out, other)
		}
	}
	return out
}

// overtaken reports whether a loan has gone on from what a list says of it: a list
// of bookings that comes in again takes no unit back.
func overtaken(now, said *Reservation) bool {
	steps := []ReservationState{Requested, Approved, OutOnLoan, Returned, Closed}
	at, then := slices.Index(steps, now.State), slices.Index(steps, said.State)
	return then >= 0 && at > then && at >= slices.Index(steps, OutOnLoan)
}

func reservationStates() []field.Choice {
	return []field.Choice{{Value: "draft", Title: "Draft"}, {Value: "requested", Title: "Requested"},
		{Value: "approved", Title: "Approved"}, {Value: "waitlisted", Title: "On wait list"},
		{Value: "out", Title: "Out"}, {Value: "returned", Title: "Returned"}, {Value: "closed", Title: "Closed"},
		{Value: "declined", Title: "Declined"}, {Value: "cancelled", Title: "Cancelled"},
		{Value: "no-show", Title: "Not fetched"}, {Value: "recalled", Title: "Recalled"}}
}

func reservationFields() []field.Field[Reservation] {
	return []field.Field[Reservation]{
		field.Ref(1, "unit", "Unit", func(v *Reservation) *field.ID[Equipment] { return &v.Unit }).NamesRecord().
			Width(26).Example("RT-104 Dump truck").
			Help("Leave it empty to book any unit of a category; which one is chosen when it is handed over."),
		field.Text(9, "category", "Any", func(v *Reservation) *string { return &v.Category }).NamesRecord().
			HiddenByDefault().Example("dump truck"),
		field.Amount(10, "minimum", "Size at least",
			func(v *Reservation) *value.Opt[value.Tenths] { return &v.Minimum }).HiddenByDefault().Example("10"),
		field.OptInt(11, "quantity", "How many", func(v *Reservation) *value.Opt[int64] { return &v.Quantity }).
			HiddenByDefault().Example("1"),
		field.Ref(12, "lender", "Asked of", func(v *Reservation) *field.ID[partnership.Partner] { return &v.Lender }).
			HiddenByDefault().Example("Raytown"),
		field.Ref(2, "borrower", "Borrower",
			func(v *Reservation) *field.ID[partnership.Partner] { return &v.Borrower }).Required().Width(14).
			Example("Grandview"),
		field.Word(5, "state", "State", func(v *Reservation) *ReservationState { return &v.State },
			reservationStates()...).
			Required().Width(10).Example("Requested").Onward(overtaken),
		field.AtWall(3, "start", "From", func(v *Reservation) *value.Opt[value.Wall] { return &v.Start }).Required().
			Width(19).Example("Tue Mar 2, 8:00 am"),
		field.AtWall(4, "end", "Until", func(v *Reservation) *value.Opt[value.Wall] { return &v.End }).Required().
			Width(19).Example("Thu Mar 4, 5:00 pm"),
		field.AtWall(13, "extension", "Asked until",
			func(v *Reservation) *value.Opt[value.Wall] { return &v.Extension }).HiddenByDefault().
			Help("A later end that the borrower asks for; the owner grants it by moving the end."),
		field.Ref(6, "contact", "Contact", func(v *Reservation) *field.ID[partnership.Person] { return &v.Contact }).
			HiddenByDefault(),
		field.Ref(14, "operator", "Operator",
			func(v *Reservation) *field.ID[partnership.Person] { return &v.Operator }).HiddenByDefault(),
		field.Text(7, "purpose", "Purpose", func(v *Reservation) *string { return &v.Purpose }).Width(24).
			Example("Leaf pick-up"),
		field.Text(15, "site", "Site", func(v *Reservation) *string { return &v.Site }).HiddenByDefault().
			Example("Blue Ridge Boulevard"),
		field.Long(8, "note", "Note", func(v *Reservation) *string { return &v.Note }).HiddenByDefault(),
		field.Text(16, "reason", "Reason", func(v *Reservation) *string { return &v.Reason }).HiddenByDefault(),
	}
}

// reservationPapers are the fields that bookings and approvals fill in.
func reservationPapers() []field.Field[Reservation] {
	fields := []field.Field[Reservation]{
		field.Ref(17, "agreement", "Agreement",
			func(v *Reservation) *field.ID[partnership.Agreement] { return &v.Agreement }).HiddenByDefault(),
		field.Ref(18, "series", "Series", func(v *Reservation) *field.ID[Series] { return &v.Series }).
			HiddenByDefault(),
		field.Ref(19, "kit", "Assembly", func(v *Reservation) *field.ID[Kit] { return &v.Kit }).HiddenByDefault(),
		field.Ref(20, "with", "Booked with", func(v *Reservation) *field.ID[Reservation] { return &v.With }).
			HiddenByDefault(),
		field.Ref(21, "instead", "In place of", func(v *Reservation) *field.ID[Reservation] { return &v.Instead }).
			HiddenByDefault(),
		field.Rows(22, "passes", "Let pass", func(v *Reservation) *[]Pass { return &v.Passes }, []field.Field[Pass]{
			field.Word(1, "for", "Without", func(p *Pass) *PassFor { return &p.For },
				field.Choice{Value: "agreement", Title: "Agreement in force"},
				field.Choice{Value: "operator", Title: "Operator's proof"},
				field.Choice{Value: "hours", Title: "Meter hours within the loan"},
				field.Choice{Value: "insurance", Title: "Certificate of insurance"},
				field.Choice{Value: "inspection", Title: "Inspection in date"},
				field.Choice{Value: "service", Title: "Unit in service"}),
			field.Text(2, "name", "By", func(p *Pass) *string { return &p.Name }),
			field.Text(3, "reason", "Reason", func(p *Pass) *string { return &p.Reason }),
			field.OnDay(4, "on", "On", func(p *Pass) *value.Opt[value.Day] { return &p.On }),
		}).HiddenByDefault(),
		splitField(),
		field.Ref(25, "part_of", "Part of", func(v *Reservation) *field.ID[Reservation] { return &v.PartOf }).
			HiddenByDefault().Help("The request for several of which this is what one owner gives."),
		field.AtWall(23, "ready", "Offered since", func(v *Reservation) *value.Opt[value.Wall] { return &v.Ready }).
			HiddenByDefault(),
	}
	return append(fields, field.Part(40, "rate_", "Rate, fixed at approval",
		func(v *Reservation) *Terms { return &v.Terms }, termsFields())...)
}

func termsFields() []field.Field[Terms] {
	return []field.Field[Terms]{
		field.Word(1, "basis", "Charged by", func(t *Terms) *Basis { return &t.Basis }, bases()...).HiddenByDefault(),
		field.Price(2, "amount", "Rate", func(t *Terms) *value.Opt[value.Price] { return &t.Rate }).HiddenByDefault(),
		field.Word(3, "per", "Rate per", func(t *Terms) *RatePer { return &t.Per }, ratePers()...).HiddenByDefault(),
		field.Text(4, "source", "Rate from", func(t *Terms) *string { return &t.Source }).HiddenByDefault(),
		field.Int(5, "year", "Schedule year", func(t *Terms) *int { return &t.Year }).HiddenByDefault(),
		field.Text(6, "code", "Code", func(t *Terms) *string { return &t.Code }).HiddenByDefault(),
	}
}
