package model

import "strconv"

// ChargeID identifies a settlement line.
type ChargeID = ID[Charge]

// ChargeState is how far a settlement line has come.
type ChargeState string

// From accrued to paid or written off.
const (
	Accrued    ChargeState = "accrued"
	Billed     ChargeState = "billed"
	Disputed   ChargeState = "disputed"
	Paid       ChargeState = "paid"
	WrittenOff ChargeState = "written off"
)

// Charge is a settlement line: what one loan, or one correction of it, costs
// the borrower, and how that was worked out. Hours counts the time on loan
// whatever the charge, for the balance of hours.
type Charge struct {
	ID          ID[Charge]
	Reservation ID[Reservation]
	Lender      ID[Partner]
	Borrower    ID[Partner]
	On          Opt[Day] // the day of the return, by which it falls in a period
	Basis       Basis
	Quantity    Opt[Tenths]
	Rate        Opt[Cents]
	Per         RatePer
	Source      string
	Year        int
	Code        string
	MeterOut    Opt[Tenths]
	MeterBack   Opt[Tenths]
	Hours       Opt[Tenths]
	Usage       Opt[Cents] // quantity at the rate
	Operator    Opt[Cents]
	Fuel        Opt[Cents]
	Transport   Opt[Cents]
	Damage      Opt[Cents]
	Credit      Opt[Cents] // taken off
	// What the three were worked out from, and where that was noted.
	OperatorFrom  string
	FuelFrom      string
	TransportFrom string
	State         ChargeState
	Statement     ID[Statement]
	Corrects      ID[Charge]
	Note          string
}

// KindName is "charges".
func (Charge) KindName() string { return "charges" }

// Total adds the line up.
func (v *Charge) Total() Cents {
	return v.Usage.Or(0) + v.Operator.Or(0) + v.Fuel.Or(0) + v.Transport.Or(0) + v.Damage.Or(0) - v.Credit.Or(0)
}

// Open reports whether an amount of the line is not known yet: the use where the
// loan is charged for, or a part of which only the source is.
func (v *Charge) Open() bool {
	return v.Basis != BasisWaived && !v.Usage.Set || v.OperatorFrom != "" && !v.Operator.Set ||
		v.FuelFrom != "" && !v.Fuel.Set || v.TransportFrom != "" && !v.Transport.Set
}

// Counts reports whether the line is owed: lines written off are not.
func (v *Charge) Counts() bool { return v.State != WrittenOff }

// UsageOf multiplies a quantity by a rate, rounding half a cent up.
func UsageOf(quantity Tenths, rate Cents) Cents {
	n := int64(quantity) * int64(rate)
	if n < 0 {
		return Cents(-((-n + 5) / 10))
	}
	return Cents((n + 5) / 10)
}

// sameMoney reports whether two lines say the same of what is owed and why.
func (v *Charge) sameMoney(o *Charge) bool {
	a, b := *v, *o
	a.State, a.Statement, a.Note, b.State, b.Statement, b.Note = "", 0, "", "", 0, ""
	return a == b
}

func chargeStates() []Choice {
	return []Choice{{"accrued", "Accrued"}, {"billed", "Billed"}, {"disputed", "Disputed"}, {"paid", "Paid"},
		{"written off", "Written off"}}
}

func chargeKind() *Kind {
	return Def[Charge]{
		Tag: 36, One: "settlement line", Title: "Settlement lines", Realm: RealmCity, Numbered: true,
		Purpose:   "What each loan costs, with the readings, the rate and where the rate is from.",
		ID:        func(v *Charge) *ID[Charge] { return &v.ID },
		Label:     func(*Charge) string { return "" },
		Recognise: [][]string{{"reservation", "on", "usage", "basis"}},
		Parties:   func(_ Reader, v *Charge) []Party { return []Party{Party(v.Lender), Party(v.Borrower)} },
		Spans: func(v *Charge, yield func(Span)) {
			if v.On.Set {
				yield(Span{PairGroup(v.Lender, v.Borrower), v.On.V.At(0, 0), (v.On.V + 1).At(0, 0)})
			}
		},
		Check:      checkCharge,
		Transition: stepCharge,
		Fields:     append(chargeFields(), chargeMoney()...),
	}.Kind()
}

// PairGroup is the group of the settlement lines between two partners,
// whichever lends.
func PairGroup(a, b PartnerID) uint64 {
	if a > b {
		a, b = b, a
	}
	return groupOf("pair", strconv.FormatUint(uint64(a), 10), strconv.FormatUint(uint64(b), 10))
}

