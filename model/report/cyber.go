package report

import (
	"slices"
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// itemsOf gives how many answers a cycle asks for.
func itemsOf(v framework.Version) (n int, ok bool) {
	n = len(framework.ItemsOf(v))
	return n, n > 0
}

// Cyber contributes self-assessments that are open. Cities whose answers the
// reader does not show are passed over in silence.
func Cyber(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabCyber)
	given, asked, seen := 0, 0, 0
	newest, since := map[partnership.PartnerID]*cityWork{}, latestYear(r)-1
	for c := range field.All[cyber.Cycle](r) {
		label := cycleName(c)
		g.happens(c.Opens, cyber.KindCycles, uint64(c.ID), func() string { return label + " opens" })
		g.happens(c.Closes, cyber.KindCycles, uint64(c.ID), func() string { return label + " closes" })
		if c.Year >= since {
			g.work(c, newest)
		}
		g.releases(c)
		if !cycleOpen(c, g.today) {
			continue
		}
		g.states(c)
		answers := answersGiven(r, c.ID)
		for _, a := range answers {
			n, _ := itemsOf(c.Framework)
			given, asked, seen = given+min(a.given, n), asked+n, seen+1
			g.answersLeft(c, a)
		}
		if len(answers) == 0 {
			g.cycleLine(c)
		}
	}
	if seen > 0 {
		g.tiles = append(g.tiles, Tile{Name: "Answers given", Value: text.Thousands(int64(given)) + " of " + text.Thousands(int64(asked)),
			Number: value.Some(int64(given)), Tab: g.tab,
			Note: "answers with a level in open self-assessments, of " + count(seen, "city", "cities") + " whose answers you may see"})
	}
	for _, w := range newest {
		g.workLines(w)
	}
	g.readers(now)
	return g.contribution()
}

// latestYear gives the year of the newest cycle. What was left to do in cycles
// before the one preceding it has been carried into those two.
func latestYear(r field.Reader) int {
	year := 0
	for c := range field.All[cyber.Cycle](r) {
		year = max(year, c.Year)
	}
	return year
}

func cycleName(c *cyber.Cycle) string { return "The " + strconv.Itoa(c.Year) + " self-assessment" }

// cycleOpen reports whether a cycle takes answers on a day; one whose opening
// is not recorded does not.
func cycleOpen(c *cyber.Cycle, on value.Day) bool {
	return c.Opens.Set && c.Opens.V <= on && (!c.Closes.Set || on <= c.Closes.V)
}

type cityAnswers struct {
	partner partnership.PartnerID
	given   int
}

// answersGiven counts a cycle's answers by city, for cities of which the
// reader shows at least one level.
func answersGiven(r field.Reader, cycle cyber.CycleID) []cityAnswers {
	byCity := map[partnership.PartnerID]int{}
	for a := range field.Of[cyber.Answer](r, "cycle", cycle) {
		if a.Given() != "" {
			byCity[a.Partner]++
		}
	}
	out := make([]cityAnswers, 0, len(byCity))
	for p, n := range byCity {
		out = append(out, cityAnswers{p, n})
	}
	slices.SortFunc(out, func(a, b cityAnswers) int { return int(a.partner) - int(b.partner) })
	return out
}

// answersLeft tells how much of a city's self-assessment is still open.
func (g *gathering) answersLeft(c *cyber.Cycle, a cityAnswers) {
	n, ok := itemsOf(c.Framework)
	left := n - a.given
	if !ok || left <= 0 {
		return
	}
	g.line(cyber.KindCycles, uint64(c.ID), g.closing(c), c.Closes, func() string {
		text := partnerName(g.r, a.partner) + ": " + strconv.Itoa(left) + " of " + strconv.Itoa(n) +
			" answers left in the " + strconv.Itoa(c.Year) + " self-assessment"
		if c.Closes.Set {
			text += ", closes " + away(g.today, c.Closes.V)
		}
		return text
	})
}

// cycleLine tells that a cycle is open when no city's answers are shown.
func (g *gathering) cycleLine(c *cyber.Cycle) {
	urgency := g.closing(c)
	if urgency == Waiting {
		urgency = Note
	}
	g.line(cyber.KindCycles, uint64(c.ID), urgency, c.Closes, func() string {
		if !c.Closes.Set {
			return cycleName(c) + " is open"
		}
		return cycleName(c) + " is open until " + when(g.today, c.Closes.V)
	})
}

func (g *gathering) closing(c *cyber.Cycle) Urgency {
	if c.Closes.Set && c.Closes.V <= g.today+closingDays {
		return DueSoon
	}
	return Waiting
}
