package cyber

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// reachAll is the right to see the answers of every city.
const reachAll = access.All

// sheet is one self-assessment as the pages read it: what was answered to each
// question, and what there was the year before.
type sheet struct {
	fw         *framework.Framework
	cycle      *cyber.Cycle
	city       *partnership.Partner
	assessment *cyber.Assessment // nil until somebody begins
	answers    []*cyber.Answer   // in the order of the framework; nil where there is none
	levels     cyber.Levels      // what counts
	before     cyber.Levels      // last year's, as far as they can be compared
	beforeYear int
	estimated  bool              // that year asked by another version
	wording    framework.Wording // the official questions, when they are on file
	findings   map[int][]cyber.Finding

	open           int // questions without an answer that counts
	inheritedCount int
	flags          int
	by             string // who is answering
}

// load reads the sheet of the subject, or says why there is none.
func (s *subject) load() (*sheet, lack) {
	if s.d.Me.Identity().Rights(s.d.Kind(cyber.KindAnswers)).See == access.None {
		return nil, lackRights
	}
	cycles := s.cyclesByYear()
	if len(cycles) == 0 {
		return nil, lackCycle
	}
	s.propose(cycles)
	view := s.d.View()
	cycle, city := field.Get(view, s.cycle), field.Get(view, s.city)
	switch {
	case city == nil:
		return nil, lackCity
	case cycle == nil:
		return nil, lackCycle
	case s.frames[cycle.Framework] == nil:
		return nil, lackFramework
	}
	sh := s.readSheet(cycle, city)
	if sh.assessment == nil && !slices.ContainsFunc(sh.answers, func(a *cyber.Answer) bool { return a != nil }) {
		return nil, lackBegun
	}
	return sh, lackNothing
}

// readSheet reads a city's sheet of a cycle.
func (s *subject) readSheet(cycle *cyber.Cycle, city *partnership.Partner) *sheet {
	view := s.d.View()
	fw := s.frames[cycle.Framework]
	sh := &sheet{fw: fw, cycle: cycle, city: city, by: s.d.Me.Identity().Name, wording: cyber.Official(view, cycle.Framework),
		assessment: cyber.AssessmentOf(view, cycle.ID, city.ID),
		answers:    make([]*cyber.Answer, len(fw.Items)), levels: make(cyber.Levels, len(fw.Items))}
	for _, y := range cyber.Years(view, city.ID, s.d.Today()) {
		switch {
		case y.Cycle.ID == cycle.ID:
			copy(sh.answers, y.Answers)
		case y.Cycle.Year < cycle.Year:
			sh.beforeYear, sh.before, sh.estimated = y.Cycle.Year, comparedIn(y, fw), y.Framework.Version != fw.Version
		}
	}
	sh.count(s.d.Today())
	sh.check(s.d.Today())
	return sh
}

// count works out what the first line tells on a day.
func (sh *sheet) count(today value.Day) {
	for i, a := range sh.answers {
		if a != nil {
			sh.levels[i] = a.Counts(today)
			if a.Inherited() {
				sh.inheritedCount++
			}
			if a.Flag {
				sh.flags++
			}
		}
		if sh.levels[i] == "" {
			sh.open++
		}
	}
}

// check looks for answers that do not fit together.
func (sh *sheet) check(today value.Day) {
	claims := make([]cyber.Claim, len(sh.answers))
	for i, a := range sh.answers {
		if a != nil && !a.Inherited() {
			claims[i] = cyber.ClaimOf(a)
		}
	}
	sh.findings = map[int][]cyber.Finding{}
	for _, fd := range cyber.Inconsistencies(sh.fw, claims, today) {
		sh.findings[fd.Item] = append(sh.findings[fd.Item], fd)
	}
}

// key tells one sheet from another.
func (sh *sheet) key() string { return fmt.Sprint(sh.cycle.ID, " ", sh.city.ID) }

