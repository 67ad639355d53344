package rates_test

import (
	"testing"

	"interlocal/model/failure"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func money(c value.Cents) value.Opt[value.Cents] { return value.Some(c) }

func price(c value.Cents) value.Opt[value.Price] { return value.Some(c.Price()) }

func tenths(t value.Tenths) value.Opt[value.Tenths] { return value.Some(t) }

// schedule is a dump truck that is charged by the federal schedule of 2025.
func schedule() *lending.Equipment {
	return &lending.Equipment{ID: 1, Tag: "RT-1", Owner: raytown, Charge: lending.ChargeFEMA, FEMACode: "8722",
		FEMAYear:  2025,
		MeterKind: lending.MeterHours}
}

// TestWhatCountsTheQuantityOfARate: the unit's meter where it counts the same,
// otherwise the clock; days, miles and a price for the loan speak for themselves.
func TestWhatCountsTheQuantityOfARate(t *testing.T) {
	b := newBook()
	for _, c := range []struct {
		counts lending.MeterKind
		per    lending.RatePer
		want   lending.Basis
	}{
		{lending.MeterHours, lending.PerHour, lending.BasisMeter},
		{lending.MeterMiles, lending.PerHour, lending.BasisClock},
		{"", lending.PerHour, lending.BasisClock}, {lending.MeterMiles, lending.PerMile, lending.BasisMeter},
		{"", lending.PerMile, lending.BasisMeter}, {lending.MeterHours, lending.PerDay, lending.BasisDay},
		{lending.MeterHours, lending.PerLoan, lending.BasisFlat},
	} {
		unit := &lending.Equipment{Tag: "RT-9", Owner: raytown, Charge: lending.ChargeLocal, LocalRate: price(95_00),
			LocalPer:  c.per,
			MeterKind: c.counts}
		got, err := rates.TermsOf(b, unit, value.Date(2027, 3, 1))
		want := lending.Terms{Basis: c.want, Rate: price(95_00), Per: c.per, Source: "Raytown"}
		if err != nil || got != want {
			t.Errorf("per %s on a meter of %q: %+v %v, want %+v", c.per, c.counts, got, err, want)
		}
	}
	unit := &lending.Equipment{Tag: "RT-9", Owner: raytown, Charge: lending.ChargeLocal, LocalRate: price(95_00),
		LocalPer: lending.PerMile, MeterKind: lending.MeterHours}
	if _, err := rates.TermsOf(b, unit, value.Date(2027, 3, 1)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("miles on a meter of hours: %v", err)
	}
	unit = &lending.Equipment{Tag: "X-1", Owner: 99, Charge: lending.ChargeLocal, LocalRate: price(1_00),
		LocalPer: lending.PerDay}
	if got, _ := rates.TermsOf(b, unit, 0); got.Source != "owner" {
		t.Errorf("of an owner who is not on file: %+v", got)
	}
	for _, charge := range []lending.ChargeRule{"", lending.ChargeNone} {
		unit := &lending.Equipment{Owner: raytown, Charge: charge, LocalRate: price(95_00), LocalPer: lending.PerHour}
		if got, err := rates.TermsOf(b, unit, 0); err != nil || got != (lending.Terms{Basis: lending.BasisWaived}) {
			t.Errorf("charge %q: %+v %v", charge, got, err)
		}
	}
}

// TestTheScheduleInForce: a loan is charged at the year arranged for the unit, one
// of an earlier day at the last schedule on file up to that.
func TestTheScheduleInForce(t *testing.T) {
	b := newBook()
	for year, cents := range map[int]value.Cents{1990: 40_00, 2019: 80_10, 2023: 101_50, 2025: 120_74} {
		b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: year, Code: "8722", Per: lending.PerHour,
			Amount: price(cents)})
	}
	for _, c := range []struct {
		day  value.Day
		year int
	}{
		{value.Date(2027, 3, 1), 2025}, {value.Date(2025, 1, 1), 2025}, {value.Date(2024, 12, 31), 2023},
		{value.Date(2023, 1, 1), 2023},
		{value.Date(2022, 6, 1), 2019}, {value.Date(2018, 6, 1), 1990}, {value.Date(1990, 6, 1), 1990},
	} {
		if got, err := rates.TermsOf(b, schedule(), c.day); err != nil || got.Year != c.year || got.Source != "FEMA" ||
			got.Code != "8722" {
			t.Errorf("on %v: %+v %v, want the schedule of %d", c.day, got, err, c.year)
		}
	}
	if _, err := rates.TermsOf(b, schedule(), value.Date(1989, 6, 1)); err == nil ||
		err.Error() != "no FEMA schedule in force on Jun 1, 1989 is on file for code 8722 of RT-1; import the "+
			"schedule of that year" {
		t.Errorf("before any schedule: %v", err)
	}
	ahead := schedule()
	ahead.FEMAYear = 2027
	if _, err := rates.TermsOf(b, ahead, value.Date(2027, 3, 1)); err == nil ||
		err.Error() !=
			"code 8722 is not in the FEMA schedule on file; import that year's schedule or mend the code of RT-1" {
		t.Errorf("of a year that is not on file: %v", err)
	}
}

