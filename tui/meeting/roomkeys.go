package meeting

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/report/overview"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// roomKeys are the keys of the room.
type roomKeys struct {
	begin, record, next, turn, roll, close           key.Binding
	add, due, earlier, later, remove, edit           key.Binding
	print, approve, amend, tasks, following, another key.Binding
	older, newer, fresh                              key.Binding
}

// named gives the act that a key stands for.
func named(name string) *field.Act { return meeting.Acts().Named(name) }

func newRoomKeys() roomKeys {
	b := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	return roomKeys{
		begin: b("b", "call to order", "b"), record: b("b", "record or stop", "b"),
		next: b("n", "next item", "n"), turn: b("Enter", "turn to it", "enter"), roll: b("r", "roll call", "r"),
		close: b("C", "close", "C"), add: b("a", "add item", "a"), due: b("f", "what is due", "f"),
		earlier: b("K", "item up", "K"), later: b("J", "item down", "J"), remove: b("d", "take off", "d", "delete"),
		edit: b("e", "edit", "e"), print: b("p", "print", "p"), approve: b("A", "approve minutes", "A"),
		amend: b("m", "amend minutes", "m"), tasks: b("t", "tasks to mail", "t"), following: b("N", "plan next", "N"),
		another: b("s", "another", "s"), older: b("PgUp", "older lines", "pgup"), newer: b("PgDn", "newer lines", "pgdown"),
		fresh: b("a", "add a meeting", "a"),
	}
}

// Keys lists what the keys do now.
func (r *Room) Keys() []key.Binding {
	k, m := r.keys, r.meeting()
	move := []key.Binding{r.d.Keys.Down, r.d.Keys.Up}
	switch {
	case m == nil:
		return []key.Binding{k.fresh}
	case m.State == meeting.MeetingPlanned || m.State == "":
		return append([]key.Binding{k.begin, k.add, k.due, k.later, k.earlier, k.edit, k.remove, k.print, k.roll, k.another, k.tasks, k.following}, move...)
	case m.State == meeting.MeetingOpen:
		return append([]key.Binding{k.next, k.turn, k.roll, k.close, k.add, k.due, k.record, k.print, k.edit, k.remove, k.later, k.earlier,
			k.tasks, k.another, k.older, k.newer}, move...)
	case m.State == meeting.MeetingClosed:
		return append([]key.Binding{k.print, k.approve, k.begin, k.tasks, k.following, k.another, k.older, k.newer}, move...)
	}
	return append([]key.Binding{k.print, k.amend, k.tasks, k.following, k.another, k.older, k.newer}, move...)
}

// Update answers a key.
func (r *Room) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m, d := r.meeting(), r.d.Keys
	switch {
	case key.Matches(press, d.Back):
		cmd, _ := r.s.Leave()
		return cmd
	case m == nil && key.Matches(press, r.keys.fresh):
		return r.plan(&meeting.Meeting{State: meeting.MeetingPlanned}, "/first")
	case m == nil:
		return nil
	case key.Matches(press, d.Down):
		r.move(1)
	case key.Matches(press, d.Up):
		r.move(-1)
	case key.Matches(press, r.keys.older):
		r.up = min(r.up+pageOfLines, max(len(r.lines)-1, 0))
	case key.Matches(press, r.keys.newer):
		r.up = max(r.up-pageOfLines, 0)
	case key.Matches(press, r.keys.print):
		r.d.ShowDocument(documentName(m), r.document(m))
	case key.Matches(press, r.keys.another):
		r.pick()
	case key.Matches(press, r.keys.tasks):
		r.pickTasks()
	default:
		return r.act(press, m)
	}
	return nil
}

// pageOfLines is how many lines PgUp goes back.
const pageOfLines = 10

// act answers a key that changes something.
func (r *Room) act(press tea.KeyPressMsg, m *meeting.Meeting) tea.Cmd {
	if m.Over() {
		return r.actAfter(press, m)
	}
	k, open := r.keys, m.State == meeting.MeetingOpen
	switch {
	case !open && key.Matches(press, k.begin):
		return r.begin(m)
	case open && key.Matches(press, k.record):
		return r.toggleRecording(m)
	case open && key.Matches(press, k.next):
		return r.turnItem(meeting.Following(r.d.View(), r.id))
	case open && key.Matches(press, k.turn):
		return r.turnItem(r.item())
	case open && key.Matches(press, k.close):
		r.confirmClose(m)
	case key.Matches(press, k.roll):
		r.callRoll(m)
	case key.Matches(press, k.add):
		r.askItem(m)
	case key.Matches(press, k.due):
		r.propose(m)
	case key.Matches(press, k.earlier) && r.at != 0:
		return r.quietly("agenda.earlier")
	case key.Matches(press, k.later) && r.at != 0:
		return r.quietly("agenda.later")
	case key.Matches(press, k.edit) && r.at != 0:
		return r.s.Edit(app.Route{Kind: "agenda", ID: uint64(r.at)})
	case key.Matches(press, k.remove) && r.item() != nil:
		r.confirmRemove(r.item())
	case !open && key.Matches(press, k.following):
		return r.planNext(m)
	}
	return nil
}

