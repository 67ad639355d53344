package store

import (
	"context"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// meetingKey is under what a context carries the meeting.
type meetingKey struct{}

// InMeeting gives a context whose updates, undos and redos are recorded as
// done in a meeting.
func InMeeting(ctx context.Context, meeting uint64) context.Context {
	return context.WithValue(ctx, meetingKey{}, meeting)
}

// meetingOf is the meeting that a context's changes belong to, or 0.
func meetingOf(ctx context.Context) uint64 {
	id, _ := ctx.Value(meetingKey{}).(uint64)
	return id
}

// Recorded lists the entries recorded in a meeting after a revision, oldest
// first, as far as the identity may see them. The meeting is a record of the
// kind. What an entry changes is listed whole.
func (v *Session) Recorded(kind string, meeting, after uint64) ([]Entry, error) {
	k, ok := v.store.kind(kind)
	if !ok {
		return nil, failure.New(failure.NotFound, "this file knows no "+kind)
	}
	tag := v.store.kinds[k].Tag
	var out []Entry
	err := v.store.view(func(tx *bbolt.Tx) error {
		if revs := revisionsOf(tx, tag, meeting); len(revs) > 0 && after < revs[len(revs)-1] {
			after = revs[len(revs)-1] - 1 // nothing is recorded in a meeting before it exists
		}
		c := tx.Bucket([]byte(bucketJournal)).Cursor()
		for key, value := c.Seek(idKey(after + 1)); len(key) == 8; key, value = c.Next() {
			e, err := openEntry(key, value)
			if err != nil || !e.readable() || e.op.Meeting != meeting {
				continue // one that cannot be read names no meeting
			}
			entry, seen, err := v.entry(&e, 0)
			if err != nil {
				return err
			}
			if seen {
				out = append(out, entry)
			}
		}
		return nil
	})
	return out, explainOpen(v.store.path, v.store.options.BackupDir, err)
}
