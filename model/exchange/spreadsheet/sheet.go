package spreadsheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// Bounds of what is read, so that a file made to hurt costs little.
const (
	MaxFile    = 100 << 20  // bytes of a file, and of an unpacked workbook
	MaxPacked  = 10 << 20   // bytes of a workbook as it lies on disk
	MaxCell    = 1 << 20    // bytes of a cell; more is cut with a warning
	MaxRows    = 1_000_000  // rows beneath the headings
	MaxColumns = 1_000      // headings
	maxCells   = 20_000_000 // cells in all
	maxRatio   = 100        // how many times its size a workbook may unpack to
	headRows   = 20         // rows among which the headings are looked for
	recastRows = 2_000      // rows of a form that lists records otherwise
	MaxNoted   = 1_000      // warnings kept
	ShownValue = 60         // characters of a value in a report
)

// Sheet is a table as it stands in a file: headings and rows of text that is
// safe to show. Its format no longer matters, except that the cells of a JSON
// file keep their structure.
type Sheet struct {
	File     string
	Format   string   // CSV, JSON or XLSX
	Notes    []string // how it was read, where that was not plain
	Headings []string
	Warnings []Fault  // what was read all the same
	Withheld []string // headings whose columns were left out unread, since they must not come in
	Others   []string // sheets of the workbook that were not read

	most       int      // rows that are read at most; 0 is MaxRows
	cells      []string // all rows' cells, one after the other
	starts     []int    // where each row's cells begin
	lines      []int
	faults     map[int]Fault // rows that cannot be read, by position
	Structured bool          // cells keep their structure
	bare       map[int]int   // columns without a heading: the first row with a cell there, -1 for none
}

// Len gives the number of rows beneath the headings.
func (s *Sheet) Len() int { return len(s.lines) }

// Line gives the line of the file on which row i begins, the first being 1. In
// a workbook it is the row's number.
func (s *Sheet) Line(i int) int { return s.lines[i] }

// Cell gives the text of row i beneath heading j, "" where the row has none.
func (s *Sheet) Cell(i, j int) string {
	raw := s.Raw(i, j)
	if !s.Structured {
		return raw
	}
	return text.Block(JSONText(raw), 0)
}

// Raw gives a cell as it is kept: clean text, or JSON, "" for none.
func (s *Sheet) Raw(i, j int) string {
	end := len(s.cells)
	if i+1 < len(s.starts) {
		end = s.starts[i+1]
	}
	if at := s.starts[i] + j; at < end {
		return s.cells[at]
	}
	return ""
}

// Unread says why row i cannot be read, when it cannot.
func (s *Sheet) Unread(i int) (f Fault, unread bool) {
	f, unread = s.faults[i]
	return f, unread
}

// cellsEach is how many cells a row has on average, at most.
const cellsEach = maxCells / MaxRows

// room refuses a row beyond those that are read.
func (s *Sheet) room() error {
	most := cmp.Or(s.most, MaxRows)
	if len(s.lines) < most && len(s.cells) <= most*cellsEach {
		return nil
	}
	return failure.New(failure.Invalid, s.File+" is too long: at most "+text.Thousands(int64(most))+" rows and "+
		text.Thousands(int64(most*cellsEach))+" cells are read here; split it")
}

func (s *Sheet) warn(f Fault) {
	if len(s.Warnings) < MaxNoted {
		s.Warnings = append(s.Warnings, f)
	}
}

// builder makes a Sheet of rows as a reader finds them. The first row that is
// not blank holds the headings; with a kind at hand, lines of title above them
// are passed over.
type builder struct {
	sheet    *Sheet
	kind     *field.Kind
	choose   func(rows [][]string) int
	wanted   string    // the sheet of a workbook
	head     []headRow // rows met before the headings are settled
	width    int       // number of headings in the file; 0 until they are settled
	places   []place   // where the cells of each column of the file go
	row      []string  // of the sheet, while it is filled
	revealed int       // cells left out unread
}

type headRow struct {
	line  int
	cells []string
}

