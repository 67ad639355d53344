package meeting

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// RollCall is who came. The attendance is the roll as it is to stand; empty, it
// stays as it is but for the names in the other lists.
type RollCall struct {
	Attendance            []Attendee
	Absent, Excused, Also []string
}

func rollAct() *field.Act {
	return onMeeting[RollCall]{Name: "meeting.roll", Title: "Roll call", Words: []string{"attendance"},
		Help: "Notes who came: everybody on the roll is present but those named as absent or excused. A part " +
			"of a name is enough.",
		Args: []field.Field[RollCall]{
			field.Texts(1, "absent", "Absent", func(a *RollCall) *[]string { return &a.Absent }).
				Help("Who did not come, with semicolons between the names."),
			field.Texts(2, "excused", "Excused", func(a *RollCall) *[]string { return &a.Excused }).
				Help("Who sent an excuse."),
			field.Texts(3, "also", "Also here", func(a *RollCall) *[]string { return &a.Also }).
				Help("Who else is here: a part of a name finds a person on record; anybody else is noted as a guest."),
			field.Rows(4, "attendance", "Attendance", func(a *RollCall) *[]Attendee { return &a.Attendance },
				attendeeFields()).
				HiddenByDefault().Help("The roll, line by line."),
		},
		Default: atHand, Within: during, May: mayCallRoll,
		Fill:    func(v field.Viewpoint, m *Meeting, a *RollCall) { a.Attendance = RollToCall(v, m) },
		History: func(field.Viewpoint, *Meeting, *RollCall) string { return "roll call" },
		Do: func(w field.Writer, m *Meeting, a *RollCall, _ any) (field.Result, error) {
			called := *m
			var err error
			if called.Attendance, err = a.called(field.NewEnv(w, w.Now().Day()), m); err != nil {
				return field.Result{}, err
			}
			_, err = field.Put(w, &called)
			return field.Done("The roll is called."), err
		}}.Act()
}

func mayCallRoll(_ field.Viewpoint, m *Meeting) error {
	return failure.If(m.Over(), failure.Conflict, "the meeting is not open any more; who came is in its minutes")
}

// RollToCall is the roll before it is called: those on it, or else those
// expected, are present until somebody says otherwise.
func RollToCall(r field.Reader, m *Meeting) []Attendee {
	list := slices.Clone(m.Attendance)
	if len(list) == 0 {
		list = Expected(r, m)
	}
	for i := range list {
		if list[i].Presence == NotCalled {
			list[i].Presence = Present
		}
	}
	return list
}

// called is the roll after it was called.
func (c *RollCall) called(env *field.Env, m *Meeting) ([]Attendee, error) {
	list := slices.Clone(c.Attendance)
	if len(list) == 0 {
		list = slices.Clone(m.Attendance)
	}
	for _, name := range c.Also {
		a := Attendee{Guest: name, Presence: Present}
		if person, ok := PersonNamed(env, name); ok {
			a = Attendee{Person: person, Partner: field.Get(env.Reader, person).Partner, Presence: Present}
		}
		list = append(list, a)
	}
	for _, name := range slices.Concat(c.Absent, c.Excused) {
		i, err := onRoll(env, list, name)
		if err != nil {
			return nil, err
		}
		list[i].Presence = Absent
		if slices.Contains(c.Excused, name) {
			list[i].Presence = Excused
		}
	}
	return list, nil
}

// onRoll finds somebody on the roll by a part of the name, or by the partner they
// stand for.
func onRoll(env *field.Env, list []Attendee, name string) (int, error) {
	person, _ := PersonNamed(env, name)
	for i, a := range list {
		called := a.Guest
		if a.Guest == "" && a.Person == 0 {
			called = env.Label(partnership.KindPartners, uint64(a.Partner))
		}
		if a.Person != 0 && a.Person == person || called != "" && field.FoldName(called) == field.FoldName(name) {
			return i, nil
		}
	}
	return 0, failure.New(failure.NotFound, "nobody on the roll is called "+strconv.Quote(name)+
		"; write more of the name")
}

// Voting is how the partners vote on a motion: ballot by ballot, or by lists.
type Voting struct {
	Motion                    MotionID
	Votes                     []Ballot
	Yes, No, Abstain, Recused []partnership.PartnerID
	All                       bool
	Needs                     Threshold
}

func votingFields() []field.Field[Voting] {
	cast := func(tag int, name, title, help string, lens func(*Voting) *[]partnership.PartnerID) field.Field[Voting] {
		return field.Refs(tag, name, title, lens).Help(help)
	}
	return []field.Field[Voting]{
		field.Ref(1, "motion", "Motion", func(a *Voting) *MotionID { return &a.Motion }).Required().
			Help("If not given, the latest on which there has been no vote."),
		cast(2, "yes", "Yes", "Partners that vote yes, with semicolons between them.",
			func(a *Voting) *[]partnership.PartnerID { return &a.Yes }),
		cast(3, "no", "No", "Partners that vote no.", func(a *Voting) *[]partnership.PartnerID { return &a.No }),
		cast(4, "abstain", "Abstain", "Partners that abstain.",
			func(a *Voting) *[]partnership.PartnerID { return &a.Abstain }),
		cast(5, "recused", "Recused", "Partners that are recused.",
			func(a *Voting) *[]partnership.PartnerID { return &a.Recused }),
		field.Bool(6, "all", "All others", func(a *Voting) *bool { return &a.All }).Help("All others vote yes."),
		field.Word(7, "needs", "Needs", func(a *Voting) *Threshold { return &a.Needs }, thresholds()...).
			Help("What the motion needs to carry."),
		field.Rows(8, "votes", "Votes", func(a *Voting) *[]Ballot { return &a.Votes }, ballotFields()).
			HiddenByDefault().
			Help("The votes, partner by partner."),
	}
}

