package main

import (
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/tui"
	"interlocal/tui/app"
)

// dashboard is a session at a terminal on an office's file.
type dashboard struct {
	t  *testing.T
	st *store.Store
	s  *tui.Session
}

func (o *office) dashboard(t *testing.T) *dashboard {
	t.Helper()
	now := func() time.Time { return o.now }
	st, err := store.Open(o.db(), store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	id := access.Alone("dana")
	if err := st.SetPref(id.User, "welcomed", []byte("yes")); err != nil {
		t.Fatal(err)
	}
	d := &dashboard{t, st, tui.New(tui.Options{Store: st, Identity: id, Clock: now, Local: true,
		Profile: colorprofile.NoTTY, Still: true})}
	d.do(d.s.Init())
	d.send(tea.WindowSizeMsg{Width: 160, Height: 60})
	return d
}

func (d *dashboard) close() {
	d.s.Close()
	if err := d.st.Close(); err != nil {
		d.t.Error(err)
	}
}

func (d *dashboard) send(msg tea.Msg) {
	_, cmd := d.s.Update(msg)
	d.do(cmd)
}

// do runs a command to its end; one that waits for something to happen is left.
func (d *dashboard) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		switch msg := msg.(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				d.do(c)
			}
		case app.Done, app.Replay:
			d.send(msg)
		}
	case <-time.After(patience(cmd)):
	}
}

func (d *dashboard) press(keys ...string) {
	named := map[string]tea.KeyPressMsg{"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape},
		"space": {Code: tea.KeySpace, Text: " "}}
	for _, k := range keys {
		msg, ok := named[k]
		if !ok {
			msg = tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		}
		d.send(msg)
	}
}

func (d *dashboard) types(text string) {
	for _, c := range text {
		if c == ' ' {
			d.press("space")
		} else {
			d.press(string(c))
		}
	}
}

func (d *dashboard) screen() string { return d.s.View().Content }

func (d *dashboard) shows(text string) bool { return strings.Contains(d.screen(), text) }

// take takes a file in by the keys of a kind's list, with values for all rows and
// answers as the command line gives them.
func (d *dashboard) take(k, file string, sets []string, answers [][2]string) {
	kind := model.NewSchema().Kind(k)
	d.press(":")
	d.types(kind.Title)
	d.press("enter", "i")
	d.types(file)
	d.press("enter")
	if len(sets) > 0 && !d.shows("What do the headings of") {
		d.press("h")
	}
	for _, pair := range sets {
		name, value, _ := strings.Cut(pair, "=")
		d.press("v")
		d.types(kind.Column(name).Title)
		d.press("enter")
		d.types(value)
		d.press("enter")
	}
	if d.shows("What do the headings of") {
		d.press("y")
	}
	for _, a := range answers {
		d.press("w")
		d.types(a[0])
		d.press("enter")
		d.types(a[1])
		d.press("enter")
	}
	d.press("y")
}

// TestFilesAsOfficesWriteThemInTheDashboard takes the same files in by keys, twice:
// the records are those that the command makes.
func TestFilesAsOfficesWriteThemInTheDashboard(t *testing.T) {
	dir := casesDir(t)
	for _, c := range slices.Concat(signupCases(), peopleCases(), otherCases()) {
		if c.command != nil || len(c.flags) > 0 && c.flags[0] != "--set" || c.answer != nil {
			continue
		}
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			for _, b := range c.before {
				words := strings.Fields(b)
				o.must(append([]string{"import", words[0], filepath.Join(dir, words[1])}, words[2:]...)...)
			}
			o.must("list", "partners")
			var sets []string
			for i := 0; i+1 < len(c.flags); i += 2 {
				sets = append(sets, c.flags[i+1])
			}
			first := o.dashboard(t)
			first.take(c.kind, filepath.Join(dir, c.file), sets, c.answer)
			told := first.screen()
			first.close()
			s := c.compare(t, o.records(c.kind))
			if !s.clean() {
				t.Errorf("%s\n%s", s, told)
			}
			before := o.must("list", c.kind, "--json")
			again := o.dashboard(t)
			again.take(c.kind, filepath.Join(dir, c.file), sets, c.answer)
			again.close()
			if after := o.must("list", c.kind, "--json"); c.again == "" && after != before {
				t.Errorf("the second time the records differ:\n%s\n%s", before, after)
			}
		})
	}
}

// patience is how long a command may take before it counts as one that waits for
// something to happen.
func patience(cmd tea.Cmd) time.Duration {
	name := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
	if strings.Contains(name, "await") || strings.Contains(name, "Tick") || strings.Contains(name, "Every") {
		return 0
	}
	return 30 * time.Second
}
