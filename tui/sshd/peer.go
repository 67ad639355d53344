package sshd

import (
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
