package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// ProgramID identifies a program.
type ProgramID = field.ID[Program]

// ProgramStatus is how far a program has come.
type ProgramStatus string

// From idea to retired.
const (
	ProgramIdea      ProgramStatus = "idea"
	ProgramExploring ProgramStatus = "exploring"
	ProgramActive    ProgramStatus = "active"
	ProgramCompleted ProgramStatus = "completed"
	ProgramRetired   ProgramStatus = "retired"
)

// ProgramArea is the field of work a program belongs to.
type ProgramArea string

func programAreas() []field.Choice {
	return []field.Choice{{Value: "workforce", Title: "Workforce and recruitment"},
		{Value: "training", Title: "Training and governance"},
		{Value: "public safety", Title: "Public safety"}, {Value: "infrastructure", Title: "Infrastructure upkeep"},
		{Value: "purchasing", Title: "Purchasing"}, {Value: "cybersecurity", Title: "Cybersecurity"},
		{Value: "modernization", Title: "Systems and policies"}, {Value: "other", Title: "Other"}}
}

// Program is joint work of two or more partners.
type Program struct {
	ID           field.ID[Program]
	Name         string
	Area         ProgramArea
	Status       ProgramStatus
	Lead         field.ID[Partner]
	Contact      field.ID[Person]
	Participants []Participant
	Start        value.Opt[value.Day]
	End          value.Opt[value.Day]
	Funding      []Funding
	Outcomes     string
	Next         NextStep
	Note         string
}

// Participant is a partner in a program with its share of the cost.
type Participant struct {
	Partner field.ID[Partner]
	Share   value.Opt[value.Percent]
}

// Funding is money for a program from one source.
type Funding struct {
	Source string
	Amount value.Opt[value.Cents]
}

// NextStep is what happens next, who sees to it and by when.
type NextStep struct {
	What  string
	Owner field.ID[Person]
	Due   value.Opt[value.Day]
}

// KindPrograms names the kind whose records are of type [Program].
const KindPrograms = "programs"

// KindName is "programs".
func (Program) KindName() string { return KindPrograms }

// Live reports whether the program is being worked on.
func (p *Program) Live() bool { return p.Status == ProgramExploring || p.Status == ProgramActive }

// Funded adds the recorded funding up; ok is false when none is recorded.
func (p *Program) Funded() (total value.Cents, ok bool) {
	for _, f := range p.Funding {
		if f.Amount.Set {
			total, ok = total+f.Amount.V, true
		}
	}
	return total, ok
}

// TakesPart reports whether the partner leads the program or is a participant.
func (p *Program) TakesPart(partner field.ID[Partner]) bool {
	for _, t := range p.Participants {
		if t.Partner == partner {
			return true
		}
	}
	return p.Lead == partner && partner != 0
}

