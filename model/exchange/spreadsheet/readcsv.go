package spreadsheet

import (
	"strings"

	"interlocal/model/exchange/export"
	"interlocal/model/text"
)

// separators that are tried, and what a note calls them.
const separators = ",;\t|"

func separatorName(sep byte) string {
	switch sep {
	case ';':
		return "separated by semicolons"
	case '\t':
		return "separated by tabs"
	case '|':
		return "separated by bars"
	}
	return ""
}

// readCSV reads a text whose lines are rows.
func readCSV(s string, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	if !strings.Contains(s, "\n") {
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	r := csvReader{s: s, line: 1}
	if sep, rest, ok := declared(s); ok {
		r.sep, r.s, r.line = sep, rest, 2
	} else {
		r.sep = guessSeparator(s)
	}
	if note := separatorName(r.sep); note != "" {
		sheet.Notes = append(sheet.Notes, note)
	}
	b := builder{sheet: sheet, kind: o.Kind, choose: o.Head}
	var cells []string
	for !r.done() {
		line := r.line
		cells = r.row(cells[:0])
		for i, c := range cells {
			cells[i] = export.Undefuse(c)
		}
		if err := b.add(line, cells); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// declared reads the line "sep=;" by which Excel is told the separator.
func declared(s string) (sep byte, rest string, ok bool) {
	first, rest, _ := strings.Cut(s, "\n")
	first = strings.TrimRight(first, "\r")
	if len(first) == 5 && strings.EqualFold(first[:4], "sep=") && strings.IndexByte(separators, first[4]) >= 0 {
		return first[4], rest, true
	}
	return 0, s, false
}

// guessSeparator chooses the separator that cuts the first rows into the most
// cells while giving them as many cells as the first row that it cuts at all.
// One that cuts the very first row so counts double, since sentences hold
// commas and headings rarely do; one that cuts all rows alike is taken before
// any that does not.
func guessSeparator(s string) byte {
	best, most := byte(','), 0
	for i := range len(separators) {
		if score := separatorScore(s, separators[i]); score > most {
			best, most = separators[i], score
		}
	}
	return best
}

// regular is what a separator is ahead by that cuts every row, the first one
// too, into as many cells: long texts in a cell may hold any number of others.
const regular = 1 << 30

func separatorScore(s string, sep byte) int {
	const sample, rows = 64 << 10, 25
	r := csvReader{s: s[:min(len(s), sample)], sep: sep}
	met, first := 0, 0
	rowsOf := map[int]int{} // by width: a title may stand above rows of another
	var cells []string
	for met < rows && !r.done() {
		cells = r.row(cells[:0])
		if len(cells) == 1 && text.Line(cells[0], 1) == "" {
			continue
		}
		if met++; met == 1 {
			first = len(cells)
		}
		rowsOf[len(cells)]++
	}
	best := 0
	for width, same := range rowsOf {
		score := same * width
		if width == first {
			score *= 2
		}
		if width > 1 {
			best = max(best, score)
		}
	}
	if first > 1 && met > 1 && rowsOf[first] == met {
		best += regular
	}
	return best
}

// csvReader cuts a text into rows of cells. It follows RFC 4180 where a file
// does, and otherwise does what the writer most likely meant: a quote inside a
// cell stands for itself, a cell with such a quote ends on its line, so that one
// that is never closed does not swallow the rest of the file, and blanks around
// a quoted cell do not count.
type csvReader struct {
	s    string
	pos  int
	line int
	sep  byte
	open int // up to here no quote closes a cell that breaks the rules
}

func (r *csvReader) done() bool { return r.pos >= len(r.s) }

// row appends the cells of the next row.
func (r *csvReader) row(cells []string) []string {
	for {
		cell, ok := r.quoted()
		if !ok {
			cell = r.plain()
		}
		if len(cells) <= MaxColumns { // what lies beyond is refused unseen
			cells = append(cells, cell)
		}
		if r.pos < len(r.s) && r.s[r.pos] == r.sep {
			r.pos++
			continue
		}
		r.endLine()
		return cells
	}
}

// EndLine steps over the line break at which a row ended.
func (r *csvReader) endLine() {
	if r.pos < len(r.s) && r.s[r.pos] == '\r' {
		r.pos++
	}
	if r.pos < len(r.s) && r.s[r.pos] == '\n' {
		r.pos++
		r.line++
	}
}

// plain takes a cell without quotes.
func (r *csvReader) plain() string {
	i := r.pos
	for i < len(r.s) && r.s[i] != r.sep && r.s[i] != '\n' {
		i++
	}
	cell := r.s[r.pos:i]
	if i < len(r.s) && r.s[i] == '\n' && strings.HasSuffix(cell, "\r") {
		i--
		cell = cell[:len(cell)-1]
	}
	r.pos = i
	return cell
}

// quoted takes a cell in quotes; ok is false, and nothing taken, when the next
// cell is none.
func (r *csvReader) quoted() (cell string, ok bool) {
	i := r.pos
	for i < len(r.s) && r.s[i] == ' ' {
		i++
	}
	if i == len(r.s) || r.s[i] != '"' {
		return "", false
	}
	end, next := r.closing(i + 1)
	if end < 0 {
		return "", false
	}
	cell = r.s[i+1 : end]
	r.line += strings.Count(cell, "\n")
	r.pos = next
	if strings.Contains(cell, `""`) {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, true
}

// closing finds the quote that ends a cell, and where the cell's separator or
// line break is.
func (r *csvReader) closing(from int) (end, next int) {
	for i := from; ; i += 2 {
		n := strings.IndexByte(r.s[i:], '"')
		if n < 0 {
			return -1, 0
		}
		if i += n; i+1 < len(r.s) && r.s[i+1] == '"' {
			continue
		}
		if next, ok := r.ends(i + 1); ok {
			return i, next
		}
		return r.closingOnLine(from)
	}
}

// closingOnLine finds the first quote behind which a cell may end, for cells
// that hold quotes of their own.
func (r *csvReader) closingOnLine(from int) (end, next int) {
	if from < r.open {
		return -1, 0
	}
	stop := len(r.s)
	if n := strings.IndexByte(r.s[from:], '\n'); n >= 0 {
		stop = from + n
	}
	for i := from; i < stop; i++ {
		n := strings.IndexByte(r.s[i:stop], '"')
		if n < 0 {
			break
		}
		i += n
		if next, ok := r.ends(i + 1); ok {
			return i, next
		}
	}
	r.open = stop
	return -1, 0
}

// ends reports whether a cell may end at i, blanks aside.
func (r *csvReader) ends(i int) (next int, ok bool) {
	for i < len(r.s) && r.s[i] == ' ' {
		i++
	}
	switch {
	case i == len(r.s), r.s[i] == r.sep, r.s[i] == '\n', r.s[i:] == "\r", strings.HasPrefix(r.s[i:], "\r\n"):
		return i, true
	}
	return i, false
}
