package field

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlainTextIsKeyedAsFoldedTextIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.ByteRange(0, 127)).Draw(t, "text"))
		if got, want := string(appendPlain(nil, []byte(s))), normal(strings.ToLower(s)); got != want {
			t.Fatalf("%q is keyed %q, want %q", s, got, want)
		}
	})
}
