// Package overlay is what lies over a screen for a moment: questions, help, lists
// to pick from, and the line that says what has just happened.
//
// A [Stack] holds the open dialogs. The one on top has all keys; the screen below
// stays visible around it and gets no click. A [Dialog] says how large it wants
// to be, draws itself in what it is given and reports when it is done; the stack
// frames it, puts it in the middle and takes it off. Dialogs hand their outcome
// to a function given when they are made, and what that function returns runs as
// a command.
//
// Nothing here destroys by accident: Esc always leaves without doing anything, and
// no question about something destructive is answered by Enter.
package overlay

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Dialog is something that can lie over a screen.
type Dialog interface {
	// Update takes a message; done says that the dialog has served its purpose.
	Update(tea.Msg) (done bool, cmd tea.Cmd)
	// Draw draws the dialog in exactly the rectangle given.
	Draw(*frame.Frame, frame.Rect)
	// Size returns the columns and rows wanted, given the most there can be.
	Size(max frame.Rect) (w, h int)
	// Help lists the keys that do something now.
	Help() []key.Binding
}

// Titled is a dialog with a name to show in its frame.
type Titled interface{ Title() string }

// Stack is the pile of open dialogs.
type Stack struct {
	theme   *theme.Theme
	dialogs []Dialog
}

// NewStack returns an empty stack.
func NewStack(th *theme.Theme) *Stack { return &Stack{theme: th} }

// SetTheme changes how the frames look from the next drawing on.
func (s *Stack) SetTheme(th *theme.Theme) { s.theme = th }

// Push opens a dialog on top of the others.
func (s *Stack) Push(d Dialog) { s.dialogs = append(s.dialogs, d) }

// Pop closes the dialog on top and returns it, or nil when there is none.
func (s *Stack) Pop() Dialog {
	d := s.Top()
	if d != nil {
		s.remove(d)
	}
	return d
}

// Top returns the dialog that has the keys, or nil.
func (s *Stack) Top() Dialog {
	if len(s.dialogs) == 0 {
		return nil
	}
	return s.dialogs[len(s.dialogs)-1]
}

// Len returns how many dialogs are open.
func (s *Stack) Len() int { return len(s.dialogs) }

// Clear closes every dialog without asking it.
func (s *Stack) Clear() {
	clear(s.dialogs)
	s.dialogs = s.dialogs[:0]
}

// Help lists the keys of the dialog on top.
func (s *Stack) Help() []key.Binding {
	if d := s.Top(); d != nil {
		return d.Help()
	}
	return nil
}

// Update hands a message to the dialog on top and closes it when it is done. It
// reports whether there was one. A dialog may push another while it answers.
func (s *Stack) Update(msg tea.Msg) (handled bool, cmd tea.Cmd) {
	d := s.Top()
	if d == nil {
		return false, nil
	}
	done, cmd := d.Update(msg)
	if done {
		s.remove(d)
	}
	return true, cmd
}

// Close takes a dialog off, wherever in the stack it is.
func (s *Stack) Close(d Dialog) { s.remove(d) }

// remove takes a dialog off, wherever it is by now.
func (s *Stack) remove(d Dialog) {
	for i := len(s.dialogs) - 1; i >= 0; i-- {
		if s.dialogs[i] == d {
			s.dialogs = slices.Delete(s.dialogs, i, i+1)
			return
		}
	}
}

// padding is the blank columns between a dialog and its frame on either side.
const padding = 1

// Draw draws every dialog in the middle of area, each over the one before.
// Clicks beside them go nowhere.
func (s *Stack) Draw(f *frame.Frame, area frame.Rect) {
	for _, d := range s.dialogs {
		f.Shield()
		f.HideCursor()
		room := area.Inset(1+padding, 1)
		w, h := d.Size(room)
		r := area.Center(w+2+2*padding, h+2)
		layer := f.Layer(r)
		title := ""
		if t, ok := d.(Titled); ok {
			title = t.Title()
		}
		inner := layer.Box(r, s.theme.BorderFocus, s.theme.Title, title).Inset(padding, 0)
		layer.Clip(inner)
		d.Draw(layer, inner)
	}
}
