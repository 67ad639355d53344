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

// removal gives what the rules say of taking a record off the file.
func removal(k *field.Kind, r field.Reader, rec any) string {
	var out []string
	for _, p := range k.CheckRemoval(r, fieldtest.Saturday, rec) {
		out = append(out, p.Message)
	}
	return strings.Join(out, "; ")
}

// Each step of an assessment says what it needs to say, and a sign-off stays as it was
// given.
func TestWhatAnAssessmentSays(t *testing.T) {
	is := func(state cyber.AssessmentState, set func(*cyber.Assessment)) *cyber.Assessment {
		s := &cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: state, Returned: "why", Reopened: "why",
			ApprovedBy: "Sam", Approved: fieldtest.On(0), Office: "Manager", Locked: fieldtest.On(0)}
		set(s)
		return s
	}
	same := func(*cyber.Assessment) {}
	r := assessed(framework.CSF20)
	for _, c := range []struct {
		name string
		was  cyber.AssessmentState // "" for a new one
		is   cyber.AssessmentState
		set  func(*cyber.Assessment)
		want string
	}{
		{"returned for no reason", "", cyber.AssessmentReturned, func(s *cyber.Assessment) { s.Returned = "" },
			"returned:"},
		{"reopened for no reason", "", cyber.AssessmentReopened, func(s *cyber.Assessment) { s.Reopened = "" },
			"reopened:"},
		{"a draft needs neither", "", cyber.AssessmentDraft, func(s *cyber.Assessment) {
			*s = cyber.Assessment{ID: 1,
				Cycle: 1, Partner: 5, State: cyber.AssessmentDraft}
		}, ""},
		{"approved by nobody", "", cyber.AssessmentApproved, func(s *cyber.Assessment) { s.ApprovedBy = "" },
			"approved_by:"},
		{"approved on no day", "", cyber.AssessmentApproved, func(s *cyber.Assessment) { s.Approved.Set = false },
			"approved_by:"},
		{"approved, not locked yet", "", cyber.AssessmentApproved, func(s *cyber.Assessment) { s.Locked.Set = false },
			""},
		{"locked on no day", "", cyber.AssessmentLocked, func(s *cyber.Assessment) { s.Locked.Set = false },
			"locked:"},
		{"of another city", cyber.AssessmentDraft, cyber.AssessmentDraft, func(s *cyber.Assessment) { s.Partner = 6 },
			"cycle:"},
		{"of another cycle", cyber.AssessmentDraft, cyber.AssessmentDraft, func(s *cyber.Assessment) { s.Cycle = 2 },
			"cycle:"},
		{"noted", cyber.AssessmentLocked, cyber.AssessmentLocked, func(s *cyber.Assessment) { s.Note = "x" }, ""},
		{"signed by another", cyber.AssessmentLocked, cyber.AssessmentLocked,
			func(s *cyber.Assessment) { s.ApprovedBy = "X" }, "approved_by:"},
		{"signed another day", cyber.AssessmentLocked, cyber.AssessmentLocked,
			func(s *cyber.Assessment) { s.Approved.V++ }, "approved_by:"},
		{"signed in another office", cyber.AssessmentApproved, cyber.AssessmentApproved,
			func(s *cyber.Assessment) { s.Office = "X" }, "approved_by:"},
		{"locked another day", cyber.AssessmentLocked, cyber.AssessmentLocked,
			func(s *cyber.Assessment) { s.Locked.V++ }, "approved_by:"},
		{"locked now", cyber.AssessmentApproved, cyber.AssessmentLocked,
			func(s *cyber.Assessment) { s.Locked.V++ }, ""},
		{"signed by another before it is settled", cyber.AssessmentInReview, cyber.AssessmentInReview,
			func(s *cyber.Assessment) { s.ApprovedBy = "X" }, ""},
	} {
		var before any
		if c.was != "" {
			before = is(c.was, same)
		}
		if got := marks(r, before, is(c.is, c.set)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for state, stays := range map[cyber.AssessmentState]bool{cyber.AssessmentDraft: false,
		cyber.AssessmentInReview: false, cyber.AssessmentReturned: false, cyber.AssessmentReopened: false,
		cyber.AssessmentApproved: true, cyber.AssessmentLocked: true} {
		if got := removal(cyber.DescribeAssessment(), r, is(state, same)); (got != "") != stays {
			t.Errorf("taken off the file when it is %s: %q", state, got)
		}
	}
}

// A refusal says what may follow instead, and names five items of a sort at most.
func TestHowARefusedStepIsSaid(t *testing.T) {
	err := cyber.AssessmentInReview.MayBecome(cyber.AssessmentLocked)
	if want := "an assessment that is in review can become returned or approved, not locked"; err == nil ||
		err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	items := framework.ItemsOf(framework.CSF20)
	for missing, want := range map[int]string{
		5: "5 not answered (" + strings.Join(items[:5], ", ") + ")",
		6: "6 not answered (" + strings.Join(items[:5], ", ") + " and 1 more)",
		8: "8 not answered (" + strings.Join(items[:5], ", ") + " and 3 more)",
	} {
		s := &cyber.Assessment{Cycle: 1, Partner: 5, State: cyber.AssessmentApproved, ApprovedBy: "Sam",
			Approved: fieldtest.On(0)}
		got := fieldtest.Found(assessed(framework.CSF20, items[:missing]...), nil, s)
		if len(got) != 1 || got[0] != "state: it cannot be approved yet: "+want {
			t.Errorf("%d are missing: %q", missing, got)
		}
	}
}

// Settled answers say which way they are opened again.
func TestHowSettledAnswersAreOpened(t *testing.T) {
	for state, want := range map[cyber.AssessmentState]string{
		cyber.AssessmentLocked:   "the assessment is locked; reopen it, with a reason, to change an answer",
		cyber.AssessmentApproved: "the assessment is approved; return it to change an answer",
	} {
		r := assessed(framework.CSF20)
		r.Add(&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: state})
		if got := removal(cyber.DescribeAnswer(), r, field.Get(r, cyber.AnswerID(1))); got != want {
			t.Errorf("%s: %q", state, got)
		}
	}
}

