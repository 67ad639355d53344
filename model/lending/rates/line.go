package rates

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TermsOf gives what a loan of a unit that begins on a day is charged at. Of the
// federal schedule it is the row in force then: of the year arranged for the unit,
// or, for a loan of an earlier day, of the last one on file up to that. A unit for
// which nothing is arranged is lent without charge. The error says what is missing
// from the schedule.
func TermsOf(r field.Reader, unit *lending.Equipment, day value.Day) (lending.Terms, error) {
	terms, err := termsOf(r, unit, day)
	if why := lending.MilesOnHours(unit.MeterKind, terms.Per); err == nil && why != "" {
		return lending.Terms{}, failure.New(failure.Invalid, unit.Tag+": "+why)
	}
	return terms, err
}

// TermsFor gives what a loan of a unit to a borrower is charged at. Where the
// agreement between the two says no charge, it is none, whatever the unit is
// otherwise let for; a rate that it says holds for units that say nothing. One's own
// unit costs nothing.
func TermsFor(r field.Reader, unit *lending.Equipment, borrower partnership.PartnerID,
	day value.Day) (lending.Terms, error) {
	if unit.Owner == borrower {
		return lending.Terms{Basis: lending.BasisWaived}, nil
	}
	a := partnership.Charges(r, day, unit.Owner, borrower)
	switch {
	case a == nil:
	case a.Charging == partnership.ChargingNone:
		return lending.Terms{Basis: lending.BasisWaived, Source: a.Title}, nil
	case unit.Charge == "":
		under := *unit
		under.Charge = lending.ChargeRule(a.Charging)
		if lacks := lacksRate(&under); lacks != "" {
			return lending.Terms{}, failure.New(failure.Invalid, "loans under "+a.Title+" are charged at the "+lacks+
				", which "+unit.Tag+" has none of; fill it in, or say of the unit that it is lent without charge")
		}
		unit = &under
	}
	return TermsOf(r, unit, day)
}

// lacksRate names the rate that a unit is to be charged at and does not have.
func lacksRate(unit *lending.Equipment) string {
	switch {
	case unit.Charge == lending.ChargeLocal && (!unit.LocalRate.Set || unit.LocalPer == ""):
		return "owner's rate"
	case unit.Charge == lending.ChargeFEMA && (unit.FEMACode == "" || unit.FEMAYear == 0):
		return "FEMA rate of a code and a year"
	}
	return ""
}

// inForce finds the row of the federal schedule that holds for a unit on a day.
func inForce(r field.Reader, unit *lending.Equipment, day value.Day) *lending.Rate {
	if day.Year() >= unit.FEMAYear {
		return lending.RateOf(r, lending.SourceFEMA, unit.FEMAYear, unit.FEMACode)
	}
	for year := day.Year(); year >= firstSchedule; year-- {
		if rate := lending.RateOf(r, lending.SourceFEMA, year, unit.FEMACode); rate != nil {
			return rate
		}
	}
	return nil
}

// firstSchedule is the earliest year of which a schedule may be on file.
const firstSchedule = 1990

func termsOf(r field.Reader, unit *lending.Equipment, day value.Day) (lending.Terms, error) {
	switch unit.Charge {
	case lending.ChargeLocal:
		return lending.Terms{Basis: basisOf(unit, unit.LocalPer), Rate: unit.LocalRate, Per: unit.LocalPer,
			Source: ownerName(r, unit)}, nil
	case lending.ChargeFEMA:
		rate := inForce(r, unit, day)
		if rate == nil && day.Year() < unit.FEMAYear {
			return lending.Terms{}, failure.New(failure.NotFound, "no FEMA schedule in force on "+day.Long()+
				" is on file for code "+
				unit.FEMACode+" of "+unit.Tag+"; import the schedule of that year")
		}
		if rate == nil {
			return lending.Terms{}, failure.New(failure.NotFound, "code "+unit.FEMACode+" is not in the FEMA "+
				"schedule on file; import that year's schedule or mend the code of "+unit.Tag)
		}
		if rate.Per == "" {
			return lending.Terms{}, failure.New(failure.Invalid, "the schedule does not say what the rate of code "+
				rate.Code+
				" is for; fill in hour or mile before it is used")
		}
		return lending.Terms{Basis: basisOf(unit, rate.Per), Rate: rate.Amount, Per: rate.Per, Source: rate.Source,
			Year: rate.Year, Code: rate.Code}, nil
	}
	return lending.Terms{Basis: lending.BasisWaived}, nil
}

