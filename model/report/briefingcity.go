package report

import (
	"slices"
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/model/value"
)

// next says when the body is briefed again and what the programs do next,
// soonest first.
func (b *briefing) next() []document.Block {
	var steps []*partnership.Program
	for p := range field.All[partnership.Program](b.r) {
		if p.Next.What != "" && p.Status != partnership.ProgramCompleted && p.Status != partnership.ProgramRetired {
			steps = append(steps, p)
		}
	}
	slices.SortStableFunc(steps,
		func(x, y *partnership.Program) int { return value.CompareDays(x.Next.Due, y.Next.Due) })
	var list document.List
	for _, p := range steps[:min(len(steps), maxNextSteps)] {
		list.Items = append(list.Items, b.step(p))
	}
	if n := len(steps) - maxNextSteps; n > 0 {
		list.Items = append(list.Items, document.Plain("and "+strconv.Itoa(n)+" more"))
	}
	var blocks []document.Block
	if len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	if t := b.duty(); len(t) > 0 {
		blocks = append(blocks, document.Paragraph{Text: t})
	}
	return blocks
}

// step is what a program does next, who sees to it and by when.
func (b *briefing) step(p *partnership.Program) document.Text {
	said, fields, missing := text.OneLine(p.Next.What)+" ("+p.Name+")", []string{"next step"}, []string{}
	if name := partnership.PersonName(b.r, p.Next.Owner); name != "" {
		said, fields = said+", "+name, append(fields, "next owner")
	} else {
		missing = append(missing, "who sees to the next step")
	}
	if p.Next.Due.Set {
		said, fields = said+", by "+p.Next.Due.V.Long(), append(fields, "next due")
	} else {
		missing = append(missing, "when the next step is due")
	}
	b.blank(p.Name, missing...)
	return b.text(said, partnership.KindPrograms, uint64(p.ID), fields...)
}

