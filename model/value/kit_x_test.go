package value_test

import (
	"iter"
	"slices"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

const someDay value.Day = 20869 // Saturday, 20 February 2027

// records is a [field.Reader] over a handful of records in a test.
type records struct {
	schema *field.Schema
	tables map[string]map[uint64]any
}

// with makes a reader over records; one without a number gets the next.
func with(recs ...any) *records {
	r := &records{schema: model.NewSchema(), tables: map[string]map[uint64]any{}}
	for _, rec := range recs {
		r.put(rec)
	}
	return r
}

func (r *records) put(rec any) {
	kind := rec.(field.Record).KindName()
	k := r.schema.Kind(kind)
	if r.tables[kind] == nil {
		r.tables[kind] = map[uint64]any{}
	}
	if k.ID(rec) == 0 {
		k.SetID(rec, uint64(len(r.tables[kind])+1))
	}
	r.tables[kind][k.ID(rec)] = rec
}

func (r *records) Schema() *field.Schema { return r.schema }

func (r *records) Get(kind string, id uint64) any { return r.tables[kind][id] }

func (r *records) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		ids := make([]uint64, 0, len(r.tables[kind]))
		for id := range r.tables[kind] {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			if !yield(id, r.tables[kind][id]) {
				return
			}
		}
	}
}

func (r *records) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	c := r.schema.Kind(kind).Column(field)
	return func(yield func(uint64, any) bool) {
		for id, rec := range r.Scan(kind) {
			found := false
			c.Refs(rec, func(_ string, to uint64) { found = found || to == target })
			if found && !yield(id, rec) {
				return
			}
		}
	}
}

func drawDay(t *rapid.T, name string) value.Day {
	return value.Day(rapid.Int64Range(int64(value.Date(1800, 1, 1)), int64(value.Date(9999, 12, 31))).Draw(t, name))
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
		field.Word(10, "word", "", func(h *holder) *partnership.PartnerKind { return &h.Word }, field.Choice{Value: "city", Title: "City"}, field.Choice{Value: "county", Title: "County"},
			field.Choice{Value: "district", Title: "District"}, field.Choice{Value: "facilitator", Title: "Facilitator"}),
		field.Ref(11, "ref", "", func(h *holder) *field.ID[partnership.Partner] { return &h.Ref }),
		field.Texts(12, "list", "", func(h *holder) *[]string { return &h.List }),
		field.Rows(13, "rows", "", func(h *holder) *[]partnership.Funding { return &h.Rows }, []field.Field[partnership.Funding]{
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
