package records

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// While a key is held, a list runs and the page beside it would change with every
// row: nobody reads it, and it is most of what a terminal is sent. So the page
// follows the first move at once, and moves that come quickly after it when they
// rest.
const (
	quick = 150 * time.Millisecond // between two moves, at most
	rest  = 70 * time.Millisecond  // after the last, before the page follows
)

// pace is how quickly the cursor moves.
type pace struct {
	moved   time.Duration // when it did last
	behind  bool          // the page shows another record
	waiting bool          // for a rest
}

// Rested is when the cursor of a list may have come to rest.
type Rested struct{ s *Screen }

// Due reports whether the page is to follow now.
func (r Rested) Due() bool {
	p := &r.s.pace
	return p.behind && r.s.d.Pace()-p.moved >= rest
}

// follow shows the record that the cursor has moved to: at once, or when it rests.
func (s *Screen) follow() tea.Cmd {
	if s.d.Pace == nil {
		return s.turnPage()
	}
	now := s.d.Pace()
	hurried := s.pace.moved != 0 && now-s.pace.moved < quick
	s.pace.moved = now
	if !hurried {
		return s.turnPage()
	}
	s.pace.behind = true
	if s.pace.waiting {
		return nil
	}
	return s.await(rest)
}

// await asks again after a while.
func (s *Screen) await(d time.Duration) tea.Cmd {
	s.pace.waiting = true
	return tea.Tick(d, func(time.Time) tea.Msg { return Rested{s} })
}

// rested has the page follow, or waits on.
func (s *Screen) rested(r Rested) tea.Cmd {
	if r.s != s {
		return nil
	}
	s.pace.waiting = false
	switch since := s.d.Pace() - s.pace.moved; {
	case !s.pace.behind:
		return nil
	case since < rest:
		return s.await(rest - since)
	}
	return s.turnPage()
}

// settle has the page show what the cursor stands on before something is done
// with it.
func (s *Screen) settle() tea.Cmd {
	if s.pace.behind {
		return s.turnPage()
	}
	return nil
}
