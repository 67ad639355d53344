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

	"interlocal/model"
	"interlocal/model/login"
	"interlocal/store"
)

// Newcomer is what is said of somebody who is added.
type Newcomer struct {
	Login   string
	Name    string
	Role    model.UserRole // "" is editor with a partner and viewer without
	Partner model.PartnerID
	Person  model.PersonID
	Account model.Opt[int64]
	Key     string // a line as in id_ed25519.pub, or "" for none
}

// Add adds a user. The first of a file has to be an administrator who can sign
// in: from then on nobody else can.
func Add(tx *store.Tx, n Newcomer) (*model.User, error) {
	u := n.user()
	if n.Key != "" {
		key, err := login.ParseKey(n.Key)
		if err != nil {
			return nil, err
		}
		key.Added = model.Some(tx.Today())
		u.Keys = []model.UserKey{key}
	}
	if !login.HasUsers(tx) && (u.Role != model.UserAdmin || !u.CanSignIn()) {
		return nil, model.Fail(model.Invalid, "the first user is the administrator: add one with the role admin and a key; others follow")
	}
	id, err := store.Put(tx, u)
	u.ID = id
	return u, err
}

func (n Newcomer) user() *model.User {
	role := n.Role
	switch {
	case role == "" && n.Partner != 0:
		role = model.UserEditor
	case role == "":
		role = model.UserViewer
	}
	return &model.User{Login: n.Login, Name: n.Name, Role: role, Partner: n.Partner, Person: n.Person, Account: n.Account}
}

// InvitedFor is how many days an invitation holds when nothing else is said.
const InvitedFor = 3

// Invite adds a user, or takes one who is there, and gives them a code with
// which to bind their first key. The code is told once, here.
func Invite(tx *store.Tx, n Newcomer, days int, random io.Reader) (u *model.User, code string, err error) {
	if days < 1 || days > 30 {
		return nil, "", model.Fail(model.Invalid, "an invitation holds from 1 to 30 days")
	}
	if !login.HasUsers(tx) {
		return nil, "", model.Fail(model.Invalid, "the first user is the administrator: add one with the role admin and a key; others can be invited then")
	}
	if code, err = login.NewCode(random); err != nil {
		return nil, "", err
	}
	if there := login.ByName(tx, n.Login); there != nil {
		if there.Disabled {
			return nil, "", model.Fail(model.Invalid, n.Login+" is disabled; enable the login first")
		}
		copied := *there
		u = &copied
	} else {
		u = n.user()
	}
	now := tx.Time()
	until := (tx.Today() + model.Day(days)).At(now.Hour(), now.Minute())
	u.Invite = model.Invitation{Hash: login.Hash(code), Until: model.Some(until), By: tx.Identity().Name}
	u.ID, err = store.Put(tx, u)
	return u, code, err
}

// change stores a changed copy of a user.
func change(tx *store.Tx, name string, how func(*model.User) error) (*model.User, error) {
	there := login.ByName(tx, name)
	if there == nil {
		return nil, model.Fail(model.NotFound, "there is no user called "+strconv.Quote(name)+"; interlocal user list shows all")
	}
	u := *there
	u.Keys = append([]model.UserKey{}, there.Keys...)
	if err := how(&u); err != nil {
		return nil, err
	}
	_, err := store.Put(tx, &u)
	return &u, err
}

// AddKey gives a user a further key.
func AddKey(tx *store.Tx, name, line string) (*model.User, error) {
	key, err := login.ParseKey(line)
	if err != nil {
		return nil, err
	}
	key.Added = model.Some(tx.Today())
	return change(tx, name, func(u *model.User) error {
		u.Keys = append(u.Keys, key)
		return nil
	})
}

// RemoveKey takes a key from a user. It is named by its fingerprint or the start
// of one, by its comment, or by the key itself.
func RemoveKey(tx *store.Tx, name, which string) (*model.User, error) {
	return change(tx, name, func(u *model.User) error {
		at, err := keyNamed(u, which)
		if err == nil {
			u.Keys = append(u.Keys[:at], u.Keys[at+1:]...)
		}
		return err
	})
}

func keyNamed(u *model.User, which string) (int, error) {
	if key, err := login.ParseKey(which); err == nil {
		which = key.Fingerprint
	}
	found := -1
	for i, k := range u.Keys {
		if which == "" || k.Comment != which && !strings.HasPrefix(strings.TrimPrefix(k.Fingerprint, "SHA256:"), strings.TrimPrefix(which, "SHA256:")) {
			continue
		}
		if found >= 0 {
			return 0, model.Fail(model.Invalid, "several keys of "+u.Login+" begin so; give more of the fingerprint")
		}
		found = i
	}
	if found < 0 {
		return 0, model.Fail(model.NotFound, u.Login+" has no such key; interlocal user key "+u.Login+" shows all")
	}
	return found, nil
}

// SetRole changes what a user is trusted with; a partner of 0 leaves theirs.
func SetRole(tx *store.Tx, name string, role model.UserRole, partner model.PartnerID) (*model.User, error) {
	return change(tx, name, func(u *model.User) error {
		u.Role = role
		if partner != 0 {
			u.Partner = partner
		}
		return nil
	})
}

// SetDisabled shuts a user out, with any invitation they have, or lets them in
// again.
func SetDisabled(tx *store.Tx, name string, disabled bool) (*model.User, error) {
	return change(tx, name, func(u *model.User) error {
		u.Disabled = disabled
		if disabled {
			u.Invite = model.Invitation{}
		}
		return nil
	})
}
