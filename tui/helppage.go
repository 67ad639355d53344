package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/overlay"
)

// help shows every key that works now, drawn from the bindings themselves.
func (s *Session) help() tea.Cmd {
	var b strings.Builder
	b.WriteString("## Keys here\n")
	for _, binding := range s.bindings() {
		h := binding.Help()
		if !binding.Enabled() || h.Key == "" {
			continue
		}
		b.WriteString("  " + pad(h.Key, 12) + h.Desc + "\n")
	}
	b.WriteString("\n## Getting about\n")
	b.WriteString("  g, then    " + s.letters(helpWidth) + "\n")
	b.WriteString("  :          type a few letters of anything: a person, a unit, a command\n")
	if screen, ok := s.tabs[s.at].screen().(interface{ HelpText() string }); ok {
		b.WriteString("\n" + screen.HelpText())
	}
	b.WriteString("\n## Good to know\n" +
		"  Nothing you type is lost: an unfinished form comes back as a draft.\n" +
		"  u takes your last change back, U makes it again.\n" +
		"  Esc always leads back and never destroys anything.\n")
	s.app.Dialogs.Push(overlay.NewText(s.app.Theme, "Help: "+s.tabs[s.at].title, b.String()))
	return nil
}

// helpWidth is how long a line of the help page may be on the smallest window.
const helpWidth = 44

func pad(s string, w int) string {
	if n := len([]rune(s)); n < w {
		return s + strings.Repeat(" ", w-n)
	}
	return s + " "
}
