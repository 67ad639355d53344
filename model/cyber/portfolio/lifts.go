package portfolio

import (
	_ "embed"
	"strings"

	"interlocal/model/cyber/framework"
)

//go:embed data/lifts.tsv
var liftTable string

// LiftsBasis is what a screen says about [framework.Framework.StartingLifts].
const LiftsBasis = "local judgement: edit it before relying on it"

// StartingSolution is a suggestion to begin a portfolio with. What it lifts is
// a judgement, not a measurement, and it has no cost: costs are always the
// user's own.
type StartingSolution struct {
	Name  string
	Lifts []Lift
	Basis string // always [LiftsBasis]
}

// StartingLifts gives the suggestions for this version of the framework.
func StartingLifts(f *framework.Framework) []StartingSolution {
	var out []StartingSolution
	for _, row := range framework.TableRows(liftTable, 4) {
		if row[0] != string(f.Version) {
			continue
		}
		s := StartingSolution{Name: row[1], Basis: LiftsBasis}
		for part := range strings.FieldsSeq(row[2]) {
			for _, i := range itemsOf(f, part) {
				s.Lifts = append(s.Lifts, Lift{Item: i, To: int(row[3][0] - '0')})
			}
		}
		out = append(out, s)
	}
	return out
}

// itemsOf gives the places of the items under a function, a category or a
// subcategory.
func itemsOf(f *framework.Framework, part string) []int {
	var out []int
	for i, it := range f.Items {
		if string(it.ID) == part || string(it.ID.Category()) == part || string(it.ID.Function()) == part {
			out = append(out, i)
		}
	}
	return out
}
