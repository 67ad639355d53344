package store

import (
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

func keyOf(letter string) []accounts.UserKey {
	return []accounts.UserKey{{Fingerprint: "SHA256:" + strings.Repeat(letter, 43), Algorithm: "ssh-ed25519"}}
}

// staffed gives a store with one administrator and one editor.
func staffed(t testing.TB) (s *Store, ada, kim accounts.UserID) {
	s, _ = founded(t)
	update(t, s, keeper(), func(tx *Tx) (err error) {
		if ada, err = field.Put(tx, &accounts.User{Login: "ada", Role: accounts.UserAdmin, Keys: keyOf("A")}); err !=
			nil {
			return err
		}
		kim, err = field.Put(tx, &accounts.User{Login: "kim", Role: accounts.UserEditor, Partner: raytown,
			Keys: keyOf("K")})
		return err
	})
	return s, ada, kim
}

func TestTheLastAdministratorStaysByEveryWay(t *testing.T) {
	s, ada, kim := staffed(t)
	root := as("user#1", access.Admin, 0)
	change := func(tx *Tx, id accounts.UserID, how func(*accounts.User)) error {
		u := *field.Get(tx, id)
		how(&u)
		_, err := field.Put(tx, &u)
		return err
	}
	demote := func(u *accounts.User) { u.Role = accounts.UserViewer }
	ways := map[string]func(*Tx) error{
		"demoted": func(tx *Tx) error { return change(tx, ada, demote) },
		"disabled": func(tx *Tx) error {
			return change(tx, ada, func(u *accounts.User) { u.Disabled = true })
		},
		"without a key": func(tx *Tx) error {
			return change(tx, ada, func(u *accounts.User) { u.Keys = nil })
		},
		"deleted": func(tx *Tx) error { return tx.Delete("users", uint64(ada)) },
		"deleted, the other one as well": func(tx *Tx) error {
			return deleteThen(tx, ada, func() error { return change(tx, kim, demote) })
		},
		"by an import": func(tx *Tx) error {
			u := *field.Get(tx, ada)
			u.Role = accounts.UserViewer
			_, err := tx.Try("users", &u)
			return err
		},
		"by a save": func(tx *Tx) error {
			u := *field.Get(tx, ada)
			u.Disabled = true
			_, err := tx.Save("users", Edit{ID: uint64(ada), BaseRev: tx.RevOf("users", uint64(ada)), Mine: &u})
			return err
		},
	}
	for name, way := range ways {
		_, err := s.Update(t.Context(), root, Op{Title: name}, way)
		if sentence := refused(t, failure.Invalid, err); !strings.Contains(sentence, "administrator who can sign in") {
			t.Errorf("%s: %s", name, sentence)
		}
	}
	update(t, s, root, func(tx *Tx) error { // one takes over from the other in one change
		if err := change(tx, ada, demote); err != nil {
			return err
		}
		return change(tx, kim, func(u *accounts.User) { u.Role = accounts.UserAdmin })
	})
	if u := field.Get(s.As(root).View(), ada); u.Role != accounts.UserViewer {
		t.Error("nobody took over")
	}
}

func deleteThen(tx *Tx, id accounts.UserID, then func() error) error {
	if err := tx.Delete("users", uint64(id)); err != nil {
		return err
	}
	return then()
}

func TestAllUsersMayGo(t *testing.T) {
	s, ada, kim := staffed(t)
	update(t, s, as("user#1", access.Admin, 0), func(tx *Tx) error {
		return deleteThen(tx, ada, func() error { return tx.Delete("users", uint64(kim)) })
	})
}

func TestUsersAreSharedByNoKeyLoginOrAccount(t *testing.T) {
	s, _, _ := staffed(t)
	for says, u := range map[string]*accounts.User{
		"is already that of kim":                  {Login: "lee", Role: accounts.UserViewer, Keys: keyOf("K")},
		"there is already a user with this login": {Login: "KIM", Role: accounts.UserViewer},
	} {
		u.Login = strings.ToLower(u.Login)
		_, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error { _, err := field.Put(tx, u); return err })
		if sentence := refused(t, failure.Invalid, err); !strings.Contains(sentence, says) {
			t.Error(sentence)
		}
	}
	put(t, s, keeper(), &accounts.User{Login: "a", Role: accounts.UserViewer, Account: value.Some(int64(0))})
	_, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := field.Put(tx, &accounts.User{Login: "b", Role: accounts.UserViewer, Account: value.Some(int64(0))})
		return err
	})
	if sentence := refused(t, failure.Invalid, err); !strings.Contains(sentence, "this account") {
		t.Error(sentence)
	}
}

