package lending

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Calendar says when units are free. Everything that asks, a form, a timeline,
// a finder, a command or a rule, asks it, so that all get the same answer.
//
// Bookings are local times and are compared as instants, so that the hours in
// which clocks change count as what they are. All intervals are half-open. A
// unit is taken
//
//   - by a loan that is approved or out, and for its turnaround behind that,
//   - by a block that has not been lifted,
//   - by a loan that should have come back and has not, for some days past its
//     end: the grace in the settings. After that others are warned, not
//     refused, since more likely the return was not recorded.
//
// A loan of any unit of a category takes none in particular, but enough must be
// left for it: see [Calendar.Conflicts].
type Calendar struct {
	r     field.Reader
	now   value.Wall
	zone  *time.Location
	grace int64 // minutes
}

// defaultGrace is how many days a late loan keeps its unit when the settings
// do not say.
const defaultGrace = 3

// CalendarOf reads the loans at a local time.
func CalendarOf(r field.Reader, now value.Wall) *Calendar {
	s := partnership.SettingsOf(r)
	return &Calendar{r: r, now: now, zone: partnership.ZoneOf(r), grace: s.Grace.Or(defaultGrace) * 24 * 60}
}

// Now is the local time for which the calendar speaks.
func (c *Calendar) Now() value.Wall { return c.now }

// Reader is what the calendar reads.
func (c *Calendar) Reader() field.Reader { return c.r }

// Minute gives the instant of a local time, in minutes since 1970 UTC.
func (c *Calendar) Minute(w value.Wall) int64 { return w.In(c.zone).Unix() / 60 }

// Wall gives what clocks show at an instant of [Calendar.Minute].
func (c *Calendar) Wall(minute int64) value.Wall {
	t := time.Unix(minute*60, 0).In(c.zone)
	return value.DayOf(t).At(t.Hour(), t.Minute())
}

// Length gives the true minutes between two local times.
func (c *Calendar) Length(from, until value.Wall) int64 { return c.Minute(until) - c.Minute(from) }

// Elapsed gives the true minutes from one thing that happened to a later one;
// see [value.Elapsed].
func (c *Calendar) Elapsed(from, until value.Wall) int64 { return value.Elapsed(from, until, c.zone) }

// Claim is a wish for a unit, or for some of a category, for a while.
type Claim struct {
	Unit  EquipmentID
	From  value.Wall
	Until value.Wall

	Category string // where no unit is named
	Minimum  value.Opt[value.Tenths]
	Quantity int64 // 0 is one
	Lender   partnership.PartnerID

	Beside      []Claim       // what is wanted with it
	Block       bool          // a block needs no turnaround behind it
	Except      ReservationID // the reservation that makes the claim, if it is there already
	ExceptBlock BlockID
}

// ClaimOf is what a reservation asks for.
func ClaimOf(v *Reservation) Claim {
	return Claim{Unit: v.Unit, From: v.Start.V, Until: v.End.V, Category: v.Category, Minimum: v.Minimum,
		Quantity: v.Units(), Lender: v.Lender, Except: v.ID}
}

// HoldKind says what keeps a unit.
type HoldKind string

// What keeps a unit.
const (
	HeldByLoan   HoldKind = "loan"
	HeldByBlock  HoldKind = "block"
	HeldLate     HoldKind = "late"     // a loan past its end
	HeldPromised HoldKind = "promised" // a loan of the category that would have none left
	HeldShort    HoldKind = "short"    // there are not enough in the category
	HeldBeside   HoldKind = "beside"   // what is wanted with it takes the same unit
)

// Hold is something that keeps a unit from others.
type Hold struct {
	Kind     HoldKind
	Unit     EquipmentID
	Loan     ReservationID
	Block    BlockID
	Borrower partnership.PartnerID
	From     value.Wall // as booked
	Until    value.Wall // as booked
	Free     value.Wall // when the unit can be had again, with turnaround and grace
	Firm     bool       // refuses others; otherwise they are warned
	Late     bool

	from, until int64 // instants, turnaround included
}

