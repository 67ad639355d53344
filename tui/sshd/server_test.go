package sshd

import (
	"strings"
	"testing"
)

func TestATerminalGetsTheDashboard(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	x := sit(t, c, "xterm-256color", 100, 30)
	x.see("Needs attention").see("quit")
	x.press("gp").see("Fiscal year")
	x.press("q")
	if code := x.ended(); code != 0 {
		t.Errorf("quitting exits %d", code)
	}
	if !strings.HasSuffix(x.written(), Restore) {
		t.Errorf("the terminal is not put back: %q", x.written()[max(0, len(x.written())-200):])
	}
}

func TestACommandRunsWithTheGuestsRightsAndStreams(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	if out, _, status := said(t, c, "", `who 'a b' "c"`); out != "dana a b|c\n" || status != 0 {
		t.Errorf("%q, exit %d", out, status)
	}
	big := strings.Repeat("a line of text\n", 100_000)
	if out, _, status := said(t, c, big, "copy"); out != big || status != 0 {
		t.Errorf("%d bytes came back of %d, exit %d", len(out), len(big), status)
	}
	if _, errs, status := said(t, c, "", "frobnicate"); status != 2 || !strings.Contains(errs, "there is no command") {
		t.Errorf("%q, exit %d", errs, status)
	}
}
