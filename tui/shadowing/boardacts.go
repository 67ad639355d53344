package shadowing

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/overlay"
)

// act answers a key that does something with the plan.
func (b *Board) act(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	k := b.keys
	if b.theEvent() == nil {
		return nil, false
	}
	for _, a := range []struct {
		key     key.Binding
		changes bool // needs the right to change matches
		do      func() tea.Cmd
	}{
		{k.match, true, b.make}, {k.repair, true, b.repair}, {k.lock, true, b.lock}, {k.forbid, true, b.forbid},
		{k.swap, true, b.swap}, {k.add, true, b.force}, {k.out, true, b.dropOut}, {k.publish, true, b.publish},
		{k.why, false, b.whyNot}, {k.whatIf, false, b.whatIf}, {k.recruit, false, b.recruit}, {k.tell, false, b.tellAgain},
		{k.open, false, b.openDetails}, {k.numbers, false, b.showNumbers}, {k.print, false, b.print}, {k.feedback, true, b.feedback},
		{k.confirm, true, b.confirm}, {k.missed, true, b.missed},
	} {
		if !key.Matches(msg, a.key) {
			continue
		}
		if a.changes && !b.may() {
			return nil, true
		}
		if e := b.theEvent(); a.changes && !e.Live() && !key.Matches(msg, k.feedback, k.missed) {
			b.d.Say(overlay.Info, e.Name+" is "+string(e.State)+"; its visits stay as they were.")
			return nil, true
		}
		return a.do(), true
	}
	return nil, false
}

// may reports whether the user may change the event's matches, and says why not.
func (b *Board) may() bool {
	id := b.d.Me.Identity()
	k := b.d.Kind(shadowing.Match{}.KindName())
	switch id.Rights(k).Change {
	case access.All:
		return true
	case access.None:
		b.d.Fail(id.MayChange(k, true, false, nil, nil))
	default:
		b.d.Fail(failure.New(failure.Forbidden, "the facilitator's coordinator makes the matches; you can read them here"))
	}
	return false
}

// make has matches made anew, and shows them before they are kept.
func (b *Board) make() tea.Cmd {
	return b.run("Making matches", func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		p, err := x.Make(control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			if len(p.Visits) == 0 {
				b.d.Fail(failure.New(failure.Invalid, "Nobody can be matched: nobody who would visit and nobody who hosts are free at the same time and alike enough. W and R tell more."))
				return nil
			}
			b.propose("Matches made", p)
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
		offered = append(offered, choice{c.Title, c.Sentence, func() tea.Cmd { b.propose(repairTitle+strings.ToLower(c.Title), c.Plan); return nil }})
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

// priced works out what a change costs, says it, and makes it on a y.
func (b *Board) priced(title, verb string, c pairing.Change) tea.Cmd {
	event := b.event
	return b.run("Working out what it costs", func(x *pairing.Round, plan *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
		o, err := x.Price(plan, c, control)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			says := o.Sentence
			if b.proposal != "" {
				says += " What is proposed is kept with it."
			}
			b.d.Dialogs.Push(newPrice(b.d, title, says, o.Numbers, verb, func() tea.Cmd {
				if event != b.event || stampOf(b.d.View(), b.event) != b.stamp {
					b.d.Say(overlay.Warned, "The records have changed meanwhile; look again.")
					return b.gather()
				}
				b.proposal, b.moved = "", nil
				return apply(b.d, title, x.SaveOffer(o, b.d.Today()), title+": done.")
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
	c := pairing.Change{Kind: pairing.Lock, Visitor: v.Visitor, Host: v.Host}
	title, verb := "Lock", "lock"
	if v.Locked {
		c.Kind, title, verb = pairing.Unlock, "Unlock", "unlock"
	}
	return b.priced(fmt.Sprintf("%s: %s visits %s", title, b.records.Name(v.Visitor), b.records.Name(v.Host)), verb, c)
}

func (b *Board) forbid() tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	return b.priced(fmt.Sprintf("Rule out: %s visits %s", b.records.Name(v.Visitor), b.records.Name(v.Host)), "rule it out",
		pairing.Change{Kind: pairing.Forbid, Visitor: v.Visitor, Host: v.Host})
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
		return b.priced(fmt.Sprintf("Swap: %s and %s", b.records.Name(mine.Visitor), b.records.Name(with)), "swap",
			pairing.Change{Kind: pairing.Swap, Visitor: mine.Visitor, Host: mine.Host, With: with})
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
		c := pairing.Change{Kind: pairing.Force, Visitor: visitor, Host: host}
		title := fmt.Sprintf("Add: %s visits %s", b.records.Name(visitor), b.records.Name(host))
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
		b.d.Dialogs.Push(overlay.NewPick(b.d.Theme, overlay.Options{Title: "When?", Width: 40, Search: overlay.List(items),
			Choose: func(it overlay.Item) tea.Cmd {
				c.Slots = slots[it.ID]
				return b.priced(title, "add it", c)
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
	b.d.Dialogs.Push(overlay.NewPick(b.d.Theme, overlay.Options{Title: title, Width: 64, Search: overlay.List(items),
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
		e := b.records.Entry(id)
		if e == nil {
			return nil
		}
		name, signup := e.Person.Name, e.Signup.ID
		return b.d.Do(name+" drops out", func(tx *store.Tx) error {
			now := field.Get(tx, signup)
			if now == nil {
				return failure.New(failure.NotFound, "the sign-up is no longer there")
			}
			gone := *now
			gone.State = shadowing.SignupWithdrawn
			_, err := store.Put(tx, &gone)
			return err
		}, func(_ store.Result, err error) tea.Cmd {
			if err != nil {
				b.d.Fail(err)
				return nil
			}
			b.d.SayUndo(name + " has dropped out. r mends the matches.")
			return nil
		})
	})
	return nil
}

// showNumbers shows or hides the points, and says what the whole is worth.
func (b *Board) showNumbers() tea.Cmd {
	b.figures = !b.figures
	if b.figures && b.plan != nil {
		b.d.Say(overlay.Info, "The plan is "+b.plan.Quality.Numbers()+".")
	}
	b.lay()
	return nil
}
