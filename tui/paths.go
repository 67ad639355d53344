package tui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// Paths are the steps that lead from one record to the next: an idea becomes a
// program, an invited city becomes a member through its resolution, and a
// partner's page leads to its council briefing.

func ideaActions() []records.Action {
	return []records.Action{{
		Key: key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "make a program")),
		Run: func(d *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
			var program partnership.ProgramID
			return d.Do("make a program of an idea", func(tx *store.Tx) (err error) {
				program, err = adopt(tx, partnership.IdeaID(id))
				return err
			}, func(_ store.Result, err error) tea.Cmd {
				if err != nil {
					d.Fail(err)
					return nil
				}
				d.SayUndo("The idea is now a program.")
				return d.Open(desk.Place{Kind: "programs", ID: uint64(program)})
			})
		},
	}}
}

// adopt makes a program of an idea: the program takes the idea's title and
// detail, and the idea, now under study, points to it.
func adopt(tx *store.Tx, id partnership.IdeaID) (partnership.ProgramID, error) {
	idea := field.Get(tx, id)
	if idea == nil {
		return 0, failure.New(failure.NotFound, "the idea is no longer there")
	}
	if idea.Program != 0 {
		return 0, failure.New(failure.Invalid, "this idea has become a program already")
	}
	program := &partnership.Program{Name: idea.Title, Status: partnership.ProgramIdea, Note: idea.Detail}
	pid, err := store.Put(tx, program)
	if err != nil {
		return 0, err
	}
	changed := *idea
	changed.Program, changed.Status = pid, partnership.IdeaStudied
	_, err = store.Put(tx, &changed)
	return pid, err
}

func partnerActions(s *Session) []records.Action {
	return []records.Action{
		{
			Key: key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "membership")),
			Run: func(_ *desk.Desk, list *records.Screen, id uint64) tea.Cmd {
				return s.nextMembership(list, partnership.PartnerID(id))
			},
		},
		{
			Key: key.NewBinding(key.WithKeys("B"), key.WithHelp("B", "briefing")),
			Run: func(_ *desk.Desk, _ *records.Screen, id uint64) tea.Cmd {
				return s.desk.ShowReport("briefing", report.About{Partner: partnership.PartnerID(id)})
			},
		},
	}
}

// nextMembership takes a partner the next step towards membership: an invited
// one begins to join, a joining one becomes a member once its resolution has
// passed, and is asked for the resolution until then.
func (s *Session) nextMembership(list *records.Screen, id partnership.PartnerID) tea.Cmd {
	p := field.Get(s.desk.View(), id)
	if p == nil {
		return nil
	}
	switch {
	case p.Status == partnership.Invited:
		return s.setMembership(*p, partnership.Joining, p.Name+" is joining. Press m again to record its resolution.")
	case p.Status == partnership.Joining && (!p.Governs() || s.hasPassed(id)):
		return s.setMembership(*p, partnership.Member, p.Name+" is a member.")
	case p.Status == partnership.Joining:
		s.desk.Say(overlay.Info, "Record the resolution that makes "+p.Name+" a member.")
		return list.AddWith("resolutions", &partnership.Resolution{Partner: id, Title: "Statement of common purpose", Status: partnership.Passed},
			fmt.Sprintf("/partners/%d", id), "number", func(uint64) tea.Cmd { return s.askMembership(id) })
	}
	s.desk.Say(overlay.Info, p.Name+" is "+string(p.Status)+"; edit the status with e.")
	return nil
}

// askMembership offers the last step once a resolution has passed.
func (s *Session) askMembership(id partnership.PartnerID) tea.Cmd {
	p := field.Get(s.desk.View(), id)
	if p == nil || !s.hasPassed(id) {
		return nil
	}
	s.desk.Dialogs.Push(overlay.NewConfirm(s.desk.Theme, overlay.Question{Title: "Membership",
		Ask: "Is " + p.Name + " a member from now on?", Yes: "yes, a member", No: "not yet"}, func() tea.Cmd {
		return s.setMembership(*p, partnership.Member, p.Name+" is a member.")
	}))
	return nil
}

func (s *Session) hasPassed(id partnership.PartnerID) bool {
	for r := range field.Of[partnership.Resolution](s.desk.View(), "partner", id) {
		if r.Status == partnership.Passed {
			return true
		}
	}
	return false
}

// setMembership changes the status of a partner as it is by then, and refuses
// when somebody else has changed it meanwhile.
func (s *Session) setMembership(p partnership.Partner, status partnership.PartnerStatus, says string) tea.Cmd {
	year := s.desk.Today().Year()
	return s.desk.Do("membership of "+p.Name, func(tx *store.Tx) error {
		now := field.Get(tx, p.ID)
		switch {
		case now == nil:
			return failure.New(failure.NotFound, p.Name+" is no longer there")
		case now.Status != p.Status:
			return failure.New(failure.Conflict, p.Name+" is "+string(now.Status)+" by now")
		}
		fresh := *now
		fresh.Status = status
		if status == partnership.Member && fresh.Since == 0 {
			fresh.Since = year
		}
		_, err := store.Put(tx, &fresh)
		return err
	}, func(_ store.Result, err error) tea.Cmd {
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		s.desk.SayUndo(says)
		return nil
	})
}
