package records

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/filerules"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
)

// importFile takes a spreadsheet in: it asks for the file, shows what its
// headings are taken for, then what it would do, and does it on a y.
func (s *Screen) importFile() tea.Cmd { return s.Import(s.list().kind, nil) }

// Planner works out what a sheet would do, where that is not the usual.
type Planner func(have run.Records, today value.Day, sheet *spreadsheet.Sheet,
	m *spreadsheet.Mapping) (*exchange.Plan, error)

// intake is a file on its way in: as it was opened, so that another of its sheets
// can be read, and as it is understood.
type intake struct {
	*Screen
	of    *field.Kind
	means Planner
	user  string
	zone  *time.Location
	name  string
	data  []byte
	sheet *spreadsheet.Sheet
	m     *spreadsheet.Mapping
}

// Import takes a spreadsheet in for any kind, as the key i of its list does;
// plan says what its rows mean, nil for the usual.
func (s *Screen) Import(k *field.Kind, plan Planner) tea.Cmd {
	if !s.mayAdd(k) {
		return nil
	}
	if plan == nil {
		plan = s.Files().Plan
	}
	in := &intake{Screen: s, of: k, means: plan, user: s.d.Me.Identity().User, zone: s.d.Settings().Location()}
	s.d.OpenFile("Import "+k.Name, "Which file? CSV, XLSX, JSON or a calendar. Nothing is changed before you have "+
		"seen what it would do.",
		func(name string, r io.Reader) func() tea.Cmd {
			data, err := spreadsheet.All(r, name)
			if err != nil {
				return func() tea.Cmd { s.d.Fail(err); return nil }
			}
			in.name, in.data = name, data
			return in.read("")
		})
	return nil
}

// read reads a sheet of the file, "" for the one that looks like it, and gives what
// to do then.
func (in *intake) read(sheet string) func() tea.Cmd {
	s := in.Screen
	read, err := spreadsheet.Read(bytes.NewReader(in.data), in.name, spreadsheet.ReadOptions{Kind: in.of, Sheet: sheet,
		Zone: in.zone})
	if err != nil {
		return func() tea.Cmd { s.d.Fail(err); return nil }
	}
	kind := spreadsheet.ReadAs(in.of, read.Headings)
	remembered := run.Remembered(s.d.Store, in.user, in.of.Name)
	return func() tea.Cmd {
		in.sheet, in.m = read, s.mapped(kind, read, remembered)
		m := in.m
		if len(read.Headings) == 0 || len(m.Unknown()) == 0 && len(m.Missing()) == 0 && len(m.Doubts) == 0 {
			return in.plan()
		}
		return in.askHeadings()
	}
}

// mapped says what a sheet's headings stand for, what was answered about values
// before, and that an editor's rows are the editor's own city's where the file
// does not say whose.
func (s *Screen) mapped(k *field.Kind, sheet *spreadsheet.Sheet, remembered map[string]string) *spreadsheet.Mapping {
	id, env := s.d.Me.Identity(), s.d.Env()
	m := spreadsheet.MapSheet(k, sheet, env, remembered)
	run.Recall(s.d.Store, id.User, m)
	for _, name := range []string{"partner", "owner"} {
		if col := k.Column(name); id.Partner != 0 && col != nil && col.Required && !m.Has(name) {
			_ = m.Fix(name, env.Name("partners", uint64(id.Partner))) // the field is there
		}
	}
	return m
}

// Files takes files in for whoever sits here.
func (s *Screen) Files() *run.Files {
	return run.NewFiles(s.d.Store, s.d.Me.Identity(), filerules.New())
}

// plan works out what the file would do, beside the session, and shows it.
func (in *intake) plan() tea.Cmd {
	s, view, today := in.Screen, in.d.View(), in.d.Today()
	return s.d.Background(func() func() tea.Cmd {
		p, err := in.means(view, today, in.sheet, in.m)
		return func() tea.Cmd {
			if err != nil {
				s.d.Fail(err)
				return nil
			}
			s.d.Dialogs.Push(newReview(in, p, func() tea.Cmd {
				if s.d.View().Rev() == view.Rev() {
					return s.rehearse(p)
				}
				s.d.Say(overlay.Info, "Records have changed meanwhile; look again.")
				return in.plan()
			}))
			return nil
		}
	})
}

// mapper shows what each heading of a file is taken for and lets it be changed.
type mapper struct {
	*intake
	rows *overlay.Rows
}

