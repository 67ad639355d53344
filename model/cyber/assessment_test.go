package cyber_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// assessed gives a reader with a cycle and one city's answers to every item but
// those that are left out.
func assessed(version framework.Version, without ...string) *fieldtest.Memory {
	r := with(&partnership.Partner{ID: 5, Name: "Raytown", Kind: partnership.City, Status: partnership.Member},
		&partnership.Partner{ID: 6, Name: "MARC", Kind: partnership.Facilitator, Status: partnership.Member},
		&cyber.Cycle{ID: 1, Year: 2026, Framework: version,
			Cities: []cyber.CycleCity{{Partner: 5, Part: cyber.TakesPart}}})
	for i, item := range framework.ItemsOf(version) {
		if !slices.Contains(without, item) {
			r.Add(&cyber.Answer{ID: cyber.AnswerID(i + 1), Cycle: 1, Partner: 5, Item: item, Level: cyber.InProcess,
				Confirmed: fieldtest.On(0)})
		}
	}
	return r
}

func TestItemsOfEachEdition(t *testing.T) {
	for v, want := range map[framework.Version]int{framework.CSF20: 106, framework.CSF11: 108, "3.0": 0} {
		if got := len(framework.ItemsOf(v)); got != want {
			t.Errorf("CSF %s has %d items, want %d", v, got, want)
		}
	}
	if !framework.IsItem(framework.CSF20, "PR.AA-01") || framework.IsItem(framework.CSF11, "PR.AA-01") ||
		framework.IsItem(framework.CSF20, "PR.AA-1") || framework.IsItem(framework.CSF20, "") {
		t.Error("PR.AA-01 is of 2.0 alone and written with two digits")
	}
	if got := cyber.Lifting(framework.CSF20, " de.cm"); len(got) != 5 || got[0] != "DE.CM-01" {
		t.Errorf("DE.CM lifts %v", got)
	}
	if len(cyber.Lifting(framework.CSF20, "GV")) != 31 || len(cyber.Lifting(framework.CSF20, "PR.AA-01")) != 1 ||
		cyber.Lifting(framework.CSF20, "P") != nil || cyber.Lifting(framework.CSF20, "") != nil {
		t.Error("a part is a function, a category or an item")
	}
}

func TestStatesOfAnAssessment(t *testing.T) {
	r := assessed(framework.CSF20)
	states := []cyber.AssessmentState{cyber.AssessmentDraft, cyber.AssessmentInReview, cyber.AssessmentReturned,
		cyber.AssessmentApproved, cyber.AssessmentLocked, cyber.AssessmentReopened}
	allowed := map[cyber.AssessmentState]string{cyber.AssessmentDraft: "in review",
		cyber.AssessmentInReview: "returned approved", cyber.AssessmentReturned: "in review",
		cyber.AssessmentApproved: "returned locked", cyber.AssessmentLocked: "reopened",
		cyber.AssessmentReopened: "in review"}
	full := func(s cyber.AssessmentState) *cyber.Assessment {
		return &cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: s, Returned: "why", Reopened: "why",
			ApprovedBy: "Sam", Approved: fieldtest.On(0), Locked: fieldtest.On(0)}
	}
	for _, from := range states {
		for _, to := range states {
			got := fieldtest.Found(r, full(from), full(to))
			want := from == to || strings.Contains(allowed[from], string(to))
			if (len(got) == 0) != want {
				t.Errorf("%s to %s: %q", from, to, got)
			}
		}
	}
}

