package overlay

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// someTheme is the theme of the tests.
func someTheme() *theme.Theme {
	return theme.New(theme.Options{Dark: true, Profile: colorprofile.ANSI256})
}

// golden compares a picture, without its colours, with the one kept.
func golden(t *testing.T, name string, f *frame.Frame) {
	t.Helper()
	lines := strings.Split(ansi.Strip(f.String()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s looks different:\n%s\nwant:\n%s", name, got, want)
	}
}

// press returns the message of a key by its name.
func press(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp,
		"pgdown": tea.KeyPgDown,
		"home":   tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "tab": tea.KeyTab, "left": tea.KeyLeft,
		"right": tea.KeyRight,
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// send sends keys to a stack.
func send(s *Stack, names ...string) (cmds []tea.Cmd) {
	for _, n := range names {
		if _, cmd := s.Update(press(n)); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	return cmds
}

// draw draws a stack over a screen full of dots.
func draw(s *Stack, w, h int) *frame.Frame {
	f := frame.New()
	f.Reset(w, h)
	for y := range h {
		f.At(0, y)
		f.Repeat(theme.Style{}, ".", w)
	}
	s.Draw(f, f.Area())
	return f
}

// deletion is a question about something destructive.
func deletion(yes func() tea.Cmd) *Confirm {
	return NewConfirm(someTheme(), Question{
		Title: "Delete reservation",
		Ask:   "Delete the reservation of the vacuum truck by Raytown, Tuesday 8:00 to 17:00?",
		Consequences: []string{
			"Raytown is told that the truck is no longer reserved.",
			"Two requests that are waiting for the truck move up, and whoever made them is told at once.",
		},
		Yes: "delete", No: "keep",
	}, yes)
}

func TestOnlyYConfirms(t *testing.T) {
	cases := []struct {
		key       string
		confirmed bool
		open      bool
	}{
		{"y", true, false}, {"Y", true, false},
		{"n", false, false}, {"N", false, false}, {"esc", false, false}, {"enter", false, false},
		{"space", false, true}, {"d", false, true}, {"tab", false, true}, {"up", false, true}, {"q", false, true},
		{"ctrl+c", false, true}, {"ctrl+y", false, true},
	}
	for _, c := range cases {
		t.Run(c.key, func(t *testing.T) {
			confirmed := false
			s := NewStack(someTheme())
			s.Push(deletion(func() tea.Cmd { confirmed = true; return nil }))
			send(s, c.key)
			if confirmed != c.confirmed || (s.Len() > 0) != c.open {
				t.Errorf("%s: confirmed %v, open %v", c.key, confirmed, s.Len() > 0)
			}
		})
	}
}

func TestAHeldKeyDoesNotConfirm(t *testing.T) {
	c := deletion(func() tea.Cmd { t.Error("confirmed"); return nil })
	held := press("y")
	held.IsRepeat = true
	if done, _ := c.Update(held); done {
		t.Error("closed")
	}
}

func TestStack(t *testing.T) {
	s := NewStack(someTheme())
	if handled, _ := s.Update(press("y")); handled || s.Top() != nil || s.Pop() != nil || s.Help() != nil {
		t.Error("an empty stack answers")
	}
	first, second := deletion(nil), NewMessage(someTheme(), "Note", "words")
	s.Push(first)
	s.Push(second)
	if s.Top() != Dialog(second) || s.Len() != 2 {
		t.Error("the second dialog is not on top")
	}
	send(s, "esc")
	if s.Top() != Dialog(first) {
		t.Error("Esc closed more than the dialog on top")
	}
	s.Push(second)
	s.Clear()
	if s.Len() != 0 {
		t.Error("Clear left dialogs open")
	}
}

func TestADialogMayOpenAnother(t *testing.T) {
	s := NewStack(someTheme())
	next := NewMessage(someTheme(), "Done", "It is gone.")
	s.Push(deletion(func() tea.Cmd { s.Push(next); return nil }))
	send(s, "y")
	if s.Len() != 1 || s.Top() != Dialog(next) {
		t.Errorf("%d dialogs are open", s.Len())
	}
}

func TestClicksBesideADialogGoNowhere(t *testing.T) {
	f := frame.New()
	f.Reset(80, 24)
	f.HitArea(f.Area(), func(frame.Mouse) tea.Cmd { t.Error("the screen below got a click"); return nil })
	s := NewStack(someTheme())
	s.Push(deletion(nil))
	s.Draw(f, f.Area())
	for _, at := range [][2]int{{0, 0}, {40, 12}, {79, 23}} {
		if _, hit := f.Mouse(tea.MouseClickMsg{X: at[0], Y: at[1], Button: tea.MouseLeft}); !hit {
			t.Errorf("the click at %v is free for others", at)
		}
	}
}

func TestViewerScrolls(t *testing.T) {
	var body strings.Builder
	for i := range 50 {
		fmt.Fprintf(&body, "line %d\n", i)
	}
	s := NewStack(someTheme())
	v := NewText(someTheme(), "Minutes", body.String())
	s.Push(v)
	top := func() string {
		lines := strings.Split(ansi.Strip(draw(s, 40, 12).String()), "\n")
		return strings.TrimSpace(strings.Trim(lines[1], ".│"))
	}
	steps := []struct{ keys, want string }{
		{"", "line 0"}, {"down", "line 1"}, {"j", "line 2"}, {"up", "line 1"}, {"pgdown", "line 9"}, {"pgup", "line 1"},
		{"end", "line 41"}, {"down", "line 41"}, {"home", "line 0"}, {"up", "line 0"}, {"G", "line 41"},
		{"g", "line 0"},
	}
	for _, step := range steps {
		top()
		send(s, strings.Fields(step.keys)...)
		if got := top(); got != step.want {
			t.Errorf("after %q the top line is %q, want %q", step.keys, got, step.want)
		}
	}
	send(s, "enter")
	if s.Len() != 0 {
		t.Error("Enter does not close a text")
	}
}

func TestLooks(t *testing.T) {
	th := someTheme()
	long := "# Keys\n\n  a   add\n  e   edit\n\n# About\n\n" +
		strings.Repeat("Cities share equipment, and this is how. ", 20)
	for name, d := range map[string]func() Dialog{
		"confirm": func() Dialog { return deletion(nil) },
		"message": func() Dialog {
			return NewMessage(th, "Copied", "Three rows are on the clipboard of your terminal, if it allows that.")
		},
		"text": func() Dialog { return NewText(th, "Help", long) },
		"prompt": func() Dialog {
			return NewPrompt(th, "Export", "Where to? A name, or a path.", "equipment.csv", "write", nil)
		},
		"pick": func() Dialog {
			return NewPick(th, PickOptions{Title: "Commands", Placeholder: "type to find a command",
				Search: List(commands())})
		},
		"nothing": func() Dialog { return NewPick(th, PickOptions{Title: "Commands", Search: List(nil)}) },
	} {
		for _, size := range [][2]int{{80, 24}, {60, 18}, {30, 8}} {
			s := NewStack(th)
			s.Push(d())
			golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), draw(s, size[0], size[1]))
		}
	}
}

func TestLooksTyped(t *testing.T) {
	s, _, _ := palette(PickOptions{})
	send(s, "e", "q", "down")
	golden(t, "pick-typed", draw(s, 70, 14))
}

func TestToast(t *testing.T) {
	th := someTheme()
	f := frame.New()
	f.Reset(60, 8)
	undo := Toast{Text: "Reservation saved for Tuesday 8:00", Kind: Done, Key: "u", Does: "undo"}
	long := Toast{Text: strings.Repeat("a long story ", 20), Kind: Warned, Key: "u", Does: "undo"}
	for y, toast := range []Toast{undo, long, {Text: "The file is locked", Kind: Failed},
		{Text: "Harrisonville is signed in", Kind: Info}} {
		toast.Draw(f, frame.Rect{X: 0, Y: y, W: 60, H: 1}, th)
	}
	undo.Draw(f, frame.Rect{X: 5, Y: 5, W: 12, H: 1}, th)
	undo.Draw(f, frame.Rect{X: 5, Y: 6, W: 2, H: 1}, th)
	undo.Draw(f, frame.Rect{}, th)
	golden(t, "toasts", f)
}

func TestToastExpires(t *testing.T) {
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	toast := Toast{Until: now}
	if toast.Expired(now.Add(-time.Second)) || !toast.Expired(now) || !toast.Expired(now.Add(time.Second)) {
		t.Error("a toast does not expire at its time")
	}
	if (Toast{}).Expired(now) {
		t.Error("a toast without an end expires")
	}
}

// TestAnySizeAnyKeys draws every dialog in every size while keys arrive.
func TestAnySizeAnyKeys(t *testing.T) {
	th := someTheme()
	nasty := strings.Repeat("世\x1b[31m\u202eé", 500)
	rapid.Check(t, func(t *rapid.T) {
		s := NewStack(th)
		s.Push(rapid.SampledFrom([]Dialog{
			deletion(nil), NewText(th, nasty, nasty), NewMessage(th, "", ""),
			NewPrompt(th, nasty, nasty, "x", "y", func(string) tea.Cmd { return nil }),
			NewConfirm(th, Question{Title: nasty, Ask: nasty, Consequences: []string{nasty, ""}, Yes: nasty, No: nasty},
				nil),
			NewPick(th, PickOptions{Title: nasty,
				Search: List([]Item{{Title: nasty, Note: nasty, Key: nasty, Mark: nasty}, {Title: "b"}, {}})}),
		}).Draw(t, "dialog"))
		for _, k := range rapid.SliceOfN(rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end", "a",
			"世", "backspace", "left", "space"}), 0, 12).Draw(t, "keys") {
			send(s, k)
			w, h := rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
			for y, row := range strings.Split(draw(s, w, h).String(), "\n") {
				if n := ansi.StringWidthWc(row); h > 0 && n != w {
					t.Fatalf("row %d is %d columns wide, want %d: %q", y, n, w, row)
				}
			}
		}
	})
}

// TestKeysDoNotCollide checks that no key means two things in one dialog.
func TestKeysDoNotCollide(t *testing.T) {
	th := someTheme()
	for _, d := range []Dialog{deletion(nil), NewText(th, "Help", strings.Repeat("words\n", 50)),
		NewPick(th, PickOptions{}), NewPrompt(th, "", "", "", "save", nil)} {
		seen := map[string]key.Binding{}
		for _, b := range d.Help() {
			if b.Help().Key == "" || b.Help().Desc == "" {
				t.Errorf("%T shows a key without words", d)
			}
			for _, k := range b.Keys() {
				if other, ok := seen[k]; ok {
					t.Errorf("%T: %s means both %q and %q", d, k, b.Help().Desc, other.Help().Desc)
				}
				seen[k] = b
			}
		}
	}
}
