package model

import (
	"slices"
	"strings"
	"testing"
)

// assessed gives a reader with a cycle and one city's answers to every item but
// those that are left out.
func assessed(version FrameworkVersion, without ...string) *records {
	r := with(&Partner{ID: 5, Name: "Raytown", Kind: City, Status: Member}, &Partner{ID: 6, Name: "MARC", Kind: Facilitator, Status: Member},
		&Cycle{ID: 1, Year: 2026, Framework: version, Cities: []CycleCity{{Partner: 5, Part: TakesPart}}})
	for i, item := range ItemsOf(version) {
		if !slices.Contains(without, item) {
			r.put(&Answer{ID: AnswerID(i + 1), Cycle: 1, Partner: 5, Item: item, Level: InProcess, Confirmed: on(0)})
		}
	}
	return r
}

func TestItemsOfEachEdition(t *testing.T) {
	for v, want := range map[FrameworkVersion]int{CSF20: 106, CSF11: 108, "3.0": 0} {
		if got := len(ItemsOf(v)); got != want {
			t.Errorf("CSF %s has %d items, want %d", v, got, want)
		}
	}
	if !IsItem(CSF20, "PR.AA-01") || IsItem(CSF11, "PR.AA-01") || IsItem(CSF20, "PR.AA-1") || IsItem(CSF20, "") {
		t.Error("PR.AA-01 is of 2.0 alone and written with two digits")
	}
	if got := Lifting(CSF20, " de.cm"); len(got) != 5 || got[0] != "DE.CM-01" {
		t.Errorf("DE.CM lifts %v", got)
	}
	if len(Lifting(CSF20, "GV")) != 31 || len(Lifting(CSF20, "PR.AA-01")) != 1 || Lifting(CSF20, "P") != nil || Lifting(CSF20, "") != nil {
		t.Error("a part is a function, a category or an item")
	}
}

func TestStatesOfAnAssessment(t *testing.T) {
	r := assessed(CSF20)
	states := []AssessmentState{AssessmentDraft, AssessmentInReview, AssessmentReturned, AssessmentApproved, AssessmentLocked, AssessmentReopened}
	allowed := map[AssessmentState]string{AssessmentDraft: "in review", AssessmentInReview: "returned approved", AssessmentReturned: "in review",
		AssessmentApproved: "returned locked", AssessmentLocked: "reopened", AssessmentReopened: "in review"}
	full := func(s AssessmentState) *Assessment {
		return &Assessment{ID: 1, Cycle: 1, Partner: 5, State: s, Returned: "why", Reopened: "why", ApprovedBy: "Sam", Approved: on(0), Locked: on(0)}
	}
	for _, from := range states {
		for _, to := range states {
			got := found(r, full(from), full(to))
			want := from == to || strings.Contains(allowed[from], string(to))
			if (len(got) == 0) != want {
				t.Errorf("%s to %s: %q", from, to, got)
			}
		}
	}
}

func TestAnApprovalNamesWhatIsMissing(t *testing.T) {
	r := assessed(CSF20, "GV.OC-01")
	put := func(item string, change func(*Answer)) {
		for a := range All[Answer](r) {
			if a.Item == item {
				change(a)
			}
		}
	}
	put("GV.OC-02", func(a *Answer) { a.Carried, a.Confirmed = 9, Opt[Day]{} })
	put("GV.OC-03", func(a *Answer) { a.Level = NotApplicable })
	put("GV.OC-04", func(a *Answer) { a.Level = RiskAccepted })
	put("GV.OC-05", func(a *Answer) { a.Level = UnknownToAnyone })
	approved := &Assessment{Cycle: 1, Partner: 5, State: AssessmentApproved, ApprovedBy: "Sam", Approved: on(0)}
	want := "state: it cannot be approved yet: 1 not answered (GV.OC-01); 1 inherited and not confirmed (GV.OC-02); " +
		"1 not applicable without a reason (GV.OC-03); 1 risk accepted without an approver (GV.OC-04); " +
		"1 risk accepted without a reason (GV.OC-04); 1 risk accepted without an expiry (GV.OC-04)"
	if got := found(r, nil, approved); !slices.Equal(got, []string{want}) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	r.put(&Answer{ID: 500, Cycle: 1, Partner: 5, Item: "GV.OC-01", Level: Optimized})
	put("GV.OC-02", func(a *Answer) { a.Confirmed = on(0) })
	put("GV.OC-03", func(a *Answer) { a.Reason = "no such system" })
	put("GV.OC-04", func(a *Answer) { a.Reason, a.Acceptance = "no money", Acceptance{"Manager", on(90)} })
	if got := found(r, nil, approved); got != nil {
		t.Errorf("complete: %q", got)
	}
	if got := found(r, nil, &Assessment{Cycle: 1, Partner: 5, State: AssessmentApproved}); len(got) != 1 || !strings.Contains(got[0], "say who approves it") {
		t.Errorf("unsigned: %q", got)
	}
}

