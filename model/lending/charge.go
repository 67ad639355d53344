package lending

import (
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ChargeID identifies a settlement line.
type ChargeID = field.ID[Charge]

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
	ID          field.ID[Charge]
	Reservation field.ID[Reservation]
	Lender      field.ID[partnership.Partner]
	Borrower    field.ID[partnership.Partner]
	On          value.Opt[value.Day] // the day of the return, by which it falls in a period
	Basis       Basis
	Quantity    value.Opt[value.Tenths]
	Rate        value.Opt[value.Price]
	Per         RatePer
	Source      string
	Year        int
	Code        string
	MeterOut    value.Opt[value.Tenths]
	MeterBack   value.Opt[value.Tenths]
	Hours       value.Opt[value.Tenths]
	Usage       value.Opt[value.Cents] // quantity at the rate
	Operator    value.Opt[value.Cents]
	Fuel        value.Opt[value.Cents]
	Transport   value.Opt[value.Cents]
	Damage      value.Opt[value.Cents]
	Credit      value.Opt[value.Cents] // taken off
	// What the three were worked out from, and where that was noted.
	OperatorFrom  string
	FuelFrom      string
	TransportFrom string
	State         ChargeState
	Statement     field.ID[Statement]
	Corrects      field.ID[Charge]
	Note          string
}

// KindCharges names the kind whose records are of type [Charge].
const KindCharges = "charges"

// KindName is "charges".
func (Charge) KindName() string { return KindCharges }

