package cyber

import (
	"slices"
	"strconv"

	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// CycleID identifies a self-assessment cycle.
type CycleID = field.ID[Cycle]

// DefaultMinimum is the level the review recommends as a minimum.
const DefaultMinimum = 5

// Cycle is one yearly self-assessment, named by the year in which it opens.
type Cycle struct {
	ID        field.ID[Cycle]
	Year      int
	Framework framework.Version
	Opens     value.Opt[value.Day]
	Closes    value.Opt[value.Day]
	Minimum   value.Opt[int64]
	Cities    []CycleCity
	Published value.Opt[value.Day] // when the shared results came about; nothing follows them
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
	Partner  field.ID[partnership.Partner]
	Part     CyclePart
	Reason   string
	Released value.Opt[value.Day] // when its release came in
	Recalled value.Opt[value.Day] // when it last called one back
	Until    value.Opt[value.Day] // results wait until then for its word on a release that a signature brought in
}

// PauseDays is how long results wait for a city's word on a release that somebody
// else handed in with its signature: so long it can call it back.
const PauseDays = 7

// Pause gives the day until which results wait, unless the cities whose signed
// releases others handed in stand by them sooner, and names those cities.
func (c *Cycle) Pause(today value.Day) (until value.Opt[value.Day], cities []field.ID[partnership.Partner]) {
	for _, city := range c.Cities {
		if u := city.Until; city.Part == TakesPart && u.Set && u.V > today {
			cities = append(cities, city.Partner)
			if !until.Set || u.V > until.V {
				until = u
			}
		}
	}
	return until, cities
}

// KindCycles names the kind whose records are of type [Cycle].
const KindCycles = "cycles"

// KindName is "cycles".
func (Cycle) KindName() string { return KindCycles }

// Level gives the minimum level of the cycle.
func (c *Cycle) Level() int { return int(c.Minimum.Or(DefaultMinimum)) }

// TakingPart lists the cities that take part, as declared.
func (c *Cycle) TakingPart() []field.ID[partnership.Partner] {
	var out []field.ID[partnership.Partner]
	for _, city := range c.Cities {
		if city.Part == TakesPart {
			out = append(out, city.Partner)
		}
	}
	return out
}

// City finds a city's part in the cycle; nil when nothing is declared.
func (c *Cycle) City(p field.ID[partnership.Partner]) *CycleCity {
	for i := range c.Cities {
		if c.Cities[i].Partner == p {
			return &c.Cities[i]
		}
	}
	return nil
}

// DescribeCycle describes cycles.
func DescribeCycle() *field.Kind {
	return field.Def[Cycle]{
		Tag: 13, One: "cycle", Title: "Cycles", Scope: field.ScopeShared, UniqueLabel: true,
		Purpose: "The yearly cybersecurity self-assessments.",
		ID:      func(c *Cycle) *field.ID[Cycle] { return &c.ID },
		Label: func(c *Cycle) string {
			if c.Year == 0 {
				return ""
			}
			return strconv.Itoa(c.Year)
		},
		Unique: [][]string{{"year"}},
		Check:  checkCycle, Transition: stepCycle,
		Due: dueCycle,
		Fields: []field.Field[Cycle]{
			field.Int(1, "year", "Year", func(c *Cycle) *int { return &c.Year }).Required().Width(6).Example("2026"),
			field.Word(2, "framework", "Framework", func(c *Cycle) *framework.Version { return &c.Framework },
				framework.Versions()...).Required().Width(10).Example("CSF 2.0"),
			field.OnDay(3, "opens", "Opens", func(c *Cycle) *value.Opt[value.Day] { return &c.Opens }).
				Example("Oct 1, 2026"),
			field.OnDay(4, "closes", "Closes", func(c *Cycle) *value.Opt[value.Day] { return &c.Closes }).
				Example("Feb 28, 2027"),
			field.OptInt(5, "minimum", "Minimum level", func(c *Cycle) *value.Opt[int64] { return &c.Minimum }).
				Width(8).Example("5"),
			field.Rows(7, "cities", "Cities", func(c *Cycle) *[]CycleCity { return &c.Cities },
				[]field.Field[CycleCity]{
					field.Ref(1, "partner", "City",
						func(c *CycleCity) *field.ID[partnership.Partner] { return &c.Partner }),
					field.Word(2, "part", "Takes part", func(c *CycleCity) *CyclePart { return &c.Part },
						field.Choice{Value: "takes part", Title: "Takes part"},
						field.Choice{Value: "does not take part", Title: "Does not take part"}),
					field.Text(3, "reason", "Reason", func(c *CycleCity) *string { return &c.Reason }),
					field.OnDay(4, "released", "Release came in",
						func(c *CycleCity) *value.Opt[value.Day] { return &c.Released }),
					field.OnDay(5, "recalled", "Release called back",
						func(c *CycleCity) *value.Opt[value.Day] { return &c.Recalled }),
					field.OnDay(6, "until", "Can call it back until",
						func(c *CycleCity) *value.Opt[value.Day] { return &c.Until }),
				}).HiddenByDefault().Help("Shared results wait for every city that takes part. Declare one that will " +
				"not; once a city has answered " +
				"nobody joins, and from the first release on the list stays."),
			field.OnDay(8, "published", "Results shared", func(c *Cycle) *value.Opt[value.Day] { return &c.Published }).
				Width(14),
			field.Long(6, "note", "Note", func(c *Cycle) *string { return &c.Note }).HiddenByDefault(),
		},
	}.Kind()
}

func checkCycle(c *field.Checking, before, y *Cycle) {
	if y.Year < 2000 || y.Year > c.Today.Year()+5 {
		c.Add("year", "the year is between 2000 and five years from now")
	}
	if y.Opens.Set && y.Closes.Set && y.Closes.V < y.Opens.V {
		c.Add("closes", "the cycle closes before it opens")
	}
	if m := y.Minimum.Or(DefaultMinimum); m < 1 || m > 7 {
		c.Add("minimum", "the minimum is a level from 1 to 7")
	}
	seen := map[field.ID[partnership.Partner]]bool{}
	for _, city := range y.Cities {
		switch p := field.Get(c, city.Partner); {
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

// stepCycle keeps the days on which releases were called back, and until which they
// can be, as the program noted them: one forgotten would let an older release come in
// again, or results be shared before its city has seen it.
func stepCycle(_ field.Reader, by field.Actor, before, after *Cycle) error {
	if by.Whole || after == nil {
		return nil
	}
	type days struct{ recalled, until value.Opt[value.Day] }
	noted := map[field.ID[partnership.Partner]]days{}
	if before != nil {
		for _, c := range before.Cities {
			if c.Recalled.Set || c.Until.Set {
				noted[c.Partner] = days{c.Recalled, c.Until}
			}
		}
	}
	for _, c := range after.Cities {
		if (days{c.Recalled, c.Until}) != noted[c.Partner] {
			return errRecalled()
		}
		delete(noted, c.Partner)
	}
	if len(noted) > 0 {
		return errRecalled()
	}
	return nil
}

func errRecalled() error {
	return failure.New(failure.Forbidden,
		"the days on which a release was called back, and until which it can be, are noted by the program; leave "+
			"them as they are")
}

// checkTerms keeps what cities were asked under: nobody moves the year, the
// framework, the minimum or who takes part under an answer or a release that
// has been given. Until the first release a city may still be declared as
// staying out, so that one that stops does not stall the others.
func checkTerms(c *field.Checking, before, y *Cycle) {
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
		c.Add("minimum",
			since+", under this year, framework and minimum; they stay, and a change goes into the next cycle")
	}
	was, is := before.TakingPart(), y.TakingPart()
	added := slices.ContainsFunc(is, func(p field.ID[partnership.Partner]) bool { return !slices.Contains(was, p) })
	left := slices.ContainsFunc(was, func(p field.ID[partnership.Partner]) bool { return !slices.Contains(is, p) })
	switch {
	case before.Published.Set && (added || left):
		c.Add("cities", since+", so who takes part stays as it was")
	case hasReleases(c, before.ID) && (added || left):
		c.Add("cities",
			since+", so who takes part stays as it was; it can change once every release has been taken back")
	case added && len(was) > 0:
		c.Add("cities", since+", so no city joins any more; a city that comes later takes part in the next cycle")
	}
}

// checkDates keeps the days that the program notes: when a release came in, and
// when results were shared.
func checkDates(c *field.Checking, before, y *Cycle) {
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
func hasReleases(r field.Reader, cycle field.ID[Cycle]) bool {
	for range field.Of[Release](r, "cycle", cycle) {
		return true
	}
	return false
}

// hasAnswers reports whether some city has answered anything in a cycle. What
// was only carried forward is no answer yet.
func hasAnswers(r field.Reader, cycle field.ID[Cycle]) bool {
	for a := range field.Of[Answer](r, "cycle", cycle) {
		if a.Given() != "" {
			return true
		}
	}
	return false
}

// hasResults reports whether results of a cycle have been shared.
func hasResults(r field.Reader, cycle field.ID[Cycle]) bool {
	for range field.Of[Publication](r, "cycle", cycle) {
		return true
	}
	return false
}
