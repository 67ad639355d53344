package report

import (
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Equipment contributes loans: late, due today, asked for and coming.
func Equipment(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabEquipment)
	units, shareable := 0, 0
	for e := range field.All[lending.Equipment](r) {
		units++
		if e.Shareable && e.Status == lending.EquipmentActive {
			shareable++
		}
	}
	out, late, open := 0, 0, paperless{}
	for v := range field.All[lending.Reservation](r) {
		if v.State == lending.OutOnLoan {
			out++
		}
		if v.Overdue(now) {
			late++
		}
		g.loan(v)
		open.note(g.r, v)
	}
	g.unrecorded(open)
	g.settling()
	const shares = "active units that their owners mark as shareable"
	loans := "reservations with state Out"
	if late > 0 {
		loans += "; " + strconv.Itoa(late) + " past the agreed end"
	}
	if units == 0 {
		g.blank("Shareable units", shares)
		g.blank("Loans out", loans)
	} else {
		g.tile("Shareable units", shareable, shares)
		g.tile("Loans out", out, loans)
	}
	g.saved()
	return g.contribution()
}

// saved tells what buying together has saved, once something has been awarded;
// what cannot be computed is counted beside it and never as nothing.
func (g *gathering) saved() {
	var sum buying.Saving
	for a := range field.All[buying.Award](g.r) {
		s := buying.SavingOf(a)
		sum.Saved, sum.Computed, sum.Unknown = sum.Saved+s.Saved, sum.Computed+s.Computed, sum.Unknown+s.Unknown
	}
	note := "awards: quantity times the price alone less the price together"
	if sum.Unknown > 0 {
		note += "; not computed for " + count(sum.Unknown, "line", "lines")
	}
	switch {
	case sum.Computed > 0:
		g.tiles = append(g.tiles, Tile{Name: "Saved by buying together", Value: dollars(sum.Saved), Number: value.Some(int64(sum.Saved)), Note: note,
			Tab: g.tab, Money: true})
	case sum.Unknown > 0:
		g.blank("Saved by buying together", note)
	}
}

// loan tells where one reservation stands.
func (g *gathering) loan(v *lending.Reservation) {
	id := uint64(v.ID)
	start, end := dayOf(v.Start), dayOf(v.End)
	switch {
	case v.Overdue(g.now):
		g.line(lending.KindReservations, id, Overdue, end, func() string {
			return g.unitWith(v) + " was due back " + when(g.today, end.V) + " at " + clock(v.End.V)
		})
	case v.State == lending.OutOnLoan:
		g.happens(end, lending.KindReservations, id, func() string {
			return unitName(g.r, v.Unit) + " comes back from " + partnerName(g.r, v.Borrower)
		})
		if end.Set && end.V == g.today {
			g.line(lending.KindReservations, id, DueSoon, end, func() string {
				return g.unitWith(v) + " comes back today by " + clock(v.End.V)
			})
		}
	case v.State == lending.Approved && start.Set:
		g.goingOut(v, start.V)
	case v.State == lending.Requested:
		g.line(lending.KindReservations, id, Waiting, start, func() string { return g.request(v) })
	case v.State == lending.Waitlisted && v.Ready.Set:
		g.line(lending.KindReservations, id, Waiting, value.Some(v.Ready.V.Day()), func() string {
			return g.wanted(v) + " has come free; " + partnerName(g.r, v.Borrower) + " is first in line and was offered it " + when(g.today, v.Ready.V.Day())
		})
	}
	if v.Holds() && v.Extension.Set {
		g.line(lending.KindReservations, id, Waiting, value.Some(v.Extension.V.Day()), func() string {
			return partnerName(g.r, v.Borrower) + " asks to keep " + g.wanted(v) + " until " + when(g.today, v.Extension.V.Day()) + "; " +
				partnerName(g.r, v.LentBy(g.r)) + " is to answer"
		})
	}
}

// wanted names a unit, or the category of which any will do.
func (g *gathering) wanted(v *lending.Reservation) string {
	if v.Unit == 0 && v.Category != "" {
		return "a " + text.OneLine(v.Category)
	}
	return unitName(g.r, v.Unit)
}

