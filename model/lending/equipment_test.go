package lending_test

import (
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// TestRulesOfAUnit: what its record may say, at each bound.
func TestRulesOfAUnit(t *testing.T) {
	r := with(
		&lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8722", Equipment: "Truck", Per: lending.PerHour,
			Amount: price(120_74)},
		&lending.Rate{Source: lending.SourceFEMA, Year: 2025, Code: "8800", Equipment: "Pickup", Per: lending.PerMile,
			Amount: price(70)})
	unit := func(set func(*lending.Equipment)) *lending.Equipment { return but(truck(1), set) }
	reads := func(kind lending.MeterKind, m value.Tenths) *lending.Equipment {
		return unit(func(e *lending.Equipment) { e.MeterKind, e.Meter = kind, tenths(m) })
	}
	fema := func(code string, year int, counts lending.MeterKind) *lending.Equipment {
		return unit(func(e *lending.Equipment) {
			e.Charge, e.FEMACode, e.FEMAYear, e.MeterKind = lending.ChargeFEMA, code, year, counts
		})
	}
	local := func(rate value.Opt[value.Price], per lending.RatePer, counts lending.MeterKind) *lending.Equipment {
		return unit(func(e *lending.Equipment) {
			e.Charge, e.LocalRate, e.LocalPer, e.MeterKind = lending.ChargeLocal, rate, per, counts
		})
	}
	checkMarks(t, r, []change{
		{"a unit", nil, truck(1), ""},
		{"made in 1899", nil, unit(func(e *lending.Equipment) { e.Year = 1899 }), "year:"},
		{"made in 1900", nil, unit(func(e *lending.Equipment) { e.Year = 1900 }), ""},
		{"made in two years", nil, unit(func(e *lending.Equipment) { e.Year = 2029 }), ""},
		{"made in three years", nil, unit(func(e *lending.Equipment) { e.Year = 2030 }), "year:"},
		{"worth nothing", nil, unit(func(e *lending.Equipment) { e.Replacement = money(0) }), ""},
		{"worth less", nil, unit(func(e *lending.Equipment) { e.Replacement = money(-1) }), "replacement_value:"},
		{"worth a hundred million", nil, unit(func(e *lending.Equipment) { e.Replacement = money(100_000_000_00) }),
			""},
		{"worth a cent more", nil, unit(func(e *lending.Equipment) { e.Replacement = money(100_000_000_01) }),
			"replacement_value:"},
		{"a meter below nothing", nil, reads(lending.MeterHours, -1), "meter:"},
		{"a meter at nothing", nil, reads(lending.MeterHours, 0), ""},
		{"a hundred thousand hours", nil, reads(lending.MeterHours, 100_000_0), ""},
		{"a tenth of an hour more", nil, reads(lending.MeterHours, 100_000_1), "meter:"},
		{"a hundred thousand miles and more", nil, reads(lending.MeterMiles, 100_000_1), ""},
		{"two million miles", nil, reads(lending.MeterMiles, 2_000_000_0), ""},
		{"a tenth of a mile more", nil, reads("", 2_000_000_1), "meter:"},
		{"service at such a reading", nil, unit(func(e *lending.Equipment) { e.ServiceAt = tenths(2_000_000_1) }),
			"service_at:"},
		{"a size of nothing", nil, unit(func(e *lending.Equipment) { e.Size = tenths(0) }), "size:"},
		{"the least size", nil, unit(func(e *lending.Equipment) { e.Size = tenths(1) }), ""},
		{"a turnaround of less than nothing", nil,
			unit(func(e *lending.Equipment) { e.Buffer = value.Some[int64](-1) }), "buffer:"},
		{"no turnaround", nil, unit(func(e *lending.Equipment) { e.Buffer = value.Some[int64](0) }), ""},
		{"a week of turnaround", nil, unit(func(e *lending.Equipment) { e.Buffer = value.Some[int64](7 * 24 * 60) }),
			""},
		{"a minute more", nil, unit(func(e *lending.Equipment) { e.Buffer = value.Some[int64](7*24*60 + 1) }),
			"buffer:"},
		{"service every nothing", nil, unit(func(e *lending.Equipment) { e.ServiceEvery = tenths(0) }),
			"service_every:"},
		{"service every tenth", nil, unit(func(e *lending.Equipment) { e.ServiceEvery = tenths(1) }), ""},
		{"at the owner's rate", nil, local(price(95_00), lending.PerHour, ""), ""},
		{"for nothing an hour", nil, local(price(0), lending.PerHour, ""), ""},
		{"at less than nothing", nil, local(price(-1), lending.PerHour, ""), "local_rate:"},
		{"at a hundred thousand an hour", nil, local(price(100_000_00), lending.PerHour, ""), ""},
		{"at a cent more", nil, local(price(100_000_01), lending.PerHour, ""), "local_rate:"},
		{"at no rate", nil, local(value.Opt[value.Price]{}, lending.PerHour, ""), "local_rate:"},
		{"for nobody knows what", nil, local(price(95_00), "", ""), "local_rate:"},
		{"by the mile on a meter of hours", nil, local(price(1_00), lending.PerMile, lending.MeterHours), "local_per:"},
		{"by the mile on a meter of miles", nil, local(price(1_00), lending.PerMile, lending.MeterMiles), ""},
		{"by the mile, which nobody is charged", nil, unit(func(e *lending.Equipment) {
			e.LocalPer, e.MeterKind = lending.PerMile, lending.MeterHours
		}), ""},
		{"by the schedule", nil, fema("8722", 2025, lending.MeterHours), ""},
		{"by no code", nil, fema("", 2025, ""), "fema_code:"},
		{"by no year", nil, fema("8722", 0, ""), "fema_code:"},
		{"by a year that is not on file", nil, fema("8722", 2024, ""), "fema_code:"},
		{"by a code that is not on file", nil, fema("8723", 2025, ""), "fema_code:"},
		{"by the schedule's mile on a meter of hours", nil, fema("8800", 2025, lending.MeterHours), "fema_code:"},
		{"a meter that stands as before", reads("", 100), reads("", 100), ""},
		{"a meter that stands lower", reads("", 100), reads("", 99), "meter?"},
		{"a meter first read", truck(1), reads("", 99), ""},
		{"a meter no longer read", reads("", 100), truck(1), ""},
	})
}

