package text

import "testing"

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Thousands(0), "0"}, {Thousands(999), "999"}, {Thousands(1000), "1,000"}, {Thousands(-1234567), "-1,234,567"},
		{Counted(1, "loan", "loans"), "1 loan"}, {Counted(0, "loan", "loans"), "0 loans"},
		{Counted(1200, "loan", "loans"), "1,200 loans"},
		{Whose("Raytown"), "Raytown's"}, {Whose("Blue Springs"), "Blue Springs'"},
		{Joined(nil, 3), ""}, {Joined([]string{"A"}, 3), "A"}, {Joined([]string{"A", "B", "C"}, 3), "A, B and C"},
		{Joined([]string{"A", "B", "C", "D", "E"}, 3), "A, B, C and 2 more"},
		{Quoted("one\nline "), "“one line”"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestJoinLeavesOutWhatIsEmpty(t *testing.T) {
	if got := Join(" · ", "", "Clerk", "", "Raytown"); got != "Clerk · Raytown" {
		t.Error(got)
	}
}
