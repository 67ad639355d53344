package records

import (
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/table"
)

// list is one kind's working list: what is asked of it and the table that shows
// the answer.
type list struct {
	d     *app.App
	kind  *field.Kind
	table *table.Model

	query  string // what the filter line holds
	filter *field.Filter
	bad    string // why the query cannot be read
	loose  bool   // words were looked for inside others

	rows  *store.Rows
	shown []int32
	stale bool
	last  any // the record saved last, for the ditto key
}

func newList(d *app.App, kind *field.Kind) *list {
	l := &list{d: d, kind: kind, table: table.New(table.DefaultKeys(), d.Theme), stale: true}
	l.table.SetColumns(table.Of(kind.Columns))
	l.table.SetEmpty(emptyOf(kind))
	var layout table.Layout
	if json.Unmarshal(d.Store.Pref(d.Me.Identity().User, l.layoutKey()), &layout) == nil {
		l.table.SetLayout(layout)
	}
	return l
}

// emptyOf makes the greyed example of an empty list from the fields' examples.
func emptyOf(k *field.Kind) table.Empty {
	row := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		row[i] = c.Example
	}
	if len(row) > 0 && row[0] != "" {
		row[0] = "e.g. " + row[0]
	}
	return table.Empty{Examples: [][]string{row}, Line: k.Purpose + " Press a to add the first " + k.One +
		", i to import a spreadsheet."}
}

func (l *list) layoutKey() string { return "table:" + l.kind.Name }

// keepLayout remembers the table's columns and order for this user.
func (l *list) keepLayout() tea.Cmd {
	data, err := json.Marshal(l.table.Layout())
	if err != nil {
		return nil
	}
	st, user, name := l.d.Store, l.d.Me.Identity().User, l.layoutKey()
	return l.d.Background(func() func() tea.Cmd {
		if err := st.SetPref(user, name, data); err != nil {
			return func() tea.Cmd { l.d.Fail(err); return nil }
		}
		return nil
	})
}

// ask sets the filter; a query that cannot be read leaves the rows as they
// are and says why.
func (l *list) ask(query string) {
	l.query = query
	f, err := field.ParseFilter(l.kind, query, l.d.Env(), text.Fold)
	if err != nil {
		l.bad = app.Sentence(err)
		return
	}
	l.bad, l.filter = "", f
	l.answer()
}

// refresh takes up the desk's view.
func (l *list) refresh() {
	l.stale = false
	l.table.SetTheme(l.d.Theme)
	l.rows = l.d.View().Rows(l.kind.Name)
	if l.query != "" {
		l.ask(l.query) // dates in it may mean other days now
	}
	if l.query == "" || l.bad != "" {
		l.answer() // the last filter that could be read, over the new rows
	}
	l.table.Prune(func(id uint64) bool { _, ok := l.rows.Index(id); return ok })
}

// answer finds the rows that pass the filter and puts them in order.
func (l *list) answer() {
	if l.rows == nil {
		return
	}
	l.loose = false
	if l.filter.Empty() {
		l.shown = nil
	} else {
		l.shown, l.loose = l.rows.Filter(l.filter, l.d.Env())
		if l.shown == nil {
			l.shown = []int32{}
		}
	}
	l.reorder()
}

// reorder puts the rows that are shown in the order asked for.
func (l *list) reorder() {
	src := &source{list: l, rows: l.rows, env: l.d.Env()}
	name, desc := l.table.SortedBy()
	col := l.kind.Column(name)
	if l.rows == nil {
		return
	}
	switch {
	case col == nil:
		src.order = l.shown
	case l.shown == nil:
		src.order = l.rows.Order(col, l.d.Env())
	default:
		src.order = only(l.rows.Order(col, l.d.Env()), l.shown, l.rows.Len())
	}
	if col != nil && desc {
		src.order = slices.Clone(src.order)
		slices.Reverse(src.order)
	}
	l.table.SetSource(src)
}

// only keeps the positions of order that are among shown.
func only(order, shown []int32, n int) []int32 {
	in := make([]bool, n)
	for _, i := range shown {
		in[i] = true
	}
	out := make([]int32, 0, len(shown))
	for _, i := range order {
		if in[i] {
			out = append(out, i)
		}
	}
	return out
}

// source hands rows to the table.
type source struct {
	list  *list
	rows  *store.Rows
	env   *field.Env
	order []int32 // nil: all rows as they are
}

// Len implements table.Source.
func (s *source) Len() int {
	if s.order == nil {
		return s.rows.Len()
	}
	return len(s.order)
}

func (s *source) position(row int) int {
	if s.order == nil {
		return row
	}
	return int(s.order[row])
}

// ID implements table.Source.
func (s *source) ID(row int) uint64 { return s.list.kind.ID(s.rows.At(s.position(row))) }

// AppendCell implements table.Source.
func (s *source) AppendCell(dst []byte, row, col int) []byte {
	rec := s.rows.At(s.position(row))
	c := s.list.kind.Columns[col]
	if c.Empty(rec) {
		return dst
	}
	return c.Show(dst, rec, s.env)
}

// Find implements table.Finder.
func (s *source) Find(id uint64) (row int, ok bool) {
	at, ok := s.rows.Index(id)
	if !ok || s.order == nil {
		return at, ok
	}
	row = slices.Index(s.order, int32(at))
	return row, row >= 0
}

// count says how many rows there are and how many of them are shown.
func (l *list) count() string {
	if l.rows == nil {
		return ""
	}
	if l.shown == nil {
		return fmt.Sprintf("%d", l.rows.Len())
	}
	return fmt.Sprintf("%d of %d", len(l.shown), l.rows.Len())
}

// marked gives the marked records that are shown: a command never touches what
// the filter hides.
func (l *list) marked() []uint64 {
	src := l.table.Source()
	all := l.table.Marked() // those shown come first
	n := 0
	for row := 0; row < src.Len() && n < len(all); row++ {
		if src.ID(row) == all[n] {
			n++
		}
	}
	return all[:n]
}

// markNote says how many records are marked, and how many of them the filter
// hides.
func (l *list) markNote() string {
	all := l.table.MarkCount()
	if all == 0 {
		return ""
	}
	note := fmt.Sprintf("%d marked", all)
	if hidden := all - len(l.marked()); hidden > 0 {
		note += fmt.Sprintf(", %d not shown", hidden)
	}
	return note + "  "
}

// chosen gives the records that a command is about: the marked ones, or the one
// under the cursor.
func (l *list) chosen() []uint64 {
	if marked := l.marked(); len(marked) > 0 {
		return marked
	}
	if id, ok := l.table.Cursor(); ok {
		return []uint64{id}
	}
	return nil
}

// name tells what chosen records are called: a label, or how many.
func (l *list) name(ids []uint64) string {
	if len(ids) == 1 {
		if rec := l.d.View().Get(l.kind.Name, ids[0]); rec != nil {
			return l.d.Env().Title(l.kind, rec)
		}
		return l.kind.One
	}
	return fmt.Sprintf("%d %s", len(ids), l.kind.Name)
}
