package model

import (
	"slices"
	"strconv"
)

// CycleID identifies a self-assessment cycle.
type CycleID = ID[Cycle]

// FrameworkVersion is the edition of the NIST Cybersecurity Framework that a
// cycle asks about.
type FrameworkVersion string

// Editions.
const (
	CSF11 FrameworkVersion = "1.1"
	CSF20 FrameworkVersion = "2.0"
)

func frameworkVersions() []Choice { return []Choice{{"1.1", "CSF 1.1"}, {"2.0", "CSF 2.0"}} }

// DefaultMinimum is the level the review recommends as a minimum.
const DefaultMinimum = 5

// Cycle is one yearly self-assessment, named by the year in which it opens.
type Cycle struct {
	ID        ID[Cycle]
	Year      int
	Framework FrameworkVersion
	Opens     Opt[Day]
	Closes    Opt[Day]
	Minimum   Opt[int64]
	Cities    []CycleCity
	Published Opt[Day] // when the shared results came about; nothing follows them
	Note      string
}

// CyclePart says whether a city takes part in a cycle.
type CyclePart string

// The two parts.
const (
	TakesPart CyclePart = "takes part"
	StaysOut  CyclePart = "does not take part"
)

// CycleCity is one city's part in a cycle. Shared results wait for every city
// that takes part, so one that will not is declared as staying out.
type CycleCity struct {
	Partner  ID[Partner]
	Part     CyclePart
	Reason   string
	Released Opt[Day] // when its release came in
}

// KindName is "cycles".
func (Cycle) KindName() string { return "cycles" }

// Level gives the minimum level of the cycle.
func (c *Cycle) Level() int { return int(c.Minimum.Or(DefaultMinimum)) }

// TakingPart lists the cities that take part, as declared.
func (c *Cycle) TakingPart() []ID[Partner] {
	var out []ID[Partner]
	for _, city := range c.Cities {
		if city.Part == TakesPart {
			out = append(out, city.Partner)
		}
	}
	return out
}

// City finds a city's part in the cycle; nil when nothing is declared.
func (c *Cycle) City(p ID[Partner]) *CycleCity {
	for i := range c.Cities {
		if c.Cities[i].Partner == p {
			return &c.Cities[i]
		}
	}
	return nil
}

func cycleKind() *Kind {
	return Def[Cycle]{
		Tag: 13, One: "cycle", Title: "Cycles", Realm: RealmShared, UniqueLabel: true,
		Purpose: "The yearly cybersecurity self-assessments.",
		ID:      func(c *Cycle) *ID[Cycle] { return &c.ID },
		Label: func(c *Cycle) string {
			if c.Year == 0 {
				return ""
			}
			return strconv.Itoa(c.Year)
		},
		Unique: [][]string{{"year"}},
		Check:  checkCycle,
		Fields: []Field[Cycle]{
			Int(1, "year", "Year", func(c *Cycle) *int { return &c.Year }).Need().Wide(6).Eg("2026"),
			Word(2, "framework", "Framework", func(c *Cycle) *FrameworkVersion { return &c.Framework },
				frameworkVersions()...).Need().Wide(10).Eg("CSF 2.0"),
			OnDay(3, "opens", "Opens", func(c *Cycle) *Opt[Day] { return &c.Opens }).Eg("Oct 1, 2026"),
			OnDay(4, "closes", "Closes", func(c *Cycle) *Opt[Day] { return &c.Closes }).Eg("Feb 28, 2027"),
			Count(5, "minimum", "Minimum level", func(c *Cycle) *Opt[int64] { return &c.Minimum }).Wide(8).Eg("5"),
			Rows(7, "cities", "Cities", func(c *Cycle) *[]CycleCity { return &c.Cities }, []Field[CycleCity]{
				Ref(1, "partner", "City", func(c *CycleCity) *ID[Partner] { return &c.Partner }),
				Word(2, "part", "Takes part", func(c *CycleCity) *CyclePart { return &c.Part },
					Choice{"takes part", "Takes part"}, Choice{"does not take part", "Does not take part"}),
				Text(3, "reason", "Reason", func(c *CycleCity) *string { return &c.Reason }),
				OnDay(4, "released", "Release came in", func(c *CycleCity) *Opt[Day] { return &c.Released }),
			}).Tucked().Say("Shared results wait for every city that takes part. Declare one that will not; once a city has answered " +
				"nobody joins, and from the first release on the list stays."),
			OnDay(8, "published", "Results shared", func(c *Cycle) *Opt[Day] { return &c.Published }).Wide(14),
			Long(6, "note", "Note", func(c *Cycle) *string { return &c.Note }).Tucked(),
		},
	}.Kind()
}

