package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// calledOff is an input whose reader is called off after so many bytes; at 0, when
// it has come to its end.
type calledOff struct {
	io.Reader
	after  int
	cancel context.CancelFunc
}

func (c *calledOff) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	if was := c.after; was > 0 {
		if c.after -= n; c.after <= 0 {
			c.after = -1
			c.cancel()
		}
	} else if was == 0 && errors.Is(err, io.EOF) {
		c.cancel()
	}
	return n, err
}

// An import that is called off while it reads, or once it has read, leaves nothing:
// no record, no line of history.
func TestAnImportThatIsCalledOffLeavesNothing(t *testing.T) {
	o := newOffice(t)
	o.must("list", "partners")
	before := o.must("history", "--json")
	file := manyPeople(4_000)
	for _, after := range []int{1, len(file) / 2, 0} {
		ctx, cancel := context.WithCancel(t.Context())
		var out, errs bytes.Buffer
		m := &Main{Stdin: &calledOff{strings.NewReader(file), after, cancel}, Stdout: &out, Stderr: &errs,
			Terminal: o.term, Environ: []string{"HOME=" + o.home, "TERM=xterm"}, System: o.system,
			Now: func() time.Time { return o.now }, User: "dana", Probe: o.probe}
		if code := m.Run(ctx, []string{"import", "people", "-"}); code == exitDone {
			t.Errorf("called off after %d bytes: exit %d: %s", after, code, errs.String())
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
