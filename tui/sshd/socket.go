//go:build unix

package sshd

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"interlocal/model/failure"
)

// longestSocket is how long the name of a socket may be everywhere.
const longestSocket = 103

// SocketPath is where the socket for a file belongs: in the first folder whose
// name is short enough for it.
func SocketPath(file string, folders ...string) (string, error) {
	for _, dir := range folders {
		if path := filepath.Join(dir, SocketName(file)); dir != "" && len(path) <= longestSocket {
			return path, nil
		}
	}
	return "", failure.New(failure.Unusable, "the folders for sockets have names that are too long; set "+
		"XDG_RUNTIME_DIR to one with a short name")
}

// ListenSocket makes a socket that only this account can open, or with a group
// its members as well. It must be called by whoever holds the file's lock: a
// socket that is left from before is cleared away.
func ListenSocket(path string, group bool) (net.Listener, error) {
	dir, mode := filepath.Dir(path), os.FileMode(0o600)
	if group {
		mode = 0o660
	} else if err := ownFolder(dir); err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&os.ModeSocket == 0 {
			return nil, failure.New(failure.Unusable, path+" is in the way and is no socket; move it away, and "+
				"others can join again")
		}
		if err := os.Remove(path); err != nil {
			return nil, unreachable(path, err)
		}
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, unreachable(path, err)
	}
	// Not by umask, which is the whole process's: folders made meanwhile would lose
	// the right to be entered. Until now the folder keeps others out, or a login does.
	if err := os.Chmod(path, mode); err != nil {
		ln.Close()
		return nil, unreachable(path, err)
	}
	return ln, nil
}

func unreachable(path string, cause error) error {
	return &failure.Error{Code: failure.Unusable, Cause: cause, Message: "others cannot join at " + path +
		"; check whose folder that is"}
}

// ownFolder makes a folder of this account's alone, or makes sure of it.
func ownFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return unreachable(dir, err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return unreachable(dir, err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || info.Mode().Perm()&0o022 != 0 || !ok || int(stat.Uid) != os.Getuid() {
		return failure.New(failure.Unusable, dir+" is not a folder of your own, so others cannot join there; remove "+
			"it, or set XDG_RUNTIME_DIR to a folder of yours")
	}
	return nil
}

// dialPatience is how long a holder may take to open the door.
const dialPatience = 2 * time.Second

// Dial connects to a socket. Unless it is a group's, the holder must be of this
// account.
func Dial(path string, group bool) (net.Conn, error) {
	nc, err := net.DialTimeout("unix", path, dialPatience)
	if err != nil {
		return nil, err
	}
	if group {
		return nc, nil
	}
	uid, err := PeerUID(nc)
	if err == nil && int(uid) != os.Getuid() {
		err = failure.New(failure.Forbidden, "the program at "+path+" is another account's; remove it, or set "+
			"XDG_RUNTIME_DIR to a folder of yours")
	}
	if err != nil {
		nc.Close()
		return nil, err
	}
	return nc, nil
}
