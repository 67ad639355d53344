package model

// Wording is the official text of one subcategory, as imported from a file of
// the framework's publisher. It is shown before the program's own question.
type Wording struct {
	ID        ID[Wording]
	Framework FrameworkVersion
	Item      string
	Text      string
}

// KindName is "wordings".
func (Wording) KindName() string { return "wordings" }

func wordingKind() *Kind {
	return Def[Wording]{
		Tag: 55, One: "wording", Title: "Official wording", Realm: RealmShared,
		Purpose: "What the framework itself says, item by item, from its publisher's file.",
		ID:      func(w *Wording) *ID[Wording] { return &w.ID },
		Label:   func(w *Wording) string { return w.Item },
		Unique:  [][]string{{"framework", "item"}},
		Check: func(c *Checking, _, w *Wording) {
			if w.Item != "" && w.Framework != "" && !IsItem(w.Framework, w.Item) {
				c.Add("item", w.Item+" is not a subcategory of "+w.Framework.Title())
			}
		},
		Fields: []Field[Wording]{
			Word(1, "framework", "Framework", func(w *Wording) *FrameworkVersion { return &w.Framework }, frameworkVersions()...).Need().Wide(10).Eg("CSF 2.0"),
			Text(2, "item", "Item", func(w *Wording) *string { return &w.Item }).Need().Wide(10).Eg("PR.AA-01"),
			Text(3, "text", "Text", func(w *Wording) *string { return &w.Text }).Need().Wide(60),
		},
	}.Kind()
}

// WordingID identifies a wording.
type WordingID = ID[Wording]

// BenchmarkID identifies a benchmark.
type BenchmarkID = ID[Benchmark]

// Benchmark is one figure a city compares itself with, copied from its own
// copy of the review's report. None is built in.
type Benchmark struct {
	ID      ID[Benchmark]
	Cycle   ID[Cycle]
	Partner ID[Partner]
	Part    string // a function or a category; empty means overall
	Score   Opt[Tenths]
	Group   string // whose average it is
	Source  string
}

// KindName is "benchmarks".
func (Benchmark) KindName() string { return "benchmarks" }

func benchmarkKind() *Kind {
	return Def[Benchmark]{
		Tag: 56, One: "benchmark", Title: "Benchmarks", Realm: RealmAnswers,
		Purpose: "Averages of other participants, as a city's own report of the review gives them.",
		ID:      func(b *Benchmark) *ID[Benchmark] { return &b.ID },
		Label:   func(b *Benchmark) string { return b.Part },
		Unique:  [][]string{{"cycle", "partner", "group", "part"}},
		Parties: func(_ Reader, b *Benchmark) []Party { return []Party{Party(b.Partner)} },
		Check: func(c *Checking, _, b *Benchmark) {
			if s := b.Score.Or(10); s < 10 || s > 70 {
				c.Add("score", "a score is between 1 and 7")
			}
			if y := Get(c, b.Cycle); y != nil && b.Part != "" && len(Lifting(y.Framework, b.Part)) == 0 {
				c.Add("part", b.Part+" is not a function or a category of "+y.Framework.Title())
			}
		},
		Fields: []Field[Benchmark]{
			Ref(1, "cycle", "Cycle", func(b *Benchmark) *ID[Cycle] { return &b.Cycle }).Need().Wide(6).Eg("2026"),
			Ref(2, "partner", "City", func(b *Benchmark) *ID[Partner] { return &b.Partner }).Need().Wide(16).Eg("Raytown"),
			Text(3, "part", "Function or category", func(b *Benchmark) *string { return &b.Part }).Wide(10).Eg("PR").Say("Leave empty for the overall score."),
			Meter(4, "score", "Score", func(b *Benchmark) *Opt[Tenths] { return &b.Score }).Need().Wide(6).Eg("4.3"),
			Text(5, "group", "Average of", func(b *Benchmark) *string { return &b.Group }).Need().Wide(24).Eg("Local governments"),
			Text(6, "source", "Source", func(b *Benchmark) *string { return &b.Source }).Wide(30).Eg("Our report of the 2026 review, page 9"),
		},
	}.Kind()
}
