package overlay

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// commands are the items of a palette.
func commands() []Item {
	return []Item{
		{ID: "export", Title: "Export equipment", Note: "CSV, XLSX or JSON", Key: "x"},
		{ID: "people", Title: "Export people"},
		{ID: "add", Title: "Add reservation", Key: "a"},
		{ID: "due", Title: "Equipment due back", Note: "3 overdue"},
		{ID: "help", Title: "Help", Key: "?"},
		{ID: "perez", Title: "Message Ana Pérez"},
	}
}

// palette returns a stack with a list to pick from and what was chosen.
func palette(opts PickOptions) (*Stack, *Picker, *string) {
	chosen := new(string)
	if opts.Search == nil {
		opts.Search = List(commands())
	}
	opts.Title, opts.Placeholder = "Commands", "type to find a command"
	opts.Choose = func(i Item) tea.Cmd { *chosen += i.ID + " "; return nil }
	s, p := NewStack(someTheme()), NewPick(someTheme(), opts)
	s.Push(p)
	return s, p, chosen
}

func TestPick(t *testing.T) {
	cases := []struct {
		keys   string
		chosen string
		open   bool
	}{
		{"enter", "export ", false},
		{"down enter", "people ", false},
		{"down down up enter", "people ", false},
		{"end enter", "perez ", false},
		{"end home enter", "export ", false},
		{"up enter", "export ", false},
		{"d u e enter", "due ", false},
		{"p e r e z enter", "perez ", false},
		{"x x x x enter", "", true},
		{"x x x x backspace backspace backspace backspace h e enter", "help ", false},
		{"esc", "", false},
		{"j k q y", "", true},
		{"e x p space e q enter", "export ", false},
	}
	for _, c := range cases {
		t.Run(c.keys, func(t *testing.T) {
			s, _, chosen := palette(PickOptions{})
			draw(s, 80, 24)
			send(s, strings.Fields(c.keys)...)
			if *chosen != c.chosen || (s.Len() > 0) != c.open {
				t.Errorf("chose %q, open %v", *chosen, s.Len() > 0)
			}
		})
	}
}

func TestPickStays(t *testing.T) {
	shown := map[string]bool{"owner": true}
	search := func(string, int) []Item {
		items := []Item{{ID: "owner", Title: "Owner"}, {ID: "rate", Title: "Rate"}}
		for i := range items {
			if shown[items[i].ID] {
				items[i].Mark = "✓"
			}
		}
		return items
	}
	s := NewStack(someTheme())
	s.Push(NewPick(someTheme(), PickOptions{Title: "Columns", Verb: "show or hide", Stay: true, Search: search,
		Choose: func(i Item) tea.Cmd {
			shown[i.ID] = !shown[i.ID]
			return nil
		}}))
	send(s, "enter", "down", "enter")
	if shown["owner"] || !shown["rate"] || s.Len() != 1 {
		t.Errorf("shown are %v, %d dialogs", shown, s.Len())
	}
	golden(t, "columns", draw(s, 60, 9))
}

func TestPickByMouse(t *testing.T) {
	s, p, chosen := palette(PickOptions{})
	f := draw(s, 80, 24)
	x, y, _ := f.CursorAt()
	cmd, hit := f.Mouse(tea.MouseClickMsg{X: x, Y: y + 3, Button: tea.MouseLeft})
	if !hit || cmd == nil {
		t.Fatal("the click went nowhere")
	}
	if got, _ := p.Current(); got.ID != "add" {
		t.Errorf("the cursor is on %q", got.ID)
	}
	s.Update(cmd())
	if *chosen != "add " {
		t.Errorf("chose %q", *chosen)
	}
}

func TestPickPastedText(t *testing.T) {
	s, p, _ := palette(PickOptions{})
	s.Update(tea.PasteMsg{Content: "he\x1b[31ml\u202ep\n" + strings.Repeat("x", 10_000)})
	if q := p.Query(); !strings.HasPrefix(q, "he") || strings.ContainsAny(q, "\x1b\u202e\n") || len(q) > 200 {
		t.Errorf("the query is %q", q)
	}
}

func TestPickDoesNotReachForTheClipboard(t *testing.T) {
	s, _, _ := palette(PickOptions{})
	if cmds := send(s, "ctrl+v"); len(cmds) != 0 {
		t.Error("Ctrl-V reads the clipboard of the machine the program runs on")
	}
}

func TestRank(t *testing.T) {
	cases := []struct {
		query string
		want  []string // titles, best first
		from  []string
	}{
		{"eq", []string{"eq", "Equipment", "My equipment", "Frequent", "Executive question"},
			[]string{"Executive question", "Frequent", "My equipment", "Equipment", "eq", "nothing"}},
		{"my eq", []string{"My equipment", "My old equipment", "Gummy sequel"},
			[]string{"Gummy sequel", "My old equipment", "My equipment"}},
		{"perez", []string{"Pérez, Ana", "Ana Pérez"}, []string{"Ana Pérez", "Pérez, Ana", "Peter"}},
		{"a", []string{"ab", "ac", "abc"}, []string{"abc", "ab", "ac"}},
		{"", []string{"z", "a"}, []string{"z", "a"}},
		{"o'f", []string{"O’Fallon"}, []string{"Offal", "O’Fallon"}},
	}
	for _, c := range cases {
		t.Run(c.query, func(t *testing.T) {
			var items []Item
			for _, s := range c.from {
				items = append(items, Item{Title: s})
			}
			var got []string
			for _, i := range List(items)(c.query, 10) {
				got = append(got, i.Title)
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("ranked %q, want %q", got, c.want)
			}
		})
	}
}

// TestRankKeepsTheBest compares the bounded search with ranking everything.
func TestRankKeepsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		titles := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("abc ")), 0, 6, -1), 0, 400).Draw(t, "titles")
		query := rapid.StringOfN(rapid.RuneFrom([]rune("abc ")), 0, 3, -1).Draw(t, "query")
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		items := make([]Item, len(titles))
		for i, s := range titles {
			items[i] = Item{ID: fmt.Sprint(i), Title: s}
		}
		all := List(items)(query, len(items)+1)
		few := List(items)(query, limit)
		if len(few) != min(limit, len(all)) {
			t.Fatalf("%d items, want %d", len(few), min(limit, len(all)))
		}
		for i := range few {
			if few[i].Title != all[i].Title {
				t.Fatalf("at %d there is %v, want %v", i, few[i], all[i])
			}
		}
	})
}

// many returns a hundred thousand items.
func many() []Item {
	items := make([]Item, 100_000)
	for i := range items {
		items[i] = Item{ID: fmt.Sprint(i), Title: fmt.Sprintf("Person %d of Raytown", i)}
	}
	return items
}

func TestManyItems(t *testing.T) {
	asked := 0
	search := List(many())
	s, p, chosen := palette(PickOptions{Search: func(q string, limit int) []Item { asked++; return search(q, limit) }})
	for range 5 {
		draw(s, 80, 24)
	}
	if asked != 1 {
		t.Errorf("drawing asked %d times", asked-1)
	}
	send(s, "9", "9", "9", "9", "9")
	if got, _ := p.Current(); got.ID != "99999" {
		t.Errorf("the cursor is on %q", got.ID)
	}
	send(s, "enter")
	if *chosen != "99999 " {
		t.Errorf("chose %q", *chosen)
	}
}

func BenchmarkSearchManyItems(b *testing.B) {
	search := List(many())
	for b.Loop() {
		search("rayt 9", pickLimit)
	}
}
