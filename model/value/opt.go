package value

import "cmp"

// Opt is a value that may not be recorded. What is not known is never a zero.
type Opt[V any] struct {
	V   V
	Set bool
}

// Some is a recorded value.
func Some[V any](v V) Opt[V] { return Opt[V]{v, true} }

// Or gives the value, or another when none is recorded.
func (o Opt[V]) Or(other V) V {
	if o.Set {
		return o.V
	}
	return other
}

// CompareDays orders days; one that is not set comes last.
func CompareDays(a, b Opt[Day]) int {
	switch {
	case a.Set && b.Set:
		return cmp.Compare(a.V, b.V)
	case a.Set:
		return -1
	case b.Set:
		return 1
	}
	return 0
}
