package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
)

// arrivingRow is the row a [RowReader] is at, as its kind may mend it.
type arrivingRow struct {
	r       *RowReader
	texts   []string // by source
	said    []string // the same before the kind mended them
	at      int
	squeeze []string // the headings, squeezed, once they are asked for
}

// Said gives the text for a field.
func (a *arrivingRow) Said(name string) string {
	for n := range a.r.sources {
		if a.r.sources[n].col.Name == name {
			return a.texts[n]
		}
	}
	return ""
}

// Means puts another text in its place.
func (a *arrivingRow) Means(name, text string) {
	for n := range a.r.sources {
		if a.r.sources[n].col.Name == name {
			a.texts[n] = text
		}
	}
}

// Beside gives the text beneath a heading that was taken for anything.
func (a *arrivingRow) Beside(words ...string) string {
	if a.squeeze == nil {
		a.squeeze = make([]string, len(a.r.sheet.Headings))
		for j, h := range a.r.sheet.Headings {
			a.squeeze[j] = spreadsheet.Squeeze(h)
		}
	}
	for _, w := range words {
		if j := slices.Index(a.squeeze, w); j >= 0 {
			return a.r.sheet.Cell(a.at, j)
		}
	}
	return ""
}

// arrive mends a row and says why it is no record.
func (r *RowReader) arrive(i int) string {
	if why := r.between(i); why != "" {
		return why
	}
	r.row.at = i
	h := &r.kind.Headings
	if h.Aside != nil {
		if why := h.Aside(&r.row); why != "" {
			return why
		}
	}
	if h.Arrive != nil {
		h.Arrive(&r.row)
	}
	return ""
}

// between recognises the lines that lists for people have between and beneath
// their rows: a heading in one cell, a total.
func (r *RowReader) between(i int) string {
	if len(r.sheet.Headings) < 3 {
		return ""
	}
	first, filled, numbers := "", 0, 0
	for j := range r.sheet.Headings {
		cell := r.sheet.Raw(i, j)
		if cell == "" {
			continue
		}
		if filled++; filled > 3 {
			return ""
		}
		if first == "" {
			first = cell
		} else if strings.Trim(cell, "0123456789.,$%- ") == "" {
			numbers++
		}
	}
	if total(first) && filled == numbers+1 {
		return "a line of totals"
	}
	if filled != 1 || !r.needs {
		return ""
	}
	for n := range r.sources {
		if r.sources[n].col.Required && len(r.sources[n].from) > 0 && r.row.texts[n] != "" {
			return ""
		}
	}
	return "a line between the rows"
}

func total(s string) bool {
	s = strings.ToLower(s)
	for _, word := range []string{"total", "grand total", "subtotal", "sub-total", "count:", "end of report",
		"end of list"} {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return false
}

// fixedText is the text for every row, as the format has it.
func (r *RowReader) fixedText(src *source) string {
	if !r.sheet.Structured || src.fixed == "" {
		return src.fixed
	}
	quoted, _ := json.Marshal(src.fixed) // a string always can be
	return string(quoted)
}

// joint stands between the parts of a value that come in several columns.
func joint(s field.Shape) string {
	if s == field.ShapePhone {
		return " ext. "
	}
	return " "
}

// meant puts what somebody answered, or what offices mean by a word, in a
// value's place.
func (r *RowReader) meant(src *source, raw string) string {
	if raw == "" || r.sheet.Structured {
		return raw
	}
	if len(src.answers) > 0 {
		if means, ok := src.answers[field.FoldName(spreadsheet.Shorten(raw))]; ok {
			if means == spreadsheet.Empty {
				return ""
			}
			return means
		}
	}
	if !r.outside {
		return raw
	}
	if r.blanks && !src.col.Required && !repeats(src.col.Shape) && spreadsheet.SaysNothing(raw) {
		return ""
	}
	if len(src.words) > 0 {
		if means, ok := src.words[field.FoldName(raw)]; ok {
			return means
		}
	}
	return raw
}

// suggest gives the record or the word that a value is likely to mean.
func (r *RowReader) suggest(src *source, raw string) string {
	var names []string
	switch {
	case src.col.Target != "":
		k := r.env.Reader.Schema().Kind(src.col.Target)
		for _, rec := range r.env.Reader.Scan(src.col.Target) {
			if len(names) == distinctTold {
				break
			}
			names = append(names, k.Label(rec))
		}
	case repeats(src.col.Shape):
		for _, c := range src.col.Choices {
			names = append(names, c.Value)
		}
	}
	return Likely(raw, names)
}

// Likely gives the name that a value is likely to mean, since it differs by a slip
// or two; "" is none.
func Likely(raw string, names []string) string {
	want, best, near := field.FoldName(raw), "", 3
	if len(want) < 4 {
		return ""
	}
	for _, name := range names {
		if d := slips(want, field.FoldName(name)); d < near && d*3 <= len(want) {
			best, near = name, d
		}
	}
	return best
}

// slips counts the letters that must be added, dropped or changed to make one
// word of the other.
func slips(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
