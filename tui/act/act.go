// Package act lets somebody at a screen do an act: it says why the act cannot
// be done now, asks for the arguments that are missing, asks before what cannot
// be had again, asks for a name and a reason where something is in doubt, and
// says what came of it. A page binds a key to an act and the arguments that the
// key stands for; nothing else is needed to do it from there.
package act

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// Offer is an act that a screen offers with a record.
type Offer struct {
	Act *field.Act
	ID  uint64
	// Preset sets arguments that the key stands for; nil sets none.
	Preset func(args any)
	// Ask names the arguments that a form asks for; nil is all that are not preset.
	Ask []string
	// Intro stands above the form; nil names the record.
	Intro []string
	// Plan was made and looked at before; nil has it made.
	Plan any
	// Then runs after the act with what came of it; nil says it in the usual way.
	Then func(run.Done) tea.Cmd
	// Fails runs when the act is refused, for whatever reason; nil says why in the
	// usual way.
	Fails func(error) tea.Cmd
	// At once does it without a form when nothing is missing.
	AtOnce bool
}

// May says why an act cannot be done to a record by whoever sits here, or nil.
func May(d *app.App, a *field.Act, id uint64) error {
	return run.May(d.View(), d.Me.Identity(), a, id, d.Now())
}

// Do has an act done, asking for what it lacks.
func Do(d *app.App, o Offer) tea.Cmd {
	if err := May(d, o.Act, o.ID); err != nil {
		if o.Fails != nil {
			return o.Fails(err)
		}
		Refuse(d, err)
		return nil
	}
	var rec any
	if o.Act.On != "" {
		rec = d.View().Get(o.Act.On, o.ID)
		if k := d.Kind(o.Act.On); o.Intro == nil { // a window names what it is about
			o.Intro = []string{text.Capital(k.One) + ": " + d.Env().Title(k, rec) + "."}
		}
	}
	v := run.ViewOf(d.View(), d.Me.Identity(), o.Act, d.Now())
	args := o.Act.NewArgs(v, rec)
	if args != nil && o.Preset != nil {
		o.Preset(args)
	}
	q := run.Request{Act: o.Act, ID: o.ID, Args: args, Plan: o.Plan}
	switch cols := o.columns(); {
	case args == nil, o.AtOnce && complete(cols, args), len(cols) == 0:
		return confirmed(d, o, q)
	case len(cols) == 1 && (cols[0].Shape == field.ShapeText || cols[0].Shape == field.ShapeLong ||
		cols[0].Shape == field.ShapeWall):
		return askOne(d, o, q, cols[0])
	default:
		return askAll(d, o, q, v, rec, cols)
	}
}

// Refuse says why an act cannot be done now.
func Refuse(d *app.App, err error) {
	d.Say(overlay.Info, text.Capital(err.Error())+stop(err.Error()))
}

// stop ends a sentence that has no full stop.
func stop(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return ""
	}
	return "."
}

// columns lists the arguments that are asked for.
func (o *Offer) columns() []*field.Column {
	if o.Act.Args == nil || o.Ask == nil {
		if o.Act.Args == nil {
			return nil
		}
		return o.Act.Args.Columns
	}
	var out []*field.Column
	for _, name := range o.Ask {
		if c := o.Act.Args.Column(name); c != nil {
			out = append(out, c)
		}
	}
	return out
}

func complete(cols []*field.Column, args any) bool {
	for _, c := range cols {
		if c.Required && c.Empty(args) {
			return false
		}
	}
	return true
}

// confirmed asks before what cannot be had again.
func confirmed(d *app.App, o Offer, q run.Request) tea.Cmd {
	if o.Act.Effect != field.Destroys {
		return carryOut(d, o, q, nil)
	}
	d.Dialogs.Push(overlay.NewConfirm(d.Theme, overlay.Question{Title: o.Act.Title, Ask: o.Act.Title + "?",
		Consequences: append([]string{o.Act.Help}, o.Intro...), Yes: strings.ToLower(o.Act.Title), No: "leave it"},
		func() tea.Cmd { return carryOut(d, o, q, nil) }))
	return nil
}

