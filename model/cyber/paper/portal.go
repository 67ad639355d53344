package paper

import (
	"strconv"
	"strings"

	"interlocal/model"
	"interlocal/model/cyber"
)

// PortalLine is one answer as it is typed into the review's portal.
type PortalLine struct {
	ID       model.ID[PortalLine]
	Number   int
	Function string
	Category string
	Item     string
	Official string
	Question string
	Answer   string
	Score    int
	Reason   string
}

// KindName is "portal".
func (PortalLine) KindName() string { return "portal" }

// PortalKind describes the sheet in the portal's order.
func PortalKind() *model.Kind {
	return model.Def[PortalLine]{
		Tag: 1, One: "line", Title: "Answers in the portal's order",
		ID:    func(l *PortalLine) *model.ID[PortalLine] { return &l.ID },
		Label: func(l *PortalLine) string { return l.Item },
		Fields: []model.Field[PortalLine]{
			model.Int(1, "number", "No.", func(l *PortalLine) *int { return &l.Number }),
			model.Text(2, "function", "Function", func(l *PortalLine) *string { return &l.Function }),
			model.Text(3, "category", "Category", func(l *PortalLine) *string { return &l.Category }),
			model.Text(4, "item", "Subcategory", func(l *PortalLine) *string { return &l.Item }),
			model.Text(5, "official", "Official wording", func(l *PortalLine) *string { return &l.Official }),
			model.Text(6, "question", "In our words", func(l *PortalLine) *string { return &l.Question }),
			model.Text(7, "answer", "Answer", func(l *PortalLine) *string { return &l.Answer }),
			model.Int(8, "score", "Score", func(l *PortalLine) *int { return &l.Score }),
			model.Text(9, "reason", "Reason", func(l *PortalLine) *string { return &l.Reason }),
		},
	}.Kind()
}

// Portal lists a sheet's answers in the order in which the portal asks for
// them. Notes and evidence are not among them.
func Portal(s *cyber.Sheet, official cyber.Wording) []*PortalLine {
	out := make([]*PortalLine, len(s.Framework.Items))
	for i, it := range s.Framework.Items {
		fn, _ := s.Framework.Function(it.ID.Function())
		cat, _ := s.Framework.Category(it.ID.Category())
		score, _ := s.Levels.At(i).Value()
		l := &PortalLine{ID: model.ID[PortalLine](i + 1), Number: it.Number, Function: string(fn.ID) + " " + fn.Name,
			Category: string(cat.ID) + " " + cat.Name, Item: string(it.ID), Official: official[it.ID], Question: it.Question,
			Answer: cyber.Label(s.Levels.At(i)), Score: score}
		if a := s.Answers[i]; a != nil && !a.Inherited() {
			l.Reason = a.Reason
		}
		out[i] = l
	}
	return out
}

// PlanLine is one deficiency with what is done about it.
type PlanLine struct {
	ID       model.ID[PlanLine]
	Item     string
	Question string
	Level    string
	Goal     int
	Gap      int
	Next     string
	Step     string
	Owner    string
	Due      model.Opt[model.Day]
	State    model.RemedyState
	Cost     model.Opt[model.Cents]
}

// KindName is "plan".
func (PlanLine) KindName() string { return "plan" }

// PlanKind describes the remediation plan.
func PlanKind() *model.Kind {
	return model.Def[PlanLine]{
		Tag: 2, One: "line", Title: "Remediation plan",
		ID:    func(l *PlanLine) *model.ID[PlanLine] { return &l.ID },
		Label: func(l *PlanLine) string { return l.Item },
		Fields: []model.Field[PlanLine]{
			model.Text(1, "item", "Subcategory", func(l *PlanLine) *string { return &l.Item }),
			model.Text(2, "question", "What it asks", func(l *PlanLine) *string { return &l.Question }),
			model.Text(3, "level", "Level", func(l *PlanLine) *string { return &l.Level }),
			model.Int(4, "goal", "Goal", func(l *PlanLine) *int { return &l.Goal }),
			model.Int(5, "gap", "Levels short", func(l *PlanLine) *int { return &l.Gap }),
			model.Text(6, "next", "What the next level takes", func(l *PlanLine) *string { return &l.Next }),
			model.Text(7, "step", "Remedy", func(l *PlanLine) *string { return &l.Step }),
			model.Text(8, "owner", "Who", func(l *PlanLine) *string { return &l.Owner }),
			model.OnDay(9, "due", "Due", func(l *PlanLine) *model.Opt[model.Day] { return &l.Due }),
			model.Text(10, "state", "State", func(l *PlanLine) *string { return (*string)(&l.State) }),
			model.Money(11, "cost", "Cost", func(l *PlanLine) *model.Opt[model.Cents] { return &l.Cost }),
		},
	}.Kind()
}