// TestNotedCostsAddUp: what the papers say of fuel, transport and the operator,
// with where it was noted; transport is noted at both ends.
func TestNotedCostsAddUp(t *testing.T) {
	for name, c := range map[string]struct {
		out  *lending.Handover
		back *lending.Return
		want rates.Extras
	}{
		"nothing noted": {&lending.Handover{}, &lending.Return{}, rates.Extras{}},
		"no papers":     {nil, nil, rates.Extras{}},
		"fuel by the gallon": {nil, &lending.Return{FuelCost: "12.4 gal at 3.499"},
			rates.Extras{Fuel: money(43_39), FuelFrom: "12.4 gal at 3.499, noted at the return"}},
		"an operator whose price is open": {nil, &lending.Return{Operator: "6.5 h"},
			rates.Extras{OperatorFrom: "6.5 h, price not recorded, noted at the return"}},
		"there": {&lending.Handover{Transport: "81"}, &lending.Return{},
			rates.Extras{Transport: money(81_00), TransportFrom: "noted at the hand-over"}},
		"back": {&lending.Handover{}, &lending.Return{Transport: "75 lowboy"},
			rates.Extras{Transport: money(75_00), TransportFrom: "lowboy, noted at the return"}},
		"both ways": {&lending.Handover{Transport: "18 mi at 4.50"}, &lending.Return{Transport: "75"},
			rates.Extras{Transport: money(156_00),
				TransportFrom: "18 mi at 4.50 = $81.00, noted at the hand-over; $75.00, noted at the return"}},
		"there open": {&lending.Handover{Transport: "18 mi"}, &lending.Return{Transport: "75"},
			rates.Extras{TransportFrom: "18 mi, price not recorded, noted at the hand-over; $75.00, noted at the return"}},
		"back open": {&lending.Handover{Transport: "75"}, &lending.Return{Transport: "18 mi"},
			rates.Extras{TransportFrom: "$75.00, noted at the hand-over; 18 mi, price not recorded, noted at the return"}},
	} {
		if got := rates.Noted(c.out, c.back); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}

// TestExtrasSaidCountBeforeThoseNoted: what somebody puts on the line counts where
// the papers say otherwise, an open amount with its source as well.
func TestExtrasSaidCountBeforeThoseNoted(t *testing.T) {
	v := &lending.Reservation{ID: 7, Borrower: grandview, Terms: lending.Terms{Basis: lending.BasisFlat,
		Rate: price(500_00), Per: lending.PerLoan}}
	out := &lending.Handover{Transport: "81"}
	back := &lending.Return{FuelCost: "40", Operator: "100"}
	for name, c := range map[string]struct {
		said, want rates.Extras
	}{
		"nothing said": {rates.Extras{}, rates.Extras{Operator: money(100_00), OperatorFrom: "noted at the return",
			Fuel:     money(40_00),
			FuelFrom: "noted at the return", Transport: money(81_00), TransportFrom: "noted at the hand-over"}},
		"amounts said": {rates.Extras{Operator: money(1_00), Fuel: money(2_00), Transport: money(3_00),
			Damage: money(4_00), Credit: money(5_00)},
			rates.Extras{Operator: money(1_00), Fuel: money(2_00), Transport: money(3_00), Damage: money(4_00),
				Credit: money(5_00)}},
		"sources said": {rates.Extras{OperatorFrom: "time sheet", FuelFrom: "receipt", TransportFrom: "bill"},
			rates.Extras{OperatorFrom: "time sheet", FuelFrom: "receipt", TransportFrom: "bill"}},
	} {
		line := rates.LineFor(v, raytown, out, back, 0, c.said)
		if got := rates.ExtrasOf(line); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
		if open := name == "sources said"; line.Open() != open {
			t.Errorf("%s: open %v", name, line.Open())
		}
	}
}

// TestAnAmendmentKeepsWhatItDoesNotSay: of the extras on a line those stay of which
// the papers say what they said before.
func TestAnAmendmentKeepsWhatItDoesNotSay(t *testing.T) {
	line := rates.Extras{Operator: money(1_00), OperatorFrom: "sheet", Fuel: money(2_00), FuelFrom: "receipt",
		Transport:     money(3_00),
		TransportFrom: "bill", Damage: money(4_00), Credit: money(5_00)}
	said := rates.Extras{Operator: money(9_00), OperatorFrom: "a", Fuel: money(9_00), FuelFrom: "a",
		Transport: money(9_00), TransportFrom: "a"}
	gone := func(clear func(*rates.Extras)) rates.Extras { out := line; clear(&out); return out }
	operator := gone(func(e *rates.Extras) { e.Operator, e.OperatorFrom = value.Opt[value.Cents]{}, "" })
	fuel := gone(func(e *rates.Extras) { e.Fuel, e.FuelFrom = value.Opt[value.Cents]{}, "" })
	transport := gone(func(e *rates.Extras) { e.Transport, e.TransportFrom = value.Opt[value.Cents]{}, "" })
	for name, c := range map[string]struct {
		amend func(*rates.Extras)
		want  rates.Extras
	}{
		"nothing":               {func(*rates.Extras) {}, line},
		"the operator's amount": {func(e *rates.Extras) { e.Operator = money(8_00) }, operator},
		"the operator's source": {func(e *rates.Extras) { e.OperatorFrom = "b" }, operator},
		"the amount of fuel":    {func(e *rates.Extras) { e.Fuel = money(8_00) }, fuel},
		"the source of fuel":    {func(e *rates.Extras) { e.FuelFrom = "b" }, fuel},
		"the transport":         {func(e *rates.Extras) { e.Transport = money(8_00) }, transport},
		"who carried it":        {func(e *rates.Extras) { e.TransportFrom = "b" }, transport},
	} {
		after := said
		c.amend(&after)
		if got := rates.Kept(line, said, after); got != c.want {
			t.Errorf("%s is amended:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}

// TestQuantities: what each basis counts, and what stays open because it cannot be
// known.
func TestQuantities(t *testing.T) {
	noon := value.Date(2027, 3, 4).At(12, 0)
	for name, c := range map[string]struct {
		basis    lending.Basis
		out      *lending.Handover
		meter    value.Opt[value.Tenths]
		minutes  int64
		quantity value.Opt[value.Tenths]
		hours    value.Opt[value.Tenths]
	}{
		"by the meter": {lending.BasisMeter,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon), Meter: tenths(100)}},
			tenths(135), 90, tenths(35), tenths(15)},
		"not read when it went out": {lending.BasisMeter,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}},
			tenths(135), 90, value.Opt[value.Tenths]{}, tenths(15)},
		"not read when it came back": {lending.BasisMeter,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon), Meter: tenths(100)}},
			value.Opt[value.Tenths]{}, 90, value.Opt[value.Tenths]{}, tenths(15)},
		"by the clock": {lending.BasisClock, &lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}},
			value.Opt[value.Tenths]{}, 93, tenths(16), tenths(16)}, // 1.55 h
		"a day to the minute": {lending.BasisDay,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}},
			value.Opt[value.Tenths]{}, 1440, tenths(10), tenths(240)},
		"a day and a minute": {lending.BasisDay,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}},
			value.Opt[value.Tenths]{}, 1441, tenths(20), tenths(240)},
		"within the hour, by the day": {lending.BasisDay,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}},
			value.Opt[value.Tenths]{}, 0, tenths(10), tenths(0)},
		"nobody noted the hand-over": {lending.BasisClock, nil, value.Opt[value.Tenths]{}, 90,
			value.Opt[value.Tenths]{}, value.Opt[value.Tenths]{}},
		"by the day, of no hour noted": {lending.BasisDay, &lending.Handover{}, value.Opt[value.Tenths]{}, 90,
			value.Opt[value.Tenths]{}, value.Opt[value.Tenths]{}},
		"at one price, whatever is read": {lending.BasisFlat, nil, value.Opt[value.Tenths]{}, 0, tenths(10),
			value.Opt[value.Tenths]{}},
		"waived": {lending.BasisWaived,
			&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon), Meter: tenths(100)}}, tenths(135),
			90, value.Opt[value.Tenths]{}, tenths(15)},
	} {
		v := &lending.Reservation{ID: 3, Borrower: grandview, Terms: lending.Terms{Basis: c.basis, Rate: price(10_00),
			Per: lending.PerHour}}
		back := &lending.Return{Inspection: lending.Inspection{At: value.Some(noon + value.Wall(c.minutes)),
			Meter: c.meter}}
		line := rates.LineFor(v, raytown, c.out, back, c.minutes, rates.Extras{})
		if line.Quantity != c.quantity || line.Hours != c.hours || line.Usage.Set != c.quantity.Set {
			t.Errorf("%s: quantity %+v hours %+v usage %+v", name, line.Quantity, line.Hours, line.Usage)
		}
		if line.Lender != raytown || line.Borrower != grandview || line.State != lending.Accrued ||
			line.On != value.Some(back.At.V.Day()) {
			t.Errorf("%s: %+v", name, line)
		}
		if line.Rate.Set != (c.basis != lending.BasisWaived) {
			t.Errorf("%s: rate %+v", name, line.Rate)
		}
	}
	bare := rates.LineFor(&lending.Reservation{}, raytown,
		&lending.Handover{Inspection: lending.Inspection{At: value.Some(noon)}}, &lending.Return{}, 60, rates.Extras{})
	if bare.Basis != lending.BasisWaived || bare.On.Set || bare.Hours.Set {
		t.Errorf("of a loan without terms that came back nobody knows when: %+v", bare)
	}
	rateless := rates.LineFor(&lending.Reservation{Terms: lending.Terms{Basis: lending.BasisFlat}}, raytown, nil,
		&lending.Return{}, 0, rates.Extras{})
	if rateless.Usage.Set || !rateless.Open() {
		t.Errorf("without a rate: %+v", rateless)
	}
}

