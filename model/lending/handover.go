package lending

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/value"
)

// HandoverID identifies a hand-over.
type HandoverID = field.ID[Handover]

// ReturnID identifies a return.
type ReturnID = field.ID[Return]

// Fuel is how full a tank is.
type Fuel string

func fuels() []field.Choice {
	return []field.Choice{{Value: "empty", Title: "Empty"}, {Value: "1/4", Title: "1/4"}, {Value: "1/2", Title: "1/2"},
		{Value: "3/4", Title: "3/4"}, {Value: "full", Title: "Full"}}
}

// Handover records that a unit was given to its borrower. Once both have put
// their names to it, it is corrected by another that amends it.
type Handover struct {
	ID          field.ID[Handover]
	Reservation field.ID[Reservation]
	Unit        field.ID[Equipment]
	Inspection
	Transport value.Cost // of bringing it there
	Amends    field.ID[Handover]
}

// Return records that a unit came back, in the same way.
type Return struct {
	ID          field.ID[Return]
	Reservation field.ID[Reservation]
	Unit        field.ID[Equipment]
	Inspection
	Damage    string
	FuelCost  value.Cost // what the loan cost beside the use of the unit
	Transport value.Cost // of bringing it back
	Operator  value.Cost
	Amends    field.ID[Return]
}

// Inspection is what both sides note when a unit changes hands.
type Inspection struct {
	At        value.Opt[value.Wall]
	Meter     value.Opt[value.Tenths]
	Fuel      Fuel
	Condition value.Opt[int64] // 1 poor to 5 as new
	Checklist []string         // what was looked at and in order
	GivenBy   string
	TakenBy   string
	Entered   value.Opt[value.Day] // when that was not on the day itself
	Note      string
}

// Signed reports whether both sides have put their names to it.
func (i *Inspection) Signed() bool { return i.GivenBy != "" && i.TakenBy != "" }

// KindHandovers names the kind whose records are of type [Handover].
const KindHandovers = "handovers"

// KindName is "handovers".
func (Handover) KindName() string { return KindHandovers }

// KindReturns names the kind whose records are of type [Return].
const KindReturns = "returns"

// KindName is "returns".
func (Return) KindName() string { return KindReturns }

// HandoverOf gives the hand-over of a reservation as last amended; nil when
// none is recorded.
func HandoverOf(r field.Reader, id ReservationID) *Handover {
	var last *Handover
	for h := range field.Of[Handover](r, "reservation", id) {
		if last == nil || h.ID > last.ID {
			last = h
		}
	}
	return last
}

// ReturnOf gives the return of a reservation as last amended; nil when none is
// recorded.
func ReturnOf(r field.Reader, id ReservationID) *Return {
	var last *Return
	for h := range field.Of[Return](r, "reservation", id) {
		if last == nil || h.ID > last.ID {
			last = h
		}
	}
	return last
}

// MeterOf gives a unit's last known reading: the highest of its own record's
// and those at hand-overs and returns that stand.
func MeterOf(r field.Reader, unit EquipmentID) value.Opt[value.Tenths] {
	var out value.Opt[value.Tenths]
	take := func(m value.Opt[value.Tenths]) {
		if m.Set && (!out.Set || m.V > out.V) {
			out = m
		}
	}
	if e := field.Get(r, unit); e != nil {
		take(e.Meter)
	}
	for h := range field.Of[Handover](r, "unit", unit) {
		if last := HandoverOf(r, h.Reservation); last != nil && last.ID == h.ID {
			take(h.Meter)
		}
	}
	for h := range field.Of[Return](r, "unit", unit) {
		if last := ReturnOf(r, h.Reservation); last != nil && last.ID == h.ID {
			take(h.Meter)
		}
	}
	return out
}

// coversLoan visits what a hand-over or a return changes besides.
func coversLoan(loan ReservationID, unit EquipmentID, visit func(kind string, id uint64)) {
	visit(Reservation{}.KindName(), uint64(loan))
	visit(Equipment{}.KindName(), uint64(unit))
}

