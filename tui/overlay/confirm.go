package overlay

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// Question is what a [Confirm] asks.
type Question struct {
	Title        string   // the name in the frame: "Delete reservation"
	Ask          string   // the question itself, one sentence
	Consequences []string // what a yes brings about, a line each
	Yes          string   // what y does, a verb: "delete"
	No           string   // what n does; "cancel" when empty
	Numbers      string   // what # shows beside, or ""
}

// Confirm asks a question that only y answers with yes. Everything else that
// leaves (n, Esc, Enter) changes nothing.
type Confirm struct {
	theme    *theme.Theme
	question Question
	confirm  func() tea.Cmd
	yes, no  key.Binding
	numbers  key.Binding
	figures  bool // the numbers are shown

	width int
	lines []line
}

// line is a row of a dialog and the ink it is drawn with.
type line struct {
	text string
	ink  theme.Style
}

// NewConfirm returns a dialog that calls confirm when the answer is yes.
func NewConfirm(th *theme.Theme, q Question, confirm func() tea.Cmd) *Confirm {
	if q.No == "" {
		q.No = "cancel"
	}
	if q.Yes == "" {
		q.Yes = "yes"
	}
	c := &Confirm{
		theme: th, question: q, confirm: confirm,
		numbers: key.NewBinding(key.WithKeys("#"), key.WithHelp("#", "numbers")),
		yes:     key.NewBinding(key.WithKeys("y", "Y"), key.WithHelp("y", q.Yes)),
		no:      key.NewBinding(key.WithKeys("n", "N", "esc", "enter"), key.WithHelp("n", q.No)),
	}
	c.numbers.SetEnabled(q.Numbers != "")
	return c
}

// Title implements Titled.
func (c *Confirm) Title() string { return c.question.Title }

// Help implements Dialog.
func (c *Confirm) Help() []key.Binding { return []key.Binding{c.yes, c.no, c.numbers} }

// Update implements Dialog.
func (c *Confirm) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok || press.IsRepeat:
		return false, nil
	case key.Matches(press, c.yes):
		if c.confirm != nil {
			cmd = c.confirm()
		}
		return true, cmd
	case key.Matches(press, c.no):
		return true, nil
	case key.Matches(press, c.numbers):
		c.figures, c.width = !c.figures, 0
	}
	return false, nil
}

// confirmWidth is how wide a question is set when there is room.
const confirmWidth = 60

// Size implements Dialog.
func (c *Confirm) Size(room frame.Rect) (w, h int) {
	c.layout(min(confirmWidth, room.W))
	w = text.Width(c.question.Yes) + text.Width(c.question.No) + 8
	if c.question.Numbers != "" {
		w += len("   # numbers")
	}
	for _, l := range c.lines {
		w = max(w, text.Width(l.text))
	}
	w = max(w, text.Width(c.question.Title)+4)
	return min(w, room.W), len(c.lines) + 2
}

// layout breaks the question into lines of at most w columns.
func (c *Confirm) layout(w int) {
	if w == c.width {
		return
	}
	c.width, c.lines = w, nil
	for _, s := range text.Wrap(c.question.Ask, w) {
		c.lines = append(c.lines, line{s, c.theme.Strong})
	}
	if len(c.question.Consequences) > 0 {
		c.lines = append(c.lines, line{})
	}
	for _, s := range c.question.Consequences {
		mark := "· "
		for _, part := range text.Wrap(s, w-2) {
			c.lines = append(c.lines, line{mark + part, c.theme.Text})
			mark = "  "
		}
	}
	if !c.figures {
		return
	}
	c.lines = append(c.lines, line{})
	for _, s := range text.Wrap(c.question.Numbers, w) {
		c.lines = append(c.lines, line{s, c.theme.Dim})
	}
}

// Draw implements Dialog. The answers stay visible when the consequences do not
// all fit.
func (c *Confirm) Draw(f *frame.Frame, r frame.Rect) {
	c.layout(min(confirmWidth, r.W))
	answers, body := r.SplitBottom(1)
	body.H = max(body.H-1, 0)
	drawLines(f, body, c.lines, c.theme)
	f.At(answers.X, answers.Y)
	f.Put(c.theme.Key, "y")
	f.Put(c.theme.KeyHelp, " "+c.question.Yes+"   ")
	x, y := f.Pen()
	f.Put(c.theme.Key, "n")
	f.Put(c.theme.KeyHelp, " "+c.question.No)
	if c.question.Numbers != "" {
		f.Put(c.theme.KeyHelp, "   ")
		f.Put(c.theme.Key, "#")
		f.Put(c.theme.KeyHelp, " numbers")
	}
	f.Cursor(x, y)
}

// drawLines draws as many lines as fit; when some do not, the last row says so.
func drawLines(f *frame.Frame, r frame.Rect, lines []line, th *theme.Theme) {
	for i := range min(r.H, len(lines)) {
		f.At(r.X, r.Y+i)
		if i == r.H-1 && len(lines) > r.H {
			f.Text(th.Dim, text.Ellipsis, r.W)
			return
		}
		f.Text(lines[i].ink, lines[i].text, r.W)
	}
}
