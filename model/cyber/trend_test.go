package cyber

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/cyber/framework"
)

func TestTrendWithinAVersion(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	was := answers(t, f, "RS.MI-01 3", "RS.MI-02 4", "RC.CO-03 2")
	now := answers(t, f, "RS.MI-01 5p", "RS.MI-02 unknown", "RC.CO-03 2", "RC.CO-04 7")
	tr := NewTrend(f.Version, was, f.Version, now)
	// RS.MI-01 and RC.CO-03 were scored both times: (3+2)/2 to (5+2)/2.
	if o := tr.Overall; tr.Estimated || o.Comparable != 2 || o.Scored != 3 || o.Items != 106 ||
		o.Before != NewRatio(5, 2) || o.After != NewRatio(7, 2) || o.Difference() != NewRatio(1, 1) || o.Share() != 1 {
		t.Errorf("%+v", tr.Overall)
	}
	rs := tr.Functions[4]
	if rs.Comparable != 1 || rs.Difference().Signed() != "+2.0" || tr.Functions[0].Before.Known() {
		t.Errorf("%+v", tr.Functions)
	}
	if got := tr.Explain(tr.Functions[0]); !strings.Contains(got, "nothing to compare") {
		t.Error(got)
	}
}

func TestTrendAcrossVersionsIsEstimated(t *testing.T) {
	old, cur := mustLookup(t, framework.CSF11), mustLookup(t, framework.CSF20)
	was := answers(t, old, "PR.AC-1 2", "PR.AC-3 3", "PR.AC-4 unknown", "DE.DP-2 7", "RS.MI-1 4")
	now := answers(t, cur, "PR.AA-05 5p", "RS.MI-01 4", "GV.SC-04 6", "GV.RM-07 6")
	tr := NewTrend(old.Version, was, cur.Version, now)
	// PR.AA-05 comes from PR.AC-1, -3 and -4, of which two were scored: 5/2.
	// GV.SC-04 comes from ID.SC-2, not scored; GV.RM-07 comes from nothing;
	// DE.DP-2 went to a category only.
	if o := tr.Overall; !tr.Estimated || o.Comparable != 2 || o.Scored != 4 || o.Before != NewRatio(13, 4) ||
		o.After != NewRatio(9, 2) {
		t.Errorf("%+v", tr.Overall)
	}
	want := "3.3 to 4.5 over the 2 subcategories that can be compared, of 106 (1%). Estimated: the framework changed " +
		"in between, " +
		"and each is set against the mean of the ones it is tied to."
	if got := tr.Explain(tr.Overall); got != want {
		t.Error(got)
	}
}

func TestTrendComparesAtMostWhatTheCrosswalkTies(t *testing.T) {
	for _, c := range []struct {
		from, to framework.Version
		want     int
	}{{framework.CSF11, framework.CSF20, 90}, {framework.CSF20, framework.CSF11, 107},
		{framework.CSF20, framework.CSF20, 106}, {framework.CSF11, framework.CSF11, 108}} {
		a, b := mustLookup(t, c.from), mustLookup(t, c.to)
		tr := NewTrend(c.from, all(a, Documented), c.to, all(b, Tested))
		if tr.Overall.Comparable != c.want || tr.Overall.Difference() != NewRatio(3, 1) {
			t.Errorf("%s to %s: %+v", c.from, c.to, tr.Overall)
		}
	}
	if tr := NewTrend("3.0", nil, framework.CSF20, nil); tr.Functions != nil {
		t.Errorf("%+v", tr)
	}
}

// fewestSteps tries every way of lifting the items of a function.
func fewestSteps(f *framework.Framework, levels Levels, fn framework.Function, o Options) int {
	goal := NewRatio(int64(o.minimum()), 1)
	values := map[int]int{}
	var items []int
	for i := fn.From; i < fn.To; i++ {
		if v, ok := levels[i].Value(); ok {
			values[i] = v
			items = append(items, i)
		}
	}
	best := -1
	var lift func(k, steps int)
	lift = func(k, steps int) {
		if best >= 0 && steps >= best {
			return
		}
		if k == len(items) {
			lifted := slices.Clone(levels)
			for i, v := range values {
				lifted[i] = LevelFor(v)
			}
			for i, g := range f.Functions {
				if g.ID == fn.ID && ScoreOf(f, lifted, o).Functions[i].Mean.Compare(goal) >= 0 {
					best = steps
				}
			}
			return
		}
		i, v := items[k], values[items[k]]
		for to := v; to <= max(v, o.minimum()); to++ {
			values[i] = to
			lift(k+1, steps+to-v)
		}
		values[i] = v
	}
	lift(0, 0)
	return best
}

