package act

import (
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/form"
	"interlocal/tui/frame"
)

// window is a form in a window that asks for the arguments of an act. It stays
// until the act is done, so that nothing that was typed is lost to a refusal.
type window struct {
	d      *app.App
	offer  Offer
	q      run.Request
	form   *form.Model
	rows   int
	read   func() any // the arguments as typed so far
	tally  func(args any) string
	comes  string // what the tally says
	edits  int    // of which that is true
	left   bool
	saving bool
}

// askAll opens a form for several arguments.
func askAll(d *app.App, o Offer, q run.Request, v field.Viewpoint, rec any, cols []*field.Column) tea.Cmd {
	w := &window{d: d, offer: o, q: q, rows: len(cols)}
	w.tally = func(args any) string { return o.Act.Preview(v, rec, args) }
	k := o.Act.Args
	w.form = form.New(form.Options{Kind: k, Columns: cols, Record: k.Clone(q.Args), Env: d.Env(), Theme: d.Theme,
		Save:  w.save,
		Leave: func() tea.Cmd { w.left = true; return nil },
	})
	w.read = func() any {
		args := k.Clone(q.Args)
		for _, c := range cols { // what cannot be read yet is left as it was
			if s := w.form.Value(c.Name); s == "" {
				c.Clear(args)
			} else if c.Parse(k.New(), s, d.Env()) == nil {
				_ = c.Parse(args, s, d.Env())
			}
		}
		return args
	}
	w.add()
	d.Dialogs.Push(w)
	return nil
}

// add works out again what the arguments come to.
func (w *window) add() { w.comes, w.edits = w.tally(w.read()), w.form.Edits() }

// save has the act done; the window stays until it is.
func (w *window) save(args any) tea.Cmd {
	if w.saving {
		return nil
	}
	w.saving = true
	q := w.q
	q.Args = args
	return carryOut(w.d, w.offer, q, &outcome{
		over: func() { w.saving = false },
		fails: func(err error) tea.Cmd {
			var problem *failure.Error
			if errors.As(err, &problem) && len(problem.Problems) > 0 {
				w.form.SetProblems(problem.Problems)
			}
			w.d.Fail(err)
			return nil
		},
		done: func() {
			w.left = true
			if w.d.Dialogs.Top() == w {
				w.d.Dialogs.Pop()
			}
		}})
}

// Title implements overlay.Titled.
func (w *window) Title() string { return w.offer.Act.Title }

// Help implements overlay.Dialog.
func (w *window) Help() []key.Binding { return w.form.ShortHelp() }

// windowWidth is how wide a form in a window is when there is room.
const windowWidth = 84

// Size implements overlay.Dialog.
func (w *window) Size(room frame.Rect) (width, height int) {
	width = min(room.W, windowWidth)
	height = w.rows + 4
	for _, s := range w.offer.Intro {
		height += len(text.Wrap(s, width))
	}
	return width, min(room.H, height)
}

// Update implements overlay.Dialog.
func (w *window) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if w.saving {
			return false, nil
		}
		cmd = w.form.Update(msg)
		if w.form.Edits() != w.edits {
			w.add()
		}
	}
	return w.left, cmd
}

// Draw implements overlay.Dialog.
func (w *window) Draw(f *frame.Frame, r frame.Rect) {
	t := w.d.Theme
	w.form.SetTheme(t)
	for _, s := range w.offer.Intro {
		for _, l := range text.Wrap(s, r.W) {
			f.At(r.X, r.Y)
			f.Text(t.Dim, l, r.W)
			_, r = r.SplitTop(1)
		}
	}
	for _, l := range text.Wrap(w.comes, r.W) { // on the blank row, and on more where it must
		f.At(r.X, r.Y)
		f.Text(t.Text, l, r.W)
		_, r = r.SplitTop(1)
	}
	if w.comes == "" {
		_, r = r.SplitTop(1)
	}
	w.form.Draw(f, r)
}
