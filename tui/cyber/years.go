package cyber

import (
	"strings"

	"interlocal/model"
	"interlocal/model/cyber"
)

// yearsOf reads all that a city has answered, oldest first.
func (s *subject) yearsOf(city model.PartnerID) []cyber.Year {
	return cyber.Years(s.d.View(), city, s.d.Today())
}

// comparedIn gives a year's levels in the order of a framework. Across
// versions only what the crosswalk ties together is compared; of several
// ancestors the lowest counts, so that nothing is made to look better.
func comparedIn(y cyber.Year, fw *cyber.Framework) cyber.Levels {
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
func weaker(a, b model.Level) bool {
	v, ok := a.Value()
	w, scored := b.Value()
	return ok && (!scored || v < w)
}

// keep completes an answer that is taken over from last year.
func (sh *sheet) keep(i int) func(*model.Answer) {
	was := sh.ghost(i)
	return func(a *model.Answer) { a.Was = was }
}

// visit takes up where a place leads: an assessment, a cycle or an answer. It
// gives the item of an answer.
func (s *subject) visit(p placed) cyber.ID {
	view := s.d.View()
	switch p.Kind {
	case "assessments":
		if a := model.Get(view, model.AssessmentID(p.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
		}
	case "answers":
		if a := model.Get(view, model.AnswerID(p.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
			return cyber.ID(a.Item)
		}
	case "cycles":
		if c := model.Get(view, model.CycleID(p.ID)); c != nil {
			s.show(s.city, c.ID)
		}
	}
	return ""
}

// firstCity proposes a city when the user is of none: the first that is at
// work on a cycle, else the first that has something in it, else the first
// that may have.
func (s *subject) firstCity(cycle model.CycleID) model.PartnerID {
	var first model.PartnerID
	for a := range model.Of[model.Assessment](s.d.View(), "cycle", cycle) {
		if !a.Settled() {
			return a.Partner
		}
		if first == 0 {
			first = a.Partner
		}
	}
	for a := range model.Of[model.Answer](s.d.View(), "cycle", cycle) {
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
func (s *subject) standing(city model.PartnerID, cycle model.CycleID) string {
	view := s.d.View()
	c, n := model.Get(view, cycle), 0
	for a := range model.Of[model.Answer](view, "partner", city) {
		if a.Cycle == cycle && a.Given() != "" {
			n++
		}
	}
	as := model.AssessmentOf(view, cycle, city)
	switch {
	case as == nil && n == 0:
		return "not begun"
	case as != nil && as.State != model.AssessmentDraft:
		return string(as.State)
	}
	return count(n, "answer", "answers") + " of " + digits(len(model.ItemsOf(c.Framework)))
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strings.TrimSpace(digits(n) + " " + many)
}
