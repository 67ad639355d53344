package store

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// backupsKept is how many daily backups are kept.
const backupsKept = 14

// Names of daily backups.
const (
	backupPrefix = "interlocal-"
	backupSuffix = ".db"
)

// Backup writes a copy of the file as it is now, while others go on working. The
// copy is checked before it gets its name, and nothing is overwritten. A history
// that cannot be read in places is copied as it is; see [Store.Damage].
func (s *Store) Backup(ctx context.Context, path string) error { return s.backup(ctx, path, false) }

// backup makes a copy and notes how that went; away is one to a folder elsewhere.
func (s *Store) backup(ctx context.Context, path string, away bool) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return explainSystem(path, err)
	}
	s.making(full)
	rev, err := s.checkedCopy(ctx, full)
	return s.made(ctx, full, rev, away, err)
}

// checkedCopy writes a copy, checks it, and gives it its name. It returns the
// revision in it.
func (s *Store) checkedCopy(ctx context.Context, full string) (rev uint64, err error) {
	if there, err := exists(full); err != nil || there {
		return 0, cmp.Or(err, errExists(full))
	}
	if err := makeFolder(filepath.Dir(full)); err != nil {
		return 0, explainSystem(full, err)
	}
	temp, err := tempName(full)
	if err != nil {
		return 0, explainSystem(full, err)
	}
	defer os.Remove(temp)
	if err := s.copyTo(ctx, temp); err != nil {
		return 0, explainOpen(full, s.options.BackupDir, err)
	}
	report, err := checkFile(ctx, temp, s.options)
	if err != nil {
		return 0, explainOpen(s.path, s.options.BackupDir, err)
	}
	s.damage.Store(report.damage())
	if !report.Whole() {
		return 0, failure.New(failure.Damaged, "the backup was not kept, because "+QuotePath(s.path)+" is damaged: "+
			report.broken)
	}
	return peek(temp).head.rev, explainOpen(full, s.options.BackupDir, nameNew(temp, full))
}

// copyTo writes the file as it is now to a path and makes it last.
func (s *Store) copyTo(ctx context.Context, path string) error {
	if err := s.ready(); err != nil {
		return err
	}
	return s.copyWalked(ctx, path)
}

// copyWalked is copyTo of a file of which every page has been walked.
func (s *Store) copyWalked(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = s.viewPresent(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(stopWriter{ctx, f})
		return err
	})
	return errors.Join(err, f.Sync(), f.Close())
}

// stopWriter stops when its context ends.
type stopWriter struct {
	ctx context.Context
	io.Writer
}

// Write writes unless the context has ended.
func (w stopWriter) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}

// nameNew gives a finished file its name unless that is taken.
func nameNew(temp, path string) error {
	err := os.Link(temp, path)
	if errors.Is(err, os.ErrExist) {
		return errExists(path)
	}
	if err != nil { // some file systems have no links
		if there, err := exists(path); err != nil || there {
			return cmp.Or(err, errExists(path))
		}
		if err := os.Rename(temp, path); err != nil {
			return err
		}
	}
	return syncDir(path)
}

// BackupDaily makes today's backup unless there is one, keeps the newest
// fourteen, and does the day's chores: operations and drafts that have expired
// are dropped, confidential values leave old entries if the settings say so, and
// a file with much unused space is compacted.
func (s *Store) BackupDaily(ctx context.Context) (path string, made bool, err error) {
	day := s.now().In(s.location(s.durable.Load())).Format(time.DateOnly)
	stem := filepath.Join(s.options.BackupDir, backupPrefix+day)
	path = stem + backupSuffix
	for n := 2; ; n++ { // what a restore has replaced may have the name, and is no copy of this file
		if there, err := exists(path); err != nil || there && s.owns(peek(path)) {
			return path, false, err
		} else if !there {
			break
		}
		path = stem + "-" + uintText(uint64(n)) + backupSuffix
	}
	if err := s.Backup(ctx, path); err != nil {
		return path, false, err
	}
	for i, old := range listBackups(s.options.BackupDir) {
		if i >= backupsKept {
			if err := os.Remove(old); err != nil {
				return path, true, explainSystem(old, err)
			}
		}
	}
	return path, true, s.chores(ctx)
}

// compactAbove is how many unused pages make compacting worth its while.
const compactAbove = 20000

// chores is what is done once a day, unless the clock is in doubt: by a wrong one
// everything is old.
func (s *Store) chores(ctx context.Context) error {
	if s.ClockDoubt() != nil {
		return nil
	}
	s.drafts.expire(s.now())
	if err := s.dropOps(s.ops.expire(s.now())); err != nil {
		return err
	}
	s.poke()
	if err := s.age(ctx); err != nil {
		return err
	}
	if s.Stats().FreePages > compactAbove {
		_, _, err := s.Compact(ctx)
		return err
	}
	return nil
}

// dropOps removes expired operations from the file.
func (s *Store) dropOps(keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	slices.Sort(keys)
	return s.alter(func(tx *bbolt.Tx) error {
		for _, key := range keys {
			if err := tx.Bucket([]byte(bucketOps)).Delete([]byte(key)); err != nil {
				return err
			}
		}
		return nil
	})
}

