package events

import (
	"context"
	"iter"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
)

// Planned is a plan that is carried out as it was shown: what it was worked out
// from, who visits whom, and of a change by hand what it costs.
type Planned struct {
	Round *pairing.Round
	Plan  *pairing.Plan
	Offer *pairing.Offer // nil unless it is a change by hand
	Says  string         // what a repair does
	Also  string         // what the best for the whole would do instead; "" when it is no better or is it
}

// carryOut stores a plan as long as the records are those it was made from.
func (p *Planned) carryOut(w field.Writer) error {
	if err := p.current(w); err != nil {
		return err
	}
	if p.Offer != nil {
		return p.Round.SaveOffer(p.Offer, w.Now().Day()).Apply(w)
	}
	return p.Round.Save(p.Plan, w.Now().Day()).Apply(w)
}

// current refuses a plan whose event, sign-ups or matches have changed since.
func (p *Planned) current(r field.Reader) error {
	x := p.Round.Board
	signups, matches := map[uint64]any{}, map[uint64]any{}
	for _, list := range [][]*pairing.Entry{x.Entries, x.Left} {
		for _, e := range list {
			signups[uint64(e.Signup.ID)] = e.Signup
		}
	}
	for _, list := range [][]*shadowing.Match{x.Matches, x.Gone} {
		for _, m := range list {
			matches[uint64(m.ID)] = m
		}
	}
	same := func(kind string, known map[uint64]any) bool {
		k, n := r.Schema().Kind(kind), 0
		for id, rec := range r.Refer(kind, "event", uint64(x.Event.ID)) {
			if known[id] == nil || !k.Equal(known[id], rec) {
				return false
			}
			n++
		}
		return n == len(known)
	}
	e := field.Get(r, x.Event.ID)
	if e == nil || !r.Schema().Kind(e.KindName()).Equal(e, x.Event) || !same(shadowing.KindSignups, signups) ||
		!same(shadowing.KindMatches, matches) {
		return failure.New(failure.Conflict, "the records have changed meanwhile; look again")
	}
	return nil
}

// prepare compares people's work with the means that the context gives.
func prepare(ctx context.Context, r field.Reader, e *shadowing.Event) (*pairing.Round, error) {
	return pairing.Prepare(r, e.ID, pairing.Options{Parallel: field.MeansOf(ctx).Parallel})
}

// control ends work when its time is over or nobody waits for it.
func control(ctx context.Context, x *pairing.Round) match.Control {
	m := field.MeansOf(ctx)
	over := func() bool { return false }
	if m.After != nil {
		over = m.After(x.Problem.Seconds)
	}
	c := match.Control{Stop: func() bool { return ctx.Err() != nil || over() }}
	if m.Progress != nil {
		c.Progress = func(p match.Progress) { m.Progress(p.Value, p.Bound) }
	}
	return c
}

// Matching is how long matches are looked for.
type Matching struct{ Seconds value.Opt[int64] }

func secondsField[A any](lens func(*A) *value.Opt[int64]) field.Field[A] {
	return field.OptInt(1, "seconds", "Seconds", lens).Help("For how long to look at most; empty is as the event says.")
}

// within sets how long a round is worked on, where it is said.
func within(x *pairing.Round, seconds value.Opt[int64]) {
	if seconds.Set {
		x.Problem.Seconds = float64(seconds.V)
	}
}

func matchAct() *field.Act {
	return onVisits(onEvent[Matching]{Name: "event.match", Title: "Make the matches",
		Help: "Makes the matches of an event from its sign-ups and saves them with the proof of how good they are. " +
			"Locked ones stay.",
		Args:    []field.Field[Matching]{secondsField(func(m *Matching) *value.Opt[int64] { return &m.Seconds })},
		History: naming[Matching]("make the matches of ", ""),
		Plan: func(ctx context.Context, v field.Viewpoint, e *shadowing.Event, m *Matching) (any, error) {
			x, err := prepare(ctx, v, e)
			if err != nil {
				return nil, err
			}
			within(x, m.Seconds)
			plan, err := x.Make(control(ctx, x))
			return &Planned{Round: x, Plan: plan}, err
		},
		Do: func(w field.Writer, e *shadowing.Event, _ *Matching, plan any) (field.Result, error) {
			return field.Done("The matches of " + e.Name + " are kept."), plan.(*Planned).carryOut(w)
		}})
}