// actAfter answers a key once the meeting is over.
func (r *Room) actAfter(press tea.KeyPressMsg, m *meeting.Meeting) tea.Cmd {
	k := r.keys
	switch {
	case m.State == meeting.MeetingClosed && key.Matches(press, k.begin):
		return r.begin(m)
	case m.State == meeting.MeetingClosed && key.Matches(press, k.approve):
		r.confirmApprove(m)
	case m.State != meeting.MeetingClosed && key.Matches(press, k.amend):
		r.askAmendment(m)
	case key.Matches(press, k.following):
		return r.planNext(m)
	}
	return nil
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

// move moves the cursor over the items.
func (r *Room) move(n int) {
	items := r.items()
	for i, a := range items {
		if a.ID == r.at {
			r.at = items[min(max(i+n, 0), len(items)-1)].ID
			return
		}
	}
}

// askItem asks for an item of the agenda in one line.
func (r *Room) askItem(m *meeting.Meeting) {
	r.d.Dialogs.Push(overlay.NewPrompt(r.d.Theme, "Agenda item", "What is to be talked about? A number of minutes may stand at the end, as in: Hotline contract 10m",
		"", "add", func(line string) tea.Cmd {
			item := meeting.AgendaItem{Title: text.Line(line, field.MaxLine)}
			if item.Title == "" {
				return nil
			}
			return r.addItem(m.ID, item, true)
		}))
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
func (r *Room) propose(m *meeting.Meeting) {
	offers := report.Proposals(r.d.View(), m, r.d.Now())
	if len(offers) == 0 {
		r.d.Say(overlay.Info, "Nothing more is due; everything that is stands on the agenda.")
		return
	}
	taken := make([]bool, len(offers))
	items := func() []overlay.Item {
		out := make([]overlay.Item, len(offers))
		for i, o := range offers {
			out[i] = overlay.Item{ID: strconv.Itoa(i), Title: o.Title, Note: o.Why}
			if taken[i] {
				out[i].Mark = "✓"
			}
		}
		return out
	}
	r.d.Dialogs.Push(overlay.NewPick(r.d.Theme, overlay.PickOptions{Title: "What is due", Placeholder: "a few letters, or choose below",
		Verb: "put on the agenda", Width: 76, Stay: true,
		Search: func(query string, limit int) []overlay.Item { return overlay.List(items())(query, limit) },
		Choose: func(it overlay.Item) tea.Cmd {
			i, _ := strconv.Atoi(it.ID)
			if taken[i] {
				return nil
			}
			taken[i] = true
			return r.addItem(m.ID, meeting.AgendaItem{Title: offers[i].Title, About: offers[i].About}, false)
		}}))
}

// quietly does an act to the item under the cursor and says only what went
// wrong: the screen shows the rest.
func (r *Room) quietly(name string) tea.Cmd {
	return act.Do(r.d, act.Offer{Act: named(name), ID: uint64(r.at), Then: func(run.Done) tea.Cmd { return nil }})
}

// confirmRemove asks before an item is taken off the agenda.
func (r *Room) confirmRemove(item *meeting.AgendaItem) {
	o := act.Offer{Act: named("agenda.remove"), ID: uint64(item.ID)}
	r.d.Dialogs.Push(overlay.NewConfirm(r.d.Theme, overlay.Question{Title: "Agenda", Ask: "Take “" + item.Title + "” off the agenda?",
		Yes: "take it off", No: "keep it"}, func() tea.Cmd { return act.Do(r.d, o) }))
}

// pick shows another meeting.
func (r *Room) pick() {
	var items []overlay.Item
	for m := range field.All[meeting.Meeting](r.d.View()) {
		items = append([]overlay.Item{{ID: strconv.FormatUint(uint64(m.ID), 10), Title: r.d.Env().Label(meeting.KindMeetings, uint64(m.ID)), Note: string(m.State)}}, items...)
	}
	r.d.Dialogs.Push(overlay.NewPick(r.d.Theme, overlay.PickOptions{Title: "Which meeting?", Width: 64, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			id, _ := strconv.ParseUint(it.ID, 10, 64)
			r.turnTo(meeting.MeetingID(id))
			return r.Refresh()
		}}))
}

// pickTasks copies somebody's open actions as text to paste into mail.
func (r *Room) pickTasks() {
	var items []overlay.Item
	for _, o := range overview.Owners(r.d.View(), r.d.Today()) {
		if o.Person != 0 {
			items = append(items, overlay.Item{ID: strconv.FormatUint(uint64(o.Person), 10), Title: o.Name, Note: strconv.Itoa(o.Open) + " open"})
		}
	}
	if len(items) == 0 {
		r.d.Say(overlay.Info, "Nobody has an open action.")
		return
	}
	r.d.Dialogs.Push(overlay.NewPick(r.d.Theme, overlay.PickOptions{Title: "Whose tasks?", Width: 56, Verb: "copy for mail", Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			id, _ := strconv.ParseUint(it.ID, 10, 64)
			return r.d.Copy(report.Tasks(r.d.View(), partnership.PersonID(id), r.d.Today()), "Tasks of "+it.Title)
		}}))
}
