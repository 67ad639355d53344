package shadowing

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// publish tells that people have been told of their visits.
func (b *Board) publish() tea.Cmd {
	if b.proposing() {
		b.d.Say(overlay.Info, "Keep or drop what is proposed first: y or Esc.")
		return nil
	}
	return publish(b.d, b.event)
}

// tellAgain lists who must be told again.
func (b *Board) tellAgain() tea.Cmd {
	e := b.theEvent()
	switch {
	case b.records == nil:
		return nil
	case !e.Published():
		b.d.Say(overlay.Info, "Nobody has been told yet: P publishes the matches.")
		return nil
	case len(b.tells) == 0:
		b.d.Say(overlay.Done, "Everybody knows of their visits as they are.")
		return nil
	}
	told := func(id partnership.PersonID) tea.Cmd {
		o := b.offer("event.tell")
		o.AtOnce, o.Preset = true, func(args any) { args.(*events.Told).Person = id }
		return act.Do(b.d, o)
	}
	var list []choice
	for _, t := range b.tells {
		who := text.Join(" · ", t.Name, t.City, t.Phone, t.Email)
		list = append(list, choice{who, strings.Join(t.Lines, "\n"), func() tea.Cmd { return told(t.Person) }})
	}
	return choose(b.d, "To be told again: "+text.Counted(len(b.tells), "person", "people"), "has been told", list,
		besides(page.Bind("A", "all have been told"), func() tea.Cmd { return told(0) }),
		besides(page.Bind("p", "print"), b.print))
}

// whatIf asks what to try, and says what it would do.
func (b *Board) whatIf() tea.Cmd {
	if b.plan == nil {
		return nil
	}
	var list []choice
	list = append(list, choice{"Somebody hosts one visitor more", "One who takes part already or anybody else on file.",
		func() tea.Cmd {
			return b.pickAnybody("Who hosts one visitor more?", func(id partnership.PersonID) tea.Cmd {
				return b.tried(func(x *pairing.Round, p *pairing.Plan, c match.Control) (*pairing.Offer, error) {
					return x.WhatIfHost(p, id, 1, c)
				})
			})
		}})
	for _, slot := range b.records.MoreHalves() {
		list = append(list, choice{slot.Long() + " as well", "One half day more for everybody who did not say when " +
			"they are free.", func() tea.Cmd {
			return b.tried(func(x *pairing.Round, p *pairing.Plan, c match.Control) (*pairing.Offer, error) {
				return x.WhatIfSlot(p, slot, c)
			})
		}})
	}
	return choose(b.d, "What if …?", "try it", list)
}

// tried works a what-if out and says what it would do.
func (b *Board) tried(work func(*pairing.Round, *pairing.Plan, match.Control) (*pairing.Offer, error)) tea.Cmd {
	return b.run("Trying it",
		func(x *pairing.Round, plan *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
			o, err := work(x, plan, control)
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd {
				says := o.Sentence + " Nothing has changed."
				v := overlay.NewText(b.d.Theme, "What if", says)
				if o.Numbers != "" {
					v.Offer(page.Bind("#", "numbers"), func() (bool, tea.Cmd) {
						b.d.Dialogs.Push(overlay.NewText(b.d.Theme, "What if", says+"\n\n"+o.Numbers))
						return true, nil
					})
				}
				b.d.Dialogs.Push(v)
				return nil
			}, nil
		})
}

// pickAnybody asks for anybody on file.
func (b *Board) pickAnybody(title string, choose func(partnership.PersonID) tea.Cmd) tea.Cmd {
	var people []partnership.PersonID
	for _, e := range b.records.Entries {
		people = append(people, e.Person.ID)
	}
	for p := range field.All[partnership.Person](b.d.View()) {
		if !p.Left && b.records.Entry(p.ID) == nil {
			people = append(people, p.ID)
		}
	}
	return b.pickPerson(title, people, choose)
}

// recruit says whom to ask to host.
func (b *Board) recruit() tea.Cmd {
	return b.run("Looking whom to recruit",
		func(x *pairing.Round, plan *pairing.Plan, _ match.Control) (func() tea.Cmd, error) {
			var list []choice
			for _, a := range x.Recruit(plan) {
				list = append(list, choice{x.Name(a.Person), a.Sentence, func() tea.Cmd {
					return b.d.Open(app.Route{Kind: "people", ID: uint64(a.Person)})
				}})
			}
			return func() tea.Cmd {
				if len(list) == 0 {
					b.d.Say(overlay.Done, "Nobody more is needed to host as things stand.")
					return nil
				}
				return choose(b.d, "Whom to ask to host", "open the person", list)
			}, nil
		})
}

// feedback opens a sheet of what somebody said of the visit under the cursor.
func (b *Board) feedback() tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	if v.Match == 0 {
		b.d.Say(overlay.Info, "This visit is not kept yet.")
		return nil
	}
	return feedback(b.d, b.s, v.Match)
}

// confirm records that both sides have said yes to the visit under the cursor,
// or takes that back.
func (b *Board) confirm() tea.Cmd {
	v := b.chosen()
	if v != nil && v.State == shadowing.MatchConfirmed {
		return b.turn(v, "match.unconfirm")
	}
	return b.turn(v, "match.confirm")
}

// missed records that the visit under the cursor did not take place.
func (b *Board) missed() tea.Cmd {
	if e := b.theEvent(); !e.Published() {
		b.d.Say(overlay.Info, "Before the event a visit is ruled out (f) or somebody drops out (D).")
		return nil
	}
	return b.turn(b.chosen(), "match.missed")
}

// turn does an act to a visit; one that is only proposed is kept first.
func (b *Board) turn(v *pairing.Visit, name string) tea.Cmd {
	switch {
	case v == nil:
		return nil
	case v.Match == 0:
		b.d.Say(overlay.Info, "Keep what is proposed first: y.")
		return nil
	}
	return act.Do(b.d, act.Offer{Act: b.acts.Named(name), ID: uint64(v.Match)})
}
