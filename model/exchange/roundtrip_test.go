package exchange

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// hostile are pieces of text that files, spreadsheets and terminals trip over.
var hostile = []string{
	"=1+1", "'=1+1", "''=x", "'tis", "+1 816", "-5", "@cmd", "＝1", "＋", "－2", "＠x", "'＝1", "\t=1", "\r=1",
	`"`, `""`, `a "quoted" word`, ",", ";", "|", `\`, `\\`, `a\`, `\;`, `; `, ` | `, "a;b", "a|b", "a, b", "\n",
	"line\nline", "line\r\nline", "#12", "Dana #3", "null", "true", "_x0041_", "_x005F_", "_x00", "<b>&amp;</b>", "&",
	"]]>", "é", "É", "ŁÓDŹ", "日本", "👩‍👩‍👧", "e\u0301\u0301\u0301\u0301\u0301\u0301", "\x1b[31mred", "\u009b2J",
	"\u202eabc", "\u200b", "\ufeff", "\xff\xfe", "\x00", "\u2028", "\ufffe", "1e5", "007", "2027-03-04", "no",
}

func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringN(0, 8, -1),
			rapid.SampledFrom([]string{"Dana", "Reyes", " ", "Street"})), 1, 4).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

// draw fills a column with a random value, through JSON so that lists and rows
// may hold anything. It reports false when the value was refused.
func draw(t *rapid.T, m *memory, c *field.Column, rec any) bool {
	raw, ok := drawJSON(t, m, &c.Spec, c.Shape)
	if !ok {
		return false
	}
	if c.ParseJSON(rec, []byte(raw), m.env()) != nil {
		return false
	}
	clean := text.Line
	if c.Lines() {
		clean = text.Block
	}
	c.Texts(rec, func(s string) string { return clean(s, c.MaxText()) })
	return c.Parse(rec, string(c.Format(nil, rec, m.env())), m.env()) == nil
}

func drawJSON(t *rapid.T, m *memory, s *field.Spec, shape field.Shape) (string, bool) {
	quote := func(v string) (string, bool) {
		b, _ := json.Marshal(v)
		return string(b), true
	}
	switch shape {
	case field.ShapeText, field.ShapeLong:
		return quote(anyText().Draw(t, s.Name))
	case field.ShapeCost:
		return quote(rapid.SampledFrom([]string{"84.10", "84.10, receipt 4; 5", "12.4 gal at 3.499",
			"6.5 h, \"sheet\" | 2"}).Draw(t, s.Name))
	case field.ShapeEmail:
		return quote(rapid.StringMatching(`[a-z+'=]{1,8}@[a-z]{1,8}\.example`).Draw(t, s.Name))
	case field.ShapePhone:
		return quote(rapid.OneOf(rapid.StringMatching(`[+(]?[0-9]{3}[-) ][0-9]{3}-[0-9]{4}( ext [0-9])?`), anyText()).
			Draw(t, s.Name))
	case field.ShapeURL:
		return quote(rapid.StringMatching(`(https://|)[a-z]{1,9}\.example(/[a-z,;="]{0,5})?`).Draw(t, s.Name))
	case field.ShapeInt:
		return strconv.Itoa(rapid.OneOf(rapid.IntRange(1, 3), rapid.IntRange(2000, 2028)).Draw(t, s.Name)), true
	case field.ShapeMoney, field.ShapePercent:
		return rapid.StringMatching(`-?[0-9]{1,9}\.[0-9]{2}|[0-9]{1,2}\.[0-9]{2}`).Draw(t, s.Name), true
	case field.ShapeTenths:
		return rapid.StringMatching(`[0-9]{1,6}\.[0-9]`).Draw(t, s.Name), true
	case field.ShapeDay:
		return quote((today + value.Day(rapid.IntRange(-400, 0).Draw(t, s.Name))).String())
	case field.ShapeWall:
		return quote((today.At(0, 0) + value.Wall(rapid.IntRange(-100000, 100000).Draw(t, s.Name))).String())
	case field.ShapeSlot:
		return quote((value.SlotOn(today, value.Morning) +
			value.Slot(rapid.IntRange(-500, 500).Draw(t, s.Name))).String())
	case field.ShapeClock:
		return quote(value.Clock(rapid.IntRange(0, 1439).Draw(t, s.Name)).String())
	case field.ShapeBool:
		return strconv.FormatBool(rapid.Bool().Draw(t, s.Name)), true
	case field.ShapeChoice:
		if s.Name == "zone" {
			return quote("America/Chicago")
		}
		return quote(rapid.SampledFrom(s.Choices).Draw(t, s.Name).Value)
	case field.ShapeRef:
		if len(m.ids[s.Target]) == 0 {
			return "", false
		}
		return quote("#" + strconv.FormatUint(rapid.SampledFrom(m.ids[s.Target]).Draw(t, s.Name), 10))
	case field.ShapeList:
		return drawList(t, func() (string, bool) { return drawJSON(t, m, s, s.Inner) })
	case field.ShapeRows:
		return drawList(t, func() (string, bool) { return drawRow(t, m, s.Sub) })
	}
	panic("no such shape")
}

