package theme

import (
	"image/color"
	"math"
)

// Ratio returns the contrast ratio of two colours by the formula of WCAG 2.2:
// from 1 for equal colours to 21 for black on white. Text should have 4.5, and 7
// where high contrast was asked for.
func Ratio(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns the relative luminance of a colour, from 0 to 1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear undoes the gamma of one channel of 16 bits.
func linear(v uint32) float64 {
	f := float64(v) / 0xffff
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}

// rgb is a colour by its three bytes, red first.
type rgb uint32

// RGBA implements color.Color.
func (c rgb) RGBA() (r, g, b, a uint32) {
	return color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xff}.RGBA()
}

// blend moves a colour toward another; at 1 it has arrived.
func blend(c, to color.Color, by float64) color.Color {
	cr, cg, cb, _ := c.RGBA()
	tr, tg, tb, _ := to.RGBA()
	mix := func(a, b uint32) rgb {
		return rgb(math.Round((float64(a)*(1-by) + float64(b)*by) / 0x101))
	}
	return mix(cr, tr)<<16 | mix(cg, tg)<<8 | mix(cb, tb)
}
