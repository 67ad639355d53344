package equipment

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// zooms are the minutes that a column of the timeline may stand for.
var zooms = [...]value.Wall{30, 60, 120, 240, 720, 1440}

// usualZoom is the first shown: two hours, so that a day is twelve columns.
const usualZoom = 2

// timeline shows units below each other and their time from left to right. A
// cursor stands on a unit and a column. Only what is in the window is looked up,
// and kept until records change or the window leaves it.
type timeline struct {
	*page.Page

	cursor    value.Wall // beginning of the column under the cursor
	left      value.Wall // beginning of the first column
	zoom      int        // index into zooms
	anchor    value.Wall // where an extension began
	extending bool
	carried   *lending.Reservation // the loan that is being moved, or nil
	grip      value.Wall           // from its start to the cursor

	cols     int // of the last drawing
	cache    map[lending.EquipmentID][]mark
	from, to value.Wall // what the cache covers
	cal      *lending.Calendar
	cells    []cell   // kept from one drawing to the next
	pointed  page.Row // of the loan under the cursor
}

func newTimeline(d *app.App, tab *records.Screen, does []page.Action) *timeline {
	t := &timeline{zoom: usualZoom}
	t.Page = page.New(page.Options{App: d, Host: tab, ID: "timeline", Heading: "Timeline", Load: unitsInOrder,
		Finds: t.finds, Hint: "dump, raytown, north yard …",
		Empty: "There are no units yet. Add the first with a on the Equipment list (g e), or import a list " +
			"with i there.",
		Example: []string{"                     Tue Mar 2               Wed Mar 3",
			"                     0  6  12 18             0  6  12 18",
			"RT-104 Dump truck    |   ▒Grandview▒▒▒▒▒▒▒▒▒▒▒~~~|",
			"RT-118 Wheel loader  |           |    █Lee's Summit████"},
		Help: "## Marks\n" + "  " + strings.Join(legend(false), "\n  ") + "\n\n" +
			"v begins to extend; move to where the loan is to end and press Enter.\n" +
			"m takes up the loan under the cursor; carry it to another time or unit and press Enter.\n"})
	t.Actions, t.Scope = t.actions(does), t.carrying
	t.goTo(t.startOf(d.Now()))
	return t
}

// Visit implements [records.View]: a place may name the unit, or the loan, to
// stand on.
func (t *timeline) Visit(p app.Route) tea.Cmd {
	if p.Kind == lending.KindReservations {
		if v := field.Get(t.App.View(), lending.ReservationID(p.ID)); v != nil {
			p = app.Route{Kind: lending.KindEquipment, ID: uint64(v.Unit)}
			if v.Start.Set {
				t.goTo(t.startOf(v.Start.V))
			}
		}
	}
	t.cache = nil
	return t.Page.Visit(p)
}

// Refresh implements [app.Screen].
func (t *timeline) Refresh() tea.Cmd {
	t.cache = nil
	return t.Page.Refresh()
}

// unitsInOrder lists the units that are not retired by category and tag, so that
// what may stand in for one another stands together.
func unitsInOrder(view *store.View, _ value.Wall) (c page.Content) {
	var list []*lending.Equipment
	for e := range field.All[lending.Equipment](view) {
		if e.Status != lending.EquipmentRetired {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b *lending.Equipment) int {
		return cmp.Or(strings.Compare(field.FoldName(a.Category), field.FoldName(b.Category)),
			strings.Compare(a.Tag, b.Tag))
	})
	for _, u := range list {
		c.Rows = append(c.Rows, page.Row{About: u, Route: app.Route{Kind: lending.KindEquipment, ID: uint64(u.ID)}})
	}
	c.About = len(list)
	return c
}

// finds tells which units a filter finds; one that cannot be read yet finds all.
func (t *timeline) finds(query string) func(*page.Row) bool {
	f, err := field.ParseFilter(t.App.Kind(lending.KindEquipment), query, t.App.Env(), text.Fold)
	found := map[uint64]bool{}
	if err == nil && !f.Empty() {
		rows := t.App.View().Rows(lending.KindEquipment)
		hits, _ := rows.Filter(f, t.App.Env())
		for _, i := range hits {
			found[rows.ID(int(i))] = true
		}
	}
	return func(r *page.Row) bool { return err != nil || f.Empty() || found[r.Route.ID] }
}

