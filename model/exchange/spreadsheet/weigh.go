package spreadsheet

import (
	"strings"
	"unicode"

	"interlocal/model/field"
)

// weigher looks at what stands beneath headings.
type weigher struct {
	kind    *field.Kind
	sheet   *Sheet
	env     *field.Env
	empty   []bool
	samples [][]string // distinct values by column
	scores  map[weighed]int
}

type weighed struct {
	column int
	target string
}

// A column is judged by some of its distinct values from the first rows.
const (
	sampledRows   = 500
	sampledValues = 25
)

func newWeigher(k *field.Kind, s *Sheet, env *field.Env) *weigher {
	w := &weigher{kind: k, sheet: s, env: env, empty: make([]bool, len(s.Headings)),
		samples: make([][]string, len(s.Headings)),
		scores:  map[weighed]int{}}
	for j := range s.Headings {
		seen := map[string]bool{}
		for i := 0; i < s.Len() && (i < sampledRows || len(seen) == 0) && len(seen) < sampledValues; i++ {
			if cell := s.Cell(i, j); cell != "" && !seen[cell] {
				seen[cell] = true
				w.samples[j] = append(w.samples[j], cell)
			}
		}
		w.empty[j] = len(w.samples[j]) == 0
	}
	return w
}

// weigh says how well a column's values do for a target, from 0 to 100.
func (w *weigher) weigh(i int, target string) int {
	if w.empty[i] && target != Ignored {
		return 0
	}
	at := weighed{i, target}
	if score, known := w.scores[at]; known {
		return score
	}
	name, part, isPart := strings.Cut(target, ":")
	c := w.kind.Column(name)
	score := 100
	if c != nil && (!isPart || part != extension) && !w.sheet.Structured {
		score = w.judge(c, isPart, w.samples[i])
	}
	w.scores[at] = score
	return score
}

// judge gives the share of values that a field can hold.
func (w *weigher) judge(c *field.Column, part bool, values []string) int {
	fits := w.fits(c, part)
	if fits == nil {
		return 100
	}
	good, counted := 0, 0
	for _, v := range values {
		if SaysNothing(v) {
			continue
		}
		counted++
		if fits(v) {
			good++
		}
	}
	if counted == 0 {
		return 1
	}
	return good * 100 / counted
}

// fits gives the test for a field's values; nil where anything will do.
func (w *weigher) fits(c *field.Column, part bool) func(string) bool {
	switch {
	case w.kind.Headings.Names[c.Name] != "":
		return func(s string) bool { _, err := w.env.Resolve(w.kind.Headings.Names[c.Name], s); return err == nil }
	case c.Name == "email":
		return func(s string) bool { return strings.Contains(s, "@") }
	case c.Name == "title" && w.kind.Column("email") != nil:
		return func(s string) bool { return !honorific(s) }
	case c.Name == "name" && !part && w.kind.Column("email") != nil:
		return isName
	case c.Name == "name" && !part:
		return func(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
	case c.Shape == field.ShapeRef, c.Shape == field.ShapeChoice, c.Shape == field.ShapeDay:
		words := ChoiceWords(w.kind, c.Name)
		return func(s string) bool {
			_, word := words[field.FoldName(s)]
			return word || c.Parse(w.kind.New(), s, w.env) == nil
		}
	}
	return nil
}

// isName reports whether a text may be a person's name: letters, and no code.
func isName(s string) bool {
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters > 1 && digits*2 < letters && !strings.Contains(s, "@")
}

// honorific reports whether a title is how somebody is addressed, and no post.
func honorific(s string) bool {
	switch strings.Trim(strings.ToLower(s), ". ") {
	case "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "hon", "sir":
		return true
	}
	return false
}

// SaysNothing reports whether a cell says that there is nothing to say.
func SaysNothing(s string) bool {
	if len(s) > 24 {
		return false
	}
	switch strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".") {
	case "", "-", "--", "---", "–", "—", "n/a", "na", "n.a", "#n/a", "none", "nil", "null", "not applicable",
		"tbd", "?":
		return true
	}
	return false
}

// ChoiceWords gives what offices write for a field's choices.
func ChoiceWords(k *field.Kind, name string) map[string]string {
	var out map[string]string
	for _, v := range k.Headings.Values {
		if v.Field != name {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		for word := range strings.SplitSeq(v.Words, ",") {
			out[field.FoldName(word)] = v.Value
		}
	}
	return out
}
