package form

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/text"
)

func TestSeveralLines(t *testing.T) {
	d := open(t, "jobs", nil).to("note").types("One").keys("f4", "enter").types("Two").keys("enter", "enter").
		types("Three")
	d.holds("note", "One\nTwo\n\nThree").at("note").shows("Note")
	d.keys("up", "up", "home").types("x").holds("note", "One\nxTwo\n\nThree")
	d.keys("esc").at("note")
	if d.left != 0 {
		t.Error("Esc closes the editor, not the form")
	}
	d.keys("up", "end").types("y").holds("note", "Oney\nxTwo\n\nThree").keys("up").at("ideas")
	d.to("note").keys("up", "down").at("note").keys("down").at("next_step")
	d.keys("f2")
	if d.saved != nil {
		t.Error("saved without a name")
	}
}

func TestEnterInTheFormGoesOnFromSeveralLines(t *testing.T) {
	open(t, "jobs", nil).to("ideas").types("One").keys("enter").at("note").holds("ideas", "One")
}

func TestPasteIntoSeveralLines(t *testing.T) {
	d := open(t, "jobs", nil).to("note").paste("One\r\nTwo\x1b[2J\u2028Three\n").holds("note", "One\nTwo\nThree")
	d.types("\u202e").keys("f2")
	if strings.ContainsRune(d.Value("note"), '\u202e') {
		t.Error("hidden characters were kept")
	}
}

func TestSaveFromTheEditor(t *testing.T) {
	d := open(t, "jobs", func(_ *desk, o *Options) {
		o.Record = &job{ID: 1, Name: "Joint", Status: "active"}
	}).to("note").keys("f4").types("Hello").keys("enter", "f2")
	if len(d.saved) != 1 || d.saved[0].(*job).Note != "Hello" {
		t.Errorf("saved %+v", d.saved)
	}
}

func TestEditingSeveralLines(t *testing.T) {
	for _, c := range []struct {
		keys string
		want string // with the cursor as a bar
	}{
		{"", "one two\nthree|"},
		{"home", "one two\n|three"},
		{"ctrl+a ctrl+k", "one two\n|"},
		{"ctrl+u", "one two\n|"},
		{"ctrl+u ctrl+u", "one two|"},
		{"home backspace", "one two|three"},
		{"home left delete", "one two|three"},
		{"home left ctrl+k", "one two|three"},
		{"home left left ctrl+k", "one tw|\nthree"},
		{"ctrl+left", "one two\n|three"},
		{"ctrl+left ctrl+left", "one |two\nthree"},
		{"ctrl+left ctrl+left ctrl+right", "one two|\nthree"},
		{"left left x", "one two\nthrx|ee"},
		{"right right", "one two\nthree|"},
		{"home left end", "one two|\nthree"},
		{"home delete", "one two\n|hree"},
	} {
		var a area
		a.load("one two\nthree")
		for k := range strings.FieldsSeq(c.keys) {
			a.press(press(k))
		}
		if got := string(a.runes[:a.pos]) + "|" + string(a.runes[a.pos:]); got != c.want {
			t.Errorf("%s: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestUpAndDownKeepTheColumn(t *testing.T) {
	var a area
	a.load("a long first line\nshort\nanother long line")
	a.vertical(40, true)
	a.vertical(40, true)
	if a.pos != len("a long first line") {
		t.Errorf("at %d: the column is lost on the way over a short line", a.pos)
	}
	if a.vertical(40, true) {
		t.Error("there is no line above the first")
	}
}

// Lines hold the whole text in order, fit, and break words only when they must;
// the cursor is on exactly one of them, whichever way it came.
func TestWrap(t *testing.T) {
	alphabet := []rune("ab  \n市é\u0301👩‍👩-")
	rapid.Check(t, func(t *rapid.T) {
		var a area
		a.meter = rapid.SampledFrom([]text.Measure{text.ByRune, text.ByCluster}).Draw(t, "meter")
		a.load(string(rapid.SliceOf(rapid.SampledFrom(alphabet)).Draw(t, "text")))
		w := rapid.IntRange(2, 20).Draw(t, "width")
		spans := a.wrap(w)
		at := 0
		for i, s := range spans {
			line := string(a.runes[s.from:s.to])
			if n := a.meter.Width(strings.TrimRight(line, " ")); n > w && len([]rune(line)) > 1 &&
				!strings.ContainsRune(line, '\u200d') {
				t.Fatalf("line %q has %d columns of %d", line, n, w)
			}
			if i > 0 && at < s.from {
				if at++; a.runes[at-1] != '\n' {
					t.Fatalf("%q is lost before line %d", a.runes[at-1], i)
				}
			}
			if s.from != at {
				t.Fatalf("line %d begins at %d, want %d", i, s.from, at)
			}
			at = s.to
		}
		if at != len(a.runes) {
			t.Fatalf("%d of %d characters shown", at, len(a.runes))
		}
		a.pos = rapid.IntRange(0, len(a.runes)).Draw(t, "cursor")
		line, _ := a.where(spans)
		if s := spans[line]; a.pos < s.from || a.pos > s.to {
			t.Fatalf("cursor %d on line %+v", a.pos, s)
		}
		up := rapid.Bool().Draw(t, "up")
		if a.vertical(w, up) {
			now, _ := a.where(spans)
			if want := map[bool]int{true: line - 1, false: line + 1}[up]; now != want {
				t.Fatalf("from line %d to %d, want %d", line, now, want)
			}
		}
	})
}
