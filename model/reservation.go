package model

import "strconv"

// ReservationID identifies a reservation.
type ReservationID = ID[Reservation]

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
	ID        ID[Reservation]
	Unit      ID[Equipment]
	Category  string      // where no unit is named
	Minimum   Opt[Tenths] // size at least
	Quantity  Opt[int64]  // units of the category; unset means one
	Lender    ID[Partner] // who is asked for a unit of the category
	Borrower  ID[Partner]
	Contact   ID[Person]
	Operator  ID[Person]
	Start     Opt[Wall]
	End       Opt[Wall] // first moment it is free again
	Extension Opt[Wall] // a later end that the borrower asks for
	State     ReservationState
	Purpose   string
	Site      string
	Note      string
	Reason    string // for a decline, a recall, a cancellation

	Agreement ID[Agreement]
	Series    ID[Series]
	Kit       ID[Kit]
	With      ID[Reservation] // the first of those booked together, all or nothing
	Instead   ID[Reservation] // the loan that this one makes up for
	Terms     Terms           // fixed at approval
	Passes    []Pass
	Ready     Opt[Wall] // since when the wait-listed may have it
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

func bases() []Choice {
	return []Choice{{"meter", "Meter"}, {"clock", "Clock"}, {"day", "Day"}, {"flat", "Flat"}, {"waived", "Waived"}}
}

// Terms are what a loan is charged at, with where the rate was taken from.
type Terms struct {
	Basis  Basis
	Rate   Opt[Cents]
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
)

// Pass lets a loan go ahead without a paper, on somebody's word.
type Pass struct {
	For    PassFor
	Name   string
	Reason string
	On     Opt[Day]
}

// KindName is "reservations".
func (Reservation) KindName() string { return "reservations" }

// Holds reports whether the reservation keeps the unit from others.
func (v *Reservation) Holds() bool { return v.State == Approved || v.State == OutOnLoan }

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
func (v *Reservation) Overdue(now Wall) bool {
	return v.State == OutOnLoan && v.End.Set && v.End.V < now
}

// Overlaps reports whether two reservations share a moment; both ends are
// half-open, so one may begin when the other ends.
func (v *Reservation) Overlaps(o *Reservation) bool {
	return v.Start.Set && v.End.Set && o.Start.Set && o.End.Set && v.Start.V < o.End.V && o.Start.V < v.End.V
}