// TestRulesOfARate: a schedule is of a year that may be on file, and a rate is not
// negative. It is everybody's but for an owner's own.
func TestRulesOfARate(t *testing.T) {
	r := with()
	row := func(year int, amount value.Cents) *lending.Rate {
		return &lending.Rate{Source: "FEMA", Year: year, Code: "8722", Equipment: "Truck", Amount: price(amount)}
	}
	checkMarks(t, r, []change{
		{"of 1989", nil, row(1989, 1), "schedule_year:"}, {"of 1990", nil, row(1990, 1), ""},
		{"of 2030", nil, row(2030, 1), ""}, {"of 2031", nil, row(2031, 1), "schedule_year:"},
		{"of nothing", nil, row(2025, 0), ""}, {"of less", nil, row(2025, -1), "rate:"},
	})
	checkParties(t, r, "a federal rate", row(2025, 1))
	checkParties(t, r, "a local rate", &lending.Rate{Owner: owner}, owner)
	r.Add(row(2025, 120_74))
	if lending.RateOf(r, "fema", 2025, "8722") == nil || lending.RateOf(r, "FEMA", 2026, "8722") != nil ||
		lending.RateOf(r, "FEMA", 2025, "8723") != nil ||
		lending.RateOf(r, "Raytown", 2025, "8722") != nil {
		t.Error("a rate is found by its schedule in any case, its year and its code, and by nothing less")
	}
}