// settling tells of lines and statements that wait for somebody.
func (g *gathering) settling() {
	settled := map[lending.ReservationID]bool{}
	for line := range field.All[lending.Charge](g.r) {
		settled[line.Reservation] = true
		if line.State == lending.Disputed {
			g.line(lending.KindCharges, uint64(line.ID), Waiting, line.On, func() string {
				return partnerName(g.r, line.Borrower) + " disputes " + line.Total().String() + " for a loan from " + partnerName(g.r, line.Lender)
			})
		}
	}
	g.unsettled(settled)
	for s := range field.All[buying.Solicitation](g.r) {
		if !s.Due.Set {
			continue
		}
		due := value.Some(s.Due.V.Day())
		if !s.Open() && s.Live() {
			g.happens(due, buying.KindSolicitations, uint64(s.ID), func() string { return "Bids for " + quoted(s.Title) + " are opened at " + clock(s.Due.V) })
		}
		if s.State == buying.Opened {
			g.line(buying.KindSolicitations, uint64(s.ID), Waiting, due, func() string {
				return "The bids for " + quoted(s.Title) + " are open and wait for an award by " + partnerName(g.r, s.Lead)
			})
		}
	}
}

// unsettled tells of returns of which no settlement line was made, as of those
// that came in with a file: what such a loan costs is on no statement. Those
// between two cities are one line, or a month of them would hide all else.
func (g *gathering) unsettled(settled map[lending.ReservationID]bool) {
	type pair struct{ lender, borrower partnership.PartnerID }
	open, order := map[pair][]*lending.Return{}, []pair(nil)
	for back := range field.All[lending.Return](g.r) {
		v := field.Get(g.r, back.Reservation)
		if v == nil || settled[v.ID] || back.Amends != 0 {
			continue
		}
		p := pair{v.LentBy(g.r), v.Borrower}
		if p.lender == 0 || p.lender == p.borrower {
			continue
		}
		if open[p] == nil {
			order = append(order, p)
		}
		open[p] = append(open[p], back)
	}
	for _, p := range order {
		list := open[p]
		g.line(lending.KindReturns, uint64(list[0].ID), Waiting, value.Opt[value.Day]{}, func() string {
			what, has, add := count(len(list), "return", "returns"), "have no settlement line", "add the lines"
			if len(list) == 1 {
				what, has, add = "The return of "+unitName(g.r, list[0].Unit), "has no settlement line", "add the line"
				if list[0].At.Set {
					what += " on " + when(g.today, list[0].At.V.Day())
				}
			}
			return what + " by " + partnerName(g.r, p.borrower) + " to " + partnerName(g.r, p.lender) + " " + has +
				", so what is owed is on no statement; " + add + " in Settlement lines"
		})
	}
}

// goingOut tells of an approved loan that has not been handed over.
func (g *gathering) goingOut(v *lending.Reservation, start value.Day) {
	id := uint64(v.ID)
	g.happens(value.Some(start), lending.KindReservations, id, func() string {
		return g.wanted(v) + " goes to " + partnerName(g.r, v.Borrower)
	})
	switch {
	case start == g.today && v.Start.V >= g.now:
		g.line(lending.KindReservations, id, DueSoon, value.Some(start), func() string {
			return g.wanted(v) + " goes to " + partnerName(g.r, v.Borrower) + " today at " + clock(v.Start.V)
		})
	case start == g.today:
		g.line(lending.KindReservations, id, Waiting, value.Some(start), func() string {
			return g.wanted(v) + " was to go to " + partnerName(g.r, v.Borrower) + " today at " + clock(v.Start.V) +
				"; the hand-over is " + NotRecorded
		})
	case start < g.today:
		g.line(lending.KindReservations, id, Waiting, value.Some(start), func() string {
			return g.wanted(v) + " was to go to " + partnerName(g.r, v.Borrower) + " on " + when(g.today, start) +
				"; the hand-over is " + NotRecorded
		})
	}
}

// unitWith names a unit and who has it.
func (g *gathering) unitWith(v *lending.Reservation) string {
	return unitName(g.r, v.Unit) + ", in use by " + partnerName(g.r, v.Borrower) + ","
}

// request says who asks for what, and who is to answer.
func (g *gathering) request(v *lending.Reservation) string {
	text := partnerName(g.r, v.Borrower) + " asks for " + g.wanted(v)
	if v.Start.Set {
		text += " from " + when(g.today, v.Start.V.Day())
	}
	if lender := v.LentBy(g.r); lender != 0 && lender != v.Borrower {
		return text + "; " + partnerName(g.r, lender) + " is to answer"
	}
	return text
}

// dayOf gives the day of a local time.
func dayOf(w value.Opt[value.Wall]) value.Opt[value.Day] {
	if !w.Set {
		return value.Opt[value.Day]{}
	}
	return value.Some(w.V.Day())
}
