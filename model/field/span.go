package field

import (
	"iter"

	"interlocal/model/value"
)

// AnyGroup asks [Within] for the spans of every group.
const AnyGroup uint64 = 0

// SpanReader is a [Reader] that finds records by the time they take up without
// looking at all of them.
type SpanReader interface {
	// Spanning yields the records of a kind with a span in the group that may
	// share a moment with the given time; it may yield more than that, and
	// yields none twice.
	Spanning(kind string, group uint64, from, until value.Wall) iter.Seq2[uint64, any]
}

// Spans visits the stretches of time that a record takes up.
func (k *Kind) Spans(rec any, yield func(value.Span)) {
	if k.spans != nil {
		k.spans(rec, yield)
	}
}

// Timed reports whether records of the kind take up time.
func (k *Kind) Timed() bool { return k.spans != nil }

// Within yields the records of type T with a span in a group that shares a
// moment with the given time. A reader that cannot look by time is read whole.
func Within[T Record](r Reader, group uint64, from, until value.Wall) iter.Seq[*T] {
	var t T
	kind := t.KindName()
	if c, ok := r.(*Checking); ok {
		r = c.Reader
	}
	seq := r.Scan(kind)
	if s, ok := r.(SpanReader); ok {
		seq = s.Spanning(kind, group, from, until)
	}
	k := r.Schema().Kind(kind)
	return func(yield func(*T) bool) {
		for _, rec := range seq {
			if k.spanned(rec, group, from, until) && !yield(rec.(*T)) {
				return
			}
		}
	}
}

// spanned reports whether a record has a span in the group within the time.
func (k *Kind) spanned(rec any, group uint64, from, until value.Wall) bool {
	found := false
	k.Spans(rec, func(s value.Span) {
		found = found || (group == AnyGroup || s.Group == group) && s.From < until && from < s.Until
	})
	return found
}
