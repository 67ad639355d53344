package cyber

import "strings"

// HelpText explains the answers and the marks of the answer page.
func (a *answering) HelpText() string {
	var b strings.Builder
	b.WriteString("## Answers\n")
	for _, c := range a.s.choices {
		b.WriteString("  " + (c.Keys + "  ")[:3] + " " + c.Label + ". " + c.Meaning + "\n")
	}
	return b.String() + "\n## Marks\n" +
		"  ●  the answer given    ○  last year's; it counts for nothing until it is confirmed\n" +
		"  ✓  stored              …  being stored: go on typing, nothing is lost\n" +
		"  ⚑  flagged             !  does not fit, or something is missing behind it\n\n" +
		"## Good to know\n" +
		"  5 waits for p (in process) or a (risk accepted); p alone is 5 in process.\n" +
		"  / goes through a part of the questions: of the inherited ones Enter keeps each, a digit changes it.\n" +
		"  A question nobody can answer is - (unknown). It is left out of the score and opens an interval.\n" +
		"  P hides notes, reasons, evidence and other cities while a meeting looks on.\n"
}

// HelpText explains the cells of the heatmap.
func (h *heat) HelpText() string {
	return "## Cells\n  1 to 7 with a shape that grows with the level; A is a risk accepted (worth 5),\n" +
		"  - not applicable, ? unknown, a dot by itself not answered. i says a cell as a sentence.\n" +
		"  By city (v) it shows your own answers, what at least two cities lack (●), and what others shared with you.\n"
}

// HelpText explains the marks on the bars.
func (p *scores) HelpText() string {
	return "## Bars\n  │ the minimum   ◇ the mean of the city's own targets   ○ last year, over the questions scored in both\n" +
		"  ▲ a benchmark from your own report. 3.2 to 5.5 is what the open answers leave possible: all at 1, all at 7.\n" +
		"  The review does not publish how it carries scores upward: b switches between the two ways, = says how.\n"
}

// HelpText says how the choice of solutions comes about.
func (p *joint) HelpText() string {
	return "## Marks\n  ✓  in the best choice   must, out  your own wish (Space)\n" +
		"  The search goes on beside you; Esc stops it, and what is shown says how far from the best it may be.\n"
}

// HelpText says what the levels of consent mean.
func (p *sharing) HelpText() string {
	return "## How far it goes\n  0  nothing leaves the city\n  1  what at least two cities lack is named, never whose it is\n" +
		"  2  and whether a function is below 3, 3 to 5, or 5 and above, to the facilitator\n" +
		"  3  and every score, to the partners you name\n  Notes, reasons and evidence never leave.\n"
}