func checkCycle(c *Checking, before, y *Cycle) {
	if y.Year < 2000 || y.Year > c.Today.Year()+5 {
		c.Add("year", "the year is between 2000 and five years from now")
	}
	if y.Opens.Set && y.Closes.Set && y.Closes.V < y.Opens.V {
		c.Add("closes", "the cycle closes before it opens")
	}
	if m := y.Minimum.Or(DefaultMinimum); m < 1 || m > 7 {
		c.Add("minimum", "the minimum is a level from 1 to 7")
	}
	seen := map[ID[Partner]]bool{}
	for _, city := range y.Cities {
		switch p := Get(c, city.Partner); {
		case city.Partner == 0 || city.Part == "":
			c.Add("cities", "each line names a city and says whether it takes part")
		case seen[city.Partner]:
			c.Add("cities", "a city is listed twice")
		case p != nil && !p.Governs():
			c.Add("cities", p.Name+" has no systems of its own to assess; list cities")
		}
		seen[city.Partner] = true
	}
	if before != nil {
		checkTerms(c, before, y)
		checkDates(c, before, y)
	}
}

// checkTerms keeps what cities were asked under: nobody moves the year, the
// framework, the minimum or who takes part under an answer or a release that
// has been given. Until the first release a city may still be declared as
// staying out, so that one that stops does not stall the others.
func checkTerms(c *Checking, before, y *Cycle) {
	since := ""
	switch {
	case before.Published.Set:
		since = "results of this cycle have been shared"
	case hasReleases(c, before.ID):
		since = "a city has released already"
	case hasAnswers(c, before.ID):
		since = "a city has answered already"
	default:
		return
	}
	if y.Year != before.Year || y.Framework != before.Framework || y.Level() != before.Level() {
		c.Add("minimum", since+", under this year, framework and minimum; they stay, and a change goes into the next cycle")
	}
	was, is := before.TakingPart(), y.TakingPart()
	added := slices.ContainsFunc(is, func(p ID[Partner]) bool { return !slices.Contains(was, p) })
	left := slices.ContainsFunc(was, func(p ID[Partner]) bool { return !slices.Contains(is, p) })
	switch {
	case before.Published.Set && (added || left):
		c.Add("cities", since+", so who takes part stays as it was")
	case hasReleases(c, before.ID) && (added || left):
		c.Add("cities", since+", so who takes part stays as it was; it can change once every release has been taken back")
	case added && len(was) > 0:
		c.Add("cities", since+", so no city joins any more; a city that comes later takes part in the next cycle")
	}
}

// checkDates keeps the days that the program notes: when a release came in, and
// when results were shared.
func checkDates(c *Checking, before, y *Cycle) {
	switch {
	case before.Published.Set && y.Published != before.Published:
		c.Add("published", "results of this cycle have been shared, so the day stays")
	case !before.Published.Set && y.Published.Set && !hasResults(c, y.ID):
		c.Add("published", "this day is noted when results are shared; leave it empty until then")
	}
	for _, city := range y.Cities {
		was := before.City(city.Partner)
		had, in := was != nil && was.Released.Set, ReleaseOf(c, y.ID, city.Partner) != nil
		if had != city.Released.Set && city.Released.Set != in {
			c.Add("cities", "the day a release came in is noted by the program; leave it as it is")
		}
	}
}

// hasReleases reports whether some city's release for a cycle is on file.
func hasReleases(r Reader, cycle ID[Cycle]) bool {
	for range Of[Release](r, "cycle", cycle) {
		return true
	}
	return false
}

// hasAnswers reports whether some city has answered anything in a cycle. What
// was only carried forward is no answer yet.
func hasAnswers(r Reader, cycle ID[Cycle]) bool {
	for a := range Of[Answer](r, "cycle", cycle) {
		if a.Given() != "" {
			return true
		}
	}
	return false
}

// hasResults reports whether results of a cycle have been shared.
func hasResults(r Reader, cycle ID[Cycle]) bool {
	for range Of[Publication](r, "cycle", cycle) {
		return true
	}
	return false
}
