package accounts

import (
	"cmp"
	"context"
	"crypto/rand"
	"strconv"
	"strings"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// A key is its holder's to replace and to end. The next one is put on record by
// signing in with it, so that nobody takes a key that is somebody else's to prove.

// mine refuses whoever has no login whose keys could be changed.
func mine(v field.Viewpoint, _ *field.Alone) error {
	if strings.HasPrefix(v.By.User, keyPrefix) {
		return nil
	}
	return failure.New(failure.Invalid, "keys are those of a login, and you came without one; interlocal user list "+
		"shows who has one")
}

// own finds the login of whoever acts, which not everybody sees.
func own(w field.Writer) (u *User, err error) {
	by := w.Actor()
	err = field.OnBehalf(w, func(w field.Writer) error {
		if u = myself(w, by); u == nil {
			return failure.New(failure.NotFound, "your login has been removed; ask your administrator")
		}
		return nil
	})
	return u, err
}

// nextKeyAct makes the code by which somebody puts their next key on record.
func nextKeyAct() *field.Act {
	return alone[field.NoArgs]{Name: "key.next", Title: "Move to a new key", Effect: field.Final, Trusted: true,
		Words: []string{"rotate", "replace", "new computer", "ssh"},
		Help: "Makes a code, told once, with which you sign in by a new key of yours and so put it on record, on a " +
			"new computer too. The old key stays until you end it.",
		May:     mine,
		History: func(field.Viewpoint, *field.Alone, *field.NoArgs) string { return "make a code for a next key" },
		Plan: func(context.Context, field.Viewpoint, *field.Alone, *field.NoArgs) (any, error) {
			return NewCode(rand.Reader)
		},
		Do: func(w field.Writer, _ *field.Alone, _ *field.NoArgs, code any) (field.Result, error) {
			u, err := own(w)
			if err != nil {
				return field.Result{}, err
			}
			until := w.Now() + InvitedFor*24*60
			err = change(w, u, func(u *User) error {
				u.Invite = Invitation{Hash: Hash(code.(string)), Until: value.Some(until), By: w.Actor().Name}
				return nil
			})
			text := "Until " + until.Long() + ", sign in once as " + JoinPrefix + code.(string) + " instead of as " +
				u.Login + ", with the new key: ssh -i FILE " + JoinPrefix + code.(string) + "@HOST, host and port as " +
				"you have them now. Then end the old one: interlocal key end SHA256:…"
			return field.Result{Text: text, Detail: code}, err
		}}.Act()
}

// endKeyAct takes a key from whoever asks for it themselves.
func endKeyAct() *field.Act {
	return alone[Keyed]{Name: "key.end", Title: "End a key of yours", Effect: field.Final, Trusted: true, Rest: "key",
		Words: []string{"lost", "stolen", "old computer", "ssh"},
		Help:  "Ends a key of yours, such as that of a computer you no longer have; sessions that came in by it end.",
		Args: []field.Field[Keyed]{field.Text(1, "key", "Key", func(k *Keyed) *string { return &k.Key }).Required().
			Help("Its fingerprint or the beginning of it, its comment, or the key itself; interlocal key lists them.")},
		May:     mine,
		History: func(field.Viewpoint, *field.Alone, *Keyed) string { return "end a key" },
		Do: func(w field.Writer, _ *field.Alone, k *Keyed, _ any) (field.Result, error) {
			u, err := own(w)
			if err != nil {
				return field.Result{}, err
			}
			at, err := keyNamed(u, k.Key)
			if err != nil {
				return field.Result{}, err
			}
			ended := u.Keys[at].Fingerprint
			return field.Done(ended + " signs in no more."), change(w, u, func(u *User) error {
				u.Keys = append(u.Keys[:at], u.Keys[at+1:]...)
				if !u.Account.Set && !u.hasKeyOn(w.Now().Day()) {
					return failure.New(failure.Invalid, "that is your only way in; put the next key on record first: "+
						"interlocal key next")
				}
				return nil
			})
		}}.Act()
}

// hasKeyOn reports whether a key of the user signs in on a day.
func (u *User) hasKeyOn(day value.Day) bool {
	for _, k := range u.Keys {
		if !k.Until.Set || day <= k.Until.V {
			return true
		}
	}
	return false
}

// UnusedAfter is after how many days without use a key is pointed out where the
// settings do not say when it ends.
const UnusedAfter = 90

// LastUse is the last day on which a key is known to have been good for something:
// when it was used, as far as that has been noted, or put on record.
func (k *UserKey) LastUse(used value.Opt[value.Day]) value.Opt[value.Day] {
	if k.Added.Set && (!used.Set || k.Added.V > used.V) {
		return k.Added
	}
	return used
}

// Unused reports whether a key has gone without use for more than some days.
func (k *UserKey) Unused(used value.Opt[value.Day], days int64, today value.Day) bool {
	last := k.LastUse(used)
	return days > 0 && last.Set && int64(today-last.V) > days
}

// unused says why a key that nobody has used for so long signs in no more.
func unused(r field.Reader, k *UserKey, used value.Opt[value.Day], today value.Day) error {
	days := partnership.SettingsOf(r).KeyDays.Or(0)
	if !k.Unused(used, days, today) {
		return nil
	}
	return failure.New(failure.Forbidden, "this key was last used on "+k.LastUse(used).V.Long()+", and keys that rest "+
		"for so long are ended here; ask your administrator for a new invitation")
}

// Resting tells administrators whose keys have not been used for so long that they
// are pointed out, or end by the settings. What is known of a key's last use is asked
// of used.
func Resting(r field.Reader, by access.Identity, used func(fingerprint string) value.Opt[value.Day],
	today value.Day) []string {
	if by.Role != access.Admin && by.Role != access.Owner {
		return nil
	}
	ends := partnership.SettingsOf(r).KeyDays.Or(0)
	days := cmp.Or(ends, UnusedAfter)
	var logins []string
	for u := range field.All[User](r) {
		for i := range u.Keys {
			if k := &u.Keys[i]; !u.Disabled && k.Unused(used(k.Fingerprint), days, today) {
				logins = append(logins, u.Login)
				break
			}
		}
	}
	if len(logins) == 0 {
		return nil
	}
	what := " have not been used for more than " + strconv.FormatInt(days, 10) + " days"
	if ends > 0 {
		what += " and sign in no more"
	}
	return []string{"Keys of " + text.Joined(logins, 5) + what + ": see interlocal user key LOGIN"}
}
