package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// Bounds of a workbook's parts, against files that cost far more than they
// weigh. Texts and the order of formulas grow with the rows, other parts do not,
// and of sheets only as many cells are kept as the builder takes.
const (
	maxLongTags  = 4_000_000
	maxShortTags = 200_000
	maxLinks     = 5_000     // tags of a part that says where others are
	maxDepth     = 100       // elements within each other
	maxCellText  = 256 << 10 // bytes of a cell, eight for each character that Excel takes
	maxMoment    = 40        // digits of a day or time; more are no such thing, and take excelize long
	longMoment   = 100_000   // bytes that each of these counts for
	maxEscapes   = 5_000     // _x000D_ and the like in a cell
)

var (
	errTooLarge = errors.New("workbook is too large")
	errNoSheet  = errors.New("no sheet found")
)

// readXLSX reads one sheet of a workbook: the one named after the kind, else
// the first that is not hidden.
func readXLSX(b []byte, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	out := builder{sheet: sheet, kind: o.Kind, wanted: o.Sheet, choose: o.Head}
	err := inBook(b, sheet.File, func(w *book) error {
		name, err := chooseSheet(w.File, &out)
		if err != nil {
			return err
		}
		sheet.Others = slices.DeleteFunc(w.GetSheetList(), func(s string) bool { return s == name })
		return w.read(name, &out)
	})
	if err != nil {
		return nil, err
	}
	return out.finish()
}

// book is a workbook that is open.
type book struct {
	*excelize.File
	is1904    bool
	uncounted []string // cells of any sheet whose formula has no value
}

// inBook does something with a workbook. The error says in a sentence what is
// wrong with it.
func inBook(b []byte, name string, do func(*book) error) error {
	if len(b) > MaxPacked {
		return failure.New(failure.Invalid, name+" is a workbook larger than 10 MB; save the sheet as CSV, or split it")
	}
	blank, err := inspectWorkbook(b)
	if err == nil {
		err = opened(b, func(w *book) error {
			w.uncounted = blank
			return do(w)
		})
	}
	var known *failure.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, errTooLarge):
		return failure.New(failure.Invalid, name+" unpacks to more than is read (100 MB, 100 times its size, 32,767 "+
			"characters in a cell); save the sheet as CSV")
	case errors.Is(err, errNoSheet):
		return failure.New(failure.Invalid, name+" is no workbook, or holds no sheet; save it as .xlsx or CSV")
	}
	return &failure.Error{Code: failure.Invalid, Cause: err,
		Message: name + " is a damaged workbook, perhaps cut short; save or send it again"}
}

// inspectWorkbook goes over a workbook before it is taken into memory. The zip
// reader fails where a part is longer than declared or its checksum wrong, so
// that the declared sizes can be relied on; excelize would take such a part, or
// one whose XML ends in the middle, for a shorter one.
func inspectWorkbook(b []byte) (uncounted []string, err error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	budget := min(MaxFile, max(uint64(len(b))*maxRatio, 1<<20))
	found := false
	for _, f := range z.File {
		found = found || strings.EqualFold(path.Ext(f.Name), ".rels")
		if f.UncompressedSize64 > budget {
			return nil, errTooLarge
		}
		budget -= f.UncompressedSize64
	}
	if !found {
		return nil, errNoSheet
	}
	for _, f := range z.File {
		blank, err := inspectPart(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		uncounted = append(uncounted, blank...)
	}
	return uncounted, nil
}

func inspectPart(f *zip.File) (uncounted []string, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
	isSheet := strings.HasPrefix(name, "xl/worksheets/sheet")
	isText := name == "xl/sharedstrings.xml"
	tags := &tagCounter{left: maxShortTags}
	switch {
	case isSheet:
		tags.left = math.MaxInt
	case isText, name == "xl/calcchain.xml":
		tags.left = maxLongTags
	case strings.HasSuffix(name, ".rels") && !strings.HasPrefix(name, "xl/worksheets/"):
		tags.left = maxLinks
	}
	content := io.TeeReader(r, tags)
	if ext := path.Ext(name); ext == ".xml" || ext == ".rels" {
		if uncounted, err = inspectXML(xml.NewDecoder(content), isSheet || isText); err != nil {
			return nil, err
		}
	}
	_, err = io.Copy(io.Discard, content)
	return uncounted, err
}

// inspectXML goes through a part to its end, and gives the cells whose formula has
// no value, as programs write them that do not calculate.
func inspectXML(d *xml.Decoder, cells bool) (uncounted []string, err error) {
	depth, size, escapes, row := 0, 0, 0, 0
	var formula formulaCell
	for {
		t, err := d.Token()
		if err == io.EOF {
			return uncounted, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			depth++
			formula.start(e)
			switch e.Name.Local {
			case "row":
				row = 0
			case "c":
				row++
			}
		case xml.EndElement:
			depth--
			if e.Name.Local == "c" || e.Name.Local == "si" {
				size, escapes = 0, 0
			}
			if e.Name.Local == "c" && formula.has && !formula.valued && len(uncounted) < MaxNoted {
				uncounted = append(uncounted, formula.ref)
			}
		case xml.CharData:
			size += len(e)
			escapes += bytes.Count(e, []byte("_x"))
			formula.valued = formula.valued || formula.in == "v" && len(e) > 0
		}
		if depth > maxDepth || cells && (size > maxCellText || escapes > maxEscapes || row > excelize.MaxColumns) {
			return nil, errTooLarge
		}
	}
}

// formulaCell is the cell that a part is at.
type formulaCell struct {
	ref, in     string
	has, valued bool
}

func (f *formulaCell) start(e xml.StartElement) {
	switch f.in = e.Name.Local; f.in {
	case "c":
		*f = formulaCell{}
		for _, a := range e.Attr {
			if a.Name.Local == "r" {
				f.ref = a.Value
			}
		}
	case "f":
		f.has = true
	}
}

// tagCounter fails when more tags pass it than it has left.
type tagCounter struct{ left int }

// Write counts what passes.
func (t *tagCounter) Write(p []byte) (int, error) {
	if t.left -= bytes.Count(p, []byte("<")); t.left < 0 {
		return 0, errTooLarge
	}
	return len(p), nil
}

// opened opens a workbook that was inspected. What panics in excelize is an error.
func opened(b []byte, do func(*book) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("excelize: %v", r)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b),
		excelize.Options{UnzipSizeLimit: MaxFile, UnzipXMLSizeLimit: MaxFile})
	if err != nil {
		return err
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return err
	}
	if err := markMoments(f); err != nil {
		return err
	}
	return do(&book{File: f, is1904: props.Date1904 != nil && *props.Date1904})
}