// corrected gives a line that was billed and what it should have been, with the loan
// that both are of.
func corrected(t *testing.T) (wrong, right *lending.Charge, loan lending.ReservationID) {
	t.Helper()
	wrong = &lending.Charge{ID: 1, Reservation: 1, Lender: raytown, Borrower: grandview, Basis: lending.BasisMeter,
		Quantity: tenths(315),
		Rate:     price(120_74), Per: lending.PerHour, Usage: money(3803_31), Hours: tenths(580), Fuel: money(40_00),
		FuelFrom:  "receipt 1",
		Transport: money(81_00), TransportFrom: "lowboy", Operator: money(100_00), OperatorFrom: "sheet 1",
		State: lending.Billed, Statement: 4}
	right = &lending.Charge{Reservation: 1, Lender: raytown, Borrower: grandview, Basis: lending.BasisMeter,
		Quantity: tenths(305),
		Rate:     price(120_74), Per: lending.PerHour, Usage: money(3682_57), Hours: tenths(570), Fuel: money(43_39),
		FuelFrom:  "receipt 2",
		Transport: money(81_00), TransportFrom: "lowboy", Operator: money(100_00), OperatorFrom: "sheet 1",
		Damage: money(12_00), State: lending.Accrued}
	return wrong, right, 1
}

