package value

import (
	"bytes"
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// String writes a number of tenths as people do: 10, or 3.5.
func (t Tenths) String() string {
	return strings.TrimSuffix(string(AppendDecimal(nil, int64(t), 1)), ".0")
}

// Cents is an amount of United States money.
type Cents int64

// Tenths is a meter reading: tenths of an hour or of a mile.
type Tenths int64

// Percent is a share in hundredths of a percent: 12.5 % is 1250.
type Percent int64

// String writes the amount as people read it: $1,250.00.
func (c Cents) String() string { return string(AppendMoney(nil, c)) }

// Dollars writes the amount without cents when there are none: $1,250.
func (c Cents) Dollars() string { return strings.TrimSuffix(c.String(), ".00") }

// AppendMoney appends an amount as people read it: $1,250.00.
func AppendMoney(dst []byte, c Cents) []byte {
	if c < 0 {
		dst, c = append(dst, '-'), -c
	}
	dst = append(dst, '$')
	dst = AppendGrouped(dst, uint64(c)/100)
	return append(dst, '.', '0'+byte(uint64(c)/10%10), '0'+byte(uint64(c)%10))
}

// AppendGrouped writes n with commas between thousands.
func AppendGrouped(dst []byte, n uint64) []byte {
	if n >= 1000 {
		dst = AppendGrouped(dst, n/1000)
		n %= 1000
		return append(dst, ',', '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	}
	return strconv.AppendUint(dst, n, 10)
}

// AppendDecimal writes v with a fixed number of decimals.
func AppendDecimal(dst []byte, v int64, decimals int) []byte {
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

// Price is what one of something costs, in hundredths of a cent, so that a rate of
// $0.725 a mile is exact. What so many of it come to is rounded once.
type Price int64

// Price gives an amount as what one of something costs.
func (c Cents) Price() Price { return Price(c) * 100 }

// String writes a price as people read it, in cents where it has no part of one:
// $120.74, $0.725.
func (p Price) String() string {
	if p < 0 {
		return "-" + (-p).String()
	}
	dst := AppendMoney(nil, Cents(p/100))
	if part := p % 100; part > 0 {
		dst = append(dst, '0'+byte(part/10))
		if part%10 > 0 {
			dst = append(dst, '0'+byte(part%10))
		}
	}
	return string(dst)
}

// AppendPrice appends a price as spreadsheets read it: 120.74, 0.725.
func AppendPrice(dst []byte, p Price) []byte {
	if p%100 == 0 {
		return AppendDecimal(dst, int64(p/100), 2)
	}
	return bytes.TrimRight(AppendDecimal(dst, int64(p), 4), "0")
}

// Times gives what a quantity costs, to the nearest cent and half a cent up.
func (p Price) Times(quantity Tenths) Cents {
	n, sign := int64(quantity)*int64(p), int64(1)
	if n < 0 {
		n, sign = -n, -1
	}
	return Cents(sign * ((n + 500) / 1000))
}

// moneyMarks takes out what people write around and inside amounts.
var moneyMarks = strings.NewReplacer("$", "", "%", "", " ", "", "\u00a0", "")

// Ungrouped takes the commas out of a whole number; ok is false where they do
// not stand between thousands, as in 12,50, which some mean as 12.50.
func Ungrouped(s string) (digits string, ok bool) {
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

// ParseDecimal reads a decimal with at most the given number of decimals,
// allowing $, %, commas between thousands, spaces and accountants' parentheses.
func ParseDecimal(s string, decimals int, what string) (int64, error) {
	bad := func() error { return failure.New(failure.Invalid, strconv.Quote(s)+" is not "+what) }
	t := moneyMarks.Replace(s)
	t, neg := strings.CutPrefix(t, "-")
	if strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")") && !neg {
		t, neg = t[1:len(t)-1], true
	}
	whole, frac, _ := strings.Cut(t, ".")
	frac = strings.TrimRight(frac, "0")
	whole, ok := Ungrouped(whole)
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
