package cyber

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Sheet is one city's self-assessment in one cycle as its records give it,
// everything in the order of the framework's items.
type Sheet struct {
	Framework  *framework.Framework
	Cycle      *Cycle
	City       *partnership.Partner
	Assessment *Assessment // nil until somebody begins
	Answers    []*Answer   // nil where nobody has answered
	Levels     Levels      // what counts: nothing that is only inherited, no acceptance that has run out
	Claims     []Claim     // what counts, with what stands behind it
	Options    Options     // the cycle's minimum and the city's own targets
}

// ReadSheet reads a city's self-assessment as it counts on a day: a risk
// acceptance counts until its last one. A reader that does not see the city's
// answers gives an empty sheet.
func ReadSheet(r field.Reader, cycle CycleID, partner partnership.PartnerID, on value.Day) (*Sheet, error) {
	y, city := field.Get(r, cycle), field.Get(r, partner)
	switch {
	case y == nil:
		return nil, failure.New(failure.NotFound,
			"there is no such self-assessment cycle; add it to the list of cycles")
	case city == nil:
		return nil, failure.New(failure.NotFound, "there is no such city; name a partner on the list")
	}
	f := framework.Builtin(y.Framework)
	if f == nil {
		return nil, failure.New(failure.Invalid, "the "+strconv.Itoa(y.Year)+" cycle names no framework; set it to "+
			"CSF 1.1 or CSF 2.0")
	}
	s := &Sheet{Framework: f.Clone(), Cycle: y, City: city, Assessment: AssessmentOf(r, cycle, partner)}
	s.take(answersOf(r, f, cycle, partner), on)
	return s, nil
}

// answersOf gives a city's answers in a cycle in the order of the framework.
func answersOf(r field.Reader, f *framework.Framework, cycle CycleID, partner partnership.PartnerID) []*Answer {
	out := make([]*Answer, len(f.Items))
	for a := range field.Of[Answer](r, "partner", partner) {
		if a.Cycle != cycle {
			continue
		}
		if i, ok := f.Index(framework.ID(a.Item)); ok {
			out[i] = a
		}
	}
	return out
}

// take works out what the answers say on a day.
func (s *Sheet) take(answers []*Answer, on value.Day) {
	s.Answers, s.Levels, s.Claims = answers, make(Levels, len(answers)), make([]Claim, len(answers))
	s.Options = Options{Minimum: s.Cycle.Level(), Targets: make([]int, len(answers))}
	for i, a := range answers {
		if a == nil {
			continue
		}
		s.Levels[i] = a.Counts(on)
		s.Options.Targets[i] = int(a.Target.Or(0))
		if !a.Inherited() {
			s.Claims[i] = ClaimOf(a)
		}
	}
}

// ClaimOf gives an answer with what stands behind it.
func ClaimOf(a *Answer) Claim {
	return Claim{Level: a.Level, Reason: a.Reason, Approver: a.Acceptance.Approver, Expires: a.Acceptance.Expires,
		TestedOn: a.Tested}
}

// Score works out every figure of the sheet, carried upward as asked.
func (s *Sheet) Score(up RollUp) Score {
	o := s.Options
	o.RollUp = up
	return ScoreOf(s.Framework, s.Levels, o)
}

// Findings checks the sheet for answers that do not fit together.
func (s *Sheet) Findings(today value.Day) []Finding {
	return Inconsistencies(s.Framework, s.Claims, today)
}

// Deficiencies lists the places of the answers below their own goal.
func (s *Sheet) Deficiencies() []int {
	var out []int
	for i, l := range s.Levels {
		if gap, ok := Gap(l, s.Options.Goal(i)); ok && gap > 0 {
			out = append(out, i)
		}
	}
	return out
}

// Goal gives the level that item i is to reach.
func (s *Sheet) Goal(i int) int { return s.Options.Goal(i) }

// Year is what a city answered in one cycle.
type Year struct {
	Cycle     *Cycle
	Framework *framework.Framework // shared; not to be changed
	Answers   []*Answer
	Levels    Levels
}

// In gives the year's levels in the order of a framework. Across versions only
// what the crosswalk ties together is compared; of several ancestors the lowest
// level counts, so that nothing is made to look better.
func (y *Year) In(f *framework.Framework) Levels {
	if f.Version == y.Framework.Version {
		return y.Levels
	}
	out := make(Levels, len(f.Items))
	for i, sources := range Tie(y.Framework, f) {
		for _, k := range sources {
			v, ok := y.Levels[k].Value()
			if w, scored := out[i].Value(); ok && (!scored || v < w) {
				out[i] = y.Levels[k]
			}
		}
	}
	return out
}

// Years gives every cycle in which a city has answers, oldest first. The newest
// is as it counts on a day; those before it stay as they were signed off.
func Years(r field.Reader, partner partnership.PartnerID, on value.Day) []Year {
	byCycle := map[CycleID]*Year{}
	var out []*Year
	for a := range field.Of[Answer](r, "partner", partner) {
		y, known := byCycle[a.Cycle]
		if !known {
			if y = newYear(r, a.Cycle); y != nil {
				out = append(out, y)
			}
			byCycle[a.Cycle] = y
		}
		if y == nil {
			continue
		}
		if i, ok := y.Framework.Index(framework.ID(a.Item)); ok {
			y.Answers[i] = a
		}
	}
	slices.SortFunc(out, func(a, b *Year) int { return cmp.Compare(a.Cycle.Year, b.Cycle.Year) })
	years := make([]Year, len(out))
	for i, y := range out {
		day := on
		if i < len(out)-1 {
			day = y.signedOff(r, partner, on)
		}
		for j, a := range y.Answers {
			if a != nil {
				y.Levels[j] = a.Counts(day)
			}
		}
		years[i] = *y
	}
	return years
}

// signedOff gives the day on which a city's assessment of the year was approved;
// without one, the day given.
func (y *Year) signedOff(r field.Reader, partner partnership.PartnerID, on value.Day) value.Day {
	if s := AssessmentOf(r, y.Cycle.ID, partner); s != nil {
		return s.Approved.Or(on)
	}
	return on
}

func newYear(r field.Reader, id CycleID) *Year {
	c := field.Get(r, id)
	if c == nil {
		return nil
	}
	f := framework.Builtin(c.Framework)
	if f == nil {
		return nil
	}
	return &Year{Cycle: c, Framework: f, Answers: make([]*Answer, len(f.Items)), Levels: make(Levels, len(f.Items))}
}

// Official gives the official wording of a version as far as it is on file.
func Official(r field.Reader, v framework.Version) framework.Wording {
	out := framework.Wording{}
	for w := range field.All[Wording](r) {
		if w.Framework == v {
			out[framework.ID(w.Item)] = w.Text
		}
	}
	return out
}

// Tie says what of an earlier year's framework an item of a framework is set
// against: itself within a version, across versions what the crosswalk ties.
func Tie(was, now *framework.Framework) [][]int {
	out := make([][]int, len(now.Items))
	if was.Version == now.Version {
		for i := range out {
			out[i] = []int{i}
		}
		return out
	}
	for _, l := range framework.OldToNew().Links {
		from, to := l.Old, l.New
		if now.Version == framework.CSF11 {
			from, to = to, from
		}
		i, okFrom := was.Index(from)
		if j, ok := now.Index(to); ok && okFrom {
			out[j] = append(out[j], i)
		}
	}
	return out
}
