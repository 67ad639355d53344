package spreadsheet

import (
	"bytes"
	"io"
	"slices"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// IsBook reports whether a file begins as a workbook does.
func IsBook(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

// ReadParts reads every sheet of a workbook that bears a kind's name and has
// rows, in the order of the kinds. About are the rows of a last sheet under the
// heading given, which no kind bears. Of each sheet most rows are read at most; 0 is
// [MaxRows].
func ReadParts(b []byte, name string, kinds []*field.Kind, about string, most int) (parts []Part, rows [][]string,
	err error) {
	err = inBook(b, name, func(w *book) error {
		names := w.GetSheetList()
		for _, k := range kinds {
			sheet := sheetOf(names, k)
			if sheet == "" {
				continue
			}
			out := builder{sheet: &Sheet{File: name, Format: "XLSX", most: most}, kind: k}
			if err := w.read(sheet, &out); err != nil {
				return err
			}
			if out.sheet.Len() == 0 && len(out.head) < 2 {
				continue // headings alone
			}
			s, err := out.finish()
			if err != nil {
				return err
			}
			parts = append(parts, Part{k, s})
		}
		if slices.Contains(names, about) {
			if rows, err = w.GetRows(about); err != nil {
				return err
			}
		}
		return nil
	})
	return parts, rows, err
}

// Part is the sheet of one kind in a file of several.
type Part struct {
	Kind  *field.Kind
	Sheet *Sheet
}

// All reads a file to its end; one that is too large is refused.
func All(r io.Reader, name string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return nil, &failure.Error{Code: failure.Unusable, Message: name + " could not be read to its end", Cause: err}
	case len(b) > MaxFile:
		return nil, failure.New(failure.Invalid, name+" is larger than 100 MB; split it")
	}
	return b, nil
}
