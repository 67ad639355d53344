package cyber

import (
	"fmt"
	"io"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// example shows what a sheet looks like.
func (s *subject) example() []string {
	it := s.frames[framework.CSF20].Items[0]
	lines := []string{"e.g. " + string(it.ID) + "  1 of 106", it.Question}
	for _, c := range s.choices {
		lines = append(lines, "  "+(c.Keys + "   ")[:4]+c.Label)
	}
	return lines
}

// emptyWords says why there is nothing to answer, and the key that changes it.
func (s *subject) emptyWords() string {
	switch s.lack {
	case lackRights:
		return "A city's answers are its own. As " + string(s.d.Me.Identity().Role) + " you see what the cities have " +
			"consented to share, under Sharing; ask your city's assessor for more."
	case lackCycle:
		return "No self-assessment cycle is on file. A cycle says which year is assessed, by which version of the " +
			"framework and until when. a adds this year's cycle." + aside
	case lackFramework:
		return "The cycle names no version of the framework that is built in; set it to CSF 2.0 or CSF 1.1 " +
			"under Cycles. w chooses another city or year."
	case lackCity:
		return "No city is on file that could assess itself. Add it under Partners first."
	}
	c, p := field.Get(s.d.View(), s.cycle), field.Get(s.d.View(), s.city)
	return p.Name + " has not begun its self-assessment for " + strconv.Itoa(c.Year) +
		". a begins it, with last year's " +
		"answers to confirm or with an empty sheet; w chooses another city or year." + aside
}

// aside says what the answers are good for: the review's portal, and more.
const aside = " The review's portal is filled from it: interlocal assess sheet lists the answers in its order. " +
	"Beyond that: last year's answers to confirm, the next step for each level, a plan with costs, and joint solutions."

// begin adds what is missing: the cycle, or the city's assessment in it.
func (s *subject) begin() tea.Cmd {
	s.sheet()
	switch s.lack {
	case lackRights, lackCity, lackFramework:
		s.d.Fail(failure.New(failure.Forbidden, s.emptyWords()))
		return nil
	case lackCycle:
		return s.addCycle()
	case lackNothing:
		s.d.Say(overlay.Info, "This one has begun; w begins another city's or year's.")
		return nil
	}
	earlier := cyber.Years(s.d.View(), s.city, s.d.Today())
	if len(earlier) == 0 {
		return s.start(false)
	}
	last := strconv.Itoa(earlier[len(earlier)-1].Cycle.Year)
	overlay.Pick[bool]{Title: "Begin the self-assessment", Verb: "begin", Width: 72, Choose: s.start,
		Choices: []overlay.Choice[bool]{
			{Value: true, Title: "With the answers of " + last + " to confirm", Note: "none counts until confirmed"},
			{Value: false, Title: "With an empty sheet", Note: "last year's answers are shown beside"},
		}}.Open(s.d.Dialogs)
	return nil
}

// addCycle opens the form for this year's cycle.
func (s *subject) addCycle() tea.Cmd {
	y := s.d.Today().Year()
	if _, m, _ := s.d.Today().Date(); m < 7 {
		y-- // a cycle is named by the autumn in which it opens
	}
	rec := &cyber.Cycle{Year: y, Framework: framework.CSF20, Opens: value.Some(value.Date(y, 10, 1)),
		Closes: value.Some(value.Date(y+1, 2, 28)), Minimum: value.Some[int64](cyber.DefaultMinimum)}
	return s.screen.AddWith(cyber.KindCycles, rec, "/"+strconv.Itoa(y), "year", func(id uint64) tea.Cmd {
		s.show(s.city, cyber.CycleID(id))
		s.chosen = false
		return nil
	})
}

// start begins the city's assessment, with last year's answers to confirm if
// that is wanted.
func (s *subject) start(carry bool) tea.Cmd {
	of := assess.Of{Cycle: s.cycle, Partner: s.city}
	begins := func(args any) { b := args.(*assess.Beginning); b.Of, b.Carry = of, carry }
	return s.bound("assess.begin", 0, begins, func(done run.Done) tea.Cmd {
		if !carry {
			s.d.SayUndo("Begun. 1 to 7 answers and moves on.")
			return nil
		}
		carried := done.Detail.(*cyber.Carried)
		s.d.SayUndo(text.Counted(len(carried.Answers), "answer waits", "answers wait") +
			" to be confirmed: Enter keeps one, a digit changes it.")
		if len(carried.New) > 0 || carried.Estimated {
			s.d.Dialogs.Push(overlay.NewMessage(s.d.Theme, "Carried forward", carried.String()))
		}
		return nil
	})
}

// wordingLimit is more than any file of the framework's publisher takes.
const wordingLimit = 20 << 20

// mayWord reports whether the user may bring in the official wording, which
// is the same for all cities.
func (s *subject) mayWord() bool {
	return s.d.Me.Identity().Rights(s.d.Kind(cyber.KindWordings)).Change == reachAll
}

// importWording asks for a file with the official questions and puts them on
// file; they are then shown first, since the review's portal asks in them.
func (s *subject) importWording() {
	if !s.mayWord() {
		s.d.Fail(failure.New(failure.Forbidden,
			"The facilitator brings in the official wording, for all cities at once; ask for it there."))
		return
	}
	words := "Which file? NIST's catalog of " + s.now.Cycle.Framework.Title() +
		" as OSCAL XML or JSON, or its spreadsheet."
	s.d.OpenFile("Official wording", words, func(name string, r io.Reader) func() tea.Cmd {
		var in assess.WordingIn
		var report framework.WordingReport
		data, err := io.ReadAll(io.LimitReader(r, wordingLimit))
		if err != nil {
			err = failure.New(failure.Unusable, "the file cannot be read; copy it again")
		} else if in.Words, report, err = paper.ReadWording(data, name); err == nil {
			in.Version = report.Version
		}
		return func() tea.Cmd {
			if err != nil {
				s.d.Fail(err)
				return nil
			}
			return s.bound("wording.import", 0, func(args any) { *args.(*assess.WordingIn) = in },
				func(done run.Done) tea.Cmd {
					s.d.Say(overlay.Done,
						fmt.Sprintf("The official wording of %s is on file: %d questions, %d of them "+
							"new or changed.",
							report.Version.Title(), report.Read, done.Detail))
					return nil
				})
		}
	})
}
