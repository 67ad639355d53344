package cyber

import (
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Wording is the official text of one subcategory, as imported from a file of
// the framework's publisher. It is shown before the program's own question.
type Wording struct {
	ID        field.ID[Wording]
	Framework framework.Version
	Item      string
	Text      string
}

// KindWordings names the kind whose records are of type [Wording].
const KindWordings = "wordings"

// KindName is "wordings".
func (Wording) KindName() string { return KindWordings }

// DescribeWording describes official wording.
func DescribeWording() *field.Kind {
	return field.Def[Wording]{
		Tag: 55, One: "wording", Title: "Official wording", Scope: field.ScopeShared,
		Purpose: "What the framework itself says, item by item, from its publisher's file.",
		ID:      func(w *Wording) *field.ID[Wording] { return &w.ID },
		Label:   func(w *Wording) string { return w.Item },
		Unique:  [][]string{{"framework", "item"}},
		Check: func(c *field.Checking, _, w *Wording) {
			if w.Item != "" && w.Framework != "" && !framework.IsItem(w.Framework, w.Item) {
				c.Add("item", w.Item+" is not a subcategory of "+w.Framework.Title())
			}
		},
		Fields: []field.Field[Wording]{
			field.Word(1, "framework", "Framework", func(w *Wording) *framework.Version { return &w.Framework },
				framework.Versions()...).Required().Width(10).Example("CSF 2.0"),
			field.Text(2, "item", "Item", func(w *Wording) *string { return &w.Item }).Required().Width(10).
				Example("PR.AA-01"),
			field.Text(3, "text", "Text", func(w *Wording) *string { return &w.Text }).Required().Width(60),
		},
	}.Kind()
}

// WordingID identifies a wording.
type WordingID = field.ID[Wording]

// BenchmarkID identifies a benchmark.
type BenchmarkID = field.ID[Benchmark]

// Benchmark is one figure a city compares itself with, copied from its own
// copy of the review's report. None is built in.
type Benchmark struct {
	ID      field.ID[Benchmark]
	Cycle   field.ID[Cycle]
	Partner field.ID[partnership.Partner]
	Part    string // a function or a category; empty means overall
	Score   value.Opt[value.Tenths]
	Group   string // whose average it is
	Source  string
}

// KindBenchmarks names the kind whose records are of type [Benchmark].
const KindBenchmarks = "benchmarks"

// KindName is "benchmarks".
func (Benchmark) KindName() string { return KindBenchmarks }

// DescribeBenchmark describes benchmarks.
func DescribeBenchmark() *field.Kind {
	return field.Def[Benchmark]{
		Tag: 56, One: "benchmark", Title: "Benchmarks", Scope: field.ScopeAnswers,
		Purpose: "Averages of other participants, as a city's own report of the review gives them.",
		ID:      func(b *Benchmark) *field.ID[Benchmark] { return &b.ID },
		Label:   func(b *Benchmark) string { return b.Part },
		Unique:  [][]string{{"cycle", "partner", "group", "part"}},
		Parties: func(_ field.Reader, b *Benchmark) []field.Party { return []field.Party{field.Party(b.Partner)} },
		Check: func(c *field.Checking, _, b *Benchmark) {
			if s := b.Score.Or(10); s < 10 || s > 70 {
				c.Add("score", "a score is between 1 and 7")
			}
			if y := field.Get(c, b.Cycle); y != nil && b.Part != "" && len(Lifting(y.Framework, b.Part)) == 0 {
				c.Add("part", b.Part+" is not a function or a category of "+y.Framework.Title())
			}
		},
		Fields: []field.Field[Benchmark]{
			field.Ref(1, "cycle", "Cycle", func(b *Benchmark) *field.ID[Cycle] { return &b.Cycle }).Required().Width(6).
				Example("2026"),
			field.Ref(2, "partner", "City", func(b *Benchmark) *field.ID[partnership.Partner] { return &b.Partner }).
				Required().Width(16).Example("Raytown"),
			field.Text(3, "part", "Function or category", func(b *Benchmark) *string { return &b.Part }).Width(10).
				Example("PR").Help("Leave empty for the overall score."),
			field.Meter(4, "score", "Score", func(b *Benchmark) *value.Opt[value.Tenths] { return &b.Score }).
				Required().Width(6).Example("4.3"),
			field.Text(5, "group", "Average of", func(b *Benchmark) *string { return &b.Group }).Required().Width(24).
				Example("Local governments"),
			field.Text(6, "source", "Source", func(b *Benchmark) *string { return &b.Source }).Width(30).
				Example("Our report of the 2026 review, page 9"),
		},
	}.Kind()
}
