package lending

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// A loan of any dump truck of ten cubic yards takes no truck in particular
// until it is handed over. What must hold is that one is left: that all such
// loans which an owner has approved can be given a unit each that is large
// enough and free for the whole of their time. Counting the units that are free
// at each moment would not do, since nobody changes trucks in the middle of a
// loan; so units are dealt out in search of one way that works.

// wish is one unit's worth of a loan by category.
type wish struct {
	loan        ReservationID
	lender      partnership.PartnerID // whose units will do; 0 for anybody's
	minimum     value.Opt[value.Tenths]
	from, until int64 // instants, without turnaround
	fits        []int // units, by position
}

// lot is a unit that may be dealt out, and when it is taken.
type lot struct {
	unit *Equipment
	busy []Hold
}

// maxDeals bounds the search. Beyond it a claim is refused: better to turn a
// booking away than to promise one unit twice.
const maxDeals = 20_000

// short checks a claim on a category; the hold says that too few are free.
func (c *Calendar) short(q Claim) []Hold {
	if q.Category == "" || q.Until <= q.From {
		return nil
	}
	if c.deal(q, q.Lender, q.Category) {
		return nil
	}
	return []Hold{{Kind: HeldShort, From: q.From, Until: q.Until, Free: q.Until, Firm: true}}
}

// breaks reports whether a claim on a unit leaves too few for what its owner
// has promised.
func (c *Calendar) breaks(unit *Equipment, q Claim) (Hold, bool) {
	var first *Reservation
	reach := value.Wall(unit.Buffer.Or(0) + dstSlack)
	for v := range field.Within[Reservation](c.r, DemandGroup(unit.Category), q.From-reach, q.Until+reach) {
		if v.ID != q.Except && c.promised(v, unit.Owner, unit.Category) && unit.AtLeast(v.Minimum) {
			first = v
			break
		}
	}
	beside := slices.ContainsFunc(q.Beside, func(b Claim) bool { return b.dealt(unit.Owner, unit.Category) })
	if first == nil && !beside || c.deal(q, unit.Owner, unit.Category) {
		return Hold{}, false
	}
	if first == nil {
		return Hold{Kind: HeldShort, From: q.From, Until: q.Until, Free: q.Until, Firm: true}, true
	}
	return Hold{Kind: HeldPromised, Unit: unit.ID, Loan: first.ID, Borrower: first.Borrower, From: first.Start.V,
		Until: first.End.V,
		Free:  first.End.V, Firm: true}, true
}

// promised reports whether a reservation is an approved loan of a category
// without a unit yet.
func (c *Calendar) promised(v *Reservation, lender partnership.PartnerID, category string) bool {
	return v.State == Approved && v.Unit == 0 && v.Lender == lender &&
		field.FoldName(v.Category) == field.FoldName(category)
}

