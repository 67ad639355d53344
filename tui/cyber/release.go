package cyber

import (
	"io"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// give asks who gives the consent and puts it on file. It cannot be undone,
// since others rely on it; until something is released it can be given anew.
func (p *sharing) give() {
	if !p.changed() {
		p.s.d.Say(overlay.Info, "That consent is on file. 0 to 3 change it, o releases what it permits.")
		return
	}
	consent := p.consent
	words := "Who gives it for " + p.s.now.City.Name + "? Name and office, such as: Sam Lee, City manager"
	act.Ask(p.s.d, act.Line{Title: "Give this consent", Value: consent.GivenBy, Words: words,
		Accept: func(who string) tea.Cmd {
			consent.GivenBy = who
			return p.s.bound("assess.consent", 0, func(args any) { *args.(*cyber.Consent) = consent },
				p.s.saying("The consent is on file. o releases what it permits once the assessment is locked."))
		}})
}

// hand offers what can be done with a release: read it, hand it over here,
// send it as a file, take it back.
func (p *sharing) hand() tea.Cmd {
	sh, d, v := p.s.now, p.s.d, p.release
	read, send := "Read what was released", ""
	if v == nil {
		var err error
		if v, err = release.Make(d.View(), sh.Cycle.ID, sh.City.ID, sh.by, d.Today()); err != nil {
			d.Fail(err)
			return nil
		}
		read, send = "Read it first", "for a file that other cities keep"
	}
	text := v.Text(d.View())
	list := []menuItem{{Title: read, Value: func() tea.Cmd {
		d.Dialogs.Push(overlay.NewText(d.Theme, "The release, word for word", text))
		return nil
	}}}
	if p.release == nil {
		list[0].Note = "every line that would leave"
		list = append(list, menuItem{Title: "Hand it over here", Note: "to the cycle in this file", Value: p.handOver})
	}
	list = append(list, menuItem{Title: "Send it as a file", Note: send, Value: func() tea.Cmd {
		d.SaveFile(app.File{Title: "Send the release", Name: sh.file("release", "txt"), Write: func(w io.Writer) error {
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
			return run.NoteTaken(d.Store, d.Me.Identity(), cyber.KindReleases, field.Party(sh.City.ID), 1)
		}})
		return nil
	}})
	if p.release != nil && !sh.Cycle.Published.Set {
		list = append(list, menuItem{Title: "Take it back", Note: "works until results are shared",
			Value: func() tea.Cmd {
				return p.s.bound("release.take-back", uint64(v.ID), nil, nil)
			}})
		if city := sh.Cycle.City(v.Partner); city != nil && city.Until.Set {
			list = append(list, menuItem{Title: "Stand by it", Note: "results wait for it until " + city.Until.V.Long(),
				Value: func() tea.Cmd { return p.s.bound("release.confirm", uint64(v.ID), nil, nil) }})
		}
	}
	p.s.menu("Release of "+sh.title(), 64, list)
	return nil
}

// handOver releases to the cycle in this file, once that is certain.
func (p *sharing) handOver() tea.Cmd {
	sh, d := p.s.now, p.s.d
	return d.Confirm(overlay.Question{Title: "Release",
		Ask: "Hand over the release of " + sh.title() + "?",
		Consequences: []string{"Others are handed what the preview says, once every city that takes part has released.",
			"Once results are shared it cannot be called back."}, Yes: "release", No: "not yet"},
		func() tea.Cmd { return p.s.bound("assess.release", uint64(sh.Assessment.ID), nil, nil) })
}

// packetLimit is more than any release takes.
const packetLimit = 1 << 20

// takeIn reads the release that a city has sent.
func (p *sharing) takeIn() {
	cycle := p.s.cycle
	p.s.d.OpenFile("Take in a release", "Which file did the city send?", func(_ string, r io.Reader) func() tea.Cmd {
		data, err := io.ReadAll(io.LimitReader(r, packetLimit))
		return func() tea.Cmd {
			if err != nil {
				p.s.d.Fail(failure.New(failure.Unusable, "the file cannot be read; copy it again"))
				return nil
			}
			sent := func(args any) { *args.(*assess.Packet) = assess.Packet{Text: string(data), Cycle: cycle} }
			return p.s.bound(assess.TakeIn(p.s.d.View(), string(data)), 0, sent, nil)
		}
	})
}

// takingPart opens the cycle to say which cities take part, or proposes all
// member cities when nobody has said so yet.
func (p *sharing) takingPart() tea.Cmd {
	p.s.sheet()
	c := field.Get(p.s.d.View(), p.s.cycle)
	if cycles := p.s.cyclesByYear(); c == nil && len(cycles) == 0 {
		return p.s.begin()
	} else if c == nil {
		c = cycles[0]
	}
	if len(c.Cities) > 0 {
		return p.s.screen.Edit(app.Route{Kind: "cycles", ID: uint64(c.ID)})
	}
	return p.s.d.Confirm(overlay.Question{Title: "Who takes part",
		Ask: "Do all member cities take part?",
		Consequences: []string{"Results are shared when all of them have released.",
			"A city that will not is declared so in the cycle; it stalls nobody."},
		Yes: "all member cities", No: "not yet"}, func() tea.Cmd {
		return p.s.bound("cycle.invite", uint64(c.ID), nil, p.s.saying("All member cities take part. c changes that."))
	})
}
