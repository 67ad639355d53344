package main

import (
	"strings"
	"testing"
)

func TestAPasteWhoseEndIsLostEndsByEscape(t *testing.T) {
	for name, c := range map[string]struct {
		chunks []string
		quiet  bool
		want   string
	}{
		"the Escape key": {[]string{"\x1b[200~Oak", " Street", "\x1b"}, true,
			"\x1b[200~Oak Street\x1b[201~"},
		"pressed twice":               {[]string{"\x1b[200~Oak", "\x1b\x1b"}, true, "\x1b[200~Oak\x1b[201~"},
		"as newer terminals spell it": {[]string{"\x1b[200~Oak", "\x1b[27u"}, false, "\x1b[200~Oak\x1b[201~"},
		"together with the paste":     {[]string{"\x1b[200~Oak\x1b"}, true, "\x1b[200~Oak\x1b[201~"},
		"a beginning in pieces":       {[]string{"\x1b[2", "00~Oak", "\x1b"}, true, "\x1b[200~Oak\x1b[201~"},
		"an end in pieces": {[]string{"\x1b[200~Oak\x1b", "[201~", "\x1b"}, false,
			"\x1b[200~Oak\x1b[201~\x1b"},
		"no paste": {[]string{"j", "\x1b"}, true, "j\x1b"},
		"after a paste that has its end": {[]string{"\x1b[200~Oak\x1b[201~", "\x1b"}, true,
			"\x1b[200~Oak\x1b[201~\x1b"},
		"a second time, after its own": {[]string{"\x1b[200~Oak", "\x1b", "\x1b"}, true,
			"\x1b[200~Oak\x1b[201~\x1b"},
		"the next paste is one like ever": {[]string{"\x1b[200~a", "\x1b", "\x1b[200~b\x1b[201~"}, true,
			"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~"},
	} {
		var p pastes
		var got strings.Builder
		for _, chunk := range c.chunks {
			got.Write(p.pass([]byte(chunk), func() bool { return c.quiet }))
		}
		if got.String() != c.want {
			t.Errorf("%s: %q, want %q", name, got.String(), c.want)
		}
	}
}
