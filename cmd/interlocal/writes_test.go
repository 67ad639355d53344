package main

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// writesKept are the places in the program's faces where records are written
// without an act, by file: the one save of a form and what removes a record,
// files that are taken in, seed data, and the desk's own way to the store.
func writesKept() map[string]int {
	return map[string]int{
		"tui/desk/work.go": 1, "tui/records/saving.go": 3, "tui/records/remove.go": 2,
		"tui/intake/intake.go": 2, "tui/intake/signups.go": 1, "cmd/interlocal/importall.go": 1,
		"cmd/interlocal/demoserve.go": 1, "cmd/interlocal/founding.go": 1,
	}
}

// writesLeft are those that are still to become acts. The list only gets shorter.
func writesLeft() map[string]int {
	return map[string]int{
		"cmd/interlocal/assess.go": 2, "cmd/interlocal/assessfiles.go": 3,
		"cmd/interlocal/matchevent.go": 2, "cmd/interlocal/peers.go": 2,
		"tui/assess/delegate.go": 1, "tui/assess/settle.go": 8, "tui/assess/steps.go": 6, "tui/assess/wording.go": 2,
		"tui/cyber/empty.go": 1, "tui/cyber/handing.go": 2, "tui/cyber/queue.go": 1, "tui/cyber/remedy.go": 1,
		"tui/cyber/review.go": 1, "tui/cyber/suggest.go": 2,
		"tui/meeting/capture.go": 5, "tui/meeting/holding.go": 17, "tui/meeting/roll.go": 2,
		"tui/meeting/roomkeys.go": 6, "tui/meeting/vote.go": 2,
		"tui/shadowing/boardacts.go": 2, "tui/shadowing/boardmore.go": 3, "tui/shadowing/boardwork.go": 1,
		"tui/shadowing/eventacts.go":  2,
		"tui/shadowing/sheetstore.go": 3,
	}
}

// TestFacesWriteRecordsByActsAlone reads the source of screens and commands: a
// rule that stands in a closure there can be tested by pressing keys only, and
// holds on one way in.
func TestFacesWriteRecordsByActsAlone(t *testing.T) {
	allowed := writesKept()
	for path, n := range writesLeft() {
		allowed[path] = n
	}
	sources(t, func(path string, _ *token.FileSet, file *ast.File) {
		if !strings.HasPrefix(path, "tui/") && !strings.HasPrefix(path, "cmd/") {
			return
		}
		switch n := writes(file); {
		case n > allowed[path]:
			t.Errorf("%s writes records in %d places, of which %d are listed; make it an act in its domain",
				path, n, allowed[path])
		case n < allowed[path]:
			t.Errorf("%s writes records in %d places by now; take its %d down in the list", path, n, allowed[path])
		}
		delete(allowed, path)
	})
	for path := range allowed {
		t.Errorf("%s is gone; take it off the list", path)
	}
}

// writes counts the calls in a file that write records: Put and Delete on a
// transaction, Update of a store, and Do of a desk with a closure.
func writes(file *ast.File) int {
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, _ := method.X.(*ast.Ident)
		switch method.Sel.Name {
		case "Put", "Delete":
			if of != nil && (of.Name == "store" || of.Name == "tx" || of.Name == "field" && len(call.Args) == 2) {
				n++
			}
		case "Update": // of a store: context, identity, operation, closure
			if len(call.Args) == 4 {
				n++
			}
		case "Do", "DoFinal": // of a desk: title, closure, what follows
			if len(call.Args) == 3 {
				n++
			}
		}
		return true
	})
	return n
}
