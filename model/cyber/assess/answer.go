package assess

import (
	"cmp"
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/value"
)

// Question is one question of a city's sheet. It need not have a record yet.
type Question struct {
	Of
	Item string
}

func questionFields[A any](q func(*A) *Question) []field.Field[A] {
	fields := ofFields(func(q *Question) *Of { return &q.Of })
	item := field.Text(1, "item", "Question", func(q *Question) *string { return &q.Item }).Required().
		Example("PR.AA-01")
	return field.Part(80, "", "", q, append(fields, item))
}

// onQuestion is an act on a question of a sheet.
type onQuestion[A any] = field.ActOn[field.Alone, A]

// at completes an act on a question: what change does to the answer, which is
// begun when there is none. History calls it by what and the question.
func at[A any](d onQuestion[A], q func(*A) *Question, what func(*A) string,
	change func(w field.Writer, next *cyber.Answer, a *A)) *field.Act {
	d.Args = append(questionFields(q), d.Args...)
	d.Makes, d.May = "answers", ofSomeCity
	d.Fill = func(v field.Viewpoint, _ *field.Alone, a *A) { q(a).Of = usual(v) }
	d.History = func(_ field.Viewpoint, _ *field.Alone, a *A) string { return what(a) + " " + q(a).Item }
	d.Do = func(w field.Writer, _ *field.Alone, a *A, _ any) (field.Result, error) {
		next := answerTo(w, *q(a))
		change(w, next, a)
		id, err := field.Put(w, next)
		return field.Result{Text: "Stored: " + what(a) + " " + q(a).Item + ".", Kind: "answers", ID: uint64(id)}, err
	}
	return d.Act()
}

// answerTo gives a copy of the answer to a question, or a new one.
func answerTo(r field.Reader, q Question) *cyber.Answer {
	for a := range field.Of[cyber.Answer](r, "partner", q.Partner) {
		if a.Cycle == q.Cycle && a.Item == q.Item {
			next := *a
			next.Evidence = slices.Clone(a.Evidence)
			return &next
		}
	}
	return &cyber.Answer{Cycle: q.Cycle, Partner: q.Partner, Item: q.Item}
}

// Answering is the answer to a question.
type Answering struct {
	Question
	Level  cyber.Level
	Reason string      // why it does not apply; what stands when empty
	Was    cyber.Level // last year's level, which is kept
}

func answerAct() *field.Act {
	return at(onQuestion[Answering]{Name: "answer.give", Title: "Answer a question", Rest: "reason",
		Help: "Answers a question of the self-assessment, or confirms last year's answer. What stood behind " +
			"another level goes with it.",
		Words: []string{"set a maturity level"},
		Args: []field.Field[Answering]{
			field.Word(2, "level", "Level", func(a *Answering) *cyber.Level { return &a.Level },
				cyber.LevelChoices()...).Required(),
			field.Text(3, "reason", "Reason", func(a *Answering) *string { return &a.Reason }).
				Help("Why it does not apply, or why the risk is accepted."),
		}},
		func(a *Answering) *Question { return &a.Question },
		func(*Answering) string { return "answer" }, giveAnswer)
}

// giveAnswer puts a level into an answer.
func giveAnswer(w field.Writer, next *cyber.Answer, a *Answering) {
	if a.Level != next.Level && a.Level != next.Was {
		if a.Level != cyber.NotApplicable && a.Level != cyber.RiskAccepted {
			next.Reason = ""
		}
		if a.Level != cyber.RiskAccepted {
			next.Acceptance = cyber.Acceptance{}
		}
	}
	next.Level, next.ConfirmedBy, next.Confirmed = a.Level, w.Actor().Name, value.Some(w.Now().Day())
	if a.Reason != "" {
		next.Reason = a.Reason
	}
	if a.Was != "" {
		next.Was = a.Was
	}
}

// Noting is a note on a question.
type Noting struct {
	Question
	Note string
}

func noteAct() *field.Act {
	return at(onQuestion[Noting]{Name: "answer.note", Title: "Note on a question", Rest: "note",
		Help: "Notes what stands behind an answer. It stays in the city.",
		Args: []field.Field[Noting]{field.Long(2, "note", "Note", func(n *Noting) *string { return &n.Note })}},
		func(n *Noting) *Question { return &n.Question },
		func(*Noting) string { return "note on" },
		func(_ field.Writer, next *cyber.Answer, n *Noting) { next.Note = n.Note })
}

