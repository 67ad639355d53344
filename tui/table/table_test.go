package table

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// staff is a made-up source: rows of ids, each cell said from the id.
type staff []uint64

func (s staff) Len() int { return len(s) }

func (s staff) ID(row int) uint64 { return s[row] }

func (s staff) AppendCell(dst []byte, row, col int) []byte {
	id := s[row]
	switch col {
	case 0:
		dst = append(dst, "Person "...)
		return strconv.AppendUint(dst, id, 10)
	case 1:
		return append(dst, [...]string{"Grandview", "Raytown", "Lee’s Summit 市"}[id%3]...)
	case 2:
		return strconv.AppendUint(dst, id*1250, 10)
	case 3:
		if id%2 == 0 {
			return dst
		}
		return append(dst, "Street Superintendent and acting Director of Public Works"...)
	case 4:
		return append(dst, "Mar 4, 2027"...)
	}
	return append(dst, "hidden"...)
}

func columns() []Column {
	return []Column{
		{Name: "name", Title: "Name", Width: 14},
		{Name: "partner", Title: "Partner", Width: 14},
		{Name: "cost", Title: "Cost", Width: 9, Min: 9, Right: true},
		{Name: "title", Title: "Title", Width: 24},
		{Name: "due", Title: "Due", Width: 12, Min: 12},
		{Name: "note", Title: "Note", Width: 10, Hidden: true},
	}
}

func run(n int) staff {
	s := make(staff, n)
	for i := range s {
		s[i] = uint64(i + 1)
	}
	return s
}

func plainTheme() *theme.Theme { return theme.New(theme.Options{Profile: colorprofile.ASCII}) }

// shown makes a table of n rows and draws it once at w by h.
func shown(n, w, h int) (*Model, *frame.Frame) {
	m := New(DefaultKeys(), plainTheme())
	m.SetColumns(columns())
	m.SetSource(run(n))
	f := frame.New()
	draw(m, f, w, h)
	return m, f
}

func draw(m *Model, f *frame.Frame, w, h int) {
	f.Reset(w, h)
	m.Draw(f, f.Area())
}

// press turns a name into a key press.
func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "esc": tea.KeyEscape, "enter": tea.KeyEnter}
	if c, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	r := []rune(name)
	return tea.KeyPressMsg{Code: r[0], Text: name}
}

func keys(m *Model, names ...string) {
	for _, n := range names {
		m.Update(press(n))
	}
}

func at(t *testing.T, m *Model, want uint64) {
	t.Helper()
	if id, ok := m.Cursor(); !ok || id != want {
		t.Fatalf("selected %d (%v), want %d", id, ok, want)
	}
}

func TestMovement(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want uint64
	}{
		{nil, 1},
		{[]string{"down"}, 2},
		{[]string{"j", "j", "k"}, 2},
		{[]string{"up"}, 1},
		{[]string{"G"}, 100},
		{[]string{"end", "down"}, 100},
		{[]string{"G", "g", "g"}, 1},
		{[]string{"G", "home"}, 1},
		{[]string{"pgdown"}, 9},
		{[]string{"pgdown", "pgdown", "pgup"}, 9},
		{[]string{"j", "g", "j"}, 3},
	} {
		t.Run(fmt.Sprint(c.keys), func(t *testing.T) {
			m, _ := shown(100, 80, 10) // one heading and nine rows
			keys(m, c.keys...)
			at(t, m, c.want)
		})
	}
}

func TestKeySaysWhetherItWasUsed(t *testing.T) {
	m, _ := shown(3, 80, 10)
	for name, want := range map[string]bool{"j": true, "space": true, "*": true, "esc": false, "a": false,
		"enter": false} {
		if got := m.Key(press(name)); got != want {
			t.Errorf("%s: used %v, want %v", name, got, want)
		}
	}
	m.Key(press("v"))
	if !m.Ranging() || !m.Key(press("esc")) || m.Ranging() {
		t.Error("Esc gives a range up and is then the table's")
	}
}

