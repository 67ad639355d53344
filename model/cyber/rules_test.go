package cyber_test

import (
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

// TestBoundsOfACycle: its days, its minimum and the levels of its answers.
func TestBoundsOfACycle(t *testing.T) {
	at := fieldtest.On
	fieldtest.CheckAll(t, with(), map[string]fieldtest.Rule{
		"cycle backwards": {&cyber.Cycle{Year: 2026, Framework: framework.CSF20, Opens: at(0), Closes: at(-1)},
			[]string{"closes: the cycle closes before it opens"}},
		"cycle of level 8": {&cyber.Cycle{Year: 2026, Framework: framework.CSF20, Minimum: value.Some[int64](8)},
			[]string{"minimum: the minimum is a level from 1 to 7"}},
		"not applicable why": {&cyber.Answer{Cycle: 1, Partner: 1, Item: "PR.AA-01", Level: cyber.NotApplicable},
			[]string{"reason? say why it does not apply"}},
		"level 8": {&cyber.Answer{Cycle: 1, Partner: 1, Item: "PR.AA-01", Level: "8"},
			[]string{"level: Level holds a word that is not among its choices"}},
	})
}

// TestWhatALevelIsWorth: the steps of the scale, an acceptance as one in process;
// what is no level is worth nothing.
func TestWhatALevelIsWorth(t *testing.T) {
	for level, want := range map[cyber.Level]int{cyber.NotPerformed: 1, cyber.Informal: 2, cyber.Documented: 3,
		cyber.PartlyStandard: 4, cyber.RiskAccepted: 5, cyber.InProcess: 5, cyber.Tested: 6,
		cyber.Optimized: 7, cyber.NotApplicable: 0, cyber.UnknownToAnyone: 0, "": 0, "8": 0, "0": 0, "5": 0, "77": 0} {
		if got, ok := level.Value(); got != want || ok != (want > 0) {
			t.Errorf("%q is worth %d (%v), want %d", level, got, ok, want)
		}
	}
}
