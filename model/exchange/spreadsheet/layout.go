package spreadsheet

import (
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/text"
)

// Form builders give a question with several answers a column each: "When are
// you available? [Tuesday March 9]" over "Morning, Afternoon", or the question
// in one heading row and the choice in the next. Such columns are joined to one
// that is headed by the question and says "Tuesday March 9: Morning, Afternoon".

// place is where the cells of a column of the file go.
type place struct {
	column int
	choice string // what stands before the cell, or for it; "" for a column of its own
	drop   bool   // left out unread
}

// headings makes the sheet's headings of the cells that hold them.
func (b *builder) headings(cells []string, grid map[int]string) {
	b.width = len(cells)
	questions, choices := split(cells, grid)
	many := map[string]int{}
	for j, q := range questions {
		if choices[j] != "" {
			many[q]++
		}
	}
	at := map[string]int{}
	for j, q := range questions {
		if withheld(b.kind, q) || choices[j] != "" && withheld(b.kind, choices[j]) {
			b.places = append(b.places, place{drop: true})
			b.sheet.Withheld = append(b.sheet.Withheld, headingName(q, j))
			continue
		}
		if choices[j] != "" && (many[q] > 1 || b.asks(q)) {
			column, begun := at[q]
			if !begun {
				column = b.addHeading(q)
				at[q] = column
			}
			b.places = append(b.places, place{column: column, choice: choices[j]})
			continue
		}
		b.places = append(b.places, place{column: b.addHeading(cells[j])})
	}
}

func (b *builder) addHeading(cell string) int {
	column := len(b.sheet.Headings)
	if Blank(cell) {
		b.sheet.bareAt(column, -1)
	}
	if revealing(cell) {
		cell = ""
	}
	b.sheet.Headings = append(b.sheet.Headings, b.heading(cell))
	return column
}

// asks reports whether a heading is a question of a form that the kind knows.
func (b *builder) asks(question string) bool {
	if b.kind == nil {
		return false
	}
	form := ReadAs(b.kind, []string{"name", "partner", "email", question})
	return form.Headings.Asked != nil && form.Headings.Asked(Squeeze(question)) != ""
}

// split parts headings into questions and choices: of a second row of headings,
// or of what stands in brackets.
func split(cells []string, grid map[int]string) (questions, choices []string) {
	questions, choices = make([]string, len(cells)), make([]string, len(cells))
	for j, cell := range cells {
		questions[j] = text.Line(cell, 200)
		if grid != nil {
			choices[j] = grid[j]
			continue
		}
		if at := strings.LastIndexByte(questions[j], '['); at > 0 && strings.HasSuffix(questions[j], "]") &&
			unannotated(questions[j]) == questions[j] {
			questions[j], choices[j] = strings.TrimSpace(questions[j][:at]), strings.Trim(questions[j][at:], "[] ")
		}
	}
	return questions, choices
}

// second reports whether the row beneath the headings holds more of them: it is
// blank where a heading stands alone, and has text beneath one that goes on over
// columns without a heading.
func second(head, next, after []string) bool {
	beneath, alone := 0, 0
	for j := range head {
		cell, below := text.Line(head[j], 0), ""
		if j < len(next) {
			below = text.Line(next[j], 0)
		}
		goesOn := j+1 < len(head) && Blank(head[j+1])
		switch {
		case cell == "" && below != "" && j > 0:
			beneath++
		case cell != "" && !goesOn && below != "" && !openEnded(below):
			return false
		case cell != "" && !goesOn && below == "" && j < len(after) && !Blank(after[j]):
			alone++
		}
	}
	return beneath > 0 && alone > 0
}

func openEnded(s string) bool {
	switch Squeeze(s) {
	case "response", "openendedresponse", "responses":
		return true
	}
	return false
}

// under joins two rows of headings: what stands beneath is a choice where the
// rows below repeat it, and otherwise the heading itself.
func (b *builder) under(head, next []string, rows []headRow) (cells []string, grid map[int]string) {
	cells, grid = make([]string, max(len(head), len(next))), map[int]string{}
	groups := make([]string, len(cells))
	question := ""
	for j := range cells {
		own, below := at(head, j), at(next, j)
		if own != "" {
			question = own
		}
		switch {
		case below == "" || openEnded(below):
			if cells[j] = own; own == "" || below == "" { // a heading that stands alone heads no others
				question = ""
			}
		case repeated(rows, j, below):
			cells[j], grid[j] = question, below
		default:
			cells[j], groups[j] = below, question
		}
	}
	return b.joined(groups, cells), grid
}

// beneath gives headings that stand beneath one or two rows of others, which go
// over several columns or stand where the row of the headings has none.
func (b *builder) beneath(above []headRow, cells []string, line int) []string {
	for n := len(above) - 1; n >= max(len(above)-2, 0) && above[n].line == line-1; n, line = n-1, line-1 {
		row, filled := above[n].cells, 0
		for j := range row {
			if at(row, j) != "" {
				filled++
			}
			if strings.ContainsAny(row[j], "0123456789") {
				return cells // a date or a count, and no heading
			}
		}
		if filled < 2 {
			return cells // a title
		}
		out, groups, group := make([]string, max(len(cells), len(row))), make([]string, max(len(cells), len(row))), ""
		for j := range out {
			if own := at(row, j); own != "" {
				group = own
			}
			if out[j] = at(cells, j); out[j] == "" {
				out[j], group = at(row, j), ""
			} else {
				groups[j] = group
			}
		}
		cells = b.joined(groups, out)
	}
	return cells
}

// joined gives headings with what stands above them where that tells more: "Work"
// above "Phone" is a work phone. What must not come in for what stands above it is
// known by both.
func (b *builder) joined(groups, cells []string) []string {
	out, many := slices.Clone(cells), map[string]int{}
	for _, c := range cells {
		many[Squeeze(c)]++
	}
	for j, group := range groups {
		if group == "" || cells[j] == "" {
			continue
		}
		both, turned, own := group+" "+cells[j], cells[j]+" "+group, b.target(cells[j])
		again := many[Squeeze(cells[j])] > 1
		switch t := b.target(both); {
		case withheld(b.kind, both), t != "" && (again || t != own), again && b.target(turned) == "":
			out[j] = both
		case withheld(b.kind, turned), b.target(turned) != "" && b.target(turned) != own:
			out[j] = turned
		}
	}
	return out
}

// target gives what a heading alone stands for.
func (b *builder) target(heading string) string {
	if b.kind == nil {
		return ""
	}
	return Map(b.kind, []string{heading}, nil).Targets[0]
}

func at(cells []string, j int) string {
	if j >= len(cells) {
		return ""
	}
	return text.Line(cells[j], 200)
}

// repeated reports whether the cells of a column say what stands above them, or
// only that it was ticked.
func repeated(rows []headRow, j int, choice string) bool {
	said := 0
	for _, row := range rows {
		cell := at(row.cells, j)
		if cell == "" {
			continue
		}
		if field.FoldName(cell) != field.FoldName(choice) && !ticked(cell) {
			return false
		}
		said++
	}
	return said > 0 || choice != ""
}

func ticked(cell string) bool {
	switch strings.ToLower(cell) {
	case "x", "1", "yes", "true", "checked", "selected", "✓", "✔":
		return true
	}
	return false
}

// answer is what a cell beneath a choice adds to the joined column.
func answer(choice, cell string) string {
	switch {
	case field.FoldName(cell) == field.FoldName(choice), ticked(cell):
		return choice
	case strings.EqualFold(cell, "no") || cell == "0" || strings.EqualFold(cell, "false"):
		return ""
	}
	return choice + ": " + cell
}
