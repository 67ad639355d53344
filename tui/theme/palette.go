package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// spec is what an ink should look like before it is fitted to the terminal. A
// nil colour is the terminal's own.
type spec struct {
	fg, bg    color.Color
	bold      bool
	underline bool
	reverse   bool
}

// palette is one set of specs with what is known about the terminal.
type palette struct {
	specs   [names]spec
	profile colorprofile.Profile
	text    color.Color // the terminal's own text, as far as it can be assumed
	paper   color.Color // the least helpful background that is common
	least   float64     // the contrast that words must have
}

// colours are the hues a palette is painted from.
type colours struct {
	dim, faint, border           color.Color
	accent, good, info           color.Color
	warn, alarm                  color.Color
	onAccent, onWarn             color.Color
	badge                        color.Color
	header, toast, mark          color.Color
	selected, selectedBlur       color.Color
	input, inputFocus, inputText color.Color
	track                        color.Color
}

// paletteFor picks the palette that suits a terminal.
func paletteFor(opts Options) palette {
	p := palette{profile: opts.Profile, text: white, paper: rgb(0x282c34), least: 4.5}
	if !opts.Dark {
		p.text, p.paper = black, rgb(0xfdf6e3)
	}
	if opts.Contrast {
		p.least = 7
	}
	switch {
	case opts.Profile <= colorprofile.ASCII:
		p.specs = colourless()
	case opts.Profile == colorprofile.ANSI:
		p.specs = paint(basic(opts.Dark))
	case opts.Profile == colorprofile.ANSI256:
		p.specs = paint(indexed(coloursFor(opts), opts))
	default:
		p.specs = paint(coloursFor(opts))
	}
	return p
}

// coloursFor picks the colours by background and contrast.
func coloursFor(opts Options) colours {
	switch {
	case opts.Contrast && opts.Dark:
		return contrastDark()
	case opts.Contrast:
		return contrastLight()
	case opts.Dark:
		return dark()
	}
	return light()
}

const (
	white = rgb(0xffffff)
	black = rgb(0x000000)
)

// paint gives every ink its share of the colours.
func paint(c colours) [names]spec {
	return [names]spec{
		namePlain:        {},
		nameText:         {},
		nameDim:          {fg: c.dim},
		nameFaint:        {fg: c.faint},
		nameTitle:        {bold: true},
		nameHeading:      {fg: c.accent, bold: true},
		nameLabel:        {fg: c.dim},
		nameStrong:       {bold: true},
		nameAccent:       {fg: c.accent},
		nameLink:         {fg: c.accent, underline: true},
		nameGood:         {fg: c.good},
		nameInfo:         {fg: c.info},
		nameWarn:         {fg: c.warn},
		nameAlarm:        {fg: c.alarm, bold: true},
		nameError:        {fg: c.alarm},
		nameHeader:       {bg: c.header},
		nameTabActive:    {fg: c.onAccent, bg: c.accent, bold: true},
		nameTabIdle:      {fg: c.dim},
		nameKey:          {fg: c.accent, bold: true},
		nameKeyHelp:      {fg: c.dim},
		nameToast:        {bg: c.toast},
		nameBadge:        {fg: c.inputText, bg: c.badge},
		nameBadgeWarn:    {fg: c.onWarn, bg: c.warn, bold: true},
		nameSelected:     {fg: c.inputText, bg: c.selected, bold: true},
		nameSelectedBlur: {bg: c.selectedBlur},
		nameMarked:       {bg: c.mark},
		nameMatch:        {fg: c.warn, bold: true, underline: true},
		nameBorder:       {fg: c.border},
		nameBorderFocus:  {fg: c.accent},
		nameInput:        {bg: c.input},
		nameInputFocus:   {fg: c.inputText, bg: c.inputFocus},
		namePlaceholder:  {fg: c.dim},
		nameGhost:        {fg: c.dim},
		nameBar:          {fg: c.accent},
		nameBarTrack:     {fg: c.track},
	}
}

// colourless is for terminals without colour and for NO_COLOR: weight,
// underline and reverse do the work.
func colourless() [names]spec {
	var s [names]spec
	for _, n := range []name{nameTitle, nameHeading, nameStrong, nameKey, nameWarn, nameBorderFocus, nameError,
		nameMarked, nameHeader} {
		s[n] = spec{bold: true}
	}
	s[nameAlarm] = spec{bold: true, underline: true}
	s[nameLink] = spec{underline: true}
	s[nameMatch] = spec{bold: true, underline: true}
	s[nameInputFocus] = spec{underline: true}
	s[nameSelectedBlur] = spec{underline: true}
	s[nameSelected] = spec{reverse: true}
	s[nameTabActive] = spec{bold: true, reverse: true}
	s[nameBadge] = spec{reverse: true}
	s[nameBadgeWarn] = spec{bold: true, reverse: true}
	return s
}

// over combines the ground of one spec with the writing of another.
func (p palette) over(ground, s spec) spec {
	if s.bg != nil || s.reverse {
		return s
	}
	out := s
	out.bg = ground.bg
	out.reverse = ground.reverse
	out.bold = s.bold || ground.bold
	out.underline = s.underline || ground.underline
	if out.fg == nil {
		out.fg = ground.fg
	}
	return out
}

// readable returns fg, moved until it can be read on a background. Terminals of 16
// colours show shades of their owner's choosing, about which nothing is known.
func (p palette) readable(fg, on color.Color) color.Color {
	if p.profile < colorprofile.ANSI256 {
		return fg
	}
	target := color.Color(black)
	if Ratio(white, on) > Ratio(black, on) {
		target = white
	}
	for by := 0.0; by < 1; by += 0.04 {
		c := blend(fg, target, by)
		if Ratio(p.convert(c), on) >= p.least {
			return c
		}
	}
	return target
}

// fit returns the colour of an ink's letters where they can be read.
func (p palette) fit(n name, s spec) color.Color {
	switch {
	case s.fg == nil || !n.isWords():
		return s.fg
	case s.bg == nil:
		return p.readable(s.fg, p.paper)
	}
	return p.readable(s.fg, p.convert(s.bg))
}

// isWords reports whether an ink is for words rather than for lines and bars.
func (n name) isWords() bool {
	switch n {
	case nameFaint, nameBorder, nameBar, nameBarTrack:
		return false
	}
	return true
}

// convert returns the colour the terminal will show.
func (p palette) convert(c color.Color) color.Color {
	if c == nil {
		return nil
	}
	return p.profile.Convert(c)
}

// ink renders a spec once, through Lip Gloss, and keeps the escape sequence in
// front of the text. It begins with a reset, which is what makes inks absolute.
func (p palette) ink(n name, s spec) Style {
	if p.profile < colorprofile.ASCII {
		return Style{name: n}
	}
	s.fg = p.fit(n, s)
	style := lipgloss.NewStyle().Bold(s.bold).Underline(s.underline).Reverse(s.reverse)
	if s.fg != nil {
		style = style.Foreground(p.convert(s.fg))
	}
	if s.bg != nil {
		style = style.Background(p.convert(s.bg))
	}
	const probe = "x"
	open, _, _ := strings.Cut(style.Render(probe), probe)
	if open == "" {
		return Style{open: ansi.ResetStyle, name: n}
	}
	return Style{open: "\x1b[0;" + strings.TrimPrefix(open, "\x1b["), name: n,
		solid: s.bg != nil || s.reverse || s.underline}
}
