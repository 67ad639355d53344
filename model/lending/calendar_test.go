package lending_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestWhatALoanKeeps: until its end and the turnaround behind it; when it is late,
// until the grace has passed, and after that others are warned.
func TestWhatALoanKeeps(t *testing.T) {
	ends := at(1, 8, 0).V
	for _, c := range []struct {
		name  string
		now   value.Wall
		grace value.Opt[int64]
		from  value.Wall // of a claim of an hour
		kind  lending.HoldKind
		firm  bool
		free  value.Wall
	}{
		{"to its last minute", ends, value.Opt[int64]{}, ends - 60, lending.HeldByLoan, true, ends + 60},
		{"in its turnaround", ends, value.Opt[int64]{}, ends + 59, lending.HeldByLoan, true, ends + 60},
		{"behind its turnaround", ends, value.Opt[int64]{}, ends + 60, "", false, 0},
		{"late by a minute", ends + 1, value.Opt[int64]{}, ends + 60, lending.HeldLate, true, ends + 3*1440},
		{"to the end of its grace", ends + 1, value.Opt[int64]{}, ends + 3*1440 - 1, lending.HeldLate, true,
			ends + 3*1440},
		{"behind its grace", ends + 1, value.Opt[int64]{}, ends + 3*1440, "", false, 0},
		{"a minute before its grace is over", ends + 3*1440 - 1, value.Opt[int64]{}, ends + 2000, lending.HeldLate,
			true, ends + 3*1440},
		{"when its grace is over", ends + 3*1440, value.Opt[int64]{}, ends + 2000, lending.HeldLate, false,
			ends + 6*1440},
		{"for the grace from now", ends + 3*1440, value.Opt[int64]{}, ends + 6*1440 - 1, lending.HeldLate, false,
			ends + 6*1440},
		{"no longer", ends + 3*1440, value.Opt[int64]{}, ends + 6*1440, "", false, 0},
		{"a day of grace", ends + 1, value.Some[int64](1), ends + 1440 - 1, lending.HeldLate, true, ends + 1440},
		{"no grace, in its turnaround", ends + 1, value.Some[int64](0), ends + 59, lending.HeldByLoan, true, ends + 60},
		{"no grace, behind it", ends + 1, value.Some[int64](0), ends + 60, "", false, 0},
	} {
		unit := but(truck(1), func(e *lending.Equipment) { e.Buffer = value.Some[int64](60) })
		r := with(unit, &partnership.Settings{Name: "P", Zone: "UTC", Grace: c.grace},
			&lending.Reservation{ID: 7, Unit: 1,
				Borrower: borrower, Start: at(0, 8, 0), End: at(1, 8, 0), State: lending.OutOnLoan})
		cal := lending.CalendarOf(r, c.now)
		q := lending.Claim{Unit: 1, From: c.from, Until: c.from + 60}
		got := cal.Conflicts(q)
		switch {
		case c.kind == "" && len(got) == 0:
		case len(got) == 0 || got[0].Kind != c.kind || got[0].Firm != c.firm || got[0].Free != c.free ||
			got[0].Loan != 7 || got[0].Borrower != borrower:
			t.Errorf("%s: %+v", c.name, got)
		case got[0].Late != (c.kind == lending.HeldLate):
			t.Errorf("%s: late %v", c.name, got[0].Late)
		}
		if cal.Free(q) == c.firm {
			t.Errorf("%s: free %v", c.name, !c.firm)
		}
		if q.Except = 7; len(cal.Conflicts(q)) > 0 {
			t.Errorf("%s: it stands in its own way", c.name)
		}
	}
}