// askHeadings shows the headings of a file, and goes on with what they are taken
// for.
func (in *intake) askHeadings() tea.Cmd {
	p, m := &mapper{intake: in}, in.m
	b := func(help, does string, do func(i int) (bool, tea.Cmd), keys ...string) overlay.RowKey {
		return overlay.RowKey{Key: key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does)), Do: do}
	}
	p.rows = overlay.NewRows(in.d.Theme, overlay.RowsOptions{Title: "What do the headings of " + in.sheet.File +
		" stand for?", Width: 84, Leave: "cancel",
		Len: func() int { return len(m.Headings) }, HeadRows: 1, Head: p.drawHead, Draw: p.drawHeading, FootRows: 2,
		Foot: p.drawDoubt,
		Keys: []overlay.RowKey{b("F2 y", "go on", p.goOn, "f2", "y"),
			b("Enter", "choose a field", func(i int) (bool, tea.Cmd) { return false, p.pick(m.Headings[i]) }, "enter"),
			b("-", "leave out", func(i int) (bool, tea.Cmd) { return false, p.set(m.Headings[i], spreadsheet.Ignored) },
				"-"),
			b("v", "a value for all rows", func(int) (bool, tea.Cmd) { return false, p.valueForAll() }, "v"),
			b("s", "another sheet", func(int) (bool, tea.Cmd) { return p.anotherSheet() }, "s")}})
	in.d.Dialogs.Push(p.rows)
	return nil
}

// anotherSheet reads one of the other sheets of the workbook.
func (p *mapper) anotherSheet() (bool, tea.Cmd) {
	if len(p.sheet.Others) == 0 {
		p.d.Say(overlay.Info, "The file has no other sheet.")
		return false, nil
	}
	var list []overlay.Choice[string]
	for _, name := range p.sheet.Others {
		list = append(list, overlay.Choice[string]{Value: name, Title: name})
	}
	overlay.Pick[string]{Title: "Which sheet?", Width: 48, Choices: list, Choose: func(name string) tea.Cmd {
		p.d.Dialogs.Close(p.rows)
		return p.d.Background(func() func() tea.Cmd { return p.read(name) })
	}}.Open(p.d.Dialogs)
	return false, nil
}

// valueForAll asks for a field, those that are missing first, and for what it is
// in every row.
func (p *mapper) valueForAll() tea.Cmd {
	var first, list []overlay.Choice[string]
	for _, c := range p.m.Kind.Columns {
		it := overlay.Choice[string]{Value: c.Name, Title: c.Title, Note: c.Help}
		if c.Required && !p.m.Has(c.Name) {
			first = append(first, it)
		} else {
			list = append(list, it)
		}
	}
	overlay.Pick[string]{Title: "Which field is the same in every row?", Width: 64, Choices: append(first, list...),
		Choose: func(name string) tea.Cmd {
			c := p.m.Kind.Column(name)
			fix := func(text string) tea.Cmd {
				if err := p.m.Fix(name, text); err != nil {
					p.d.Fail(err)
				}
				return nil
			}
			if meanings := p.meanings(p.m.Kind, exchange.Question{Field: name}); len(meanings) > 0 {
				var list []overlay.Choice[string]
				for _, s := range meanings {
					list = append(list, overlay.Choice[string]{Value: s, Title: s})
				}
				overlay.Pick[string]{Title: c.Title + " of every row", Width: 64, Choices: list, Choose: fix}.
					Open(p.d.Dialogs)
				return nil
			}
			return p.d.Ask(c.Title+" of every row", c.Help, "", "take", fix)
		}}.Open(p.d.Dialogs)
	return nil
}

// goOn takes the headings as they stand; those that are not known are left out.
func (p *mapper) goOn(int) (bool, tea.Cmd) {
	if missing := p.m.Missing(); len(missing) > 0 && !p.recognisable() {
		p.d.Say(overlay.Warned, "No column is taken for "+titles(missing)+"; new records cannot be made without it.")
	}
	for _, h := range p.m.Unknown() {
		if err := p.m.Set(h, spreadsheet.Ignored); err != nil {
			p.d.Fail(err)
		}
	}
	return true, tea.Batch(p.remember(), p.plan())
}

// recognisable reports whether rows may mean records that exist by number.
func (p *mapper) recognisable() bool { return p.m.Target("id") == "id" }

func titles(cols []*field.Column) string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.Title
	}
	return strings.Join(out, ", ")
}

func (p *mapper) set(heading, target string) tea.Cmd {
	if err := p.m.Set(heading, target); err != nil {
		p.d.Fail(err)
		return nil
	}
	p.rows.Move(1)
	return nil
}

// pick asks which field a heading stands for.
func (p *mapper) pick(heading string) tea.Cmd {
	list := []overlay.Choice[string]{{Value: spreadsheet.Ignored, Title: "Leave this column out"}}
	for _, c := range p.m.Kind.Columns {
		list = append(list, overlay.Choice[string]{Value: c.Name, Title: c.Title, Note: c.Help})
	}
	overlay.Pick[string]{Title: "“" + heading + "” stands for", Width: 64, Choices: list,
		Choose: func(target string) tea.Cmd { return p.set(heading, target) }}.Open(p.d.Dialogs)
	return nil
}

