package run

import (
	"encoding/json"
	"time"

	"interlocal/store"
)

// seenPref is where the moment somebody was last here is kept.
const seenPref = "seen"

// Seen is when somebody was last here, how far the records had come then, and
// which form was open.
type Seen struct {
	At   time.Time `json:"at"`
	Rev  uint64    `json:"rev"`
	Form string    `json:"form,omitempty"` // name of its draft
}

// LastSeen tells when an identity was last here, by its key; ok is false when
// it never was. It is kept outside the journal.
func LastSeen(st *store.Store, user string) (s Seen, ok bool) {
	return s, json.Unmarshal(st.Pref(user, seenPref), &s) == nil
}

// MarkSeen remembers that somebody was here.
func MarkSeen(st *store.Store, user string, s Seen) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return st.SetPref(user, seenPref, data)
}
