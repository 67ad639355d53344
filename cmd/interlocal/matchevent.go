package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"interlocal/model/exchange"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store"
	shadowingtab "interlocal/tui/shadowing"
)

// matching is what match EVENT is asked.
type matching struct {
	repair, best, dry bool
	dropout           []string
	seconds           int
	calendar          bool
	person            string
	out               output
}

// matchEvent makes or repairs the matches of an event on record.
func (c *call) matchEvent(ctx context.Context, word string, o matching) error {
	switch {
	case (len(o.dropout) > 0 || o.best) && !o.repair:
		return misuse("--dropout and --best go with --repair")
	case o.person != "" && !o.calendar:
		return misuse("--person goes with --calendar")
	case o.seconds < 0 || o.seconds > 600:
		return misuse("--seconds takes a number from 1 to 600")
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	id, err := recordNamed(env, view.Schema().Kind("events"), word)
	if err != nil {
		return err
	}
	event := shadowing.EventID(id)
	if o.calendar {
		return c.visitCalendar(view, env, event, o)
	}
	reader := field.Reader(view)
	if len(o.dropout) > 0 {
		gone, err := c.dropouts(view, env, event, o)
		if err != nil {
			return err
		}
		reader = gone
	}
	x, err := pairing.Prepare(reader, event, pairing.Options{Parallel: shadowingtab.OnAllProcessors})
	if err != nil {
		return err
	}
	for _, broken := range x.Broken {
		c.warn("%s", broken)
	}
	plan, sentence, err := c.planEvent(ctx, x, o)
	if err != nil {
		return err
	}
	if !o.dry {
		if err := c.savePlan(ctx, x, plan, reader, env.Today, o); err != nil {
			return err
		}
	}
	return c.tellPlan(x, plan, sentence, o.dry)
}

// withdrawal is a reader in which some sign-ups are withdrawn.
type withdrawal struct {
	*store.View
	gone map[uint64]*shadowing.Signup
}

// Get returns the record, a withdrawn sign-up as such.
func (w *withdrawal) Get(kind string, id uint64) any {
	if s := w.gone[id]; s != nil && kind == s.KindName() {
		return s
	}
	return w.View.Get(kind, id)
}

// Scan yields the records of a kind, withdrawn sign-ups as such.
func (w *withdrawal) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id := range w.View.Scan(kind) {
			if rec := w.Get(kind, id); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

// Refer yields referring records, withdrawn sign-ups as such.
func (w *withdrawal) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id := range w.View.Refer(kind, field, target) {
			if rec := w.Get(kind, id); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

// dropouts gives the records with the named people withdrawn.
func (c *call) dropouts(view *store.View, env *field.Env, event shadowing.EventID, o matching) (*withdrawal, error) {
	w := &withdrawal{View: view, gone: map[uint64]*shadowing.Signup{}}
	for _, name := range o.dropout {
		person, err := recordNamed(env, view.Schema().Kind("people"), name)
		if err != nil {
			return nil, err
		}
		s := shadowing.SignupOf(view, event, partnership.PersonID(person))
		if s == nil {
			return nil, failure.New(failure.NotFound, env.Label("people", person)+" is not signed up for the event")
		}
		out := *s
		out.State = shadowing.SignupWithdrawn
		w.gone[uint64(s.ID)] = &out
	}
	return w, nil
}

// planEvent makes the plan that was asked for and says what it does.
func (c *call) planEvent(ctx context.Context, x *pairing.Round, o matching) (*pairing.Plan, string, error) {
	seconds := x.Event.Matching.Seconds.Or(shadowing.DefaultMatchSeconds)
	if o.seconds > 0 {
		seconds = int64(o.seconds)
		x.Problem.Seconds = float64(seconds)
	}
	end := c.Now().Add(time.Duration(seconds) * time.Second)
	control := match.Control{Stop: func() bool { return ctx.Err() != nil || c.Now().After(end) },
		Progress: func(p match.Progress) { c.note("worth %d, none can exceed %d", p.Value, p.Bound) }}
	if !o.repair {
		p, err := x.Make(control)
		return p, "", err
	}
	choices, err := x.Repair(control)
	if err != nil {
		return nil, "", err
	}
	best := choices[0]
	for _, one := range choices[1:] {
		if one.Whole && !o.best {
			c.note("with --best: %s", one.Sentence)
			continue
		}
		best = one
	}
	return best.Plan, best.Title + ": " + best.Sentence, nil
}

// savePlan records a plan, and the withdrawals that led to it.
func (c *call) savePlan(ctx context.Context, x *pairing.Round, p *pairing.Plan, r field.Reader, today value.Day, o matching) error {
	title := "make the matches of " + x.Event.Name
	if o.repair {
		title = "repair the matches of " + x.Event.Name
	}
	_, err := c.store.Update(ctx, c.id, store.Op{Title: title}, func(tx *store.Tx) error {
		if w, ok := r.(*withdrawal); ok {
			for _, s := range w.gone {
				if _, err := store.Put(tx, s); err != nil {
					return err
				}
			}
		}
		return x.Save(p, today).Apply(tx)
	})
	return err
}

// planJSON is a plan for scripts.
type planJSON struct {
	Event   string      `json:"event"`
	Saved   bool        `json:"saved"`
	Repair  string      `json:"repair,omitempty"`
	Quality string      `json:"quality"`
	Value   int64       `json:"value"`
	Bound   *int64      `json:"bound"`
	Visits  []visitJSON `json:"matches"`
	Waiting []waitJSON  `json:"waiting"`
	Tell    []tellJSON  `json:"tell"`
}

type visitJSON struct {
	Visitor uint64   `json:"visitor"`
	Name    string   `json:"visitor_name"`
	Host    uint64   `json:"host"`
	HostIs  string   `json:"host_name"`
	Slots   []string `json:"slots"`
	Score   int64    `json:"score"`
	Locked  bool     `json:"locked"`
	Reasons string   `json:"reasons"`
}

type waitJSON struct {
	Person uint64 `json:"person"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

type tellJSON struct {
	Person uint64   `json:"person"`
	Name   string   `json:"name"`
	City   string   `json:"city"`
	Again  bool     `json:"again"`
	Lines  []string `json:"lines"`
}

func (c *call) tellPlan(x *pairing.Round, p *pairing.Plan, sentence string, dry bool) error {
	out := planJSON{Event: x.Event.Name, Saved: !dry, Repair: sentence, Quality: p.Quality.Words(), Value: p.Value,
		Visits: []visitJSON{}, Waiting: []waitJSON{}, Tell: []tellJSON{}}
	if p.Quality.Known {
		out.Bound = &p.Quality.Bound
	}
	for _, v := range p.Visits {
		one := visitJSON{Visitor: uint64(v.Visitor), Name: x.Name(v.Visitor), Host: uint64(v.Host), HostIs: x.Name(v.Host),
			Score: v.Score, Locked: v.Locked, Reasons: v.Reasons}
		for _, s := range v.Slots {
			one.Slots = append(one.Slots, s.String())
		}
		out.Visits = append(out.Visits, one)
	}
	for _, w := range p.Waiting {
		out.Waiting = append(out.Waiting, waitJSON{uint64(w.Person), x.Name(w.Person), w.Sentence})
	}
	if !dry {
		b, err := pairing.Load(c.store.As(c.id).View(), x.Event.ID)
		if err != nil {
			return err
		}
		for _, t := range b.Tell() {
			out.Tell = append(out.Tell, tellJSON{uint64(t.Person), t.Name, t.City, t.Again, t.Lines})
		}
	}
	if c.json {
		return c.writeJSON(out)
	}
	return c.write(output{}, func(w io.Writer) error { return writePlan(w, x, p, out) })
}

func writePlan(w io.Writer, x *pairing.Round, p *pairing.Plan, out planJSON) error {
	if out.Repair != "" {
		fmt.Fprintln(w, out.Repair)
	}
	rows := [][]string{{"visitor", "city", "host", "city", "when", "score", "locked"}}
	for _, v := range p.Visits {
		locked := ""
		if v.Locked {
			locked = "yes"
		}
		rows = append(rows, []string{x.Name(v.Visitor), x.City(v.Visitor), x.Name(v.Host), x.City(v.Host), v.When(), strconv.FormatInt(v.Score, 10), locked})
	}
	if err := writeAligned(w, rows); err != nil {
		return err
	}
	for _, one := range p.Waiting {
		fmt.Fprintf(w, "waiting: %s: %s\n", x.Name(one.Person), one.Sentence)
	}
	for _, t := range out.Tell {
		if t.Again {
			fmt.Fprintf(w, "tell again: %s, %s: %s\n", t.Name, t.City, strings.Join(t.Lines, " "))
		}
	}
	end := "saved"
	if !out.Saved {
		end = "nothing was saved"
	}
	_, err := fmt.Fprintf(w, "%d visits, %d waiting; %s (%s); %s\n", len(p.Visits), len(p.Waiting), p.Quality.Words(), p.Quality.Numbers(), end)
	return err
}

// visitCalendar writes an event's visits, or one person's, as a calendar.
func (c *call) visitCalendar(view *store.View, env *field.Env, event shadowing.EventID, o matching) error {
	var person uint64
	if o.person != "" {
		var err error
		if person, err = recordNamed(env, view.Schema().Kind("people"), o.person); err != nil {
			return err
		}
	}
	list, err := report.VisitCalendar(view, event, partnership.PersonID(person))
	if err != nil {
		return err
	}
	settings := partnership.SettingsOf(view)
	name := env.Label("events", uint64(event))
	if person != 0 {
		name += ", " + env.Label("people", person)
	}
	opt := exchange.Options{Zone: settings.Location(), Now: c.Now(), Origin: settings.Name}
	return c.write(o.out, func(w io.Writer) error { return exchange.WriteAppointments(w, name, list, opt) })
}
