package field

import (
	"encoding/binary"
	"interlocal/model/value"
	"strings"
)

// Amount is a number with at most one decimal, such as a size or a count of
// hours.
func Amount[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Tenths]) Field[T] {
	t := decimalType[value.Tenths](ShapeTenths, 1, "a number such as 10 or 3.5")
	t.show = func(dst []byte, v *value.Tenths, _ *Env) []byte { return append(dst, v.String()...) }
	return Bind(tag, name, title, OptOf(t), lens)
}

func decimalType[V ~int64](shape Shape, decimals int, what string) Type[V] {
	return numberType(shape,
		func(dst []byte, v V) []byte { return value.AppendDecimal(dst, int64(v), decimals) },
		func(s string) (V, error) {
			n, err := value.ParseDecimal(s, decimals, what)
			return V(n), err
		})
}

// MoneyType holds cents.
func MoneyType() Type[value.Cents] {
	t := decimalType[value.Cents](ShapeMoney, 2, "an amount of money, such as 1,250 or 99.50")
	t.show = func(dst []byte, v *value.Cents, _ *Env) []byte { return value.AppendMoney(dst, *v) }
	return t
}

// priceType holds prices. One of whole cents is stored as that many cents, as files
// of before have it; what is over follows.
func priceType() Type[value.Price] {
	t := numberType(ShapeMoney, value.AppendPrice, func(s string) (value.Price, error) {
		n, err := value.ParseDecimal(s, 4, "a price, such as 120.74 or 0.725")
		return value.Price(n), err
	})
	t.show = func(dst []byte, v *value.Price, _ *Env) []byte { return append(dst, v.String()...) }
	t.pack = func(dst []byte, v *value.Price) []byte {
		dst = binary.AppendVarint(dst, int64(*v/100))
		if part := *v % 100; part != 0 {
			dst = binary.AppendVarint(dst, int64(part))
		}
		return dst
	}
	t.unpack = func(v *value.Price, s string) error {
		cents, n := binary.Varint([]byte(s))
		part := int64(0)
		var err error
		if n > 0 && n < len(s) {
			part, err = unpackInt(s[n:])
		} else {
			cents, err = unpackInt(s)
		}
		*v = value.Cents(cents).Price() + value.Price(part)
		return err
	}
	return t
}

// Price is what one of something costs, to a hundredth of a cent.
func Price[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Price]) Field[T] {
	return Bind(tag, name, title, OptOf(priceType()), lens)
}

// PercentType holds shares.
func PercentType() Type[value.Percent] {
	t := decimalType[value.Percent](ShapePercent, 2, "a percentage, such as 12.5")
	t.show = func(dst []byte, v *value.Percent, _ *Env) []byte {
		dst = value.AppendDecimal(dst, int64(*v), 2)
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
func Money[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Cents]) Field[T] {
	return Bind(tag, name, title, OptOf(MoneyType()), lens)
}

// Meter is a reading of an hour or distance meter.
func Meter[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Tenths]) Field[T] {
	return Bind(tag, name, title, OptOf(decimalType[value.Tenths](ShapeTenths, 1, "a meter reading, such as 1204.5")),
		lens)
}

// Share is a percentage of a whole.
func Share[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Percent]) Field[T] {
	return Bind(tag, name, title, OptOf(PercentType()), lens)
}

// OptInt is a whole number in which zero may be meant: unset is apart.
func OptInt[T any, V integer](tag int, name, title string, lens func(*T) *value.Opt[V]) Field[T] {
	t := IntType[V]()
	t.show = func(dst []byte, v *V, _ *Env) []byte {
		if n := int64(*v); n < 0 {
			return value.AppendGrouped(append(dst, '-'), uint64(-n))
		}
		return value.AppendGrouped(dst, uint64(*v))
	}
	return Bind(tag, name, title, OptOf(t), lens)
}

// costType holds costs: the text, checked, shown with what it comes to.
func costType() Type[value.Cost] {
	return Type[value.Cost]{
		shape:  ShapeCost,
		empty:  func(v *value.Cost) bool { return *v == "" },
		format: func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, *v...) },
		show:   func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, v.String()...) },
		parse:  func(s string, _ *Env) (value.Cost, error) { return value.ParseCost(s) },
		key:    func(dst []byte, v *value.Cost, _ *Env) []byte { return append(dst, strings.ToLower(string(*v))...) },
		pack:   func(dst []byte, v *value.Cost) []byte { return append(dst, *v...) },
		unpack: func(v *value.Cost, s string) error { *v = value.Cost(s); return nil },
		equal:  func(a, b *value.Cost) bool { return *a == *b },
		json:   func(dst []byte, v *value.Cost, _ *Env) []byte { return appendJSONString(dst, string(*v)) },
		unjson: func(raw []byte, _ *Env) (value.Cost, error) { return value.ParseCost(jsonText(raw)) },
		texts:  func(v *value.Cost, f func(string) string) { *v = value.Cost(f(string(*v))) },
	}
}

// Costs is a field for a [value.Cost].
func Costs[T any](tag int, name, title string, lens func(*T) *value.Cost) Field[T] {
	return Bind(tag, name, title, costType(), lens)
}

// OptOf makes t optional; blank text is unset.
func OptOf[V any](t Type[V]) Type[value.Opt[V]] {
	out := Type[value.Opt[V]]{
		shape: t.shape, choices: t.choices, target: t.target, inner: t.inner,
		empty: func(o *value.Opt[V]) bool { return !o.Set },
		format: func(dst []byte, o *value.Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.format(dst, &o.V, env)
		},
		show: func(dst []byte, o *value.Opt[V], env *Env) []byte {
			if !o.Set {
				return dst
			}
			return t.display(dst, &o.V, env)
		},
		parse: func(s string, env *Env) (value.Opt[V], error) {
			if strings.TrimSpace(s) == "" {
				return value.Opt[V]{}, nil
			}
			v, err := t.parse(s, env)
			return value.Opt[V]{V: v, Set: err == nil}, err
		},
		key:  func(dst []byte, o *value.Opt[V], env *Env) []byte { return t.key(dst, &o.V, env) },
		json: func(dst []byte, o *value.Opt[V], env *Env) []byte { return t.json(dst, &o.V, env) },
		unjson: func(raw []byte, env *Env) (value.Opt[V], error) {
			if strings.TrimSpace(jsonText(raw)) == "" {
				return value.Opt[V]{}, nil
			}
			v, err := t.unjson(raw, env)
			return value.Opt[V]{V: v, Set: err == nil}, err
		},
		pack: func(dst []byte, o *value.Opt[V]) []byte {
			if !o.Set {
				return dst
			}
			return t.pack(append(dst, 1), &o.V)
		},
		equal: func(a, b *value.Opt[V]) bool { return a.Set == b.Set && (!a.Set || t.same(&a.V, &b.V)) },
		unpack: func(o *value.Opt[V], s string) error {
			if s == "" {
				*o = value.Opt[V]{}
				return nil
			}
			o.Set = true
			return t.unpack(&o.V, s[1:])
		},
	}
	return out
}
