package exchange

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// RowReader turns a sheet's rows into records.
type RowReader struct {
	sheet   *spreadsheet.Sheet
	mapping *spreadsheet.Mapping
	kind    *field.Kind
	env     *field.Env
	warn    func(spreadsheet.Fault)

	sources []source
	columns []*field.Column // of the sources
	block   func(i int) any // makes records many at a time
	used    int
	outside bool // the file was not written here: words of offices are heeded
	lenient bool // a wrong cell that is not needed stays empty
	blanks  bool // "n/a" and the like say nothing: on a form they may be answers
	needs   bool // there are columns that every new record needs
	row     arrivingRow
}

// source is a column with the headings it is read from. A kind has at most 64
// columns, so that a set of sources fits a word.
type source struct {
	col   *field.Column
	from  []int
	fixed string // the text for every row, in place of headings
	// Cells that name other records or choose among words say the same few
	// things over and over; what they were read as is kept.
	known   map[string]reading
	answers map[string]string // what somebody said values mean, by folded value
	words   map[string]string // what offices write for choices
	tally   tally
	most    int // distinct values told
}

type reading struct {
	rec any
	err error
}

const (
	blockRows = 256
	mostKnown = 4096
)

// NewRowReader reads the rows of a sheet as a mapping says; what is to be looked at is handed to warn.
func NewRowReader(s *spreadsheet.Sheet, m *spreadsheet.Mapping, k *field.Kind, env *field.Env,
	warn func(spreadsheet.Fault)) *RowReader {
	r := &RowReader{sheet: s, mapping: m, kind: k, env: env, warn: warn, outside: !s.Structured &&
		m.Position(export.RevColumn) < 0}
	r.blanks = r.outside && env.Reader.Schema().Kind(k.Name) == k
	for _, c := range k.Columns {
		src := source{col: c, from: m.Sources(c), fixed: m.Fixed[c.Name], answers: m.Answers[c.Name], most: told(c)}
		if src.fixed != "" {
			src.from = nil
		} else if gains := r.outside && slices.Contains(k.Headings.Gains, c.Name); len(src.from) == 0 && !gains {
			continue
		}
		if repeats(c.Shape) || repeats(c.Inner) {
			src.known = map[string]reading{}
		}
		if r.outside {
			src.words = spreadsheet.ChoiceWords(k, c.Name)
		}
		r.needs = r.needs || c.Required && len(src.from) > 0
		r.sources = append(r.sources, src)
		r.columns = append(r.columns, c)
	}
	r.row = arrivingRow{r: r, texts: make([]string, len(r.sources)), said: make([]string, len(r.sources))}
	return r
}

func repeats(s field.Shape) bool { return s == field.ShapeRef || s == field.ShapeChoice }

// Tell has every distinct value of some fields told, not examples alone.
func (r *RowReader) Tell(names ...string) {
	for n := range r.sources {
		if slices.Contains(names, r.sources[n].col.Name) {
			r.sources[n].most = distinctTold
		}
	}
}

// has reports whether the file has a column for a field.
func (r *RowReader) has(c *field.Column) bool {
	for i := range r.sources {
		if r.sources[i].col == c {
			return true
		}
	}
	return false
}

// Heading gives the heading a field is read from, or its title.
func (r *RowReader) Heading(c *field.Column) string {
	if from := r.mapping.Sources(c); len(from) > 0 && r.mapping.Fixed[c.Name] == "" {
		return r.sheet.Headings[from[0]]
	}
	return c.Title
}

// heading is the first heading of a source.
func (r *RowReader) heading(src *source) string {
	if len(src.from) > 0 {
		return r.sheet.Headings[src.from[0]]
	}
	return src.col.Title
}

// named gives what a row is about: the text of the first field it needs, or the
// first cell that says something.
func (r *RowReader) named(i int) string {
	for n := range r.sources {
		if r.sources[n].col.Required && r.row.texts[n] != "" {
			return r.row.texts[n]
		}
	}
	return r.first(i)
}

// first gives the first cell of a row that says something.
func (r *RowReader) first(i int) string {
	for j := range r.sheet.Headings {
		if cell := r.sheet.Cell(i, j); cell != "" {
			return cell
		}
	}
	return ""
}

