package cyber

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ReleaseID identifies a release.
type ReleaseID = field.ID[Release]

// Release is exactly what one city hands over for the shared results of a
// cycle, no more than its consent permits. It is made from a locked
// assessment, here or in a file of the city's own, and is never edited.
type Release struct {
	ID        field.ID[Release]
	Cycle     field.ID[Cycle]
	Partner   field.ID[partnership.Partner]
	Framework framework.Version
	Minimum   int
	Functions []FunctionConsent // every function's level
	With      []field.ID[partnership.Partner]
	SmallToo  bool
	Below     []string       // items below the minimum, of functions that join the list
	Bands     []FunctionBand // of functions at level 2 and above
	Scores    []ItemScore    // of functions at level 3
	Made      value.Opt[value.Day]
	MadeBy    string
	Sent      bool                            // it came as a file
	Seal      string                          // over all of the above but Sent
	Members   []field.ID[partnership.Partner] // who took part by the consent; nil in releases made before
	FromThree bool
	Proof     string // what showed that the city sent it, or ""
}

// FunctionBand says roughly how high a city scores in a function.
type FunctionBand struct {
	Function string
	Band     Band
}

// Band is a range of scores.
type Band string

// The bands. A function with few scored items has none, since a band would
// tell single answers.
const (
	BandLow    Band = "below 3"
	BandMiddle Band = "3 to below 5"
	BandHigh   Band = "5 and above"
	BandNone   Band = "too few answers"
)

func bands() []field.Choice {
	return []field.Choice{{Value: "below 3", Title: "Below 3"}, {Value: "3 to below 5", Title: "3 to below 5"},
		{Value: "5 and above", Title: "5 and above"},
		{Value: "too few answers", Title: "Too few answers for a band"}}
}

// ItemScore is the value of one answer. Which of the two answers worth five it
// is, and why an item has none, is not told.
type ItemScore struct {
	Item  string
	Score int // 1 to 7; 0 when it scores nothing
}

// KindReleases names the kind whose records are of type [Release].
const KindReleases = "releases"

// KindName is "releases".
func (Release) KindName() string { return KindReleases }

// ProofByKey begins the proof of a release that a signature brought in.
const ProofByKey = "the key "

// BySignature reports whether a signature brought the release in, by other hands
// than its city's.
func (v *Release) BySignature() bool { return strings.HasPrefix(v.Proof, ProofByKey) }

// For gives the level for a function.
func (v *Release) For(function string) ConsentLevel {
	return consentFor(SharesNothing, v.Functions, function)
}

// ReleaseOf finds a city's release in a cycle; nil when there is none.
func ReleaseOf(r field.Reader, cycle field.ID[Cycle], partner field.ID[partnership.Partner]) *Release {
	for v := range field.Of[Release](r, "partner", partner) {
		if v.Cycle == cycle {
			return v
		}
	}
	return nil
}

// Text writes the release as the file that is sent: plain lines that a person
// can read before it goes, and a seal over them. The same text is sealed
// wherever it is kept, so it names years and cities, not numbers.
func (v *Release) Text(r field.Reader) string {
	body := v.Body(r)
	return body + "Seal: " + SealText(body) + "\n"
}

// Sealed reports whether the seal fits what the release says.
func (v *Release) Sealed(r field.Reader) bool { return v.Seal == SealText(v.Body(r)) }

// SealText gives the seal over text: it shows that a file was damaged or
// edited. It is no signature; whoever sends the file vouches for it.
func SealText(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:16])
}

// Body writes all lines of the file but the seal.
func (v *Release) Body(r field.Reader) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	year := ""
	if y := field.Get(r, v.Cycle); y != nil {
		year = yearOf(y)
	}
	line("interlocal release 1")
	line("City: ", cityName(r, v.Partner))
	line("Cycle: ", year)
	line("Framework: ", v.Framework.Title())
	line("Minimum: ", strconv.Itoa(v.Minimum))
	if v.Made.Set {
		line("Made on: ", v.Made.V.String())
	}
	line("Made by: ", v.MadeBy)
	line("")
	line("Sharing consent by function (0 nothing, 1 joins the list, 2 bands, 3 scores):")
	for _, f := range v.Functions {
		line("  ", f.Function, " ", string(f.Level))
	}
	line("Scores go to: ", v.withNames(r))
	line("Agrees to a list among fewer than four cities: ", yesNo(v.SmallToo))
	if len(v.Members) > 0 { // releases made before say neither
		line("Items are named only where three lack them: ", yesNo(v.FromThree))
		line("Made for: ", cityNames(r, v.Members))
	}
	line("")
	line("Below the minimum (named to others only if another city has it too):")
	for _, item := range v.Below {
		line("  ", item)
	}
	line("Bands by function, for the facilitator:")
	for _, f := range v.Bands {
		line("  ", f.Function, " ", string(f.Band))
	}
	line("Scores, for the partners named above:")
	for _, s := range v.Scores {
		line("  ", s.Item, " ", strconv.Itoa(s.Score))
	}
	return b.String()
}