// Repairing is who drops out, and whether the best for the whole is wanted.
type Repairing struct {
	Seconds value.Opt[int64]
	Dropout []partnership.PersonID
	Best    bool
}

func repairAct() *field.Act {
	return onVisits(onEvent[Repairing]{Name: "event.repair", Title: "Repair the matches",
		Help:  "Mends the matches of an event after people withdrew, moving as few as possible.",
		Words: []string{"mend the matches", "after a dropout"},
		Args: []field.Field[Repairing]{secondsField(func(r *Repairing) *value.Opt[int64] { return &r.Seconds }),
			field.Refs(2, "dropout", "Who drops out", func(r *Repairing) *[]partnership.PersonID { return &r.Dropout }).
				Help("Withdrawn now, with the repair."),
			field.Bool(3, "best", "Best for the whole", func(r *Repairing) *bool { return &r.Best }).
				Help("Whoever moves for it."),
		},
		History: naming[Repairing]("repair the matches of ", ""),
		Plan: func(ctx context.Context, v field.Viewpoint, e *shadowing.Event, a *Repairing) (any, error) {
			reader, err := without(v.Reader, e, a.Dropout)
			if err != nil {
				return nil, err
			}
			x, err := prepare(ctx, reader, e)
			if err != nil {
				return nil, err
			}
			within(x, a.Seconds)
			list, err := x.Repair(control(ctx, x))
			if err != nil {
				return nil, err
			}
			return chosen(x, list, a.Best), nil
		},
		Do: func(w field.Writer, e *shadowing.Event, a *Repairing, plan any) (field.Result, error) {
			for _, person := range a.Dropout {
				s, err := withdrawn(w, e, person)
				if err != nil {
					return field.Result{}, err
				}
				if _, err := field.Put(w, s); err != nil {
					return field.Result{}, err
				}
			}
			return field.Done("The repair is kept."), plan.(*Planned).carryOut(w)
		}})
}

// chosen takes the repair that places most, or the best for the whole.
func chosen(x *pairing.Round, list []pairing.Choice, best bool) *Planned {
	out, also := list[0], ""
	for _, one := range list[1:] {
		if one.Whole && !best {
			also = one.Sentence
			continue
		}
		out = one
	}
	return &Planned{Round: x, Plan: out.Plan, Says: out.Title + ": " + out.Sentence, Also: also}
}

// withdrawal is a reader in which some sign-ups are withdrawn.
type withdrawal struct {
	field.Reader
	gone map[uint64]*shadowing.Signup
}

// without gives the records with people withdrawn from an event.
func without(r field.Reader, e *shadowing.Event, people []partnership.PersonID) (field.Reader, error) {
	if len(people) == 0 {
		return r, nil
	}
	w := &withdrawal{Reader: r, gone: map[uint64]*shadowing.Signup{}}
	for _, person := range people {
		s, err := withdrawn(r, e, person)
		if err != nil {
			return nil, err
		}
		w.gone[uint64(s.ID)] = s
	}
	return w, nil
}

// Get returns the record, a withdrawn sign-up as such.
func (w *withdrawal) Get(kind string, id uint64) any {
	if s := w.gone[id]; s != nil && kind == s.KindName() {
		return s
	}
	return w.Reader.Get(kind, id)
}

// Scan yields the records of a kind, withdrawn sign-ups as such.
func (w *withdrawal) Scan(kind string) iter.Seq2[uint64, any] {
	return w.swapped(kind, w.Reader.Scan(kind))
}

