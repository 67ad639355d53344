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
	fields := []string{"model/failure", "model/text", "model/value", "model/field"}
	files := with(fields, "model/exchange/export", "model/exchange/spreadsheet", "model/exchange")
	papers := with(files, "model/document")
	domain := with(papers, "model/partnership")
	domains := with(domain, "model/access", "model/lending", "model/lending/rates", "model/lending/loans",
		"model/match", "model/shadowing",
		"model/shadowing/pairing", "model/shadowing/events", "model/shadowing/forms", "model/buying", "model/meeting",
		"model/cyber/framework", "model/cyber", "model/cyber/portfolio", "model/cyber/release", "model/cyber/paper",
		"model/cyber/assess", "model/cyber/incident", "model/accounts")
	records := with(domains, "model", "model/filerules", "model/report", "model/sample", "store", "store/run")
	parts := with(fields, "tui/theme", "tui/frame", "tui/overlay", "tui/table", "tui/form", "tui/chart")
	desk := with(records, "tui/theme", "tui/frame", "tui/overlay", "tui/table", "tui/form", "tui/chart")
	tab := with(desk, "tui/app", "tui/records", "tui/act", "tui/page")
	above := with(tab, "tui/overview", "tui/shadowing", "tui/equipment", "tui/cyber", "tui/meeting", "tui/users")
	return []room{
		{"model/failure", nil},
		{"model/text", nil},
		{"model/value", []string{"model/failure", "model/text"}},
		{"model/field", []string{"model/failure", "model/text", "model/value"}},
		{"model/field/fieldtest", fields},
		{"model/access", fields},
		{"model/document", []string{"model/failure", "model/text", "model/value"}},
		{"model/exchange/export", fields},
		{"model/exchange/spreadsheet", with(fields, "model/exchange/export")},
		{"model/exchange", with(fields, "model/exchange/export", "model/exchange/spreadsheet")},
		{"model/partnership", papers},
		{"model/lending", domain},
		{"model/lending/rates", with(domain, "model/lending")},
		{"model/lending/loans", with(domain, "model/lending", "model/lending/rates")},
		{"model/match", []string{"model/text"}},
		{"model/shadowing", domain},
		{"model/shadowing/pairing", with(domain, "model/shadowing", "model/match")},
		{"model/shadowing/events", with(domain, "model/shadowing", "model/shadowing/pairing", "model/match")},
		{"model/shadowing/forms", with(domain, "model/shadowing")},
		{"model/buying", domain},
		{"model/meeting", domain},
		{"model/cyber/framework", fields},
		{"model/cyber", with(domain, "model/cyber/framework")},
		{"model/cyber/portfolio", with(domain, "model/cyber/framework", "model/cyber")},
		{"model/cyber/release", with(domain, "model/cyber/framework", "model/cyber", "model/cyber/portfolio")},
		{"model/cyber/paper", with(domain, "model/cyber/framework", "model/cyber", "model/cyber/release")},
		{"model/cyber/assess", with(domain, "model/cyber/framework", "model/cyber", "model/cyber/portfolio",
			"model/cyber/release", "model/cyber/paper")},
		{"model/cyber/incident", domain},
		{"model/accounts", with(domain, "model/access")},
		{"model", domains},
		{"model/filerules", with(domains, "model")},
		{"model/report", with(domains, "model")},
		{"model/sample", with(domains, "model", "model/field/fieldtest")},
		{"store", with(fields, "model/access")},
		{"store/run", with(files, "model/access", "store")},
		{"tui/theme", fields},
		{"tui/frame", with(fields, "tui/theme")},
		{"tui/overlay", with(fields, "tui/theme", "tui/frame")},
		{"tui/chart", with(fields, "tui/theme", "tui/frame")},
		{"tui/table", with(fields, "tui/theme", "tui/frame", "tui/overlay")},
		{"tui/form", parts[:len(parts)-2]},
		{"tui/app", desk},
		{"tui/act", with(desk, "tui/app")},
		{"tui/page", with(desk, "tui/app", "tui/act")},
		{"tui/records", with(desk, "tui/app", "tui/act", "tui/page")},
		{"tui/overview", tab},
		{"tui/shadowing", tab},
		{"tui/equipment", tab},
		{"tui/cyber", tab},
		{"tui/meeting", tab},
		{"tui/users", tab},
		{"tui", above},
		{"tui/sshd", with(above, "tui")},
		{"cmd", with(records, "tui", "tui/sshd")},
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
	for _, c := range [][2]string{{"interlocal/model/field", "interlocal/model/access"},
		{"interlocal/model/lending", "interlocal/model/buying"}, {"interlocal/store", "interlocal/model/partnership"},
		{"interlocal/store", "interlocal/tui"},
		{"interlocal/tui/frame", "interlocal/store"}, {"interlocal/model/exchange", "interlocal/store"},
		{"interlocal/elsewhere", "fmt"},
		{"interlocal/cmd/interlocal", "interlocal/tui/users"}, {"interlocal/cmd/interlocal", "interlocal/tui/app"}} {
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
			// which keeps tests' files
			if slices.Contains(banned, imp) && !strings.HasSuffix(p.ImportPath, "/fieldtest") {
				t.Errorf("%s imports %s", p.ImportPath, imp)
			}
		}
	}
}
