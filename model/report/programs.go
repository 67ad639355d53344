package report

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Programs contributes next steps, programs without a lead and ideas that wait
// for an answer.
func Programs(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabPrograms)
	live, unknown, funded, unfunded := 0, 0, 0, 0
	var money value.Cents
	named := anyLead(r)
	for p := range field.All[partnership.Program](r) {
		g.program(p, named)
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
	g.ideas()
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
	note := "funding recorded under " + count(funded, "program", "programs")
	if unfunded > 0 {
		note += "; " + NotRecorded + " for " + strconv.Itoa(unfunded)
	}
	g.tiles = append(g.tiles, Tile{Name: "Recorded funding", Value: dollars(money), Number: value.Some(int64(money)),
		Money: true, Note: note, Tab: g.tab})
}

// dollars writes an amount without cents when there are none.
func dollars(c value.Cents) string {
	s := c.String()
	if c%100 == 0 {
		return s[:len(s)-3]
	}
	return s
}

// program tells of a program's next step and of a missing lead.
func (g *gathering) program(p *partnership.Program, named bool) {
	if p.Status == partnership.ProgramCompleted || p.Status == partnership.ProgramRetired {
		return
	}
	if p.Live() && p.Lead == 0 && named {
		g.line(partnership.KindPrograms, uint64(p.ID), Note, value.Opt[value.Day]{}, func() string {
			return quoted(p.Name) + " has no lead yet"
		})
	}
	g.happens(p.End, partnership.KindPrograms, uint64(p.ID), func() string { return quoted(p.Name) + " ends" })
	due := p.Next.Due
	if !due.Set || p.Next.What == "" {
		return
	}
	step := func() string {
		text := text.OneLine(p.Next.What)
		if name := personName(g.r, p.Next.Owner); name != "" {
			text += ", " + name
		}
		return p.Name + ": " + text
	}
	g.happens(due, partnership.KindPrograms, uint64(p.ID), step)
	switch {
	case due.V < g.today:
		g.line(partnership.KindPrograms, uint64(p.ID), Overdue, due, func() string {
			return g.step(p) + " was due " + when(g.today, due.V)
		})
	case due.V <= g.today+nextStepDays:
		g.line(partnership.KindPrograms, uint64(p.ID), DueSoon, due, func() string {
			return g.step(p) + " is due " + when(g.today, due.V)
		})
	}
}

// step names a program's next step and who sees to it.
func (g *gathering) step(p *partnership.Program) string {
	text := quoted(p.Next.What) + " for " + quoted(p.Name)
	if name := personName(g.r, p.Next.Owner); name != "" {
		text += " (" + name + ")"
	}
	return text
}

// ideas tells of ideas nobody has answered.
func (g *gathering) ideas() {
	for i := range field.All[partnership.Idea](g.r) {
		if !i.Waiting() {
			continue
		}
		g.line(partnership.KindIdeas, uint64(i.ID), Waiting, i.Date, func() string {
			from := "The idea"
			if i.Partner != 0 {
				from = whose(partnerName(g.r, i.Partner)) + " idea"
			}
			text := from + " " + quoted(i.Title) + " waits for an answer"
			if i.Date.Set {
				text += " since " + i.Date.V.Long()
			}
			return text
		})
	}
}
