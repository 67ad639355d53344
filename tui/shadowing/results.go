package shadowing

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Results is the page that tells what events have come to, one to a line, and
// what each city has given and received over all of them.
type Results struct{ *page.Page }

// NewResults makes the page; s is the tab it stands in.
func NewResults(d *app.App, s *records.Screen) *Results {
	columns := []page.Column{{Title: "Event"}, {Title: "Date", Width: 12}, {Title: "State", Width: 9}}
	for i, title := range []string{"Sign-ups", "Visits", "Halves", "Placed", "Missed", "Cities", "Sheets", "Useful"} {
		columns = append(columns, page.Column{Title: title, Width: len(title) + 1, Right: true,
			From: []int{0, 0, 76, 92, 98, 104, 110, 118}[i]})
	}
	return &Results{page.New(page.Options{App: d, Host: s, ID: "results", Heading: "Results", Columns: columns,
		Load: resultsOf,
		Actions: []page.Action{{Key: page.Bind("p", "print"), Always: true,
			Do: func(*page.Row) tea.Cmd { return d.ShowReport("results", report.About{}) }}},
		Empty:   "No event is on file yet. Add one in the list of events.",
		Example: []string{"e.g. Spring job shadowing   Apr 20, 2027   closed   60   41   55   38   2   5   30   4.6"}})}
}

// resultsOf adds events up.
func resultsOf(view *store.View, now value.Wall) page.Content {
	var c page.Content
	var boards []*pairing.Board
	for _, e := range shadowing.ByDate(view, now.Day()) {
		b, err := pairing.Load(view, e.ID)
		if err != nil {
			continue
		}
		boards = append(boards, b)
		c.Rows = append(c.Rows, page.Row{Cells: resultCells(b),
			Route: app.Route{View: "board", Kind: shadowing.KindEvents, ID: uint64(e.ID)}})
	}
	c.About = pairing.Together(boards)
	return c
}

func resultCells(b *pairing.Board) []string {
	e, sum := b.Event, b.Total()
	date, sheets, useful := "", "·", "·"
	if e.Date.Set {
		date = e.Date.V.Long()
	}
	if e.Voice.Sheets.Set {
		sheets = strconv.FormatInt(e.Voice.Sheets.V, 10)
	}
	if u := e.Voice.Useful; u.Set {
		useful = strconv.FormatInt(int64(u.V)/10, 10) + "." + strconv.FormatInt(int64(u.V)%10, 10)
	}
	out := []string{e.Name, date, string(e.State)}
	for _, n := range []int{sum.Signups, sum.Visits, sum.Halves, sum.Placed, sum.Missed, sum.Cities} {
		out = append(out, strconv.Itoa(n))
	}
	return append(out, sheets, useful)
}

// Draw implements app.Screen: the cities stand beneath the events.
func (r *Results) Draw(f *frame.Frame, area frame.Rect) {
	t := r.App.Theme
	cities, _ := r.Content.About.([]pairing.Balance)
	top, rest := area.SplitTop(max(min(len(r.Content.Rows)+2, area.H-len(cities)-4), min(area.H, 6)))
	r.DrawRows(f, top)
	if len(cities) == 0 || rest.H < 3 {
		return
	}
	f.At(rest.X+1, rest.Y+1)
	f.Text(t.Heading, "All events together", 26)
	for _, h := range []string{"would visit", "visited", "half days", "given"} {
		f.TextRight(t.Heading, h, 12)
	}
	for i, c := range cities {
		if i+2 >= rest.H {
			return
		}
		f.At(rest.X+1, rest.Y+2+i)
		f.Text(t.Text, c.Name, 26)
		for _, n := range []int{c.Visitors, c.Visiting, c.Made, c.Given} {
			f.TextRight(t.Text, strconv.Itoa(n), 12)
		}
	}
}
