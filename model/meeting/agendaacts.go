package meeting

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// onItem is an act on an item of an agenda.
type onItem[A any] = field.ActOn[AgendaItem, A]

// mayPrepare refuses changes to the agenda of a meeting that has been held.
func mayPrepare(_ field.Viewpoint, m *Meeting) error {
	return failure.If(m.Over(), failure.Conflict, "the meeting has been held; put it on the agenda of the next one")
}

// itsMeeting asks of an item's meeting what may be done to the item.
func itsMeeting(may func(field.Viewpoint, *Meeting) error) func(field.Viewpoint, *AgendaItem) error {
	return func(v field.Viewpoint, a *AgendaItem) error {
		m := field.Get(v, a.Meeting)
		if m == nil {
			return failure.New(failure.NotFound, "the meeting is no longer there")
		}
		return may(v, m)
	}
}

// duringItsMeeting is [during] of an item's meeting.
func duringItsMeeting(v field.Viewpoint, a *AgendaItem) uint64 {
	if m := field.Get(v, a.Meeting); m != nil {
		return during(v, m)
	}
	return 0
}

func addItemAct() *field.Act {
	return onMeeting[AgendaItem]{Name: "meeting.add", Title: "Add an agenda item", Rest: "title",
		Words: []string{"agenda item"},
		Help: "Puts an item at the end of the agenda of the meeting that is open, or of the next one. " +
			"A number of minutes may stand at the end, as in: Hotline contract 10m.",
		Args:    field.Pick(agendaFields(), "title", "minutes", "presenter", "about"),
		Default: atHand, Within: during, May: mayPrepare,
		History: func(field.Viewpoint, *Meeting, *AgendaItem) string { return "agenda item" },
		Do: func(w field.Writer, m *Meeting, a *AgendaItem, _ any) (field.Result, error) {
			item := *a
			if item.About == "" && !item.Minutes.Set {
				item.Title, item.Minutes = ReadItem(item.Title)
			}
			item.Meeting, item.Order = m.ID, 10
			for _, other := range AgendaOf(w, m.ID) {
				item.Order = other.Order + 10
			}
			id, err := field.Put(w, &item)
			return field.Result{Text: "On the agenda: " + item.Title + ".", Kind: item.KindName(), ID: uint64(id)}, err
		}}.Act()
}

// ReadItem reads an item with its minutes: "Hotline contract 10m".
func ReadItem(line string) (title string, minutes value.Opt[int64]) {
	line = text.Line(line, field.MaxLine)
	head, last := line, ""
	if i := strings.LastIndexByte(line, ' '); i > 0 {
		head, last = strings.TrimSpace(line[:i]), strings.ToLower(line[i+1:])
	}
	number := strings.TrimSuffix(strings.TrimSuffix(last, "in"), "m")
	if n, err := strconv.ParseInt(number, 10, 64); err == nil && number != last && n > 0 {
		return head, value.Some(n)
	}
	return line, value.Opt[int64]{}
}

func earlierAct() *field.Act {
	return shiftAct("agenda.earlier", "Item up", "Moves an item of an agenda one place up.", -1)
}

func laterAct() *field.Act {
	return shiftAct("agenda.later", "Item down", "Moves an item of an agenda one place down.", 1)
}

func shiftAct(name, title, help string, by int) *field.Act {
	return onItem[field.NoArgs]{Name: name, Title: title, Help: help, Words: []string{"order of the agenda"},
		Within: duringItsMeeting, May: itsMeeting(mayPrepare),
		History: func(field.Viewpoint, *AgendaItem, *field.NoArgs) string { return "order of the agenda" },
		Do: func(w field.Writer, a *AgendaItem, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Moved: " + a.Title + "."), shift(w, a, by)
		}}.Act()
}

