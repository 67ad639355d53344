package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Packages of many files have a map of them in doc.go, which names every file
// once and none that is not there.
func TestMapsNameEveryFile(t *testing.T) {
	name := regexp.MustCompile(`\b[a-z0-9_]+\.go\b`)
	for _, dir := range []string{".", "../../store", "../../model/report", "../../model/report/overview"} {
		doc, err := os.ReadFile(filepath.Join(dir, "doc.go"))
		if err != nil {
			t.Fatal(err)
		}
		named := name.FindAllString(string(doc), -1)
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var there []string
		for _, f := range files {
			if base := filepath.Base(f); base != "doc.go" && !strings.HasSuffix(base, "_test.go") {
				there = append(there, base)
			}
		}
		for _, f := range there {
			if n := len(named) - len(slices.DeleteFunc(slices.Clone(named),
				func(s string) bool { return s == f })); n != 1 {
				t.Errorf("%s is named %d times in the map of %s", f, n, dir)
			}
		}
		for _, f := range named {
			if !slices.Contains(there, f) {
				t.Errorf("the map of %s names %s, which is not there", dir, f)
			}
		}
	}
}
