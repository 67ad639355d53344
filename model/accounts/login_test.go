package accounts_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

// public writes a key as it stands in a file.
func public(t testing.TB, key any) (ssh.PublicKey, string) {
	t.Helper()
	k, err := ssh.NewPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return k, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k)))
}

func ed(t testing.TB) (ssh.PublicKey, string) {
	t.Helper()
	pub, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return public(t, pub)
}

func TestKeysAreReadAsTheyStandInFiles(t *testing.T) {
	key, line := ed(t)
	want := accounts.UserKey{Fingerprint: ssh.FingerprintSHA256(key), Algorithm: "ssh-ed25519"}
	for name, c := range map[string]struct{ line, comment string }{
		"bare":                  {line, ""},
		"with a comment":        {line + " dana@desk", "dana@desk"},
		"with a line's end":     {line + " dana@desk\r\n", "dana@desk"},
		"with options in front": {`command="rm -rf /",no-pty ` + line + " x", "x"},
		"after a comment line":  {"# my key\n" + line, ""},
	} {
		got, err := accounts.ParseKey(c.line)
		want.Comment = c.comment
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if got, err := accounts.ParseKey(line + " " + strings.Repeat("é", 200)); err != nil ||
		len([]rune(got.Comment)) != accounts.MaxComment {
		t.Errorf("a long comment becomes %q, %v", got.Comment, err)
	}
}

func TestKeysThatAreRefused(t *testing.T) {
	_, good := ed(t)
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	_, weakLine := public(t, &weak.PublicKey)
	for name, c := range map[string]struct{ line, says string }{
		"nothing": {"  \n", "no key is given"},
		"words":   {"hello there", "no public key"},
		"a private key": {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb...\n-----END OPENSSH PRIVATE KEY-----",
			"private key"},
		"two keys":       {good + "\n" + good, "one key at a time"},
		"half a key":     {good[:40], "no public key"},
		"DSA":            {"ssh-dss AAAAB3NzaC1kc3MAAACB", "ssh-dss are not taken"},
		"RSA, 1024 bits": {weakLine, "1024 bits"},
		"a certificate":  {certificate(t), "certificate"},
	} {
		_, err := accounts.ParseKey(c.line)
		if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// certificate is a key that somebody else vouches for.
func certificate(t *testing.T) string {
	_, signer, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := ssh.NewSignerFromKey(signer)
	if err != nil {
		t.Fatal(err)
	}
	key, _ := ed(t)
	cert := &ssh.Certificate{Key: key, CertType: ssh.UserCert, ValidBefore: ssh.CertTimeInfinity,
		ValidPrincipals: []string{"dana"}}
	if err := cert.SignCert(rand.Reader, ca); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(cert)))
}

func TestKeysThatAreTaken(t *testing.T) {
	strong, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []any{&strong.PublicKey, &curve.PublicKey} {
		if _, line := public(t, key); line != "" {
			if _, err := accounts.ParseKey(line); err != nil {
				t.Errorf("%T: %v", key, err)
			}
		}
	}
}

func FuzzParseKey(f *testing.F) {
	_, line := ed(f)
	f.Add(line)
	f.Add(`from="10.0.0.1" ` + line + " comment")
	f.Add("ssh-rsa AAAA")
	f.Fuzz(func(t *testing.T, line string) {
		key, err := accounts.ParseKey(line)
		if err != nil && failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%q: %v is no sentence", line, err)
		}
		if err == nil && (len(key.Fingerprint) != 50 || !strings.HasPrefix(key.Fingerprint, "SHA256:")) {
			t.Errorf("%q: %+v", line, key)
		}
	})
}

func TestWhoAKeyAnAccountAndACodeLeadTo(t *testing.T) {
	now := value.Date(2027, 3, 4).At(9, 0)
	invite := func(until value.Wall) accounts.Invitation {
		return accounts.Invitation{Hash: accounts.Hash("abcd-efgh-jkmn-pqrs"), Until: value.Some(until)}
	}
	dana := &accounts.User{ID: 3, Login: "dana", Name: "Dana Reyes", Role: accounts.UserEditor, Partner: 5,
		Keys:    []accounts.UserKey{{Fingerprint: "one"}},
		Account: value.Some(int64(1000)), Invite: invite(now)}
	gone := &accounts.User{ID: 4, Login: "gone", Role: accounts.UserAdmin, Disabled: true,
		Keys: []accounts.UserKey{{Fingerprint: "two"}}}
	f := fieldtest.With(model.NewSchema(), dana, gone)
	if accounts.ByKey(f, "one") != dana || accounts.ByKey(f, "three") != nil || accounts.ByKey(f, "") != nil ||
		accounts.ByAccount(f, 1000) != dana || accounts.ByAccount(f, 0) != nil ||
		accounts.ByName(f, "gone") != gone || !accounts.HasUsers(f) ||
		accounts.HasUsers(fieldtest.NewMemory(model.NewSchema())) {
		t.Error("somebody else was found")
	}
	id, err := accounts.Admit(f, accounts.ByKey(f, "one"), "one", 0)
	if err != nil || id != (access.Identity{User: "user#3", Name: "Dana Reyes", Role: access.Editor, Partner: 5}) {
		t.Errorf("%+v, %v", id, err)
	}
	if _, err := accounts.Admit(f, accounts.ByKey(f, "two"), "two", 0); failure.CodeOf(err) != failure.Forbidden ||
		!strings.Contains(err.Error(), "disabled") {
		t.Errorf("a disabled user: %v", err)
	}
	if _, err := accounts.Admit(f, nil, "", 0); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("nobody: %v", err)
	}
	for name, c := range map[string]struct {
		code string
		at   value.Wall
		good bool
	}{"as written": {"abcd-efgh-jkmn-pqrs", now, true}, "as typed": {"ABCD efgh jkmnpqrs", now, true},
		"too late": {"abcd-efgh-jkmn-pqrs", now + 1, false},
		"another":  {"abcd-efgh-jkmn-pqrt", now, false}, "nothing": {"", now, false}} {
		if u, err := accounts.Invited(f, c.code, c.at); (u == dana) != c.good || (err == nil) != c.good {
			t.Errorf("%s: %v, %v", name, u, err)
		}
	}
	after := accounts.Accept(dana, accounts.UserKey{Fingerprint: "new"})
	if after.Invite != (accounts.Invitation{}) || len(after.Keys) != 2 || len(dana.Keys) != 1 ||
		after.Role != dana.Role {
		t.Errorf("%+v", after)
	}
}

func TestCodesAreLongAndPlain(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		code, err := accounts.NewCode(rand.Reader)
		if err != nil || len(code) != 19 || strings.Trim(code, accounts.CodeLetters+"-") != "" || seen[code] {
			t.Fatalf("%q, %v", code, err)
		}
		seen[code] = true
	}
	if _, err := accounts.NewCode(bytes.NewReader(nil)); err == nil {
		t.Error("a code was made of nothing")
	}
}
