package accounts

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// codeLetters are those of an invitation's code: none looks like another.
const codeLetters = "abcdefghjkmnpqrstuvwxyz23456789"

// codeLength is how many letters a code has. Each tells nearly five bits, so a
// code has 79: its hash cannot be searched through.
const codeLength = 16

// NewCode makes the code of an invitation, in groups of four: it is read from
// paper and typed.
func NewCode(random io.Reader) (string, error) {
	var b strings.Builder
	one := make([]byte, 1)
	for n := 0; n < codeLength; {
		if _, err := io.ReadFull(random, one); err != nil {
			return "", err
		}
		at := int(one[0])
		if at >= 256/len(codeLetters)*len(codeLetters) {
			continue // keeps every letter as likely as another
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeLetters[at%len(codeLetters)])
		n++
	}
	return b.String(), nil
}

// Hash is what is kept of a code. Capitals, dashes and spaces do not matter.
func Hash(code string) string {
	plain := strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(code))
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}

// Invited finds the user whom a code invites, at a local time.
func Invited(r field.Reader, code string, now value.Wall) (*User, error) {
	hash := Hash(code)
	u := first(r, func(u *User) bool { return u.Invite.Hash != "" && u.Invite.Hash == hash })
	switch {
	case u == nil:
		return nil, failure.New(failure.Forbidden, "this invitation is not known, or has been used; ask your "+
			"administrator for a new one")
	case u.Disabled:
		return nil, failure.New(failure.Forbidden, "the login "+u.Login+" is disabled; ask your administrator")
	case !u.Invite.Until.Set || now > u.Invite.Until.V:
		return nil, failure.New(failure.Forbidden, "this invitation has ended; ask your administrator for a new one")
	}
	return u, nil
}

// Accept gives a user's record after a newcomer has bound a key with their
// code: the key is theirs, and the invitation used up.
func Accept(u *User, key UserKey) *User {
	out := *u
	out.Keys = append(append([]UserKey{}, u.Keys...), key)
	out.Invite = Invitation{}
	return &out
}
