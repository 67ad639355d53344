package cyber

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/partnership"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
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
	title  string
	cycle  cyber.CycleID
	city   *partnership.Partner
	levels cyber.Levels
	about  func(r heatRow) string // the sentence of a cell
	mean   func(r heatRow) heatCell
	plain  func(item int) heatCell
}

// heat is the page that shows subcategories by year, or by city as far as
// cities have consented.
type heat struct {
	sheetPage
	keys   heatKeys
	cities bool
	coarse bool // categories in place of subcategories

	made    bool
	rev     uint64
	of      string // the sheet that it shows
	rows    []heatRow
	columns []heatColumn
	cells   [][]heatCell // by row, then column
	hidden  int          // cities that have shared no scores with the viewer

	row, col, top, left, height, across int
}

// heatKeys are the keys of the heatmap.
type heatKeys struct {
	subjectKeys
	up, down, left, right key.Binding
	say, open, cities     key.Binding
	coarse, short         key.Binding
	first, last           key.Binding
}

func newHeat(s *subject) *heat {
	k := s.d.Keys
	return &heat{sheetPage: sheetPage{s}, keys: heatKeys{subjectKeys: newSubjectKeys(k),
		up: k.Up, down: k.Down, left: renamed(k.Left, "earlier"), right: renamed(k.Right, "further"),
		say: binding("i", "say it as a sentence", "i"), open: renamed(k.Open, "the question"),
		cities: binding("v", "years or cities", "v"), coarse: renamed(k.Zoom, "categories or questions"),
		short: renamed(k.NextMatch, "next below the minimum"), first: k.Home, last: k.End}}
}

// Name implements records.View.
func (h *heat) Name() string { return "cyber-heatmap" }

// Title implements records.View.
func (h *heat) Title() string { return "Heatmap" }

// Keys lists what the keys do.
func (h *heat) Keys() []key.Binding {
	k := h.keys
	return []key.Binding{k.say, k.open, k.cities, k.coarse, k.short, k.whose, k.down, k.up, k.left, k.right, k.first, k.last,
		k.review, k.export, k.project, k.begin}
}

// Update answers a key.
func (h *heat) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if h.sheet() == nil {
		return h.s.emptyKey(press, h.keys.subjectKeys)
	}
	k := h.keys
	switch {
	case key.Matches(press, k.down):
		h.move(1, 0)
	case key.Matches(press, k.up):
		h.move(-1, 0)
	case key.Matches(press, k.right):
		h.move(0, 1)
	case key.Matches(press, k.left):
		h.move(0, -1)
	case key.Matches(press, h.s.d.Keys.PageDown):
		h.move(max(h.height-1, 1), 0)
	case key.Matches(press, h.s.d.Keys.PageUp):
		h.move(-max(h.height-1, 1), 0)
	case key.Matches(press, k.first):
		h.move(-len(h.rows), 0)
	case key.Matches(press, k.last):
		h.move(len(h.rows), 0)
	default:
		return h.more(press)
	}
	return nil
}

// more answers the keys that do not move the cursor.
func (h *heat) more(press tea.KeyPressMsg) tea.Cmd {
	k := h.keys
	switch {
	case key.Matches(press, k.say):
		h.s.d.Dialogs.Push(overlay.NewMessage(h.s.d.Theme, h.rows[h.row].part, h.sentence()+"\n\n"+h.asks()))
	case key.Matches(press, k.open):
		return h.follow()
	case key.Matches(press, k.cities):
		h.cities, h.made, h.col, h.left = !h.cities, false, 0, 0
	case key.Matches(press, k.coarse):
		h.coarse, h.made = !h.coarse, false
		h.row, h.top = 0, 0
	case key.Matches(press, k.short):
		h.nextShort()
	case key.Matches(press, h.s.d.Keys.Back):
		cmd, _ := h.s.screen.Leave()
		return cmd
	default:
		return h.s.key(press, k.subjectKeys)
	}
	return nil
}

// move moves the cursor.
func (h *heat) move(rows, cols int) {
	h.row = max(0, min(h.row+rows, len(h.rows)-1))
	h.col = max(0, min(h.col+cols, len(h.columns)-1))
}

// nextShort goes to the next subcategory below the minimum in the column.
func (h *heat) nextShort() {
	for k := 1; k <= len(h.rows); k++ {
		i := (h.row + k) % len(h.rows)
		c := h.cells[i][h.col]
		if c.level > 0 && c.level < h.s.now.minimum() && !h.rows[i].whole {
			h.row = i
			return
		}
	}
	h.s.d.Say(overlay.Info, "Nothing in this column is below the minimum.")
}

// follow opens the question in the year of the column.
func (h *heat) follow() tea.Cmd {
	r, c := h.rows[h.row], h.columns[h.col]
	if c.city == nil || c.city.ID != h.s.city {
		h.s.d.Say(overlay.Info, "Another city's questions stay with it; i says what it has shared.")
		return nil
	}
	h.s.show(c.city.ID, c.cycle)
	item := string(h.s.now.fw.Items[r.from].ID)
	return h.s.d.Open(app.Route{View: "cyber-answer", Filter: item})
}

// sentence says the cell under the cursor.
func (h *heat) sentence() string { return h.columns[h.col].about(h.rows[h.row]) }

// asks gives the question of the row, or the name of the part.
func (h *heat) asks() string {
	r := h.rows[h.row]
	if r.to-r.from == 1 && !r.whole {
		return h.s.now.fw.Items[r.from].Question
	}
	return r.name
}
