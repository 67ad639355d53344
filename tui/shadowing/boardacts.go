package shadowing

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
)

// act answers a key that does something with the plan.
func (b *Board) act(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	k := b.keys
	if b.theEvent() == nil {
		return nil, false
	}
	for _, a := range []struct {
		key key.Binding
		act string // on the event, whose rules are asked first; "" needs none
		do  func() tea.Cmd
	}{
		{k.match, "event.match", b.make}, {k.repair, "event.repair", b.repair}, {k.lock, "event.lock", b.lock},
		{k.forbid, "event.rule-out", b.forbid}, {k.swap, "event.swap", b.swap}, {k.add, "event.add", b.force},
		{k.out, "event.drop", b.dropOut}, {k.publish, "", b.publish}, {k.why, "", b.whyNot}, {k.whatIf, "", b.whatIf},
		{k.recruit, "", b.recruit}, {k.tell, "", b.tellAgain}, {k.open, "", b.openDetails}, {k.numbers, "", b.showNumbers},
		{k.print, "", b.print}, {k.feedback, "", b.feedback}, {k.confirm, "", b.confirm}, {k.missed, "", b.missed},
	} {
		if !key.Matches(msg, a.key) {
			continue
		}
		if a.act != "" && !b.allowed(a.act) {
			return nil, true
		}
		return a.do(), true
	}
	return nil, false
}

// make has matches made anew, and shows them before they are kept.
func (b *Board) make() tea.Cmd {
	name := b.theEvent().Name
	return b.run("Making matches for "+name, func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		p, err := x.Make(control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			if len(p.Visits) == 0 {
				b.d.Fail(failure.New(failure.Invalid, "Nobody can be matched: nobody who would visit and nobody who hosts are free at the same time and alike enough. W and R tell more."))
				return nil
			}
			b.propose("event.match", "Matches made for "+name, p)
			return nil
		}, nil
	})
}

// repair offers ways to mend the matches after somebody has dropped out: at
// once those that move few people, and the best for the whole when it is asked
// for, since that takes as long as making the matches.
func (b *Board) repair() tea.Cmd {
	return b.run("Working repairs out", func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		list, err := x.Mend(control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.offerRepairs(list, false) }, nil
	})
}

// bestRepair works out what the best for the whole would move.
func (b *Board) bestRepair() tea.Cmd {
	return b.run("Working the best for the whole out", func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		list, err := x.Repair(control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.offerRepairs(list, true) }, nil
	})
}

// offerRepairs shows what each repair would do; whole says that the best for the
// whole has been worked out.
func (b *Board) offerRepairs(list []pairing.Choice, whole bool) tea.Cmd {
	var offered []choice
	better := false
	for _, c := range list {
		better = better || c.Whole
		offered = append(offered, choice{c.Title, c.Sentence, func() tea.Cmd { b.propose("event.repair", "Repair: "+strings.ToLower(c.Title), c.Plan); return nil }})
	}
	switch {
	case !whole:
		offered = append(offered, choice{"Best for the whole …", fmt.Sprintf("Makes the matches anew, whoever moves for it, and shows what that would disturb; takes up to %s.",
			counted(int(b.round.Problem.Seconds), "second", "seconds")), b.bestRepair})
	case !better:
		offered[len(offered)-1].says += " Making all matches anew would be worth no more."
	}
	b.d.Dialogs.Push(newChoices(b.d, "Repairs, the one that moves fewest first", "look at it", offered))
	return nil
}

// priced works out what a change by hand costs, says it, and has it made on a y.
func (b *Board) priced(name, verb string, kind pairing.ChangeKind, hand events.Hand) tea.Cmd {
	event, o := b.event, b.offer(name)
	title := hand.Title(b.d.View(), o.Act)
	return b.run("Working out what it costs", func(x *pairing.Round, plan *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		planned, err := hand.Priced(x, plan, kind, control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			says := planned.Offer.Sentence
			if b.proposing() {
				says += " What is proposed is kept with it."
			}
			b.d.Dialogs.Push(newPrice(b.d, title, says, planned.Offer.Numbers, verb, func() tea.Cmd {
				if event != b.event || stampOf(b.d.View(), b.event) != b.stamp {
					b.d.Say(overlay.Warned, "The records have changed meanwhile; look again.")
					return b.gather()
				}
				b.proposal, b.moved = proposal{}, nil
				o.Plan, o.AtOnce, o.Preset = planned, true, func(args any) { *args.(*events.Hand) = hand }
				return act.Do(b.d, o)
			}))
			return nil
		}, nil
	})
}

// chosen gives the visit under the cursor, and says so when there is none.
func (b *Board) chosen() *pairing.Visit {
	if e := b.visits.at(); e != nil && b.pane == paneVisits {
		return e.visit
	}
	b.d.Say(overlay.Info, "Choose a visit first: Tab goes to the matches.")
	return nil
}

func (b *Board) lock() tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	hand := events.Hand{Visitor: v.Visitor, Host: v.Host}
	if v.Locked {
		return b.priced("event.unlock", "unlock", pairing.Unlock, hand)
	}
	return b.priced("event.lock", "lock", pairing.Lock, hand)
}

func (b *Board) forbid() tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	return b.priced("event.rule-out", "rule it out", pairing.Forbid, events.Hand{Visitor: v.Visitor, Host: v.Host})
}

