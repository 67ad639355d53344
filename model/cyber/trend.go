package cyber

import (
	"strconv"

	"interlocal/model/cyber/framework"
	"interlocal/model/text"
)

// Trend compares two assessments of one city. Within a version it compares the
// subcategories scored both times. Across versions it compares only what the
// crosswalk ties together and is an estimate: a subcategory is set against the
// mean of those of the other version that it came from, or went to.
type Trend struct {
	Estimated bool // the versions differ
	Overall   Change
	Functions []Change // in the order of the newer framework's functions
}

// Change is what became of a part of the framework. Before and After are means
// over the comparable subcategories only, so they need not equal the scores of
// either year.
type Change struct {
	Comparable int // subcategories that could be compared
	Scored     int // subcategories scored now
	Items      int // subcategories there are now
	Before     Ratio
	After      Ratio
}

// Difference gives After less Before.
func (c Change) Difference() Ratio { return c.After.Sub(c.Before) }

// Share gives the comparable share of the subcategories in whole percent,
// rounded down so that it never claims more than there is.
func (c Change) Share() int {
	if c.Items == 0 {
		return 0
	}
	return 100 * c.Comparable / c.Items
}

// Explain says in words what was compared.
func (t Trend) Explain(c Change) string {
	if c.Comparable == 0 {
		return "No subcategory was scored in both, so there is nothing to compare."
	}
	text := c.Before.String() + " to " + c.After.String() + " over the " + text.Counted(c.Comparable, "subcategory",
		"subcategories") +
		" that can be compared, of " + strconv.Itoa(c.Items) + " (" + strconv.Itoa(c.Share()) + "%)."
	if t.Estimated {
		text +=
			" Estimated: the framework changed in between, and each is set against the mean of the ones it is tied to."
	}
	return text
}

// NewTrend compares an earlier assessment with a later one. It is empty when a
// version is not known.
func NewTrend(before framework.Version, was Levels, after framework.Version, now Levels) Trend {
	old, cur := framework.Builtin(before), framework.Builtin(after)
	if old == nil || cur == nil {
		return Trend{}
	}
	earlier := earlierScores(old, was, cur)
	t := Trend{Estimated: before != after}
	var all changeSum
	for _, fn := range cur.Functions {
		var part changeSum
		for i := fn.From; i < fn.To; i++ {
			part.count(earlier[i], now.At(i))
			all.count(earlier[i], now.At(i))
		}
		t.Functions = append(t.Functions, part.change())
	}
	t.Overall = all.change()
	return t
}

// earlierScores gives, for every item of cur, what it is to be compared with.
func earlierScores(old *framework.Framework, was Levels, cur *framework.Framework) []Ratio {
	out := make([]Ratio, len(cur.Items))
	if old.Version == cur.Version {
		for i := range out {
			if v, ok := was.At(i).Value(); ok {
				out[i] = NewRatio(int64(v), 1)
			}
		}
		return out
	}
	sums, counts := make([]int64, len(out)), make([]int64, len(out))
	for _, l := range framework.OldToNew().Links {
		from, to := l.Old, l.New
		if cur.Version == framework.CSF11 {
			from, to = to, from
		}
		j, okTo := cur.Index(to)
		i, okFrom := old.Index(from)
		if v, scored := was.At(i).Value(); okTo && okFrom && scored {
			sums[j] += int64(v)
			counts[j]++
		}
	}
	for j := range out {
		out[j] = NewRatio(sums[j], counts[j])
	}
	return out
}

// changeSum adds up comparable pairs.
type changeSum struct {
	items, scored, comparable int
	before, after             Ratio
}

func (s *changeSum) count(before Ratio, l Level) {
	s.items++
	v, ok := l.Value()
	if !ok {
		return
	}
	s.scored++
	if !before.Known() {
		return
	}
	s.comparable++
	s.before = s.before.Add(before)
	s.after = s.after.Add(NewRatio(int64(v), 1))
}

func (s *changeSum) change() Change {
	return Change{Comparable: s.comparable, Scored: s.scored, Items: s.items,
		Before: s.before.Over(s.comparable), After: s.after.Over(s.comparable)}
}
