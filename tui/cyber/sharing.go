package cyber

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// sharing is the page on which a city decides what leaves it, sees exactly
// what each other city would see, and hands it over. Its cursor stands on every
// function at once, or behind that on one.
type sharing struct {
	sheetPage
	consent cyber.Consent // as it stands on the page
	onFile  *cyber.Consent
	release *cyber.Release
	preview []string
	read    page.Cursor // the lines of the preview
	settled uint64      // the state that was settled last
}

func newSharing(s *subject) *sharing {
	p := &sharing{}
	p.begin(s, "sharing", "Sharing", sharingHelp)
	p.take, p.paint = p.takeUp, p.draw
	k, shared := s.d.Keys, s.actions()
	anyhow := []page.Action{
		page.Does(page.Key("c", "who takes part"), p.takingPart).Doing("cycle.invite"),
		page.Moves(page.Key("i", "take in a release"), p.takeIn),
		page.Moves(page.Key("H", "who can read this disk"), func() {
			says := strings.Join(release.Hosting(s.d.Store.Path()), "\n\n")
			s.d.Dialogs.Push(overlay.NewMessage(s.d.Theme, "Who can read this disk", says))
		}),
	}
	leaf := []page.Action{page.Moves(page.Relabel(k.PageDown, "preview down"), func() { p.read.Scroll(1) }),
		page.Moves(page.Relabel(k.PageUp, "preview up"), func() { p.read.Scroll(-1) })}
	empty := &page.Scope{Alone: true, Actions: slices.Concat(anyhow, s.empty().Actions, leaf)}
	wall := &page.Scope{Actions: shared[3:4], Other: func() tea.Cmd { s.hidden(onTheWall); return nil }}
	p.Scope = func() *page.Scope {
		switch {
		case s.projected:
			return wall
		case p.sheet() == nil:
			return empty
		}
		return nil
	}
	p.Actions = slices.Concat([]page.Action{
		{Key: page.Key("0-3", "how far it goes", "0", "1", "2", "3"), Always: true, Each: p.setLevel},
		page.Moves(page.Relabel(k.Open, "give this consent"), p.give).Doing("assess.consent"),
		page.Does(page.Key("o", "release"), p.hand),
		page.Moves(page.Key("v", "who sees scores"), p.chooseWith),
		page.Moves(page.Key("m", "even among few"), func() { p.consent.SmallToo = !p.consent.SmallToo; p.foresee() }),
		page.Moves(page.Key("n", "only from three on"),
			func() { p.consent.FromThree = !p.consent.FromThree; p.foresee() }),
	}, anyhow, shared, leaf, []page.Action{page.Moves(page.Relabel(k.Back, "as it is on file"), func() {
		p.taken = taken{}
		s.d.Say(overlay.Info, "The consent stands as it is on file.")
	}).While(func() bool { return p.onFile != nil && p.changed() })})
	return p
}

// onTheWall is said while a room looks on.
const onTheWall = "What cities share is hidden while this is projected; P shows it again."

// sharingHelp says what the levels of consent mean.
const sharingHelp = "## How far it goes\n  0  nothing leaves the city\n  1  what at least two cities lack is " +
	"named, never whose it is\n" +
	"  2  and whether a function is below 3, 3 to 5, or 5 and above, to the facilitator\n" +
	"  3  and every score, to the partners you name\n  Notes, reasons and evidence never leave.\n"

// Refresh implements app.Screen.
func (p *sharing) Refresh() tea.Cmd {
	p.s.renewed()
	return p.settle()
}

// settle puts the results together when the last city that was waited for has
// been declared as not taking part. Whoever may not do that leaves it to
// somebody who may.
func (p *sharing) settle() tea.Cmd {
	c := field.Get(p.s.d.View(), p.s.cycle)
	if c == nil || c.Published.Set || len(c.TakingPart()) == 0 || p.settled == p.s.d.View().Rev() {
		return nil
	}
	for _, city := range c.Cities {
		if city.Part == cyber.TakesPart && !city.Released.Set {
			return nil
		}
	}
	p.settled = p.s.d.View().Rev()
	share := act.Offer{Act: p.s.acts.Named("cycle.share"), ID: uint64(c.ID), Ask: []string{}}
	share.Fails = func(error) tea.Cmd { return nil }
	share.Then = func(done run.Done) tea.Cmd {
		if out, ok := done.Detail.(assess.Outcome); ok && out.Shared {
			p.s.d.Say(overlay.Done, done.Text)
		}
		return nil
	}
	return act.Do(p.s.d, share)
}

// takeUp takes up the consent and the release as they are on file; what stands
// on the page and is not given yet stays as long as the file does.
func (p *sharing) takeUp(sh *sheet, other bool) {
	view := p.s.d.View()
	onFile := cyber.ConsentOf(view, sh.Cycle.ID, sh.City.ID)
	other = other || !sameConsent(onFile, p.onFile)
	p.onFile, p.release, p.Len = onFile, cyber.ReleaseOf(view, sh.Cycle.ID, sh.City.ID), len(sh.Framework.Functions)+1
	if other {
		p.At, p.read.Top = 0, 0
		p.consent = cyber.Consent{Cycle: sh.Cycle.ID, Partner: sh.City.ID, Level: cyber.SharesNothing}
		if onFile != nil {
			p.consent = *onFile
			p.consent.Functions, p.consent.With = slices.Clone(onFile.Functions), slices.Clone(onFile.With)
		}
	}
	p.foresee()
}

