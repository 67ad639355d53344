package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber/assess"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
)

// perform has one of the acts done with the arguments that set gives, and hands
// on what came of it.
func (s *subject) perform(name string, id uint64, set func(args any), after func(run.Done, error) tea.Cmd) tea.Cmd {
	q := s.request(name, id, set)
	return act.Carry(s.d, q, after)
}

// request makes one of the acts ready to be done.
func (s *subject) request(name string, id uint64, set func(args any)) run.Request {
	a, view := s.acts.Named(name), s.d.View()
	args := a.NewArgs(run.ViewOf(view, s.d.Me.Identity(), a, s.d.Now()), view.Get(a.On, id))
	if set != nil {
		set(args)
	}
	return run.Request{Act: a, ID: id, Args: args}
}

// tell says what came of an act that others rely on, or of says when that is
// given.
func (s *subject) tell(says string) func(run.Done, error) tea.Cmd {
	return func(done run.Done, err error) tea.Cmd {
		if err != nil {
			s.d.Fail(err)
			return nil
		}
		if says == "" {
			says = done.Text
		}
		s.d.Say(overlay.Done, says)
		return nil
	}
}

// of says whose assessment the sheet is, as acts take it.
func (sh *sheet) of() assess.Of { return assess.Of{Cycle: sh.cycle.ID, Partner: sh.city.ID} }

// question names question i, as acts take it.
func (sh *sheet) question(i int) assess.Question {
	return assess.Question{Of: sh.of(), Item: string(sh.fw.Items[i].ID)}
}
