package form

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/text"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// exact fails unless every row of the picture is as wide as the frame and holds no
// escape sequence but those of inks.
func exact(t *rapid.T, f *frame.Frame, w, h int) {
	rows := strings.Split(f.String(), "\n")
	if len(rows) != h {
		t.Fatalf("%d rows, want %d", len(rows), h)
	}
	for _, row := range rows {
		n := 0
		for b := []byte(row); len(b) > 0; {
			if b[0] == 0x1b {
				end := strings.IndexByte(string(b), 'm')
				if end < 0 || strings.Trim(string(b[1:end]), "[0123456789;:") != "" {
					t.Fatalf("an escape sequence in %q", row)
				}
				b = b[end+1:]
				continue
			}
			size, width := text.ByRune.Step(b)
			n, b = n+width, b[size:]
		}
		if n != w {
			t.Fatalf("a row of %d columns, want %d: %q", n, w, row)
		}
	}
}

func anyKey() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "esc", "enter",
		"enter",
		"tab", "tab", "shift+tab", "backspace", "delete", "f2", "f3", "f4", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u",
		"ctrl+left", "ctrl+right", "space", `"`, ";", "|", `\`, "#", "1", "3", "/", "4", "t", "u", "e", "a", "i", "n",
		"d", "y", "R", "市", "é", "\u0301", "\u202e", "👩‍👩"})
}

func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(),
		rapid.SampledFrom([]string{"tue", "3/4/2027", "1,250", "Raytown", "it lead; hr lead",
			"a\tb\tc\r\nd\te\n", "x\x1b[2Jy\u009b31mz", "one\ntwo\n\nthree", "\\;|", "Dana Reyes #1"}))
}

// Whatever is pressed, pasted and clicked in a form of any kind: nothing panics,
// rows are exactly as wide as the window, the cursor is on the form, a draft comes
// back as it was, and a grid ends with an empty row.
func TestAnything(t *testing.T) {
	th := theme.New(theme.Options{Dark: true, Profile: colorprofile.TrueColor})
	kinds := append(madeUp().Kinds, model.NewSchema().Kinds...)
	env := field.NewEnv(fieldtest.NewMemory(model.NewSchema()), monday)
	home := open(t, "jobs", nil)
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		o := Options{Kind: kind, Theme: th, Env: env, Bulk: rapid.Bool().Draw(t, "bulk"),
			AddNew: func(string, string) tea.Cmd { return nil }}
		if home.schema.Kind(kind.Name) != nil {
			o.Env, o.Suggest = home.env, home.suggest
		}
		if kind.Name == "jobs" && !o.Bulk {
			o.Record, o.Previous = kind.Clone(filled(home.t).opts.Record), filled(home.t).opts.Record
		}
		m := New(o)
		f := frame.New()
		t.Repeat(map[string]func(*rapid.T){
			"key":   func(t *rapid.T) { m.Update(press(anyKey().Draw(t, "key"))) },
			"key ":  func(t *rapid.T) { m.Update(press(anyKey().Draw(t, "key"))) },
			"paste": func(t *rapid.T) { m.Update(tea.PasteMsg{Content: anyText().Draw(t, "text")}) },
			"draw": func(t *rapid.T) {
				w, h := rapid.IntRange(1, 200).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
				f.Reset(w, h)
				m.Draw(f, f.Area())
				exact(t, f, w, h)
				if _, _, on := f.CursorAt(); !on && w >= 60 && h >= 4 {
					t.Fatalf("no cursor on %d by %d", w, h)
				}
				m.ShortHelp()
			},
			"mouse": func(t *rapid.T) {
				x, y := rapid.IntRange(0, 100).Draw(t, "x"), rapid.IntRange(0, 30).Draw(t, "y")
				f.Mouse(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			},
			"draft": func(t *rapid.T) {
				state := m.State()
				back := New(o)
				if err := back.Restore(state); err != nil {
					t.Fatal(err)
				}
				if got := back.State(); string(got) != string(state) {
					t.Fatalf("restored %s\nwas %s", got, state)
				}
			},
			"": func(t *rapid.T) {
				for _, fd := range m.fields {
					if fd.grid() && !blankRow(fd.cells[len(fd.cells)-1]) {
						t.Fatalf("no empty row at the end of %s", fd.col.Name)
					}
				}
				if m.at.field >= len(m.fields) || m.at.row >= len(m.field().cells) ||
					m.at.col >= len(m.field().cells[m.at.row]) {
					t.Fatalf("keys at %+v", m.at)
				}
			},
		})
		m.Submit()
	})
}

// A record that is read into a form and saved untouched, or typed anew from what
// the form shows, is the same record.
func TestCanonicalTextComesBack(t *testing.T) {
	d := filled(t)
	copied := open(t, "jobs", nil)
	for _, c := range d.opts.Columns {
		if c.Shape == field.ShapeRows {
			continue
		}
		copied.to(c.Name)
		copied.repeat(d.Value(c.Name))
	}
	got, problems := copied.Submit()
	if problems.Err("") != nil {
		t.Fatal(problems)
	}
	for _, c := range d.opts.Kind.Changed(d.opts.Record, got) {
		if c.Shape != field.ShapeRows {
			t.Errorf("%s changed", c.Name)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	t := &testing.T{}
	d := filled(t)
	d.SetTheme(theme.New(theme.Options{Dark: true, Profile: colorprofile.ANSI256}))
	d.Focus("name")
	f := frame.New()
	moves := []tea.KeyPressMsg{press("a"), press("backspace"), press("b"), press("backspace")}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		d.Update(moves[n%len(moves)])
		n++
		f.Reset(120, 36)
		d.Draw(f, f.Area())
	}
}

func BenchmarkKeyInLongText(b *testing.B) {
	d := filled(&testing.T{})
	d.Focus("note")
	d.Update(tea.PasteMsg{Content: strings.Repeat("Some words of a note that is about as long as this one.\n", 20)})
	f := frame.New()
	moves := []tea.KeyPressMsg{press("a"), press("backspace")}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		d.Update(moves[n%len(moves)])
		n++
		f.Reset(120, 36)
		d.Draw(f, f.Area())
	}
}
