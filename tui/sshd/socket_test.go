//go:build unix

package sshd

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

func TestTheHostKeyIsMadeOnceAndItsOwnersAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hostkey")
	first, err := HostKey(file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := HostKey(file)
	if err != nil || ssh.FingerprintSHA256(again.PublicKey()) != ssh.FingerprintSHA256(first.PublicKey()) {
		t.Errorf("the second time: %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := HostKey(file); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
	if err := os.WriteFile(file, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := HostKey(file); failure.CodeOf(err) != failure.Unusable {
		t.Errorf("a file that is no key: %v", err)
	}
	if _, err := HostKey(filepath.Join(file, "x")); failure.CodeOf(err) != failure.Unusable {
		t.Errorf("a folder that is none: %v", err)
	}
}

// shortDir is a folder whose name leaves room for a socket's.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "il-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestASocketIsItsOwnersAlone(t *testing.T) {
	dir := shortDir(t)
	path, err := SocketPath("/some/file.db", filepath.Join(dir, strings.Repeat("long", 40)), filepath.Join(dir, "run"))
	if err != nil || filepath.Dir(path) != filepath.Join(dir, "run") {
		t.Fatal(path, err)
	}
	ln, err := ListenSocket(path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.Chmod(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := ListenSocket(path, false); err == nil || !strings.Contains(err.Error(), "folder of your own") {
		t.Errorf("a folder that others can write: %v", err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if _, err := ListenSocket(filepath.Join(link, "s.sock"), false); err == nil {
		t.Error("a folder behind a link is taken")
	}
	if _, err := SocketPath("/some/file.db", "/"+strings.Repeat("long", 40)); err == nil {
		t.Error("a name that is too long is taken")
	}
}

func TestWindowsComeInByTheirAccount(t *testing.T) {
	h := newHouse(t, Limits{Idle: 1, Longest: 1}) // which are not for one's own windows
	path := filepath.Join(shortDir(t), "s", "s.sock")
	ln, err := ListenSocket(path, false)
	if err != nil {
		t.Fatal(err)
	}
	go h.server.Serve(ln, Private)
	nc, err := Dial(path, false)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Join(nc)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var out, errs strings.Builder
	status, begun, err := c.Command(context.Background(), []string{"who", "it's", "a b"}, []string{"PWD=/x"},
		strings.NewReader(""), &out, &errs)
	if err != nil || status != 0 || !begun || !strings.HasSuffix(out.String(), " it's|a b\n") {
		t.Errorf("%q %q, exit %d, %v", out.String(), errs.String(), status, err)
	}
	if v := h.server.Connected(); len(v) != 1 || !v[0].Local {
		t.Errorf("connected: %v", v)
	}
}

// What answers at a socket may be no interlocal at all.
func TestWhatAnswersMayBeAnything(t *testing.T) {
	path := filepath.Join(shortDir(t), "s")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			nc.Write([]byte("220 mail.example ESMTP\r\n"))
			nc.Close()
		}
	}()
	nc, err := Dial(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Join(nc); err == nil {
		t.Error("a mail server is taken for a holder")
	}
}