// TestWhoeverAsksNeedsTheTurnaroundToo: a unit is made ready behind each loan, and
// not behind a block.
func TestWhoeverAsksNeedsTheTurnaroundToo(t *testing.T) {
	unit := but(truck(1), func(e *lending.Equipment) { e.Buffer = value.Some[int64](60) })
	r := with(unit, lent(1, 12, 14, lending.Approved), &lending.Block{ID: 1, Unit: 1, For: lending.BlockSeason,
		Start: at(0, 20, 0), End: at(0, 22, 0)},
		&lending.Block{ID: 2, Unit: 1, For: lending.BlockOther, Start: at(0, 16, 0), End: at(0, 17, 0), Lifted: true})
	cal := lending.CalendarOf(r, at(-1, 0, 0).V)
	for _, c := range []struct {
		from, until value.Wall
		block, free bool
	}{
		{at(0, 9, 0).V, at(0, 11, 0).V, false, true}, {at(0, 9, 0).V, at(0, 11, 1).V, false, false},
		{at(0, 9, 0).V, at(0, 12, 0).V, true, true},
		{at(0, 9, 0).V, at(0, 12, 1).V, true, false}, {at(0, 15, 0).V, at(0, 19, 0).V, false, true},
		{at(0, 14, 59).V, at(0, 19, 0).V, false, false},
		{at(0, 15, 0).V, at(0, 19, 1).V, false, false}, {at(0, 22, 0).V, at(0, 23, 0).V, false, true},
		{at(0, 21, 59).V, at(0, 23, 0).V, false, false},
		{at(0, 13, 0).V, at(0, 13, 0).V, false, true},
	} {
		if got := cal.Free(lending.Claim{Unit: 1, From: c.from, Until: c.until, Block: c.block}); got != c.free {
			t.Errorf("from %v until %v, a block %v: free %v", c.from, c.until, c.block, got)
		}
	}
	if !cal.Free(lending.Claim{Unit: 1, From: at(0, 20, 0).V, Until: at(0, 21, 0).V, Block: true, ExceptBlock: 1}) {
		t.Error("a block stands in its own way")
	}
	if !cal.Free(lending.Claim{Unit: 99, From: at(0, 20, 0).V, Until: at(0, 21, 0).V}) {
		t.Error("a unit that is not on file is kept by something")
	}
	holds := cal.Holds(unit, at(0, 0, 0).V, at(1, 0, 0).V)
	if len(holds) != 2 || holds[0].Loan != 1 || holds[0].Free != at(0, 15, 0).V || holds[1].Block != 1 ||
		holds[1].Free != at(0, 22, 0).V {
		t.Errorf("%+v", holds)
	}
}

