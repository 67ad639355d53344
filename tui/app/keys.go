package app

import "charm.land/bubbles/v2/key"

// Keys are the keys that mean the same wherever they mean anything. Screens
// take bindings from here, so that a key has one meaning and one name.
type Keys struct {
	Up, Down, Left, Right              key.Binding
	PageUp, PageDown, Home, End        key.Binding
	Open, Back, NextPane               key.Binding
	NextTab, PrevTab, Go               key.Binding
	NextPage, PrevPage                 key.Binding
	Help, Palette, Filter              key.Binding
	NextMatch, PrevMatch               key.Binding
	Add, Edit, Delete                  key.Binding
	Undo, Redo                         key.Binding
	Mark, Range, MarkAll               key.Binding
	Sort, Columns, Copy, CopyLink, URL key.Binding
	Preview, Zoom, Export, Import      key.Binding
	History, Quit                      key.Binding
	Promote                            key.Binding
}

// NewKeys gives the keys of the program.
func NewKeys() Keys {
	b := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	return Keys{
		Up: b("↑ k", "up", "up", "k"), Down: b("↓ j", "down", "down", "j"),
		Left: b("← h", "list to the left", "left", "h"), Right: b("→ l", "list to the right", "right", "l"),
		PageUp: b("PgUp", "page up", "pgup"), PageDown: b("PgDn", "page down", "pgdown"),
		Home: b("gg Home", "first", "home"), End: b("G End", "last", "end", "G"),
		Open: b("Enter", "open", "enter"), Back: b("Esc", "back", "esc"),
		NextPane: b("Tab", "next pane", "tab"),
		NextTab:  b("]", "next tab", "]"), PrevTab: b("[", "previous tab", "["), Go: b("g", "go to", "g"),
		NextPage: b(">", "next page of the tab", ">"), PrevPage: b("<", "previous page of the tab", "<"),
		Help: b("?", "help", "?", "f1"), Palette: b(":", "find or do", ":"), Filter: b("/", "filter", "/"),
		NextMatch: b("n", "next match", "n"), PrevMatch: b("N", "previous match", "N"),
		Add: b("a", "add", "a"), Edit: b("e", "edit", "e"), Delete: b("d", "delete", "d", "delete"),
		Undo: b("u", "undo", "u"), Redo: b("U", "redo", "U"),
		Mark: b("Space", "mark", "space"), Range: b("v", "mark a range", "v"), MarkAll: b("*", "mark all shown", "*"),
		Sort: b("s", "sort", "s"), Columns: b("c", "columns", "c"), Copy: b("y", "copy", "y"),
		CopyLink: b("Y", "copy link", "Y"), URL: b("o", "open link", "o"),
		Preview: b("p", "preview", "p"), Zoom: b("+", "zoom", "+"), Export: b("x", "export", "x"),
		Import: b("i", "import", "i"), History: b("H", "history", "H"), Quit: b("q", "quit", "q"),
		Promote: b("m", "make a program of it", "m"),
	}
}
