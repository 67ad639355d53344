package value

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// Cost is what something came to, as the person who noted it wrote it down: an
// amount, or a quantity and its price. What follows says where that is from.
//
//	84.10
//	84.10 receipt 4411
//	12.4 gal at 3.499, receipt 4411
//	2 x 75
//	6.5 h
//
// The text is kept, because it is the source of the amount; [Cost.Amount] works
// the amount out. Of a quantity without a price the amount is open.
type Cost string

// ParseCost reads a cost as people note it; what it comes to can then be told.
func ParseCost(s string) (Cost, error) {
	c := Cost(strings.Join(strings.Fields(s), " "))
	_, err := c.parts()
	return c, err
}

// Amount works out what a cost comes to, to the nearest cent and half a cent up;
// it is unset where the price is open. The error says how to write it.
func (c Cost) Amount() (Opt[Cents], error) {
	p, err := c.parts()
	return p.amount, err
}

// String writes the cost with what it comes to, for people.
func (c Cost) String() string {
	p, err := c.parts()
	switch {
	case c == "" || err != nil:
		return string(c)
	case p.quantity == "":
		return listed(p.amount.V.String(), p.from)
	case !p.amount.Set:
		return listed(p.quantity, "price not recorded", p.from)
	}
	return listed(p.quantity+" at "+p.price+" = "+p.amount.V.String(), p.from)
}

// Source says what the amount was worked out from and what was written behind
// it; empty for an amount alone.
func (c Cost) Source() string {
	p, err := c.parts()
	switch {
	case err != nil || p.quantity == "":
		return p.from
	case !p.amount.Set:
		return listed(p.quantity, "price not recorded", p.from)
	}
	return listed(p.quantity+" at "+p.price, p.from)
}

// listed puts commas between the texts that are not empty.
func listed(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// costParts is a cost taken apart. An amount alone has no quantity.
type costParts struct {
	quantity string // with its unit: "12.4 gal"
	price    string // "3.499"
	amount   Opt[Cents]
	from     string
}

func costError(c Cost, why string) error {
	return failure.New(failure.Invalid, strconv.Quote(string(c))+" "+why+"; write 84.10, or 12.4 gal at 3.499, and "+
		"behind it where that is from")
}

func (c Cost) parts() (p costParts, err error) {
	words := strings.Fields(strings.ReplaceAll(string(c), "@", " @ "))
	if len(words) == 0 {
		return p, nil
	}
	digits, unit := partUnit(words[0])
	words, price := words[1:], ""
	if unit == "" && len(words) > 0 && costUnit(words[0]) && !ended(digits) {
		unit, words = words[0], words[1:]
	}
	words = partAt(words)
	if len(words) > 0 && costAt(words[0]) && !ended(unit) && !ended(digits) {
		if len(words) == 1 {
			return p, costError(c, "lacks the price")
		}
		price, _, _ = strings.Cut(words[1], "/") // 3.499/gal
		words = words[2:]
	}
	p.from = strings.TrimLeft(strings.Join(words, " "), ",;: ")
	if p.from != "" && (p.from[0] >= '0' && p.from[0] <= '9' || p.from[0] == '$') {
		return p, costError(c, "has a figure too many")
	}
	if unit == "" && price == "" {
		n, err := costNumber(digits, 2, 9)
		if err != nil {
			return p, costError(c, "is no amount")
		}
		p.amount = Some(Cents(n))
		return p, nil
	}
	p.quantity = strings.TrimSpace(unended(digits) + " " + unended(unit))
	return p.priced(c, digits, price)
}

// priced works out a quantity at a price: thousandths by hundredths of a cent,
// which overflow no number of five digits before the point.
func (p costParts) priced(c Cost, digits, price string) (costParts, error) {
	quantity, err := costNumber(digits, 3, 5)
	if err != nil || quantity == 0 || strings.HasPrefix(digits, "$") {
		return p, costError(c, "has no quantity that can be read")
	}
	if price == "" {
		return p, nil
	}
	each, err := costNumber(price, 4, 5)
	if err != nil {
		return p, costError(c, "has no price that can be read")
	}
	p.price = strings.TrimPrefix(unended(price), "$")
	const scale = 1000 * 100 // of thousandths by hundredths of a cent
	p.amount = Some(Cents((quantity*each + scale/2) / scale))
	return p, nil
}

// costNumber reads a number that is not negative, with so many decimals at most
// and so many digits before them.
func costNumber(s string, decimals, digits int) (int64, error) {
	s = strings.TrimPrefix(unended(s), "$")
	whole, _, _ := strings.Cut(s, ".")
	if s == "" || s[0] != '.' && (s[0] < '0' || s[0] > '9') || len(strings.ReplaceAll(whole, ",", "")) > digits {
		return 0, failure.New(failure.Invalid, "not a number")
	}
	return ParseDecimal(s, decimals, "a number")
}

// ended reports whether a comma ends what belongs together.
func ended(word string) bool { return unended(word) != word }

func unended(word string) string { return strings.TrimRight(word, ",;:") }

// partUnit parts a unit from the number it is written against: 12.4gal.
func partUnit(word string) (digits, unit string) {
	i := strings.IndexFunc(word, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
	if i > 0 && costUnit(word[i:]) {
		return word[:i], word[i:]
	}
	return word, ""
}

// partAt parts "at" from a price written against it: at3.499, x75.
func partAt(words []string) []string {
	if len(words) == 0 {
		return words
	}
	i := strings.IndexAny(words[0], "$.0123456789")
	if i <= 0 || !costAt(words[0][:i]) {
		return words
	}
	return append([]string{words[0][:i], words[0][i:]}, words[1:]...)
}

// costUnit reports whether a word says what is counted.
func costUnit(word string) bool {
	switch strings.TrimSuffix(strings.ToLower(unended(word)), ".") {
	case "gal", "gals", "gallon", "gallons", "l", "liter", "liters", "h", "hr", "hrs", "hour", "hours", "mi", "mile",
		"miles",
		"trip", "trips", "load", "loads", "day", "days":
		return true
	}
	return false
}

func costAt(word string) bool {
	switch strings.ToLower(word) {
	case "at", "@", "x", "×", "*":
		return true
	}
	return false
}