// draftKey names where a line about a question is kept while it is typed.
func (sh *sheet) draftKey(i int, what string) string {
	return "cyber/" + sh.key() + "/" + string(sh.fw.Items[i].ID) + "/" + what
}

// title names the sheet: "Raytown 2026".
func (sh *sheet) title() string { return sh.city.Name + " " + strconv.Itoa(sh.cycle.Year) }

// state is how far the assessment has come.
func (sh *sheet) state() cyber.AssessmentState {
	if sh.assessment == nil {
		return cyber.AssessmentDraft
	}
	return sh.assessment.State
}

// stateWords says it, with the framework and the day the cycle closes.
func (sh *sheet) stateWords() string {
	words := string(sh.state()) + " · " + sh.cycle.Framework.Title()
	if sh.cycle.Closes.Set {
		words += " · closes " + sh.cycle.Closes.V.Long()
	}
	return words
}

// closed says why answers cannot be changed, or nil.
func (sh *sheet) closed() error {
	switch {
	case sh.assessment == nil || !sh.assessment.Settled():
		return nil
	case sh.state() == cyber.AssessmentLocked:
		return failure.New(failure.Forbidden, "This assessment is locked. r reopens it, with a reason that stays in its history.")
	}
	return failure.New(failure.Forbidden, "This assessment is approved. r returns it, with a reason, so that answers can change.")
}

// minimum is the cycle's.
func (sh *sheet) minimum() int { return sh.cycle.Level() }

// goal is what question i is measured against.
func (sh *sheet) goal(i int) int {
	if a := sh.answers[i]; a != nil {
		return a.Goal(sh.minimum())
	}
	return sh.minimum()
}

// options say how the sheet is scored.
func (sh *sheet) options(way cyber.RollUp) cyber.Options {
	o := cyber.Options{RollUp: way, Minimum: sh.minimum(), Targets: make([]int, len(sh.answers))}
	for i := range sh.answers {
		o.Targets[i] = sh.goal(i)
	}
	return o
}

// comparable gives last year's levels and this year's for the questions that
// are scored in both: means over different questions say nothing about each
// other.
func (sh *sheet) comparable() (before, now cyber.Levels) {
	before, now = make(cyber.Levels, len(sh.levels)), make(cyber.Levels, len(sh.levels))
	for i, l := range sh.levels {
		_, was := sh.before.At(i).Value()
		if _, is := l.Value(); was && is {
			before[i], now[i] = sh.before.At(i), l
		}
	}
	return before, now
}

// level is the answer to question i that counts.
func (sh *sheet) level(i int) cyber.Level { return sh.levels[i] }

// ghost is last year's answer to question i.
func (sh *sheet) ghost(i int) cyber.Level {
	if a := sh.answers[i]; a != nil && a.Was != "" {
		return a.Was
	}
	return sh.before.At(i)
}

func (sh *sheet) inherited(i int) bool { return sh.answers[i] != nil && sh.answers[i].Inherited() }

func (sh *sheet) flagged(i int) bool { return sh.answers[i] != nil && sh.answers[i].Flag }

func (sh *sheet) note(i int) string {
	if sh.answers[i] == nil {
		return ""
	}
	return sh.answers[i].Note
}

func (sh *sheet) reason(i int) string {
	if sh.answers[i] == nil {
		return ""
	}
	return sh.answers[i].Reason
}

// finding says what does not fit about question i, or "".
func (sh *sheet) finding(i int) string {
	var out []string
	for _, fd := range sh.findings[i] {
		out = append(out, fd.Text)
	}
	return strings.Join(out, " ")
}

// functionOf gives the function of question i.
func (sh *sheet) functionOf(i int) framework.Function {
	for _, fn := range sh.fw.Functions {
		if i >= fn.From && i < fn.To {
			return fn
		}
	}
	return framework.Function{}
}

// firstOpen is where answering begins: the first question without an answer
// that counts.
func (sh *sheet) firstOpen() int {
	for i, l := range sh.levels {
		if l == "" {
			return i
		}
	}
	return 0
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