func (v *Release) withNames(r field.Reader) string {
	if len(v.With) == 0 {
		return "nobody"
	}
	return cityNames(r, v.With)
}

func cityName(r field.Reader, p field.ID[partnership.Partner]) string {
	if rec := field.Get(r, p); rec != nil {
		return rec.Name
	}
	return ""
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// DescribeRelease describes releases.
func DescribeRelease() *field.Kind {
	return field.Def[Release]{
		Tag: 52, One: "release", Title: "Releases", Scope: field.ScopeAnswers,
		Purpose: "What a city has handed over for the shared results of a cycle.",
		ID:      func(v *Release) *field.ID[Release] { return &v.ID },
		Label:   func(*Release) string { return "" },
		Unique:  [][]string{{"cycle", "partner"}},
		Parties: func(_ field.Reader, v *Release) []field.Party { return []field.Party{field.Party(v.Partner)} },
		Check:   checkRelease, Due: dueRelease,
		Removal: func(c *field.Checking, v *Release) {
			if y := field.Get(c, v.Cycle); y != nil && y.Published.Set {
				c.Add("", "the results it went into have been shared; it cannot be called back")
			}
		},
		Fields: releaseFields(),
	}.Kind()
}

func releaseFields() []field.Field[Release] {
	return []field.Field[Release]{
		field.Ref(1, "cycle", "Cycle", func(v *Release) *field.ID[Cycle] { return &v.Cycle }).Required().Width(6),
		field.Ref(2, "partner", "City", func(v *Release) *field.ID[partnership.Partner] { return &v.Partner }).
			Required().Width(16),
		field.Word(3, "framework", "Framework", func(v *Release) *framework.Version { return &v.Framework },
			framework.Versions()...).Required().HiddenByDefault(),
		field.Int(4, "minimum", "Minimum level", func(v *Release) *int { return &v.Minimum }).Required().
			HiddenByDefault(),
		field.Rows(5, "functions", "Consent by function", func(v *Release) *[]FunctionConsent { return &v.Functions },
			functionConsentFields()).HiddenByDefault(),
		field.Refs(6, "with", "Scores go to", func(v *Release) *[]field.ID[partnership.Partner] { return &v.With }).
			HiddenByDefault(),
		field.Bool(7, "small", "Even among fewer than four", func(v *Release) *bool { return &v.SmallToo }).
			HiddenByDefault(),
		field.Texts(8, "below", "Below the minimum", func(v *Release) *[]string { return &v.Below }).Confidential().
			Width(30),
		field.Rows(9, "bands", "Bands", func(v *Release) *[]FunctionBand { return &v.Bands }, bandFields()).
			Confidential().HiddenByDefault(),
		field.Rows(10, "scores", "Scores", func(v *Release) *[]ItemScore { return &v.Scores }, scoreFields()).
			Confidential().HiddenByDefault(),
		field.OnDay(11, "made", "Made on", func(v *Release) *value.Opt[value.Day] { return &v.Made }).Required().
			Width(12),
		field.Text(12, "made_by", "Made by", func(v *Release) *string { return &v.MadeBy }).Width(20),
		field.Bool(13, "sent", "Came as a file", func(v *Release) *bool { return &v.Sent }).HiddenByDefault(),
		field.Text(14, "seal", "Seal", func(v *Release) *string { return &v.Seal }).Required().HiddenByDefault(),
		field.Refs(16, "members", "Made for", func(v *Release) *[]field.ID[partnership.Partner] { return &v.Members }).
			HiddenByDefault(),
		field.Bool(17, "three", "Only from three on", func(v *Release) *bool { return &v.FromThree }).HiddenByDefault(),
		field.Text(15, "proof", "Confirmed by", func(v *Release) *string { return &v.Proof }).HiddenByDefault(),
	}
}

func bandFields() []field.Field[FunctionBand] {
	return []field.Field[FunctionBand]{
		field.Text(1, "function", "Function", func(f *FunctionBand) *string { return &f.Function }),
		field.Word(2, "band", "Band", func(f *FunctionBand) *Band { return &f.Band }, bands()...),
	}
}

func scoreFields() []field.Field[ItemScore] {
	return []field.Field[ItemScore]{
		field.Text(1, "item", "Item", func(s *ItemScore) *string { return &s.Item }),
		field.Int(2, "score", "Score", func(s *ItemScore) *int { return &s.Score }),
	}
}

func checkRelease(c *field.Checking, before, v *Release) {
	if before != nil {
		if before.Text(c) != v.Text(c) || before.Seal != v.Seal || before.Sent != v.Sent {
			c.Add("", "a release is not edited; take it back and make it again")
		}
		return
	}
	y := field.Get(c, v.Cycle)
	if y == nil {
		return
	}
	// A release that went into shared results may be put back on file when all
	// records are read in again; no other can follow them.
	part := y.City(v.Partner)
	again := y.Published.Set && part != nil && part.Released.Set
	switch {
	case y.Published.Set && !again:
		c.Add("cycle", "results of the "+yearOf(y)+" cycle have been shared; what comes later goes into the next cycle")
	case y.Framework != v.Framework || y.Level() != v.Minimum:
		c.Add("framework", "the release was made for "+v.Framework.Title()+" with the minimum "+strconv.Itoa(v.Minimum)+
			"; this cycle asks about "+y.Framework.Title()+" with the minimum "+strconv.Itoa(y.Level()))
	case !slices.Contains(y.TakingPart(), v.Partner):
		c.Add("partner", cityName(c, v.Partner)+" is not declared as taking part in the "+yearOf(y)+" cycle")
	case !again && len(v.Members) > 0 && !sameCities(v.Members, y.TakingPart()):
		c.Add("members", "the release was made for "+cityNames(c, v.Members)+", and now "+
			cityNames(c, y.TakingPart())+" take part; the consent has to be given again")
	}
	if !v.Sealed(c) {
		c.Add("seal",
			"the release does not fit its seal: it was edited or damaged on the way; ask the city to send it again")
	}
	s := AssessmentOf(c, v.Cycle, v.Partner)
	switch {
	case again:
	case s == nil && v.Sent:
	case s == nil || s.State != AssessmentLocked:
		c.Add("cycle", "lock the assessment before releasing anything of it")
	case v.contradicts(c):
		c.Add("below", "the release contradicts the assessment of "+cityName(c, v.Partner)+
			" that is kept here; release "+
			"that one, or reopen it first")
	}
	checkFunctions(c, v.Framework, v.Functions)
	if problem := v.beyondConsent(); problem != "" {
		c.Add("functions", problem)
	}
}

// Fill puts into a release what its consent lets out of levels. What it holds
// depends on the functions that join and on nothing else.
func (v *Release) Fill(f *framework.Framework, levels Levels) {
	for _, fn := range f.Functions {
		level := v.For(string(fn.ID))
		if level.Rank() >= 1 {
			v.Below = append(v.Below, belowIn(f, fn, levels, v.Minimum)...)
		}
		if level.Rank() >= 2 {
			v.Bands = append(v.Bands, FunctionBand{Function: string(fn.ID), Band: bandOf(fn, levels)})
		}
		if level.Rank() >= 3 {
			v.Scores = append(v.Scores, scoresIn(f, fn, levels)...)
		}
	}
}

// contradicts reports whether a release says something else than the city's
// answers that are kept beside it.
func (v *Release) contradicts(r field.Reader) bool {
	s, err := ReadSheet(r, v.Cycle, v.Partner, v.Made.V)
	if err != nil {
		return false
	}
	own := Release{Framework: v.Framework, Minimum: v.Minimum, Functions: v.Functions}
	own.Fill(s.Framework, s.Levels)
	return !slices.Equal(own.Below, v.Below) || !slices.Equal(own.Bands, v.Bands) || !slices.Equal(own.Scores, v.Scores)
}

// beyondConsent says what a release holds that its own consent does not
// permit, or that its framework does not know.
func (v *Release) beyondConsent() string {
	over := func(function string, least int) bool { return v.For(function).Rank() < least }
	for i, item := range v.Below {
		switch {
		case !framework.IsItem(v.Framework, item) || slices.Contains(v.Below[:i], item):
			return item + " is listed twice or is not a subcategory of " + v.Framework.Title()
		case over(framework.FunctionOf(item), 1):
			return "the consent does not let " + item + " join the list"
		}
	}
	for _, f := range v.Bands {
		if over(f.Function, 2) {
			return "the consent does not permit a band for " + f.Function
		}
	}
	for _, s := range v.Scores {
		switch {
		case !framework.IsItem(v.Framework, s.Item) || s.Score < 0 || s.Score > 7:
			return s.Item + " has a score that is not from 1 to 7, or is not a subcategory of " + v.Framework.Title()
		case over(framework.FunctionOf(s.Item), 3):
			return "the consent does not permit the score of " + s.Item
		}
	}
	return ""
}
