//go:build givenclock

package main

import (
	"strings"
	"time"

	"interlocal/model/failure"
)

// clock is as far from the machine's as INTERLOCAL_CLOCK says, such as
// "-26h10m"; it runs on at the usual pace. Only the end-to-end scripts build a
// program with it.
func clock(environ []string) (func() time.Time, error) {
	for _, v := range environ {
		if s, ok := strings.CutPrefix(v, "INTERLOCAL_CLOCK="); ok {
			away, err := time.ParseDuration(s)
			if err != nil {
				break
			}
			return func() time.Time { return time.Now().Add(away) }, nil
		}
	}
	return nil, failure.New(failure.Invalid, "this program was built for tests; set INTERLOCAL_CLOCK to how far "+
		"its clock is from the machine's, such as -26h10m, or build without the tag givenclock")
}
