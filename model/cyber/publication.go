package cyber

import (
	"slices"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// PublicationID identifies a shared result.
type PublicationID = field.ID[Publication]

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
	ID        field.ID[Publication]
	Cycle     field.ID[Cycle]
	Sort      PublicationSort
	Framework framework.Version
	Function  string                          // of a list
	City      field.ID[partnership.Partner]   // whose bands or scores
	Audience  []field.ID[partnership.Partner] // who is handed it
	Joined    []field.ID[partnership.Partner] // the cities that joined a list
	Items     []string                        // of a list
	Withheld  string                          // why there is no list
	Bands     []FunctionBand
	Scores    []ItemScore
	On        value.Opt[value.Day]
}

// KindPublications names the kind whose records are of type [Publication].
const KindPublications = "publications"

// KindName is "publications".
func (Publication) KindName() string { return KindPublications }

// DescribePublication describes shared results.
func DescribePublication() *field.Kind {
	return field.Def[Publication]{
		Tag: 53, One: "shared result", Title: "Shared results", Scope: field.ScopeReleased,
		Purpose: "What cities have agreed to share of a cycle, as far as it was shared with you.",
		ID:      func(p *Publication) *field.ID[Publication] { return &p.ID },
		Label:   func(*Publication) string { return "" },
		Unique:  [][]string{{"cycle", "sort", "function", "city"}},
		Parties: func(_ field.Reader, p *Publication) []field.Party { return field.PartiesOf(p.Audience) },
		Check: func(c *field.Checking, before, p *Publication) {
			if before != nil && !samePublication(before, p) {
				c.Add("", "what was shared stays as it was shared")
			}
		},
		Removal: func(c *field.Checking, _ *Publication) { c.Add("", "what was shared cannot be called back") },
		Fields: []field.Field[Publication]{
			field.Ref(1, "cycle", "Cycle", func(p *Publication) *field.ID[Cycle] { return &p.Cycle }).Required().
				Width(6).Example("2026"),
			field.Word(2, "sort", "What", func(p *Publication) *PublicationSort { return &p.Sort },
				field.Choice{Value: "list", Title: "Shared deficiencies"},
				field.Choice{Value: "bands", Title: "Bands"}, field.Choice{Value: "scores", Title: "Scores"}).
				Required().Width(20).Example("Shared deficiencies"),
			field.Word(3, "framework", "Framework", func(p *Publication) *framework.Version { return &p.Framework },
				framework.Versions()...).Required().HiddenByDefault(),
			field.Text(4, "function", "Function", func(p *Publication) *string { return &p.Function }).Width(9).
				Example("PR"),
			field.Ref(5, "city", "City", func(p *Publication) *field.ID[partnership.Partner] { return &p.City }).
				Width(16),
			field.Refs(6, "audience", "Shared with",
				func(p *Publication) *[]field.ID[partnership.Partner] { return &p.Audience }).HiddenByDefault(),
			field.Refs(7, "joined", "Joined",
				func(p *Publication) *[]field.ID[partnership.Partner] { return &p.Joined }).HiddenByDefault(),
			field.Texts(8, "items", "Below the minimum in at least two",
				func(p *Publication) *[]string { return &p.Items }).Width(34).Example("PR.AA-01; PR.AA-03"),
			field.Text(9, "withheld", "Withheld because", func(p *Publication) *string { return &p.Withheld }).
				HiddenByDefault(),
			field.Rows(10, "bands", "Bands", func(p *Publication) *[]FunctionBand { return &p.Bands }, bandFields()).
				HiddenByDefault(),
			field.Rows(11, "scores", "Scores", func(p *Publication) *[]ItemScore { return &p.Scores }, scoreFields()).
				HiddenByDefault(),
			field.OnDay(12, "on", "Shared on", func(p *Publication) *value.Opt[value.Day] { return &p.On }).Width(12),
		},
	}.Kind()
}

func samePublication(a, b *Publication) bool {
	return a.Cycle == b.Cycle && a.Sort == b.Sort && a.Framework == b.Framework && a.Function == b.Function &&
		a.City == b.City &&
		slices.Equal(a.Audience, b.Audience) && slices.Equal(a.Joined, b.Joined) && slices.Equal(a.Items, b.Items) &&
		a.Withheld == b.Withheld && slices.Equal(a.Bands, b.Bands) && slices.Equal(a.Scores, b.Scores) && a.On == b.On
}
