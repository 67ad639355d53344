package form

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// town, clerk and job are made-up records with a field of every shape.
type (
	town struct {
		ID     field.ID[town]
		Name   string
		Status string
	}
	clerk struct {
		ID      field.ID[clerk]
		Name    string
		Town    field.ID[town]
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
		Issued  value.Opt[value.Day]
		Expires value.Opt[value.Day]
	}
	job struct {
		ID      field.ID[job]
		Name    string
		Area    string
		Status  string
		Lead    field.ID[town]
		Contact field.ID[clerk]
		Parties []field.ID[town]
		Crew    []field.ID[clerk]
		Sharers []sharer
		Start   value.Opt[value.Day]
		End     value.Opt[value.Day]
		From    value.Opt[value.Wall]
		Cost    value.Opt[value.Cents]
		Notice  value.Opt[int64]
		Ideas   string
		Note    string
		Next    step
	}
	sharer struct {
		Town  field.ID[town]
		Share value.Opt[value.Percent]
	}
	step struct {
		What string
		Due  value.Opt[value.Day]
	}
)

func (town) KindName() string { return "towns" }

func (clerk) KindName() string { return "clerks" }

func (job) KindName() string { return "jobs" }

func madeUp() *field.Schema { return field.SchemaOf(townKind(), clerkKind(), jobKind()) }

func townKind() *field.Kind {
	return field.Def[town]{
		Tag: 1, One: "town", Title: "Towns", UniqueLabel: true,
		ID:    func(t *town) *field.ID[town] { return &t.ID },
		Label: func(t *town) string { return t.Name },
		Fields: []field.Field[town]{
			field.Text(1, "name", "Name", func(t *town) *string { return &t.Name }).Required(),
			field.Word(2, "status", "Status", func(t *town) *string { return &t.Status },
				field.Choice{Value: "invited", Title: "Invited"}, field.Choice{Value: "joining", Title: "Joining"},
				field.Choice{Value: "member", Title: "Member"}),
		},
	}.Kind()
}

func clerkKind() *field.Kind {
	return field.Def[clerk]{
		Tag: 2, One: "clerk", Title: "Clerks",
		ID:    func(c *clerk) *field.ID[clerk] { return &c.ID },
		Label: func(c *clerk) string { return c.Name },
		Fields: []field.Field[clerk]{
			field.Text(1, "name", "Name", func(c *clerk) *string { return &c.Name }).Required().Example("Dana Reyes"),
			field.Ref(2, "town", "Town", func(c *clerk) *field.ID[town] { return &c.Town }).Required(),
			field.Text(3, "dept", "Department", func(c *clerk) *string { return &c.Dept }),
			field.Text(4, "title", "Title", func(c *clerk) *string { return &c.Title }),
			field.Phone(5, "phone", "Phone", func(c *clerk) *string { return &c.Phone }),
			field.Email(6, "email", "E-mail", func(c *clerk) *string { return &c.Email }),
			field.Words(7, "roles", "Contact for", func(c *clerk) *[]string { return &c.Roles },
				field.Choice{Value: "city manager", Title: "City manager"},
				field.Choice{Value: "it lead", Title: "IT lead"},
				field.Choice{Value: "hr lead", Title: "HR lead"},
				field.Choice{Value: "fleet lead", Title: "Fleet lead"},
				field.Choice{Value: "city clerk", Title: "City clerk"}).
				Help("What colleagues look this person up for."),
			field.Texts(8, "duties", "Duties", func(c *clerk) *[]string { return &c.Duties }),
			field.Rows(9, "courses", "Courses", func(c *clerk) *[]course { return &c.Courses }, []field.Field[course]{
				field.Text(1, "name", "Course", func(c *course) *string { return &c.Name }).Example("CDL class B"),
				field.OnDay(2, "issued", "Issued", func(c *course) *value.Opt[value.Day] { return &c.Issued }),
				field.OnDay(3, "expires", "Expires", func(c *course) *value.Opt[value.Day] { return &c.Expires }),
			}),
			field.Phone(10, "mobile", "Mobile", func(c *clerk) *string { return &c.Mobile }).Private().
				Help("Seen by the person’s own town."),
			field.Long(11, "note", "Note", func(c *clerk) *string { return &c.Note }).Confidential(),
			field.Bool(12, "left", "Left service", func(c *clerk) *bool { return &c.Left }),
		},
	}.Kind()
}

