package cyber_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// office gives a reader with a city and a cycle of each edition.
func office(was, now framework.Version) *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	m.Put("partners", &partnership.Partner{ID: 5, Name: "Raytown", Kind: partnership.City, Status: partnership.Member})
	m.Put("cycles", &cyber.Cycle{ID: 1, Year: 2025, Framework: was})
	m.Put("cycles", &cyber.Cycle{ID: 2, Year: 2026, Framework: now})
	return m
}

func TestCarryWithinAnEdition(t *testing.T) {
	m := office(framework.CSF20, framework.CSF20)
	old := &cyber.Answer{ID: 1, Cycle: 1, Partner: 5, Item: "PR.AA-01", Level: cyber.RiskAccepted, Reason: "no money",
		Note:       "see minutes",
		Acceptance: cyber.Acceptance{Approver: "Manager", Expires: value.Some(value.Day(20000))},
		Target:     value.Some[int64](6), Confidence: cyber.DocumentedToo,
		Evidence: []cyber.Evidence{{What: "policy"}}, Tested: value.Some(value.Day(100)), Flag: true,
		ConfirmedBy: "Ana", Confirmed: value.Some(value.Day(90)),
		Remedy: cyber.Remedy{Step: "buy", State: cyber.RemedyStarted}}
	m.Put("answers", old)
	m.Put("answers", &cyber.Answer{ID: 2, Cycle: 1, Partner: 5, Item: "PR.AA-02", Level: cyber.Informal,
		Remedy: cyber.Remedy{Step: "done", State: cyber.RemedyDone}})
	m.Put("answers", &cyber.Answer{ID: 3, Cycle: 1, Partner: 5, Item: "PR.AA-03", Level: cyber.Tested})
	// nobody looked at it last year
	m.Put("answers", &cyber.Answer{ID: 4, Cycle: 1, Partner: 5, Item: "PR.AA-04", Was: cyber.Tested, Carried: 9})
	m.Put("answers", &cyber.Answer{ID: 5, Cycle: 2, Partner: 5, Item: "PR.AA-03", Level: cyber.Optimized})
	m.Put("answers", &cyber.Answer{ID: 6, Cycle: 1, Partner: 4, Item: "PR.AA-05", Level: cyber.Optimized})
	c, err := cyber.Carry(m, 2, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Answers) != 2 || c.Present != 1 || c.From.Year != 2025 || c.Estimated || len(c.New) != 103 ||
		!slices.Contains(c.New, "PR.AA-04") {
		t.Fatalf("%d carried, %d present, %d new: %s", len(c.Answers), c.Present, len(c.New), c)
	}
	a := c.Answers[0]
	switch {
	case a.Level != "" || a.Was != cyber.RiskAccepted || !a.Inherited() || a.Given() != "" || a.Confirmed.Set ||
		a.ConfirmedBy != "" || a.Flag:
		t.Errorf("last year's level counts: %+v", a)
	case a.Note != old.Note || a.Reason != old.Reason || a.Acceptance != old.Acceptance || a.Target != old.Target ||
		a.Confidence != old.Confidence ||
		a.Tested != old.Tested || !slices.Equal(a.Evidence, old.Evidence) || a.Remedy != old.Remedy ||
		a.CarriedFrom != "":
		t.Errorf("what stood beside it was lost: %+v", a)
	}
	if c.Answers[1].Remedy.Step != "" {
		t.Error("a remedy that is done was carried")
	}
	for i, carried := range c.Answers {
		carried.ID = cyber.AnswerID(100 + i)
		m.Put("answers", carried)
	}
	if again, err := cyber.Carry(m, 2, 5); err != nil || len(again.Answers) != 0 || again.Present != 3 {
		t.Errorf("carried twice: %v %v", again, err)
	}
}

