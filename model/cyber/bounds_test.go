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

func marks(r field.Reader, before, after any) string {
	var out []string
	for _, said := range fieldtest.Found(r, before, after) {
		mark, _, _ := strings.Cut(said, " ")
		out = append(out, mark)
	}
	return strings.Join(out, " ")
}

// year is a cycle of 2026 in which city 5 takes part.
func year(set func(*cyber.Cycle)) *cyber.Cycle {
	y := &cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20,
		Cities: []cyber.CycleCity{{Partner: 5, Part: cyber.TakesPart}}}
	set(y)
	return y
}

// TestRulesOfRecords: cycles, answers and joint solutions, at each bound.
func TestRulesOfRecords(t *testing.T) {
	answer := func(set func(*cyber.Answer)) *cyber.Answer {
		a := &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01", Level: cyber.Documented}
		set(a)
		return a
	}
	lift := func(l cyber.SolutionLift) *cyber.Solution {
		l.Part = "PR"
		return &cyber.Solution{Name: "S", Lifts: []cyber.SolutionLift{l}}
	}
	seen := func(e cyber.Evidence) *cyber.Answer {
		return answer(func(a *cyber.Answer) { a.Evidence = []cyber.Evidence{e} })
	}
	accepted := func(set func(*cyber.Answer)) *cyber.Answer {
		return answer(func(a *cyber.Answer) {
			a.Level, a.Reason, a.Acceptance = cyber.RiskAccepted, "old pump", cyber.Acceptance{Approver: "Manager",
				Expires: fieldtest.On(9)}
			set(a)
		})
	}
	n := value.Some[int64]
	r := with(year(func(*cyber.Cycle) {}), &cyber.Solution{ID: 7, Name: "Second factor"})
	for _, c := range []struct {
		name string
		rec  any
		want string
	}{
		{"of 1999", year(func(y *cyber.Cycle) { y.Year = 1999 }), "year:"},
		{"of 2000", year(func(y *cyber.Cycle) { y.Year = 2000 }), ""},
		{"of 2032", year(func(y *cyber.Cycle) { y.Year = 2032 }), ""},
		{"of 2033", year(func(y *cyber.Cycle) { y.Year = 2033 }), "year:"},
		{"open for a day", year(func(y *cyber.Cycle) { y.Opens, y.Closes = fieldtest.On(0), fieldtest.On(0) }), ""},
		{"of minimum 0", year(func(y *cyber.Cycle) { y.Minimum = n(0) }), "minimum:"},
		{"of minimum 1", year(func(y *cyber.Cycle) { y.Minimum = n(1) }), ""},
		{"of minimum 7", year(func(y *cyber.Cycle) { y.Minimum = n(7) }), ""},
		{"a line of no city", year(func(y *cyber.Cycle) { y.Cities[0].Partner = 0 }), "cities:"},
		{"a city of no part", year(func(y *cyber.Cycle) { y.Cities[0].Part = "" }), "cities:"},
		{"a city twice", year(func(y *cyber.Cycle) { y.Cities = append(y.Cities, y.Cities[0]) }), "cities:"},
		{"an answer", answer(func(*cyber.Answer) {}), ""},
		{"not applicable", answer(func(a *cyber.Answer) { a.Level, a.Reason = cyber.NotApplicable, "no pumps" }), ""},
		{"not applicable, as last year", answer(func(a *cyber.Answer) { a.Level, a.Carried = cyber.NotApplicable, 9 }),
			""},
		{"accepted", accepted(func(*cyber.Answer) {}), ""},
		{"accepted for no reason", accepted(func(a *cyber.Answer) { a.Reason = "" }), "approver?"},
		{"accepted for good", accepted(func(a *cyber.Answer) { a.Acceptance.Expires.Set = false }), "approver?"},
		{"a target of 0", answer(func(a *cyber.Answer) { a.Target = n(0) }), "target:"},
		{"a target of 1", answer(func(a *cyber.Answer) { a.Target = n(1) }), ""},
		{"a target of 7", answer(func(a *cyber.Answer) { a.Target = n(7) }), ""},
		{"a remedy for nothing", answer(func(a *cyber.Answer) { a.Remedy.Cost = value.Some[value.Cents](0) }), ""},
		{"a remedy for less", answer(func(a *cyber.Answer) { a.Remedy.Cost = value.Some[value.Cents](-1) }),
			"remedy_cost:"},
		{"evidence of nothing", seen(cyber.Evidence{}), "evidence:"},
		{"evidence somewhere", seen(cyber.Evidence{Where: "shelf"}), ""},
		{"evidence of a day", seen(cyber.Evidence{What: "x", Dated: fieldtest.On(0), Expires: fieldtest.On(0)}), ""},
		{"lifted to 0", lift(cyber.SolutionLift{To: n(0)}), "lifts:"},
		{"lifted to 1", lift(cyber.SolutionLift{To: n(1)}), ""},
		{"lifted to 7", lift(cyber.SolutionLift{To: n(7)}), ""},
		{"lifted by 0", lift(cyber.SolutionLift{By: n(0)}), "lifts:"},
		{"lifted by 1", lift(cyber.SolutionLift{By: n(1)}), ""},
		{"lifted by 6", lift(cyber.SolutionLift{By: n(6)}), ""},
		{"lifted by 7", lift(cyber.SolutionLift{By: n(7)}), "lifts:"},
		{"lifted nobody knows where", lift(cyber.SolutionLift{}), "lifts:"},
		{"for nothing", &cyber.Solution{Name: "S", OneTime: value.Some[value.Cents](0)}, ""},
		{"for less", &cyber.Solution{Name: "S", OneTime: value.Some[value.Cents](-1)}, "one_time:"},
		{"for less a year", &cyber.Solution{Name: "S", Yearly: value.Some[value.Cents](-1)}, "one_time:"},
		{"paid in full", &cyber.Solution{Name: "S", Grant: value.Some[value.Percent](10000)}, ""},
		{"paid for more", &cyber.Solution{Name: "S", Grant: value.Some[value.Percent](10001)}, "grant:"},
		{"paid for less", &cyber.Solution{Name: "S", Grant: value.Some[value.Percent](-1)}, "grant:"},
		{"that needs another", &cyber.Solution{Name: "S", Requires: []string{"second FACTOR"}}, ""},
	} {
		if got := marks(r, nil, c.rec); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestACycleStaysUnderWhatWasGiven: once a city has answered nobody joins and the
// terms stay; once one has released, or results are shared, so does the list.
func TestACycleStaysUnderWhatWasGiven(t *testing.T) {
	given := &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01", Level: cyber.Documented}
	carried := &cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01", Level: cyber.Documented, Carried: 9}
	released := &cyber.Release{Cycle: 1, Partner: 5}
	none := func(*cyber.Cycle) {}
	joins := func(y *cyber.Cycle) {
		y.Cities = append(slices.Clone(y.Cities), cyber.CycleCity{Partner: 4, Part: cyber.TakesPart})
	}
	leaves := func(y *cyber.Cycle) { y.Cities = []cyber.CycleCity{{Partner: 5, Part: cyber.StaysOut}} }
	nobody := func(y *cyber.Cycle) { y.Cities = nil }
	shared := func(y *cyber.Cycle) { y.Published = fieldtest.On(0) }
	for _, c := range []struct {
		name        string
		on          []any
		was, change func(*cyber.Cycle)
		want        string
	}{
		{"nothing given", nil, none, func(y *cyber.Cycle) { y.Year, y.Minimum = 2027, value.Some[int64](4); joins(y) },
			""},
		{"carried", []any{carried}, none, func(y *cyber.Cycle) { y.Year = 2027 }, ""},
		{"answered, noted", []any{given}, none, func(y *cyber.Cycle) { y.Note = "x" }, ""},
		{"answered, another year", []any{given}, none, func(y *cyber.Cycle) { y.Year = 2027 }, "minimum:"},
		{"answered, another minimum", []any{given}, none, func(y *cyber.Cycle) { y.Minimum = value.Some[int64](4) },
			"minimum:"},
		{"answered, the minimum said", []any{given}, none, func(y *cyber.Cycle) { y.Minimum = value.Some[int64](5) },
			""},
		{"answered, another edition", []any{given}, none, func(y *cyber.Cycle) { y.Framework = framework.CSF11 },
			"minimum:"},
		{"answered, one joins", []any{given}, none, joins, "cities:"},
		{"answered, the first is declared", []any{given}, nobody, joins, ""},
		{"answered, one stays out", []any{given}, none, leaves, ""},
		{"released, one stays out", []any{released}, none, leaves, "cities:"},
		{"released, one joins", []any{released}, none, joins, "cities:"},
		{"shared, one stays out", nil, shared, leaves, "cities:"},
		{"shared, another day", nil, shared, func(y *cyber.Cycle) { y.Published = fieldtest.On(1) }, "published:"},
		{"shared by hand", nil, none, shared, "published:"},
		{"shared with results", []any{&cyber.Publication{Cycle: 1}}, none, shared, ""},
		{"came in by hand", nil, none, func(y *cyber.Cycle) {
			y.Cities = []cyber.CycleCity{{Partner: 5, Part: cyber.TakesPart, Released: fieldtest.On(0)}}
		}, "cities:"},
		{"came in", []any{released}, none, func(y *cyber.Cycle) {
			y.Cities = []cyber.CycleCity{{Partner: 5, Part: cyber.TakesPart, Released: fieldtest.On(0)}}
		}, ""},
	} {
		was := year(c.was)
		is := year(c.was)
		c.change(is)
		if got := marks(with(append(c.on, was)...), was, is); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWhatIsDueOfACycle: how many answers are missing while it is open, and what is
// past its day in a city's newest answers.
func TestWhatIsDueOfACycle(t *testing.T) {
	open := func(opens, closes int) *cyber.Cycle {
		return year(func(y *cyber.Cycle) { y.Opens, y.Closes = fieldtest.On(opens), fieldtest.On(closes) })
	}
	answer := func(item string, set func(*cyber.Answer)) *cyber.Answer {
		a := &cyber.Answer{Cycle: 1, Partner: 5, Item: item, Level: cyber.Documented}
		set(a)
		return a
	}
	none := func(*cyber.Answer) {}
	remedy := func(state cyber.RemedyState, day int) func(*cyber.Answer) {
		return func(a *cyber.Answer) { a.Remedy = cyber.Remedy{State: state, Due: fieldtest.On(day)} }
	}
	lapses := func(day int) func(*cyber.Answer) {
		return func(a *cyber.Answer) { a.Level, a.Acceptance.Expires = cyber.RiskAccepted, fieldtest.On(day) }
	}
	proved := func(day int) func(*cyber.Answer) {
		return func(a *cyber.Answer) { a.Evidence = []cyber.Evidence{{What: "Binder", Expires: fieldtest.On(day)}} }
	}
	closed := open(-90, -30)
	for _, c := range []struct {
		name string
		y    *cyber.Cycle
		on   []any
		want []string // what is said on a line
	}{
		{"open", open(0, 15), nil, []string{"note: The 2026 self-assessment is open until Mar 7, 2027 (in 15 days)"}},
		{"about to close", open(0, 14), nil, []string{"due soon: The 2026 self-assessment is open until Mar 6, 2027 " +
			"(in 14 days)"}},
		{"on its last day", open(-1, 0), nil, []string{"due soon: The 2026 self-assessment is open until Feb 20, " +
			"2027 (today)"}},
		{"closed", open(-2, -1), nil, nil}, {"not open yet", open(1, 9), nil, nil},
		{"open for good", year(func(y *cyber.Cycle) { y.Opens = fieldtest.On(0) }), nil,
			[]string{"note: The 2026 self-assessment is open"}},
		{"begun", open(0, 15), []any{answer("PR.AA-01", none)}, []string{"waiting: Raytown: 105 of 106 answers left " +
			"in the 2026 self-assessment, closes in 15 days"}},
		{"late remedies", closed, []any{answer("PR.AA-01", remedy(cyber.RemedyOpen, -2)),
			answer("PR.AA-02", remedy(cyber.RemedyStarted, -3)), answer("PR.AA-03", remedy(cyber.RemedyDone, -9)),
			answer("PR.AA-04", remedy(cyber.RemedyOpen, 0))}, []string{"overdue: Raytown: 2 remedies are past due, " +
			"the first since Feb 17, 2027"}},
		{"run out", closed, []any{answer("PR.AA-01", lapses(-1)), answer("PR.AA-02", lapses(0))},
			[]string{"overdue: Raytown: 1 risk acceptance has run out; renew or remedy",
				"due soon: Raytown: what 1 answer rests on runs out, the first on Feb 20, 2027; renew or look again, " +
					"or the level beneath counts"}},
		{"evidence runs out", closed, []any{answer("PR.AA-01", proved(30)), answer("PR.AA-02", proved(31)),
			answer("PR.AA-03", proved(-1))}, []string{"overdue: Raytown: the evidence for 1 answer has expired; look " +
			"again", "due soon: Raytown: what 1 answer rests on runs out, the first on Mar 22, 2027; renew or look " +
			"again, or the level beneath counts"}},
		{"late with newer answers", closed, []any{answer("PR.AA-01", remedy(cyber.RemedyOpen, -2)),
			&cyber.Cycle{ID: 2, Year: 2027, Framework: framework.CSF20},
			answer("PR.AA-01", func(a *cyber.Answer) { a.Cycle = 2 })}, nil},
		{"late two cycles ago", closed, []any{answer("PR.AA-01", remedy(cyber.RemedyOpen, -2)),
			&cyber.Cycle{ID: 2, Year: 2028, Framework: framework.CSF20}}, nil},
		{"late, with a cycle that nobody has begun", closed, []any{answer("PR.AA-01", remedy(cyber.RemedyOpen, -2)),
			&cyber.Cycle{ID: 2, Year: 2027, Framework: framework.CSF20}},
			[]string{"overdue: Raytown: 1 remedy is past due, the first since Feb 18, 2027"}},
	} {
		v := field.Viewpoint{Reader: with(append(c.on, c.y, &partnership.Partner{ID: 5, Name: "Raytown"})...),
			Now: fieldtest.Saturday.At(8, 0)}
		var got []string
		for d := range v.Due("cycles") {
			if d.Line != nil {
				got = append(got, d.Urgency.String()+": "+d.Line())
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