// add takes a row, whose slice may be used again. It fails when the file is
// larger than what is read.
func (b *builder) add(line int, cells []string) error {
	if blankRow(cells) {
		return nil
	}
	if b.width > 0 {
		return b.data(line, cells)
	}
	if len(cells) > MaxColumns {
		return failure.New(failure.Invalid, b.sheet.File+" has more than "+strconv.Itoa(MaxColumns)+" columns; leave "+
			"out those that are not needed")
	}
	b.head = append(b.head, headRow{line, append([]string(nil), cells...)})
	most := headRows
	if b.recasts() {
		most = recastRows
	}
	if len(b.head) < most {
		return nil
	}
	return b.resolve()
}

// recasts reports whether the kind's records may be listed in a form of its own.
func (b *builder) recasts() bool { return b.kind != nil && b.kind.Headings.Recast != nil }

// recast turns the rows of such a form into rows beneath headings.
func (b *builder) recast() {
	rows := make([][]string, len(b.head))
	for i, row := range b.head {
		rows[i] = row.cells
	}
	cells, from := b.kind.Headings.Recast(rows)
	if cells == nil {
		return
	}
	head := make([]headRow, len(cells))
	for i := range cells {
		head[i] = headRow{b.head[from[i]].line, cells[i]}
	}
	b.head = head
	b.sheet.Notes = append(b.sheet.Notes, "read as a tabulation")
}

// finish settles what is still open.
func (b *builder) finish() (*Sheet, error) {
	if b.width == 0 {
		if err := b.resolve(); err != nil {
			return nil, err
		}
	}
	b.sheet.trim()
	b.tellWithheld()
	if b.sheet.Len() == 0 {
		return nil, failure.New(failure.Invalid, b.sheet.File+" has headings but no rows beneath them")
	}
	return b.sheet, nil
}

// resolve chooses the headings among the rows met so far.
func (b *builder) resolve() error {
	if len(b.head) == 0 {
		return failure.New(failure.Invalid, b.sheet.File+" is empty")
	}
	if b.recasts() {
		b.recast()
	}
	at := 0
	if b.choose != nil {
		rows := make([][]string, len(b.head))
		for i, row := range b.head {
			rows[i] = row.cells
		}
		at = b.choose(rows)
	} else if b.kind != nil {
		for i, row := range b.head {
			if countKnown(b.kind, row.cells) >= 2 {
				at = i
				break
			}
		}
	}
	at = b.lowest(at)
	if at > 0 {
		b.sheet.Notes = append(b.sheet.Notes, "headings found in line "+strconv.Itoa(b.head[at].line))
	}
	cells, rows := b.beneath(b.head[:at], b.head[at].cells, b.head[at].line), b.head[at+1:]
	var grid map[int]string
	for n := 2; b.choose == nil && len(grid) == 0 && len(rows) > 1 && second(cells, rows[0].cells, rows[1].cells); n++ {
		if n == 2 {
			b.sheet.Notes = append(b.sheet.Notes, "headings in two rows are joined")
		}
		cells, grid = b.under(cells, rows[0].cells, rows[1:])
		rows = rows[1:]
	}
	b.headings(cells, grid)
	for _, row := range rows {
		if err := b.data(row.line, row.cells); err != nil {
			return err
		}
	}
	b.head = nil
	return nil
}

// lowest gives the row of headings that stands beneath another and tells more,
// where the two are not a question and its choices.
func (b *builder) lowest(at int) int {
	for n := at + 1; b.kind != nil && n+1 < len(b.head); n++ {
		row, next := b.head[n-1], b.head[n]
		if next.line != row.line+1 || second(row.cells, next.cells, b.head[n+1].cells) ||
			countKnown(b.kind, next.cells) <= countKnown(b.kind, row.cells) {
			break
		}
		at = n
	}
	return at
}

func (s *Sheet) bareAt(column, row int) {
	if s.bare == nil {
		s.bare = map[int]int{}
	}
	s.bare[column] = row
}

// trim leaves out the last columns if they have neither heading nor cells.
func (s *Sheet) trim() {
	for n := len(s.Headings) - 1; n >= 0; n-- {
		if first, bare := s.bare[n]; !bare || first >= 0 {
			return
		}
		s.Headings = s.Headings[:n]
	}
}

