package shadowing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/table"
	"interlocal/tui/theme"
)

// visitID is a visitor and a host.
type visitID struct{ visitor, host partnership.PersonID }

// number makes one number of the two, for the table.
func (v visitID) number() uint64 { return uint64(v.visitor)<<32 | uint64(v.host)&0xffffffff }

// entry is a line of one of the board's lists.
type entry struct {
	id    uint64
	cells []string
	key   string // folded, for the filter
	visit *pairing.Visit
	wait  *pairing.Waiting
	fresh bool // proposed and not yet kept
}

// list is one of the board's lists.
type list struct {
	table *table.Model
	rows  []entry
}

func newList(d *app.App, cols []table.Column, empty table.Empty) list {
	l := list{table: table.New(table.DefaultKeys(), d.Theme)}
	l.table.SetColumns(cols)
	l.table.SetEmpty(empty)
	return l
}

// visitColumns lays a visit out; an event of one day needs less room for when.
func visitColumns(short bool) []table.Column {
	wide := len("Tue Apr 20, afternoon")
	if short {
		wide = len("afternoon")
	}
	return []table.Column{
		{Name: "visitor", Title: "Visitor", Width: 32, Min: 20},
		{Name: "host", Title: "→ Host", Width: 32, Min: 20},
		{Name: "when", Title: "When", Width: wide, Min: 9},
		{Name: "alike", Title: "Alike", Width: 10, Min: 10},
		{Name: "state", Title: "State", Width: 9, Min: 7},
		{Name: "why", Title: "Why", Width: 46, Min: 20},
	}
}

func waitingColumns() []table.Column {
	return []table.Column{
		{Name: "person", Title: "Waits", Width: 30, Min: 18},
		{Name: "why", Title: "Because", Width: 90, Min: 30},
	}
}

// set shows other rows.
func (l *list) set(rows []entry) {
	l.rows = rows
	l.table.SetSource((*listSource)(l))
}

// at gives the row under the cursor; nil when there is none.
func (l *list) at() *entry {
	if i := l.table.Row(); i >= 0 && i < len(l.rows) {
		return &l.rows[i]
	}
	return nil
}

// key moves the cursor.
func (l *list) key(msg tea.KeyPressMsg, k app.Keys) {
	if key.Matches(msg, k.Up, k.Down, k.PageUp, k.PageDown, k.Home, k.End) {
		l.table.Key(msg)
	}
}

func (l *list) draw(f *frame.Frame, r frame.Rect, th *theme.Theme, focused bool) {
	l.table.SetTheme(th)
	l.table.SetFocus(focused)
	l.table.Draw(f, r)
}

// listSource hands the rows to the table.
type listSource list

// Len implements table.Source.
func (l *listSource) Len() int { return len(l.rows) }

// ID implements table.Source.
func (l *listSource) ID(row int) uint64 { return l.rows[row].id }

// AppendCell implements table.Source.
func (l *listSource) AppendCell(dst []byte, row, col int) []byte {
	return append(dst, l.rows[row].cells[col]...)
}

// CellInk implements table.Inker: what a proposal would change stands out, and
// its state says so in words.
func (l *listSource) CellInk(row, col int, th *theme.Theme) theme.Style {
	switch {
	case l.rows[row].fresh:
		return th.Strong
	case col == 3:
		return th.Accent
	case col >= 4:
		return th.Dim
	}
	return th.Text
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

// layout works the lines out from the plan, then puts them in order.
func (b *Board) layout() {
	b.balance, b.tells, b.allVisits, b.allIdle = nil, nil, nil, nil
	if b.plan != nil {
		b.balance = b.records.Balance(b.plan.Visits)
		if b.records.Event.State == shadowing.EventPublished {
			b.tells = b.records.Tell()
		}
		b.layoutLines()
	}
	b.sort()
}

func (b *Board) layoutLines() {
	short := oneDay(b.records.Slots)
	b.visits.table.SetColumns(visitColumns(short))
	for i := range b.plan.Visits {
		b.allVisits = append(b.allVisits, b.visitEntry(&b.plan.Visits[i], short))
	}
	for i := range b.plan.Waiting {
		w := &b.plan.Waiting[i]
		who := b.who(w.Person)
		b.allIdle = append(b.allIdle, entry{id: uint64(w.Person), cells: []string{who, w.Sentence}, key: wordKey(who), wait: w})
	}
}

// sort puts the visits in order and sifts them.
func (b *Board) sort() {
	slices.SortStableFunc(b.allVisits, b.order.compare)
	b.sift()
}

// sift shows the lines that pass the filter.
func (b *Board) sift() {
	q := strings.Fields(wordKey(b.query))
	pick := func(all []entry) []entry {
		if len(q) == 0 {
			return all
		}
		var out []entry
		for _, e := range all {
			if fits(e.key, q) {
				out = append(out, e)
			}
		}
		return out
	}
	b.visits.set(pick(b.allVisits))
	b.idle.set(pick(b.allIdle))
}

func (o order) compare(a, b entry) int {
	name := strings.Compare(a.cells[0], b.cells[0])
	when := slices.Compare(a.visit.Slots, b.visit.Slots)
	switch o {
	case byHost:
		return cmp.Or(strings.Compare(a.cells[1], b.cells[1]), when, name)
	case byTime:
		return cmp.Or(when, name)
	case leastAlike:
		return cmp.Or(cmp.Compare(a.visit.Score, b.visit.Score), name)
	}
	return cmp.Or(name, when)
}

func (b *Board) visitEntry(v *pairing.Visit, short bool) entry {
	id := visitID{v.Visitor, v.Host}
	e := entry{id: id.number(), visit: v, fresh: b.moved[id]}
	state := string(v.State)
	switch {
	case e.fresh:
		state = "new"
	case v.Locked:
		state = "locked"
	case v.State == shadowing.MatchProposed:
		state = " " // as every match is before somebody answers
	}
	visitor, host := b.who(v.Visitor), b.who(v.Host)
	e.cells = []string{visitor, host, when(v.Slots, short), bar(int(v.Score)) + " " + strconv.FormatInt(v.Score, 10), state, b.why(v)}
	e.key = wordKey(visitor + " " + host)
	return e
}

// why says what makes two people alike, with points when those are wanted.
func (b *Board) why(v *pairing.Visit) string {
	if b.figures {
		return v.Reasons
	}
	return withoutNumbers(v.Reasons)
}

// who names a person with the city.
func (b *Board) who(id partnership.PersonID) string {
	if city := b.records.City(id); city != "" {
		return b.records.Name(id) + ", " + city
	}
	return b.records.Name(id)
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

// withoutNumbers takes the points out of reasons: "title: operator 120, water
// 80" says "title: operator, water".
func withoutNumbers(reasons string) string {
	parts := strings.Split(reasons, "; ")
	for i, part := range parts {
		words := strings.Split(part, ", ")
		for j, w := range words {
			if at := strings.LastIndexByte(w, ' '); at > 0 {
				if _, err := strconv.Atoi(w[at+1:]); err == nil {
					words[j] = w[:at]
				}
			}
		}
		parts[i] = strings.Join(words, ", ")
	}
	return strings.Join(parts, " · ")
}
