package portfolio

import (
	"testing"

	"interlocal/model/cyber/framework"
)

func TestStartingLifts(t *testing.T) {
	for _, f := range framework.Catalogue() {
		got := StartingLifts(f)
		if len(got) != 5 {
			t.Errorf("CSF %s: %d suggestions", f.Version, len(got))
		}
		for _, s := range got {
			if s.Basis != LiftsBasis || len(s.Lifts) == 0 {
				t.Errorf("CSF %s: %+v", f.Version, s)
			}
			for _, l := range s.Lifts {
				if l.Item >= len(f.Items) || l.To != 5 || l.By != 0 {
					t.Errorf("CSF %s: %s lifts %+v", f.Version, s.Name, l)
				}
			}
		}
	}
	for version, counts := range map[framework.Version][]int{framework.CSF20: {2, 16, 31, 3, 2},
		framework.CSF11: {2, 14, 12, 3, 5}} {
		for i, s := range StartingLifts(mustLookup(t, version)) {
			if len(s.Lifts) != counts[i] {
				t.Errorf("CSF %s: %s lifts %d items, want %d", version, s.Name, len(s.Lifts), counts[i])
			}
		}
	}
}
