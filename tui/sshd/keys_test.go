package sshd

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"pgregory.net/rapid"
)

// decode takes input in pieces and gives what came of it.
func decode(most int, pieces ...string) (out []string) {
	k := keys{most: most}
	note := func(e uv.Event) { out = append(out, fmt.Sprintf("%T %v", e, e)) }
	for _, p := range pieces {
		k.take([]byte(p), false, note)
	}
	k.take(nil, true, note)
	return out
}

func TestKeysAreWhatTheyWere(t *testing.T) {
	for input, want := range map[string]string{
		"j": "j", "\r": "enter", "\x1b": "esc", "\x1b[A": "up", "\x1bOQ": "f2", "\x7f": "backspace",
		"\x1b[Z": "shift+tab",
		"é":      "é", "世": "世", "\x1bx": "alt+x", "\x15": "ctrl+u", "\x1b[5~": "pgup", "\x1b[H": "home",
		"\x1b[1;5C": "ctrl+right",
	} {
		var got []string
		k := keys{most: 10}
		k.take([]byte(input), true, func(e uv.Event) { got = append(got, e.(uv.KeyPressEvent).String()) })
		if !reflect.DeepEqual(got, []string{want}) {
			t.Errorf("%q is %q, want %q", input, got, want)
		}
	}
}

// TestKeysMayComeInPieces cuts input anywhere: the network does.
func TestKeysMayComeInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"j", "Raytown", "\x1b[A", "\x1bOQ", "\x1b[1;5C", "é世", "\r",
			"\x1b[<0;10;5M",
			"\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b[200~a paste\nof two lines\x1b[201~", "\x1b[?2026;2$y"}), 1, 6).
			Draw(t, "words")
		input := strings.Join(words, "")
		var pieces []string
		for rest := input; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		// An Escape of its own may not be told from the beginning of a sequence
		// across a cut, which is what the wait is for: here nothing is final.
		if got, want := decode(100, pieces...), decode(100, input); !reflect.DeepEqual(got, want) {
			t.Fatalf("in pieces %q:\n%q\nwhole:\n%q", pieces, got, want)
		}
	})
}

func TestAPasteIsCutAndEndsWhereItEnds(t *testing.T) {
	got := decode(5, "\x1b[20", "0~abc", "def", "ghi\x1b[2", "01~j")
	if want := decode(5, "\x1b[200~abcde\x1b[201~j"); !reflect.DeepEqual(got, want) || len(got) != 2 {
		t.Errorf("%q, want %q", got, want)
	}
	k := keys{most: 5}
	k.take([]byte(pasteStart), false, nil)
	for range 1000 {
		k.take([]byte(strings.Repeat("x", 1000)), false, nil)
	}
	if held := cap(k.rest) + cap(k.paste); held > 10_000 {
		t.Errorf("a paste of a megabyte that may hold 5 bytes holds %d", held)
	}
}

func TestAPasteWithoutItsEndEndsByEscape(t *testing.T) {
	want := []string{fmt.Sprintf("%T %v", uv.PasteEvent{}, uv.PasteEvent{Content: "Oak\nStreet"})}
	for _, escape := range []string{"\x1b", "\x1b\x1b", "\x1b[27u"} {
		if got := decode(100, "\x1b[200~Oak\n", "Street", escape); !reflect.DeepEqual(got, want) {
			t.Errorf("%q gives %q, want %q", escape, got, want)
		}
	}
	k := keys{most: 100}
	k.take([]byte("\x1b[200~Oak\x1b"), false, nil)
	if !k.pasting || !k.open() {
		t.Error("an escape that may begin the end of the paste is not waited on")
	}
	k.take([]byte("[2"), false, nil)
	if !k.pasting || k.open() {
		t.Error("the end of a paste that has begun is waited on for a short time only")
	}
	var after []string
	k.take([]byte("01~j"), false, func(e uv.Event) { after = append(after, fmt.Sprintf("%T %v", e, e)) })
	if k.pasting || len(after) != 2 {
		t.Errorf("after the end %q", after)
	}
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"", "j", "\x1b[200~x\x1b[201~", "\x1b]11;", "\x1bP", "\x1b[<0;1;1M", "\xff\xfe",
		"\x1b[200~\x1b[200~", "\x1b_x\x1b\\"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, cut int) {
		k := keys{most: 100}
		cut = min(max(cut, 0), len(s))
		k.take([]byte(s[:cut]), false, func(uv.Event) {})
		if !k.pasting && len(k.rest) > longestSequence+len(s) {
			t.Errorf("%d bytes wait", len(k.rest))
		}
		k.take([]byte(s[cut:]), true, func(uv.Event) {})
		if !k.pasting && len(k.rest) > 0 {
			t.Errorf("%q is left of %q", k.rest, s)
		}
	})
}

// A stream that never ends a sequence is not kept for ever.
func TestAnEndlessSequenceIsDropped(t *testing.T) {
	k := keys{most: 100}
	for range 1000 {
		k.take([]byte("\x1b]"+strings.Repeat("x", 100)), false, func(uv.Event) {})
		if len(k.rest) > 2*longestSequence {
			t.Fatalf("%d bytes wait for an end", len(k.rest))
		}
	}
}

func TestKeysAreTakenAtAHumanPace(t *testing.T) {
	var a allowance
	now := noon()
	if w := a.wait(now, burst, false); w != 0 {
		t.Errorf("a page waits %v", w)
	}
	if w := a.wait(now, perSecond, false); w != time.Second {
		t.Errorf("a second's worth more waits %v", w)
	}
	if w := a.wait(now.Add(time.Hour), 10, false); w != 0 {
		t.Errorf("after an hour a key waits %v", w)
	}
	a = allowance{}
	if w := a.wait(now, 1<<20, true); w != 0 {
		t.Errorf("a megabyte of a marked paste waits %v", w)
	}
}

func TestACommandLineIsSplitAsAShellWould(t *testing.T) {
	for line, want := range map[string][]string{
		"":                      nil,
		" list  people ":        {"list", "people"},
		`list people "a b" 'c'`: {"list", "people", "a b", "c"},
		`a\ b "c\"d" 'e\f' ''`:  {"a b", `c"d`, `e\f`, ""},
		`owner:"dump truck"`:    {"owner:dump truck"},
	} {
		if got, err := split(line); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %q, %v; want %q", line, got, err, want)
		}
	}
	for _, line := range []string{`"a`, `'`, `a\`} {
		if _, err := split(line); err == nil {
			t.Errorf("%s is taken", line)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("a", "b c")
	f.Add("it's", "\\\"$x`")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			t.Skip("not text")
		}
		if got, err := split(Quote([]string{a, b})); err != nil || !reflect.DeepEqual(got, []string{a, b}) {
			t.Errorf("%q and %q come back as %q, %v", a, b, got, err)
		}
	})
}
