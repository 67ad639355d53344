package main

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// writesKept are the places in the program's faces where records are written
// without an act, by file: the one save of a form and what removes a record,
// files of all records that are taken in, seed data, and the way of a session's
// screens to the store. The list only gets shorter.
func writesKept() map[string]int {
	return map[string]int{
		"tui/app/work.go": 1, "tui/records/saving.go": 2, "tui/records/remove.go": 2,
		"cmd/interlocal/importall.go": 1, "cmd/interlocal/demoserve.go": 1, "cmd/interlocal/seed.go": 1,
	}
}

// TestFacesWriteRecordsByActsAlone reads the source of screens and commands: a
// rule that stands in a closure there can be tested by pressing keys only, and
// holds on one way in.
func TestFacesWriteRecordsByActsAlone(t *testing.T) {
	allowed := writesKept()
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
