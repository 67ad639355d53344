package assess

import (
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// Beginning is whose assessment begins, and with what.
type Beginning struct {
	Of
	By    string // who prepares it; whoever begins it when empty
	Carry bool   // with last year's answers, each to be confirmed
}

func beginFields() []field.Field[Beginning] {
	return append(ofFields(func(b *Beginning) *Of { return &b.Of }),
		field.Text(1, "prepared_by", "Prepared by", func(b *Beginning) *string { return &b.By }))
}

func fillBeginning(v field.Viewpoint, _ *field.Alone, b *Beginning) {
	b.Of, b.By = usual(v), v.By.Name
}

func beginAct() *field.Act {
	return field.ActOn[field.Alone, Beginning]{Name: "assess.begin", Title: "Begin a self-assessment",
		Makes: "assessments",
		Help: "Begins a city's self-assessment of a cycle, with an empty sheet or with last year's answers " +
			"to confirm.",
		Words: []string{"start the review", "new self-assessment"}, May: ofSomeCity, Fill: fillBeginning,
		Args: append(beginFields(), field.Bool(2, "carry", "With last year's answers",
			func(b *Beginning) *bool { return &b.Carry }).
			Help("Each is to be confirmed; none counts until it is.")),
		History: func(v field.Viewpoint, _ *field.Alone, b *Beginning) string {
			return "begin " + cityName(v, b.Partner) + "'s self-assessment"
		},
		Do: func(w field.Writer, _ *field.Alone, b *Beginning, _ any) (field.Result, error) {
			if b.Carry {
				return carry(w, b)
			}
			id, err := begin(w, b.Of, b.By)
			return field.Result{Text: "Begun.", Kind: "assessments", ID: uint64(id)}, err
		}}.Act()
}

func carryAct() *field.Act {
	return field.ActOn[field.Alone, Beginning]{Name: "assess.carry", Title: "Carry last year's answers forward",
		Makes: "answers",
		Help: "Brings a city's latest earlier answers into a cycle, each to be confirmed or changed. Answers that " +
			"are there stay.",
		Args: beginFields(), May: ofSomeCity, Fill: fillBeginning,
		Do: func(w field.Writer, _ *field.Alone, b *Beginning, _ any) (field.Result, error) {
			return carry(w, b)
		}}.Act()
}

// begin makes a city's assessment of a cycle, or finds the one there is.
func begin(w field.Writer, of Of, by string) (cyber.AssessmentID, error) {
	if s := cyber.AssessmentOf(w, of.Cycle, of.Partner); s != nil {
		return s.ID, nil
	}
	if p := field.Get(w, of.Partner); p == nil || !p.Governs() {
		return 0, failure.New(failure.Invalid, "an assessment is a city's; name a city")
	}
	return field.Put(w, &cyber.Assessment{Cycle: of.Cycle, Partner: of.Partner,
		State: cyber.AssessmentDraft, PreparedBy: by})
}

// carry begins an assessment and brings the city's latest earlier answers into
// it. What was carried is told in [cyber.Carried].
func carry(w field.Writer, b *Beginning) (field.Result, error) {
	id, err := begin(w, b.Of, b.By)
	if err != nil {
		return field.Result{}, err
	}
	c, err := cyber.Carry(w, b.Cycle, b.Partner)
	if err != nil {
		return field.Result{}, err
	}
	for _, a := range c.Answers {
		if _, err := field.Put(w, a); err != nil {
			return field.Result{}, err
		}
	}
	return field.Result{Text: c.String(), Kind: "assessments", ID: uint64(id), Detail: c}, nil
}

func inviteAct() *field.Act {
	return field.ActOn[cyber.Cycle, field.NoArgs]{Name: "cycle.invite", Title: "All member cities take part",
		Effect: field.Final,
		Help: "Lists every member city as taking part in a cycle, unless the cycle says something about it already. " +
			"Results are shared when all of them have released.",
		History: func(field.Viewpoint, *cyber.Cycle, *field.NoArgs) string { return "who takes part" },
		Do: func(w field.Writer, y *cyber.Cycle, _ *field.NoArgs, _ any) (field.Result, error) {
			next := *y
			next.Cities = slices.Clone(y.Cities)
			for p := range field.All[partnership.Partner](w) {
				if p.Governs() && p.Active() && next.City(p.ID) == nil {
					next.Cities = append(next.Cities, cyber.CycleCity{Partner: p.ID, Part: cyber.TakesPart})
				}
			}
			_, err := field.Put(w, &next)
			cities := text.Counted(len(next.TakingPart()), "city", "cities")
			return field.Done("All member cities take part: " + cities + "."), err
		}}.Act()
}
