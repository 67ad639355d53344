package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Insert puts the pages of the tab in front of its lists.
func Insert(d *app.App, screen *records.Screen) *records.Screen {
	s := newSubject(d, screen)
	views := []records.View{newAnswering(s), newHeat(s), newScores(s), newPlan(s), newJoint(s), newSharing(s)}
	for i, v := range views {
		screen.Insert(i, v)
	}
	for _, kind := range []string{"assessments", "answers"} {
		screen.Offer(kind, page.On("w", "answer, or read the sheet", func(id uint64) tea.Cmd {
			return d.Open(app.Route{View: "cyber-answer", Kind: kind, ID: id})
		}))
	}
	return screen.Cover(func() string {
		if !s.projected {
			return ""
		}
		return "Hidden while this is projected: < leads to the pages, where P shows it again."
	})
}

// sheetPage is a page about the subject's sheet. It takes the sheet up when it
// has changed and somebody looks, and is in a scope of its own without one.
type sheetPage struct {
	*page.Page
	s     *subject
	taken taken
	take  func(sh *sheet, other bool)                   // works out what it shows; other: of another sheet than before
	paint func(f *frame.Frame, r frame.Rect, sh *sheet) // draws it
}

// taken is what a page was worked out from.
type taken struct {
	of        string
	rev       uint64
	rollUp    cyber.RollUp
	projected bool
}

// begin makes the kit's page of p.
func (p *sheetPage) begin(s *subject, id, heading, help string) {
	p.s = s
	p.Page = page.New(page.Options{App: s.d, Host: s.screen, ID: "cyber-" + id, Heading: heading, Help: help})
	p.Scope = func() *page.Scope {
		if p.sheet() == nil {
			return s.empty()
		}
		return nil
	}
}

// empty is the scope of a page that has no sheet.
func (s *subject) empty() *page.Scope {
	list := s.actions()
	return &page.Scope{Alone: true, Actions: []page.Action{list[4], list[0]}}
}

// sheet takes up what has changed and gives the sheet; nil when there is none.
func (p *sheetPage) sheet() *sheet {
	sh := p.s.sheet()
	if sh == nil {
		p.taken = taken{}
		return nil
	}
	now := taken{sh.key(), p.s.rev, p.s.rollUp, p.s.projected}
	if now != p.taken {
		other := now.of != p.taken.of
		p.taken = now
		p.take(sh, other)
	}
	return sh
}

// Draw draws the page, or how a sheet begins.
func (p *sheetPage) Draw(f *frame.Frame, r frame.Rect) {
	if sh := p.sheet(); sh != nil {
		p.paint(f, r.Inset(1, 0), sh)
		return
	}
	p.Empty, p.Example = p.s.emptyWords(), p.s.example()
	p.Show(page.Content{})
	p.Page.Draw(f, r)
}

// Refresh implements app.Screen.
func (p *sheetPage) Refresh() tea.Cmd {
	p.s.renewed()
	return nil
}

// Visit shows the sheet that a route names.
func (p *sheetPage) Visit(to app.Route) tea.Cmd {
	p.s.visit(to)
	return nil
}

// bound has one of the acts done with the arguments that set gives; then runs
// after it, or what came of it is said.
func (s *subject) bound(name string, id uint64, set func(args any), then func(run.Done) tea.Cmd) tea.Cmd {
	return act.Do(s.d, act.Offer{Act: s.acts.Named(name), ID: id, Preset: set, Ask: []string{}, Then: then,
		Fails: func(err error) tea.Cmd { s.d.Fail(err); return nil }})
}

// request makes an act that stands alone ready to be done.
func (s *subject) request(name string, set func(args any)) run.Request {
	a := s.acts.Named(name)
	args := a.NewArgs(run.ViewOf(s.d.View(), s.d.Me.Identity(), a, s.d.Now()), nil)
	set(args)
	return run.Request{Act: a, Args: args}
}

// saying gives what says something else of an act than it says itself.
func (s *subject) saying(words string) func(run.Done) tea.Cmd {
	return func(run.Done) tea.Cmd { s.d.Say(overlay.Done, words); return nil }
}

// of says whose assessment the sheet is, as acts take it.
func (sh *sheet) of() assess.Of { return assess.Of{Cycle: sh.Cycle.ID, Partner: sh.City.ID} }

// question names question i, as acts take it.
func (sh *sheet) question(i int) assess.Question {
	return assess.Question{Of: sh.of(), Item: string(sh.Framework.Items[i].ID)}
}

// line asks about question i; what is typed is kept under what it is.
func (sh *sheet) line(i int, what, words, value string, then func(string) tea.Cmd) act.Line {
	return act.Line{Title: string(sh.Framework.Items[i].ID), Words: words, Value: value, Draft: sh.draftKey(i, what),
		Accept: then}
}
