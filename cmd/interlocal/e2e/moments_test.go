//go:build unix

package e2e

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// moment is a time at which the scripts run, on the clocks of Missouri.
type moment struct{ name, at string }

// moments are the times at which a day, a week, a year or a clock turns. The
// first is an ordinary one. Clocks change two seconds into a script, while it
// has something open, out or half typed.
func moments() []moment {
	return []moment{
		{"a Tuesday at ten", "2027-03-02T10:00:00-06:00"},
		{"seven in the morning", "2026-12-03T07:00:00-06:00"},
		{"five to midnight", "2027-05-12T23:55:00-05:00"},
		{"a Sunday", "2027-05-16T14:00:00-05:00"},
		{"clocks go forward", "2027-03-14T01:59:58-06:00"},
		{"clocks go back", "2027-11-07T01:59:58-05:00"},
		{"December 31", "2027-12-31T16:30:00-06:00"},
		{"February 29", "2028-02-29T09:00:00-06:00"},
	}
}

// chosen gives the moments of this run: the one whose number, round and round,
// is INTERLOCAL_MOMENT, all with INTERLOCAL_LONG=1, and otherwise the first.
func chosen() ([]moment, error) {
	all := moments()
	if s := os.Getenv("INTERLOCAL_MOMENT"); s != "" {
		n, err := strconv.ParseUint(s, 0, 64)
		if err != nil {
			return nil, fmt.Errorf("INTERLOCAL_MOMENT is a number, not %q", s)
		}
		n %= uint64(len(all))
		return all[n : n+1], nil
	}
	if os.Getenv("INTERLOCAL_LONG") != "" {
		return all, nil
	}
	return all[:1], nil
}

// runAt runs all scripts at a moment.
func runAt(m *testing.M, at moment) int {
	began, err := time.Parse(time.RFC3339, at.at)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Printf("e2e: %s, %s\n", at.name, at.at)
	now = began
	return m.Run()
}

// away is how far the moment is from the machine's clock.
func away() time.Duration { return time.Until(now) }
