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

// town, clerk and job are made-up records with a field of every shape.
type (
	town struct {
		ID     model.ID[town]
		Name   string
		Status string
	}
	clerk struct {
		ID      model.ID[clerk]
		Name    string
		Town    model.ID[town]
		Dept    string
		Title   string
		Phone   string
		Email   string
		Roles   []string
		Duties  []string
		Courses []course
		Mobile  string
		Note    string
		Left    bool
	}
	course struct {
		Name    string
		Issued  model.Opt[model.Day]
		Expires model.Opt[model.Day]
	}
	job struct {
		ID      model.ID[job]
		Name    string
		Area    string
		Status  string
		Lead    model.ID[town]
		Contact model.ID[clerk]
		Parties []model.ID[town]
		Crew    []model.ID[clerk]
		Sharers []sharer
		Start   model.Opt[model.Day]
		End     model.Opt[model.Day]
		From    model.Opt[model.Wall]
		Cost    model.Opt[model.Cents]
		Notice  model.Opt[int64]
		Ideas   string
		Note    string
		Next    step
	}
	sharer struct {
		Town  model.ID[town]
		Share model.Opt[model.Percent]
	}
	step struct {
		What string
		Due  model.Opt[model.Day]
	}
)

func (town) KindName() string  { return "towns" }
func (clerk) KindName() string { return "clerks" }
func (job) KindName() string   { return "jobs" }

func madeUp() *model.Schema { return model.SchemaOf(townKind(), clerkKind(), jobKind()) }

func townKind() *model.Kind {
	return model.Def[town]{
		Tag: 1, One: "town", Title: "Towns", UniqueLabel: true,
		ID:    func(t *town) *model.ID[town] { return &t.ID },
		Label: func(t *town) string { return t.Name },
		Fields: []model.Field[town]{
			model.Text(1, "name", "Name", func(t *town) *string { return &t.Name }).Need(),
			model.Word(2, "status", "Status", func(t *town) *string { return &t.Status },
				model.Choice{Value: "invited", Title: "Invited"}, model.Choice{Value: "joining", Title: "Joining"},
				model.Choice{Value: "member", Title: "Member"}),
		},
	}.Kind()
}

func clerkKind() *model.Kind {
	return model.Def[clerk]{
		Tag: 2, One: "clerk", Title: "Clerks",
		ID:    func(c *clerk) *model.ID[clerk] { return &c.ID },
		Label: func(c *clerk) string { return c.Name },
		Fields: []model.Field[clerk]{
			model.Text(1, "name", "Name", func(c *clerk) *string { return &c.Name }).Need().Eg("Dana Reyes"),
			model.Ref(2, "town", "Town", func(c *clerk) *model.ID[town] { return &c.Town }).Need(),
			model.Text(3, "dept", "Department", func(c *clerk) *string { return &c.Dept }),
			model.Text(4, "title", "Title", func(c *clerk) *string { return &c.Title }),
			model.Phone(5, "phone", "Phone", func(c *clerk) *string { return &c.Phone }),
			model.Email(6, "email", "E-mail", func(c *clerk) *string { return &c.Email }),
			model.Words(7, "roles", "Contact for", func(c *clerk) *[]string { return &c.Roles },
				model.Choice{Value: "city manager", Title: "City manager"}, model.Choice{Value: "it lead", Title: "IT lead"},
				model.Choice{Value: "hr lead", Title: "HR lead"}, model.Choice{Value: "fleet lead", Title: "Fleet lead"},
				model.Choice{Value: "city clerk", Title: "City clerk"}).Say("What colleagues look this person up for."),
			model.Texts(8, "duties", "Duties", func(c *clerk) *[]string { return &c.Duties }),
			model.Rows(9, "courses", "Courses", func(c *clerk) *[]course { return &c.Courses }, []model.Field[course]{
				model.Text(1, "name", "Course", func(c *course) *string { return &c.Name }).Eg("CDL class B"),
				model.OnDay(2, "issued", "Issued", func(c *course) *model.Opt[model.Day] { return &c.Issued }),
				model.OnDay(3, "expires", "Expires", func(c *course) *model.Opt[model.Day] { return &c.Expires }),
			}),
			model.Phone(10, "mobile", "Mobile", func(c *clerk) *string { return &c.Mobile }).Private().
				Say("Seen by the person’s own town."),
			model.Long(11, "note", "Note", func(c *clerk) *string { return &c.Note }).Confidential(),
			model.Bool(12, "left", "Left service", func(c *clerk) *bool { return &c.Left }),
		},
	}.Kind()
}

