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
	p := palette{profile: opts.Profile, text: white, least: 4.5}
	if !opts.Dark {
		p.text = black
	}
	if opts.Contrast {
		p.least = 7
	}
	switch {
	case opts.Profile <= colorprofile.ASCII:
		p.specs = colourless()
	case opts.Profile == colorprofile.ANSI:
		p.specs = paint(basic(opts.Dark))
	case opts.Contrast && opts.Dark:
		p.specs = paint(contrastDark())
	case opts.Contrast:
		p.specs = paint(contrastLight())
	case opts.Dark:
		p.specs = paint(dark())
	default:
		p.specs = paint(light())
	}
	return p
}

var (
	white = rgb{0xff, 0xff, 0xff}
	black = rgb{0, 0, 0}
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
	for _, n := range []name{nameTitle, nameHeading, nameStrong, nameKey, nameWarn, nameBorderFocus, nameError, nameMarked, nameHeader} {
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

// readable returns fg, moved until it can be read on bg. Terminals of 16
// colours show shades of their owner's choosing, about which nothing is known.
func (p palette) readable(fg, bg color.Color) color.Color {
	if bg == nil || p.profile < colorprofile.ANSI256 {
		return fg
	}
	target, on := color.Color(black), p.convert(bg)
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

// convert returns the colour the terminal will show.
func (p palette) convert(c color.Color) color.Color {
	if c == nil {
		return nil
	}
	return p.profile.Convert(c)
}

// ink renders a spec once, through Lip Gloss, and keeps the escape sequence in
// front of the text. It begins with a reset, which is what makes inks absolute.
func (p palette) ink(n name, s spec) Ink {
	if p.profile < colorprofile.ASCII {
		return Ink{name: n}
	}
	if s.fg != nil && s.bg != nil {
		s.fg = p.readable(s.fg, s.bg)
	}
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
		return Ink{open: ansi.ResetStyle, name: n}
	}
	return Ink{open: "\x1b[0;" + strings.TrimPrefix(open, "\x1b["), name: n}
}
