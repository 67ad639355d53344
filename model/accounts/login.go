// Package accounts leads from what somebody can prove, a key, an account or the
// code of an invitation, to the user they are.
//
// A public key is kept by its fingerprint alone. Whoever signs in proves that
// they hold the key first; only then is its fingerprint looked up here, so an
// offered key tells nothing.
package accounts

import (
	"net/netip"
	"strconv"
	"strings"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// HasUsers reports whether anybody has been added to the file: from then on
// everyone is who their key or account says.
func HasUsers(r field.Reader) bool {
	for range field.All[User](r) {
		return true
	}
	return false
}

// ByKey finds the user who holds the key with a fingerprint; nil when nobody
// does.
func ByKey(r field.Reader, fingerprint string) *User {
	return first(r, func(u *User) bool { return u.HoldsKey(fingerprint) })
}

// ByAccount finds the user whose account it is; nil when it is nobody's.
func ByAccount(r field.Reader, uid int64) *User {
	return first(r, func(u *User) bool { return u.Account.Set && u.Account.V == uid })
}

// ByName finds the user with a login; nil when there is none.
func ByName(r field.Reader, login string) *User {
	return first(r, func(u *User) bool { return u.Login == login })
}

func first(r field.Reader, match func(*User) bool) *User {
	for u := range field.All[User](r) {
		if match(u) {
			return u
		}
	}
	return nil
}

// Identity is who a user is to the store. Its key is the record's number, which
// is never used again, so that nobody comes into another's drafts by a login
// that has changed hands.
// They come by a key, or by their account for "": an assessor whose way in waits
// for the city's yes is an editor of the city until then.
func Identity(r field.Reader, u *User, fingerprint string, today value.Day) access.Identity {
	id := access.Identity{User: Key(u.ID), Name: u.Called(r), Role: access.Role(u.Role),
		Partner: field.Party(u.Partner)}
	if u.Role == UserAssessor && !Reads(r, u, fingerprint, today) {
		id.Role = access.Editor
	}
	return id
}

// keyPrefix begins the key of a user, and of nobody else.
const keyPrefix = "user#"

// Key is a user's key in the journal, in drafts and in preferences.
func Key(id UserID) string { return keyPrefix + strconv.FormatUint(uint64(id), 10) }

// Admit gives the identity of a user who has proved who they are, by a key or by
// their account for "", or says why they may not come in.
func Admit(r field.Reader, u *User, fingerprint string, today value.Day) (access.Identity, error) {
	switch {
	case u == nil:
		return access.Identity{}, failure.New(failure.Forbidden, "nobody is known by this key; ask your "+
			"administrator to add it, or for an invitation")
	case u.Disabled:
		return access.Identity{}, failure.New(failure.Forbidden, "the login "+u.Login+" is disabled; ask your "+
			"administrator")
	}
	return Identity(r, u, fingerprint, today), nil
}

// AdmitKey is Admit of somebody who has come by a key on a day, last used on
// another: a key that has had its last day, or has rested for longer than the
// settings say, signs in no more.
func AdmitKey(r field.Reader, fingerprint string, used value.Opt[value.Day], today value.Day) (*User, access.Identity,
	error) {
	u := ByKey(r, fingerprint)
	id, err := Admit(r, u, fingerprint, today)
	if err != nil {
		return nil, id, err
	}
	k := u.key(fingerprint)
	if k.Until.Set && today > k.Until.V {
		return nil, access.Identity{}, failure.New(failure.Forbidden,
			"this key was good until "+k.Until.V.Long()+"; ask your administrator to put a new one on record")
	}
	if err := unused(r, k, used, today); err != nil {
		return nil, access.Identity{}, err
	}
	return u, id, nil
}

// MayComeFrom says why a user may not sign in from an address; nil means that
// they may.
func (u *User) MayComeFrom(address string) error {
	from, err := networks(u.Networks)
	if err != nil || len(from) == 0 {
		return err
	}
	ip, err := netip.ParseAddr(address)
	for _, network := range from {
		if err == nil && network.Contains(ip.Unmap()) {
			return nil
		}
	}
	return failure.New(failure.Forbidden, u.Login+" may not sign in from "+address+
		"; come from your office's network, or ask your administrator")
}

// networks reads addresses and networks with commas between.
func networks(s string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if ip, single := netip.ParseAddr(part); single == nil {
			network, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, failure.New(failure.Invalid,
				strconv.Quote(part)+" is no address and no network; write 198.51.100.7 or 203.0.113.0/24")
		}
		out = append(out, network.Masked())
	}
	return out, nil
}

// Hardware reports whether a key of a kind lies in a device that asks for a
// touch, so that nobody can copy it.
func Hardware(algorithm string) bool { return strings.HasPrefix(algorithm, "sk-") }
