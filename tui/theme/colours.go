package theme

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// dark is for dark backgrounds: cool greys, a clear sky blue, amber and a warm
// orange.
func dark() colours {
	return colours{
		dim:          rgb(0x9fabbd),
		faint:        rgb(0x5b6778),
		border:       rgb(0x4b5769),
		accent:       rgb(0x7cb7ff),
		good:         rgb(0x6fd3e3),
		info:         rgb(0xa9c4ee),
		warn:         rgb(0xf5b85c),
		alarm:        rgb(0xff9766),
		onAccent:     rgb(0x08162b),
		onWarn:       rgb(0x241402),
		badge:        rgb(0x3a475c),
		header:       rgb(0x1c2636),
		toast:        rgb(0x223047),
		mark:         rgb(0x1d2f49),
		selected:     rgb(0x1d4a82),
		selectedBlur: rgb(0x333c4b),
		input:        rgb(0x252c38),
		inputFocus:   rgb(0x1f385c),
		inputText:    rgb(0xf4f7fb),
		track:        rgb(0x465162),
	}
}

// light is for light backgrounds: slate greys, a deep blue, burnt orange.
func light() colours {
	return colours{
		dim:          rgb(0x515c6b),
		faint:        rgb(0x96a1b0),
		border:       rgb(0xa8b3c2),
		accent:       rgb(0x0a53b8),
		good:         rgb(0x056075),
		info:         rgb(0x35558a),
		warn:         rgb(0x8f4a00),
		alarm:        rgb(0xb23406),
		onAccent:     rgb(0xffffff),
		onWarn:       rgb(0xffffff),
		badge:        rgb(0xd3ddea),
		header:       rgb(0xe6edf6),
		toast:        rgb(0xdfe9f7),
		mark:         rgb(0xe4eefc),
		selected:     rgb(0xbfd9fb),
		selectedBlur: rgb(0xe2e6ec),
		input:        rgb(0xeef1f5),
		inputFocus:   rgb(0xd9e7fb),
		inputText:    rgb(0x0b1624),
		track:        rgb(0xc3ccd8),
	}
}

// contrastDark is the high-contrast palette for dark backgrounds.
func contrastDark() colours {
	c := dark()
	c.dim = rgb(0xe3e8ef)
	c.faint = rgb(0xc2cad6)
	c.border = rgb(0xc2cad6)
	c.accent = rgb(0xb3d7ff)
	c.good = rgb(0xa6ecf7)
	c.info = rgb(0xd3e3ff)
	c.warn = rgb(0xffd89a)
	c.alarm = rgb(0xffc9a8)
	c.onAccent, c.onWarn = black, black
	c.selected = rgb(0xffffff)
	c.inputText = rgb(0xffffff)
	c.track = rgb(0x8b95a5)
	return c
}

// contrastLight is the high-contrast palette for light backgrounds.
func contrastLight() colours {
	c := light()
	c.dim = rgb(0x262d36)
	c.faint = rgb(0x454f5c)
	c.border = rgb(0x454f5c)
	c.accent = rgb(0x033780)
	c.good = rgb(0x02404f)
	c.info = rgb(0x1d3866)
	c.warn = rgb(0x5c2e00)
	c.alarm = rgb(0x7a1f00)
	c.selected = rgb(0x000000)
	c.inputText = rgb(0x000000)
	c.track = rgb(0x6c7786)
	return c
}

// indexed replaces what comes out wrong when it is fitted to 256 colours, where
// the nearest match for a dark grey-blue is a loud navy or teal: grounds and
// quiet words take the grey ramp instead.
func indexed(c colours, opts Options) colours {
	at := func(i uint8) color.Color { return ansi.IndexedColor(i) }
	if opts.Dark {
		c.header, c.toast, c.mark, c.input = at(235), at(236), at(236), at(235)
		c.inputFocus, c.selectedBlur = at(237), at(238)
		if !opts.Contrast {
			c.dim, c.faint, c.border, c.track = at(247), at(242), at(240), at(238)
		}
		return c
	}
	c.header, c.toast, c.mark, c.input = at(254), at(254), at(255), at(255)
	c.inputFocus, c.selectedBlur = at(254), at(252)
	c.dim, c.faint, c.border, c.info = at(239), at(246), at(248), at(25)
	if opts.Contrast {
		c.dim, c.faint, c.border, c.info = at(235), at(239), at(239), at(24)
	}
	return c
}

// basic uses the sixteen colours that the owner of the terminal has chosen.
func basic(dark bool) colours {
	c := colours{
		dim: ansi.White, faint: ansi.BrightBlack, border: ansi.BrightBlack,
		accent: ansi.BrightBlue, good: ansi.BrightCyan, info: ansi.BrightCyan,
		warn: ansi.Yellow, alarm: ansi.BrightYellow,
		onAccent: ansi.Black, onWarn: ansi.Black, badge: ansi.BrightBlack,
		header: nil, toast: nil, mark: nil,
		selected: ansi.Blue, selectedBlur: ansi.BrightBlack,
		input: nil, inputFocus: nil, inputText: ansi.BrightWhite,
		track: ansi.BrightBlack,
	}
	if !dark {
		c.dim, c.inputText = ansi.BrightBlack, ansi.Black
		c.accent, c.good, c.info = ansi.Blue, ansi.Cyan, ansi.Blue
		c.warn, c.alarm = ansi.Magenta, ansi.Magenta
		c.onAccent, c.onWarn = ansi.BrightWhite, ansi.BrightWhite
		c.badge, c.selected, c.selectedBlur = ansi.White, ansi.Cyan, ansi.White
	}
	return c
}
