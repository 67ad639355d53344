package framework

import (
	"slices"
	"strings"
	"testing"
)

func TestCrosswalkCounts(t *testing.T) {
	c := OldToNew()
	splits, merges := map[ID]int{}, map[ID]int{}
	seen := map[[2]ID]bool{}
	old, cur := mustLookup(t, CSF11), mustLookup(t, CSF20)
	for _, l := range c.Links {
		splits[l.Old]++
		merges[l.New]++
		pair := [2]ID{l.Old, l.New}
		if _, ok := old.Index(l.Old); !ok || seen[pair] || l.Basis == 0 {
			t.Errorf("link %v", l)
		}
		if _, ok := cur.Index(l.New); !ok {
			t.Errorf("link %v", l)
		}
		seen[pair] = true
	}
	several := func(m map[ID]int) (n int) {
		for _, k := range m {
			if k > 1 {
				n++
			}
		}
		return n
	}
	if len(c.Links) != 157 || len(splits) != 107 || several(splits) != 38 || len(merges) != 90 ||
		several(merges) != 38 {
		t.Errorf("%d links; %d of %d split, %d of %d merge", len(c.Links), several(splits), len(splits),
			several(merges), len(merges))
	}
	if got := len(Builtin(CSF20).Items) - len(merges); got != 16 {
		t.Errorf("%d without an ancestor", got)
	}
	if len(c.CategoryLinks) != 1 || c.CategoryLinks[0].Old != "DE.DP-2" || c.CategoryLinks[0].New != "DE.AE" {
		t.Errorf("category links %v", c.CategoryLinks)
	}
	if splits["DE.DP-2"] != 0 {
		t.Error("DE.DP-2 has a subcategory of its own in 2.0")
	}
}

func TestCrosswalkMatchesOfficialPairs(t *testing.T) {
	basis := map[string]Basis{"olir": InReference, "same-id": SameNumber, "withdrawn-moved": Moved,
		"withdrawn-incorporated": Incorporated}
	var want []Link
	for _, row := range sharedRows(t, "crosswalk_11_20.tsv") {
		l := Link{Old: ID(row[0]), New: ID(row[1])}
		for part := range strings.SplitSeq(row[2], "+") {
			l.Basis |= basis[part]
		}
		want = append(want, l)
	}
	if got := OldToNew().Links; !slices.Equal(got, want) {
		t.Errorf("the links differ from the published ones")
	}
}

func TestCrosswalkRelated(t *testing.T) {
	c := OldToNew()
	var got []string
	for _, l := range c.Related("PR.AA-05") {
		got = append(got, string(l.Old)+": "+l.Basis.String())
	}
	want := []string{"PR.AC-1: taken up here, listed in NIST's references", "PR.AC-3: taken up here, listed in " +
		"NIST's references",
		"PR.AC-4: moved here, listed in NIST's references"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := c.Related("ID.AM-1"); len(got) != 1 || got[0].New != "ID.AM-01" ||
		got[0].Basis != SameNumber|InReference {
		t.Errorf("%v", got)
	}
}

func TestWithdrawnNumbers(t *testing.T) {
	n := 0
	for _, it := range mustLookup(t, CSF11).Items {
		category, k, _, _ := splitID(string(it.ID))
		old, gone := Withdrawn(string(numbered(CSF20, category, k)))
		if gone {
			n++
			if old != it.ID {
				t.Errorf("%s is taken for %s", it.ID, old)
			}
		}
	}
	if n != 79 {
		t.Errorf("%d of 1.1 withdrawn, want 79", n)
	}
	for _, text := range []string{"ID.AM-01", "PR.AA-01", "GV.OC-09", "AC-1", ""} {
		if old, gone := Withdrawn(text); gone {
			t.Errorf("%q is taken for a withdrawn %s", text, old)
		}
	}
}