// TestWhatIsBookedHoldsAUnit: nothing is taken from under a loan that was
// promised.
func TestWhatIsBookedHoldsAUnit(t *testing.T) {
	retired := but(truck(1), func(e *lending.Equipment) { e.Status = lending.EquipmentRetired })
	out := but(truck(1), func(e *lending.Equipment) { e.Status = lending.EquipmentOut })
	sold := but(truck(1), func(e *lending.Equipment) { e.Owner = third })
	roller := but(truck(1), func(e *lending.Equipment) { e.Category = "roller" })
	private := but(truck(1), func(e *lending.Equipment) { e.Shareable = false })
	small := but(truck(1), func(e *lending.Equipment) { e.Size = tenths(50) })
	large := but(truck(1), func(e *lending.Equipment) { e.Size = tenths(100) })
	slow := but(truck(1), func(e *lending.Equipment) { e.Buffer = value.Some[int64](60) })
	noted := but(truck(1), func(e *lending.Equipment) { e.Note = "new tires" })
	booked := lent(1, 8, 10, lending.Approved)
	promised := func(minimum value.Opt[value.Tenths]) *lending.Reservation {
		return &lending.Reservation{ID: 2, Category: "Dump Truck", Lender: owner, Borrower: third, Minimum: minimum,
			Start: at(2, 8, 0), End: at(2, 10, 0), State: lending.Approved}
	}
	next := func(hour, minute int) *lending.Reservation {
		return but(lent(3, 0, 0, lending.Approved),
			func(v *lending.Reservation) { v.Start, v.End = at(0, hour, minute), at(0, 20, 0) })
	}
	block := &lending.Block{Unit: 1, For: lending.BlockService, Start: at(0, 10, 30), End: at(0, 12, 0)}
	for name, c := range map[string]struct {
		before, after *lending.Equipment
		booked        []any
		want          string
	}{
		"retired while booked":            {truck(1), retired, []any{booked}, "status:"},
		"retired while nothing is booked": {truck(1), retired, nil, ""},
		"retired while only blocked":      {truck(1), retired, []any{block}, ""},
		"retired long ago": {retired,
			but(retired, func(e *lending.Equipment) { e.Shareable = false }), []any{booked}, ""},
		"out of service while booked": {truck(1), out, []any{booked}, "status?"},
		"back in service":             {out, truck(1), []any{booked}, ""},
		"still out of service": {out,
			but(out, func(e *lending.Equipment) { e.Shareable = false }), []any{booked}, ""},
		"sold while booked":                 {truck(1), sold, []any{booked}, "owner:"},
		"sold while nothing is booked":      {truck(1), sold, nil, ""},
		"noted while booked":                {truck(1), noted, []any{booked}, ""},
		"kept for oneself while booked":     {truck(1), private, []any{booked}, ""},
		"a longer turnaround that has room": {truck(1), slow, []any{booked, next(11, 0)}, ""},
		"a longer turnaround without room":  {truck(1), slow, []any{booked, next(10, 59)}, "buffer:"},
		"a longer turnaround into a block":  {truck(1), slow, []any{booked, block}, "buffer:"},
		"a shorter turnaround": {but(truck(1),
			func(e *lending.Equipment) { e.Buffer = value.Some[int64](90) }), slow, []any{booked, next(10, 30)}, ""},
		"retired while one is promised": {truck(1), retired, []any{promised(value.Opt[value.Tenths]{})},
			"status:"},
		"out of service while one is promised": {truck(1), out, []any{promised(value.Opt[value.Tenths]{})},
			"status?"},
		"kept for oneself while one is promised": {truck(1), private, []any{promised(value.Opt[value.Tenths]{})},
			"status:"},
		"of another category while one is promised": {truck(1), roller, []any{promised(value.Opt[value.Tenths]{})},
			"status:"},
		"sold while one is promised": {truck(1), sold, []any{promised(value.Opt[value.Tenths]{})},
			"status:"},
		"retired while another is there": {truck(1), retired,
			[]any{truck(2), promised(value.Opt[value.Tenths]{})}, ""},
		"smaller while that size is promised": {large, small, []any{promised(tenths(60))}, "status:"},
		"smaller while less is promised":      {large, small, []any{promised(tenths(50))}, ""},
		"retired while one was asked for": {truck(1), retired,
			[]any{but(promised(value.Opt[value.Tenths]{}),
				func(v *lending.Reservation) { v.State = lending.Requested })}, ""},
		"retired while another city's one is promised": {truck(1), retired,
			[]any{but(promised(value.Opt[value.Tenths]{}), func(v *lending.Reservation) { v.Lender = third })}, ""},
	} {
		r := with(c.after)
		for _, rec := range c.booked {
			r.Add(rec)
		}
		if got := marks(r, c.before, c.after); got != c.want {
			t.Errorf("%s: %q, want %q (%q)", name, got, c.want, fieldtest.Found(r, c.before, c.after))
		}
	}
}