func TestAnApprovalNamesWhatIsMissing(t *testing.T) {
	r := assessed(framework.CSF20, "GV.OC-01")
	put := func(item string, change func(*cyber.Answer)) {
		for a := range field.All[cyber.Answer](r) {
			if a.Item == item {
				change(a)
			}
		}
	}
	put("GV.OC-02", func(a *cyber.Answer) { a.Carried, a.Confirmed = 9, value.Opt[value.Day]{} })
	put("GV.OC-03", func(a *cyber.Answer) { a.Level = cyber.NotApplicable })
	put("GV.OC-04", func(a *cyber.Answer) { a.Level = cyber.RiskAccepted })
	put("GV.OC-05", func(a *cyber.Answer) { a.Level = cyber.UnknownToAnyone })
	approved := &cyber.Assessment{Cycle: 1, Partner: 5, State: cyber.AssessmentApproved, ApprovedBy: "Sam",
		Approved: fieldtest.On(0)}
	want := "state: it cannot be approved yet: 1 not answered (GV.OC-01); 1 inherited and not confirmed (GV.OC-02); " +
		"1 not applicable without a reason (GV.OC-03); 1 risk accepted without an approver (GV.OC-04); " +
		"1 risk accepted without a reason (GV.OC-04); 1 risk accepted without an expiry (GV.OC-04)"
	if got := fieldtest.Found(r, nil, approved); !slices.Equal(got, []string{want}) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	r.Add(&cyber.Answer{ID: 500, Cycle: 1, Partner: 5, Item: "GV.OC-01", Level: cyber.Optimized})
	put("GV.OC-02", func(a *cyber.Answer) { a.Confirmed = fieldtest.On(0) })
	put("GV.OC-03", func(a *cyber.Answer) { a.Reason = "no such system" })
	put("GV.OC-04", func(a *cyber.Answer) {
		a.Reason, a.Acceptance = "no money", cyber.Acceptance{Approver: "Manager", Expires: fieldtest.On(90)}
	})
	if got := fieldtest.Found(r, nil, approved); got != nil {
		t.Errorf("complete: %q", got)
	}
	if got := fieldtest.Found(r, nil, &cyber.Assessment{Cycle: 1, Partner: 5, State: cyber.AssessmentApproved}); len(
		got) != 1 || !strings.Contains(got[0], "say who approves it") {
		t.Errorf("unsigned: %q", got)
	}
}

func TestSettledAnswersStay(t *testing.T) {
	for state, fixed := range map[cyber.AssessmentState]bool{cyber.AssessmentDraft: false,
		cyber.AssessmentInReview: false, cyber.AssessmentReturned: false,
		cyber.AssessmentReopened: false, cyber.AssessmentApproved: true, cyber.AssessmentLocked: true} {
		r := assessed(framework.CSF20)
		r.Add(&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: state})
		before := field.Get(r, cyber.AnswerID(1))
		changes := map[string]func(*cyber.Answer){
			"level":  func(a *cyber.Answer) { a.Level = cyber.Optimized },
			"reason": func(a *cyber.Answer) { a.Reason = "x" }, "note": func(a *cyber.Answer) { a.Note = "x" },
			"evidence":   func(a *cyber.Answer) { a.Evidence = []cyber.Evidence{{What: "x"}} },
			"approver":   func(a *cyber.Answer) { a.Acceptance.Approver = "x" },
			"target":     func(a *cyber.Answer) { a.Target = value.Some[int64](6) },
			"tested":     func(a *cyber.Answer) { a.Tested = fieldtest.On(0) },
			"confidence": func(a *cyber.Answer) { a.Confidence = cyber.Claimed },
			"confirmed":  func(a *cyber.Answer) { a.Confirmed = fieldtest.On(3) },
			"partner":    func(a *cyber.Answer) { a.Partner = 6 },
			"was":        func(a *cyber.Answer) { a.Was = cyber.Tested }}
		for name, change := range changes {
			after := *before
			change(&after)
			if got := fieldtest.Found(r, before, &after); (len(got) > 0) != fixed {
				t.Errorf("%s, %s changed: %q", state, name, got)
			}
		}
		after := *before
		after.Flag, after.Remedy = true, cyber.Remedy{Step: "buy it", State: cyber.RemedyOpen}
		if got := fieldtest.Found(r, before, &after); got != nil {
			t.Errorf("%s: a remedy is refused: %q", state, got)
		}
		if got := cyber.DescribeAnswer().CheckRemoval(r, fieldtest.Saturday, before); (len(got) > 0) != fixed {
			t.Errorf("%s: deleting an answer: %v", state, got)
		}
	}
}

