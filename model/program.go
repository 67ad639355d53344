package model

// ProgramID identifies a program.
type ProgramID = ID[Program]

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

func programAreas() []Choice {
	return []Choice{{"workforce", "Workforce and recruitment"}, {"training", "Training and governance"},
		{"public safety", "Public safety"}, {"infrastructure", "Infrastructure upkeep"},
		{"purchasing", "Purchasing"}, {"cybersecurity", "Cybersecurity"},
		{"modernization", "Systems and policies"}, {"other", "Other"}}
}

// Program is joint work of two or more partners.
type Program struct {
	ID           ID[Program]
	Name         string
	Area         ProgramArea
	Status       ProgramStatus
	Lead         ID[Partner]
	Contact      ID[Person]
	Participants []Participant
	Start        Opt[Day]
	End          Opt[Day]
	Funding      []Funding
	Outcomes     string
	Next         NextStep
	Note         string
}

// Participant is a partner in a program with its share of the cost.
type Participant struct {
	Partner ID[Partner]
	Share   Opt[Percent]
}

// Funding is money for a program from one source.
type Funding struct {
	Source string
	Amount Opt[Cents]
}

// NextStep is what happens next, who sees to it and by when.
type NextStep struct {
	What  string
	Owner ID[Person]
	Due   Opt[Day]
}

// KindName is "programs".
func (Program) KindName() string { return "programs" }

// Live reports whether the program is being worked on.
func (p *Program) Live() bool { return p.Status == ProgramExploring || p.Status == ProgramActive }

// Funded adds the recorded funding up; ok is false when none is recorded.
func (p *Program) Funded() (total Cents, ok bool) {
	for _, f := range p.Funding {
		if f.Amount.Set {
			total, ok = total+f.Amount.V, true
		}
	}
	return total, ok
}

// TakesPart reports whether the partner leads the program or is a participant.
func (p *Program) TakesPart(partner ID[Partner]) bool {
	for _, t := range p.Participants {
		if t.Partner == partner {
			return true
		}
	}
	return p.Lead == partner && partner != 0
}

func programKind() *Kind {
	return Def[Program]{
		Tag: 7, One: "program", Title: "Programs", Realm: RealmShared, UniqueLabel: true,
		Purpose: "Joint work: who takes part, what it costs, what comes next.",
		ID:      func(p *Program) *ID[Program] { return &p.ID },
		Label:   func(p *Program) string { return p.Name },
		Unique:  [][]string{{"name"}},
		Parties: func(_ Reader, p *Program) []Party {
			if p.Lead == 0 {
				return nil
			}
			return []Party{Party(p.Lead)}
		},
		Check:  checkProgram,
		Fields: programFields(),
	}.Kind()
}

func checkProgram(c *Checking, _, p *Program) {
	if p.Start.Set && p.End.Set && p.End.V < p.Start.V {
		c.Add("end", "the program ends before it starts")
	}
	if p.Next.What == "" && (p.Next.Due.Set || p.Next.Owner != 0) {
		c.Add("next_step", "say what the next step is")
	}
	seen := map[ID[Partner]]bool{}
	var total Percent
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

func programFields() []Field[Program] {
	fields := []Field[Program]{
		Text(1, "name", "Program", func(p *Program) *string { return &p.Name }).Need().Wide(32).Eg("Joint supervisory training"),
		Word(2, "area", "Area", func(p *Program) *ProgramArea { return &p.Area }, programAreas()...).Wide(16).Eg("Training and governance"),
		Word(3, "status", "Status", func(p *Program) *ProgramStatus { return &p.Status },
			Choice{"idea", "Idea"}, Choice{"exploring", "Exploring"}, Choice{"active", "Active"},
			Choice{"completed", "Completed"}, Choice{"retired", "Retired"}).Wide(10).Eg("Active").
			Say("Leave it empty while nobody has recorded how far the program has come."),
		Ref(4, "lead", "Lead", func(p *Program) *ID[Partner] { return &p.Lead }).Wide(14).Eg("Independence").
			Say("The partner that leads; its editors may change the program."),
		Ref(5, "contact", "Contact", func(p *Program) *ID[Person] { return &p.Contact }).Tucked(),
		Rows(6, "participants", "Participants", func(p *Program) *[]Participant { return &p.Participants },
			[]Field[Participant]{
				Ref(1, "partner", "Partner", func(t *Participant) *ID[Partner] { return &t.Partner }),
				Share(2, "share", "Cost share", func(t *Participant) *Opt[Percent] { return &t.Share }),
			}).Tucked(),
		OnDay(7, "start", "Start", func(p *Program) *Opt[Day] { return &p.Start }).Tucked(),
		OnDay(8, "end", "End", func(p *Program) *Opt[Day] { return &p.End }).Tucked(),
		Rows(9, "funding", "Funding", func(p *Program) *[]Funding { return &p.Funding }, []Field[Funding]{
			Text(1, "source", "Source", func(f *Funding) *string { return &f.Source }).Eg("Federal grant"),
			Money(2, "amount", "Amount", func(f *Funding) *Opt[Cents] { return &f.Amount }).Eg("748,000"),
		}).Tucked(),
		Long(10, "outcomes", "Outcomes", func(p *Program) *string { return &p.Outcomes }).Tucked(),
		Long(11, "note", "Note", func(p *Program) *string { return &p.Note }).Tucked(),
	}
	next := Part(20, "next_", "What comes next", func(p *Program) *NextStep { return &p.Next }, []Field[NextStep]{
		Text(1, "step", "Next step", func(n *NextStep) *string { return &n.What }).Wide(28).Eg("Agree on dates with the trainer"),
		Ref(2, "owner", "Owner", func(n *NextStep) *ID[Person] { return &n.Owner }).Tucked(),
		OnDay(3, "due", "Due", func(n *NextStep) *Opt[Day] { return &n.Due }).Wide(12).Eg("Mar 4, 2027"),
	})
	return append(fields, next...)
}