// A consent permits no less than its release has taken, as long as that is on its
// way.
func TestAConsentStandsBehindItsRelease(t *testing.T) {
	is := func(set func(*cyber.Consent)) *cyber.Consent {
		s := &cyber.Consent{ID: 1, Cycle: 1, Partner: 5, Level: cyber.SharesScores, GivenBy: "Sam",
			Given: fieldtest.On(0), With: []partnership.PartnerID{6}}
		set(s)
		return s
	}
	same := func(*cyber.Consent) {}
	free := assessed(framework.CSF20)
	free.Add(&cyber.Cycle{ID: 2, Year: 2027, Framework: framework.CSF20})
	free.Add(&cyber.Consent{Cycle: 2, Partner: 5})
	free.Add(&cyber.Release{Cycle: 2, Partner: 5}) // another cycle's
	out := free.Copy()
	out.Add(&cyber.Release{Cycle: 1, Partner: 5})
	for name, c := range map[string]struct {
		set  func(*cyber.Consent)
		want string // with the release; "" of one that permits the same
	}{
		"the same":          {same, ""},
		"noted":             {func(s *cyber.Consent) { s.Note = "x" }, ""},
		"by another":        {func(s *cyber.Consent) { s.GivenBy = "Pat" }, ""},
		"a lower level":     {func(s *cyber.Consent) { s.Level = cyber.SharesBands }, "level:"},
		"to another":        {func(s *cyber.Consent) { s.With = []partnership.PartnerID{7} }, "level:"},
		"among few":         {func(s *cyber.Consent) { s.SmallToo = true }, "level:"},
		"of another cycle":  {func(s *cyber.Consent) { s.Cycle = 3 }, "level:"},
		"of another city":   {func(s *cyber.Consent) { s.Partner = 4 }, "level:"},
		"less in functions": {func(s *cyber.Consent) { s.Functions = []cyber.FunctionConsent{{"GV", "0"}} }, "level:"},
	} {
		if got := marks(out, is(same), is(c.set)); got != c.want {
			t.Errorf("released, %s: %q, want %q", name, got, c.want)
		}
		if got := marks(free, is(same), is(c.set)); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, c := range map[string]struct {
		set  func(*cyber.Consent)
		want string
	}{
		"scores to itself": {func(s *cyber.Consent) { s.With = []partnership.PartnerID{6, 5} }, "with:"},
		"scores to nobody": {func(s *cyber.Consent) { s.With = nil }, "with:"},
		"by nobody":        {func(s *cyber.Consent) { s.GivenBy = "" }, "given_by:"},
		"on no day":        {func(s *cyber.Consent) { s.Given.Set = false }, "given_by:"},
		"nothing, by nobody": {func(s *cyber.Consent) {
			s.Level, s.With, s.GivenBy = cyber.SharesNothing, nil, ""
		}, ""},
		"bands to nobody": {func(s *cyber.Consent) { s.Level, s.With = cyber.SharesBands, nil }, ""},
		"a function twice": {func(s *cyber.Consent) {
			s.Functions = []cyber.FunctionConsent{{"GV", "1"}, {"GV", "1"}}
		}, "functions:"},
		"of no function": {func(s *cyber.Consent) { s.Functions = []cyber.FunctionConsent{{"XX", "1"}} }, "functions:"},
		"without a level": {func(s *cyber.Consent) { s.Functions = []cyber.FunctionConsent{{"GV", ""}} },
			"functions:"},
	} {
		if got := marks(free, nil, is(c.set)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := removal(cyber.DescribeConsent(), free, is(same)); got != "" {
		t.Errorf("taken off the file: %q", got)
	}
	if got := removal(cyber.DescribeConsent(), out, is(same)); !strings.Contains(got, "take the release back first") {
		t.Errorf("taken off the file behind its release: %q", got)
	}
	if got := cyber.ConsentOf(free, 2, 5); got == nil || got.Cycle != 2 || cyber.ConsentOf(free, 1, 5) != nil {
		t.Errorf("of the second cycle: %+v", got)
	}
}

// What was shared stays, in every column, and is not called back.
func TestWhatWasSharedStays(t *testing.T) {
	type shared = cyber.Publication
	r := assessed(framework.CSF20)
	is := func() *cyber.Publication {
		return &cyber.Publication{ID: 1, Cycle: 1, Sort: cyber.PublishedList, Framework: framework.CSF20,
			Function: "PR", City: 5, Audience: []partnership.PartnerID{5},
			Joined: []partnership.PartnerID{5}, Items: []string{"PR.AA-01"}, Withheld: "no",
			Bands:  []cyber.FunctionBand{{Function: "PR", Band: cyber.BandLow}},
			Scores: []cyber.ItemScore{{Item: "PR.AA-01", Score: 2}}, On: fieldtest.On(0)}
	}
	if got := fieldtest.Found(r, is(), is()); got != nil {
		t.Errorf("as it stands: %q", got)
	}
	if got := fieldtest.Found(r, nil, is()); got != nil {
		t.Errorf("new: %q", got)
	}
	for name, change := range map[string]func(*shared){
		"cycle": func(p *shared) { p.Cycle = 2 }, "sort": func(p *shared) { p.Sort = "bands" },
		"framework": func(p *shared) { p.Framework = framework.CSF11 },
		"function":  func(p *shared) { p.Function = "GV" }, "city": func(p *shared) { p.City = 6 },
		"audience": func(p *shared) { p.Audience = nil }, "joined": func(p *shared) { p.Joined = nil },
		"items": func(p *shared) { p.Items = nil }, "withheld": func(p *shared) { p.Withheld = "" },
		"bands": func(p *shared) { p.Bands = nil }, "scores": func(p *shared) { p.Scores = nil },
		"on": func(p *shared) { p.On.V++ },
	} {
		p := is()
		change(p)
		if got := fieldtest.Found(r, is(), p); !slices.Contains(got, ": what was shared stays as it was shared") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := removal(cyber.DescribePublication(), r, is()); got != "what was shared cannot be called back" {
		t.Errorf("taken off the file: %q", got)
	}
}

// A release is taken back until the results it went into are shared; after that none
// follows, but one that went into them is put back on file.
func TestAReleaseBeforeAndAfterResultsAreShared(t *testing.T) {
	made := func(r field.Reader, set func(*cyber.Release)) *cyber.Release {
		v := &cyber.Release{ID: 1, Cycle: 1, Partner: 5, Framework: framework.CSF20, Minimum: 5, Made: fieldtest.On(0),
			MadeBy: "Sam", Functions: []cyber.FunctionConsent{{"PR", cyber.SharesScores}, {"GV", cyber.SharesList}},
			With: []partnership.PartnerID{6}}
		set(v)
		v.Seal = cyber.SealText(v.Body(r))
		return v
	}
	same := func(*cyber.Release) {}
	for _, c := range []struct {
		name      string
		shared    bool
		released  bool
		state     cyber.AssessmentState
		sent      bool
		want      string
		stays     bool // on file
		assessing bool
	}{
		{"from a locked assessment", false, false, cyber.AssessmentLocked, false, "", false, true},
		{"from an approved one", false, false, cyber.AssessmentApproved, false, "cycle:", false, true},
		{"from none", false, false, "", false, "cycle:", false, false},
		{"sent as a file", false, false, "", true, "", false, false},
		{"sent beside a locked one", false, false, cyber.AssessmentLocked, true, "", false, true},
		{"sent beside one that is not", false, false, cyber.AssessmentApproved, true, "cycle:", false, true},
		{"after results are shared", true, false, cyber.AssessmentLocked, false, "cycle:", true, true},
		{"put back on file", true, true, "", false, "", true, false},
	} {
		r := assessed(framework.CSF20)
		y := field.Get(r, cyber.CycleID(1))
		if c.shared {
			y.Published = fieldtest.On(0)
		}
		if c.released {
			y.Cities[0].Released = fieldtest.On(-1)
		}
		if c.assessing {
			r.Add(&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: c.state})
		}
		lists := func(v *cyber.Release) {
			v.Sent, v.With = c.sent, nil
			v.Functions = []cyber.FunctionConsent{{"PR", cyber.SharesList}, {"GV", cyber.SharesList}}
			if c.assessing { // it says what the answers beside it say
				s, _ := cyber.ReadSheet(r, 1, 5, v.Made.V)
				v.Fill(s.Framework, s.Levels)
			}
		}
		v := made(r, lists)
		if got := marks(r, nil, v); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		other := made(r, func(v *cyber.Release) { lists(v); v.Below = []string{"PR.AA-01"} })
		if locked := c.state == cyber.AssessmentLocked; (marks(r, nil, other) == strings.TrimSpace(c.want+" below:")) !=
			locked {
			t.Errorf("%s, which the assessment contradicts: %q", c.name, marks(r, nil, other))
		}
		if got := removal(cyber.DescribeRelease(), r, v); (got != "") != c.stays {
			t.Errorf("%s, taken back: %q", c.name, got)
		}
	}
	r := assessed(framework.CSF20)
	for name, c := range map[string]struct {
		set  func(*cyber.Release)
		want string
	}{
		"a score":            {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"PR.AA-01", 7}} }, ""},
		"of nothing":         {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"PR.AA-01", 0}} }, ""},
		"of 8":               {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"PR.AA-01", 8}} }, "functions:"},
		"of less":            {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"PR.AA-01", -1}} }, "functions:"},
		"of no item":         {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"PR.AA-99", 2}} }, "functions:"},
		"a score too many":   {func(v *cyber.Release) { v.Scores = []cyber.ItemScore{{"GV.PO-01", 2}} }, "functions:"},
		"listed twice":       {func(v *cyber.Release) { v.Below = []string{"PR.AA-01", "PR.AA-01"} }, "functions:"},
		"of no item, listed": {func(v *cyber.Release) { v.Below = []string{"PR.AA-99"} }, "functions:"},
		"both listed":        {func(v *cyber.Release) { v.Below = []string{"PR.AA-01", "GV.PO-01"} }, ""},
	} {
		v := made(r, func(v *cyber.Release) { v.Sent = true; c.set(v) })
		if got := marks(r, nil, v); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	v := made(r, same)
	for name, change := range map[string]func(*cyber.Release){
		"its seal":      func(v *cyber.Release) { v.Seal += "0" },
		"how it came":   func(v *cyber.Release) { v.Sent = true },
		"what it says":  func(v *cyber.Release) { v.MadeBy = "Pat" },
		"its receivers": func(v *cyber.Release) { v.With = nil },
	} {
		other := *v
		change(&other)
		if got := fieldtest.Found(r, v, &other); !slices.Contains(got,
			": a release is not edited; take it back and make it again") {
			t.Errorf("%s is edited: %q", name, got)
		}
	}
	if text := v.Text(r); !strings.Contains(text, "Scores go to: MARC\n") || !strings.Contains(text, "Cycle: 2026\n") {
		t.Errorf("it is sent as\n%s", text)
	}
}

