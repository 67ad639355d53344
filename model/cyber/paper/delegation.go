package paper

import (
	"io"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// DelegationLine is one question for a colleague to answer, with what has been
// answered so far. Its columns bear the names of an answer's own fields, so
// that the file comes back as answers; the others are there to be read.
type DelegationLine struct {
	ID       field.ID[DelegationLine]
	Cycle    field.ID[cyber.Cycle]
	Partner  field.ID[partnership.Partner]
	Item     string
	Asks     string
	Next     string
	LastYear string
	Answer   cyber.Answer
}

// KindDelegation names the kind whose records are of type [DelegationLine].
const KindDelegation = "delegation"

// KindName is "delegation".
func (DelegationLine) KindName() string { return KindDelegation }

// DelegationKind describes the sheet for a colleague.
func DelegationKind() *field.Kind {
	answer := func(l *DelegationLine) *cyber.Answer { return &l.Answer }
	return field.Def[DelegationLine]{
		Tag: 4, One: "question", Title: "Questions for a colleague",
		ID:    func(l *DelegationLine) *field.ID[DelegationLine] { return &l.ID },
		Label: func(l *DelegationLine) string { return l.Item },
		Fields: []field.Field[DelegationLine]{
			field.Ref(1, "cycle", "Cycle", func(l *DelegationLine) *field.ID[cyber.Cycle] { return &l.Cycle }),
			field.Ref(2, "partner", "City",
				func(l *DelegationLine) *field.ID[partnership.Partner] { return &l.Partner }),
			field.Text(3, "item", "Item", func(l *DelegationLine) *string { return &l.Item }).Width(10),
			field.Long(4, "it_asks", "It asks", func(l *DelegationLine) *string { return &l.Asks }).Width(60),
			field.Long(5, "next_level_takes", "The next level takes",
				func(l *DelegationLine) *string { return &l.Next }).Width(48),
			field.Text(6, "level_last_year", "Level last year", func(l *DelegationLine) *string { return &l.LastYear }),
			field.Word(7, "level", "Level", func(l *DelegationLine) *cyber.Level { return &answer(l).Level },
				cyber.LevelChoices()...).Width(10).Help("What is true today, as the lines above say. " +
				cyber.WeakestPart),
			field.Text(8, "reason", "Reason", func(l *DelegationLine) *string { return &answer(l).Reason }).Width(30).
				Help("Why it does not apply, or why the risk is accepted."),
			field.Text(9, "note", "Note", func(l *DelegationLine) *string { return &answer(l).Note }).Width(40),
			field.OptInt(10, "target", "Target",
				func(l *DelegationLine) *value.Opt[int64] { return &answer(l).Target }),
			field.OnDay(11, "tested", "Tested on",
				func(l *DelegationLine) *value.Opt[value.Day] { return &answer(l).Tested }),
			field.Text(12, "approver", "Accepted by",
				func(l *DelegationLine) *string { return &answer(l).Acceptance.Approver }),
			field.OnDay(13, "accepted_until", "Accepted until",
				func(l *DelegationLine) *value.Opt[value.Day] { return &answer(l).Acceptance.Expires }),
		},
	}.Kind()
}

// Delegated lists the questions of a part of the framework (a function, a
// category or one item) with the number of each answer on file, 0 for none.
func Delegated(s *cyber.Sheet, part string) ([]*DelegationLine, []cyber.AnswerID, error) {
	items := cyber.Lifting(s.Framework.Version, part)
	if len(items) == 0 {
		return nil, nil, failure.New(failure.Invalid, "there is no function or category "+strings.ToUpper(part)+" in "+
			s.Framework.Version.Title()+"; name one such as "+
			strings.Join(framework.FunctionsOf(s.Framework.Version), ", "))
	}
	lines, ids := make([]*DelegationLine, len(items)), make([]cyber.AnswerID, len(items))
	for k, item := range items {
		i, _ := s.Framework.Index(framework.ID(item))
		it := s.Framework.Items[i]
		l := &DelegationLine{ID: field.ID[DelegationLine](k + 1), Cycle: s.Cycle.ID, Partner: s.City.ID, Item: item,
			Asks: strings.TrimSpace(it.Question + " " + it.Apart), Next: cyber.NextStep(it, s.Levels[i])}
		if a := s.Answers[i]; a != nil {
			l.Answer, ids[k] = *a, a.ID
			l.Answer.Level = a.Given()
			if a.Was != "" {
				l.LastYear = cyber.Label(a.Was)
			}
		}
		lines[k] = l
	}
	return lines, ids, nil
}

// WriteDelegated writes questions as a workbook: what the levels mean stands on a
// sheet of its own, and levels are picked from a list.
func WriteDelegated(w io.Writer, t export.Table, env *field.Env, o export.Options) error {
	form := export.Form{About: [][2]string{{"What to do", "Write what is true today into the column Level. " +
		cyber.WeakestPart}}}
	for _, c := range cyber.Choices() {
		form.About = append(form.About, [2]string{string(c.Level), c.Label + ": " + c.Meaning})
	}
	return export.WriteForm(w, []export.Table{t}, form, env, o)
}
