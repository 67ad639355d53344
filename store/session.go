package store

import (
	"time"

	"interlocal/model/access"
	"interlocal/model/value"
)

// Session is what one identity may read.
type Session struct {
	store *Store
	id    access.Identity
	see   *visibility
}

// Identity is whose session it is.
func (v *Session) Identity() access.Identity { return v.id }

// Now is the time on the partnership's clocks.
func (v *Session) Now() value.Wall { return v.Local(v.store.now()) }

// Local is an instant on the partnership's clocks.
func (v *Session) Local(at time.Time) value.Wall {
	at = at.In(v.store.location(v.store.durable.Load()))
	return value.DayOf(at).At(at.Hour(), at.Minute())
}

// View gives the newest moment that is on disk, as far as the identity may see
// it. It does not change while others write.
func (v *Session) View() *View {
	st := v.store.durable.Load()
	return &View{scoped: scoped{st, v.see}, store: v.store, state: st}
}

// View is one moment as one identity may see it. It is a [field.Reader] and may
// be used by several goroutines.
type View struct {
	scoped
	store *Store
	state *state
}

// Rev is the revision of the moment.
func (w *View) Rev() uint64 { return w.state.rev }

// RevOf gives the revision that last changed a record, 0 when it is not there
// for the identity.
func (w *View) RevOf(kind string, id uint64) uint64 { return w.revOf(kind, id) }

// Referrers lists up to limit of the records that refer to a record, as far as
// the identity sees them doing so.
func (w *View) Referrers(kind string, id uint64, limit int) []Referrer {
	k, ok := w.state.kind(kind)
	if !ok || w.Get(kind, id) == nil {
		return nil
	}
	found, _, _ := w.referrers(w.state, recKey{k, id}, limit)
	return found
}
