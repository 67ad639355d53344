//go:build !linux

package store

import "testing"

func mountTemporary(t *testing.T, _ string, _ bool) { t.Skip("needs a file system of its own") }
