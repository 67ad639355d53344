package report

import (
	"slices"
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/value"
)

// forAgenda lists what is due in every tab as far as an agenda may hold it. An
// agenda goes to everyone, whatever its maker may see: of self-assessments it
// tells how many answers are missing, and neither what was answered nor what
// was said about it.
func forAgenda(r field.Reader, now value.Wall) []Line {
	var out []Line
	for _, c := range []Contributor{Partners, Programs, Agreements, Shadowing, Equipment, commitments, unanswered, Meetings} {
		out = append(out, c(r, now).Attention...)
	}
	slices.SortStableFunc(out, orderLines)
	return out
}

// unanswered tells of open cycles how many answers are missing.
func unanswered(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabCyber)
	for c := range field.All[cyber.Cycle](r) {
		if !cycleOpen(c, g.today) {
			continue
		}
		given := answersGiven(r, c.ID)
		for _, a := range given {
			g.answersLeft(c, a)
		}
		if len(given) == 0 {
			g.cycleLine(c)
		}
	}
	return g.contribution()
}

// commitmentDays is how long before it is needed a purchase is brought up.
const commitmentDays = 180

// commitments tells of joint purchases for which agencies have only estimated a
// quantity, and of needs that nobody buys for yet.
func commitments(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabEquipment)
	bought := map[field.ID[buying.Need]]bool{}
	for s := range field.All[buying.Solicitation](r) {
		if !s.Live() {
			continue
		}
		for _, n := range s.Needs {
			bought[n] = true
		}
		waiting := 0
		for _, p := range s.Participants {
			if !p.Committed {
				waiting++
			}
		}
		if waiting > 0 && !s.Open() {
			g.line(buying.KindSolicitations, uint64(s.ID), Waiting, value.Opt[value.Day]{}, func() string {
				return quoted(s.Title) + ": " + count(waiting, "agency has", "agencies have") + " not committed to a quantity"
			})
		}
	}
	for n := range field.All[buying.Need](r) {
		if bought[n.ID] || n.State != buying.NeedOpen || !n.NeededBy.Set || n.NeededBy.V > g.today+commitmentDays {
			continue
		}
		g.line(buying.KindNeeds, uint64(n.ID), Waiting, n.NeededBy, func() string {
			text := partnerName(r, n.Partner) + " needs "
			if n.Quantity.Set {
				text += strconv.FormatInt(n.Quantity.V, 10) + " " + n.Unit + " of "
			}
			return text + n.Item + " by " + when(g.today, n.NeededBy.V) + "; who buys with it?"
		})
	}
	return g.contribution()
}
