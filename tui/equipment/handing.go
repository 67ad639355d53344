package equipment

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/schedule"
	"interlocal/model/settle"
	"interlocal/store"
	"interlocal/tui/overlay"
)

// handingFields are what both sides note, in the order in which one walks around
// a machine; the reading comes first, because it is what gets forgotten. What
// else bears on the settlement is next.
func handingFields(more ...string) []string {
	return append(append([]string{"meter", "fuel", "condition"}, more...), "given_by", "taken_by", "at", "checklist", "note")
}

// goingOut is what is noted when a unit goes out.
func goingOut() []string { return handingFields("transport") }

// comingBack is what is noted when it is back.
func comingBack() []string { return handingFields("fuel_cost", "transport", "operator", "damage") }

// outOf and backOf are what was noted, as the steps take it.
func outOf(rec any) schedule.Out {
	v := rec.(*model.Handover)
	return schedule.Out{Inspection: v.Inspection, Transport: v.Transport}
}

func backOf(rec any) schedule.Back {
	v := rec.(*model.Return)
	return schedule.Back{Inspection: v.Inspection, Damage: v.Damage, Fuel: v.FuelCost, Transport: v.Transport, Operator: v.Operator}
}

// handOver gives a unit to its borrower. Of a loan of any unit of a category the
// unit is chosen first.
func (l *loans) handOver(v *model.Reservation) tea.Cmd {
	if v.Unit == 0 {
		return l.chooseUnit(v)
	}
	return l.handOverUnit(v, v.Unit)
}

// chooseUnit asks which unit goes out for a loan by category.
func (l *loans) chooseUnit(v *model.Reservation) tea.Cmd {
	var items []overlay.Item
	byID := map[string]model.EquipmentID{}
	cal := model.CalendarOf(l.d.View(), l.d.Now())
	for _, u := range model.UnitsIn(l.d.View(), v.Category) {
		if v.Lender != 0 && u.Owner != v.Lender || !u.AtLeast(v.Minimum) {
			continue
		}
		claim := model.ClaimOf(v)
		claim.Unit = u.ID
		it := overlay.Item{ID: u.Tag, Title: u.Tag + " " + u.Name, Note: "free", Mark: "✓"}
		if holds := cal.Conflicts(claim); len(holds) > 0 && holds[0].Firm {
			it.Mark, it.Note = "×", cal.Sentence(holds[0])
		}
		items, byID[u.Tag] = append(items, it), u.ID
	}
	l.d.Dialogs.Push(overlay.NewPick(l.d.Theme, overlay.Options{Title: "Which unit goes out?", Placeholder: "tag or name", Verb: "hand over",
		Empty: "No unit of that category is yours to hand over.", Search: overlay.List(items), Width: 84,
		Choose: func(it overlay.Item) tea.Cmd { return l.handOverUnit(v, byID[it.ID]) }}))
	return nil
}

func (l *loans) handOverUnit(v *model.Reservation, unit model.EquipmentID) tea.Cmd {
	id, now := v.ID, l.d.Now()
	rec := &model.Handover{Reservation: id, Unit: unit, Inspection: l.inspection(v, unit)}
	rec.GivenBy, rec.TakenBy = l.person(custodian(l.d.View(), unit)), l.person(v.Contact)
	return ask(l.d, paperOf{title: "Hand over", intro: l.intro(v, unit), kind: "handovers", fields: goingOut(), rec: rec,
		verb: "hand over " + unitOf(l.d.View(), v),
		does: func(tx *store.Tx, rec any, passes []model.Pass) error {
			_, err := schedule.HandOver(tx, now, id, unit, outOf(rec), passes...)
			return err
		},
		done: func(res store.Result) tea.Cmd {
			l.d.Say(overlay.Done, "Handed over: "+unitOf(l.d.View(), v)+" to "+nameOf(l.d.View(), v.Borrower)+"."+withWarnings(res))
			return nil
		}})
}

// takeBack records that a unit came back.
func (l *loans) takeBack(v *model.Reservation) tea.Cmd {
	id, now := v.ID, l.d.Now()
	rec := &model.Return{Reservation: id, Unit: v.Unit, Inspection: l.inspection(v, v.Unit)}
	rec.GivenBy, rec.TakenBy = l.person(v.Contact), l.person(custodian(l.d.View(), v.Unit))
	return ask(l.d, paperOf{title: "Take back", intro: l.intro(v, v.Unit), kind: "returns", fields: comingBack(), rec: rec,
		verb: "take back " + unitOf(l.d.View(), v), tally: func(rec any) string { return l.wouldCome(v.ID, backOf(rec)) },
		does: func(tx *store.Tx, rec any, _ []model.Pass) error {
			_, err := schedule.Return(tx, now, id, backOf(rec))
			return err
		},
		done: func(res store.Result) tea.Cmd {
			l.d.Say(overlay.Done, "Back: "+unitOf(l.d.View(), v)+"."+l.settled(id)+withWarnings(res))
			return nil
		}})
}

