package value_test

import (
	"pgregory.net/rapid"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

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
