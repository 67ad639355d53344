package assess_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// cities is a Writer over two cycles and three cities, written by Ana of the second.
func cities(t *testing.T) *fieldtest.Writer {
	t.Helper()
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 1, 12).At(9, 0))
	for _, name := range []string{"Arden", "Bell", "Cole"} {
		w.Add(&partnership.Partner{Name: name, Kind: partnership.City, Status: partnership.Member})
	}
	w.Add(&cyber.Cycle{Year: 2026, Framework: framework.CSF11})
	w.Add(&cyber.Cycle{Year: 2025, Framework: framework.CSF20})
	w.By = field.Actor{Partner: 2, Name: "Ana", SignedIn: true}
	return w
}

func do(w *fieldtest.Writer, name string, id uint64, args any) (field.Result, error) {
	return assess.Acts().Named(name).Do(w, id, args, nil)
}

// Acts of a city begin with the newest cycle and one's own city, and every act on a
// question asks which.
func TestWithWhatAnActOfACityBegins(t *testing.T) {
	w := cities(t)
	want := assess.Of{Cycle: 1, Partner: 2}
	for name, of := range map[string]func(args any) assess.Of{
		"answer.give":        func(a any) assess.Of { return a.(*assess.Answering).Of },
		"answer.note":        func(a any) assess.Of { return a.(*assess.Noting).Of },
		"answer.flag":        func(a any) assess.Of { return a.(*assess.Flagging).Of },
		"answer.tested":      func(a any) assess.Of { return a.(*assess.Testing).Of },
		"answer.accept-risk": func(a any) assess.Of { return a.(*assess.Accepting).Of },
		"answer.remedy":      func(a any) assess.Of { return a.(*assess.Remedying).Of },
		"assess.take":        func(a any) assess.Of { return a.(*assess.SheetIn).Of },
		"assess.earlier":     func(a any) assess.Of { return a.(*assess.EarlierIn).Of },
		"assess.begin":       func(a any) assess.Of { return a.(*assess.Beginning).Of },
	} {
		act := assess.Acts().Named(name)
		if got := of(act.NewArgs(w.View(), nil)); got != want {
			t.Errorf("%s begins with %+v", name, got)
		}
		asks := []string{"cycle", "partner"}
		if strings.HasPrefix(name, "answer.") {
			asks = append(asks, "item")
		}
		for _, arg := range asks {
			if act.Args.Column(arg) == nil {
				t.Errorf("%s does not ask for the %s", name, arg)
			}
		}
	}
	w.Add(&cyber.Consent{ID: 4, Cycle: 1, Partner: 2, Level: cyber.SharesBands, GivenBy: "Sam"})
	w.Add(&cyber.Consent{ID: 5, Cycle: 2, Partner: 2, Level: cyber.SharesList})
	consent := assess.Acts().Named("assess.consent").NewArgs(w.View(), nil).(*cyber.Consent)
	if consent.Cycle != 1 || consent.Partner != 2 || consent.Level != cyber.SharesBands || consent.GivenBy != "Sam" {
		t.Errorf("a consent begins with %+v", consent)
	}
	suggest := assess.Acts().Named("solution.suggest")
	if got := suggest.NewArgs(w.View(), nil).(*assess.Suggesting); got.Framework != framework.CSF11 {
		t.Errorf("solutions are suggested for %s", got.Framework)
	}
	field.Get(w, cyber.CycleID(1)).Framework = ""
	if got := suggest.NewArgs(w.View(), nil).(*assess.Suggesting); got.Framework != framework.CSF20 {
		t.Errorf("of a cycle without an edition they are suggested for %q", got.Framework)
	}
	w.Remove("cycles", 1)
	w.Remove("cycles", 2)
	if got := suggest.NewArgs(w.View(), nil).(*assess.Suggesting); got.Framework != framework.CSF20 {
		t.Errorf("without a cycle they are suggested for %q", got.Framework)
	}
}

