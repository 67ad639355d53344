package store

import (
	"os"
	"path/filepath"
	"strings"

	"interlocal/model/failure"
)

// Owns reports whether a path names the file itself, its lock or one of its
// backups, by whatever name or link: nothing else may be written there.
func (s *Store) Owns(path string) bool {
	full, err := filepath.Abs(path)
	if err != nil {
		return true // what cannot be told apart is left alone
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		full = filepath.Join(dir, filepath.Base(full))
	}
	if full == s.path || full == s.path+".lock" ||
		strings.HasPrefix(full, s.options.BackupDir+string(filepath.Separator)) {
		return true
	}
	there, err := os.Stat(full)
	if err != nil {
		return false
	}
	for _, own := range []string{s.path, s.path + ".lock"} {
		if info, err := os.Stat(own); err == nil && os.SameFile(info, there) {
			return true
		}
	}
	return false
}

// present makes sure that what is written can be found again: the path must
// still lead to the file that was opened. Somebody may have deleted it, or put
// another in its place, while it was in use.
func (s *Store) present() error {
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	now, err := os.Stat(s.path)
	if err == nil && s.inode != nil && os.SameFile(now, s.inode) {
		return nil
	}
	return &failure.Error{Code: failure.Unusable, Cause: err, Message: QuotePath(s.path) +
		" was moved, deleted or replaced while it was open, so nothing can be saved to it; put it back, or save a " +
		"copy with backup and go on with that"}
}
