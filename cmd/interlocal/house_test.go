package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The house rules that a machine can check: files and functions that can be
// read in a sitting, names that say something, and documentation.
const (
	maxFileLines     = 500
	maxFunctionLines = 80
)

// root is the repository's, found from the folder a test runs in.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

// sources visits every Go file that is not a test.
func sources(t *testing.T, visit func(path string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	top, seen := root(t), 0
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		seen++
		name, err := filepath.Rel(top, path)
		visit(filepath.ToSlash(name), fset, file)
		return err
	})
	if err != nil || seen < 50 {
		t.Fatalf("%d files looked at: %v", seen, err)
	}
}

func TestFilesAndFunctionsCanBeReadInASitting(t *testing.T) {
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		if n := fset.File(file.Pos()).LineCount(); n > maxFileLines {
			t.Errorf("%s has %d lines", path, n)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines", path, f.Name.Name, n)
			}
		}
	})
}

// TestPackagesCanBeReadInASitting: a package of the model or of the screens that
// outgrows a shelf is two; the solver is one whatever its length. What a tab's
// packages hold beyond their measure belongs to the page kit, or to the model.
func TestPackagesCanBeReadInASitting(t *testing.T) {
	const maxFiles, maxLines, maxTabLines = 25, 5000, 13000
	tabs := []string{"tui/cyber", "tui/equipment", "tui/shadowing", "tui/meeting", "tui/users", "tui/overview"}
	files, lines, inTabs := map[string]int{}, map[string]int{}, 0
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		dir, n := filepath.ToSlash(filepath.Dir(path)), fset.File(file.Pos()).LineCount()
		files[dir]++
		lines[dir] += n
		if slices.Contains(tabs, dir) {
			inTabs += n
		}
	})
	for dir, n := range files {
		room, _, _ := strings.Cut(dir, "/")
		if (room == "model" || room == "tui") && dir != "model/match" && (n > maxFiles || lines[dir] > maxLines) {
			t.Errorf("%s has %d files, %d lines", dir, n, lines[dir])
		}
	}
	if inTabs > maxTabLines {
		t.Errorf("the tabs have %d lines", inTabs)
	}
}

func TestNamesSaySomething(t *testing.T) {
	empty := regexp.MustCompile(`^(common|util|utils|helper|helpers|misc|types|constants)(\.go)?$`)
	sources(t, func(path string, _ *token.FileSet, file *ast.File) {
		if empty.MatchString(filepath.Base(path)) || empty.MatchString(file.Name.Name) {
			t.Errorf("%s is named for nothing it provides", path)
		}
	})
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	packages := map[string]string{}
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		dir := filepath.Dir(path)
		packages[dir] = file.Name.Name
		if file.Doc != nil {
			documented[dir] = true
		}
		for _, decl := range file.Decls {
			for _, name := range undocumented(decl) {
				t.Errorf("%s: %s has no comment", path, name)
			}
		}
	})
	for dir := range packages {
		if !documented[dir] {
			t.Errorf("the package in %s has no comment", dir)
		}
	}
}

// undocumented lists the exported names of a declaration that nothing explains,
// methods of types that are not exported among them: an interface may bring them
// to others.
// A comment on a group of constants or variables counts for all of them.
func undocumented(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var out []string
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
					out = append(out, s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
					out = append(out, s.Names[0].Name)
				}
			}
		}
		return out
	}
	return nil
}

func TestNothingIsPutOff(t *testing.T) {
	// Written apart so that this file passes its own test.
	putOff := regexp.MustCompile(`TO` + `DO|FIX` + `ME|XX` + `X\b|not implem` + `ented|for n` + `ow\b|coming s` + `oon`)
	top := root(t)
	sources(t, func(path string, _ *token.FileSet, _ *ast.File) {
		b, err := os.ReadFile(filepath.Join(top, path))
		if err != nil {
			t.Fatal(err)
		}
		if found := putOff.Find(b); found != nil {
			t.Errorf("%s says %q", path, found)
		}
	})
}

// What computes starts nothing beside itself: who wants several processors hands
// the running in.
func TestTheModelStartsNothing(t *testing.T) {
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		if !strings.HasPrefix(path, "model/") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			started := false
			switch n := n.(type) {
			case *ast.GoStmt:
				started = true
			case *ast.CallExpr:
				call, ok := n.Fun.(*ast.SelectorExpr)
				started = ok && call.Sel.Name == "Go" // of a sync.WaitGroup or its like
			}
			if started {
				t.Errorf("%s starts a goroutine", fset.Position(n.Pos()))
			}
			return true
		})
	})
}

// TestNoMutablePackageVariables allows variables that are never written to
// again: errors, compiled patterns, tables and interface assertions.
func TestNoMutablePackageVariables(t *testing.T) {
	assigned := map[string]bool{}
	declared := map[string]string{}
	sources(t, func(path string, fset *token.FileSet, file *ast.File) {
		dir := filepath.Dir(path)
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
				for _, spec := range d.Specs {
					for _, name := range spec.(*ast.ValueSpec).Names {
						declared[dir+"."+name.Name] = path
					}
				}
			}
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				for _, name := range outside(f) {
					assigned[dir+"."+name] = true
				}
			}
		}
	})
	for name, path := range declared {
		if assigned[name] {
			t.Errorf("%s: %s is a package variable that changes", path, name)
		}
	}
}

// outside lists the names that a function assigns to without declaring them.
func outside(f *ast.FuncDecl) []string {
	local := map[string]bool{"_": true}
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			declare(local, n.Names)
		case *ast.ValueSpec:
			declare(local, n.Names)
		case *ast.RangeStmt:
			declare(local, []*ast.Ident{written(n.Key), written(n.Value)})
		case *ast.IncDecStmt:
			if name := written(n.X); name != nil {
				names = append(names, name.Name)
			}
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if name := written(left); name != nil && n.Tok == token.DEFINE {
					local[name.Name] = true
				} else if name != nil {
					names = append(names, name.Name)
				}
			}
		}
		return true
	})
	return slices.DeleteFunc(names, func(name string) bool { return local[name] })
}

func declare(local map[string]bool, names []*ast.Ident) {
	for _, name := range names {
		if name != nil {
			local[name.Name] = true
		}
	}
}

// written gives the variable at the root of what is assigned to.
func written(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.IndexExpr:
		return written(e.X)
	}
	return nil
}
