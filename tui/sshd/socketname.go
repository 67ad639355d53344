package sshd

import (
	"crypto/sha256"
	"encoding/hex"
)

// SocketName is what a file's socket is called, in whatever folder.
func SocketName(file string) string {
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:10]) + ".sock"
}
