package cyber

import (
	"testing"

	"interlocal/model/cyber/framework"
)

func mustLookup(t testing.TB, v framework.Version) *framework.Framework {
	t.Helper()
	f, ok := framework.Lookup(v)
	if !ok {
		t.Fatalf("version %s is not built in", v)
	}
	return f
}

func levelsOf(choices []Choice) []Level {
	var out []Level
	for _, c := range choices {
		out = append(out, c.Level)
	}
	return out
}
