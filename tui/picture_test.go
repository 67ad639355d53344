package tui

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/text"
)

// Cell size, in pixels, of the pictures in the README.
const (
	cellW = 8.43 // of DejaVu Sans Mono at 14 pixels
	cellH = 18
)

// TestPictures draws the README's pictures from the real screens. With -update
// it writes them; without, it fails when a screen has changed since.
func TestPictures(t *testing.T) {
	for _, p := range []struct {
		name string
		w, h int
		keys []string
		dark bool
	}{
		{"overview", 120, 32, nil, true},
		{"people", 120, 32, []string{"g", "p", "right", "down", "down"}, true},
		{"form", 100, 30, []string{"g", "r", "e", "tab"}, true},
		{"palette", 100, 26, []string{":", "d", "u", "m", "p"}, true},
		{"board", 120, 32, []string{"g", "s", ">", "down"}, true},
		{"timeline", 120, 32, []string{"g", "e", ">", ">", "down", "right"}, true},
		{"yard", 120, 26, []string{"g", "e", ">", ">", ">"}, false},
		{"prices", 120, 26, []string{"g", "b", ">", ">", ">"}, true},
		{"answer", 120, 30, []string{"g", "c", "4", "3"}, true},
		{"heatmap", 120, 30, []string{"g", "c", ">", "down", "down"}, true},
		{"meeting", 120, 28, typed("g m f enter down enter esc b ; #The_brine_maker_is_ready enter ! " +
			"#Fill_the_tanks_on_Friday enter " +
			"@ #tessa:_call_the_plant_by_fri enter n & #tessa/owen:_lend_inspectors_after_storms enter y y r = "),
			true},
		{"light", 120, 32, []string{"g", "e", "right"}, false},
	} {
		r := play(t, story(t), dana(), p.w, p.h)
		if !p.dark {
			r.send(tea.BackgroundColorMsg{Color: white{}})
		}
		r.press(p.keys...)
		got := svg(r.s.View().Content, p.w, p.h, p.dark)
		path := filepath.Join("..", ".pictures", p.name+".svg")
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != got {
			t.Errorf("%s is not what the screen shows now; run go test ./tui -run Pictures -update (%v)", path, err)
		}
	}
}

// typed makes keys of words: names of keys, and after # text with _ for blanks.
func typed(script string) []string {
	var keys []string
	for _, word := range strings.Fields(script) {
		text, ok := strings.CutPrefix(word, "#")
		if !ok {
			keys = append(keys, word)
			continue
		}
		for _, c := range text {
			if c == '_' {
				keys = append(keys, "space")
			} else {
				keys = append(keys, string(c))
			}
		}
	}
	return keys
}

// white is the colour of a light terminal.
type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

// svg draws a finished frame. It understands exactly what inks write.
func svg(content string, w, h int, dark bool) string {
	fg, bg := "#e6e9ef", "#15181d"
	if !dark {
		fg, bg = "#1b1f24", "#ffffff"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d">`+"\n",
		float64(w)*cellW+24, h*cellH+24, float64(w)*cellW+24, h*cellH+24)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", bg)
	b.WriteString(`<g font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="14" xml:space="preserve">` +
		"\n")
	for y, line := range strings.Split(content, "\n") {
		drawLine(&b, line, y, fg)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// pen is how the following cells are written.
type pen struct {
	fg, bg string
	bold   bool
	under  bool
}

func drawLine(b *strings.Builder, line string, y int, fg string) {
	p, x := pen{}, 0
	for line != "" {
		if strings.HasPrefix(line, "\x1b[") {
			end := strings.IndexByte(line, 'm')
			p = penOf(line[2:end])
			line = line[end+1:]
			continue
		}
		run := line
		if i := strings.IndexByte(line, 0x1b); i >= 0 {
			run = line[:i]
		}
		line = line[len(run):]
		w := text.Width(run)
		left, top := 12+float64(x)*cellW, 12+y*cellH
		if p.bg != "" {
			fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top,
				float64(w)*cellW, cellH, p.bg)
		}
		if strings.TrimSpace(run) != "" {
			drawRun(b, p, run, left, top, float64(w)*cellW, fg)
		}
		x += w
	}
}

func drawRun(b *strings.Builder, p pen, run string, left float64, top int, width float64, fg string) {
	if p.fg != "" {
		fg = p.fg
	}
	style := ""
	if p.bold {
		style += ` font-weight="bold"`
	}
	if p.under {
		style += ` text-decoration="underline"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		left, top+13, width, fg, style, html.EscapeString(run))
}

// penOf reads the parameters of an ink's escape sequence.
func penOf(params string) pen {
	var p pen
	parts := strings.Split(params, ";")
	for i := 0; i < len(parts); i++ {
		switch parts[i] {
		case "1":
			p.bold = true
		case "4":
			p.under = true
		case "38", "48":
			if i+4 >= len(parts) {
				return p
			}
			var c [3]int
			for j := range c {
				c[j], _ = strconv.Atoi(parts[i+2+j])
			}
			colour := fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
			if parts[i] == "38" {
				p.fg = colour
			} else {
				p.bg = colour
			}
			i += 4
		}
	}
	return p
}
