package partnership

import (
	"interlocal/model/field"
	"interlocal/model/text"
)

// How many days before its day something is told of.
const (
	briefingAhead      = 90
	noticeAhead        = 30 // the last day for notice
	expiryAhead        = 90 // an agreement without a notice period
	stepAhead          = 14
	qualificationAhead = 60 // a licence or certificate, and as long after it has run out
)

// duePartner tells of a city that is invited or joining, and of a body that is
// to be briefed.
func duePartner(v field.Viewpoint, p *Partner, yield func(field.Due)) {
	if p.Status == Invited || p.Status == Joining {
		yield(field.Due{Urgency: field.Waiting, Line: func() string {
			if p.NeedsResolution(v) {
				return p.Name + " is " + string(p.Status) + "; its resolution is still to come"
			}
			return p.Name + " has passed its resolution and can be marked as a member"
		}})
	}
	if !p.Governs() || !p.Active() {
		return
	}
	today, b := v.Now.Day(), NextBriefing(v, p, v.Now.Day())
	if !b.Due.Set || b.Planned.Set || b.Due.V > today+briefingAhead {
		return
	}
	name := func() string {
		if p.GoverningBody != "" {
			return text.Whose(p.Name) + " " + p.GoverningBody + " briefing"
		}
		return text.Whose(p.Name) + " yearly briefing"
	}
	yield(field.Due{On: b.Due, Urgency: v.Nearness(b.Due.V, briefingAhead),
		Line: func() string {
			if b.Due.V < today {
				return name() + " was due by " + b.Due.V.When(today)
			}
			return name() + " is due by " + b.Due.V.When(today)
		},
		Event: func() string { return name() + " is due" },
		How:   func() string { return briefingSum(v, p, b) },
	})
}

// briefingSum tells how the last day for a briefing was found. It counts by the
// body's own fiscal year and calendar.
func briefingSum(v field.Viewpoint, p *Partner, b BriefingDue) string {
	year := b.Last.V.AddMonths(12)
	said := "12 months after " + b.Last.V.Dated() + ": " + year.Dated()
	if next, ok := p.fiscalYearAfter(b.Last.V); ok && next == b.Due.V && next > year {
		said += "; the fiscal year of " + p.Name + " that follows ends later: " + next.Dated()
	}
	return said + CalendarOf(v, p.ID).Reminder(b.Due.V)
}

// dueBriefing tells of a briefing to come, and of a planned one whose day has
// passed.
func dueBriefing(v field.Viewpoint, b *Briefing, yield func(field.Due)) {
	if b.Status != BriefingPlanned || !b.Date.Set {
		return
	}
	d := field.Due{On: b.Date, Urgency: field.Later, Event: func() string {
		said := "Briefing planned for " + PartnerName(v, b.Partner)
		if name := PersonName(v, b.Presenter); name != "" {
			said += ", presented by " + name
		}
		return said
	}}
	if today := v.Now.Day(); b.Date.V < today {
		d.Urgency, d.Line = field.Waiting, func() string {
			return text.Whose(PartnerName(v, b.Partner)) + " briefing was planned for " + b.Date.V.When(today) +
				"; it can be recorded as given or moved"
		}
	}
	yield(d)
}

// duePerson tells of qualifications that expire, unless the person holds the
// same one for longer.
func duePerson(v field.Viewpoint, p *Person, yield func(field.Due)) {
	today := v.Now.Day()
	for i := range p.Qualifications {
		q := &p.Qualifications[i]
		if p.Left || !q.Expires.Set || q.Expires.V > today+qualificationAhead ||
			q.Expires.V < today-qualificationAhead || p.Qualified(q.Name, q.Expires.V+1) {
			continue
		}
		d := field.Due{On: q.Expires, Urgency: field.DueSoon,
			Line: func() string {
				return text.Whose(p.Name) + " " + q.Name + " expires on " +
					q.Expires.V.When(today)
			},
			Event: func() string { return text.Whose(p.Name) + " " + q.Name + " expires" }}
		if q.Expires.V < today {
			d.Urgency, d.Line = field.Waiting, func() string {
				return text.Whose(p.Name) + " " + q.Name + " expired on " + q.Expires.V.When(today)
			}
		}
		yield(d)
	}
}

// dueProgram tells of a program's next step, its end and a missing lead.
func dueProgram(v field.Viewpoint, p *Program, yield func(field.Due)) {
	if p.Status == ProgramCompleted || p.Status == ProgramRetired {
		return
	}
	if p.Live() && p.Lead == 0 && AnyLead(v) {
		yield(field.Due{Urgency: field.Note, Line: func() string { return text.Quoted(p.Name) + " has no lead yet" }})
	}
	if p.End.Set {
		yield(field.Due{On: p.End, Urgency: field.Later, Event: func() string { return text.Quoted(p.Name) + " ends" }})
	}
	if d, ok := p.Next.ComesDue(v, p.Name); ok {
		yield(d)
	}
}

