package model

// OpportunityID identifies an opportunity.
type OpportunityID = ID[Opportunity]

// Verdict is what the partners made of an opportunity.
type Verdict string

// Opportunity compares what each city has, spends and wants for one kind of
// work, so that the partners can say whether to lend, to borrow or to buy
// together. It is of use before there is any loan.
type Opportunity struct {
	ID      ID[Opportunity]
	Title   string
	Work    string // the kind of work or of machine
	Cities  []CityNeed
	Options string
	Verdict Verdict
	Reason  string
	Next    NextStep
	Needs   []ID[Need]
}

// CityNeed is one city's side of an opportunity.
type CityNeed struct {
	Partner ID[Partner]
	Has     string
	Spends  Opt[Cents] // a year
	Wants   string
}

// KindName is "opportunities".
func (Opportunity) KindName() string { return "opportunities" }

// Spent adds up what the cities spend a year; known counts the cities that
// have said.
func (v *Opportunity) Spent() (total Cents, known int) {
	for _, c := range v.Cities {
		if c.Spends.Set {
			total, known = total+c.Spends.V, known+1
		}
	}
	return total, known
}

func opportunityKind() *Kind {
	fields := []Field[Opportunity]{
		Text(1, "title", "Opportunity", func(v *Opportunity) *string { return &v.Title }).Need().Wide(30).Eg("Street sweeping"),
		Text(2, "work", "Kind of work", func(v *Opportunity) *string { return &v.Work }).Wide(16).Eg("sweeper"),
		Rows(3, "cities", "What each city says", func(v *Opportunity) *[]CityNeed { return &v.Cities }, []Field[CityNeed]{
			Ref(1, "partner", "City", func(n *CityNeed) *ID[Partner] { return &n.Partner }),
			Text(2, "has", "Has", func(n *CityNeed) *string { return &n.Has }),
			Money(3, "spends", "Spends a year", func(n *CityNeed) *Opt[Cents] { return &n.Spends }),
			Text(4, "wants", "Wants", func(n *CityNeed) *string { return &n.Wants }),
		}).Tucked(),
		Long(4, "options", "Options", func(v *Opportunity) *string { return &v.Options }).Tucked(),
		Word(5, "verdict", "Verdict", func(v *Opportunity) *Verdict { return &v.Verdict }, Choice{"open", "Open"}, Choice{"lend", "Lend and borrow"},
			Choice{"buy", "Buy together"}, Choice{"contract", "Contract together"}, Choice{"drop", "Not worth it"}).Wide(14).Eg("Open"),
		Text(6, "reason", "Why", func(v *Opportunity) *string { return &v.Reason }).Wide(24),
		Refs(7, "needs", "Needs", func(v *Opportunity) *[]ID[Need] { return &v.Needs }).Tucked(),
	}
	next := Part(20, "next_", "What comes next", func(v *Opportunity) *NextStep { return &v.Next }, []Field[NextStep]{
		Text(1, "step", "Next step", func(n *NextStep) *string { return &n.What }).Wide(24),
		Ref(2, "owner", "Who", func(n *NextStep) *ID[Person] { return &n.Owner }).Tucked(),
		OnDay(3, "due", "Due", func(n *NextStep) *Opt[Day] { return &n.Due }).Wide(12),
	})
	return Def[Opportunity]{
		Tag: 30, One: "opportunity", Title: "Opportunities", Realm: RealmShared,
		Purpose: "What each city has, spends and wants for a kind of work, and what came of comparing.",
		ID:      func(v *Opportunity) *ID[Opportunity] { return &v.ID },
		Label:   func(v *Opportunity) string { return v.Title },
		Unique:  [][]string{{"title"}},
		Parties: func(_ Reader, v *Opportunity) []Party {
			var out []Party
			for _, c := range v.Cities {
				out = append(out, Party(c.Partner))
			}
			return out
		},
		Check: func(c *Checking, _, v *Opportunity) {
			for _, n := range v.Cities {
				if n.Partner == 0 {
					c.Add("cities", "each line names its city")
				}
				if n.Spends.Or(0) < 0 {
					c.Add("cities", "what a city spends is not negative")
				}
			}
			if v.Verdict != "" && v.Verdict != "open" && v.Reason == "" {
				c.Warn("reason", "say why, for those who ask next year")
			}
		},
		Fields: append(fields, next...),
	}.Kind()
}
