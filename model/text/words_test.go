package text

import "testing"

func TestJoinLeavesOutWhatIsEmpty(t *testing.T) {
	if got := Join(" · ", "", "Clerk", "", "Raytown"); got != "Clerk · Raytown" {
		t.Error(got)
	}
}
