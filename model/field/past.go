package field

import "interlocal/model/value"

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
