package model

// ResolutionID identifies a resolution.
type ResolutionID = ID[Resolution]

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
	ID       ID[Resolution]
	Partner  ID[Partner]
	Bill     string
	Number   string
	Title    string
	Revision string // of the statement: original or revised
	Date     Opt[Day]
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

// KindName is "resolutions".
func (Resolution) KindName() string { return "resolutions" }

func resolutionKind() *Kind {
	return Def[Resolution]{
		Tag: 4, One: "resolution", Title: "Resolutions", Realm: RealmCity,
		Purpose: "How each governing body adopted the statement of common purpose.",
		ID:      func(r *Resolution) *ID[Resolution] { return &r.ID },
		Label: func(r *Resolution) string {
			if r.Number != "" {
				return "Resolution No. " + r.Number
			}
			return r.Title
		},
		Unique:    [][]string{{"partner", "number"}},
		Recognise: [][]string{{"partner", "title", "revision"}},
		Parties:   func(_ Reader, r *Resolution) []Party { return []Party{Party(r.Partner)} },
		Check: func(c *Checking, _, r *Resolution) {
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

func resolutionFields() []Field[Resolution] {
	return append([]Field[Resolution]{
		Ref(1, "partner", "Governing body of", func(r *Resolution) *ID[Partner] { return &r.Partner }).Need().Wide(18).Eg("Raytown"),
		Text(2, "number", "Number", func(r *Resolution) *string { return &r.Number }).Wide(10).Eg("R-21-3"),
		Text(3, "bill", "Bill", func(r *Resolution) *string { return &r.Bill }).Wide(10),
		Text(4, "title", "Title", func(r *Resolution) *string { return &r.Title }).Need().Wide(34).Eg("Statement of common purpose"),
		Text(5, "revision", "Statement", func(r *Resolution) *string { return &r.Revision }).Wide(14).
			Say("Which revision of the statement it adopts, such as 2018 original or 2021 revised."),
		OnDay(6, "date", "Date", func(r *Resolution) *Opt[Day] { return &r.Date }).Eg("Apr 13, 2021"),
		Word(7, "status", "Status", func(r *Resolution) *ResolutionStatus { return &r.Status },
			Choice{"draft", "Draft"}, Choice{"on agenda", "On agenda"}, Choice{"passed", "Passed"},
			Choice{"not recorded", "Not recorded"}).Need().Wide(12).Eg("Passed"),
		Link(8, "document", "Signed document", func(r *Resolution) *string { return &r.Document }).Tucked().
			Say("Link to the signed document in your records system."),
		Long(9, "note", "Note", func(r *Resolution) *string { return &r.Note }).Tucked(),
	}, Part(20, "", "Signatures", func(r *Resolution) *SignatureBlock { return &r.Signed }, []Field[SignatureBlock]{
		Text(1, "presiding_officer", "Presiding officer", func(s *SignatureBlock) *string { return &s.PresidingOfficer }).Tucked(),
		Text(2, "city_clerk", "Attested by the city clerk", func(s *SignatureBlock) *string { return &s.CityClerk }).Tucked(),
		Text(3, "city_counselor", "Approved as to form by the city counselor",
			func(s *SignatureBlock) *string { return &s.CityCounselor }).Tucked(),
		Text(4, "city_manager", "Reviewed by the city manager", func(s *SignatureBlock) *string { return &s.CityManager }).Tucked(),
	})...)
}