func TestLeastWorkIsLeast(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	rapid.Check(t, func(t *rapid.T) {
		fn := rapid.SampledFrom(f.Functions).Draw(t, "function")
		levels := all(f, NotApplicable)
		some := rapid.SliceOfNDistinct(rapid.IntRange(fn.From, fn.To-1), 1, 5, rapid.ID[int]).Draw(t, "items")
		for _, i := range some {
			levels[i] = rapid.SampledFrom(append(levelsOf(Choices()), Unanswered)).Draw(t, "level")
		}
		o := Options{RollUp: RollUp(rapid.IntRange(0, 1).Draw(t, "rollup")), Minimum: rapid.IntRange(3, 6).
			Draw(t, "minimum")}
		at := slices.IndexFunc(f.Functions, func(g framework.Function) bool { return g.ID == fn.ID })
		w := LeastWork(f, levels, at, o)
		if !w.Before.Known() {
			if w.Steps != 0 {
				t.Fatalf("%d steps for nothing", w.Steps)
			}
			return
		}
		lifted, steps := slices.Clone(levels), 0
		for _, r := range w.Raises {
			if v, _ := levels[r.Item].Value(); v != r.From || r.To <= r.From || r.To > o.minimum() {
				t.Fatalf("raise %+v of a %d", r, v)
			}
			lifted[r.Item] = LevelFor(r.To)
			steps += r.To - r.From
		}
		after := ScoreOf(f, lifted, o).Functions[at]
		if want := fewestSteps(f, levels, fn, o); w.Steps != want || steps != want {
			t.Fatalf("%d steps (%d in the raises), %d are enough", w.Steps, steps, want)
		}
		if after.Mean != w.After || after.Mean.Compare(NewRatio(int64(o.minimum()), 1)) < 0 {
			t.Fatalf("after the work %v, promised %v", after.Mean, w.After)
		}
	})
}

func TestLeastWorkByHand(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	// RS.MI: 4 and unknown; RS.MA: five at 3. By subcategory 19/6 needs 11
	// steps to 30/6. By category (4 + 3)/2 needs 3: one level of RS.MI-01 is
	// worth 1/2, one of RS.MA 1/10, so 1 and then 10 steps.
	levels := answers(t, f, "RS.MI-01 4", "RS.MI-02 unknown", "RS.MA-01 3", "RS.MA-02 3", "RS.MA-03 3", "RS.MA-04 3",
		"RS.MA-05 3", "RC.CO-03 5a")
	for _, o := range []Options{{}, {RollUp: ByCategory}} {
		w := LeastWork(f, levels, 4, o)
		if w.Steps != 11 || w.Open != 1 || w.After != NewRatio(5, 1) || len(w.Raises) != 6 {
			t.Errorf("%s: %+v", o.RollUp, w)
		}
	}
	if w := LeastWork(f, levels, 5, Options{}); w.Steps != 0 || w.Raises != nil {
		t.Errorf("a function met by acceptance asks for %+v", w)
	}
	// 4, 1, 3, 7 and 6 add up to 21, 4 short of 25: the lowest has room for
	// all 4 steps.
	uneven := answers(t, f, "RS.MA-01 4", "RS.MA-02 1", "RS.MA-03 3", "RS.MA-04 7", "RS.MA-05 6")
	if w := LeastWork(f, uneven, 4, Options{}); w.Steps != 4 || len(w.Raises) != 1 ||
		f.Items[w.Raises[0].Item].ID != "RS.MA-02" {
		t.Errorf("%+v", w)
	}
}

func BenchmarkTenYearsOfAllCities(b *testing.B) {
	f := mustLookup(b, framework.CSF20)
	levels := all(f, Tested)
	levels[5], levels[50] = UnknownToAnyone, NotApplicable
	for b.Loop() {
		for range 120 * 10 {
			ScoreOf(f, levels, Options{RollUp: ByCategory})
		}
	}
}
