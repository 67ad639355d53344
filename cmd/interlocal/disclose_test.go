package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatACityWouldHaveToGive(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner,title,mobile,note\nAnn Cole,Raytown,Clerk,816-555-0101,evaluated twice\nBea "+
		"Dorn,Grandview,Clerk,816-555-0102,quiet\n",
		"import", "people", "-").wants(t, exitDone, "2 added")
	o.feed("title,parties,status\nJoint paving,Raytown; Grandview,draft\n", "import", "agreements", "-").
		wants(t, exitDone, "1 added")
	said := o.run("disclose", "raytown")
	said.wants(t, exitDone, "Raytown, Mar 4, 2027", "Orientation for counsel", "people #1, mobile: 610.021(13)",
		"people #1, note: 610.021(13)",
		"agreements #1: 610.021(12), a contract being negotiated (until it is executed")
	if strings.Contains(said.out, "people #2") || strings.Contains(said.out, "555") ||
		strings.Contains(said.out, "evaluated") {
		t.Error(said.out)
	}
	var given struct {
		Given []struct {
			Kind   string
			ID     uint64
			Fields []struct{ Name, Value string }
		}
		Withheld []struct{ Kind, Field, Subdivision, Reason string }
	}
	export := o.must("disclose", "raytown", "--export")
	if err := json.Unmarshal([]byte(export), &given); err != nil || len(given.Given) == 0 || len(given.Withheld) < 3 {
		t.Fatalf("%v: %s", err, export)
	}
	for _, secret := range []string{"555-0101", "evaluated", "Bea", "Joint paving"} {
		if strings.Contains(export, secret) {
			t.Errorf("%q is given", secret)
		}
	}
	for _, w := range given.Withheld {
		if w.Reason == "" {
			t.Errorf("no reason for %+v", w)
		}
	}
	if !strings.Contains(export, "Ann Cole") {
		t.Error("a name that is open is not given")
	}
	o.run("disclose", "partnership").wants(t, exitDone, "the partnership")
	o.run("disclose", "grandview", "--as", "editor@raytown").wants(t, exitMisuse, "your own")
	o.run("disclose", "raytown", "--as", "editor@raytown").wants(t, exitDone, "people #1, note")
}
