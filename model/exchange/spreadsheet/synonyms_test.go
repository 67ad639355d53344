package spreadsheet

import (
	"testing"
)

func TestSynonymsNameFieldsThatExist(t *testing.T) {
	for _, s := range append(kindWords(), commonWords()...) {
		found := false
		for _, k := range NewSchema().Kinds {
			found = found || (s.kinds == "" || s.kinds == k.Name) && validTarget(k, s.target)
		}
		if !found {
			t.Errorf("%q of %q is no field", s.target, s.kinds)
		}
	}
}
