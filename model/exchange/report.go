package exchange

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
)

// Report is a plan's outcome for people and for scripts.
type Report struct {
	File      string              `json:"file"`
	Kind      string              `json:"kind"`
	Rows      int                 `json:"rows"`
	Add       int                 `json:"add"`
	Change    int                 `json:"change"`
	Same      int                 `json:"same"`
	Duplicate int                 `json:"duplicate"`
	Bad       int                 `json:"bad"`
	Notes     []string            `json:"notes"`    // how the file was read
	Ignored   []string            `json:"ignored"`  // headings whose columns were left out
	Problems  []spreadsheet.Fault `json:"problems"` // why rows were left out
	Warnings  []spreadsheet.Fault `json:"warnings"` // what to look at in rows that were taken
	Asked     int                 `json:"asked"`    // of the rows left out, those that somebody has to answer for
	Doubts    []spreadsheet.Fault `json:"doubts"`   // of rows that were taken all the same; nobody has answered them
	Repeats   []Repeat            `json:"duplicates"`
	LeftOut   int                 `json:"left_out"`
	Aside     []spreadsheet.Fault `json:"aside"`     // rows that are no records, and why
	Columns   []ColumnRead        `json:"columns"`   // what each heading was taken for
	Questions []Question          `json:"questions"` // what somebody has to say what it means, once per distinct answer
}

// Repeat is a row that says what an earlier row of the file said already.
type Repeat struct {
	Line  int `json:"line"`
	First int `json:"first"`
}

// Report sums a plan up.
func (p *Plan) Report() *Report {
	r := &Report{File: p.File, Kind: p.Kind.Name, Rows: len(p.Rows), Add: p.Counts[Add], Change: p.Counts[Change],
		Same: p.Counts[Same], Duplicate: p.Counts[Duplicate], Bad: p.Counts[Bad],
		Notes: filledList(p.Notes), Ignored: filledList(p.Ignored), Problems: filledList(p.Faults),
		Warnings: filledList(p.Warnings), Doubts: []spreadsheet.Fault{}, Repeats: []Repeat{},
		LeftOut: p.Counts[LeftOut], Aside: filledList(p.Aside), Columns: filledList(p.Columns),
		Questions: filledList(p.Questions())}
	for i := range p.Rows {
		if row := &p.Rows[i]; row.Action == Duplicate {
			r.Repeats = append(r.Repeats, Repeat{row.Line, row.First})
		}
	}
	return r
}

// filledList makes an empty list one that JSON writes as [].
func filledList[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Summary is the report's first line.
func (r *Report) Summary() string {
	return r.File + ": " + spreadsheet.Counted(r.Rows, "row") + " for " + r.Kind + ": " + strconv.Itoa(r.Add) +
		" to add, " +
		strconv.Itoa(r.Change) + " to change, " + strconv.Itoa(r.Same) + " the same, " +
		spreadsheet.Counted(r.Duplicate, "duplicate") + ", " + strconv.Itoa(r.Bad) + " wrong and left out"
}

// WriteText writes the counts, then a line for each thing to look at.
func (r *Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString(r.Summary() + "\n")
	for _, note := range r.Notes {
		b.WriteString("note: " + note + "\n")
	}
	if len(r.Ignored) > 0 {
		b.WriteString("columns left out: " + strings.Join(r.Ignored, ", ") + "\n")
	}
	for _, f := range r.Aside {
		b.WriteString("left out: " + f.String() + "\n")
	}
	writeOnce(b, "", r.Problems)
	for _, d := range r.Repeats {
		b.WriteString("line " + strconv.Itoa(d.Line) + " repeats line " + strconv.Itoa(d.First) + "\n")
	}
	writeOnce(b, "warning: ", r.Warnings)
	for _, f := range r.Doubts {
		b.WriteString("doubt: " + f.String() + "; nobody has answered for it\n")
	}
	return b.Flush()
}

// writeOnce writes a line for each fault; cells that say the same are one line,
// with the number of rows.
func writeOnce(b *bufio.Writer, lead string, faults []spreadsheet.Fault) {
	rows := map[spreadsheet.Fault]int{}
	for _, f := range faults {
		f.Line = 0
		rows[f]++
	}
	for _, f := range faults {
		line := f.Line
		f.Line = 0
		n := rows[f]
		if n == 0 {
			continue
		}
		rows[f] = 0
		f.Line = line
		b.WriteString(lead + f.String())
		if f.Suggest != "" && !strings.Contains(f.Reason, f.Suggest) {
			b.WriteString(" (perhaps " + f.Suggest + ")")
		}
		if n > 1 {
			b.WriteString(" (" + spreadsheet.Counted(n, "row") + ")")
		}
		b.WriteString("\n")
	}
}

// WriteColumns writes what each column was taken for, and what its values will
// be stored as.
func (r *Report) WriteColumns(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, c := range r.Columns {
		b.WriteString("\n" + strconv.Quote(c.Heading) + " is " + c.Title + "\n")
		for _, v := range c.Values {
			stored := v.Stored
			if stored == "" {
				stored = "not stored"
			}
			b.WriteString("  " + strconv.Quote(v.Said) + " (" + spreadsheet.Counted(v.Rows, "row") +
				") will be stored as " +
				stored + "\n")
		}
		if c.More > 0 {
			b.WriteString("  and " + strconv.Itoa(c.More) + " more\n")
		}
	}
	return b.Flush()
}

// WriteJSON writes the report as one JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// toMend lists the cells for which rows were left out, and those that were lost
// of rows that were taken.
func (r *Report) toMend() []spreadsheet.Fault {
	out := slices.Clone(r.Problems)
	for _, f := range r.Warnings {
		if f.Field != "" {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b spreadsheet.Fault) int { return a.Line - b.Line })
	return out
}

// WriteCSV writes a line for each cell to be mended: line, column, value,
// reason. It is a file to send back to whoever wrote the list.
func (r *Report) WriteCSV(w io.Writer, o export.Options) error {
	c := export.NewCSVWriter(o)
	for _, title := range []string{"line", "column", "value", "reason"} {
		c.Text(title)
	}
	c.EndLine()
	for _, f := range r.toMend() {
		c.Number(uint64(f.Line))
		c.Text(f.Column)
		c.Text(f.Value)
		c.Text(f.Reason)
		c.EndLine()
	}
	return c.Flush(w)
}