func drawList(t *rapid.T, one func() (string, bool)) (string, bool) {
	var parts []string
	for range rapid.IntRange(0, 3).Draw(t, "length") {
		if v, ok := one(); ok {
			parts = append(parts, v)
		}
	}
	return "[" + strings.Join(parts, ",") + "]", true
}

func drawRow(t *rapid.T, m *memory, cols []*field.Column) (string, bool) {
	var parts []string
	for _, c := range cols {
		if v, ok := drawJSON(t, m, &c.Spec, c.Shape); ok && rapid.IntRange(0, 3).Draw(t, "fill") > 0 {
			parts = append(parts, strconv.Quote(c.Name)+":"+v)
		}
	}
	return "{" + strings.Join(parts, ",") + "}", true
}

// drawWorld fills a reader with random records of every kind that obey the
// rules, with gaps between their numbers.
func drawWorld(t *rapid.T) *memory {
	m := newMemory()
	for _, k := range m.schema.Kinds {
		most := 3
		if k.Name == "settings" {
			most = 1
		}
		id := uint64(0)
		for range rapid.IntRange(0, most).Draw(t, k.Name) {
			id += rapid.Uint64Range(1, 3).Draw(t, "gap")
			if rec := drawRecord(t, m, k); rec != nil {
				k.SetID(rec, id)
				m.put(k.Name, rec)
			}
		}
	}
	return m
}

func drawRecord(t *rapid.T, m *memory, k *field.Kind) any {
	rec := k.New()
	for _, c := range k.Columns {
		if c.Name == "zone" {
			if err := c.Parse(rec, "America/Chicago", nil); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !c.Required && rapid.IntRange(0, 3).Draw(t, "filled") == 0 {
			continue
		}
		if !draw(t, m, c, rec) {
			c.Clear(rec)
		}
	}
	for range 4 {
		problems := k.Check(m, today, nil, rec)
		if problems.Err("") == nil {
			break
		}
		for _, p := range problems {
			if c := k.Column(p.Field); c != nil && !p.Warning && !c.Required {
				c.Clear(rec)
			}
		}
	}
	if k.Check(m, today, nil, rec).Err("") != nil || taken(m, k, rec) {
		return nil
	}
	return rec
}

// taken reports that another record has the values that are to be unique.
func taken(m *memory, k *field.Kind, rec any) bool {
	for _, set := range keySets(k, func(*field.Column) bool { return true }) {
		if set.unique && set.binds(rec) && len(NewIndex(k, m).find(set.cols, rec)) > 0 {
			return true
		}
	}
	return false
}

// format is one way out and the same way in.
type format struct {
	name  string
	write func(t testing.TB, m *memory, kind string) []byte
}

var formats = []format{
	{"people.csv", func(t testing.TB, m *memory, kind string) []byte { return csvOf(t, m, kind, export.Options{}) }},
	{"people.csv", func(t testing.TB, m *memory, kind string) []byte {
		return csvOf(t, m, kind, export.Options{Pipe: true})
	}},
	{"people.json", func(t testing.TB, m *memory, kind string) []byte { return jsonOf(t, m, kind) }},
	{"people.xlsx", func(t testing.TB, m *memory, kind string) []byte { return xlsxOf(t, m, kind) }},
}

// What is written, read into the reader it came from, changes nothing; read
// into an empty one and written again, it is the same file.
func TestRoundTripOfEveryKind(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := drawWorld(rt)
		f := formats[rapid.IntRange(0, len(formats)-1).Draw(rt, "format")]
		empty := newMemory()
		for _, k := range m.schema.Kinds {
			if len(m.ids[k.Name]) == 0 {
				continue
			}
			file := f.write(t, m, k.Name)
			n := len(m.ids[k.Name])
			same := m.plan(t, k.Name, f.name, file)
			if same.Count(Same) != n {
				rt.Fatalf("%s read where it came from: %v of %d\n%s\n%v %v", k.Name, same.Counts, n, file, same.Faults,
					changedNames(same))
			}
			fresh := empty.plan(t, k.Name, f.name, file)
			if fresh.Count(Add) != n {
				rt.Fatalf("%s read into nothing: %v of %d\n%s\n%v", k.Name, fresh.Counts, n, file, fresh.Faults)
			}
			empty.apply(k.Name, fresh, func(row Planned) uint64 { return m.revs[k.Name][row.FileID] })
			if again := f.write(t, empty, k.Name); !bytes.Equal(again, file) {
				rt.Fatalf("%s written again differs:\n%s\n%s", k.Name, file, again)
			}
		}
	})
}

