package cyber

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/cyber/framework"
)

// answers makes an assessment from "ID level" lines; what is not named is not
// applicable, so that a case can be worked by hand.
func answers(t testing.TB, f *framework.Framework, lines ...string) Levels {
	t.Helper()
	levels := make(Levels, len(f.Items))
	for i := range levels {
		levels[i] = NotApplicable
	}
	for _, line := range lines {
		id, text, _ := strings.Cut(line, " ")
		i, ok := f.Index(framework.ID(id))
		l, err := ParseLevel(text)
		if !ok || err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		levels[i] = l
	}
	return levels
}

func all(f *framework.Framework, l Level) Levels {
	levels := make(Levels, len(f.Items))
	for i := range levels {
		levels[i] = l
	}
	return levels
}

func TestRatioIsWrittenHalfUp(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{
		{13, 4, "3.3"}, {3, 20, "0.2"}, {1, 20, "0.1"}, {1, 21, "0.0"}, {34, 7, "4.9"}, {5, 1, "5.0"}, {0, 9, "0.0"},
		{699, 100, "7.0"}, {-1, 4, "-0.3"}, {-1, 100, "0.0"}, {6, -4, "-1.5"}, {1, 0, "–"}, {139, 20, "7.0"},
		{63, 9, "7.0"},
	} {
		if got := NewRatio(c.num, c.den).String(); got != c.want {
			t.Errorf("%d/%d is written %s, want %s", c.num, c.den, got, c.want)
		}
	}
	if got := NewRatio(1, 3).Signed() + NewRatio(-1, 3).Signed() + NewRatio(0, 3).Signed(); got != "+0.3-0.30.0" {
		t.Errorf("changes are written %s", got)
	}
}

func TestHandWorkedScores(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	// RS.MI has 2 subcategories, RS.CO 2, RS.MA 5, RS.AN 4.
	for _, c := range []struct {
		name                     string
		lines                    []string
		flat, flatLow, flatHigh  string
		cats, catsLow, catsHigh  string
		scored, na, unknown, una int
		accepted, short, gap     int
	}{
		{"both fives are worth 5", []string{"RS.MI-01 5p", "RS.MI-02 5a"},
			"5.0", "5.0", "5.0", "5.0", "5.0", "5.0", 2, 11, 0, 0, 1, 0, 0},
		{"n/a is left out and opens nothing", []string{"RS.MI-01 3", "RS.MI-02 n/a"},
			"3.0", "3.0", "3.0", "3.0", "3.0", "3.0", 1, 12, 0, 0, 0, 1, 2},
		{"unknown is left out and opens an interval", []string{"RS.MI-01 4", "RS.MI-02 unknown"},
			"4.0", "2.5", "5.5", "4.0", "2.5", "5.5", 1, 11, 1, 0, 0, 1, 1},
		{"unanswered opens the same interval", []string{"RS.MI-01 4", "RS.MI-02 "},
			"4.0", "2.5", "5.5", "4.0", "2.5", "5.5", 1, 11, 0, 1, 0, 1, 1},
		// Flat: (1+1+1+1+1+7)/6 = 2. By category: (1 + 7)/2 = 4.
		{"a large category weighs less by category", []string{"RS.MA-01 1", "RS.MA-02 1", "RS.MA-03 1", "RS.MA-04 1",
			"RS.MA-05 1", "RS.MI-01 7"},
			"2.0", "2.0", "2.0", "4.0", "4.0", "4.0", 6, 7, 0, 0, 0, 5, 20},
		// A category with only open answers has no mean, but its interval
		// counts: flat (6 + 1)/2 to (6 + 7)/2, by category the same.
		{"an open category widens both", []string{"RS.MI-01 6", "RS.CO-02 unknown"},
			"6.0", "3.5", "6.5", "6.0", "3.5", "6.5", 1, 11, 1, 0, 0, 0, 0},
		{"nothing scored is no figure", []string{"RS.MI-01 unknown"},
			"–", "1.0", "7.0", "–", "1.0", "7.0", 0, 12, 1, 0, 0, 0, 0},
		{"nothing applicable is no figure", nil, "–", "–", "–", "–", "–", "–", 0, 13, 0, 0, 0, 0, 0},
	} {
		levels := answers(t, f, c.lines...)
		rs := slices.IndexFunc(f.Functions, func(fn framework.Function) bool { return fn.ID == "RS" })
		flat := ScoreOf(f, levels, Options{}).Functions[rs]
		cats := ScoreOf(f, levels, Options{RollUp: ByCategory}).Functions[rs]
		if got := []string{flat.Mean.String(), flat.Low.String(), flat.High.String()}; !slices.Equal(got,
			[]string{c.flat, c.flatLow, c.flatHigh}) {
			t.Errorf("%s: by subcategory %v", c.name, got)
		}
		if got := []string{cats.Mean.String(), cats.Low.String(), cats.High.String()}; !slices.Equal(got,
			[]string{c.cats, c.catsLow, c.catsHigh}) {
			t.Errorf("%s: by category %v", c.name, got)
		}
		for _, y := range []Tally{flat.Tally, cats.Tally} {
			if got := []int{y.Scored, y.NotApplicable, y.Unknown, y.Unanswered, y.Accepted, y.Short,
				y.Gap}; !slices.Equal(got,
				[]int{c.scored, c.na, c.unknown, c.una, c.accepted, c.short, c.gap}) || y.Items != 13 {
				t.Errorf("%s: counts %v of %d", c.name, got, y.Items)
			}
		}
	}
}

