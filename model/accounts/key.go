package accounts

import (
	"crypto/rsa"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// minRSA is how many bits an RSA key has at least.
const minRSA = 2048

// maxComment is how much of a key's comment is kept.
const maxComment = 80

// algorithms are the kinds of key that may sign in.
func algorithms() []string {
	return []string{ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
		ssh.KeyAlgoRSA, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256}
}

// ParseKey reads a public key as it stands in a file such as id_ed25519.pub or
// authorized_keys. Options before the key are left out: what a user may do is
// the record's to say. The day added is the caller's to fill in.
func ParseKey(line string) (UserKey, error) {
	line = strings.TrimSpace(line)
	switch {
	case line == "":
		return UserKey{}, failure.New(failure.Invalid, "no key is given; paste the one line of a file such as "+
			"id_ed25519.pub")
	case strings.Contains(line, "PRIVATE KEY"):
		return UserKey{}, failure.New(failure.Invalid, "that is a private key, which nobody should be sent; make a "+
			"new pair and give the line of the file that ends in .pub")
	case strings.Contains(line, "ssh-dss"):
		return UserKey{}, errAlgorithm("ssh-dss")
	}
	key, comment, _, rest, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return UserKey{}, &failure.Error{Code: failure.Invalid, Cause: err,
			Message: "that is no public key; it is one line that begins with a word such as ssh-ed25519, from a file " +
				"that ends in .pub"}
	}
	if strings.TrimSpace(string(rest)) != "" {
		return UserKey{}, failure.New(failure.Invalid, "that is more than one line; give one key at a time")
	}
	if err := CheckKey(key); err != nil {
		return UserKey{}, err
	}
	if r := []rune(comment); len(r) > maxComment {
		comment = string(r[:maxComment])
	}
	return UserKey{Fingerprint: ssh.FingerprintSHA256(key), Algorithm: key.Type(), Comment: comment}, nil
}

// CheckKey refuses keys that are too weak to sign in with, and certificates,
// which somebody else than this file's administrator would vouch for.
func CheckKey(key ssh.PublicKey) error {
	if _, ok := key.(*ssh.Certificate); ok {
		return failure.New(failure.Invalid, "that is a certificate; give the public key itself, from the file that "+
			"ends in .pub without -cert")
	}
	if !slices.Contains(algorithms(), key.Type()) {
		return errAlgorithm(key.Type())
	}
	if c, ok := key.(ssh.CryptoPublicKey); ok {
		if r, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok && r.N.BitLen() < minRSA {
			return failure.New(failure.Invalid, "that RSA key has "+strconv.Itoa(r.N.BitLen())+" bits and may be "+
				"broken; make a new one with ssh-keygen -t ed25519")
		}
	}
	return nil
}

func errAlgorithm(name string) error {
	return failure.New(failure.Invalid, "keys of the kind "+name+" are not taken; make one with ssh-keygen -t ed25519")
}
