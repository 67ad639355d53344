package theme

import (
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// backgrounds are what terminals are commonly set to, on which words must stay
// readable.
func backgrounds(dark bool) []color.Color {
	if dark {
		return []color.Color{black, rgb(0x1e1e1e), rgb(0x282c34), rgb(0x002b36)}
	}
	return []color.Color{white, rgb(0xfafafa), rgb(0xfdf6e3)}
}

// coloured lists the options under which a theme chooses its own colours.
func coloured() []Options {
	var out []Options
	for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
		for _, dark := range []bool{true, false} {
			for _, contrast := range []bool{true, false} {
				out = append(out, Options{Dark: dark, Contrast: contrast, Profile: p})
			}
		}
	}
	return out
}

func TestContrast(t *testing.T) {
	for _, opts := range coloured() {
		p := paletteFor(opts)
		for n, s := range p.specs {
			if !name(n).isWords() {
				continue
			}
			if s.bg == nil {
				for _, bg := range backgrounds(opts.Dark) {
					checkRatio(t, opts, fmt.Sprintf("ink %d on %v", n, bg), p.convert(p.fit(name(n), s)), bg, p.least)
				}
			}
			checkSpec(t, opts, p, fmt.Sprintf("ink %d", n), s)
			for _, g := range groundNames {
				checkSpec(t, opts, p, fmt.Sprintf("ink %d over %d", n, g), p.over(p.specs[g], s))
			}
		}
	}
}

// checkSpec checks a spec that brings its background.
func checkSpec(t *testing.T, opts Options, p palette, what string, s spec) {
	t.Helper()
	if s.bg == nil {
		return
	}
	fg := s.fg
	if fg == nil {
		fg = p.text
	}
	checkRatio(t, opts, what, p.convert(p.fit(nameText, spec{fg: fg, bg: s.bg})), p.convert(s.bg), p.least)
	if s.fg == nil {
		checkRatio(t, opts, what+" (the terminal's own text)", p.text, p.convert(s.bg), p.least)
	}
}

// checkRatio fails when two colours are too close.
func checkRatio(t *testing.T, opts Options, what string, fg, bg color.Color, least float64) {
	t.Helper()
	if fg == nil {
		return
	}
	if r := Ratio(fg, bg); r < least {
		t.Errorf("%+v: %s has a contrast of %.2f, want %.1f", opts, what, r, least)
	}
}

// TestLinesCanBeSeen holds what is drawn rather than written to less: it must
// stand out a little.
func TestLinesCanBeSeen(t *testing.T) {
	for _, opts := range coloured() {
		p := paletteFor(opts)
		least := 1.5
		if opts.Contrast {
			least = 3
		}
		for _, n := range []name{nameFaint, nameBorder, nameBar, nameBarTrack} {
			checkRatio(t, opts, fmt.Sprintf("line %d", n), p.convert(p.specs[n].fg), backgrounds(opts.Dark)[0], least)
		}
		for _, n := range []name{nameSelected, nameSelectedBlur} {
			for _, bg := range backgrounds(opts.Dark)[:2] {
				checkRatio(t, opts, fmt.Sprintf("ground %d", n), p.convert(p.specs[n].bg), bg, 1.15)
			}
		}
		for _, n := range []name{nameSelectedBlur, nameMarked} {
			if p.convert(p.specs[n].bg) == p.convert(p.specs[nameSelected].bg) {
				t.Errorf("%+v: ground %d looks like the selected row", opts, n)
			}
		}
	}
}

// TestBlueAndOrange keeps red against green out of the palette.
func TestBlueAndOrange(t *testing.T) {
	for _, opts := range coloured() {
		if opts.Profile != colorprofile.TrueColor {
			continue
		}
		p := paletteFor(opts)
		for n, s := range p.specs {
			for _, c := range []color.Color{s.fg, s.bg} {
				if c == nil {
					continue
				}
				hue, chroma := hue(c)
				if chroma > 0.2 && !(hue >= 12 && hue <= 60) && !(hue >= 180 && hue <= 260) {
					t.Errorf("%+v: ink %d has the hue %.0f", opts, n, hue)
				}
			}
		}
	}
}