func TestCarryAcrossEditions(t *testing.T) {
	m := office(framework.CSF11, framework.CSF20)
	for i, item := range framework.ItemsOf(framework.CSF11) {
		level := cyber.Tested
		if item == "PR.AC-1" {
			level = cyber.Informal
		}
		m.Put("answers", &cyber.Answer{ID: cyber.AnswerID(i + 1), Cycle: 1, Partner: 5, Item: item, Level: level,
			Note: "of " + item, Target: value.Some[int64](6)})
	}
	c, err := cyber.Carry(m, 2, 5)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Estimated || len(c.Answers) != 90 || len(c.New) != 16 || !strings.Contains(c.String(), "crosswalk") {
		t.Errorf("%d carried, %d new: %s", len(c.Answers), len(c.New), c)
	}
	led := map[framework.ID]bool{}
	for _, l := range framework.OldToNew().Links {
		led[l.New] = true
	}
	for _, id := range c.New {
		if led[framework.ID(id)] {
			t.Errorf("%s has an ancestor and got nothing", id)
		}
	}
	for _, a := range c.Answers {
		if a.CarriedFrom == "" || a.Note == "" || a.Level != "" {
			t.Errorf("%+v", a)
		}
		if merged := strings.Contains(a.CarriedFrom, ","); merged == a.Target.Set {
			t.Errorf("%s comes from %s with the target %v", a.Item, a.CarriedFrom, a.Target)
		}
		if low := strings.Contains(a.CarriedFrom, "PR.AC-1"); low && a.Was != cyber.Informal || !low &&
			a.Was != cyber.Tested {
			t.Errorf("%s from %s: %s", a.Item, a.CarriedFrom, a.Was)
		}
	}
}

