package meeting

import (
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Spoken is a line of what is said in a meeting, and the item it is said to.
type Spoken struct {
	Text string
	Item AgendaItemID
}

// spoken describes an act that writes down what is said: how it is called, and
// how a line becomes a record.
type spoken struct {
	name, title, help string
	words             []string
	write             func(w field.Writer, m *Meeting, a *Spoken,
		at value.Opt[value.Wall]) (said field.Result, err error)
}

func noteAct() *field.Act {
	return spoken{"meeting.note", "Note", "Writes down what was said in the meeting that is open.",
		[]string{"write down what was said"},
		func(w field.Writer, m *Meeting, a *Spoken, at value.Opt[value.Wall]) (field.Result, error) {
			id, err := field.Put(w, &Note{Meeting: m.ID, Item: a.Item, At: at, Text: a.Text})
			return field.Result{Text: "Note written down.", Kind: "notes", ID: uint64(id)}, err
		}}.act()
}

func decideAct() *field.Act {
	return spoken{"meeting.decide", "Decision", "Writes down what the meeting that is open has decided.",
		[]string{"what was decided"},
		func(w field.Writer, m *Meeting, a *Spoken, at value.Opt[value.Wall]) (field.Result, error) {
			id, err := field.Put(w, &Decision{Meeting: m.ID, Item: a.Item, At: at, Text: a.Text})
			return field.Result{Text: "Decision written down.", Kind: "decisions", ID: uint64(id)}, err
		}}.act()
}

func actionAct() *field.Act {
	return spoken{"meeting.act", "Action",
		"Writes down what somebody undertakes to do: who, a colon, what, and by when, as in: " +
			"dana: ask three vendors by Dec 18.", []string{"task", "who does what by when"},
		func(w field.Writer, m *Meeting, a *Spoken, at value.Opt[value.Wall]) (field.Result, error) {
			env := field.NewEnv(w, w.Now().Day())
			rec := ReadAction(env, a.Text)
			rec.Meeting, rec.Item, rec.At = m.ID, a.Item, at
			id, err := field.Put(w, &rec)
			said := "Action written down: " + ActionText(env, &rec) + "."
			return field.Result{Text: said, Kind: "actions", ID: uint64(id)}, err
		}}.act()
}

func motionAct() *field.Act {
	return spoken{"meeting.move", "Motion",
		"Writes down what is moved: mover and seconder, a colon, the motion, as in: " +
			"reyes/whitlock: renew the contract. The vote follows.", []string{"put a motion"},
		func(w field.Writer, m *Meeting, a *Spoken, at value.Opt[value.Wall]) (field.Result, error) {
			env := field.NewEnv(w, w.Now().Day())
			rec := ReadMotion(env, a.Text)
			rec.Meeting, rec.Item, rec.At = m.ID, a.Item, at
			id, err := field.Put(w, &rec)
			said := "Motion written down: " + MovedText(env, &rec) + "."
			return field.Result{Text: said, Kind: "motions", ID: uint64(id), Follow: "meeting.vote"}, err
		}}.act()
}

// MovedText says what is moved and by whom, as it was read.
func MovedText(env *field.Env, m *Motion) string {
	if m.Mover == 0 {
		return m.Text + " (mover not named)"
	}
	by := env.Label(partnership.KindPeople, uint64(m.Mover))
	if m.Seconder != 0 {
		by += ", seconded by " + env.Label(partnership.KindPeople, uint64(m.Seconder))
	}
	return m.Text + " (moved by " + by + ")"
}

func (s spoken) act() *field.Act {
	return onMeeting[Spoken]{Name: s.name, Title: s.title, Help: s.help, Words: s.words, Rest: "text",
		Args: []field.Field[Spoken]{
			field.Text(1, "text", s.title, func(a *Spoken) *string { return &a.Text }).Required(),
			field.Ref(2, "item", "Item", func(a *Spoken) *AgendaItemID { return &a.Item }).
				Help("The item of the agenda that it is said to; if not given, the one being discussed."),
		},
		Default: underWay, Within: during, May: mayWhileOpen,
		Fill: func(v field.Viewpoint, m *Meeting, a *Spoken) {
			if item := CurrentItem(v, m.ID); item != nil {
				a.Item = item.ID
			}
		},
		Do: func(w field.Writer, m *Meeting, a *Spoken, _ any) (field.Result, error) {
			return s.write(w, m, a, value.Some(w.Now()))
		},
		History: func(field.Viewpoint, *Meeting, *Spoken) string { return strings.ToLower(s.title) }}.Act()
}
