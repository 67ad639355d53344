package equipment

import (
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/tui/frame"
)

// drawPanel says in words what is under the cursor.
func (t *timeline) drawPanel(f *frame.Frame, r frame.Rect) {
	th := t.App.Theme
	f.HLine(r.X, r.Y, r.W, th.Faint)
	_, r = r.SplitTop(1)
	r = r.Inset(1, 0)
	if u := t.unit(); u != nil {
		f.At(r.X, r.Y)
		f.Text(th.Strong, t.about(u), r.W)
		f.At(r.X, r.Y+1)
		f.Text(th.Text, t.sentence(), r.W)
	}
	f.At(r.X, r.Y+2)
	gap := "  "
	if r.W < 90 {
		gap = " "
	}
	f.Text(th.Dim, strings.Join(legend(r.W < 90), gap), r.W)
}

// about names a unit with what one wants to know before borrowing it.
func (t *timeline) about(u *lending.Equipment) string {
	parts := []string{u.Tag + " " + u.Name}
	for _, s := range []string{u.Capacity, t.App.Env().Label(partnership.KindPartners, uint64(u.Owner)), u.Yard} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if u.Status == lending.EquipmentOut {
		parts = append(parts, "out of service")
	}
	return strings.Join(parts, " · ")
}

// sentence says what is under the cursor, or what would be booked.
func (t *timeline) sentence() string {
	if t.carried != nil {
		t.marks(t.unit())
		return t.carriedTo()
	}
	if t.extending {
		from, until := t.selected()
		return when(from, until, t.App.Today()) + ": Enter books this."
	}
	at := loans.MomentText(t.cursor, t.App.Today()) + ": "
	if m := t.under(); m != nil {
		s := at + m.says() + " " + when(m.from, m.until, t.App.Today()) + "."
		if m.id != 0 {
			s += " Enter opens it."
		}
		return s
	}
	s := at + "free" + t.promised()
	for _, m := range t.marks(t.unit()) {
		if m.from > t.cursor && m.kind != returned {
			return s + " until " + loans.MomentText(m.from, t.App.Today()) + ". Enter books it."
		}
	}
	return s + ". Enter books it."
}

// promised tells of a loan of any unit of the category at the cursor's time: it
// takes none in particular, but one has to be left for it.
func (t *timeline) promised() string {
	category := t.unit().Category
	for v := range field.Within[lending.Reservation](t.App.View(), lending.DemandGroup(category), t.cursor,
		t.cursor+t.step()) {
		if v.State == lending.Approved || v.State == lending.Requested {
			return ", though " + nameOf(t.App.View(), v.Borrower) + promiseWord(v) + category + " then"
		}
	}
	return ""
}

func promiseWord(v *lending.Reservation) string {
	if v.State == lending.Approved {
		return " is promised any "
	}
	return " has asked for any "
}

// says tells what the mark is.
func (m mark) says() string {
	switch {
	case m.kind == clash:
		return "wanted by " + m.who + " at once,"
	case m.who == "":
		return legendWord(m.kind)
	case m.kind == blocked:
		return "blocked, " + m.who + ","
	}
	return words[m.kind] + " " + m.who
}

// legendWord names a kind of mark in the legend.
func legendWord(k markKind) string {
	return [...]string{free: "free", returned: "past", asked: "asked", waiting: "waits", approved: "approved",
		lent:    "out",
		overdue: "overdue", blocked: "blocked", turnround: "turnaround", clash: "conflict", several: "several"}[k]
}
