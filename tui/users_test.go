package tui

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
)

// publicKey makes the line of a key file; one seed gives one key.
func publicKey(t *testing.T, seed byte) string {
	t.Helper()
	key, err := ssh.NewPublicKey(ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune('a'+seed)), 32))).Public())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// staffed adds an administrator and an editor to a store.
func staffed(t *testing.T, st *store.Store) (ada access.Identity) {
	t.Helper()
	_, err := st.Update(t.Context(), dana(), store.Op{Title: "add users"}, func(tx *store.Tx) error {
		for i, n := range []accounts.Newcomer{{Login: "ada", Name: "Ada Park", Role: accounts.UserAdmin},
			{Login: "lee", Name: "Lee Ash", Role: accounts.UserEditor, Partner: raytown}} {
			n.Key = publicKey(t, byte(i)) + " " + n.Login + "@desk"
			if _, err := accounts.Add(tx, &n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return access.Identity{User: "user#1", Name: "Ada Park", Role: access.Admin}
}

func TestAnAdministratorManagesUsersOnTheScreen(t *testing.T) {
	st := founding(t)
	ada := staffed(t, st)
	if err := run.Announce(st, run.Server{Host: "desk.example", Port: 2222, Fingerprint: "SHA256:host"}); err != nil {
		t.Fatal(err)
	}
	reg := presence.New(func() time.Time { return noon })
	r := visit(t, st, reg, ada, 120, noon)
	lee := visit(t, st, reg, leeOfRaytown(), 120, noon)
	r.hear().press("g", "u").see("Users 2", "Here now", "ada", "Administrator", "Lee Ash")
	r.golden("users-list-120x36")
	r.press(">").see("Connected", "Lee Ash (Raytown) · editor · Overview", "Who did what", "add users", "Last here")
	r.golden("users-here-120x36")
	r.press("I").types("kim").press("enter").types("Kim Oak").press("enter").types("asse").press("enter").
		types("grandv").press("enter")
	r.see("Send this to Kim Oak", "ssh -p 2222 join-", "Windows 10 or 11").press("esc")
	kim := accounts.ByName(st.As(dana()).View(), "kim")
	if kim == nil || kim.Role != accounts.UserAssessor || kim.Partner != grandview || kim.Invite.Hash == "" ||
		kim.Invite.By != "Ada Park" {
		t.Fatalf("%+v", kim)
	}
	r.press("<", "/").types("lee").press("enter", "R").types("viewer").press("enter").see("lee is viewer now")
	r.press("D").see("Shut lee out?", "Their sessions end at once").press("enter")
	if accounts.ByName(st.As(dana()).View(), "lee").Disabled {
		t.Error("Enter disabled somebody")
	}
	r.press("D", "y").see("lee is disabled.").press("D").see("lee is enabled.")
	r.press("K").types(publicKey(t, 7)).press("enter").see("lee has the key now.")
	r.press("K").types("nonsense").press("enter").see("no public key").press("esc")
	r.press("W").see("What lee did", "Nothing that is on record").press("esc")
	r.press("esc", "esc", "/").types("login:ada").press("enter", "D", "y").see("there has to be an administrator").
		press("esc")
	lee.press("g", "u").miss("Users 3")
	lee.press("esc", ":").types("user").miss("Invite somebody", "Add a user")
}

func TestTheKeeperOfAFileFindsTheUsersAside(t *testing.T) {
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	r.miss("Users")
	for _, tab := range r.s.tabs {
		if !tab.aside {
			r.press("]")
		}
	}
	r.see("Needs attention")
	r.press("g", "u").see("Users", "Login").press(">").see("This file has no users").press("a")
	r.types("ada").press("enter").types("Ada Park").press("enter").types("viewer").press("enter").types("no partner").
		press("enter")
	r.types(publicKey(t, 1)).press("enter").see("first user is the administrator").press("esc", "a")
	r.types("ada").press("enter").types("Ada Park").press("enter").types("adm").press("enter").types("no partner").
		press("enter")
	r.types(publicKey(t, 1)).press("enter").see("ada may sign in now", "no city's answers").press("esc").
		see("ada may sign in now.")
}

// Whoever has a login sees their own keys and ends one that they no longer use.
func TestPeopleSeeAndEndTheirOwnKeys(t *testing.T) {
	st := founding(t)
	ada := staffed(t, st)
	line := publicKey(t, 5) + " old-laptop"
	if _, err := run.Do(t.Context(), st, ada, run.Request{Act: accounts.Acts().Named("user.add-key"), ID: 2,
		Args: &accounts.Keyed{Key: line}}); err != nil {
		t.Fatal(err)
	}
	lee := leeOfRaytown()
	r := visit(t, st, presence.New(func() time.Time { return noon }), lee, 120, noon)
	r.press(":").types("your keys").press("enter").see("lee@desk", "old-laptop", "last used not noted").
		press("down", "enter").see("Sessions that came in by it end.").press("y").see("signs in no more")
	u, ok := run.OwnLogin(st, lee).(*accounts.User)
	if !ok || len(u.Keys) != 1 || u.Keys[0].Comment != "lee@desk" {
		t.Errorf("%+v", u)
	}
}