// dstSlack widens what is looked up by local time, for the hours in which
// clocks change.
const dstSlack = 3 * 60

// Holds lists what keeps a unit from others within a time and the turnaround
// behind it, earliest first.
func (c *Calendar) Holds(unit *Equipment, from, until value.Wall) []Hold {
	reach := value.Wall(unit.Buffer.Or(0) + dstSlack)
	group, lo, hi := UnitGroup(unit.ID), from-reach, until+reach
	return c.gather(unit, from, until, field.Within[Reservation](c.r, group, lo, hi),
		field.Within[Block](c.r, group, lo, hi),
		field.Within[Reservation](c.r, outGroup(unit.ID), outAt, outAt+1))
}

// gather makes holds of a unit's loans and blocks near a time, and of its loans
// that are out.
func (c *Calendar) gather(unit *Equipment, from, until value.Wall, loans iter.Seq[*Reservation],
	blocks iter.Seq[*Block], gone iter.Seq[*Reservation]) []Hold {
	var out []Hold
	for v := range loans {
		if v.Holds() && !v.Overdue(c.now) {
			out = append(out, c.hold(unit, v))
		}
	}
	for b := range blocks {
		out = append(out, Hold{Kind: HeldByBlock, Unit: unit.ID, Block: b.ID, From: b.Start.V, Until: b.End.V,
			Free: b.End.V, Firm: true,
			from: c.Minute(b.Start.V), until: c.Minute(b.End.V)})
	}
	for v := range gone {
		if v.Overdue(c.now) {
			out = c.late(out, unit, v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	// Whoever asks needs a turnaround as well.
	a, b := c.Minute(from), c.Minute(until)+unit.Buffer.Or(0)
	out = slices.DeleteFunc(out, func(h Hold) bool { return h.from >= b || h.until <= a })
	slices.SortFunc(out, func(a, b Hold) int { return int(a.from - b.from) })
	return out
}

// hold is what a loan keeps.
func (c *Calendar) hold(unit *Equipment, v *Reservation) Hold {
	h := Hold{Kind: HeldByLoan, Unit: unit.ID, Loan: v.ID, Borrower: v.Borrower, From: v.Start.V, Until: v.End.V,
		Free: v.End.V,
		Firm: true, from: c.Minute(v.Start.V), until: c.Minute(v.End.V)}
	if buffer := unit.Buffer.Or(0); buffer > 0 {
		h.until += buffer
		h.Free = c.Wall(h.until)
	}
	return h
}

// late adds what a loan keeps that should have come back.
func (c *Calendar) late(out []Hold, unit *Equipment, v *Reservation) []Hold {
	h := c.hold(unit, v)
	end := c.Minute(v.End.V)
	if c.Minute(c.now) < end+c.grace {
		h.until = max(h.until, end+c.grace)
		h.Kind, h.Late, h.Free = HeldLate, true, c.Wall(h.until)
		return append(out, h)
	}
	soft := h
	soft.Kind, soft.Late, soft.Firm = HeldLate, true, false
	soft.from, soft.until = h.until, max(h.until, c.Minute(c.now)+c.grace)
	soft.Free = c.Wall(soft.until)
	return append(out, h, soft)
}

// Conflicts lists what stands against a claim, firm ones first; none means that
// it can be had. A claim on a unit also counts as refused when it would leave
// too few for what the owner has promised out of the unit's category.
func (c *Calendar) Conflicts(q Claim) []Hold {
	if q.Unit == 0 {
		return c.short(q)
	}
	unit := field.Get(c.r, q.Unit)
	if unit == nil || q.Until <= q.From {
		return nil
	}
	return c.against(unit, q, c.Holds(unit, q.From, q.Until))
}

// against lists what stands against a claim on a unit that is held by others
// as given.
func (c *Calendar) against(unit *Equipment, q Claim, holds []Hold) []Hold {
	out := c.conflictsOf(unit, q, holds)
	if len(out) == 0 || !out[0].Firm {
		if h, broken := c.breaks(unit, q); broken {
			out = append([]Hold{h}, out...)
		}
	}
	return out
}

// Together lists what stands against several claims that are had all or none, firm
// ones first.
func (c *Calendar) Together(claims []Claim) []Hold {
	var out []Hold
	for i, q := range claims {
		if len(claims) > 1 {
			q.Beside = append(slices.Delete(slices.Clone(claims), i, i+1), q.Beside...)
		}
		holds := c.Conflicts(q)
		if len(holds) > 0 && holds[0].Firm {
			return holds
		}
		out = append(out, holds...)
	}
	return out
}

// Free reports whether nothing refuses a claim.
func (c *Calendar) Free(q Claim) bool {
	conflicts := c.Conflicts(q)
	return len(conflicts) == 0 || !conflicts[0].Firm
}

// conflictsOf picks the holds that stand against a claim on a unit.
func (c *Calendar) conflictsOf(unit *Equipment, q Claim, holds []Hold) []Hold {
	from, until := c.Minute(q.From), c.Minute(q.Until)
	if !q.Block {
		until += unit.Buffer.Or(0)
	}
	var out []Hold
	for _, h := range holds {
		if h.Loan != 0 && h.Loan == q.Except || h.Block != 0 && h.Block == q.ExceptBlock {
			continue
		}
		if h.from < until && from < h.until {
			out = append(out, h)
		}
	}
	for _, b := range q.Beside {
		if h := c.claimed(unit, b); b.Unit == unit.ID && h.from < until && from < h.until {
			h.Kind, h.Unit, h.From, h.Until, h.Free = HeldBeside, unit.ID, b.From, b.Until, b.Until
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b Hold) int { return boolOrder(b.Firm) - boolOrder(a.Firm) })
	return out
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Refuse notes what stands against a claim as problems: firm conflicts refuse,
// others warn.
func (c *Calendar) Refuse(ps *failure.Problems, q Claim) {
	for i, h := range c.Conflicts(q) {
		switch {
		case h.Firm && i == 0:
			ps.Add("start", c.Sentence(h))
			return
		case !h.Firm:
			ps.Warn("start", c.Sentence(h))
		}
	}
}

// Sentence says who has a unit and until when.
func (c *Calendar) Sentence(h Hold) string {
	tag := "the unit"
	if e := field.Get(c.r, h.Unit); e != nil {
		tag = e.Tag
	}
	number := "#" + strconv.FormatUint(uint64(h.Loan), 10)
	by := ""
	if p := field.Get(c.r, h.Borrower); p != nil {
		by = " by " + p.Name
	}
	switch h.Kind {
	case HeldByBlock:
		why := "kept"
		if b := field.Get(c.r, h.Block); b != nil && b.For != BlockOther {
			why = "kept for " + string(b.For)
		}
		return tag + " is " + why + " from " + h.From.Long() + " until " + h.Until.Long()
	case HeldLate:
		s := tag + " was due back from" + byName(by) + " on " + h.Until.Long() +
			" and has not come back (reservation " + number + ")"
		if h.Firm {
			s += "; it is free from " + h.Free.Long() + " at the earliest"
		}
		return s
	case HeldPromised:
		return "with that too few would be left for what is promised" + by + " from " + h.From.Long() + " until " +
			h.Until.Long() +
			" (reservation " + number + ")"
	case HeldShort:
		return "too few of the category are free for all of that time"
	case HeldBeside:
		return tag + " is wanted from " + h.From.Long() + " until " + h.Until.Long() +
			" by the same booking; each time ends, with the turnaround, before the next begins"
	}
	s := tag + " is taken from " + h.From.Long() + " until " + h.Until.Long() + by + " (reservation " + number + ")"
	if h.Free != h.Until {
		s += " and being made ready until " + h.Free.Long()
	}
	return s
}

// byName turns " by Grandview" into " Grandview".
func byName(by string) string {
	if len(by) > 3 {
		return by[3:]
	}
	return " its borrower"
}
