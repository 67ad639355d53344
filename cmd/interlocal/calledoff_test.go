package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// An import that is called off stops at once, wherever it is, and leaves nothing:
// no record, no line of history.
func TestAnImportThatIsCalledOffLeavesNothing(t *testing.T) {
	o := newOffice(t)
	o.must("list", "partners")
	before := o.must("history", "--json")
	file := manyPeople(4_000)
	for _, after := range []time.Duration{0, 10 * time.Millisecond, 60 * time.Millisecond} {
		ctx, cancel := context.WithCancel(context.Background())
		var at time.Time
		timer := time.AfterFunc(after, func() { at = time.Now(); cancel() })
		var out, errs bytes.Buffer
		m := &Main{Stdin: strings.NewReader(file), Stdout: &out, Stderr: &errs, Terminal: o.term,
			Environ: []string{"HOME=" + o.home, "TERM=xterm"}, System: o.system,
			Now: func() time.Time { return o.now }, User: "dana", Probe: o.probe}
		code := m.Run(ctx, []string{"import", "people", "-"})
		if timer.Stop() {
			t.Skip("the machine took the file in before it could be called off")
		}
		t.Logf("called off after %v, stopped %v later, exit %d: %s", after, time.Since(at), code, errs.String())
		if code == exitDone || time.Since(at) > 10*time.Second {
			t.Errorf("exit %d %v after it was called off", code, time.Since(at))
		}
		cancel()
		if left := o.records("people"); len(left) != 0 {
			t.Fatalf("%d people are left", len(left))
		}
	}
	if after := o.must("history", "--json"); after != before {
		t.Errorf("history has grown: %s", after)
	}
}
