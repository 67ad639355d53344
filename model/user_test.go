package model

import (
	"strings"
	"testing"
)

func printOf(letter string) UserKey {
	return UserKey{Fingerprint: "SHA256:" + strings.Repeat(letter, 43)}
}

func TestUserRules(t *testing.T) {
	user := func(change func(*User)) *User {
		u := &User{ID: 9, Login: "dana", Role: UserViewer}
		change(u)
		return u
	}
	lee := &User{ID: 1, Login: "lee", Role: UserAdmin, Keys: []UserKey{printOf("L")}}
	const login = "login: a login is up to 32 small letters, digits, dots and dashes, begins with a letter and not with join-"
	const invitation = "invite_hash: an invitation has a code and an end; make a new one with interlocal user invite"
	const shape = "keys: a key is named by its fingerprint, SHA256 and 43 characters; add keys with interlocal user key"
	checkAll(t, with(lee), map[string]ruleCase{
		"a viewer of no partner":  {user(func(*User) {}), nil},
		"with a key":              {user(func(u *User) { u.Keys = []UserKey{printOf("D")} }), nil},
		"capitals in the login":   {user(func(u *User) { u.Login = "Dana" }), []string{login}},
		"a login for newcomers":   {user(func(u *User) { u.Login = "join-abc" }), []string{login}},
		"an editor of no partner": {user(func(u *User) { u.Role = UserEditor }), []string{"partner: an editor has the records of one partner; say which"}},
		"a role that is none":     {user(func(u *User) { u.Role = "keeper" }), []string{"role: Role holds a word that is not among its choices"}},
		"a key that is none":      {user(func(u *User) { u.Keys = []UserKey{{Fingerprint: "ssh-rsa AAAA"}} }), []string{shape}},
		"one key twice": {user(func(u *User) { u.Keys = []UserKey{printOf("D"), printOf("D")} }),
			[]string{"keys: the key " + printOf("D").Fingerprint + " is listed twice"}},
		"somebody's key": {user(func(u *User) { u.Keys = []UserKey{printOf("L")} }),
			[]string{"keys: the key " + printOf("L").Fingerprint + " is already that of lee; a key belongs to one person"}},
		"a negative account":      {user(func(u *User) { u.Account = Some(int64(-1)) }), []string{"account: an account number is that of an account on this machine, as `id -u` prints it"}},
		"the first account":       {user(func(u *User) { u.Account = Some(int64(0)) }), nil},
		"a code without an end":   {user(func(u *User) { u.Invite.Hash = strings.Repeat("a", 64) }), []string{invitation}},
		"an end without a code":   {user(func(u *User) { u.Invite.Until = Some(someDay.At(9, 0)) }), []string{invitation}},
		"a plain code":            {user(func(u *User) { u.Invite = Invitation{Hash: "abcd-efgh", Until: Some(someDay.At(9, 0))} }), []string{invitation}},
		"an invitation that ends": {user(func(u *User) { u.Invite = Invitation{Hash: strings.Repeat("a", 64), Until: Some(someDay.At(9, 0))} }), nil},
	})
}

func TestUsersKeepAnAdministratorWhoCanSignIn(t *testing.T) {
	admin := func(change func(*User)) *User {
		u := &User{Login: "ada", Role: UserAdmin, Keys: []UserKey{printOf("A")}}
		change(u)
		return u
	}
	viewer := &User{ID: 7, Login: "vi", Role: UserViewer, Keys: []UserKey{printOf("V")}}
	for name, c := range map[string]struct {
		users []any
		good  bool
	}{
		"nobody":                           {nil, true},
		"an administrator with a key":      {[]any{admin(func(*User) {})}, true},
		"an administrator at an account":   {[]any{admin(func(u *User) { u.Keys, u.Account = nil, Some(int64(0)) })}, true},
		"one who only has been invited":    {[]any{admin(func(u *User) { u.Keys, u.Invite.Hash = nil, "x" })}, false},
		"one who is disabled":              {[]any{admin(func(u *User) { u.Disabled = true })}, false},
		"a viewer alone":                   {[]any{viewer}, false},
		"a viewer and a disabled one":      {[]any{viewer, admin(func(u *User) { u.Disabled = true })}, false},
		"a viewer and an administrator":    {[]any{viewer, admin(func(*User) {})}, true},
		"two, one of them without a key":   {[]any{admin(func(*User) {}), admin(func(u *User) { u.ID, u.Keys = 2, nil })}, true},
		"a disabled one and a coordinator": {[]any{&User{ID: 3, Role: UserCoordinator, Keys: []UserKey{printOf("C")}}}, false},
	} {
		r := with(c.users...)
		if got := r.Schema().Kind("users").Whole(r, someDay); (len(got) == 0) != c.good {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAUserIsCalled(t *testing.T) {
	r := with(&Person{ID: 4, Name: "Dana Reyes"})
	for want, u := range map[string]*User{"Dana": {Login: "d", Name: "Dana", Person: 4}, "Dana Reyes": {Login: "d", Person: 4}, "d": {Login: "d"}} {
		if got := u.Called(r); got != want {
			t.Errorf("called %q, want %q", got, want)
		}
	}
}