// TestRulesOfAssemblies, blocked times and repeated bookings.
func TestRulesOfAssembliesAndSeries(t *testing.T) {
	r := with(truck(1), truck(2), but(truck(3), func(e *lending.Equipment) { e.Owner = third }),
		lent(1, 8, 10, lending.Approved))
	kit := func(members ...lending.KitMember) *lending.Kit { return &lending.Kit{Name: "Plow", Members: members} }
	one, two := lending.KitMember{Unit: 1}, lending.KitMember{Unit: 2}
	series := func(set func(*lending.Series)) *lending.Series {
		return but(&lending.Series{Unit: 1, Borrower: borrower, Start: at(0, 8, 0), End: at(0, 9, 0),
			Until: fieldtest.On(30)}, set)
	}
	block := func(from, until int) *lending.Block {
		return &lending.Block{ID: 1, Unit: 1, For: lending.BlockService, Start: at(0, from, 0), End: at(0, until, 0)}
	}
	lifted := but(block(9, 11), func(b *lending.Block) { b.Lifted = true })
	checkMarks(t, r, []change{
		{"two units", nil, kit(one, two), ""},
		{"one unit", nil, kit(one), "members:"},
		{"a unit twice", nil, kit(one, two, one), "members:"},
		{"any of a category", nil, kit(one, lending.KitMember{Category: "plow", Lender: owner},
			lending.KitMember{Category: "spreader", Lender: owner}), ""},
		{"a category of nobody's", nil, kit(one, lending.KitMember{Category: "plow"}), "members:"},
		{"a member that is nothing", nil, kit(one, lending.KitMember{}), "members:"},
		{"a series", nil, series(func(*lending.Series) {}), ""},
		{"of nothing", nil, series(func(s *lending.Series) { s.Unit = 0 }), "unit:"},
		{"of a category", nil, series(func(s *lending.Series) { s.Unit, s.Category = 0, "roller" }), ""},
		{"that ends as it starts", nil, series(func(s *lending.Series) { s.End = s.Start }), "end:"},
		{"every zeroth week", nil, series(func(s *lending.Series) { s.Every = value.Some[int64](0) }), "every:"},
		{"every 52nd week", nil, series(func(s *lending.Series) { s.Every = value.Some[int64](52) }), ""},
		{"every 53rd week", nil, series(func(s *lending.Series) { s.Every = value.Some[int64](53) }), "every:"},
		{"until its first day", nil, series(func(s *lending.Series) { s.Until = fieldtest.On(0) }), ""},
		{"until the day before", nil, series(func(s *lending.Series) { s.Until = fieldtest.On(-1) }), "until:"},
		{"for three years", nil, series(func(s *lending.Series) { s.Until = fieldtest.On(3 * 366) }), ""},
		{"for a day more", nil, series(func(s *lending.Series) { s.Until = fieldtest.On(3*366 + 1) }), "until:"},
		{"a block beside the loan", nil, block(10, 12), ""},
		{"a block into the loan", nil, block(9, 11), "start:"},
		{"a block that ends as it starts", nil, block(12, 12), "end:"},
		{"a block without an end", nil, &lending.Block{Unit: 1, For: lending.BlockOther, Start: at(0, 9, 0)}, "end:"},
		{"a lifted block into the loan", nil, lifted, ""},
		{"a block that was there first", block(9, 11), but(block(9, 11), func(b *lending.Block) { b.Note = "brakes" }),
			""},
		{"a block that begins earlier", block(9, 11), block(8, 11), "start:"},
		{"a block that ends later", block(9, 11), block(9, 12), "start:"},
		{"a block moved here from another unit", but(block(9, 11), func(b *lending.Block) { b.Unit = 2 }), block(9, 11),
			"start:"},
		{"a block that is no longer lifted", lifted, block(9, 11), "start:"},
	})
	checkParties(t, r, "an assembly", kit(one, lending.KitMember{Unit: 3},
		lending.KitMember{Category: "plow", Lender: borrower}, lending.KitMember{Category: "x"}),
		owner, third, borrower)
	checkParties(t, r, "a series", series(func(*lending.Series) {}), borrower, owner)
	checkParties(t, r, "a series of one's own unit", series(func(s *lending.Series) { s.Borrower = owner }), owner)
	checkParties(t, r, "a series of a category", series(func(s *lending.Series) { s.Unit = 0 }), borrower)
	checkParties(t, r, "a block", block(1, 2), owner)
	checkParties(t, r, "a block of nothing", &lending.Block{})
}

// TestWhichUnitsMayBeLent: those in use and shared, of a category in any case.
func TestWhichUnitsMayBeLent(t *testing.T) {
	r := with(truck(1), but(truck(2), func(e *lending.Equipment) { e.Status = lending.EquipmentOut }),
		but(truck(3), func(e *lending.Equipment) { e.Shareable = false }),
		but(truck(4), func(e *lending.Equipment) { e.Category = "roller" }))
	if got := lending.UnitsIn(r, "DUMP truck"); len(got) != 1 || got[0].ID != 1 {
		t.Errorf("%+v", got)
	}
	sized := but(truck(5), func(e *lending.Equipment) { e.Size = tenths(100) })
	if !sized.AtLeast(value.Opt[value.Tenths]{}) || !sized.AtLeast(tenths(100)) || sized.AtLeast(tenths(101)) ||
		truck(6).AtLeast(tenths(1)) {
		t.Error("a unit is as large as is known of it")
	}
}