// Flagging marks a question, or takes the mark off.
type Flagging struct {
	Question
	Off bool
}

func flagAct() *field.Act {
	return at(onQuestion[Flagging]{Name: "answer.flag", Title: "Flag a question",
		Help: "Marks a question to come back to, or takes the mark off.",
		Args: []field.Field[Flagging]{field.Bool(2, "off", "Take the flag off",
			func(f *Flagging) *bool { return &f.Off })}},
		func(f *Flagging) *Question { return &f.Question },
		func(f *Flagging) string {
			if f.Off {
				return "take the flag off"
			}
			return "flag"
		},
		func(_ field.Writer, next *cyber.Answer, f *Flagging) { next.Flag = !f.Off })
}

// Testing is when what an answer says was last tested.
type Testing struct {
	Question
	On value.Opt[value.Day]
}

func testedAct() *field.Act {
	return at(onQuestion[Testing]{Name: "answer.tested", Title: "Test date of an answer",
		Help: "Notes on which day what an answer says was last tested.",
		Args: []field.Field[Testing]{
			field.OnDay(2, "on", "Tested on", func(x *Testing) *value.Opt[value.Day] { return &x.On }).Required(),
		}},
		func(x *Testing) *Question { return &x.Question },
		func(*Testing) string { return "test date of" },
		func(_ field.Writer, next *cyber.Answer, x *Testing) { next.Tested = x.On })
}

// Accepting is who accepted a risk, why and until when.
type Accepting struct {
	Question
	Approver, Reason string
	Until            value.Opt[value.Day]
}

func acceptRiskAct() *field.Act {
	return at(onQuestion[Accepting]{Name: "answer.accept-risk", Title: "Risk acceptance of an answer",
		Help: "Notes who accepted the risk behind an answer, why and until when.",
		Args: []field.Field[Accepting]{
			field.Text(2, "approver", "Accepted by", func(x *Accepting) *string { return &x.Approver }).Required().
				Help("Name and office."),
			field.Text(3, "reason", "Reason", func(x *Accepting) *string { return &x.Reason }).Required(),
			field.OnDay(4, "until", "Until", func(x *Accepting) *value.Opt[value.Day] { return &x.Until }).Required(),
		}},
		func(x *Accepting) *Question { return &x.Question },
		func(*Accepting) string { return "risk acceptance of" },
		func(_ field.Writer, next *cyber.Answer, x *Accepting) {
			next.Reason, next.Acceptance = x.Reason, cyber.Acceptance{Approver: x.Approver, Expires: x.Until}
		})
}

// Remedying is what is done about a deficiency. What it leaves unsaid stays as
// noted, unless the whole of it is given.
type Remedying struct {
	Question
	Remedy cyber.Remedy
	Whole  bool
}

// onto gives the remedy that comes of what was noted.
func (x *Remedying) onto(noted cyber.Remedy) cyber.Remedy {
	next := x.Remedy
	if !x.Whole {
		next.Step, next.Owner = cmp.Or(next.Step, noted.Step), cmp.Or(next.Owner, noted.Owner)
		next.Due, next.Cost = cmp.Or(next.Due, noted.Due), cmp.Or(next.Cost, noted.Cost)
		next.State = cmp.Or(next.State, noted.State)
	}
	next.State = cmp.Or(next.State, cyber.RemedyOpen)
	return next
}

func remedyAct() *field.Act {
	return at(onQuestion[Remedying]{Name: "answer.remedy", Title: "What is done about a deficiency",
		Words: []string{"remediation"},
		Help: "Notes what is done about a deficiency, who does it, by when, and how far it has come. It goes on " +
			"after the assessment is locked.",
		Args: field.Part(0, "", "", func(x *Remedying) *cyber.Remedy { return &x.Remedy }, cyber.RemedyFields())},
		func(x *Remedying) *Question { return &x.Question },
		func(x *Remedying) string {
			if x.Remedy.State == cyber.RemedyOpen || x.Remedy.State == "" {
				return "remedy for"
			}
			return string(x.Remedy.State) + ":"
		},
		func(_ field.Writer, next *cyber.Answer, x *Remedying) { next.Remedy = x.onto(next.Remedy) })
}
