package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/partnership"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// heatRow is a line of the heatmap: a function, a category or a subcategory.
type heatRow struct {
	part  string // its ID
	name  string
	from  int // first of its items
	to    int // behind the last of them; from+1 for a subcategory
	whole bool
}

// heatCell is what one column says about one row.
type heatCell struct {
	figure string // a digit, a mean, or a mark
	level  int    // 1 to 7, for the shape; 0 without one
}

// heatColumn is a year of the city, or a city of the year.
type heatColumn struct {
	title string
	cycle cyber.CycleID
	city  *partnership.Partner
	about func(r heatRow) string // the sentence of a cell
	mean  func(r heatRow) heatCell
	plain func(item int) heatCell
}

// heat is the page that shows subcategories by year, or by city as far as
// cities have consented. Its cursors stand on a row and on a column.
type heat struct {
	sheetPage
	cities  bool
	coarse  bool // categories in place of subcategories
	rows    []heatRow
	columns []heatColumn
	cells   [][]heatCell // by row, then column
	hidden  int          // cities that have shared no scores with the viewer
	col     page.Cursor
}

func newHeat(s *subject) *heat {
	h := &heat{}
	h.begin(s, "heatmap", "Heatmap", heatHelp)
	h.take, h.paint = h.takeUp, h.draw
	k := s.d.Keys
	h.Actions = append([]page.Action{
		page.Moves(page.Key("i", "say it as a sentence"), h.say),
		page.Does(page.Relabel(k.Open, "the question"), h.follow),
		page.Moves(page.Key("v", "years or cities"), func() { h.show(!h.cities, h.coarse) }),
		page.Moves(page.Relabel(k.Zoom, "categories or questions"), func() { h.show(h.cities, !h.coarse) }),
		page.Moves(page.Relabel(k.NextMatch, "next below the minimum"), h.nextShort),
		page.Moves(page.Relabel(k.Left, "earlier"), func() { h.col.Step(-1) }),
		page.Moves(page.Relabel(k.Right, "further"), func() { h.col.Step(1) }),
	}, s.actions()...)
	return h
}

// show chooses what the columns and the rows are.
func (h *heat) show(cities, coarse bool) {
	if cities != h.cities {
		h.col.At = 0
	} else {
		h.At = 0
	}
	h.cities, h.coarse, h.taken.rev = cities, coarse, 0
}

// say says the cell under the cursor, and what is asked there.
func (h *heat) say() {
	h.s.d.Dialogs.Push(overlay.NewMessage(h.s.d.Theme, h.rows[h.At].part, h.sentence()+"\n\n"+h.asks()))
}

// nextShort goes to the next subcategory below the minimum in the column.
func (h *heat) nextShort() {
	for k := 1; k <= len(h.rows); k++ {
		i := (h.At + k) % len(h.rows)
		c := h.cells[i][h.col.At]
		if c.level > 0 && c.level < h.s.now.Options.Minimum && !h.rows[i].whole {
			h.At = i
			return
		}
	}
	h.s.d.Say(overlay.Info, "Nothing in this column is below the minimum.")
}

// follow opens the question in the year of the column.
func (h *heat) follow() tea.Cmd {
	r, c := h.rows[h.At], h.columns[h.col.At]
	if c.city == nil || c.city.ID != h.s.city {
		h.s.d.Say(overlay.Info, "Another city's questions stay with it; i says what it has shared.")
		return nil
	}
	item := string(h.s.now.Framework.Items[r.from].ID)
	h.s.show(c.city.ID, c.cycle)
	return h.s.d.Open(app.Route{View: "cyber-answer", Filter: item})
}

// sentence says the cell under the cursor.
func (h *heat) sentence() string { return h.columns[h.col.At].about(h.rows[h.At]) }

// asks gives the question of the row, or the name of the part.
func (h *heat) asks() string {
	r := h.rows[h.At]
	if r.to-r.from == 1 && !r.whole {
		return h.s.now.Framework.Items[r.from].Question
	}
	return r.name
}

// heatHelp explains the cells.
const heatHelp = "## Cells\n  1 to 7 with a shape that grows with the level; A is a risk accepted (worth 5),\n" +
	"  - not applicable, ? unknown, a dot by itself not answered. i says a cell as a sentence.\n" +
	"  By city (v) it shows your own answers, what at least two cities lack (●), and what others shared with you.\n"
