package shadowing

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// peersShown is how many peers are listed.
const peersShown = 30

// PeersAction is "find peers" for lists of people.
func PeersAction() records.Action {
	return records.Action{
		Key: press("P", "find peers"),
		Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return FindPeers(d, partnership.PersonID(id))
		},
	}
}

// FindPeers looks for people of other cities who do similar work, beside the
// session, and shows them with the reasons.
func FindPeers(d *app.App, of partnership.PersonID) tea.Cmd {
	view := d.View()
	d.Say(overlay.Info, "Comparing work …")
	return d.Background(func() func() tea.Cmd {
		found, err := peersOf(view, of)
		return func() tea.Cmd {
			d.Hush()
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.Dialogs.Push(newPeers(d, of, found))
			return nil
		}
	})
}

// PickPeers asks for whom peers are wanted.
func PickPeers(d *app.App) {
	k := knownIn(d.View())
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Peers of whom?", Placeholder: "a name", Verb: "find peers",
		Search: func(query string, limit int) []overlay.Item {
			var out []overlay.Item
			q := strings.Fields(wordKey(query))
			for _, p := range k.people {
				if len(out) < limit && fits(p.key, q) {
					out = append(out, overlay.Item{ID: fmt.Sprint(uint64(p.id)), Title: p.name, Note: p.note})
				}
			}
			return out
		},
		Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return FindPeers(d, partnership.PersonID(id))
		}}))
}

// peer is somebody who does similar work.
type peer struct {
	person partnership.PersonID
	score  int
	who    string // name, title and city
	why    string // in words
	points string // the same with numbers
}

// peersOf ranks the people of other cities by how similar their work is.
func peersOf(view *store.View, of partnership.PersonID) ([]peer, error) {
	env := field.NewEnv(view, 0)
	var people []match.Person
	at := -1
	for p := range field.All[partnership.Person](view) {
		if p.Left {
			continue
		}
		if p.ID == of {
			at = len(people)
		}
		people = append(people, match.Person{ID: strconv.FormatUint(uint64(p.ID), 10), City: env.Label(partnership.KindPartners, uint64(p.Partner)),
			Department: p.Department, Title: p.Title, Duties: strings.Join(p.Duties, "; "), Tags: p.Tags})
	}
	if at < 0 {
		return nil, failure.New(failure.NotFound, "this person is not in service, so there is nothing to compare")
	}
	s := match.NewSimilarity(people, match.SimilarityOptions{Parallel: run.OnAllProcessors, Synonyms: synonymsIn(view)})
	var out []peer
	for _, found := range s.Rank(at, peersShown) {
		p := people[found.Index]
		id, _ := strconv.ParseUint(p.ID, 10, 64) // made of a number above
		out = append(out, peer{partnership.PersonID(id), found.Score,
			joined(" · ", env.Label(partnership.KindPeople, id), p.Title, p.City), inWords(found.Reasons), match.Describe(found.Reasons)})
	}
	return out, nil
}

// synonymsIn gives the recorded synonyms; nil, which means the program's own,
// when there are none.
func synonymsIn(r field.Reader) []match.Synonym {
	var list []*shadowing.Synonym
	for s := range field.All[shadowing.Synonym](r) {
		list = append(list, s)
	}
	if list == nil {
		return nil
	}
	return pairing.Synonyms(list)
}

// inWords says reasons without their numbers: "title: street, superintendent ·
// duties: snow".
func inWords(reasons []match.Reason) string {
	var b strings.Builder
	last := match.ReasonKind(0)
	for _, r := range reasons {
		text := r.Text
		switch {
		case r.Points <= 0 || r.Kind == match.Agreement:
			continue
		case b.Len() > 0 && r.Kind == last:
			b.WriteString(", " + text)
			continue
		case b.Len() > 0:
			b.WriteString(" · ")
		}
		b.WriteString(r.Kind.String())
		if last = r.Kind; text != "" {
			b.WriteString(": " + text)
		}
	}
	if b.Len() == 0 {
		return "like the people most like them"
	}
	return b.String()
}

// peers shows who does similar work, with the reasons beneath each.
type peers struct {
	d       *app.App
	title   string
	found   []peer
	at, top int
	numbers bool
	keys    struct{ up, down, open, numbers, leave key.Binding }
}

func newPeers(d *app.App, of partnership.PersonID, found []peer) *peers {
	p := &peers{d: d, title: "Peers of " + d.Env().Label(partnership.KindPeople, uint64(of)), found: found}
	p.keys.up, p.keys.down = d.Keys.Up, d.Keys.Down
	p.keys.open = named(d.Keys.Open, "open the person")
	p.keys.numbers = press("#", "numbers")
	p.keys.leave = labelled("esc", "Esc", "close")
	return p
}

// Title implements overlay.Titled.
func (p *peers) Title() string { return p.title }

// Help implements overlay.Dialog.
func (p *peers) Help() []key.Binding {
	return []key.Binding{p.keys.open, p.keys.numbers, p.keys.down, p.keys.up, p.keys.leave}
}

// Size implements overlay.Dialog.
func (p *peers) Size(room frame.Rect) (w, h int) {
	return min(room.W, 100), min(room.H, max(2*len(p.found), 1))
}

// Update implements overlay.Dialog.
func (p *peers) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, p.keys.up):
		p.at = max(p.at-1, 0)
	case key.Matches(press, p.keys.down):
		p.at = max(min(p.at+1, len(p.found)-1), 0)
	case key.Matches(press, p.keys.numbers):
		p.numbers = !p.numbers
	case key.Matches(press, p.keys.open) && p.at < len(p.found):
		return true, p.d.Open(app.Route{Kind: "people", ID: uint64(p.found[p.at].person)})
	case key.Matches(press, p.keys.leave):
		return true, nil
	}
	return false, nil
}

// Draw implements overlay.Dialog.
func (p *peers) Draw(f *frame.Frame, r frame.Rect) {
	t := p.d.Theme
	if len(p.found) == 0 {
		f.At(r.X, r.Y)
		f.Text(t.Dim, "Nobody in another city is on file.", r.W)
		return
	}
	rows := max(r.H/2, 1)
	p.top = max(min(p.top, p.at), p.at-rows+1)
	for i := p.top; i < len(p.found) && i-p.top < rows; i++ {
		o, y := p.found[i], r.Y+2*(i-p.top)
		base := t.Text
		if i == p.at {
			base = t.Selected
			f.Cursor(r.X, y)
		}
		f.At(r.X, y)
		f.Text(t.Over(base, t.Accent), bar(o.score), barCells)
		f.Text(base, "  "+o.who, r.W-barCells)
		f.At(r.X, y+1)
		why := o.why
		if p.numbers {
			why = strconv.Itoa(o.score) + " = " + o.points
		}
		f.Text(t.Dim, strings.Repeat(" ", barCells+2)+why, r.W)
	}
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
