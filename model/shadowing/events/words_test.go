package events

import (
	"testing"

	"interlocal/model/shadowing"
)

// What a line says of role and length is told by how its words begin, in any case;
// what it does not say is as the list has it.
func TestWhatALineSaysOfRoleAndLength(t *testing.T) {
	for words, want := range map[string]string{"\t": "both, half or full day", "Visit\thalf day": "visit, half day",
		"VISITOR\tFull": "visit, full day", "visit\teither": "visit, half or full day", "host\tfull": "host",
		"Both\tf": "both, full day", "b\th": "both, half day", "?\t?": "both, half or full day"} {
		var like Line
		like.Role, like.Length = shadowing.SignupBoth, shadowing.EitherOfTwo
		list := ReadLines("Ann\t\t\t"+words, like)
		if len(list) != 1 || list[0].Wants() != want {
			t.Errorf("%q wants %v, not %q", words, list, want)
		}
	}
	var like Line
	like.Length = shadowing.HalfDay
	if list := ReadLines("Ann;;;host;full", like); list[0].Length != shadowing.FullDay {
		t.Errorf("a host for a full day is for %s", list[0].Length)
	}
}
