package shadowing

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/page"
)

// ditto is the key that repeats what the line before says.
const ditto = `"`

// makeIntents lists what the keys of the sheet do while nothing is typed, the most
// useful first.
func (s *Sheet) makeIntents() page.Keymap {
	k := s.d.Keys
	to := func(at func() int) func() tea.Cmd {
		return func() tea.Cmd { s.at = max(min(at(), len(s.lines)-1), 0); return nil }
	}
	return page.Keymap{
		page.Does(page.Relabel(k.Add, "type lines"), s.begin),
		page.Does(page.Bind("#", "compare with paper"), s.askCount),
		page.Does(page.Bind("c", "city"), func() tea.Cmd { return s.pickCity(nil) }),
		page.Does(page.Bind("E", "event"), func() tea.Cmd { return s.pickEvent(nil) }),
		page.Does(page.Relabel(k.Import, "import a web form"), s.importForm),
		page.Does(page.Bind("p", "print"), func() tea.Cmd { return printEvent(s.d, s.event) }),
		page.Does(page.Bind("b", "begin a new sheet"), s.newSheet),
		page.Does(page.Relabel(k.Edit, "edit the sign-up"), s.edit),
		page.Does(page.Relabel(k.Open, "type, or mend a refused line"), s.mend),
		page.Does(k.Up, to(func() int { return s.at - 1 })), page.Does(k.Down, to(func() int { return s.at + 1 })),
		page.Does(k.Home, to(func() int { return 0 })), page.Does(k.End, to(func() int { return len(s.lines) })),
		page.Does(k.Back, func() tea.Cmd { cmd, _ := s.s.Leave(); return cmd }),
	}
}

// now lists what keys do now: without an event, one is to be added first.
func (s *Sheet) now() page.Keymap {
	if s.event != 0 {
		return s.intents
	}
	return page.Keymap{page.Does(page.Bind("E", "add an event"), func() tea.Cmd { return s.pickEvent(nil) }),
		s.intents[len(s.intents)-1]}
}

// Keys implements app.Screen.
func (s *Sheet) Keys() []key.Binding {
	if s.typing {
		return s.typingKeys()
	}
	return s.now().Keys()
}

// typingKeys tells what the keys do in the column that has them.
func (s *Sheet) typingKeys() []key.Binding {
	r := &s.row
	enter, tab := page.Key("Enter", "next", "enter"), page.Key("Tab", "next", "tab")
	var out []key.Binding
	switch {
	case len(r.offers) > 0:
		enter.SetHelp("Enter", "take "+r.offers[r.pointed].text)
		tab.SetHelp("Tab", "keep what is typed")
		if r.at == colName {
			tab.SetHelp("Tab", "somebody new")
		}
		out = append(out, enter, tab, page.Key("↓", "next offer", "down"), page.Key("↑", "offer before", "up"))
	case r.at == colWould:
		out = append(out, page.Bind("v", "visit"), page.Bind("h", "host"), page.Bind("b", "both"))
	case r.at == colTakes:
		out = append(out, page.Key("1-9", "visitors at once", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"))
	case r.at == colLength:
		out = append(out, page.Bind("h", "half day"), page.Bind("f", "full day"), page.Bind("e", "either"))
	}
	if len(r.offers) == 0 {
		if r.at > colDepartment {
			enter.SetHelp("Enter", "store the line")
		}
		out = append(out, enter, tab)
	}
	back := page.Key("Shift-Tab", "back", "shift+tab")
	if r.at == colName {
		back.SetHelp("Shift-Tab", "city")
	} else if r.at.isText() {
		out = append(out, page.Bind(ditto, "as in the line before"))
	}
	return append(out, page.Key("F2", "store the line", "f2"), back, page.Key("Esc", "end", "esc"))
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
