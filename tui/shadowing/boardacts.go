package shadowing

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// make has matches made anew, and shows them before they are kept.
func (b *Board) make() tea.Cmd {
	name := b.theEvent().Name
	return b.run("Making matches for "+name,
		func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
			p, err := x.Make(control)
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd {
				if len(p.Visits) == 0 {
					b.d.Fail(failure.New(failure.Invalid,
						"Nobody can be matched: nobody who would visit and nobody who "+
							"hosts are free at the same time and alike enough. W and R tell more."))
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
	return b.run("Working repairs out",
		func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
			list, err := x.Mend(control)
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd { return b.offerRepairs(list, false) }, nil
		})
}

// bestRepair works out what the best for the whole would move.
func (b *Board) bestRepair() tea.Cmd {
	return b.run("Working the best for the whole out",
		func(x *pairing.Round, _ *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
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
		offered = append(offered, choice{c.Title, c.Sentence,
			func() tea.Cmd { b.propose("event.repair", "Repair: "+strings.ToLower(c.Title), c.Plan); return nil }})
	}
	switch {
	case !whole:
		offered = append(offered, choice{"Best for the whole …", fmt.Sprintf("Makes the matches anew, whoever moves "+
			"for it, and shows what that would disturb; takes up to %s.",
			text.Counted(int(b.round.Problem.Seconds), "second", "seconds")), b.bestRepair})
	case !better:
		offered[len(offered)-1].says += " Making all matches anew would be worth no more."
	}
	return choose(b.d, "Repairs, the one that moves fewest first", "look at it", offered)
}

// priced works out what a change by hand costs, says it, and has it made on a y.
func (b *Board) priced(name, verb string, kind pairing.ChangeKind, hand events.Hand) tea.Cmd {
	event, o := b.event, b.offer(name)
	title := hand.Title(b.d.View(), o.Act)
	return b.run("Working out what it costs",
		func(x *pairing.Round, plan *pairing.Plan, control match.Control) (func() tea.Cmd, error) {
			planned, err := hand.Priced(x, plan, kind, control)
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd {
				says := planned.Offer.Sentence
				if b.proposing() {
					says += " What is proposed is kept with it."
				}
				return b.d.Confirm(overlay.Question{Title: title, Ask: says, Numbers: planned.Offer.Numbers, Yes: verb,
					No: "leave it"}, func() tea.Cmd {
					o.Plan, o.AtOnce, o.Preset = planned, true, func(args any) { *args.(*events.Hand) = hand }
					return b.carry(event, o)
				})
			}, nil
		})
}

// chosen gives the visit under the cursor, and says so when there is none.
func (b *Board) chosen() *pairing.Visit {
	if r := b.lists[paneVisits].Row(); r != nil && b.pane == paneVisits {
		return r.About.(*pairing.Visit)
	}
	b.d.Say(overlay.Info, "Choose a visit first: Tab goes to the matches.")
	return nil
}

// pair prices a change of the visit under the cursor.
func (b *Board) pair(name, verb string, kind pairing.ChangeKind) tea.Cmd {
	v := b.chosen()
	if v == nil {
		return nil
	}
	return b.priced(name, verb, kind, events.Hand{Visitor: v.Visitor, Host: v.Host})
}

func (b *Board) lock() tea.Cmd {
	if v := b.chosen(); v != nil && v.Locked {
		return b.pair("event.unlock", "unlock", pairing.Unlock)
	}
	return b.pair("event.lock", "lock", pairing.Lock)
}

func (b *Board) forbid() tea.Cmd { return b.pair("event.rule-out", "rule it out", pairing.Forbid) }

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
	return b.pickPerson(b.records.Name(mine.Visitor)+" changes hosts with …", others,
		func(with partnership.PersonID) tea.Cmd {
			return b.priced("event.swap", "swap", pairing.Swap, events.Hand{Visitor: mine.Visitor, Host: mine.Host,
				With: with})
		})
}

// visitor gives the visitor that the cursor is on; 0 when on none.
func (b *Board) visitor() partnership.PersonID {
	r := b.list().Row()
	if r == nil || b.pane == paneCities {
		return 0
	}
	if w, waits := r.About.(*pairing.Waiting); waits {
		return w.Person
	}
	return r.About.(*pairing.Visit).Visitor
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
		return b.pickPerson(b.records.Name(visitor)+" "+title, hosts,
			func(h partnership.PersonID) tea.Cmd { return then(visitor, h) })
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
	return b.pickPerson("Which visitor?", visitors, host)
}

// force adds a visit by hand.
func (b *Board) force() tea.Cmd {
	return b.withHost("visits …", func(visitor, host partnership.PersonID) tea.Cmd {
		at := func(title string, slots ...value.Slot) app.Choice {
			return app.Choice{Title: title, Value: func() tea.Cmd {
				return b.priced("event.add", "add it", pairing.Force,
					events.Hand{Visitor: visitor, Host: host, Slots: slots})
			}}
		}
		items := []app.Choice{at("Whenever it costs least")}
		for i, s := range b.records.Slots {
			items = append(items, at(s.Long(), s))
			if s.Half() == value.Afternoon && i > 0 && b.records.Slots[i-1] == s-1 {
				both := []value.Slot{s - 1, s}
				items = append(items, at(shadowing.SlotsLong(both), both...))
			}
		}
		return b.d.Pick("When?", 40, items)
	})
}

// whyNot tells why somebody does not visit somebody else.
func (b *Board) whyNot() tea.Cmd {
	return b.withHost("does not visit … why?", func(visitor, host partnership.PersonID) tea.Cmd {
		return b.run("Looking why",
			func(x *pairing.Round, plan *pairing.Plan, _ match.Control) (func() tea.Cmd, error) {
				says, err := x.WhyNot(plan, visitor, host)
				if err != nil {
					return nil, err
				}
				return func() tea.Cmd {
					b.d.Dialogs.Push(overlay.NewText(b.d.Theme, "Why not "+x.Name(host)+"?",
						strings.Join(says, "\n\n")))
					return nil
				}, nil
			})
	})
}

// pickPerson asks for one of several people.
func (b *Board) pickPerson(title string, people []partnership.PersonID,
	choose func(partnership.PersonID) tea.Cmd) tea.Cmd {
	items := make([]app.Choice, len(people))
	for i, id := range people {
		note := b.records.City(id)
		if p := field.Get(b.d.View(), id); p != nil {
			note = text.Join(" · ", p.Title, note)
		}
		items[i] = app.Choice{Title: b.records.Name(id), Note: note, Value: func() tea.Cmd { return choose(id) }}
	}
	return b.d.PickFrom(app.Choices{Title: title, Width: 64, Choices: items, Empty: "Nobody."})
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
	return b.pickPerson("Who drops out?", people, func(id partnership.PersonID) tea.Cmd {
		o := b.offer("event.drop")
		o.AtOnce, o.Preset = true, func(args any) { args.(*events.Leaving).Person = id }
		o.Then = func(run.Done) tea.Cmd {
			b.d.SayUndo(b.records.Name(id) + " has dropped out. r mends the matches.")
			return nil
		}
		return act.Do(b.d, o)
	})
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
