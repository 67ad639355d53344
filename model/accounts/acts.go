package accounts

import (
	"context"
	"crypto/rand"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Acts lists what an administrator can do with those who may sign in, and what
// everybody can with their own keys. What is done takes effect at once: a server looks again at everybody who is connected
// whenever users change.
func Acts() field.Acts {
	return field.Acts{addAct(), inviteAct(), addKeyAct(), removeKeyAct(), networksAct(), roleAct(), disableAct(),
		enableAct(), agreeAct(), refuseAct(), codeAct(), noticeAct(), confirmAct(), nextKeyAct(), endKeyAct(),
		objectAct()}
}

// onUser is an act on a user; alone is one that stands alone.
type (
	onUser[A any] = field.ActOn[User, A]
	alone[A any]  = field.ActOn[field.Alone, A]
)

// Newcomer is what is said of somebody who is added.
type Newcomer struct {
	Login   string
	Name    string
	Role    UserRole // "" is editor with a partner and viewer without
	Partner partnership.PartnerID
	Person  partnership.PersonID
	Account value.Opt[int64]
	Key     string // a line as in id_ed25519.pub, or "" for none
}

func newcomerFields() []field.Field[Newcomer] {
	return []field.Field[Newcomer]{
		field.Text(1, "login", "Login", func(n *Newcomer) *string { return &n.Login }).Required().
			Help("A short name in small letters, such as dana."),
		field.Text(2, "name", "Name", func(n *Newcomer) *string { return &n.Name }).Help("As others see it."),
		field.Word(3, "role", "Role", func(n *Newcomer) *UserRole { return &n.Role }, UserRoles()...).
			Help("Empty is editor of a city, and viewer without one."),
		field.Ref(4, "city", "City", func(n *Newcomer) *partnership.PartnerID { return &n.Partner }).
			Help("Whose staff they are."),
		field.Ref(5, "person", "Person", func(n *Newcomer) *partnership.PersonID { return &n.Person }).
			Help("Their entry under People."),
		field.Bind(6, "account", "Account number", field.OptOf(field.IntType[int64]()),
			func(n *Newcomer) *value.Opt[int64] { return &n.Account }).Help("Of their account on this machine."),
	}
}

func keyField[A any](tag int, lens func(*A) *string) field.Field[A] {
	return field.Text(tag, "key", "Key", lens).Help("The one line of their id_ed25519.pub.")
}

// user gives the record of a newcomer.
func (n *Newcomer) user() *User {
	role := n.Role
	switch {
	case role == "" && n.Partner != 0:
		role = UserEditor
	case role == "":
		role = UserViewer
	}
	return &User{Login: strings.ToLower(strings.TrimSpace(n.Login)), Name: n.Name, Role: role, Partner: n.Partner,
		Person: n.Person, Account: n.Account}
}

// Add adds a user. The first of a file has to be an administrator who can sign
// in: from then on nobody else can.
func Add(w field.Writer, n *Newcomer) (*User, error) {
	u := n.user()
	if n.Key != "" {
		key, err := keyOf(w, n.Key)
		if err != nil {
			return nil, err
		}
		u.Keys = []UserKey{key}
	}
	if !HasUsers(w) && (u.Role != UserAdmin || !u.CanSignIn()) {
		return nil, failure.New(failure.Invalid,
			"the first user is the administrator: add one with the role admin and a key; others follow")
	}
	id, err := write(w, nil, u)
	u.ID = id
	return u, err
}

// keyOf reads a key that is added today.
func keyOf(w field.Writer, line string) (UserKey, error) {
	key, err := ParseKey(line)
	key.Added = value.Some(w.Now().Day())
	return key, err
}

// about says what came of an act on a user.
func about(u *User, text string) field.Result {
	return field.Result{Text: text, Kind: "users", ID: uint64(u.ID)}
}

func addAct() *field.Act {
	return alone[Newcomer]{Name: "user.add", Title: "Add a user with their key",
		Makes: "users", Effect: field.Final, Trusted: true, Rest: "key",
		Help:    "Adds a person who may sign in with a public key. The first user of a file is its administrator.",
		Args:    append(newcomerFields(), keyField(7, func(n *Newcomer) *string { return &n.Key })),
		History: func(_ field.Viewpoint, _ *field.Alone, n *Newcomer) string { return "add user " + n.user().Login },
		Do: func(w field.Writer, _ *field.Alone, n *Newcomer, _ any) (field.Result, error) {
			u, err := Add(w, n)
			if err != nil {
				return field.Result{}, err
			}
			return toldOf(w, u, u.Login+" may sign in now.", nil)
		}}.Act()
}

// InvitedFor is how many days an invitation holds when nothing else is said.
const InvitedFor = 3

// Inviting is who is invited and for how many days.
type Inviting struct {
	Newcomer
	Days int
}

// inviteAct adds a user, or takes one who is there, and gives them a code with
// which to bind their first key. The code is drawn before the transaction, which
// may run twice, and told once: it is the detail of the result.
func inviteAct() *field.Act {
	return alone[Inviting]{Name: "user.invite", Title: "Invite somebody", Makes: "users", Effect: field.Final,
		Trusted: true,
		Help: "Invites a person who has no key yet, with a code that binds their first key, once. A user who is " +
			"there already " +
			"gets a code for a new key.",
		Args: append(field.Part(0, "", "", func(i *Inviting) *Newcomer { return &i.Newcomer }, newcomerFields()),
			field.Int(100, "days", "Days", func(i *Inviting) *int { return &i.Days }).Required().
				Help("How many days the code holds.")),
		Fill:    func(_ field.Viewpoint, _ *field.Alone, i *Inviting) { i.Days = InvitedFor },
		History: func(_ field.Viewpoint, _ *field.Alone, i *Inviting) string { return "invite " + i.user().Login },
		Plan: func(context.Context, field.Viewpoint, *field.Alone, *Inviting) (any, error) {
			return NewCode(rand.Reader)
		},
		Do: func(w field.Writer, _ *field.Alone, i *Inviting, code any) (field.Result, error) {
			u, err := invite(w, i, code.(string))
			if err != nil {
				return field.Result{}, err
			}
			done := about(u, "Invited "+u.Login+" until "+u.Invite.Until.V.Long()+".")
			done.Detail = code
			return done, nil
		}}.Act()
}

func invite(w field.Writer, i *Inviting, code string) (*User, error) {
	switch {
	case i.Days < 1 || i.Days > 30:
		return nil, failure.New(failure.Invalid, "an invitation holds from 1 to 30 days")
	case !HasUsers(w):
		return nil, failure.New(failure.Invalid,
			"the first user is the administrator: add one with the role admin and a key; others can be invited then")
	}
	u, there := i.user(), ByName(w, i.user().Login)
	if there != nil {
		if there.Disabled {
			return nil, failure.New(failure.Invalid, u.Login+" is disabled; enable the login first")
		}
		copied := *there
		u = &copied
	}
	until := w.Now() + value.Wall(i.Days)*24*60
	u.Invite = Invitation{Hash: Hash(code), Until: value.Some(until), By: w.Actor().Name}
	id, err := write(w, there, u)
	u.ID = id
	return u, err
}

// Keyed is the argument of an act that wants a key.
type Keyed struct {
	Key   string
	Until value.Opt[value.Day] // the last day on which it is to sign in
}

func addKeyAct() *field.Act {
	return onUser[Keyed]{Name: "user.add-key", Title: "Add a key", Effect: field.Final, Trusted: true, Rest: "key",
		Help: "Gives a user a further key to sign in with.",
		Args: []field.Field[Keyed]{keyField(1, func(k *Keyed) *string { return &k.Key }).Required(),
			field.OnDay(2, "until", "Good until", func(k *Keyed) *value.Opt[value.Day] { return &k.Until }).
				Help("The last day on which it signs in; empty is for as long as it is on record.")},
		History: func(_ field.Viewpoint, u *User, _ *Keyed) string { return "add a key of " + u.Login },
		Do: func(w field.Writer, u *User, k *Keyed, _ any) (field.Result, error) {
			key, err := keyOf(w, k.Key)
			if err != nil {
				return field.Result{}, err
			}
			key.Until = k.Until
			if key.Until.Set && key.Until.V < w.Now().Day() {
				return field.Result{}, failure.New(failure.Invalid, "that day is over; say the last day on which the "+
					"key is to sign in")
			}
			return toldOf(w, u, u.Login+" has the key now.", change(w, u, func(u *User) error {
				u.Keys = append(u.Keys, key)
				return nil
			}))
		}}.Act()
}

func removeKeyAct() *field.Act {
	return onUser[Keyed]{Name: "user.remove-key", Title: "Remove a key", Effect: field.Final, Rest: "key",
		Help: "Takes a key from a user; sessions that came in by it end.",
		Args: []field.Field[Keyed]{field.Text(1, "key", "Key", func(k *Keyed) *string { return &k.Key }).Required().
			Help("Its fingerprint or the beginning of it, its comment, or the key itself.")},
		History: func(_ field.Viewpoint, u *User, _ *Keyed) string { return "remove a key of " + u.Login },
		Do: func(w field.Writer, u *User, k *Keyed, _ any) (field.Result, error) {
			return about(u, u.Login+" has that key no more."), field.Change(w, u.ID, func(u *User) error {
				at, err := keyNamed(u, k.Key)
				if err == nil {
					u.Keys = append(u.Keys[:at], u.Keys[at+1:]...)
				}
				return err
			})
		}}.Act()
}

// keyNamed finds the key that is named by its fingerprint or the start of one, by
// its comment, or by the key itself.
func keyNamed(u *User, which string) (int, error) {
	if key, err := ParseKey(which); err == nil {
		which = key.Fingerprint
	}
	begin := strings.TrimPrefix(which, "SHA256:")
	found := -1
	for i, k := range u.Keys {
		if which == "" || k.Comment != which &&
			!strings.HasPrefix(strings.TrimPrefix(k.Fingerprint, "SHA256:"), begin) {
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

// From is where a user may sign in from.
type From struct{ Networks string }

func networksAct() *field.Act {
	return onUser[From]{Name: "user.networks", Title: "Say from where they sign in", Effect: field.Final,
		Rest: "networks",
		Help: "Names the addresses or networks from which a user may sign in; none is anywhere. Whoever is " +
			"connected stays.",
		Args: []field.Field[From]{field.Text(1, "networks", "Signs in from",
			func(f *From) *string { return &f.Networks }).
			Help("Such as 203.0.113.0/24, with commas between; empty is anywhere.")},
		Fill:    func(_ field.Viewpoint, u *User, f *From) { f.Networks = u.Networks },
		History: func(_ field.Viewpoint, u *User, _ *From) string { return "say from where " + u.Login + " signs in" },
		Do: func(w field.Writer, u *User, f *From, _ any) (field.Result, error) {
			return about(u, "Noted from where "+u.Login+" signs in."), field.Change(w, u.ID, func(u *User) error {
				u.Networks = f.Networks
				return nil
			})
		}}.Act()
}

// Trust is what a user is trusted with.
type Trust struct {
	Role    UserRole
	Partner partnership.PartnerID // 0 leaves theirs
}

func roleAct() *field.Act {
	return onUser[Trust]{Name: "user.role", Title: "Change the role", Effect: field.Final, Trusted: true,
		Rest: "role",
		Help: "Changes what a user is trusted with. Their sessions end and begin anew.",
		Args: []field.Field[Trust]{
			field.Word(1, "role", "Role", func(t *Trust) *UserRole { return &t.Role }, UserRoles()...).Required(),
			field.Ref(2, "city", "City", func(t *Trust) *partnership.PartnerID { return &t.Partner }).
				Help("Empty leaves theirs."),
		},
		Fill:    func(_ field.Viewpoint, u *User, t *Trust) { t.Role = u.Role },
		History: func(_ field.Viewpoint, u *User, t *Trust) string { return "make " + u.Login + " " + string(t.Role) },
		Do: func(w field.Writer, u *User, t *Trust, _ any) (field.Result, error) {
			done := u.Login + " is " + string(t.Role) + " now. Their sessions end and begin anew."
			return toldOf(w, u, done, change(w, u, func(u *User) error {
				u.Role = t.Role
				if t.Partner != 0 {
					u.Partner = t.Partner
				}
				return nil
			}))
		}}.Act()
}

func disableAct() *field.Act {
	return switchAct("disable", "Shuts a user out, with any invitation they have. Their sessions end at once; "+
		"nothing they entered is lost.",
		func(u *User) error { u.Disabled, u.Invite = true, Invitation{}; return nil })
}

func enableAct() *field.Act {
	return switchAct("enable", "Lets a disabled user in again.", func(u *User) error { u.Disabled = false; return nil })
}

func switchAct(verb, help string, how func(*User) error) *field.Act {
	return onUser[field.NoArgs]{Name: "user." + verb, Title: strings.ToUpper(verb[:1]) + verb[1:], Help: help,
		Effect: field.Final, Trusted: true,
		History: func(_ field.Viewpoint, u *User, _ *field.NoArgs) string { return verb + " user " + u.Login },
		Do: func(w field.Writer, u *User, _ *field.NoArgs, _ any) (field.Result, error) {
			return toldOf(w, u, u.Login+" is "+verb+"d.", change(w, u, how))
		}}.Act()
}

// Accepting is what a newcomer proves: a code, and the key that they hold.
type Accepting struct {
	Code string
	Key  UserKey
}

// AcceptAct binds the first key of whom a code invites, which is all that an
// invitation can do. A server does it for who has proved the key; it is on no
// list, since nobody else can.
func AcceptAct() *field.Act {
	return onUser[Accepting]{Name: "user.accept", Title: "Accept an invitation", Effect: field.Final, Trusted: true,
		Help:    "Binds the key of whom a code invites.",
		History: func(_ field.Viewpoint, u *User, _ *Accepting) string { return "accept the invitation of " + u.Login },
		Do: func(w field.Writer, _ *User, a *Accepting, _ any) (field.Result, error) {
			u, err := Invited(w, a.Code, w.Now()) // two may have come with one code
			if err != nil {
				return field.Result{}, err
			}
			key := a.Key
			key.Added = value.Some(w.Now().Day())
			_, err = write(w, u, Accept(u, key))
			return about(u, "The key is "+u.Login+"'s."), err
		}}.Act()
}

// FirstAct adds the administrator of a file that has no users. It is on no list:
// who opens the file does it by letting others in.
func FirstAct() *field.Act {
	return alone[Newcomer]{Name: "user.first", Title: "Add the administrator", Makes: "users", Effect: field.Final,
		Trusted: true,
		Help:    "Adds the first user of a file.",
		History: func(_ field.Viewpoint, _ *field.Alone, n *Newcomer) string {
			return "add " + n.Login + " as administrator"
		},
		Do: func(w field.Writer, _ *field.Alone, n *Newcomer, _ any) (field.Result, error) {
			if HasUsers(w) {
				return field.Result{}, failure.New(failure.Conflict,
					"this file has users already; ask its administrator to add you")
			}
			u, err := Add(w, n)
			if err != nil {
				return field.Result{}, err
			}
			return about(u, u.Login+" may sign in now."), nil
		}}.Act()
}
