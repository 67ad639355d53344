package spreadsheet

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// readJSON reads an array of objects, an object that holds such an array under
// the kind's name, one object, or objects one after the other.
func readJSON(s string, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	j := jsonReader{sheet: sheet, s: s, line: 1, columns: map[string]int{}, clean: builder{sheet: sheet, kind: o.Kind}}
	dec := json.NewDecoder(strings.NewReader(s))
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err == io.EOF {
			break
		} else if err != nil {
			return nil, j.syntax(err, int(dec.InputOffset()))
		}
		start := int(dec.InputOffset()) - len(raw)
		if err := j.top(s[start:start+len(raw)], start, o.Kind); err != nil {
			return nil, err
		}
	}
	j.clean.tellWithheld()
	if sheet.Len() == 0 {
		return nil, failure.New(failure.Invalid, sheet.File+" holds no records")
	}
	return sheet, nil
}

// jsonReader fills a sheet whose headings are the keys met so far.
type jsonReader struct {
	sheet   *Sheet
	s       string
	columns map[string]int
	line    int // of the offset at
	at      int
	clean   builder // takes out what must not come in
}

// lineOf gives the line of an offset; offsets must not decrease.
func (j *jsonReader) lineOf(offset int) int {
	if offset > j.at {
		j.line += strings.Count(j.s[j.at:offset], "\n")
		j.at = offset
	}
	return j.line
}

func (j *jsonReader) syntax(err error, offset int) error {
	var syn *json.SyntaxError
	switch {
	case errors.As(err, &syn):
		offset = int(syn.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF):
		offset = len(j.s)
	}
	line := 1 + strings.Count(j.s[:min(max(offset, 0), len(j.s))], "\n")
	return &failure.Error{Code: failure.Invalid, Cause: err,
		Message: j.sheet.File + " stops being JSON in line " + strconv.Itoa(line) + "; it may have been cut short or " +
			"edited by hand"}
}

// top takes one value of the file's outermost level.
func (j *jsonReader) top(raw string, offset int, kind *field.Kind) error {
	if raw[0] == '[' {
		return j.array(raw, offset)
	}
	if raw[0] != '{' {
		return failure.New(failure.Invalid, j.sheet.File+" is not a list of records; expected [{…}, {…}]")
	}
	lists, found := j.lists(raw, kind)
	switch {
	case found.raw != "":
		return j.array(found.raw, offset+found.offset)
	case len(lists) == 0:
		return j.object(raw, offset)
	}
	want := "one kind of record"
	if kind != nil {
		want = kind.Name
	}
	return failure.New(failure.Invalid, j.sheet.File+" holds "+Shorten(strings.Join(lists, ", "))+"; expected "+want)
}

type jsonPart struct {
	raw    string
	offset int
}

// lists names the arrays of objects in an object, and gives the one that is
// wanted: that of the kind, or the only one.
func (j *jsonReader) lists(raw string, kind *field.Kind) (names []string, found jsonPart) {
	var only jsonPart
	eachMember(raw, func(key, value string, offset int) bool {
		inner := strings.TrimLeft(strings.TrimPrefix(value, "["), " \t\r\n")
		if value[0] != '[' || inner[0] != '{' && inner[0] != ']' {
			return true
		}
		// An empty list may as well be a field's value.
		if kind != nil && key == kind.Name {
			found = jsonPart{value, offset}
		}
		if inner[0] == '{' && (kind == nil || kind.Column(key) == nil) {
			names = append(names, key)
			only = jsonPart{value, offset}
		}
		return len(names) < 50
	})
	if found.raw == "" && kind == nil && len(names) == 1 {
		found = only
	}
	return names, found
}

// array takes every element of an array as a row.
func (j *jsonReader) array(raw string, offset int) error {
	return eachElement(raw, func(value string, at int) error {
		if value[0] == '{' {
			return j.object(value, offset+at)
		}
		if err := j.sheet.room(); err != nil {
			return err
		}
		j.begin(offset + at)
		j.refuse(Fault{Value: Shorten(value), Reason: "expected an object such as {\"name\": …}"})
		return nil
	})
}

