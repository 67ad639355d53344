package store

import (
	"errors"
	"os"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"interlocal/model"
)

// openReadOnly opens a file to look at it: no lock file, no writing. Tolerant
// accepts a file whose last change has lost its header.
func openReadOnly(path string, tolerant bool) (*bbolt.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	w, err := walkPages(path)
	if err != nil {
		return nil, err
	}
	if w.lastLost && !tolerant {
		return nil, verifyPages(path)
	}
	var db *bbolt.DB
	err = guard(func() error {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			ReadOnly: true, Timeout: 200 * time.Millisecond, FreelistType: bbolt.FreelistMapType, PreLoadFreelist: true,
		})
		return err
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, heldBy(path)
	}
	return db, err
}

// heldBy says who has a file open, as far as its lock file tells.
func heldBy(path string) error {
	held := new(HeldError)
	if f, err := os.Open(path + ".lock"); err == nil {
		held = readHolder(f)
		f.Close()
	}
	return &model.Error{Code: model.InUse, Message: held.sentence(path), Cause: held}
}
