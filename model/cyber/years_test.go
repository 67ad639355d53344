package cyber

import (
	"slices"
	"testing"

	"interlocal/model/cyber/framework"
)

// Across versions the lowest of several ancestors counts, one that scores
// nothing does not, and within a version nothing changes.
func TestAYearInAnotherVersion(t *testing.T) {
	old, now := framework.Builtin(framework.CSF11), framework.Builtin(framework.CSF20)
	to := slices.IndexFunc(Tie(old, now), func(sources []int) bool { return len(sources) >= 3 })
	if to < 0 {
		t.Fatal("no item has three ancestors")
	}
	from := Tie(old, now)[to]
	y := Year{Framework: old, Levels: make(Levels, len(old.Items))}
	y.Levels[from[0]], y.Levels[from[1]], y.Levels[from[2]] = Tested, UnknownToAnyone, Informal
	if got := y.In(now); len(got) != len(now.Items) || got[to] != Informal {
		t.Errorf("%d levels, %s is %q", len(got), now.Items[to].ID, got[to])
	}
	y.Levels[from[2]] = ""
	if got := y.In(now)[to]; got != Tested {
		t.Errorf("of one level it is %q", got)
	}
	if !slices.Equal(y.In(old), y.Levels) {
		t.Error("within a version a year changes")
	}
}
