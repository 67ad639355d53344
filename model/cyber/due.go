package cyber

import (
	"maps"
	"slices"
	"strconv"

	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// closingAhead is how many days before it closes a cycle presses.
const closingAhead = 14

// Name names the cycle at the head of a sentence.
func (c *Cycle) Name() string { return "The " + strconv.Itoa(c.Year) + " self-assessment" }

// Open reports whether the cycle takes answers on a day; one whose opening is
// not recorded does not.
func (c *Cycle) Open(on value.Day) bool {
	return c.Opens.Set && c.Opens.V <= on && (!c.Closes.Set || on <= c.Closes.V)
}

// GivenIn counts a cycle's answers by city, for cities of which the reader shows
// at least one level.
func GivenIn(r field.Reader, cycle CycleID) map[partnership.PartnerID]int {
	out := map[partnership.PartnerID]int{}
	for a := range field.Of[Answer](r, "cycle", cycle) {
		if a.Given() != "" {
			out[a.Partner]++
		}
	}
	return out
}

// dueCycle tells when a cycle opens and closes, how many answers are missing
// while it is open, and what is past its day in a city's newest answers. Cities
// whose answers are not shown are passed over in silence.
func dueCycle(v field.Viewpoint, c *Cycle, yield func(field.Due)) {
	if c.Opens.Set {
		yield(field.Due{On: c.Opens, Urgency: field.Later, Event: func() string { return c.Name() + " opens" }})
	}
	if c.Closes.Set {
		yield(field.Due{On: c.Closes, Urgency: field.Later, Event: func() string { return c.Name() + " closes" }})
	}
	if c.Open(v.Now.Day()) {
		dueAnswers(v, c, yield)
	}
	duePause(v, c, yield)
	dueWork(v, c, yield)
}

// duePause tells from when results can be shared that waited for a city's word on a
// signed release.
func duePause(v field.Viewpoint, c *Cycle, yield func(field.Due)) {
	until, _ := c.Pause(0)
	if !until.Set || c.Published.Set || slices.ContainsFunc(c.Cities, func(y CycleCity) bool {
		return y.Part == TakesPart && !y.Released.Set
	}) {
		return
	}
	yield(field.Due{On: until, Urgency: field.Waiting, Line: func() string {
		return "All cities have released for " + strconv.Itoa(c.Year) + "; the results can be shared from " +
			until.V.Long() + ": interlocal cycle share " + strconv.FormatUint(uint64(c.ID), 10)
	}})
}

// dueAnswers tells how many answers are missing of each city.
func dueAnswers(v field.Viewpoint, c *Cycle, yield func(field.Due)) {
	urgency := field.Waiting
	if c.Closes.Set && v.Nearness(c.Closes.V, closingAhead) == field.DueSoon {
		urgency = field.DueSoon
	}
	given, n := GivenIn(v, c.ID), len(framework.ItemsOf(c.Framework))
	for _, city := range slices.Sorted(maps.Keys(given)) {
		left := n - given[city]
		if left <= 0 {
			continue
		}
		yield(field.Due{On: c.Closes, Urgency: urgency, For: []field.Party{field.Party(city)}, Line: func() string {
			said := partnership.PartnerName(v, city) + ": " + strconv.Itoa(left) + " of " + strconv.Itoa(n) +
				" answers left in the " + strconv.Itoa(c.Year) + " self-assessment"
			if c.Closes.Set {
				said += ", closes " + c.Closes.V.Away(v.Now.Day())
			}
			return said
		}})
	}
	if len(given) > 0 {
		return
	}
	if urgency == field.Waiting {
		urgency = field.Note
	}
	yield(field.Due{On: c.Closes, Urgency: urgency, Line: func() string {
		if !c.Closes.Set {
			return c.Name() + " is open"
		}
		return c.Name() + " is open until " + c.Closes.V.When(v.Now.Day())
	}})
}

// pastDue is what of a city's answers is past its day.
type pastDue struct {
	late, lapsed int                  // remedies, and acceptances of a risk
	stale        int                  // answers whose evidence has expired
	first, until value.Opt[value.Day] // the earliest of those days
	soon         int                  // answers that count as the level beneath soon
	next         value.Opt[value.Day] // the first day on which one does
}

// expiryAhead is how many days before it does an answer presses that will count as
// the level beneath.
const expiryAhead = 30

// dueWork tells of remedies and acceptances past their day, for every city
// without newer answers. What was left to do in cycles before the one that
// precedes the newest has been carried into those two.
func dueWork(v field.Viewpoint, c *Cycle, yield func(field.Due)) {
	newer := map[partnership.PartnerID]bool{}
	for other := range field.All[Cycle](v) {
		if other.Year > c.Year+1 {
			return
		}
		if other.Year > c.Year {
			for a := range field.Of[Answer](v, "cycle", other.ID) {
				newer[a.Partner] = true
			}
		}
	}
	past := pastIn(v, c, newer)
	for _, city := range slices.Sorted(maps.Keys(past)) {
		p, name := past[city], func() string { return partnership.PartnerName(v, city) }
		says := func(on value.Opt[value.Day], rest func() string) {
			yield(field.Due{On: on, Urgency: field.Overdue, For: []field.Party{field.Party(city)},
				Sensitivity: field.Confidential,
				Line:        func() string { return name() + ": " + rest() }})
		}
		if p.late > 0 {
			says(p.first, func() string {
				return text.Counted(p.late, "remedy is", "remedies are") + " past due, the first since " +
					p.first.V.Long()
			})
		}
		if p.lapsed > 0 {
			says(p.until, func() string {
				return text.Counted(p.lapsed, "risk acceptance has", "risk acceptances have") +
					" run out; renew or remedy"
			})
		}
		if p.stale > 0 {
			says(p.until, func() string {
				return "the evidence for " + text.Counted(p.stale, "answer has", "answers have") +
					" expired; look again"
			})
		}
		if p.soon > 0 {
			yield(field.Due{On: p.next, Urgency: field.DueSoon, For: []field.Party{field.Party(city)},
				Sensitivity: field.Confidential, Line: func() string {
					return name() + ": what " + text.Counted(p.soon, "answer rests", "answers rest") +
						" on runs out, the " +
						"first on " + p.next.V.Long() + "; renew or look again, or the level beneath counts"
				}})
		}
	}
}

// pastIn counts what is past its day in a cycle's answers, city by city, without
// those that have newer ones.
func pastIn(v field.Viewpoint, c *Cycle, newer map[partnership.PartnerID]bool) map[partnership.PartnerID]*pastDue {
	out, today := map[partnership.PartnerID]*pastDue{}, v.Now.Day()
	of := func(city partnership.PartnerID) *pastDue {
		if out[city] == nil {
			out[city] = &pastDue{}
		}
		return out[city]
	}
	for a := range field.Of[Answer](v, "cycle", c.ID) {
		if newer[a.Partner] {
			continue
		}
		if m := &a.Remedy; m.Due.Set && m.Due.V < today && (m.State == RemedyOpen || m.State == RemedyStarted) {
			p := of(a.Partner)
			p.late++
			if !p.first.Set || m.Due.V < p.first.V {
				p.first = m.Due
			}
		}
		if e := a.Expires(); e.Set && e.V >= today && e.V <= today+expiryAhead {
			p := of(a.Partner)
			p.soon++
			if !p.next.Set || e.V < p.next.V {
				p.next = e
			}
		}
		if a.Stale(today) {
			of(a.Partner).stale++
		}
		if a.Lapsed(today) {
			p := of(a.Partner)
			p.lapsed++
			if e := a.Acceptance.Expires; !p.until.Set || e.V < p.until.V {
				p.until = e
			}
		}
	}
	return out
}

// dueAssessment tells for whom an assessment of an open cycle waits.
func dueAssessment(v field.Viewpoint, s *Assessment, yield func(field.Due)) {
	c := field.Get(v, s.Cycle)
	if c == nil || !c.Open(v.Now.Day()) {
		return
	}
	var what string
	switch s.State {
	case AssessmentInReview:
		what = " waits for approval"
	case AssessmentReturned:
		what = " was returned: " + text.OneLine(s.Returned)
	case AssessmentApproved:
		what = " is approved and waits to be locked"
	case AssessmentReopened:
		what = " was reopened: " + text.OneLine(s.Reopened)
	case AssessmentLocked:
		if c.Published.Set || ReleaseOf(v, c.ID, s.Partner) != nil {
			return
		}
		what = " is locked; decide what of it to release"
	default:
		return
	}
	yield(field.Due{On: c.Closes, Urgency: field.Waiting, Sensitivity: field.Confidential, Line: func() string {
		return text.Whose(partnership.PartnerName(v, s.Partner)) + " " + strconv.Itoa(c.Year) +
			" self-assessment" + what
	}})
}

// dueRelease tells a city of its release that is in, as long as it can be called
// back.
func dueRelease(v field.Viewpoint, rel *Release, yield func(field.Due)) {
	c := field.Get(v, rel.Cycle)
	if c == nil || c.Published.Set || !rel.Sent {
		return
	}
	yield(field.Due{On: rel.Made, Urgency: field.Waiting, Sensitivity: field.Confidential, Line: func() string {
		by, waits := "", ""
		if city := c.City(rel.Partner); city != nil && city.Until.Set && city.Until.V > v.Now.Day() {
			waits = ", which waits until " + city.Until.V.Long() +
				" unless an assessor stands by it: interlocal assess " +
				"confirm"
		}
		if rel.Proof != "" {
			by = " by " + rel.Proof
		}
		return "A release of " + partnership.PartnerName(v, rel.Partner) + " for " + strconv.Itoa(c.Year) +
			" came in" + by + "; it can be called back until results are shared" + waits
	}})
}

// dueConsent tells a city that its consent counts no more.
func dueConsent(v field.Viewpoint, s *Consent, yield func(field.Due)) {
	c := field.Get(v, s.Cycle)
	if c == nil || c.Published.Set || s.Void(v, c) == "" || ReleaseOf(v, s.Cycle, s.Partner) != nil {
		return
	}
	yield(field.Due{On: c.Closes, Urgency: field.Waiting, Sensitivity: field.Confidential, Line: func() string {
		return partnership.PartnerName(v, s.Partner) + ": " + s.Void(v, c) + "; it is void, and has to be given again"
	}})
}
