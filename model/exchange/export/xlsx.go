package export

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// WriteXLSX writes a workbook with one sheet for each table: headings in bold
// that stay in view, numbers, money, days and times as such, everything else as
// text, and choices to pick from. Sheets bear the kinds' names. Nothing is
// written to w before all of it is there.
func WriteXLSX(w io.Writer, tables []Table, env *field.Env, o Options) error {
	var whole bytes.Buffer
	x := xlsxWriter{workbook: newWorkbook(&whole), env: env, bare: o.Bare}
	for _, t := range tables {
		if err := x.sheet(t); err != nil {
			return err
		}
	}
	if err := x.close(); err != nil {
		return err
	}
	_, err := whole.WriteTo(w)
	return err
}

type xlsxWriter struct {
	*workbook
	env  *field.Env
	bare bool
}

func (x *xlsxWriter) sheet(t Table) error {
	cols := t.columns()
	own := 0 // columns before the record's
	if !x.bare {
		own = 2
	}
	x.headings(t.Kind.Name, cols)
	for row := range t.Rows {
		if x.row == excelRows {
			return failure.New(failure.Invalid,
				"an Excel sheet holds 1,048,576 rows and there are more "+t.Kind.Name+"; export them as CSV")
		}
		x.beginRow()
		if !x.bare {
			x.number(0, plainLook, strconv.FormatUint(row.ID, 10))
			x.number(1, plainLook, strconv.FormatUint(row.Rev, 10))
		}
		for i, c := range cols {
			if err := x.value(t.Kind, own+i, c, row); err != nil {
				return err
			}
		}
		x.endRow()
	}
	var drops []dropDown
	for i, c := range cols {
		if choices := choicesOf(c); choices != nil {
			drops = append(drops, dropDown{own + i, choices})
		}
	}
	x.endSheet(drops)
	return x.err
}

func (x *xlsxWriter) headings(sheet string, cols []*field.Column) {
	var names []string
	var widths []int
	if !x.bare {
		names, widths = []string{IDColumn, RevColumn}, []int{8, 8}
	}
	for _, c := range cols {
		names = append(names, c.Name)
		widths = append(widths, min(max(columnWidth(c), len(c.Name)+2), 60))
	}
	x.beginSheet(sheet, widths)
	x.beginRow()
	for i, name := range names {
		x.words(i, boldLook, name)
	}
	x.endRow()
}

// value adds a column's value: a number where it is one that Excel keeps to the
// last digit, a day or time that Excel knows, otherwise text.
func (x *xlsxWriter) value(k *field.Kind, at int, c *field.Column, row Row) error {
	if c.Empty(row.Rec) && c.Shape != field.ShapeBool {
		return nil
	}
	var scratch [256]byte
	v := string(c.Format(scratch[:0], row.Rec, x.env))
	switch {
	case c.Shape.Numeric() && len(v) <= 15 && isDecimal(v):
		x.number(at, numberLook(c.Shape), v)
	case c.Shape == field.ShapeDay || c.Shape == field.ShapeWall:
		x.moment(at, v)
	case len(v) > excelCell && utf16Length(v) > excelCell:
		return failure.New(failure.Invalid, c.Title+" of "+k.Label(row.Rec)+
			" is longer than an Excel cell holds (32,767 characters); export as CSV or JSON")
	case c.Shape == field.ShapeLong:
		x.words(at, wrappedLook, v)
	default:
		x.words(at, plainLook, v)
	}
	return nil
}

// moment adds a day or a local time. Excel counts days from 1900 and takes that
// for a leap year, so that its count holds from March on; earlier days are text.
func (x *xlsxWriter) moment(at int, v string) {
	const minutes = 24 * 60
	first := value.Date(1900, time.March, 1)
	if d, err := time.Parse(time.DateOnly, v); err == nil && value.DayOf(d) >= first {
		x.number(at, dayLook, strconv.Itoa(int(value.DayOf(d)-first)+61))
		return
	}
	if t, err := time.Parse("2006-01-02 15:04", v); err == nil && value.DayOf(t) >= first {
		clock := float64(t.Hour()*60+t.Minute()) / minutes
		x.number(at, momentLook, strconv.FormatFloat(float64(value.DayOf(t)-first)+61+clock, 'f', 10, 64))
		return
	}
	x.words(at, plainLook, v)
}

func isDecimal(v string) bool {
	_, err := strconv.ParseFloat(v, 64)
	return err == nil && !strings.ContainsAny(v, "xXnN")
}

func numberLook(s field.Shape) cellLook {
	switch s {
	case field.ShapeMoney, field.ShapePercent:
		return moneyLook
	case field.ShapeTenths:
		return tenthsLook
	}
	return plainLook
}

// choicesOf gives what a drop-down offers for a column; nil when it has no
// fixed choices or they do not fit into one.
func choicesOf(c *field.Column) []string {
	if c.Shape != field.ShapeChoice && c.Shape != field.ShapeBool {
		return nil
	}
	var out []string
	size := 0
	for _, choice := range c.Choices {
		if strings.ContainsAny(choice.Value, `,"`) {
			return nil
		}
		out = append(out, choice.Value)
		size += len(choice.Value) + 1
	}
	if size > excelList {
		return nil
	}
	return out
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