func jobKind() *model.Kind {
	return model.Def[job]{
		Tag: 3, One: "job", Title: "Jobs", UniqueLabel: true,
		ID:    func(j *job) *model.ID[job] { return &j.ID },
		Label: func(j *job) string { return j.Name },
		Check: func(c *model.Checking, _, j *job) {
			if j.Start.Set && j.End.Set && j.End.V < j.Start.V {
				c.Add("end", "the job ends before it starts")
			}
			if j.Start.Set && !j.End.Set {
				c.Warn("end", "without an end nobody knows when it is over")
			}
		},
		Fields: jobFields(),
	}.Kind()
}

func jobFields() []model.Field[job] {
	return append([]model.Field[job]{
		model.Text(1, "name", "Job", func(j *job) *string { return &j.Name }).Need(),
		model.Word(2, "area", "Area", func(j *job) *string { return &j.Area },
			model.Choice{Value: "workforce", Title: "Workforce and recruitment"}, model.Choice{Value: "safety", Title: "Public safety"},
			model.Choice{Value: "upkeep", Title: "Infrastructure upkeep"}, model.Choice{Value: "purchasing", Title: "Purchasing"},
			model.Choice{Value: "cyber", Title: "Cybersecurity"}, model.Choice{Value: "other", Title: "Other"}),
		model.Word(3, "status", "Status", func(j *job) *string { return &j.Status },
			model.Choice{Value: "idea", Title: "Idea"}, model.Choice{Value: "active", Title: "Active"},
			model.Choice{Value: "done", Title: "Done"}, model.Choice{Value: "dropped", Title: "Dropped"}).Need(),
		model.Ref(4, "lead", "Lead", func(j *job) *model.ID[town] { return &j.Lead }).Say("The town that leads."),
		model.Ref(5, "contact", "Contact", func(j *job) *model.ID[clerk] { return &j.Contact }),
		model.Refs(6, "parties", "Parties", func(j *job) *[]model.ID[town] { return &j.Parties }),
		model.Refs(7, "crew", "Crew", func(j *job) *[]model.ID[clerk] { return &j.Crew }),
		model.Rows(8, "sharers", "Sharers", func(j *job) *[]sharer { return &j.Sharers }, []model.Field[sharer]{
			model.Ref(1, "town", "Town", func(s *sharer) *model.ID[town] { return &s.Town }),
			model.Share(2, "share", "Cost share", func(s *sharer) *model.Opt[model.Percent] { return &s.Share }),
		}),
		model.OnDay(9, "start", "Start", func(j *job) *model.Opt[model.Day] { return &j.Start }),
		model.OnDay(10, "end", "End", func(j *job) *model.Opt[model.Day] { return &j.End }),
		model.AtWall(11, "from", "First meeting", func(j *job) *model.Opt[model.Wall] { return &j.From }),
		model.Money(12, "cost", "Cost", func(j *job) *model.Opt[model.Cents] { return &j.Cost }),
		model.Count(13, "notice", "Notice", func(j *job) *model.Opt[int64] { return &j.Notice }).In("days"),
		model.Long(14, "ideas", "Ideas offered", func(j *job) *string { return &j.Ideas }),
		model.Long(15, "note", "Note", func(j *job) *string { return &j.Note }),
	}, model.Part(20, "next_", "Next step", func(j *job) *step { return &j.Next }, []model.Field[step]{
		model.Text(1, "step", "Next step", func(s *step) *string { return &s.What }),
		model.OnDay(2, "due", "Due", func(s *step) *model.Opt[model.Day] { return &s.Due }),
	})...)
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
	d := &desk{t: t, frame: frame.New(), w: 100, h: 30, schema: madeUp()}
	d.shelf = &shelf{schema: d.schema, recs: map[string]map[uint64]any{}}
	for _, name := range []string{"Grandview", "Raytown", "Lee’s Summit", "Independence"} {
		d.shelf.put("towns", &town{Name: name})
	}
	for i, name := range []string{"Dana Reyes", "Dan Olson", "Dana Reyes", "Rae; Ann | Cole"} {
		d.shelf.put("clerks", &clerk{Name: name, Town: model.ID[town](i + 1), Title: "Street Superintendent"})
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
	if query == "" && kind != "towns" {
		return nil
	}
	k := d.schema.Kind(kind)
	for id, rec := range d.shelf.Scan(kind) {
		if len(out) < limit && strings.HasPrefix(strings.ToLower(k.Label(rec)), strings.ToLower(query)) {
			s := Suggestion{ID: id, Label: k.Label(rec)}
			if p, ok := rec.(*clerk); ok {
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
