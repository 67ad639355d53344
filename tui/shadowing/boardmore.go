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
	"interlocal/model/value"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// publish tells that people have been told of their visits.
func (b *Board) publish() tea.Cmd {
	if b.proposing() {
		b.d.Say(overlay.Info, "Keep or drop what is proposed first: y or Esc.")
		return nil
	}
	publish(b.d, b.event)
	return nil
}

// publish asks whether an event is to be published, and does it on a y.
func publish(d *app.App, event shadowing.EventID) {
	o := act.Offer{Act: events.Acts().Named("event.publish"), ID: uint64(event)}
	e := field.Get(d.View(), event)
	if e != nil && e.State == shadowing.EventPublished {
		d.Say(overlay.Info, e.Name+" is published. T lists who must be told again.")
		return
	}
	if err := act.May(d, o.Act, o.ID); err != nil {
		act.Refuse(d, err)
		return
	}
	visits, broken := events.Visits(d.View(), event)
	q := overlay.Question{Title: "Publish " + e.Name, Ask: "Publish " + counted(visits, "visit", "visits") + "?", Yes: "publish", No: "not yet",
		Consequences: []string{"Everybody counts as told of their visits as they are now: print the schedules and invitations with p.",
			"From then on every change is listed until the people concerned have been told again."}}
	if broken > 0 {
		q.Consequences = append([]string{counted(broken, "visit has", "visits have") + " somebody who takes no part any more: repair first."}, q.Consequences...)
	}
	d.Dialogs.Push(overlay.NewConfirm(d.Theme, q, func() tea.Cmd { return act.Do(d, o) }))
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
		who := joined(" · ", t.Name, t.City, t.Phone, t.Email)
		list = append(list, choice{who, strings.Join(t.Lines, "\n"), func() tea.Cmd { return told(t.Person) }})
	}
	all := beside{press("A", "all have been told"), func() tea.Cmd { return told(0) }}
	print := beside{b.keys.print, b.print}
	b.d.Dialogs.Push(newChoices(b.d, "To be told again: "+counted(len(b.tells), "person", "people"), "has been told", list, all, print))
	return nil
}

// whatIf asks what to try, and says what it would do.
func (b *Board) whatIf() tea.Cmd {
	if b.plan == nil {
		return nil
	}
	var list []choice
	list = append(list, choice{"Somebody hosts one visitor more", "One who takes part already or anybody else on file.", func() tea.Cmd {
		b.pickAnybody("Who hosts one visitor more?", func(id partnership.PersonID) tea.Cmd {
			return b.tried(func(x *pairing.Round, p *pairing.Plan, c match.Control) (*pairing.Offer, error) {
				return x.WhatIfHost(p, id, 1, c)
			})
		})
		return nil
	}})
	for _, slot := range b.missingHalves() {
		list = append(list, choice{slot.Long() + " as well", "One half day more for everybody who did not say when they are free.", func() tea.Cmd {
			return b.tried(func(x *pairing.Round, p *pairing.Plan, c match.Control) (*pairing.Offer, error) {
				return x.WhatIfSlot(p, slot, c)
			})
		}})
	}
	b.d.Dialogs.Push(newChoices(b.d, "What if …?", "try it", list))
	return nil
}

// missingHalves lists half days that the event could have as well: halves of
// its days that it leaves out, and the day after.
func (b *Board) missingHalves() []value.Slot {
	have := map[value.Slot]bool{}
	var out []value.Slot
	for _, s := range b.records.Slots {
		have[s] = true
	}
	if len(have) == 0 {
		return nil
	}
	first, last := b.records.Slots[0].Day(), b.records.Slots[len(b.records.Slots)-1].Day()
	for day := first; day <= last+1; day++ {
		for _, h := range []value.Half{value.Morning, value.Afternoon} {
			if s := value.SlotOn(day, h); !have[s] && len(out) < 4 {
				out = append(out, s)
			}
		}
	}
	return out
}

// tried works a what-if out and says what it would do.
func (b *Board) tried(work func(*pairing.Round, *pairing.Plan, match.Control) (*pairing.Offer, error)) tea.Cmd {
	return b.run("Trying it", func(x *pairing.Round, plan *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		o, err := work(x, plan, control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			b.d.Dialogs.Push(newPrice(b.d, "What if", o.Sentence+" Nothing has changed.", o.Numbers, "", nil))
			return nil
		}, nil
	})
}

// pickAnybody asks for anybody on file.
func (b *Board) pickAnybody(title string, choose func(partnership.PersonID) tea.Cmd) {
	var people []partnership.PersonID
	for _, e := range b.records.Entries {
		people = append(people, e.Person.ID)
	}
	for p := range field.All[partnership.Person](b.d.View()) {
		if !p.Left && b.records.Entry(p.ID) == nil {
			people = append(people, p.ID)
		}
	}
	b.pickPerson(title, people, choose)
}

// recruit says whom to ask to host.
func (b *Board) recruit() tea.Cmd {
	return b.run("Looking whom to recruit", func(x *pairing.Round, plan *pairing.Plan, _ match.Control) (func() tea.Cmd, error) {
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
			b.d.Dialogs.Push(newChoices(b.d, "Whom to ask to host", "open the person", list))
			return nil
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
	return feedback(b.d, b.s, b.event, v.Match, b.records.Name(v.Visitor), b.records.Name(v.Host))
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
