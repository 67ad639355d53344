package field

import "interlocal/model/value"

// Told says how minutes tell of a kind's records, which read no kind's fields
// themselves.
type Told[T any] struct {
	// Moved compares a record with what it was before, or when before is nil with
	// what it carries of an earlier one: above zero it rose, below it fell.
	Moved func(before, after *T) int
	// When is added to the title of a record that has one title at many times.
	When func(v *T) string
	// Covers visits the records that adding this one changes in the same entry,
	// which says it already.
	Covers func(v *T, visit func(kind string, id uint64))
}

// told is [Told] with the type erased.
type told struct {
	moved  func(before, after any) int
	when   func(rec any) string
	covers func(rec any, visit func(kind string, id uint64))
}

func (t Told[T]) erase() told {
	var out told
	if t.Moved != nil {
		out.moved = func(before, after any) int {
			was, _ := before.(*T)
			return t.Moved(was, after.(*T))
		}
	}
	if t.When != nil {
		out.when = func(rec any) string { return t.When(rec.(*T)) }
	}
	if t.Covers != nil {
		out.covers = func(rec any, visit func(string, uint64)) { t.Covers(rec.(*T), visit) }
	}
	return out
}

// Moved reports whether a change raised (1) or lowered (-1) what the record
// holds; 0 where neither can be said. After is not nil.
func (k *Kind) Moved(before, after any) int {
	if k.told.moved == nil {
		return 0
	}
	return k.told.moved(before, after)
}

// When says when a record is meant that has one title at many times; "" where
// the title is enough.
func (k *Kind) When(rec any) string {
	if k.told.when == nil {
		return ""
	}
	return k.told.when(rec)
}

// Covers visits the records whose changes only follow from adding this one.
func (k *Kind) Covers(rec any, visit func(kind string, id uint64)) {
	if k.told.covers != nil {
		k.told.covers(rec, visit)
	}
}

// Verb is what an entry of the history did.
type Verb uint8

// A change, a change taken back, and one made again after all.
const (
	Changed Verb = iota
	TakenBack
	MadeAgain
)

// Entry is one revision of the history: what somebody did at once.
type Entry struct {
	Rev     uint64
	At      value.Wall
	Verb    Verb
	Of      uint64 // the revision taken back or made again
	Title   string
	Changes []RecordChange
}

// RecordChange is what an entry did to one record; Before is nil when it was
// added, After when it was deleted.
type RecordChange struct {
	Kind          *Kind
	ID            uint64
	Before, After any
}

// Recorded gives what was recorded in a meeting, oldest first, as far as whoever
// looks may see it. Nothing is recorded where there is no history.
func (v Viewpoint) Recorded(meeting uint64) ([]Entry, error) {
	if v.Past == nil {
		return nil, nil
	}
	return v.Past(meeting)
}
