package fieldtest

import (
	"os"
	"path/filepath"
)

// Golden compares a text with the file in testdata that holds what was accepted;
// update rewrites the file.
func Golden(t failing, update bool, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Errorf("%v", err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v", err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what was accepted (run with -update to accept):\n%s", name, got)
	}
}