// TestACorrectionIsTheDifference, which refers to the line it corrects; the two
// together come to what is right.
func TestACorrectionIsTheDifference(t *testing.T) {
	wrong, right, loan := corrected(t)
	c := rates.Correction(wrong, right)
	if c.ID != 0 || c.Statement != 0 || c.State != lending.Accrued || c.Corrects != 1 || c.Basis != lending.BasisFlat ||
		c.Rate.Set || c.Quantity.Set {
		t.Errorf("%+v", c)
	}
	if c.Usage.V != -120_74 || c.Hours.V != -10 || c.Fuel.V != 3_39 || c.Transport.V != 0 || c.Damage.V != 12_00 {
		t.Errorf("%+v", c)
	}
	if c.Operator.V != 0 || c.OperatorFrom != "" || c.Credit.Set || c.Note == "" || c.FuelFrom != "receipt 2" ||
		c.TransportFrom != "" || c.Total() != right.Total()-wrong.Total() {
		t.Errorf("what does not change is no part of it: %+v", c)
	}
	if back := rates.Correction(right, wrong); back.Damage.V != -12_00 {
		t.Errorf("an amount taken off again: %+v", back)
	}
	b := newBook()
	if line, sum := rates.Charged(b, loan); line != nil || sum != nil {
		t.Errorf("a loan without a line: %+v %+v", line, sum)
	}
	b.Put("charges", wrong)
	b.Put("charges", c)
	b.Put("charges", &lending.Charge{Reservation: 2, Usage: money(9_99)})
	line, sum := rates.Charged(b, loan)
	if line == nil || line.ID != 1 || sum.Total() != right.Total() || sum.Hours.V != right.Hours.V ||
		sum.FuelFrom != "receipt 2" ||
		sum.TransportFrom != "lowboy" || sum.Usage.V != right.Usage.V || sum.Damage.V != 12_00 ||
		sum.Operator.V != 100_00 || sum.OperatorFrom != "sheet 1" {
		t.Errorf("%+v comes to %+v", line, sum)
	}
	if !rates.SameMoney(sum, right) || rates.SameMoney(sum, wrong) {
		t.Error("the line with its correction comes to what is right, and to nothing else")
	}
	open := *right
	open.Fuel = value.Opt[value.Cents]{}
	nothing := *right
	nothing.Fuel, nothing.FuelFrom = value.Opt[value.Cents]{}, ""
	if rates.SameMoney(&open, &nothing) {
		t.Error("an open part is no part of nothing")
	}
}

