package loans

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Query asks what fits: first the time, then what is wanted.
type Query struct {
	Start, End value.Wall
	Words      string // words that begin words of a tag, a name or a category
	Category   string // exactly, in any case
	Minimum    value.Opt[value.Tenths]
	Owner      partnership.PartnerID // 0 for anybody's
	Borrower   partnership.PartnerID
	Except     lending.ReservationID // a loan that is being moved does not stand in its own way
	Limit      int                   // 0 gives 50
}

// Fit is a unit that was asked for.
type Fit struct {
	Unit      *lending.Equipment
	Free      bool
	Conflicts []lending.Hold
	Why       string // who has it, or what is to be known
	Next      value.Opt[Stretch]
	Terms     lending.Terms
	Load      int64    // minutes for which the owner's unit is lent in the four weeks around
	Reasons   []string // why it stands where it stands
	cost      value.Price
}

// Stretch is a time in which a unit can be had.
type Stretch struct{ Start, End value.Wall }

const usualLimit = 50

// Find lists the units that fit a query, best first: free before taken, the
// borrower's own first, then by what it costs, the least used, and units whose
// service comes due last. It asks the calendar about each unit.
func Find(cal *lending.Calendar, q Query) []Fit {
	limit := cmp.Or(q.Limit, usualLimit)
	var units []*lending.Equipment
	turnaround := int64(0)
	for e := range field.All[lending.Equipment](cal.Reader()) {
		if q.wants(e) {
			units, turnaround = append(units, e), max(turnaround, e.Buffer.Or(0))
		}
	}
	survey := cal.Survey(q.Start, q.End, turnaround)
	var fits []Fit // the best so far, in order
	for _, e := range units {
		f := Fit{Unit: e, Conflicts: survey.Conflicts(e, q.Except)}
		f.Free = len(f.Conflicts) == 0 || !f.Conflicts[0].Firm
		if len(fits) == limit {
			if q.first(&f, &fits[limit-1]) > 0 {
				continue
			}
			fits = fits[:limit-1]
		}
		at := sort.Search(len(fits), func(i int) bool { return q.first(&f, &fits[i]) < 0 })
		fits = slices.Insert(fits, at, f)
	}
	for i := range fits {
		q.complete(cal, &fits[i])
	}
	slices.SortStableFunc(fits, func(a, b Fit) int { return q.better(cal, &a, &b) })
	return fits
}

// wants reports whether a unit is of the kind asked for.
func (q *Query) wants(e *lending.Equipment) bool {
	own := e.Owner == q.Borrower && q.Borrower != 0
	if e.Status != lending.EquipmentActive || !e.Shareable && !own || q.Owner != 0 && e.Owner != q.Owner {
		return false
	}
	return (q.Category == "" || e.InCategory(q.Category)) && e.AtLeast(q.Minimum) && Named(e, q.Words)
}

// Named reports whether every word begins a word of the unit's tag, name or
// category.
func Named(e *lending.Equipment, words string) bool {
	if words == "" {
		return true
	}
	text := " " + field.FoldName(e.Tag+" "+e.Name+" "+e.Category)
	for word := range strings.FieldsSeq(field.FoldName(words)) {
		if !strings.Contains(text, " "+word) && !strings.Contains(text, "-"+word) {
			return false
		}
	}
	return true
}

// first orders units by what is known without a further look.
func (q *Query) first(a, b *Fit) int {
	own := func(f *Fit) bool { return f.Unit.Owner == q.Borrower }
	return cmp.Or(boolFirst(a.Free, b.Free), boolFirst(own(a), own(b)),
		cmp.Compare(a.Unit.LocalRate.Or(0), b.Unit.LocalRate.Or(0)),
		cmp.Compare(a.Unit.Size.Or(0), b.Unit.Size.Or(0)), cmp.Compare(a.Unit.ID, b.Unit.ID))
}

// better orders units whose rate, load and next window are known.
func (q *Query) better(cal *lending.Calendar, a, b *Fit) int {
	own := func(f *Fit) bool { return f.Unit.Owner == q.Borrower }
	due := func(f *Fit) bool { return serviceDue(f.Unit, q.End.Day()) }
	return cmp.Or(boolFirst(a.Free, b.Free), boolFirst(own(a), own(b)), boolFirst(!due(a), !due(b)), compareNext(a, b),
		cmp.Compare(a.cost, b.cost), cmp.Compare(a.Load, b.Load), cmp.Compare(a.Unit.Size.Or(0), b.Unit.Size.Or(0)),
		cmp.Compare(a.Unit.ID, b.Unit.ID))
}

func compareNext(a, b *Fit) int {
	if a.Free && b.Free {
		return 0
	}
	return cmp.Or(boolFirst(a.Next.Set, b.Next.Set), cmp.Compare(a.Next.V.Start, b.Next.V.Start))
}

func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// complete works out what is shown of a unit.
func (q *Query) complete(cal *lending.Calendar, f *Fit) {
	// A rate that is not on file is said at approval.
	f.Terms, _ = rates.TermsFor(cal.Reader(), f.Unit, q.Borrower, q.Start.Day())
	f.cost = perHour(f.Terms)
	f.Load = Load(cal, f.Unit, q.Start.Day()-14, q.Start.Day()+14)
	if len(f.Conflicts) > 0 {
		f.Why = cal.Sentence(f.Conflicts[0])
	}
	if !f.Free {
		if w, ok := NextFree(cal, f.Unit.ID, q.Start, q.End, q.Except); ok {
			f.Next = value.Some(w)
		}
	}
	if f.Unit.Owner == q.Borrower && q.Borrower != 0 {
		f.Reasons = append(f.Reasons, "your own")
	}
	f.Reasons = append(f.Reasons, RateText(f.Terms))
	if serviceDue(f.Unit, q.End.Day()) {
		f.Reasons = append(f.Reasons, "service comes due")
	}
	if f.Load > 0 {
		f.Reasons = append(f.Reasons, "lent "+rates.HoursOf(f.Load).String()+" h these weeks")
	}
}

