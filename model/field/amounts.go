package field

import "interlocal/model/value"

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
	return Bind(tag, name, title, OptOf(decimalType[value.Tenths](ShapeTenths, 1, "a meter reading, such as 1204.5")), lens)
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
