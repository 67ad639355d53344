package cyber

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// give asks who gives the consent and puts it on file. It cannot be undone,
// since others rely on it; until something is released it can be given anew.
func (p *sharing) give(sh *sheet) {
	if !p.changed() {
		p.s.d.Say(overlay.Info, "That consent is on file. 0 to 3 change it, o releases what it permits.")
		return
	}
	consent := p.consent
	val := consent.GivenBy
	p.s.d.Dialogs.Push(newLine(p.s.d, lineOptions{title: "Give this consent", value: val,
		words: "Who gives it for " + sh.city.Name + "? Name and office, such as: Sam Lee, City manager",
		accept: func(who string) tea.Cmd {
			consent.GivenBy = who
			return p.s.perform("assess.consent", 0, func(args any) { *args.(*cyber.Consent) = consent },
				p.s.tell("The consent is on file. o releases what it permits once the assessment is locked."))
		}}))
}

// hand offers what can be done with a release: read it, hand it over here,
// send it as a file, take it back.
func (p *sharing) hand(sh *sheet) tea.Cmd {
	view := p.s.d.View()
	if p.release == nil {
		v, err := release.Make(view, sh.cycle.ID, sh.city.ID, sh.by, p.s.d.Today())
		if err != nil {
			p.s.d.Fail(err)
			return nil
		}
		p.offer(sh, v, []overlay.Item{{ID: "read", Title: "Read it first", Note: "every line that would leave"},
			{ID: "here", Title: "Hand it over here", Note: "to the cycle in this file"},
			{ID: "file", Title: "Send it as a file", Note: "for a file that other cities keep"}})
		return nil
	}
	items := []overlay.Item{{ID: "read", Title: "Read what was released"}, {ID: "file", Title: "Send it as a file"}}
	if !sh.cycle.Published.Set {
		items = append(items, overlay.Item{ID: "back", Title: "Take it back", Note: "works until results are shared"})
	}
	p.offer(sh, p.release, items)
	return nil
}

func (p *sharing) offer(sh *sheet, v *cyber.Release, items []overlay.Item) {
	d := p.s.d
	text := v.Text(d.View())
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Release of " + sh.title(), Width: 64, Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			switch it.ID {
			case "read":
				d.Dialogs.Push(overlay.NewText(d.Theme, "The release, word for word", text))
			case "file":
				p.saveFile(sh, text)
			case "back":
				return p.s.perform("release.take-back", uint64(v.ID), nil, p.s.tell(""))
			case "here":
				d.Dialogs.Push(overlay.NewConfirm(d.Theme, overlay.Question{Title: "Release", Ask: "Hand over the release of " + sh.title() + "?",
					Consequences: []string{"Others are handed what the preview says, once every city that takes part has released.",
						"Once results are shared it cannot be called back."}, Yes: "release", No: "not yet"}, func() tea.Cmd {
					return p.s.perform("assess.release", uint64(sh.assessment.ID), nil, p.s.tell(""))
				}))
			}
			return nil
		}}))
}

// saveFile writes the release as the file that is sent.
func (p *sharing) saveFile(sh *sheet, text string) {
	name := "release-" + strings.ReplaceAll(field.FoldName(sh.title()), " ", "-") + ".txt"
	p.s.d.SaveFile(app.File{Title: "Send the release", Name: name, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}})
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
			return p.s.perform("release.take-in", 0, sent, p.s.tell(""))
		}
	})
}

// hosting says who can read the disk that the answers lie on.
func (p *sharing) hosting() {
	text := strings.Join(release.Hosting(p.s.d.Store.Path()), "\n\n")
	p.s.d.Dialogs.Push(overlay.NewMessage(p.s.d.Theme, "Who can read this disk", text))
}

// takingPart opens the cycle to say which cities take part, or proposes all
// member cities when nobody has said so yet.
func (p *sharing) takingPart() tea.Cmd {
	p.s.sheet()
	c := field.Get(p.s.d.View(), p.s.cycle)
	if c == nil {
		if cycles := p.s.cyclesByYear(); len(cycles) > 0 {
			c = cycles[0]
		} else {
			return p.s.begin()
		}
	}
	if len(c.Cities) > 0 {
		return p.s.screen.Edit(app.Route{Kind: "cycles", ID: uint64(c.ID)})
	}
	p.s.d.Dialogs.Push(overlay.NewConfirm(p.s.d.Theme, overlay.Question{Title: "Who takes part", Ask: "Do all member cities take part?",
		Consequences: []string{"Results are shared when all of them have released.", "A city that will not is declared so in the cycle; it stalls nobody."},
		Yes:          "all member cities", No: "not yet"}, func() tea.Cmd {
		return p.s.perform("cycle.invite", uint64(c.ID), nil, p.s.tell("All member cities take part. c changes that."))
	}))
	return nil
}