func ownerName(r field.Reader, unit *lending.Equipment) string {
	if p := field.Get(r, unit.Owner); p != nil {
		return p.Name
	}
	return "owner"
}

// basisOf says what counts the quantity of a rate: the unit's meter where it
// counts the same, otherwise the clock.
func basisOf(unit *lending.Equipment, per lending.RatePer) lending.Basis {
	switch per {
	case lending.PerDay:
		return lending.BasisDay
	case lending.PerLoan:
		return lending.BasisFlat
	case lending.PerMile:
		return lending.BasisMeter
	}
	if unit.MeterKind == lending.MeterHours {
		return lending.BasisMeter
	}
	return lending.BasisClock
}

// HoursOf gives true minutes as hours, to the nearest tenth.
func HoursOf(minutes int64) value.Tenths { return value.Tenths((minutes*10 + 30) / 60) }

// LineFor makes the settlement line of a loan from its hand-over and return. A
// quantity that cannot be known, because a meter was not read, stays open and
// so does the amount. Minutes is the true time between the two. What the papers
// say of fuel, transport and the operator counts where extras do not.
func LineFor(loan *lending.Reservation, lender partnership.PartnerID, out *lending.Handover, back *lending.Return,
	minutes int64, extras Extras) *lending.Charge {
	line := &lending.Charge{Reservation: loan.ID, Lender: lender, Borrower: loan.Borrower, State: lending.Accrued,
		Basis: loan.Terms.Basis, Rate: loan.Terms.Rate, Per: loan.Terms.Per, Source: loan.Terms.Source,
		Year: loan.Terms.Year, Code: loan.Terms.Code,
		MeterBack: back.Meter}
	Noted(out, back).under(extras).into(line)
	if back.At.Set {
		line.On = value.Some(back.At.V.Day())
	}
	if out != nil {
		line.MeterOut = out.Meter
		if out.At.Set && back.At.Set {
			line.Hours = value.Some(HoursOf(minutes))
		}
	}
	if line.Basis == "" {
		line.Basis = lending.BasisWaived
	}
	line.Quantity = quantityOf(line, minutes)
	if line.Basis == lending.BasisWaived {
		line.Rate = value.Opt[value.Price]{}
	} else if line.Quantity.Set && line.Rate.Set {
		line.Usage = value.Some(line.Rate.V.Times(line.Quantity.V))
	}
	return line
}

func quantityOf(line *lending.Charge, minutes int64) value.Opt[value.Tenths] {
	switch line.Basis {
	case lending.BasisMeter:
		if line.MeterOut.Set && line.MeterBack.Set {
			return value.Some(line.MeterBack.V - line.MeterOut.V)
		}
	case lending.BasisClock:
		return line.Hours
	case lending.BasisDay:
		if line.Hours.Set {
			return value.Some(value.Tenths(10 * max(1, (minutes+24*60-1)/(24*60))))
		}
	case lending.BasisFlat:
		return value.Some[value.Tenths](10)
	}
	return value.Opt[value.Tenths]{}
}

// Charged gives the settlement line of a loan and what it comes to with all that
// corrects it; nil where there is none.
func Charged(r field.Reader, id lending.ReservationID) (line, sum *lending.Charge) {
	var total lending.Charge
	for c := range field.Of[lending.Charge](r, "reservation", id) {
		if c.Corrects == 0 {
			line = c
		}
		for _, p := range amounts(&total, c) {
			if p.is.Set {
				*p.sum = value.Some(p.sum.Or(0) + p.is.V)
			}
		}
		total.OperatorFrom = cmp.Or(c.OperatorFrom, total.OperatorFrom)
		total.FuelFrom = cmp.Or(c.FuelFrom, total.FuelFrom)
		total.TransportFrom = cmp.Or(c.TransportFrom, total.TransportFrom)
		if c.Hours.Set {
			total.Hours = value.Some(total.Hours.Or(0) + c.Hours.V)
		}
	}
	if line == nil {
		return nil, nil
	}
	out := *line
	for _, p := range amounts(&out, &total) {
		*p.sum = p.is
	}
	out.Hours = total.Hours
	out.OperatorFrom, out.FuelFrom, out.TransportFrom = total.OperatorFrom, total.FuelFrom, total.TransportFrom
	return line, &out
}

