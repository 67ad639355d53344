package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestTextComesBack: what a column writes for files it reads back to the same
// value, in every kind; and so does its JSON, which is valid.
func TestTextComesBack(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		c := k.Columns[rapid.IntRange(0, len(k.Columns)-1).Draw(t, "column")]
		rec, back := k.New(), k.New()
		drawValue(t, c, rec, env, k.Name)
		written := string(c.Format(nil, rec, env))
		if err := c.Parse(back, written, env); err != nil || !c.Equal(rec, back) {
			t.Fatalf("%s.%s writes %q and reads it as %q (%v)", k.Name, c.Name, written, c.Format(nil, back, env), err)
		}
		raw := c.AppendJSON(nil, rec, env)
		if !json.Valid(raw) {
			t.Fatalf("%s.%s writes %s, which is no JSON", k.Name, c.Name, raw)
		}
		again := k.New()
		if err := c.ParseJSON(again, raw, env); err != nil || !c.Equal(rec, again) {
			t.Fatalf("%s.%s writes %s and reads it as %q (%v)", k.Name, c.Name, raw, c.Format(nil, again, env), err)
		}
		// A JSON file that holds the flat text reads the same.
		if c.Shape == field.ShapeRows || c.Shape == field.ShapeList {
			flat, _ := json.Marshal(written)
			if err := c.ParseJSON(again, flat, env); err != nil || !c.Equal(rec, again) {
				t.Fatalf("%s.%s reads %s as %q (%v)", k.Name, c.Name, flat, c.Format(nil, again, env), err)
			}
		}
	})
}

// TestBlankTextIsUnset: blank text and null clear a field, whatever it is.
func TestBlankTextIsUnset(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		rec := drawRecord(t, k, env, "r")
		for _, c := range k.Columns {
			other := k.Clone(rec)
			if err := c.Parse(rec, "  ", env); err != nil || !c.Empty(rec) {
				t.Fatalf("%s.%s is not cleared by blank text: %v", k.Name, c.Name, err)
			}
			if err := c.ParseJSON(other, []byte("null"), env); err != nil || !c.Empty(other) {
				t.Fatalf("%s.%s is not cleared by null: %v", k.Name, c.Name, err)
			}
			if !c.Empty(k.New()) {
				t.Fatalf("%s.%s of a new record is not empty", k.Name, c.Name)
			}
		}
	})
}

// holder carries one value of each shape.
type holder struct {
	Text    string
	Int     int64
	Count   value.Opt[int64]
	Money   value.Opt[value.Cents]
	Percent value.Opt[value.Percent]
	Tenths  value.Opt[value.Tenths]
	Day     value.Opt[value.Day]
	Wall    value.Opt[value.Wall]
	Flag    bool
	Word    partnership.PartnerKind
	Ref     field.ID[partnership.Partner]
	List    []string
	Rows    []partnership.Funding
}

func (holder) KindName() string { return "holders" }

func holderColumns() map[string]*field.Column {
	fields := []field.Field[holder]{
		field.Text(1, "text", "", func(h *holder) *string { return &h.Text }),
		field.Int(2, "int", "", func(h *holder) *int64 { return &h.Int }),
		field.OptInt(3, "count", "", func(h *holder) *value.Opt[int64] { return &h.Count }),
		field.Money(4, "money", "", func(h *holder) *value.Opt[value.Cents] { return &h.Money }),
		field.Share(5, "percent", "", func(h *holder) *value.Opt[value.Percent] { return &h.Percent }),
		field.Meter(6, "tenths", "", func(h *holder) *value.Opt[value.Tenths] { return &h.Tenths }),
		field.OnDay(7, "day", "", func(h *holder) *value.Opt[value.Day] { return &h.Day }),
		field.AtWall(8, "wall", "", func(h *holder) *value.Opt[value.Wall] { return &h.Wall }),
		field.Bool(9, "flag", "", func(h *holder) *bool { return &h.Flag }),
		field.Word(10, "word", "", func(h *holder) *partnership.PartnerKind { return &h.Word },
			field.Choice{Value: "city", Title: "City"}, field.Choice{Value: "county", Title: "County"},
			field.Choice{Value: "district", Title: "District"},
			field.Choice{Value: "facilitator", Title: "Facilitator"}),
		field.Ref(11, "ref", "", func(h *holder) *field.ID[partnership.Partner] { return &h.Ref }),
		field.Texts(12, "list", "", func(h *holder) *[]string { return &h.List }),
		field.Rows(13, "rows", "", func(h *holder) *[]partnership.Funding { return &h.Rows },
			[]field.Field[partnership.Funding]{
				field.Text(1, "source", "", func(f *partnership.Funding) *string { return &f.Source }),
				field.Money(2, "amount", "", func(f *partnership.Funding) *value.Opt[value.Cents] { return &f.Amount }),
			}),
	}
	out := map[string]*field.Column{}
	for _, c := range field.Columns(fields) {
		out[c.Name] = c
	}
	return out
}

