//go:build !unix

package main

import (
	"context"

	"interlocal/model/failure"
	"interlocal/tui/sshd"
)

// window cannot be had here: [sshd.Dial] says so first.
func (c *call) window(context.Context, *sshd.Client, []string, []byte) (int, []byte, error) {
	return 0, nil, failure.New(failure.Unusable, "windows of one file can be shared on Linux and macOS only; close "+
		"the other window")
}