func TestSelectionFollowsTheRecord(t *testing.T) {
	m, f := shown(100, 80, 10)
	keys(m, "pgdown", "pgdown", "pgdown", "up", "up", "up") // record 22, line 5 of the body
	draw(m, f, 80, 10)
	at(t, m, 22)
	line := m.cursor - m.top
	reversed := run(100)
	slices.Reverse(reversed)
	m.SetSource(reversed)
	at(t, m, 22)
	if m.cursor-m.top != line {
		t.Errorf("the record moved from line %d to %d", line, m.cursor-m.top)
	}
	m.SetSource(run(100)[22:]) // record 22 is gone; the rows behind it remain
	if id, _ := m.Cursor(); id == 22 || id == 0 {
		t.Errorf("selected %d after the record went", id)
	}
	m.SetSource(staff{})
	if _, ok := m.Cursor(); ok || m.Row() != -1 {
		t.Error("something is selected in an empty table")
	}
	m.SetSource(staff{7})
	at(t, m, 7)
}

func TestScrollStaysFilled(t *testing.T) {
	m, f := shown(100, 80, 10)
	keys(m, "G")
	m.SetSource(run(20))
	draw(m, f, 80, 10)
	if m.top != 11 {
		t.Errorf("top is row %d, want 11: the last rows fill the table", m.top)
	}
	if got := m.Position(); got != "12–20 of 20" {
		t.Errorf("position %q", got)
	}
}

func TestPositionGroupsThousands(t *testing.T) {
	m, _ := shown(100_000, 80, 10)
	if got := m.Position(); got != "1–9 of 100,000" {
		t.Errorf("position %q", got)
	}
}

type indexed struct{ staff }

func (s indexed) Find(id uint64) (int, bool) { return slices.BinarySearch(s.staff, id) }

func TestSelect(t *testing.T) {
	for name, src := range map[string]Source{"looked for": run(50), "known": indexed{run(50)}} {
		m, _ := shown(1, 80, 10)
		m.SetSource(src)
		if !m.Select(33) || m.Row() != 32 {
			t.Errorf("%s: row %d", name, m.Row())
		}
		if m.Select(99) || m.Row() != 32 {
			t.Errorf("%s: a record that is not shown was selected", name)
		}
		m.SelectRow(1000)
		at(t, m, 50)
	}
}

func TestMarks(t *testing.T) {
	m, _ := shown(10, 80, 20)
	keys(m, "space", "space", "j", "space")
	if got := m.Marked(); !slices.Equal(got, []uint64{1, 2, 4}) {
		t.Fatalf("marked %v", got)
	}
	at(t, m, 5)
	m.SetSource(staff{9, 4, 8})
	if got := m.Marked(); !slices.Equal(got, []uint64{4, 1, 2}) {
		t.Errorf("after a filter marked %v: shown first, then the others", got)
	}
	m.Prune(func(id uint64) bool { return id != 2 })
	if got := m.Marked(); !slices.Equal(got, []uint64{4, 1}) || m.MarkCount() != 2 {
		t.Errorf("after pruning marked %v", got)
	}
	keys(m, "home", "j", "space")
	if got := m.Marked(); !slices.Equal(got, []uint64{1}) {
		t.Errorf("marked %v, want Space to take the mark off", got)
	}
	m.ClearMarks()
	if m.Marked() != nil {
		t.Error("marks left")
	}
}

func TestMarkAllShown(t *testing.T) {
	m, _ := shown(10, 80, 20)
	keys(m, "space", "*")
	if m.MarkCount() != 10 {
		t.Fatalf("%d marked", m.MarkCount())
	}
	m.SetSource(staff{2, 3})
	keys(m, "*")
	if got := m.Marked(); len(got) != 8 || slices.Contains(got, 2) {
		t.Errorf("marked %v: only those shown lose their marks", got)
	}
}