// present gives the columns that a row has a say in. A row of a JSON file may
// leave some out.
func (r *RowReader) present(i int) []*field.Column {
	if !r.sheet.Structured {
		return r.columns
	}
	var out []*field.Column
	for n := range r.sources {
		if r.said(i, &r.sources[n]) {
			out = append(out, r.sources[n].col)
		}
	}
	return out
}

// said reports whether a row mentions a source at all, if only as a blank.
func (r *RowReader) said(i int, src *source) bool {
	return !r.sheet.Structured || len(src.from) == 0 || r.sheet.Raw(i, src.from[0]) != ""
}

// cell gives the text beneath one of the headings that lead our own files.
func (r *RowReader) cell(i int, target string) string {
	if j := r.mapping.Position(target); j >= 0 {
		return r.sheet.Cell(i, j)
	}
	return ""
}

// number reads a cell of the columns id and rev; blank is 0.
func (r *RowReader) number(i int, target string) (uint64, error) {
	s := strings.TrimPrefix(r.cell(i, target), "#")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0, failure.New(failure.Invalid, strconv.Quote(spreadsheet.Shorten(s))+" is not a whole number; leave "+
			"it as it was "+
			"exported, or blank for a new record")
	}
	return n, nil
}

// Read fills st with the row's values and lists the cells that cannot be read.
// Aside says why the row is no record.
func (r *RowReader) Read(i int, st *RowState) (faults []spreadsheet.Fault, aside string) {
	if r.used%blockRows == 0 {
		r.block = r.kind.NewBlock(min(blockRows, max(r.sheet.Len()-i, 1)))
	}
	st.Record = r.block(r.used % blockRows)
	r.used++
	for n := range r.sources {
		r.row.texts[n] = r.joined(i, &r.sources[n])
	}
	copy(r.row.said, r.row.texts)
	if r.outside {
		if aside = r.arrive(i); aside != "" {
			return nil, aside
		}
	}
	for n := range r.sources {
		src := &r.sources[n]
		raw := r.meant(src, r.row.texts[n])
		if raw == "" || r.sheet.Structured && blankJSON(raw) {
			st.blank |= 1 << n
			continue
		}
		err := r.set(i, src, st.Record, raw)
		if other := r.kind.Headings.Rest[src.col.Name]; err != nil && other != "" && r.outside {
			err = r.setRest(i, src, other, st.Record, raw, err)
		}
		if r.outside {
			src.tally.note(orText(r.row.said[n], raw), src.most, func() string { return r.shown(src, st.Record, err) })
		}
		if err == nil {
			continue
		}
		if f := r.fault(i, src, raw, err); !r.lenient || src.col.Required {
			faults = append(faults, f)
		} else if st.blank |= 1 << n; !spreadsheet.SaysNothing(raw) {
			f.Reason += "; the cell is left empty"
			r.warn(f)
		}
	}
	return faults, ""
}

// shown is what a cell will be stored as.
func (r *RowReader) shown(src *source, rec any, err error) string {
	if err != nil {
		return ""
	}
	return string(src.col.Show(nil, rec, r.env))
}

// fault tells of a cell that cannot be read.
func (r *RowReader) fault(i int, src *source, raw string, err error) spreadsheet.Fault {
	value := raw
	if r.sheet.Structured {
		value = spreadsheet.JSONText(raw)
	}
	f := spreadsheet.Fault{Line: r.sheet.Line(i), Column: r.heading(src), Value: spreadsheet.Shorten(value),
		Reason: reason(err, value)}
	if r.outside {
		f.Field, f.Suggest = src.col.Name, r.suggest(src, raw)
		if src.col.Shape == field.ShapeDay && yearless(raw) {
			f.Value = spreadsheet.YearAsked // one question, whatever the days
		}
	}
	return f
}

// joined gives a source's cell, or its parts joined by spaces.
func (r *RowReader) joined(i int, src *source) string {
	if len(src.from) == 0 {
		return r.fixedText(src)
	}
	if len(src.from) == 1 {
		return r.sheet.Raw(i, src.from[0])
	}
	var parts []string
	for _, j := range src.from {
		if cell := r.sheet.Cell(i, j); cell != "" {
			parts = append(parts, cell)
		}
	}
	if len(parts) > 1 && src.col.Shape == field.ShapePhone {
		parts[0] = r.plain(src.col, parts[0])
	}
	s := strings.Join(parts, joint(src.col.Shape))
	if r.sheet.Structured && s != "" {
		quoted, _ := json.Marshal(s) // a string always can be
		return string(quoted)
	}
	return s
}

