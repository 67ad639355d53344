package cyber_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
)

// secondMean is the mean of what a list of answers is worth, as the review words it: the
// digit of the answer; not applicable, unknown and unanswered are left out.
func secondMean(answers []string) *big.Rat {
	sum, n := int64(0), int64(0)
	for _, a := range answers {
		if i := strings.IndexAny(a, "1234567"); i == 0 {
			sum, n = sum+int64(a[0]-'0'), n+1
		}
	}
	if n == 0 {
		return nil
	}
	return big.NewRat(sum, n)
}

// secondMeanOf is the mean of means, over the parts that have one.
func secondMeanOf(parts []*big.Rat) *big.Rat {
	sum, n := new(big.Rat), int64(0)
	for _, p := range parts {
		if p != nil {
			sum, n = sum.Add(sum, p), n+1
		}
	}
	if n == 0 {
		return nil
	}
	return sum.Quo(sum, big.NewRat(n, 1))
}

// written is a mean to one decimal, half a tenth going up, or the dash.
func written(r *big.Rat) string {
	if r == nil {
		return cyber.NewRatio(0, 0).String()
	}
	tenths := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(10, 1)), big.NewRat(1, 2))
	n := new(big.Int).Div(tenths.Num(), tenths.Denom())
	return fmt.Sprintf("%d.%d", new(big.Int).Div(n, big.NewInt(10)), new(big.Int).Mod(n, big.NewInt(10)))
}

// second scores by names alone: items are grouped by what stands before the dash and
// before the dot. It knows nothing of the framework's tables.
func second(items, answers []string) (byItem, byCategory map[string]*big.Rat) {
	parts, categories := map[string][]string{}, map[string][]string{}
	var functions []string
	for i, id := range items {
		cat, _, _ := strings.Cut(id, "-")
		fn, _, _ := strings.Cut(cat, ".")
		if parts[fn] == nil {
			functions = append(functions, fn)
		}
		if parts[cat] == nil {
			categories[fn] = append(categories[fn], cat)
		}
		for _, part := range []string{"", fn, cat} {
			parts[part] = append(parts[part], answers[i])
		}
	}
	byItem, byCategory = map[string]*big.Rat{}, map[string]*big.Rat{}
	for part, list := range parts {
		byItem[part] = secondMean(list)
	}
	var all []*big.Rat
	for _, fn := range functions {
		var of []*big.Rat
		for _, cat := range categories[fn] {
			byCategory[cat] = byItem[cat]
			of = append(of, byItem[cat])
		}
		byCategory[fn] = secondMeanOf(of)
		all = append(all, byCategory[fn])
	}
	byCategory[""] = secondMeanOf(all)
	return byItem, byCategory
}

// Scores, those of categories included, equal what a second scoring makes of the same
// answers, on 400 assessments of either edition, sparse and full.
func TestScoresEqualASecondImplementation(t *testing.T) {
	draw := rand.New(rand.NewPCG(20, 26))
	kinds := []string{"1", "2", "3", "4", "5a", "5p", "6", "7", "n/a", "unknown", ""}
	for round := range 400 {
		f := framework.Catalogue()[round%2]
		items, answers, levels := []string{}, []string{}, cyber.Levels{}
		most := 1 + draw.IntN(len(kinds)) // some rounds hold few kinds of answers
		from := draw.IntN(len(kinds))
		for _, it := range f.Items {
			a := kinds[(from+draw.IntN(most))%len(kinds)]
			items, answers, levels = append(items, string(it.ID)), append(answers, a), append(levels, cyber.Level(a))
		}
		byItem, byCategory := second(items, answers)
		for up, want := range map[cyber.RollUp]map[string]*big.Rat{cyber.BySubcategory: byItem,
			cyber.ByCategory: byCategory} {
			got := cyber.ScoreOf(f, levels, cyber.Options{RollUp: up})
			check := func(part string, mean cyber.Ratio) {
				if mean.String() != written(want[part]) {
					t.Fatalf("round %d, %s, %q: %s, a second scoring says %s", round, up, part, mean,
						written(want[part]))
				}
			}
			check("", got.Overall.Mean)
			for i, fn := range f.Functions {
				check(string(fn.ID), got.Functions[i].Mean)
			}
			for i, c := range f.Categories {
				check(string(c.ID), got.Categories[i].Mean)
				if got.Part(string(c.ID)) != written(want[string(c.ID)]) {
					t.Fatalf("%s is written as %s", c.ID, got.Part(string(c.ID)))
				}
			}
		}
	}
}
