package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/store"
	"interlocal/tui/overlay"
)

// doctor tells what this terminal can do and puts a word on the clipboard, so
// that a user can see whether copying works.
func (s *Session) doctor() tea.Cmd {
	yes := map[bool]string{true: "yes", false: "no"}
	body := fmt.Sprintf(`# This terminal
  Size               %d columns, %d rows
  Colours            %s
  Dark background    %s
  Colours chosen     %s

# Copying
  The words "interlocal can copy" were just sent to your clipboard.
  Paste somewhere: if they do not appear, this terminal does not let programs
  copy (tmux needs "set -g set-clipboard on"). What is copied is always shown
  on the screen as well.

# Signs
  These should be one line of separate signs:  ◆ ● ✓ × ! · … ▲ ▼ │ ─ ━
  If there are boxes instead, choose another font.

# The file
  %s
  revision %d, signed in as %s (%s)
`, s.size.W, s.size.H, s.profile, yes[s.dark], orAuto(s.look), s.opts.Store.Path(), s.app.View().Rev(),
		s.opts.Identity.Name, s.opts.Identity.Role)
	s.app.Dialogs.Push(overlay.NewText(s.app.Theme, "Doctor", body))
	return tea.SetClipboard("interlocal can copy")
}

func orAuto(look string) string {
	if look == "" {
		return "as the terminal"
	}
	return look
}

// recentShown is how many changes the list of changes goes back.
const recentShown = 200

// recent shows who changed what, newest first.
func (s *Session) recent() tea.Cmd {
	me := s.app.Onlooking()
	return s.app.Background(func() func() tea.Cmd {
		entries, err := me.Recent(recentShown, 0)
		return func() tea.Cmd {
			if err != nil {
				s.app.Fail(err)
				return nil
			}
			s.app.Dialogs.Push(overlay.NewText(s.app.Theme, "Who changed what", s.changesText(entries)))
			return nil
		}
	})
}

// changesShown is how many records are named under one change.
const changesShown = 4

func (s *Session) changesText(entries []store.Entry) string {
	var b strings.Builder
	day := ""
	for _, e := range entries {
		at := s.app.At(e.At)
		if d := at.Format("Monday, January 2, 2006"); d != day {
			day = d
			fmt.Fprintf(&b, "\n# %s\n", day)
		}
		fmt.Fprintf(&b, "%s  %s: %s%s\n", at.Format("3:04 pm"), e.Actor, turned(e.Kind), e.Op.Title)
		for i, c := range e.Changes {
			if i == changesShown {
				fmt.Fprintf(&b, "           and %d more\n", len(e.Changes)-i)
				break
			}
			fmt.Fprintf(&b, "           %s\n", s.changeText(c))
		}
	}
	if len(entries) == 0 {
		return "Nothing has been changed yet."
	}
	return strings.TrimPrefix(b.String(), "\n")
}

func turned(k store.EntryKind) string {
	switch k {
	case store.EntryUndo:
		return "took back: "
	case store.EntryRedo:
		return "did again: "
	}
	return ""
}

// changeText tells what a change did to one record.
func (s *Session) changeText(c store.RecordChange) string {
	k := s.app.Kind(c.Kind)
	switch {
	case k == nil:
		return c.Label
	case c.Before == nil:
		return c.Label + " added to " + k.Name
	case c.After == nil:
		return c.Label + " deleted from " + k.Name
	}
	var fields []string
	for _, col := range k.Changed(c.Before, c.After) {
		fields = append(fields, strings.ToLower(col.Title))
	}
	return c.Label + ": " + strings.Join(fields, ", ")
}
