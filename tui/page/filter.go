package page

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
)

// narrow shows the rows in which every word of the filter begins a word, under
// the headings that still have some.
func (s *Page) narrow() {
	words := strings.Fields(text.Fold(s.filter.Value()))
	s.Content = s.all
	if len(words) == 0 {
		return
	}
	for i, w := range words {
		words[i] = " " + w
	}
	finds := func(i int) bool { return holds(s.line(i), words) }
	if s.Finds != nil {
		found := s.Finds(s.filter.Value())
		finds = func(i int) bool { return found(&s.all.Rows[i]) }
	}
	kept := s.kept[:0]
	for i, r := range s.all.Rows {
		if r.Heading {
			if n := len(kept); n > 0 && kept[n-1].Heading {
				kept = kept[:n-1]
			}
			kept = append(kept, r)
		} else if finds(i) {
			kept = append(kept, r)
		}
	}
	if n := len(kept); n > 0 && kept[n-1].Heading {
		kept = kept[:n-1]
	}
	s.kept, s.Content.Rows = kept, kept
}

// line is what a filter reads of a row, with a space before each word.
func (s *Page) line(i int) string {
	if s.folded == nil {
		s.folded = make([]string, len(s.all.Rows))
	}
	if s.folded[i] == "" {
		s.folded[i] = " " + text.Fold(strings.Join(s.all.Rows[i].Cells, " "))
	}
	return s.folded[i]
}

// holds reports whether a line has all of some parts.
func holds(line string, parts []string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(line, p) })
}

// Filtered reports whether the page shows less than there is.
func (s *Page) Filtered() bool { return s.Query() != "" }

// Query is what the filter asks for; "" is everything.
func (s *Page) Query() string { return s.filter.Value() }

// typed answers a message while the filter has the keys.
func (s *Page) typed(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, s.App.Keys.Open), key.Matches(press, key.NewBinding(key.WithKeys("down", "tab"))):
			s.typing = false
			return nil
		case key.Matches(press, s.App.Keys.Back):
			s.clear()
			return nil
		}
	}
	changed, cmd := s.filter.Update(msg)
	if changed {
		s.narrow()
		s.At = 0
		s.placeCursor()
	}
	return cmd
}

// clear shows all rows again.
func (s *Page) clear() {
	s.typing = false
	s.filter.SetValue("")
	s.narrow()
	s.placeCursor()
}

// drawFilter draws the line to type into, while there is one, and gives the rest.
func (s *Page) drawFilter(f *frame.Frame, r frame.Rect) frame.Rect {
	if !s.typing && !s.Filtered() {
		return r
	}
	t := s.App.Theme
	line, rest := r.SplitTop(1)
	f.At(line.X, line.Y)
	if !s.typing {
		f.Text(t.Accent, "/ "+s.filter.Value(), line.W)
		return rest
	}
	f.Text(t.Over(t.InputFocus, t.Accent), "/ ", 2)
	_, field := line.SplitLeft(2)
	s.filter.Draw(f, field, t, cmp.Or(s.Hint, "words"))
	return rest
}