func TestNothingToCarry(t *testing.T) {
	m := office(framework.CSF20, framework.CSF20)
	c, err := cyber.Carry(m, 2, 5)
	if err != nil || c.From != nil || len(c.Answers) != 0 || !strings.Contains(c.String(), "no earlier") {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := cyber.Carry(m, 9, 5); failure.CodeOf(err) != failure.NotFound {
		t.Error(err)
	}
	if _, err := cyber.Carry(m, 2, 9); failure.CodeOf(err) != failure.NotFound {
		t.Error(err)
	}
}

func TestAgainstLastYear(t *testing.T) {
	for _, c := range []struct {
		was, now cyber.Level
		want     cyber.Kept
	}{
		{"3", "3", cyber.KeptSame}, {"3", "4", cyber.KeptRaised}, {"4", "1", cyber.KeptLowered},
		{"5a", "5p", cyber.KeptSame}, {"", "3", cyber.KeptNew},
		{"unknown", "3", cyber.KeptNew}, {"3", "n/a", cyber.KeptNew}, {"unknown", "unknown", cyber.KeptSame},
		{"", "", cyber.KeptNew}, {"5a", "6", cyber.KeptRaised},
	} {
		if got := cyber.Against(c.was, c.now); got != c.want {
			t.Errorf("%q then %q: %s, want %s", c.was, c.now, got, c.want)
		}
	}
}

// TestSheetCountsOnlyWhatWasGiven: an inherited answer is no answer, whatever
// it holds.
func TestSheetCountsOnlyWhatWasGiven(t *testing.T) {
	m := office(framework.CSF20, framework.CSF20)
	m.Put("answers", &cyber.Answer{ID: 1, Cycle: 2, Partner: 5, Item: "PR.AA-01", Level: cyber.Optimized, Carried: 1})
	m.Put("answers", &cyber.Answer{ID: 2, Cycle: 2, Partner: 5, Item: "PR.AA-02", Level: cyber.Documented,
		Target: value.Some[int64](3)})
	m.Put("answers", &cyber.Answer{ID: 3, Cycle: 2, Partner: 5, Item: "PR.AA-03", Level: cyber.Documented})
	// not of this edition
	m.Put("answers", &cyber.Answer{ID: 4, Cycle: 2, Partner: 5, Item: "PR.AC-1", Level: cyber.Documented})
	s, err := cyber.ReadSheet(m, 2, 5, 20700)
	if err != nil {
		t.Fatal(err)
	}
	score := s.Score(cyber.BySubcategory).Overall
	if score.Scored != 2 || score.Unanswered != 104 || score.Mean.String() != "3.0" || len(s.Deficiencies()) != 1 {
		t.Errorf("%+v, below %v", score, s.Deficiencies())
	}
	years := cyber.Years(m, 5, 20700)
	if len(years) != 1 || years[0].Cycle.Year != 2026 || len(years[0].Levels) != 106 {
		t.Errorf("%+v", years)
	}
}

// TestTheRulesKnowTheFrameworks: the list of items that the records' rules use
// is the catalogue's.
func TestTheRulesKnowTheFrameworks(t *testing.T) {
	for _, f := range framework.Catalogue() {
		var want []string
		for _, it := range f.Items {
			want = append(want, string(it.ID))
		}
		if !slices.Equal(framework.ItemsOf(f.Version), want) {
			t.Errorf("%s: the lists differ", f.Version.Title())
		}
		var fns []string
		for _, fn := range f.Functions {
			fns = append(fns, string(fn.ID))
		}
		if !slices.Equal(framework.FunctionsOf(f.Version), fns) {
			t.Errorf("%s: the functions differ", f.Version.Title())
		}
	}
}

// decade gives 120 cities' answers to ten cycles: 127,200.
func decade() *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	levels := []cyber.Level{"1", "2", "3", "4", "5p", "5a", "6", "7", "unknown", "n/a"}
	id := cyber.AnswerID(0)
	for y := range 10 {
		m.Put("cycles", &cyber.Cycle{ID: cyber.CycleID(y + 1), Year: 2017 + y, Framework: framework.CSF20,
			Opens: value.Some(value.Day(20600))})
	}
	for p := partnership.PartnerID(1); p <= 120; p++ {
		m.Put("partners", &partnership.Partner{ID: p, Name: "City", Kind: partnership.City, Status: partnership.Member})
		for y := range 10 {
			for i, item := range framework.ItemsOf(framework.CSF20) {
				id++
				m.Put("answers", &cyber.Answer{ID: id, Cycle: cyber.CycleID(y + 1), Partner: p, Item: item,
					Level: levels[(i*7+y*3+int(p)*5)%10]})
			}
		}
	}
	for range field.Of[cyber.Answer](m, "partner", partnership.PartnerID(1)) {
		break // the index is built once
	}
	for range field.Of[cyber.Answer](m, "cycle", cyber.CycleID(1)) {
		break
	}
	return m
}

