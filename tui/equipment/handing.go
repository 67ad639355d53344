package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
)

// handOver gives a unit to its borrower. Of a loan of any unit of a category the
// unit is chosen first.
func (l *lentUnits) handOver(a *field.Act, v *lending.Reservation) tea.Cmd {
	if v.Unit == 0 {
		return l.chooseUnit(a, v)
	}
	return l.handOverUnit(a, v, v.Unit)
}

// chooseUnit asks which unit goes out for a loan by category.
func (l *lentUnits) chooseUnit(a *field.Act, v *lending.Reservation) tea.Cmd {
	var list []overlay.Choice[lending.EquipmentID]
	cal := lending.CalendarOf(l.d.View(), l.d.Now())
	for _, u := range lending.UnitsIn(l.d.View(), v.Category) {
		if v.Lender != 0 && u.Owner != v.Lender || !u.AtLeast(v.Minimum) {
			continue
		}
		claim := lending.ClaimOf(v)
		claim.Unit = u.ID
		it := overlay.Choice[lending.EquipmentID]{Value: u.ID, Title: u.Tag + " " + u.Name, Note: "free", Mark: "✓"}
		if holds := cal.Conflicts(claim); len(holds) > 0 && holds[0].Firm {
			it.Mark, it.Note = "×", cal.Sentence(holds[0])
		}
		list = append(list, it)
	}
	overlay.Pick[lending.EquipmentID]{Title: "Which unit goes out?", Placeholder: "tag or name", Verb: "hand over",
		Width: 84,
		Empty: "No unit of that category is yours to hand over.", Choices: list,
		Choose: func(unit lending.EquipmentID) tea.Cmd { return l.handOverUnit(a, v, unit) }}.Open(l.d.Dialogs)
	return nil
}

// handOverUnit asks for what both sides note; which unit it is is known.
func (l *lentUnits) handOverUnit(a *field.Act, v *lending.Reservation, unit lending.EquipmentID) tea.Cmd {
	o := l.offer(a, v)
	o.Intro = l.intro(v, unit)
	o.Preset = func(args any) { args.(*loans.Outgoing).Unit = unit }
	for _, c := range a.Args.Columns {
		if c.Name != "unit" {
			o.Ask = append(o.Ask, c.Name)
		}
	}
	return act.Do(l.d, o)
}

// takeBack records that a unit came back.
func (l *lentUnits) takeBack(a *field.Act, v *lending.Reservation) tea.Cmd {
	o := l.offer(a, v)
	o.Intro = l.intro(v, v.Unit)
	return act.Do(l.d, o)
}

// intro says what is handed and what its meter last showed.
func (l *lentUnits) intro(v *lending.Reservation, unit lending.EquipmentID) []string {
	s := l.name(v) + "."
	if m := lending.MeterOf(l.d.View(), unit); m.Set {
		s += " The meter last stood at " + m.V.String() + "."
	} else {
		s += " No meter reading is on file."
	}
	return []string{s}
}

// amend corrects what was signed: the return if there is one, or else the
// hand-over, with another that says what is right.
func (l *lentUnits) amend(a *field.Act, v *lending.Reservation) tea.Cmd {
	o := l.offer(a, v)
	o.Intro = []string{l.name(v) + ". What was signed stays on file; say what is right, and in the note why. Both " +
		"sides see it."}
	return act.Do(l.d, o)
}
