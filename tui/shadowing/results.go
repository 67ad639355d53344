package shadowing

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/records"
	"interlocal/tui/table"
)

// Results is the page that tells what events have come to, one to a line, and
// what each city has given and received over all of them.
type Results struct {
	d      *app.App
	s      *records.Screen
	list   list
	cities []pairing.Balance
	rev    uint64
	seen   bool
	keys   resultKeys
}

type resultKeys struct{ open, print, up, down, pageUp, pageDown, home, end, back key.Binding }

// NewResults makes the page; s is the tab it stands in.
func NewResults(d *app.App, s *records.Screen) *Results {
	k := d.Keys
	r := &Results{d: d, s: s, keys: resultKeys{named(k.Open, "match board"), press("p", "print"), k.Up, k.Down, k.PageUp, k.PageDown, k.Home, k.End, k.Back}}
	right := func(name, title string) table.Column {
		return table.Column{Name: name, Title: title, Width: len(title), Min: len(title), Right: true}
	}
	r.list = newList(d, []table.Column{{Name: "event", Title: "Event", Width: 28, Min: 20}, {Name: "date", Title: "Date", Width: 12, Min: 12},
		{Name: "state", Title: "State", Width: 9, Min: 9}, right("signups", "Sign-ups"), right("visits", "Visits"), right("halves", "Halves"),
		right("placed", "Placed"), right("missed", "Missed"), right("cities", "Cities"), right("sheets", "Sheets"), right("useful", "Useful")},
		table.Empty{Examples: [][]string{{"e.g. Spring job shadowing", "Apr 20, 2027", "closed", "60", "41", "55", "38", "2", "5", "30", "4.6"}},
			Line: "No event is on file yet. Add one in the list of events."})
	return r
}

// Name implements records.View.
func (*Results) Name() string { return "results" }

// Title implements records.View.
func (*Results) Title() string { return "Results" }

// Typing implements app.Screen.
func (*Results) Typing() bool { return false }

// Visit implements records.View.
func (r *Results) Visit(app.Route) tea.Cmd { return r.gather() }

// Refresh implements app.Screen.
func (r *Results) Refresh() tea.Cmd {
	if !r.seen {
		return nil
	}
	r.seen = false
	return r.gather()
}

// gather adds the events up, beside the session.
func (r *Results) gather() tea.Cmd {
	view, today := r.d.View(), r.d.Today()
	if r.rev == view.Rev() {
		return nil
	}
	r.rev = view.Rev()
	return r.d.Background(func() func() tea.Cmd {
		rows, cities := resultsIn(view, today)
		return func() tea.Cmd {
			if r.rev == view.Rev() {
				r.list.set(rows)
				r.cities = cities
			}
			return nil
		}
	})
}

// resultsIn adds events up: what was planned where it is still to come, what was
// held where it is over.
func resultsIn(view *store.View, today value.Day) ([]entry, []pairing.Balance) {
	var rows []entry
	sums := map[partnership.PartnerID]*pairing.Balance{}
	var order []partnership.PartnerID
	for _, e := range eventsByDate(view, today) {
		b, err := pairing.Load(view, e.ID)
		if err != nil {
			continue
		}
		rows = append(rows, entry{id: uint64(e.ID), cells: resultCells(b)})
		for _, c := range b.Balance(b.Visits()) {
			sum := sums[c.City]
			if sum == nil {
				sum = &pairing.Balance{City: c.City, Name: c.Name}
				sums[c.City], order = sum, append(order, c.City)
			}
			sum.Visitors, sum.Visiting, sum.Hosts = sum.Visitors+c.Visitors, sum.Visiting+c.Visiting, sum.Hosts+c.Hosts
			sum.Made, sum.Given = sum.Made+c.Made, sum.Given+c.Given
		}
	}
	var cities []pairing.Balance
	for _, id := range order {
		cities = append(cities, *sums[id])
	}
	return rows, cities
}

func resultCells(b *pairing.Board) []string {
	e := b.Event
	date := ""
	if e.Date.Set {
		date = e.Date.V.Long()
	}
	halves, missed := 0, 0
	placed := map[partnership.PersonID]bool{}
	for _, m := range b.Matches {
		halves += len(m.Slots)
		placed[m.Visitor] = true
	}
	for _, m := range b.Gone {
		if m.State == shadowing.MatchMissed {
			missed++
		}
	}
	sheets, useful := "", ""
	if e.Voice.Sheets.Set {
		sheets = strconv.FormatInt(e.Voice.Sheets.V, 10)
	}
	if u := e.Voice.Useful; u.Set {
		useful = strconv.FormatInt(int64(u.V)/10, 10) + "." + strconv.FormatInt(int64(u.V)%10, 10)
	}
	return []string{e.Name, date, string(e.State), strconv.Itoa(len(b.Entries)), strconv.Itoa(len(b.Matches)), strconv.Itoa(halves),
		strconv.Itoa(len(placed)), strconv.Itoa(missed), strconv.Itoa(len(b.Cities)), sheets, useful}
}

// Update implements app.Screen.
func (r *Results) Update(msg tea.Msg) tea.Cmd {
	pressed, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	at := r.list.at()
	switch {
	case key.Matches(pressed, r.keys.open) && at != nil:
		return r.d.Open(app.Route{View: "board", Kind: shadowing.Event{}.KindName(), ID: at.id})
	case key.Matches(pressed, r.keys.print):
		return r.d.ShowReport("results", report.About{})
	case key.Matches(pressed, r.keys.back):
		cmd, _ := r.s.Leave()
		return cmd
	}
	r.list.key(pressed, r.d.Keys)
	return nil
}

// Keys implements app.Screen.
func (r *Results) Keys() []key.Binding {
	k := r.keys
	if len(r.list.rows) == 0 {
		return []key.Binding{k.back}
	}
	return []key.Binding{k.open, k.print, k.down, k.up, k.pageDown, k.pageUp, k.home, k.end, k.back}
}

// Draw implements app.Screen.
func (r *Results) Draw(f *frame.Frame, area frame.Rect) {
	r.seen = true
	t := r.d.Theme
	rows := max(min(len(r.list.rows)+2, area.H-len(r.cities)-4), min(area.H, 6))
	top, rest := area.SplitTop(rows)
	r.list.draw(f, top, t, r.d.Dialogs.Len() == 0)
	if len(r.cities) == 0 || rest.H < 3 {
		return
	}
	f.At(rest.X+1, rest.Y+1)
	f.Text(t.Heading, "All events together", 26)
	for _, h := range []string{"would visit", "visited", "half days", "given"} {
		f.TextRight(t.Heading, h, 12)
	}
	for i, c := range r.cities {
		if rest.Y+2+i >= rest.Bottom() {
			return
		}
		f.At(rest.X+1, rest.Y+2+i)
		f.Text(t.Text, c.Name, 26)
		for _, n := range []int{c.Visitors, c.Visiting, c.Made, c.Given} {
			f.TextRight(t.Text, strconv.Itoa(n), 12)
		}
	}
}
