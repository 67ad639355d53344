// Package users is what an administrator does with those who may sign in: add
// and invite people, give and take keys and roles, and see who is connected and
// who did what. The changes in it serve the screen and the commands alike.
//
// A change here takes effect at once: the server looks again at everybody who
// is connected whenever users change, and ends the sessions of those who are no
// longer who they were.
package users

import (
	"io"
	"strconv"
	"strings"

	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// Newcomer is what is said of somebody who is added.
type Newcomer struct {
	Login   string
	Name    string
	Role    accounts.UserRole // "" is editor with a partner and viewer without
	Partner partnership.PartnerID
	Person  partnership.PersonID
	Account value.Opt[int64]
	Key     string // a line as in id_ed25519.pub, or "" for none
}

// Add adds a user. The first of a file has to be an administrator who can sign
// in: from then on nobody else can.
func Add(tx *store.Tx, n Newcomer) (*accounts.User, error) {
	u := n.user()
	if n.Key != "" {
		key, err := accounts.ParseKey(n.Key)
		if err != nil {
			return nil, err
		}
		key.Added = value.Some(tx.Today())
		u.Keys = []accounts.UserKey{key}
	}
	if !accounts.HasUsers(tx) && (u.Role != accounts.UserAdmin || !u.CanSignIn()) {
		return nil, failure.New(failure.Invalid, "the first user is the administrator: add one with the role admin and a key; others follow")
	}
	id, err := store.Put(tx, u)
	u.ID = id
	return u, err
}

func (n Newcomer) user() *accounts.User {
	role := n.Role
	switch {
	case role == "" && n.Partner != 0:
		role = accounts.UserEditor
	case role == "":
		role = accounts.UserViewer
	}
	return &accounts.User{Login: n.Login, Name: n.Name, Role: role, Partner: n.Partner, Person: n.Person, Account: n.Account}
}

// InvitedFor is how many days an invitation holds when nothing else is said.
const InvitedFor = 3

// Invite adds a user, or takes one who is there, and gives them a code with
// which to bind their first key. The code is told once, here.
func Invite(tx *store.Tx, n Newcomer, days int, random io.Reader) (u *accounts.User, code string, err error) {
	if days < 1 || days > 30 {
		return nil, "", failure.New(failure.Invalid, "an invitation holds from 1 to 30 days")
	}
	if !accounts.HasUsers(tx) {
		return nil, "", failure.New(failure.Invalid, "the first user is the administrator: add one with the role admin and a key; others can be invited then")
	}
	if code, err = accounts.NewCode(random); err != nil {
		return nil, "", err
	}
	if there := accounts.ByName(tx, n.Login); there != nil {
		if there.Disabled {
			return nil, "", failure.New(failure.Invalid, n.Login+" is disabled; enable the login first")
		}
		copied := *there
		u = &copied
	} else {
		u = n.user()
	}
	now := tx.Time()
	until := (tx.Today() + value.Day(days)).At(now.Hour(), now.Minute())
	u.Invite = accounts.Invitation{Hash: accounts.Hash(code), Until: value.Some(until), By: tx.Identity().Name}
	u.ID, err = store.Put(tx, u)
	return u, code, err
}

// change stores a changed copy of a user.
func change(tx *store.Tx, name string, how func(*accounts.User) error) (*accounts.User, error) {
	there := accounts.ByName(tx, name)
	if there == nil {
		return nil, failure.New(failure.NotFound, "there is no user called "+strconv.Quote(name)+"; interlocal user list shows all")
	}
	u := *there
	u.Keys = append([]accounts.UserKey{}, there.Keys...)
	if err := how(&u); err != nil {
		return nil, err
	}
	_, err := store.Put(tx, &u)
	return &u, err
}

// AddKey gives a user a further key.
func AddKey(tx *store.Tx, name, line string) (*accounts.User, error) {
	key, err := accounts.ParseKey(line)
	if err != nil {
		return nil, err
	}
	key.Added = value.Some(tx.Today())
	return change(tx, name, func(u *accounts.User) error {
		u.Keys = append(u.Keys, key)
		return nil
	})
}

// RemoveKey takes a key from a user. It is named by its fingerprint or the start
// of one, by its comment, or by the key itself.
func RemoveKey(tx *store.Tx, name, which string) (*accounts.User, error) {
	return change(tx, name, func(u *accounts.User) error {
		at, err := keyNamed(u, which)
		if err == nil {
			u.Keys = append(u.Keys[:at], u.Keys[at+1:]...)
		}
		return err
	})
}

func keyNamed(u *accounts.User, which string) (int, error) {
	if key, err := accounts.ParseKey(which); err == nil {
		which = key.Fingerprint
	}
	found := -1
	for i, k := range u.Keys {
		if which == "" || k.Comment != which && !strings.HasPrefix(strings.TrimPrefix(k.Fingerprint, "SHA256:"), strings.TrimPrefix(which, "SHA256:")) {
			continue
		}
		if found >= 0 {
			return 0, failure.New(failure.Invalid, "several keys of "+u.Login+" begin so; give more of the fingerprint")
		}
		found = i
	}
	if found < 0 {
		return 0, failure.New(failure.NotFound, u.Login+" has no such key; interlocal user key "+u.Login+" shows all")
	}
	return found, nil
}

// SetRole changes what a user is trusted with; a partner of 0 leaves theirs.
func SetRole(tx *store.Tx, name string, role accounts.UserRole, partner partnership.PartnerID) (*accounts.User, error) {
	return change(tx, name, func(u *accounts.User) error {
		u.Role = role
		if partner != 0 {
			u.Partner = partner
		}
		return nil
	})
}

// SetDisabled shuts a user out, with any invitation they have, or lets them in
// again.
func SetDisabled(tx *store.Tx, name string, disabled bool) (*accounts.User, error) {
	return change(tx, name, func(u *accounts.User) error {
		u.Disabled = disabled
		if disabled {
			u.Invite = accounts.Invitation{}
		}
		return nil
	})
}
