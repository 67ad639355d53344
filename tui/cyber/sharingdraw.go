package cyber

import (
	"cmp"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/partnership"
	"interlocal/tui/frame"
	"interlocal/tui/page"
)

// Draw draws the page; somebody who sees no answers is shown what was shared.
func (p *sharing) Draw(f *frame.Frame, r frame.Rect) {
	switch {
	case p.s.projected:
		r = r.Inset(1, 0)
		f.At(r.X, r.Y+1)
		f.Text(p.s.d.Theme.Text, onTheWall, r.W)
	case p.sheet() == nil && p.s.lack != lackCycle && p.s.lack != lackBegun && len(p.s.cyclesByYear()) > 0:
		p.drawReceiver(f, r.Inset(1, 0))
	default:
		p.sheetPage.Draw(f, r)
	}
}

// legendLines is what the legend takes in the narrowest window.
const legendLines = 4

// draw draws what the city decides, and what follows from it.
func (p *sharing) draw(f *frame.Frame, r frame.Rect, sh *sheet) {
	t := p.s.d.Theme
	r = p.DrawHead(f, r, sh.title(), p.standing(sh), "", t.Plain)
	foot, r := r.SplitBottom(1)
	f.At(foot.X, foot.Y)
	f.Text(t.Warn, "! Five cities are not anonymity. What protects you is what you do not share.", foot.W)
	_, r = r.SplitTop(1)
	left, side := r.SplitLeft(36)
	if r.W >= wideFrom {
		left, side = r.SplitLeft(48)
	}
	p.drawDecision(f, left, sh)
	side.X, side.W = side.X+2, side.W-2
	p.read.DrawText(f, side, t, p.preview)
}

// standing says how far consent and release have come.
func (p *sharing) standing(sh *sheet) string {
	switch {
	case sh.Cycle.Published.Set:
		return "results were shared on " + sh.Cycle.Published.V.Long()
	case p.release != nil:
		return "released on " + p.release.Made.V.Long() + "; others have not seen it yet"
	case p.onFile == nil:
		return "no consent is on file: nothing leaves the city"
	case p.void() != "":
		return "void: " + p.void() + ". Enter gives it again"
	case p.changed():
		return "changed here, not given yet: Enter gives it"
	}
	return "consent given by " + p.onFile.GivenBy + ", " + p.onFile.Given.V.Long()
}

// consentWords says a level.
func consentWords(l cyber.ConsentLevel) string {
	words := map[cyber.ConsentLevel]string{cyber.SharesList: "1 joins the list",
		cyber.SharesBands:  "2 bands, facilitator",
		cyber.SharesScores: "3 scores, to those named"}
	return cmp.Or(words[l], "0 nothing")
}

// drawDecision draws what the city decides, function by function.
func (p *sharing) drawDecision(f *frame.Frame, r frame.Rect, sh *sheet) {
	t := p.s.d.Theme
	row := func(i int, name, says string, at bool) {
		line := r.Row(i)
		if line.Empty() {
			return
		}
		ground, mark := t.Plain, "  "
		if at {
			ground, mark = t.Selected, "▸ "
			f.Cursor(line.X, line.Y)
		}
		f.At(line.X, line.Y)
		f.Text(t.Over(ground, t.Accent), mark, 2)
		f.Text(t.Over(ground, t.Text), name, 13)
		f.Text(t.Over(ground, t.Strong), says, line.W-15)
		if i <= len(sh.Framework.Functions) {
			p.Click(f, line, i, nil)
		}
	}
	all := consentWords(p.consent.Level)
	if len(p.consent.Functions) > 0 {
		all = "differs by function"
	}
	row(0, "Everything", all, p.At == 0)
	for i, fn := range sh.Framework.Functions {
		row(i+1, string(fn.ID)+" "+fn.Name, consentWords(p.consent.For(string(fn.ID))), p.At == i+1)
	}
	n := len(sh.Framework.Functions) + 2
	row(n, "v Scores to", p.withNames(), false)
	few := "no list among so few"
	if p.consent.SmallToo {
		few = "a list even then"
	}
	row(n+1, "m Under four", few, false)
	three := "where two lack it"
	if p.consent.FromThree {
		three = "where three lack it"
	}
	row(n+2, "n Named", three, false)
	_, rest := r.SplitTop(min(n+4, max(n+3, r.H-legendLines)))
	page.Paragraph(f, rest, t.Dim, "1 what two or more cities lack, not whose it is; 2 also ranges to the "+
		"facilitator; 3 also scores to whom v names. Notes and evidence stay.", rest.H)
}

func (p *sharing) withNames() string {
	if len(p.consent.With) == 0 {
		return "nobody"
	}
	var names []string
	for _, id := range p.consent.With {
		names = append(names, p.s.d.Env().Label(partnership.KindPartners, uint64(id)))
	}
	return strings.Join(names, ", ")
}

// drawReceiver draws the page of somebody who sees no answers: what cities
// have shared with them.
func (p *sharing) drawReceiver(f *frame.Frame, r frame.Rect) {
	t := p.s.d.Theme
	cycle := p.s.cyclesByYear()[0]
	head, r := r.SplitTop(2)
	f.At(head.X, head.Y)
	f.Text(t.Title, "What cities have shared of the "+strconv.Itoa(cycle.Year)+" cycle", head.W)
	p.read.DrawText(f, r, t, append(p.s.handedText(cycle), "", "As "+string(p.s.d.Me.Identity().Role)+
		" you see what cities have consented to share with you, and nothing else of their answers."))
}
