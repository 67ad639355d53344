package store

import (
	"context"
	"os"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// Compact rewrites the file without its unused pages. Writers wait meanwhile;
// readers do not, except for history. The old file stays in place until the new
// one has been checked.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	if err := s.ready(); err != nil {
		return 0, 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	s.dbMu.Lock()
	defer s.dbMu.Unlock()
	if err := s.queue.failure(); err != nil {
		return 0, 0, err
	}
	temp, err := s.compacted(ctx)
	if err != nil {
		return 0, 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	defer os.Remove(temp)
	before = fileSize(s.path)
	if err := s.swap(temp); err != nil {
		return before, fileSize(s.path), err
	}
	return before, fileSize(s.path), nil
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// compacted makes a checked copy without unused pages beside the file.
func (s *Store) compacted(ctx context.Context) (temp string, err error) {
	if temp, err = tempName(s.path); err != nil {
		return "", err
	}
	err = makeFile(temp, func(db *bbolt.DB) error { return bbolt.Compact(db, s.db, 16<<20) })
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