// DescribeHandover describes hand-overs.
func DescribeHandover() *field.Kind {
	return field.Def[Handover]{
		Tag: 34, One: "hand-over", Title: "Hand-overs", Scope: field.ScopeCity, Numbered: true,
		Purpose: "That a unit was given to its borrower: when, at which meter, in what condition, by whom " +
			"and to whom.",
		ID:        func(v *Handover) *field.ID[Handover] { return &v.ID },
		Label:     func(*Handover) string { return "" },
		Recognise: [][]string{{"reservation", "at", "meter"}},
		Parties:   func(r field.Reader, v *Handover) []field.Party { return loanParties(r, v.Reservation) },
		Told: field.Told[Handover]{Covers: func(v *Handover, visit func(string, uint64)) {
			coversLoan(v.Reservation, v.Unit, visit)
		}},
		Check: func(c *field.Checking, before, v *Handover) {
			var old *Inspection
			if before != nil {
				old = &before.Inspection
			}
			checkInspection(c, old, &v.Inspection)
			checkMeter(c, "meter", countsOf(c, v.Unit), v.Meter)
			if v.Amends != 0 {
				checkAmends(c, before == nil, v.Note, field.Get(c, v.Amends), "hand-over",
					func(o *Handover) bool { return o.Reservation == v.Reservation && o.ID != v.ID })
			}
			checkCosts(c, before != nil && before.Signed() && before.Transport != v.Transport, "transport", v.Transport)
			loan := field.Get(c, v.Reservation)
			if loan != nil && loan.Unit != 0 && loan.Unit != v.Unit {
				c.Add("unit", "the reservation is for another unit")
			}
			for h := range field.Of[Handover](c, "reservation", v.Reservation) {
				if h.ID < v.ID {
					checkChain(c, v.Amends != 0, uint64(h.ID), "hand-over")
					break
				}
			}
			if old == nil || old.At != v.At || old.Meter != v.Meter {
				checkNeighbors(c, reading{&v.Inspection, v.Reservation, true}, v.Unit)
			}
			back := ReturnOf(c, v.Reservation)
			if old == nil || old.At != v.At {
				var until value.Opt[value.Wall]
				if back != nil {
					until = back.At
				}
				checkApart(c, "at", v.Reservation, v.Unit, v.At, until)
			}
			if back != nil && back.Meter.Set && v.Meter.Set && back.Meter.V < v.Meter.V {
				c.Add("meter", "the unit came back at "+back.Meter.V.String()+" and cannot have gone out at "+
					v.Meter.V.String())
			}
		},
		Fields: handoverFields(),
	}.Kind()
}

// DescribeReturn describes returns.
func DescribeReturn() *field.Kind {
	return field.Def[Return]{
		Tag: 35, One: "return", Title: "Returns", Scope: field.ScopeCity, Numbered: true,
		Purpose:   "That a unit came back: when, at which meter, in what condition, by whom and to whom.",
		ID:        func(v *Return) *field.ID[Return] { return &v.ID },
		Label:     func(*Return) string { return "" },
		Recognise: [][]string{{"reservation", "at", "meter"}},
		Parties:   func(r field.Reader, v *Return) []field.Party { return loanParties(r, v.Reservation) },
		Told: field.Told[Return]{Covers: func(v *Return, visit func(string, uint64)) {
			coversLoan(v.Reservation, v.Unit, visit)
		}},
		Check:  checkReturn,
		Fields: returnFields(),
	}.Kind()
}

// handoverFields are the columns of a hand-over.
func handoverFields() []field.Field[Handover] {
	return append([]field.Field[Handover]{
		field.Ref(1, "reservation", "Reservation", func(v *Handover) *field.ID[Reservation] { return &v.Reservation }).
			Required().Width(18).Example("reservation #12"),
		field.Ref(2, "unit", "Unit", func(v *Handover) *field.ID[Equipment] { return &v.Unit }).Required().Width(22).
			Example("RT-104 Dump truck"),
		field.Ref(3, "amends", "Amends", func(v *Handover) *field.ID[Handover] { return &v.Amends }).HiddenByDefault(),
		field.Costs(4, "transport", "Transport there", func(v *Handover) *value.Cost { return &v.Transport }).
			HiddenByDefault().
			Help("What bringing it there cost, where the borrower pays it.").Example("18 mi at 4.50, lowboy"),
	}, field.Part(10, "", "", func(v *Handover) *Inspection { return &v.Inspection }, inspectionFields())...)
}