func checkCharge(c *Checking, before, v *Charge) {
	if v.Lender == v.Borrower && v.Lender != 0 {
		c.Add("borrower", "nobody is charged for a unit of their own")
	}
	for _, part := range []struct {
		field string
		is    Opt[Cents]
	}{{"operator", v.Operator}, {"fuel", v.Fuel}, {"transport", v.Transport}, {"damage", v.Damage}, {"credit", v.Credit}} {
		if part.is.Or(0) < 0 && v.Corrects == 0 {
			c.Add(part.field, "an amount is not negative; use the credit to take something off")
		}
	}
	switch {
	case v.Basis == BasisWaived && v.Usage.Or(0) != 0:
		c.Add("usage", "what is waived costs nothing")
	case v.Basis != BasisWaived && v.Quantity.Set && v.Rate.Set && v.Usage.Set && v.Usage.V != UsageOf(v.Quantity.V, v.Rate.V):
		c.Add("usage", "the amount is not the quantity at the rate, which makes "+UsageOf(v.Quantity.V, v.Rate.V).String())
	}
	if v.MeterOut.Set && v.MeterBack.Set && v.MeterBack.V < v.MeterOut.V {
		c.Add("meter_back", "the meter does not run backwards")
	}
	if before != nil && before.State != Accrued && !v.sameMoney(before) {
		c.Add("", "the line has been billed; add another that corrects it")
	}
	if s := Get(c, v.Statement); s != nil && !s.Between(v.Lender, v.Borrower) {
		c.Add("statement", "the statement is between other partners")
	}
	if v.State != Accrued && v.Statement == 0 {
		c.Warn("statement", "a line that has been billed names its statement")
	}
}

// stepCharge lets the borrower dispute and the lender settle and write off;
// either makes the statement that bills.
func stepCharge(_ Reader, by Actor, before, v *Charge) error {
	if v == nil || before == nil {
		return nil
	}
	switch {
	case before.State == v.State:
		return nil
	case v.State == Disputed && !by.Is(Party(v.Borrower)):
		return Fail(Forbidden, "the borrower disputes a line; ask them to")
	case v.State != Disputed && v.State != Billed && !by.Is(Party(v.Lender)):
		return Fail(Forbidden, "the lender takes the payment for a line or writes it off; ask them to")
	}
	return nil
}

func chargeFields() []Field[Charge] {
	return []Field[Charge]{
		Ref(1, "reservation", "Reservation", func(v *Charge) *ID[Reservation] { return &v.Reservation }).Wide(16).Names().Eg("reservation #12"),
		Ref(2, "lender", "Lender", func(v *Charge) *ID[Partner] { return &v.Lender }).Need().Wide(14).Eg("Raytown"),
		Ref(3, "borrower", "Borrower", func(v *Charge) *ID[Partner] { return &v.Borrower }).Need().Wide(14).Eg("Grandview"),
		OnDay(4, "on", "Day", func(v *Charge) *Opt[Day] { return &v.On }).Need().Wide(12).Eg("Mar 4, 2027"),
		Word(5, "basis", "Charged by", func(v *Charge) *Basis { return &v.Basis }, bases()...).Need().Wide(8).Eg("Meter"),
		Amount(6, "quantity", "Quantity", func(v *Charge) *Opt[Tenths] { return &v.Quantity }).Wide(8).Eg("31.5"),
		Money(7, "rate", "Rate", func(v *Charge) *Opt[Cents] { return &v.Rate }).Wide(9).Eg("120.74"),
		Word(8, "per", "Per", func(v *Charge) *RatePer { return &v.Per }, ratePers()...).Tucked(),
		Text(9, "source", "Rate from", func(v *Charge) *string { return &v.Source }).Tucked().Eg("FEMA"),
		Int(10, "year", "Schedule year", func(v *Charge) *int { return &v.Year }).Tucked(),
		Text(11, "code", "Code", func(v *Charge) *string { return &v.Code }).Tucked(),
		Meter(12, "meter_out", "Meter out", func(v *Charge) *Opt[Tenths] { return &v.MeterOut }).Tucked(),
		Meter(13, "meter_back", "Meter back", func(v *Charge) *Opt[Tenths] { return &v.MeterBack }).Tucked(),
		Amount(14, "hours", "Hours on loan", func(v *Charge) *Opt[Tenths] { return &v.Hours }).Wide(7).Eg("58"),
	}
}

func chargeMoney() []Field[Charge] {
	return []Field[Charge]{
		Money(15, "usage", "Usage", func(v *Charge) *Opt[Cents] { return &v.Usage }).Wide(11).Eg("3,803.31"),
		Money(16, "operator", "Operator", func(v *Charge) *Opt[Cents] { return &v.Operator }).Tucked(),
		Money(17, "fuel", "Fuel", func(v *Charge) *Opt[Cents] { return &v.Fuel }).Tucked(),
		Money(18, "transport", "Transport", func(v *Charge) *Opt[Cents] { return &v.Transport }).Tucked(),
		Money(19, "damage", "Damage", func(v *Charge) *Opt[Cents] { return &v.Damage }).Tucked(),
		Money(20, "credit", "Credit", func(v *Charge) *Opt[Cents] { return &v.Credit }).Tucked(),
		Word(21, "state", "State", func(v *Charge) *ChargeState { return &v.State }, chargeStates()...).Need().Wide(10).Eg("Accrued"),
		Ref(22, "statement", "Statement", func(v *Charge) *ID[Statement] { return &v.Statement }).Tucked(),
		Ref(23, "corrects", "Corrects", func(v *Charge) *ID[Charge] { return &v.Corrects }).Tucked(),
		Long(24, "note", "Note", func(v *Charge) *string { return &v.Note }).Tucked(),
		Text(25, "operator_from", "Operator from", func(v *Charge) *string { return &v.OperatorFrom }).Tucked(),
		Text(26, "fuel_from", "Fuel from", func(v *Charge) *string { return &v.FuelFrom }).Tucked(),
		Text(27, "transport_from", "Transport from", func(v *Charge) *string { return &v.TransportFrom }).Tucked(),
	}
}
