package paper

import (
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/value"
)

// PortalLine is one answer as it is typed into the review's portal.
type PortalLine struct {
	ID       field.ID[PortalLine]
	Number   int
	Function string
	Category string
	Item     string
	Official string
	Question string
	Answer   string
	Score    int
	Reason   string
	OfPart   string // the category's score
	OfWhole  string // the function's
}

// KindName is "portal".
func (PortalLine) KindName() string { return "portal" }

// PortalKind describes the sheet in the portal's order.
func PortalKind() *field.Kind {
	return field.Def[PortalLine]{
		Tag: 1, One: "line", Title: "Answers in the portal's order",
		ID:    func(l *PortalLine) *field.ID[PortalLine] { return &l.ID },
		Label: func(l *PortalLine) string { return l.Item },
		Fields: []field.Field[PortalLine]{
			field.Int(1, "number", "No.", func(l *PortalLine) *int { return &l.Number }),
			field.Text(2, "function", "Function", func(l *PortalLine) *string { return &l.Function }),
			field.Text(3, "category", "Category", func(l *PortalLine) *string { return &l.Category }),
			field.Text(4, "item", "Subcategory", func(l *PortalLine) *string { return &l.Item }),
			field.Text(5, "official", "Official wording", func(l *PortalLine) *string { return &l.Official }),
			field.Text(6, "question", "In our words", func(l *PortalLine) *string { return &l.Question }),
			field.Text(7, "answer", "Answer", func(l *PortalLine) *string { return &l.Answer }),
			field.Int(8, "score", "Score", func(l *PortalLine) *int { return &l.Score }),
			field.Text(9, "reason", "Reason", func(l *PortalLine) *string { return &l.Reason }),
			field.Text(10, "category_score", "Category score", func(l *PortalLine) *string { return &l.OfPart }),
			field.Text(11, "function_score", "Function score", func(l *PortalLine) *string { return &l.OfWhole }),
		},
	}.Kind()
}

// Portal lists a sheet's answers in the order in which the portal asks for
// them. Notes and evidence are not among them.
func Portal(s *cyber.Sheet, official framework.Wording) []*PortalLine {
	out, scores := make([]*PortalLine, len(s.Framework.Items)), s.Score(cyber.BySubcategory)
	for i, it := range s.Framework.Items {
		fn, _ := s.Framework.Function(it.ID.Function())
		cat, _ := s.Framework.Category(it.ID.Category())
		score, _ := s.Levels.At(i).Value()
		l := &PortalLine{ID: field.ID[PortalLine](i + 1), Number: it.Number, Function: string(fn.ID) + " " + fn.Name,
			Category: string(cat.ID) + " " + cat.Name, Item: string(it.ID), Official: official[it.ID],
			Question: it.Question,
			Answer:   cyber.Label(s.Levels.At(i)), Score: score}
		l.OfPart, l.OfWhole = scores.Part(string(cat.ID)), scores.Part(string(fn.ID))
		if a := s.Answers[i]; a != nil && !a.Inherited() {
			l.Reason = a.Reason
		}
		out[i] = l
	}
	return out
}

// PlanLine is one deficiency with what is done about it.
type PlanLine struct {
	ID       field.ID[PlanLine]
	Item     string
	Question string
	Level    string
	Goal     int
	Gap      int
	Next     string
	Step     string
	Owner    string
	Due      value.Opt[value.Day]
	State    cyber.RemedyState
	Cost     value.Opt[value.Cents]
	OfPart   string // the category's score
	Steps    string // its milestones
}

// KindPlan names the kind whose records are of type [PlanLine].
const KindPlan = "plan"

// KindName is "plan".
func (PlanLine) KindName() string { return KindPlan }

// PlanKind describes the remediation plan.
func PlanKind() *field.Kind {
	return field.Def[PlanLine]{
		Tag: 2, One: "line", Title: "Remediation plan",
		ID:    func(l *PlanLine) *field.ID[PlanLine] { return &l.ID },
		Label: func(l *PlanLine) string { return l.Item },
		Fields: []field.Field[PlanLine]{
			field.Text(1, "item", "Subcategory", func(l *PlanLine) *string { return &l.Item }),
			field.Text(2, "question", "What it asks", func(l *PlanLine) *string { return &l.Question }),
			field.Text(3, "level", "Level", func(l *PlanLine) *string { return &l.Level }),
			field.Int(4, "goal", "Goal", func(l *PlanLine) *int { return &l.Goal }),
			field.Int(5, "gap", "Levels short", func(l *PlanLine) *int { return &l.Gap }),
			field.Text(6, "next", "What the next level takes", func(l *PlanLine) *string { return &l.Next }),
			field.Text(7, "step", "Remedy", func(l *PlanLine) *string { return &l.Step }),
			field.Text(8, "owner", "Who", func(l *PlanLine) *string { return &l.Owner }),
			field.OnDay(9, "due", "Due", func(l *PlanLine) *value.Opt[value.Day] { return &l.Due }),
			field.Text(10, "state", "State", func(l *PlanLine) *string { return (*string)(&l.State) }),
			field.Money(11, "cost", "Cost", func(l *PlanLine) *value.Opt[value.Cents] { return &l.Cost }),
			field.Text(12, "category_score", "Category score", func(l *PlanLine) *string { return &l.OfPart }),
			field.Long(13, "milestones", "Milestones", func(l *PlanLine) *string { return &l.Steps }),
		},
	}.Kind()
}

