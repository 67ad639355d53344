package meeting

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
)

// vote takes the vote on a motion: a key a partner, or one for all.
type vote struct {
	d       *app.App
	id      meeting.MotionID
	ballots []meeting.Ballot
	at      int

	called bool // the roll has been, so that it is known who is there
	needs  meeting.Threshold

	yes, no, abstain, recused, all, need, save, leave, up, down key.Binding
}

// Vote opens the vote on a motion for the cities that are represented at its
// meeting.
func Vote(d *app.App, id meeting.MotionID) {
	m := field.Get(d.View(), id)
	if m == nil {
		return
	}
	b := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	v := &vote{d: d, id: id, yes: b("y", "yes", "y"), no: b("n", "no", "n"), abstain: b("a", "abstain", "a"),
		recused: b("r", "recused", "r"), all: b("=", "all others yes, and done", "="), save: b("Enter", "done", "enter"),
		need: b("t", "votes needed", "t"), needs: m.Threshold,
		leave: b("Esc", "no vote", "esc"), up: b("↑", "up", "up", "k"), down: b("↓", "down", "down", "j")}
	cast := map[partnership.PartnerID]meeting.Vote{}
	for _, ballot := range m.Votes {
		cast[ballot.Partner] = ballot.Vote
	}
	held := field.Get(d.View(), m.Meeting)
	v.called = held != nil && held.RollCalled()
	for _, p := range meeting.Voters(d.View(), held) {
		v.ballots = append(v.ballots, meeting.Ballot{Partner: p, Vote: cast[p]})
	}
	d.Dialogs.Push(v)
}

// next turns to the next threshold.
func (v *vote) next() {
	all := []meeting.Threshold{meeting.Majority, meeting.TwoThirds, meeting.MajorityPresent, meeting.MajorityMembers, meeting.Unanimous}
	at := max(slices.Index(all, v.needs), 0) // a motion that says nothing needs a majority
	v.needs = all[(at+1)%len(all)]
}

// Title names the dialog.
func (v *vote) Title() string { return "Vote" }

// Help lists the keys.
func (v *vote) Help() []key.Binding {
	return []key.Binding{v.yes, v.no, v.abstain, v.recused, v.all, v.need, v.save, v.leave, v.up, v.down}
}

// voteWidth is how wide the vote is where there is room.
const voteWidth = 56

// Size asks for the motion, a line a partner and the outcome.
func (v *vote) Size(room frame.Rect) (w, h int) {
	return min(room.W, voteWidth), min(room.H, len(v.ballots)+4)
}

// Update takes a vote and goes to the next partner.
func (v *vote) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch {
	case key.Matches(press, v.yes):
		v.cast(meeting.VoteYes)
	case key.Matches(press, v.no):
		v.cast(meeting.VoteNo)
	case key.Matches(press, v.abstain):
		v.cast(meeting.VoteAbstain)
	case key.Matches(press, v.recused):
		v.cast(meeting.VoteRecused)
	case key.Matches(press, v.need):
		v.next()
	case key.Matches(press, v.up):
		v.at = max(v.at-1, 0)
	case key.Matches(press, v.down):
		v.at = min(v.at+1, max(len(v.ballots)-1, 0))
	case key.Matches(press, v.all):
		for i := range v.ballots {
			if v.ballots[i].Vote == "" {
				v.ballots[i].Vote = meeting.VoteYes
			}
		}
		return true, v.store()
	case key.Matches(press, v.save):
		return true, v.store()
	case key.Matches(press, v.leave):
		return true, nil
	}
	return false, nil
}

// cast notes a partner's vote.
func (v *vote) cast(how meeting.Vote) {
	if v.at < len(v.ballots) {
		v.ballots[v.at].Vote = how
		v.at = min(v.at+1, len(v.ballots)-1)
	}
}

// votes are those that have been cast.
func (v *vote) votes() []meeting.Ballot {
	var out []meeting.Ballot
	for _, b := range v.ballots {
		if b.Vote != "" {
			out = append(out, b)
		}
	}
	return out
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

// Draw shows the motion, the partners and the count so far.
func (v *vote) Draw(f *frame.Frame, r frame.Rect) {
	t := v.d.Theme
	m := field.Get(v.d.View(), v.id)
	if m == nil {
		return
	}
	f.At(r.X, r.Y)
	f.Text(t.Strong, m.Text, r.W)
	for i, b := range v.ballots {
		y := r.Y + 2 + i
		if y >= r.Bottom()-1 {
			break
		}
		ink := t.Text
		if i == v.at {
			ink = t.Selected
			f.Cursor(r.X, y)
		}
		word := string(b.Vote)
		if word == "" {
			word = "·"
		}
		f.At(r.X, y)
		f.Text(ink, " "+v.d.Env().Label(partnership.KindPartners, uint64(b.Partner)), r.W-12)
		f.Text(ink, word, 12)
	}
	sofar := m.Voted(v.d.View(), v.votes(), v.needs)
	line := "No vote yet."
	if len(sofar.Votes) > 0 {
		line = meeting.VoteText(v.d.Env(), sofar)
		if o := sofar.Counted(); o != "" {
			line += ": " + string(o)
		}
	}
	f.At(r.X, r.Bottom()-1)
	f.Text(t.Dim, line, r.W)
	var notes []string
	if v.needs != "" && v.needs != meeting.Majority {
		notes = append(notes, "Needs: "+meeting.ThresholdWords(v.needs))
	}
	if !v.called {
		notes = append(notes, "the roll is not called")
	}
	f.At(r.X, r.Y+1)
	f.Text(t.Dim, text.Capital(strings.Join(notes, "; ")), r.W)
}