// TestALoginIsNotUndone: a key that was taken away does not come back by undo.
func TestALoginIsNotUndone(t *testing.T) {
	s, _, kim := staffed(t)
	root := as("user#1", access.Admin, 0)
	update(t, s, root, func(tx *Tx) error {
		u := *field.Get(tx, kim)
		u.Keys = nil
		_, err := field.Put(tx, &u)
		return err
	})
	_, err := s.Undo(t.Context(), root)
	refused(t, failure.Forbidden, err)
	s = reopen(t, s)
	_, err = s.Undo(t.Context(), root)
	refused(t, failure.Forbidden, err)
}

func TestOnlyAdministratorsKnowOfUsers(t *testing.T) {
	s, ada, _ := staffed(t)
	for _, id := range everyone() {
		v := s.As(id)
		knows := id.Role == access.Admin || id.Role == access.Owner
		changes, err := v.History("users", uint64(ada), 0)
		if err != nil {
			t.Fatal(err)
		}
		if (v.View().Rows("users").Len() > 1) != knows || (len(changes) > 0) != knows {
			t.Errorf("%s sees %d users and %d changes", id.User, v.View().Rows("users").Len(), len(changes))
		}
		_, err = s.Update(t.Context(), id, Op{}, func(tx *Tx) error {
			_, err := field.Put(tx, &accounts.User{Login: strings.ToLower(id.User), Role: accounts.UserViewer})
			return err
		})
		if !knows {
			refused(t, failure.Forbidden, err)
		}
	}
}

// TestEveryChangeOfAReaderIsInItsCitysHistory, whoever makes it and by whatever
// way, for everybody of that city and for nobody of another.
func TestEveryChangeOfAReaderIsInItsCitysHistory(t *testing.T) {
	s, ada, _ := staffed(t)
	root := as("user#1", access.Owner, 0) // as the acts write them
	var lee accounts.UserID
	change := func(how func(*accounts.User)) func(*Tx) error {
		return func(tx *Tx) error {
			u := *field.Get(tx, lee)
			how(&u)
			_, err := field.Put(tx, &u)
			return err
		}
	}
	steps := []struct {
		title string
		way   func(*Tx) error
	}{
		{"added", func(tx *Tx) error {
			id, err := tx.Try("users", &accounts.User{Login: "lee", Role: accounts.UserAssessor, Partner: raytown})
			lee = accounts.UserID(id)
			return err
		}},
		{"invited", change(func(u *accounts.User) {
			u.Invite = accounts.Invitation{Hash: strings.Repeat("a", 64), Until: value.Some(value.Day(30000).At(0, 0)),
				By: "Ada"}
		})},
		{"given a key", change(func(u *accounts.User) { u.Invite, u.Keys = accounts.Invitation{}, keyOf("L") })},
		{"disabled", change(func(u *accounts.User) { u.Disabled = true })},
		{"moved away", change(func(u *accounts.User) { u.Partner = grandview })},
		{"moved back by a save", func(tx *Tx) error {
			u := *field.Get(tx, lee)
			u.Partner = raytown
			_, err := tx.Save("users", Edit{ID: uint64(lee), BaseRev: tx.RevOf("users", uint64(lee)), Mine: &u})
			return err
		}},
		{"deleted", func(tx *Tx) error { return tx.Delete("users", uint64(lee)) }},
	}
	for _, step := range steps {
		if _, err := s.Update(t.Context(), root, Op{Title: step.title}, step.way); err != nil {
			t.Fatalf("%s: %v", step.title, err)
		}
		for _, role := range []access.Role{access.Viewer, access.Editor, access.Assessor, access.Coordinator} {
			newest, err := s.As(as("r", role, field.Party(raytown))).Recent(1, 0)
			if err != nil || len(newest) != 1 || newest[0].Op.Title != step.title || newest[0].User != root.User ||
				newest[0].Changes[0].ID != uint64(lee) {
				t.Errorf("%s: a %s of the city reads %+v, %v", step.title, role, newest, err)
			}
			if strings.HasPrefix(step.title, "moved") {
				continue
			}
			others, err := s.As(as("g", role, field.Party(grandview))).Recent(1, 0)
			if err != nil || len(others) == 1 && others[0].Op.Title == step.title {
				t.Errorf("%s: a %s of another city reads of it: %v", step.title, role, err)
			}
		}
	}
	mine := s.As(as("r", access.Viewer, field.Party(raytown))).View()
	for u := range field.All[accounts.User](mine) {
		if u.ID == ada || u.Invite.Hash != "" {
			t.Errorf("a viewer sees %+v", u)
		}
	}
}
