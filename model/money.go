package model

import (
	"strconv"
	"strings"
)

// Cents is an amount of United States money.
type Cents int64

// Tenths is a meter reading: tenths of an hour or of a mile.
type Tenths int64

// Percent is a share in hundredths of a percent: 12.5 % is 1250.
type Percent int64

// String writes the amount as people read it: $1,250.00.
func (c Cents) String() string { return string(appendMoney(nil, c)) }

func appendMoney(dst []byte, c Cents) []byte {
	if c < 0 {
		dst, c = append(dst, '-'), -c
	}
	dst = append(dst, '$')
	dst = appendGrouped(dst, uint64(c)/100)
	return append(dst, '.', '0'+byte(uint64(c)/10%10), '0'+byte(uint64(c)%10))
}

// appendGrouped writes n with commas between thousands.
func appendGrouped(dst []byte, n uint64) []byte {
	if n >= 1000 {
		dst = appendGrouped(dst, n/1000)
		n %= 1000
		return append(dst, ',', '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	}
	return strconv.AppendUint(dst, n, 10)
}

// appendDecimal writes v with a fixed number of decimals.
func appendDecimal(dst []byte, v int64, decimals int) []byte {
	u := uint64(v)
	if v < 0 {
		dst, u = append(dst, '-'), -u
	}
	scale := uint64(1)
	for range decimals {
		scale *= 10
	}
	dst = strconv.AppendUint(dst, u/scale, 10)
	dst = append(dst, '.')
	for scale /= 10; scale > 0; scale /= 10 {
		dst = append(dst, '0'+byte(u/scale%10))
	}
	return dst
}

// moneyMarks takes out what people write around and inside amounts.
var moneyMarks = strings.NewReplacer("$", "", "%", "", " ", "", "\u00a0", "")

// ungrouped takes the commas out of a whole number; ok is false where they do
// not stand between thousands, as in 12,50, which some mean as 12.50.
func ungrouped(s string) (digits string, ok bool) {
	if !strings.Contains(s, ",") {
		return s, true
	}
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(g) == 0 || len(g) > 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// parseDecimal reads a decimal with at most the given number of decimals,
// allowing $, %, commas between thousands, spaces and accountants' parentheses.
func parseDecimal(s string, decimals int, what string) (int64, error) {
	bad := func() error { return Fail(Invalid, strconv.Quote(s)+" is not "+what) }
	t := moneyMarks.Replace(s)
	t, neg := strings.CutPrefix(t, "-")
	if strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")") && !neg {
		t, neg = t[1:len(t)-1], true
	}
	whole, frac, _ := strings.Cut(t, ".")
	frac = strings.TrimRight(frac, "0")
	whole, ok := ungrouped(whole)
	if !ok || whole == "" && frac == "" && !strings.Contains(t, "0") || len(frac) > decimals || len(whole) > 15 {
		return 0, bad()
	}
	for len(frac) < decimals {
		frac += "0"
	}
	n, err := strconv.ParseUint("0"+whole+frac, 10, 63)
	if err != nil {
		return 0, bad()
	}
	if neg {
		return -int64(n), nil
	}
	return int64(n), nil
}

func decimalType[V ~int64](shape Shape, decimals int, what string) Type[V] {
	return numberType(shape,
		func(dst []byte, v V) []byte { return appendDecimal(dst, int64(v), decimals) },
		func(s string) (V, error) {
			n, err := parseDecimal(s, decimals, what)
			return V(n), err
		})
}

// MoneyType holds cents.
func MoneyType() Type[Cents] {
	t := decimalType[Cents](ShapeMoney, 2, "an amount of money, such as 1,250 or 99.50")
	t.show = func(dst []byte, v *Cents, _ *Env) []byte { return appendMoney(dst, *v) }
	return t
}

// PercentType holds shares.
func PercentType() Type[Percent] {
	t := decimalType[Percent](ShapePercent, 2, "a percentage, such as 12.5")
	t.show = func(dst []byte, v *Percent, _ *Env) []byte {
		dst = appendDecimal(dst, int64(*v), 2)
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
		if dst[len(dst)-1] == '.' {
			dst = dst[:len(dst)-1]
		}
		return append(dst, '%')
	}
	return t
}

// Money is an amount in which zero may be meant: unset is apart.
func Money[T any](tag int, name, title string, lens func(*T) *Opt[Cents]) Field[T] {
	return Bind(tag, name, title, OptOf(MoneyType()), lens)
}

// Meter is a reading of an hour or distance meter.
func Meter[T any](tag int, name, title string, lens func(*T) *Opt[Tenths]) Field[T] {
	return Bind(tag, name, title, OptOf(decimalType[Tenths](ShapeTenths, 1, "a meter reading, such as 1204.5")), lens)
}

// Share is a percentage of a whole.
func Share[T any](tag int, name, title string, lens func(*T) *Opt[Percent]) Field[T] {
	return Bind(tag, name, title, OptOf(PercentType()), lens)
}

// Count is a whole number in which zero may be meant: unset is apart.
func Count[T any, V integer](tag int, name, title string, lens func(*T) *Opt[V]) Field[T] {
	t := IntType[V]()
	t.show = func(dst []byte, v *V, _ *Env) []byte {
		if n := int64(*v); n < 0 {
			return appendGrouped(append(dst, '-'), uint64(-n))
		}
		return appendGrouped(dst, uint64(*v))
	}
	return Bind(tag, name, title, OptOf(t), lens)
}