// deal looks for a way to give every promised loan, and the claim if it is one
// of a category, a unit of the lender's. A claim on a unit takes that one. A
// lender of 0 means units of anybody who lends, each promise being its lender's.
func (c *Calendar) deal(q Claim, lender partnership.PartnerID, category string) bool {
	wishes, from, until := c.wishes(q, lender, category)
	claims := append([]Claim{q}, q.Beside...)
	for _, b := range claims {
		for range max(1, b.Quantity) {
			if b.dealt(lender, category) {
				wishes = append(wishes, wish{loan: b.Except, lender: b.Lender, minimum: b.Minimum,
					from: c.Minute(b.From), until: c.Minute(b.Until)})
			}
		}
	}
	lots := c.lots(lender, category, from, until, q)
	for i := range lots {
		for _, b := range claims {
			if lots[i].unit.ID == b.Unit {
				lots[i].busy = append(lots[i].busy, c.claimed(lots[i].unit, b))
			}
		}
	}
	for i := range wishes {
		for j := range lots {
			w, u := &wishes[i], lots[j].unit
			if u.AtLeast(w.minimum) && (w.lender == 0 || w.lender == u.Owner) && lots[j].takes(w) {
				wishes[i].fits = append(wishes[i].fits, j)
			}
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int {
		return cmp.Or(cmp.Compare(len(a.fits), len(b.fits)), cmp.Compare(a.from, b.from), cmp.Compare(a.loan, b.loan))
	})
	deals := 0
	return dealOut(wishes, lots, 0, &deals)
}

// dealt reports whether a claim asks for any unit out of a category that a lender,
// or anybody, has.
func (q *Claim) dealt(lender partnership.PartnerID, category string) bool {
	return q.Unit == 0 && field.FoldName(q.Category) == field.FoldName(category) &&
		(lender == 0 || q.Lender == lender)
}

// claimed is what a claim would keep of a unit.
func (c *Calendar) claimed(unit *Equipment, q Claim) Hold {
	h := Hold{from: c.Minute(q.From), until: c.Minute(q.Until), Firm: true}
	if !q.Block {
		h.until += unit.Buffer.Or(0)
	}
	return h
}

// takes reports whether a unit is free for a wish.
func (l *lot) takes(w *wish) bool {
	until := w.until + l.unit.Buffer.Or(0)
	for _, h := range l.busy {
		if h.Firm && h.from < until && w.from < h.until {
			return false
		}
	}
	return true
}

// wishes lists the loans promised out of a category that share a moment with
// the claim, or with one that does, and the time they take up together.
func (c *Calendar) wishes(q Claim, lender partnership.PartnerID, category string) (out []wish, from, until value.Wall) {
	from, until = q.From, q.Until
	for _, b := range q.Beside {
		from, until = min(from, b.From), max(until, b.Until)
	}
	for {
		out = out[:0]
		lo, hi := from, until
		const reach = maxBuffer + dstSlack
		for v := range field.Within[Reservation](c.r, DemandGroup(category), from-reach, until+reach) {
			if v.ID == q.Except || !(c.promised(v, lender, category) || lender == 0 &&
				c.promised(v, v.Lender, category)) {
				continue
			}
			lo, hi = min(lo, v.Start.V), max(hi, v.End.V)
			for range v.Units() {
				out = append(out, wish{loan: v.ID, lender: v.Lender, minimum: v.Minimum, from: c.Minute(v.Start.V),
					until: c.Minute(v.End.V)})
			}
		}
		if lo == from && hi == until {
			return out, from, until
		}
		from, until = lo, hi
	}
}

// lots lists the units of a category that can be dealt out.
func (c *Calendar) lots(lender partnership.PartnerID, category string, from, until value.Wall, q Claim) []lot {
	var out []lot
	add := func(e *Equipment) {
		if !e.Lendable() || !e.InCategory(category) {
			return
		}
		holds := c.Holds(e, from, until)
		holds = slices.DeleteFunc(holds, func(h Hold) bool {
			return h.Loan != 0 && h.Loan == q.Except || h.Block != 0 && h.Block == q.ExceptBlock
		})
		out = append(out, lot{e, holds})
	}
	if lender == 0 {
		for e := range field.All[Equipment](c.r) {
			add(e)
		}
	} else {
		for e := range field.Of[Equipment](c.r, "owner", lender) {
			add(e)
		}
	}
	// The smallest that will do comes first.
	slices.SortStableFunc(out, func(a, b lot) int { return cmp.Compare(a.unit.Size.Or(0), b.unit.Size.Or(0)) })
	return out
}

// dealOut gives the wishes from n on a unit each, and reports whether that can
// be done.
func dealOut(wishes []wish, lots []lot, n int, deals *int) bool {
	if n == len(wishes) {
		return true
	}
	w := &wishes[n]
	for _, j := range w.fits {
		if *deals++; *deals > maxDeals {
			return false
		}
		l := &lots[j]
		if !l.takes(w) {
			continue
		}
		l.busy = append(l.busy, Hold{from: w.from, until: w.until + l.unit.Buffer.Or(0), Firm: true})
		if dealOut(wishes, lots, n+1, deals) {
			return true
		}
		l.busy = l.busy[:len(l.busy)-1]
	}
	return false
}

// horizon is how far ahead, in minutes, a change to a unit is held against what
// has been booked.
const horizon = 5 * 366 * 24 * 60

// checkPromises looks at what has been booked when a unit changes.
func checkPromises(c *field.Checking, before, e *Equipment) {
	same := before.Status == e.Status && before.InCategory(e.Category) && before.Owner == e.Owner &&
		before.Shareable == e.Shareable && before.Size == e.Size && before.Buffer.Or(0) == e.Buffer.Or(0)
	if same {
		return
	}
	cal := CalendarOf(c, c.Now)
	holds := cal.Holds(e, c.Now, c.Now+horizon)
	holds = slices.DeleteFunc(holds, func(h Hold) bool { return h.Kind == HeldByBlock })
	if len(holds) > 0 {
		switch {
		case e.Status == EquipmentRetired && before.Status != EquipmentRetired:
			c.Add("status", cal.Sentence(holds[0])+"; recall that before the unit is retired")
		case e.Status == EquipmentOut && before.Status != EquipmentOut:
			c.Warn("status", cal.Sentence(holds[0])+"; tell the borrower")
		case e.Owner != before.Owner:
			c.Add("owner", cal.Sentence(holds[0])+"; a unit changes owners when nothing is booked")
		}
	}
	if e.Buffer.Or(0) > before.Buffer.Or(0) {
		checkBuffer(c, cal, e)
	}
	checkLeft(c, cal, before, e)
}

// checkBuffer refuses a longer turnaround for which there is no room.
func checkBuffer(c *field.Checking, cal *Calendar, e *Equipment) {
	holds := cal.Holds(e, c.Now-maxBuffer, c.Now+horizon)
	for i := 1; i < len(holds); i++ {
		if a, b := holds[i-1], holds[i]; a.Firm && b.Firm && b.from < a.until && a.Loan != b.Loan {
			c.Add("buffer", cal.Sentence(b)+", which leaves no room for that turnaround")
			return
		}
	}
}

// checkLeft looks whether enough is left for what was promised out of the
// category that a unit was in.
func checkLeft(c *field.Checking, cal *Calendar, before, e *Equipment) {
	for v := range field.Within[Reservation](c, DemandGroup(before.Category), c.Now, c.Now+horizon) {
		if !cal.promised(v, before.Owner, before.Category) || cal.Free(ClaimOf(v)) {
			continue
		}
		say := "too few are left for what is promised to others (reservation " + v.Number() + ")"
		if e.Status == EquipmentOut {
			c.Warn("status", say)
		} else {
			c.Add("status", say)
		}
		return
	}
}
