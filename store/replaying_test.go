package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"

	"go.etcd.io/bbolt"
)

// Replay shows that the journal holds everything: it makes the file into from the journal of the file from, which
// nobody may have open: the same records, revisions and numbers, the same journal. It
// does not overwrite a file.
func Replay(ctx context.Context, from, into string, o Options) error {
	o = o.filled(into)
	if there, err := exists(into); err != nil || there {
		return cmp.Or(err, errExists(into))
	}
	_, _, err := replayFile(ctx, from, into, o)
	return explainOpen(from, o.BackupDir, err)
}

// replayFile replays one file's journal into another. It returns the revision
// reached, and whether the file's last change had lost its header and is missing.
func replayFile(ctx context.Context, from, into string, o Options) (rev uint64, lastLost bool, err error) {
	src, lastLost, err := openReadOnly(from)
	if err != nil {
		return 0, lastLost, err
	}
	defer guard(src.Close)
	r := newReplay()
	err = guard(func() error {
		return src.View(func(tx *bbolt.Tx) error { return replayInto(ctx, tx, into, newLayout(o.Schema), r) })
	})
	return r.rev, lastLost, err
}

// replayInto makes a file from the journal that tx reads.
func replayInto(ctx context.Context, tx *bbolt.Tx, into string, l *layout, r *replay) error {
	info, err := readInfo(tx)
	if err != nil {
		return err
	}
	return makeFile(into, func(db *bbolt.DB) error {
		return db.Update(func(out *bbolt.Tx) error {
			if err := initialise(out, l, info, head{}); err != nil {
				return err
			}
			land := newLanding(out, l)
			err := forward(ctx, tx, func(_, value []byte, e *journalEntry) error {
				if problems := r.apply(e); len(problems) > 0 {
					return errDamage(problems[0])
				}
				return land.take(e, value)
			})
			return errors.Join(err, land.finish(r.head()), copyTimeline(tx, out), copyPrefs(tx, out))
		})
	})
}

// copyTimeline has the other file go the same way.
func copyTimeline(tx, out *bbolt.Tx) error {
	body, err := optionalMeta(tx, metaTimeline)
	if err != nil || body == nil {
		return err
	}
	return putMeta(out, metaTimeline, bytes.Clone(body))
}

// copyPrefs takes preferences and drafts along, which have no journal.
func copyPrefs(tx, out *bbolt.Tx) error {
	for _, name := range []string{bucketPrefs, bucketDrafts} {
		b := tx.Bucket([]byte(name))
		if b == nil {
			continue
		}
		err := b.ForEach(func(key, value []byte) error {
			if _, ok := unseal(key, value); !ok {
				return nil // lost
			}
			return out.Bucket([]byte(name)).Put(key, value)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
