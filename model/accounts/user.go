package accounts

import (
	"regexp"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// UserID identifies a user.
type UserID = field.ID[User]

// UserRole is what a user is trusted with; model/access says what each role may
// do.
type UserRole string

// The roles a user may have, weakest first.
const (
	UserViewer      UserRole = "viewer"
	UserEditor      UserRole = "editor"
	UserAssessor    UserRole = "assessor"
	UserCoordinator UserRole = "coordinator"
	UserAdmin       UserRole = "admin"
)

// UserRoles lists the roles, weakest first.
func UserRoles() []field.Choice {
	return []field.Choice{{Value: "viewer", Title: "Viewer"}, {Value: "editor", Title: "Editor"},
		{Value: "assessor", Title: "Assessor"},
		{Value: "coordinator", Title: "Coordinator"}, {Value: "admin", Title: "Administrator"}}
}

// User is somebody who may sign in: with a key that proves itself, or from an
// account on the machine that keeps the file. While a file has no users it is
// that of whoever opens it.
type User struct {
	ID       field.ID[User]
	Login    string // short name, such as dana
	Name     string // as others see it
	Person   field.ID[partnership.Person]
	Partner  field.ID[partnership.Partner]
	Role     UserRole
	Account  value.Opt[int64] // number of an account on the machine that keeps the file
	Disabled bool
	Networks string // from which the user may sign in over the network, "" for any: "203.0.113.0/24, 198.51.100.7"
	Keys     []UserKey
	Invite   Invitation
	Reading  Standing // of an assessor
}

// UserKey is a public key by which a user signs in. The fingerprint stands for
// the key: no two keys share one.
type UserKey struct {
	Fingerprint string // SHA256:…
	Algorithm   string // ssh-ed25519
	Comment     string
	Added       value.Opt[value.Day]
	Until       value.Opt[value.Day] // the last day on which it signs in
	Waits       value.Opt[value.Day] // since when it waits to open the city's answers
	Agreed      value.Opt[value.Day] // when the city said yes to it
}

// Invitation lets a newcomer bind their first key, once. The code itself is
// never kept.
type Invitation struct {
	Hash  string // SHA-256 of the code, in hexadecimal digits
	Until value.Opt[value.Wall]
	By    string // who made it
}

// KindUsers names the kind whose records are of type [User].
const KindUsers = "users"

// KindName is "users".
func (User) KindName() string { return KindUsers }

// CanSignIn reports whether the user has a way in now.
func (u *User) CanSignIn() bool { return !u.Disabled && (len(u.Keys) > 0 || u.Account.Set) }

// Called is the user's name for others: their own, or the login.
func (u *User) Called(r field.Reader) string {
	if u.Name != "" {
		return u.Name
	}
	if p := field.Get(r, u.Person); p != nil {
		return p.Name
	}
	return u.Login
}

// HoldsKey reports whether a key is the user's.
func (u *User) HoldsKey(fingerprint string) bool { return u.key(fingerprint) != nil }

func (u *User) key(fingerprint string) *UserKey {
	for i := range u.Keys {
		if u.Keys[i].Fingerprint == fingerprint {
			return &u.Keys[i]
		}
	}
	return nil
}

var (
	loginForm       = regexp.MustCompile(`^[a-z][a-z0-9._-]{0,31}$`)
	fingerprintForm = regexp.MustCompile(`^SHA256:[A-Za-z0-9+/]{43}$`)
	hashForm        = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// JoinPrefix begins the name under which a newcomer signs in with an
// invitation, so no login may begin with it.
const JoinPrefix = "join-"

// DescribeUser describes users.
func DescribeUser() *field.Kind {
	return field.Def[User]{
		Tag: 60, One: "user", Title: "Users", Scope: field.ScopeUsers, UniqueLabel: true, Final: true,
		Purpose:  "Who may sign in, with which key, and as what.",
		ID:       func(u *User) *field.ID[User] { return &u.ID },
		Label:    func(u *User) string { return u.Login },
		Aliases:  func(u *User) []string { return []string{u.Name} },
		Unique:   [][]string{{"login"}, {"account"}},
		Parties:  userParties,
		Check:    checkUser,
		Together: checkUsers, Transition: stepUser,
		Fields: userFields(),
	}.Kind()
}

func userParties(_ field.Reader, u *User) []field.Party {
	if u.Partner == 0 {
		return nil
	}
	return []field.Party{field.Party(u.Partner)}
}

func userFields() []field.Field[User] {
	fields := []field.Field[User]{
		field.Text(1, "login", "Login", func(u *User) *string { return &u.Login }).Required().Width(12).Example("dana").
			Help("Small letters, digits, dot and dash; what the person signs in as."),
		field.Text(2, "name", "Name", func(u *User) *string { return &u.Name }).Width(20).Example("Dana Reyes").
			Help("As others see it in history and while both are connected."),
		field.Ref(3, "partner", "Partner", func(u *User) *field.ID[partnership.Partner] { return &u.Partner }).
			Width(16).Example("Grandview").
			Help("Editors and assessors have the records of this partner."),
		field.Word(4, "role", "Role", func(u *User) *UserRole { return &u.Role }, UserRoles()...).Required().Width(13).
			Example("Editor").
			Help("Viewer reads · editor changes their city's records · assessor also its answers · coordinator every " +
				"city's records, no answers · " +
				"administrator also users, and so decides who reads answers; each change is shown to the city."),
		field.Ref(5, "person", "Person", func(u *User) *field.ID[partnership.Person] { return &u.Person }).
			HiddenByDefault().
			Help("The entry under People, when there is one."),
		field.Bool(6, "disabled", "Disabled", func(u *User) *bool { return &u.Disabled }).Width(8).
			Help("A disabled user is signed out at once and cannot sign in."),
		field.Rows(7, "keys", "Keys", func(u *User) *[]UserKey { return &u.Keys }, []field.Field[UserKey]{
			field.Text(1, "fingerprint", "Fingerprint", func(k *UserKey) *string { return &k.Fingerprint }),
			field.Text(2, "algorithm", "Algorithm", func(k *UserKey) *string { return &k.Algorithm }),
			field.Text(3, "comment", "Comment", func(k *UserKey) *string { return &k.Comment }),
			field.OnDay(4, "added", "Added", func(k *UserKey) *value.Opt[value.Day] { return &k.Added }),
			field.OnDay(5, "until", "Good until", func(k *UserKey) *value.Opt[value.Day] { return &k.Until }),
			field.OnDay(6, "waits", "Waits since", func(k *UserKey) *value.Opt[value.Day] { return &k.Waits }),
			field.OnDay(7, "agreed", "Agreed on", func(k *UserKey) *value.Opt[value.Day] { return &k.Agreed }),
		}).HiddenByDefault(),
		field.Bind(8, "account", "Account number", field.OptOf(field.IntType[int64]()),
			func(u *User) *value.Opt[int64] { return &u.Account }).Private().HiddenByDefault().
			Help("The number (uid) of the person's account on the machine that keeps the file."),
		field.Text(9, "networks", "Signs in from", func(u *User) *string { return &u.Networks }).Private().
			HiddenByDefault().
			Help("Addresses or networks, such as 203.0.113.0/24, with commas between; empty is anywhere."),
	}
	fields = append(fields, standingFields()...)
	return append(fields, field.Part(20, "invite_", "Invitation", func(u *User) *Invitation { return &u.Invite },
		codeFields("Invited", "Code"))...)
}

// codeFields describes a code that is good for one thing, once.
func codeFields(what, code string) []field.Field[Invitation] {
	return []field.Field[Invitation]{
		field.AtWall(1, "until", what+" until", func(i *Invitation) *value.Opt[value.Wall] { return &i.Until }).
			HiddenByDefault(),
		field.Text(2, "by", what+" by", func(i *Invitation) *string { return &i.By }).HiddenByDefault(),
		field.Text(3, "hash", code+" (hashed)", func(i *Invitation) *string { return &i.Hash }).Confidential().
			HiddenByDefault(),
	}
}

func checkUser(c *field.Checking, _, u *User) {
	if !loginForm.MatchString(u.Login) || strings.HasPrefix(u.Login, JoinPrefix) || u.Login == "join" {
		c.Add("login", "a login is up to 32 small letters, digits, dots and dashes, begins with a letter and not with "+
			JoinPrefix)
	}
	if (u.Role == UserEditor || u.Role == UserAssessor) && u.Partner == 0 {
		c.Add("partner", "an "+string(u.Role)+" has the records of one partner; say which")
	}
	if u.Account.Set && (u.Account.V < 0 || u.Account.V > 1<<32-2) {
		c.Add("account", "an account number is that of an account on this machine, as `id -u` prints it")
	}
	if (u.Invite.Hash == "") == u.Invite.Until.Set || u.Invite.Hash != "" && !hashForm.MatchString(u.Invite.Hash) {
		c.Add("invite_hash", "an invitation has a code and an end; make a new one with interlocal user invite")
	}
	if _, err := networks(u.Networks); err != nil {
		c.Add("networks", err.Error())
	}
	checkKeys(c, u)
}

// checkKeys refuses keys that are none, are listed twice, or are somebody
// else's: a key must lead to one user.
func checkKeys(c *field.Checking, u *User) {
	seen := map[string]bool{}
	for _, k := range u.Keys {
		switch {
		case !fingerprintForm.MatchString(k.Fingerprint):
			c.Add("keys",
				"a key is named by its fingerprint, SHA256 and 43 characters; add keys with interlocal user key")
		case seen[k.Fingerprint]:
			c.Add("keys", "the key "+k.Fingerprint+" is listed twice")
		}
		seen[k.Fingerprint] = true
	}
	for other := range field.All[User](c) {
		for _, k := range other.Keys {
			if other.ID != u.ID && seen[k.Fingerprint] {
				c.Add("keys", "the key "+k.Fingerprint+" is already that of "+other.Login+
					"; a key belongs to one person")
			}
		}
	}
}

// checkUsers keeps a file with users from being without an administrator.
func checkUsers(c *field.Checking) {
	any := false
	for u := range field.All[User](c) {
		if u.Role == UserAdmin && u.CanSignIn() {
			return
		}
		any = true
	}
	if any {
		c.Add("", "there has to be an administrator who can sign in, with a key or an account; make somebody else "+
			"one first")
	}
}
