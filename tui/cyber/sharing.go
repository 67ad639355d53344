package cyber

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// sharing is the page on which a city decides what leaves it, sees exactly
// what each other city would see, and hands it over.
type sharing struct {
	sheetPage
	keys sharingKeys

	made    bool
	rev     uint64
	of      string
	consent cyber.Consent // as it stands on the page
	onFile  *cyber.Consent
	release *cyber.Release
	preview []string
	at      int // 0 is every function, then each
	top     int // of the preview
	lines   int
	height  int
	settled uint64 // the state that was settled last
}

// sharingKeys are the keys of the page.
type sharingKeys struct {
	subjectKeys
	up, down           key.Binding
	level, with, small key.Binding
	give, hand, take   key.Binding
	host, part         key.Binding
	more, less         key.Binding
}

func newSharing(s *subject) *sharing {
	k := s.d.Keys
	return &sharing{sheetPage: sheetPage{s}, keys: sharingKeys{subjectKeys: newSubjectKeys(k), up: k.Up, down: k.Down,
		level: binding("0-3", "how far it goes", "0", "1", "2", "3"), with: binding("v", "who sees scores", "v"),
		small: binding("m", "even among few", "m"), give: renamed(k.Open, "give this consent"),
		hand: binding("o", "release", "o"), take: binding("i", "take in a release", "i"),
		host: binding("H", "who can read this disk", "H"), part: binding("c", "who takes part", "c"),
		more: renamed(k.PageDown, "preview down"), less: renamed(k.PageUp, "preview up")}}
}

// Name implements records.View.
func (p *sharing) Name() string { return "cyber-sharing" }

// Title implements records.View.
func (p *sharing) Title() string { return "Sharing" }

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
	return p.s.perform("cycle.share", uint64(c.ID), nil, func(done run.Done, err error) tea.Cmd {
		if out, ok := done.Detail.(assess.Outcome); ok && err == nil && out.Shared {
			p.s.d.Say(overlay.Done, done.Text)
		}
		return nil
	})
}

// Keys lists what the keys do.
func (p *sharing) Keys() []key.Binding {
	k := p.keys
	return []key.Binding{k.level, k.give, k.hand, k.with, k.small, k.part, k.take, k.host, k.whose, k.review, k.down, k.up, k.more, k.less,
		k.export, k.project, k.begin}
}

// sheet takes up what has changed and gives the sheet; nil when there is none.
func (p *sharing) sheet() *sheet {
	sh := p.s.sheet()
	if sh == nil || p.made && p.rev == p.s.rev && p.of == sh.key() {
		return sh
	}
	view := p.s.d.View()
	onFile := cyber.ConsentOf(view, sh.cycle.ID, sh.city.ID)
	fresh := p.of != sh.key() || !p.made || !sameConsent(onFile, p.onFile)
	p.made, p.rev, p.of, p.onFile = true, p.s.rev, sh.key(), onFile
	p.release = cyber.ReleaseOf(view, sh.cycle.ID, sh.city.ID)
	if fresh {
		p.at, p.top = 0, 0
		p.consent = cyber.Consent{Cycle: sh.cycle.ID, Partner: sh.city.ID, Level: cyber.SharesNothing}
		if onFile != nil {
			p.consent = *onFile
			p.consent.Functions = slices.Clone(onFile.Functions)
			p.consent.With = slices.Clone(onFile.With)
		}
	}
	p.foresee(sh)
	return sh
}

// sameConsent reports whether two consents on file are the same record in the
// same state.
func sameConsent(a, b *cyber.Consent) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Level == b.Level && a.SmallToo == b.SmallToo && slices.Equal(a.Functions, b.Functions) && slices.Equal(a.With, b.With)
}

// changed reports whether the page says something else than the consent on
// file.
func (p *sharing) changed() bool {
	if p.onFile == nil {
		return true
	}
	return !sameConsent(p.onFile, &p.consent)
}

