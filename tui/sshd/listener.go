package sshd

import (
	"crypto/sha256"
	"encoding/hex"
)

// Door says how those who come through a listener prove who they are.
type Door int

// The doors.
const (
	// Network is a door for anybody: a public key proves who somebody is.
	Network Door = iota
	// Private is a Unix socket for the account that has the file open.
	Private
	// Machine is a Unix socket for all accounts of this machine.
	Machine
)

// SocketName is what a file's socket is called, in whatever folder.
func SocketName(file string) string {
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:10]) + ".sock"
}
