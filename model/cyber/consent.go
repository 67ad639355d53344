package cyber

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ConsentID identifies a sharing consent.
type ConsentID = field.ID[Consent]

// ConsentLevel says how far a city's results may go. Each level includes the
// ones before it.
type ConsentLevel string

// From nothing to scores.
const (
	SharesNothing ConsentLevel = "0" // nothing leaves the city
	SharesList    ConsentLevel = "1" // joins the list of what at least two cities lack
	SharesBands   ConsentLevel = "2" // and a band by function to the facilitator
	SharesScores  ConsentLevel = "3" // and scores by subcategory to partners it names
)

// Rank gives the level as a number from 0 to 3.
func (l ConsentLevel) Rank() int {
	if len(l) == 1 && l[0] >= '1' && l[0] <= '3' {
		return int(l[0] - '0')
	}
	return 0
}

func consentLevels() []field.Choice {
	return []field.Choice{{Value: "0", Title: "0 Nothing"}, {Value: "1", Title: "1 Joins the list"},
		{Value: "2", Title: "2 Bands to the facilitator"}, {Value: "3", Title: "3 Scores to named partners"}}
}

// Consent is a city's sharing consent for one cycle. It is the city's own and
// stays with it; what it permits is released.
type Consent struct {
	ID        field.ID[Consent]
	Cycle     field.ID[Cycle]
	Partner   field.ID[partnership.Partner]
	Level     ConsentLevel // for every function that is not listed
	Functions []FunctionConsent
	With      []field.ID[partnership.Partner] // who may see scores
	SmallToo  bool                            // agrees to a list among fewer than four cities
	FromThree bool                            // its items are named only where three are below
	Terms     Terms                           // for which it is given
	GivenBy   string
	Given     value.Opt[value.Day]
	Note      string
}

// Terms are what a consent is given for. Whatever of them changes voids it.
type Terms struct {
	Year      int
	Framework framework.Version
	Minimum   int
	Members   []field.ID[partnership.Partner]
	Handed    []field.ID[partnership.Partner] // the facilitators; nil in consents given before
}

// Terms gives the terms of a cycle as they are.
func (c *Cycle) Terms(r field.Reader) Terms {
	return Terms{c.Year, c.Framework, c.Level(), c.TakingPart(), Facilitators(r)}
}

// Facilitators lists the partners who are handed bands and the lists.
func Facilitators(r field.Reader) []field.ID[partnership.Partner] {
	var out []field.ID[partnership.Partner]
	for p := range field.All[partnership.Partner](r) {
		if p.Kind == partnership.Facilitator && p.Active() {
			out = append(out, p.ID)
		}
	}
	return out
}

// Void says what of a cycle is otherwise than when the consent was given for it, or
// "". One that was given before consents had terms stands.
func (s *Consent) Void(r field.Reader, y *Cycle) string {
	now := y.Terms(r)
	switch t := s.Terms; {
	case t.Year == 0:
		return ""
	case t.Year != now.Year || t.Framework != now.Framework:
		return "the consent was given for " + strconv.Itoa(t.Year) + " and " + t.Framework.Title() +
			", and the cycle is " +
			strconv.Itoa(now.Year) + " and " + now.Framework.Title()
	case t.Minimum != now.Minimum:
		return "the consent was given for the minimum " + strconv.Itoa(t.Minimum) + ", and it is " +
			strconv.Itoa(now.Minimum) + " now"
	case t.Handed != nil && !sameCities(t.Handed, now.Handed):
		return "the consent was given with " + cityNames(r, t.Handed) + " as facilitator, and now it is " +
			cityNames(r, now.Handed)
	case !sameCities(t.Members, now.Members):
		return "the consent was given for " + cityNames(r, t.Members) + ", and now " + cityNames(r, now.Members) +
			" take part"
	}
	return ""
}

func sameCities(a, b []field.ID[partnership.Partner]) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func cityNames(r field.Reader, list []field.ID[partnership.Partner]) string {
	var names []string
	for _, p := range list {
		names = append(names, cityName(r, p))
	}
	return strings.Join(names, "; ")
}

// FunctionConsent is the level for one function of the framework.
type FunctionConsent struct {
	Function string
	Level    ConsentLevel
}

// KindConsents names the kind whose records are of type [Consent].
const KindConsents = "consents"

// KindName is "consents".
func (Consent) KindName() string { return KindConsents }

// For gives the level for a function.
func (s *Consent) For(function string) ConsentLevel {
	return consentFor(s.Level, s.Functions, function)
}

func consentFor(level ConsentLevel, functions []FunctionConsent, function string) ConsentLevel {
	for _, f := range functions {
		if f.Function == function && f.Level != "" {
			return f.Level
		}
	}
	return level
}

// ConsentOf finds a city's consent in a cycle; nil when there is none.
func ConsentOf(r field.Reader, cycle field.ID[Cycle], partner field.ID[partnership.Partner]) *Consent {
	for s := range field.Of[Consent](r, "partner", partner) {
		if s.Cycle == cycle {
			return s
		}
	}
	return nil
}

// DescribeConsent describes sharing consents.
func DescribeConsent() *field.Kind {
	return field.Def[Consent]{
		Tag: 51, One: "sharing consent", Title: "Sharing consents", Scope: field.ScopeAnswers,
		Purpose: "What of a city's results may go to whom; the city's own decision, cycle by cycle.",
		ID:      func(s *Consent) *field.ID[Consent] { return &s.ID },
		Label:   func(*Consent) string { return "" },
		Unique:  [][]string{{"cycle", "partner"}},
		Parties: func(_ field.Reader, s *Consent) []field.Party { return []field.Party{field.Party(s.Partner)} },
		Check:   checkConsent, Due: dueConsent,
		Removal: func(c *field.Checking, s *Consent) {
			if ReleaseOf(c, s.Cycle, s.Partner) != nil {
				c.Add("level", releasedSentence)
			}
		},
		Fields: ConsentFields(),
	}.Kind()
}