// unit gives the unit under the cursor, or nil.
func (t *timeline) unit() *lending.Equipment {
	if r := t.Row(); r != nil {
		return r.About.(*lending.Equipment)
	}
	return nil
}

func (t *timeline) step() value.Wall { return zooms[t.zoom] }

// startOf gives the beginning of the column that a moment falls into.
func (t *timeline) startOf(w value.Wall) value.Wall {
	day := w.Day().At(0, 0)
	return day + (w-day)/t.step()*t.step()
}

// goTo puts the cursor on a moment, a little in from the left when the window
// has to move.
func (t *timeline) goTo(w value.Wall) {
	t.cursor = t.startOf(w)
	if t.cols == 0 || t.cursor < t.left || t.cursor >= t.left+value.Wall(t.cols)*t.step() {
		t.left = t.cursor.Day().At(0, 0)
		if room := value.Wall(max(t.cols, 24)) * t.step(); t.cursor >= t.left+room {
			t.left = t.cursor - room/2
		}
		t.left = t.startOf(t.left)
	}
}

// move goes some columns on; the window follows.
func (t *timeline) move(n int) {
	t.cursor += value.Wall(n) * t.step()
	end := t.left + value.Wall(max(t.cols, 1)-1)*t.step()
	switch {
	case t.cursor < t.left:
		t.left = t.cursor
	case t.cursor > end:
		t.left += t.cursor - end
	}
}

// shift moves window and cursor together.
func (t *timeline) shift(days int) {
	t.cursor += value.Wall(days) * 1440
	t.left += value.Wall(days) * 1440
}

// enlarge changes how long a column is, around the cursor.
func (t *timeline) enlarge(n int) {
	col := (t.cursor - t.left) / t.step()
	t.zoom = min(max(t.zoom+n, 0), len(zooms)-1)
	start := t.cursor - t.grip
	t.cursor = t.startOf(t.cursor)
	t.grip = t.cursor - start // what is carried stays where it is
	t.anchor = t.startOf(t.anchor)
	t.left = t.startOf(t.cursor - col*t.step())
}

// selected gives the time that would be booked: from where the extension began
// to the end of the column under the cursor, or without one a working day's
// remainder.
func (t *timeline) selected() (from, until value.Wall) {
	if t.carried != nil {
		from = t.cursor - t.grip
		return from, from + t.carried.End.V - t.carried.Start.V
	}
	if t.extending {
		return min(t.anchor, t.cursor), max(t.anchor, t.cursor) + t.step()
	}
	from, until = t.cursor, t.cursor+t.step()
	if close := from.Day().At(17, 0); t.step() < 1440 && until < close {
		until = close
	}
	if t.step() == 1440 {
		return from + 7*60, from + 17*60
	}
	return from, until
}

// under gives what takes up the cell under the cursor; what clashes comes first.
func (t *timeline) under() *mark {
	u := t.unit()
	if u == nil {
		return nil
	}
	marks := t.marks(u)
	var found *mark
	for i := range marks {
		m := &marks[i]
		if m.from < t.cursor+t.step() && t.cursor < m.until &&
			(found == nil || m.kind != turnround && m.kind > found.kind) {
			found = m
		}
	}
	return found
}

// around is how many columns beside the window are looked up with it.
const around = 12

// marks gives what takes up a unit's time in the window and a little beside it.
func (t *timeline) marks(u *lending.Equipment) []mark {
	width := value.Wall(max(t.cols, 1)) * t.step()
	if t.cache == nil || t.left < t.from || t.left+width > t.to {
		t.from, t.to = t.left-around*t.step(), t.left+width+around*t.step()
		t.cache = make(map[lending.EquipmentID][]mark, max(t.Height, 1))
		t.cal = lending.CalendarOf(t.App.View(), t.App.Now())
	}
	list, ok := t.cache[u.ID]
	if !ok {
		list = marksOf(t.cal, u, t.from, t.to)
		t.cache[u.ID] = list
	}
	return list
}

// legend lists the glyphs with their words; the short one leaves out those that
// are seldom asked about.
func legend(short bool) []string {
	var list []string
	for _, k := range []markKind{lent, approved, asked, waiting, overdue, blocked, turnround, clash, returned,
		several} {
		if short && (k == returned || k == several) {
			break
		}
		list = append(list, glyphs[k]+" "+legendWord(k))
	}
	return list
}