// TestEveryFieldOfAnAnswerIsJudged: a field added to the record is either part
// of what is assessed or named here.
func TestEveryFieldOfAnAnswerIsJudged(t *testing.T) {
	free := []string{"flag", "remedy_step", "remedy_owner", "remedy_due", "remedy_state", "remedy_cost", "milestones"}
	full := map[string]string{"cycle": "2026", "partner": "Raytown", "carried": "2026", "level": "3", "was": "3",
		"confidence": "tested",
		"confirmed":  "2026-01-02", "tested": "2026-01-02", "accepted_until": "2026-01-02", "target": "6",
		"remedy_due": "2026-01-02", "remedy_state": "open",
		"remedy_cost": "5", "flag": "yes", "evidence": "report"}
	env := field.NewEnv(assessed(framework.CSF20), fieldtest.Saturday)
	for _, c := range cyber.DescribeAnswer().Columns {
		text := full[c.Name]
		if text == "" {
			text = "words"
		}
		a := &cyber.Answer{}
		if err := c.Parse(a, text, env); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if same := cyber.SameAssessed(a, &cyber.Answer{}); same != slices.Contains(free, c.Name) {
			t.Errorf("a change of %s is taken for the same: %v", c.Name, same)
		}
	}
}

func TestRulesOfAnswers(t *testing.T) {
	r := assessed(framework.CSF11)
	fieldtest.CheckAll(t, r, map[string]fieldtest.Rule{
		"of the other edition": {Rec: &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01"},
			Want: []string{"item: PR.AA-01 is not a subcategory of CSF 1.1, which the 2026 cycle asks about"}},
		"target 8": {Rec: &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1",
			Target: value.Some[int64](8)}, Want: []string{"target: a target is a level from 1 to 7"}},
		"evidence backwards": {Rec: &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1",
			Evidence: []cyber.Evidence{{What: "x", Dated: fieldtest.On(0), Expires: fieldtest.On(-1)}}},
			Want: []string{"evidence: evidence expires before its date"}},
		"accepted by whom": {Rec: &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AC-1", Level: cyber.RiskAccepted,
			Reason: "x"}, Want: []string{"approver? say who accepted the risk, why and until when"}},
		"solution lifts what": {Rec: &cyber.Solution{Name: "S",
			Lifts: []cyber.SolutionLift{{Part: "XX.YY", To: value.Some[int64](5)}}}, Want: []string{"lifts: XX.YY is " +
			"not an item, a category or a function of the framework"}},
		"solution lifts to 8": {Rec: &cyber.Solution{Name: "S",
			Lifts: []cyber.SolutionLift{{Part: "PR", To: value.Some[int64](8)}}},
			Want: []string{"lifts: PR is lifted to a level from 1 to 7, or by 1 to 6 levels"}},
		"solution needs self": {Rec: &cyber.Solution{Name: "S", Requires: []string{"s"}},
			Want: []string{"requires: a solution neither needs nor excludes itself"}},
		"solution needs what": {Rec: &cyber.Solution{Name: "S", Conflicts: []string{"T"}},
			Want: []string{"conflicts? no solution on file is called T"}},
		"benchmark of 8": {Rec: &cyber.Benchmark{Cycle: 1, Partner: 5, Group: "all",
			Score: value.Some(value.Tenths(80))}, Want: []string{"score: a score is between 1 and 7"}},
		"facilitator assesses": {Rec: &cyber.Cycle{Year: 2026, Framework: framework.CSF20,
			Cities: []cyber.CycleCity{{Partner: 6, Part: cyber.TakesPart}}}, Want: []string{"cities: MARC has no " +
			"systems of its own to assess; list cities"}},
		"consent by nobody": {Rec: &cyber.Consent{Cycle: 1, Partner: 5, Level: cyber.SharesList},
			Want: []string{"given_by: say who gives the consent, and when"}},
		"scores to nobody": {Rec: &cyber.Consent{Cycle: 1, Partner: 5, Level: cyber.SharesScores, GivenBy: "S",
			Given: fieldtest.On(0)}, Want: []string{"with: name the partners who may see scores"}},
		"consent for XX": {Rec: &cyber.Consent{Cycle: 1, Partner: 5, Level: cyber.SharesNothing,
			Functions: []cyber.FunctionConsent{{Function: "GV", Level: cyber.SharesList}}},
			Want: []string{"functions: each line names a function of CSF 1.1 and a level from 0 to 3",
				"given_by: say who gives the consent, and when"}[:1]},
	})
}

