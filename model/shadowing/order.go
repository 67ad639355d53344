package shadowing

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/value"
)

// ByDate lists the events, the one that matters first: those to come by
// date, then those without a date, then past ones, the latest first.
func ByDate(r field.Reader, today value.Day) []*Event {
	var out []*Event
	for e := range field.All[Event](r) {
		out = append(out, e)
	}
	rank := func(e *Event) (class, day int) {
		switch {
		case !e.Date.Set:
			return 1, 0
		case e.State == EventClosed || e.Until.Or(e.Date.V) < today:
			return 2, -int(e.Date.V)
		}
		return 0, int(e.Date.V)
	}
	slices.SortStableFunc(out, func(a, b *Event) int {
		ac, ad := rank(a)
		bc, bd := rank(b)
		if ac != bc {
			return ac - bc
		}
		return ad - bd
	})
	return out
}

// Revisions reads records and tells when each was changed last.
type Revisions interface {
	field.Reader
	RevOf(kind string, id uint64) uint64
}

// AtHand gives the event that somebody most likely works on: of the events to
// come that whose records changed last, and of several the first to come. It is 0
// when there is no event.
func AtHand(view Revisions, today value.Day) EventID {
	found, newest := EventID(0), uint64(0)
	for _, e := range ByDate(view, today) {
		switch rev := lastChange(view, e.ID); {
		case found == 0:
			found = e.ID
			if e.Live() {
				newest = rev
			}
		case e.Live() && rev > newest:
			found, newest = e.ID, rev
		}
	}
	return found
}

// lastChange gives the revision that last changed an event, its sign-ups or its
// matches.
func lastChange(view Revisions, event EventID) uint64 {
	rev := view.RevOf(KindEvents, uint64(event))
	for _, kind := range []string{KindSignups, KindMatches} {
		for id := range view.Refer(kind, "event", uint64(event)) {
			rev = max(rev, view.RevOf(kind, id))
		}
	}
	return rev
}
