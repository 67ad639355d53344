package records

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/tui/app"
	"interlocal/tui/form"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// editor is a form being filled in: for a new record, for one that exists, or
// for many at once. What is typed is kept as a draft all along.
type editor struct {
	s     *Screen
	kind  *field.Kind
	form  *form.Model
	title string

	id      uint64   // of the record; 0 for a new one
	many    []uint64 // of the records, when there are several
	base    any      // the record as it was when the form was opened
	baseRev uint64
	kept    int       // edits that the draft on disk holds
	since   time.Time // when the draft that was brought back was left
	saving  bool
	ahead   []tea.Msg // typed while it was being saved

	then  func(id uint64) tea.Cmd // after saving, in place of the usual
	below *editor                 // the form over which this one was opened
	about string                  // what a new record is about, for its draft
	known any                     // what a new record began with, or nil
	last  any                     // the record that the ditto key repeats, or nil
	again key.Binding             // throws the draft away and begins anew
	moved string                  // who has changed the record since the form was opened
	noted uint64                  // revision for which moved was worked out
}

// draftKey names a draft: "people/12", "people/new".
func (e *editor) draftKey() string {
	if e.below != nil {
		return e.below.draftKey() + "/" + e.kind.Name
	}
	if e.id == 0 {
		return e.kind.Name + "/new" + e.about
	}
	return e.kind.Name + "/" + strconv.FormatUint(e.id, 10)
}

// add opens the form for a new record of the list's kind; rec may hold what is
// known of it.
func (s *Screen) add(rec any) tea.Cmd {
	l := s.list()
	if !s.mayAdd(l.kind) {
		return nil
	}
	if begin := s.starts[l.kind.Name]; rec == nil && begin != nil {
		rec = begin()
	}
	return s.begin(&editor{s: s, kind: l.kind, title: "New " + l.kind.One}, rec, l.last)
}

// mayAdd reports whether the user may add records of a kind at all, and says
// so when not.
func (s *Screen) mayAdd(k *field.Kind) bool {
	id := s.d.Me.Identity()
	if id.Rights(k).Change != access.None {
		return true
	}
	s.d.Fail(id.MayChange(k, true, false, nil, nil))
	return false
}

// mayChange reports whether the user may change a record, and says why not.
func (s *Screen) mayChange(k *field.Kind, id uint64) bool {
	rec := s.d.View().Get(k.Name, id)
	if rec == nil {
		s.d.Say(overlay.Info, "That "+k.One+" is no longer there.")
		return false
	}
	parties := k.Parties(s.d.View(), rec)
	if err := s.d.Me.Identity().MayChange(k, false, false, parties, parties); err != nil {
		s.d.Fail(err)
		return false
	}
	return true
}

// AddWith opens the form for a new record of any kind over the list, filled in
// with what is known, at a field; then is called when it has been saved. About
// tells its draft from those of other new records, as in "/partners/12".
func (s *Screen) AddWith(kind string, rec any, about, field string, then func(id uint64) tea.Cmd) tea.Cmd {
	k := s.d.Kind(kind)
	if !s.mayAdd(k) {
		return nil
	}
	cmd := s.begin(&editor{s: s, kind: k, title: "New " + k.One, about: about, then: then}, rec, nil)
	s.editor().form.Focus(field)
	return cmd
}

// Edit opens the form for a record, also of a kind that the tab does not list.
func (s *Screen) Edit(p app.Route) tea.Cmd {
	k := s.d.Kind(p.Kind)
	return s.editOne(k, p.ID)
}

func (s *Screen) edit(ids []uint64) tea.Cmd {
	l := s.list()
	if len(ids) == 1 {
		return s.editOne(l.kind, ids[0])
	}
	e := &editor{s: s, kind: l.kind, many: ids, title: fmt.Sprintf("Edit %s: only what you fill in changes",
		l.name(ids))}
	return s.begin(e, nil, nil)
}

func (s *Screen) editOne(k *field.Kind, id uint64) tea.Cmd {
	if !s.mayChange(k, id) {
		return nil
	}
	rec := s.d.View().Get(k.Name, id)
	e := &editor{s: s, kind: k, id: id, base: rec, baseRev: s.d.View().RevOf(k.Name, id), title: "Edit " + s.d.Env().
		Title(k, rec)}
	return s.begin(e, k.Clone(rec), nil)
}

// begin opens a form and brings back the draft of an earlier one.
func (s *Screen) begin(e *editor, rec, previous any) tea.Cmd {
	if s.resume(e) {
		return nil
	}
	e.last = previous
	if rec == nil {
		rec = e.kind.New()
	} else if e.id == 0 {
		e.known = e.kind.Clone(rec)
	}
	e.again = key.NewBinding(key.WithKeys("f8"), key.WithHelp("F8", "discard draft"))
	e.again.SetEnabled(false)
	e.form = form.New(form.Options{
		Kind: e.kind, Columns: s.editable(e.kind), Record: rec, Env: s.d.Env(), Theme: s.d.Theme, Previous: previous,
		Bulk:    e.many != nil,
		Suggest: s.suggest, AddNew: s.addNew,
		Save:  func(rec any) tea.Cmd { return e.save(rec) },
		Leave: e.leave,
	})
	s.editors = append(s.editors, e)
	if e.many == nil {
		e.restore()
	}
	return nil
}

