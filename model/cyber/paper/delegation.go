package paper

import (
	"strings"

	"interlocal/model"
	"interlocal/model/cyber"
)

// DelegationLine is one question for a colleague to answer, with what has been
// answered so far. Its columns bear the names of an answer's own fields, so
// that the file comes back as answers; the others are there to be read.
type DelegationLine struct {
	ID       model.ID[DelegationLine]
	Cycle    model.ID[model.Cycle]
	Partner  model.ID[model.Partner]
	Item     string
	Asks     string
	Next     string
	LastYear string
	Answer   model.Answer
}

// KindName is "delegation".
func (DelegationLine) KindName() string { return "delegation" }

// DelegationKind describes the sheet for a colleague.
func DelegationKind() *model.Kind {
	answer := func(l *DelegationLine) *model.Answer { return &l.Answer }
	return model.Def[DelegationLine]{
		Tag: 4, One: "question", Title: "Questions for a colleague",
		ID:    func(l *DelegationLine) *model.ID[DelegationLine] { return &l.ID },
		Label: func(l *DelegationLine) string { return l.Item },
		Fields: []model.Field[DelegationLine]{
			model.Ref(1, "cycle", "Cycle", func(l *DelegationLine) *model.ID[model.Cycle] { return &l.Cycle }),
			model.Ref(2, "partner", "City", func(l *DelegationLine) *model.ID[model.Partner] { return &l.Partner }),
			model.Text(3, "item", "Item", func(l *DelegationLine) *string { return &l.Item }),
			model.Text(4, "it_asks", "It asks", func(l *DelegationLine) *string { return &l.Asks }),
			model.Text(5, "next_level_takes", "The next level takes", func(l *DelegationLine) *string { return &l.Next }),
			model.Text(6, "level_last_year", "Level last year", func(l *DelegationLine) *string { return &l.LastYear }),
			model.Text(7, "level", "Level", func(l *DelegationLine) *string { return (*string)(&answer(l).Level) }),
			model.Text(8, "reason", "Reason", func(l *DelegationLine) *string { return &answer(l).Reason }),
			model.Text(9, "note", "Note", func(l *DelegationLine) *string { return &answer(l).Note }),
			model.Count(10, "target", "Target", func(l *DelegationLine) *model.Opt[int64] { return &answer(l).Target }),
			model.OnDay(11, "tested", "Tested on", func(l *DelegationLine) *model.Opt[model.Day] { return &answer(l).Tested }),
			model.Text(12, "approver", "Accepted by", func(l *DelegationLine) *string { return &answer(l).Acceptance.Approver }),
			model.OnDay(13, "accepted_until", "Accepted until", func(l *DelegationLine) *model.Opt[model.Day] { return &answer(l).Acceptance.Expires }),
		},
	}.Kind()
}

// Delegated lists the questions of a part of the framework (a function, a
// category or one item) with the number of each answer on file, 0 for none.
func Delegated(s *cyber.Sheet, part string) ([]*DelegationLine, []model.AnswerID, error) {
	items := model.Lifting(s.Framework.Version, part)
	if len(items) == 0 {
		return nil, nil, model.Fail(model.Invalid, "there is no function or category "+strings.ToUpper(part)+" in "+s.Framework.Version.Title()+"; name one such as "+
			strings.Join(model.FunctionsOf(s.Framework.Version), ", "))
	}
	lines, ids := make([]*DelegationLine, len(items)), make([]model.AnswerID, len(items))
	for k, item := range items {
		i, _ := s.Framework.Index(cyber.ID(item))
		it := s.Framework.Items[i]
		l := &DelegationLine{ID: model.ID[DelegationLine](k + 1), Cycle: s.Cycle.ID, Partner: s.City.ID, Item: item,
			Asks: it.Question, Next: cyber.NextStep(it, s.Levels[i])}
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