func (j *jsonReader) begin(offset int) {
	s := j.sheet
	s.lines = append(s.lines, j.lineOf(offset))
	s.starts = append(s.starts, len(s.cells))
}

// refuse marks the row begun last as one that cannot be read.
func (j *jsonReader) refuse(f Fault) {
	b := builder{sheet: j.sheet}
	f.Line = j.sheet.lines[len(j.sheet.lines)-1]
	b.fault(f)
}

// object takes one record.
func (j *jsonReader) object(raw string, offset int) error {
	s := j.sheet
	if err := j.sheet.room(); err != nil {
		return err
	}
	j.begin(offset)
	start := len(s.cells)
	var failure error
	eachMember(raw, func(key, value string, _ int) bool {
		col, err := j.column(key)
		if err != nil {
			failure = err
			return false
		}
		if col < 0 {
			return true
		}
		for len(s.cells) <= start+col {
			s.cells = append(s.cells, "")
		}
		if len(value) > MaxCell {
			j.refuse(Fault{Column: s.Headings[col], Value: Shorten(JSONText(value)), Reason: "longer than 1 MB"})
			value = ""
		}
		if s.cells[start+col] = value; j.clean.cleaned(value) != value {
			s.cells[start+col] = ""
		}
		return true
	})
	if failure == nil && len(s.cells) == start {
		s.lines, s.starts = s.lines[:len(s.lines)-1], s.starts[:len(s.starts)-1]
	}
	return failure
}

// column gives the position of a key, adding a heading for a new one.
func (j *jsonReader) column(key string) (int, error) {
	col, known := j.columns[key]
	if known {
		return col, nil
	}
	s := j.sheet
	if withheld(j.clean.kind, key) {
		s.Withheld, j.columns[key] = append(s.Withheld, text.Line(key, 100)), -1
		return -1, nil
	}
	if len(s.Headings) == MaxColumns {
		return 0, failure.New(failure.Invalid, s.File+" has more than "+strconv.Itoa(MaxColumns)+" different keys; "+
			"leave out those that are not needed")
	}
	col = len(s.Headings)
	j.columns[key] = col
	s.Headings = append(s.Headings, text.Line(key, 100))
	return col, nil
}

// The walkers below go over JSON that the standard library has found valid;
// they hand out parts of the text without copying.

// eachMember visits the members of an object with each value's offset.
func eachMember(raw string, visit func(key, value string, offset int) bool) {
	i := skipSpace(raw, 1)
	for i < len(raw) && raw[i] == '"' {
		end := valueEnd(raw, i)
		key := JSONText(raw[i:end])
		i = skipSpace(raw, skipSpace(raw, end)+1) // the colon
		end = valueEnd(raw, i)
		if !visit(key, raw[i:end], i) {
			return
		}
		if i = skipSpace(raw, end); i < len(raw) && raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
}

// eachElement visits the elements of an array with their offsets.
func eachElement(raw string, visit func(value string, offset int) error) error {
	i := skipSpace(raw, 1)
	for i < len(raw) && raw[i] != ']' {
		end := valueEnd(raw, i)
		if err := visit(raw[i:end], i); err != nil {
			return err
		}
		if i = skipSpace(raw, end); i < len(raw) && raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
	return nil
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

// valueEnd gives the offset behind the value that begins at i.
func valueEnd(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '"':
			for i++; s[i] != '"'; i++ {
				if s[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\t', '\r', '\n', ':':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// JSONText gives what a JSON value says to a person: the text of a string, nothing for
// null, otherwise the value as it is written.
func JSONText(raw string) string {
	switch {
	case raw == "null":
		return ""
	case len(raw) < 2 || raw[0] != '"':
		return raw
	case strings.IndexByte(raw, '\\') < 0:
		return raw[1 : len(raw)-1]
	}
	var s string
	if json.Unmarshal([]byte(raw), &s) != nil {
		return raw
	}
	return s
}
