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
	return writeBook(w, tables, nil, env, o)
}

func writeBook(w io.Writer, tables []Table, form *Form, env *field.Env, o Options) error {
	var whole bytes.Buffer
	x := xlsxWriter{workbook: newWorkbook(&whole), env: env, bare: o.Bare, form: form}
	for _, t := range tables {
		if err := x.sheet(t); err != nil {
			return err
		}
	}
	if form != nil {
		x.legend(tables)
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
	form *Form // what the workbook asks of people; nil for records
}

func (x *xlsxWriter) sheet(t Table) error {
	cols := t.columns()
	own := 0 // columns before the record's
	if !x.bare {
		own = 2
	}
	x.headings(t.Kind, cols)
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
		if choices := x.choices(c); choices != nil {
			drops = append(drops, dropDown{own + i, choices})
		}
	}
	x.endSheet(drops)
	return x.err
}

func (x *xlsxWriter) headings(k *field.Kind, cols []*field.Column) {
	var names []string
	var columns []sheetColumn
	if !x.bare {
		names, columns = []string{IDColumn, RevColumn}, []sheetColumn{{width: 8}, {width: 8}}
	}
	sheet := k.Name
	if x.form != nil {
		sheet = sheetTitle(k)
	}
	for _, c := range cols {
		name := c.Name
		if x.form != nil {
			name = heading(k, c)
		}
		names = append(names, name)
		columns = append(columns, sheetColumn{min(max(columnWidth(c), len(name)+2), 60), lookOf(c.Shape)})
	}
	x.beginSheet(sheet, columns)
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
		x.number(at, lookOf(c.Shape), v)
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

// lookOf gives the format of a field's cells, also of those that are empty yet.
func lookOf(s field.Shape) cellLook {
	switch s {
	case field.ShapeMoney, field.ShapePercent:
		return moneyLook
	case field.ShapeTenths:
		return tenthsLook
	case field.ShapeDay:
		return dayLook
	case field.ShapeWall:
		return momentLook
	case field.ShapeLong:
		return wrappedLook
	}
	return plainLook
}

// choices gives what a drop-down offers for a column; nil when it has no fixed
// choices or they do not fit into one. A sheet to fill in offers records as well.
func (x *xlsxWriter) choices(c *field.Column) []string {
	var all []string
	switch {
	case c.Shape == field.ShapeChoice, c.Shape == field.ShapeBool:
		for _, choice := range c.Choices {
			all = append(all, choice.Value)
		}
	case x.form != nil && c.Shape == field.ShapeRef:
		for id := range x.env.Reader.Scan(c.Target) {
			if all = append(all, x.env.Name(c.Target, id)); len(all) > excelList {
				return nil
			}
		}
	}
	size := 0
	for _, choice := range all {
		if strings.ContainsAny(choice, `,"`) {
			return nil
		}
		size += utf16Length(choice) + 1
	}
	if size > excelList {
		return nil
	}
	return all
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