func voteAct() *field.Act {
	return onMeeting[Voting]{Name: "meeting.vote", Title: "Vote", Args: votingFields(),
		Words: []string{"take the vote"},
		Help: "Takes the vote on a motion, one vote a partner, and says what it makes of the motion. Those " +
			"vote that are represented and have a governing body; where the roll was not called, every partner " +
			"that has one.",
		Default: underWay, Within: during, May: mayWhileOpen,
		Fill: func(v field.Viewpoint, m *Meeting, a *Voting) {
			for motion := range field.Of[Motion](v, "meeting", m.ID) {
				if motion.Outcome == "" && len(motion.Votes) == 0 {
					a.Motion, a.Needs = motion.ID, motion.Threshold
				}
			}
		},
		History: func(field.Viewpoint, *Meeting, *Voting) string { return "vote" },
		Do: func(w field.Writer, m *Meeting, a *Voting, _ any) (field.Result, error) {
			motion := field.Get(w, a.Motion)
			if motion == nil || motion.Meeting != m.ID {
				return field.Result{}, failure.New(failure.NotFound, "the motion is no longer there")
			}
			votes, err := a.cast(w, m)
			if err != nil {
				return field.Result{}, err
			}
			fresh := motion.Voted(w, votes, a.Needs)
			said := "The vote is recorded; nobody voted yes or no."
			if fresh.Outcome != "" {
				said = "The motion " + string(fresh.Outcome) + "."
			}
			_, err = field.Put(w, fresh)
			return field.Result{Text: said, Kind: "motions", ID: uint64(motion.ID)}, err
		}}.Act()
}

// cast gives the votes in the order of those who may vote.
func (a *Voting) cast(r field.Reader, m *Meeting) ([]Ballot, error) {
	ballots := slices.Clone(a.Votes)
	for _, list := range []struct {
		vote     Vote
		partners []partnership.PartnerID
	}{{VoteYes, a.Yes}, {VoteNo, a.No}, {VoteAbstain, a.Abstain}, {VoteRecused, a.Recused}} {
		for _, p := range list.partners {
			ballots = append(ballots, Ballot{Partner: p, Vote: list.vote})
		}
	}
	voters, how := Voters(r, m), map[partnership.PartnerID]Vote{}
	for _, b := range ballots {
		name := field.NewEnv(r, 0).Label(partnership.KindPartners, uint64(b.Partner))
		switch {
		case how[b.Partner] != "":
			return nil, failure.New(failure.Invalid, "a partner votes once; "+name+" is named twice")
		case !slices.Contains(voters, b.Partner):
			return nil, failure.New(failure.Invalid, name+" has no vote here: it is not represented, or has no "+
				"governing body")
		}
		how[b.Partner] = b.Vote
	}
	var out []Ballot
	for _, p := range voters {
		vote := how[p]
		if vote == "" && a.All {
			vote = VoteYes
		}
		if vote != "" {
			out = append(out, Ballot{Partner: p, Vote: vote})
		}
	}
	if len(out) == 0 {
		return nil, failure.New(failure.Invalid,
			"nobody has voted; say who votes yes and no, or that all others vote yes")
	}
	return out, nil
}

// Voted is the motion with votes on it, and what they make of it.
func (m *Motion) Voted(r field.Reader, votes []Ballot, needs Threshold) *Motion {
	out := *m
	held := field.Get(r, m.Meeting)
	out.Votes, out.Threshold = votes, needs
	out.Present, out.Members = value.Opt[int64]{}, value.Some(int64(len(Members(r))))
	if held != nil && held.RollCalled() {
		out.Present = value.Some(int64(len(Voters(r, held))))
	}
	out.Outcome = out.Counted()
	return &out
}

// Voters lists the partners that may vote: those represented that have a
// governing body; when no roll was taken, every such partner.
func Voters(r field.Reader, m *Meeting) []partnership.PartnerID {
	var out []partnership.PartnerID
	if m != nil {
		for _, id := range m.Represented() {
			if p := field.Get(r, id); p != nil && p.Governs() {
				out = append(out, id)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return Members(r)
}

// Members lists the partners that have a vote, whether they are there or not.
func Members(r field.Reader) []partnership.PartnerID {
	var out []partnership.PartnerID
	for p := range field.All[partnership.Partner](r) {
		if p.Governs() && p.Active() {
			out = append(out, p.ID)
		}
	}
	return out
}