// Plan lists a sheet's deficiencies in its order.
func Plan(s *cyber.Sheet) []*PlanLine {
	var out []*PlanLine
	for _, i := range s.Deficiencies() {
		a, it := s.Answers[i], s.Framework.Items[i]
		gap, _ := cyber.Gap(s.Levels[i], s.Goal(i))
		out = append(out, &PlanLine{ID: model.ID[PlanLine](len(out) + 1), Item: string(it.ID), Question: it.Question,
			Level: cyber.Label(s.Levels[i]), Goal: s.Goal(i), Gap: gap, Next: cyber.NextStep(it, s.Levels[i]),
			Step: a.Remedy.Step, Owner: a.Remedy.Owner, Due: a.Remedy.Due, State: a.Remedy.State, Cost: a.Remedy.Cost})
	}
	return out
}

// FrameworkLine is one subcategory with what this program says of it.
type FrameworkLine struct {
	ID       model.ID[FrameworkLine]
	Number   int
	Item     string
	Category string
	Official string
	Question string
	InPlace  string
	Proof    string
	Related  string
}

// KindName is "framework".
func (FrameworkLine) KindName() string { return "framework" }

// FrameworkKind describes the list of a framework's subcategories.
func FrameworkKind() *model.Kind {
	return model.Def[FrameworkLine]{
		Tag: 3, One: "subcategory", Title: "Framework",
		ID:    func(l *FrameworkLine) *model.ID[FrameworkLine] { return &l.ID },
		Label: func(l *FrameworkLine) string { return l.Item },
		Fields: []model.Field[FrameworkLine]{
			model.Int(1, "number", "No.", func(l *FrameworkLine) *int { return &l.Number }),
			model.Text(2, "item", "Subcategory", func(l *FrameworkLine) *string { return &l.Item }),
			model.Text(3, "category", "Category", func(l *FrameworkLine) *string { return &l.Category }),
			model.Text(4, "official", "Official wording", func(l *FrameworkLine) *string { return &l.Official }),
			model.Text(5, "question", "In our words", func(l *FrameworkLine) *string { return &l.Question }),
			model.Text(6, "in_place", "For level 5", func(l *FrameworkLine) *string { return &l.InPlace }),
			model.Text(7, "proof", "For level 6", func(l *FrameworkLine) *string { return &l.Proof }),
			model.Text(8, "related", "In the other edition", func(l *FrameworkLine) *string { return &l.Related }),
		},
	}.Kind()
}

// FrameworkLines lists the subcategories of an edition.
func FrameworkLines(f *cyber.Framework, official cyber.Wording) []*FrameworkLine {
	walk := cyber.OldToNew()
	out := make([]*FrameworkLine, len(f.Items))
	for i, it := range f.Items {
		cat, _ := f.Category(it.ID.Category())
		var related []string
		for _, l := range walk.Related(it.ID) {
			other := l.Old
			if other == it.ID {
				other = l.New
			}
			related = append(related, string(other))
		}
		out[i] = &FrameworkLine{ID: model.ID[FrameworkLine](i + 1), Number: it.Number, Item: string(it.ID), Category: string(cat.ID) + " " + cat.Name,
			Official: official[it.ID], Question: it.Question, InPlace: it.InPlace, Proof: it.Proof, Related: strings.Join(related, ", ")}
	}
	return out
}

// lineText names a line of a file.
func lineText(line int) string { return "line " + strconv.Itoa(line) }