// alter writes what is no change of records.
func (s *Store) alter(f func(*bbolt.Tx) error) error {
	if err := s.verified(); err != nil {
		return err
	}
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	if err := s.queue.failure(); err != nil {
		return err
	}
	if err := guard(func() error { return s.db.Update(f) }); err != nil {
		return s.explainCommit(err)
	}
	return nil
}

// listBackups lists the daily backups in a folder, the newest first: that is the
// one with the highest revision, whatever day its name says. Those that cannot be
// read come last.
func listBackups(dir string) []string {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []backupFile
	for _, f := range files {
		if isDaily(f.Name()) {
			out = append(out, peek(filepath.Join(dir, f.Name())))
		}
	}
	slices.SortFunc(out, func(a, b backupFile) int { return b.compare(a) })
	paths := make([]string, len(out))
	for i, f := range out {
		paths[i] = f.path
	}
	return paths
}

// isDaily reports whether a daily backup is called so: after its day, and the second
// of a day with its number.
func isDaily(name string) bool {
	day, ok := strings.CutPrefix(name, backupPrefix)
	day, isDB := strings.CutSuffix(day, backupSuffix)
	if n := len(time.DateOnly); len(day) > n && day[n] == '-' {
		_, err := strconv.ParseUint(day[n+1:], 10, 32)
		day, ok = day[:n], ok && err == nil
	}
	_, err := time.Parse(time.DateOnly, day)
	return ok && isDB && err == nil
}

// BackupsOf lists the daily backups beside a file, which need not be there, newest
// first.
func BackupsOf(path string) []string { return listBackups(Options{}.filled(path).BackupDir) }

// Backups lists the daily backups, newest first.
func (s *Store) Backups() []string { return listBackups(s.options.BackupDir) }

// keepBeforeMigration puts a copy of the file among the backups.
func (s *Store) keepBeforeMigration(format int) error {
	name := "before-format-" + uintText(uint64(format+1)) + "-" + s.now().UTC().Format("20060102-150405") + backupSuffix
	path := filepath.Join(s.options.BackupDir, name)
	if there, err := exists(path); err != nil || there {
		return err // kept in this very second, by one that was killed before it migrated
	}
	if err := makeFolder(s.options.BackupDir); err != nil {
		return err
	}
	temp, err := tempName(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := s.copyWalked(context.Background(), temp); err != nil { // its records are not read yet
		return err
	}
	if err := verifyPages(temp); err != nil {
		return err
	}
	return nameNew(temp, path)
}

// Restore puts a backup in the place of a file that nobody has open. The backup
// is checked first; the file that was there is kept beside under the name
// returned, "" when there was none. A backup whose records are whole will do, even
// if some of its history cannot be read. A file that is restored from itself is
// repaired; see [Repair].
func Restore(path, from string, o Options) (kept string, err error) {
	s, err := newStore(path, o)
	if err != nil {
		return "", err
	}
	err = s.alone(func() error {
		if from, err = filepath.Abs(from); err != nil {
			return explainSystem(from, err)
		}
		if sameFile(from, s.path) {
			kept, _, err = s.repair()
			return err
		}
		temp, err := s.prepareRestore(from)
		if err != nil {
			return explainOpen(from, s.options.BackupDir, err)
		}
		defer os.Remove(temp)
		kept, err = s.replaceBy(temp)
		return err
	})
	return kept, err
}

// prepareRestore makes, beside the file, the one that is to take its place.
func (s *Store) prepareRestore(from string) (temp string, err error) {
	if temp, err = tempName(s.path); err != nil {
		return "", err
	}
	if err = copyFile(from, temp); err == nil {
		var report *Report
		report, err = checkFile(context.Background(), temp, s.options)
		if err == nil && report.broken != "" {
			err = errDamage(report.broken)
		}
	}
	if err == nil {
		err = branchFile(temp)
	}
	if err != nil {
		os.Remove(temp)
		return "", err
	}
	return temp, nil
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// keepAside gives the present file a second name, so that it stays when the
// first is given to another.
func (s *Store) keepAside() (kept string, err error) {
	if there, err := exists(s.path); err != nil || !there {
		return "", err
	}
	kept = s.path + ".before-restore-" + s.now().UTC().Format("20060102-150405")
	for n := 2; ; n++ {
		there, err := exists(kept)
		if err != nil {
			return "", err
		}
		if !there {
			break
		}
		kept = s.path + ".before-restore-" + s.now().UTC().Format("20060102-150405") + "-" + uintText(uint64(n))
	}
	if os.Link(s.path, kept) == nil {
		return kept, syncDir(kept)
	}
	temp, err := tempName(kept) // some file systems have no links
	if err != nil {
		return "", err
	}
	defer os.Remove(temp)
	if err := copyFile(s.path, temp); err != nil {
		return "", err
	}
	return kept, moveInto(temp, kept)
}

// copyFile copies a file that nobody writes to.
func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}