// Headless refuses a file with cells under an empty heading, of which nobody
// can tell what they say, unless it was settled what they stand for.
func (s *Sheet) Headless(m *Mapping) error {
	for j, heading := range s.Headings {
		row, bare := s.bare[j]
		if !bare || row < 0 || m.Targets[j] != "" {
			continue
		}
		return failure.New(failure.Invalid, s.File+", line "+strconv.Itoa(s.Line(row))+": "+
			strconv.Quote(Shorten(s.Cell(row, j)))+
			" stands under an empty heading ("+heading+"). Give the column a heading, or say that "+
			strconv.Quote(heading)+
			" is left out; nothing was taken in")
	}
	return nil
}

// heading makes a cell a heading by which its column can be told from others.
func (b *builder) heading(cell string) string {
	h := text.Line(cell, 100)
	if h == "" {
		h = "column " + strconv.Itoa(len(b.sheet.Headings)+1)
	}
	plain := h
	for n := 2; slices.Contains(b.sheet.Headings, h); n++ {
		h = plain + " (" + strconv.Itoa(n) + ")"
	}
	return h
}

func (b *builder) data(line int, cells []string) error {
	s := b.sheet
	if err := s.room(); err != nil {
		return err
	}
	s.starts = append(s.starts, len(s.cells))
	s.lines = append(s.lines, line)
	b.row = append(b.row[:0], make([]string, len(s.Headings))...)
	last := 0
	for j, cell := range cells {
		if j >= b.width && !b.widen(line, j, cell, len(cells)) {
			break
		}
		if j >= b.width || b.places[j].drop {
			continue
		}
		p := b.places[j]
		if len(cell) > MaxCell {
			cell = text.FirstBytes(cell, MaxCell)
			s.warn(Fault{Line: line, Column: s.Headings[p.column], Value: Shorten(cell), Reason: "longer than 1 MB; " +
				"the rest was cut off"})
		}
		if cell = b.cleaned(text.Block(unwrapped(cell), 0)); cell != "" {
			b.put(p, cell)
			last = max(last, p.column+1)
		}
	}
	s.cells = append(s.cells, b.row[:last]...)
	return nil
}

// put places a cell in the row that is filled.
func (b *builder) put(p place, cell string) {
	for p.column >= len(b.row) {
		b.row = append(b.row, "")
	}
	if p.choice != "" {
		if cell = answer(p.choice, cell); cell == "" {
			return
		}
		if b.row[p.column] != "" {
			cell = b.row[p.column] + "; " + cell
		}
	}
	b.row[p.column] = cell
	if first, bare := b.sheet.bare[p.column]; bare && first < 0 {
		b.sheet.bareAt(p.column, len(b.sheet.lines)-1)
	}
}

// widen makes room for a cell beyond the headings, where the last of them was
// empty already; otherwise the row cannot be read.
func (b *builder) widen(line, j int, cell string, cells int) bool {
	if Blank(cell) {
		return true
	}
	if n := len(b.places); n > 0 && !b.places[n-1].drop && len(b.sheet.Headings) > 0 && j < MaxColumns {
		if _, bare := b.sheet.bare[b.places[n-1].column]; bare {
			for len(b.places) <= j {
				b.places = append(b.places, place{column: b.addHeading("")})
			}
			b.width = len(b.places)
			return true
		}
	}
	b.fault(Fault{Line: line, Value: Shorten(b.cleaned(cell)), Reason: "there are more cells than headings (" +
		strconv.Itoa(cells) + " and " + strconv.Itoa(b.width) + "); put quotes around a cell that holds a separator"})
	return false
}

// unwrapped takes a text out of the formula in which some systems write it, so
// that a spreadsheet leaves it alone: ="8165550001".
func unwrapped(cell string) string {
	if len(cell) > 3 && strings.HasPrefix(cell, `="`) && strings.HasSuffix(cell, `"`) && strings.Count(cell, `"`) == 2 {
		return cell[2 : len(cell)-1]
	}
	return cell
}

// fault marks the row added last as one that cannot be read.
func (b *builder) fault(f Fault) {
	if b.sheet.faults == nil {
		b.sheet.faults = map[int]Fault{}
	}
	b.sheet.faults[len(b.sheet.lines)-1] = f
}

// Blank reports whether a cell holds nothing that shows.
func Blank(s string) bool {
	return s == "" || s[0] <= ' ' && strings.TrimSpace(s) == "" || s[0] >= utf8.RuneSelf && text.Line(s, 0) == ""
}

func blankRow(cells []string) bool {
	for _, c := range cells {
		if !Blank(c) {
			return false
		}
	}
	return true
}
