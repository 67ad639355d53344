package chart

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"interlocal/tui/frame"
)

var update = flag.Bool("update", false, "write the golden files anew")

// drawn returns one row of w columns on which something has been drawn.
func drawn(w int, draw func(*frame.Frame)) string {
	f := frame.New()
	f.Reset(w, 1)
	draw(f)
	return ansi.Strip(f.String())
}

func TestBar(t *testing.T) {
	nan := math.NaN()
	cases := []struct {
		frac        float64
		want, ascii string
	}{
		{0, "░░░░", "----"},
		{-1, "░░░░", "----"},
		{math.Inf(-1), "░░░░", "----"},
		{0.0001, "▏░░░", "#---"},
		{0.25, "█░░░", "#---"},
		{0.5, "██░░", "##--"},
		{0.53, "██▏░", "##--"},
		{0.9999, "███▉", "###-"},
		{1, "████", "####"},
		{7, "████", "####"},
		{math.Inf(1), "████", "####"},
		{nan, "┄┄┄┄", "????"},
	}
	for _, c := range cases {
		if got := drawn(4, func(f *frame.Frame) { Bar(f, 0, 0, 4, c.frac, Style{}) }); got != c.want {
			t.Errorf("a bar of %v is %q, want %q", c.frac, got, c.want)
		}
		if got := drawn(4, func(f *frame.Frame) { Bar(f, 0, 0, 4, c.frac, Style{ASCII: true}) }); got != c.ascii {
			t.Errorf("in ASCII a bar of %v is %q, want %q", c.frac, got, c.ascii)
		}
	}
	if got := drawn(3, func(f *frame.Frame) { Bar(f, 0, 0, 0, 1, Style{}); Bar(f, 0, 0, -5, 1, Style{}) }); got !=
		"   " {
		t.Errorf("a bar without width is %q", got)
	}
}

func TestMeter(t *testing.T) {
	cases := []struct {
		w    int
		want string
	}{
		{10, "██▌░░  50%"},
		{8, "█▌░  50%"},
		{7, "    50%"},
		{6, "   50%"},
		{2, "5…"},
	}
	for _, c := range cases {
		if got := drawn(c.w, func(f *frame.Frame) { Gauge(f, 0, 0, c.w, 0.5, "50%", Style{}) }); got != c.want {
			t.Errorf("a meter of %d columns is %q, want %q", c.w, got, c.want)
		}
	}
}

func TestHeat(t *testing.T) {
	var got []string
	for level := 0; level <= 7; level++ {
		got = append(got, drawn(3, func(f *frame.Frame) { Heat(f, 0, 0, 3, strconv.Itoa(level), level, 7, Style{}) }))
	}
	want := "0  |1··|2··|3░░|4▒▒|5▒▒|6▓▓|7██"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("the levels are %s, want %s", s, want)
	}
	if got := drawn(3, func(f *frame.Frame) { Heat(f, 0, 0, 3, "9", 9, 7, Style{ASCII: true}) }); got != "9##" {
		t.Errorf("a level beyond the last is %q", got)
	}
	if got := drawn(3, func(f *frame.Frame) { Heat(f, 0, 0, 3, "1", 1, 1, Style{}) }); got != "1··" {
		t.Errorf("the only level is %q", got)
	}
}

// TestColumns holds every chart to the columns it was given.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(-1, 20).Draw(t, "w")
		frac := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()), rapid.Just(math.Inf(1))).Draw(t, "frac")
		st := Style{ASCII: rapid.Bool().Draw(t, "ascii")}
		figure := rapid.SampledFrom([]string{"", "50%", "not recorded", "世界"}).Draw(t, "figure")
		for name, draw := range map[string]func(*frame.Frame){
			"bar":   func(f *frame.Frame) { Bar(f, 5, 0, w, frac, st) },
			"meter": func(f *frame.Frame) { Gauge(f, 5, 0, w, frac, figure, st) },
			"heat":  func(f *frame.Frame) { Heat(f, 5, 0, w, figure, int(frac), 7, st) },
		} {
			f := frame.New()
			f.Reset(30, 1)
			draw(f)
			if x, _ := f.Pen(); w > 0 && x != 5+w {
				t.Fatalf("%s of %d columns took %d", name, w, x-5)
			}
			row := []rune(ansi.Strip(f.String()))
			if strings.TrimSpace(string(row[:5])) != "" || ansi.StringWidth(string(row)) != 30 {
				t.Fatalf("%s is %q", name, string(row))
			}
		}
	})
}

func TestLooks(t *testing.T) {
	f := frame.New()
	f.Reset(44, 14)
	y := 0
	for _, ascii := range []bool{false, true} {
		st := Style{ASCII: ascii}
		for _, c := range []struct {
			frac   float64
			figure string
		}{{0, "0%"}, {0.01, "1%"}, {0.33, "33%"}, {0.62, "62%"}, {1, "100%"}, {math.NaN(), "not recorded"}} {
			Gauge(f, 0, y, 44, c.frac, c.figure, st)
			y++
		}
		for level := range 8 {
			Heat(f, 5*level, y, 4, strconv.Itoa(level), level, 7, st)
		}
		y++
	}
	got := ansi.Strip(f.String()) + "\n"
	path := filepath.Join("testdata", "charts.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the charts look different:\n%s\nwant:\n%s", got, want)
	}
}
