package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"interlocal/model/failure"
)

// Filesystem is what holds a folder.
type Filesystem struct {
	Name    string // as the machine calls it: ext4, nfs
	Network bool   // it is on another machine, where locks and mapping cannot be trusted
	Left    int64  // bytes that may still be written to it; 0 is not known
}

// PlaceError says that a folder cannot hold the file. It is the cause of a
// [failure.Error] with code [failure.Unusable].
type PlaceError struct {
	Dir string
	Filesystem
}

// Error names the folder and what holds it.
func (e *PlaceError) Error() string { return e.Dir + " is on " + e.Name }

// checkPlace makes the folder of a file if need be and refuses network file
// systems, on which two machines could write the file at once.
func checkPlace(path string, probe func(string) (Filesystem, error)) error {
	dir := filepath.Dir(path)
	if err := makeFolder(dir); err != nil {
		return explainSystem(path, err)
	}
	fs, err := probe(dir)
	if err != nil {
		return explainSystem(path, err)
	}
	if fs.Network {
		place := &PlaceError{dir, fs}
		return &failure.Error{Code: failure.Unusable, Cause: place, Message: QuotePath(dir) +
			" is on a network drive (" + fs.Name +
			"), where the file could be damaged; choose a folder on this computer with --db, and share it with " +
			"interlocal serve"}
	}
	return nil
}

// networkTypes lists names of file systems that are on another machine.
func networkTypes() []string {
	return []string{"nfs", "cifs", "smb", "afp", "webdav", "davfs", "9p", "afs", "ceph", "lustre", "gluster",
		"ncp", "coda",
		"sshfs", "rclone", "s3fs", "gcsfuse", "curlftpfs", "gvfsd", "goofys", "gpfs", "beegfs", "vboxsf", "vmhgfs",
		"prl_fs"}
}

func isNetworkType(name string) bool {
	name = strings.TrimPrefix(strings.ToLower(name), "fuse.")
	for _, t := range networkTypes() {
		if strings.HasPrefix(name, t) {
			return true
		}
	}
	return false
}

// makeFolder makes a folder that lasts, and those above it.
func makeFolder(dir string) error {
	var missing []string
	for d := dir; d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil {
			break
		}
		missing = append(missing, d)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, d := range missing {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	return nil
}

// exists reports whether there is a file at path.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
