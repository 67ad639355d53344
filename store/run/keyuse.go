package run

import (
	"strconv"
	"strings"
	"time"

	"interlocal/model/access"
	"interlocal/model/value"
	"interlocal/store"
)

// When keys were last used is kept beside the notes, by their fingerprints: it is
// asked at every sign-in. Keys that were used before it was kept are taken for
// used when that began.

// keysBy is whose preferences hold it; it is nobody's key.
const keysBy = "interlocal:keys"

// keysSince is the key under which stands since when it is kept.
const keysSince = "since"

// useStep is how much later a use has to be to be noted: a program that signs in
// every minute does not write each time.
const useStep = time.Hour

// NoteKey notes that a key has been used now.
func NoteKey(st *store.Store, fingerprint string) error {
	now := st.Time().UTC()
	if _, ok := keyTime(st, keysSince); !ok {
		if err := st.SetPref(keysBy, keysSince, []byte(now.Format(time.RFC3339))); err != nil {
			return err
		}
	}
	if was, ok := keyTime(st, fingerprint); ok && now.Sub(was) < useStep && !now.Before(was) {
		return nil
	}
	return st.SetPref(keysBy, fingerprint, []byte(now.Format(time.RFC3339)))
}

// KeyUsed tells when a key was last used, to the hour; ok is false when it has
// not been since that is noted.
func KeyUsed(st *store.Store, fingerprint string) (at time.Time, ok bool) {
	return keyTime(st, fingerprint)
}

// KeyDays tells of a key on which day it may have been used last, as far as is
// known.
func KeyDays(st *store.Store) func(fingerprint string) value.Opt[value.Day] {
	return func(fingerprint string) value.Opt[value.Day] {
		at, ok := keyTime(st, fingerprint)
		if !ok {
			at, ok = keyTime(st, keysSince)
		}
		if !ok {
			return value.Opt[value.Day]{}
		}
		return value.Some(value.DayOf(at))
	}
}

func keyTime(st *store.Store, key string) (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, string(st.Pref(keysBy, key)))
	return at, err == nil
}

// OwnLogin reads somebody's own login, which they see whatever their role; nil when
// they have none.
func OwnLogin(st *store.Store, id access.Identity) any {
	number, ok := strings.CutPrefix(id.User, "user#")
	n, err := strconv.ParseUint(number, 10, 64)
	if !ok || err != nil {
		return nil
	}
	return st.As(access.Identity{Role: access.Owner}).View().Get("users", n)
}
