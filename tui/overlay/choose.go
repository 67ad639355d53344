package overlay

import (
	"strconv"

	tea "charm.land/bubbletea/v2"
)

// Choice is a value that can be picked, and how it is listed.
type Choice[T any] struct {
	Value T
	Title string
	Note  string // a few words more, shown dim
	Key   string // the key that does the same without the list, or empty
	Mark  string // one glyph in front
}

// Pick is a question that is answered by picking one of a few values.
type Pick[T any] struct {
	Title       string
	Placeholder string // shown while nothing has been typed
	Empty       string // shown when nothing fits
	Verb        string // what Enter does; "choose" when empty
	Width       int    // columns wanted; 64 when 0
	Choices     []Choice[T]
	// Search gives the choices that fit what was typed, best first, where they
	// are too many to list beforehand.
	Search func(query string, limit int) []Choice[T]
	// Choose is called with the value that was picked.
	Choose func(T) tea.Cmd
	// Again gives the choices anew after each; the list then stays open, for
	// things to turn on and off.
	Again func() []Choice[T]
}

// Open asks the question over what is open.
func (p Pick[T]) Open(s *Stack) {
	if p.Again != nil {
		p.Choices = p.Again()
	}
	search := p.Search
	if search == nil {
		search = Rank(p.Choices)
	}
	var found []Choice[T] // what is listed now
	s.Push(NewPick(s.theme, PickOptions{Title: p.Title, Placeholder: p.Placeholder, Empty: p.Empty, Verb: p.Verb,
		Width: p.Width, Stay: p.Again != nil,
		Search: func(query string, limit int) []Item {
			found = search(query, limit)
			return items(found)
		},
		Choose: func(it Item) tea.Cmd {
			cmd := p.Choose(found[place(it)].Value)
			if p.Again != nil {
				search = Rank(p.Again())
			}
			return cmd
		}}))
}

// Rank gives a search over choices that are known beforehand; see [List].
func Rank[T any](choices []Choice[T]) func(query string, limit int) []Choice[T] {
	list := List(items(choices))
	return func(query string, limit int) []Choice[T] {
		found := list(query, limit)
		out := make([]Choice[T], len(found))
		for i, it := range found {
			out[i] = choices[place(it)]
		}
		return out
	}
}

// items lists choices under their places.
func items[T any](choices []Choice[T]) []Item {
	out := make([]Item, len(choices))
	for i := range choices {
		c := &choices[i]
		out[i] = Item{ID: strconv.Itoa(i), Title: c.Title, Note: c.Note, Key: c.Key, Mark: c.Mark}
	}
	return out
}

// place gives the place by which an item is known.
func place(it Item) int {
	n, _ := strconv.Atoi(it.ID) // written by items
	return n
}
