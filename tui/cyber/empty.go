package cyber

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// placed is where a link leads.
type placed = app.Route

// drawEmpty shows what a sheet looks like and which key begins one.
func (s *subject) drawEmpty(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	says, key, does := s.emptyWords()
	_, r = r.SplitTop(1)
	_, r = r.SplitTop(paragraph(f, r, t.Text, says, 4))
	if key != "" {
		f.At(r.X, r.Y)
		f.Put(t.Key, key)
		f.Put(t.KeyHelp, " "+does)
	}
	_, r = r.SplitTop(2)
	fw := s.frames[framework.CSF20]
	it := fw.Items[0]
	f.At(r.X, r.Y)
	f.Text(t.Ghost, "e.g. "+string(it.ID)+"  1 of 106", r.W)
	_, r = r.SplitTop(1)
	_, r = r.SplitTop(paragraph(f, r, t.Ghost, it.Question, 3))
	for i, c := range s.choices {
		if row := r.Row(i); !row.Empty() {
			f.At(row.X, row.Y)
			f.Text(t.Ghost, "  "+c.Keys, 6)
			f.Text(t.Ghost, c.Label, r.W-6)
		}
	}
}

// emptyWords says why there is nothing to answer, and the key that changes it.
func (s *subject) emptyWords() (says, key, does string) {
	switch s.lack {
	case lackRights:
		return "A city's answers are its own. As " + string(s.d.Me.Identity().Role) +
			" you see what the cities have consented to share, under Sharing; ask your city's assessor for more.", "", ""
	case lackCycle:
		return "No self-assessment cycle is on file. A cycle says which year is assessed, by which version of the framework and until when.",
			"a", "adds this year's cycle"
	case lackFramework:
		return "The cycle names no version of the framework that is built in; set it to CSF 2.0 or CSF 1.1 under Cycles.", "w", "chooses another city or year"
	case lackCity:
		return "No city is on file that could assess itself. Add it under Partners first.", "", ""
	}
	c, p := field.Get(s.d.View(), s.cycle), field.Get(s.d.View(), s.city)
	return p.Name + " has not begun its self-assessment for " + strconv.Itoa(c.Year) + ".", "a",
		"begins it, with last year's answers to confirm or with an empty sheet;  w  chooses another city or year"
}

// begin adds what is missing: the cycle, or the city's assessment in it.
func (s *subject) begin() tea.Cmd {
	s.sheet()
	switch s.lack {
	case lackRights, lackCity, lackFramework:
		says, _, _ := s.emptyWords()
		s.d.Fail(failure.New(failure.Forbidden, says))
		return nil
	case lackCycle:
		return s.addCycle()
	case lackNothing:
		s.d.Say(overlay.Info, "This one has begun; w begins another city's or year's.")
		return nil
	}
	earlier := s.yearsOf(s.city)
	if len(earlier) == 0 {
		return s.start(false)
	}
	last := strconv.Itoa(earlier[len(earlier)-1].Cycle.Year)
	items := []overlay.Item{
		{ID: "carry", Title: "With the answers of " + last + " to confirm", Note: "none counts until confirmed"},
		{ID: "empty", Title: "With an empty sheet", Note: "last year's answers are shown beside"},
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: "Begin the self-assessment", Verb: "begin", Width: 72,
		Search: overlay.List(items), Choose: func(it overlay.Item) tea.Cmd { return s.start(it.ID == "carry") }}))
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
	begins := func(args any) {
		b := args.(*assess.Beginning)
		b.Of, b.Carry = assess.Of{Cycle: s.cycle, Partner: s.city}, carry
	}
	return s.perform("assess.begin", 0, begins, func(done run.Done, err error) tea.Cmd {
		switch {
		case err != nil:
			s.d.Fail(err)
		case carry:
			carried := done.Detail.(*cyber.Carried)
			s.d.SayUndo(count(len(carried.Answers), "answer waits", "answers wait") + " to be confirmed: Enter keeps one, a digit changes it.")
			if len(carried.New) > 0 || carried.Estimated {
				s.d.Dialogs.Push(overlay.NewMessage(s.d.Theme, "Carried forward", carried.String()))
			}
		default:
			s.d.SayUndo("Begun. 1 to 7 answers and moves on.")
		}
		return nil
	})
}

func digits(n int) string { return strconv.Itoa(n) }
