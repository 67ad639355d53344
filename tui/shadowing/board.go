package shadowing

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Board is the page on which people are brought together: who visits whom, why,
// how good that is as a whole, who waits, and how the cities fare. Its lists are
// pages of the kit side by side.
type Board struct {
	d *app.App
	s *records.Screen

	acts     field.Acts
	intents  page.Keymap
	keys     []key.Binding // as they were last asked for
	worked   *Current      // shared with the sign-up sheet
	event    shadowing.EventID
	stamp    uint64           // of the records that are shown
	records  *pairing.Board   // the event as the records say
	round    *pairing.Round   // with how alike people's work is; nil until compared
	current  *pairing.Plan    // what the records say
	plan     *pairing.Plan    // what is shown
	proposal proposal         // what the plan proposes; none when it is what the records say
	moved    map[visitID]bool // visits of the proposal that the records do not have
	failed   string           // why the event cannot be matched

	gathering bool
	next      func() tea.Cmd // to be done once work has been compared
	work      *work
	seen      bool // drawn since records changed last
	stale     bool

	balance []pairing.Balance // of the plan shown
	tells   []pairing.Tell    // who must be told again
	figures bool              // points are shown

	pane  pane
	lists [paneCities]*page.Page // the visits and those who wait
	order order
}

// pane is a part of the board that can have the keys.
type pane int

const (
	paneVisits pane = iota
	paneWaiting
	paneCities
	panes
)

// NewBoard makes the page; s is the tab it stands in.
func NewBoard(d *app.App, s *records.Screen, at *Current) *Board {
	b := &Board{d: d, s: s, worked: at, acts: events.Acts()}
	b.intents = b.makeIntents()
	b.lists[paneVisits] = page.New(page.Options{App: d, Host: s, Columns: visitColumns(true),
		Empty: "Nobody visits anybody yet. Press m to have matches made from the sign-ups, a to add a visit by hand.",
		Example: []string{"e.g. Dana Reyes, Raytown   Jerome Pickett, Grandview   morning   ■■■■□ 812   " +
			"title: street"}})
	b.lists[paneWaiting] = page.New(page.Options{App: d, Host: s, Columns: []page.Column{{Title: "Waits", Width: 30},
		{Title: "Because"}},
		Empty: "Nobody waits: everybody who would visit has a visit."})
	b.layout()
	return b
}

// Name implements records.View.
func (*Board) Name() string { return "board" }

// Title implements records.View.
func (*Board) Title() string { return "Match board" }

// Typing implements app.Screen.
func (b *Board) Typing() bool { return b.list().Typing() }

// list gives the list that has the keys.
func (b *Board) list() *page.Page {
	if b.pane == paneWaiting {
		return b.lists[paneWaiting]
	}
	return b.lists[paneVisits]
}

// Visit turns to the board, of an event when the place names one.
func (b *Board) Visit(p app.Route) tea.Cmd {
	if p.Kind == shadowing.KindEvents && p.ID != 0 {
		b.worked.Set(shadowing.EventID(p.ID))
	}
	return b.show(b.worked.Event())
}

// show turns to an event.
func (b *Board) show(id shadowing.EventID) tea.Cmd {
	b.worked.Set(id)
	if id != b.event {
		b.event, b.stamp, b.records, b.round, b.current, b.plan = id, 0, nil, nil, nil, nil
		b.proposal, b.moved, b.failed = proposal{}, nil, ""
		b.pane = paneVisits
		b.layout()
	}
	return b.Return()
}

// Return is called when a link that was followed from the board leads back.
func (b *Board) Return() tea.Cmd {
	b.stale = false
	return b.gather()
}

// Refresh takes up a changed view if the board is being looked at.
func (b *Board) Refresh() tea.Cmd {
	if !b.seen {
		b.stale = true
		return nil
	}
	b.seen = false
	return b.gather()
}

// stampOf tells states of an event apart by the revisions of its records.
func stampOf(view *store.View, event shadowing.EventID) uint64 {
	stamp := view.RevOf(shadowing.KindEvents, uint64(event))
	mix := func(n uint64) { stamp = stamp*1_000_003 + n }
	for _, kind := range []string{"signups", "matches", "proofs"} {
		for id := range view.Refer(kind, "event", uint64(event)) {
			mix(id)
			mix(view.RevOf(kind, id))
		}
	}
	return stamp | 1
}

// fresh reports whether what is shown is what the records say.
func (b *Board) fresh() bool { return stampOf(b.d.View(), b.event) == b.stamp }

// gathered is an event read beside the session.
type gathered struct {
	stamp   uint64
	records *pairing.Board
	round   *pairing.Round
	plan    *pairing.Plan
	err     error
}

// gather reads the event and compares work, beside the session, unless what is
// shown is up to date.
func (b *Board) gather() tea.Cmd {
	if b.event == 0 || b.gathering || b.fresh() {
		return nil
	}
	b.gathering = true
	view, event, before := b.d.View(), b.event, b.round
	return b.d.Background(func() func() tea.Cmd {
		g := gathered{stamp: stampOf(view, event)}
		g.records, g.err = pairing.Load(view, event)
		if g.err == nil && len(g.records.Entries) == 0 {
			g.err = failure.New(failure.Invalid, "nobody takes part yet: enter the sign-ups on the sheet first")
		}
		if g.err == nil {
			g.round, g.err = pairing.Prepare(view, event, pairing.Options{Parallel: run.OnAllProcessors,
				Before: before})
		}
		if g.err == nil {
			g.plan, g.err = g.round.Current()
		}
		return func() tea.Cmd { return b.take(event, g) }
	})
}

// take shows what was gathered. A proposal stays in sight as long as it was
// made from the same records.
func (b *Board) take(event shadowing.EventID, g gathered) tea.Cmd {
	b.gathering = false
	if event != b.event {
		return b.gather()
	}
	b.stamp, b.records, b.round, b.current, b.plan, b.failed = g.stamp, g.records, g.round, g.plan, g.plan, ""
	if b.proposing() {
		b.proposal, b.moved = proposal{}, nil
		b.d.Say(overlay.Info, "The records have changed; what was proposed is gone.")
	}
	if g.err != nil {
		b.failed = app.Sentence(g.err)
	}
	b.layout()
	next := b.next
	b.next = nil
	again := b.gather()
	if next == nil || g.err != nil {
		return again
	}
	return tea.Batch(again, next())
}

// proposing reports whether a plan is shown that is not kept yet.
func (b *Board) proposing() bool { return b.proposal.title != "" }

// compared does something once people's work has been compared.
func (b *Board) compared(then func() tea.Cmd) tea.Cmd {
	switch {
	case b.event == 0:
		return b.pickEvent()
	case b.failed != "" && !b.gathering && b.fresh():
		b.d.Fail(failure.New(failure.Invalid, b.failed))
		return nil
	case b.round != nil && b.fresh():
		return then()
	}
	b.next = then
	return b.gather()
}

func (b *Board) pickEvent() tea.Cmd {
	return pickEvent(b.d, "Match board of which event?", b.show)
}