// returnFields are the columns of a return.
func returnFields() []field.Field[Return] {
	return append([]field.Field[Return]{
		field.Ref(1, "reservation", "Reservation", func(v *Return) *field.ID[Reservation] { return &v.Reservation }).
			Required().Width(18).Example("reservation #12"),
		field.Ref(2, "unit", "Unit", func(v *Return) *field.ID[Equipment] { return &v.Unit }).Required().Width(22).
			Example("RT-104 Dump truck"),
		field.Ref(3, "amends", "Amends", func(v *Return) *field.ID[Return] { return &v.Amends }).HiddenByDefault(),
		field.Text(4, "damage", "Damage", func(v *Return) *string { return &v.Damage }).HiddenByDefault(),
		field.Costs(5, "fuel_cost", "Fuel bill", func(v *Return) *value.Cost { return &v.FuelCost }).HiddenByDefault().
			Help("What the owner fills up and the borrower pays.").Example("12.4 gal at 3.499, receipt 4411"),
		field.Costs(6, "transport", "Transport back", func(v *Return) *value.Cost { return &v.Transport }).
			HiddenByDefault().
			Help("What bringing it back cost, where the borrower pays it.").Example("18 mi at 4.50, lowboy"),
		field.Costs(7, "operator", "Operator", func(v *Return) *value.Cost { return &v.Operator }).HiddenByDefault().
			Help("What the owner's operator is paid for.").Example("6.5 h at 42.50, time sheet"),
	}, field.Part(10, "", "", func(v *Return) *Inspection { return &v.Inspection }, inspectionFields())...)
}

func inspectionFields() []field.Field[Inspection] {
	return []field.Field[Inspection]{
		field.AtWall(1, "at", "When", func(i *Inspection) *value.Opt[value.Wall] { return &i.At }).Required().Width(19).
			Example("Tue Mar 2, 7:30 am"),
		field.Meter(2, "meter", "Meter", func(i *Inspection) *value.Opt[value.Tenths] { return &i.Meter }).Width(9).
			Example("4121.0"),
		field.Word(3, "fuel", "Fuel", func(i *Inspection) *Fuel { return &i.Fuel }, fuels()...).Width(6).
			Example("Full"),
		field.OptInt(4, "condition", "Condition", func(i *Inspection) *value.Opt[int64] { return &i.Condition }).
			Width(9).Example("4").
			Help("From 1, poor, to 5, as new."),
		field.Texts(5, "checklist", "In order", func(i *Inspection) *[]string { return &i.Checklist }).
			HiddenByDefault().Example("lights; tires; hydraulics"),
		field.Text(6, "given_by", "Given by", func(i *Inspection) *string { return &i.GivenBy }).Width(16).
			Example("Dana Reyes"),
		field.Text(7, "taken_by", "Taken by", func(i *Inspection) *string { return &i.TakenBy }).Width(16).
			Example("Sam Ortiz"),
		field.OnDay(8, "entered", "Entered on", func(i *Inspection) *value.Opt[value.Day] { return &i.Entered }).
			HiddenByDefault().
			Help("Where that was another day than the one on which it happened."),
		field.Long(9, "note", "Note", func(i *Inspection) *string { return &i.Note }).HiddenByDefault(),
	}
}

// OutgoingFields are what both sides note when a unit goes out, in the order in
// which one walks around a machine; the reading comes first, because it is what
// gets forgotten. What else bears on the settlement is next.
func OutgoingFields() []field.Field[Handover] {
	return field.Pick(handoverFields(), "meter", "fuel", "condition", "transport", "given_by", "taken_by", "at",
		"checklist", "note")
}

// IncomingFields are what both sides note when a unit is back, in the same order.
func IncomingFields() []field.Field[Return] {
	return field.Pick(returnFields(), "meter", "fuel", "condition", "fuel_cost", "transport", "operator", "damage",
		"given_by", "taken_by", "at", "checklist", "note")
}

func loanParties(r field.Reader, id ReservationID) []field.Party {
	if loan := field.Get(r, id); loan != nil {
		return reservationParties(r, loan)
	}
	return nil
}

func checkInspection(c *field.Checking, before, i *Inspection) {
	if i.Condition.Set && (i.Condition.V < 1 || i.Condition.V > 5) {
		c.Add("condition", "a condition is from 1, poor, to 5, as new")
	}
	if i.Meter.Or(0) < 0 {
		c.Add("meter", "a meter reading is not negative")
	}
	if i.At.Set && i.At.V > c.Now+24*60 {
		c.Add("at", "what has not happened yet cannot be recorded")
	}
	if !i.Signed() {
		c.Warn("taken_by", "one name is missing; both sides sign")
	}
	if before != nil && before.Signed() && !sameInspection(before, i) {
		c.Add("", "both sides have signed this; record an amendment that says what is right")
	}
}

