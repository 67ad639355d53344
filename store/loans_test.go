package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// yard makes a file with units of two owners, the second of whom has a
// turnaround of an hour.
func yard(t testing.TB, units int) *Store {
	t.Helper()
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range units {
			e := &lending.Equipment{Tag: fmt.Sprintf("T-%d", i+1), Name: "Truck", Category: "dump truck",
				Owner: partnership.PartnerID(1 + i%2),
				Size:  value.Some(value.Tenths(80 + 20*(i/2%3))), Status: lending.EquipmentActive, Shareable: true,
				OperatorRule: lending.OperatorAny}
			if i%2 == 1 {
				e.Buffer = value.Some[int64](60)
			}
			if _, err := field.Put(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// wall is a time by the clock that store tests start from.
func wall(day, hour int) value.Opt[value.Wall] {
	return value.Some((value.Date(2027, 3, 8) + value.Day(day)).At(hour, 0))
}

// loansHold looks at everything a file says: no two that hold a unit share a
// moment, and what was promised out of a category can be given.
func loansHold(t failing, s *Store) {
	r := s.durable.Load()
	now := value.Date(2027, 3, 4).At(9, 0)
	cal := lending.CalendarOf(r, now)
	for e := range field.All[lending.Equipment](r) {
		holds := cal.Holds(e, wall(-400, 0).V, wall(900, 0).V)
		for i := 1; i < len(holds); i++ {
			a, b := holds[i-1], holds[i]
			end := cal.Minute(a.Until)
			if a.Loan != 0 {
				end += e.Buffer.Or(0)
			}
			if cal.Minute(b.From) < end {
				t.Fatalf("%s is given twice: %+v and %+v", e.Tag, a, b)
			}
		}
	}
	for v := range field.All[lending.Reservation](r) {
		if v.State == lending.Approved && v.Unit == 0 && !cal.Free(lending.ClaimOf(v)) {
			t.Fatalf("reservation %d was promised what is not there", v.ID)
		}
	}
}

type failing interface {
	Fatalf(format string, args ...any)
}

// calendarMachine drives every path on which a loan can change.
type calendarMachine struct {
	s    *Store
	out  int // operations accepted
	asks int
}

func (m *calendarMachine) try(fn func(tx *Tx) error) {
	m.asks++
	if _, err := m.s.Update(context.Background(), access.Alone("scheduler"), Op{Title: "try"}, fn); err == nil {
		m.out++
	}
}

func drawTimes(t *rapid.T) (from, until value.Opt[value.Wall]) {
	// Around the night in which clocks go forward, and around that of November.
	base := rapid.SampledFrom([]value.Day{value.Date(2027, 3, 13), value.Date(2027, 11, 6), value.Date(2027, 5, 3)}).
		Draw(t, "around")
	start := base.At(0, 0) + value.Wall(30*rapid.IntRange(0, 160).Draw(t, "from"))
	return value.Some(start), value.Some(start + value.Wall(30*rapid.IntRange(1, 100).Draw(t, "half hours")))
}

func (m *calendarMachine) pick(t *rapid.T) *lending.Reservation {
	var all []*lending.Reservation
	for v := range field.All[lending.Reservation](m.s.durable.Load()) {
		all = append(all, v)
	}
	if len(all) == 0 {
		return nil
	}
	v := *rapid.SampledFrom(all).Draw(t, "which")
	return &v
}

func (m *calendarMachine) book(t *rapid.T) {
	v := &lending.Reservation{Borrower: partnership.PartnerID(rapid.IntRange(1, 3).Draw(t, "for")),
		State: rapid.SampledFrom([]lending.ReservationState{
			lending.Approved, lending.Approved, lending.Requested, lending.Waitlisted}).Draw(t, "state")}
	v.Start, v.End = drawTimes(t)
	if rapid.IntRange(0, 2).Draw(t, "by category") == 0 {
		v.Category, v.Lender = "Dump truck", partnership.PartnerID(rapid.IntRange(1, 2).Draw(t, "of"))
		v.Quantity = value.Some(int64(rapid.IntRange(1, 2).Draw(t, "how many")))
		v.Minimum = value.Some(value.Tenths(rapid.SampledFrom([]int{80, 100, 120}).Draw(t, "size")))
	} else {
		v.Unit = lending.EquipmentID(rapid.IntRange(1, 6).Draw(t, "unit"))
	}
	m.try(func(tx *Tx) error { _, err := field.Put(tx, v); return err })
}

func (m *calendarMachine) change(t *rapid.T) {
	v := m.pick(t)
	if v == nil {
		return
	}
	switch rapid.IntRange(0, 4).Draw(t, "what") {
	case 0:
		v.Start, v.End = drawTimes(t)
	case 1:
		v.End = value.Some(v.End.V + value.Wall(60*rapid.IntRange(-5, 30).Draw(t, "longer")))
	case 2:
		v.State = rapid.SampledFrom([]lending.ReservationState{lending.Approved, lending.Cancelled, lending.Requested,
			lending.Recalled}).Draw(t, "becomes")
	case 3:
		v.Unit, v.Quantity = lending.EquipmentID(rapid.IntRange(1, 6).Draw(t, "unit")), value.Opt[int64]{}
	case 4: // hand it over
		m.try(func(tx *Tx) error {
			if _, err := field.Put(tx, &lending.Handover{Reservation: v.ID, Unit: v.Unit,
				Inspection: lending.Inspection{At: v.Start, GivenBy: "A", TakenBy: "B"}}); err != nil {
				return err
			}
			v.State = lending.OutOnLoan
			_, err := field.Put(tx, v)
			return err
		})
		return
	}
	m.try(func(tx *Tx) error { _, err := field.Put(tx, v); return err })
}

// several books a series or an assembly in one change.
func (m *calendarMachine) several(t *rapid.T) {
	from, until := drawTimes(t)
	n := rapid.IntRange(2, 4).Draw(t, "times")
	weekly := rapid.Bool().Draw(t, "weekly")
	m.try(func(tx *Tx) error {
		for i := range n {
			v := &lending.Reservation{Unit: 1, Borrower: 2, State: lending.Approved, Start: from, End: until}
			if weekly {
				v.Start.V, v.End.V = from.V+value.Wall(i*value.SpanWeek), until.V+value.Wall(i*value.SpanWeek)
			} else {
				v.Unit = lending.EquipmentID(1 + i)
			}
			if _, err := field.Put(tx, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *calendarMachine) unit(t *rapid.T) {
	e := *field.Get(m.s.durable.Load(), lending.EquipmentID(rapid.IntRange(1, 6).Draw(t, "unit")))
	switch rapid.IntRange(0, 3).Draw(t, "what") {
	case 0:
		e.Buffer = value.Some(int64(30 * rapid.IntRange(0, 4).Draw(t, "turnaround")))
	case 1:
		e.Size = value.Some(value.Tenths(rapid.SampledFrom([]int{80, 100, 120}).Draw(t, "size")))
	case 2:
		e.Category = rapid.SampledFrom([]string{"dump truck", "loader"}).Draw(t, "category")
	case 3:
		from, until := drawTimes(t)
		m.try(func(tx *Tx) error {
			_, err := field.Put(tx, &lending.Block{Unit: e.ID, For: lending.BlockService, Start: from, End: until})
			return err
		})
		return
	}
	m.try(func(tx *Tx) error { _, err := field.Put(tx, &e); return err })
}

func (m *calendarMachine) turnBack(t *rapid.T) {
	m.asks++
	turn := m.s.Undo
	if rapid.Bool().Draw(t, "redo") {
		turn = m.s.Redo
	}
	if _, err := turn(context.Background(), access.Alone("scheduler")); err == nil {
		m.out++
	}
}

// imported takes rows one by one, of which some are refused.
func (m *calendarMachine) imported(t *rapid.T) {
	m.try(func(tx *Tx) error {
		for range 3 {
			v := &lending.Reservation{Unit: lending.EquipmentID(rapid.IntRange(1, 6).Draw(t, "unit")), Borrower: 3,
				State: lending.Approved}
			v.Start, v.End = drawTimes(t)
			_, _ = tx.Try("reservations", v) // refused rows are what an import leaves out
		}
		return nil
	})
}

// TestNoPathBooksTwice drives random calendars along every path.
func TestNoPathBooksTwice(t *testing.T) {
	asks, accepted := 0, 0
	steps := 20
	if os.Getenv("INTERLOCAL_LONG") != "" {
		steps = 1200
	}
	rapid.Check(t, func(rt *rapid.T) {
		m := &calendarMachine{s: yard(t, 6)}
		defer m.s.Close()
		for i := range steps {
			switch rapid.IntRange(0, 9).Draw(rt, "step") {
			case 0, 1, 2:
				m.book(rt)
			case 3, 4, 5:
				m.change(rt)
			case 6:
				m.several(rt)
			case 7:
				m.unit(rt)
			case 8:
				m.turnBack(rt)
			case 9:
				m.imported(rt)
			}
			if i%20 == 19 {
				loansHold(rt, m.s)
			}
		}
		loansHold(rt, m.s)
		asks, accepted = asks+m.asks, accepted+m.out
	})
	if accepted == 0 {
		t.Error("nothing was booked at all")
	}
	t.Logf("%d operations, %d accepted", asks, accepted)
}

// TestManyCompeteForFew lets many book the same machines at once: each hour is
// won once, and every loser is told who has it.
func TestManyCompeteForFew(t *testing.T) {
	const people, machines, hours = 32, 10, 6
	s := yard(t, machines)
	won := make([]int, machines*hours)
	var mu sync.Mutex
	var all sync.WaitGroup
	for p := range people {
		all.Go(func() {
			me := access.Identity{User: fmt.Sprint("user", p), Name: fmt.Sprint("User ", p), Role: access.Coordinator}
			for i := range machines * hours {
				slot := (i*7 + p*3) % (machines * hours)
				v := &lending.Reservation{Unit: lending.EquipmentID(1 + slot/hours),
					Borrower: partnership.PartnerID(1 + p%5), State: lending.Approved,
					Start: wall(1, 8+2*(slot%hours)), End: wall(1, 9+2*(slot%hours))}
				_, err := s.Update(context.Background(), me, Op{Title: "book"},
					func(tx *Tx) error { _, err := field.Put(tx, v); return err })
				var refusal *failure.Error
				switch {
				case err == nil:
					mu.Lock()
					won[slot]++
					mu.Unlock()
				case !errors.As(err, &refusal) || refusal.Code != failure.Invalid ||
					!containsAll(err.Error(), "is taken from", "by ", "reservation #"):
					t.Errorf("the loser is told %v", err)
				}
			}
		})
	}
	all.Wait()
	for slot, n := range won {
		if n != 1 {
			t.Errorf("slot %d was won %d times", slot, n)
		}
	}
	loansHold(t, s)
}

func containsAll(s string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}