// givenAndGot weighs what the city brought and received since its body was
// last briefed.
func (b *briefing) givenAndGot() []document.Block {
	var items []document.Text
	for _, t := range []document.Text{b.loans(true), b.loans(false), b.shadowed(), b.bought()} {
		if len(t) > 0 {
			items = append(items, t)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []document.Block{document.List{Items: items}}
}

// span says since when loans and sign-ups are counted.
func (b *briefing) span() string {
	if b.due.Last.Set {
		return " since it was last briefed, " + b.due.Last.V.Long()
	}
	return ""
}

// bought says what joint purchases since the last briefing cost and saved the city.
func (b *briefing) bought() document.Text {
	var ids []uint64
	var paid, saved value.Cents
	for a := range field.All[buying.Award](b.r) {
		if !b.covers(a.On) {
			continue
		}
		for i := range a.Lines {
			f := a.Lines[i].Figures()
			if a.Lines[i].Partner != b.p.ID || !f.Pays.Set {
				continue
			}
			paid += f.Pays.V
			ids = append(ids, uint64(a.ID))
			if v, ok := f.Saved(); ok {
				saved += v
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	said := "Bought together: " + paid.Dollars()
	switch {
	case saved > 0:
		said += ", " + saved.Dollars() + " less than alone"
	case saved < 0:
		said += ", " + (-saved).Dollars() + " more than alone"
	}
	return document.Text{b.tally(said, buying.KindAwards, ids, "lines of awards, added up; where a price alone is on "+
		"record it is compared"), {Text: "."}}
}

// covers reports whether a day falls in the time the briefing reports on.
func (b *briefing) covers(d value.Opt[value.Day]) bool {
	return d.Set && d.V <= b.today && (!b.due.Last.Set || d.V > b.due.Last.V)
}

func (b *briefing) inPrograms() document.Text {
	var in, lead []uint64
	live, told := 0, 0
	for p := range field.All[partnership.Program](b.r) {
		if !p.Live() {
			continue
		}
		live++
		if p.Lead != 0 || len(p.Participants) > 0 {
			told++
		}
		if p.TakesPart(b.p.ID) {
			in = append(in, uint64(p.ID))
		}
		if p.Lead == b.p.ID {
			lead = append(lead, uint64(p.ID))
		}
	}
	if told == 0 {
		return nil
	}
	return document.Text{{Text: b.p.Name + " takes part in "},
		b.tally(strconv.Itoa(len(in))+" of "+text.Counted(live, "live program", "live programs"),
			partnership.KindPrograms, in,
			"programs with status exploring or active that it leads or is listed in"),
		{Text: " and leads "}, b.tally(strconv.Itoa(len(lead))+" of them", partnership.KindPrograms, lead,
			"of these, those with it as lead"), {Text: ". "}}
}

// loans counts what the city lent, or borrowed.
func (b *briefing) loans(lent bool) document.Text {
	name, how := "Equipment lent", "reservations out, returned or closed of its units by others, by day of start; "+
		"hours as booked"
	if !lent {
		name, how = "Equipment borrowed", "reservations out, returned or closed by it of others' units, by day of "+
			"start; hours as booked"
	}
	var ids []uint64
	var minutes int64
	any := false
	for v := range field.All[lending.Reservation](b.r) {
		any = true
		unit := field.Get(b.r, v.Unit)
		if unit == nil || unit.Owner == v.Borrower || v.State != lending.OutOnLoan && v.State != lending.Returned &&
			v.State != lending.Closed || !v.Start.Set || !b.covers(value.Some(v.Start.V.Day())) {
			continue
		}
		if lent && unit.Owner == b.p.ID || !lent && v.Borrower == b.p.ID {
			ids = append(ids, uint64(v.ID))
			if v.End.Set {
				minutes += int64(v.End.V - v.Start.V)
			}
		}
	}
	if !any {
		return nil
	}
	if len(ids) == 0 {
		return document.Text{{Text: name + ": "}, b.tally("no loans on file", lending.KindReservations, ids, how),
			{Text: "."}}
	}
	return document.Text{{Text: name + ": "}, b.tally(text.Counted(len(ids), "loan", "loans")+", "+hours(minutes),
		lending.KindReservations, ids, how), {Text: "."}}
}

// hours writes minutes as hours, with a decimal only where needed.
func hours(minutes int64) string {
	if minutes%60 == 0 {
		return text.Counted(int(minutes/60), "hour", "hours")
	}
	return strconv.FormatFloat(float64(minutes)/60, 'f', 1, 64) + " hours"
}

// shadowed counts the city's sign-ups to events since the last briefing, and
// to those to come.
func (b *briefing) shadowed() document.Text {
	var visit, host []uint64
	any := false
	for e := range field.All[shadowing.Event](b.r) {
		if !b.covers(e.Date) && !(e.Date.Set && e.Date.V > b.today) {
			continue
		}
		for s := range field.Of[shadowing.Signup](b.r, "event", e.ID) {
			any = true
			p := field.Get(b.r, s.Person)
			if p == nil || p.Partner != b.p.ID || s.State == shadowing.SignupWithdrawn {
				continue
			}
			if s.Role != shadowing.SignupHost {
				visit = append(visit, uint64(s.ID))
			}
			if s.Role != shadowing.SignupVisit {
				host = append(host, uint64(s.ID))
			}
		}
	}
	if !any {
		return nil
	}
	return document.Text{{Text: "Job shadowing: "},
		b.tally(text.Counted(len(visit), "person", "people")+" to visit", shadowing.KindSignups, visit,
			"its sign-ups to visit or both, withdrawn ones apart, events to come included"),
		{Text: ", "}, b.tally(strconv.Itoa(len(host))+" to host", shadowing.KindSignups, host, "its sign-ups to host "+
			"or both, counted alike"), {Text: "."}}
}

// ideas says what became of the ideas that the body, or its city, had.
func (b *briefing) ideas() []document.Block {
	ideas := b.bodysIdeas()
	if last := b.lastBriefing(); len(ideas) == 0 && last != nil && last.Offered != "" {
		return []document.Block{document.Paragraph{Text: b.text("Offered at the briefing of "+last.Date.V.Long()+": "+
			sentence(last.Offered), partnership.KindBriefings, uint64(last.ID), "ideas offered")}}
	}
	if len(ideas) == 0 {
		return nil
	}
	var list document.List
	for _, i := range ideas[:min(len(ideas), maxIdeas)] {
		list.Items = append(list.Items, b.idea(i))
	}
	return []document.Block{list}
}

func (b *briefing) lastBriefing() *partnership.Briefing {
	for m := range field.Of[partnership.Briefing](b.r, "partner", b.p.ID) {
		if m.Status == partnership.BriefingGiven && b.due.Last.Set && m.Date == b.due.Last {
			return m
		}
	}
	return nil
}

// bodysIdeas lists the governing body's ideas, newest first; the city's own
// when none came from the body.
func (b *briefing) bodysIdeas() []*partnership.Idea {
	var body, city []*partnership.Idea
	for i := range field.Of[partnership.Idea](b.r, "partner", b.p.ID) {
		city = append(city, i)
		if i.Body {
			body = append(body, i)
		}
	}
	if len(body) == 0 {
		body = city
	}
	slices.SortStableFunc(body, func(x, y *partnership.Idea) int {
		if x.Date.Set && y.Date.Set {
			return int(y.Date.V - x.Date.V)
		}
		return value.CompareDays(x.Date, y.Date)
	})
	return body
}

func (b *briefing) idea(i *partnership.Idea) document.Text {
	said := text.Quoted(i.Title)
	if i.Date.Set {
		said += " (" + i.Date.V.Long() + ")"
	}
	switch p := field.Get(b.r, i.Program); {
	case p != nil:
		said += " became the program " + text.Quoted(p.Name)
	default:
		said += ": " + string(i.Status)
	}
	if said += "."; i.Response != "" {
		said += " Response: " + sentence(i.Response)
	} else {
		b.blank("Idea "+text.Quoted(i.Title), "what was answered")
	}
	return b.text(said, partnership.KindIdeas, uint64(i.ID), "status", "program", "response")
}
