package main

import (
	"strings"
	"testing"
)

// The form is text with each choice on a line, and says when there is no event.
func TestTheSignupFormByCommand(t *testing.T) {
	o := newOffice(t)
	o.run("event", "form").wants(t, exitFailed, "there is no event to sign up for")
	o.must("import", "events", o.file("event.csv", "name,date,state\nSpring,2027-03-09,open\n"))
	out := o.must("event", "form", "Spring")
	for _, want := range []string{"Spring: sign-up\n", "\nRaytown\n", "\nTuesday March 9 morning\n",
		"\nHost a visitor\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if strings.Contains(out, "Mid-America") {
		t.Error("the facilitator is offered as a city")
	}
	o.run("report", "sign-up-form").wants(t, exitDone, "Would you like to visit or host?", "- Full day")
	o.run("event", "form", "Nobody's").wants(t, exitFailed, "Nobody's")
}
