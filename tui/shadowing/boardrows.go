package shadowing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// visitID is a visitor and a host.
type visitID struct{ visitor, host partnership.PersonID }

// number makes one number of the two, by which a list knows the row.
func (v visitID) number() uint64 { return uint64(v.visitor)<<32 | uint64(v.host)&0xffffffff }

// visitColumns lays a visit out; an event of one day needs less room for when.
func visitColumns(short bool) []page.Column {
	wide := len("Tue Apr 20, afternoon")
	if short {
		wide = len("afternoon")
	}
	return []page.Column{{Title: "Visitor"}, {Title: "→ Host"}, {Title: "When", Width: wide},
		{Title: "Alike", Width: barCells + 5},
		{Title: "State", Width: 9}, {Title: "Why", From: 100}}
}

// order is how the visits are put in order.
type order int

const (
	byVisitor order = iota
	byHost
	byTime
	leastAlike
	orders
)

// String names the order as the board shows it.
func (o order) String() string {
	return [...]string{"by visitor", "by host", "by time", "least alike first"}[o]
}

func (o order) compare(a, b page.Row) int {
	v, w := a.About.(*pairing.Visit), b.About.(*pairing.Visit)
	name := strings.Compare(a.Cells[0], b.Cells[0])
	when := slices.Compare(v.Slots, w.Slots)
	switch o {
	case byHost:
		return cmp.Or(strings.Compare(a.Cells[1], b.Cells[1]), when, name)
	case byTime:
		return cmp.Or(when, name)
	case leastAlike:
		return cmp.Or(cmp.Compare(v.Score, w.Score), name)
	}
	return cmp.Or(name, when)
}

// layout works the rows out from the plan, in order.
func (b *Board) layout() {
	b.balance, b.tells = nil, nil
	var visits, waiting []page.Row
	if b.plan != nil {
		b.balance = b.records.Balance(b.plan.Visits)
		if b.records.Event.State == shadowing.EventPublished {
			b.tells = b.records.Tell()
		}
		short := oneDay(b.records.Slots)
		b.lists[paneVisits].Columns = visitColumns(short)
		for i := range b.plan.Visits {
			visits = append(visits, b.visitRow(&b.plan.Visits[i], short))
		}
		for i := range b.plan.Waiting {
			w := &b.plan.Waiting[i]
			waiting = append(waiting, page.Row{Cells: []string{b.who(w.Person), w.Sentence}, About: w,
				Route: app.Route{ID: uint64(w.Person)},
				Side:  func() []string { return b.aboutWaiting(w) }})
		}
		slices.SortStableFunc(visits, b.order.compare)
	}
	b.lists[paneVisits].Show(page.Content{Rows: visits})
	b.lists[paneWaiting].Show(page.Content{Rows: waiting})
}

func (b *Board) visitRow(v *pairing.Visit, short bool) page.Row {
	id := visitID{v.Visitor, v.Host}
	r := page.Row{About: v, Route: app.Route{ID: id.number()}, Side: func() []string { return b.aboutVisit(v) }}
	state := string(v.State)
	switch {
	case b.moved[id]:
		state, r.Mark, r.Tone = "new", "+", page.Good
	case v.Locked:
		state = "locked"
	case v.State == shadowing.MatchProposed:
		state = "" // as every match is before somebody answers
	}
	r.Cells = []string{b.who(v.Visitor), b.who(v.Host), when(v.Slots, short), bar(int(v.Score)) + " " +
		strconv.FormatInt(v.Score, 10), state, b.why(v)}
	return r
}

// why says what makes two people alike, with points when those are wanted.
func (b *Board) why(v *pairing.Visit) string {
	if b.figures {
		return v.Reasons
	}
	return pairing.PlainReasons(v.Reasons)
}

// who names a person with the city.
func (b *Board) who(id partnership.PersonID) string {
	return text.Join(", ", b.records.Name(id), b.records.City(id))
}

// oneDay reports whether all half days are of one date, so that it need not be
// said.
func oneDay(slots []value.Slot) bool {
	return len(slots) > 0 && slots[0].Day() == slots[len(slots)-1].Day()
}

// when says half days, without the date when there is only one.
func when(slots []value.Slot, short bool) string {
	switch {
	case !short || len(slots) == 0:
		return shadowing.SlotsLong(slots)
	case len(slots) == 2:
		return "full day"
	}
	return slots[0].Word()
}

// aboutVisit tells what there is to know of a visit.
func (b *Board) aboutVisit(v *pairing.Visit) []string {
	state := v.When() + " · " + string(v.State)
	if v.Locked {
		state += " · locked"
	}
	out := []string{"# " + b.who(v.Visitor) + " → " + b.who(v.Host), state, "", "# Why these two"}
	if b.figures {
		out = append(out, strconv.FormatInt(v.Score, 10)+" points: "+strings.ReplaceAll(v.Reasons, "; ", " · "),
			"Worth "+strconv.FormatInt(v.Value, 10)+" to the plan.")
	} else {
		out = append(out, pairing.PlainReasons(v.Reasons))
	}
	return append(append(out, b.aboutPerson(v.Visitor)...), b.aboutPerson(v.Host)...)
}

// aboutWaiting tells why somebody waits.
func (b *Board) aboutWaiting(w *pairing.Waiting) []string {
	return append([]string{"# " + b.who(w.Person), "Waits: " + w.Sentence + "."}, b.aboutPerson(w.Person)...)
}

// aboutPerson tells what somebody does, asked for and needs.
func (b *Board) aboutPerson(id partnership.PersonID) []string {
	p := field.Get(b.d.View(), id)
	if p == nil {
		return nil
	}
	out := []string{"", "# " + p.Name, text.Join(" · ", p.Title, p.Department)}
	entry := b.records.Entry(id)
	if entry == nil {
		return append(out, "takes no part any more")
	}
	sg := entry.Signup
	says := "Would " + string(sg.Role)
	if sg.Hosts() {
		says += ", takes " + strconv.FormatInt(sg.Seats(), 10) + " at once"
	}
	out = append(out, says+" · "+string(sg.State))
	if sg.Wishes != "" {
		out = append(out, "Wishes: "+sg.Wishes)
	}
	if sg.Needs != "" {
		out = append(out, "Needs: "+sg.Needs)
	}
	return out
}

// openDetails shows what there is to know of the row under the cursor in a window
// of its own.
func (b *Board) openDetails() tea.Cmd {
	if r := b.list().Row(); r != nil {
		b.d.Dialogs.Push(overlay.NewText(b.d.Theme, "Details", strings.Join(r.Side(), "\n")))
	}
	return nil
}
