package meeting

import (
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// captured writes a note, decision, motion or action as a line.
func captured(env *field.Env, rec any) (Sort, string) {
	switch v := rec.(type) {
	case *Note:
		return Said, v.Text
	case *Decision:
		return Decided, "Decided: " + v.Text
	case *Motion:
		return Moved, MotionText(env, v)
	case *Action:
		return Undertaken, "Action: " + ActionText(env, v)
	}
	return Work, ""
}

// Nobody stands for the owner of an action that nobody has taken on.
const Nobody = "nobody yet"

// ActionText says who does what by when.
func ActionText(env *field.Env, a *Action) string {
	who := Nobody
	if a.Who != 0 {
		who = env.Label(partnership.KindPeople, uint64(a.Who))
	}
	text := who + ": " + a.What
	if a.Due.Set {
		text += ", by " + a.Due.V.Long()
	}
	return text
}

// MotionText says who moved what and how the vote went.
func MotionText(env *field.Env, m *Motion) string {
	text := "Motion: " + m.Text
	var by []string
	if m.Mover != 0 {
		by = append(by, "moved by "+env.Label(partnership.KindPeople, uint64(m.Mover)))
	}
	if m.Seconder != 0 {
		by = append(by, "seconded by "+env.Label(partnership.KindPeople, uint64(m.Seconder)))
	}
	switch {
	case m.Mover != 0 && m.Seconder == 0:
		by = append(by, "not seconded")
	case m.Mover == 0 && m.Seconder == 0:
		by = append(by, "mover and seconder not recorded")
	}
	text += " (" + strings.Join(by, ", ") + ")"
	if len(m.Votes) > 0 {
		text += ". " + VoteText(env, m)
	}
	switch m.Outcome {
	case "":
		if len(m.Votes) == 0 {
			text += ". No vote was taken"
		}
	default:
		text += ". " + strings.ToUpper(string(m.Outcome[:1])) + string(m.Outcome[1:])
	}
	return text + needed(m)
}

// needed says what a motion needed where that is not a mere majority of the
// votes.
func needed(m *Motion) string {
	if m.Threshold == "" || m.Threshold == Majority {
		return ""
	}
	return " (needed: " + ThresholdWords(m.Threshold) + ")"
}

// VoteText gives the count and names those who did not vote yes.
func VoteText(env *field.Env, m *Motion) string {
	yes, no, _, _ := m.Count()
	text := strconv.Itoa(yes) + " yes, " + strconv.Itoa(no) + " no"
	for _, v := range []struct {
		vote Vote
		word string
	}{{VoteNo, "no"}, {VoteAbstain, "abstaining"}, {VoteRecused, "recused"}} {
		var names []string
		for _, b := range m.Votes {
			if b.Vote == v.vote {
				names = append(names, env.Label(partnership.KindPartners, uint64(b.Partner)))
			}
		}
		if len(names) > 0 {
			text += "; " + v.word + ": " + strings.Join(names, ", ")
		}
	}
	return text
}
