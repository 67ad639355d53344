package exchange

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// Bounds of what Excel takes.
const (
	excelCell = excelize.TotalCellChars // UTF-16 units of a cell
	excelRows = excelize.TotalRows
)

// WriteXLSX writes a workbook with one sheet for each table: headings in bold
// that stay in view, numbers and money as numbers, everything else as text.
// Sheets bear the kinds' names. A sheet of more than 16 MB waits in a temporary
// file until all are there; nothing is written to w before.
func WriteXLSX(w io.Writer, tables []Table, env *field.Env, o Options) error {
	f := excelize.NewFile()
	defer f.Close()
	x := xlsxWriter{file: f, env: env, bare: o.Bare}
	if err := x.begin(); err != nil {
		return err
	}
	for i, t := range tables {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.Kind.Name)
		} else {
			_, err = f.NewSheet(t.Kind.Name)
		}
		if err == nil {
			err = x.sheet(t)
		}
		if err != nil {
			return err
		}
	}
	return f.Write(w)
}

type xlsxWriter struct {
	file *excelize.File
	env  *field.Env
	bare bool

	bold, money, tenths, wrapped int // styles, by their numbers
}

// begin makes the styles. The workbook bears no author's name.
func (x *xlsxWriter) begin() error {
	money, tenths := "#,##0.00", "0.0"
	err := x.file.SetDocProps(&excelize.DocProperties{})
	for _, s := range []struct {
		id   *int
		look excelize.Style
	}{
		{&x.bold, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&x.money, excelize.Style{CustomNumFmt: &money}},
		{&x.tenths, excelize.Style{CustomNumFmt: &tenths}},
		{&x.wrapped, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
	} {
		if err == nil {
			*s.id, err = x.file.NewStyle(&s.look)
		}
	}
	return err
}

func (x *xlsxWriter) sheet(t Table) error {
	out, err := x.file.NewStreamWriter(t.Kind.Name)
	if err != nil {
		return err
	}
	cols := t.columns()
	if err := x.headings(out, cols); err != nil {
		return err
	}
	n := 1
	for row := range t.Rows {
		if n++; n > excelRows {
			return failure.New(failure.Invalid, "an Excel sheet holds 1,048,576 rows and there are more "+t.Kind.Name+"; export them as CSV")
		}
		var cells []any
		if !x.bare {
			cells = append(cells, row.ID, row.Rev)
		}
		for _, c := range cols {
			cell, err := x.value(t.Kind, c, row)
			if err != nil {
				return err
			}
			cells = append(cells, cell)
		}
		if err := out.SetRow("A"+strconv.Itoa(n), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (x *xlsxWriter) headings(out *excelize.StreamWriter, cols []*field.Column) error {
	var cells []any
	var widths []int
	if !x.bare {
		cells, widths = []any{excelize.Cell{StyleID: x.bold, Value: idName}, excelize.Cell{StyleID: x.bold, Value: revName}}, []int{8, 8}
	}
	for _, c := range cols {
		cells = append(cells, excelize.Cell{StyleID: x.bold, Value: c.Name})
		widths = append(widths, min(max(columnWidth(c), len(c.Name)+2), 60))
	}
	for i, width := range widths {
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return out.SetRow("A1", cells)
}

// value gives a column's value: a number where it is one that Excel keeps to
// the last digit, otherwise text.
func (x *xlsxWriter) value(k *field.Kind, c *field.Column, row Row) (any, error) {
	if c.Empty(row.Rec) && c.Shape != field.ShapeBool {
		return nil, nil
	}
	var scratch [256]byte
	v := string(c.Format(scratch[:0], row.Rec, x.env))
	if c.Shape.Numeric() && len(v) <= 15 {
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			return excelize.Cell{StyleID: x.numberStyle(c.Shape), Value: n}, nil
		}
	}
	if len(v) > excelCell && utf16Length(v) > excelCell {
		return nil, failure.New(failure.Invalid, c.Title+" of "+k.Label(row.Rec)+" is longer than an Excel cell holds (32,767 characters); export as CSV or JSON")
	}
	if strings.Contains(v, "_x") && loseEscapes(v) {
		return nil, failure.New(failure.Invalid, c.Title+" of "+k.Label(row.Rec)+" holds signs that a workbook takes for others (such as _x000D_); export as CSV or JSON")
	}
	if c.Shape == field.ShapeLong {
		return excelize.Cell{StyleID: x.wrapped, Value: v}, nil
	}
	return v, nil
}

func (x *xlsxWriter) numberStyle(s field.Shape) int {
	switch s {
	case field.ShapeMoney, field.ShapePercent:
		return x.money
	case field.ShapeTenths:
		return x.tenths
	}
	return 0
}

// loseEscapes tells the texts that excelize does not write as they are: those
// with two _xHHHH_ that share their middle underscore, or one that is half of a
// UTF-16 pair.
func loseEscapes(v string) bool {
	lost, _ := regexp.MatchString(`_x[[:xdigit:]]{4}_x[[:xdigit:]]{4}_|_x[dD][89a-fA-F][[:xdigit:]]{2}_`, v)
	return lost
}

func utf16Length(v string) int {
	n := 0
	for _, r := range v {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// columnWidth gives the width wanted for a column, in characters.
func columnWidth(c *field.Column) int {
	if c.Width > 0 {
		return c.Width
	}
	switch c.Shape {
	case field.ShapeLong, field.ShapeList, field.ShapeRows, field.ShapeURL:
		return 40
	case field.ShapeWall:
		return 17
	case field.ShapeDay, field.ShapeMoney, field.ShapePhone:
		return 13
	case field.ShapeBool, field.ShapeInt, field.ShapePercent, field.ShapeTenths:
		return 9
	}
	return 20
}