// ConsentFields describes a sharing consent.
func ConsentFields() []field.Field[Consent] {
	return append([]field.Field[Consent]{
		field.Ref(1, "cycle", "Cycle", func(s *Consent) *field.ID[Cycle] { return &s.Cycle }).Required().Width(6).
			Example("2026"),
		field.Ref(2, "partner", "City", func(s *Consent) *field.ID[partnership.Partner] { return &s.Partner }).
			Required().Width(16).Example("Raytown"),
		field.Word(3, "level", "Shares", func(s *Consent) *ConsentLevel { return &s.Level }, consentLevels()...).
			Required().Width(26).
			Example("1 Joins the list").Help("For every function without a level of its own."),
		field.Rows(4, "functions", "By function", func(s *Consent) *[]FunctionConsent { return &s.Functions },
			functionConsentFields()).HiddenByDefault(),
		field.Refs(5, "with", "Scores go to", func(s *Consent) *[]field.ID[partnership.Partner] { return &s.With }).
			HiddenByDefault(),
		field.Bool(6, "small", "Even among fewer than four", func(s *Consent) *bool { return &s.SmallToo }).
			HiddenByDefault().
			Help("A list among two or three cities tells each what the others lack. It is made only when every one " +
				"of them agrees."),
		field.Text(7, "given_by", "Given by", func(s *Consent) *string { return &s.GivenBy }).Width(20).
			Example("Sam Lee, city manager"),
		field.OnDay(8, "given", "Given on", func(s *Consent) *value.Opt[value.Day] { return &s.Given }).Width(12),
		field.Long(9, "note", "Note", func(s *Consent) *string { return &s.Note }).HiddenByDefault(),
		field.Bool(10, "three", "Only from three on", func(s *Consent) *bool { return &s.FromThree }).HiddenByDefault().
			Help("What this city lacks is named only where at least three of those who joined lack it."),
	}, field.Part(20, "terms_", "Given for", func(s *Consent) *Terms { return &s.Terms }, []field.Field[Terms]{
		field.Int(1, "year", "Year", func(t *Terms) *int { return &t.Year }).HiddenByDefault(),
		field.Word(2, "framework", "Framework", func(t *Terms) *framework.Version { return &t.Framework },
			framework.Versions()...).HiddenByDefault(),
		field.Int(3, "minimum", "Minimum", func(t *Terms) *int { return &t.Minimum }).HiddenByDefault(),
		field.Refs(4, "members", "Cities", func(t *Terms) *[]field.ID[partnership.Partner] { return &t.Members }).
			HiddenByDefault(),
		field.Refs(5, "handed", "Facilitator", func(t *Terms) *[]field.ID[partnership.Partner] { return &t.Handed }).
			HiddenByDefault(),
	})...)
}

func functionConsentFields() []field.Field[FunctionConsent] {
	return []field.Field[FunctionConsent]{
		field.Text(1, "function", "Function", func(f *FunctionConsent) *string { return &f.Function }),
		field.Word(2, "level", "Shares", func(f *FunctionConsent) *ConsentLevel { return &f.Level },
			consentLevels()...),
	}
}

const releasedSentence = "the release made under this consent is on its way; take the release back first, which " +
	"works until results are shared"

func checkConsent(c *field.Checking, before, s *Consent) {
	if before != nil && ReleaseOf(c, before.Cycle, before.Partner) != nil && !samePermission(before, s) {
		c.Add("level", releasedSentence)
	}
	y := field.Get(c, s.Cycle)
	if y != nil {
		checkFunctions(c, y.Framework, s.Functions)
	}
	for _, p := range s.With {
		if p == s.Partner {
			c.Add("with", "scores go to other partners; the city itself need not be named")
		}
	}
	if shares := s.most(y); shares == 3 && len(s.With) == 0 {
		c.Add("with", "name the partners who may see scores")
	} else if shares > 0 && (s.GivenBy == "" || !s.Given.Set) {
		c.Add("given_by", "say who gives the consent, and when")
	}
}

// most gives the highest level in the consent.
func (s *Consent) most(y *Cycle) int {
	if y == nil {
		return s.Level.Rank()
	}
	most := 0
	for _, fn := range framework.FunctionsOf(y.Framework) {
		most = max(most, s.For(fn).Rank())
	}
	return most
}

func checkFunctions(c *field.Checking, v framework.Version, list []FunctionConsent) {
	seen := map[string]bool{}
	for _, f := range list {
		if !slices.Contains(framework.FunctionsOf(v), f.Function) || f.Level == "" {
			c.Add("functions", "each line names a function of "+v.Title()+" and a level from 0 to 3")
		}
		if seen[f.Function] {
			c.Add("functions", f.Function+" is listed twice")
		}
		seen[f.Function] = true
	}
}

// samePermission reports whether two consents permit the same.
func samePermission(a, b *Consent) bool {
	return a.Cycle == b.Cycle && a.Partner == b.Partner && a.Level == b.Level && a.SmallToo == b.SmallToo &&
		a.FromThree == b.FromThree &&
		slices.Equal(a.Functions, b.Functions) && slices.Equal(a.With, b.With)
}