// foresee works out the preview: what each other city would see of today's
// answers under the consent as it stands on the page.
func (p *sharing) foresee(sh *sheet) {
	view := p.s.d.View()
	v := release.Of(sh.fw, sh.levels, sh.cycle, &p.consent, sh.city.ID, sh.by, p.s.d.Today())
	previews := release.Previews(view, v)
	var out []string
	out = append(out, "## Exactly what each other city would see")
	if len(sh.cycle.TakingPart()) == 0 {
		out = append(out, "Nobody has said yet which cities take part: c does.")
	}
	out = append(out, p.alike(previews)...)
	out = append(out, "", "## What this concedes")
	for _, line := range release.Concedes(&p.consent, sh.cycle.Framework) {
		out = append(out, "· "+line)
	}
	p.preview = append(append(out, ""), p.s.handedText(sh.cycle)...)
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
	out := []string{"## Shared with you"}
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

// Update answers a key.
func (p *sharing) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	sh := p.sheet()
	k := p.keys
	switch {
	case p.s.projected && key.Matches(press, k.project):
		p.s.project()
		return nil
	case p.s.projected:
		p.s.d.Say(overlay.Info, "What cities share is hidden while this is projected; P shows it again.")
		return nil
	case key.Matches(press, k.take):
		p.takeIn()
		return nil
	case key.Matches(press, k.host):
		p.hosting()
		return nil
	case key.Matches(press, k.part):
		return p.takingPart()
	case sh == nil:
		return p.s.emptyKey(press, k.subjectKeys)
	case key.Matches(press, k.down):
		p.at = min(p.at+1, len(sh.fw.Functions))
	case key.Matches(press, k.up):
		p.at = max(p.at-1, 0)
	case key.Matches(press, k.more):
		p.top = max(0, min(p.top+p.height-1, p.lines-p.height))
	case key.Matches(press, k.less):
		p.top = max(0, p.top-p.height+1)
	case key.Matches(press, p.s.d.Keys.Back):
		return p.leave()
	default:
		return p.decide(press, sh)
	}
	return nil
}

// decide answers the keys that change the consent or hand over what it
// permits.
func (p *sharing) decide(press tea.KeyPressMsg, sh *sheet) tea.Cmd {
	k := p.keys
	switch {
	case key.Matches(press, k.level):
		p.setLevel(sh, cyber.ConsentLevel(press.Text))
	case key.Matches(press, k.small):
		p.consent.SmallToo = !p.consent.SmallToo
		p.foresee(sh)
	case key.Matches(press, k.with):
		p.chooseWith(sh)
	case key.Matches(press, k.give):
		p.give(sh)
	case key.Matches(press, k.hand):
		return p.hand(sh)
	default:
		return p.s.key(press, k.subjectKeys)
	}
	return nil
}

// leave takes back what has not been given, or goes back to where a link was
// followed.
func (p *sharing) leave() tea.Cmd {
	if p.made && p.changed() && p.onFile != nil {
		p.made = false
		p.s.d.Say(overlay.Info, "The consent stands as it is on file.")
		return nil
	}
	cmd, _ := p.s.screen.Leave()
	return cmd
}

// setLevel changes how far one function goes, or all of them.
func (p *sharing) setLevel(sh *sheet, level cyber.ConsentLevel) {
	if p.release != nil {
		p.s.d.Say(overlay.Info, "This has been released. o takes the release back, as long as results are not shared; then it can change.")
		return
	}
	if p.at == 0 {
		p.consent.Level, p.consent.Functions = level, nil
	} else {
		fn := string(sh.fw.Functions[p.at-1].ID)
		kept := slices.DeleteFunc(slices.Clone(p.consent.Functions), func(f cyber.FunctionConsent) bool { return f.Function == fn })
		if level != p.consent.Level {
			kept = append(kept, cyber.FunctionConsent{Function: fn, Level: level})
		}
		p.consent.Functions = kept
	}
	p.foresee(sh)
}

// chooseWith asks which partners may see scores.
func (p *sharing) chooseWith(sh *sheet) {
	search := func(query string, limit int) []overlay.Item {
		var items []overlay.Item
		for c := range field.All[partnership.Partner](p.s.d.View()) {
			if c.ID == sh.city.ID || c.Status == partnership.Withdrawn {
				continue
			}
			it := overlay.Item{ID: fmt.Sprint(uint64(c.ID)), Title: c.Name}
			if slices.Contains(p.consent.With, c.ID) {
				it.Mark = "✓"
			}
			items = append(items, it)
		}
		return overlay.List(items)(query, limit)
	}
	p.s.d.Dialogs.Push(overlay.NewPick(p.s.d.Theme, overlay.PickOptions{Title: "Who may see scores?", Width: 48, Stay: true,
		Verb: "on or off", Search: search, Choose: func(it overlay.Item) tea.Cmd {
			var n uint64
			_, _ = fmt.Sscan(it.ID, &n) // an item's name is a number
			id := partnership.PartnerID(n)
			if i := slices.Index(p.consent.With, id); i >= 0 {
				p.consent.With = slices.Delete(slices.Clone(p.consent.With), i, i+1)
			} else {
				p.consent.With = append(slices.Clone(p.consent.With), id)
			}
			p.foresee(sh)
			return nil
		}}))
}