// askOne asks for one line of text.
func askOne(d *app.App, o Offer, q run.Request, col *field.Column) tea.Cmd {
	words := strings.Join(append(append([]string{}, o.Intro...), col.Help), " ")
	begin := string(col.Format(nil, q.Args, d.Env()))
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, o.Act.Title, words, begin, strings.ToLower(o.Act.Title),
		func(typed string) tea.Cmd {
			if err := col.Parse(q.Args, typed, d.Env()); err != nil {
				d.Fail(err)
				return nil
			}
			return confirmed(d, o, q)
		}))
	return nil
}

// Carry does an act with the arguments given, asking nothing, and hands on what
// came of it: for a page that answers faster than a form.
func Carry(d *app.App, q run.Request, after func(run.Done, error) tea.Cmd) tea.Cmd {
	st, id, ctx := d.Store, d.Me.Identity(), contextOf(d, q.Act)
	return d.Change(func() func() tea.Cmd {
		done, err := run.Do(ctx, st, id, q)
		return func() tea.Cmd { return after(done, err) }
	})
}

// contextOf is how long an act may take: what others rely on at once is carried
// out to its end, also when the session ends meanwhile.
func contextOf(d *app.App, a *field.Act) context.Context {
	if a.Effect == field.Final {
		return context.WithoutCancel(d.Context)
	}
	return d.Context
}

// outcome is what a window hears of an act that it asked for.
type outcome struct {
	over  func()                  // called first, whatever came of it
	fails func(err error) tea.Cmd // nil says it in the usual way
	done  func()                  // called when it is done
}

// carryOut does the act beside the session. When something is in doubt it asks
// for a name and a reason and tries again with them; Esc then leaves all as it
// was.
func carryOut(d *app.App, o Offer, q run.Request, w *outcome) tea.Cmd {
	if w == nil {
		w = &outcome{fails: o.Fails}
	}
	st, id, ctx := d.Store, d.Me.Identity(), contextOf(d, q.Act)
	return d.Change(func() func() tea.Cmd {
		done, err := run.Do(ctx, st, id, q)
		return func() tea.Cmd {
			if w.over != nil {
				w.over()
			}
			var doubts field.Doubts
			switch {
			case errors.As(err, &doubts):
				d.Doubted(doubts, func(answer *field.Override) tea.Cmd {
					q.Override = answer
					return carryOut(d, o, q, w)
				})
				return nil
			case err != nil && w.fails != nil:
				return w.fails(err)
			case err != nil && o.Fails != nil:
				return o.Fails(err)
			case err != nil:
				d.Fail(err)
				return nil
			}
			if w.done != nil {
				w.done()
			}
			var joined tea.Cmd
			if done.Records.Set {
				joined = d.Join(meeting.MeetingID(done.Records.V))
			}
			if o.Then != nil {
				return tea.Batch(joined, o.Then(done))
			}
			return tea.Batch(joined, Tell(d, o.Act, done))
		}
	})
}

// Opens says what came of an act, and turns to it.
func Opens(d *app.App, a *field.Act) func(run.Done) tea.Cmd {
	return func(done run.Done) tea.Cmd {
		return tea.Batch(Tell(d, a, done), d.Open(app.Route{Kind: done.Kind, ID: done.ID}))
	}
}

// Tell says what came of an act, and offers to take it back where it may be.
func Tell(d *app.App, a *field.Act, done run.Done) tea.Cmd {
	words := done.Text
	for i, w := range done.Stored.Warnings {
		if i == 0 {
			words += " But look: " + w.Message + "."
		} else {
			words += " " + text.Capital(w.Message) + "."
		}
	}
	if a.Effect == field.Changes && done.Stored.Changed > 0 {
		d.SayUndo(words)
	} else {
		d.Say(overlay.Done, words)
	}
	return nil
}