func TestRange(t *testing.T) {
	m, _ := shown(10, 80, 20)
	keys(m, "j", "j", "j", "v", "k", "k")
	if m.MarkCount() != 0 {
		t.Fatal("a range marks nothing before it ends")
	}
	keys(m, "v")
	if got := m.Marked(); !slices.Equal(got, []uint64{2, 3, 4}) {
		t.Fatalf("marked %v", got)
	}
	keys(m, "G", "v")
	m.SetSource(staff{10, 9, 2})
	keys(m, "j", "space")
	if got := m.Marked(); !slices.Equal(got, []uint64{10, 9, 2, 3, 4}) {
		t.Errorf("marked %v: a range keeps its beginning", got)
	}
	keys(m, "v")
	m.SetSource(staff{1, 2})
	if m.Ranging() {
		t.Error("a range whose beginning is gone goes on")
	}
}

func TestMouse(t *testing.T) {
	m, f := shown(100, 80, 10)
	var opened, picked uint64
	var sorted []string
	m.SetHooks(Hooks{
		Sort:   func(c string, desc bool) tea.Cmd { sorted = append(sorted, fmt.Sprint(c, desc)); return nil },
		Select: func(id uint64) tea.Cmd { picked = id; return nil },
		Open:   func(id uint64) tea.Cmd { opened = id; return nil },
	})
	click := func(x, y int) {
		draw(m, f, 80, 10)
		f.Mouse(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
	click(10, 4)
	at(t, m, 4)
	if picked != 4 || opened != 0 {
		t.Errorf("picked %d, opened %d", picked, opened)
	}
	click(10, 4)
	if opened != 4 {
		t.Error("a second click opens")
	}
	click(0, 6)
	if !slices.Equal(m.Marked(), []uint64{6}) {
		t.Errorf("a click in the gutter marks; marked %v", m.Marked())
	}
	click(3, 0)
	click(3, 0)
	click(m.placed[2].x, 0)
	if !slices.Equal(sorted, []string{"namefalse", "nametrue", "costfalse"}) {
		t.Errorf("sorted %v", sorted)
	}
	click(79, 9)
	at(t, m, 100)
	f.Mouse(tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelUp})
	if m.top != 88 || m.cursor != 96 {
		t.Errorf("after the wheel top %d, cursor %d", m.top, m.cursor)
	}
	f.Mouse(tea.MouseWheelMsg{X: 5, Y: 0, Button: tea.MouseWheelDown})
	if m.top != 91 {
		t.Errorf("the wheel turns over the headings too; top %d", m.top)
	}
}

func TestClickBelowTheRowsDoesNothing(t *testing.T) {
	m, f := shown(2, 80, 10)
	f.Mouse(tea.MouseClickMsg{X: 10, Y: 8, Button: tea.MouseLeft})
	at(t, m, 1)
	f.Mouse(tea.MouseClickMsg{X: 10, Y: 2, Button: tea.MouseRight})
	at(t, m, 1)
}

func TestSortNext(t *testing.T) {
	m, _ := shown(2, 80, 10)
	var got []string
	for range 4 {
		m.SortNext()
		c, desc := m.SortedBy()
		got = append(got, fmt.Sprint(c, " ", desc))
	}
	want := []string{"name false", "name true", "partner false", "partner true"}
	if !slices.Equal(got, want) {
		t.Errorf("orders %v", got)
	}
}

func TestLayoutSurvivesStorage(t *testing.T) {
	m, f := shown(3, 120, 10)
	want := Layout{Hide: []string{"partner"}, Show: []string{"note"}, Order: []string{"due", "gone", "name"},
		Widths: map[string]int{"name": 20}, Sort: "due", Desc: true}
	raw, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var back Layout
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	m.SetLayout(back)
	draw(m, f, 120, 10)
	if !reflect.DeepEqual(m.Layout(), want) {
		t.Errorf("layout %+v", m.Layout())
	}
	if got := m.Shown(); !slices.Equal(got, []int{4, 0, 2, 3, 5}) {
		t.Errorf("columns shown %v", got)
	}
	if m.placed[1].w != 20 {
		t.Errorf("a width set by hand became %d", m.placed[1].w)
	}
	m.Layout().Widths["name"] = 5
	if m.layout.Widths["name"] != 20 {
		t.Error("the layout handed out is the table's own")
	}
}

func TestChooser(t *testing.T) {
	m, f := shown(3, 100, 10)
	left := 0
	c := m.Chooser(func() tea.Cmd { left++; return nil })
	do := func(names ...string) (done bool) {
		for _, n := range names {
			draw(m, f, 100, 10)
			done, _ = c.Update(press(n))
		}
		draw(m, f, 100, 10)
		return done
	}
	do("down", "space")
	if slices.Contains(m.Shown(), 1) {
		t.Error("the partner is still shown")
	}
	do("end", "space")
	if !slices.Contains(m.Shown(), 5) {
		t.Error("the note is not shown")
	}
	do("home", ">", ">")
	w := m.placed[0].w
	if do("<"); m.placed[0].w != w-1 {
		t.Errorf("width %d after narrowing %d", m.placed[0].w, w)
	}
	do("J", "J")
	if got := m.Shown(); got[0] != 2 || got[1] != 0 {
		t.Errorf("columns shown %v", got)
	}
	do("s", "s")
	if col, desc := m.SortedBy(); col != "name" || !desc {
		t.Errorf("sorted by %q, descending %v", col, desc)
	}
	do("r")
	if want := (Layout{Sort: "name", Desc: true}); !reflect.DeepEqual(m.Layout(), want) {
		t.Errorf("after a reset %+v", m.Layout())
	}
	if !do("esc") || left != 1 {
		t.Error("Esc leaves and says so")
	}
}

func TestLastColumnStays(t *testing.T) {
	m, f := shown(3, 100, 10)
	c := m.Chooser(nil)
	for range columns() {
		c.Update(press("space"))
		c.Update(press("down"))
	}
	draw(m, f, 100, 10)
	if len(m.Shown()) == 0 {
		t.Error("no column is left")
	}
}

func TestChooserByMouse(t *testing.T) {
	m, f := shown(3, 100, 10)
	c := m.Chooser(nil)
	f.Reset(40, 10)
	c.Draw(f, f.Area())
	f.Mouse(tea.MouseClickMsg{X: 1, Y: 2, Button: tea.MouseLeft})
	draw(m, f, 100, 10)
	if slices.Contains(m.Shown(), 2) || c.at != 2 {
		t.Errorf("shown %v, at %d", m.Shown(), c.at)
	}
}

func TestAppendTSV(t *testing.T) {
	m, _ := shown(3, 40, 10)
	m.SetLayout(Layout{Hide: []string{"title", "due"}})
	keys(m, "j")
	if got := string(m.AppendTSV(nil)); got != "Name\tPartner\tCost\nPerson 2\tLee’s Summit 市\t2500\n" {
		t.Errorf("%q", got)
	}
	keys(m, "*")
	if got := string(m.AppendTSV(nil)); got != "Name\tPartner\tCost\nPerson 1\tRaytown\t1250\n"+
		"Person 2\tLee’s Summit 市\t2500\nPerson 3\tGrandview\t3750\n" {
		t.Errorf("%q", got)
	}
	if got := string(appendCell(nil, "a\tb\nc", 0)); got != "a b c" {
		t.Errorf("cell %q", got)
	}
}

func TestOfFields(t *testing.T) {
	for _, k := range model.NewSchema().Kinds {
		for i, c := range Of(k.Columns) {
			if c.Name != k.Columns[i].Name || c.Width < narrowest || c.Min > c.Width {
				t.Errorf("%s.%s became %+v", k.Name, k.Columns[i].Name, c)
			}
		}
	}
}

func TestHelpNamesEveryKeyOnce(t *testing.T) {
	m, _ := shown(3, 80, 10)
	seen := map[string]bool{}
	for _, group := range append(m.FullHelp(), m.ShortHelp()) {
		for _, b := range group {
			if b.Help().Key == "" || b.Help().Desc == "" {
				t.Errorf("%v has no help", b.Keys())
			}
		}
	}
	for _, group := range m.FullHelp() {
		for _, b := range group {
			for _, k := range b.Keys() {
				if seen[k] {
					t.Errorf("%s does two things", k)
				}
				seen[k] = true
			}
		}
	}
}
