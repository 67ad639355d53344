package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/equipment"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
	"interlocal/tui/shadowing"
	"interlocal/tui/users"
)

// action is something the palette can do.
type action = overlay.Choice[func() tea.Cmd]

// palette opens the list of everything: what can be done, and every record.
func (s *Session) palette() {
	search := overlay.Rank(s.actions())
	overlay.Pick[func() tea.Cmd]{
		Title: "Find or do", Placeholder: "a name, a unit, a program, or what you want to do", Verb: "go", Width: 72,
		Search: func(query string, limit int) []action {
			found := search(query, limit)
			if len([]rune(query)) < 2 {
				return found
			}
			exact, loose := parted(found, query)
			out := append(exact, s.findRecords(query, limit-len(exact))...)
			return append(out, loose[:min(len(loose), max(limit-len(out), 0))]...)
		},
		Choose: func(do func() tea.Cmd) tea.Cmd { return do() },
	}.Open(s.app.Dialogs)
}

// parted divides what a search found into that in which every word of the
// query begins a word, and the rest, which only resembles it.
func parted(found []action, query string) (exact, loose []action) {
	words := strings.Fields(text.Fold(query))
	for _, it := range found {
		title := " " + strings.ReplaceAll(text.Fold(it.Title), "(", "( ")
		fits := true
		for _, w := range words {
			fits = fits && strings.Contains(title, " "+w)
		}
		if fits {
			exact = append(exact, it)
		} else {
			loose = append(loose, it)
		}
	}
	return exact, loose
}

// recordsPerKind is how many records of one kind the palette lists.
const recordsPerKind = 8

// findRecords lists records in which every word of the query begins a word,
// those whose name holds the words first.
func (s *Session) findRecords(query string, limit int) []action {
	view, env := s.app.View(), s.app.Env()
	if s.app.Projected() {
		view = s.app.Onlooking().View()
		env = field.NewEnv(view, s.app.Today())
	}
	var named, other []action
	for _, k := range view.Schema().Kinds {
		f, err := field.ParseFilter(k, `"`+strings.Join(strings.Fields(strings.ReplaceAll(query, `"`, " ")), `" "`)+`"`,
			env, text.Fold)
		if err != nil || f.Empty() {
			continue
		}
		rows := view.Rows(k.Name)
		hits, _ := rows.Filter(f, env)
		for i, row := range hits {
			if i == recordsPerKind {
				break
			}
			rec := rows.At(int(row))
			to := app.Route{Kind: k.Name, ID: k.ID(rec)}
			if k.Name == cyber.KindAnswers {
				to.View = "cyber-answer" // the question itself, not the list it is on
			}
			it := action{Value: func() tea.Cmd { return s.app.Open(to) }, Title: env.Title(k, rec),
				Note: k.One + glance(k, rec, env)}
			if strings.Contains(text.Fold(it.Title), text.Fold(strings.Fields(query)[0])) {
				named = append(named, it)
			} else {
				other = append(other, it)
			}
		}
	}
	all := append(named, other...)
	return all[:min(len(all), max(limit, 0))]
}

// glance gives the first few values of a record that tell it from others.
func glance(k *field.Kind, rec any, env *field.Env) string {
	out, n, title := "", 0, env.Title(k, rec)
	for _, c := range k.Columns {
		if n == 2 || c.Hidden {
			break
		}
		if c.Empty(rec) {
			continue
		}
		if s := string(c.Show(nil, rec, env)); !strings.Contains(title, s) {
			out += " · " + s
			n++
		}
	}
	return out
}

// actions lists what the palette can do: lists to go to, things to add,
// reports to print, looks to choose.
func (s *Session) actions() []action {
	var out []action
	add := func(title, note, key string, run func() tea.Cmd) {
		out = append(out, action{Value: run, Title: title, Note: note, Key: key})
	}
	for i, t := range s.tabs {
		add(t.title, "tab", "g"+t.letter, func() tea.Cmd { return s.turnTo(i) })
	}
	for _, t := range s.tabs {
		if screen, ok := t.screen().(*records.Screen); ok {
			for _, v := range screen.Views() {
				add(v.Title(), "page of "+t.title, "", func() tea.Cmd { return s.app.Open(app.Route{View: v.Name()}) })
			}
		}
		for _, name := range t.kinds {
			k := s.app.Kind(name)
			add(k.Title, "list in "+t.title, "", func() tea.Cmd { return s.app.Open(app.Route{Kind: name}) })
			add("Add "+article(k.One), "new record", "",
				func() tea.Cmd { return s.app.Open(app.Route{Kind: name, Add: true}) })
		}
	}
	add("Find peers of a person", "similar work in other cities", "",
		func() tea.Cmd { shadowing.PickPeers(s.app); return nil })
	for _, e := range act.Entries(s.app, model.NewActs()) {
		add(e.Title, e.Note, "", func() tea.Cmd { return s.choose(e.Value) })
	}
	add("Ask the cities for their sheets", "a workbook and a mail for each", "", s.askCities)
	add("Sheets still missing", "of the cities that were asked", "", s.stillMissing)
	out = append(out, s.reportActions()...)
	if screen, ok := s.tabs[s.at].screen().(*records.Screen); ok {
		if v, ok := screen.Shown().(interface{ Intents() []page.Action }); ok {
			for _, a := range v.Intents() {
				h := a.Key.Help()
				add(text.Capital(h.Desc), "on this page", h.Key, func() tea.Cmd { return a.Do(nil) })
			}
		}
	}
	add("Undo my last change", "", "u", func() tea.Cmd { return s.afterStoring(s.app.Undo) })
	add("Redo", "", "U", func() tea.Cmd { return s.afterStoring(s.app.Redo) })
	add("Partnership settings", "name and time zone", "", s.editSettings)
	add("Who changed what (history)", "latest changes", "", s.recent)
	for _, l := range [][3]string{{"Colours: follow the terminal", "", ""}, {"Colours: light", "light", ""},
		{"Colours: dark", "dark", ""}, {"Colours: high contrast", "contrast", ""}} {
		add(l[0], "appearance", "", func() tea.Cmd { return s.setLook(l[1]) })
	}
	add("Motion: keep everything still", "appearance", "", func() tea.Cmd { return s.setMotion("still") })
	add("Motion: as usual", "appearance", "", func() tea.Cmd { return s.setMotion("") })
	add("Your keys", "when each was last used, and ending one", "", func() tea.Cmd { return users.OwnKeys(s.app) })
	if s.opts.Presence != nil {
		add("Who is here", "people connected now", "", s.whoIsHere)
	}
	add("Help", "keys that work here", "?", s.help)
	add("Doctor", "test colours, keys and copying", "", s.doctor)
	add("Quit", "", "q", func() tea.Cmd { return s.afterStoring(s.quit) })
	return out
}

// choose has an act done that was found in the palette: those that are asked for
// step by step have a window of their own.
func (s *Session) choose(a *field.Act) tea.Cmd {
	switch a.Name {
	case "user.add":
		return users.AddWithKey(s.app)
	case "user.invite":
		return users.InviteNewcomer(s.app)
	case "loan.book":
		return equipment.Book(s.app)
	}
	return act.Choose(s.app, a)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) && !strings.HasPrefix(noun, "uni") {
		return "an " + noun
	}
	return "a " + noun
}
