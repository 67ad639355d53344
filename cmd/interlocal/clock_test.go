//go:build !givenclock

package main

import (
	"go/ast"
	"go/token"
	"io"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNothingInTheEnvironmentMovesTheClockInUse(t *testing.T) {
	now, err := clock([]string{"INTERLOCAL_CLOCK=-26h10m"})
	if err != nil || reflect.ValueOf(now).Pointer() != reflect.ValueOf(time.Now).Pointer() {
		t.Errorf("the program as it is built for use does not take the machine's clock: %v", err)
	}
}

// Everything else is handed the clock; these measure how long something of the
// machine takes, and the store's stands in where no clock is given.
func TestTheClockIsReadInOnePlace(t *testing.T) {
	allowed := []string{
		"cmd/interlocal/clock.go", "cmd/interlocal/clock_given.go", "cmd/interlocal/joining.go",
		"cmd/interlocal/main.go", "cmd/interlocal/sharing.go", "store/flush.go", "store/open.go", "tui/sshd/conn.go",
		"tui/sshd/join.go", "tui/sshd/login.go", "tui/sshd/painter.go", "tui/sshd/server.go", "tui/sshd/session.go",
	}
	var read []string
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" {
					read = append(read, strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root(t))+"/"))
				}
			}
			return true
		})
	})
	slices.Sort(read)
	if got := slices.Compact(read); !slices.Equal(got, allowed) {
		t.Errorf("the machine's clock is read in\n%q, want\n%q", got, allowed)
	}
}

func TestAWrongClockIsAskedAboutAndWhatItStampedIsMarked(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	if said := o.must("check"); strings.Contains(said, "clock") {
		t.Errorf("a file of the right clock: %s", said)
	}
	right := o.now
	o.now = time.Date(2038, 1, 20, 9, 0, 0, 0, time.UTC)
	doubt := o.addPerson("Ann Cole")
	doubt.wants(t, exitFailed, "Jan 20, 2038", "Mar 4, 2027", "nothing is saved", "interlocal --db "+o.db()+" clock right")
	o.run("overview").wants(t, exitDone, "overdue", "The clock of this machine says Jan 20, 2038")
	o.run("status").wants(t, exitDone, "! The clock of this machine says")
	o.run("clock").wants(t, exitDone, "Nothing is saved")
	advised(t, o, doubt.err, "with: ").wants(t, exitDone, "The clock is right: 2038-01-20")
	o.addPerson("Ann Cole").wants(t, exitDone)

	o.now = right
	o.run("check").wants(t, exitDone, "sound", "2 revisions of a time to come", "as late as Jan 20, 2038",
		"clock right")
	doubt = o.addPerson("Bea Dorn")
	doubt.wants(t, exitFailed, "Mar 4, 2027", "Jan 20, 2038")
	advised(t, o, doubt.err, "with: ").wants(t, exitDone, "2 changes of a time to come are marked")
	o.addPerson("Bea Dorn").wants(t, exitDone)
	if said := o.must("history"); !strings.HasPrefix(said, "2027-03-04 ") ||
		strings.Count(said, "(made under a wrong clock)") != 2 {
		t.Errorf("%s", said)
	}
	if said := o.must("check"); strings.Contains(said, "to come") {
		t.Errorf("it still says %s", said)
	}
	o.run("clock", "mark", "1").wants(t, exitDone, "1 change")
	o.run("clock", "mark", "1", "99").wants(t, exitFailed, "numbered from 1 to")
	o.run("clock", "mark", "yesterday").wants(t, exitMisuse, "--json")
}

func TestADashboardThatStartsWithAWrongClockAsks(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	o.now = o.now.AddDate(11, 0, 0)
	for _, answer := range []string{"n\n", "y\n"} {
		saved := map[string]int{"n\n": exitFailed, "y\n": exitDone}[answer]
		var errs strings.Builder
		m := &Main{Stdin: strings.NewReader(answer), Stdout: io.Discard, Stderr: &errs,
			Environ: []string{"HOME=" + o.home},
			System:  o.system, Now: func() time.Time { return o.now }, User: "dana", Probe: o.probe}
		c := &call{Main: m}
		st, err := c.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := c.askAboutClock(t.Context(), st); err != nil ||
			!strings.Contains(errs.String(), "Is the clock right?") {
			t.Errorf("%v: %s", err, errs.String())
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		o.addPerson("After "+answer[:1]).wants(t, saved)
	}
}

func TestTheLogSaysThatTheClockIsInDoubt(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	c := &call{Main: &Main{Environ: []string{"HOME=" + o.home}, System: o.system,
		Now: func() time.Time { return o.now }, Probe: o.probe}}
	st, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	doubt := c.logClock(st, logger, "")
	if log.Len() > 0 {
		t.Error(log.String())
	}
	right := o.now
	o.now = o.now.AddDate(11, 0, 0)
	doubt = c.logClock(st, logger, doubt)
	doubt = c.logClock(st, logger, doubt)
	o.now = right
	c.logClock(st, logger, doubt)
	if said := log.String(); strings.Count(said, "level=ERROR") != 1 || strings.Count(said, "believed again") != 1 {
		t.Error(said)
	}
}
