package accounts

import (
	"math"

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
		return 0, "", failure.New(failure.Forbidden,
			"the key that signed this is no assessor's here; ask the city to sign "+
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
		return 0, "", failure.New(failure.Forbidden,
			"the key that signed this is younger than seven days, and such a key "+
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
		field.OnDay(1, "waits", "Waits for its city since",
			func(s *Standing) *value.Opt[value.Day] { return &s.Waits }).
			HiddenByDefault().
			Help("An assessor waits for the yes of another of the city, and is an editor until then."),
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
	return " As the first assessor of " + city +
		" they confirm it with a code that its manager is handed: interlocal " +
		"user code " + u.Login + "."
}
