package shadowing

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing/events"
	"interlocal/model/text"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// pasteLimit is how many lines are taken at once; more is a file to import.
const pasteLimit = 500

// paste takes pasted text: one line goes where the cursor is, several become
// lines of the sheet after a look at them.
func (s *Sheet) paste(msg tea.PasteMsg) tea.Cmd {
	content := strings.TrimRight(strings.ReplaceAll(msg.Content, "\r", "\n"), "\n ")
	if !strings.Contains(content, "\n") && !strings.Contains(content, "\t") {
		if !s.typing || !s.row.at.isText() {
			return nil
		}
		_, cmd := s.row.texts[s.row.at].Update(msg)
		s.row.offer(s)
		s.keep()
		return cmd
	}
	switch {
	case s.event == 0 || s.city == 0:
		s.d.Say(overlay.Info, "Choose the event (E) and the city (c) first, then paste again.")
		return nil
	case s.known == nil:
		return nil
	}
	lines := s.readPasted(content)
	if len(lines) > pasteLimit {
		s.d.Say(overlay.Failed, fmt.Sprintf("That is %d lines; import so many as a file.", len(lines)))
		return nil
	}
	s.showPasted(lines)
	return nil
}

// readPasted reads lines off a list and finds who is on file.
func (s *Sheet) readPasted(content string) []*line {
	like := s.row.Line
	like.City, like.Person = s.city, 0
	var out []*line
	for _, read := range events.ReadLines(content, like) {
		l := &line{Line: read}
		if id, ok := s.known.Named(l.Name, s.city); ok {
			l.Person = id
			if p := field.Get(s.d.View(), id); p != nil {
				l.Name, l.Title, l.Department = p.Name, p.Title, p.Department
			}
			l.why = s.already(id)
		}
		out = append(out, l)
	}
	return out
}

// showPasted shows pasted lines and enters them on a y; a hand on Enter does not
// enter a list unseen.
func (s *Sheet) showPasted(lines []*line) {
	var b strings.Builder
	var take []*line
	for _, l := range lines {
		switch {
		case l.why != "":
			fmt.Fprintf(&b, "– %s is left out: has signed up already\n", l.Name)
			continue
		case l.Person != 0:
			fmt.Fprintf(&b, "  %s: known, %s\n", l.Name, l.Wants())
		default:
			fmt.Fprintf(&b, "+ %s: new, %s\n", text.Join(", ", l.Name, l.Title, l.Department), l.Wants())
		}
		take = append(take, l)
	}
	n := text.Counted(len(take), "line", "lines")
	fmt.Fprintf(&b, "\nNothing has been entered yet. Press y to enter %s.\n", n)
	v := overlay.NewText(s.d.Theme, "Pasted lines, for "+s.d.Env().Label(partnership.KindPartners, uint64(s.city)),
		b.String())
	if len(take) > 0 {
		v.Offer(page.Bind("y", "enter "+n), func() (bool, tea.Cmd) {
			cmds := make([]tea.Cmd, len(take))
			for i, l := range take {
				cmds[i] = s.append(l)
			}
			return true, tea.Batch(cmds...)
		}).Offer(page.Bind("enter", ""), func() (bool, tea.Cmd) { return false, nil })
	}
	s.d.Dialogs.Push(v)
}