// AnyLead reports whether somebody has begun to record who leads what; before
// that, programs without a lead are a first step and no reproach.
func AnyLead(r field.Reader) bool {
	for p := range field.All[Program](r) {
		if p.Live() && p.Lead != 0 {
			return true
		}
	}
	return false
}

// ComesDue tells of a next step towards what is named, if the step has a day.
func (n *NextStep) ComesDue(v field.Viewpoint, towards string) (d field.Due, ok bool) {
	if !n.Due.Set || n.What == "" {
		return d, false
	}
	today, owner := v.Now.Day(), func() string { return PersonName(v, n.Owner) }
	return field.Due{On: n.Due, Urgency: v.Nearness(n.Due.V, stepAhead),
		Line: func() string {
			said := text.Quoted(n.What) + " for " + text.Quoted(towards)
			if name := owner(); name != "" {
				said += " (" + name + ")"
			}
			if n.Due.V < today {
				return said + " was due " + n.Due.V.When(today)
			}
			return said + " is due " + n.Due.V.When(today)
		},
		Event: func() string {
			said := towards + ": " + text.OneLine(n.What)
			if name := owner(); name != "" {
				said += ", " + name
			}
			return said
		}}, true
}

// dueIdea tells of an idea that nobody has answered.
func dueIdea(v field.Viewpoint, i *Idea, yield func(field.Due)) {
	if !i.Waiting() {
		return
	}
	yield(field.Due{On: i.Date, Urgency: field.Waiting, Line: func() string {
		from := "The idea"
		if i.Partner != 0 {
			from = text.Whose(PartnerName(v, i.Partner)) + " idea"
		}
		said := from + " " + text.Quoted(i.Title) + " waits for an answer"
		if i.Date.Set {
			said += " since " + i.Date.V.Long()
		}
		return said
	}})
}

// dueAgreement tells where a signed agreement stands in its life: it begins, the
// last day for notice comes, it ends.
func dueAgreement(v field.Viewpoint, a *Agreement, yield func(field.Due)) {
	if a.Status != AgreementSigned {
		return
	}
	name := func() string { return text.Quoted(a.Title) }
	if a.Effective.Set {
		yield(field.Due{On: a.Effective, Urgency: field.Later,
			Event: func() string { return name() + " takes effect" }})
	}
	if !a.Expires.Set {
		return
	}
	today, expires := v.Now.Day(), a.Expires.V
	end := field.Due{On: a.Expires, Urgency: field.Later, Event: func() string { return name() + " expires" }}
	says := func(u field.Urgency, rest string) {
		end.Urgency, end.Line = u, func() string { return name() + rest + expires.When(today) }
	}
	notice := noticeDue(v, a, name)
	switch {
	case expires < today:
		says(field.Waiting, " expired on ")
		said := end.Line
		end.Line = func() string { return said() + "; it can be renewed or marked as ended" }
	case notice.On.Set && notice.On.V < today:
		says(field.DueSoon, " is inside its notice period and expires on ")
	case notice.Urgency == field.DueSoon: // which says it
	case expires <= today+expiryAhead:
		says(field.DueSoon, " expires on ")
	}
	if notice.On.Set {
		yield(notice)
	}
	yield(end)
}

// noticeDue tells of the last day for notice; without a notice period it has no
// day. Notice is counted in days of the calendar, and whoever is to give it is
// reminded by their own city's.
func noticeDue(v field.Viewpoint, a *Agreement, name func() string) field.Due {
	if a.NoticeDays.Or(0) <= 0 {
		return field.Due{Urgency: field.Later}
	}
	today, day := v.Now.Day(), a.NoticeDay()
	d := field.Due{On: day, Urgency: field.Later, Event: func() string {
		return "Last day to give notice on " +
			name()
	},
		How: func() string {
			return text.Counted(int(a.NoticeDays.V), "day", "days") + " before " + a.Expires.V.Dated() + ": " +
				day.V.Dated() +
				CalendarOf(v, PartnerID(v.By.Partner)).Reminder(day.V)
		}}
	if v.Nearness(day.V, noticeAhead) == field.DueSoon && a.Expires.V >= today {
		d.Urgency, d.Line = field.DueSoon, func() string {
			return "Notice on " + name() + " is in time until " + day.V.When(today)
		}
	}
	return d
}
