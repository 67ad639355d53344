package pairing

import (
	"fmt"
	"testing"

	"interlocal/model/field/fieldtest"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// BenchmarkPrepare loads and compares the sign-ups of an event.
func BenchmarkPrepare(b *testing.B) {
	for _, people := range []int{60, 1000} {
		r := SampleOf(people, day)
		for id, p := range r.Scan("people") {
			r.Put("signups", &shadowing.Signup{ID: shadowing.SignupID(1_000_000 + id), Event: 1,
				Person: p.(*partnership.Person).ID, Role: shadowing.SignupBoth,
				Length: shadowing.EitherOfTwo, State: shadowing.SignupApproved})
		}
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			for b.Loop() {
				if _, err := Prepare(r, 1, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMend looks at an event of a thousand again after one dropout, the
// round from before at hand, and repairs it.
func BenchmarkMend(b *testing.B) {
	r := SampleOf(1000, day)
	for id, p := range r.Scan("people") {
		r.Put("signups", &shadowing.Signup{ID: shadowing.SignupID(1_000_000 + id), Event: 1,
			Person: p.(*partnership.Person).ID, Role: []shadowing.SignupRole{shadowing.SignupVisit,
				shadowing.SignupHost, shadowing.SignupBoth}[id%3], Length: shadowing.EitherOfTwo,
			State: shadowing.SignupApproved})
	}
	x, err := Prepare(r, 1, Options{})
	if err != nil {
		b.Fatal(err)
	}
	x.Problem.Seconds = 3
	p, err := x.Make(match.Control{})
	if err != nil {
		b.Fatal(err)
	}
	if err := x.Save(p, day).Apply(&fieldtest.Writer{Memory: r}); err != nil {
		b.Fatal(err)
	}
	gone := *shadowing.SignupOf(r, 1, p.Visits[0].Host)
	gone.State = shadowing.SignupWithdrawn
	r.Put("signups", &gone)
	before := x
	for b.Loop() {
		if x, err = Prepare(r, 1, Options{Before: before}); err != nil {
			b.Fatal(err)
		}
		if _, err := x.Mend(match.Control{}); err != nil {
			b.Fatal(err)
		}
	}
}
