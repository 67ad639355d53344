package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/sshd"
)

// directory tells the server who may come in: it looks up, among the users on
// file, whose a proved key or account is.
type directory struct {
	store    *store.Store
	owner    access.Identity // of whoever keeps the file open
	hardware []string        // roles that come in by a key in a device only
}

func newDirectory(st *store.Store, owner access.Identity, hardware []string) sshd.Directory {
	return &directory{st, owner, hardware}
}

// accountPrefix begins the key of a file's owner who is no user of it.
const accountPrefix = "account:"

// deskIdentity reads and writes users on the program's own behalf: nobody has signed in
// yet when it is asked.
func deskIdentity() access.Identity { return access.Identity{Name: "interlocal", Role: access.Owner} }

// register reads the users on file.
func register(st *store.Store) *store.View { return st.As(deskIdentity()).View() }

// Offered says whether a key is worth proving.
func (d *directory) Offered(name string, key ssh.PublicKey) error {
	if err := accounts.CheckKey(key); err != nil {
		return err
	}
	r, print := register(d.store), ssh.FingerprintSHA256(key)
	if code, joining := strings.CutPrefix(name, accounts.JoinPrefix); joining {
		u, err := accounts.Invited(r, code, wallNow(d.store))
		if err != nil {
			return err
		}
		if u.HoldsKey(print) { // programs offer what they have, and the next key may come after it
			return failure.New(failure.Forbidden, "this key is yours here already; come with the new one: ssh -i FILE")
		}
		return d.takes(string(u.Role), key)
	}
	u, _, err := accounts.AdmitKey(r, print, run.KeyDays(d.store)(print), wallNow(d.store).Day())
	if err != nil {
		return err
	}
	return d.takes(string(u.Role), key)
}

// takes says why a role may not come in by a kind of key.
func (d *directory) takes(role string, key ssh.PublicKey) error {
	if !slices.Contains(d.hardware, role) || accounts.Hardware(key.Type()) {
		return nil
	}
	return failure.New(failure.Forbidden, "as "+role+" you come in here by a key in a device that asks for a touch; "+
		"make one with ssh-keygen -t ed25519-sk")
}

// Proved gives the guest who holds a key. With an invitation the key becomes
// that of the user invited, which is all that an invitation can do.
func (d *directory) Proved(ctx context.Context, name, from string, key ssh.PublicKey) (sshd.Guest, error) {
	if err := d.Offered(name, key); err != nil {
		return sshd.Guest{}, err
	}
	print := ssh.FingerprintSHA256(key)
	greeting := ""
	if code, joining := strings.CutPrefix(name, accounts.JoinPrefix); joining {
		if err := d.bind(ctx, code, from, accounts.UserKey{Fingerprint: print, Algorithm: key.Type(),
			Comment: "by invitation"}); err != nil {
			return sshd.Guest{}, err
		}
		greeting = "Welcome. This key is yours here from now on: next time, sign in without the code."
	}
	r, today := register(d.store), wallNow(d.store).Day()
	u, id, err := accounts.AdmitKey(r, print, run.KeyDays(d.store)(print), today)
	if err == nil {
		err = u.MayComeFrom(from)
	}
	if err != nil {
		return sshd.Guest{}, err
	}
	if greeting != "" {
		greeting += accounts.WaitsFor(r, u, today)
	}
	_ = run.Note(d.store, id, run.Noted{Did: run.SignedIn, What: from}) // a disk that is full keeps nobody out
	_ = run.NoteKey(d.store, print)                                     // the same
	return sshd.Guest{Identity: id, Login: uint64(u.ID), Key: print, Greeting: greeting}, nil
}

// bind gives the user whom a code invites their first key.
func (d *directory) bind(ctx context.Context, code, from string, key accounts.UserKey) error {
	u, err := accounts.Invited(register(d.store), code, wallNow(d.store))
	if err == nil {
		err = u.MayComeFrom(from)
	}
	if err != nil {
		return err
	}
	newcomer := deskIdentity()
	newcomer.User, newcomer.Name = accounts.Key(u.ID), u.Called(register(d.store))
	_, err = run.Do(ctx, d.store, newcomer, run.Request{Act: accounts.AcceptAct(), ID: uint64(u.ID),
		Args: &accounts.Accepting{Code: code, Key: key}})
	return err
}

