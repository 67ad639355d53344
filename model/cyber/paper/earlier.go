package paper

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Table is a sheet that came in: headings and rows of text, with the line of
// the file on which each row stands.
type Table struct {
	Headings []string
	Rows     [][]string
	Lines    []int
}

// Earlier is an assessment read from another program's sheet.
type Earlier struct {
	Answers   []*cyber.Answer
	Blank     int         // rows of a subcategory without an answer
	Unmatched []LeftOut   // rows that were not taken, and why
	Columns   [][2]string // heading and what it was taken for
}

// LeftOut is a row that was not taken.
type LeftOut struct {
	Line int
	Row  string // what it begins with
	Why  string
}

// String names the row and says why it was left out.
func (l LeftOut) String() string {
	return lineText(l.Line) + ", " + strconv.Quote(l.Row) + ": " + l.Why
}

// String sums up what was read.
func (e *Earlier) String() string {
	text := count(len(e.Answers), "answer", "answers") + " read"
	if e.Blank > 0 {
		text += ", " + count(e.Blank, "row", "rows") + " without an answer"
	}
	if n := len(e.Unmatched); n > 0 {
		text += ", " + count(n, "row", "rows") + " left out"
	}
	return text + "."
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

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

// ReadEarlier reads an assessment from a sheet with headings of any making.
// Five is the answer that a bare 5 stands for, none when such rows are to be
// left out: the number does not say which of the two it is.
func ReadEarlier(t Table, y *cyber.Cycle, partner partnership.PartnerID, five cyber.Level) (*Earlier, error) {
	f, ok := framework.Lookup(y.Framework)
	if !ok {
		return nil, failure.New(failure.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	out := &Earlier{}
	at := map[string]int{}
	var taken []int
	for _, what := range []string{holdsItem, holdsLevel, holdsReason, holdsNote, holdsTarget} {
		i := place(t.Headings, what, taken)
		if at[what] = i; i >= 0 {
			taken = append(taken, i)
			out.Columns = append(out.Columns, [2]string{t.Headings[i], what})
		}
	}
	if at[holdsItem] < 0 || at[holdsLevel] < 0 {
		return nil, failure.New(failure.Invalid, "the sheet needs a column with the subcategory, such as PR.AA-01, "+
			"and one with the answer; its headings are "+headingList(t.Headings))
	}
	e := earlierReader{Earlier: out, f: f, y: y, partner: partner, five: five, at: at, seen: map[framework.ID]int{}}
	for i, row := range t.Rows {
		e.row(row, t.Lines[i])
	}
	return out, nil
}

func headingList(headings []string) string {
	if len(headings) > 12 {
		headings = append(slices.Clone(headings[:12]), "…")
	}
	return strings.Join(headings, ", ")
}

type earlierReader struct {
	*Earlier
	f       *framework.Framework
	y       *cyber.Cycle
	partner partnership.PartnerID
	five    cyber.Level
	at      map[string]int
	seen    map[framework.ID]int
}

func (e *earlierReader) cell(row []string, what string) string {
	if i := e.at[what]; i >= 0 && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func (e *earlierReader) leave(line int, row []string, why string) {
	text := e.cell(row, holdsItem)
	if text == "" {
		text = strings.TrimSpace(strings.Join(row, " "))
	}
	if r := []rune(text); len(r) > 40 {
		text = string(r[:40]) + "…"
	}
	e.Unmatched = append(e.Unmatched, LeftOut{line, text, why})
}

// row takes one row or says why it cannot.
func (e *earlierReader) row(row []string, line int) {
	if strings.TrimSpace(strings.Join(row, "")) == "" {
		return
	}
	id, ok := e.f.Match(e.cell(row, holdsItem))
	if !ok {
		e.leave(line, row, e.stranger(e.cell(row, holdsItem)))
		return
	}
	level, err := e.level(e.cell(row, holdsLevel))
	switch first := e.seen[id]; {
	case err != nil:
		e.leave(line, row, err.Error())
		return
	case first != 0:
		e.leave(line, row, string(id)+" was answered on "+lineText(first)+" already")
		return
	case level == "":
		e.Blank++
		return
	}
	e.seen[id] = line
	a := &cyber.Answer{Cycle: e.y.ID, Partner: e.partner, Item: string(id), Level: level,
		Reason: e.cell(row, holdsReason), Note: e.cell(row, holdsNote)}
	if target := e.cell(row, holdsTarget); target != "" {
		if n, err := strconv.Atoi(target[:1]); err == nil && n >= 1 && n <= 7 {
			a.Target = value.Some(int64(n))
		}
	}
	e.Answers = append(e.Answers, a)
}

// level reads an answer, a bare 5 as was agreed.
func (e *earlierReader) level(s string) (cyber.Level, error) {
	if (s == "5" || s == "5.0") && e.five != "" {
		return e.five, nil
	}
	return cyber.ParseLevel(strings.TrimSuffix(s, ".0"))
}

// stranger says what a number that the framework does not know is.
func (e *earlierReader) stranger(s string) string {
	if s == "" {
		return "it names no subcategory"
	}
	for _, other := range framework.Catalogue() {
		if other.Version == e.f.Version {
			continue
		}
		id, known := other.Match(s)
		if !known {
			continue
		}
		text := string(id) + " is of " + other.Version.Title() + "; the " + strconv.Itoa(e.y.Year) +
			" cycle asks about " + e.y.Framework.Title()
		var now []string
		for _, l := range framework.OldToNew().Related(id) {
			if l.New != id {
				now = append(now, string(l.New))
			} else {
				now = append(now, string(l.Old))
			}
		}
		if len(now) > 0 {
			text += ", where it lives on in " + strings.Join(now, ", ")
		}
		return text
	}
	return "it is not a subcategory of " + e.f.Version.Title()
}
