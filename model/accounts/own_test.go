package accounts_test

import (
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// withDana is an office in which dana, an editor with one key, is at work.
func withDana(t *testing.T) (*fieldtest.Writer, *accounts.User) {
	t.Helper()
	w := office(t)
	dana, err := accounts.Add(w, &accounts.Newcomer{Login: "dana", Partner: 5, Key: keyLine(t, 'd')})
	if err != nil {
		t.Fatal(err)
	}
	w.By = field.Actor{Name: "Dana", User: accounts.Key(dana.ID), Partner: 5}
	return w, dana
}

// Somebody moves to their next key: a code puts it on record, by proof alone, and
// then the old one ends; never the last.
func TestAHolderRotatesTheirKey(t *testing.T) {
	w, dana := withDana(t)
	old := dana.Keys[0].Fingerprint
	end := accounts.Acts().Named("key.end")
	if _, err := end.Do(w, 0, &accounts.Keyed{Key: old}, nil); failure.CodeOf(err) != failure.Invalid ||
		!strings.Contains(err.Error(), "key next") {
		t.Errorf("the only way in is ended: %v", err)
	}
	made, err := do(t, w, accounts.Acts().Named("key.next"), 0, nil)
	if err != nil || !strings.Contains(made.Text, accounts.JoinPrefix+made.Detail.(string)) {
		t.Fatalf("%+v, %v", made, err)
	}
	key, err := accounts.ParseKey(keyLine(t, 'n'))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := accounts.AcceptAct().Do(w, uint64(dana.ID),
		&accounts.Accepting{Code: made.Detail.(string), Key: key}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := end.Do(w, 0, &accounts.Keyed{Key: old}, nil); err != nil {
		t.Fatal(err)
	}
	now := field.Get(w, dana.ID)
	if len(now.Keys) != 1 || !now.HoldsKey(key.Fingerprint) || now.Invite.Until.Set {
		t.Errorf("%+v", now)
	}
	if _, err := end.Do(w, 0, &accounts.Keyed{Key: old}, nil); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("a key that is gone ends again: %v", err)
	}
}

// Nobody ends anybody else's key, and who came without a login has none.
func TestOnlyOnesOwnKeysEnd(t *testing.T) {
	w, _ := withDana(t)
	ada := accounts.ByName(w, "ada")
	for _, a := range []string{"key.end", "key.next"} {
		stranger := field.Viewpoint{Reader: w, By: field.Actor{User: "account:root", All: true, Whole: true}}
		if err := accounts.Acts().Named(a).May(stranger, &field.Alone{}); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%s without a login: %v", a, err)
		}
	}
	if _, err := accounts.Acts().Named("key.end").Do(w, 0, &accounts.Keyed{Key: ada.Keys[0].Fingerprint},
		nil); failure.CodeOf(err) != failure.NotFound || len(field.Get(w, ada.ID).Keys) != 1 {
		t.Errorf("dana ends ada's key: %v", err)
	}
}

// A key that rests for longer than the settings say signs in no more; without the
// setting it does, and what is not known to have been used counts from when it came.
func TestAKeyThatRestsEnds(t *testing.T) {
	w, dana := withDana(t)
	added, key := w.Now().Day(), dana.Keys[0].Fingerprint
	never := value.Opt[value.Day]{}
	admitted := func(used value.Opt[value.Day], on value.Day) bool {
		_, id, err := accounts.AdmitKey(w, key, used, on)
		return err == nil && id.Role == access.Editor
	}
	if !admitted(never, added+4000) {
		t.Error("a key ends that nobody said should")
	}
	if _, err := field.Put(w, &partnership.Settings{Name: "Us", Zone: "America/Chicago",
		KeyDays: value.Some(int64(90))}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		used value.Opt[value.Day]
		on   value.Day
		in   bool
	}{{never, added + 90, true}, {never, added + 91, false}, {value.Some(added + 50), added + 140, true},
		{value.Some(added + 50), added + 141, false}, {value.Some(added - 50), added + 90, true}} {
		if admitted(c.used, c.on) != c.in {
			t.Errorf("used %v, on %v: %v", c.used, c.on, !c.in)
		}
	}
}
