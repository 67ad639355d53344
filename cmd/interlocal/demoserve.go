package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"

	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/sshd"
)

// demoServe shares the demo on this machine alone and prints two lines with
// which to sign in as staff of two cities. The file and the keys are gone when it
// ends.
func (c *call) demoServe(ctx context.Context, set *sample.Set) error {
	if c.System == "windows" {
		return failure.New(failure.Unusable, "demo --serve runs on Linux and macOS; interlocal demo shows the "+
			"dashboard here")
	}
	var t throwaway
	st, err := t.open(ctx, c, set)
	if err == nil {
		err = c.demoShared(ctx, st, t.dir)
	}
	return errors.Join(err, t.close())
}

// demoHost is the machine itself, which nobody else can reach by that address.
const demoHost = "127.0.0.1"

// demoStaff is somebody of the sample with a key of their own.
type demoStaff struct {
	login, city, keyFile string
}

func (c *call) demoShared(ctx context.Context, st *store.Store, dir string) error {
	staff, err := c.demoUsers(ctx, st, dir)
	if err != nil {
		return err
	}
	c.id = ownIdentity(st, c.User)
	key, err := sshd.HostKey(st.Path() + ".hostkey")
	if err != nil {
		return err
	}
	known := filepath.Join(dir, "known_hosts")
	var failed error
	err = c.host(ctx, st, demoHost+":0", func(address, _ string) {
		_, port, _ := net.SplitHostPort(address) // the server made it
		line := fmt.Sprintf("[%s]:%s %s", demoHost, port, ssh.MarshalAuthorizedKey(key.PublicKey()))
		if failed = os.WriteFile(known, []byte(line), 0o600); failed == nil {
			c.sayDemo(staff, port, known)
		}
	})
	return errors.Join(err, failed)
}

// sayDemo prints how to sign in.
func (c *call) sayDemo(staff []demoStaff, port, known string) {
	fmt.Fprintln(c.Stdout, "The demo is shared on this machine. Open two more windows and paste one line into each:")
	for _, s := range staff {
		fmt.Fprintf(c.Stdout, "\n%s:\n  ssh -p %s -i %s -o IdentitiesOnly=yes -o UserKnownHostsFile=%s %s@%s\n", s.city,
			port, s.keyFile, known, s.login, demoHost)
	}
	fmt.Fprintln(c.Stdout, "\nEach sees who else is here, what the other edits, and changes as they are "+
		"made.\nCtrl-C ends the demo and takes its file and keys away.")
}

// demoUsers makes one user in each of two cities, with a key in a file that its
// owner alone can read, and the account of this machine as administrator.
func (c *call) demoUsers(ctx context.Context, st *store.Store, dir string) ([]demoStaff, error) {
	var out []demoStaff
	_, err := st.Update(ctx, deskIdentity(), store.Op{Title: "let two people in"}, func(tx *store.Tx) error {
		admin := accounts.Newcomer{Login: "facilitator", Name: "The facilitator", Role: accounts.UserAdmin,
			Account: value.Some(int64(os.Getuid()))}
		if _, err := accounts.Add(tx, &admin); err != nil {
			return err
		}
		for _, city := range []string{"Grandview", "Raytown"} {
			s, n, err := demoPerson(tx, city, dir)
			if err == nil {
				_, err = accounts.Add(tx, &n)
			}
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// demoPerson takes the first person on file of a city and makes them a key.
func demoPerson(r field.Reader, city, dir string) (demoStaff, accounts.Newcomer, error) {
	for p := range field.All[partnership.Person](r) {
		partner := field.Get(r, p.Partner)
		if partner == nil || partner.Name != city {
			continue
		}
		name := loginFor(strings.Fields(p.Name)[0])
		file := filepath.Join(dir, name)
		line, err := writeKey(file)
		return demoStaff{name, p.Name + " of " + city, file},
			accounts.Newcomer{Login: name, Name: p.Name, Person: p.ID, Partner: p.Partner, Role: accounts.UserEditor,
				Key: line}, err
	}
	return demoStaff{}, accounts.Newcomer{}, failure.New(failure.NotFound, "the sample has nobody in "+city)
}

// writeKey makes a key pair, writes the private half to a file of its owner's
// and gives the public half as a line.
func writeKey(path string) (string, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	block, err := ssh.MarshalPrivateKey(private, "interlocal demo")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
		return "", &failure.Error{Code: failure.Unusable, Cause: err,
			Message: "the demo's keys could not be written to " + filepath.Dir(path) + "; set TMPDIR to a folder " +
				"with room"}
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))), nil
}
