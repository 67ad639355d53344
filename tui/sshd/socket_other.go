//go:build !unix

package sshd

import (
	"net"

	"interlocal/model/failure"
)

func errNoSockets() error {
	return failure.New(failure.Unusable,
		"windows of one file can be shared on Linux and macOS only; close the other window")
}

// SocketPath has no answer here.
func SocketPath(string, ...string) (string, error) { return "", errNoSockets() }

// ListenSocket is of no use here.
func ListenSocket(string, bool) (net.Listener, error) { return nil, errNoSockets() }

// Dial is of no use here.
func Dial(string, bool) (net.Conn, error) { return nil, errNoSockets() }