// Account gives the guest who sits at an account of this machine: a user with
// that account, or whoever keeps the file open.
func (d *directory) Account(uid uint32, name string) (sshd.Guest, error) {
	r := register(d.store)
	if u := accounts.ByAccount(r, int64(uid)); u != nil {
		id, err := accounts.Admit(r, u, "", wallNow(d.store).Day())
		return sshd.Guest{Identity: id, Login: uint64(u.ID)}, err
	}
	if int64(uid) == int64(os.Getuid()) {
		return sshd.Guest{Identity: ownIdentity(d.store, strings.TrimPrefix(d.owner.User, accountPrefix))}, nil
	}
	return sshd.Guest{}, failure.New(failure.Forbidden, "the account "+name+" is nobody's here; ask your "+
		"administrator to add it with interlocal user add "+
		"NAME --account NUMBER")
}

// Again says whether a guest who came in earlier may stay: the same user with
// the same rights, and with the key they came by still on record.
func (d *directory) Again(g sshd.Guest) error {
	r := register(d.store)
	if g.Login == 0 {
		if !accounts.HasUsers(r) || g.Identity.Role != access.Owner {
			return nil
		}
		return failure.New(failure.Forbidden,
			"users have been added to this file; open it again to go on as who you are")
	}
	u := field.Get(r, accounts.UserID(g.Login))
	if u == nil {
		return failure.New(failure.Forbidden, "your login has been removed; ask your administrator")
	}
	id, err := accounts.Admit(r, u, g.Key, wallNow(d.store).Day())
	id.Name = g.Identity.Name // another name is no reason to send anybody away
	switch {
	case err != nil:
		return err
	case g.Key != "" && !u.HoldsKey(g.Key):
		return failure.New(failure.Forbidden, "the key you came with has been removed; sign in with another")
	case id != g.Identity:
		return failure.New(failure.Forbidden, "your role or city has been changed; sign in again to go on")
	}
	return nil
}

// hasUsers reports whether anybody has been added to the file.
func hasUsers(st *store.Store) bool { return accounts.HasUsers(register(st)) }

// ownIdentity is who somebody is who opens the file itself. While it has no
// users it is theirs. Afterwards they are who their account says; the file's
// owner without a user of their own administers it, so that a lost key can be
// replaced, and has no city's answers.
func ownIdentity(st *store.Store, name string) access.Identity {
	r := register(st)
	if !accounts.HasUsers(r) {
		return access.Alone(name)
	}
	if u := accounts.ByAccount(r, int64(os.Getuid())); u != nil {
		if id, err := accounts.Admit(r, u, "", wallNow(st).Day()); err == nil {
			return id
		}
	}
	return access.Identity{User: accountPrefix + name, Name: name + " (file's owner)", Role: access.Admin}
}

// firstAdmin makes the first user of a file: an administrator with a key.
func firstAdmin(ctx context.Context, st *store.Store, name, line string) (sshd.Guest, error) {
	key, err := accounts.ParseKey(line)
	if err != nil {
		return sshd.Guest{}, err
	}
	n := &accounts.Newcomer{Login: loginFor(name), Name: name, Role: accounts.UserAdmin, Key: line}
	if uid := os.Getuid(); uid > 0 {
		n.Account = value.Some(int64(uid))
	}
	done, err := run.Do(ctx, st, access.Alone(name), run.Request{Act: accounts.FirstAct(), Args: n})
	if err != nil {
		return sshd.Guest{}, err
	}
	r := register(st)
	u := field.Get(r, accounts.UserID(done.ID))
	return sshd.Guest{Identity: accounts.Identity(r, u, key.Fingerprint, wallNow(st).Day()), Login: done.ID,
		Key: key.Fingerprint}, nil
}

// loginFor makes a login of a name.
func loginFor(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z', b.Len() > 0 && (c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-'):
			b.WriteRune(c)
		case c == ' ' && b.Len() > 0:
			b.WriteByte('.')
		}
	}
	if b.Len() == 0 {
		return "admin"
	}
	return b.String()[:min(b.Len(), 32)]
}

// wallNow is the time on the partnership's clocks by the store's clock.
func wallNow(st *store.Store) value.Wall { return st.As(deskIdentity()).Now() }