// inspection begins what is noted now.
func (l *loans) inspection(v *model.Reservation, _ model.EquipmentID) model.Inspection {
	return model.Inspection{At: model.Some(l.d.Now())}
}

// intro says what is handed and what its meter last showed.
func (l *loans) intro(v *model.Reservation, unit model.EquipmentID) []string {
	s := l.name(v) + "."
	if m := model.MeterOf(l.d.View(), unit); m.Set {
		s += " The meter last stood at " + m.V.String() + "."
	} else {
		s += " No meter reading is on file."
	}
	return []string{s}
}

// person gives the name of a person on file, or nothing.
func (l *loans) person(id model.PersonID) string {
	if p := model.Get(l.d.View(), id); p != nil {
		return p.Name
	}
	return ""
}

func custodian(r model.Reader, unit model.EquipmentID) model.PersonID {
	if u := model.Get(r, unit); u != nil {
		return u.Custodian
	}
	return 0
}

// wouldCome says what a loan comes to by what has been typed so far.
func (l *loans) wouldCome(id model.ReservationID, back schedule.Back) string {
	line := schedule.Preview(l.d.View(), l.d.Now(), id, back)
	switch {
	case line == nil:
		return ""
	case line.Basis == model.BasisWaived && len(settle.Parts(line)) == 0:
		return "Comes to nothing: the unit is lent without charge."
	}
	use := "use open"
	switch {
	case line.Basis == model.BasisWaived:
		use = "use without charge"
	case line.Usage.Set:
		use = "use " + line.Usage.V.String()
	}
	parts := []string{use}
	for _, p := range settle.Parts(line) {
		parts = append(parts, settle.Part{Name: p.Name, Amount: p.Amount}.String())
	}
	says := "Comes to " + line.Total().String() + ": " + strings.Join(parts, ", ") + "."
	if line.Source == model.SourceFEMA && line.FuelFrom != "" {
		says += " The FEMA rate includes fuel."
	}
	return says
}

// settled says what a loan came to, once it is back.
func (l *loans) settled(id model.ReservationID) string {
	total, lines := model.Cents(0), 0
	for c := range model.Of[model.Charge](l.d.View(), "reservation", id) {
		if c.Counts() {
			total += c.Total()
			lines++
		}
	}
	if lines == 0 {
		return ""
	}
	return " It comes to " + total.String() + "."
}

// amend corrects what was signed: the return if there is one, or else the
// hand-over, with another that says what is right.
func (l *loans) amend(v *model.Reservation) tea.Cmd {
	id, now := v.ID, l.d.Now()
	if back := model.ReturnOf(l.d.View(), id); back != nil {
		rec := *back
		rec.Amends, rec.ID, rec.Note = back.ID, 0, ""
		return l.amendWith(v, "returns", comingBack(), &rec, func(tx *store.Tx, rec any, _ []model.Pass) error {
			return schedule.AmendReturn(tx, now, id, backOf(rec))
		})
	}
	out := model.HandoverOf(l.d.View(), id)
	if out == nil {
		l.d.Say(overlay.Info, "No hand-over is recorded that could be amended.")
		return nil
	}
	rec := *out
	rec.Amends, rec.ID, rec.Note = out.ID, 0, ""
	return l.amendWith(v, "handovers", goingOut(), &rec, func(tx *store.Tx, rec any, _ []model.Pass) error {
		return schedule.AmendHandover(tx, now, id, outOf(rec))
	})
}

func (l *loans) amendWith(v *model.Reservation, kind string, fields []string, rec any, does func(*store.Tx, any, []model.Pass) error) tea.Cmd {
	intro := []string{l.name(v) + ". What was signed stays on file; say what is right, and in the note why. Both sides see it."}
	return ask(l.d, paperOf{title: "Amend", intro: intro, kind: kind, fields: fields, rec: rec, verb: "amend " + unitOf(l.d.View(), v), does: does,
		done: func(res store.Result) tea.Cmd {
			l.d.Say(overlay.Done, "Amended: "+unitOf(l.d.View(), v)+"."+l.settled(v.ID)+withWarnings(res))
			return nil
		}})
}