// An earlier year's answers fill what is open in their cycle; what is answered there
// stays.
func TestEarlierAnswersFillWhatIsOpen(t *testing.T) {
	w := cities(t)
	w.Add(&cyber.Answer{Cycle: 2, Partner: 2, Item: "PR.AA-01", Level: cyber.Tested})
	w.Add(&cyber.Answer{Cycle: 1, Partner: 2, Item: "PR.AA-02", Level: cyber.Tested}) // of another cycle
	w.Add(&cyber.Answer{Cycle: 2, Partner: 3, Item: "PR.AA-03", Level: cyber.Tested}) // of another city
	in := &assess.EarlierIn{Of: assess.Of{Cycle: 2, Partner: 2}}
	if _, err := do(w, "assess.earlier", 0, in); failure.CodeOf(err) != failure.Invalid ||
		!strings.Contains(err.Error(), "done with a file") {
		t.Errorf("without a file: %v", err)
	}
	for _, item := range []string{"PR.AA-01", "PR.AA-02", "PR.AA-03"} {
		in.Answers = append(in.Answers, &cyber.Answer{Cycle: 2, Partner: 2, Item: item, Level: cyber.Informal})
	}
	done, err := do(w, "assess.earlier", 0, in)
	if err != nil || done.Text != "2 answers added." || done.Detail != (assess.Taken{Added: 2, Kept: 1}) {
		t.Errorf("%q %+v %v", done.Text, done.Detail, err)
	}
	var got []string
	for a := range field.Of[cyber.Answer](w, "cycle", cyber.CycleID(2)) {
		if a.Partner == 2 {
			got = append(got, a.Item+" "+string(a.Level))
		}
	}
	if slices.Sort(got); !slices.Equal(got, []string{"PR.AA-01 6", "PR.AA-02 2", "PR.AA-03 2"}) {
		t.Errorf("on file are %q", got)
	}
	act := assess.Acts().Named("assess.earlier")
	for cycle, want := range map[cyber.CycleID]string{2: "import the 2025 answers", 9: "import answers"} {
		in.Cycle = cycle
		if got := act.HistoryTitle(w.View(), nil, in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A colleague's sheet comes in row by row, and what came of it is told in one
// sentence.
func TestWhatCameOfAColleaguesSheet(t *testing.T) {
	w := cities(t)
	of := assess.Of{Cycle: 2, Partner: 2}
	on := func(item string, set func(*cyber.Answer)) *cyber.Answer {
		a := &cyber.Answer{Cycle: 2, Partner: 2, Item: item, Level: cyber.Informal}
		set(a)
		return a
	}
	same := func(*cyber.Answer) {}
	level := func(l cyber.Level) func(*cyber.Answer) { return func(a *cyber.Answer) { a.Level = l } }
	base := on("PR.AA-01", func(a *cyber.Answer) { a.ID = 1 })
	inherited := on("PR.AA-02", func(a *cyber.Answer) { a.ID, a.Carried = 2, 1 })
	w.Add(on("PR.AA-01", level(cyber.Documented))) // meanwhile answered here
	w.Add(on("PR.AA-02", func(a *cyber.Answer) { a.Carried = 1 }))
	noted := *base
	noted.Note, noted.Level = "see room 12", cyber.Tested
	row := func(action exchange.Action, rec, was any) exchange.Planned {
		p := exchange.Planned{Action: action, Mine: rec, Base: was}
		if a, ok := was.(*cyber.Answer); ok {
			p.ID = uint64(a.ID)
		}
		return p
	}
	confirmed := *inherited
	gone := on("PR.AA-09", func(a *cyber.Answer) { a.ID = 9 })
	rows := []exchange.Planned{
		row(exchange.Same, base, nil), row(exchange.Duplicate, base, nil), row(exchange.Bad, nil, nil),
		row(exchange.Add, on("PR.AA-03", same), nil),
		row(exchange.Add, on("PR.AA-04", level("")), nil), // nobody has answered it yet
		row(exchange.Add, on("PR.AA-05", func(a *cyber.Answer) { a.Level, a.Note = "", "ask" }), nil),
		row(exchange.Add, on("PR.AA-06", func(a *cyber.Answer) { a.Level, a.Reason = "", "ask" }), nil),
		row(exchange.Add, on("PR.DS-01", func(a *cyber.Answer) { a.Partner = 3 }), nil),
		row(exchange.Add, on("PR.DS-02", func(a *cyber.Answer) { a.Cycle = 1 }), nil),
		row(exchange.Change, &noted, base), row(exchange.Change, &confirmed, inherited),
		row(exchange.Change, gone, gone),
	}
	for i := range rows {
		rows[i].Line = i + 1
	}
	in := &assess.SheetIn{Of: of, By: "Bo"}
	if _, err := do(w, "assess.take", 0, in); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("without a file: %v", err)
	}
	in.Plan = &exchange.Plan{Rows: rows, Faults: []spreadsheet.Fault{{Line: 3, Reason: "no such level"}}}
	done, err := do(w, "assess.take", 0, in)
	if want := "5 answers changed, 3 as they were, 1 field was changed on both sides, 4 rows left out."; err != nil ||
		done.Text != want {
		t.Errorf("%q %v, want %q", done.Text, err, want)
	}
	var faults []string
	for _, f := range done.Detail.(assess.Returned).Faults {
		faults = append(faults, f.Reason)
	}
	if want := []string{"no such level", "this row is of another city or cycle", "this row is of another city or cycle",
		"this answer was deleted meanwhile"}; !slices.Equal(faults, want) {
		t.Errorf("%q", faults)
	}
	if a := field.Get(w, cyber.AnswerID(1)); a.Level != cyber.Documented || a.Note != "see room 12" {
		t.Errorf("changed on both sides: %+v", a)
	}
	if a := field.Get(w, cyber.AnswerID(2)); a.ConfirmedBy != "Bo" || !a.Confirmed.Set {
		t.Errorf("confirmed by a colleague: %+v", a)
	}
	in.Plan.Rows, in.Plan.Faults, in.All = rows[9:10], nil, true
	if _, err := do(w, "assess.take", 0, in); err != nil || field.Get(w, cyber.AnswerID(1)).Level != cyber.Tested {
		t.Errorf("the file's value is taken: %v, %+v", err, field.Get(w, cyber.AnswerID(1)))
	}
	if got := (assess.Returned{Changed: 1}).String(); got != "1 answer changed, 0 as they were." {
		t.Errorf("%q", got)
	}
}

// Whoever fills in a sheet confirms the answers that it changes, and those of last
// year that it leaves; a note confirms nothing.
func TestWhoConfirmsTheAnswersOfASheet(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(base, mine *cyber.Answer)
		want string
	}{
		"another level":         {func(_, mine *cyber.Answer) { mine.Level = cyber.Tested }, "Bo"},
		"a note":                {func(_, mine *cyber.Answer) { mine.Note = "x" }, "Ana"},
		"last year's, as it is": {func(base, mine *cyber.Answer) { base.Carried, mine.Carried = 2, 2 }, "Bo"},
		"an answer taken away":  {func(_, mine *cyber.Answer) { mine.Level = "" }, "Ana"},
	} {
		w := cities(t)
		base := &cyber.Answer{ID: 1, Cycle: 2, Partner: 2, Item: "PR.AA-01", Level: cyber.Informal}
		mine := *base
		c.set(base, &mine)
		if base.Carried == 0 {
			base.ConfirmedBy, mine.ConfirmedBy = "Ana", "Ana"
		}
		now := *base
		w.Add(&now)
		in := &assess.SheetIn{Of: assess.Of{Cycle: 2, Partner: 2}, By: "Bo", Plan: &exchange.Plan{
			Rows: []exchange.Planned{{Action: exchange.Change, ID: 1, Mine: &mine, Base: base}}}}
		if _, err := do(w, "assess.take", 0, in); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := field.Get(w, cyber.AnswerID(1)).ConfirmedBy; got != c.want {
			t.Errorf("%s is confirmed by %q", name, got)
		}
	}
}

// What stood behind last year's level comes back with it.
func TestAnswersAtLastYearsLevelKeepTheirReason(t *testing.T) {
	for _, c := range []struct {
		level cyber.Level
		keeps bool
	}{{cyber.RiskAccepted, true}, {cyber.Informal, true}, {cyber.Tested, false}} {
		w := cities(t)
		w.Add(&cyber.Answer{Cycle: 1, Partner: 2, Item: "PR.AA-01", Level: cyber.Informal, Was: cyber.RiskAccepted,
			Reason: "no money", Acceptance: cyber.Acceptance{Approver: "Sam"}})
		q := assess.Question{Of: assess.Of{Cycle: 1, Partner: 2}, Item: "PR.AA-01"}
		done, err := do(w, "answer.give", 0, &assess.Answering{Question: q, Level: c.level})
		a := field.Get(w, cyber.AnswerID(1))
		if err != nil || done.Text != "Stored: answer PR.AA-01." || (a.Reason == "no money") != c.keeps ||
			(a.Acceptance.Approver == "Sam") != c.keeps || a.Level != c.level || a.Was != cyber.RiskAccepted {
			t.Errorf("%s: %q %v: %+v", c.level, done.Text, err, a)
		}
	}
}

// A release is handed in by its own city's login; in a file without logins by whoever
// holds it.
func TestWhoSpeaksForACity(t *testing.T) {
	for name, c := range map[string]struct {
		by   field.Actor
		of   partnership.PartnerID
		code failure.Code
	}{
		"its own login":                {field.Actor{Partner: 2, SignedIn: true}, 2, failure.Conflict},
		"another's":                    {field.Actor{Partner: 3, SignedIn: true}, 2, failure.Forbidden},
		"one of no city":               {field.Actor{SignedIn: true}, 2, failure.Forbidden},
		"one of no city, of none":      {field.Actor{SignedIn: true}, 0, failure.Forbidden},
		"one trusted with all":         {field.Actor{All: true, SignedIn: true}, 2, failure.Forbidden},
		"one of it, trusted with all":  {field.Actor{All: true, Partner: 2, SignedIn: true}, 2, failure.Forbidden},
		"whoever holds the file":       {field.Actor{All: true}, 2, failure.Conflict},
		"a city's own, without logins": {field.Actor{Partner: 2}, 2, failure.Conflict},
		"another's, without logins":    {field.Actor{Partner: 3}, 2, failure.Forbidden},
	} {
		w := cities(t)
		w.Add(&cyber.Release{Cycle: 1, Partner: c.of})
		w.Add(&cyber.Assessment{Cycle: 1, Partner: c.of, State: cyber.AssessmentLocked})
		w.By = c.by
		if _, err := do(w, "assess.release", 1, nil); failure.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What has been shared is not worked out again; the results of the next cycle get
// numbers of their own.
func TestResultsAreSharedOnce(t *testing.T) {
	w := cities(t)
	w.By = field.Actor{All: true}
	y := field.Get(w, cyber.CycleID(2))
	y.Published = value.Some[value.Day](20000)
	y.Cities = []cyber.CycleCity{{Partner: 1, Part: cyber.TakesPart, Released: value.Some[value.Day](19990)}}
	before := *y
	before.Cities = slices.Clone(y.Cities)
	done, err := do(w, "cycle.share", 2, nil)
	if err != nil || done.Text != "The results of 2025 are shared." ||
		!w.Schema().Kind("cycles").Equal(&before, field.Get(w, cyber.CycleID(2))) {
		t.Errorf("%q %v: %+v", done.Text, err, field.Get(w, cyber.CycleID(2)))
	}
	w.Add(&cyber.Publication{ID: 14, Cycle: 2})
	w.Add(&cyber.Publication{ID: 3, Cycle: 2})
	next := field.Get(w, cyber.CycleID(1))
	next.Cities = []cyber.CycleCity{{Partner: 1, Part: cyber.TakesPart}}
	if done, err = do(w, "cycle.share", 1, nil); err != nil ||
		done.Text != "Results of 2026 are shared when all have released; waiting for Arden." {
		t.Errorf("%q %v", done.Text, err)
	}
	w.Add(&cyber.Release{Cycle: 1, Partner: 1, Functions: []cyber.FunctionConsent{{Function: "PR",
		Level: cyber.SharesList}}})
	if done, err = do(w, "cycle.share", 1, nil); err != nil || done.Text != "The results of 2026 are shared." {
		t.Errorf("%q %v", done.Text, err)
	}
	var ids []cyber.PublicationID
	for p := range field.Of[cyber.Publication](w, "cycle", cyber.CycleID(1)) {
		ids = append(ids, p.ID)
	}
	if len(ids) != 1 || ids[0] <= 1000 || ids[0] > 1006 {
		t.Errorf("they are #%v", ids)
	}
	if y := field.Get(w, cyber.CycleID(1)); y.Published.V != w.Now().Day() || y.Cities[0].Released.V != w.Now().Day() {
		t.Errorf("%+v", y)
	}
}

// A suggestion lifts what the portfolio begins with, written as briefly as a person
// would.
func TestHowSuggestionsAreWritten(t *testing.T) {
	for _, version := range []framework.Version{framework.CSF20, framework.CSF11} {
		w := cities(t)
		w.By = field.Actor{All: true}
		if _, err := do(w, "solution.suggest", 0, &assess.Suggesting{Framework: version}); err != nil {
			t.Fatal(err)
		}
		fw, _ := framework.Lookup(version)
		for _, start := range portfolio.StartingLifts(fw) {
			s := cyber.SolutionNamed(w, start.Name)
			want, got := make([]int, len(fw.Items)), make([]int, len(fw.Items))
			for _, l := range start.Lifts {
				want[l.Item] = l.To
			}
			for _, l := range s.Lifts {
				for _, item := range cyber.Lifting(version, l.Part) {
					i, _ := fw.Index(framework.ID(item))
					got[i] += int(l.To.V)
				}
			}
			if !slices.Equal(got, want) || s.Basis != start.Basis {
				t.Errorf("%s lifts %v, want %v", s.Name, s.Lifts, want)
			}
			for _, c := range fw.Categories { // a whole one is named by its own name, or its function's
				level := want[c.From]
				whole := level > 0 && !slices.ContainsFunc(want[c.From:c.To], func(n int) bool { return n != level })
				if whole && slices.ContainsFunc(s.Lifts, func(l cyber.SolutionLift) bool {
					return strings.HasPrefix(l.Part, string(c.ID)+".") || strings.HasPrefix(l.Part, string(c.ID)+"-")
				}) {
					t.Errorf("%s names the parts of %s: %v", s.Name, c.ID, s.Lifts)
				}
			}
		}
	}
	w := cities(t)
	w.By = field.Actor{All: true}
	if _, err := do(w, "solution.suggest", 0, &assess.Suggesting{}); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("for no edition: %v", err)
	}
}
