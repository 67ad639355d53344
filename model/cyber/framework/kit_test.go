package framework

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// sharedFile gives the path of a file of official texts kept beside the
// repository, and skips the test where there is none.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no repository around the test")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "csf", name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the official texts are not here")
	}
	return path
}

// sharedRows reads a table of official texts without its header.
func sharedRows(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func mustLookup(t testing.TB, v Version) *Framework {
	t.Helper()
	f, ok := Lookup(v)
	if !ok {
		t.Fatalf("version %s is not built in", v)
	}
	return f
}
