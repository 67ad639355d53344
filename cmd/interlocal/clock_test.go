//go:build !givenclock

package main

import (
	"go/ast"
	"go/token"
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
		"cmd/interlocal/main.go", "cmd/interlocal/sharing.go", "store/open.go", "tui/sshd/conn.go",
		"tui/sshd/join.go", "tui/sshd/login.go", "tui/sshd/server.go", "tui/sshd/session.go",
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

func TestCheckTellsOfChangesMadeWithAWrongClock(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	if said := o.must("check"); strings.Contains(said, "clock") {
		t.Errorf("a file of the right clock: %s", said)
	}
	right := o.now
	o.now = time.Date(2038, 1, 20, 9, 0, 0, 0, time.UTC)
	o.feed("name,partner\nAnn Cole,Raytown\n", "import", "people", "-").wants(t, exitDone)
	o.now = right
	o.run("check").wants(t, exitDone, "sound", "1 revision of a time to come", "as late as Jan 20, 2038")
	o.feed("name,partner\nBea Dorn,Raytown\n", "import", "people", "-").wants(t, exitDone)
	if said := o.must("history"); !strings.HasPrefix(said, "2027-03-04 ") {
		t.Errorf("a change made today stands in the history as %s", said)
	}
}
