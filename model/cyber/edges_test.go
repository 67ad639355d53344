package cyber_test

import (
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// What is no level of consent permits nothing.
func TestHowFarAConsentGoes(t *testing.T) {
	for level, want := range map[cyber.ConsentLevel]int{"": 0, "0": 0, "1": 1, "2": 2, "3": 3, "4": 0, "12": 0, "1 ": 0,
		"a": 0} {
		if got := level.Rank(); got != want {
			t.Errorf("%q goes as far as %d, want %d", level, got, want)
		}
	}
}

// A release is sent as lines that a person reads before it goes.
func TestAReleaseAsItIsSent(t *testing.T) {
	r := with(&partnership.Partner{ID: 5, Name: "Raytown"}, &partnership.Partner{ID: 6, Name: "MARC"},
		&cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20})
	v := &cyber.Release{Cycle: 1, Partner: 5, Framework: framework.CSF20, Minimum: 5, MadeBy: "Sam Lee",
		Made:      value.Some(value.Date(2026, 9, 1)),
		Functions: []cyber.FunctionConsent{{Function: "GV", Level: "0"}, {Function: "PR", Level: "3"}},
		With:      []partnership.PartnerID{6, 5}, Below: []string{"PR.AA-01"},
		Bands:  []cyber.FunctionBand{{Function: "PR", Band: cyber.BandLow}},
		Scores: []cyber.ItemScore{{Item: "PR.AA-01", Score: 2}, {Item: "PR.AA-02", Score: 0}}}
	const head = "interlocal release 1\nCity: Raytown\nCycle: 2026\nFramework: CSF 2.0\nMinimum: 5\n"
	const tail = "Made by: Sam Lee\n\n" +
		"Sharing consent by function (0 nothing, 1 joins the list, 2 bands, 3 scores):\n  GV 0\n  PR 3\n" +
		"Scores go to: MARC; Raytown\nAgrees to a list among fewer than four cities: no\n\n" +
		"Below the minimum (named to others only if another city has it too):\n  PR.AA-01\n" +
		"Bands by function, for the facilitator:\n  PR below 3\n" +
		"Scores, for the partners named above:\n  PR.AA-01 2\n  PR.AA-02 0\n"
	if got := v.Body(r); got != head+"Made on: 2026-09-01\n"+tail {
		t.Errorf("it is sent as\n%s", got)
	}
	v.Made = value.Opt[value.Day]{}
	if got := v.Body(r); got != head+tail {
		t.Errorf("without a day it is sent as\n%s", got)
	}
}
