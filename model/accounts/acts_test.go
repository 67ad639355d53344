package accounts_test

import (
	"crypto/ed25519"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

// office is a Writer over a file with an administrator, on a day in March.
func office(t *testing.T) *fieldtest.Writer {
	t.Helper()
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 3, 4).At(12, 0))
	if _, err := accounts.Add(w,
		&accounts.Newcomer{Login: "ada", Role: accounts.UserAdmin, Key: keyLine(t, 'a')}); err != nil {
		t.Fatal(err)
	}
	return w
}

// keyLine makes the line of a key file; one letter gives one key.
func keyLine(t *testing.T, letter byte) string {
	t.Helper()
	_, line := public(t, ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(letter)), 32))).Public())
	return line
}

// do does an act as a command would: its plan, and then itself.
func do(t *testing.T, w *fieldtest.Writer, a *field.Act, id uint64, args any) (field.Result, error) {
	t.Helper()
	plan, err := a.Plan(t.Context(), field.Viewpoint{Reader: w, By: w.Actor(), Now: w.Now()}, nil, args)
	if err != nil {
		t.Fatal(err)
	}
	return a.Do(w, id, args, plan)
}

func TestTheFirstUserIsAnAdministratorWhoCanSignIn(t *testing.T) {
	for _, n := range []accounts.Newcomer{{Login: "kim", Key: keyLine(t, 'k')},
		{Login: "ada", Role: accounts.UserAdmin}} {
		w := fieldtest.NewWriter(model.NewSchema(), 0)
		if _, err := accounts.Add(w, &n); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%+v came first: %v", n, err)
		}
	}
	w := office(t)
	if _, err := do(t, w, accounts.FirstAct(), 0,
		&accounts.Newcomer{Login: "eve", Role: accounts.UserAdmin, Key: keyLine(t, 'e')}); failure.CodeOf(err) !=
		failure.Conflict {
		t.Errorf("a second first user: %v", err)
	}
	kim, err := accounts.Add(w, &accounts.Newcomer{Login: " Kim ", Partner: 5})
	if err != nil || kim.Login != "kim" || kim.Role != accounts.UserEditor {
		t.Errorf("%+v, %v", kim, err)
	}
}

// The code is drawn before the change, told once and never kept; done again, as
// a transaction may be, it is the same invitation.
func TestAnInvitationIsToldOnce(t *testing.T) {
	w, a := office(t), accounts.Acts().Named("user.invite")
	args := &accounts.Inviting{Newcomer: accounts.Newcomer{Login: "kim"}, Days: 3}
	code, err := a.Plan(t.Context(), field.Viewpoint{Reader: w}, nil, args)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		done, err := a.Do(w, 0, args, code)
		u := field.Get(w, accounts.UserID(done.ID))
		if err != nil || done.Detail != code || strings.Contains(done.Text, code.(string)) {
			t.Fatalf("%+v, %v", done, err)
		}
		if u.Invite.Hash != accounts.Hash(code.(string)) || u.Invite.Until.V != w.Now()+3*24*60 ||
			u.Invite.By != "Test" {
			t.Errorf("%+v", u.Invite)
		}
	}
	for _, days := range []int{0, 31} {
		if _, err := do(t, w, a, 0,
			&accounts.Inviting{Newcomer: args.Newcomer, Days: days}); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("for %d days: %v", days, err)
		}
	}
	kim := accounts.ByName(w, "kim")
	if _, err := do(t, w, accounts.Acts().Named("user.disable"), uint64(kim.ID), nil); err != nil {
		t.Fatal(err)
	}
	if kim = accounts.ByName(w, "kim"); !kim.Disabled || kim.Invite.Hash != "" {
		t.Errorf("shut out with %+v", kim.Invite)
	}
	if _, err := do(t, w, a, 0, args); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("somebody who is disabled is invited: %v", err)
	}
}

func TestACodeBindsOneKey(t *testing.T) {
	w := office(t)
	done, err := do(t, w, accounts.Acts().Named("user.invite"), 0,
		&accounts.Inviting{Newcomer: accounts.Newcomer{Login: "kim"}, Days: 1})
	if err != nil {
		t.Fatal(err)
	}
	key, err := accounts.ParseKey(keyLine(t, 'k'))
	if err != nil {
		t.Fatal(err)
	}
	bind := &accounts.Accepting{Code: done.Detail.(string), Key: key}
	if _, err := do(t, w, accounts.AcceptAct(), done.ID, bind); err != nil {
		t.Fatal(err)
	}
	kim := accounts.ByName(w, "kim")
	if len(kim.Keys) != 1 || kim.Keys[0].Added != value.Some(w.Now().Day()) || kim.Invite != (accounts.Invitation{}) {
		t.Errorf("%+v", kim)
	}
	if _, err := do(t, w, accounts.AcceptAct(), done.ID, bind); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("the code works twice: %v", err)
	}
}

func TestAKeyIsNamedWithoutDoubt(t *testing.T) {
	w := office(t)
	ada := accounts.ByName(w, "ada")
	add, remove := accounts.Acts().Named("user.add-key"), accounts.Acts().Named("user.remove-key")
	if _, err := do(t, w, add, uint64(ada.ID), &accounts.Keyed{Key: keyLine(t, 'b')}); err != nil {
		t.Fatal(err)
	}
	for _, which := range []string{"SHA256:", "nobody's", ""} {
		if _, err := do(t, w, remove, uint64(ada.ID), &accounts.Keyed{Key: which}); err == nil {
			t.Errorf("%q took a key away", which)
		}
	}
	if n := len(accounts.ByName(w, "ada").Keys); n != 2 {
		t.Fatalf("%d keys are left", n)
	}
	if _, err := do(t, w, remove, uint64(ada.ID), &accounts.Keyed{Key: keyLine(t, 'b')}); err != nil {
		t.Fatal(err)
	}
	if left := accounts.ByName(w, "ada").Keys; len(left) != 1 || left[0] != ada.Keys[0] {
		t.Errorf("%+v is left", left)
	}
}
