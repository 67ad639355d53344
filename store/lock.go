package store

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/user"
	"strconv"
	"time"

	"interlocal/model/failure"
)

// HeldError says who has a file open. It is the cause of a [failure.Error] with
// code [failure.InUse].
type HeldError struct {
	PID   int       `json:"pid"`
	User  string    `json:"user"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
	// Address is where the holder can be joined, when it has announced one with
	// [Store.Announce]: the seam by which a second program becomes a guest of
	// the first instead of being turned away.
	Address string `json:"address,omitempty"`
}

// Error names the holder.
func (e *HeldError) Error() string {
	return "held by process " + strconv.Itoa(e.PID) + " of " + e.User + " on " + e.Host + " since " +
		e.Since.Format(time.RFC3339)
}

// sentence says it to a person.
func (e *HeldError) sentence(path string) string {
	if e.PID == 0 {
		return QuotePath(path) + " is open in another program; close it there and try again"
	}
	return QuotePath(path) + " has been open since " + e.Since.Local().Format("Jan 2, 3:04 pm") + " by " + e.User +
		" on " + e.Host + " (process " + strconv.Itoa(e.PID) + "); close it there and try again"
}

// errLocked is what the operating system's lock answers when it is taken.
const errLocked = constError("another program holds the lock")

// fileLock is a lock on a file beside the database, which stays when the lock
// is given back. It holds a line of JSON that names the holder.
type fileLock struct {
	f      *os.File
	holder HeldError
}

// acquire takes the lock of the database at path.
func acquire(path string, now time.Time) (*fileLock, error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if !errors.Is(err, errLocked) {
			return nil, err
		}
		held := readHolder(f)
		return nil, &failure.Error{Code: failure.InUse, Message: held.sentence(path), Cause: held}
	}
	l := &fileLock{f: f, holder: HeldError{PID: os.Getpid(), User: userName(), Since: now.UTC()}}
	l.holder.Host, _ = os.Hostname()
	if err := l.write(); err != nil {
		f.Close()
		return nil, err
	}
	return l, nil
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "an unknown user"
}

// readHolder reads who holds a lock; empty when that cannot be told.
func readHolder(f *os.File) *HeldError {
	var held HeldError
	data, err := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	if err != nil || json.Unmarshal(data, &held) != nil {
		return &HeldError{}
	}
	return &held
}

func (l *fileLock) write() error {
	line, err := json.Marshal(l.holder)
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(append(line, '\n'), 0)
	return err
}

// release gives the lock back; the file stays, empty.
func (l *fileLock) release() {
	l.f.Truncate(0) // best effort: the lock is what counts
	l.f.Close()
}

// Announce writes into the lock file where this program can be joined.
func (s *Store) Announce(address string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.lock.holder.Address = address
	if err := s.lock.write(); err != nil {
		return explainSystem(s.path, err)
	}
	return nil
}

// constError is an error that is a constant.
type constError string

// Error gives the text.
func (e constError) Error() string { return string(e) }