// amount is a part of one line beside the same part of another.
type amount struct {
	sum *value.Opt[value.Cents]
	is  value.Opt[value.Cents]
}

func amounts(a, b *lending.Charge) []amount {
	return []amount{{&a.Usage, b.Usage}, {&a.Operator, b.Operator}, {&a.Fuel, b.Fuel}, {&a.Transport, b.Transport},
		{&a.Damage, b.Damage}, {&a.Credit, b.Credit}}
}

// SameMoney reports whether two lines come to the same, part by part, with the
// same parts open.
func SameMoney(a, b *lending.Charge) bool {
	if openPart(a) != openPart(b) {
		return false
	}
	for _, p := range amounts(a, b) {
		if p.sum.Or(0) != p.is.Or(0) {
			return false
		}
	}
	return true
}

func openPart(line *lending.Charge) bool {
	return slices.ContainsFunc(Parts(line), func(p Part) bool { return !p.Amount.Set })
}

// Correction makes the line that turns an earlier one into what it should have
// been: the difference, which refers to the line it corrects.
func Correction(wrong, right *lending.Charge) *lending.Charge {
	out := *right
	out.ID, out.Statement, out.State, out.Corrects = 0, 0, lending.Accrued, wrong.ID
	out.Basis, out.Rate, out.Quantity = lending.BasisFlat, value.Opt[value.Price]{}, value.Opt[value.Tenths]{}
	out.Usage = value.Some(right.Usage.Or(0) - wrong.Usage.Or(0))
	out.Hours = value.Some(right.Hours.Or(0) - wrong.Hours.Or(0))
	for _, p := range []struct{ dst, was *value.Opt[value.Cents] }{{&out.Operator, &wrong.Operator},
		{&out.Fuel, &wrong.Fuel},
		{&out.Transport, &wrong.Transport}, {&out.Damage, &wrong.Damage}, {&out.Credit, &wrong.Credit}} {
		if p.dst.Set || p.was.Set {
			*p.dst = value.Some(p.dst.Or(0) - p.was.Or(0))
		}
	}
	for _, p := range []struct {
		from *string
		is   value.Opt[value.Cents]
	}{{&out.OperatorFrom, out.Operator}, {&out.FuelFrom, out.Fuel}, {&out.TransportFrom, out.Transport}} {
		if p.is.Set && p.is.V == 0 {
			*p.from = ""
		}
	}
	out.Note = "Corrects an earlier line after an amendment."
	return &out
}

// Describe says in one sentence what a line was worked out from.
func Describe(line *lending.Charge) string {
	s := DescribeUse(line)
	for _, p := range Parts(line) {
		s += "; " + p.String()
	}
	return s
}

// DescribeUse says what the use of the unit was worked out from.
func DescribeUse(line *lending.Charge) string {
	switch {
	case line.Corrects != 0:
		return "correction of line #" + strconv.FormatUint(uint64(line.Corrects), 10) + ": " + line.Usage.Or(0).String()
	case line.Basis == lending.BasisWaived:
		says := "no charge"
		if line.Source != "" {
			says += " under " + line.Source
		}
		if line.Hours.Set {
			says += "; " + line.Hours.V.String() + " hours on loan"
		}
		return says
	case !line.Quantity.Set:
		return "the meter was not read, so the amount is open"
	case !line.Rate.Set:
		return "no rate is recorded, so the amount is open"
	}
	s := line.Quantity.V.String() + " " + unitWord(line) + " at " + line.Rate.V.String()
	if line.Basis == lending.BasisMeter {
		s += ", meter " + line.MeterOut.V.String() + " to " + line.MeterBack.V.String()
	}
	if line.Source != "" {
		s += ", " + line.Source
		if line.Year != 0 {
			s += " " + itoa(line.Year)
		}
		if line.Code != "" {
			s += " code " + line.Code
		}
	}
	return s
}

func unitWord(line *lending.Charge) string {
	switch line.Per {
	case lending.PerMile:
		return "miles"
	case lending.PerDay:
		return "days"
	case lending.PerLoan:
		return "loan"
	}
	return "hours"
}
