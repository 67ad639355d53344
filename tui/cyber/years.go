package cyber

import (
	"slices"
	"strings"

	"interlocal/model"
	"interlocal/model/cyber"
)

// year is what a city answered in one cycle.
type year struct {
	cycle   *model.Cycle
	fw      *cyber.Framework
	answers []*model.Answer // in the order of the framework
	levels  cyber.Levels    // what counts
}

// yearsOf reads all that a city has answered, oldest first. Cycles in which
// there is nothing of it are left out.
func (s *subject) yearsOf(city model.PartnerID) []*year {
	view := s.d.View()
	byCycle := map[model.CycleID]*year{}
	var out []*year
	for a := range model.Of[model.Answer](view, "partner", city) {
		y, known := byCycle[a.Cycle]
		if !known {
			y = s.newYear(model.Get(view, a.Cycle))
			byCycle[a.Cycle] = y
			if y != nil {
				out = append(out, y)
			}
		}
		if y == nil {
			continue
		}
		if i, ok := y.fw.Index(cyber.ID(a.Item)); ok {
			y.answers[i], y.levels[i] = a, a.Given()
		}
	}
	slices.SortFunc(out, func(a, b *year) int { return a.cycle.Year - b.cycle.Year })
	return out
}

func (s *subject) newYear(c *model.Cycle) *year {
	if c == nil || s.frames[c.Framework] == nil {
		return nil
	}
	fw := s.frames[c.Framework]
	return &year{cycle: c, fw: fw, answers: make([]*model.Answer, len(fw.Items)), levels: make(cyber.Levels, len(fw.Items))}
}

// comparedIn gives the year's levels in the order of a framework. Across
// versions only what the crosswalk ties together is compared; of several
// ancestors the weakest counts, so that nothing is made to look better.
func (y *year) comparedIn(fw *cyber.Framework) cyber.Levels {
	if fw.Version == y.fw.Version {
		return y.levels
	}
	out := make(cyber.Levels, len(fw.Items))
	walk := cyber.OldToNew()
	for i, it := range fw.Items {
		for _, link := range walk.Related(it.ID) {
			other := link.Old
			if other == it.ID {
				other = link.New
			}
			k, ok := y.fw.Index(other)
			if ok && weaker(y.levels[k], out[i]) {
				out[i] = y.levels[k]
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

// firstCity proposes a city when the user is of none: the first that has
// answers in a cycle, else the first that may have.
func (s *subject) firstCity(cycle model.CycleID) model.PartnerID {
	for a := range model.Of[model.Answer](s.d.View(), "cycle", cycle) {
		return a.Partner
	}
	for _, p := range s.cities() {
		return p.ID
	}
	return 0
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
	return count(n, "answer", "answers") + " of " + count(len(s.frames[c.Framework].Items), "", "")
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strings.TrimSpace(digits(n) + " " + many)
}
