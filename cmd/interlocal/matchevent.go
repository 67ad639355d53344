package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
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
	id, err := recordNamed(env, view.Schema().Kind(shadowing.KindEvents), word)
	if err != nil {
		return err
	}
	event := shadowing.EventID(id)
	if o.calendar {
		return c.visitCalendar(view, env, event, o)
	}
	a, args, err := o.act(env)
	if err != nil {
		return err
	}
	q := run.Request{Act: a, ID: id, Args: args}
	if !o.dry {
		if err := run.May(view, c.id, a, id, c.wall(view)); err != nil {
			return err
		}
	}
	working := field.WithMeans(ctx, field.Means{Progress: func(value, bound int64) {
		c.note("worth %d, none can exceed %d", value, bound)
	}})
	if q.Plan, err = run.Plan(working, c.store, c.id, q); err != nil {
		return err
	}
	planned := q.Plan.(*events.Planned)
	for _, broken := range planned.Round.Broken {
		c.warn("%s", broken)
	}
	if planned.Also != "" {
		c.note("with --best: %s", planned.Also)
	}
	if !o.dry {
		if _, err := c.do(ctx, q); err != nil {
			return err
		}
	}
	return c.tellPlan(planned, o.dry)
}

// act gives the act that was asked for, with its arguments.
func (o *matching) act(env *field.Env) (*field.Act, any, error) {
	seconds := value.Opt[int64]{V: int64(o.seconds), Set: o.seconds > 0}
	if !o.repair {
		return events.Acts().Named("event.match"), &events.Matching{Seconds: seconds}, nil
	}
	args := &events.Repairing{Seconds: seconds, Best: o.best}
	for _, name := range o.dropout {
		person, err := recordNamed(env, env.Reader.Schema().Kind(partnership.KindPeople), name)
		if err != nil {
			return nil, nil, err
		}
		args.Dropout = append(args.Dropout, partnership.PersonID(person))
	}
	return events.Acts().Named("event.repair"), args, nil
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

func (c *call) tellPlan(planned *events.Planned, dry bool) error {
	x, p := planned.Round, planned.Plan
	out := planJSON{Event: x.Event.Name, Saved: !dry, Repair: planned.Says, Quality: p.Quality.Words(), Value: p.Value,
		Visits: []visitJSON{}, Waiting: []waitJSON{}, Tell: []tellJSON{}}
	if p.Quality.Known {
		out.Bound = &p.Quality.Bound
	}
	for _, v := range p.Visits {
		one := visitJSON{Visitor: uint64(v.Visitor), Name: x.Name(v.Visitor), Host: uint64(v.Host),
			HostIs: x.Name(v.Host),
			Score:  v.Score, Locked: v.Locked, Reasons: v.Reasons}
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
		rows = append(rows, []string{x.Name(v.Visitor), x.City(v.Visitor), x.Name(v.Host), x.City(v.Host), v.When(),
			strconv.FormatInt(v.Score, 10), locked})
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
	_, err := fmt.Fprintf(w, "%d visits, %d waiting; %s (%s); %s\n", len(p.Visits), len(p.Waiting), p.Quality.Words(),
		p.Quality.Numbers(), end)
	return err
}

// visitCalendar writes an event's visits, or one person's, as a calendar.
func (c *call) visitCalendar(view *store.View, env *field.Env, event shadowing.EventID, o matching) error {
	var person uint64
	if o.person != "" {
		var err error
		if person, err = recordNamed(env, view.Schema().Kind(partnership.KindPeople), o.person); err != nil {
			return err
		}
	}
	list, err := report.VisitCalendar(view, event, partnership.PersonID(person))
	if err != nil {
		return err
	}
	settings := partnership.SettingsOf(view)
	name := env.Label(shadowing.KindEvents, uint64(event))
	if person != 0 {
		name += ", " + env.Label(partnership.KindPeople, person)
	}
	opt := export.Options{Zone: settings.Location(), Now: c.Now(), Origin: settings.Name}
	return c.write(o.out, func(w io.Writer) error { return export.WriteAppointments(w, name, list, opt) })
}
