package model

import (
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/value"
)

// with makes a reader over records; one without a number gets the next.
func with(recs ...any) *fieldtest.Memory { return fieldtest.With(NewSchema(), recs...) }

// crowd is a reader with a few records of every kind, for references to find.
func crowd() *fieldtest.Memory {
	r := with()
	for _, k := range r.Schema().Kinds {
		for i := range 4 {
			rec := k.New()
			label := fmt.Sprintf("%s %c", k.One, 'A'+i)
			switch rec := rec.(type) {
			case *lending.Equipment:
				rec.Tag, rec.Name = fmt.Sprintf("T-%d", i), "Truck"
			case *cyber.Cycle:
				rec.Year = 2020 + i
			default:
				if c := k.Column("name"); c != nil {
					_ = c.Parse(rec, label, nil)
				} else if c := k.Column("title"); c != nil {
					_ = c.Parse(rec, label, nil)
				}
			}
			k.SetID(rec, uint64(i+1))
			r.Add(rec)
		}
	}
	return r
}

func drawKind(t *rapid.T) *field.Kind {
	schema := NewSchema()
	var names []string
	for _, k := range schema.Kinds {
		names = append(names, k.Name)
	}
	return schema.Kind(rapid.SampledFrom(names).Draw(t, "kind"))
}

// drawRecord makes up a record of a kind, some of whose fields are empty.
func drawRecord(t *rapid.T, k *field.Kind, env *field.Env, name string) any {
	rec := k.New()
	for _, c := range k.Columns {
		drawValue(t, c, rec, env, name)
	}
	return rec
}

// drawValue fills a column of a record, or leaves it empty.
func drawValue(t *rapid.T, c *field.Column, rec any, env *field.Env, name string) {
	c.Clear(rec)
	if !rapid.Bool().Draw(t, name+" has "+c.Name) {
		return
	}
	s := drawText(t, c, name+"."+c.Name)
	if err := c.Parse(rec, s, env); err != nil {
		t.Fatalf("%s does not take %q: %v", c.Name, s, err)
	}
}

// drawText makes up canonical text for a column.
func drawText(t *rapid.T, c *field.Column, name string) string {
	switch c.Shape {
	case field.ShapeList:
		parts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return escaped(drawOne(t, c, c.Inner, "element"))
		}), 0, 4).Draw(t, name)
		return strings.Join(parts, "; ")
	case field.ShapeRows:
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			cells := make([]string, len(c.Sub))
			for i, sub := range c.Sub {
				if i == 0 || rapid.Bool().Draw(t, "filled") {
					cells[i] = escaped(drawText(t, sub, sub.Name))
				}
			}
			return strings.Join(cells, " | ")
		}), 0, 4).Draw(t, name)
		return strings.Join(rows, "; ")
	}
	return drawOne(t, c, c.Shape, name)
}

func drawOne(t *rapid.T, c *field.Column, shape field.Shape, name string) string {
	number := func(scale int64) int64 { return rapid.Int64Range(-1e12, 1e12).Draw(t, name) / scale * scale }
	switch shape {
	case field.ShapeLong:
		return strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune("aB9 \n;|\\\"'<é,#")), 1, 20, -1).
			Draw(t, name))
	case field.ShapeURL:
		return rapid.SampledFrom([]string{"https://city.example/a?b=c;d", "file:///srv/doc.pdf", "http://x.example"}).
			Draw(t, name)
	case field.ShapeEmail:
		return rapid.SampledFrom([]string{"a@b.example", "dana.reyes@raytown.example"}).Draw(t, name)
	case field.ShapePhone:
		return rapid.SampledFrom([]string{"816-555-0142", "816-555-0142 x7", "311"}).Draw(t, name)
	case field.ShapeInt:
		return strconv.FormatInt(number(1), 10)
	case field.ShapeMoney, field.ShapePercent:
		return string(value.AppendDecimal(nil, number(1), 2))
	case field.ShapeTenths:
		return string(value.AppendDecimal(nil, number(1), 1))
	case field.ShapeDay:
		return drawDay(t, name).String()
	case field.ShapeWall:
		return drawDay(t, name).At(rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")).
			String()
	case field.ShapeSlot:
		return value.SlotOn(drawDay(t, name), value.Half(rapid.IntRange(0, 1).Draw(t, "half"))).String()
	case field.ShapeClock:
		return value.Clock(rapid.IntRange(0, 1439).Draw(t, name)).String()
	case field.ShapeCost:
		return rapid.SampledFrom([]string{"84.10", "84.10 receipt 4; 5", "12.4 gal at 3.499, a|b", "6.5 h"}).
			Draw(t, name)
	case field.ShapeBool:
		return rapid.SampledFrom([]string{"yes", "no"}).Draw(t, name)
	case field.ShapeChoice:
		return c.Choices[rapid.IntRange(0, len(c.Choices)-1).Draw(t, name)].Value
	case field.ShapeRef:
		return "#" + strconv.Itoa(rapid.IntRange(1, 4).Draw(t, name))
	}
	return drawLine(t, name)
}

func drawLine(t *rapid.T, name string) string {
	return strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ019 ;|\\\"',#:-é東")), 1, 16, -1).
		Draw(t, name))
}

func drawDay(t *rapid.T, name string) value.Day {
	return value.Day(rapid.Int64Range(int64(value.Date(1800, 1, 1)), int64(value.Date(9999, 12, 31))).Draw(t, name))
}

// escaped protects what separates the elements of lists and rows.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `|`, `\|`).Replace(s)
}
