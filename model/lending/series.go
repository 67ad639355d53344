package lending

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// SeriesID identifies a series.
type SeriesID = field.ID[Series]

// Weekday is a day of the week on which a series falls.
type Weekday string

func weekdays() []field.Choice {
	return []field.Choice{{Value: "mon", Title: "Monday"}, {Value: "tue", Title: "Tuesday"},
		{Value: "wed", Title: "Wednesday"}, {Value: "thu", Title: "Thursday"}, {Value: "fri", Title: "Friday"},
		{Value: "sat", Title: "Saturday"}, {Value: "sun", Title: "Sunday"}}
}

// Series is a booking that repeats. It says when; each time is a reservation
// of its own that refers to it, so that one can be moved or given up.
type Series struct {
	ID       field.ID[Series]
	Unit     field.ID[Equipment]
	Category string
	Minimum  value.Opt[value.Tenths]
	Lender   field.ID[partnership.Partner]
	Borrower field.ID[partnership.Partner]
	Start    value.Opt[value.Wall] // of the first time
	End      value.Opt[value.Wall]
	Every    value.Opt[int64]     // weeks; unset means one
	Days     []Weekday            // none means the weekday of the first time
	Until    value.Opt[value.Day] // last day on which a time may begin
	Except   []value.Day
	Purpose  string
	Kit      field.ID[Kit]    // an assembly, booked whole each time
	Quantity value.Opt[int64] // units of the category; unset means one
}

// KindSeries names the kind whose records are of type [Series].
const KindSeries = "series"

// KindName is "series".
func (Series) KindName() string { return KindSeries }

// DescribeSeries describes repeated bookings.
func DescribeSeries() *field.Kind {
	return field.Def[Series]{
		Tag: 33, One: "series", Title: "Repeated bookings", Scope: field.ScopeCity, Numbered: true,
		Purpose:   "Bookings that come again every week or every few weeks.",
		ID:        func(v *Series) *field.ID[Series] { return &v.ID },
		Label:     func(*Series) string { return "" },
		Recognise: [][]string{{"unit", "start", "borrower"}},
		Parties: func(r field.Reader, v *Series) []field.Party {
			if e := field.Get(r, v.Unit); e != nil && e.Owner != v.Borrower {
				return []field.Party{field.Party(v.Borrower), field.Party(e.Owner)}
			}
			return []field.Party{field.Party(v.Borrower)}
		},
		Check: func(c *field.Checking, _, v *Series) {
			if v.Unit == 0 && v.Category == "" && v.Kit == 0 {
				c.Add("unit", "name the unit or the category that is booked again and again")
			}
			if v.Start.Set && v.End.Set && v.End.V <= v.Start.V {
				c.Add("end", "each time ends after it starts")
			}
			if n := v.Every.Or(1); n < 1 || n > 52 {
				c.Add("every", "a series comes again after 1 to 52 weeks")
			}
			if v.Until.Set && v.Start.Set && (v.Until.V < v.Start.V.Day() || v.Until.V > v.Start.V.Day()+3*366) {
				c.Add("until", "the last day is not before the first, and within three years of it")
			}
		},
		Fields: []field.Field[Series]{
			field.Ref(1, "unit", "Unit", func(v *Series) *field.ID[Equipment] { return &v.Unit }).NamesRecord().
				Width(26).Example("RT-104 Dump truck"),
			field.Text(2, "category", "Any", func(v *Series) *string { return &v.Category }).NamesRecord().
				HiddenByDefault(),
			field.Amount(3, "minimum", "Size at least", func(v *Series) *value.Opt[value.Tenths] { return &v.Minimum }).
				HiddenByDefault(),
			field.Ref(4, "lender", "Asked of", func(v *Series) *field.ID[partnership.Partner] { return &v.Lender }).
				HiddenByDefault(),
			field.Ref(5, "borrower", "Borrower", func(v *Series) *field.ID[partnership.Partner] { return &v.Borrower }).
				Required().Width(14).Example("Grandview"),
			field.AtWall(6, "start", "First from", func(v *Series) *value.Opt[value.Wall] { return &v.Start }).
				Required().Width(19).Example("Tue Mar 2, 8:00 am"),
			field.AtWall(7, "end", "First until", func(v *Series) *value.Opt[value.Wall] { return &v.End }).Required().
				Width(19).Example("Tue Mar 2, 5:00 pm"),
			field.OptInt(8, "every", "Every", func(v *Series) *value.Opt[int64] { return &v.Every }).In("weeks").
				Width(6).Example("1"),
			field.Words(9, "days", "On", func(v *Series) *[]Weekday { return &v.Days }, weekdays()...).Width(14).
				Example("Tuesday"),
			field.OnDay(10, "until", "Last day", func(v *Series) *value.Opt[value.Day] { return &v.Until }).Required().
				Example("Jun 30, 2027"),
			field.Bind(11, "except", "Not on", field.ListOf(field.DayType()),
				func(v *Series) *[]value.Day { return &v.Except }).HiddenByDefault(),
			field.Text(12, "purpose", "Purpose", func(v *Series) *string { return &v.Purpose }).HiddenByDefault(),
			field.Ref(13, "kit", "Assembly", func(v *Series) *field.ID[Kit] { return &v.Kit }).HiddenByDefault(),
			field.OptInt(14, "quantity", "How many", func(v *Series) *value.Opt[int64] { return &v.Quantity }).
				HiddenByDefault(),
		},
	}.Kind()
}
