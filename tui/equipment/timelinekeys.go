package equipment

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/lending/loans"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// Keys implements [app.Screen].
func (t *timeline) Keys() []key.Binding {
	k, own := t.d.Keys, t.keys
	if t.asking {
		return []key.Binding{page.Relabel(k.Open, "keep filter"), page.Relabel(k.Back, "as before")}
	}
	enter := page.Relabel(k.Open, "book")
	if m := t.under(); m != nil && m.id != 0 && !t.extending {
		enter = page.Relabel(k.Open, "open")
	}
	if t.carried != nil {
		return []key.Binding{page.Relabel(k.Open, "move it here"), own.earlier, own.later, own.weekBack, own.weekOn,
			own.today, own.in, own.out,
			k.Down, k.Up, k.PageDown, k.PageUp, k.Home, k.End, page.Relabel(k.Back, "leave it")}
	}
	list := []key.Binding{enter, own.extend, own.earlier, own.later, own.weekBack, own.weekOn, own.today, own.in,
		own.out, own.book}
	if m := t.under(); m != nil {
		if m.kindName == "reservations" {
			list = append(list, own.carry)
		}
		r := &page.Row{Route: app.Route{Kind: m.kindName, ID: m.id}}
		for _, d := range t.does {
			if d.Offers == nil || d.Offers(r) {
				list = append(list, d.Key)
			}
		}
	}
	return append(list, k.Filter, k.Down, k.Up, k.PageDown, k.PageUp, k.Home, k.End, k.Back)
}

// Update implements [app.Screen].
func (t *timeline) Update(msg tea.Msg) tea.Cmd {
	press, isKey := msg.(tea.KeyPressMsg)
	if t.asking {
		return t.ask(msg)
	}
	if !isKey {
		return nil
	}
	fresh := t.reload()
	if fresh == nil {
		return t.press(press)
	}
	return tea.Batch(fresh, t.press(press))
}

// ask answers the filter line.
func (t *timeline) ask(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "enter", "tab":
			t.asking = false
			return nil
		case "esc":
			t.asking = false
			t.narrow(t.before)
			return nil
		}
	}
	changed, cmd := t.line.Update(msg)
	if changed {
		t.narrow(t.line.Value())
	}
	return cmd
}

func (t *timeline) press(press tea.KeyPressMsg) tea.Cmd {
	k, own := t.d.Keys, t.keys
	switch {
	case key.Matches(press, own.earlier):
		t.move(-1)
	case key.Matches(press, own.later):
		t.move(1)
	case key.Matches(press, own.weekBack):
		t.shift(-7)
	case key.Matches(press, own.weekOn):
		t.shift(7)
	case key.Matches(press, own.today):
		t.goTo(t.d.Now())
	case key.Matches(press, own.in):
		t.enlarge(-1)
	case key.Matches(press, own.out):
		t.enlarge(1)
	case t.carried != nil && (key.Matches(press, own.extend) || key.Matches(press, own.book) ||
		key.Matches(press, k.Filter)):
		return nil // it is put down or left first
	case key.Matches(press, own.carry):
		t.lift()
	case key.Matches(press, own.extend):
		t.extending = !t.extending
		t.anchor = t.cursor
	case key.Matches(press, own.book):
		t.extending = false
		if u := t.unit(); u != nil {
			return bookUnit(t.d, u.Tag)
		}
		return t.book("")
	case key.Matches(press, k.Open):
		return t.enter()
	case key.Matches(press, k.Filter):
		t.asking, t.before = true, t.query
		t.line.SetValue(t.query)
	case key.Matches(press, k.Back):
		return t.back()
	default:
		return t.moveOrDo(press)
	}
	return nil
}

// moveOrDo answers the keys that go from unit to unit and those of a loan.
func (t *timeline) moveOrDo(press tea.KeyPressMsg) tea.Cmd {
	k, last := t.d.Keys, max(len(t.units)-1, 0)
	switch {
	case key.Matches(press, k.Down):
		t.at = min(t.at+1, last)
	case key.Matches(press, k.Up):
		t.at = max(t.at-1, 0)
	case key.Matches(press, k.PageDown):
		t.at = min(t.at+max(t.rows-1, 1), last)
	case key.Matches(press, k.PageUp):
		t.at = max(t.at-max(t.rows-1, 1), 0)
	case key.Matches(press, k.Home):
		t.at = 0
	case key.Matches(press, k.End):
		t.at = last
	case t.carried != nil:
	default:
		for _, d := range t.does {
			if key.Matches(press, d.Key) {
				return t.deed(d)
			}
		}
	}
	return nil
}

// deed does something with the loan under the cursor.
func (t *timeline) deed(d page.Action) tea.Cmd {
	m := t.under()
	if m == nil || m.kindName != "reservations" {
		t.d.Say(overlay.Info, "There is no loan under the cursor.")
		return nil
	}
	return d.Do(&page.Row{Route: app.Route{Kind: m.kindName, ID: m.id}})
}

// back undoes one step: the extension, the filter, the link that led here.
func (t *timeline) back() tea.Cmd {
	switch {
	case t.carried != nil:
		t.carried = nil
	case t.extending:
		t.extending = false
	case t.query != "":
		t.narrow("")
	default:
		cmd, _ := t.tab.Leave()
		return cmd
	}
	return nil
}

// enter opens what takes up the cell, or books what is selected.
func (t *timeline) enter() tea.Cmd {
	if t.carried != nil {
		return t.putDown()
	}
	if m := t.under(); m != nil && m.id != 0 && !t.extending {
		return t.d.Open(app.Route{Kind: m.kindName, ID: m.id})
	}
	from, until := t.selected()
	return t.bookLine(loans.WriteWhen(from, until))
}

// bookLine opens the booking line for the unit under the cursor.
func (t *timeline) bookLine(when string) tea.Cmd {
	u := t.unit()
	if u == nil {
		return t.book("")
	}
	t.extending = false
	return t.book(u.Tag + " " + when)
}