func TestSupplyChainWeighsAThirdOrASixth(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	levels := all(f, NotApplicable)
	gv, _ := f.Function("GV")
	for i := gv.From; i < gv.To; i++ {
		levels[i] = NotPerformed
		if f.Items[i].ID.Category() == "GV.SC" {
			levels[i] = Optimized
		}
	}
	// 31 subcategories, 10 of them at 7: (21 + 70)/31; six means, one of them 7.
	flat, cats := ScoreOf(f, levels, Options{}), ScoreOf(f, levels, Options{RollUp: ByCategory})
	if flat.Functions[0].Mean != NewRatio(91, 31) || cats.Functions[0].Mean != NewRatio(12, 6) {
		t.Errorf("GV is %v and %v", flat.Functions[0].Mean, cats.Functions[0].Mean)
	}
	if got := flat.Functions[0].Mean.String() + " " + cats.Functions[0].Mean.String(); got != "2.9 2.0" {
		t.Error(got)
	}
}

func TestOverallByCategoryIsTheMeanOfFunctions(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	levels := all(f, NotPerformed)
	rc, _ := f.Function("RC")
	for i := rc.From; i < rc.To; i++ {
		levels[i] = Optimized
	}
	flat, cats := ScoreOf(f, levels, Options{}), ScoreOf(f, levels, Options{RollUp: ByCategory})
	if flat.Overall.Mean != NewRatio(98+8*7, 106) || cats.Overall.Mean != NewRatio(5+7, 6) {
		t.Errorf("overall %v and %v", flat.Overall.Mean, cats.Overall.Mean)
	}
}

func TestAcceptanceAndTargets(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	levels := answers(t, f, "RS.MI-01 5a", "RS.MI-02 4", "RC.CO-03 5a", "RC.CO-04 6")
	targets := make([]int, len(f.Items))
	i, _ := f.Index("RC.CO-03")
	j, _ := f.Index("RS.MI-02")
	targets[i], targets[j] = 6, 4
	all := ScoreOf(f, levels, Options{Targets: targets}).Overall
	if all.Accepted != 2 || all.Met != 3 || all.MetAccepted != 1 || all.Short != 1 || all.Gap != 1 {
		t.Errorf("%+v", all.Tally)
	}
	if strict := ScoreOf(f, levels, Options{Minimum: 6}).Overall; strict.Short != 3 || strict.Gap != 4 ||
		strict.Met != 1 {
		t.Errorf("%+v", strict.Tally)
	}
	for _, c := range []struct {
		l    Level
		goal int
		gap  int
		ok   bool
	}{{NotPerformed, 5, 4, true}, {RiskAccepted, 5, 0, true}, {Optimized, 5, 0, true},
		{NotApplicable, 5, 0, false}, {Unanswered, 5, 0, false}} {
		if gap, ok := Gap(c.l, c.goal); gap != c.gap || ok != c.ok {
			t.Errorf("gap of %q to %d is %d, %v", c.l, c.goal, gap, ok)
		}
	}
}

