package equipment

import (
	"fmt"
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// newYard makes the page of the day: what is late, what comes back, what goes
// out, and who waits for an answer.
func newYard(d *app.App, tab *records.Screen, deeds []page.Action) *page.Page {
	s := page.New(page.Options{App: d, Host: tab, ID: "yard", Heading: "Yard", Actions: deeds,
		Columns: []page.Column{{Title: "Unit"}, {Title: "With", Width: 14}, {Title: "When", Width: 25},
			{Title: "Yard", Width: 14, From: 96}, {Title: "For", From: 130}},
		Empty: "Nothing is out, due or asked for. b books a unit; what is approved and lent then stands here " +
			"on its day.",
		Example: []string{"Overdue (1)", "! RT-104 Dump truck      Grandview     since Sun Feb 14, 5:00 pm",
			"Going out today (1)",
			"→ SW-211 Street sweeper  Raytown       today, 1:00 pm"},
		Help: "## Marks\n  !  should be back\n  ←  comes back today\n  →  goes out today\n  ?  waits for the owner's " +
			"answer\n  w  on the wait list\n  ·  out, back another day\n",
	})
	partner := cityOf(d)
	s.Load = func(v *store.View, now value.Wall) page.Content { return yardOf(v, now, partner) }
	return s
}

// yardPart is a heading of the yard page.
type yardPart int

const (
	partLate yardPart = iota
	partBack
	partOut
	partAsked
	partAway
	partNext
	parts
)

// yardOf sorts the loans that concern a partner, or everybody's when it is 0, by
// what is to be done about them.
func yardOf(v *store.View, now value.Wall, partner partnership.PartnerID) page.Content {
	var lists [parts][]*lending.Reservation
	for loan := range field.All[lending.Reservation](v) {
		part, ok := partOf(v, loan, now)
		if ok && concerns(v, loan, partner) {
			lists[part] = append(lists[part], loan)
		}
	}
	var c page.Content
	env := field.NewEnv(v, now.Day())
	if partner != 0 {
		c.Note = "What " + env.Label(partnership.KindPartners, uint64(partner)) + " lends and borrows."
	}
	titles := [parts]string{"Overdue", "Comes back today", "Goes out today", "Waiting for an answer", "Out, back later",
		"Goes out within a week"}
	for part, list := range lists {
		if len(list) == 0 {
			continue
		}
		slices.SortStableFunc(list,
			func(a, b *lending.Reservation) int { return int(dueOf(a, yardPart(part)) - dueOf(b, yardPart(part))) })
		c.Rows = append(c.Rows, page.Row{Heading: true,
			Cells: []string{fmt.Sprintf("%s (%d)", titles[part], len(list))}})
		for _, loan := range list {
			c.Rows = append(c.Rows, yardRow(v, env, loan, yardPart(part), now))
		}
	}
	return c
}

// concerns reports whether a partner lends or borrows, or nobody in particular is
// asking.
func concerns(r field.Reader, v *lending.Reservation, partner partnership.PartnerID) bool {
	return partner == 0 || v.Borrower == partner || v.LentBy(r) == partner || v.Unit == 0 && v.Lender == 0
}

// partOf says under which heading a loan stands; ok is false for none.
func partOf(r field.Reader, v *lending.Reservation, now value.Wall) (yardPart, bool) {
	today := now.Day()
	switch v.State {
	case lending.OutOnLoan:
		switch {
		case v.Overdue(now):
			return partLate, true
		case v.End.Set && v.End.V.Day() == today:
			return partBack, true
		}
		return partAway, true
	case lending.Approved:
		switch {
		case v.Start.Set && v.Start.V.Day() <= today:
			return partOut, true
		case v.Start.Set && v.Start.V.Day() <= today+7:
			return partNext, true
		}
	case lending.Requested, lending.Waitlisted:
		return partAsked, !v.End.Set || v.End.V > now
	}
	return 0, false
}

// dueOf is the moment by which a heading's loans are put in order.
func dueOf(v *lending.Reservation, part yardPart) value.Wall {
	if part == partLate || part == partBack || part == partAway {
		return v.End.V
	}
	return v.Start.V
}

func yardRow(v *store.View, env *field.Env, loan *lending.Reservation, part yardPart, now value.Wall) page.Row {
	marks := [parts]string{"!", "←", "→", "?", "·", "·"}
	tones := [parts]page.Tone{page.Alarm, page.Good, page.Good, page.Warn, page.Quiet, page.Quiet}
	r := page.Row{Mark: marks[part], Tone: tones[part], Route: app.Route{Kind: "reservations", ID: uint64(loan.ID)},
		About: loan.ID}
	if loan.State == lending.Waitlisted {
		r.Mark = "w"
	}
	yard := ""
	if u := field.Get(v, loan.Unit); u != nil {
		yard = u.Yard
	}
	r.Cells = []string{loans.UnitText(v, loan), env.Label(partnership.KindPartners, uint64(loan.Borrower)),
		yardWhen(loan, part, now), yard, loan.Purpose}
	r.Side = func() []string { return aboutLoan(v, env, loan, now) }
	return r
}

// yardWhen writes the moment that matters under a heading.
func yardWhen(v *lending.Reservation, part yardPart, now value.Wall) string {
	today := now.Day()
	near := func(w value.Opt[value.Wall]) string {
		switch {
		case !w.Set:
			return "not recorded"
		case w.V.Day() == today:
			return "today, " + loans.ClockText(w.V)
		}
		return loans.MomentText(w.V, today)
	}
	switch part {
	case partLate:
		return "since " + near(v.End)
	case partBack:
		return "by " + loans.ClockText(v.End.V)
	case partAway:
		return "until " + near(v.End)
	case partAsked:
		if v.Start.Set && v.End.Set {
			return loans.ShortWhen(v.Start.V, v.End.V)
		}
	}
	return near(v.Start)
}

// aboutLoan says all that a person in the yard wants to know of a loan.
func aboutLoan(r field.Reader, env *field.Env, v *lending.Reservation, now value.Wall) []string {
	today := now.Day()
	lines := []string{"# " + loans.UnitText(r, v)}
	who := "For " + env.Label(partnership.KindPartners, uint64(v.Borrower))
	if owner := v.LentBy(r); owner != 0 {
		who += ", from " + env.Label(partnership.KindPartners, uint64(owner))
	}
	lines = append(lines, who+" · "+loans.StateText(r, v, now)+" · "+v.Number())
	if v.Start.Set && v.End.Set {
		lines = append(lines, when(v.Start.V, v.End.V, today)+" ("+lasting(v.End.V-v.Start.V)+")")
	}
	if v.Extension.Set {
		lines = append(lines, "Asks to keep it until "+loans.MomentText(v.Extension.V, today)+".")
	}
	if offer, ok := lending.CalendarOf(r, now).Offered(v); ok {
		said := "It is free for this loan since " + loans.MomentText(offer.Since, today) + "."
		if offer.Until.Set {
			said = strings.TrimSuffix(said, ".") + "; after " + loans.MomentText(offer.Until.V, today) +
				" it is the next one's turn."
		}
		lines = append(lines, said)
	}
	for _, s := range []string{v.Purpose, v.Site, v.Reason, v.Note} {
		if s != "" {
			lines = append(lines, s)
		}
	}
	lines = append(lines, people(r, v)...)
	if h := lending.HandoverOf(r, v.ID); h != nil {
		lines = append(lines, "Handed over "+inspected(&h.Inspection, today))
	}
	if h := lending.ReturnOf(r, v.ID); h != nil {
		lines = append(lines, "Came back "+inspected(&h.Inspection, today))
		if h.Damage != "" {
			lines = append(lines, "Damage: "+h.Damage)
		}
	}
	for _, p := range rates.Parts(charged(r, v.ID)) {
		lines = append(lines, sentence(p.String()))
	}
	return lines
}

// charged is what a loan has been charged for, its corrections taken in.
func charged(r field.Reader, id lending.ReservationID) *lending.Charge {
	if _, sum := rates.Charged(r, id); sum != nil {
		return sum
	}
	return &lending.Charge{}
}

// people names whom to call about a loan.
func people(r field.Reader, v *lending.Reservation) []string {
	var lines []string
	add := func(what string, id partnership.PersonID) {
		if p := field.Get(r, id); p != nil {
			s := what + ": " + p.Name
			if p.Phone != "" {
				s += ", " + p.Phone
			}
			lines = append(lines, s)
		}
	}
	add("Contact", v.Contact)
	if v.Operator != v.Contact {
		add("Operator", v.Operator)
	}
	if u := field.Get(r, v.Unit); u != nil {
		add("Custodian", u.Custodian)
	}
	return lines
}

// inspected writes what was noted when a unit changed hands.
func inspected(i *lending.Inspection, today value.Day) string {
	var parts []string
	if i.At.Set {
		parts = append(parts, loans.MomentText(i.At.V, today))
	}
	if i.Meter.Set {
		parts = append(parts, "meter "+i.Meter.V.String())
	} else {
		parts = append(parts, "meter not recorded")
	}
	if i.Fuel != "" {
		parts = append(parts, "fuel "+string(i.Fuel))
	}
	if i.Condition.Set {
		parts = append(parts, fmt.Sprintf("condition %d of 5", i.Condition.V))
	}
	if i.GivenBy != "" || i.TakenBy != "" {
		parts = append(parts, orUnknown(i.GivenBy)+" to "+orUnknown(i.TakenBy))
	}
	return strings.Join(parts, ", ")
}

func orUnknown(s string) string {
	if s == "" {
		return "name not recorded"
	}
	return s
}