// plain writes the first part of a value as its field does.
func (r *RowReader) plain(c *field.Column, part string) string {
	rec := r.kind.New()
	if c.Parse(rec, part, r.env) != nil {
		return part
	}
	return string(c.Format(nil, rec, r.env))
}

// set reads a cell into the record.
func (r *RowReader) set(i int, src *source, rec any, raw string) error {
	if src.known == nil {
		return r.parse(i, src, rec, raw)
	}
	if seen, ok := src.known[raw]; ok {
		if seen.err == nil {
			src.col.Copy(rec, seen.rec)
		}
		return seen.err
	}
	err := r.parse(i, src, rec, raw)
	if len(src.known) < mostKnown {
		sample := reading{err: err}
		if err == nil {
			sample.rec = r.kind.New()
			src.col.Copy(sample.rec, rec)
		}
		src.known[raw] = sample
	}
	return err
}

func (r *RowReader) parse(i int, src *source, rec any, raw string) error {
	c := src.col
	if r.sheet.Structured {
		if err := c.ParseJSON(rec, []byte(raw), r.env); err != nil {
			return err
		}
		if strings.IndexByte(raw, '\\') >= 0 || !text.Plain(raw) || len(raw) > field.MaxLine {
			return r.finishRow(i, src, rec)
		}
		return nil
	}
	switch c.Shape {
	case field.ShapeList, field.ShapeRows:
		if err := c.Parse(rec, raw, r.env); err != nil {
			return err
		}
		if !text.Plain(raw) || len(raw) > field.MaxLine {
			return r.finishRow(i, src, rec)
		}
		return nil
	case field.ShapeLong:
		// The sheet's cells are clean blocks already.
		if len(raw) > field.MaxBlock {
			raw = r.cut(i, src, raw, text.Block)
		}
	default:
		if !text.Plain(raw) || len(raw) > field.MaxLine {
			raw = r.cut(i, src, raw, text.Line)
		}
	}
	if r.outside {
		var err error
		if raw, err = tidied(c, inYear(src, raw)); err != nil {
			return err
		}
	}
	return c.Parse(rec, raw, r.env)
}

// cut cleans a text and warns when it is longer than what is kept.
func (r *RowReader) cut(i int, src *source, raw string, clean func(string, int) string) string {
	most := src.col.MaxText()
	out := clean(raw, most)
	if len(out) < len(raw) && utf8.RuneCountInString(clean(raw, 0)) > most {
		r.warn(spreadsheet.Fault{Line: r.sheet.Line(i), Column: r.heading(src), Value: spreadsheet.Shorten(raw),
			Reason: "longer than " + strconv.Itoa(most) + " characters; the rest was cut off"})
	}
	return out
}

// finishRow cleans the texts inside a value and reads the cleaned value once more,
// so that it obeys its field's rules and loses elements that came out empty.
func (r *RowReader) finishRow(i int, src *source, rec any) error {
	clean := text.Line
	if src.col.Lines() {
		clean = text.Block
	}
	changed := false
	src.col.Texts(rec, func(s string) string {
		out := r.cut(i, src, s, clean)
		changed = changed || out != s
		return out
	})
	if !changed {
		return nil
	}
	return src.col.Parse(rec, string(src.col.Format(nil, rec, r.env)), r.env)
}

func blankJSON(raw string) bool {
	switch raw {
	case "null", `""`, "[]":
		return true
	}
	return raw[0] == '"' && spreadsheet.Blank(spreadsheet.JSONText(raw))
}

// reason gives the sentence of an error, with a long value shortened in it.
func reason(err error, value string) string {
	s := err.Error()
	if len(value) > 2*spreadsheet.ShownValue {
		for _, whole := range []string{value, strings.TrimSpace(value), strings.ToLower(strings.TrimSpace(value))} {
			s = strings.ReplaceAll(s, strconv.Quote(whole), strconv.Quote(spreadsheet.Shorten(whole)))
		}
	}
	return text.Line(text.FirstBytes(s, 2000), 400)
}
