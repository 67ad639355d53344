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
)

// reachAll is the right to see the answers of every city.
const reachAll = access.All

// sheet is one self-assessment as the pages read it: what was answered to each
// question, and what there was the year before.
type sheet struct {
	*cyber.Sheet
	before     cyber.Levels // last year's, as far as they can be compared
	beforeYear int
	beforeOf   *cyber.Cycle      // nil without a year before
	estimated  bool              // that year asked by another version
	wording    framework.Wording // the official questions, when they are on file
	findings   map[int][]cyber.Finding
	none       cyber.Answer // stands for one that there is not

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
	cycle := field.Get(s.d.View(), s.cycle)
	switch {
	case field.Get(s.d.View(), s.city) == nil:
		return nil, lackCity
	case cycle == nil:
		return nil, lackCycle
	case s.frames[cycle.Framework] == nil:
		return nil, lackFramework
	}
	sh := s.readSheet()
	if sh.Assessment == nil && !slices.ContainsFunc(sh.Answers, func(a *cyber.Answer) bool { return a != nil }) {
		return nil, lackBegun
	}
	return sh, lackNothing
}

// readSheet reads the sheet of a city and a cycle that are on file, and works
// out what the first line tells.
func (s *subject) readSheet() *sheet {
	view, today := s.d.View(), s.d.Today()
	read, _ := cyber.ReadSheet(view, s.cycle, s.city, today) // fails where either is not on file
	sh := &sheet{Sheet: read, by: s.d.Me.Identity().Name, wording: cyber.Official(view, read.Cycle.Framework),
		findings: map[int][]cyber.Finding{}}
	for _, y := range cyber.Years(view, s.city, today) {
		if y.Cycle.Year < read.Cycle.Year {
			sh.beforeYear, sh.before, sh.beforeOf = y.Cycle.Year, y.In(read.Framework), y.Cycle
			sh.estimated = y.Framework.Version != read.Framework.Version
		}
	}
	for i := range sh.Answers {
		a := sh.answer(i)
		sh.inheritedCount += one(a.Inherited())
		sh.flags += one(a.Flag)
		sh.open += one(sh.Levels[i] == "")
	}
	for _, fd := range sh.Findings(today) {
		sh.findings[fd.Item] = append(sh.findings[fd.Item], fd)
	}
	return sh
}

// one counts what holds.
func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// answer gives the answer to question i, an empty one where there is none.
func (sh *sheet) answer(i int) *cyber.Answer {
	if a := sh.Answers[i]; a != nil {
		return a
	}
	return &sh.none
}

// key tells one sheet from another.
func (sh *sheet) key() string { return fmt.Sprint(sh.Cycle.ID, " ", sh.City.ID) }

// draftKey names where a line about a question is kept while it is typed.
func (sh *sheet) draftKey(i int, what string) string {
	return "cyber/" + sh.key() + "/" + string(sh.Framework.Items[i].ID) + "/" + what
}

// title names the sheet: "Raytown 2026".
func (sh *sheet) title() string { return sh.City.Name + " " + strconv.Itoa(sh.Cycle.Year) }

// state is how far the assessment has come.
func (sh *sheet) state() cyber.AssessmentState {
	if sh.Assessment == nil {
		return cyber.AssessmentDraft
	}
	return sh.Assessment.State
}

// stateWords says it, with the framework and the day the cycle closes.
func (sh *sheet) stateWords() string {
	words := string(sh.state()) + " · " + sh.Cycle.Framework.Title()
	if sh.Cycle.Closes.Set {
		words += " · closes " + sh.Cycle.Closes.V.Long()
	}
	return words
}

// closed says why answers cannot be changed, or nil.
func (sh *sheet) closed() error {
	switch {
	case sh.Assessment == nil || !sh.Assessment.Settled():
		return nil
	case sh.state() == cyber.AssessmentLocked:
		return failure.New(failure.Forbidden,
			"This assessment is locked. r reopens it, with a reason that stays in its "+
				"history.")
	}
	return failure.New(failure.Forbidden, "This assessment is approved. r returns it, with a reason, so that answers "+
		"can change.")
}

// options say how the sheet is scored.
func (sh *sheet) options(way cyber.RollUp) cyber.Options {
	o := sh.Options
	o.RollUp = way
	return o
}

// comparable gives last year's levels and this year's for the questions that
// are scored in both: means over different questions say nothing about each
// other.
func (sh *sheet) comparable() (before, now cyber.Levels) {
	before, now = make(cyber.Levels, len(sh.Levels)), make(cyber.Levels, len(sh.Levels))
	for i, l := range sh.Levels {
		_, was := sh.before.At(i).Value()
		if _, is := l.Value(); was && is {
			before[i], now[i] = sh.before.At(i), l
		}
	}
	return before, now
}

// ghost is last year's answer to question i.
func (sh *sheet) ghost(i int) cyber.Level {
	if was := sh.answer(i).Was; was != "" {
		return was
	}
	return sh.before.At(i)
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
	for _, fn := range sh.Framework.Functions {
		if i >= fn.From && i < fn.To {
			return fn
		}
	}
	return framework.Function{}
}

// firstOpen is where answering begins: the first question without an answer
// that counts.
func (sh *sheet) firstOpen() int {
	for i, l := range sh.Levels {
		if l == "" {
			return i
		}
	}
	return 0
}
