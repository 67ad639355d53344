package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"interlocal/model/failure"
	"interlocal/store"
)

// closedToOthers refuses a file that other accounts of the machine can read or
// write, or put another in the place of: whoever can is master of all records,
// whatever the keys and roles say.
func closedToOthers(file string) error {
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		return &failure.Error{Code: failure.Forbidden, Cause: err,
			Message: "others on this machine can get at " + file +
				" without signing in; make it yours alone: chmod 600 " + file}
	}
	dir := filepath.Dir(file)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o002 != 0 && info.Mode()&os.ModeSticky == 0 {
		return &failure.Error{Code: failure.Forbidden, Cause: err,
			Message: "anybody on this machine can change what is in " + dir + ", the server's file and key as well; " +
				"close it: chmod o-w " + dir}
	}
	return nil
}

// needAdmin makes sure that somebody can sign in: a server without users would
// be of use to nobody, and one that lets people in without a key is not made.
func (c *call) needAdmin(ctx context.Context, st *store.Store, keyFile string) error {
	if hasUsers(st) {
		if keyFile != "" {
			return misuse("this file has its administrators already; add a key with interlocal user key NAME add")
		}
		return nil
	}
	line, err := c.adminKey(keyFile)
	if err != nil {
		return err
	}
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return failure.New(failure.Invalid, "that is no public key; it is one line that begins with ssh-ed25519 or "+
			"the like, from a file whose name ends in .pub")
	}
	if keyFile == "" {
		if !c.Terminal.In || !c.Terminal.Err {
			return failure.New(failure.Forbidden, "nobody can sign in yet; name the first administrator's public key "+
				"with --admin-key FILE")
		}
		fmt.Fprintf(c.Stderr, "Nobody can sign in yet. Make %s the administrator, with the key %s? [y/N] ", c.User,
			ssh.FingerprintSHA256(key))
		if !c.yes() {
			return failure.New(failure.Forbidden, "nobody could sign in, so the server was not started; name a "+
				"public key with --admin-key FILE")
		}
	}
	guest, err := firstAdmin(ctx, st, c.User, line)
	if err == nil && !c.json {
		fmt.Fprintf(c.Stdout, "%s is the administrator now.\n", guest.Identity.Name)
	}
	return err
}

// adminKey finds a public key of the caller's: the one named, one of those that
// ssh keeps, or one that an agent has.
func (c *call) adminKey(file string) (string, error) {
	if file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", &failure.Error{Code: failure.NotFound, Cause: err, Message: "cannot read " + file +
				"; name a file with a public key, such as ~/.ssh/id_ed25519.pub"}
		}
		return firstLine(b), nil
	}
	for _, name := range []string{"id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa"} {
		if b, err := os.ReadFile(filepath.Join(c.env("HOME"), ".ssh", name+".pub")); err == nil {
			return firstLine(b), nil
		}
	}
	if line := agentKey(c.env("SSH_AUTH_SOCK")); line != "" {
		return line, nil
	}
	return "", failure.New(failure.NotFound, "nobody can sign in yet, and no public key of yours is found; make one "+
		"with ssh-keygen -t ed25519, or name one with --admin-key FILE")
}

// firstLine is the first line that is no comment.
func firstLine(b []byte) string {
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return line
		}
	}
	return ""
}

// agentKey asks an agent for a public key.
func agentKey(socket string) string {
	if socket == "" {
		return ""
	}
	nc, err := net.DialTimeout("unix", socket, openingTime)
	if err != nil {
		return ""
	}
	defer nc.Close()
	keys, err := agent.NewClient(nc).List()
	if err != nil || len(keys) == 0 {
		return ""
	}
	return keys[0].String()
}
