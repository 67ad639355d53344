package model

// RateID identifies a row of a rate schedule.
type RateID = ID[Rate]

// RatePer is what a rate is for one of.
type RatePer string

// What rates are for. A schedule may leave it blank.
const (
	PerHour RatePer = "hour"
	PerMile RatePer = "mile"
	PerDay  RatePer = "day"
	PerLoan RatePer = "loan"
)

func ratePers() []Choice {
	return []Choice{{"hour", "Hour"}, {"mile", "Mile"}, {"day", "Day"}, {"loan", "Loan"}}
}

// SourceFEMA is the source of the federal schedule of equipment rates. Other
// sources are named as the partners name them.
const SourceFEMA = "FEMA"

// Rate is one row of a schedule of rates. A schedule is the rows of one source
// and year; a new year adds rows and leaves those of earlier years alone.
type Rate struct {
	ID        ID[Rate]
	Source    string
	Year      int
	Code      string // as printed; some have decimals
	Equipment string
	Spec      string
	Capacity  string
	HP        string
	Per       RatePer // blank where the schedule says nothing
	Amount    Opt[Cents]
	Owner     ID[Partner] // of a local schedule
	Note      string
}

// KindName is "rates".
func (Rate) KindName() string { return "rates" }

// RateOf finds a row by source, year and code; nil when there is none.
func RateOf(r Reader, source string, year int, code string) *Rate {
	for rate := range Within[Rate](r, rateGroup(source, code), Date(year, 1, 1).At(0, 0), Date(year, 1, 2).At(0, 0)) {
		if rate.Code == code && rate.Year == year && FoldName(rate.Source) == FoldName(source) {
			return rate
		}
	}
	return nil
}

func rateGroup(source, code string) uint64 { return groupOf("rate", FoldName(source), code) }

func rateKind() *Kind {
	return Def[Rate]{
		Tag: 38, One: "rate", Title: "Rate schedules", Realm: RealmShared,
		Purpose:   "What an hour, a mile or a day of a machine is charged at, by schedule and year.",
		ID:        func(v *Rate) *ID[Rate] { return &v.ID },
		Label:     func(v *Rate) string { return v.Code },
		Unique:    [][]string{{"source", "schedule_year", "cost_code"}},
		Recognise: [][]string{{"source", "schedule_year", "cost_code"}},
		Parties: func(_ Reader, v *Rate) []Party {
			if v.Owner == 0 {
				return nil
			}
			return []Party{Party(v.Owner)}
		},
		Spans: func(v *Rate, yield func(Span)) {
			from := Date(v.Year, 1, 1).At(0, 0)
			yield(Span{rateGroup(v.Source, v.Code), from, from + 24*60})
		},
		Check: func(c *Checking, _, v *Rate) {
			if v.Year < 1990 || v.Year > c.Today.Year()+3 {
				c.Add("schedule_year", "a schedule's year is between 1990 and three years from now")
			}
			if v.Amount.Or(0) < 0 {
				c.Add("rate", "a rate is not negative")
			}
		},
		Fields: []Field[Rate]{
			Text(1, "source", "Schedule", func(v *Rate) *string { return &v.Source }).Need().Wide(10).Eg("FEMA"),
			Int(2, "schedule_year", "Year", func(v *Rate) *int { return &v.Year }).Need().Wide(5).Eg("2025"),
			Text(3, "cost_code", "Code", func(v *Rate) *string { return &v.Code }).Need().Wide(8).Eg("8722"),
			Text(4, "equipment", "Equipment", func(v *Rate) *string { return &v.Equipment }).Need().Wide(26).Eg("Truck, Dump"),
			Text(5, "spec", "Specification", func(v *Rate) *string { return &v.Spec }).Wide(24),
			Text(6, "capacity", "Capacity", func(v *Rate) *string { return &v.Capacity }).Wide(16).Eg("12-CY"),
			Text(7, "hp", "HP", func(v *Rate) *string { return &v.HP }).Tucked(),
			Word(8, "per", "Per", func(v *Rate) *RatePer { return &v.Per }, ratePers()...).Wide(5).Eg("Hour"),
			Money(9, "rate", "Rate", func(v *Rate) *Opt[Cents] { return &v.Amount }).Need().Wide(10).Eg("120.74"),
			Ref(10, "owner", "Owner", func(v *Rate) *ID[Partner] { return &v.Owner }).Tucked(),
			Long(11, "note", "Note", func(v *Rate) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}