// While a cycle is open an assessment waits for somebody, until it is released.
func TestForWhomAnAssessmentWaits(t *testing.T) {
	open := func(set func(*cyber.Cycle)) *cyber.Cycle {
		return year(func(y *cyber.Cycle) { y.Opens = fieldtest.On(0); set(y) })
	}
	same := func(*cyber.Cycle) {}
	const whose = "Raytown's 2026 self-assessment"
	for _, c := range []struct {
		name  string
		y     *cyber.Cycle
		state cyber.AssessmentState
		on    []any
		want  string
	}{
		{"a draft", open(same), cyber.AssessmentDraft, nil, ""},
		{"in review", open(same), cyber.AssessmentInReview, nil, whose + " waits for approval"},
		{"returned", open(same), cyber.AssessmentReturned, nil, whose + " was returned: look again"},
		{"approved", open(same), cyber.AssessmentApproved, nil, whose + " is approved and waits to be locked"},
		{"reopened", open(same), cyber.AssessmentReopened, nil, whose + " was reopened: a mistake"},
		{"locked", open(same), cyber.AssessmentLocked, nil, whose + " is locked; decide what of it to release"},
		{"released", open(same), cyber.AssessmentLocked, []any{&cyber.Release{Cycle: 1, Partner: 5}}, ""},
		{"another released", open(same), cyber.AssessmentLocked, []any{&cyber.Release{Cycle: 1, Partner: 4}},
			whose + " is locked; decide what of it to release"},
		{"shared", open(func(y *cyber.Cycle) { y.Published = fieldtest.On(0) }), cyber.AssessmentLocked, nil, ""},
		{"not open", year(same), cyber.AssessmentInReview, nil, ""},
		{"of no cycle", year(func(y *cyber.Cycle) { y.ID, y.Opens = 2, fieldtest.On(0) }),
			cyber.AssessmentInReview, nil, ""},
	} {
		s := &cyber.Assessment{Cycle: 1, Partner: 5, State: c.state, Returned: "look\nagain", Reopened: "a mistake"}
		v := field.Viewpoint{Reader: with(append(c.on, c.y, s, &partnership.Partner{ID: 5, Name: "Raytown"})...),
			Now: fieldtest.Saturday.At(8, 0)}
		var got []string
		for d := range v.Due("assessments") {
			got = append(got, d.Line())
			if d.Urgency != field.Waiting || d.Sensitivity != field.Confidential {
				t.Errorf("%s: %+v", c.name, d)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A wording is of an item of its framework; a figure to compare with is a score of a
// part of the cycle's.
func TestBoundsOfWordingsAndBenchmarks(t *testing.T) {
	tenths := value.Some[value.Tenths]
	of := func(part string, score value.Opt[value.Tenths]) *cyber.Benchmark {
		return &cyber.Benchmark{Cycle: 1, Partner: 5, Part: part, Score: score, Group: "Cities"}
	}
	r := assessed(framework.CSF20)
	for _, c := range []struct {
		name string
		rec  any
		want string
	}{
		{"a wording", &cyber.Wording{Framework: framework.CSF20, Item: "PR.AA-01", Text: "x"}, ""},
		{"of another edition", &cyber.Wording{Framework: framework.CSF11, Item: "PR.AA-01", Text: "x"}, "item:"},
		{"overall", of("", tenths(43)), ""}, {"of a function", of("PR", tenths(43)), ""},
		{"of a category", of("PR.AA", tenths(43)), ""}, {"of no part", of("PX", tenths(43)), "part:"},
		{"of 1", of("", tenths(10)), ""}, {"of less", of("", tenths(9)), "score:"},
		{"of 7", of("", tenths(70)), ""}, {"of more", of("", tenths(71)), "score:"},
	} {
		if got := marks(r, nil, c.rec); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	w := &cyber.Wording{Framework: framework.CSF20, Text: "x"} // the item is asked for, and nothing else said of it
	for _, said := range fieldtest.Found(r, nil, w) {
		if strings.Contains(said, "not a subcategory") {
			t.Errorf("without an item: %q", said)
		}
	}
	w.Item, w.Framework = "PR.AA-01", ""
	for _, said := range fieldtest.Found(r, nil, w) {
		if strings.Contains(said, "not a subcategory") {
			t.Errorf("without a framework: %q", said)
		}
	}
}

// An answer moved up or down against what was answered before, or else last year.
func TestWhetherAnAnswerMoved(t *testing.T) {
	kind := cyber.DescribeAnswer()
	is := func(level, was cyber.Level) *cyber.Answer { return &cyber.Answer{Level: level, Was: was} }
	for name, c := range map[string]struct {
		before, after *cyber.Answer
		want          int
	}{
		"up since last year":            {nil, is(cyber.Tested, cyber.InProcess), 1},
		"down since last year":          {nil, is(cyber.Informal, cyber.InProcess), -1},
		"first of all":                  {nil, is(cyber.Tested, ""), 0},
		"up, and down since last year":  {is(cyber.NotPerformed, ""), is(cyber.Informal, cyber.InProcess), 1},
		"as before":                     {is(cyber.Informal, ""), is(cyber.Informal, cyber.InProcess), 0},
		"first, and up since last year": {is("", ""), is(cyber.Tested, cyber.InProcess), 1},
		"to what nobody knows":          {is(cyber.Informal, ""), is(cyber.UnknownToAnyone, cyber.InProcess), 0},
	} {
		var before any
		if c.before != nil {
			before = c.before
		}
		if got := kind.Moved(before, c.after); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
