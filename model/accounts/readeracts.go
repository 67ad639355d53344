package accounts

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Named is a user whom an act names by login.
type Named struct{ Login string }

func namedFields() []field.Field[Named] {
	return []field.Field[Named]{field.Text(1, "login", "Login", func(n *Named) *string { return &n.Login }).Required()}
}

// ofOwnCity finds the login that an assessor speaks of.
func ofOwnCity(w field.Writer, n *Named) (*User, error) {
	u := ByName(w, strings.ToLower(strings.TrimSpace(n.Login)))
	if u == nil || field.Party(u.Partner) != w.Actor().Partner && !w.Actor().Whole {
		return nil, failure.New(failure.NotFound, "your city has no login "+n.Login+
			"; interlocal list users shows those "+
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
		"Says no to a login that waits, or takes the answers from one that read them: it is an editor of your "+
			"city from then on. Where only a key waits, that key goes.",
		"reads nothing that it did not read before, if anything.",
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
	return onUser[field.NoArgs]{Name: "user.code", Title: "Code for a city's manager", Effect: field.Final,
		Trusted: true,
		Help: "Makes a code, told once, for the manager of a city that has no assessor yet. Hand it to the " +
			"manager and to nobody else: whoever they give it to becomes the city's first assessor with it.",
		History: func(_ field.Viewpoint, u *User, _ *field.NoArgs) string {
			return "make a code for the city's manager to confirm " + u.Login
		},
		May: func(v field.Viewpoint, u *User) error {
			if u.Role != UserAssessor || !u.Reading.Waits.Set || Sponsors(v, u.Partner, v.Now.Day()) != None {
				return failure.New(failure.Invalid, "a code is for the first assessor of a city, who waits; "+
					"elsewhere an "+
					"assessor says yes")
			}
			return nil
		},
		Plan: func(context.Context, field.Viewpoint, *User, *field.NoArgs) (any, error) { return NewCode(rand.Reader) },
		Do: func(w field.Writer, u *User, _ *field.NoArgs, code any) (field.Result, error) {
			text := "Hand this to the city manager of " + partnership.PartnerName(w, u.Partner) + ", on paper: " +
				code.(string) + ". It confirms the login " + u.Login +
				" as the city's first assessor, who signs in and " +
				"types: interlocal user confirm CODE. It works from " + (w.Now() + OrphanDays*24*60).Day().Long() +
				" on; until then the city reads of it. Ask them first that their key is " + u.fingerprints() + "."
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
				return failure.New(failure.Invalid, "notice is given of an assessor who waits where nobody is left "+
					"to say yes")
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
				return failure.New(failure.Invalid, "this is for the first assessor of a city, who waits to be "+
					"confirmed")
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
		return failure.New(failure.Invalid,
			"this is not the code that is waited for, or it has ended; ask your manager")
	}
	if from := u.CodeFrom(); w.Now() < from {
		return failure.New(failure.Invalid, "the code works from "+from.Day().Long()+" on: for a week everybody of "+
			"your city who has a login reads that it was made, and its editors can object")
	}
	if Sponsors(w, u.Partner, w.Now().Day()) != None {
		return failure.New(failure.Conflict, "your city has an assessor by now, who says yes")
	}
	u.agree("a code handed to the city's manager", w.Now().Day())
	return nil
}

// CodeFrom is when the code for the city's manager begins to work: whoever makes it
// could use it, so the city has a week to read of it and to object.
func (u *User) CodeFrom() value.Wall { return u.Reading.Code.Until.V - (CodeDays-OrphanDays)*24*60 }

// objectAct lets an editor of a city in which nobody can say yes stop a new reader whom
// nobody there has asked for.
func objectAct() *field.Act {
	return alone[Named]{Name: "user.object", Title: "Object to a new reader", Rest: "login", Args: namedFields(),
		Effect: field.Final, Trusted: true, Makes: partnership.KindPeople, // by whoever changes a city's records
		Help: "Says for a city that has no assessor, or none any more, that it did not ask for the one who waits: they " +
			"are an editor from then on. Any editor of the city can; your manager knows whether a code was handed over.",
		May: func(v field.Viewpoint, _ *field.Alone) error {
			if v.By.Partner == 0 && !v.By.Whole {
				return failure.New(failure.Forbidden,
					"this is for the people of a city, about who is to read its answers")
			}
			return nil
		},
		History: func(_ field.Viewpoint, _ *field.Alone, n *Named) string {
			return "object to the new reader " + n.Login
		},
		Do: func(w field.Writer, _ *field.Alone, n *Named, _ any) (field.Result, error) {
			u, err := ofOwnCity(w, n)
			if err != nil {
				return field.Result{}, err
			}
			if !u.AnyWaiting().Set || Sponsors(w, u.Partner, w.Now().Day()) == Present {
				return field.Result{}, failure.New(failure.Invalid, u.Login+" does not wait to read the answers of "+
					"your city without anybody's yes; where it has an assessor, they say yes or no")
			}
			return about(u, u.Login+" is an editor of your city."), field.OnBehalf(w, func(w field.Writer) error {
				before := *u
				return field.Change(w, u.ID, func(u *User) error {
					u.Role = UserEditor
					hold(&before, u, w.Now().Day())
					return nil
				})
			})
		}}.Act()
}

// myself finds the login of whoever acts; nil when they have none.
func myself(r field.Reader, by field.Actor) *User {
	if by.User == "" {
		return nil
	}
	return first(r, func(u *User) bool { return Key(u.ID) == by.User })
}