// TestWhatStandsAgainstAClaimIsSaid: who has the unit, until when, and when it can
// be had.
func TestWhatStandsAgainstAClaimIsSaid(t *testing.T) {
	unit := but(truck(1), func(e *lending.Equipment) { e.Buffer = value.Some[int64](60) })
	r := with(unit, truck(2), &partnership.Partner{ID: borrower, Name: "Grandview"}, lent(1, 8, 10, lending.Approved),
		&lending.Block{ID: 1, Unit: 1, For: lending.BlockOwn, Start: at(0, 8, 0), End: at(0, 10, 0)},
		&lending.Block{ID: 2, Unit: 1, For: lending.BlockOther, Start: at(0, 8, 0), End: at(0, 10, 0)})
	cal := lending.CalendarOf(r, at(0, 0, 0).V)
	hold := lending.Hold{Unit: 1, Loan: 1, Borrower: borrower, From: at(0, 8, 0).V, Until: at(0, 10, 0).V,
		Free: at(0, 11, 0).V}
	of := func(set func(*lending.Hold)) lending.Hold { h := hold; set(&h); return h }
	for want, h := range map[string]lending.Hold{
		"T-1 is taken from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am by Grandview (reservation #1) " +
			"and being made ready until Sat Feb 20, 2027 11:00 am": of(func(h *lending.Hold) {
			h.Kind = lending.HeldByLoan
		}),
		"T-1 is taken from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am (reservation #1)": of(func(h *lending.Hold) { h.Kind, h.Borrower, h.Free = lending.HeldByLoan, 0, h.Until }),
		"T-1 is kept for owner use from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am":     of(func(h *lending.Hold) { h.Kind, h.Block = lending.HeldByBlock, 1 }),
		"T-1 is kept from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am":                   of(func(h *lending.Hold) { h.Kind, h.Block = lending.HeldByBlock, 2 }),
		"T-1 was due back from Grandview on Sat Feb 20, 2027 10:00 am and has not come back (reservation #1); it is " +
			"free from Sat Feb 20, 2027 11:00 am at the earliest": of(func(h *lending.Hold) {
			h.Kind, h.Firm = lending.HeldLate, true
		}),
		"the unit was due back from its borrower on Sat Feb 20, 2027 10:00 am and has not come back (reservation #1)": of(func(h *lending.Hold) { h.Kind, h.Borrower, h.Unit = lending.HeldLate, 0, 0 }),
		"with that too few would be left for what is promised by Grandview from Sat Feb 20, 2027 8:00 am until Sat " +
			"Feb 20, 2027 10:00 am (reservation #1)": of(func(h *lending.Hold) { h.Kind = lending.HeldPromised }),
		"too few of the category are free for all of that time": of(func(h *lending.Hold) {
			h.Kind = lending.HeldShort
		}),
	} {
		if got := cal.Sentence(h); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

// TestPromisesOfACategory: as many as there are of the lender's that are large
// enough; of nobody in particular, as many as anybody lends.
func TestPromisesOfACategory(t *testing.T) {
	sized := func(id lending.EquipmentID, of partnership.PartnerID, size value.Tenths) *lending.Equipment {
		return but(truck(id), func(e *lending.Equipment) { e.Owner, e.Size = of, tenths(size) })
	}
	r := with(sized(1, owner, 80), sized(2, owner, 120), sized(3, third, 120),
		but(sized(4, owner, 120), func(e *lending.Equipment) { e.Shareable = false }),
		but(sized(5, owner, 120), func(e *lending.Equipment) { e.Category = "roller" }))
	cal := lending.CalendarOf(r, at(-1, 0, 0).V)
	for _, c := range []struct {
		quantity int64
		minimum  value.Tenths
		lender   partnership.PartnerID
		free     bool
	}{
		{1, 0, owner, true}, {2, 0, owner, true}, {3, 0, owner, false}, {1, 120, owner, true}, {2, 120, owner, false},
		{1, 121, owner, false},
		{3, 0, 0, true}, {4, 0, 0, false}, {2, 120, 0, true}, {3, 120, 0, false}, {1, 0, borrower, false},
	} {
		q := lending.Claim{Category: "Dump Truck", Quantity: c.quantity, Minimum: tenths(c.minimum), Lender: c.lender,
			From: at(0, 8, 0).V, Until: at(0, 9, 0).V}
		got := cal.Conflicts(q)
		if cal.Free(q) != c.free || !c.free && (got[0].Kind != lending.HeldShort || !got[0].Firm ||
			got[0].Free != q.Until) {
			t.Errorf("%d of %v from %d: %+v", c.quantity, c.minimum, c.lender, got)
		}
	}
	if !cal.Free(lending.Claim{From: at(0, 8, 0).V, Until: at(0, 9, 0).V}) ||
		!cal.Free(lending.Claim{Category: "crane", From: at(0, 8, 0).V, Until: at(0, 8, 0).V}) {
		t.Error("a claim on nothing, or for no time, is refused")
	}
	r.Add(&lending.Reservation{ID: 9, Category: "dump truck", Lender: owner, Borrower: third, Minimum: tenths(100),
		Start: at(0, 8, 0), End: at(0, 17, 0), State: lending.Approved})
	for unit, free := range map[lending.EquipmentID]bool{1: true, 2: false, 3: true} {
		for _, block := range []bool{false, true} {
			if got := cal.Free(lending.Claim{Unit: unit, From: at(0, 16, 59).V, Until: at(0, 18, 0).V,
				Block: block}); got != free {
				t.Errorf("truck %d beside the promise, a block %v: free %v", unit, block, got)
			}
		}
		if !cal.Free(lending.Claim{Unit: unit, From: at(0, 17, 0).V, Until: at(0, 18, 0).V}) ||
			!cal.Free(lending.Claim{Unit: unit, From: at(0, 7, 0).V, Until: at(0, 8, 0).V}) {
			t.Errorf("truck %d before and behind the promise", unit)
		}
	}
	if !cal.Free(lending.Claim{Unit: 2, From: at(0, 8, 0).V, Until: at(0, 17, 0).V, Except: 9}) {
		t.Error("the unit that is chosen for a promise leaves it")
	}
	if !cal.Free(lending.Claim{Category: "dump truck", Lender: owner, Minimum: tenths(100), From: at(0, 8, 0).V,
		Until: at(0, 17, 0).V, Except: 9}) {
		t.Error("a promise stands in its own way")
	}
}

// TestASurveySaysWhatTheCalendarSays of every unit, whatever is booked.
func TestASurveySaysWhatTheCalendarSays(t *testing.T) {
	schema := model.NewSchema()
	rapid.Check(t, func(t *rapid.T) {
		r := fieldtest.With(schema)
		for id := lending.EquipmentID(1); id <= 3; id++ {
			unit := truck(id)
			unit.Buffer = value.Some(rapid.SampledFrom([]int64{0, 30, 90}).Draw(t, "turnaround"))
			if id == 3 {
				unit.Category = rapid.SampledFrom([]string{"dump truck", "roller"}).Draw(t, "category")
			}
			r.Add(unit)
		}
		hours := func() (from, until value.Opt[value.Wall]) {
			h := rapid.IntRange(0, 20).Draw(t, "from")
			return at(0, h, 0), at(0, h+rapid.IntRange(0, 6).Draw(t, "hours"), 0)
		}
		for range rapid.IntRange(0, 5).Draw(t, "loans") {
			v := &lending.Reservation{Borrower: borrower, State: rapid.SampledFrom([]lending.ReservationState{
				lending.Approved, lending.OutOnLoan, lending.Requested, lending.Returned}).Draw(t, "state")}
			v.Unit = lending.EquipmentID(rapid.IntRange(0, 3).Draw(t, "unit"))
			if v.Unit == 0 {
				v.Category, v.Lender = "Dump truck", owner
			}
			v.Start, v.End = hours()
			r.Add(v)
		}
		for range rapid.IntRange(0, 2).Draw(t, "blocks") {
			b := &lending.Block{Unit: lending.EquipmentID(rapid.IntRange(1, 3).Draw(t, "blocked")),
				Lifted: rapid.Bool().Draw(t, "lifted")}
			b.Start, b.End = hours()
			r.Add(b)
		}
		cal := lending.CalendarOf(r, at(rapid.SampledFrom([]int{-1, 0, 2, 9}).Draw(t, "today"), 12, 0).V)
		from, until := hours()
		except := lending.ReservationID(rapid.IntRange(0, 2).Draw(t, "except"))
		survey := cal.Survey(from.V, until.V, 90)
		for unit := range field.All[lending.Equipment](r) {
			got, want := survey.Conflicts(unit, except), cal.Conflicts(lending.Claim{Unit: unit.ID, From: from.V,
				Until: until.V, Except: except})
			if !slices.Equal(got, want) {
				t.Fatalf("unit %d:\n survey %+v\ncalendar %+v", unit.ID, got, want)
			}
		}
	})
}

// TestAnUncertainReturnDoesNotHideAPromise: of what stands against a claim that
// which refuses comes first, though a loan past its grace only warns and is earlier.
func TestAnUncertainReturnDoesNotHideAPromise(t *testing.T) {
	r := with(truck(1), covered(), lent(1, 8, 10, lending.OutOnLoan),
		but(lent(2, 0, 0, lending.Approved), func(v *lending.Reservation) {
			v.Start, v.End = at(6, 8, 0), at(6, 10, 0)
		}))
	cal := lending.CalendarOf(r, at(5, 0, 0).V)
	q := lending.Claim{Unit: 1, From: at(5, 8, 0).V, Until: at(7, 8, 0).V}
	got := cal.Conflicts(q)
	if len(got) != 2 || !got[0].Firm || got[0].Loan != 2 || got[1].Firm || got[1].Loan != 1 || cal.Free(q) {
		t.Errorf("%+v", got)
	}
}

// TestPromisesHangTogether: what is promised at another time may need the unit that
// a claim would leave, through a loan that shares a moment with both.
func TestPromisesHangTogether(t *testing.T) {
	small, large := truck(1), but(truck(2), func(e *lending.Equipment) { e.Size = tenths(120) })
	promised := func(id lending.ReservationID, from, until int) *lending.Reservation {
		return &lending.Reservation{ID: id, Category: "dump truck", Lender: owner, Borrower: third,
			Start: at(0, from, 0), End: at(0, until, 0), State: lending.Approved}
	}
	r := with(small, large, promised(1, 9, 13), promised(2, 12, 16))
	q := lending.Claim{Category: "dump truck", Lender: owner, Minimum: tenths(120), From: at(0, 8, 0).V,
		Until: at(0, 10, 0).V}
	cal := lending.CalendarOf(r, at(-1, 0, 0).V)
	if !cal.Free(q) {
		t.Error("the small one goes from nine, the large one from noon")
	}
	r.Add(&lending.Block{Unit: 2, For: lending.BlockService, Start: at(0, 14, 0), End: at(0, 15, 0)})
	if cal.Free(q) {
		t.Error("with the large one in service at two, the small one is wanted twice at noon")
	}
	alone := with(small, lent(9, 8, 10, lending.Approved))
	mine := lending.Claim{Category: "dump truck", Lender: owner, From: at(0, 8, 0).V, Until: at(0, 10, 0).V}
	if lending.CalendarOf(alone, at(-1, 0, 0).V).Free(mine) {
		t.Error("the only one is lent")
	}
	if mine.Except = 9; !lending.CalendarOf(alone, at(-1, 0, 0).V).Free(mine) {
		t.Error("a loan of the only one may be made one of the category")
	}
}
