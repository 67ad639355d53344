package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A room is a part of the program and what of the program it may import. Its
// packages are those whose path begins with its name and that no longer name
// claims. The rooms stand in the order in which arrows run: a room may import
// only rooms above it here, which the test checks of this table as well.
type room struct {
	name string
	may  []string
}

func rooms() []room {
	with := func(list []string, more ...string) []string { return append(slices.Clone(list), more...) }
	fields := []string{"model", "model/text"}
	model := with(fields, "model/access", "model/match", "model/pairing", "model/schedule", "model/settle", "model/buying", "model/cyber", "model/login",
		"model/exchange", "model/minutes", "model/report", "model/sample")
	records := with(model, "store")
	parts := with(records, "tui/theme", "tui/frame", "tui/overlay", "tui/table", "tui/form", "tui/chart", "tui/presence")
	tab := with(parts, "tui/intake", "tui/assess", "tui/desk", "tui/records")
	above := with(tab, "tui/overview", "tui/shadowing", "tui/equipment", "tui/cyber", "tui/meeting", "tui/users")
	return []room{
		{"model", nil},
		{"model/text", nil},
		{"model/access", []string{"model"}},
		{"model/login", []string{"model", "model/access"}},
		{"model/match", fields},
		{"model/pairing", with(fields, "model/match")},
		{"model/settle", []string{"model"}},
		{"model/schedule", []string{"model", "model/settle"}},
		{"model/buying", []string{"model", "model/settle"}},
		{"model/cyber", []string{"model"}},
		{"model/exchange", fields},
		{"model/minutes", []string{"model"}},
		{"model/report", with(fields, "model/access", "model/match", "model/pairing", "model/settle", "model/schedule", "model/buying",
			"model/cyber", "model/minutes", "model/exchange")},
		{"model/sample", []string{"model", "model/cyber", "model/settle"}},
		{"store", []string{"model", "model/access", "model/text"}},
		{"tui/theme", fields},
		{"tui/frame", with(fields, "tui/theme")},
		{"tui/overlay", with(fields, "tui/theme", "tui/frame")},
		{"tui/chart", with(fields, "tui/theme", "tui/frame")},
		{"tui/table", with(fields, "tui/theme", "tui/frame", "tui/overlay")},
		{"tui/form", with(fields, "tui/theme", "tui/frame", "tui/overlay", "tui/table")},
		{"tui/presence", []string{"model", "model/access"}},
		{"tui/intake", records},
		{"tui/assess", with(records, "tui/intake")},
		{"tui/desk", parts},
		{"tui/records", with(parts, "tui/desk", "tui/intake")},
		{"tui/overview", with(parts, "tui/desk")},
		{"tui/shadowing", tab},
		{"tui/equipment", tab},
		{"tui/cyber", tab},
		{"tui/meeting", tab},
		{"tui/users", tab},
		{"tui", above},
		{"tui/sshd", with(above, "tui")},
		{"cmd", with(above, "tui", "tui/sshd")},
	}
}

// roomOf finds the room of a package; nil when there is none.
func roomOf(table []room, pkg string) *room {
	var found *room
	for i := range table {
		r := &table[i]
		if (pkg == r.name || strings.HasPrefix(pkg, r.name+"/")) && (found == nil || len(r.name) > len(found.name)) {
			found = r
		}
	}
	return found
}

func TestTheTableOfRoomsHasNoArrowUp(t *testing.T) {
	table := rooms()
	at := map[string]int{}
	for i, r := range table {
		at[r.name] = i
	}
	for i, r := range table {
		for _, other := range r.may {
			if j, ok := at[other]; !ok || j >= i {
				t.Errorf("%s may import %s, which does not stand above it", r.name, other)
			}
		}
	}
}

// upward lists the imports of a package that its room does not allow.
func upward(table []room, pkg string, imports []string) []string {
	const module = "interlocal/"
	own := roomOf(table, strings.TrimPrefix(pkg, module))
	if own == nil {
		return []string{pkg + " is in no room; add it to the table and to the design"}
	}
	var out []string
	for _, imp := range imports {
		path, ours := strings.CutPrefix(imp, module)
		if !ours {
			continue
		}
		other := roomOf(table, path)
		if other == nil || other.name != own.name && !slices.Contains(own.may, other.name) {
			out = append(out, pkg+" may not import "+imp)
		}
	}
	return out
}

func TestAnArrowThatRunsUpIsFound(t *testing.T) {
	table := rooms()
	for _, c := range [][2]string{{"interlocal/model", "interlocal/model/access"}, {"interlocal/store", "interlocal/tui"},
		{"interlocal/tui/frame", "interlocal/store"}, {"interlocal/model/exchange", "interlocal/store"}, {"interlocal/elsewhere", "fmt"}} {
		if len(upward(table, c[0], []string{c[1]})) != 1 {
			t.Errorf("%s importing %s is not found", c[0], c[1])
		}
	}
}

func TestImportArrowsRunDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "interlocal/...").Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("the Go tool is not here")
	}
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	table, packages := rooms(), 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; packages++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, arrow := range upward(table, p.ImportPath, p.Imports) {
			t.Error(arrow)
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

// TestModelHasNoIO keeps the model to what a test can call without a machine.
func TestModelHasNoIO(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "interlocal/model/...").Output()
	if err != nil {
		t.Skip("the Go tool is not here")
	}
	banned := []string{"os", "os/exec", "os/user", "net", "net/http", "syscall", "log", "math/rand", "path/filepath"}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if dec.Decode(&p) != nil {
			return
		}
		for _, imp := range p.Imports {
			if slices.Contains(banned, imp) {
				t.Errorf("%s imports %s", p.ImportPath, imp)
			}
		}
	}
}
