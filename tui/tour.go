package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// tour leads through the story day in five stops, one line each.
type tour struct {
	on   bool
	stop int
}

// stop is one of the tour's: a tab and what there is to see.
type stop struct{ letter, says string }

func stops() []stop {
	return []stop{
		{"o", "What needs attention. Arrows move, Enter opens a line."},
		{"e", "A dump truck is overdue. > turns to timeline and yard."},
		{"s", "An event in nine days. > turns to its match board."},
		{"c", "38 answers are left. Digits answer; > turns to scores."},
		{"p", "Press : and type any name. e edits, u takes it back."},
	}
}

func (t *tour) start(s *Session) tea.Cmd {
	t.on, t.stop = true, 0
	return t.show(s)
}

func (t *tour) show(s *Session) tea.Cmd {
	for i, tab := range s.tabs {
		if tab.letter == stops()[t.stop].letter {
			return s.turnTo(i)
		}
	}
	return nil
}

// press answers the tour's own key; handled says whether it was one.
func (t *tour) press(s *Session, msg tea.KeyPressMsg) (handled bool, cmd tea.Cmd) {
	if !t.on || msg.String() != "." {
		return false, nil
	}
	s.app.Hush()
	if t.stop++; t.stop == len(stops()) {
		t.on = false
		return true, nil
	}
	return true, t.show(s)
}

// draw draws the stop's line, or only how to go on while the user looks
// elsewhere.
func (t *tour) draw(f *frame.Frame, r frame.Rect, th *theme.Theme, letter string) {
	f.At(r.X+1, r.Y)
	next := " . next "
	f.Put(th.Badge, fmt.Sprintf(" Tour %d of %d ", t.stop+1, len(stops())))
	f.Put(th.Text, " ")
	x, _ := f.Pen()
	if says := stops()[t.stop].says; stops()[t.stop].letter == letter {
		f.Text(th.Text, says, min(f.Measure().Width(says), r.Right()-x-len(next)))
	}
	f.Put(th.Key, " .")
	f.Put(th.KeyHelp, " next")
}
