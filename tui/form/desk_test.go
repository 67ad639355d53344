package form

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// shelf is a made-up store of records.
type shelf struct {
	schema *model.Schema
	recs   map[string]map[uint64]any
}

func (s *shelf) Schema() *model.Schema          { return s.schema }
func (s *shelf) Get(kind string, id uint64) any { return s.recs[kind][id] }
func (s *shelf) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.recs[kind])) {
			if !yield(id, s.recs[kind][id]) {
				return
			}
		}
	}
}
func (s *shelf) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {}
}

func (s *shelf) put(kind string, rec any) uint64 {
	if s.recs[kind] == nil {
		s.recs[kind] = map[uint64]any{}
	}
	id := uint64(len(s.recs[kind]) + 1)
	s.schema.Kind(kind).SetID(rec, id)
	s.recs[kind][id] = rec
	return id
}

// monday is the day on which the tests take place.
var monday = model.Date(2026, 11, 23)

// desk is a form with what belongs around it.
type desk struct {
	*Model
	t      *testing.T
	shelf  *shelf
	env    *model.Env
	frame  *frame.Frame
	saved  []any
	left   int
	added  []string
	w, h   int
	schema *model.Schema
}

// open makes a form for a kind; set may change its options.
func open(t *testing.T, kind string, set func(*desk, *Options)) *desk {
	d := &desk{t: t, frame: frame.New(), w: 100, h: 30, schema: model.NewSchema()}
	d.shelf = &shelf{schema: d.schema, recs: map[string]map[uint64]any{}}
	for _, name := range []string{"Grandview", "Raytown", "Lee’s Summit", "Independence"} {
		d.shelf.put("partners", &model.Partner{Name: name})
	}
	for i, name := range []string{"Dana Reyes", "Dan Olson", "Dana Reyes", "Rae; Ann | Cole"} {
		d.shelf.put("people", &model.Person{Name: name, Partner: model.ID[model.Partner](i + 1), Title: "Street Superintendent"})
	}
	d.env = model.NewEnv(d.shelf, monday)
	o := Options{
		Kind: d.schema.Kind(kind), Env: d.env,
		Theme:   theme.New(theme.Options{Profile: colorprofile.ASCII}),
		Suggest: d.suggest,
		AddNew:  func(kind, text string) tea.Cmd { d.added = append(d.added, kind+": "+text); return nil },
		Save:    func(rec any) tea.Cmd { d.saved = append(d.saved, rec); return nil },
		Leave:   func() tea.Cmd { d.left++; return nil },
	}
	if set != nil {
		set(d, &o)
	}
	d.Model = New(o)
	d.draw()
	return d
}

// suggest finds records whose name begins with the query.
func (d *desk) suggest(kind, query string, limit int) []Suggestion {
	var out []Suggestion
	if query == "" && kind != "partners" {
		return nil
	}
	k := d.schema.Kind(kind)
	for id, rec := range d.shelf.Scan(kind) {
		if len(out) < limit && strings.HasPrefix(strings.ToLower(k.Label(rec)), strings.ToLower(query)) {
			s := Suggestion{ID: id, Label: k.Label(rec)}
			if p, ok := rec.(*model.Person); ok {
				s.Note = p.Title
			}
			out = append(out, s)
		}
	}
	return out
}

func (d *desk) draw() {
	d.frame.Reset(d.w, d.h)
	d.Draw(d.frame, d.frame.Area())
}

// press turns a name into a key press.
func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "esc": tea.KeyEscape,
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
		"f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4}
	if c, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		if c, ok := codes[rest]; ok {
			return tea.KeyPressMsg{Code: c, Mod: tea.ModCtrl}
		}
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	switch name {
	case "shift+tab":
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	case "space", " ":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// keys presses keys by name.
func (d *desk) keys(names ...string) *desk {
	for _, n := range names {
		d.Update(press(n))
		d.draw()
	}
	return d
}

// types types text, letter by letter.
func (d *desk) types(s string) *desk {
	for _, r := range s {
		d.keys(string(r))
	}
	return d
}

func (d *desk) paste(s string) *desk {
	d.Update(tea.PasteMsg{Content: s})
	d.draw()
	return d
}

func (d *desk) to(name string) *desk {
	d.t.Helper()
	if !d.Focus(name) {
		d.t.Fatalf("no field %q", name)
	}
	d.draw()
	return d
}

// shows fails unless the picture holds the text.
func (d *desk) shows(parts ...string) *desk {
	d.t.Helper()
	for _, p := range parts {
		if !strings.Contains(d.frame.String(), p) {
			d.t.Errorf("the form does not show %q:\n%s", p, d.frame.String())
		}
	}
	return d
}

func (d *desk) hides(parts ...string) *desk {
	d.t.Helper()
	for _, p := range parts {
		if strings.Contains(d.frame.String(), p) {
			d.t.Errorf("the form shows %q:\n%s", p, d.frame.String())
		}
	}
	return d
}

// holds fails unless the field's text is as given.
func (d *desk) holds(name, want string) *desk {
	d.t.Helper()
	if got := d.Value(name); got != want {
		d.t.Errorf("%s holds %q, want %q", name, got, want)
	}
	return d
}

func (d *desk) at(name string) *desk {
	d.t.Helper()
	if got := d.Focused().Name; got != name {
		d.t.Errorf("the keys are in %s, want %s", got, name)
	}
	return d
}
