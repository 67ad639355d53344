package shadowing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model/match"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/value"
)

func TestABarReadsWithoutColour(t *testing.T) {
	for score, want := range map[int]string{-5: "□□□□□", 0: "□□□□□", 20: "■□□□□", 500: "■■■□□", 1000: "■■■■■",
		3000: "■■■■■"} {
		if got := bar(score); got != want {
			t.Errorf("%d draws %s", score, got)
		}
	}
}

func TestEveryStateOfAnEventHasAStep(t *testing.T) {
	for _, s := range []shadowing.EventState{shadowing.EventDraft, shadowing.EventOpen, shadowing.EventMatched,
		shadowing.EventPublished, shadowing.EventHeld, shadowing.EventClosed} {
		for _, one := range steps(s) {
			a := events.Acts().Named(one.act)
			if one.act != "" && a == nil {
				t.Errorf("from %s it goes nowhere by %s", s, one.act)
			}
		}
		if len(steps(s)) == 0 {
			t.Errorf("from %s it goes nowhere", s)
		}
	}
}

func TestWhenLeavesOutTheOnlyDate(t *testing.T) {
	d := value.Date(2027, 4, 20)
	full := []value.Slot{value.SlotOn(d, value.Morning), value.SlotOn(d, value.Afternoon)}
	if got := when(full, true); got != "full day" {
		t.Error(got)
	}
	if got := when(full[:1], true); got != "morning" {
		t.Error(got)
	}
	if got := when(full, false); got != "Tue Apr 20, full day" {
		t.Error(got)
	}
}

func TestWorkSaysHowFarItIs(t *testing.T) {
	w := &work{title: "Making matches"}
	if got := w.sofar(); got != "" {
		t.Errorf("before anything is found it says %q", got)
	}
	w.progress.Store(&match.Progress{Value: 990, Bound: 1000})
	if got := w.sofar(); got != "best so far: at most 1% from the best possible" {
		t.Error(got)
	}
	w.end()
	if !w.stop.Load() {
		t.Error("work goes on")
	}
}

// Every change of a record is an act, so that a key, a command and a file do the
// same.
func TestNothingIsWrittenButByAnAct(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, name := range append(files, "../../cmd/interlocal/matchevent.go", "../../cmd/interlocal/peers.go") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, writes := range []string{"field.Put(", "store.Delete(", ".Update(ctx", "d.Do(\"", "*store.Tx",
			".Apply("} {
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(string(text), writes) {
				t.Errorf("%s writes by itself: %s", name, writes)
			}
		}
	}
}
