package cyber

import (
	"strconv"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/text"
)

// Explain says in words how a figure came about: the formula with its numbers,
// what was left out, and what the open answers could still do. part is the ID
// of a function or a category, or "" for the overall score.
func (s Score) Explain(part string) string {
	f := framework.Builtin(s.Version)
	if f == nil {
		return ""
	}
	if part == "" {
		return s.explainOverall(f)
	}
	for i, c := range f.Categories {
		if string(c.ID) == part {
			return string(c.ID) + " " + c.Name + ": " + overSubcategories(s.Categories[i]) + remarks(s.Categories[i])
		}
	}
	for i, fn := range f.Functions {
		if string(fn.ID) == part {
			return string(fn.ID) + " " + fn.Name + ": " + s.explainFunction(f, i) + remarks(s.Functions[i])
		}
	}
	return ""
}

func (s Score) explainOverall(f *framework.Framework) string {
	if s.Options.RollUp == BySubcategory {
		return "Overall: " + overSubcategories(s.Overall) + remarks(s.Overall)
	}
	var names []string
	for _, fn := range f.Functions {
		names = append(names, string(fn.ID))
	}
	return "Overall: " + overParts(s.Overall, "function", names, s.Functions) + remarks(s.Overall)
}

func (s Score) explainFunction(f *framework.Framework, i int) string {
	if s.Options.RollUp == BySubcategory {
		return overSubcategories(s.Functions[i])
	}
	fn := f.Functions[i]
	var names []string
	for _, c := range f.Categories[fn.CatFrom:fn.CatTo] {
		names = append(names, string(c.ID))
	}
	return overParts(s.Functions[i], "category", names, s.Categories[fn.CatFrom:fn.CatTo])
}

// overSubcategories writes "4.9 = 34 ÷ 7: the levels of 7 subcategories add up
// to 34."
func overSubcategories(fig Figure) string {
	if !fig.Mean.Known() {
		return "no score, since nothing in it is answered with a level."
	}
	return equals(fig.Mean, strconv.Itoa(fig.Sum)+" ÷ "+strconv.Itoa(fig.Scored)) +
		": the levels of " + text.Counted(fig.Scored, "subcategory", "subcategories") + " add up to " +
		strconv.Itoa(fig.Sum) + "."
}

// overParts writes the mean of the means beneath. The terms are rounded as
// shown, the sum is worked out exactly.
func overParts(fig Figure, kind string, names []string, parts []Figure) string {
	var terms, without []string
	for i, p := range parts {
		if p.Mean.Known() {
			terms = append(terms, names[i]+" "+p.Mean.String())
		} else {
			without = append(without, names[i])
		}
	}
	if len(terms) == 0 {
		return "no score, since nothing in it is answered with a level."
	}
	plural := kind + "s"
	if kind == "category" {
		plural = "categories"
	}
	text := fig.Mean.String() + " is the mean of " + text.Counted(len(terms), kind, plural) + " (" +
		strings.Join(terms, ", ") +
		"), worked out from the exact means; each counts the same, whatever its size."
	if len(without) > 0 {
		text += " Without a score, and left out: " + strings.Join(without, ", ") + "."
	}
	return text
}

// equals writes "3.5 = 7 ÷ 2", or "4.9 ≈ 34 ÷ 7" where one decimal is not
// enough.
func equals(r Ratio, formula string) string {
	if _, den := r.Parts(); 10%den != 0 {
		return r.String() + " ≈ " + formula
	}
	return r.String() + " = " + formula
}

// remarks writes what was left out, what is still open and what is met by
// acceptance only.
func remarks(fig Figure) string {
	var b strings.Builder
	if n := fig.NotApplicable; n > 0 {
		b.WriteString(" Left out as not applicable: " + strconv.Itoa(n) + ".")
	}
	if fig.Open() > 0 {
		b.WriteString(" Still open: " + openParts(fig.Tally) + "; with all of them at 1 it would be " +
			fig.Low.String() + ", at 7 " + fig.High.String() + ".")
	}
	if n := fig.Accepted; n > 0 {
		b.WriteString(" Counted as 5 by risk acceptance: " + strconv.Itoa(n) + ".")
	}
	return b.String()
}

func openParts(t Tally) string {
	var parts []string
	if t.Unknown > 0 {
		parts = append(parts, strconv.Itoa(t.Unknown)+" unknown")
	}
	if t.Unanswered > 0 {
		parts = append(parts, strconv.Itoa(t.Unanswered)+" unanswered")
	}
	return strings.Join(parts, ", ")
}