// LentBy gives the partner whose unit it is or who is asked for one; 0 when
// nobody has been asked.
func (v *Reservation) LentBy(r Reader) PartnerID {
	if v.Unit != 0 {
		if e := Get(r, v.Unit); e != nil {
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
func DemandGroup(category string) uint64 { return groupOf("demand", FoldName(category)) }

func outGroup(unit EquipmentID) uint64 { return outNow | uint64(unit) }

// outAt is when, for the index, all loans are that are out now: one moment, so
// that a loan whose return was forgotten years ago is found as fast.
const outAt Wall = -SpanWeek * 100_000

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

func reservationSpans(v *Reservation, yield func(Span)) {
	if v.State == OutOnLoan && v.Unit != 0 {
		yield(Span{outGroup(v.Unit), outAt, outAt + 1})
	}
	switch {
	case !v.Start.Set || !v.End.Set || v.End.V <= v.Start.V:
	case v.Unit != 0:
		yield(Span{UnitGroup(v.Unit), v.Start.V, v.End.V})
	case v.Category != "":
		yield(Span{DemandGroup(v.Category), v.Start.V, v.End.V})
	}
}

func reservationKind() *Kind {
	return Def[Reservation]{
		Tag: 12, One: "reservation", Title: "Reservations", Realm: RealmCity, Numbered: true,
		Purpose:    "Who has which unit, from when until when.",
		ID:         func(v *Reservation) *ID[Reservation] { return &v.ID },
		Label:      func(*Reservation) string { return "" },
		Recognise:  [][]string{{"unit", "start", "borrower"}},
		Parties:    reservationParties,
		Check:      checkReservation,
		Transition: stepReservation,
		Spans:      reservationSpans,
		Told: Told[Reservation]{When: func(v *Reservation) string {
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
func reservationParties(r Reader, v *Reservation) []Party {
	parties := []Party{Party(v.Borrower)}
	add := func(p PartnerID) {
		for _, have := range parties {
			if have == Party(p) {
				return
			}
		}
		if p != 0 {
			parties = append(parties, Party(p))
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
func UnitsIn(r Reader, category string) []*Equipment {
	var out []*Equipment
	for e := range All[Equipment](r) {
		if e.Lendable() && e.InCategory(category) {
			out = append(out, e)
		}
	}
	return out
}

// Together lists the reservations booked with one, itself included; just
// itself when it was booked alone.
func Together(r Reader, v *Reservation) []*Reservation {
	first := v.With
	if first == 0 {
		first = v.ID
	}
	out := []*Reservation{v}
	if head := Get(r, first); head != nil && head.ID != v.ID {
		out = append(out, head)
	}
	if first == 0 {
		return out
	}
	for other := range Of[Reservation](r, "with", first) {
		if other.ID != v.ID {
			out = append(out, other)
		}
	}
	return out
}

func reservationStates() []Choice {
	return []Choice{{"draft", "LoanDraft"}, {"requested", "Requested"}, {"approved", "Approved"}, {"waitlisted", "On wait list"},
		{"out", "Out"}, {"returned", "Returned"}, {"closed", "Closed"}, {"declined", "Declined"}, {"cancelled", "Cancelled"},
		{"no-show", "Not fetched"}, {"recalled", "Recalled"}}
}

func reservationFields() []Field[Reservation] {
	return []Field[Reservation]{
		Ref(1, "unit", "Unit", func(v *Reservation) *ID[Equipment] { return &v.Unit }).Names().Wide(26).Eg("RT-104 Dump truck").
			Say("Leave it empty to book any unit of a category; which one is chosen when it is handed over."),
		Text(9, "category", "Any", func(v *Reservation) *string { return &v.Category }).Names().Tucked().Eg("dump truck"),
		Amount(10, "minimum", "Size at least", func(v *Reservation) *Opt[Tenths] { return &v.Minimum }).Tucked().Eg("10"),
		Count(11, "quantity", "How many", func(v *Reservation) *Opt[int64] { return &v.Quantity }).Tucked().Eg("1"),
		Ref(12, "lender", "Asked of", func(v *Reservation) *ID[Partner] { return &v.Lender }).Tucked().Eg("Raytown"),
		Ref(2, "borrower", "Borrower", func(v *Reservation) *ID[Partner] { return &v.Borrower }).Need().Wide(14).Eg("Grandview"),
		Word(5, "state", "State", func(v *Reservation) *ReservationState { return &v.State }, reservationStates()...).
			Need().Wide(10).Eg("Requested"),
		AtWall(3, "start", "From", func(v *Reservation) *Opt[Wall] { return &v.Start }).Need().Wide(19).Eg("Tue Mar 2, 8:00 am"),
		AtWall(4, "end", "Until", func(v *Reservation) *Opt[Wall] { return &v.End }).Need().Wide(19).Eg("Thu Mar 4, 5:00 pm"),
		AtWall(13, "extension", "Asked until", func(v *Reservation) *Opt[Wall] { return &v.Extension }).Tucked().
			Say("A later end that the borrower asks for; the owner grants it by moving the end."),
		Ref(6, "contact", "Contact", func(v *Reservation) *ID[Person] { return &v.Contact }).Tucked(),
		Ref(14, "operator", "Operator", func(v *Reservation) *ID[Person] { return &v.Operator }).Tucked(),
		Text(7, "purpose", "Purpose", func(v *Reservation) *string { return &v.Purpose }).Wide(24).Eg("Leaf pick-up"),
		Text(15, "site", "Site", func(v *Reservation) *string { return &v.Site }).Tucked().Eg("Blue Ridge Boulevard"),
		Long(8, "note", "Note", func(v *Reservation) *string { return &v.Note }).Tucked(),
		Text(16, "reason", "Reason", func(v *Reservation) *string { return &v.Reason }).Tucked(),
	}
}

// reservationPapers are the fields that bookings and approvals fill in.
func reservationPapers() []Field[Reservation] {
	fields := []Field[Reservation]{
		Ref(17, "agreement", "Agreement", func(v *Reservation) *ID[Agreement] { return &v.Agreement }).Tucked(),
		Ref(18, "series", "Series", func(v *Reservation) *ID[Series] { return &v.Series }).Tucked(),
		Ref(19, "kit", "Assembly", func(v *Reservation) *ID[Kit] { return &v.Kit }).Tucked(),
		Ref(20, "with", "Booked with", func(v *Reservation) *ID[Reservation] { return &v.With }).Tucked(),
		Ref(21, "instead", "In place of", func(v *Reservation) *ID[Reservation] { return &v.Instead }).Tucked(),
		Rows(22, "passes", "Let pass", func(v *Reservation) *[]Pass { return &v.Passes }, []Field[Pass]{
			Word(1, "for", "Without", func(p *Pass) *PassFor { return &p.For },
				Choice{"agreement", "Agreement in force"}, Choice{"operator", "Operator's proof"}),
			Text(2, "name", "By", func(p *Pass) *string { return &p.Name }),
			Text(3, "reason", "Reason", func(p *Pass) *string { return &p.Reason }),
			OnDay(4, "on", "On", func(p *Pass) *Opt[Day] { return &p.On }),
		}).Tucked(),
		AtWall(23, "ready", "Offered since", func(v *Reservation) *Opt[Wall] { return &v.Ready }).Tucked(),
	}
	return append(fields, Part(40, "rate_", "Rate, fixed at approval", func(v *Reservation) *Terms { return &v.Terms }, termsFields())...)
}

func termsFields() []Field[Terms] {
	return []Field[Terms]{
		Word(1, "basis", "Charged by", func(t *Terms) *Basis { return &t.Basis }, bases()...).Tucked(),
		Money(2, "amount", "Rate", func(t *Terms) *Opt[Cents] { return &t.Rate }).Tucked(),
		Word(3, "per", "Rate per", func(t *Terms) *RatePer { return &t.Per }, ratePers()...).Tucked(),
		Text(4, "source", "Rate from", func(t *Terms) *string { return &t.Source }).Tucked(),
		Int(5, "year", "Schedule year", func(t *Terms) *int { return &t.Year }).Tucked(),
		Text(6, "code", "Code", func(t *Terms) *string { return &t.Code }).Tucked(),
	}
}
