package cyber

import (
	"cmp"
	"strconv"
)

// Ratio is an exact figure: a fraction in lowest terms. The zero Ratio is no
// figure at all, which is what the mean of nothing is.
type Ratio struct{ num, den int64 }

// NewRatio makes num/den; a zero den makes no figure.
func NewRatio(num, den int64) Ratio {
	if den == 0 {
		return Ratio{}
	}
	if den < 0 {
		num, den = -num, -den
	}
	a, b := max(num, -num), den
	for b != 0 {
		a, b = b, a%b
	}
	return Ratio{num / a, den / a}
}

// Parts gives numerator and denominator, in lowest terms and with a positive
// denominator; both are 0 for no figure.
func (r Ratio) Parts() (num, den int64) { return r.num, r.den }

// Known says whether there is a figure.
func (r Ratio) Known() bool { return r.den != 0 }

// Add adds two figures; with one missing it gives the other.
func (r Ratio) Add(o Ratio) Ratio {
	switch {
	case r.den == 0:
		return o
	case o.den == 0:
		return r
	}
	return NewRatio(r.num*o.den+o.num*r.den, r.den*o.den)
}

// Sub subtracts; a missing figure on either side gives none.
func (r Ratio) Sub(o Ratio) Ratio {
	if r.den == 0 || o.den == 0 {
		return Ratio{}
	}
	return NewRatio(r.num*o.den-o.num*r.den, r.den*o.den)
}

// Over divides by a count.
func (r Ratio) Over(n int) Ratio { return NewRatio(r.num, r.den*int64(n)) }

// Compare orders figures; a missing one comes first.
func (r Ratio) Compare(o Ratio) int {
	if r.den == 0 || o.den == 0 {
		return cmp.Compare(r.den, o.den)
	}
	return cmp.Compare(r.num*o.den, o.num*r.den)
}

// String writes the figure with one decimal, halves away from zero (3.25 is
// 3.3, -0.25 is -0.3); a missing one is a dash.
func (r Ratio) String() string {
	if r.den == 0 {
		return "–"
	}
	tenths := r.tenths()
	sign := ""
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return sign + strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10)
}

// Signed writes a change: +0.4, -0.3, 0.0.
func (r Ratio) Signed() string {
	if r.den != 0 && r.tenths() > 0 {
		return "+" + r.String()
	}
	return r.String()
}

// tenths rounds to tenths, halves away from zero.
func (r Ratio) tenths() int64 {
	if r.num < 0 {
		return -Ratio{-r.num, r.den}.tenths()
	}
	return (20*r.num + r.den) / (2 * r.den)
}
