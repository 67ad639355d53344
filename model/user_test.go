package model

import (
	"strings"
	"testing"

	"interlocal/model/accounts"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func printOf(letter string) accounts.UserKey {
	return accounts.UserKey{Fingerprint: "SHA256:" + strings.Repeat(letter, 43)}
}

func TestUserRules(t *testing.T) {
	user := func(change func(*accounts.User)) *accounts.User {
		u := &accounts.User{ID: 9, Login: "dana", Role: accounts.UserViewer}
		change(u)
		return u
	}
	lee := &accounts.User{ID: 1, Login: "lee", Role: accounts.UserAdmin, Keys: []accounts.UserKey{printOf("L")}}
	const login = "login: a login is up to 32 small letters, digits, dots and dashes, begins with a letter and not " +
		"with join-"
	const invitation = "invite_hash: an invitation has a code and an end; make a new one with interlocal user invite"
	const shape = "keys: a key is named by its fingerprint, SHA256 and 43 characters; add keys with interlocal user key"
	fieldtest.CheckAll(t, with(lee), map[string]fieldtest.Rule{
		"a viewer of no partner": {user(func(*accounts.User) {}), nil},
		"with a key":             {user(func(u *accounts.User) { u.Keys = []accounts.UserKey{printOf("D")} }), nil},
		"capitals in the login":  {user(func(u *accounts.User) { u.Login = "Dana" }), []string{login}},
		"a login for newcomers":  {user(func(u *accounts.User) { u.Login = "join-abc" }), []string{login}},
		"an editor of no partner": {user(func(u *accounts.User) { u.Role = accounts.UserEditor }),
			[]string{"partner: an editor has the records of one partner; say which"}},
		"a role that is none": {user(func(u *accounts.User) { u.Role = "keeper" }),
			[]string{"role: Role holds a word that is not among its choices"}},
		"a key that is none": {user(func(u *accounts.User) {
			u.Keys = []accounts.UserKey{{Fingerprint: "ssh-rsa AAAA"}}
		}), []string{shape}},
		"one key twice": {user(func(u *accounts.User) { u.Keys = []accounts.UserKey{printOf("D"), printOf("D")} }),
			[]string{"keys: the key " + printOf("D").Fingerprint + " is listed twice"}},
		"somebody's key": {user(func(u *accounts.User) { u.Keys = []accounts.UserKey{printOf("L")} }),
			[]string{"keys: the key " + printOf("L").Fingerprint +
				" is already that of lee; a key belongs to one person"}},
		"a negative account": {user(func(u *accounts.User) { u.Account = value.Some(int64(-1)) }),
			[]string{"account: an account number is that of an account on this machine, as `id -u` prints it"}},
		"the first account": {user(func(u *accounts.User) { u.Account = value.Some(int64(0)) }), nil},
		"a code without an end": {user(func(u *accounts.User) { u.Invite.Hash = strings.Repeat("a", 64) }),
			[]string{invitation}},
		"an end without a code": {user(func(u *accounts.User) { u.Invite.Until = value.Some(fieldtest.Saturday.At(9, 0)) }), []string{invitation}},
		"a plain code": {user(func(u *accounts.User) {
			u.Invite = accounts.Invitation{Hash: "abcd-efgh", Until: value.Some(fieldtest.Saturday.At(9, 0))}
		}), []string{invitation}},
		"an invitation that ends": {user(func(u *accounts.User) {
			u.Invite = accounts.Invitation{Hash: strings.Repeat("a", 64),
				Until: value.Some(fieldtest.Saturday.At(9, 0))}
		}), nil},
	})
}

func TestUsersKeepAnAdministratorWhoCanSignIn(t *testing.T) {
	admin := func(change func(*accounts.User)) *accounts.User {
		u := &accounts.User{Login: "ada", Role: accounts.UserAdmin, Keys: []accounts.UserKey{printOf("A")}}
		change(u)
		return u
	}
	viewer := &accounts.User{ID: 7, Login: "vi", Role: accounts.UserViewer, Keys: []accounts.UserKey{printOf("V")}}
	for name, c := range map[string]struct {
		users []any
		good  bool
	}{
		"nobody":                         {nil, true},
		"an administrator with a key":    {[]any{admin(func(*accounts.User) {})}, true},
		"an administrator at an account": {[]any{admin(func(u *accounts.User) { u.Keys, u.Account = nil, value.Some(int64(0)) })}, true},
		"one who only has been invited": {[]any{admin(func(u *accounts.User) { u.Keys, u.Invite.Hash = nil, "x" })},
			false},
		"one who is disabled":           {[]any{admin(func(u *accounts.User) { u.Disabled = true })}, false},
		"a viewer alone":                {[]any{viewer}, false},
		"a viewer and a disabled one":   {[]any{viewer, admin(func(u *accounts.User) { u.Disabled = true })}, false},
		"a viewer and an administrator": {[]any{viewer, admin(func(*accounts.User) {})}, true},
		"two, one of them without a key": {[]any{admin(func(*accounts.User) {}),
			admin(func(u *accounts.User) { u.ID, u.Keys = 2, nil })}, true},
		"a disabled one and a coordinator": {[]any{&accounts.User{ID: 3, Role: accounts.UserCoordinator,
			Keys: []accounts.UserKey{printOf("C")}}}, false},
	} {
		r := with(c.users...)
		if got := r.Schema().Kind("users").Whole(r, fieldtest.Saturday); (len(got) == 0) != c.good {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAUserIsCalled(t *testing.T) {
	r := with(&partnership.Person{ID: 4, Name: "Dana Reyes"})
	for want, u := range map[string]*accounts.User{"Dana": {Login: "d", Name: "Dana", Person: 4},
		"Dana Reyes": {Login: "d", Person: 4}, "d": {Login: "d"}} {
		if got := u.Called(r); got != want {
			t.Errorf("called %q, want %q", got, want)
		}
	}
}