func drawHolder(t *rapid.T, name string) *holder {
	h := &holder{
		Text: rapid.StringOfN(rapid.SampledFrom([]rune("abAB 1é")), 0, 5, -1).Draw(t, name+" text"),
		Int:  rapid.Int64().Draw(t, name+" int"),
		Flag: rapid.Bool().Draw(t, name+" flag"),
		Word: rapid.SampledFrom([]partnership.PartnerKind{"", partnership.City, partnership.County,
			partnership.District, partnership.Facilitator}).Draw(t, name+" word"),
		Ref:  field.ID[partnership.Partner](rapid.Uint64Range(0, 5).Draw(t, name+" ref")),
		List: rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("abA")), 1, 3, -1), 0, 3).Draw(t, name+" list"),
	}
	opt := func(label string) value.Opt[int64] {
		if !rapid.Bool().Draw(t, name+" has "+label) {
			return value.Opt[int64]{}
		}
		return value.Some(rapid.OneOf(rapid.Int64(), rapid.Int64Range(-3, 3)).Draw(t, name+" "+label))
	}
	h.Count = opt("count")
	for label, set := range map[string]func(value.Opt[int64]){
		"money":   func(o value.Opt[int64]) { h.Money = value.Opt[value.Cents]{V: value.Cents(o.V), Set: o.Set} },
		"percent": func(o value.Opt[int64]) { h.Percent = value.Opt[value.Percent]{V: value.Percent(o.V), Set: o.Set} },
		"tenths":  func(o value.Opt[int64]) { h.Tenths = value.Opt[value.Tenths]{V: value.Tenths(o.V), Set: o.Set} },
		"day":     func(o value.Opt[int64]) { h.Day = value.Opt[value.Day]{V: value.Day(o.V), Set: o.Set} },
		"wall":    func(o value.Opt[int64]) { h.Wall = value.Opt[value.Wall]{V: value.Wall(o.V), Set: o.Set} },
	} {
		set(opt(label))
	}
	for _, s := range h.List {
		h.Rows = append(h.Rows, partnership.Funding{Source: s})
	}
	return h
}