// read hands a sheet's rows to out.
func (w *book) read(name string, out *builder) error {
	if name == "" {
		return errNoSheet
	}
	rows, err := w.Rows(name)
	if missing := (excelize.ErrSheetNotExist{}); errors.As(err, &missing) {
		return errNoSheet
	}
	if err != nil {
		return err
	}
	size, count, hidden := 0, 0, 0
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if rows.GetRowOpts().Hidden && !blankRow(cells) {
			hidden++
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > MaxColumns {
			return failure.New(failure.Invalid, out.sheet.File+" has more than "+strconv.Itoa(MaxColumns)+
				" columns; leave out those that are not needed")
		}
		for i, c := range cells {
			size += len(c)
			cells[i] = unmark(c, w.is1904)
			if len(c) > maxMoment && len(cells[i]) < len(c) {
				size += longMoment
			}
		}
		if count += len(cells); size > MaxFile || count > maxCells {
			return errTooLarge
		}
		if err := out.add(line, cells); err != nil {
			return err
		}
	}
	w.tell(name, hidden, out.sheet)
	return rows.Close()
}

// tell notes what somebody who looks at the sheet does not see: rows that are
// hidden, which are read, and formulas without a value, which are empty.
func (w *book) tell(name string, hidden int, s *Sheet) {
	if hidden > 0 {
		s.Notes = append(s.Notes, Counted(hidden, "hidden row")+" of the sheet read as well")
	}
	var cells []string
	for _, ref := range w.uncounted[:min(len(w.uncounted), linesTold)] {
		if f, err := w.GetCellFormula(name, ref); err == nil && f != "" {
			cells = append(cells, ref)
		}
	}
	if len(cells) > 0 {
		s.Notes = append(s.Notes, "cells with a formula and no value are read as empty ("+strings.Join(cells, ", ")+
			"); open the workbook in a spreadsheet program and save it, so that they are worked out")
	}
}

// linesTold is how many cells a note names.
const linesTold = 12

// chooseSheet gives the sheet to read, and "" where there is none. Of several
// that show, the others are told.
func chooseSheet(f *excelize.File, out *builder) (string, error) {
	names, kind := f.GetSheetList(), out.kind
	if out.wanted != "" {
		for _, s := range names {
			if text.Fold(s) == text.Fold(out.wanted) {
				return s, nil
			}
		}
		return "", failure.New(failure.NotFound, out.sheet.File+" has no sheet "+strconv.Quote(out.wanted)+
			"; its sheets are "+
			Shorten(strings.Join(names, ", ")))
	}
	if kind != nil {
		if s := sheetOf(names, kind); s != "" {
			return s, nil
		}
	}
	first := ""
	var others []string
	for _, s := range f.WorkBook.Sheets.Sheet {
		switch {
		case s.State != "" && s.State != "visible":
		case first == "":
			first = s.Name
		default:
			others = append(others, s.Name)
		}
	}
	if len(others) > 0 {
		out.sheet.Notes = append(out.sheet.Notes, "sheet "+strconv.Quote(first)+" is read; there are also "+
			Shorten(strings.Join(others, ", ")))
	}
	return first, nil
}

// sheetOf gives the sheet that bears a kind's name; "" for none.
func sheetOf(names []string, k *field.Kind) string {
	for _, s := range names {
		if name := text.Fold(s); name == k.Name || name == text.Fold(k.Title) {
			return s
		}
	}
	return ""
}
