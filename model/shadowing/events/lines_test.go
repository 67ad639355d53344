package events

import (
	"testing"

	"interlocal/model/shadowing"
)

// TestLinesOfAListAreRead, parted by what the list parts them by; what a line does
// not say is as the line before the list has it, and headings are no people.
func TestLinesOfAListAreRead(t *testing.T) {
	like := Line{City: 3}
	like.Role, like.Length = shadowing.SignupVisit, shadowing.HalfDay
	got := ReadLines("Name\tTitle\nTessa Wynn\nNora Quist\tClerk\tCity Clerk\thost\tfull\n"+
		"Ola Berg; Engineer; Public Works; both; either; roundabouts\n\nAn, Clerk", like)
	want := []struct {
		name, title, department, wishes, wants string
	}{
		{"Tessa Wynn", "", "", "", "visit, half day"}, {"Nora Quist", "Clerk", "City Clerk", "", "host"},
		{"Ola Berg", "Engineer", "Public Works", "roundabouts", "both, half or full day"},
		{"An", "Clerk", "", "", "visit, half day"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines are read", len(got))
	}
	for i, w := range want {
		l := got[i]
		if l.Name != w.name || l.Title != w.title || l.Department != w.department || l.Wishes != w.wishes ||
			l.Wants() != w.wants || l.City != 3 {
			t.Errorf("line %d is %+v, which wants %s", i, l, l.Wants())
		}
	}
}
