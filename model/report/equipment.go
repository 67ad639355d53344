package report

import (
	"strconv"

	"interlocal/model"
)

// Equipment contributes loans: late, due today, asked for and coming.
func Equipment(r model.Reader, now model.Wall) Contribution {
	g := gather(r, now, TabEquipment)
	units, shareable := 0, 0
	for e := range model.All[model.Equipment](r) {
		units++
		if e.Shareable && e.Status == model.EquipmentActive {
			shareable++
		}
	}
	out, late := 0, 0
	for v := range model.All[model.Reservation](r) {
		if v.State == model.OutOnLoan {
			out++
		}
		if v.Overdue(now) {
			late++
		}
		g.loan(v)
	}
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
	return g.contribution()
}

// loan tells where one reservation stands.
func (g *gathering) loan(v *model.Reservation) {
	id := uint64(v.ID)
	start, end := dayOf(v.Start), dayOf(v.End)
	switch {
	case v.Overdue(g.now):
		g.line("reservations", id, Overdue, end, func() string {
			return g.unitWith(v) + " was due back " + when(g.today, end.V) + " at " + clock(v.End.V)
		})
	case v.State == model.OutOnLoan:
		g.happens(end, "reservations", id, func() string {
			return unitName(g.r, v.Unit) + " comes back from " + partnerName(g.r, v.Borrower)
		})
		if end.Set && end.V == g.today {
			g.line("reservations", id, DueSoon, end, func() string {
				return g.unitWith(v) + " comes back today by " + clock(v.End.V)
			})
		}
	case v.State == model.Approved && start.Set:
		g.goingOut(v, start.V)
	case v.State == model.Requested:
		g.line("reservations", id, Waiting, start, func() string { return g.request(v) })
	}
}

// goingOut tells of an approved loan that has not been handed over.
func (g *gathering) goingOut(v *model.Reservation, start model.Day) {
	id := uint64(v.ID)
	g.happens(model.Some(start), "reservations", id, func() string {
		return unitName(g.r, v.Unit) + " goes to " + partnerName(g.r, v.Borrower)
	})
	switch {
	case start == g.today:
		g.line("reservations", id, DueSoon, model.Some(start), func() string {
			return unitName(g.r, v.Unit) + " goes to " + partnerName(g.r, v.Borrower) + " today at " + clock(v.Start.V)
		})
	case start < g.today:
		g.line("reservations", id, Waiting, model.Some(start), func() string {
			return unitName(g.r, v.Unit) + " was to go to " + partnerName(g.r, v.Borrower) + " on " + when(g.today, start) +
				"; the hand-over is " + NotRecorded
		})
	}
}

// unitWith names a unit and who has it.
func (g *gathering) unitWith(v *model.Reservation) string {
	return unitName(g.r, v.Unit) + ", in use by " + partnerName(g.r, v.Borrower) + ","
}

// request says who asks for what, and who is to answer.
func (g *gathering) request(v *model.Reservation) string {
	text := partnerName(g.r, v.Borrower) + " asks for " + unitName(g.r, v.Unit)
	if v.Start.Set {
		text += " from " + when(g.today, v.Start.V.Day())
	}
	if unit := model.Get(g.r, v.Unit); unit != nil && unit.Owner != v.Borrower {
		return text + "; " + partnerName(g.r, unit.Owner) + " is to answer"
	}
	return text
}

// dayOf gives the day of a local time.
func dayOf(w model.Opt[model.Wall]) model.Opt[model.Day] {
	if !w.Set {
		return model.Opt[model.Day]{}
	}
	return model.Some(w.V.Day())
}
