package equipment

import (
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model"
	"interlocal/model/text"
	"interlocal/store"
	"interlocal/tui/desk"
	"interlocal/tui/form"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// paper is a form in a window: a few fields of a record that a step needs. Unlike
// a record's own form it does not store the record alone but takes the step, so
// that a hand-over and the loan it begins are one change.
type paper struct {
	d      *desk.Desk
	title  string
	intro  []string
	form   *form.Model
	rows   int
	read   func() any // the record as typed so far
	tally  func(rec any) string
	comes  string // what the tally says
	edits  int    // of which that is true
	left   bool
	saving bool
}

// paperOf says what a [paper] asks and does.
type paperOf struct {
	title  string
	intro  []string // sentences above the fields
	kind   string
	fields []string // by name, in order; the first has the keys
	rec    any      // a record with what is known
	verb   string   // what history calls it
	// tally says in a line what the fields come to so far; nil for nothing.
	tally func(rec any) string
	does  func(tx *store.Tx, rec any, passes []model.Pass) error
	done  func(res store.Result) tea.Cmd
}

// ask opens a form in a window.
func ask(d *desk.Desk, o paperOf) tea.Cmd {
	k := d.Kind(o.kind)
	var cols []*model.Column
	for _, name := range o.fields {
		if c := k.Column(name); c != nil {
			cols = append(cols, c)
		}
	}
	p := &paper{d: d, title: o.title, intro: o.intro, rows: len(cols), tally: o.tally}
	p.form = form.New(form.Options{Kind: k, Columns: cols, Record: o.rec, Env: d.Env(), Theme: d.Theme,
		Save:  func(rec any) tea.Cmd { return p.save(o, rec) },
		Leave: func() tea.Cmd { p.left = true; return nil },
	})
	p.read = func() any {
		rec := k.Clone(o.rec)
		for _, c := range cols { // what cannot be read yet is left as it was
			if s := p.form.Value(c.Name); s == "" {
				c.Clear(rec)
			} else if c.Parse(k.New(), s, d.Env()) == nil {
				_ = c.Parse(rec, s, d.Env())
			}
		}
		return rec
	}
	p.add()
	d.Dialogs.Push(p)
	return nil
}

// add works out again what the fields come to.
func (p *paper) add() {
	if p.tally != nil {
		p.comes, p.edits = p.tally(p.read()), p.form.Edits()
	}
}

// save takes the step; the window stays until it is taken.
func (p *paper) save(o paperOf, rec any) tea.Cmd {
	if p.saving {
		return nil
	}
	p.saving = true
	return take(p.d, step{title: o.verb, final: true,
		over: func() { p.saving = false },
		do:   func(tx *store.Tx, passes []model.Pass) error { return o.does(tx, rec, passes) },
		fails: func(err error) {
			var problem *model.Error
			if errors.As(err, &problem) && len(problem.Problems) > 0 {
				p.form.SetProblems(problem.Problems)
			}
			p.d.Fail(err)
		},
		done: func(res store.Result) tea.Cmd {
			p.left = true
			if p.d.Dialogs.Top() == p {
				p.d.Dialogs.Pop()
			}
			return o.done(res)
		}})
}

// Title implements overlay.Titled.
func (p *paper) Title() string { return p.title }

// Help implements overlay.Dialog.
func (p *paper) Help() []key.Binding { return p.form.ShortHelp() }

// paperWidth is how wide a form in a window is when there is room.
const paperWidth = 84

// Size implements overlay.Dialog.
func (p *paper) Size(room frame.Rect) (w, h int) {
	w = min(room.W, paperWidth)
	h = p.rows + 4
	for _, s := range p.intro {
		h += len(text.Wrap(s, w))
	}
	return w, min(room.H, h)
}

// Update implements overlay.Dialog.
func (p *paper) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.saving {
			return false, nil
		}
		cmd = p.form.Update(msg)
		if p.form.Edits() != p.edits {
			p.add()
		}
	}
	return p.left, cmd
}

// Draw implements overlay.Dialog.
func (p *paper) Draw(f *frame.Frame, r frame.Rect) {
	t := p.d.Theme
	p.form.SetTheme(t)
	for _, s := range p.intro {
		for _, l := range text.Wrap(s, r.W) {
			f.At(r.X, r.Y)
			f.Text(t.Dim, l, r.W)
			_, r = r.SplitTop(1)
		}
	}
	for _, l := range text.Wrap(p.comes, r.W) { // on the blank row, and on more where it must
		f.At(r.X, r.Y)
		f.Text(t.Text, l, r.W)
		_, r = r.SplitTop(1)
	}
	if p.comes == "" {
		_, r = r.SplitTop(1)
	}
	p.form.Draw(f, r)
}

// askLine asks for one line and hands on what was typed.
func askLine(d *desk.Desk, title, words, value, verb string, then func(string) tea.Cmd) tea.Cmd {
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, title, words, value, verb, then))
	return nil
}