// resume brings a form that is open already, under others, to the top.
func (s *Screen) resume(e *editor) bool {
	for i, open := range s.editors {
		if e.many == nil && open.many == nil && open.draftKey() == e.draftKey() {
			s.editors = append(append(s.editors[:i:i], s.editors[i+1:]...), open)
			return true
		}
	}
	return false
}

// editable lists the columns that the user may see and so fill in.
func (s *Screen) editable(k *field.Kind) []*field.Column {
	id := s.d.Me.Identity()
	own := []field.Party{id.Partner}
	var out []*field.Column
	for _, c := range k.Columns {
		if id.SeesField(k, c, own) {
			out = append(out, c)
		}
	}
	return out
}

// restore brings back what was typed when the form was left unsaved. A draft
// begins with the revision of the record that it was typed over.
func (e *editor) restore() {
	d := e.s.d
	data, at, ok := d.Store.Draft(d.Me.Identity(), e.draftKey())
	if !ok || len(data) < 8 {
		return
	}
	rev := binary.BigEndian.Uint64(data)
	if err := e.form.Restore(data[8:]); err != nil {
		d.Fail(err)
		return
	}
	e.since, e.kept = at, e.form.Edits()
	e.again.SetEnabled(true)
	note := "Your unfinished form of " + d.At(at).Format("Jan 2, 3:04 pm") + " is back; F8 starts over."
	if rev != e.baseRev && e.id != 0 {
		e.base, e.baseRev = nil, rev // what was typed answered the older record
		note = "Your unfinished form is back; the " + e.kind.One + " has changed since. Saving merges the two."
	}
	d.Say(overlay.Info, note)
}

// keep puts what has been typed on disk, beside the session.
func (e *editor) keep() {
	if e.many != nil || e.form.Edits() == e.kept {
		return
	}
	e.kept = e.form.Edits()
	d := e.s.d
	data := binary.BigEndian.AppendUint64(nil, e.baseRev)
	d.Store.SaveDraft(d.Me.Identity(), e.draftKey(), append(data, e.form.State()...))
}

// update answers a key or a paste.
func (e *editor) update(msg tea.Msg) tea.Cmd {
	if e.saving {
		e.ahead = append(e.ahead, msg) // meant for what comes after the form
		return nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, e.again) && e.again.Enabled() {
		return e.startOver()
	}
	cmd := e.form.Update(msg)
	e.keep()
	return cmd
}

// other hands on what is neither key nor paste.
func (e *editor) other(msg tea.Msg) tea.Cmd { return e.form.Update(msg) }

func (e *editor) refresh() {
	e.form.SetEnv(e.s.d.Env())
	e.form.SetTheme(e.s.d.Theme)
}

// close takes the form away.
func (e *editor) close() {
	for i, other := range e.s.editors {
		if other == e {
			e.s.editors = append(e.s.editors[:i], e.s.editors[i+1:]...)
			return
		}
	}
}

func (e *editor) dropDraft() {
	if e.many == nil {
		e.s.d.Store.DropDraft(e.s.d.Me.Identity(), e.draftKey())
	}
}

// startOver throws the draft away and opens the form anew.
func (e *editor) startOver() tea.Cmd {
	e.dropDraft()
	e.close()
	e.s.d.Say(overlay.Done, "The draft is gone.")
	if e.id != 0 {
		return e.s.editOne(e.kind, e.id)
	}
	fresh := &editor{s: e.s, kind: e.kind, title: e.title, then: e.then, below: e.below, about: e.about}
	var rec any
	if e.known != nil {
		rec = e.kind.Clone(e.known)
	}
	return e.s.begin(fresh, rec, e.last)
}

// leave closes the form; what was typed stays as a draft.
func (e *editor) leave() tea.Cmd {
	e.keep()
	e.close()
	switch {
	case e.many != nil || !e.form.Dirty() || e.below != nil:
		e.dropDraft()
	case e.id == 0:
		e.s.d.Say(overlay.Info, "Not saved. What you typed is kept; a brings it back.")
	default:
		e.s.d.Say(overlay.Info, "Not saved. What you typed is kept; e brings it back.")
	}
	return nil
}

// keys lists the form's keys.
func (e *editor) keys() []key.Binding {
	out := e.form.ShortHelp()
	if e.again.Enabled() {
		out = append(out, e.again)
	}
	return out
}

// draw draws the form under its title.
func (e *editor) draw(f *frame.Frame, r frame.Rect) {
	t := e.s.d.Theme
	e.form.SetTheme(t)
	f.At(r.X, r.Y)
	f.Text(t.Title, " "+e.title, r.W)
	f.At(r.X, r.Y+1)
	f.Text(t.Warn, e.company(), r.W)
	_, body := r.SplitTop(2)
	e.form.Draw(f, body)
}