func TestSettledAnswersStay(t *testing.T) {
	for state, fixed := range map[AssessmentState]bool{AssessmentDraft: false, AssessmentInReview: false, AssessmentReturned: false,
		AssessmentReopened: false, AssessmentApproved: true, AssessmentLocked: true} {
		r := assessed(CSF20)
		r.put(&Assessment{ID: 1, Cycle: 1, Partner: 5, State: state})
		before := Get(r, AnswerID(1))
		changes := map[string]func(*Answer){
			"level": func(a *Answer) { a.Level = Optimized }, "reason": func(a *Answer) { a.Reason = "x" }, "note": func(a *Answer) { a.Note = "x" },
			"evidence": func(a *Answer) { a.Evidence = []Evidence{{What: "x"}} }, "approver": func(a *Answer) { a.Acceptance.Approver = "x" },
			"target": func(a *Answer) { a.Target = Some[int64](6) }, "tested": func(a *Answer) { a.Tested = on(0) },
			"confidence": func(a *Answer) { a.Confidence = Claimed }, "confirmed": func(a *Answer) { a.Confirmed = on(3) },
			"partner": func(a *Answer) { a.Partner = 6 }, "was": func(a *Answer) { a.Was = Tested }}
		for name, change := range changes {
			after := *before
			change(&after)
			if got := found(r, before, &after); (len(got) > 0) != fixed {
				t.Errorf("%s, %s changed: %q", state, name, got)
			}
		}
		after := *before
		after.Flag, after.Remedy = true, Remedy{Step: "buy it", State: RemedyOpen}
		if got := found(r, before, &after); got != nil {
			t.Errorf("%s: a remedy is refused: %q", state, got)
		}
		if got := answerKind().CheckRemoval(r, someDay, before); (len(got) > 0) != fixed {
			t.Errorf("%s: deleting an answer: %v", state, got)
		}
	}
}

// TestEveryFieldOfAnAnswerIsJudged: a field added to the record is either part
// of what is assessed or named here.
func TestEveryFieldOfAnAnswerIsJudged(t *testing.T) {
	free := []string{"flag", "remedy_step", "remedy_owner", "remedy_due", "remedy_state", "remedy_cost"}
	full := map[string]string{"cycle": "2026", "partner": "Raytown", "carried": "2026", "level": "3", "was": "3", "confidence": "tested",
		"confirmed": "2026-01-02", "tested": "2026-01-02", "accepted_until": "2026-01-02", "target": "6", "remedy_due": "2026-01-02", "remedy_state": "open",
		"remedy_cost": "5", "flag": "yes", "evidence": "report"}
	env := NewEnv(assessed(CSF20), someDay)
	for _, c := range answerKind().Columns {
		text := full[c.Name]
		if text == "" {
			text = "words"
		}
		a := &Answer{}
		if err := c.Parse(a, text, env); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if same := sameAssessed(a, &Answer{}); same != slices.Contains(free, c.Name) {
			t.Errorf("a change of %s is taken for the same: %v", c.Name, same)
		}
	}
}

