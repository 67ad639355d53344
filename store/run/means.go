package run

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/store"
)

// OnAllProcessors calls f for 0 to n-1, in parallel.
func OnAllProcessors(n int, f func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	all.Wait()
}

// withMeans gives plans all processors and the store's clock, where nothing
// else is given.
func withMeans(ctx context.Context, st *store.Store) context.Context {
	m := field.MeansOf(ctx)
	if m.Parallel == nil {
		m.Parallel = OnAllProcessors
	}
	if m.After == nil {
		m.After = func(seconds float64) func() bool {
			end := st.Time().Add(time.Duration(seconds * float64(time.Second)))
			return func() bool { return st.Time().After(end) }
		}
	}
	return field.WithMeans(ctx, m)
}

// Plan makes the plan of an act without doing it, for whoever looks at it first;
// [Request.Plan] has it carried out. Rights to do the act are not asked.
func Plan(ctx context.Context, st *store.Store, id access.Identity, q Request) (any, error) {
	me := st.As(id)
	view := me.View()
	rec, _, err := target(view, q.Act, q.ID)
	if err != nil {
		return nil, err
	}
	v := ViewOf(view, id, q.Act, me.Now())
	if err := q.Act.CheckArgs(v, q.Args); err != nil {
		return nil, err
	}
	return q.Act.Plan(withMeans(ctx, st), v, rec, q.Args)
}