func jobKind() *field.Kind {
	return field.Def[job]{
		Tag: 3, One: "job", Title: "Jobs", UniqueLabel: true,
		ID:    func(j *job) *field.ID[job] { return &j.ID },
		Label: func(j *job) string { return j.Name },
		Check: func(c *field.Checking, _, j *job) {
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

func jobFields() []field.Field[job] {
	return append([]field.Field[job]{
		field.Text(1, "name", "Job", func(j *job) *string { return &j.Name }).Required(),
		field.Word(2, "area", "Area", func(j *job) *string { return &j.Area },
			field.Choice{Value: "workforce", Title: "Workforce and recruitment"},
			field.Choice{Value: "safety", Title: "Public safety"},
			field.Choice{Value: "upkeep", Title: "Infrastructure upkeep"},
			field.Choice{Value: "purchasing", Title: "Purchasing"},
			field.Choice{Value: "cyber", Title: "Cybersecurity"}, field.Choice{Value: "other", Title: "Other"}),
		field.Word(3, "status", "Status", func(j *job) *string { return &j.Status },
			field.Choice{Value: "idea", Title: "Idea"}, field.Choice{Value: "active", Title: "Active"},
			field.Choice{Value: "done", Title: "Done"}, field.Choice{Value: "dropped", Title: "Dropped"}).Required(),
		field.Ref(4, "lead", "Lead", func(j *job) *field.ID[town] { return &j.Lead }).Help("The town that leads."),
		field.Ref(5, "contact", "Contact", func(j *job) *field.ID[clerk] { return &j.Contact }),
		field.Refs(6, "parties", "Parties", func(j *job) *[]field.ID[town] { return &j.Parties }),
		field.Refs(7, "crew", "Crew", func(j *job) *[]field.ID[clerk] { return &j.Crew }),
		field.Rows(8, "sharers", "Sharers", func(j *job) *[]sharer { return &j.Sharers }, []field.Field[sharer]{
			field.Ref(1, "town", "Town", func(s *sharer) *field.ID[town] { return &s.Town }),
			field.Share(2, "share", "Cost share", func(s *sharer) *value.Opt[value.Percent] { return &s.Share }),
		}),
		field.OnDay(9, "start", "Start", func(j *job) *value.Opt[value.Day] { return &j.Start }),
		field.OnDay(10, "end", "End", func(j *job) *value.Opt[value.Day] { return &j.End }),
		field.AtWall(11, "from", "First meeting", func(j *job) *value.Opt[value.Wall] { return &j.From }),
		field.Money(12, "cost", "Cost", func(j *job) *value.Opt[value.Cents] { return &j.Cost }),
		field.OptInt(13, "notice", "Notice", func(j *job) *value.Opt[int64] { return &j.Notice }).In("days"),
		field.Long(14, "ideas", "Ideas offered", func(j *job) *string { return &j.Ideas }),
		field.Long(15, "note", "Note", func(j *job) *string { return &j.Note }),
	}, field.Part(20, "next_", "Next step", func(j *job) *step { return &j.Next }, []field.Field[step]{
		field.Text(1, "step", "Next step", func(s *step) *string { return &s.What }),
		field.OnDay(2, "due", "Due", func(s *step) *value.Opt[value.Day] { return &s.Due }),
	})...)
}

// monday is the day on which the tests take place.
var monday = value.Date(2026, 11, 23)

// desk is a form with what belongs around it.
type desk struct {
	*Model
	t      *testing.T
	shelf  *fieldtest.Memory
	env    *field.Env
	frame  *frame.Frame
	saved  []any
	left   int
	added  []string
	w, h   int
	schema *field.Schema
}

// open makes a form for a kind; set may change its options.
func open(t *testing.T, kind string, set func(*desk, *Options)) *desk {
	d := &desk{t: t, frame: frame.New(), w: 100, h: 30, schema: madeUp()}
	d.shelf = fieldtest.NewMemory(d.schema)
	for _, name := range []string{"Grandview", "Raytown", "Lee’s Summit", "Independence"} {
		d.shelf.Add(&town{Name: name})
	}
	for i, name := range []string{"Dana Reyes", "Dan Olson", "Dana Reyes", "Rae; Ann | Cole"} {
		d.shelf.Add(&clerk{Name: name, Town: field.ID[town](i + 1), Title: "Street Superintendent"})
	}
	d.env = field.NewEnv(d.shelf, monday)
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
