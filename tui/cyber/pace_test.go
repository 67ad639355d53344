package cyber

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	for _, c := range []struct {
		name string
		gaps []time.Duration
		left int
		want string
	}{
		{"at the start nothing can be told", nil, 106, "106 left"},
		{"nor after a few", repeat(30*time.Second, 4), 100, "100 left"},
		{"half a minute each", repeat(30*time.Second, 20), 38, "38 left, about 19 min"},
		{"a break is no talk", append(repeat(30*time.Second, 20), time.Hour), 38, "38 left, about 19 min"},
		{"fast", repeat(time.Second, 20), 10, "10 left, about a minute"},
		{"slow", repeat(3*time.Minute, 10), 100, "100 left, about 5 h"},
		{"a clock set back", append(repeat(30*time.Second, 20), -time.Hour), 38, "38 left, about 19 min"},
		{"done", repeat(30*time.Second, 20), 0, "all answered"},
	} {
		p, now := pace{}, time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
		p.beat(now)
		for _, g := range c.gaps {
			now = now.Add(g)
			p.beat(now)
		}
		if got := p.says(c.left); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func repeat(d time.Duration, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}