func TestPublishedCyclesStay(t *testing.T) {
	before := &cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20, Published: fieldtest.On(0),
		Cities: []cyber.CycleCity{{Partner: 5, Part: cyber.TakesPart}}}
	for name, change := range map[string]func(*cyber.Cycle){
		"minimum":    func(y *cyber.Cycle) { y.Minimum = value.Some[int64](4) },
		"framework":  func(y *cyber.Cycle) { y.Framework = framework.CSF11 },
		"membership": func(y *cyber.Cycle) { y.Cities = nil },
		"date":       func(y *cyber.Cycle) { y.Published = value.Opt[value.Day]{} },
	} {
		after := *before
		change(&after)
		if got := fieldtest.Found(assessed(framework.CSF20), before, &after); len(got) == 0 {
			t.Errorf("%s of a published cycle changes", name)
		}
	}
	after := *before
	after.Note = "thanks to all"
	if got := fieldtest.Found(assessed(framework.CSF20), before, &after); got != nil {
		t.Errorf("a note is refused: %q", got)
	}
}

func TestReleasesAreNotEdited(t *testing.T) {
	r := assessed(framework.CSF20)
	v := &cyber.Release{Cycle: 1, Partner: 5, Framework: framework.CSF20, Minimum: 5,
		Functions: []cyber.FunctionConsent{{Function: "PR", Level: cyber.SharesList}}, Below: []string{"PR.AA-01"},
		Made: fieldtest.On(0), MadeBy: "Sam", Sent: true}
	v.Seal = cyber.SealText(v.Body(r))
	if got := fieldtest.Found(r, nil, v); got != nil {
		t.Fatalf("a good release is refused: %q", got)
	}
	for name, change := range map[string]func(*cyber.Release){
		"edited by hand": func(v *cyber.Release) { v.Below = append(slices.Clone(v.Below), "PR.AA-02") },
		"beyond its consent": func(v *cyber.Release) {
			v.Below = []string{"GV.PO-01"}
			v.Seal = cyber.SealText(v.Body(r))
		},
		"a band too many": func(v *cyber.Release) {
			v.Bands = []cyber.FunctionBand{{Function: "PR", Band: cyber.BandLow}}
			v.Seal = cyber.SealText(v.Body(r))
		},
		"a score too many": func(v *cyber.Release) {
			v.Scores = []cyber.ItemScore{{Item: "PR.AA-01", Score: 4}}
			v.Seal = cyber.SealText(v.Body(r))
		},
		"of another minimum": func(v *cyber.Release) { v.Minimum = 4; v.Seal = cyber.SealText(v.Body(r)) },
		"of another edition": func(v *cyber.Release) {
			v.Framework = framework.CSF11
			v.Seal = cyber.SealText(v.Body(r))
		},
		"of an unlisted city":  func(v *cyber.Release) { v.Partner = 6; v.Seal = cyber.SealText(v.Body(r)) },
		"here without locking": func(v *cyber.Release) { v.Sent = false },
	} {
		bad := *v
		change(&bad)
		if got := fieldtest.Found(r, nil, &bad); len(got) == 0 {
			t.Errorf("%s: taken", name)
		}
		if bad.Seal != v.Seal || bad.Body(r) != v.Body(r) {
			if got := fieldtest.Found(r, v, &bad); len(got) == 0 {
				t.Errorf("%s: taken as an edit", name)
			}
		}
	}
}