// hue returns the hue of a colour in degrees and how strong it is.
func hue(c color.Color) (hue, chroma float64) {
	r16, g16, b16, _ := c.RGBA()
	r, g, b := float64(r16)/0xffff, float64(g16)/0xffff, float64(b16)/0xffff
	high, low := max(r, g, b), min(r, g, b)
	if chroma = high - low; chroma == 0 {
		return 0, 0
	}
	switch high {
	case r:
		hue = math.Mod((g-b)/chroma+6, 6)
	case g:
		hue = (b-r)/chroma + 2
	default:
		hue = (r-g)/chroma + 4
	}
	return hue * 60, chroma
}

func TestRatio(t *testing.T) {
	if r := Ratio(black, white); math.Abs(r-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", r)
	}
	if r := Ratio(rgb(0x767676), white); math.Abs(r-4.54) > 0.01 {
		t.Errorf("#767676 on white is %.2f, want 4.54", r)
	}
}

// all returns every ink of a theme, those over grounds included.
func all(th *Theme) []Style {
	var out []Style
	for _, field := range th.fields() {
		out = append(out, *field)
	}
	for _, over := range th.over {
		out = append(out, over[:]...)
	}
	return out
}

func TestInksAreAbsolute(t *testing.T) {
	shape := regexp.MustCompile(`^\x1b\[(0;[0-9;]+)?m$`)
	for _, p := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256,
		colorprofile.TrueColor} {
		for i, k := range all(New(Options{Profile: p})) {
			if !shape.MatchString(k.Open()) {
				t.Errorf("%v: ink %d opens with %q", p, i, k.Open())
			}
		}
	}
}

func TestWithoutColour(t *testing.T) {
	allowed := regexp.MustCompile(`^\x1b\[(0(;[147])+)?m$`)
	th := New(Options{Profile: colorprofile.ASCII})
	for i, k := range all(th) {
		if !allowed.MatchString(k.Open()) {
			t.Errorf("ink %d opens with %q", i, k.Open())
		}
	}
	for _, pair := range [][2]Style{{th.Selected, th.Text}, {th.Selected, th.SelectedBlur}, {th.TabActive, th.TabIdle},
		{th.Alarm, th.Warn},
		{th.Warn, th.Text}, {th.Over(th.Selected, th.Dim), th.Dim}, {th.InputFocus, th.Input}, {th.Key, th.KeyHelp}} {
		if pair[0].Open() == pair[1].Open() {
			t.Errorf("two inks look the same: %q", pair[0].Open())
		}
	}
	for i, k := range all(New(Options{Profile: colorprofile.NoTTY})) {
		if k.Open() != "" {
			t.Errorf("with no terminal ink %d opens with %q", i, k.Open())
		}
	}
}

func TestOver(t *testing.T) {
	th := New(Options{Dark: true, Profile: colorprofile.TrueColor})
	bg := func(k Style) string {
		_, after, _ := strings.Cut(k.Open(), "48;2;")
		return strings.Join(strings.SplitN(strings.TrimSuffix(after, "m"), ";", 4)[:3], ";")
	}
	over := th.Over(th.Selected, th.Dim)
	if bg(over) != bg(th.Selected) {
		t.Errorf("dim over selected has the background %s, want %s", bg(over), bg(th.Selected))
	}
	if got := th.Over(th.Plain, th.Dim); got != th.Dim {
		t.Errorf("over plain an ink becomes %q", got.Open())
	}
	if got := th.Over(th.Selected, th.BadgeWarn); bg(got) != bg(th.BadgeWarn) {
		t.Errorf("a badge loses its background: %q", got.Open())
	}
	if got := th.Over(th.Selected, Style{}); bg(got) != bg(th.Selected) {
		t.Errorf("the zero ink over selected is %q", got.Open())
	}
	if n := testing.AllocsPerRun(100, func() { th.Over(th.Selected, th.Dim) }); n != 0 {
		t.Errorf("Over costs %v allocations", n)
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(Options{Dark: true, Profile: colorprofile.TrueColor})
	}
}
