//go:build unix

package main

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// escapeGap is how long the Escape key may be the beginning of a sequence.
const escapeGap = 50 * time.Millisecond

// keys is a terminal's keyboard on which every paste has an end.
type keys struct {
	*os.File
	pastes pastes
}

// keyboard gives the input of a dashboard. What is no file is left as it is.
func keyboard(in io.Reader) io.Reader {
	if f, ok := in.(*os.File); ok {
		return &keys{File: f}
	}
	return in
}

// Read reads what has been typed.
func (k *keys) Read(b []byte) (int, error) {
	if len(b) <= len(pasteEnd) {
		return k.File.Read(b)
	}
	n, err := k.File.Read(b[:len(b)-len(pasteEnd)])
	if n <= 0 {
		return n, err
	}
	return copy(b, k.pastes.pass(b[:n:n], k.quiet)), err
}

// quiet waits for as long as a sequence may take and reports whether nothing came.
func (k *keys) quiet() bool {
	var set unix.FdSet
	fd := int(k.Fd())
	if fd >= unix.FD_SETSIZE {
		return false
	}
	set.Set(fd)
	gap := unix.NsecToTimeval(int64(escapeGap))
	n, err := unix.Select(fd+1, &set, nil, nil, &gap)
	return n == 0 && err == nil
}
