package meeting

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheRoomWritesByActsAlone: what a key of the meeting room changes, a command
// can change as well, since both do the same act.
func TestTheRoomWritesByActsAlone(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 5 {
		t.Fatalf("%v: %v", files, err)
	}
	writes := regexp.MustCompile(`store\.(Put|Tx)\b|\.DoFinal\(|\bd\.Do\(|\.Update\(ctx`)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if at := writes.FindString(string(b)); at != "" && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s writes records: %s", name, at)
		}
	}
}
