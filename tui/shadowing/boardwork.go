package shadowing

import (
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/match"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
)

// work is something being worked out beside the session. It can be ended at any
// moment, and says how far it has come.
type work struct {
	title    string
	stop     atomic.Bool
	given    bool // what comes of it is not wanted
	progress atomic.Pointer[match.Progress]
}

// end asks for the best found so far.
func (w *work) end() { w.stop.Store(true) }

// progressed is when the board looks how far work has come.
type progressed struct{}

// lookEvery is how often that is.
const lookEvery = 150 * time.Millisecond

func tick() tea.Cmd {
	return tea.Tick(lookEvery, func(time.Time) tea.Msg { return progressed{} })
}

// job is something to be worked out from people's work as compared and the plan
// that is shown. It runs on another goroutine and gives what to do with the
// outcome.
type job func(*pairing.Round, *pairing.Plan, match.Control) (func() tea.Cmd, error)

// run works something out beside the session.
func (b *Board) run(title string, do job) tea.Cmd {
	if b.work != nil {
		b.d.Say(overlay.Info, "Still at it: "+b.work.title+". Esc gives that up.")
		return nil
	}
	return b.compared(func() tea.Cmd {
		w := &work{title: title}
		b.work = w
		round, plan, ctx, clock := b.round, b.plan, b.d.Context, b.d.Clock
		end := clock().Add(time.Duration(round.Problem.Seconds * float64(time.Second)))
		control := match.Control{
			Stop:     func() bool { return w.stop.Load() || ctx.Err() != nil || clock().After(end) },
			Progress: func(p match.Progress) { w.progress.Store(&p) },
		}
		return tea.Batch(tick(), b.d.Background(func() func() tea.Cmd {
			after, err := do(round, plan, control)
			return func() tea.Cmd { return b.done(w, after, err) }
		}))
	})
}

// done takes up the outcome of work.
func (b *Board) done(w *work, after func() tea.Cmd, err error) tea.Cmd {
	if b.work == w {
		b.work = nil
	}
	switch {
	case w.given:
		return nil
	case err != nil:
		b.d.Fail(err)
		return nil
	}
	return after()
}

// giveUp ends work and drops what comes of it.
func (b *Board) giveUp() tea.Cmd {
	b.work.given = true
	b.work.end()
	b.work = nil
	b.d.Say(overlay.Info, "Given up; nothing has changed.")
	return nil
}

// sofar says how far work has come: "visits worth 18,240, none can exceed 18,400".
func (w *work) sofar() string {
	p := w.progress.Load()
	if p == nil {
		return ""
	}
	return "best so far: " + pairing.Quality{Value: p.Value, Bound: p.Bound, Known: true}.Words()
}

// proposal is a plan that is shown before it is kept.
type proposal struct {
	title string // "" when there is none
	act   string // that keeps it
}

// propose shows a plan without keeping it.
func (b *Board) propose(act, title string, plan *pairing.Plan) {
	have := map[visitID]string{}
	for _, m := range b.records.Matches {
		have[visitID{m.Visitor, m.Host}] = m.When()
	}
	b.moved = map[visitID]bool{}
	for _, v := range plan.Visits {
		id := visitID{v.Visitor, v.Host}
		if said, ok := have[id]; !ok || said != when(v.Slots, false) {
			b.moved[id] = true
		}
	}
	b.plan, b.proposal, b.pane = plan, proposal{title, act}, paneVisits
	b.layout()
}

// drop goes back to what the records say.
func (b *Board) drop() tea.Cmd {
	b.proposal, b.moved, b.plan = proposal{}, nil, b.current
	b.layout()
	b.d.Say(overlay.Info, "Nothing has changed.")
	return nil
}

// keep has the proposal carried out as it is shown.
func (b *Board) keep() tea.Cmd {
	o := b.offer(b.proposal.act)
	o.Plan, o.AtOnce = &events.Planned{Round: b.round, Plan: b.plan}, true
	return b.carry(b.event, o)
}

// carry does what was worked out for an event, if the records are still those that
// it was worked out from.
func (b *Board) carry(event shadowing.EventID, o act.Offer) tea.Cmd {
	if event != b.event || !b.fresh() {
		b.d.Say(overlay.Warned, "The records have changed meanwhile; look again.")
		return b.gather()
	}
	b.proposal, b.moved = proposal{}, nil
	return act.Do(b.d, o)
}

// offer is an act on the event of the board.
func (b *Board) offer(name string) act.Offer {
	return act.Offer{Act: b.acts.Named(name), ID: uint64(b.event)}
}
