package shadowing

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// peersShown is how many peers are listed.
const peersShown = 30

// PeersAction is "find peers" for lists of people.
func PeersAction(d *app.App) page.Action {
	return page.On("P", "find peers", func(id uint64) tea.Cmd { return FindPeers(d, partnership.PersonID(id)) })
}

// FindPeers looks for people of other cities who do similar work, beside the
// session, and shows them with the reasons.
func FindPeers(d *app.App, of partnership.PersonID) tea.Cmd {
	view := d.View()
	d.Say(overlay.Info, "Comparing work …")
	return d.Background(func() func() tea.Cmd {
		found, err := pairing.Peers(view, of, peersShown, run.OnAllProcessors)
		return func() tea.Cmd {
			d.Hush()
			if err != nil {
				d.Fail(err)
				return nil
			}
			showPeers(d, "Peers of "+d.Env().Label(partnership.KindPeople, uint64(of)), found)
			return nil
		}
	})
}

// PickPeers asks for whom peers are wanted.
func PickPeers(d *app.App) {
	k := shadowing.KnownIn(d.View())
	d.PickFrom(app.Choices{Title: "Peers of whom?", Placeholder: "a name", Verb: "find peers",
		Search: func(query string, limit int) []app.Choice {
			var out []app.Choice
			for _, p := range k.Begins(query, limit) {
				out = append(out, app.Choice{Title: p.Name, Note: p.Note,
					Value: func() tea.Cmd { return FindPeers(d, p.ID) }})
			}
			return out
		}})
}

// showPeers shows who does similar work, with the reasons beneath each.
func showPeers(d *app.App, title string, found []pairing.Peer) {
	numbers := false
	open := func(i int) (bool, tea.Cmd) {
		if i < 0 {
			return false, nil
		}
		return true, d.Open(app.Route{Kind: partnership.KindPeople, ID: uint64(found[i].Person.ID)})
	}
	d.Dialogs.Push(overlay.NewRows(d.Theme, overlay.RowsOptions{Title: title, Width: 100, Leave: "close",
		Empty: "Nobody in another city is on file.", Len: func() int { return len(found) },
		Lines: func(int, int) int { return 2 },
		Keys: []overlay.RowKey{{Key: page.Relabel(d.Keys.Open, "open the person"), Do: open},
			{Key: page.Bind("#", "numbers"), Do: func(int) (bool, tea.Cmd) { numbers = !numbers; return false, nil }}},
		Draw: func(f *frame.Frame, r frame.Rect, i int, current bool) {
			t, p := d.Theme, found[i]
			base, why := t.Text, match.Words(p.Reasons)
			if current {
				base = t.Selected
			}
			if numbers {
				why = strconv.Itoa(p.Score) + " = " + match.Describe(p.Reasons)
			}
			f.At(r.X, r.Y)
			f.Text(t.Over(base, t.Accent), bar(p.Score), barCells)
			f.Text(base, "  "+text.Join(" · ", p.Person.Name, p.Person.Title, p.City), r.W-barCells)
			f.At(r.X, r.Y+1)
			f.Text(t.Dim, strings.Repeat(" ", barCells+2)+why, r.W)
		}}))
}

// barCells is how wide a score bar is.
const barCells = 5

// fullBar is the score that fills a bar: people who wrote the same words.
const fullBar = 1000

// bar draws a score as filled and empty cells, so that it reads without colour.
func bar(score int) string {
	n := max(0, min((score*barCells+fullBar/2)/fullBar, barCells))
	if score > 0 {
		n = max(n, 1)
	}
	return strings.Repeat("■", n) + strings.Repeat("□", barCells-n)
}
