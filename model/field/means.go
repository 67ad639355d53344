package field

import "context"

// Means is what a plan works with: what the rooms of records do not have of
// their own. Every member may be nil, and the plan comes out the same.
type Means struct {
	// Parallel calls f for 0 to n-1, several at once.
	Parallel func(n int, f func(i int))
	// After tells from now on whether so many seconds have passed.
	After func(seconds float64) (passed func() bool)
	// Progress hears what the best so far is worth, and what none can exceed.
	Progress func(value, bound int64)
}

type meansKey struct{}

// WithMeans gives a context in which plans are made by some means.
func WithMeans(ctx context.Context, m Means) context.Context {
	return context.WithValue(ctx, meansKey{}, m)
}

// MeansOf gives the means of a context, none when it has none.
func MeansOf(ctx context.Context) Means {
	m, _ := ctx.Value(meansKey{}).(Means)
	return m
}