// BenchmarkDecade measures over 127,200 answers what one screen asks for: one
// city's ten years, one city's sheet with its scores, and every city's score in
// one cycle.
func BenchmarkDecade(b *testing.B) {
	m := decade()
	b.Run("years of a city", func(b *testing.B) {
		for b.Loop() {
			if len(cyber.Years(m, 60, 20700)) != 10 {
				b.Fatal("years")
			}
		}
	})
	b.Run("sheet and scores", func(b *testing.B) {
		for b.Loop() {
			s, err := cyber.ReadSheet(m, 10, 60, 20700)
			if err != nil || s.Score(cyber.ByCategory).Overall.Items != 106 {
				b.Fatal(err)
			}
		}
	})
	b.Run("carry forward", func(b *testing.B) {
		for b.Loop() {
			if _, err := cyber.Carry(m, 10, 60); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("all cities of a cycle", func(b *testing.B) {
		f, _ := framework.Lookup(framework.CSF20)
		for b.Loop() {
			sheets := map[partnership.PartnerID]cyber.Levels{}
			for a := range field.Of[cyber.Answer](m, "cycle", cyber.CycleID(10)) {
				if sheets[a.Partner] == nil {
					sheets[a.Partner] = make(cyber.Levels, len(f.Items))
				}
				if i, ok := f.Index(framework.ID(a.Item)); ok {
					sheets[a.Partner][i] = a.Given()
				}
			}
			for _, ls := range sheets {
				cyber.ScoreOf(f, ls, cyber.Options{})
			}
		}
	})
}

// TestAnAcceptanceCountsUntilItsLastDay and as the level beneath from then on,
// in the sheet and in the newest year; an earlier year stays as it was signed
// off.
func TestAnAcceptanceCountsUntilItsLastDay(t *testing.T) {
	const last = value.Day(20700)
	m := office(framework.CSF20, framework.CSF20)
	accepted := func(id cyber.AnswerID, cycle cyber.CycleID) *cyber.Answer {
		return &cyber.Answer{ID: id, Cycle: cycle, Partner: 5, Item: "PR.AA-01", Level: cyber.RiskAccepted,
			Acceptance: cyber.Acceptance{Approver: "Manager", Expires: value.Some(last)}}
	}
	m.Put("answers", accepted(1, 1))
	m.Put("answers", accepted(2, 2))
	m.Put("assessments", &cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: cyber.AssessmentLocked,
		Approved: value.Some(last - 300)})
	for day, want := range map[value.Day]cyber.Level{last: cyber.RiskAccepted, last + 1: cyber.PartlyStandard} {
		s, err := cyber.ReadSheet(m, 2, 5, day)
		if err != nil {
			t.Fatal(err)
		}
		i, _ := s.Framework.Index("PR.AA-01")
		short := s.Score(cyber.BySubcategory).Overall.Short
		if s.Levels[i] != want || (short == 1) != (want == cyber.PartlyStandard) || len(s.Deficiencies()) != short {
			t.Errorf("on %s: %s, %d below the minimum, %v", day, s.Levels[i], short, s.Deficiencies())
		}
		years := cyber.Years(m, 5, day)
		if years[1].Levels[i] != want || years[0].Levels[i] != cyber.RiskAccepted {
			t.Errorf("on %s: %s, the year before %s", day, years[1].Levels[i], years[0].Levels[i])
		}
	}
}

// TestWhatRestsOnNothingAnyMoreCountsAsTheLevelBeneath: an answer of which all evidence
// has expired, one level; what is left standing, or has no number, stays.
func TestWhatRestsOnNothingAnyMoreCountsAsTheLevelBeneath(t *testing.T) {
	const on = value.Day(20000)
	until := func(days ...value.Day) (out []cyber.Evidence) {
		for _, d := range days {
			e := cyber.Evidence{What: "Binder", Expires: value.Some(d)}
			if d == 0 {
				e.Expires = value.Opt[value.Day]{}
			}
			out = append(out, e)
		}
		return out
	}
	for _, c := range []struct {
		level    cyber.Level
		evidence []cyber.Evidence
		want     cyber.Level
		expires  value.Day
	}{
		{cyber.Optimized, until(on - 1), cyber.LevelFor(6), on - 1},
		{cyber.LevelFor(6), until(on - 1), cyber.InProcess, on - 1},
		{cyber.InProcess, until(on - 1), cyber.PartlyStandard, on - 1},
		{cyber.InProcess, until(on), cyber.InProcess, on},
		{cyber.InProcess, until(on-1, on+9), cyber.InProcess, on + 9},
		{cyber.InProcess, until(on-1, 0), cyber.InProcess, 0},
		{cyber.InProcess, nil, cyber.InProcess, 0},
		{cyber.NotPerformed, until(on - 1), cyber.NotPerformed, on - 1},
		{cyber.NotApplicable, until(on - 1), cyber.NotApplicable, on - 1},
		{cyber.RiskAccepted, until(on - 1), cyber.PartlyStandard, on - 1},
	} {
		a := &cyber.Answer{Level: c.level, Evidence: c.evidence}
		if got := a.Counts(on); got != c.want {
			t.Errorf("%s on %v counts as %s, want %s", c.level, c.evidence, got, c.want)
		}
		if e := a.Expires(); e.Set != (c.expires != 0) || e.V != c.expires {
			t.Errorf("%s on %v runs out on %v, want %v", c.level, c.evidence, e, c.expires)
		}
	}
}
