package store

import "testing"

func readOnlyFolder(t *testing.T) string {
	t.Skip("folders are read-only by their access lists here")
	return ""
}