// Plan lists a sheet's deficiencies in its order.
func Plan(s *cyber.Sheet) []*PlanLine {
	var out []*PlanLine
	scores := s.Score(cyber.BySubcategory)
	for _, i := range s.Deficiencies() {
		a, it := s.Answers[i], s.Framework.Items[i]
		gap, _ := cyber.Gap(s.Levels[i], s.Goal(i))
		out = append(out, &PlanLine{ID: field.ID[PlanLine](len(out) + 1), Item: string(it.ID), Question: it.Question,
			Level: cyber.Label(s.Levels[i]), Goal: s.Goal(i), Gap: gap, Next: cyber.NextStep(it, s.Levels[i]),
			Step: a.Remedy.Step, Owner: a.Remedy.Owner, Due: a.Remedy.Due, State: a.Remedy.State, Cost: a.Remedy.Cost,
			OfPart: scores.Part(string(it.ID.Category())), Steps: milestones(a)})
	}
	return out
}

// milestones writes an answer's milestones, a line each.
func milestones(a *cyber.Answer) string {
	var out []string
	for _, m := range a.Milestones {
		out = append(out, m.String())
	}
	return strings.Join(out, "\n")
}

// FrameworkLine is one subcategory with what this program says of it.
type FrameworkLine struct {
	ID       field.ID[FrameworkLine]
	Number   int
	Item     string
	Category string
	Official string
	Question string
	InPlace  string
	Proof    string
	Related  string
	Steps    framework.Steps
	Apart    string
}

// KindFramework names the kind whose records are of type [FrameworkLine].
const KindFramework = "framework"

// KindName is "framework".
func (FrameworkLine) KindName() string { return KindFramework }

// FrameworkKind describes the list of a framework's subcategories.
func FrameworkKind() *field.Kind {
	return field.Def[FrameworkLine]{
		Tag: 3, One: "subcategory", Title: "Framework",
		ID:    func(l *FrameworkLine) *field.ID[FrameworkLine] { return &l.ID },
		Label: func(l *FrameworkLine) string { return l.Item },
		Fields: []field.Field[FrameworkLine]{
			field.Int(1, "number", "No.", func(l *FrameworkLine) *int { return &l.Number }),
			field.Text(2, "item", "Subcategory", func(l *FrameworkLine) *string { return &l.Item }),
			field.Text(3, "category", "Category", func(l *FrameworkLine) *string { return &l.Category }),
			field.Text(4, "official", "Official wording", func(l *FrameworkLine) *string { return &l.Official }),
			field.Text(5, "question", "In our words", func(l *FrameworkLine) *string { return &l.Question }),
			field.Text(6, "in_place", "For level 5", func(l *FrameworkLine) *string { return &l.InPlace }),
			field.Text(7, "proof", "For level 6", func(l *FrameworkLine) *string { return &l.Proof }),
			field.Text(8, "related", "In the other edition", func(l *FrameworkLine) *string { return &l.Related }),
			field.Text(9, "two", "For level 2", func(l *FrameworkLine) *string { return &l.Steps.Two }),
			field.Text(10, "three", "For level 3", func(l *FrameworkLine) *string { return &l.Steps.Three }),
			field.Text(11, "four", "For level 4", func(l *FrameworkLine) *string { return &l.Steps.Four }),
			field.Text(12, "seven", "For level 7", func(l *FrameworkLine) *string { return &l.Steps.Seven }),
			field.Text(13, "apart", "Not to be mixed up", func(l *FrameworkLine) *string { return &l.Apart }),
		},
	}.Kind()
}

// FrameworkLines lists the subcategories of an edition.
func FrameworkLines(f *framework.Framework, official framework.Wording) []*FrameworkLine {
	walk := framework.OldToNew()
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
		out[i] = &FrameworkLine{ID: field.ID[FrameworkLine](i + 1), Number: it.Number, Item: string(it.ID),
			Category: string(cat.ID) + " " + cat.Name,
			Official: official[it.ID], Question: it.Question, InPlace: it.InPlace, Proof: it.Proof,
			Related: strings.Join(related, ", "), Steps: it.Steps, Apart: it.Apart}
	}
	return out
}

// lineText names a line of a file.
func lineText(line int) string { return "line " + strconv.Itoa(line) }
