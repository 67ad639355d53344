package paper

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
)

// What a column of an earlier sheet may hold.
const (
	holdsItem   = "subcategory"
	holdsLevel  = "answer"
	holdsReason = "reason"
	holdsNote   = "note"
	holdsTarget = "target"
)

// headingWords gives the words by which other programs head their columns,
// the surest first.
func headingWords(what string) []string {
	switch what {
	case holdsItem:
		return []string{"subcategory id", "subcategory", "sub-category", "csf id", "control id", "item", "control",
			"question id", "id", "question"}
	case holdsLevel:
		return []string{"answer", "level", "maturity level", "maturity", "response", "current level", "score", "rating",
			"current", "value"}
	case holdsReason:
		return []string{"reason", "justification", "explanation"}
	case holdsNote:
		return []string{"note", "notes", "comment", "comments", "remarks"}
	}
	return []string{"target", "target level", "goal", "desired level"}
}

// Holds lists what a column may be said to hold.
func Holds() []string { return []string{holdsItem, holdsLevel, holdsReason, holdsNote, holdsTarget} }

// HeadRow finds the row of headings among the first rows of a sheet about an
// edition: of those above the first subcategory the one with most words that
// head such columns, the nearest of several.
func HeadRow(v framework.Version) func(rows [][]string) int {
	f := framework.Builtin(v)
	named := func(row []string) bool {
		return slices.ContainsFunc(row, func(s string) bool { _, ok := f.Match(s); return ok })
	}
	return func(rows [][]string) int {
		best, most := 0, -1
		for i, row := range rows {
			if f == nil || named(row) {
				break
			}
			if filled, words := 0, 0; !slices.ContainsFunc(row, f.Above) {
				for _, cell := range row {
					if cell = strings.TrimSpace(cell); cell != "" && len(cell) <= 80 {
						filled++
						words += heads(cell)
					}
				}
				if filled >= 2 && words >= most {
					best, most = i, words
				}
			}
		}
		return best
	}
}

// heads counts for what a cell could be the heading.
func heads(cell string) (n int) {
	for _, what := range Holds() {
		if place([]string{cell}, what, nil) == 0 {
			n++
		}
	}
	return n
}

// reader finds out which column holds what.
type reader struct {
	Table
	f    *framework.Framework
	year int
}

// share gives how many cells of a column hold something, and how many of those
// what is asked for.
func (t reader) share(col int, is func(string) bool) (of, n int) {
	for _, row := range t.Rows {
		if col < len(row) && strings.TrimSpace(row[col]) != "" {
			if of++; is(row[col]) {
				n++
			}
		}
	}
	return of, n
}

// ids finds the column with the most subcategories, of this edition or else of
// the other; -1 when no cell of the sheet is one.
func (t reader) ids() int {
	sure := place(t.Headings, holdsItem, nil)
	for _, f := range append([]*framework.Framework{t.f}, framework.Catalogue()...) {
		best, most := -1, 0
		for i := range t.Headings {
			_, n := t.share(i, func(s string) bool { _, ok := f.Match(s); return ok })
			if n > most || n == most && n > 0 && i == sure {
				best, most = i, n
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

// levels finds the column whose cells are levels: by its heading if several are,
// and by the year. More than one that could be it is for a person to say.
func (t reader) levels(taken []int) (int, error) {
	var could []int
	head := make([]string, len(t.Headings))
	for i, h := range t.Headings {
		of, n := t.share(i, func(s string) bool { says, _ := cyber.SpeaksOfLevel(s); return says })
		if other := place([]string{h}, holdsTarget, nil) + place([]string{h}, holdsReason, nil) +
			place([]string{h}, holdsNote, nil); n*2 >= max(of, 1) && other == -3 && !slices.Contains(taken, i) {
			could, head[i] = append(could, i), h
		}
	}
	if year := strconv.Itoa(t.year); len(could) > 1 {
		of := slices.DeleteFunc(slices.Clone(could), func(i int) bool { return !strings.Contains(head[i], year) })
		if len(of) == 1 {
			return of[0], nil
		}
	}
	if i := place(head, holdsLevel, nil); i >= 0 && (len(could) < 2 || heads(head[i]) == 1) {
		return i, nil
	}
	switch len(could) {
	case 0:
		return place(t.Headings, holdsLevel, taken), nil
	case 1:
		return could[0], nil
	}
	var names []string
	for _, i := range could {
		names = append(names, strconv.Quote(t.Headings[i]))
	}
	return -1, failure.New(failure.Invalid, "several columns hold levels: "+strings.Join(names, ", ")+"; say which, "+
		"such as --map "+strconv.Quote(t.Headings[could[0]]+"="+holdsLevel))
}

// columns finds out which column holds what: as was said, the subcategory and
// the level by what the cells hold, the rest by the headings.
func (t reader) columns() (map[string]int, error) {
	at, taken := map[string]int{}, []int{}
	for i, h := range t.Headings {
		if what, said := t.Says[h]; said {
			at[what], taken = i, append(taken, i)
		}
	}
	for h, what := range t.Says {
		if !slices.Contains(t.Headings, h) || what != "-" && !slices.Contains(Holds(), what) {
			return nil, failure.New(failure.Invalid, "--map takes one of the headings, "+headingList(t.Headings)+
				", and what it holds: "+strings.Join(Holds(), ", ")+" or - for nothing; not "+strconv.Quote(h+"="+what))
		}
	}
	for _, what := range Holds() {
		if _, said := at[what]; said {
			continue
		}
		i := -1
		if what == holdsItem {
			if i = t.ids(); slices.Contains(taken, i) {
				i = -1
			}
		}
		if what == holdsLevel {
			var err error
			if i, err = t.levels(taken); err != nil {
				return nil, err
			}
		}
		if i < 0 && what != holdsLevel {
			i = place(t.Headings, what, taken)
		}
		if at[what] = i; i >= 0 {
			taken = append(taken, i)
		}
	}
	return at, nil
}

// mend joins headings that a comma within brackets has torn apart, as far as there
// are more of them than any row has cells: "CSF Outcome (Function", "or Category)".
func (t *Table) mend() {
	width := 0
	for _, row := range t.Rows {
		for i, cell := range row {
			if strings.TrimSpace(cell) != "" {
				width = max(width, i+1)
			}
		}
	}
	t.Headings = slices.Clone(t.Headings)
	for i := 0; width > 0 && len(t.Headings) > width && i+1 < len(t.Headings); {
		if h := t.Headings[i]; strings.Count(h, "(") > strings.Count(h, ")") {
			t.Headings[i] = h + ", " + strings.TrimSpace(t.Headings[i+1])
			t.Headings = slices.Delete(t.Headings, i+1, i+2)
		} else {
			i++
		}
	}
}

// place finds the column that holds something: the heading that is, or else
// begins with, the surest word; -1 when none does.
func place(headings []string, what string, taken []int) int {
	fold := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
	for _, fits := range []func(h, w string) bool{func(h, w string) bool { return h == w }, strings.HasPrefix} {
		for _, w := range headingWords(what) {
			for i, h := range headings {
				if fits(fold(h), w) && !slices.Contains(taken, i) {
					return i
				}
			}
		}
	}
	return -1
}