func changedNames(p *Plan) []string {
	var out []string
	for _, row := range p.Rows {
		for _, c := range row.Changed {
			out = append(out, c.Name)
		}
	}
	return out
}

// Without the columns id and rev a file is recognised by what it says: what
// was read once is not read twice.
func TestSecondImportChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := drawWorld(rt)
		empty := newMemory()
		for _, k := range m.schema.Kinds {
			if len(m.ids[k.Name]) == 0 || refersByNumber(m.schema, k) {
				continue
			}
			file := csvOf(t, m, k.Name, export.Options{Bare: true})
			if !strings.Contains(strings.TrimPrefix(string(file), export.ByteOrderMark), "\n") {
				continue
			}
			first := empty.plan(t, k.Name, "a.csv", file)
			empty.apply(k.Name, first, noRevs)
			second := empty.plan(t, k.Name, "a.csv", file)
			if second.Count(Add)+second.Count(Change) > 0 {
				rt.Fatalf("%s: first %v, second %v\n%s", k.Name, first.Counts, second.Counts, file)
			}
		}
	})
}

// refersByNumber reports whether records of a kind refer to others that are
// known by number alone, which a file without numbers cannot tell apart.
func refersByNumber(schema *field.Schema, k *field.Kind) bool {
	for _, c := range k.Columns {
		if c.Target != "" && schema.Kind(c.Target).Numbered {
			return true
		}
	}
	return false
}

func TestAllJSONHoldsEveryKindInOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := drawWorld(rt)
		var b bytes.Buffer
		if err := export.WriteAllJSON(&b, m.tables(), m.env(), export.Options{}); err != nil {
			rt.Fatal(err)
		}
		var all map[string][]map[string]any
		if err := json.Unmarshal(b.Bytes(), &all); err != nil {
			rt.Fatalf("%v\n%s", err, b.Bytes())
		}
		var order []string
		for _, line := range strings.Split(b.String(), "\n") {
			if key, _, ok := strings.Cut(line, `": [`); ok && strings.HasPrefix(key, `"`) {
				order = append(order, key[1:])
			}
		}
		var want []string
		for _, k := range m.schema.Kinds {
			want = append(want, k.Name)
			if len(all[k.Name]) != len(m.ids[k.Name]) {
				rt.Fatalf("%s: %d written, %d there", k.Name, len(all[k.Name]), len(m.ids[k.Name]))
			}
			if len(m.ids[k.Name]) == 0 {
				continue
			}
			p := m.plan(t, k.Name, "all.json", b.Bytes())
			if p.Count(Same) != len(m.ids[k.Name]) {
				rt.Fatalf("%s out of the whole: %v %v", k.Name, p.Counts, p.Faults)
			}
		}
		if !slices.Equal(order, want) {
			rt.Fatalf("order %v, want %v", order, want)
		}
	})
}
