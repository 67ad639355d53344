//go:build unix

package store

import (
	"os"
	"testing"
)

// readOnlyFolder gives a folder that this process cannot write to.
func readOnlyFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) })
	if os.Geteuid() == 0 {
		mountTemporary(t, dir, true)
	}
	return dir
}
