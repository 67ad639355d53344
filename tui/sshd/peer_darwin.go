package sshd

import (
	"net"

	"golang.org/x/sys/unix"

	"interlocal/model/failure"
)

// peerUID asks the system whose process is at the other end of a Unix socket.
func peerUID(nc *net.UnixConn) (uint32, error) {
	raw, err := nc.SyscallConn()
	if err != nil {
		return 0, err
	}
	var cred *unix.Xucred
	var asked error
	if err := raw.Control(func(fd uintptr) {
		cred, asked = unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	}); err != nil {
		return 0, err
	}
	if asked != nil {
		return 0, &failure.Error{Code: failure.Forbidden, Message: "the system does not say who is at the other end",
			Cause: asked}
	}
	return cred.Uid, nil
}
