package store

import (
	"context"
	"errors"
	"os"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// Compact rewrites the file without its unused pages, while others go on working: a
// copy is made of one moment, checked, and brought up to what has happened since.
// Only for the last of that do writers wait, and readers of the history. The old file
// stays in place until then.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	s.rewriting.Lock()
	defer s.rewriting.Unlock()
	before = fileSize(s.path)
	err = s.rewrite(ctx, 0, nil)
	return before, fileSize(s.path), err
}

// rewrite puts a compacted copy in the file's place; without the history up to a
// revision, unless that is 0. Last, if there is one, then makes the change that says
// so, which is in the copy before that has the file's name. Should the copy come to
// nothing after that, the change is made to the file as it is. The caller holds
// rewriting.
func (s *Store) rewrite(ctx context.Context, purge uint64, last func() (*pending, error)) error {
	explain := func(err error) error { return explainOpen(s.path, s.options.BackupDir, err) }
	if err := s.ready(); err != nil {
		return explain(err)
	}
	if err := s.queue.failure(); err != nil {
		return err
	}
	temp, err := s.compacted(ctx, purge)
	if err != nil {
		return explain(err)
	}
	defer os.Remove(temp)
	db, err := openDB(temp)
	if err != nil {
		return explain(err)
	}
	err = s.follow(ctx, db)
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	s.dbMu.Lock()
	defer s.dbMu.Unlock()
	if err == nil {
		err = s.conclude(db, last)
	}
	if err = errors.Join(err, guard(db.Close)); err != nil {
		return explain(err)
	}
	return s.swap(temp)
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// compacted makes a checked copy without unused pages beside the file, and without
// the history up to a revision, unless that is 0.
func (s *Store) compacted(ctx context.Context, purge uint64) (temp string, err error) {
	from := s.db
	if purge != 0 {
		db, err := s.purged(ctx, purge)
		if err != nil {
			return "", err
		}
		defer os.Remove(db.Path())
		defer guard(db.Close)
		from = db
	}
	if temp, err = tempName(s.path); err != nil {
		return "", err
	}
	err = makeFile(temp, func(db *bbolt.DB) error { return bbolt.Compact(db, from, 16<<20) })
	if err == nil {
		var report *Report
		report, err = checkFile(ctx, temp, s.options)
		if err == nil {
			s.damage.Store(report.damage())
			if report.broken != "" {
				err = errDamage(report.broken)
			}
		}
	}
	if err != nil {
		os.Remove(temp)
		return "", err
	}
	return temp, nil
}

// purged makes a copy of the file and removes the history up to a revision from it;
// its unused pages still hold that.
func (s *Store) purged(ctx context.Context, last uint64) (db *bbolt.DB, err error) {
	temp, err := tempName(s.path)
	if err != nil {
		return nil, err
	}
	if err = s.copyTo(ctx, temp); err == nil {
		if db, err = openDB(temp); err == nil {
			err = guard(func() error { return db.Update(func(tx *bbolt.Tx) error { return purgeUpTo(tx, last) }) })
			if err != nil {
				guard(db.Close)
			}
		}
	}
	if err != nil {
		os.Remove(temp)
	}
	return db, err
}

// Bounds of how far a copy is brought up while writers go on.
const (
	followRounds = 8
	followNearly = 32
)

// follow brings a copy up to the file while that is written to, until it lags behind
// by a few entries only.
func (s *Store) follow(ctx context.Context, db *bbolt.DB) error {
	for range followRounds {
		n := 0
		err := s.view(func(from *bbolt.Tx) error {
			return db.Update(func(to *bbolt.Tx) (err error) {
				n, err = s.catchUp(from, to)
				return err
			})
		})
		if err != nil || n <= followNearly {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// catchUp puts into a copy the entries that it has not got, and counts them.
func (s *Store) catchUp(from, to *bbolt.Tx) (n int, err error) {
	had, err := readHead(to)
	if err != nil {
		return 0, err
	}
	has, err := readHead(from)
	if err != nil || has.rev == had.rev {
		return 0, err
	}
	land := newLanding(to, s.layout)
	c := from.Bucket([]byte(bucketJournal)).Cursor()
	for key, value := c.Seek(idKey(had.rev + 1)); key != nil; key, value = c.Next() {
		e, err := openEntry(key, value)
		if err != nil {
			return n, err
		}
		if err := land.take(&e, value); err != nil {
			return n, err
		}
		n++
	}
	return n, land.finish(has)
}

// conclude makes a copy the same as the file, which nobody writes to meanwhile, and
// adds the last change.
func (s *Store) conclude(db *bbolt.DB, last func() (*pending, error)) error {
	if err := s.queue.failure(); err != nil {
		return err
	}
	return guard(func() error {
		return s.db.View(func(from *bbolt.Tx) error {
			return db.Update(func(to *bbolt.Tx) error {
				if _, err := s.catchUp(from, to); err != nil {
					return err
				}
				for _, name := range []string{bucketMeta, bucketOps, bucketDrafts, bucketPrefs} {
					if err := replaceBucket(from, to, []byte(name)); err != nil {
						return err
					}
				}
				if last == nil {
					return nil
				}
				p, err := last()
				if err != nil {
					return err
				}
				return s.writeBatch(to, []*pending{p})
			})
		})
	})
}

// replaceBucket makes a bucket of a copy what it is in the file.
func replaceBucket(from, to *bbolt.Tx, name []byte) error {
	if err := to.DeleteBucket(name); err != nil {
		return err
	}
	b, err := to.CreateBucket(name)
	if err != nil {
		return err
	}
	return from.Bucket(name).ForEach(b.Put)
}

// swap puts another file in the place of the open one and opens it. Should that
// fail, nothing more is written.
func (s *Store) swap(temp string) error {
	if err := guard(s.db.Close); err != nil {
		return explainSystem(s.path, err)
	}
	moved := moveInto(temp, s.path)
	db, err := openDB(s.path)
	if err != nil {
		broken := &failure.Error{Code: failure.Unusable, Cause: err,
			Message: QuotePath(s.path) + " could not be opened again; close the program and start it again"}
		s.queue.takeBack(s.durable.Load(), broken)
		return broken
	}
	s.db = db
	s.inode, _ = os.Stat(s.path) // nil when it is gone already, which the next flush tells
	if moved != nil {
		return explainSystem(s.path, moved)
	}
	return nil
}
