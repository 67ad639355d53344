package meeting

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// vote takes the vote on a motion: a key a partner, or one for all.
type vote struct {
	d       *app.App
	id      meeting.MotionID
	ballots []meeting.Ballot
	rows    *overlay.Rows

	called bool // the roll has been, so that it is known who is there
	needs  meeting.Threshold
}

// Vote opens the vote on a motion for the cities that are represented at its
// meeting.
func Vote(d *app.App, id meeting.MotionID) {
	m := field.Get(d.View(), id)
	if m == nil {
		return
	}
	held := field.Get(d.View(), m.Meeting)
	v := &vote{d: d, id: id, needs: m.Threshold, called: held != nil && held.RollCalled()}
	for _, p := range meeting.Voters(d.View(), held) {
		b := meeting.Ballot{Partner: p}
		if i := slices.IndexFunc(m.Votes, func(cast meeting.Ballot) bool { return cast.Partner == p }); i >= 0 {
			b.Vote = m.Votes[i].Vote
		}
		v.ballots = append(v.ballots, b)
	}
	all := func(int) (bool, tea.Cmd) {
		for i := range v.ballots {
			if v.ballots[i].Vote == "" {
				v.ballots[i].Vote = meeting.VoteYes
			}
		}
		return true, v.store()
	}
	v.rows = overlay.NewRows(d.Theme, overlay.RowsOptions{Title: "Vote", Width: 56, Leave: "no vote",
		Len:      func() int { return len(v.ballots) },
		HeadRows: 2, Head: v.drawMotion, Draw: v.drawBallot, FootRows: 2, Foot: v.drawCount,
		Keys: []overlay.RowKey{{Key: page.Bind("y", "yes"), Do: v.cast(meeting.VoteYes)},
			{Key: page.Bind("n", "no"), Do: v.cast(meeting.VoteNo)},
			{Key: page.Bind("a", "abstain"), Do: v.cast(meeting.VoteAbstain)},
			{Key: page.Bind("r", "recused"), Do: v.cast(meeting.VoteRecused)},
			{Key: page.Bind("=", "all others yes, and done"), Do: all},
			{Key: page.Bind("t", "votes needed"), Do: v.next},
			{Key: page.Key("Enter", "done", "enter"), Do: func(int) (bool, tea.Cmd) { return true, v.store() }}}})
	d.Dialogs.Push(v.rows)
}

// next turns to the next threshold.
func (v *vote) next(int) (bool, tea.Cmd) {
	all := []meeting.Threshold{meeting.Majority, meeting.TwoThirds, meeting.MajorityPresent, meeting.MajorityMembers,
		meeting.Unanimous}
	at := max(slices.Index(all, v.needs), 0) // a motion that says nothing needs a majority
	v.needs = all[(at+1)%len(all)]
	return false, nil
}

// cast notes a partner's vote and goes to the next.
func (v *vote) cast(how meeting.Vote) func(int) (bool, tea.Cmd) {
	return func(i int) (bool, tea.Cmd) {
		if i >= 0 {
			v.ballots[i].Vote = how
			v.rows.Move(1)
		}
		return false, nil
	}
}

// votes are those that have been cast.
func (v *vote) votes() []meeting.Ballot {
	return slices.DeleteFunc(slices.Clone(v.ballots), func(b meeting.Ballot) bool { return b.Vote == "" })
}

// store has the vote taken.
func (v *vote) store() tea.Cmd {
	m := field.Get(v.d.View(), v.id)
	if m == nil || len(v.votes()) == 0 {
		return nil
	}
	return act.Do(v.d, act.Offer{Act: named("meeting.vote"), ID: uint64(m.Meeting), AtOnce: true,
		Preset: func(args any) {
			*args.(*meeting.Voting) = meeting.Voting{Motion: v.id, Votes: v.votes(), Needs: v.needs}
		}})
}

// drawMotion shows the motion and what it needs.
func (v *vote) drawMotion(f *frame.Frame, r frame.Rect) {
	m := field.Get(v.d.View(), v.id)
	if m == nil {
		return
	}
	f.At(r.X, r.Y)
	f.Text(v.d.Theme.Strong, m.Text, r.W)
	var notes []string
	if v.needs != "" && v.needs != meeting.Majority {
		notes = append(notes, "Needs: "+meeting.ThresholdWords(v.needs))
	}
	if !v.called {
		notes = append(notes, "the roll is not called")
	}
	f.At(r.X, r.Y+1)
	f.Text(v.d.Theme.Dim, text.Capital(strings.Join(notes, "; ")), r.W)
}

func (v *vote) drawBallot(f *frame.Frame, r frame.Rect, i int, current bool) {
	b, ink := v.ballots[i], v.d.Theme.Text
	if current {
		ink = v.d.Theme.Selected
	}
	word := string(b.Vote)
	if word == "" {
		word = "·"
	}
	f.At(r.X, r.Y)
	f.Text(ink, " "+v.d.Env().Label(partnership.KindPartners, uint64(b.Partner)), r.W-12)
	f.Text(ink, word, 12)
}

// drawCount says how the vote goes so far.
func (v *vote) drawCount(f *frame.Frame, r frame.Rect) {
	m, line := field.Get(v.d.View(), v.id), "No vote yet."
	if m == nil {
		return
	}
	if sofar := m.Voted(v.d.View(), v.votes(), v.needs); len(sofar.Votes) > 0 {
		line = meeting.VoteText(v.d.Env(), sofar)
		if o := sofar.Counted(); o != "" {
			line += ": " + string(o)
		}
	}
	f.At(r.X, r.Bottom()-1)
	f.Text(v.d.Theme.Dim, line, r.W)
}
