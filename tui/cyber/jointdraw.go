package cyber

import (
	"fmt"
	"strconv"
	"strings"

	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/page"
)

// Draw draws the page.
func (p *joint) Draw(f *frame.Frame, r frame.Rect) {
	p.drawn = true
	if p.none() {
		p.Empty =
			"No joint solution is on file. One lifts questions to a level, in one city or several, at a cost; the " +
				"search then says " +
				"which to buy. a adds one; t starts with five suggestions to edit."
		if p.why != nil {
			p.Empty = text.Capital(p.why.Error()) + "."
		}
		p.Show(page.Content{})
		p.Page.Draw(f, r)
		return
	}
	r = p.DrawHead(f, r.Inset(1, 0), "Joint solutions", p.money(), p.quality(), p.s.d.Theme.Accent)
	foot, r := r.SplitBottom(min(len(p.kase.Serves)+3, 7))
	p.Columns = []page.Column{{Width: 1, Tone: page.Lively}, {Width: 4, Tone: page.Warn}, {Title: "Solution"},
		{Title: "Cost over " + text.Counted(p.years, "year", "years"), Width: 17, Right: true},
		{Title: "Lifts", Width: 13, Right: true}, {Title: "Gain", Width: 4, Right: true}}
	p.Show(p.rows())
	p.DrawRows(f, r)
	p.drawShares(f, foot)
}

// money says budget and cost.
func (p *joint) money() string {
	if p.budget == 0 {
		return p.best.Cost.String() + ", no limit set"
	}
	return fmt.Sprintf("%s of a budget of %s", p.best.Cost, p.budget)
}

// quality says how good the choice is.
func (p *joint) quality() string {
	if p.fails != nil {
		return "no choice is possible"
	}
	q := p.best.Quality()
	if !p.s.projected {
		q = text.Counted(int(p.best.Gain), "level", "levels") + " gained, " + q
	}
	if p.searching != nil {
		q += ", looking further …"
	}
	return q
}

// drawShares says what each city pays, and whose levels stand behind it.
func (p *joint) drawShares(f *frame.Frame, r frame.Rect) {
	t := p.s.d.Theme
	f.HLine(r.X, r.Y, r.W, t.Faint)
	left, side := r.SplitLeft(r.W / 2)
	_, left = left.SplitTop(1)
	_, side = side.SplitTop(1)
	f.At(left.X, left.Y)
	how := [...]string{"by each one's rule", "equally", "by population", "by benefit"}[p.rule]
	f.Text(t.Heading, "Cost shared "+how, left.W-1)
	shares, err := p.kase.Shares(p.s.d.View(), p.best, costRules()[p.rule])
	_, left = left.SplitTop(1)
	switch {
	case p.fails != nil:
		page.Paragraph(f, left, t.Warn, p.fails.Error(), left.H)
	case p.s.projected:
		page.Paragraph(f, left, t.Text, "What each city pays is hidden while this is projected.", left.H)
	case err != nil:
		left.W -= 2
		page.Paragraph(f, left, t.Text, text.Capital(err.Error())+".", left.H)
	default:
		for i, city := range p.kase.Serves {
			line := left.Row(i)
			if line.Empty() {
				break
			}
			f.At(line.X, line.Y)
			f.Text(t.Text, p.s.d.Env().Label(partnership.KindPartners, uint64(city)), min(20, line.W-16))
			f.TextRight(t.Strong, shares[i].String(), 14)
		}
	}
	if !p.s.projected {
		page.Paragraph(f, side, t.Dim, "Worked out from: "+strings.Join(p.kase.Notes, ". ")+".", side.H)
	}
}

// formula says how gain, cost and quality come about.
func (p *joint) formula() string {
	var b strings.Builder
	b.WriteString("The gain counts, over the cities and questions known here, how many levels each answer is lifted " +
		"towards the minimum. " +
		"Of several solutions for one question the best counts; levels above the minimum count for nothing.\n\n")
	fmt.Fprintf(&b, "Chosen gain: %d. No choice within the budget gains more than %d, so this one is %s.\n",
		p.best.Gain, p.best.Bound, p.best.Quality())
	fmt.Fprintf(&b, "Cost: what each chosen solution costs once, and %s times what it costs a year, less its grant: "+
		"%s.\n\n", strconv.Itoa(p.years), p.best.Cost)
	b.WriteString("Lifts are local judgment and costs are your own figures: edit both before relying on them.\n\n## " +
		"Whose levels are in it\n")
	if p.s.projected {
		return b.String() + "Hidden while this is projected.\n"
	}
	for i, city := range p.kase.Cities {
		name := "another city of the shared list"
		if city != 0 {
			name = p.s.d.Env().Label(partnership.KindPartners, uint64(city))
		}
		if i < len(p.best.ByCity) {
			fmt.Fprintf(&b, "%s gains %s\n", name, text.Counted(int(p.best.ByCity[i]), "level", "levels"))
		}
	}
	return b.String() + "\n" + strings.Join(p.kase.Notes, "\n") + "\n"
}
