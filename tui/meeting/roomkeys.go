package meeting

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/report"
	"interlocal/model/report/overview"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// named gives the act that a key stands for.
func named(name string) *field.Act { return meeting.Acts().Named(name) }

// Acting lists what the keys do now, as far as the meeting has come.
func (r *Room) Acting() page.Keymap {
	if m := r.meeting(); r.keys == nil || m != r.keyed {
		r.keys, r.keyed = r.keymap(m), m
	}
	return r.keys
}

// keymap lists what the keys do in a meeting; nil is none.
func (r *Room) keymap(m *meeting.Meeting) page.Keymap {
	d := r.d.Keys
	on := page.Does
	move := page.Keymap{on(d.Down, r.moving(1)), on(d.Up, r.moving(-1))}
	leave := on(d.Back, func() tea.Cmd { cmd, _ := r.s.Leave(); return cmd })
	if m == nil {
		return page.Keymap{on(page.Bind("a", "add a meeting"), func() tea.Cmd {
			return r.plan(&meeting.Meeting{State: meeting.MeetingPlanned}, "/first")
		}), leave}
	}
	with := func(do func(*meeting.Meeting) tea.Cmd) func() tea.Cmd { return func() tea.Cmd { return do(m) } }
	begin := on(page.Bind("b", "call to order"), with(r.begin)).Doing("meeting.open")
	print := on(page.Bind("p", "print"),
		func() tea.Cmd { r.d.ShowDocument(documentName(m), r.document(m)); return nil })
	tasks, another := on(page.Bind("t", "tasks to mail"), r.pickTasks), on(page.Bind("s", "another"), r.pick)
	following := on(page.Bind("N", "plan next"), with(r.planNext))
	lines := append(page.Keymap{on(page.Key("PgUp", "older lines", "pgup"), r.scrolling(pageOfLines)),
		on(page.Key("PgDn", "newer lines", "pgdown"), r.scrolling(-pageOfLines))}, append(move, leave)...)
	roll := on(page.Bind("r", "roll call"), func() tea.Cmd { return callRoll(r.d, m) }).Doing("meeting.roll")
	add, due := on(page.Bind("a", "add item"), with(r.askItem)).Doing("meeting.add"),
		on(page.Bind("f", "what is due"), with(r.propose)).Doing("meeting.add")
	earlier := on(page.Bind("K", "item up"), r.quietly("agenda.earlier")).Doing("agenda.earlier")
	later := on(page.Bind("J", "item down"), r.quietly("agenda.later")).Doing("agenda.later")
	edit := on(page.Relabel(d.Edit, "edit"),
		func() tea.Cmd { return r.s.Edit(app.Route{Kind: meeting.KindAgenda, ID: uint64(r.at)}) })
	remove := on(page.Relabel(d.Delete, "take off"), r.confirmRemove).Doing("agenda.remove")
	switch m.State {
	case meeting.MeetingPlanned, "":
		return append(page.Keymap{begin, add, due, later, earlier, edit, remove, print, roll, another, tasks,
			following}, append(move, lines...)...)
	case meeting.MeetingOpen:
		return append(page.Keymap{on(page.Bind("n", "next item"),
			func() tea.Cmd { return r.turnItem(meeting.Following(r.d.View(), r.id)) }).Doing("agenda.turn"),
			on(page.Relabel(d.Open, "turn to it"), func() tea.Cmd { return r.turnItem(r.item()) }).
				Doing("agenda.turn"), roll,
			on(page.Bind("C", "close"), with(r.confirmClose)).Doing("meeting.close"),
			add, due, on(page.Bind("b", "record or stop"), with(r.toggleRecording)), print, edit, remove, later,
			earlier, tasks, another}, lines...)
	case meeting.MeetingClosed:
		approve := on(page.Bind("A", "approve minutes"), with(r.confirmApprove)).Doing("meeting.approve")
		return append(page.Keymap{print, approve, begin, tasks, following, another}, lines...)
	}
	amend := on(page.Bind("m", "amend minutes"), with(r.askAmendment)).Doing("meeting.amend")
	return append(page.Keymap{print, amend, tasks, following, another}, lines...)
}

// Keys lists what the keys do now.
func (r *Room) Keys() []key.Binding { return r.Acting().Keys() }

// Update answers a key.
func (r *Room) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	cmd, _ := r.Acting().Press(press)
	return cmd
}

// pageOfLines is how many lines PgUp goes back.
const pageOfLines = 10

func (r *Room) scrolling(n int) func() tea.Cmd {
	return func() tea.Cmd { r.up = max(min(r.up+n, len(r.lines)-1), 0); return nil }
}

// documentName proposes a name for the agenda or minutes on paper.
func documentName(m *meeting.Meeting) string {
	word := "minutes-"
	if m.State == meeting.MeetingPlanned {
		word = "agenda-"
	}
	if at := m.Held(); at.Set {
		return word + at.V.Day().String()
	}
	return word + strconv.FormatUint(uint64(m.ID), 10)
}