// secondScore works out a part's mean and interval afresh: big rationals, one
// pass per figure, nothing shared with the code under test but the numbering
// of the framework.
type secondScore struct {
	f      *framework.Framework
	levels Levels
}

func (s secondScore) category(c framework.CategoryID, open *big.Rat) *big.Rat {
	var terms []*big.Rat
	for i, it := range s.f.Items {
		if !strings.HasPrefix(string(it.ID), string(c)+"-") {
			continue
		}
		switch l := s.levels[i]; l {
		case NotApplicable:
		case UnknownToAnyone, Unanswered:
			if open != nil {
				terms = append(terms, open)
			}
		default:
			terms = append(terms, big.NewRat(int64(strings.IndexByte("1234567", l[0])+1), 1))
		}
	}
	return average(terms)
}

func (s secondScore) function(fn framework.FunctionID, open *big.Rat, byCategory bool) *big.Rat {
	var terms []*big.Rat
	for _, c := range s.f.Categories {
		if c.ID.Function() != fn {
			continue
		}
		m := s.category(c.ID, open)
		if m == nil {
			continue
		}
		if byCategory {
			terms = append(terms, m)
			continue
		}
		for i, it := range s.f.Items {
			one := secondScore{s.f, all(s.f, NotApplicable)}
			one.levels[i] = s.levels[i]
			if it.ID.Category() == c.ID {
				if v := one.category(c.ID, open); v != nil {
					terms = append(terms, v)
				}
			}
		}
	}
	return average(terms)
}

func average(terms []*big.Rat) *big.Rat {
	if len(terms) == 0 {
		return nil
	}
	sum := new(big.Rat)
	for _, t := range terms {
		sum.Add(sum, t)
	}
	return sum.Quo(sum, big.NewRat(int64(len(terms)), 1))
}

// written rounds half up by decimal text, a third way.
func written(r *big.Rat) string {
	if r == nil {
		return "–"
	}
	return new(big.Rat).Add(r, big.NewRat(1, 1_000_000_000)).FloatString(1)
}

func TestScoresMatchASecondImplementation(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	choices := append([]Level{Unanswered}, levelsOf(Choices())...)
	for range 25 {
		for _, f := range framework.Catalogue() {
			levels := make(Levels, len(f.Items))
			few := 1 + r.IntN(len(choices)) // some rounds know few sorts of answer
			for i := range levels {
				levels[i] = choices[r.IntN(few)]
			}
			compareScores(t, f, levels)
		}
	}
}

func compareScores(t *testing.T, f *framework.Framework, levels Levels) {
	t.Helper()
	second := secondScore{f, levels}
	lowest, highest := big.NewRat(1, 1), big.NewRat(7, 1)
	same := func(what string, fig Figure, want func(open *big.Rat) *big.Rat) {
		t.Helper()
		for got, w := range map[Ratio]*big.Rat{fig.Mean: want(nil), fig.Low: want(lowest), fig.High: want(highest)} {
			num, den := got.Parts()
			if (w == nil) != (den == 0) || w != nil && w.Cmp(big.NewRat(num, den)) != 0 || got.String() != written(w) {
				t.Errorf("%s: %v, the second way %v", what, got, w)
			}
		}
	}
	for _, byCategory := range []bool{false, true} {
		o := Options{}
		if byCategory {
			o.RollUp = ByCategory
		}
		s := ScoreOf(f, levels, o)
		for i, c := range f.Categories {
			same(string(c.ID), s.Categories[i], func(open *big.Rat) *big.Rat { return second.category(c.ID, open) })
		}
		for i, fn := range f.Functions {
			same(string(fn.ID), s.Functions[i],
				func(open *big.Rat) *big.Rat { return second.function(fn.ID, open, byCategory) })
		}
		if byCategory {
			same("overall", s.Overall, func(open *big.Rat) *big.Rat {
				var terms []*big.Rat
				for _, fn := range f.Functions {
					if m := second.function(fn.ID, open, true); m != nil {
						terms = append(terms, m)
					}
				}
				return average(terms)
			})
		}
	}
}

func drawLevels(t *rapid.T, f *framework.Framework, label string) Levels {
	choices := append([]Level{Unanswered}, levelsOf(Choices())...)
	return rapid.SliceOfN(rapid.SampledFrom(choices), len(f.Items), len(f.Items)).Draw(t, label)
}

