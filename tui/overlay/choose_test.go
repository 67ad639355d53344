package overlay

import (
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// enter presses keys of the dialog on top.
func enter(s *Stack, codes ...rune) {
	for _, c := range codes {
		s.Update(tea.KeyPressMsg{Code: c})
	}
}

// TestPickHandsOnTheValue, whichever way the choices are given: the whole list,
// what a search finds, or a list that stays and changes with each choice.
func TestPickHandsOnTheValue(t *testing.T) {
	var got []int
	choose := func(n int) tea.Cmd { got = append(got, n); return nil }
	some := func(values ...int) (out []Choice[int]) {
		for _, n := range values {
			out = append(out, Choice[int]{Value: n, Title: fmt.Sprint("number ", n)})
		}
		return out
	}
	s := NewStack(someTheme())
	Pick[int]{Choices: some(7, 8, 9), Choose: choose}.Open(s)
	enter(s, tea.KeyDown, tea.KeyEnter)
	Pick[int]{Search: func(string, int) []Choice[int] { return some(20, 21) }, Choose: choose}.Open(s)
	enter(s, tea.KeyEnd, tea.KeyEnter)
	left := []int{1, 2, 3}
	Pick[int]{Again: func() []Choice[int] { return some(left...) }, Choose: func(n int) tea.Cmd {
		left = slices.DeleteFunc(left, func(m int) bool { return m == n })
		return choose(n)
	}}.Open(s)
	enter(s, tea.KeyDown, tea.KeyEnter, tea.KeyEnter, tea.KeyEscape)
	if want := []int{8, 21, 2, 3}; !slices.Equal(got, want) || s.Len() != 0 {
		t.Errorf("%v chosen, %d open, want %v", got, s.Len(), want)
	}
}

// TestALineIsKeptUntilItIsAccepted: blanks are no answer, what is typed is kept
// as it is typed, and nothing is kept of what was accepted.
func TestALineIsKeptUntilItIsAccepted(t *testing.T) {
	var kept, accepted []string
	s := NewStack(someTheme())
	s.Push(NewLine(someTheme(), LineOptions{Limit: 20, Keep: func(v string) { kept = append(kept, v) },
		Accept: func(v string) tea.Cmd { accepted = append(accepted, v); return nil }}))
	for _, c := range " a " {
		s.Update(tea.KeyPressMsg{Code: c, Text: string(c)})
		if c == ' ' && len(kept) == 1 {
			enter(s, tea.KeyEnter)
		}
	}
	enter(s, tea.KeyEnter)
	if want := []string{" ", " a", " a ", ""}; !slices.Equal(kept, want) || !slices.Equal(accepted, []string{"a"}) ||
		s.Len() != 0 {
		t.Errorf("kept %q, accepted %q, %d open", kept, accepted, s.Len())
	}
}
