package sshd

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// HostKey reads the key by which a server is known, and makes it the first time.
// The file is its owner's alone; one that others can read is not used, since
// whoever has the key can pass for the server.
func HostKey(file string) (ssh.Signer, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeHostKey(file); err != nil {
			return nil, &failure.Error{Code: failure.Unusable, Cause: err,
				Message: "the server's key cannot be written to " + file + "; check that the folder is yours"}
		}
		data, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, &failure.Error{Code: failure.Unusable, Cause: err, Message: "the server's key " + file +
			" cannot be read; check whose it is"}
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, &failure.Error{Code: failure.Unusable, Cause: err,
			Message: "others can read the server's key " + file + "; if nobody has, make it yours alone: chmod 600 " +
				file}
	}
	key, err := ssh.ParsePrivateKey(data)
	if err != nil {
		return nil, &failure.Error{Code: failure.Unusable, Cause: err,
			Message: file + " is no key of a server; put the right one back, or move it away to begin with a new one"}
	}
	return key, nil
}

// makeHostKey writes a new key, whole or not at all, and never over another.
func makeHostKey(file string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := ssh.MarshalPrivateKey(private, "interlocal")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".interlocal-key-*") // 0600 from the start
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(pem.EncodeToMemory(block)); err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return os.Rename(tmp.Name(), file) // a file system without links
	}
	return nil
}

// PassingKey makes a key for a server on a socket of this machine, where the
// system itself says who is at the other end.
func PassingKey() (ssh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return ssh.NewSignerFromKey(private)
}