// remember keeps the answers for the next file.
func (p *mapper) remember() tea.Cmd { return remember(p.Screen, p.m) }

func remember(s *Screen, m *spreadsheet.Mapping) tea.Cmd {
	st, user := s.d.Store, s.d.Me.Identity().User
	return s.d.Background(func() func() tea.Cmd {
		if err := run.Remember(st, user, m); err != nil {
			return func() tea.Cmd { s.d.Fail(err); return nil }
		}
		return nil
	})
}

func (p *mapper) drawHead(f *frame.Frame, r frame.Rect) {
	t, half := p.d.Theme, r.W*2/5
	f.At(r.X, r.Y)
	f.Text(t.Heading, "Heading, and its first value", half)
	f.Text(t.Heading, "   taken for", r.W-half)
}

func (p *mapper) drawHeading(f *frame.Frame, r frame.Rect, i int, current bool) {
	t, half := p.d.Theme, r.W*2/5
	ink, target, says := t.Text, p.m.Targets[i], "? not known: left out"
	if c := p.m.Kind.Column(target); c != nil {
		says = "→ " + c.Title
	} else if target == spreadsheet.Ignored {
		says = "– left out"
	} else if target != "" {
		says = "→ " + target
	}
	if current {
		ink = t.Selected
	}
	example := ""
	if p.sheet.Len() > 0 {
		example = p.sheet.Cell(0, i)
	}
	f.At(r.X, r.Y)
	f.Text(ink, fmt.Sprintf(" %s  %s", p.m.Headings[i], example), half)
	f.Text(ink, "   "+says, r.W-half)
}

func (p *mapper) drawDoubt(f *frame.Frame, r frame.Rect) {
	var fixed []string
	for _, c := range p.m.Kind.Columns {
		if text := p.m.Fixed[c.Name]; text != "" {
			fixed = append(fixed, c.Title+" is "+text)
		}
	}
	if len(fixed) > 0 {
		f.At(r.X, r.Bottom()-2)
		f.Text(p.d.Theme.Text, "In every row: "+strings.Join(fixed, ", "), r.W)
	}
	if len(p.m.Doubts) > 0 {
		f.At(r.X, r.Bottom()-1)
		f.Text(p.d.Theme.Warn, p.m.Doubts[0].Reason, r.W)
	}
}

// rehearse finds out what a plan leaves in doubt, and has somebody answer for it
// before it is carried out.
func (s *Screen) rehearse(p *exchange.Plan) tea.Cmd {
	taking, ctx := s.Files(), s.d.Context
	s.d.Say(overlay.Info, "Importing …")
	if !taking.Doubting(p.Kind.Name) && !p.Asks() {
		return s.apply(p, taking)
	}
	return s.d.Background(func() func() tea.Cmd {
		out, err := taking.Rehearse(ctx, p)
		return func() tea.Cmd {
			if err != nil || len(out.Raised) == 0 {
				return s.apply(p, taking)
			}
			s.d.AskReason(out.Raised, "A name, a colon and the reason answer for all of it. Without a reason what "+
				"has happened "+
				"comes in with its doubts open, and what has not is left out.", "import",
				func(o *field.Override) tea.Cmd {
					taking.Answer = o
					return s.apply(p, taking)
				})
			return nil
		}
	})
}

// apply carries a plan out, beside the session.
func (s *Screen) apply(p *exchange.Plan, taking *run.Files) tea.Cmd {
	ctx := s.d.Context
	return s.d.Change(func() func() tea.Cmd {
		out, err := taking.Apply(ctx, p)
		return func() tea.Cmd {
			if err != nil {
				s.d.Fail(err)
				return nil
			}
			if out.Added+out.Changed == 0 {
				s.d.Say(overlay.Warned, p.File+": "+out.String()+".")
			} else {
				s.d.SayUndo(p.File + ": " + out.String() + ".")
			}
			if late := out.Faults[len(p.Faults):]; len(late) > 0 {
				s.d.Dialogs.Push(overlay.NewText(s.d.Theme, "Rows that could not be saved", faultLines(late)))
			}
			if len(out.Doubts) > 0 {
				s.d.Dialogs.Push(overlay.NewText(s.d.Theme, "Doubts that nobody has answered", faultLines(out.Doubts)))
			}
			return s.turnPage()
		}
	})
}

// faultLines writes faults a line each.
func faultLines(faults []spreadsheet.Fault) string {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
