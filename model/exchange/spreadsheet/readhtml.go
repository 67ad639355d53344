package spreadsheet

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"interlocal/model/failure"
)

// Systems hand out pages of the web, and the XML of old spreadsheets, under a
// workbook's name. Both hold tables of rows and cells.

// maxSpan bounds over how many columns or rows one cell goes.
const maxSpan = MaxColumns

// readHTML reads the largest table of a page.
func readHTML(s string, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	tables, err := tablesOf(s)
	if err != nil {
		return nil, err
	}
	var best *htmlTable
	for _, t := range tables {
		if best == nil || t.cells > best.cells {
			best = t
		}
	}
	if best == nil || best.cells < 2 {
		return nil, failure.New(failure.Invalid, sheet.File+" is a web page or XML without a table; open it in a "+
			"spreadsheet and save it as .xlsx or CSV")
	}
	sheet.Format = "HTML"
	sheet.Notes = append(sheet.Notes, "read from a web page under another name")
	if n := len(tables); n > 1 {
		sheet.Notes = append(sheet.Notes, "the largest of "+strconv.Itoa(n)+" tables is read")
	}
	b := builder{sheet: sheet, kind: o.Kind}
	for _, row := range best.rows {
		if err := b.add(row.line, row.cells); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// htmlTable is a table with the cells that go over several rows or columns in
// each of these rows, and in the first of these columns.
type htmlTable struct {
	rows    []headRow
	cells   int // that say something
	carried map[int]carriedCell
}

type carriedCell struct {
	text string
	rows int
}

// tableReader takes the tables of a page, which may stand within one another.
type tableReader struct {
	open, done []*htmlTable
	text       strings.Builder
	inCell     bool
	skip       int    // within what does not show
	span       [2]int // columns and rows of the cell
	all        int    // cells of all tables
}

func tablesOf(s string) ([]*htmlTable, error) {
	z := html.NewTokenizer(strings.NewReader(s))
	var r tableReader
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			r.endTable()
			return r.done, nil
		case html.TextToken:
			if r.inCell && r.skip == 0 {
				r.text.Write(bytes.ReplaceAll(z.Text(), []byte("\n"), []byte(" ")))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			r.start(string(name), attributes(z, more))
			if kind == html.SelfClosingTagToken {
				z.NextIsNotRawText() // what is closed holds no script
				r.end(string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
		}
		if r.all > maxCells {
			return nil, failure.New(failure.Invalid, "the page has more than 20,000,000 cells; split it")
		}
	}
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	out := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		out[string(key)] = string(value)
	}
	return out
}

func (r *tableReader) start(tag string, with map[string]string) {
	switch tag {
	case "script", "style":
		r.skip++
	case "table":
		r.endCell() // of the table around it
		r.open = append(r.open, &htmlTable{carried: map[int]carriedCell{}})
	case "tr", "row":
		r.endCell()
		if t := r.table(); t != nil {
			t.rows = append(t.rows, headRow{line: len(t.rows) + 1})
		}
	case "td", "th", "cell":
		r.endCell()
		t := r.table()
		if t == nil || len(t.rows) == 0 {
			return
		}
		r.inCell = true
		r.text.Reset()
		r.span = [2]int{number(with["colspan"], 1) + number(with["ss:mergeacross"], 0),
			number(with["rowspan"], 1) + number(with["ss:mergedown"], 0)}
		if at := number(with["ss:index"], 0); at > 0 {
			row := &t.rows[len(t.rows)-1]
			for len(row.cells) < at-1 {
				row.cells = append(row.cells, "")
			}
		}
	case "br", "p", "div":
		if r.inCell && r.text.Len() > 0 {
			r.text.WriteByte('\n')
		}
	}
}

func (r *tableReader) end(tag string) {
	switch tag {
	case "script", "style":
		r.skip = max(r.skip-1, 0)
	case "td", "th", "cell", "tr", "row":
		r.endCell()
	case "table":
		r.endTable()
	}
}

func (r *tableReader) table() *htmlTable {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

// endCell adds the cell that is open, behind those that rows above carry down.
func (r *tableReader) endCell() {
	t := r.table()
	if t == nil || len(t.rows) == 0 || !r.inCell {
		return
	}
	r.inCell = false
	row := &t.rows[len(t.rows)-1]
	r.carry(t, row)
	text := squeezed(r.text.String())
	if text != "" {
		t.cells++
	}
	for n := range min(r.span[0], maxSpan) {
		if r.span[1] > 1 {
			t.carried[len(row.cells)] = carriedCell{text, r.span[1] - 1}
		}
		if row.cells = append(row.cells, text); n == 0 {
			text = "" // a cell over several columns stands in the first
		}
		r.all++
	}
	r.carry(t, row)
}

// carry fills in the cells that rows above hold open in the next columns.
func (r *tableReader) carry(t *htmlTable, row *headRow) {
	for {
		above, ok := t.carried[len(row.cells)]
		if !ok {
			return
		}
		if above.rows--; above.rows > 0 {
			t.carried[len(row.cells)] = above
		} else {
			delete(t.carried, len(row.cells))
		}
		row.cells = append(row.cells, above.text)
		r.all++
	}
}

func (r *tableReader) endTable() {
	r.endCell()
	if t := r.table(); t != nil {
		r.open, r.done = r.open[:len(r.open)-1], append(r.done, t)
	}
}

// number reads a count, within bounds.
func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return otherwise
	}
	return min(n, maxSpan)
}

// squeezed gives a text as a page shows it: blanks are one, lines stay.
func squeezed(s string) string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\u00a0", " ")) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// plainText gives what a page of the web says.
func plainText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return squeezed(b.String())
		case html.TextToken:
			b.Write(bytes.ReplaceAll(z.Text(), []byte("\n"), []byte(" ")))
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "br", "p", "div", "li", "tr":
				b.WriteByte('\n')
			}
		}
	}
}