// TestALineSaysWhatItWasWorkedOutFrom in one sentence.
func TestALineSaysWhatItWasWorkedOutFrom(t *testing.T) {
	usage := func(per lending.RatePer, basis lending.Basis) lending.Charge {
		return lending.Charge{Basis: basis, Quantity: tenths(315), Rate: price(120_74), Per: per, Usage: money(3803_31)}
	}
	metered := usage(lending.PerHour, lending.BasisMeter)
	metered.MeterOut, metered.MeterBack, metered.Source, metered.Year, metered.Code = tenths(41210), tenths(41525),
		"FEMA", 2025, "8722"
	owners := usage(lending.PerDay, lending.BasisDay)
	owners.Source = "Raytown"
	for want, line := range map[string]lending.Charge{
		"31.5 hours at $120.74, meter 4121 to 4152.5, FEMA 2025 code 8722": metered,
		"31.5 days at $120.74, Raytown":                                    owners,
		"31.5 miles at $120.74":                                            usage(lending.PerMile, lending.BasisClock),
		"31.5 loan at $120.74":                                             usage(lending.PerLoan, lending.BasisFlat),
		"no charge":                                                        {Basis: lending.BasisWaived},
		"no charge; 8.5 hours on loan; fuel $43.39 (receipt); damage $1.00; credit $2.00": {Basis: lending.BasisWaived,
			Hours: tenths(85),
			Fuel:  money(43_39), FuelFrom: "receipt", Damage: money(1_00), Credit: money(2_00)},
		"the meter was not read, so the amount is open; operator open (6.5 h)": {Basis: lending.BasisMeter,
			Rate: price(1), OperatorFrom: "6.5 h"},
		"no rate is recorded, so the amount is open; transport $3.00": {Basis: lending.BasisFlat,
			Quantity: tenths(10), Transport: money(3_00)},
		"correction of line #4: -$120.74": {Corrects: 4, Basis: lending.BasisFlat,
			Usage: money(-120_74)},
	} {
		if got := rates.Describe(&line); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// TestHoursToTheNearestTenth, half a tenth up.
func TestHoursToTheNearestTenth(t *testing.T) {
	for minutes, want := range map[int64]value.Tenths{0: 0, 2: 0, 3: 1, 60: 10, 62: 10, 63: 11, 3480: 580} {
		if got := rates.HoursOf(minutes); got != want {
			t.Errorf("%d minutes are %v hours, want %v", minutes, got, want)
		}
	}
}

// What an agreement says of charges: none holds for every unit, a rate for those
// that say nothing; the agreement of the two counts before that of many.
func TestAnAgreementSaysWhatLoansCost(t *testing.T) {
	b := newBook()
	day := value.Date(2027, 3, 1)
	b.Put("rates", &lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8722", Per: lending.PerHour,
		Amount: price(120_74)})
	agree := func(title string, charging partnership.Charging, with ...partnership.PartnerID) {
		b.Put("agreements", &partnership.Agreement{Title: title, Status: partnership.AgreementSigned,
			Effective: value.Some(value.Date(2026, 1, 1)), Charging: charging,
			Parties: append(with, raytown, grandview)})
	}
	says := func(unit *lending.Equipment) string {
		got, err := rates.TermsFor(b, unit, grandview, day)
		if err != nil {
			return err.Error()
		}
		return string(got.Basis) + " " + got.Rate.V.String() + " " + got.Source
	}
	plain := &lending.Equipment{ID: 2, Tag: "RT-2", Owner: raytown, FEMACode: "8722", FEMAYear: 2025}
	bare := &lending.Equipment{ID: 3, Tag: "RT-3", Owner: raytown}
	free := &lending.Equipment{ID: 4, Tag: "RT-4", Owner: raytown, Charge: lending.ChargeNone}
	check := func(when string, want ...string) {
		t.Helper()
		for i, unit := range []*lending.Equipment{schedule(), plain, free, bare} {
			if got := says(unit); got != want[i] {
				t.Errorf("%s, %s: %q, want %q", when, unit.Tag, got, want[i])
			}
		}
	}
	const none, fema = "waived $0.00 ", "meter $120.74 FEMA"
	check("no agreement", fema, none, none, none)
	agree("Old MOU", "", 1, 2)
	check("an agreement of before", fema, none, none, none)
	agree("Storms", partnership.ChargingFEMA, 1, 2, 3)
	check("at the schedule", fema, "clock $120.74 FEMA", none, "loans under Storms are charged at the FEMA rate of a "+
		"code and a year, which RT-3 has none of; fill it in, or say of the unit that it is lent without charge")
	agree("Neighbors", partnership.ChargingNone)
	free2 := none + "Neighbors"
	check("the two agree", free2, free2, free2, free2)
	if got, err := rates.TermsFor(b, schedule(), raytown, day); err != nil || got.Basis != lending.BasisWaived {
		t.Errorf("one's own: %+v %v", got, err)
	}
}