func TestRulesOfAnswers(t *testing.T) {
	r := assessed(CSF11)
	checkAll(t, r, map[string]ruleCase{
		"of the other edition": {&Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01"}, []string{"item: PR.AA-01 is not a subcategory of CSF 1.1, which the 2026 cycle asks about"}},
		"target 8":             {&Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1", Target: Some[int64](8)}, []string{"target: a target is a level from 1 to 7"}},
		"evidence backwards":   {&Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1", Evidence: []Evidence{{What: "x", Dated: on(0), Expires: on(-1)}}}, []string{"evidence: evidence expires before its date"}},
		"accepted by whom":     {&Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1", Level: RiskAccepted, Reason: "x"}, []string{"approver? say who accepted the risk, why and until when"}},
		"solution lifts what":  {&Solution{Name: "S", Lifts: []SolutionLift{{Part: "XX.YY", To: Some[int64](5)}}}, []string{"lifts: XX.YY is not an item, a category or a function of the framework"}},
		"solution lifts to 8":  {&Solution{Name: "S", Lifts: []SolutionLift{{Part: "PR", To: Some[int64](8)}}}, []string{"lifts: PR is lifted to a level from 1 to 7, or by 1 to 6 levels"}},
		"solution needs self":  {&Solution{Name: "S", Requires: []string{"s"}}, []string{"requires: a solution neither needs nor excludes itself"}},
		"solution needs what":  {&Solution{Name: "S", Conflicts: []string{"T"}}, []string{"conflicts? no solution on file is called T"}},
		"benchmark of 8":       {&Benchmark{Cycle: 1, Partner: 5, Group: "all", Score: Some(Tenths(80))}, []string{"score: a score is between 1 and 7"}},
		"facilitator assesses": {&Cycle{Year: 2026, Framework: CSF20, Cities: []CycleCity{{Partner: 6, Part: TakesPart}}}, []string{"cities: MARC has no systems of its own to assess; list cities"}},
		"consent by nobody":    {&Consent{Cycle: 1, Partner: 5, Level: SharesList}, []string{"given_by: say who gives the consent, and when"}},
		"scores to nobody":     {&Consent{Cycle: 1, Partner: 5, Level: SharesScores, GivenBy: "S", Given: on(0)}, []string{"with: name the partners who may see scores"}},
		"consent for XX":       {&Consent{Cycle: 1, Partner: 5, Level: SharesNothing, Functions: []FunctionConsent{{"GV", SharesList}}}, []string{"functions: each line names a function of CSF 1.1 and a level from 0 to 3", "given_by: say who gives the consent, and when"}[:1]},
	})
}

func TestPublishedCyclesStay(t *testing.T) {
	before := &Cycle{ID: 1, Year: 2026, Framework: CSF20, Published: on(0), Cities: []CycleCity{{Partner: 5, Part: TakesPart}}}
	for name, change := range map[string]func(*Cycle){
		"minimum": func(y *Cycle) { y.Minimum = Some[int64](4) }, "framework": func(y *Cycle) { y.Framework = CSF11 },
		"membership": func(y *Cycle) { y.Cities = nil }, "date": func(y *Cycle) { y.Published = Opt[Day]{} },
	} {
		after := *before
		change(&after)
		if got := found(assessed(CSF20), before, &after); len(got) == 0 {
			t.Errorf("%s of a published cycle changes", name)
		}
	}
	after := *before
	after.Note = "thanks to all"
	if got := found(assessed(CSF20), before, &after); got != nil {
		t.Errorf("a note is refused: %q", got)
	}
}

func TestReleasesAreNotEdited(t *testing.T) {
	r := assessed(CSF20)
	v := &Release{Cycle: 1, Partner: 5, Framework: CSF20, Minimum: 5, Functions: []FunctionConsent{{"PR", SharesList}}, Below: []string{"PR.AA-01"},
		Made: on(0), MadeBy: "Sam", Sent: true}
	v.Seal = SealText(v.Body(r))
	if got := found(r, nil, v); got != nil {
		t.Fatalf("a good release is refused: %q", got)
	}
	for name, change := range map[string]func(*Release){
		"edited by hand":       func(v *Release) { v.Below = append(slices.Clone(v.Below), "PR.AA-02") },
		"beyond its consent":   func(v *Release) { v.Below = []string{"GV.PO-01"}; v.Seal = SealText(v.Body(r)) },
		"a band too many":      func(v *Release) { v.Bands = []FunctionBand{{"PR", BandLow}}; v.Seal = SealText(v.Body(r)) },
		"a score too many":     func(v *Release) { v.Scores = []ItemScore{{"PR.AA-01", 4}}; v.Seal = SealText(v.Body(r)) },
		"of another minimum":   func(v *Release) { v.Minimum = 4; v.Seal = SealText(v.Body(r)) },
		"of another edition":   func(v *Release) { v.Framework = CSF11; v.Seal = SealText(v.Body(r)) },
		"of an unlisted city":  func(v *Release) { v.Partner = 6; v.Seal = SealText(v.Body(r)) },
		"here without locking": func(v *Release) { v.Sent = false },
	} {
		bad := *v
		change(&bad)
		if got := found(r, nil, &bad); len(got) == 0 {
			t.Errorf("%s: taken", name)
		}
		if bad.Seal != v.Seal || bad.Body(r) != v.Body(r) {
			if got := found(r, v, &bad); len(got) == 0 {
				t.Errorf("%s: taken as an edit", name)
			}
		}
	}
}
