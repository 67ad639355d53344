package overview

import (
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/incident"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Partners contributes the duty to brief, memberships on their way and
// qualifications that expire.
func Partners(v field.Viewpoint) Contribution {
	g := gather(v, TabPartners, partnership.KindPartners, partnership.KindPeople, partnership.KindBriefings)
	members, bodies, briefed := 0, 0, 0
	for _, p := range partnership.Cities(v) {
		members++
		if last := partnership.NextBriefing(v, p, g.today).Last; last.Set {
			bodies++
			if last.V.AddMonths(12) >= g.today {
				briefed++
			}
		}
	}
	g.tile("Member cities", members, "partners with status Member, the facilitator apart")
	g.people()
	if bodies == 0 {
		g.blank("Bodies briefed", "governing bodies with a briefing given in the last twelve months")
	} else {
		g.tiles = append(g.tiles, Tile{Name: "Bodies briefed", Value: strconv.Itoa(briefed) + " of " +
			strconv.Itoa(members),
			Number: value.Some(int64(briefed)),
			Note:   "governing bodies with a briefing given in the last twelve months", Tab: g.tab})
	}
	return g.contribution()
}

// people counts staff.
func (g *gathering) people() {
	n := 0
	for p := range field.All[partnership.Person](g) {
		if !p.Left {
			n++
		}
	}
	const note = "staff of all partners on file, without those who left service"
	if n == 0 {
		g.blank("People", note)
		return
	}
	g.tile("People", n, note)
}

// Programs contributes next steps, programs without a lead and ideas that wait
// for an answer.
func Programs(v field.Viewpoint) Contribution {
	g := gather(v, TabPrograms, partnership.KindPrograms, partnership.KindIdeas)
	live, unknown, funded, unfunded := 0, 0, 0, 0
	var money value.Cents
	for p := range field.All[partnership.Program](v) {
		if p.Live() {
			live++
		}
		if p.Status == "" {
			unknown++
		}
		if total, ok := p.Funded(); ok {
			money, funded = money+total, funded+1
		} else {
			unfunded++
		}
	}
	g.liveTile(live, unknown, funded+unfunded)
	g.moneyTile(money, funded, unfunded)
	return g.contribution()
}

func (g *gathering) liveTile(live, unknown, all int) {
	note := "programs with status Exploring or Active"
	if unknown > 0 {
		note += "; " + strconv.Itoa(unknown) + " more have no status recorded"
	}
	if all == 0 {
		g.blank("Live programs", note)
		return
	}
	g.tile("Live programs", live, note)
}

func (g *gathering) moneyTile(money value.Cents, funded, unfunded int) {
	if funded == 0 {
		g.blank("Recorded funding", "amounts recorded under the programs' funding")
		return
	}
	note := "funding recorded under " + text.Counted(funded, "program", "programs")
	if unfunded > 0 {
		note += "; " + document.NotRecorded + " for " + strconv.Itoa(unfunded)
	}
	g.tiles = append(g.tiles, Tile{Name: "Recorded funding", Value: money.Dollars(), Number: value.Some(int64(money)),
		Money: true, Note: note, Tab: g.tab})
}

// Agreements contributes notice periods and expiries.
func Agreements(v field.Viewpoint) Contribution {
	g := gather(v, TabPartners, partnership.KindAgreements)
	all, force := 0, 0
	for a := range field.All[partnership.Agreement](v) {
		all++
		if a.InForce(g.today) {
			force++
		}
	}
	const note = "signed, begun and not expired today; check with counsel"
	if all == 0 {
		g.blank("Agreements in force", note)
	} else {
		g.tile("Agreements in force", force, note)
	}
	return g.contribution()
}

// Shadowing contributes the next events, the sign-ups that wait for approval,
// visitors without a visit, people to be told of changes, and what is to be
// recorded of events that took place.
func Shadowing(v field.Viewpoint) Contribution {
	g := gather(v, TabShadowing, shadowing.KindEvents)
	var next *shadowing.Event
	for e := range field.All[shadowing.Event](v) {
		if e.ToCome(g.today) && (next == nil || e.Date.V < next.Date.V) {
			next = e
		}
	}
	if next == nil {
		g.blank("Sign-ups", "for the next event; none is planned on file")
		return g.contribution()
	}
	all, open := shadowing.Approvals(v, next.ID)
	note := "for " + text.Quoted(next.Name) + " on " + next.Date.V.Long() + ", withdrawn ones apart"
	if open > 0 {
		note += "; " + strconv.Itoa(open) + " not approved yet"
	}
	g.tile("Sign-ups", all, note)
	if n := shadowing.VisitingOf(v, next.ID); n.Matches > 0 {
		g.tile("Visits planned", n.Matches, "for "+text.Quoted(next.Name)+"; "+strconv.Itoa(n.Without)+" of "+
			text.Counted(n.Visitors, "visitor", "visitors")+" without one")
	}
	return g.contribution()
}

// Equipment contributes loans and purchases: late, due today, asked for and
// coming.
func Equipment(v field.Viewpoint) Contribution {
	g := gather(v, TabEquipment, lending.KindEquipment, lending.KindReservations, lending.KindCharges,
		lending.KindStatements,
		buying.KindNeeds, buying.KindOpportunities, buying.KindSolicitations)
	units, shareable := 0, 0
	for e := range field.All[lending.Equipment](v) {
		units++
		if e.Shareable && e.Status == lending.EquipmentActive {
			shareable++
		}
	}
	out, late := 0, 0
	for loan := range field.All[lending.Reservation](v) {
		if loan.State == lending.OutOnLoan {
			out++
		}
		if loan.Overdue(v.Now) {
			late++
		}
	}
	g.uncharged()
	g.paperless()
	const shares = "active units that their owners mark as shareable"
	loans := "reservations with state Out"
	if late > 0 {
		loans += "; " + strconv.Itoa(late) + " past the agreed end"
	}
	if units == 0 {
		g.blank("Shareable units", shares)
		g.blank("Loans out", loans)
	} else {
		g.tile("Shareable units", shareable, shares)
		g.tile("Loans out", out, loans)
	}
	g.saved()
	return g.contribution()
}

// saved tells what buying together has saved, once something has been awarded;
// what cannot be computed is counted beside it and never as nothing.
func (g *gathering) saved() {
	var sum buying.Saving
	for a := range field.All[buying.Award](g) {
		s := buying.SavingOf(a)
		sum.Saved, sum.Computed, sum.Unknown = sum.Saved+s.Saved, sum.Computed+s.Computed, sum.Unknown+s.Unknown
	}
	note := "awards: quantity times the price alone less the price together"
	if sum.Unknown > 0 {
		note += "; not computed for " + text.Counted(sum.Unknown, "line", "lines")
	}
	switch {
	case sum.Computed > 0:
		g.tiles = append(g.tiles, Tile{Name: "Saved by buying together", Value: sum.Saved.Dollars(),
			Number: value.Some(int64(sum.Saved)),
			Note:   note, Tab: g.tab, Money: true})
	case sum.Unknown > 0:
		g.blank("Saved by buying together", note)
	}
}

// Cyber contributes self-assessments that are open. Cities whose answers are not
// shown are passed over in silence.
func Cyber(v field.Viewpoint) Contribution {
	g := gather(v, TabCyber, cyber.KindCycles, cyber.KindAssessments,
		cyber.KindReleases, cyber.KindConsents, incident.KindCalltrees)
	given, asked, seen := 0, 0, 0
	for c := range field.All[cyber.Cycle](v) {
		g.releases(c)
		if !c.Open(g.today) {
			continue
		}
		n := len(framework.ItemsOf(c.Framework))
		for _, answers := range cyber.GivenIn(v, c.ID) {
			given, asked, seen = given+min(answers, n), asked+n, seen+1
		}
	}
	if seen > 0 {
		g.tiles = append(g.tiles, Tile{Name: "Answers given", Value: text.Thousands(int64(given)) + " of " +
			text.Thousands(int64(asked)),
			Number: value.Some(int64(given)), Tab: g.tab,
			Note: "answers with a level in open self-assessments, of " + text.Counted(seen, "city", "cities") +
				" whose answers you may see"})
	}
	g.readers()
	return g.contribution()
}

// releases tells how many cities have released, which all may know, and that
// results were shared.
func (g *gathering) releases(c *cyber.Cycle) {
	in, all := 0, 0
	for _, city := range c.Cities {
		if city.Part == cyber.TakesPart {
			all++
			if city.Released.Set {
				in++
			}
		}
	}
	switch {
	case c.Published.Set && c.Published.V > g.today-comingDays:
		g.asks(field.Due{Kind: cyber.KindCycles, ID: uint64(c.ID), Urgency: field.Note, On: c.Published,
			Sensitivity: field.Private,
			Line: func() string {
				return "Results of the " + strconv.Itoa(c.Year) + " self-assessments were shared on " +
					c.Published.V.Long()
			}})
	case in > 0 && !c.Published.Set:
		g.tiles = append(g.tiles, Tile{Name: "Releases in", Value: strconv.Itoa(in) + " of " + strconv.Itoa(all),
			Number: value.Some(int64(in)), Tab: g.tab,
			Note: "cities that have released results of " + strconv.Itoa(c.Year) + "; they are shared when all have"})
	}
}

// Meetings contributes actions that are due, meetings without an agenda and
// minutes that wait for approval.
func Meetings(v field.Viewpoint) Contribution {
	g := gather(v, TabMeetings, meeting.KindMeetings, meeting.KindActions)
	open, late, held := 0, 0, 0
	for a := range field.All[meeting.Action](v) {
		if a.State == meeting.ActionOpen {
			open++
		}
		if a.Overdue(g.today) {
			late++
		}
	}
	for range field.All[meeting.Meeting](v) {
		held++
	}
	if open > 0 || held > 0 {
		note := "actions with state Open"
		if late > 0 {
			note += "; " + text.Counted(late, "is past its day", "are past their day")
		}
		g.tile("Open actions", open, note)
	}
	return g.contribution()
}