// DescribeProgram describes programs.
func DescribeProgram() *field.Kind {
	return field.Def[Program]{
		Tag: 7, One: "program", Title: "Programs", Scope: field.ScopeShared, UniqueLabel: true,
		Purpose: "Joint work: who takes part, what it costs, what comes next.",
		ID:      func(p *Program) *field.ID[Program] { return &p.ID },
		Label:   func(p *Program) string { return p.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(_ field.Reader, p *Program) []field.Party {
			if p.Lead == 0 {
				return nil
			}
			return []field.Party{field.Party(p.Lead)}
		},
		Check:  checkProgram,
		Due:    dueProgram,
		Fields: programFields(),
	}.Kind()
}

func checkProgram(c *field.Checking, _, p *Program) {
	if p.Start.Set && p.End.Set && p.End.V < p.Start.V {
		c.Add("end", "the program ends before it starts")
	}
	if p.Next.What == "" && (p.Next.Due.Set || p.Next.Owner != 0) {
		c.Add("next_step", "say what the next step is")
	}
	seen := map[field.ID[Partner]]bool{}
	var total value.Percent
	for _, t := range p.Participants {
		if t.Partner == 0 {
			c.Add("participants", "each participant names a partner")
		}
		if seen[t.Partner] {
			c.Add("participants", "a partner is listed twice")
		}
		seen[t.Partner] = true
		if s := t.Share.Or(0); s < 0 || s > 10000 {
			c.Add("participants", "a cost share is between 0 and 100 percent")
		}
		total += t.Share.Or(0)
	}
	if total > 10000 {
		c.Add("participants", "cost shares add up to more than 100 percent")
	}
	for _, f := range p.Funding {
		if f.Source == "" {
			c.Add("funding", "each amount names its source")
		}
		if f.Amount.Or(0) < 0 {
			c.Add("funding", "an amount is not negative")
		}
	}
}

func programFields() []field.Field[Program] {
	fields := []field.Field[Program]{
		field.Text(1, "name", "Program", func(p *Program) *string { return &p.Name }).Required().Width(32).
			Example("Joint supervisory training"),
		field.Word(2, "area", "Area", func(p *Program) *ProgramArea { return &p.Area }, programAreas()...).Width(16).
			Example("Training and governance"),
		field.Word(3, "status", "Status", func(p *Program) *ProgramStatus { return &p.Status },
			field.Choice{Value: "idea", Title: "Idea"}, field.Choice{Value: "exploring", Title: "Exploring"},
			field.Choice{Value: "active", Title: "Active"},
			field.Choice{Value: "completed", Title: "Completed"}, field.Choice{Value: "retired", Title: "Retired"}).
			Width(10).Example("Active").
			Help("Leave it empty while nobody has recorded how far the program has come."),
		field.Ref(4, "lead", "Lead", func(p *Program) *field.ID[Partner] { return &p.Lead }).Width(14).
			Example("Independence").
			Help("The partner that leads; its editors may change the program."),
		field.Ref(5, "contact", "Contact", func(p *Program) *field.ID[Person] { return &p.Contact }).HiddenByDefault(),
		field.Rows(6, "participants", "Participants", func(p *Program) *[]Participant { return &p.Participants },
			[]field.Field[Participant]{
				field.Ref(1, "partner", "Partner", func(t *Participant) *field.ID[Partner] { return &t.Partner }),
				field.Share(2, "share", "Cost share",
					func(t *Participant) *value.Opt[value.Percent] { return &t.Share }),
			}).HiddenByDefault(),
		field.OnDay(7, "start", "Start", func(p *Program) *value.Opt[value.Day] { return &p.Start }).HiddenByDefault(),
		field.OnDay(8, "end", "End", func(p *Program) *value.Opt[value.Day] { return &p.End }).HiddenByDefault(),
		field.Rows(9, "funding", "Funding", func(p *Program) *[]Funding { return &p.Funding }, []field.Field[Funding]{
			field.Text(1, "source", "Source", func(f *Funding) *string { return &f.Source }).Example("Federal grant"),
			field.Money(2, "amount", "Amount", func(f *Funding) *value.Opt[value.Cents] { return &f.Amount }).
				Example("748,000"),
		}).HiddenByDefault(),
		field.Long(10, "outcomes", "Outcomes", func(p *Program) *string { return &p.Outcomes }).HiddenByDefault(),
		field.Long(11, "note", "Note", func(p *Program) *string { return &p.Note }).HiddenByDefault(),
	}
	next := field.Part(20, "next_", "What comes next", func(p *Program) *NextStep { return &p.Next },
		[]field.Field[NextStep]{
			field.Text(1, "step", "Next step", func(n *NextStep) *string { return &n.What }).Width(28).
				Example("Agree on dates with the trainer"),
			field.Ref(2, "owner", "Owner", func(n *NextStep) *field.ID[Person] { return &n.Owner }).HiddenByDefault(),
			field.OnDay(3, "due", "Due", func(n *NextStep) *value.Opt[value.Day] { return &n.Due }).Width(12).
				Example("Mar 4, 2027"),
		})
	return append(fields, next...)
}
