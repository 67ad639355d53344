package page

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Action is an intent of a page as data: a key, and what it does with the row
// under the cursor. Help, hints and the palette are read from it.
type Action struct {
	Key    key.Binding
	Always bool                         // works without a row
	Offers func(r *Row) bool            // whether it is of use for a row; nil for every row
	Do     func(r *Row) tea.Cmd         // what it does
	Each   func(pressed string) tea.Cmd // in place of Do, where the keys of one binding differ in what they stand for
	Acts   []string                     // the acts of the model that it stands for, by name
}

// Doing names the acts that an action comes to, which [Binder.Bound] does itself.
func (a Action) Doing(acts ...string) Action {
	a.Acts = acts
	return a
}

// Key names a key of a page: how help writes it, what it does, and the keys it
// stands for; without any it is written as it is pressed.
func Key(help, does string, keys ...string) key.Binding {
	if len(keys) == 0 {
		keys = []string{help}
	}
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

// Bind makes a key of a page.
func Bind(keys, does string) key.Binding { return Key(keys, does) }

// Relabel gives a key other words on this page.
func Relabel(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// On makes an action on the record that a row leads to, also for a list of records.
func On(keys, does string, do func(id uint64) tea.Cmd) Action {
	return Action{Key: Bind(keys, does), Do: func(r *Row) tea.Cmd { return do(r.Route.ID) }}
}

// Does makes an action that is about the page and no row of it.
func Does(b key.Binding, do func() tea.Cmd) Action {
	return Action{Key: b, Always: true, Do: func(*Row) tea.Cmd { return do() }}
}

// Moves makes an action of which nothing follows but what the page shows next.
func Moves(b key.Binding, do func()) Action {
	return Does(b, func() tea.Cmd { do(); return nil })
}

// While has an action offered only as long as something holds; pressed
// otherwise, its key does what it does anyway, such as saying why not.
func (a Action) While(holds func() bool) Action {
	a.Offers = func(*Row) bool { return holds() }
	return a
}

// Scope is a state in which some keys mean something else: a second key is
// waited for, or there is nothing to show. Its keys come before the page's.
type Scope struct {
	Actions []Action
	Alone   bool           // the page's own keys rest, but for the one that leads back
	Typing  bool           // the session's keys rest as well
	Other   func() tea.Cmd // answers every other key; then not even the one that leads back is left
}

// closed reports whether the page's own keys rest.
func (c *Scope) closed() bool { return c != nil && (c.Alone || c.Other != nil) }

// scope gives the scope that the page is in, or nil.
func (s *Page) scope() *Scope {
	if s.Scope == nil {
		return nil
	}
	return s.Scope()
}

// offered reports whether an action is of use now.
func (a *Action) offered(r *Row) bool {
	return a.Offers == nil || (r != nil || a.Always) && a.Offers(r)
}

// run does an action, if it can be done without a row or there is one.
func (a *Action) run(r *Row, pressed string) tea.Cmd {
	switch {
	case a.Each != nil:
		return a.Each(pressed)
	case r != nil || a.Always:
		return a.Do(r)
	}
	return nil
}

// find gives the first action that a key stands for, one that is of use now
// before others.
func find(list []Action, r *Row, press tea.KeyPressMsg) (found *Action, offered bool) {
	for i := range list {
		a := &list[i]
		switch {
		case !key.Matches(press, a.Key):
		case a.offered(r):
			return a, true
		case found == nil:
			found = a
		}
	}
	return found, false
}

// Acting lists what the keys of the page do beyond the kit's own.
func (s *Page) Acting() []Action { return s.Actions }

// own are the keys that the kit answers itself, in the order of the hints.
func (s *Page) own() []Action {
	if s.kit == nil {
		k := s.App.Keys
		filter := Moves(k.Filter, func() { s.typing = true }).While(func() bool { return len(s.all.Rows) > 0 })
		s.kit = append(append([]Action{filter}, s.Cursor.Moves(k)...), Does(k.Back, s.back))
	}
	return s.kit
}

// opens is the key that follows the row's link.
func (s *Page) opens() []Action {
	if s.link == nil {
		s.link = []Action{{Key: s.App.Keys.Open, Offers: func(r *Row) bool { return r != nil && r.Route.Kind != "" },
			Do: func(r *Row) tea.Cmd { return s.App.Open(r.Route) }}}
	}
	return s.link
}

// back clears the filter, or goes to where a link to the page was followed from.
func (s *Page) back() tea.Cmd {
	if s.Filtered() {
		s.clear()
		return nil
	}
	cmd, _ := s.Host.Leave()
	return cmd
}

// press routes a key: to the scope the page is in, to the page's actions, then
// to the kit; an action that is of no use now comes last and says why.
func (s *Page) press(press tea.KeyPressMsg) tea.Cmd {
	r, name := s.Row(), press.String()
	if sc := s.scope(); sc != nil {
		a, _ := find(sc.Actions, r, press)
		switch {
		case a != nil:
			return a.run(r, name)
		case sc.Other != nil:
			return sc.Other()
		case sc.Alone && key.Matches(press, s.App.Keys.Back):
			return s.back()
		case sc.Alone:
			return nil
		}
	}
	late, offered := find(s.Acting(), r, press)
	if !offered {
		for _, list := range [][]Action{s.opens(), s.own()} {
			if a, of := find(list, r, press); of {
				return a.run(r, name)
			}
		}
	}
	if late != nil {
		return late.run(r, name)
	}
	return nil
}

// Keys implements [app.Screen]. The list is good until the next is asked for.
func (s *Page) Keys() []key.Binding {
	s.keys = s.keys[:0]
	for a := range s.offers {
		s.keys = append(s.keys, a.Key)
	}
	return s.keys
}

// offers walks the actions that are of use now, most useful first. What an action
// hides, since it has its key, is left out.
func (s *Page) offers(yield func(*Action) bool) {
	r := s.Row()
	s.offered = s.offered[:0]
	for _, list := range s.lists(r) {
		for i := range list {
			a := &list[i]
			hidden := func(by *Action) bool { return hides(by.Key, a.Key) }
			if slices.ContainsFunc(s.offered, hidden) || !a.offered(r) {
				continue
			}
			if s.offered = append(s.offered, a); !yield(a) {
				return
			}
		}
	}
}

// lists gives the actions that keys may mean now, scope by scope.
func (s *Page) lists(r *Row) [][]Action {
	if s.typing {
		k := s.App.Keys
		return [][]Action{{Moves(Relabel(k.Open, "keep the filter"), func() { s.typing = false }),
			Moves(Relabel(k.Back, "all rows"), s.clear)}}
	}
	sc, lead := s.scope(), s.opens()
	if a, of := find(s.Actions, r, tea.KeyPressMsg{Code: tea.KeyEnter}); a != nil && of {
		lead = nil
	}
	switch {
	case sc.closed() && sc.Other == nil:
		return [][]Action{sc.Actions, {Does(s.App.Keys.Back, s.back)}}
	case sc.closed():
		return [][]Action{sc.Actions}
	case sc != nil:
		return [][]Action{sc.Actions, lead, s.Actions, s.own()}
	}
	return [][]Action{lead, s.Actions, s.own()}
}

// Intents lists the actions beyond the kit's own keys that are of use now, each to
// be done as it is: for the palette.
func (s *Page) Intents() (list []Action) {
	own := s.own()
	for of := range s.offers {
		a := *of
		if a.Each == nil && !slices.ContainsFunc(own, func(b Action) bool { return hides(b.Key, a.Key) }) {
			list = append(list, Does(a.Key, func() tea.Cmd { return a.run(s.Row(), "") }))
		}
	}
	return list
}

// hides reports whether a key leaves nothing of another.
func hides(a, b key.Binding) bool {
	for _, k := range b.Keys() {
		if !slices.Contains(a.Keys(), k) {
			return false
		}
	}
	return true
}