// shift moves an item by some places; at the end of the agenda it stays.
func shift(w field.Writer, a *AgendaItem, by int) error {
	items := AgendaOf(w, a.Meeting)
	for i, item := range items {
		if item.ID != a.ID || i+by < 0 || i+by >= len(items) {
			continue
		}
		items[i], items[i+by] = items[i+by], items[i]
		for j, item := range items {
			if fresh := *item; fresh.Order != (j+1)*10 {
				fresh.Order = (j + 1) * 10
				if _, err := field.Put(w, &fresh); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return nil
}

func takeOffAct() *field.Act {
	return onItem[field.NoArgs]{Name: "agenda.remove", Title: "Take off the agenda",
		Help:  "Takes an item off the agenda.",
		Words: []string{"remove an agenda item"}, Within: duringItsMeeting, May: itsMeeting(mayPrepare),
		History: func(field.Viewpoint, *AgendaItem, *field.NoArgs) string { return "take an item off the agenda" },
		Do: func(w field.Writer, a *AgendaItem, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Taken off the agenda."), field.Delete(w, a.ID)
		}}.Act()
}

func nextAct() *field.Act {
	return onMeeting[field.NoArgs]{Name: "meeting.next", Title: "Next item", Words: []string{"go on with the agenda"},
		Help:    "Turns the meeting that is open to the next item of its agenda; the one before is done.",
		Default: underWay, Within: during, May: mayWhileOpen,
		History: func(v field.Viewpoint, m *Meeting, _ *field.NoArgs) string {
			if item := Following(v, m.ID); item != nil {
				return "turn to " + item.Title
			}
			return "next item"
		},
		Do: func(w field.Writer, m *Meeting, _ *field.NoArgs, _ any) (field.Result, error) {
			item := Following(w, m.ID)
			if item == nil {
				return field.Result{}, failure.New(failure.Conflict, "that was the last item; close the meeting, or "+
					"add an item")
			}
			return turnedTo(item), turnTo(w, m.ID, item.ID)
		}}.Act()
}

func turnAct() *field.Act {
	return onItem[field.NoArgs]{Name: "agenda.turn", Title: "Turn to it",
		Help:  "Turns the meeting to an item of its agenda; the one before is done.",
		Words: []string{"discuss an item"}, Within: duringItsMeeting, May: itsMeeting(mayWhileOpen),
		History: func(_ field.Viewpoint, a *AgendaItem, _ *field.NoArgs) string { return "turn to " + a.Title },
		Do: func(w field.Writer, a *AgendaItem, _ *field.NoArgs, _ any) (field.Result, error) {
			return turnedTo(a), turnTo(w, a.Meeting, a.ID)
		}}.Act()
}

func turnedTo(a *AgendaItem) field.Result {
	return field.Result{Text: "On the item: " + a.Title + ".", Kind: a.KindName(), ID: uint64(a.ID)}
}

// Following gives the item after the current one that has not been dealt with,
// the first when none is current, or nil.
func Following(r field.Reader, id MeetingID) *AgendaItem {
	seen := CurrentItem(r, id) == nil
	for _, a := range AgendaOf(r, id) {
		switch {
		case a.State == ItemNow:
			seen = true
		case seen && a.State != ItemDone:
			return a
		}
	}
	return nil
}

// firstWaiting gives the first item that waits, unless one is on already.
func firstWaiting(r field.Reader, id MeetingID) AgendaItemID {
	if now := CurrentItem(r, id); now != nil {
		return now.ID
	}
	for _, a := range AgendaOf(r, id) {
		if a.State == "" {
			return a.ID
		}
	}
	return 0
}

// turnTo makes an item the one being discussed; the one before is done.
func turnTo(w field.Writer, m MeetingID, id AgendaItemID) error {
	before, next := CurrentItem(w, m), field.Get(w, id)
	if next == nil || before != nil && before.ID == id {
		return nil
	}
	if before != nil {
		done := *before
		done.State = ItemDone
		if _, err := field.Put(w, &done); err != nil {
			return err
		}
	}
	fresh := *next
	fresh.State, fresh.Started = ItemNow, value.Some(w.Now())
	_, err := field.Put(w, &fresh)
	return err
}
