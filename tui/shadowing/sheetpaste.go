package shadowing

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/tui/overlay"
)

// pasteLimit is how many lines are taken at once; more is a file to import.
const pasteLimit = 500

// cellLimit is the longest cell of a pasted line.
const cellLimit = 500

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
	s.d.Dialogs.Push(s.newPasted(lines))
	return nil
}

// readPasted reads lines of name, title, department, what the person would do,
// length and wishes, parted by tabs, semicolons or commas.
func (s *Sheet) readPasted(content string) []*line {
	var out []*line
	for _, raw := range strings.Split(content, "\n") {
		cells := strings.Split(raw, separator(raw))
		for i := range cells {
			cells[i] = strings.TrimSpace(text.Line(cells[i], cellLimit))
		}
		if cells[0] == "" || strings.EqualFold(cells[0], "name") {
			continue
		}
		for len(cells) < 6 {
			cells = append(cells, "")
		}
		l := &line{city: s.city, name: cells[0], title: cells[1], department: cells[2], would: s.row.would, takes: s.row.takes,
			length: s.row.length, wishes: strings.Join(cells[5:], " ")}
		l.readWords(cells[3], cells[4])
		if id, ok := s.known.named(l.name, s.city); ok {
			l.person = id
			if p := field.Get(s.d.View(), id); p != nil {
				l.name, l.title, l.department = p.Name, p.Title, p.Department
			}
			l.why = s.already(id)
		}
		out = append(out, l)
	}
	return out
}

// readWords takes what a person would do and for how long from words.
func (l *line) readWords(would, length string) {
	switch w := strings.ToLower(would); {
	case strings.HasPrefix(w, "v"):
		l.would = shadowing.SignupVisit
	case strings.HasPrefix(w, "h"):
		l.would = shadowing.SignupHost
	case strings.HasPrefix(w, "b"):
		l.would = shadowing.SignupBoth
	}
	switch w := strings.ToLower(length); {
	case strings.HasPrefix(w, "h"):
		l.length = shadowing.HalfDay
	case strings.HasPrefix(w, "f"):
		l.length = shadowing.FullDay
	case strings.HasPrefix(w, "e"):
		l.length = shadowing.EitherOfTwo
	}
}

func separator(line string) string {
	for _, sep := range []string{"\t", ";", ","} {
		if strings.Contains(line, sep) {
			return sep
		}
	}
	return "\t"
}

// pasted shows pasted lines and enters them on a y.
type pasted struct {
	*overlay.Viewer
	s     *Sheet
	lines []*line
	yes   key.Binding
}

func (s *Sheet) newPasted(lines []*line) *pasted {
	var b strings.Builder
	var take []*line
	for _, l := range lines {
		switch {
		case l.why != "":
			fmt.Fprintf(&b, "– %s is left out: has signed up already\n", l.name)
			continue
		case l.person != 0:
			fmt.Fprintf(&b, "  %s: known, %s\n", l.name, l.wants())
		default:
			fmt.Fprintf(&b, "+ %s: new, %s\n", joined(", ", l.name, l.title, l.department), l.wants())
		}
		take = append(take, l)
	}
	n := counted(len(take), "line", "lines")
	fmt.Fprintf(&b, "\nNothing has been entered yet. Press y to enter %s.\n", n)
	yes := key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "enter "+n))
	yes.SetEnabled(len(take) > 0)
	return &pasted{overlay.NewText(s.d.Theme, "Pasted lines, for "+s.d.Env().Label(partnership.KindPartners, uint64(s.city)), b.String()), s, take, yes}
}

// Help puts the deciding key first.
func (p *pasted) Help() []key.Binding { return append([]key.Binding{p.yes}, p.Viewer.Help()...) }

// Update implements overlay.Dialog.
func (p *pasted) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok && p.yes.Enabled() {
		if key.Matches(press, p.yes) {
			cmds := make([]tea.Cmd, 0, len(p.lines))
			for _, l := range p.lines {
				cmds = append(cmds, p.s.append(l))
			}
			return true, tea.Batch(cmds...)
		}
		if press.String() == "enter" {
			return false, nil // a hand on Enter does not enter a list unseen
		}
	}
	return p.Viewer.Update(msg)
}

// wants says what the person of a line would do: "visit half a day".
func (l *line) wants() string {
	switch {
	case l.would == shadowing.SignupHost:
		return "host"
	case l.length == shadowing.EitherOfTwo:
		return string(l.would) + ", half or full day"
	}
	return string(l.would) + ", " + string(l.length) + " day"
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
