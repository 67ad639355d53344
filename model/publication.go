package model

import "slices"

// PublicationID identifies a shared result.
type PublicationID = ID[Publication]

// PublicationSort says what a shared result holds.
type PublicationSort string

// The sorts, after the three levels of consent.
const (
	PublishedList   PublicationSort = "list"   // what at least two cities lack in a function
	PublishedBands  PublicationSort = "bands"  // one city's bands, for the facilitator
	PublishedScores PublicationSort = "scores" // one city's scores, for the partners it named
)

// Publication is a result of a cycle as it was handed to its audience. The
// program makes it, once, from the releases of all cities that take part;
// nobody edits it and nothing replaces it. Whatever is worked out for others
// is worked out from these and from their own answers alone.
type Publication struct {
	ID        ID[Publication]
	Cycle     ID[Cycle]
	Sort      PublicationSort
	Framework FrameworkVersion
	Function  string        // of a list
	City      ID[Partner]   // whose bands or scores
	Audience  []ID[Partner] // who is handed it
	Joined    []ID[Partner] // the cities that joined a list
	Items     []string      // of a list
	Withheld  string        // why there is no list
	Bands     []FunctionBand
	Scores    []ItemScore
	On        Opt[Day]
}

// KindName is "publications".
func (Publication) KindName() string { return "publications" }

func publicationKind() *Kind {
	return Def[Publication]{
		Tag: 53, One: "shared result", Title: "Shared results", Realm: RealmReleased,
		Purpose: "What cities have agreed to share of a cycle, as far as it was shared with you.",
		ID:      func(p *Publication) *ID[Publication] { return &p.ID },
		Label:   func(*Publication) string { return "" },
		Unique:  [][]string{{"cycle", "sort", "function", "city"}},
		Parties: func(_ Reader, p *Publication) []Party { return PartiesOf(p.Audience) },
		Check: func(c *Checking, before, p *Publication) {
			if before != nil && !samePublication(before, p) {
				c.Add("", "what was shared stays as it was shared")
			}
		},
		Removal: func(c *Checking, _ *Publication) { c.Add("", "what was shared cannot be called back") },
		Fields: []Field[Publication]{
			Ref(1, "cycle", "Cycle", func(p *Publication) *ID[Cycle] { return &p.Cycle }).Need().Wide(6).Eg("2026"),
			Word(2, "sort", "What", func(p *Publication) *PublicationSort { return &p.Sort }, Choice{"list", "Shared deficiencies"},
				Choice{"bands", "Bands"}, Choice{"scores", "Scores"}).Need().Wide(20).Eg("Shared deficiencies"),
			Word(3, "framework", "Framework", func(p *Publication) *FrameworkVersion { return &p.Framework }, frameworkVersions()...).Need().Tucked(),
			Text(4, "function", "Function", func(p *Publication) *string { return &p.Function }).Wide(9).Eg("PR"),
			Ref(5, "city", "City", func(p *Publication) *ID[Partner] { return &p.City }).Wide(16),
			Refs(6, "audience", "Shared with", func(p *Publication) *[]ID[Partner] { return &p.Audience }).Tucked(),
			Refs(7, "joined", "Joined", func(p *Publication) *[]ID[Partner] { return &p.Joined }).Tucked(),
			Texts(8, "items", "Below the minimum in at least two", func(p *Publication) *[]string { return &p.Items }).Wide(34).Eg("PR.AA-01; PR.AA-03"),
			Text(9, "withheld", "Withheld because", func(p *Publication) *string { return &p.Withheld }).Tucked(),
			Rows(10, "bands", "Bands", func(p *Publication) *[]FunctionBand { return &p.Bands }, bandFields()).Tucked(),
			Rows(11, "scores", "Scores", func(p *Publication) *[]ItemScore { return &p.Scores }, scoreFields()).Tucked(),
			OnDay(12, "on", "Shared on", func(p *Publication) *Opt[Day] { return &p.On }).Wide(12),
		},
	}.Kind()
}

func samePublication(a, b *Publication) bool {
	return a.Cycle == b.Cycle && a.Sort == b.Sort && a.Framework == b.Framework && a.Function == b.Function && a.City == b.City &&
		slices.Equal(a.Audience, b.Audience) && slices.Equal(a.Joined, b.Joined) && slices.Equal(a.Items, b.Items) &&
		a.Withheld == b.Withheld && slices.Equal(a.Bands, b.Bands) && slices.Equal(a.Scores, b.Scores) && a.On == b.On
}
