package sshd

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
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

// What is copied reaches the guest's own clipboard, and a background that is
// light is noticed.
func TestTheTerminalIsSpokenWithBothWays(t *testing.T) {
	h := newHouse(t, Limits{})
	x := sit(t, h.must(h.guest("dana")), "xterm-256color", 100, 30).see("Needs attention")
	x.press("gp").see("Fiscal year").press("y").
		until("a copy", func() bool { return strings.Contains(x.written(), "\x1b]52;c;") })
	dark := x.written()
	x.press("\x1b]11;rgb:ffff/ffff/ffff\x07").
		until("other colours", func() bool { return len(x.written()) > len(dark)+1000 })
	x.press("q").ended()
}

// A command with a screen of its own gets a terminal like a dashboard; the same
// command without one, or with more words, runs as any other.
func TestACommandWithAScreenOfItsOwn(t *testing.T) {
	h := newHouse(t, Limits{Idle: 300 * time.Millisecond})
	h.runs.Store("wall", func(_ context.Context, c Call) int { fmt.Fprintln(c.Stdout, "as text"); return 0 })
	c := h.must(h.guest("dana"))
	for _, line := range []string{"wall", "interlocal wall"} {
		x := sitAt(t, c, "xterm-256color", 60, 12, line).see("wall of dana")
		x.press("q")
		if code := x.ended(); code != 0 {
			t.Errorf("%s exits %d", line, code)
		}
	}
	if out, _, status := said(t, c, "", "wall"); out != "as text\n" || status != 0 {
		t.Errorf("without a terminal: %q, exit %d", out, status)
	}
	if x := sitAt(t, c, "dumb", 60, 12, "wall").see("as text"); x.ended() != 0 {
		t.Error("a terminal that can show nothing")
	}
	if x := sitAt(t, c, "xterm", 60, 12, "wall twice").see("as text"); x.ended() != 0 {
		t.Error("more words")
	}
}

// Nobody presses keys at a wall: it is not taken for a terminal that was left,
// while a dashboard is.
func TestAScreenOnTheWallIsNotIdle(t *testing.T) {
	h := newHouse(t, Limits{Idle: 500 * time.Millisecond})
	wall := sitAt(t, h.must(h.guest("dana")), "xterm", 60, 12, "wall").see("wall of dana")
	for range 3 {
		sit(t, h.must(h.guest("lee")), "xterm", 80, 24).ended() // shown out each time
	}
	select {
	case <-wall.done:
		t.Fatalf("the wall was shown out: %s", wall.text())
	default:
	}
	wall.press("q")
	if code := wall.ended(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

func TestACommandKnowsTheTerminalsWidth(t *testing.T) {
	h := newHouse(t, Limits{})
	h.runs.Store("width", func(_ context.Context, c Call) int { fmt.Fprintln(c.Stdout, c.Width); return 0 })
	s, err := h.must(h.guest("dana")).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 24, 132, nil); err != nil {
		t.Fatal(err)
	}
	if out, err := s.Output("width"); err != nil || string(out) != "132\r\n" {
		t.Errorf("%q, %v", out, err)
	}
}

func TestTheLogNamesTheCommand(t *testing.T) {
	for line, want := range map[string]string{
		"list people": "list", "--db /srv/desk.db export all": "export",
		"--as viewer@raytown --json history": "history",
		"--db":                               "", "": "", "averyveryverylongword": "averyveryverylongwor",
	} {
		if got := commandIn(strings.Fields(line)); got != want {
			t.Errorf("%q is logged as %q, want %q", line, got, want)
		}
	}
}

func TestTerminalsThatCannotShowADashboard(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	x := sit(t, c, "dumb", 80, 24)
	if code := x.ended(); code != 0 || !strings.Contains(x.written(), "What to do first\r\n") ||
		!strings.Contains(x.written(), "Commands work") {
		t.Errorf("exit %d: %q", code, x.written())
	}
	if strings.Contains(x.written(), "\x1b") {
		t.Errorf("a dumb terminal gets %q", x.written())
	}
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(out); err != nil || string(b) != "What to do first\n" {
		t.Errorf("without a terminal: %q, %v", b, err)
	}
}

func TestColoursFollowTheTerminalsName(t *testing.T) {
	h := newHouse(t, Limits{})
	c := h.must(h.guest("dana"))
	for term, colours := range map[string]string{"xterm-256color": "38;5;", "xterm-direct": "38;2;", "vt100": ""} {
		x := sit(t, c, term, 100, 30).see("Needs attention")
		x.press("q").ended()
		if colours != "" && !strings.Contains(x.written(), colours) {
			t.Errorf("%s has no %s", term, colours)
		}
		if colours == "" && (strings.Contains(x.written(), "38;5;") || strings.Contains(x.written(), "38;2;")) {
			t.Errorf("%s gets colours", term)
		}
	}
}
