package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/store"
)

// office is a user's machine: a home folder and a clock. Each call runs the
// program's own wiring on them.
type office struct {
	t      testing.TB
	home   string
	system string
	env    []string
	now    time.Time
	term   Terminal
	host   *Host
	probe  func(string) (store.Filesystem, error)
}

// said is what a call wrote and how it ended.
type said struct {
	code     int
	out, err string
}

func newOffice(t testing.TB) *office {
	t.Helper()
	return &office{t: t, home: t.TempDir(), system: "linux", now: time.Date(2027, 3, 4, 15, 0, 0, 0, time.UTC),
		probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }}
}

// run calls the program with nothing on its input.
func (o *office) run(args ...string) said { return o.feed("", args...) }

// feed calls the program with text on its input.
func (o *office) feed(input string, args ...string) said {
	o.t.Helper()
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: strings.NewReader(input), Stdout: &out, Stderr: &errs, Terminal: o.term,
		Environ: append([]string{"HOME=" + o.home, "TERM=xterm"}, o.env...), System: o.system,
		Now: func() time.Time { return o.now }, User: "dana", Host: o.host, Probe: o.probe,
	}
	code := m.Run(context.Background(), args)
	return said{code, out.String(), errs.String()}
}

// must runs a call that has to succeed and gives what it wrote.
func (o *office) must(args ...string) string {
	o.t.Helper()
	s := o.run(args...)
	if s.code != exitDone {
		o.t.Fatalf("interlocal %s: exit %d: %s", strings.Join(args, " "), s.code, s.err)
	}
	return s.out
}

// db is where the file is when nothing says otherwise.
func (o *office) db() string {
	return filepath.Join(o.home, ".local", "share", "interlocal", "interlocal.db")
}

// file writes a file into the home folder and gives its path.
func (o *office) file(name, content string) string {
	o.t.Helper()
	path := filepath.Join(o.home, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

// records runs a list as JSON and decodes it.
func (o *office) records(args ...string) []map[string]any {
	o.t.Helper()
	var out []map[string]any
	text := o.must(append([]string{"list", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		o.t.Fatalf("%v in %s", err, text)
	}
	return out
}

// wants checks how a call ended; every part has to be in what it wrote to
// either stream.
func (s said) wants(t testing.TB, code int, parts ...string) {
	t.Helper()
	if s.code != code {
		t.Errorf("exit %d, want %d; output %q, error %q", s.code, code, s.out, s.err)
	}
	for _, part := range parts {
		if !strings.Contains(s.out+s.err, part) {
			t.Errorf("%q is missing in %q and %q", part, s.out, s.err)
		}
	}
	if code != exitDone && strings.Count(strings.TrimSpace(s.err), "\n") > 0 {
		t.Errorf("the error has more than one line: %q", s.err)
	}
}

// addPerson imports somebody.
func (o *office) addPerson(name string) said {
	return o.feed("name,partner\n"+name+",Raytown\n", "import", "people", "-")
}