func TestIntervalHoldsWhateverTheOpenAnswersTurnOutToBe(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	rapid.Check(t, func(t *rapid.T) {
		levels := drawLevels(t, f, "levels")
		o := Options{RollUp: RollUp(rapid.IntRange(0, 1).Draw(t, "rollup"))}
		before := ScoreOf(f, levels, o)
		done := slices.Clone(levels)
		for i, l := range done {
			if _, ok := l.Value(); !ok && l != NotApplicable {
				done[i] = rapid.SampledFrom(levelsOf(Choices()[:8])).Draw(t, "found out")
			}
		}
		after := ScoreOf(f, done, o)
		within := func(b, a Figure) {
			if a.Open() != 0 || a.Mean != a.Low || a.Mean != a.High {
				t.Fatalf("still open: %+v", a)
			}
			if a.Mean.Compare(b.Low) < 0 || a.Mean.Compare(b.High) > 0 {
				t.Fatalf("%v is outside %v to %v", a.Mean, b.Low, b.High)
			}
			if b.Mean.Known() && (b.Mean.Compare(b.Low) < 0 || b.Mean.Compare(b.High) > 0) {
				t.Fatalf("the mean %v is outside %v to %v", b.Mean, b.Low, b.High)
			}
		}
		within(before.Overall, after.Overall)
		for i := range before.Functions {
			within(before.Functions[i], after.Functions[i])
		}
	})
}

func TestShortLevelsAreUnanswered(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	if s := ScoreOf(f, nil, Options{}); s.Overall.Unanswered != 106 || s.Overall.Mean.Known() {
		t.Errorf("%+v", s.Overall)
	}
}

func TestExplain(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	levels := answers(t, f, "RS.MI-01 4", "RS.MI-02 unknown", "RS.CO-02 5a", "RS.CO-03 ", "RS.MA-01 1", "RS.MA-02 1",
		"RS.MA-03 2", "RC.CO-03 6")
	flat, cats := ScoreOf(f, levels, Options{}), ScoreOf(f, levels, Options{RollUp: ByCategory})
	for _, c := range []struct{ got, want string }{
		{flat.Explain("RS.MA"), "RS.MA Incident Management: 1.3 ≈ 4 ÷ 3: the levels of 3 subcategories add up to 4. " +
			"Left out as not applicable: 2."},
		{flat.Explain("RS"), "RS Respond: 2.6 = 13 ÷ 5: the levels of 5 subcategories add up to 13. Left out as not " +
			"applicable: 6. " +
			"Still open: 1 unknown, 1 unanswered; with all of them at 1 it would be 2.1, at 7 3.9. Counted as 5 by " +
			"risk acceptance: 1."},
		{cats.Explain("RS"), "RS Respond: 3.4 is the mean of 3 categories (RS.MA 1.3, RS.CO 5.0, RS.MI 4.0), worked " +
			"out from the exact means; " +
			"each counts the same, whatever its size. Without a score, and left out: RS.AN. Left out as not " +
			"applicable: 6. " +
			"Still open: 1 unknown, 1 unanswered; with all of them at 1 it would be 2.3, at 7 4.3. Counted as 5 by " +
			"risk acceptance: 1."},
		{cats.Explain("GV"), "GV Govern: no score, since nothing in it is answered with a level. Left out as not " +
			"applicable: 31."},
		{flat.Explain("XX"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got  %s\nwant %s", c.got, c.want)
		}
	}
	if got := cats.Explain(""); !strings.HasPrefix(got, "Overall: 4.7 is the mean of 2 functions (RS 3.4, RC 6.0)") {
		t.Error(got)
	}
	if got := flat.Explain(""); !strings.HasPrefix(got, "Overall: 3.2 ≈ 19 ÷ 6: ") {
		t.Error(got)
	}
}

func BenchmarkScore(b *testing.B) {
	f := mustLookup(b, framework.CSF20)
	levels := Levels(all(f, Tested))
	b.Run("by subcategory", func(b *testing.B) {
		for b.Loop() {
			ScoreOf(f, levels, Options{})
		}
	})
	b.Run("by category", func(b *testing.B) {
		for b.Loop() {
			ScoreOf(f, levels, Options{RollUp: ByCategory})
		}
	})
}