// checkCosts refuses costs that cannot be worked out, and a change of those that
// both sides have signed.
func checkCosts(c *field.Checking, changed bool, field string, cost value.Cost) {
	amount, err := cost.Amount()
	if err != nil {
		c.Add(field, err.Error())
	}
	checkMost(c, field, "a cost", amount, maxAmount)
	if changed {
		c.Add(field, "both sides have signed this; record an amendment that says what is right")
	}
}

// checkReturnCosts is checkCosts for all that is noted at a return.
func checkReturnCosts(c *field.Checking, before, v *Return, loan *Reservation) {
	was := v
	if before != nil && before.Signed() {
		was = before
	}
	checkCosts(c, was.FuelCost != v.FuelCost, "fuel_cost", v.FuelCost)
	checkCosts(c, was.Transport != v.Transport, "transport", v.Transport)
	checkCosts(c, was.Operator != v.Operator, "operator", v.Operator)
	if loan != nil && loan.Terms.Source == SourceFEMA && v.FuelCost != "" {
		c.Warn("fuel_cost", "the FEMA rate includes fuel; charge it apart only where the cities agreed to")
	}
}

func sameInspection(a, b *Inspection) bool {
	return a.At == b.At && a.Meter == b.Meter && a.Fuel == b.Fuel && a.Condition == b.Condition &&
		a.GivenBy == b.GivenBy && a.TakenBy == b.TakenBy
}

// checkChain refuses a second record of what happens once.
func checkChain(c *field.Checking, amends bool, other uint64, what string) {
	if other != 0 && !amends {
		c.Add("reservation", "the "+what+" is recorded already (#"+strconv.FormatUint(other, 10)+"); amend that one")
	}
}

// checkAmends refuses an amendment of another loan's paper, and one that does not
// say why.
func checkAmends[T Handover | Return](c *field.Checking, fresh bool, note string, amended *T, what string,
	same func(*T) bool) {
	if amended != nil && !same(amended) {
		c.Add("amends", "the "+what+" that is amended is another loan's; name that of this one")
	}
	if fresh && note == "" {
		c.Add("note", "say in the note why the "+what+" is amended")
	}
}

func checkReturn(c *field.Checking, before, v *Return) {
	var old *Inspection
	if before != nil {
		old = &before.Inspection
	}
	checkInspection(c, old, &v.Inspection)
	checkMeter(c, "meter", countsOf(c, v.Unit), v.Meter)
	if v.Amends != 0 {
		checkAmends(c, before == nil, v.Note, field.Get(c, v.Amends), "return",
			func(o *Return) bool { return o.Reservation == v.Reservation && o.ID != v.ID })
	}
	if v.Amends == 0 {
		for h := range field.Of[Return](c, "reservation", v.Reservation) {
			if h.ID < v.ID {
				checkChain(c, false, uint64(h.ID), "return")
				break
			}
		}
	}
	if old == nil || old.At != v.At || old.Meter != v.Meter {
		checkNeighbors(c, reading{&v.Inspection, v.Reservation, false}, v.Unit)
	}
	loan := field.Get(c, v.Reservation)
	checkReturnCosts(c, before, v, loan)
	if loan != nil && loan.Unit != v.Unit {
		c.Add("unit", "the reservation is for another unit")
	}
	out := HandoverOf(c, v.Reservation)
	if out == nil {
		if before == nil && loan != nil && loan.State != OutOnLoan && loan.State != Returned && loan.State != Closed {
			c.Add("reservation", "the unit has not been handed over; record the hand-over first")
		} else {
			c.Warn("reservation", "its hand-over is not recorded")
		}
		return
	}
	if v.At.Set && out.At.Set {
		switch minutes := CalendarOf(c, c.Now).Elapsed(out.At.V, v.At.V); {
		case minutes < 0:
			c.Add("at", "the return is before the hand-over of "+out.At.V.Long())
		case minutes > longestLoan:
			c.Add("at", "a loan takes three years at most, and the hand-over was on "+out.At.V.Long())
		case old == nil || old.At != v.At:
			checkApart(c, "at", v.Reservation, v.Unit, out.At, v.At)
		}
	}
	if v.Meter.Set && out.Meter.Set && v.Meter.V < out.Meter.V {
		c.Add("meter", "the meter went out at "+out.Meter.V.String()+" and cannot come back at "+v.Meter.V.String()+
			"; if the hand-over was mistyped, amend that first")
	}
}
