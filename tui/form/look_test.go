package form

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

var update = flag.Bool("update", false, "write the pictures in testdata anew")

// golden compares the picture, without its colours, with the one kept. The cell
// under the cursor is shown as a block.
func (d *desk) golden(name string, w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.draw()
	lines := strings.Split(ansi.Strip(d.frame.String()), "\n")
	x, y, on := d.frame.CursorAt()
	for i := range lines {
		if on && i == y {
			lines[i] = ansi.Cut(lines[i], 0, x) + "█" + ansi.Cut(lines[i], x+1, w)
		}
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", fmt.Sprintf("%s-%dx%d.golden", name, w, h))
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if got != string(want) {
		d.t.Errorf("%s looks different:\n%s\nwant:\n%s", path, got, want)
	}
}

// filled makes a form over a job with something in most fields.
func filled(t *testing.T) *desk {
	return open(t, "jobs", func(_ *desk, o *Options) {
		o.Record = &job{
			ID: 3, Name: "Joint supervisory training", Area: "workforce", Status: "active", Lead: 2, Contact: 1,
			Parties: []field.ID[town]{1, 3}, Sharers: []sharer{{Town: 1, Share: value.Some(value.Percent(2500))},
				{Town: 3}},
			Start: value.Some(monday), Cost: value.Some(value.Cents(74800000)), Notice: value.Some(int64(90)),
			Note: "One line.\n\nA long line that goes on about what was agreed, by whom and when, until it has to be " +
				"broken.\nAnd more.\nAnd more.\nAnd more.\nAnd more.",
			Next: step{What: "Agree on dates with the trainer", Due: value.Some(monday + 9)},
		}
	})
}

func TestLooks(t *testing.T) {
	for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 36}, {200, 30}} {
		filled(t).golden("filled", size[0], size[1])
		filled(t).to("next_step").golden("scrolled", size[0], min(size[1], 18))
		open(t, "clerks", nil).golden("empty", size[0], size[1])
	}
	filled(t).golden("low", 80, 10)
	filled(t).to("note").golden("low-note", 80, 10)
	filled(t).to("status").golden("choice", 80, 12)
	filled(t).to("area").golden("choice", 60, 12)
	filled(t).to("contact").types("dan").keys("down").golden("lookup", 80, 12)
	filled(t).to("lead").types("zzz").golden("lookup-none", 80, 12)
	filled(t).to("start").types("tue").golden("understood", 80, 18)
	filled(t).to("start").types("soonish").keys("tab").golden("wrong", 80, 18)
	filled(t).to("start").types("soonish").keys("tab").golden("wrong", 160, 18)
	filled(t).to("sharers").keys("tab").types("half").keys("tab", "tab", "tab").golden("rows", 80, 20)
	filled(t).to("note").keys("f4", "up").golden("editor", 80, 10)
	open(t, "clerks", nil).to("roles").types("it").keys("enter").golden("words", 80, 14)
	bulk := open(t, "clerks", func(_ *desk, o *Options) { o.Bulk = true })
	bulk.to("title").types("x").keys("backspace").to("dept").types("Parks").keys("tab").golden("bulk", 80, 20)
	d := open(t, "clerks", nil).types("Ann Cole")
	d.SetProblems(failure.Problems{{Field: "email", Message: "somebody else has this address"},
		{Message: "the record has moved on"},
		{Message: "and again"}, {Message: "and again", Warning: true}})
	d.golden("problems", 80, 20)
}

func TestLongTextScrollsAroundTheCursor(t *testing.T) {
	d := open(t, "jobs", nil).types("A name that is far too long for the field it stands in, as names are, but typed " +
		"in full all the same")
	d.golden("long-end", 80, 8)
	d.keys("left", "left", "left", "left", "left", "left", "left", "left", "left", "left").golden("long-left", 80, 8)
	d.keys("home").golden("long-home", 80, 8)
}

// click clicks at the first place where the picture holds a text, some columns in.
func (d *desk) click(text string, in int) *desk {
	d.t.Helper()
	for y, line := range strings.Split(ansi.Strip(d.frame.String()), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			d.frame.Mouse(tea.MouseClickMsg{X: ansi.StringWidth(line[:i]) + in, Y: y, Button: tea.MouseLeft})
			d.draw()
			return d
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.frame.String())
	return d
}

func (d *desk) wheel(b tea.MouseButton) *desk {
	d.frame.Mouse(tea.MouseWheelMsg{X: 10, Y: 1, Button: b})
	d.draw()
	return d
}

func TestMouse(t *testing.T) {
	d := filled(t).click("Start", 3).at("start").click("Raytown", 2).at("lead")
	d.click("Joint super", 5).at("name").click("Joint super", 5).types("X").holds("name", "JointX supervisory training")
	d.click("Status", 0).at("status").click(" Done ", 2).holds("status", "done").at("status")
	d.click("25%", 0).at("sharers")
	if d.at_() != (spot{7, 0, 1}) {
		t.Errorf("keys at %+v", d.at_())
	}
	d.click("A long line", 3).at("note").click("A long line", 3).types("X")
	if !strings.Contains(d.Value("note"), "A lXong line") {
		t.Errorf("note %q", d.Value("note"))
	}
	d.to("contact").types("dan").click("Dan Olson", 1).holds("contact", "Dan Olson #2")
	d.to("lead").types("Belton").click("+ add", 1)
	if len(d.added) != 1 {
		t.Error("a click does not add")
	}
}

func TestMouseInABulkQuestion(t *testing.T) {
	open(t, "clerks", nil).click("Left service", 1).at("left").click("Left service", 1).holds("left", "yes")
}

func TestWheelMovesFromFieldToField(t *testing.T) {
	d := open(t, "clerks", nil).wheel(tea.MouseWheelDown).wheel(tea.MouseWheelDown).at("dept").wheel(tea.MouseWheelUp).
		at("town")
	d.to("roles").shows("│ City manager")
	d.frame.Mouse(tea.MouseWheelMsg{X: 25, Y: 8, Button: tea.MouseWheelDown})
	d.draw()
	d.at("roles").shows("│›City manager")
}

func TestRightClickDoesNothing(t *testing.T) {
	d := filled(t)
	d.frame.Mouse(tea.MouseClickMsg{X: 30, Y: 5, Button: tea.MouseRight})
	d.frame.Mouse(tea.MouseClickMsg{X: 30, Y: 29, Button: tea.MouseLeft})
	d.at("name")
}
