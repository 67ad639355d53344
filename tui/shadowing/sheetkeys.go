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
func (s *Sheet) makeIntents() []intent {
	k := s.d.Keys
	to := func(at func() int) func() tea.Cmd {
		return func() tea.Cmd { s.at = max(min(at(), len(s.lines)-1), 0); return nil }
	}
	return []intent{
		{page.Relabel(k.Add, "type lines"), "", s.begin},
		{page.Bind("#", "compare with paper"), "", s.askCount},
		{page.Bind("c", "city"), "", func() tea.Cmd { return s.pickCity(nil) }},
		{page.Bind("E", "event"), "", func() tea.Cmd { return s.pickEvent(nil) }},
		{page.Relabel(k.Import, "import a web form"), "", s.importForm},
		{page.Bind("p", "print"), "", func() tea.Cmd { return printEvent(s.d, s.event) }},
		{page.Bind("b", "begin a new sheet"), "", s.newSheet},
		{page.Relabel(k.Edit, "edit the sign-up"), "", s.edit},
		{page.Relabel(k.Open, "type, or mend a refused line"), "", s.mend},
		{k.Up, "", to(func() int { return s.at - 1 })}, {k.Down, "", to(func() int { return s.at + 1 })},
		{k.Home, "", to(func() int { return 0 })}, {k.End, "", to(func() int { return len(s.lines) })},
		{k.Back, "", func() tea.Cmd { cmd, _ := s.s.Leave(); return cmd }},
	}
}

// now lists what keys do now: without an event, one is to be added first.
func (s *Sheet) now() []intent {
	if s.event != 0 {
		return s.intents
	}
	return []intent{{page.Bind("E", "add an event"), "", func() tea.Cmd { return s.pickEvent(nil) }}, s.intents[len(s.intents)-1]}
}

// Keys implements app.Screen.
func (s *Sheet) Keys() []key.Binding {
	if s.typing {
		return s.typingKeys()
	}
	var out []key.Binding
	for _, i := range s.now() {
		out = append(out, i.key)
	}
	return out
}

// labelled makes a binding whose label is not its name.
func labelled(name, label, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(label, does))
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
		out = append(out, page.Bind("v", "visit"), page.Bind("h", "host"), page.Bind("b", "both"))
	case r.at == colTakes:
		out = append(out, key.NewBinding(key.WithKeys("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"), key.WithHelp("1-9", "visitors at once")))
	case r.at == colLength:
		out = append(out, page.Bind("h", "half day"), page.Bind("f", "full day"), page.Bind("e", "either"))
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
		out = append(out, page.Bind(ditto, "as in the line before"))
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
