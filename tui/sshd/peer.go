package sshd

import (
	"crypto/sha256"
	"encoding/hex"
	"net"
	"os/user"
	"strconv"

	"interlocal/model/failure"
)

// peer gives the account behind the other end of a Unix socket, as the system
// knows it.
func peer(nc net.Conn) (uid uint32, name string, err error) {
	uc, ok := nc.(*net.UnixConn)
	if !ok {
		return 0, "", failure.New(failure.Forbidden, "only programs of this machine come in here")
	}
	if uid, err = peerUID(uc); err != nil {
		return 0, "", err
	}
	if u, err := user.LookupId(strconv.FormatUint(uint64(uid), 10)); err == nil {
		name = u.Username
	}
	return uid, name, nil
}

// PeerUID gives the account behind the other end of a Unix socket.
func PeerUID(nc net.Conn) (uint32, error) {
	uid, _, err := peer(nc)
	return uid, err
}

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
