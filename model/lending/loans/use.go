package loans

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Use is how a unit spent a period, in minutes of working time: eight hours of
// every weekday. A day on which it was lent at all counts as lent for at most
// the working day.
type Use struct {
	Unit    *lending.Equipment
	Lent    int64 // to other partners
	Own     int64 // booked by its owner
	Blocked int64 // in service and the like
	Idle    int64 // the rest
	Loans   int   // to others
	Whole   int64
}

// Share gives the hundredths of its time in which the unit was lent.
func (u *Use) Share() int {
	if u.Whole == 0 {
		return 0
	}
	return int(u.Lent * 100 / u.Whole)
}

// A working day, on the clock and in minutes.
const (
	workOpens = 8
	workDay   = 8 * 60
)

// Usage works out how every active unit spent the days from one to another,
// both counted, the most lent first.
func Usage(cal *lending.Calendar, from, until value.Day) []Use {
	days := workdays(from, until)
	var out []Use
	for e := range field.All[lending.Equipment](cal.Reader()) {
		if e.Status != lending.EquipmentRetired {
			out = append(out, use(cal, e, from, until, days))
		}
	}
	slices.SortStableFunc(out, func(a, b Use) int {
		return cmp.Or(cmp.Compare(b.Lent, a.Lent), cmp.Compare(b.Own, a.Own), cmp.Compare(a.Unit.Tag, b.Unit.Tag))
	})
	return out
}

func workdays(from, until value.Day) int64 {
	n := int64(0)
	for d := from; d <= until; d++ {
		if isWorkday(d) {
			n++
		}
	}
	return n
}

func isWorkday(d value.Day) bool { return d.Weekday() >= 1 && d.Weekday() <= 5 }

func use(cal *lending.Calendar, e *lending.Equipment, from, until value.Day, days int64) Use {
	u := Use{Unit: e, Whole: days * workDay}
	r, lo, hi := cal.Reader(), from.At(0, 0), (until+1).At(0, 0)
	for v := range field.Within[lending.Reservation](r, lending.UnitGroup(e.ID), lo, hi) {
		switch m := worked(max(lo, v.Start.V), min(hi, v.End.V)); {
		case !lent(v):
		case v.Borrower == e.Owner:
			u.Own += m
		default:
			u.Lent, u.Loans = u.Lent+m, u.Loans+1
		}
	}
	for b := range field.Within[lending.Block](r, lending.UnitGroup(e.ID), lo, hi) {
		if m := worked(max(lo, b.Start.V), min(hi, b.End.V)); b.For == lending.BlockOwn {
			u.Own += m
		} else {
			u.Blocked += m
		}
	}
	u.Idle = max(0, u.Whole-u.Lent-u.Own-u.Blocked)
	return u
}

// worked gives the working minutes of a time on the clock.
func worked(from, until value.Wall) int64 {
	minutes := value.Wall(0)
	for d := from.Day(); d.At(0, 0) < until; d++ {
		if isWorkday(d) {
			open := d.At(workOpens, 0)
			minutes += max(0, min(until, open+workDay)-max(from, open))
		}
	}
	return int64(minutes)
}

// Shortfall is what was asked for in a category and not had, beside what stood
// idle of it meanwhile, and what the two suggest.
type Shortfall struct {
	Category string
	Asked    int                             // requests declined or on the wait list
	Minutes  int64                           // working time asked for in them
	Cities   []partnership.PartnerID         // who asked
	Loans    []lending.ReservationID         // the requests
	Idle     int64                           // working minutes in which units of the category stood idle
	IdleOf   map[partnership.PartnerID]int64 // whose
	Spread   map[partnership.PartnerID]int   // requests by city
	Advice   string
}

// Unmet is the ledger of unmet demand from one day to another, the greatest
// first.
func Unmet(cal *lending.Calendar, from, until value.Day) []Shortfall {
	r, lo, hi := cal.Reader(), from.At(0, 0), (until+1).At(0, 0)
	byCategory := map[string]*Shortfall{}
	for v := range field.Within[lending.Reservation](r, field.AnyGroup, lo, hi) {
		if v.State != lending.Declined && v.State != lending.Waitlisted || !v.Start.Set || !v.End.Set {
			continue
		}
		name := v.Category
		if e := field.Get(r, v.Unit); e != nil {
			name = e.Category
		}
		key := field.FoldName(name)
		s := byCategory[key]
		if s == nil {
			s = &Shortfall{Category: name, IdleOf: map[partnership.PartnerID]int64{},
				Spread: map[partnership.PartnerID]int{}}
			byCategory[key] = s
		}
		s.Asked++
		s.Minutes += worked(max(lo, v.Start.V), min(hi, v.End.V)) * v.Units()
		s.Loans = append(s.Loans, v.ID)
		if s.Spread[v.Borrower]++; s.Spread[v.Borrower] == 1 {
			s.Cities = append(s.Cities, v.Borrower)
		}
	}
	if len(byCategory) > 0 {
		countIdle(cal, byCategory, from, until)
	}
	out := make([]Shortfall, 0, len(byCategory))
	for _, s := range byCategory {
		slices.Sort(s.Cities)
		slices.Sort(s.Loans)
		s.Advice = s.advise()
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Shortfall) int {
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), cmp.Compare(a.Category, b.Category))
	})
	return out
}

func countIdle(cal *lending.Calendar, byCategory map[string]*Shortfall, from, until value.Day) {
	days := workdays(from, until)
	for e := range field.All[lending.Equipment](cal.Reader()) {
		if s := byCategory[field.FoldName(e.Category)]; s != nil && e.Status == lending.EquipmentActive {
			u := use(cal, e, from, until, days)
			s.Idle += u.Idle
			s.IdleOf[e.Owner] += u.Idle
		}
	}
}

// advise says what the figures suggest, with its arithmetic: units that stand
// idle for several times what was asked could be lent; where nothing stands
// idle, cities that asked could buy one together.
func (s *Shortfall) advise() string {
	asked, idle := hours(s.Minutes), hours(s.Idle)
	switch {
	case s.Idle >= 2*s.Minutes && s.Idle > 0:
		return "lend: " + asked + " h were asked for and not had while " + idle + " h stood idle"
	case len(s.Cities) > 1:
		return "buy together: " + strconv.Itoa(len(s.Cities)) + " cities asked for " + asked + " h, and only " + idle +
			" h stood idle"
	}
	return "borrow from further away: one city asked for " + asked + " h, and only " + idle + " h stood idle"
}

func hours(minutes int64) string { return rates.HoursOf(minutes).String() }
