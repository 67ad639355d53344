package spreadsheet

import (
	"interlocal/model/text"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Fault is something wrong with one cell, or with one row when Column is empty.
type Fault struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"` // the heading in the file
	Value  string `json:"value,omitempty"`  // shortened and safe to show
	Reason string `json:"reason"`
	// Field is the field the cell is read for, when an answer to what the value
	// means would settle it, and Suggest the answer that is likely.
	Field   string `json:"field,omitempty"`
	Suggest string `json:"suggestion,omitempty"`
}

// String writes a fault as a line of a report: line 17, "Phone": "abc" is not
// a telephone number.
func (f Fault) String() string {
	s := "line " + strconv.Itoa(f.Line)
	if f.Column != "" {
		s += ", " + strconv.Quote(f.Column)
	}
	s += ": "
	if quoted := strconv.Quote(f.Value); f.Value != "" &&
		!strings.Contains(strings.ToLower(f.Reason), strings.ToLower(quoted)) {
		s += quoted + ": "
	}
	return s + f.Reason
}

// Shorten makes a value fit for a report.
func Shorten(s string) string {
	line := text.Line(text.FirstBytes(s, 8*ShownValue), ShownValue+1)
	if utf8.RuneCountInString(line) > ShownValue {
		return text.Line(line, ShownValue-1) + "…"
	}
	return line
}

// Counted counts what has a regular plural: "1 row", "3 rows".
func Counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}
