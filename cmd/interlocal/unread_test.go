package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
)

// untouched is an input of no end that counts how often it is read.
type untouched struct{ reads int }

func (u *untouched) Read(b []byte) (int, error) {
	u.reads++
	return len(b), nil
}

// reading calls the program with an input of a test's own.
func (o *office) reading(in io.Reader, args ...string) said {
	o.t.Helper()
	var out, errs bytes.Buffer
	m := &Main{Stdin: in, Stdout: &out, Stderr: &errs, Environ: []string{"HOME=" + o.home, "TERM=xterm"},
		System: o.system,
		Now:    func() time.Time { return o.now }, User: "dana", Host: o.host, Probe: o.probe}
	code := m.Run(context.Background(), args)
	return said{code, out.String(), errs.String()}
}

// refusals are the commands that read an input, each with a role that may not
// do what the command is for.
func refusals() map[string][]access.Identity {
	viewer := access.Identity{User: "v", Name: "V", Role: access.Viewer, Partner: 5}
	loose := access.Identity{User: "e", Name: "E", Role: access.Editor}
	editor := access.Identity{User: "e", Name: "E", Role: access.Editor, Partner: 5}
	admin := access.Identity{User: "a", Name: "A", Role: access.Admin}
	coordinator := access.Identity{User: "c", Name: "C", Role: access.Coordinator}
	all := []access.Identity{viewer, loose, editor, coordinator}
	out := map[string][]access.Identity{
		"import all -":                       {viewer, loose},
		"import all - --dry-run":             {viewer, loose},
		"import framework -":                 {viewer, loose, editor},
		"import framework - --dry-run":       {viewer, loose, editor},
		"import release -":                   {viewer, loose}, // others may hand in what its city has signed
		"rates import -":                     {viewer, loose},
		"rates import - --dry-run":           {viewer, loose},
		"assess take - --partner raytown":    append(all, admin),
		"assess earlier - --partner raytown": append(all, admin),
		"user add lee -":                     all,
		"user key adahush add -":             all,
		"import users - --dry-run":           all,
		"import settings - --dry-run":        all,
		"import answers - --dry-run":         append(all, admin),
		"import signups - --event spring":    {viewer, loose},
		"import people - --map Name=name":    {viewer, loose},
		"import people - --report bad.csv":   {viewer, loose},
		"import people - --as viewer --json": {editor, coordinator, admin},
	}
	for _, k := range model.NewSchema().Kinds {
		for _, how := range []string{"", " --dry-run"} {
			line := "import " + k.Name + " -" + how
			out[line] = append(out[line], viewer, loose)
		}
	}
	return out
}

// TestWhoMayNotIsRefusedUnread: what may not be done is refused before a byte of
// its input has been read, so that nobody makes the program hold what it will
// not use. Were it read, a test would not end.
func TestWhoMayNotIsRefusedUnread(t *testing.T) {
	o, _ := planted(t)
	for line, identities := range refusals() {
		for _, id := range identities {
			o.host.Identity = id
			in := new(untouched)
			got := o.reading(io.LimitReader(in, 1<<20), strings.Fields(line)...)
			if in.reads > 0 || got.code != exitFailed && got.code != exitMisuse || strings.TrimSpace(got.err) == "" {
				t.Errorf("%s of partner %d, %s: read %d times, exit %d: %s", id.Role, id.Partner, line, in.reads,
					got.code, got.err)
			}
		}
	}
}

// TestAViewOfAFileOfOnesOwnIsRefusedUnread is the same without a server.
func TestAViewOfAFileOfOnesOwnIsRefusedUnread(t *testing.T) {
	o := newOffice(t)
	o.must("list", "partners")
	in := new(untouched)
	o.reading(io.LimitReader(in, 1<<20), "--as", "viewer@raytown", "import", "people", "-", "--dry-run").
		wants(t, exitFailed, "as viewer you can read people but not change them")
	if in.reads > 0 {
		t.Errorf("the input was read %d times", in.reads)
	}
}

// TestWhoMayIsRead guards the test above: the same commands are read for those
// who may.
func TestWhoMayIsRead(t *testing.T) {
	o, _ := planted(t)
	for line := range refusals() {
		if strings.Contains(line, "--as") || strings.Contains(line, "--report") {
			continue
		}
		o.host.Identity = access.Alone("keeper")
		in := new(untouched)
		o.reading(io.LimitReader(in, 1<<10), strings.Fields(line)...)
		if in.reads == 0 {
			t.Errorf("%s reads nothing", line)
		}
	}
}
