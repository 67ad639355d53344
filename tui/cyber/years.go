package cyber

import (
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// yearsOf reads all that a city has answered, oldest first.
func (s *subject) yearsOf(city partnership.PartnerID) []cyber.Year {
	return cyber.Years(s.d.View(), city, s.d.Today())
}

// comparedIn gives a year's levels in the order of a framework. Across
// versions only what the crosswalk ties together is compared; of several
// ancestors the lowest counts, so that nothing is made to look better.
func comparedIn(y cyber.Year, fw *framework.Framework) cyber.Levels {
	if fw.Version == y.Framework.Version {
		return y.Levels
	}
	out := make(cyber.Levels, len(fw.Items))
	for i, sources := range cyber.Tie(y.Framework, fw) {
		for _, k := range sources {
			if weaker(y.Levels[k], out[i]) {
				out[i] = y.Levels[k]
			}
		}
	}
	return out
}

// weaker reports whether a is a scored level below b, or b is none.
func weaker(a, b cyber.Level) bool {
	v, ok := a.Value()
	w, scored := b.Value()
	return ok && (!scored || v < w)
}

// visit takes up where a place leads: an assessment, a cycle or an answer. It
// gives the item of an answer.
func (s *subject) visit(p placed) framework.ID {
	view := s.d.View()
	switch p.Kind {
	case cyber.KindAssessments:
		if a := field.Get(view, cyber.AssessmentID(p.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
		}
	case cyber.KindAnswers:
		if a := field.Get(view, cyber.AnswerID(p.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
			return framework.ID(a.Item)
		}
	case cyber.KindCycles:
		if c := field.Get(view, cyber.CycleID(p.ID)); c != nil {
			s.show(s.city, c.ID)
		}
	}
	return ""
}

// firstCity proposes a city when the user is of none: the first that is at
// work on a cycle, else the first that has something in it, else the first
// that may have.
func (s *subject) firstCity(cycle cyber.CycleID) partnership.PartnerID {
	var first partnership.PartnerID
	for a := range field.Of[cyber.Assessment](s.d.View(), "cycle", cycle) {
		if !a.Settled() {
			return a.Partner
		}
		if first == 0 {
			first = a.Partner
		}
	}
	for a := range field.Of[cyber.Answer](s.d.View(), "cycle", cycle) {
		if first == 0 {
			first = a.Partner
		}
		break
	}
	for _, p := range s.cities() {
		if first == 0 {
			first = p.ID
		}
	}
	return first
}

// standing tells in a few words how far a city is in a cycle.
func (s *subject) standing(city partnership.PartnerID, cycle cyber.CycleID) string {
	view := s.d.View()
	c, n := field.Get(view, cycle), 0
	for a := range field.Of[cyber.Answer](view, "partner", city) {
		if a.Cycle == cycle && a.Given() != "" {
			n++
		}
	}
	as := cyber.AssessmentOf(view, cycle, city)
	switch {
	case as == nil && n == 0:
		return "not begun"
	case as != nil && as.State != cyber.AssessmentDraft:
		return string(as.State)
	}
	return count(n, "answer", "answers") + " of " + digits(len(framework.ItemsOf(c.Framework)))
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strings.TrimSpace(digits(n) + " " + many)
}
