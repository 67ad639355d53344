package overlay

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
)

// ballots is a list of eight rows of two lines, which fits no low window, with a
// key that takes a row and goes to the next.
func ballots(taken *string) *Rows {
	var l *Rows
	l = NewRows(someTheme(), RowsOptions{Title: "Vote", Width: 30, Gap: 1, HeadRows: 1, Leave: "no vote",
		Len: func() int { return 8 }, Lines: func(int, int) int { return 2 },
		Draw: func(f *frame.Frame, r frame.Rect, i int, current bool) {
			f.At(r.X, r.Y)
			f.Text(someTheme().Text, fmt.Sprintf("row %d %t", i, current), r.W)
		},
		Keys: []RowKey{
			{key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "yes")), func(i int) (bool, tea.Cmd) {
				*taken += fmt.Sprint(i)
				l.Move(1)
				return false, nil
			}},
			{key.NewBinding(key.WithKeys("enter"), key.WithHelp("Enter", "done")),
				func(int) (bool, tea.Cmd) { return true, nil }},
		}})
	return l
}

// TestRowsAreGoneThrough: keys are about the row under the cursor, which stays in
// view, and moving stops at the ends.
func TestRowsAreGoneThrough(t *testing.T) {
	for keys, want := range map[string]string{
		"y y y": "012", "down y": "1", "down down up y": "1", "up y": "0", "j j k y": "1",
		"down down down down down down down down down y": "7", "y enter": "0", "esc": "",
	} {
		taken := ""
		s := NewStack(someTheme())
		s.Push(ballots(&taken))
		for _, k := range strings.Fields(keys) {
			s.Update(press(k))
			if f := draw(s, 30, 9); s.Len() > 0 && !strings.Contains(f.String(), "true") {
				t.Errorf("%q: the row under the cursor is out of sight", keys)
			}
		}
		if taken != want {
			t.Errorf("%q takes %q, want %q", keys, taken, want)
		}
		if last := strings.Fields(keys)[strings.Count(keys, " ")]; (last == "esc" || last == "enter") !=
			(s.Len() == 0) {
			t.Errorf("%q leaves %d dialogs", keys, s.Len())
		}
	}
}

// TestATextMayOfferADeed: its key comes first in help, and Enter may be kept from
// closing what has not been decided.
func TestATextMayOfferADeed(t *testing.T) {
	done := 0
	v := NewText(someTheme(), "Import", "Nothing has been imported yet.").
		Offer(key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "import")),
			func() (bool, tea.Cmd) { done++; return true, nil }).
		Offer(key.NewBinding(key.WithKeys("enter")), func() (bool, tea.Cmd) { return false, nil })
	s := NewStack(someTheme())
	s.Push(v)
	draw(s, 60, 18)
	if help := s.Help(); help[0].Help().Key != "y" || len(help) != 2 {
		t.Errorf("help lists %v", help)
	}
	s.Update(press("enter"))
	if s.Len() != 1 || done != 0 {
		t.Error("Enter closes it")
	}
	s.Update(press("y"))
	if s.Len() != 0 || done != 1 {
		t.Error("y does not do it")
	}
}

// TestNumbersAreShownWhenAskedFor and change no answer.
func TestNumbersAreShownWhenAskedFor(t *testing.T) {
	asked := 0
	s := NewStack(someTheme())
	s.Push(NewConfirm(someTheme(), Question{Title: "Lock", Ask: "Locking costs nothing.", Yes: "lock",
		Numbers: "18,240 of 18,400 points"},
		func() tea.Cmd { asked++; return nil }))
	if strings.Contains(draw(s, 60, 18).String(), "points") {
		t.Error("numbers are shown unasked")
	}
	s.Update(press("#"))
	if !strings.Contains(draw(s, 60, 18).String(), "18,240") || asked != 0 {
		t.Error("# does not show the numbers")
	}
}
