package shadowing

import (
	"charm.land/bubbles/v2/key"

	"interlocal/tui/app"
)

// sheetKeys are the keys of the sheet while nothing is typed, and the ditto key.
type sheetKeys struct {
	add, open, edit, city, event, count, form, print, fresh, up, down, home, end, back, ditto key.Binding
}

func newSheetKeys(k app.Keys) sheetKeys {
	return sheetKeys{
		add: named(k.Add, "type lines"), open: named(k.Open, "type, or mend a refused line"), edit: named(k.Edit, "edit the sign-up"),
		city: press("c", "city"), event: press("E", "event"), count: press("#", "compare with paper"), form: named(k.Import, "import a web form"), print: press("p", "print"), fresh: press("b", "begin a new sheet"),
		up: k.Up, down: k.Down, home: k.Home, end: k.End, back: k.Back,
		ditto: press(`"`, "as in the line before"),
	}
}

// named gives a binding that does what it always does under words that fit here.
func named(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// press makes a binding of one key.
func press(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

// labelled makes a binding whose label is not its name.
func labelled(name, label, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(label, does))
}

// Keys implements app.Screen.
func (s *Sheet) Keys() []key.Binding {
	if s.typing {
		return s.typingKeys()
	}
	k := s.keys
	if s.event == 0 {
		return []key.Binding{named(k.event, "add an event"), k.back}
	}
	return []key.Binding{k.add, k.count, k.city, k.event, k.form, k.print, k.fresh, k.edit, k.open, k.up, k.down, k.home, k.end, k.back}
}

// typingKeys tells what the keys do in the column that has them.
func (s *Sheet) typingKeys() []key.Binding {
	r := &s.row
	enter, tab := labelled("enter", "Enter", "next"), labelled("tab", "Tab", "next")
	var out []key.Binding
	switch {
	case len(r.offers) > 0:
		enter.SetHelp("Enter", "take "+r.offers[r.pointed].text)
		tab.SetHelp("Tab", "keep what is typed")
		if r.at == colName {
			tab.SetHelp("Tab", "somebody new")
		}
		out = append(out, enter, tab, labelled("down", "↓", "next offer"), labelled("up", "↑", "offer before"))
	case r.at == colWould:
		out = append(out, press("v", "visit"), press("h", "host"), press("b", "both"))
	case r.at == colTakes:
		out = append(out, key.NewBinding(key.WithKeys("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"), key.WithHelp("1-9", "visitors at once")))
	case r.at == colLength:
		out = append(out, press("h", "half day"), press("f", "full day"), press("e", "either"))
	}
	if len(r.offers) == 0 {
		if r.at > colDepartment {
			enter.SetHelp("Enter", "store the line")
		}
		out = append(out, enter, tab)
	}
	back := labelled("shift+tab", "Shift-Tab", "back")
	if r.at == colName {
		back.SetHelp("Shift-Tab", "city")
	} else if r.at.isText() {
		out = append(out, s.keys.ditto)
	}
	return append(out, labelled("f2", "F2", "store the line"), back, labelled("esc", "Esc", "end"))
}

// HelpText explains the sheet.
func (s *Sheet) HelpText() string {
	return `## The sheet
  City and event are set once and hold for the lines that follow.
  Three letters of a name find somebody known: Enter takes them, Tab enters somebody new.
  What a person would do is carried from the line before: Enter stores the line as shown.
  Lines pasted from a list or a spreadsheet are shown first, then entered together:
  name, title, department, visit/host/both, half/full/either, wishes.
  A web form's spreadsheet comes in with i: what its headings stand for is asked once.
  Each line is stored as it is entered. After Esc, u takes the last one back.
`
}
