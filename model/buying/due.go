package buying

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// How many days before its day something is told of.
const (
	needAhead     = 180 // a purchase that others may want to join
	contractAhead = 90  // the end of a contract
)

// dueNeed tells of a need that nobody buys for yet.
func dueNeed(v field.Viewpoint, n *Need, yield func(field.Due)) {
	today := v.Now.Day()
	if n.State != NeedOpen || !n.NeededBy.Set || n.NeededBy.V > today+needAhead || n.bought(v) {
		return
	}
	yield(field.Due{On: n.NeededBy, Urgency: field.Waiting, Line: func() string {
		said := partnership.PartnerName(v, n.Partner) + " needs "
		if n.Quantity.Set {
			said += strconv.FormatInt(n.Quantity.V, 10) + " " + n.Unit + " of "
		}
		return said + n.Item + " by " + n.NeededBy.V.When(today) + "; who buys with it?"
	}})
}

// bought reports whether a solicitation buys for the need.
func (v *Need) bought(r field.Reader) bool {
	for s := range field.Of[Solicitation](r, "needs", v.ID) {
		if s.Live() {
			return true
		}
	}
	return false
}

// dueOpportunity tells of the next step of an opportunity.
func dueOpportunity(v field.Viewpoint, o *Opportunity, yield func(field.Due)) {
	if d, ok := o.Next.ComesDue(v, o.Title); ok && o.Verdict != "drop" {
		yield(d)
	}
}

// dueSolicitation tells of quantities that are only estimated, of the opening of
// bids, of bids that wait for an award and of the end of the contract.
func dueSolicitation(v field.Viewpoint, s *Solicitation, yield func(field.Due)) {
	if s.Live() && !s.Open() {
		if waiting := s.uncommitted(); len(waiting) > 0 {
			yield(field.Due{Urgency: field.Waiting, For: waiting, Line: func() string {
				return text.Quoted(s.Title) + ": " + text.Counted(len(waiting), "agency has", "agencies have") +
					" not committed to a quantity"
			}})
		}
	}
	if s.Due.Set {
		due := value.Some(s.Due.V.Day())
		if s.Live() && !s.Open() {
			yield(field.Due{On: due, Urgency: field.Later, Event: func() string {
				return "Bids for " + text.Quoted(s.Title) + " are opened at " + s.Due.V.TimeOfDay().Long()
			}})
		}
		if s.State == Opened {
			yield(field.Due{On: due, Urgency: field.Waiting, For: []field.Party{field.Party(s.Lead)},
				Line: func() string {
					return "The bids for " + text.Quoted(s.Title) + " are open and wait for an award by " +
						partnership.PartnerName(v, s.Lead)
				}})
		}
	}
	if s.Ends.Set && (s.State == Awarded || s.State == ActiveContract) {
		yield(contractEnds(v, s))
	}
}

// uncommitted lists the agencies that have only estimated a quantity.
func (v *Solicitation) uncommitted() []field.Party {
	var out []field.Party
	for _, p := range v.Participants {
		if !p.Committed {
			out = append(out, field.Party(p.Partner))
		}
	}
	return out
}

// contractEnds tells of the last day of what was bought together.
func contractEnds(v field.Viewpoint, s *Solicitation) field.Due {
	today := v.Now.Day()
	d := field.Due{On: s.Ends, Urgency: v.Nearness(s.Ends.V, contractAhead),
		Line:  func() string { return "The contract for " + text.Quoted(s.Title) + " ends on " + s.Ends.V.When(today) },
		Event: func() string { return "The contract for " + text.Quoted(s.Title) + " ends" }}
	if d.Urgency == field.Overdue {
		d.Urgency, d.Line = field.Waiting, func() string {
			return "The contract for " + text.Quoted(s.Title) + " ended on " + s.Ends.V.When(today) +
				"; it can be renewed or marked as expired"
		}
	}
	return d
}
