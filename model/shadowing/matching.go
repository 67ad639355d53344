package shadowing

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// Fairness says how the cities' interests are weighed against the value of a
// plan as a whole.
type Fairness string

// The ways to be fair.
const (
	FairNone   Fairness = ""
	FairWeight Fairness = "weight"
	FairMaxMin Fairness = "worst off first"
)

// MatchSettings are an event's own rules for making matches. What is not
// recorded has a default.
type MatchSettings struct {
	Seconds    value.Opt[int64]
	Seed       value.Opt[int64]
	AwayCap    value.Opt[int64]
	Visits     value.Opt[int64]
	MinScore   value.Opt[int64]
	WishPoints value.Opt[int64]
	Approved   bool
	Repeat     bool
	Fairness   Fairness
	FairPoints value.Opt[int64]
	CarryOver  bool
}

// Defaults of the settings that are not recorded.
const (
	DefaultMatchSeconds = 5
	DefaultVisits       = 1
	DefaultMinScore     = 150
	DefaultWishPoints   = 200
	DefaultFairPoints   = 150
)

func matchingFields() []field.Field[MatchSettings] {
	return []field.Field[MatchSettings]{
		field.OptInt(1, "seconds", "Seconds to look", func(m *MatchSettings) *value.Opt[int64] { return &m.Seconds }).
			HiddenByDefault().Example("5").
			Help("How long to look for better matches, from 1 to 600; 5 when empty."),
		field.OptInt(2, "seed", "Seed", func(m *MatchSettings) *value.Opt[int64] { return &m.Seed }).HiddenByDefault().
			Help("The same sign-ups and the same seed give the same matches."),
		field.OptInt(3, "away_cap", "Away at once", func(m *MatchSettings) *value.Opt[int64] { return &m.AwayCap }).
			HiddenByDefault().Example("2").
			Help("How many of one department may be away in the same half day; empty means any number."),
		field.OptInt(4, "visits", "Visits each", func(m *MatchSettings) *value.Opt[int64] { return &m.Visits }).
			HiddenByDefault().Example("1").
			Help("How many visits anybody makes at most; 1 when empty."),
		field.OptInt(5, "min_score", "Lowest score", func(m *MatchSettings) *value.Opt[int64] { return &m.MinScore }).
			HiddenByDefault().Example("150").
			Help(
				"Pairs whose work is less alike than this are not matched; 150 when empty, and 1,000 means the " +
					"same words."),
		field.OptInt(6, "wish_points", "Points for a wish",
			func(m *MatchSettings) *value.Opt[int64] { return &m.WishPoints }).HiddenByDefault().Example("200").
			Help("Added to the score of a pair when one of them asked for the other; 200 when empty."),
		field.Bool(7, "approved_only", "Approved only", func(m *MatchSettings) *bool { return &m.Approved }).
			HiddenByDefault().
			Help("Match only people whose supervisor has approved."),
		field.Bool(8, "repeat_pairs", "Repeat pairs", func(m *MatchSettings) *bool { return &m.Repeat }).
			HiddenByDefault().
			Help("Let two people meet again who met at an earlier event."),
		field.Word(9, "fairness", "Fairness", func(m *MatchSettings) *Fairness { return &m.Fairness },
			field.Choice{Value: "weight", Title: "Points for cities that came short"},
			field.Choice{Value: "worst off first", Title: "Worst-off city first"}).HiddenByDefault().
			Help("Empty looks at the whole only."),
		field.OptInt(10, "fair_points", "Points for coming short",
			func(m *MatchSettings) *value.Opt[int64] { return &m.FairPoints }).HiddenByDefault().Example("150").
			Help("Added to each visit by somebody of a city that received less than its share; 150 when empty."),
		field.Bool(11, "carry_over", "Count earlier events", func(m *MatchSettings) *bool { return &m.CarryOver }).
			HiddenByDefault().
			Help("What a city received at earlier events counts towards its share."),
	}
}

func (m *MatchSettings) check(c *field.Checking) {
	within := func(field, what string, v value.Opt[int64], low, high int64, limits string) {
		if v.Set && (v.V < low || v.V > high) {
			c.Add(field, what+" is from "+limits)
		}
	}
	within("seconds", "the time to look", m.Seconds, 1, 600, "1 to 600 seconds")
	within("seed", "the seed", m.Seed, 0, 1<<31, "0 to 2,147,483,648")
	within("away_cap", "the number away at once", m.AwayCap, 0, 1000, "0 to 1,000")
	within("visits", "the number of visits each", m.Visits, 1, 62, "1 to 62")
	within("min_score", "the lowest score", m.MinScore, 0, 5000, "0 to 5,000")
	within("wish_points", "the points for a wish", m.WishPoints, 0, 5000, "0 to 5,000")
	within("fair_points", "the points for coming short", m.FairPoints, 0, 5000, "0 to 5,000")
}

// WorkWeights say how much each kind of likeness counts when people's work is
// compared. What is not recorded has its default.
type WorkWeights struct {
	Title, Tags, Duties      value.Opt[int64]
	Words, Spelling, Related value.Opt[int64]
	Department, Area         value.Opt[int64]
	Agreement                value.Opt[int64]
}

func weightFields() []field.Field[WorkWeights] {
	weight := func(tag int, name, title, help,
		eg string, lens func(*WorkWeights) *value.Opt[int64]) field.Field[WorkWeights] {
		return field.OptInt(tag, name, title, lens).HiddenByDefault().Help(help).Example(eg)
	}
	return []field.Field[WorkWeights]{
		weight(1, "title", "Words in titles", "How much a word in the title weighs.", "20",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Title }),
		weight(2, "tags", "Words in tags", "How much a tag weighs.", "15",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Tags }),
		weight(3, "duties", "Words in duties", "How much a word in the duties weighs.", "10",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Duties }),
		weight(4, "words", "Same words", "Points of two people who use the same words.", "100",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Words }),
		weight(5, "spelling", "Same letters", "Points of likeness letter by letter, which forgives typing errors.",
			"100", func(w *WorkWeights) *value.Opt[int64] { return &w.Spelling }),
		weight(6, "related", "Related words", "Points of words that keep the same company.", "80",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Related }),
		weight(7, "department", "Same department", "Points of the same department name.", "15",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Department }),
		weight(8, "area", "Similar departments", "Points of departments whose people do similar work.", "35",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Area }),
		weight(9, "agreement", "Similar people", "How far similar people's similarities count, in percent.", "70",
			func(w *WorkWeights) *value.Opt[int64] { return &w.Agreement }),
	}
}

func (w *WorkWeights) check(c *field.Checking) {
	for _, f := range []struct {
		name string
		v    value.Opt[int64]
	}{{"title", w.Title}, {"tags", w.Tags}, {"duties", w.Duties}, {"words", w.Words}, {"spelling", w.Spelling},
		{"related", w.Related}, {"department", w.Department}, {"area", w.Area}, {"agreement", w.Agreement}} {
		if f.v.Or(0) < 0 || f.v.Or(0) > 1000 {
			c.Add("weight_"+f.name, "a weight is from 0 to 1,000")
		}
	}
}
