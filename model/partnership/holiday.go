package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// HolidayID identifies a holiday.
type HolidayID = field.ID[Holiday]

// Holiday is a day on which one city's offices are closed, or close early. It
// is a record and no rule of the program: each city publishes its own list, and
// two of them may keep the same holiday on different days.
type Holiday struct {
	ID      field.ID[Holiday]
	Partner field.ID[Partner]
	Day     value.Opt[value.Day]
	Name    string
	Half    bool // offices open in the morning, so that the day still counts
}

// KindHolidays names the kind whose records are of type [Holiday].
const KindHolidays = "holidays"

// KindName is "holidays".
func (Holiday) KindName() string { return KindHolidays }

// DescribeHoliday describes holidays.
func DescribeHoliday() *field.Kind {
	return field.Def[Holiday]{
		Tag: 80, One: "holiday", Title: "Holidays", Scope: field.ScopeCity,
		Purpose: "Days on which a city's offices are closed: they are no business days where its calendar counts.",
		ID:      func(h *Holiday) *field.ID[Holiday] { return &h.ID },
		Label:   func(h *Holiday) string { return h.Name },
		Unique:  [][]string{{"partner", "day"}},
		Parties: func(_ field.Reader, h *Holiday) []field.Party { return []field.Party{field.Party(h.Partner)} },
		Fields: []field.Field[Holiday]{
			field.Ref(1, "partner", "City", func(h *Holiday) *field.ID[Partner] { return &h.Partner }).Required().
				Width(18).Example("Raytown"),
			field.OnDay(2, "day", "Day", func(h *Holiday) *value.Opt[value.Day] { return &h.Day }).Required().Width(14).
				Example("Jan 18, 2027"),
			field.Text(3, "name", "Holiday", func(h *Holiday) *string { return &h.Name }).Required().Width(32).
				Example("Martin Luther King Day"),
			field.Bool(4, "half", "Half day", func(h *Holiday) *bool { return &h.Half }).Width(8).
				Help("Open in the morning: it still counts as a business day."),
		},
	}.Kind()
}
