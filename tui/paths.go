package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Paths are the steps that lead from one record to the next: an idea becomes a
// program, an invited city becomes a member through its resolution, and a
// partner's page leads to its council briefing.

func ideaActions(d *app.App) page.Action {
	adopt := partnership.Acts().Named("idea.adopt")
	return page.On("m", "make a program", func(id uint64) tea.Cmd {
		return act.Do(d, act.Offer{Act: adopt, ID: id, Then: act.Opens(d, adopt)})
	}).Doing("idea.adopt")
}

func partnerActions(s *Session, list *records.Screen) []page.Action {
	return []page.Action{
		page.On("m", "membership", func(id uint64) tea.Cmd {
			return s.nextMembership(list, partnership.PartnerID(id))
		}).Doing("partner.join", "partner.admit"),
		page.On("B", "briefing", func(id uint64) tea.Cmd {
			return s.app.ShowReport("briefing", report.About{Partner: partnership.PartnerID(id)})
		}),
	}
}

// nextMembership takes a partner the next step towards membership: an invited
// one begins to join, a joining one becomes a member once its resolution has
// passed, and is asked for the resolution until then.
func (s *Session) nextMembership(list *records.Screen, id partnership.PartnerID) tea.Cmd {
	p := field.Get(s.app.View(), id)
	admit := partnership.Acts().Named("partner.admit")
	switch {
	case p == nil:
		return nil
	case p.Status == partnership.Invited:
		join := partnership.Acts().Named("partner.join")
		return act.Do(s.app, act.Offer{Act: join, ID: uint64(id), Then: func(done run.Done) tea.Cmd {
			done.Text += " Press m again to record its resolution."
			return act.Tell(s.app, join, done)
		}})
	case p.Status == partnership.Joining && p.NeedsResolution(s.app.View()):
		s.app.Say(overlay.Info, "Record the resolution that makes "+p.Name+" a member.")
		return list.AddWith(partnership.KindResolutions,
			&partnership.Resolution{Partner: id, Title: "Statement of common purpose", Status: partnership.Passed},
			fmt.Sprintf("/partners/%d", id), "number", func(uint64) tea.Cmd { return s.askMembership(id) })
	}
	return act.Do(s.app, act.Offer{Act: admit, ID: uint64(id)}) // says why not
}

// askMembership offers the last step once a resolution has passed.
func (s *Session) askMembership(id partnership.PartnerID) tea.Cmd {
	p, admit := field.Get(s.app.View(), id), partnership.Acts().Named("partner.admit")
	if p == nil || act.May(s.app, admit, uint64(id)) != nil {
		return nil
	}
	s.app.Dialogs.Push(overlay.NewConfirm(s.app.Theme, overlay.Question{Title: "Membership",
		Ask: "Is " + p.Name + " a member from now on?", Yes: "yes, a member", No: "not yet"}, func() tea.Cmd {
		return act.Do(s.app, act.Offer{Act: admit, ID: uint64(id)})
	}))
	return nil
}
