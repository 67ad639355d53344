package exchange

import (
	"slices"
	"strconv"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
)

// sameRecord and newRecord begin the answers to whether a row means a record
// that is known already: "#12" is that one, "new" is none.
const newRecord = "new"

// Question asks what a value means, once for all rows that say it.
type Question struct {
	Field   string `json:"field"`
	Column  string `json:"column"` // the heading in the file
	Value   string `json:"value"`
	Rows    int    `json:"rows"`
	Lines   []int  `json:"lines"` // the first few
	Reason  string `json:"reason"`
	Suggest string `json:"suggestion,omitempty"`
	Refuses bool   `json:"refuses"` // the rows are left out until it is answered
}

// String writes the question as a line: "Raytwon" under "City" (5 rows) = Raytown?
func (q Question) String() string {
	s := strconv.Quote(q.Value) + " under " + strconv.Quote(q.Column) + " (" + spreadsheet.Counted(q.Rows, "row") + ")"
	if q.Suggest != "" {
		s += " = " + q.Suggest + "?"
	}
	return s
}

const linesShown = 5

// Questions gathers what is not understood by distinct value: first those for
// which rows are left out.
func (p *Plan) Questions() []Question {
	var out []Question
	at := map[[2]string]int{}
	gather := func(faults []spreadsheet.Fault, refuses bool) {
		for _, f := range faults {
			if f.Field == "" || f.Value == "" {
				continue
			}
			key := [2]string{f.Field, field.FoldName(f.Value)}
			n, known := at[key]
			if !known {
				n, at[key] = len(out), len(out)
				out = append(out, Question{Field: f.Field, Column: f.Column, Value: f.Value, Reason: f.Reason,
					Suggest: f.Suggest, Refuses: refuses})
			}
			if q := &out[n]; len(q.Lines) == 0 || q.Lines[len(q.Lines)-1] != f.Line || q.Rows > len(q.Lines) {
				q.Rows++
				if len(q.Lines) < linesShown {
					q.Lines = append(q.Lines, f.Line)
				}
			}
		}
	}
	gather(p.Faults, true)
	gather(p.Warnings, false)
	return out
}

// byAnswer takes the record that somebody said a row means.
func (w *planner) byAnswer(i int) {
	said := w.answered(i)
	if len(said) < 2 || said[0] != '#' {
		return
	}
	id, err := strconv.ParseUint(said[1:], 10, 64)
	if err == nil && w.env.Reader.Get(w.kind.Name, id) != nil {
		w.take(i, id)
	}
}

// answered gives what somebody said of whom a row means.
func (w *planner) answered(i int) string {
	answers := w.reader.mapping.Answers[export.IDColumn]
	if len(answers) == 0 || w.rows[i].Record == nil {
		return ""
	}
	return answers[field.FoldName(spreadsheet.Shorten(w.kind.Label(w.rows[i].Record)))]
}

// asks refuses a new row that may mean a record that is known, or a person whom
// an earlier row adds, until somebody says.
func (w *planner) asks(i int) bool {
	if len(w.kind.Headings.Maybe) == 0 || w.plan.Rows[i].FileID != 0 || w.answered(i) == newRecord {
		return false
	}
	rec := w.rows[i].Record
	for _, names := range w.kind.Headings.Maybe {
		cols := pick(w.kind, names, w.reader.has)
		if len(cols) != len(names) || len(filled(cols, rec)) != len(names) {
			continue
		}
		ids := slices.DeleteFunc(slices.Clone(w.options.Index.find(cols, rec)), func(id uint64) bool {
			_, taken := w.claimed[id]
			return taken
		})
		if len(ids) == 0 {
			continue
		}
		known := w.env.Reader.Get(w.kind.Name, ids[0])
		ref := "#" + strconv.FormatUint(ids[0], 10)
		w.refuseCell(i, spreadsheet.Fault{Column: w.reader.Heading(w.kind.Columns[0]), Field: export.IDColumn,
			Value:   w.kind.Label(rec),
			Suggest: ref,
			Reason: "may be " + w.kind.Label(known) + " " + ref + ", who has the same " + titlesOf(cols) + ": here " +
				w.brief(rec) +
				"; on record " + w.brief(known) + ". Answer " + ref + " if so, or new"})
		return true
	}
	return false
}

// brief shows what tells two records apart.
func (w *planner) brief(rec any) string {
	out := ""
	for _, c := range w.kind.Columns {
		if c.Hidden || c.Empty(rec) || c.Sensitivity != field.Open || len(out) > 120 {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += string(c.Show(nil, rec, w.env))
	}
	return out
}

func titlesOf(cols []*field.Column) string {
	out := ""
	for i, c := range cols {
		if i > 0 {
			out += " and "
		}
		out += c.Title
	}
	return out
}
