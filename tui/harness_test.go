package tui

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// noon is the moment at which the tests take place: a Monday.
var noon = time.Date(2027, 2, 15, 18, 0, 0, 0, time.UTC)

// rig is a session at a terminal that a test plays.
type rig struct {
	t testing.TB
	s *Session
}

// openStore makes a file with the records that each visits.
func openStore(t testing.TB, each func(func(string, any) error) error) *store.Store {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "test.db"),
		store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter,
			Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	_, err = st.Update(context.Background(), access.Identity{Name: "interlocal", Role: access.Owner},
		store.Op{Title: "founding records"}, func(tx *store.Tx) error {
			return each(func(kind string, rec any) error {
				fresh := tx.Schema().Kind(kind).Clone(rec)
				tx.Schema().Kind(kind).SetID(fresh, 0)
				_, err := tx.Put(kind, fresh)
				return err
			})
		})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func founding(t testing.TB) *store.Store { return openStore(t, partnership.NewSeed().Each) }

func story(t testing.TB) *store.Store { return openStore(t, sample.Story(value.DayOf(noon)).Each) }

// dana is the user of most tests.
func dana() access.Identity { return access.Alone("dana") }

// play opens a session of w by h on a store whose welcome has been seen.
func play(t *testing.T, st *store.Store, id access.Identity, w, h int) *rig {
	t.Helper()
	if err := st.SetPref(id.User, welcomed, []byte("yes")); err != nil {
		t.Fatal(err)
	}
	r := &rig{t, New(Options{Store: st, Identity: id, Clock: func() time.Time { return noon }, Local: true,
		Profile: colorprofile.TrueColor, Still: true})}
	t.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	return r
}

// send delivers a message and all that follows from it.
func (r *rig) send(msg tea.Msg) {
	_, cmd := r.s.Update(msg)
	r.do(cmd)
	_ = r.s.View()
}

// do runs a command to its end. Clock ticks and waiting for others' changes
// are left out: a test says when those come.
func (r *rig) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	var msg tea.Msg
	select {
	case msg = <-done:
	case <-time.After(patience(cmd)):
		return
	}
	switch msg := msg.(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			r.do(c)
		}
	case app.Done, app.Replay:
		r.send(msg)
	}
}

// patience is how long a command may take before it counts as one that waits
// for something to happen: the session's own ticks and its wait for changes.
func patience(cmd tea.Cmd) time.Duration {
	name := funcName(cmd)
	if strings.Contains(name, "await") || strings.Contains(name, "Tick") || strings.Contains(name, "Every") {
		return 0
	}
	return 30 * time.Second
}

// press types keys by their names; others are typed letter by letter.
func (r *rig) press(keys ...string) *rig {
	r.t.Helper()
	for _, k := range keys {
		r.send(keyMsg(k))
	}
	return r
}

// types types a text.
func (r *rig) types(text string) *rig {
	for _, c := range text {
		if c == ' ' {
			r.press("space")
			continue
		}
		r.send(tea.KeyPressMsg{Code: c, Text: string(c)})
	}
	return r
}

func keyMsg(name string) tea.KeyPressMsg {
	named := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
		"right":  {Code: tea.KeyRight},
		"pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp}, "home": {Code: tea.KeyHome},
		"end": {Code: tea.KeyEnd},
		"f2":  {Code: tea.KeyF2}, "f8": {Code: tea.KeyF8}, "f1": {Code: tea.KeyF1},
		"backspace": {Code: tea.KeyBackspace},
		"space":     {Code: tea.KeySpace, Text: " "}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	}
	if m, ok := named[name]; ok {
		return m
	}
	c := []rune(name)[0]
	return tea.KeyPressMsg{Code: c, Text: name}
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// screen gives the picture as plain text.
func (r *rig) screen() string {
	lines := strings.Split(escapes.ReplaceAllString(r.s.View().Content, ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// see fails unless the picture holds every text.
func (r *rig) see(texts ...string) *rig {
	r.t.Helper()
	for _, s := range texts {
		if !strings.Contains(r.screen(), s) {
			r.t.Fatalf("the screen does not show %q:\n%s", s, r.screen())
		}
	}
	return r
}

// miss fails if the picture holds a text.
func (r *rig) miss(texts ...string) *rig {
	r.t.Helper()
	for _, s := range texts {
		if strings.Contains(r.screen(), s) {
			r.t.Fatalf("the screen shows %q:\n%s", s, r.screen())
		}
	}
	return r
}

// golden compares the picture with the one on file.
func (r *rig) golden(name string) {
	r.t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got := r.screen() + "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			r.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		r.t.Errorf("%v; look at the screen and run go test ./tui -update\n%s", err, got)
		return
	}
	if got != string(want) {
		r.t.Errorf("%s has changed; look at it and run go test ./tui -update\n--- got\n%s--- want\n%s", path, got, want)
	}
}

// funcName tells which function a command is.
func funcName(cmd tea.Cmd) string { return runtimeName(reflect.ValueOf(cmd).Pointer()) }
