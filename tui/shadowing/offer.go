package shadowing

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// price shows what a change would do before it is made; y makes it.
type price struct {
	d       *app.App
	title   string
	says    string
	numbers string
	figures bool
	do      func() tea.Cmd // nil when there is nothing to do
	yes, no key.Binding
	digits  key.Binding
}

// newPrice asks whether to make a change that is known to do what says says.
func newPrice(d *app.App, title, says, numbers, verb string, do func() tea.Cmd) *price {
	p := &price{d: d, title: title, says: says, numbers: numbers, do: do,
		yes:    press("y", verb),
		no:     key.NewBinding(key.WithKeys("n", "esc", "enter"), key.WithHelp("n", "leave it")),
		digits: press("#", "numbers")}
	if do == nil {
		p.no.SetHelp("Esc", "close")
		p.yes.SetEnabled(false)
	}
	p.digits.SetEnabled(numbers != "")
	return p
}

// Title implements overlay.Titled.
func (p *price) Title() string { return p.title }

// Help implements overlay.Dialog.
func (p *price) Help() []key.Binding {
	if p.do == nil {
		return []key.Binding{p.no, p.digits}
	}
	return []key.Binding{p.yes, p.no, p.digits}
}

// priceWidth is how wide a price is set when there is room.
const priceWidth = 64

func (p *price) lines(w int) []string {
	body := p.says
	if p.figures && p.numbers != "" {
		body += "\n\n" + p.numbers
	}
	var out []string
	for para := range strings.SplitSeq(body, "\n") {
		out = append(out, text.Wrap(para, w)...)
	}
	return out
}

// Size implements overlay.Dialog.
func (p *price) Size(room frame.Rect) (w, h int) {
	w = min(room.W, priceWidth)
	return w, min(room.H, len(p.lines(w))+2)
}

// Update implements overlay.Dialog.
func (p *price) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok || press.IsRepeat:
	case p.do != nil && key.Matches(press, p.yes):
		return true, p.do()
	case key.Matches(press, p.digits):
		p.figures = !p.figures
	case key.Matches(press, p.no):
		return true, nil
	}
	return false, nil
}

// Draw implements overlay.Dialog.
func (p *price) Draw(f *frame.Frame, r frame.Rect) {
	t := p.d.Theme
	answers, body := r.SplitBottom(1)
	for i, l := range p.lines(r.W) {
		if i < body.H-1 {
			f.At(body.X, body.Y+i)
			f.Text(t.Text, l, body.W)
		}
	}
	f.At(answers.X, answers.Y)
	for _, b := range p.Help() {
		if !b.Enabled() {
			continue
		}
		f.Put(t.Key, b.Help().Key)
		f.Put(t.KeyHelp, " "+b.Help().Desc+"   ")
	}
	f.Cursor(answers.X, answers.Y)
}

// choice is one of several ways to go on.
type choice struct {
	title, says string
	take        func() tea.Cmd
}

// beside is a key of a list of choices that is not about one of them.
type beside struct {
	key key.Binding
	do  func() tea.Cmd
}

// choices shows ways to go on with what each would do; Enter takes one.
type choices struct {
	d       *app.App
	title   string
	list    []choice
	more    []beside
	at, top int
	keys    struct{ up, down, open, leave key.Binding }
}

func newChoices(d *app.App, title, verb string, list []choice, more ...beside) *choices {
	c := &choices{d: d, title: title, list: list, more: more}
	c.keys.up, c.keys.down = d.Keys.Up, d.Keys.Down
	c.keys.open, c.keys.leave = named(d.Keys.Open, verb), labelled("esc", "Esc", "leave it")
	return c
}

// Title implements overlay.Titled.
func (c *choices) Title() string { return c.title }

// Help implements overlay.Dialog.
func (c *choices) Help() []key.Binding {
	out := []key.Binding{c.keys.open}
	for _, m := range c.more {
		out = append(out, m.key)
	}
	return append(out, c.keys.down, c.keys.up, c.keys.leave)
}

// choicesWidth is how wide choices are set when there is room.
const choicesWidth = 76

// block gives the lines of a choice: its title, then what it does.
func (c *choices) block(i, w int) []string {
	return append([]string{c.list[i].title}, text.Wrap(c.list[i].says, max(w-4, 10))...)
}

// Size implements overlay.Dialog.
func (c *choices) Size(room frame.Rect) (w, h int) {
	w = min(room.W, choicesWidth)
	for i := range c.list {
		h += len(c.block(i, w)) + 1
	}
	return w, min(room.H, max(h-1, 1))
}

// Update implements overlay.Dialog.
func (c *choices) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, c.keys.up):
		c.at = max(c.at-1, 0)
	case key.Matches(press, c.keys.down):
		c.at = min(c.at+1, len(c.list)-1)
	case key.Matches(press, c.keys.open):
		return true, c.list[c.at].take()
	case key.Matches(press, c.keys.leave):
		return true, nil
	default:
		for _, m := range c.more {
			if key.Matches(press, m.key) {
				return true, m.do()
			}
		}
	}
	return false, nil
}

// Draw implements overlay.Dialog; the choice under the cursor is in view.
func (c *choices) Draw(f *frame.Frame, r frame.Rect) {
	t := c.d.Theme
	c.top = min(c.top, c.at)
	for used := func() (n int) {
		for i := c.top; i <= c.at; i++ {
			n += len(c.block(i, r.W)) + 1
		}
		return n - 1
	}; c.top < c.at && used() > r.H; {
		c.top++
	}
	y := r.Y
	for i := c.top; i < len(c.list); i++ {
		for n, l := range c.block(i, r.W) {
			if y >= r.Bottom() {
				return
			}
			f.At(r.X, y)
			switch {
			case n == 0 && i == c.at:
				f.Text(t.Selected, "▸ "+l, r.W)
				f.Cursor(r.X, y)
			case n == 0:
				f.Text(t.Strong, "  "+l, r.W)
			default:
				f.Text(t.Dim, "    "+l, r.W)
			}
			y++
		}
		y++
	}
}

var _, _ overlay.Dialog = (*price)(nil), (*choices)(nil)