// perHour makes rates comparable: a day counts as eight hours.
func perHour(t lending.Terms) value.Price {
	if t.Per == lending.PerDay {
		return t.Rate.Or(0) / 8
	}
	return t.Rate.Or(0)
}

// RateText says what terms cost: "$120.74 an hour, FEMA 2025".
func RateText(t lending.Terms) string {
	if t.Basis == lending.BasisWaived || t.Basis == "" || !t.Rate.Set {
		return "no charge"
	}
	s := t.Rate.V.String() + map[lending.RatePer]string{lending.PerHour: " an hour", lending.PerMile: " a mile",
		lending.PerDay:  " a day",
		lending.PerLoan: " a loan"}[t.Per]
	if t.Source == lending.SourceFEMA {
		s += ", " + t.Source
	}
	return s
}

func serviceDue(e *lending.Equipment, by value.Day) bool {
	return e.ServiceDue.Set && e.ServiceDue.V <= by || e.ServiceAt.Set && e.Meter.Set && e.Meter.V >= e.ServiceAt.V
}

// ahead is how many days ahead a free window is looked for.
const ahead = 60

// NextFree finds the nearest time, from the start asked for on, in which a unit
// can be had for as long: as soon as somebody else is through with it, if that
// is by day, or at the same hour of a following day.
func NextFree(cal *lending.Calendar, unit lending.EquipmentID, start,
	end value.Wall, except lending.ReservationID) (Stretch, bool) {
	e := field.Get(cal.Reader(), unit)
	if e == nil || end <= start {
		return Stretch{}, false
	}
	length := end - start
	first := max(start, cal.Now())
	var starts []value.Wall
	for _, h := range cal.Holds(e, first, first+ahead*24*60) {
		if h.Free > first && byDay(h.Free, length) {
			starts = append(starts, h.Free)
		}
	}
	for day := value.Wall(0); day <= ahead; day++ {
		if at := start + day*24*60; at >= first {
			starts = append(starts, at)
		}
	}
	slices.Sort(starts)
	for _, at := range starts {
		if cal.Free(lending.Claim{Unit: unit, From: at, Until: at + length, Except: except}) {
			return Stretch{at, at + length}, true
		}
	}
	return Stretch{}, false
}

// byDay reports whether somebody could fetch a unit at a time, and bring it back
// by evening when it is wanted for less than a day.
func byDay(start, length value.Wall) bool {
	opens, closes := start.Day().At(6, 0), start.Day().At(20, 0)
	return start >= opens && start < closes-120 && (length >= 24*60 || start+length <= closes)
}

// Stopping lists the loans, going on or to come, that would be without an
// agreement if one lapsed: those between its parties that reach past its expiry
// or begin after it, and that no other agreement covers.
func Stopping(r field.Reader, a *partnership.Agreement, now value.Wall) []*lending.Reservation {
	if !a.Expires.Set {
		return nil
	}
	var out []*lending.Reservation
	for v := range field.All[lending.Reservation](r) {
		lender := v.LentBy(r)
		if !v.Holds() && v.State != lending.Requested || !v.End.Set || v.End.V < now || lender == v.Borrower ||
			!a.Binds(v.Borrower) || !a.Binds(lender) {
			continue
		}
		last := (v.End.V - 1).Day()
		if last <= a.Expires.V {
			continue
		}
		covered := false
		for _, other := range partnership.InForceBetween(r, last, lender, v.Borrower) {
			covered = covered || other.ID != a.ID
		}
		if !covered {
			out = append(out, v)
		}
	}
	return out
}

// Load gives the minutes for which a unit is lent from a day up to another.
func Load(cal *lending.Calendar, unit *lending.Equipment, from, until value.Day) int64 {
	var minutes int64
	lo, hi := from.At(0, 0), until.At(0, 0)
	for v := range field.Within[lending.Reservation](cal.Reader(), lending.UnitGroup(unit.ID), lo, hi) {
		if lent(v) {
			minutes += cal.Length(max(lo, v.Start.V), min(hi, v.End.V))
		}
	}
	return minutes
}

// lent reports whether a reservation is or was a loan.
func lent(v *lending.Reservation) bool {
	return v.Holds() || v.State == lending.Returned || v.State == lending.Closed
}

// Substitutes ranks what could stand in for a loan: units of the category that
// are large enough, for the same time.
func Substitutes(cal *lending.Calendar, loan *lending.Reservation) []Fit {
	q := Query{Start: max(loan.Start.V, min(cal.Now(), loan.End.V-1)), End: loan.End.V, Category: loan.Category,
		Minimum: loan.Minimum, Borrower: loan.Borrower}
	if unit := field.Get(cal.Reader(), loan.Unit); unit != nil {
		q.Category, q.Minimum = unit.Category, unit.Size
		if loan.Minimum.Set {
			q.Minimum = loan.Minimum
		}
	}
	fits := Find(cal, q)
	return slices.DeleteFunc(fits, func(f Fit) bool { return f.Unit.ID == loan.Unit || !f.Free })
}
