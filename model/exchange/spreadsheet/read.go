// Package spreadsheet reads tables as offices write them: CSV in any dress, JSON
// and workbooks. [Read] yields a [Sheet] of clean text, from which what must not
// come in is left out unread; [MapSheet] says which field of a kind each of its
// headings stands for.
package spreadsheet

import (
	"bytes"
	"io"
	"strings"
	"time"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// ReadOptions says what is known of a file beforehand.
type ReadOptions struct {
	// Kind is the kind of record expected. It tells headings from lines of title
	// above them, and which sheet or array to take when a file holds several.
	Kind *field.Kind
	// Sheet names the sheet of a workbook that is wanted; "" takes the one that
	// looks like it.
	Sheet string
	// Most is how many rows are read at most; 0 is [MaxRows].
	Most int
	// Zone is where clocks show the times that are kept; without it no times of a
	// calendar can be read.
	Zone *time.Location
	// Head chooses the row of headings among the first twenty that hold something;
	// nil takes the first in which the kind knows two headings.
	Head func(rows [][]string) int
}

// Read finds out what sort of file it is given and reads it. The name is for
// messages and as a hint. The error says in a sentence what is wrong with a
// file that cannot be read at all; a file with some bad rows is read.
func Read(r io.Reader, name string, o ReadOptions) (*Sheet, error) {
	name = text.Line(name, 100)
	if name == "" || name == "-" {
		name = "The input"
	}
	b, err := All(r, name)
	if err != nil {
		return nil, err
	}
	if format := foreign(b); format != "" {
		return nil, failure.New(failure.Invalid, name+" is "+format)
	}
	s := &Sheet{File: name, most: o.Most}
	if IsBook(b) {
		s.Format = "XLSX"
		return readXLSX(b, s, o)
	}
	content, note, err := decode(b, name)
	if err != nil {
		return nil, err
	}
	if note != "" {
		s.Notes = append(s.Notes, note)
	}
	if Blank(content) {
		return nil, failure.New(failure.Invalid, name+" is empty")
	}
	switch {
	case webPage(b):
		return readHTML(content, s, o)
	case isCalendar(content):
		s.Format = "ICS"
		return readICS(content, s, o)
	}
	if looksJSON(content, name) {
		s.Format, s.Structured = "JSON", true
		return readJSON(content, s, o)
	}
	s.Format = "CSV"
	return readCSV(content, s, o)
}

// foreign recognises files people send by mistake.
func foreign(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "an old Excel file or has a password; save it as .xlsx or CSV, without a password"
	case bytes.HasPrefix(b, []byte("%PDF")):
		return "a PDF; ask for the list as CSV or XLSX"
	case bytes.HasPrefix(b, []byte("{\\rtf")):
		return "a text document; save the list as CSV or XLSX"
	}
	return ""
}

// webPage reports whether a file begins as a page of the web or as the XML of old
// spreadsheets, which many systems hand out under a workbook's name.
func webPage(b []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(b[:min(len(b), 512)], "\xef\xbb\xbf \t\r\n"))
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "<div",
		"<?xml"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return true
		}
	}
	return false
}

// looksJSON reports that a text begins as JSON does: with an object, or with a
// list of objects.
func looksJSON(s, name string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	if s == "" || s[0] != '{' && s[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(s[1:], " \t\r\n")
	if s[0] == '{' {
		return rest == "" || rest[0] == '"' || rest[0] == '}'
	}
	return strings.HasSuffix(strings.ToLower(name), ".json") || rest == "" || rest[0] == '{' || rest[0] == ']'
}
