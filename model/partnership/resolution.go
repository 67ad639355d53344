package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// ResolutionID identifies a resolution.
type ResolutionID = field.ID[Resolution]

// ResolutionStatus is how far a resolution has come.
type ResolutionStatus string

// From draft to passage; not recorded means that our sources do not say.
const (
	Draft       ResolutionStatus = "draft"
	OnAgenda    ResolutionStatus = "on agenda"
	Passed      ResolutionStatus = "passed"
	NotRecorded ResolutionStatus = "not recorded"
)

// Resolution is the act by which a governing body adopts the statement of
// common purpose.
type Resolution struct {
	ID       field.ID[Resolution]
	Partner  field.ID[Partner]
	Bill     string
	Number   string
	Title    string
	Revision string // of the statement: original or revised
	Date     value.Opt[value.Day]
	Status   ResolutionStatus
	Document string
	Signed   SignatureBlock
	Note     string
}

// SignatureBlock names those who sign a resolution, in the order they do.
type SignatureBlock struct {
	PresidingOfficer string
	CityClerk        string // attests
	CityCounselor    string // approves as to form
	CityManager      string // reviews
}

// KindResolutions names the kind whose records are of type [Resolution].
const KindResolutions = "resolutions"

// KindName is "resolutions".
func (Resolution) KindName() string { return KindResolutions }

// DescribeResolution describes resolutions.
func DescribeResolution() *field.Kind {
	return field.Def[Resolution]{
		Tag: 4, One: "resolution", Title: "Resolutions", Scope: field.ScopeCity,
		Purpose: "How each governing body adopted the statement of common purpose.",
		ID:      func(r *Resolution) *field.ID[Resolution] { return &r.ID },
		Label: func(r *Resolution) string {
			if r.Number != "" {
				return "Resolution No. " + r.Number
			}
			return r.Title
		},
		Unique:    [][]string{{"partner", "number"}},
		Recognise: [][]string{{"partner", "title", "revision"}},
		Parties:   func(_ field.Reader, r *Resolution) []field.Party { return []field.Party{field.Party(r.Partner)} },
		Check: func(c *field.Checking, _, r *Resolution) {
			if r.Status == Passed && !r.Date.Set {
				c.Add("date", "a passed resolution has the date on which it passed")
			}
			if r.Date.Set && r.Status == Passed && r.Date.V > c.Today {
				c.Add("date", "a resolution cannot have passed on a day to come")
			}
		},
		Fields: resolutionFields(),
	}.Kind()
}

func resolutionFields() []field.Field[Resolution] {
	return append([]field.Field[Resolution]{
		field.Ref(1, "partner", "Governing body of", func(r *Resolution) *field.ID[Partner] { return &r.Partner }).
			Required().Width(18).Example("Raytown"),
		field.Text(2, "number", "Number", func(r *Resolution) *string { return &r.Number }).Width(10).Example("R-21-3"),
		field.Text(3, "bill", "Bill", func(r *Resolution) *string { return &r.Bill }).Width(10),
		field.Text(4, "title", "Title", func(r *Resolution) *string { return &r.Title }).Required().Width(34).
			Example("Statement of common purpose"),
		field.Text(5, "revision", "Statement", func(r *Resolution) *string { return &r.Revision }).Width(14).
			Help("Which revision of the statement it adopts, such as 2018 original or 2021 revised."),
		field.OnDay(6, "date", "Date", func(r *Resolution) *value.Opt[value.Day] { return &r.Date }).
			Example("Apr 13, 2021"),
		field.Word(7, "status", "Status", func(r *Resolution) *ResolutionStatus { return &r.Status },
			field.Choice{Value: "draft", Title: "Draft"}, field.Choice{Value: "on agenda", Title: "On agenda"},
			field.Choice{Value: "passed", Title: "Passed"},
			field.Choice{Value: "not recorded", Title: "Not recorded"}).Required().Width(12).Example("Passed"),
		field.Link(8, "document", "Signed document", func(r *Resolution) *string { return &r.Document }).
			HiddenByDefault().
			Help("Link to the signed document in your records system."),
		field.Long(9, "note", "Note", func(r *Resolution) *string { return &r.Note }).HiddenByDefault(),
	}, field.Part(20, "", "Signatures", func(r *Resolution) *SignatureBlock { return &r.Signed },
		[]field.Field[SignatureBlock]{
			field.Text(1, "presiding_officer", "Presiding officer",
				func(s *SignatureBlock) *string { return &s.PresidingOfficer }).HiddenByDefault(),
			field.Text(2, "city_clerk", "Attested by the city clerk",
				func(s *SignatureBlock) *string { return &s.CityClerk }).HiddenByDefault(),
			field.Text(3, "city_counselor", "Approved as to form by the city counselor",
				func(s *SignatureBlock) *string { return &s.CityCounselor }).HiddenByDefault(),
			field.Text(4, "city_manager", "Reviewed by the city manager",
				func(s *SignatureBlock) *string { return &s.CityManager }).HiddenByDefault(),
		})...)
}