// Refer yields referring records, withdrawn sign-ups as such.
func (w *withdrawal) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return w.swapped(kind, w.Reader.Refer(kind, field, target))
}

func (w *withdrawal) swapped(kind string, list iter.Seq2[uint64, any]) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id := range list {
			if rec := w.Get(kind, id); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

// Hand is a change of the matches by hand.
type Hand struct {
	Visitor, Host partnership.PersonID
	With          partnership.PersonID // the other visitor of a swap
	Slots         []value.Slot         // of a visit that is added
}

// handActs change the matches by hand. Each is planned first: who moves for it,
// and what the whole loses.
func handActs() field.Acts {
	with := field.Ref(3, "with", "Other visitor", func(h *Hand) *partnership.PersonID { return &h.With }).Required()
	slots := field.Slots(4, "slots", "When", func(h *Hand) *[]value.Slot { return &h.Slots }).
		Help("Such as 2027-04-20 AM; empty is whenever it costs least.")
	return field.Acts{
		handAct("event.lock", "Lock", "Keeps a visit as it is when matches are made again.", pairing.Lock),
		handAct("event.unlock", "Unlock", "Lets a visit that was locked move when matches are made again.",
			pairing.Unlock),
		handAct("event.rule-out", "Rule out",
			"Rules a pair out of an event. Whoever loses the visit gets another where few need to move for it.",
			pairing.Forbid),
		handAct("event.add", "Add",
			"Adds a visit by hand and locks it. Whoever stands in its way is moved.", pairing.Force, slots),
		handAct("event.swap", "Swap", "Lets two visitors change hosts, and locks both visits.", pairing.Swap, with),
	}
}

// Title says what a change by hand does and to whom.
func (h *Hand) Title(r field.Reader, act *field.Act) string {
	if h.With != 0 {
		return act.Title + ": " + nameOf(r, h.Visitor) + " and " + nameOf(r, h.With)
	}
	return act.Title + ": " + nameOf(r, h.Visitor) + " visits " + nameOf(r, h.Host)
}

func handAct(name, title, help string, kind pairing.ChangeKind, more ...field.Field[Hand]) *field.Act {
	var a *field.Act
	a = onVisits(onEvent[Hand]{Name: name, Title: title, Help: help,
		Args: append([]field.Field[Hand]{
			field.Ref(1, "visitor", "Visitor", func(h *Hand) *partnership.PersonID { return &h.Visitor }).Required(),
			field.Ref(2, "host", "Host", func(h *Hand) *partnership.PersonID { return &h.Host }).Required(),
		}, more...),
		History: func(v field.Viewpoint, _ *shadowing.Event, h *Hand) string {
			return strings.ToLower(title) + strings.TrimPrefix(h.Title(v, a), title)
		},
		Plan: func(ctx context.Context, v field.Viewpoint, e *shadowing.Event, h *Hand) (any, error) {
			x, err := prepare(ctx, v, e)
			if err != nil {
				return nil, err
			}
			now, err := x.Current()
			if err != nil {
				return nil, err
			}
			return h.Priced(x, now, kind, control(ctx, x))
		},
		Do: func(w field.Writer, _ *shadowing.Event, h *Hand, plan any) (field.Result, error) {
			return field.Done(h.Title(w, a) + ": done."), plan.(*Planned).carryOut(w)
		}})
	return a
}

// Priced works out what a change by hand does to a plan.
func (h *Hand) Priced(x *pairing.Round, plan *pairing.Plan, kind pairing.ChangeKind, c match.Control) (
	*Planned, error) {
	o, err := x.Price(plan, pairing.Change{Kind: kind, Visitor: h.Visitor, Host: h.Host, With: h.With, Slots: h.Slots},
		c)
	if err != nil {
		return nil, err
	}
	return &Planned{Round: x, Plan: o.Plan, Offer: o}, nil
}
