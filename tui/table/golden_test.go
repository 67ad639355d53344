package table

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

// golden compares a picture, without its colours, with the one kept.
func golden(t *testing.T, name string, f *frame.Frame) {
	t.Helper()
	lines := strings.Split(ansi.Strip(f.String()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s looks different:\n%s\nwant:\n%s", name, got, want)
	}
}

func TestLooks(t *testing.T) {
	for _, size := range [][2]int{{60, 10}, {80, 12}, {120, 12}, {200, 8}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			m, f := shown(40, size[0], size[1])
			m.SortBy("cost", true)
			keys(m, "space", "j", "space", "v", "j", "j")
			draw(m, f, size[0], size[1])
			golden(t, fmt.Sprintf("table-%dx%d", size[0], size[1]), f)
		})
	}
}

func TestLooksEmpty(t *testing.T) {
	m, f := shown(0, 80, 8)
	m.SetEmpty(Empty{
		Examples: [][]string{{"Dana Reyes", "Raytown", "1,250", "Street Superintendent", "Mar 4, 2027"}},
		Line:     "press a to add the first person",
	})
	draw(m, f, 80, 8)
	golden(t, "empty-80x8", f)
}

func TestLooksChooser(t *testing.T) {
	m, f := shown(3, 70, 10)
	m.SortBy("partner", false)
	c := m.Chooser(nil)
	c.Update(press("down"))
	w, h := c.Size(frame.Rect{W: 70, H: 20})
	f.Reset(w, h)
	c.Draw(f, f.Area())
	golden(t, "chooser", f)
}

// alert writes every third cell as a warning.
type alert struct{ staff }

func (alert) CellInk(row, _ int, th *theme.Theme) theme.Style {
	if row%3 == 0 {
		return th.Warn
	}
	return th.Text
}

func TestInksOfTheSource(t *testing.T) {
	m, f := shown(3, 80, 10)
	th := theme.New(theme.Options{Dark: true, Profile: 5})
	m.SetTheme(th)
	m.SetSource(alert{run(6)})
	draw(m, f, 80, 10)
	rows := strings.Split(f.String(), "\n")
	if !strings.Contains(rows[4], th.Warn.Open()+"Person 4") || strings.Contains(rows[3], th.Warn.Open()) {
		t.Errorf("%q", rows[4])
	}
	if !strings.Contains(rows[1], th.Over(th.Selected, th.Warn).Open()) {
		t.Errorf("the selected row loses its warning: %q", rows[1])
	}
}
