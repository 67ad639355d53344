package theme

import "github.com/charmbracelet/x/ansi"

// dark is for dark backgrounds: cool greys, a clear sky blue, amber and a warm
// orange.
func dark() colours {
	return colours{
		dim:          rgb{0x9f, 0xab, 0xbd},
		faint:        rgb{0x5b, 0x67, 0x78},
		border:       rgb{0x4b, 0x57, 0x69},
		accent:       rgb{0x7c, 0xb7, 0xff},
		good:         rgb{0x6f, 0xd3, 0xe3},
		info:         rgb{0xa9, 0xc4, 0xee},
		warn:         rgb{0xf5, 0xb8, 0x5c},
		alarm:        rgb{0xff, 0x97, 0x66},
		onAccent:     rgb{0x08, 0x16, 0x2b},
		onWarn:       rgb{0x24, 0x14, 0x02},
		badge:        rgb{0x3a, 0x47, 0x5c},
		header:       rgb{0x1c, 0x26, 0x36},
		toast:        rgb{0x22, 0x30, 0x47},
		mark:         rgb{0x1d, 0x2f, 0x49},
		selected:     rgb{0x1d, 0x4a, 0x82},
		selectedBlur: rgb{0x33, 0x3c, 0x4b},
		input:        rgb{0x25, 0x2c, 0x38},
		inputFocus:   rgb{0x1f, 0x38, 0x5c},
		inputText:    rgb{0xf4, 0xf7, 0xfb},
		track:        rgb{0x46, 0x51, 0x62},
	}
}

// light is for light backgrounds: slate greys, a deep blue, burnt orange.
func light() colours {
	return colours{
		dim:          rgb{0x51, 0x5c, 0x6b},
		faint:        rgb{0x96, 0xa1, 0xb0},
		border:       rgb{0xa8, 0xb3, 0xc2},
		accent:       rgb{0x0a, 0x53, 0xb8},
		good:         rgb{0x05, 0x60, 0x75},
		info:         rgb{0x35, 0x55, 0x8a},
		warn:         rgb{0x8f, 0x4a, 0x00},
		alarm:        rgb{0xb2, 0x34, 0x06},
		onAccent:     rgb{0xff, 0xff, 0xff},
		onWarn:       rgb{0xff, 0xff, 0xff},
		badge:        rgb{0xd3, 0xdd, 0xea},
		header:       rgb{0xe6, 0xed, 0xf6},
		toast:        rgb{0xdf, 0xe9, 0xf7},
		mark:         rgb{0xe4, 0xee, 0xfc},
		selected:     rgb{0xbf, 0xd9, 0xfb},
		selectedBlur: rgb{0xe2, 0xe6, 0xec},
		input:        rgb{0xee, 0xf1, 0xf5},
		inputFocus:   rgb{0xd9, 0xe7, 0xfb},
		inputText:    rgb{0x0b, 0x16, 0x24},
		track:        rgb{0xc3, 0xcc, 0xd8},
	}
}

// contrastDark is the high-contrast palette for dark backgrounds.
func contrastDark() colours {
	c := dark()
	c.dim = rgb{0xe3, 0xe8, 0xef}
	c.faint = rgb{0xc2, 0xca, 0xd6}
	c.border = rgb{0xc2, 0xca, 0xd6}
	c.accent = rgb{0xb3, 0xd7, 0xff}
	c.good = rgb{0xa6, 0xec, 0xf7}
	c.info = rgb{0xd3, 0xe3, 0xff}
	c.warn = rgb{0xff, 0xd8, 0x9a}
	c.alarm = rgb{0xff, 0xc9, 0xa8}
	c.onAccent, c.onWarn = black, black
	c.selected = rgb{0xff, 0xff, 0xff}
	c.inputText = rgb{0xff, 0xff, 0xff}
	c.track = rgb{0x8b, 0x95, 0xa5}
	return c
}

// contrastLight is the high-contrast palette for light backgrounds.
func contrastLight() colours {
	c := light()
	c.dim = rgb{0x26, 0x2d, 0x36}
	c.faint = rgb{0x45, 0x4f, 0x5c}
	c.border = rgb{0x45, 0x4f, 0x5c}
	c.accent = rgb{0x03, 0x37, 0x80}
	c.good = rgb{0x02, 0x40, 0x4f}
	c.info = rgb{0x1d, 0x38, 0x66}
	c.warn = rgb{0x5c, 0x2e, 0x00}
	c.alarm = rgb{0x7a, 0x1f, 0x00}
	c.selected = rgb{0x00, 0x00, 0x00}
	c.inputText = rgb{0x00, 0x00, 0x00}
	c.track = rgb{0x6c, 0x77, 0x86}
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
