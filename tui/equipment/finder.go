package equipment

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/lending/loans"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// finder is the page that answers "what is there for these days": the dates
// first, then what fits, ranked, with the nearest free time of what is taken.
type finder struct {
	*search
	tab     *records.Screen
	writing bool
	seen    bool
}

func newFinder(d *app.App, tab *records.Screen) *finder {
	return &finder{search: newSearch(d, "", 200), tab: tab}
}

// Name implements [records.View].
func (p *finder) Name() string { return "find" }

// Title implements [records.View].
func (p *finder) Title() string { return "Find" }

// Typing implements [app.Screen].
func (p *finder) Typing() bool { return p.writing }

// Visit implements [records.View]: whoever came for it may type at once.
func (p *finder) Visit(at app.Route) tea.Cmd {
	p.writing = at.View == p.Name()
	return p.ask()
}

// Refresh implements [app.Screen].
func (p *finder) Refresh() tea.Cmd {
	if !p.seen {
		return nil
	}
	p.seen = false
	return p.ask()
}

// HelpText explains the line.
func (p *finder) HelpText() string {
	return "## The line\n  tue-thu dump            what fits these days\n  tue 8-17 dump 10+       of ten or more\n" +
		"  dump tue-thu grandview  the same, for Grandview\n"
}

// Keys implements [app.Screen].
func (p *finder) Keys() []key.Binding {
	k := p.d.Keys
	if p.writing {
		return []key.Binding{page.Key("Enter", "to the list", "enter", "tab", "esc", "down")}
	}
	return []key.Binding{page.Relabel(k.Filter, "dates and words"), page.Relabel(k.Open, "book"), k.Down, k.Up,
		page.Bind("b", "book"), page.Bind("o", "open the unit"), k.Back}
}

// Update implements [app.Screen].
func (p *finder) Update(msg tea.Msg) tea.Cmd {
	press, isKey := msg.(tea.KeyPressMsg)
	if p.writing {
		if isKey {
			switch press.String() {
			case "enter", "tab", "esc", "down":
				p.writing = false
				return nil
			}
			return p.edit(msg)
		}
		if _, paste := msg.(tea.PasteMsg); paste {
			return p.edit(msg)
		}
		return nil
	}
	if !isKey {
		return nil
	}
	return p.press(press)
}

func (p *finder) press(press tea.KeyPressMsg) tea.Cmd {
	k := p.d.Keys
	switch {
	case key.Matches(press, k.Filter):
		p.writing = true
	case key.Matches(press, k.Down):
		p.move(1)
	case key.Matches(press, k.Up):
		p.move(-1)
	case key.Matches(press, k.Home):
		p.move(-len(p.offers))
	case key.Matches(press, k.End):
		p.move(len(p.offers))
	case key.Matches(press, k.Back):
		cmd, _ := p.tab.Leave()
		return cmd
	case press.String() == "o":
		if o := p.current(); o != nil && o.Order.Unit != 0 {
			return p.d.Open(app.Route{Kind: "equipment", ID: uint64(o.Order.Unit)})
		}
	case key.Matches(press, k.Open), press.String() == "b":
		return p.take()
	}
	return nil
}

// take opens the booking line with what the cursor stands on.
func (p *finder) take() tea.Cmd {
	o := p.current()
	if o == nil {
		p.writing = true
		return nil
	}
	line := o.Tag + " "
	if n := p.said.Quantity; n > 1 {
		line += "x" + strconv.Itoa(n) + " "
	}
	if p.said.Start.Set && p.said.End.Set {
		line += loans.WriteWhen(p.said.Start.V, p.said.End.V)
	}
	line += p.said.Again()
	return book(p.d, line)
}

// Draw implements [app.Screen].
func (p *finder) Draw(f *frame.Frame, r frame.Rect) {
	p.seen = true
	t := p.d.Theme
	r = r.Inset(1, 0)
	line, r := r.SplitTop(1)
	f.At(line.X, line.Y)
	f.Text(t.Key, "› ", 2)
	_, field := line.SplitLeft(2)
	if p.writing {
		p.entry.Draw(f, field, t, "tue-thu dump 10+ … the days first, then what is wanted")
	} else if p.entry.Value() == "" {
		f.At(field.X, field.Y)
		f.Text(t.Placeholder, "press / and type the days, then what is wanted: tue-thu dump", field.W)
	} else {
		f.At(field.X, field.Y)
		f.Text(t.Input, p.entry.Value(), field.W)
	}
	read, r := r.SplitTop(1)
	f.At(read.X, read.Y)
	f.Text(t.Dim, "  "+p.read(), read.W)
	f.HLine(r.X, r.Y, r.W, t.Faint)
	_, r = r.SplitTop(1)
	if len(p.offers) == 0 {
		p.drawNothing(f, r)
		return
	}
	says, list := r.SplitBottom(min(5, r.H/3))
	p.drawOffers(f, list)
	f.HLine(says.X, says.Y, says.W, t.Faint)
	_, says = says.SplitTop(1)
	if o := p.current(); o != nil {
		lines := o.says
		if o.Next.Set {
			lines = append([]string{o.refusal(p.d.Today())}, lines...)
		}
		page.DrawLines(f, says, t, lines)
	}
}

// drawNothing shows an example, or says that nothing fits.
func (p *finder) drawNothing(f *frame.Frame, r frame.Rect) {
	t := p.d.Theme
	if p.said.What != "" && p.known == p.asked {
		page.DrawLines(f, r, t, []string{"Nothing fits “" + p.said.What + "”. Fewer letters find more; " +
			"units that are not shareable are left out."})
		return
	}
	page.DrawLines(f, r, t, []string{"Press / and say when, then what: the units that are free come first, the " +
		"others with the nearest time at which they are."})
	for i, s := range []string{"› tue-thu dump 10+", "✓ RT-104 Dump truck          Raytown        10 CY, " +
		"North yard, " +
		"no charge",
		"× GV-12 Dump truck, tandem   taken until Wed Feb 17, 5:00 pm; free Thu Feb 18"} {
		f.At(r.X, r.Y+3+i)
		f.Text(t.Ghost, s, r.W)
	}
}
