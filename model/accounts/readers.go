package accounts

import (
	"context"
	"crypto/rand"
	"math"
	"slices"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Who reads a city's answers is the city's to say: two must agree. What an
// administrator adds, an assessor, a key or an account of one, waits until an
// assessor of that city says yes, and is an editor of the city until then. A
// city's first assessor is confirmed by a code that its manager was handed;
// where all who could say yes have left, an administrator gives notice, and what
// waits counts after a week in which the city reads of it.

// OrphanDays is how long a notice stands where nobody is left to say yes.
const OrphanDays = 7

// CodeDays is how long the code for a manager holds.
const CodeDays = 30

// SigningDays is how old a key, and the city's yes to it, have to be before it
// signs releases.
const SigningDays = 7

// Signer tells which city's assessor holds a key that may sign for the city, and
// their login.
func Signer(r field.Reader, fingerprint string, today value.Day) (partnership.PartnerID, string, error) {
	u := ByKey(r, fingerprint)
	if u == nil || u.Role != UserAssessor || u.Disabled {
		return 0, "", failure.New(failure.Forbidden, "the key that signed this is no assessor's here; ask the city to sign "+
			"with the key that its assessor signs in with")
	}
	k, since := u.key(fingerprint), value.Day(0)
	for _, d := range []value.Opt[value.Day]{k.Added, k.Agreed} {
		if d.Set && d.V > since {
			since = d.V
		}
	}
	switch {
	case u.Waiting(fingerprint).Set:
		return 0, "", failure.New(failure.Forbidden, "the key that signed this waits for the yes of its city")
	case k.Until.Set && today > k.Until.V:
		return 0, "", failure.New(failure.Forbidden, "the key that signed this was good until "+k.Until.V.Long())
	case since == 0 || today < since+SigningDays:
		return 0, "", failure.New(failure.Forbidden, "the key that signed this is younger than seven days, and such a key "+
			"does not sign; its assessor can sign in and hand the release in")
	}
	return u.Partner, u.Login, nil
}

// Standing is how an assessor stands with their city.
type Standing struct {
	Waits  value.Opt[value.Day] // since when the login waits for the city's yes
	Notice value.Opt[value.Day] // when the city was told that a week begins, nobody being left to say yes
	Agreed value.Opt[value.Day] // when the city last said yes
	By     string               // who said it
	Code   Invitation           // for the manager of a city that has no assessor yet
}

func standingFields() []field.Field[User] {
	s := field.Part(10, "", "", func(u *User) *Standing { return &u.Reading }, []field.Field[Standing]{
		field.OnDay(1, "waits", "Waits for its city since", func(s *Standing) *value.Opt[value.Day] { return &s.Waits }).
			HiddenByDefault().Help("An assessor waits for the yes of another of the city, and is an editor until then."),
		field.OnDay(2, "notice", "City told on", func(s *Standing) *value.Opt[value.Day] { return &s.Notice }).
			HiddenByDefault(),
		field.OnDay(3, "agreed", "Agreed on", func(s *Standing) *value.Opt[value.Day] { return &s.Agreed }).
			HiddenByDefault(),
		field.Text(4, "agreed_by", "Agreed by", func(s *Standing) *string { return &s.By }).HiddenByDefault()})
	return append(s, field.Part(30, "confirm_", "Manager's code", func(u *User) *Invitation { return &u.Reading.Code },
		codeFields("Code good", "Manager's code"))...)
}

// Waiting tells since when a way in, by a key or by the user's account for "",
// waits for a yes.
func (u *User) Waiting(fingerprint string) value.Opt[value.Day] {
	since := u.Reading.Waits
	if k := u.key(fingerprint); k != nil && k.Waits.Set && (!since.Set || k.Waits.V > since.V) {
		since = k.Waits
	}
	return since
}

// AnyWaiting tells since when something of the user waits, the newest first.
func (u *User) AnyWaiting() value.Opt[value.Day] {
	since := u.Waiting("")
	for _, k := range u.Keys {
		if w := u.Waiting(k.Fingerprint); w.Set && (!since.Set || w.V > since.V) {
			since = w
		}
	}
	return since
}

// Reads reports whether a user who came in by a key, or by their account for "",
// reads the answers of their city.
func Reads(r field.Reader, u *User, fingerprint string, today value.Day) bool {
	if u.Role != UserAssessor || u.Disabled {
		return false
	}
	since, told := u.Waiting(fingerprint), u.Reading.Notice
	return !since.Set || told.Set && since.V <= told.V && today >= told.V+OrphanDays &&
		Sponsors(r, u.Partner, today) == Left
}

// Sponsorship says who of a city can say yes to a new reader.
type Sponsorship uint8

// Somebody, nobody any more, or nobody yet.
const (
	Present Sponsorship = iota
	Left
	None
)

// Sponsors tells whether somebody of a city can say yes to a new reader.
func Sponsors(r field.Reader, city partnership.PartnerID, today value.Day) Sponsorship {
	out := None
	for u := range field.Of[User](r, "partner", city) {
		if u.Role != UserAssessor || u.Reading.Waits.Set {
			continue
		}
		if u.comesIn(today) {
			return Present
		}
		out = Left
	}
	return out
}

// comesIn reports whether a user has a way in that waits for nothing.
func (u *User) comesIn(today value.Day) bool {
	if u.Disabled || u.Reading.Waits.Set {
		return false
	}
	for _, k := range u.Keys {
		if !k.Waits.Set && (!k.Until.Set || today <= k.Until.V) {
			return true
		}
	}
	return u.Account.Set
}

// sameReader reports whether a user read the same city's answers before, by the
// same account if by any.
func sameReader(before, u *User) bool {
	return before != nil && before.Role == UserAssessor && before.Partner == u.Partner &&
		(!before.Disabled || u.Disabled) && (!u.Account.Set || u.Account == before.Account)
}

// hold has what is new of a user wait for the city's yes.
func hold(before, u *User, today value.Day) {
	was := &User{}
	if before != nil {
		was = before
	}
	u.Reading = was.Reading
	switch {
	case u.Role != UserAssessor:
		u.Reading = Standing{}
	case !sameReader(before, u):
		u.Reading = Standing{Waits: value.Some(today)}
	}
	for i := range u.Keys {
		k := &u.Keys[i]
		switch old := was.key(k.Fingerprint); {
		case u.Role != UserAssessor:
			k.Waits, k.Agreed = value.Opt[value.Day]{}, value.Opt[value.Day]{}
		case old == nil:
			k.Waits, k.Agreed = value.Some(today), value.Opt[value.Day]{}
		default:
			k.Waits, k.Agreed, k.Added = old.Waits, old.Agreed, old.Added
		}
	}
}

// never is a day that no record bears.
const never value.Day = math.MinInt32

// stepUser keeps the readers of a city's answers to the acts of this package:
// by no other way does anybody become one, or stop waiting to.
func stepUser(_ field.Reader, by field.Actor, before, after *User) error {
	if by.Whole || after == nil {
		return nil
	}
	want := *after
	want.Keys = append([]UserKey(nil), after.Keys...)
	hold(before, &want, never)
	same := want.Reading == after.Reading
	for i := range want.Keys {
		same = same && want.Keys[i] == after.Keys[i]
	}
	if same {
		return nil
	}
	return failure.New(failure.Forbidden, "who reads a city's answers waits for the yes of an assessor of that city; "+
		"add people, keys and roles by interlocal user, which has them wait")
}

// toldOf is what came of an act that may have let somebody read a city's answers.
func toldOf(w field.Writer, u *User, text string, err error) (field.Result, error) {
	if err != nil {
		return field.Result{}, err
	}
	return about(u, text+WaitsFor(w, field.Get(w, u.ID), w.Now().Day())), nil
}

// write stores a user for an act, with what is new held back; before is nil for a
// user who is added. The act has asked whether whoever does it manages users.
func write(w field.Writer, before, u *User) (id UserID, err error) {
	hold(before, u, w.Now().Day())
	err = field.OnBehalf(w, func(w field.Writer) error {
		id, err = field.Put(w, u)
		return err
	})
	return id, err
}

// change applies a change to a user for an act, with what is new held back.
func change(w field.Writer, u *User, how func(*User) error) error {
	next := *u
	next.Keys = append([]UserKey(nil), u.Keys...)
	if err := how(&next); err != nil {
		return err
	}
	_, err := write(w, u, &next)
	return err
}

// WaitsFor says after what was done what a new reader waits for; "" when for
// nothing.
func WaitsFor(r field.Reader, u *User, today value.Day) string {
	if u == nil || !u.AnyWaiting().Set {
		return ""
	}
	city := partnership.PartnerName(r, u.Partner)
	switch Sponsors(r, u.Partner, today) {
	case Present:
		return " An assessor of " + city + " has to say yes before this opens its answers: interlocal user agree " +
			u.Login + "."
	case Left:
		return " No assessor of " + city + " is left to say yes: give notice with interlocal user notice " + u.Login +
			", and it opens its answers a week later."
	}
	return " As the first assessor of " + city + " they confirm it with a code that its manager is handed: interlocal " +
		"user code " + u.Login + "."
}

// Named is a user whom an act names by login.
type Named struct{ Login string }

func namedFields() []field.Field[Named] {
	return []field.Field[Named]{field.Text(1, "login", "Login", func(n *Named) *string { return &n.Login }).Required()}
}

// ofOwnCity finds the login that an assessor speaks of.
func ofOwnCity(w field.Writer, n *Named) (*User, error) {
	u := ByName(w, strings.ToLower(strings.TrimSpace(n.Login)))
	if u == nil || field.Party(u.Partner) != w.Actor().Partner && !w.Actor().Whole {
		return nil, failure.New(failure.NotFound, "your city has no login "+n.Login+"; interlocal list users shows those "+
			"that it has")
	}
	return u, nil
}

// readerAct is an act of an assessor on a login of the same city. It stands with
// the answers, since it takes whoever may read those.
func readerAct(verb, title, help, done string, how func(w field.Writer, u *User) error) *field.Act {
	return alone[Named]{Name: "user." + verb, Title: title, Help: help, Makes: "answers", Rest: "login",
		Args: namedFields(), Effect: field.Final, Trusted: true,
		Reserved: "who reads a city's answers is said by an assessor of that city",
		History: func(_ field.Viewpoint, _ *field.Alone, n *Named) string {
			return strings.ToLower(title[:1]) + title[1:] + ": " + n.Login
		},
		Do: func(w field.Writer, _ *field.Alone, n *Named, _ any) (field.Result, error) {
			u, err := ofOwnCity(w, n)
			if err != nil {
				return field.Result{}, err
			}
			return about(u, u.Login+" "+done), field.OnBehalf(w, func(w field.Writer) error {
				return field.Change(w, u.ID, func(u *User) error { return how(w, u) })
			})
		}}.Act()
}

func agreeAct() *field.Act {
	return readerAct("agree", "Let somebody read the answers",
		"Says yes to a login, and to the keys that it has now: it reads and changes the answers of your city. Look at "+
			"its keys first.", "reads the answers of your city from their next sign-in.",
		func(w field.Writer, u *User) error {
			if !u.AnyWaiting().Set {
				return failure.New(failure.Invalid, u.Login+" waits for nothing")
			}
			u.agree(w.Actor().Name, w.Now().Day())
			return nil
		})
}

// agree lets what waits of a user go on.
func (u *User) agree(by string, on value.Day) {
	for i := range u.Keys {
		if k := &u.Keys[i]; k.Waits.Set || u.Reading.Waits.Set {
			k.Waits, k.Agreed = value.Opt[value.Day]{}, value.Some(on)
		}
	}
	u.Reading = Standing{Agreed: value.Some(on), By: by}
}

func refuseAct() *field.Act {
	return readerAct("refuse", "Let somebody read no answers",
		"Says no to a login that waits, or takes the answers from one that read them: it is an editor of your city from "+
			"then on. Where only a key waits, that key goes.", "reads nothing that it did not read before, if anything.",
		func(w field.Writer, u *User) error {
			before, waits := *u, func(k UserKey) bool { return k.Waits.Set }
			switch {
			case u.Role != UserAssessor:
				return failure.New(failure.Invalid, u.Login+" reads no answers")
			case !u.Reading.Waits.Set && slices.ContainsFunc(u.Keys, waits):
				u.Keys = slices.DeleteFunc(slices.Clone(u.Keys), waits)
			default:
				u.Role = UserEditor
				hold(&before, u, w.Now().Day())
			}
			return nil
		})
}

// codeAct makes the code by which a city's manager confirms its first assessor.
func codeAct() *field.Act {
	return onUser[field.NoArgs]{Name: "user.code", Title: "Code for a city's manager", Effect: field.Final, Trusted: true,
		Help: "Makes a code, told once, for the manager of a city that has no assessor yet. Hand it to the manager and to " +
			"nobody else: whoever they give it to becomes the city's first assessor with it.",
		History: func(_ field.Viewpoint, u *User, _ *field.NoArgs) string {
			return "make a code for the city's manager to confirm " + u.Login
		},
		May: func(v field.Viewpoint, u *User) error {
			if u.Role != UserAssessor || !u.Reading.Waits.Set || Sponsors(v, u.Partner, v.Now.Day()) != None {
				return failure.New(failure.Invalid, "a code is for the first assessor of a city, who waits; elsewhere an "+
					"assessor says yes")
			}
			return nil
		},
		Plan: func(context.Context, field.Viewpoint, *User, *field.NoArgs) (any, error) { return NewCode(rand.Reader) },
		Do: func(w field.Writer, u *User, _ *field.NoArgs, code any) (field.Result, error) {
			text := "Hand this to the city manager of " + partnership.PartnerName(w, u.Partner) + ", on paper: " +
				code.(string) + ". It confirms the login " + u.Login + " as the city's first assessor, who signs in and " +
				"types: interlocal user confirm CODE. Ask them first that their key is " + u.fingerprints() + "."
			return about(u, text), field.OnBehalf(w, func(w field.Writer) error {
				return field.Change(w, u.ID, func(u *User) error {
					until := w.Now() + CodeDays*24*60
					u.Reading.Code = Invitation{Hash: Hash(code.(string)), Until: value.Some(until), By: w.Actor().Name}
					return nil
				})
			})
		}}.Act()
}

func (u *User) fingerprints() string {
	var out []string
	for _, k := range u.Keys {
		out = append(out, k.Fingerprint)
	}
	if len(out) == 0 {
		return "on record by then"
	}
	return strings.Join(out, " or ")
}

func noticeAct() *field.Act {
	return onUser[field.NoArgs]{Name: "user.notice", Title: "Give a city notice of a new reader", Effect: field.Final,
		Trusted: true,
		Help:    "Tells a city of whose assessors nobody is left that a login will read its answers in seven days.",
		History: func(_ field.Viewpoint, u *User, _ *field.NoArgs) string {
			return "give notice that " + u.Login + " will read the city's answers"
		},
		May: func(v field.Viewpoint, u *User) error {
			if u.Role != UserAssessor || !u.AnyWaiting().Set || Sponsors(v, u.Partner, v.Now.Day()) != Left {
				return failure.New(failure.Invalid, "notice is given of an assessor who waits where nobody is left to say yes")
			}
			return nil
		},
		Do: func(w field.Writer, u *User, _ *field.NoArgs, _ any) (field.Result, error) {
			today := w.Now().Day()
			return about(u, partnership.PartnerName(w, u.Partner)+" is told. "+u.Login+" reads its answers from "+
					(today+OrphanDays).Long()+"."), field.OnBehalf(w, func(w field.Writer) error {
					return field.Change(w, u.ID, func(u *User) error {
						u.Reading.Notice = value.Some(today)
						return nil
					})
				})
		}}.Act()
}

// Confirming is what a city's first assessor was handed by its manager.
type Confirming struct{ Code string }

func confirmAct() *field.Act {
	return alone[Confirming]{Name: "user.confirm", Title: "Confirm with the manager's code", Rest: "code",
		Effect: field.Final, Trusted: true,
		Help: "Confirms you as the first assessor of your city, with the code that its manager gave you.",
		Args: []field.Field[Confirming]{field.Text(1, "code", "Code",
			func(c *Confirming) *string { return &c.Code }).Required()},
		May: func(v field.Viewpoint, _ *field.Alone) error {
			if u := myself(v, v.By); u == nil || u.Role != UserAssessor || !u.Reading.Waits.Set {
				return failure.New(failure.Invalid, "this is for the first assessor of a city, who waits to be confirmed")
			}
			return nil
		},
		Do: func(w field.Writer, _ *field.Alone, c *Confirming, _ any) (field.Result, error) {
			u := myself(w, w.Actor())
			return about(u, "Confirmed. Sign in again to see your city's answers."),
				field.OnBehalf(w, func(w field.Writer) error {
					return field.Change(w, u.ID, func(u *User) error { return u.confirm(w, c.Code) })
				})
		}}.Act()
}

func (u *User) confirm(w field.Writer, code string) error {
	if u.Reading.Code.Hash == "" || u.Reading.Code.Hash != Hash(code) || w.Now() > u.Reading.Code.Until.V {
		return failure.New(failure.Invalid, "this is not the code that is waited for, or it has ended; ask your manager")
	}
	if Sponsors(w, u.Partner, w.Now().Day()) != None {
		return failure.New(failure.Conflict, "your city has an assessor by now, who says yes")
	}
	u.agree("a code handed to the city's manager", w.Now().Day())
	return nil
}

// myself finds the login of whoever acts; nil when they have none.
func myself(r field.Reader, by field.Actor) *User {
	if by.User == "" {
		return nil
	}
	return first(r, func(u *User) bool { return Key(u.ID) == by.User })
}