// orders says how each shape's values sort, unset ones last; the order of
// keys must be the same.
func orders() map[string]func(a, b *holder) int {
	last := func(a, b bool) int { return cmp.Compare(btoi(a), btoi(b)) }
	opt := func(a, b value.Opt[int64]) int {
		return cmp.Or(last(!a.Set, !b.Set), cmp.Compare(a.V, b.V))
	}
	text := func(a, b string) int {
		return cmp.Or(last(a == "", b == ""), cmp.Compare(strings.ToLower(a), strings.ToLower(b)))
	}
	rank := map[partnership.PartnerKind]int{partnership.City: 0, partnership.County: 1, partnership.District: 2,
		partnership.Facilitator: 3, "": 4}
	list := func(a, b []string) int {
		return cmp.Or(last(len(a) == 0, len(b) == 0),
			slices.CompareFunc(a, b,
				func(x, y string) int { return cmp.Compare(strings.ToLower(x), strings.ToLower(y)) }))
	}
	return map[string]func(a, b *holder) int{
		"text":  func(a, b *holder) int { return text(a.Text, b.Text) },
		"int":   func(a, b *holder) int { return cmp.Or(last(a.Int == 0, b.Int == 0), cmp.Compare(a.Int, b.Int)) },
		"count": func(a, b *holder) int { return opt(a.Count, b.Count) },
		"money": func(a, b *holder) int {
			return opt(value.Opt[int64]{V: int64(a.Money.V), Set: a.Money.Set},
				value.Opt[int64]{V: int64(b.Money.V), Set: b.Money.Set})
		},
		"percent": func(a, b *holder) int {
			return opt(value.Opt[int64]{V: int64(a.Percent.V), Set: a.Percent.Set},
				value.Opt[int64]{V: int64(b.Percent.V), Set: b.Percent.Set})
		},
		"tenths": func(a, b *holder) int {
			return opt(value.Opt[int64]{V: int64(a.Tenths.V), Set: a.Tenths.Set},
				value.Opt[int64]{V: int64(b.Tenths.V), Set: b.Tenths.Set})
		},
		"day": func(a, b *holder) int {
			return opt(value.Opt[int64]{V: int64(a.Day.V), Set: a.Day.Set},
				value.Opt[int64]{V: int64(b.Day.V), Set: b.Day.Set})
		},
		"wall": func(a, b *holder) int {
			return opt(value.Opt[int64]{V: int64(a.Wall.V), Set: a.Wall.Set},
				value.Opt[int64]{V: int64(b.Wall.V), Set: b.Wall.Set})
		},
		"flag": func(a, b *holder) int { return last(!a.Flag, !b.Flag) },
		"word": func(a, b *holder) int { return cmp.Compare(rank[a.Word], rank[b.Word]) },
		"ref":  func(a, b *holder) int { return cmp.Or(last(a.Ref == 0, b.Ref == 0), cmp.Compare(a.Ref, b.Ref)) },
		"list": func(a, b *holder) int { return list(a.List, b.List) },
		"rows": func(a, b *holder) int { return list(a.List, b.List) },
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestKeysSortAsValues: bytes of keys compare as the values do, in every shape.
func TestKeysSortAsValues(t *testing.T) {
	cols := holderColumns()
	orders := orders()
	if len(orders) != len(cols) {
		t.Fatal("a shape has no order")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawHolder(t, "a"), drawHolder(t, "b")
		for name, order := range orders {
			got := bytes.Compare(cols[name].Key(nil, a, nil), cols[name].Key(nil, b, nil))
			if want := order(a, b); got != want {
				t.Fatalf("%s: keys compare %d, values %d\n%+v\n%+v", name, got, want, a, b)
			}
		}
	})
}

// TestRefsSortByName: with the records at hand, references sort by the names
// people see.
func TestRefsSortByName(t *testing.T) {
	env := field.NewEnv(with(&partnership.Partner{ID: 1, Name: "Zeta"}, &partnership.Partner{ID: 2, Name: "alpha"},
		&partnership.Partner{ID: 3, Name: "Beta"}), fieldtest.Saturday)
	c := holderColumns()["ref"]
	ids := []field.ID[partnership.Partner]{0, 1, 2, 3}
	slices.SortFunc(ids, func(a, b field.ID[partnership.Partner]) int {
		return bytes.Compare(c.Key(nil, &holder{Ref: a}, env), c.Key(nil, &holder{Ref: b}, env))
	})
	if !slices.Equal(ids, []field.ID[partnership.Partner]{2, 3, 1, 0}) {
		t.Errorf("%v", ids)
	}
}

// TestEqualAndChanged: Changed lists exactly the columns that differ.
func TestEqualAndChanged(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		a, b := drawRecord(t, k, env, "a"), drawRecord(t, k, env, "b")
		changed := k.Changed(a, b)
		for _, c := range k.Columns {
			differ := string(c.Format(nil, a, env)) != string(c.Format(nil, b, env)) || c.Empty(a) != c.Empty(b)
			if differ != slices.Contains(changed, c) {
				t.Fatalf("%s: %q and %q, changed %v", c.Name, c.Format(nil, a, env), c.Format(nil, b, env), changed)
			}
		}
		if k.Equal(a, b) != (len(changed) == 0) || len(k.Changed(a, a)) != 0 || len(k.Changed(nil, nil)) != 0 {
			t.Fatal("Equal and Changed disagree")
		}
	})
}