// item gives the item under the cursor, or nil.
func (r *Room) item() *meeting.AgendaItem { return field.Get(r.d.View(), r.at) }

// moving moves the cursor over the items.
func (r *Room) moving(n int) func() tea.Cmd {
	return func() tea.Cmd {
		items := r.items()
		if i := slices.IndexFunc(items, func(a *meeting.AgendaItem) bool { return a.ID == r.at }); i >= 0 {
			r.at = items[min(max(i+n, 0), len(items)-1)].ID
		}
		return nil
	}
}

// askItem asks for an item of the agenda in one line.
func (r *Room) askItem(m *meeting.Meeting) tea.Cmd {
	return r.d.Ask("Agenda item", "What is to be talked about? A number of minutes may stand at the end, as in: "+
		"Hotline contract 10m",
		"", "add", func(line string) tea.Cmd {
			item := meeting.AgendaItem{Title: text.Line(line, field.MaxLine)}
			if item.Title == "" {
				return nil
			}
			return r.addItem(m.ID, item, true)
		})
}

// addItem puts an item at the end of the agenda.
func (r *Room) addItem(m meeting.MeetingID, item meeting.AgendaItem, say bool) tea.Cmd {
	return act.Do(r.d, act.Offer{Act: named("meeting.add"), ID: uint64(m), AtOnce: true,
		Preset: func(args any) { *args.(*meeting.AgendaItem) = item },
		Then: func(done run.Done) tea.Cmd {
			r.at = meeting.AgendaItemID(done.ID)
			if say {
				r.d.SayUndo(done.Text + " a adds the next.")
			}
			return nil
		}})
}

// propose offers what is due in every tab and what was not reached last time.
func (r *Room) propose(m *meeting.Meeting) tea.Cmd {
	offers := report.Proposals(r.d.View(), m, r.d.Now())
	if len(offers) == 0 {
		r.d.Say(overlay.Info, "Nothing more is due; everything that is stands on the agenda.")
		return nil
	}
	taken := make([]bool, len(offers))
	again := func() []app.Choice {
		out := make([]app.Choice, len(offers))
		for i, o := range offers {
			out[i] = app.Choice{Title: o.Title, Note: o.Why, Value: func() tea.Cmd {
				if taken[i] {
					return nil
				}
				taken[i] = true
				return r.addItem(m.ID, meeting.AgendaItem{Title: o.Title, About: o.About}, false)
			}}
			if taken[i] {
				out[i].Mark = "✓"
			}
		}
		return out
	}
	return r.d.PickFrom(app.Choices{Title: "What is due", Placeholder: "a few letters, or choose below",
		Verb: "put on the agenda", Width: 76, Again: again})
}

// quietly does an act to the item under the cursor and says only what went
// wrong: the screen shows the rest.
func (r *Room) quietly(name string) func() tea.Cmd {
	return func() tea.Cmd {
		if r.at == 0 {
			return nil
		}
		return act.Do(r.d, act.Offer{Act: named(name), ID: uint64(r.at), Then: func(run.Done) tea.Cmd { return nil }})
	}
}

// confirmRemove asks before the item under the cursor is taken off the agenda.
func (r *Room) confirmRemove() tea.Cmd {
	item := r.item()
	if item == nil {
		return nil
	}
	return r.d.Confirm(overlay.Question{Title: "Agenda", Ask: "Take “" + item.Title + "” off the agenda?",
		Yes: "take it off", No: "keep it"},
		func() tea.Cmd { return act.Do(r.d, act.Offer{Act: named("agenda.remove"), ID: uint64(item.ID)}) })
}

// pick shows another meeting, the newest first.
func (r *Room) pick() tea.Cmd {
	var items []app.Choice
	for m := range field.All[meeting.Meeting](r.d.View()) {
		items = append(items, app.Choice{Title: r.d.Env().Label(meeting.KindMeetings, uint64(m.ID)),
			Note:  string(m.State),
			Value: func() tea.Cmd { r.turnTo(m.ID); return r.Refresh() }})
	}
	slices.Reverse(items)
	return r.d.Pick("Which meeting?", 64, items)
}

// pickTasks copies somebody's open actions as text to paste into mail.
func (r *Room) pickTasks() tea.Cmd {
	var items []app.Choice
	for _, o := range overview.Owners(r.d.View(), r.d.Today()) {
		if o.Person != 0 {
			items = append(items, app.Choice{Title: o.Name, Note: strconv.Itoa(o.Open) + " open",
				Value: func() tea.Cmd {
					return r.d.Copy(report.Tasks(r.d.View(), o.Person, r.d.Today()), "Tasks of "+o.Name)
				}})
		}
	}
	if len(items) == 0 {
		r.d.Say(overlay.Info, "Nobody has an open action.")
		return nil
	}
	return r.d.PickFrom(app.Choices{Title: "Whose tasks?", Width: 56, Verb: "copy for mail", Choices: items})
}
