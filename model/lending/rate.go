package lending

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// RateID identifies a row of a rate schedule.
type RateID = field.ID[Rate]

// RatePer is what a rate is for one of.
type RatePer string

// What rates are for. A schedule may leave it blank.
const (
	PerHour RatePer = "hour"
	PerMile RatePer = "mile"
	PerDay  RatePer = "day"
	PerLoan RatePer = "loan"
)

func ratePers() []field.Choice {
	return []field.Choice{{Value: "hour", Title: "Hour"}, {Value: "mile", Title: "Mile"}, {Value: "day", Title: "Day"},
		{Value: "loan", Title: "Loan"}}
}

// SourceFEMA is the source of the federal schedule of equipment rates. Other
// sources are named as the partners name them.
const SourceFEMA = "FEMA"

// Rate is one row of a schedule of rates. A schedule is the rows of one source
// and year; a new year adds rows and leaves those of earlier years alone.
type Rate struct {
	ID        field.ID[Rate]
	Source    string
	Year      int
	Code      string // as printed; some have decimals
	Equipment string
	Spec      string
	Capacity  string
	HP        string
	Per       RatePer // blank where the schedule says nothing
	Amount    value.Opt[value.Price]
	Owner     field.ID[partnership.Partner] // of a local schedule
	Note      string
}

// KindRates names the kind whose records are of type [Rate].
const KindRates = "rates"

// KindName is "rates".
func (Rate) KindName() string { return KindRates }

// RateOf finds a row by source, year and code; nil when there is none.
func RateOf(r field.Reader, source string, year int, code string) *Rate {
	for rate := range field.Within[Rate](r, rateGroup(source, code), value.Date(year, 1, 1).At(0, 0),
		value.Date(year, 1, 2).At(0, 0)) {
		if rate.Code == code && rate.Year == year && field.FoldName(rate.Source) == field.FoldName(source) {
			return rate
		}
	}
	return nil
}

func rateGroup(source, code string) uint64 { return groupOf("rate", field.FoldName(source), code) }

// DescribeRate describes rate schedules.
func DescribeRate() *field.Kind {
	return field.Def[Rate]{
		Tag: 38, One: "rate", Title: "Rate schedules", Scope: field.ScopeShared,
		Purpose:   "What an hour, a mile or a day of a machine is charged at, by schedule and year.",
		ID:        func(v *Rate) *field.ID[Rate] { return &v.ID },
		Label:     func(v *Rate) string { return v.Code },
		Unique:    [][]string{{"source", "schedule_year", "cost_code"}},
		Recognise: [][]string{{"source", "schedule_year", "cost_code"}},
		Parties: func(_ field.Reader, v *Rate) []field.Party {
			if v.Owner == 0 {
				return nil
			}
			return []field.Party{field.Party(v.Owner)}
		},
		Spans: func(v *Rate, yield func(value.Span)) {
			from := value.Date(v.Year, 1, 1).At(0, 0)
			yield(value.Span{Group: rateGroup(v.Source, v.Code), From: from, Until: from + 24*60})
		},
		Check: func(c *field.Checking, _, v *Rate) {
			if v.Year < 1990 || v.Year > c.Today.Year()+3 {
				c.Add("schedule_year", "a schedule's year is between 1990 and three years from now")
			}
			if v.Amount.Or(0) < 0 {
				c.Add("rate", "a rate is not negative")
			}
			checkRate(c, "rate", v.Amount)
		},
		Fields: []field.Field[Rate]{
			field.Text(1, "source", "Schedule", func(v *Rate) *string { return &v.Source }).Required().Width(10).
				Example("FEMA"),
			field.Int(2, "schedule_year", "Year", func(v *Rate) *int { return &v.Year }).Required().Width(5).
				Example("2025"),
			field.Text(3, "cost_code", "Code", func(v *Rate) *string { return &v.Code }).Required().Width(8).
				Example("8722"),
			field.Text(4, "equipment", "Equipment", func(v *Rate) *string { return &v.Equipment }).Required().Width(26).
				Example("Truck, Dump"),
			field.Text(5, "spec", "Specification", func(v *Rate) *string { return &v.Spec }).Width(24),
			field.Text(6, "capacity", "Capacity", func(v *Rate) *string { return &v.Capacity }).Width(16).
				Example("12-CY"),
			field.Text(7, "hp", "HP", func(v *Rate) *string { return &v.HP }).HiddenByDefault(),
			field.Word(8, "per", "Per", func(v *Rate) *RatePer { return &v.Per }, ratePers()...).Width(5).
				Example("Hour"),
			field.Price(9, "rate", "Rate", func(v *Rate) *value.Opt[value.Price] { return &v.Amount }).Required().
				Width(10).Example("120.74"),
			field.Ref(10, "owner", "Owner", func(v *Rate) *field.ID[partnership.Partner] { return &v.Owner }).
				HiddenByDefault(),
			field.Long(11, "note", "Note", func(v *Rate) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}
