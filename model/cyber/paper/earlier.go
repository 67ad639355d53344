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
	Says     map[string]string // what a heading was said to hold, "-" for nothing of use
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

// ReadEarlier reads an assessment from a sheet with headings of any making.
// Five is the answer that a bare 5 stands for, none when such rows are to be
// left out: the number does not say which of the two it is.
func ReadEarlier(t Table, y *cyber.Cycle, partner partnership.PartnerID, five cyber.Level) (*Earlier, error) {
	f, ok := framework.Lookup(y.Framework)
	if !ok {
		return nil, failure.New(failure.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	out := &Earlier{}
	t.mend()
	at, err := reader{t, f, y.Year}.columns()
	if err != nil {
		return nil, err
	}
	for _, what := range Holds() {
		if i := at[what]; i >= 0 {
			out.Columns = append(out.Columns, [2]string{t.Headings[i], what})
		}
	}
	if i := at[holdsItem]; i >= 0 {
		if _, is := f.Match(t.Headings[i]); is {
			return nil, failure.New(failure.Invalid, "the sheet has no headings; write a row of them above the first "+
				"subcategory, such as Subcategory and Answer")
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
	if level == cyber.NotApplicable && a.Reason == "" {
		a.Reason = why(e.cell(row, holdsLevel))
	}
	if target := levelWord(e.cell(row, holdsTarget)); target != "" {
		if n, err := strconv.Atoi(target[:1]); err == nil && n >= 1 && n <= 7 {
			a.Target = value.Some(int64(n))
		}
	}
	e.Answers = append(e.Answers, a)
}

// why gives the reason that stands behind "N/A - ", in the same cell.
func why(cell string) string {
	i := strings.IndexAny(cell, "-:;,(\u2013\u2014")
	if i < 0 {
		return ""
	}
	return strings.Trim(cell[i:], " -:;,()\u2013\u2014")
}

// levelWord takes the word off "Level 3".
func levelWord(s string) string {
	if len(s) > 5 && strings.EqualFold(s[:5], "level") {
		return strings.TrimSpace(s[5:])
	}
	return s
}

// level reads an answer, a bare 5 as was agreed.
func (e *earlierReader) level(s string) (cyber.Level, error) {
	if _, bare := cyber.SpeaksOfLevel(s); bare && e.five != "" {
		return e.five, nil
	}
	return cyber.ParseLevel(s)
}

// stranger says what a number that the framework does not know is.
func (e *earlierReader) stranger(s string) string {
	if s == "" {
		return "it names no subcategory"
	}
	if e.f.Above(s) {
		return "it is a function or a category; levels are answered for its subcategories"
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
