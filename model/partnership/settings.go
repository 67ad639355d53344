package partnership

import (
	"time"

	"interlocal/model/field"
	"interlocal/model/value"
)

// Settings are the partnership's own: one record.
type Settings struct {
	ID      field.ID[Settings]
	Name    string // of the partnership
	Purpose string
	Zone    string           // IANA time zone, such as America/Chicago
	Grace   value.Opt[int64] // days for which a late loan still keeps its unit
	Sample  bool             // the file holds made-up records, and every screen says so
	Prune   value.Opt[int64] // days after which replaced confidential values leave the history; unset is never
	KeyDays value.Opt[int64] // days without use after which a key signs in no more; unset is never
}

// KindSettings names the kind whose records are of type [Settings].
const KindSettings = "settings"

// KindName is "settings".
func (Settings) KindName() string { return KindSettings }

// SettingsOf gives the file's settings, or the zero settings.
func SettingsOf(r field.Reader) *Settings {
	for s := range field.All[Settings](r) {
		return s
	}
	return &Settings{}
}

// Location loads the zone; UTC when it is unset or unknown.
func (s *Settings) Location() *time.Location {
	if loc, err := time.LoadLocation(s.Zone); err == nil {
		return loc
	}
	return time.UTC
}

// mostPruneDays is a hundred years.
const mostPruneDays = 36_500

// zoneName is the key under which a schema keeps a zone.
type zoneName string

// ZoneOf gives the partnership's time zone. Loading one reads a file, and every
// rule about time asks, so the schema keeps those it was asked for.
func ZoneOf(r field.Reader) *time.Location {
	s := SettingsOf(r)
	return r.Schema().Keep(zoneName(s.Zone), func() any { return s.Location() }).(*time.Location)
}

// PruneAfter gives for how many days the history keeps confidential values that
// have been replaced; 0 is for ever.
func PruneAfter(r field.Reader) int64 { return SettingsOf(r).Prune.Or(0) }

// DescribeSettings describes settings.
func DescribeSettings() *field.Kind {
	return field.Def[Settings]{
		Tag: 1, One: "settings", Title: "Settings", Scope: field.ScopeSettings,
		Purpose: "What the partnership is called and where its clocks stand.",
		ID:      func(s *Settings) *field.ID[Settings] { return &s.ID },
		Label:   func(s *Settings) string { return s.Name },
		Unique:  [][]string{{"name"}},
		Check: func(c *field.Checking, _, s *Settings) {
			if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
				c.Add("zone", "the time zone is an IANA name such as America/Chicago")
			}
			if s.Grace.Or(0) < 0 || s.Grace.Or(0) > 60 {
				c.Add("late_days", "a late loan keeps its unit for 0 to 60 days")
			}
			if s.Prune.Set && (s.Prune.V < 1 || s.Prune.V > mostPruneDays) {
				c.Add("prune_days", "replaced confidential values leave the history after 1 to 36,500 days; "+
					"leave it empty to keep them")
			}
			if s.KeyDays.Set && (s.KeyDays.V < 1 || s.KeyDays.V > mostPruneDays) {
				c.Add("key_days", "keys end after 1 to 36,500 days without use; leave it empty to keep them")
			}
			for other := range field.All[Settings](c) {
				if other.ID != s.ID {
					c.Add("", "a file has one settings record; edit that one")
					return
				}
			}
		},
		Fields: []field.Field[Settings]{
			field.Text(1, "name", "Partnership", func(s *Settings) *string { return &s.Name }).Required().Width(40).
				Example("Our Shared Services Partnership"),
			field.Long(2, "purpose", "Purpose", func(s *Settings) *string { return &s.Purpose }).Width(40).
				Help("One or two sentences that open the council briefing."),
			field.Text(3, "zone", "Time zone", func(s *Settings) *string { return &s.Zone }).Required().
				Example("America/Chicago"),
			field.OptInt(30, "late_days", "Late loans keep a unit",
				func(s *Settings) *value.Opt[int64] { return &s.Grace }).In("days").HiddenByDefault().Example("3").
				Help("For so many days past its end a unit that has not come back is refused to others; after that " +
					"they are warned."),
			field.OptInt(31, "prune_days", "Old confidential values kept",
				func(s *Settings) *value.Opt[int64] { return &s.Prune }).
				In("days").HiddenByDefault().Example("400").
				Help("Replaced confidential values are removed from the history when this old, with the daily " +
					"backup. Empty: never."),
			field.OptInt(32, "key_days", "Keys end unused after",
				func(s *Settings) *value.Opt[int64] { return &s.KeyDays }).
				In("days").HiddenByDefault().Example("180").
				Help("A key that has not signed in for so long does so no more; whoever has it is invited anew. " +
					"Empty: never."),
			field.Bool(4, "sample", "Sample data", func(s *Settings) *bool { return &s.Sample }).HiddenByDefault(),
		},
	}.Kind()
}
