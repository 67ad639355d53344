// Package export takes records out to files.
//
// A [Table] is the records of one kind, as their reader may see them. It can be
// written as CSV, JSON, XLSX, a calendar or an aligned listing. The first two
// columns of the tabular forms are id and rev, the record's number and the
// revision at which it was last changed, so that a file which comes back is
// merged field by field with what has happened meanwhile.
//
// What is written is read back as it was: writing, reading and writing again
// gives the same bytes (a workbook of several sheets, the same cells).
// References are written by a name that finds the same record again, days and
// times in ISO form, money as 1250.00.
//
// CSV is written the way Microsoft Excel opens it without being asked
// anything: UTF-8 with a byte-order mark, commas, CR LF. [Options.Pipe] leaves
// the mark out and ends lines with LF, for other programs. A cell that a
// spreadsheet would run as a formula is led by an apostrophe, which reading
// takes off again.
//
// The package writes only to the streams it is given.
package export

import (
	"iter"
	"time"

	"interlocal/model/field"
)

// Row is one record on its way out.
type Row struct {
	ID  uint64
	Rev uint64 // revision at which the record was last changed
	Rec any
}

// Table is the records of one kind to be written.
type Table struct {
	Kind *field.Kind
	Rows iter.Seq[Row] // may be gone over more than once
	// Columns says what is written, in which order; nil means every column, and
	// in a listing those that tables show unasked.
	Columns []*field.Column
}

// Records yields the records alone.
func (t Table) Records(yield func(any) bool) {
	for row := range t.Rows {
		if !yield(row.Rec) {
			return
		}
	}
}

func (t Table) columns() []*field.Column {
	if t.Columns == nil {
		return t.Kind.Columns
	}
	return t.Columns
}

// Options says how a file is written.
type Options struct {
	// Pipe writes CSV for other programs rather than for a spreadsheet: no
	// byte-order mark, and lines that end in LF.
	Pipe bool
	// Bare leaves out the columns id and rev. Such a file still comes back, but
	// its rows are recognised by what they say.
	Bare bool
	// Width is how many terminal columns a listing may take; 0 means any number.
	Width int
	// Zone is the partnership's time zone, in which a calendar states its times.
	Zone *time.Location
	// Now stamps a calendar.
	Now time.Time
	// Origin tells this partnership's calendar entries from another's. It should
	// stay the same from export to export.
	Origin string
}

// The columns that lead every tabular file.
const (
	IDColumn  = "id"
	RevColumn = "rev"
)

// flushAt is how many bytes are gathered before they are written.
const flushAt = 64 << 10