// swap lets two visitors change hosts.
func (b *Board) swap() tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	mine := *v
	var others []partnership.PersonID
	for _, o := range b.plan.Visits {
		if o.Visitor != mine.Visitor && o.Host != mine.Host {
			others = append(others, o.Visitor)
		}
	}
	b.pickPerson(b.records.Name(mine.Visitor)+" changes hosts with …", others, func(with partnership.PersonID) tea.Cmd {
		return b.priced("event.swap", "swap", pairing.Swap, events.Hand{Visitor: mine.Visitor, Host: mine.Host, With: with})
	})
	return nil
}

// visitor gives the visitor that the cursor is on; 0 when on none.
func (b *Board) visitor() partnership.PersonID {
	e := b.focused().at()
	switch {
	case e == nil || b.pane == paneCities:
		return 0
	case e.wait != nil:
		return e.wait.Person
	}
	return e.visit.Visitor
}

// withHost asks for a visitor, unless the cursor is on one, and for a host of
// another city.
func (b *Board) withHost(title string, then func(visitor, host partnership.PersonID) tea.Cmd) tea.Cmd {
	if b.records == nil {
		return nil
	}
	host := func(visitor partnership.PersonID) tea.Cmd {
		var hosts []partnership.PersonID
		mine := b.records.Entry(visitor)
		for _, e := range b.records.Entries {
			if e.Signup.Hosts() && mine != nil && e.Partner != mine.Partner {
				hosts = append(hosts, e.Person.ID)
			}
		}
		b.pickPerson(b.records.Name(visitor)+" "+title, hosts, func(h partnership.PersonID) tea.Cmd { return then(visitor, h) })
		return nil
	}
	if v := b.visitor(); v != 0 {
		return host(v)
	}
	var visitors []partnership.PersonID
	for _, e := range b.records.Entries {
		if e.Signup.Visits() {
			visitors = append(visitors, e.Person.ID)
		}
	}
	b.pickPerson("Which visitor?", visitors, host)
	return nil
}

// force adds a visit by hand.
func (b *Board) force() tea.Cmd {
	return b.withHost("visits …", func(visitor, host partnership.PersonID) tea.Cmd {
		hand := events.Hand{Visitor: visitor, Host: host}
		items := []overlay.Item{{ID: "", Title: "Whenever it costs least"}}
		slots := map[string][]value.Slot{}
		add := func(list ...value.Slot) {
			name := shadowing.SlotsLong(list)
			items = append(items, overlay.Item{ID: name, Title: name})
			slots[name] = list
		}
		for i, s := range b.records.Slots {
			add(s)
			if s.Half() == value.Afternoon && i > 0 && b.records.Slots[i-1] == s-1 {
				add(s-1, s)
			}
		}
		b.d.Dialogs.Push(overlay.NewPick(b.d.Theme, overlay.PickOptions{Title: "When?", Width: 40, Search: overlay.List(items),
			Choose: func(it overlay.Item) tea.Cmd {
				hand.Slots = slots[it.ID]
				return b.priced("event.add", "add it", pairing.Force, hand)
			}}))
		return nil
	})
}

// whyNot tells why somebody does not visit somebody else.
func (b *Board) whyNot() tea.Cmd {
	return b.withHost("does not visit … why?", func(visitor, host partnership.PersonID) tea.Cmd {
		return b.run("Looking why", func(x *pairing.Round, plan *pairing.Plan, _ match.Control) (func() tea.Cmd, error) {
			says, err := x.WhyNot(plan, visitor, host)
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd {
				b.d.Dialogs.Push(overlay.NewText(b.d.Theme, "Why not "+x.Name(host)+"?", strings.Join(says, "\n\n")))
				return nil
			}, nil
		})
	})
}

// pickPerson asks for one of several people.
func (b *Board) pickPerson(title string, people []partnership.PersonID, choose func(partnership.PersonID) tea.Cmd) {
	items := make([]overlay.Item, len(people))
	for i, id := range people {
		note := b.records.City(id)
		if p := field.Get(b.d.View(), id); p != nil {
			note = joined(" · ", p.Title, note)
		}
		items[i] = overlay.Item{ID: fmt.Sprint(uint64(id)), Title: b.records.Name(id), Note: note}
	}
	b.d.Dialogs.Push(overlay.NewPick(b.d.Theme, overlay.PickOptions{Title: title, Width: 64, Search: overlay.List(items),
		Empty: "Nobody.", Choose: func(it overlay.Item) tea.Cmd {
			var id uint64
			fmt.Sscan(it.ID, &id)
			return choose(partnership.PersonID(id))
		}}))
}

// dropOut records that somebody does not come.
func (b *Board) dropOut() tea.Cmd {
	if b.records == nil {
		return nil
	}
	people := make([]partnership.PersonID, len(b.records.Entries))
	for i, e := range b.records.Entries {
		people[i] = e.Person.ID
	}
	b.pickPerson("Who drops out?", people, func(id partnership.PersonID) tea.Cmd {
		o := b.offer("event.drop")
		o.AtOnce, o.Preset = true, func(args any) { args.(*events.Leaving).Person = id }
		o.Then = func(run.Done) tea.Cmd {
			b.d.SayUndo(b.records.Name(id) + " has dropped out. r mends the matches.")
			return nil
		}
		return act.Do(b.d, o)
	})
	return nil
}

// showNumbers shows or hides the points, and says what the whole is worth.
func (b *Board) showNumbers() tea.Cmd {
	b.figures = !b.figures
	if b.figures && b.plan != nil {
		b.d.Say(overlay.Info, "The plan is "+b.plan.Quality.Numbers()+".")
	}
	b.layout()
	return nil
}