// sameConsent reports whether two consents on file are the same record in the
// same state.
func sameConsent(a, b *cyber.Consent) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Level == b.Level && a.SmallToo == b.SmallToo && a.FromThree == b.FromThree &&
		slices.Equal(a.Functions, b.Functions) &&
		slices.Equal(a.With, b.With)
}

// changed reports whether the page says something else than the consent on
// file.
func (p *sharing) changed() bool {
	return p.onFile == nil || !sameConsent(p.onFile, &p.consent) || p.void() != ""
}

// void says why the consent on file counts no more, or "".
func (p *sharing) void() string {
	if p.onFile == nil || p.release != nil {
		return ""
	}
	return p.onFile.Void(p.s.d.View(), p.s.now.Cycle)
}

// foresee works out the preview: what each other city would see of today's
// answers under the consent as it stands on the page.
func (p *sharing) foresee() {
	view, sh := p.s.d.View(), p.s.now
	v := release.Of(sh.Framework, sh.Levels, sh.Cycle, &p.consent, sh.City.ID, sh.by, p.s.d.Today())
	out := []string{"# Exactly what each other city would see"}
	if len(sh.Cycle.TakingPart()) == 0 {
		out = append(out, "Nobody has said yet which cities take part: c does.")
	}
	out = append(out, p.alike(release.Previews(view, v))...)
	out = append(out, "", "# What this concedes")
	for _, line := range release.Concedes(&p.consent, sh.Cycle) {
		out = append(out, "· "+line)
	}
	p.preview = append(append(out, ""), p.s.handedText(sh.Cycle)...)
}

// alike writes previews; those who would see the same are named together.
func (p *sharing) alike(previews []release.Preview) []string {
	var texts []string
	names := map[string][]string{}
	for _, pr := range previews {
		seen := strings.Join(pr.Lines, ". ") + "."
		if names[seen] == nil {
			texts = append(texts, seen)
		}
		names[seen] = append(names[seen], p.s.d.Env().Label(partnership.KindPartners, uint64(pr.To)))
	}
	for i, seen := range texts {
		texts[i] = strings.Join(names[seen], ", ") + ": " + seen
	}
	return texts
}

// handedText tells what has been shared of a cycle with the viewer.
func (s *subject) handedText(cycle *cyber.Cycle) []string {
	out := []string{"# Shared with you"}
	r := s.shared(cycle)
	if r.handout.Why != "" {
		return append(out, r.handout.Why)
	}
	for _, l := range r.handout.Lists {
		switch {
		case l.Withheld != "":
			out = append(out, l.Function+": no list; "+l.Withheld+".")
		case len(l.Items) == 0:
			out = append(out, l.Function+": nothing is lacked by two cities or more.")
		default:
			out = append(out, l.Function+", lacked by at least two cities: "+strings.Join(l.Items, ", "))
		}
	}
	for _, c := range r.cities {
		var parts []string
		for _, fn := range framework.FunctionsOf(cycle.Framework) {
			if b := c.bands[fn]; b != "" {
				parts = append(parts, fn+" "+string(b))
			}
		}
		if len(parts) > 0 {
			out = append(out, c.city.Name+", bands: "+strings.Join(parts, ", "))
		}
		if c.scores != nil {
			out = append(out, c.city.Name+": scores; the heatmap shows them (v there).")
		}
	}
	return out
}

// setLevel changes how far one function goes, or all of them.
func (p *sharing) setLevel(pressed string) tea.Cmd {
	if p.release != nil {
		p.s.d.Say(overlay.Info,
			"This has been released. o takes the release back, as long as results are not shared; then it can change.")
		return nil
	}
	level := cyber.ConsentLevel(pressed)
	if p.At == 0 {
		p.consent.Level, p.consent.Functions = level, nil
	} else {
		fn := string(p.s.now.Framework.Functions[p.At-1].ID)
		kept := slices.DeleteFunc(slices.Clone(p.consent.Functions),
			func(f cyber.FunctionConsent) bool { return f.Function == fn })
		if level != p.consent.Level {
			kept = append(kept, cyber.FunctionConsent{Function: fn, Level: level})
		}
		p.consent.Functions = kept
	}
	p.foresee()
	return nil
}

// chooseWith asks which partners may see scores.
func (p *sharing) chooseWith() {
	own := p.s.now.City.ID
	overlay.Pick[partnership.PartnerID]{Title: "Who may see scores?", Width: 48, Verb: "on or off",
		Again: func() (list []overlay.Choice[partnership.PartnerID]) {
			for c := range field.All[partnership.Partner](p.s.d.View()) {
				if c.ID == own || c.Status == partnership.Withdrawn {
					continue
				}
				it := overlay.Choice[partnership.PartnerID]{Value: c.ID, Title: c.Name}
				if slices.Contains(p.consent.With, c.ID) {
					it.Mark = "✓"
				}
				list = append(list, it)
			}
			return list
		},
		Choose: func(id partnership.PartnerID) tea.Cmd {
			with := slices.Clone(p.consent.With)
			if i := slices.Index(with, id); i >= 0 {
				p.consent.With = slices.Delete(with, i, i+1)
			} else {
				p.consent.With = append(with, id)
			}
			p.foresee()
			return nil
		}}.Open(p.s.d.Dialogs)
}
