package export

import (
	"io"
	"strings"

	"interlocal/model/field"
)

// Form is what a workbook says that people are asked to fill in: a last sheet
// tells of each column what belongs there.
type Form struct {
	About [][2]string // lines that head it: who asks whom, by when
}

// AboutSheet is the name of the sheet that says how to fill the others in.
const AboutSheet = "How to fill in"

// WriteForm writes a workbook to fill in: sheets and headings bear titles, empty
// cells are typed, records that others name are offered as well as choices. It
// comes back as any workbook does.
func WriteForm(w io.Writer, tables []Table, form Form, env *field.Env, o Options) error {
	return writeBook(w, tables, &form, env, o)
}

// WriteEmptyCSV writes the headings of a table to fill in.
func WriteEmptyCSV(w io.Writer, t Table, o Options) error {
	c := NewCSVWriter(o)
	for _, col := range t.columns() {
		c.Text(heading(t.Kind, col))
	}
	c.EndLine()
	return c.Flush(w)
}

// heading is a column's title, or its name where the title may mean another.
func heading(k *field.Kind, c *field.Column) string {
	same := func(a, b string) bool {
		plain := func(s string) string {
			return strings.NewReplacer(" ", "", "_", "", "-", "").
				Replace(field.FoldName(s))
		}
		return plain(a) == plain(b)
	}
	for _, other := range k.Columns {
		if other != c && (same(other.Name, c.Title) || same(other.Title, c.Title)) {
			return c.Name
		}
	}
	return c.Title
}

// sheetTitle is a kind's title where a sheet may bear it.
func sheetTitle(k *field.Kind) string {
	if len(k.Title) > 31 || strings.ContainsAny(k.Title, `[]:*?/\'`) {
		return k.Name
	}
	return k.Title
}

// legend writes the sheet that says what belongs where.
func (x *xlsxWriter) legend(tables []Table) {
	x.beginSheet(AboutSheet, []sheetColumn{{width: 20}, {width: 24}, {width: 9}, {width: 60, look: wrappedLook},
		{width: 40, look: wrappedLook}})
	line := func(look cellLook, cells ...string) {
		x.beginRow()
		for i, cell := range cells {
			if cell != "" {
				x.words(i, look, cell)
			}
		}
		x.endRow()
	}
	for _, pair := range x.form.About {
		line(plainLook, pair[0], pair[1])
	}
	line(boldLook, "Sheet", "Column", "Needed", "What to write", "For example, or one of")
	for _, t := range tables {
		if !x.bare {
			line(plainLook, sheetTitle(t.Kind), IDColumn+", "+RevColumn, "",
				"Leave as they are; leave empty in a new row.")
		}
		for _, c := range t.columns() {
			needed := ""
			if c.Required {
				needed = "yes"
			}
			line(plainLook, sheetTitle(t.Kind), heading(t.Kind, c), needed, wanted(c), example(c))
		}
	}
	x.endSheet(nil)
}

// wanted says what belongs into a column.
func wanted(c *field.Column) string {
	if c.Help != "" {
		return c.Help
	}
	switch c.Shape {
	case field.ShapeDay:
		return "A day, such as 2027-03-04."
	case field.ShapeWall:
		return "A day and a time, such as 2027-03-04 13:30."
	case field.ShapeMoney:
		return "Dollars and cents."
	case field.ShapeInt, field.ShapeTenths, field.ShapePercent:
		return "A number."
	case field.ShapeBool:
		return "yes or no"
	case field.ShapeList, field.ShapeRows:
		return "One or more, separated by semicolons."
	}
	return ""
}

func example(c *field.Column) string {
	if len(c.Choices) == 0 {
		return c.Example
	}
	var out []string
	for _, choice := range c.Choices {
		out = append(out, choice.Value)
	}
	return strings.Join(out, ", ")
}
