package store

import (
	"errors"
	"os"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"interlocal/model/failure"
)

// openReadOnly opens a file to look at it: no lock file, no writing. LastLost
// says that its last change has lost its header, so that the file is read as it
// was before that.
func openReadOnly(path string) (db *bbolt.DB, lastLost bool, err error) {
	if _, err := os.Stat(path); err != nil {
		return nil, false, err
	}
	w, err := walkPages(path)
	if err != nil {
		return nil, false, err
	}
	err = guard(func() error {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			ReadOnly: true, Timeout: 200 * time.Millisecond, FreelistType: bbolt.FreelistMapType, PreLoadFreelist: true,
		})
		return err
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, false, heldBy(path)
	}
	return db, w.lastLost, err
}

// heldBy says who has a file open, as far as its lock file tells.
func heldBy(path string) error {
	held := new(HeldError)
	if f, err := os.Open(path + ".lock"); err == nil {
		held = readHolder(f)
		f.Close()
	}
	return &failure.Error{Code: failure.InUse, Message: held.sentence(path), Cause: held}
}