// Total adds the line up.
func (v *Charge) Total() value.Cents {
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

// sameMoney reports whether two lines say the same of what is owed and why.
func (v *Charge) sameMoney(o *Charge) bool {
	a, b := *v, *o
	a.State, a.Statement, a.Note, b.State, b.Statement, b.Note = "", 0, "", "", 0, ""
	return a == b
}

func chargeStates() []field.Choice {
	return []field.Choice{{Value: "accrued", Title: "Accrued"}, {Value: "billed", Title: "Billed"},
		{Value: "disputed", Title: "Disputed"}, {Value: "paid", Title: "Paid"},
		{Value: "written off", Title: "Written off"}}
}

// DescribeCharge describes settlement lines.
func DescribeCharge() *field.Kind {
	return field.Def[Charge]{
		Tag: 36, One: "settlement line", Title: "Settlement lines", Scope: field.ScopeCity, Numbered: true,
		Purpose:   "What each loan costs, with the readings, the rate and where the rate is from.",
		ID:        func(v *Charge) *field.ID[Charge] { return &v.ID },
		Label:     func(*Charge) string { return "" },
		Recognise: [][]string{{"reservation", "on", "usage", "basis"}},
		Parties: func(_ field.Reader, v *Charge) []field.Party {
			return []field.Party{field.Party(v.Lender), field.Party(v.Borrower)}
		},
		Spans: func(v *Charge, yield func(value.Span)) {
			if v.On.Set {
				yield(value.Span{Group: PairGroup(v.Lender, v.Borrower), From: v.On.V.At(0, 0),
					Until: (v.On.V + 1).At(0, 0)})
			}
		},
		Check:      checkCharge,
		Due:        dueCharge,
		Transition: stepCharge,
		Fields:     append(chargeFields(), chargeMoney()...),
	}.Kind()
}

// PairGroup is the group of the settlement lines between two partners,
// whichever lends.
func PairGroup(a, b partnership.PartnerID) uint64 {
	if a > b {
		a, b = b, a
	}
	return groupOf("pair", strconv.FormatUint(uint64(a), 10), strconv.FormatUint(uint64(b), 10))
}

func checkCharge(c *field.Checking, before, v *Charge) {
	if v.Lender == v.Borrower && v.Lender != 0 {
		c.Add("borrower", "nobody is charged for a unit of their own")
	}
	for _, part := range []struct {
		field string
		is    value.Opt[value.Cents]
	}{{"operator", v.Operator}, {"fuel", v.Fuel}, {"transport", v.Transport}, {"damage", v.Damage},
		{"credit", v.Credit}} {
		checkMost(c, part.field, "an amount on a line", part.is, maxAmount)
		if part.is.Or(0) < 0 && v.Corrects == 0 {
			c.Add(part.field, "an amount is not negative; use the credit to take something off")
		}
	}
	switch {
	case v.Basis == BasisWaived && v.Usage.Or(0) != 0:
		c.Add("usage", "what is waived costs nothing")
	case v.Basis != BasisWaived && v.Quantity.Set && v.Rate.Set && v.Usage.Set &&
		v.Usage.V != v.Rate.V.Times(v.Quantity.V):
		c.Add("usage", "the amount is not the quantity at the rate, which makes "+
			v.Rate.V.Times(v.Quantity.V).String())
	}
	checkMost(c, "usage", "an amount on a line", v.Usage, maxAmount)
	checkRate(c, "rate", v.Rate)
	if loan := field.Get(c, v.Reservation); loan != nil {
		counts := countsOf(c, loan.Unit)
		checkMeter(c, "meter_out", counts, v.MeterOut)
		checkMeter(c, "meter_back", counts, v.MeterBack)
		if why := MilesOnHours(counts, v.Per); why != "" && v.Basis == BasisMeter && before == nil {
			c.Add("per", why)
		}
	}
	if v.Hours.Or(0) > longestLoan/6 {
		c.Add("hours", "a loan takes three years at most; look at "+v.Hours.V.String()+" hours again")
	}
	if v.MeterOut.Set && v.MeterBack.Set && v.MeterBack.V < v.MeterOut.V {
		c.Add("meter_back", "the meter does not run backwards")
	}
	if before != nil && before.State != Accrued && !v.sameMoney(before) {
		c.Add("", "the line has been billed; add another that corrects it")
	}
	if v.State == Disputed && before != nil && before.State != Disputed && v.Note == before.Note && !c.Back {
		c.Add("note", "say in the note what about the line is not right")
	}
	if before != nil && before.Statement != 0 && !c.Back {
		checkStanding(c, before, v)
	}
	if s := field.Get(c, v.Statement); s != nil && !s.Between(v.Lender, v.Borrower) {
		c.Add("statement", "the statement is between other partners")
	}
	if v.State != Accrued && v.Statement == 0 {
		c.Warn("statement", "a line that has been billed names its statement")
	}
}

// checkStanding keeps a line on the statement it was billed on, and owed as long as
// that says so.
func checkStanding(c *field.Checking, before, v *Charge) {
	s := field.Get(c, before.Statement)
	switch {
	case v.Statement != before.Statement:
		c.Add("statement", "the line stands on a statement and stays there; what corrects it stands on the next one")
	case v.State == before.State || s == nil:
	case v.State == WrittenOff || v.State == Accrued:
		c.Add("state", "the line stands on a statement that was sent; add a line that corrects it")
	case s.State == StatementSettled && v.State != Paid:
		c.Add("state", "the statement of the line is settled; add a line that corrects it")
	}
}

// stepCharge lets the borrower dispute and the lender settle and write off;
// either makes the statement that bills.
func stepCharge(_ field.Reader, by field.Actor, before, v *Charge) error {
	if v == nil || before == nil {
		return nil
	}
	switch {
	case before.State == v.State:
		return nil
	case v.State == Disputed && !by.Is(field.Party(v.Borrower)):
		return failure.New(failure.Forbidden, "the borrower disputes a line; ask them to")
	case v.State != Disputed && v.State != Billed && !by.Is(field.Party(v.Lender)):
		return failure.New(failure.Forbidden, "the lender takes the payment for a line or writes it off; ask them to")
	}
	return nil
}

func chargeFields() []field.Field[Charge] {
	return []field.Field[Charge]{
		field.Ref(1, "reservation", "Reservation", func(v *Charge) *field.ID[Reservation] { return &v.Reservation }).
			Width(16).NamesRecord().Example("reservation #12"),
		field.Ref(2, "lender", "Lender", func(v *Charge) *field.ID[partnership.Partner] { return &v.Lender }).
			Required().Width(14).Example("Raytown"),
		field.Ref(3, "borrower", "Borrower", func(v *Charge) *field.ID[partnership.Partner] { return &v.Borrower }).
			Required().Width(14).Example("Grandview"),
		field.OnDay(4, "on", "Day", func(v *Charge) *value.Opt[value.Day] { return &v.On }).Required().Width(12).
			Example("Mar 4, 2027"),
		field.Word(5, "basis", "Charged by", func(v *Charge) *Basis { return &v.Basis }, bases()...).Required().
			Width(8).Example("Meter"),
		field.Amount(6, "quantity", "Quantity", func(v *Charge) *value.Opt[value.Tenths] { return &v.Quantity }).
			Width(8).Example("31.5"),
		field.Price(7, "rate", "Rate", func(v *Charge) *value.Opt[value.Price] { return &v.Rate }).Width(9).
			Example("120.74"),
		field.Word(8, "per", "Per", func(v *Charge) *RatePer { return &v.Per }, ratePers()...).HiddenByDefault(),
		field.Text(9, "source", "Rate from", func(v *Charge) *string { return &v.Source }).HiddenByDefault().
			Example("FEMA"),
		field.Int(10, "year", "Schedule year", func(v *Charge) *int { return &v.Year }).HiddenByDefault(),
		field.Text(11, "code", "Code", func(v *Charge) *string { return &v.Code }).HiddenByDefault(),
		field.Meter(12, "meter_out", "Meter out", func(v *Charge) *value.Opt[value.Tenths] { return &v.MeterOut }).
			HiddenByDefault(),
		field.Meter(13, "meter_back", "Meter back", func(v *Charge) *value.Opt[value.Tenths] { return &v.MeterBack }).
			HiddenByDefault(),
		field.Amount(14, "hours", "Hours on loan", func(v *Charge) *value.Opt[value.Tenths] { return &v.Hours }).
			Width(7).Example("58"),
	}
}

func chargeMoney() []field.Field[Charge] {
	return []field.Field[Charge]{
		field.Money(15, "usage", "Usage", func(v *Charge) *value.Opt[value.Cents] { return &v.Usage }).Width(11).
			Example("3,803.31"),
		field.Money(16, "operator", "Operator", func(v *Charge) *value.Opt[value.Cents] { return &v.Operator }).
			HiddenByDefault(),
		field.Money(17, "fuel", "Fuel", func(v *Charge) *value.Opt[value.Cents] { return &v.Fuel }).HiddenByDefault(),
		field.Money(18, "transport", "Transport", func(v *Charge) *value.Opt[value.Cents] { return &v.Transport }).
			HiddenByDefault(),
		field.Money(19, "damage", "Damage", func(v *Charge) *value.Opt[value.Cents] { return &v.Damage }).
			HiddenByDefault(),
		field.Money(20, "credit", "Credit", func(v *Charge) *value.Opt[value.Cents] { return &v.Credit }).
			HiddenByDefault(),
		field.Word(21, "state", "State", func(v *Charge) *ChargeState { return &v.State }, chargeStates()...).
			Required().Width(10).Example("Accrued"),
		field.Ref(22, "statement", "Statement", func(v *Charge) *field.ID[Statement] { return &v.Statement }).
			HiddenByDefault(),
		field.Ref(23, "corrects", "Corrects", func(v *Charge) *field.ID[Charge] { return &v.Corrects }).
			HiddenByDefault(),
		field.Long(24, "note", "Note", func(v *Charge) *string { return &v.Note }).HiddenByDefault(),
		field.Text(25, "operator_from", "Operator from", func(v *Charge) *string { return &v.OperatorFrom }).
			HiddenByDefault(),
		field.Text(26, "fuel_from", "Fuel from", func(v *Charge) *string { return &v.FuelFrom }).HiddenByDefault(),
		field.Text(27, "transport_from", "Transport from", func(v *Charge) *string { return &v.TransportFrom }).
			HiddenByDefault(),
	}
}
