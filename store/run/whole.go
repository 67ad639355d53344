package run

import (
	"io"
	"os"
	"path/filepath"

	"interlocal/model/failure"
)

// WriteWhole writes a file under another name and renames it when it is
// complete, so that nobody ever finds half of it. A new file is its owner's
// alone; one that is replaced keeps its rights.
func WriteWhole(path string, write func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".interlocal-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()           // the first error tells
			_ = os.Remove(tmp.Name()) // nothing is lost if it stays
		}
	}()
	if err = write(tmp); err != nil {
		if failure.CodeOf(err) == "" {
			err = unwritable(path, err)
		}
		return err
	}
	if there, statErr := os.Stat(path); statErr == nil {
		if err = tmp.Chmod(there.Mode().Perm()); err != nil {
			return unwritable(path, err)
		}
	}
	if err = tmp.Sync(); err != nil {
		return unwritable(path, err)
	}
	if err = tmp.Close(); err != nil {
		return unwritable(path, err)
	}
	if err = os.Rename(tmp.Name(), path); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func unwritable(path string, cause error) error {
	return &failure.Error{Code: failure.Unusable, Cause: cause,
		Message: "cannot write " + path + ": check that the folder exists, that you may write there and that the " +
			"disk has room"}
}
