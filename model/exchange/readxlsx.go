package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"interlocal/model"
	"interlocal/model/text"
)

// readXLSX reads one sheet of a workbook: the one named after the kind, else
// the first that is not hidden. The workbook is read as a stream with a budget
// in bytes, since a small file can unpack to any size.
func readXLSX(b []byte, sheet *Sheet, o ReadOptions) (*Sheet, error) {
	if len(b) > MaxPacked {
		return nil, model.Fail(model.Invalid, sheet.File+" is a workbook larger than 10 MB; save the sheet as CSV, or split it")
	}
	w, err := openWorkbook(b, sheet.File)
	if err == nil {
		err = w.load(o.Kind)
	}
	if err == nil {
		out := builder{sheet: sheet, kind: o.Kind}
		if err = w.eachRow(w.sheet.target, out.add); err == nil {
			return out.finish()
		}
	}
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return nil, err
	case errors.Is(err, errTooLarge):
		return nil, model.Fail(model.Invalid, sheet.File+" unpacks to more than 100 MB or 100 times its size; save the sheet as CSV")
	case errors.Is(err, errNoSheet):
		return nil, model.Fail(model.Invalid, sheet.File+" is no workbook, or holds no sheet; save it as .xlsx or CSV")
	}
	return nil, &model.Error{Code: model.Invalid, Cause: err,
		Message: sheet.File + " is a damaged workbook, perhaps cut short; save or send it again"}
}

var (
	errTooLarge = errors.New("workbook is too large")
	errNoSheet  = errors.New("no sheet found")
)

// workbook is an opened .xlsx file: a zip of XML parts that name one another.
type workbook struct {
	file    string
	zip     *zip.Reader
	budget  int64 // bytes that may still be unpacked
	sheet   sheetEntry
	strings []string // shared strings, by number
	formats []numberFormat
	is1904  bool // days are counted from 1904
}

type sheetEntry struct {
	name, id, target string
	hidden           bool
}

func openWorkbook(b []byte, file string) (*workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	w := &workbook{file: file, zip: z, budget: min(MaxFile, max(int64(len(b))*maxRatio, 1<<20))}
	var declared uint64
	for _, f := range z.File {
		if declared += f.UncompressedSize64; f.UncompressedSize64 > MaxFile || declared > uint64(w.budget) {
			return nil, errTooLarge
		}
	}
	return w, nil
}

// part opens a part of the workbook by its path; nil when there is none.
func (w *workbook) part(name string) (io.ReadCloser, error) {
	for _, f := range w.zip.File {
		if strings.EqualFold(f.Name, name) {
			r, err := f.Open()
			if err != nil {
				return nil, err
			}
			return struct {
				io.Reader
				io.Closer
			}{&metered{r, &w.budget}, r}, nil
		}
	}
	return nil, nil
}

// metered counts what is read against a budget, whatever the file declares.
type metered struct {
	r      io.Reader
	budget *int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if *m.budget -= int64(n); *m.budget < 0 {
		return n, errTooLarge
	}
	return n, err
}

// load reads everything but the rows.
func (w *workbook) load(kind *model.Kind) error {
	book := "xl/workbook.xml"
	top, err := w.relations("_rels/.rels", "")
	if err != nil {
		return err
	}
	if t := top.byType["officeDocument"]; t != "" {
		book = t
	}
	sheets, err := w.sheets(book)
	if err != nil {
		return err
	}
	dir, file := path.Split(book)
	rels, err := w.relations(dir+"_rels/"+file+".rels", dir)
	if err != nil {
		return err
	}
	entry, ok := chooseSheet(sheets, kind)
	if !ok {
		return errNoSheet
	}
	w.sheet = entry
	if w.sheet.target = rels.byID[entry.id]; w.sheet.target == "" {
		return errNoSheet
	}
	if w.strings, err = w.sharedStrings(rels.byType["sharedStrings"]); err != nil {
		return err
	}
	w.formats, err = w.numberFormats(rels.byType["styles"])
	return err
}

func chooseSheet(sheets []sheetEntry, kind *model.Kind) (sheetEntry, bool) {
	if kind != nil {
		for _, s := range sheets {
			if name := text.Fold(s.name); name == kind.Name || name == text.Fold(kind.Title) {
				return s, true
			}
		}
	}
	for _, s := range sheets {
		if !s.hidden {
			return s, true
		}
	}
	return sheetEntry{}, false
}

// each visits every start and end of an element and every text of a part. A
// part that does not exist has none.
func (w *workbook) each(name string, visit func(t xml.Token) error) error {
	r, err := w.part(name)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	for {
		t, err := dec.RawToken()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = visit(t)
		}
		if err != nil {
			return err
		}
	}
}

type relations struct{ byID, byType map[string]string }

// relations reads which parts another part refers to. Types are told by the
// last word of their address, which is the same in both editions of the format.
func (w *workbook) relations(name, dir string) (relations, error) {
	rels := relations{map[string]string{}, map[string]string{}}
	err := w.each(name, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" {
			return nil
		}
		target := attr(e, "Target")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		rels.byID[attr(e, "Id")] = target
		rels.byType[path.Base(attr(e, "Type"))] = target
		return nil
	})
	return rels, err
}

func (w *workbook) sheets(book string) ([]sheetEntry, error) {
	var out []sheetEntry
	err := w.each(book, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "workbookPr":
			w.is1904 = truth(attr(e, "date1904"))
		case e.Name.Local == "sheet":
			s := sheetEntry{name: attr(e, "name"), hidden: attr(e, "state") != "" && attr(e, "state") != "visible"}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					s.id = a.Value
				}
			}
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// sharedStrings reads the texts that cells refer to by number. Readings printed
// above characters are no part of them.
func (w *workbook) sharedStrings(name string) ([]string, error) {
	var out []string
	var one strings.Builder
	text, phonetic := false, false
	err := w.each(name, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "si":
				one.Reset()
			case "t":
				text = true
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "si":
				out = append(out, unescapeXLSX(one.String()))
			case "t":
				text = false
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if text && !phonetic {
				one.Write(e)
			}
		}
		return nil
	})
	return out, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" }
