package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/store/run"
	"interlocal/tui/sshd"
)

// newKey makes a key pair's public half: as the server gets it, and as it
// stands in a file.
func newKey(t testing.TB) (ssh.PublicKey, string) {
	t.Helper()
	pub, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	return key, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " dana@desk"
}

func TestUsersAreManagedInOneLineEach(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	_, dana := newKey(t)
	_, second := newKey(t)
	o.run("user", "list").wants(t, exitDone, "There are no users")
	o.run("user", "add", "dana", dana).wants(t, exitFailed, "the first user is the administrator")
	o.run("user", "add", "ada", "--role", "admin").wants(t, exitFailed, "the first user is the administrator")
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone, "Added ada.", "From now on everyone")
	o.run(append([]string{"user", "add", "dana", "--city", "grandview", "--name", "Dana Reyes"},
		strings.Fields(dana)...)...).wants(t, exitDone, "Added dana.")
	o.run("user", "add", "lee", "--role", "editor").wants(t, exitFailed, "an editor has the records of one partner")
	o.run("user", "add", "lee", "--city", "raytown", dana).wants(t, exitFailed, "is already that of dana")
	o.run("user", "add", "lee", "ssh-dss", "AAAA").wants(t, exitFailed, "ssh-keygen -t ed25519")
	o.run("user", "add", "Join-x").wants(t, exitFailed, "a login is")
	o.run("user", "list").wants(t, exitDone, "dana   Dana Reyes  editor  Grandview  1     never",
		"ada    ada         admin")
	o.feed(second+"\n", "user", "key", "dana", "add", "-").wants(t, exitDone, "Added the key")
	o.run("user", "key", "dana").wants(t, exitDone, "SHA256:", "ssh-ed25519", "dana@desk")
	o.run("user", "key", "dana", "remove", "dana@desk").wants(t, exitFailed, "several keys")
	o.run("user", "key", "dana", "remove", second).wants(t, exitDone, "Removed")
	o.run("user", "role", "dana", "assessor").wants(t, exitDone, "dana is assessor now.")
	o.run("user", "role", "dana", "boss").wants(t, exitMisuse, "viewer, editor, assessor, coordinator, admin")
	o.run("user", "role", "nobody", "viewer").wants(t, exitFailed, "no user called")
	o.run("user", "disable", "dana").wants(t, exitDone, "dana is disabled.")
	o.run("user", "enable", "dana").wants(t, exitDone, "dana is enabled.")
	for _, last := range [][]string{{"disable", "ada"}, {"role", "ada", "viewer"}, {"key", "ada", "remove", ada}} {
		o.run(append([]string{"user"}, last...)...).
			wants(t, exitFailed, "there has to be an administrator who can sign in")
	}
	o.run("undo").wants(t, exitFailed, "cannot be taken back")
	var list []userJSON
	if err := json.Unmarshal([]byte(o.must("user", "list", "--json")), &list); err != nil || len(list) != 2 ||
		list[1].Partner != "Grandview" || list[1].Role != "assessor" {
		t.Errorf("%+v, %v", list, err)
	}
	o.run("user").wants(t, exitMisuse, "add|invite|list")
}

func TestTheLastAdministratorStaysByImport(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone)
	o.feed("login,role\nada,viewer\n", "import", "users", "-").wants(t, exitFailed, "administrator who can sign in")
	o.feed("login,disabled\nada,yes\n", "import", "users", "-").wants(t, exitFailed, "administrator who can sign in")
	all := o.must("export", "all", "--format", "json")
	o.feed(strings.Replace(all, `"role":"admin"`, `"role":"viewer"`, 1), "import", "all", "-").
		wants(t, exitPartly, "administrator")
	o.feed(all, "import", "all", "-").wants(t, exitDone)
}

func TestOthersThanAdministratorsManageNobody(t *testing.T) {
	_, key := newKey(t)
	for _, role := range []access.Role{access.Viewer, access.Editor, access.Assessor, access.Coordinator} {
		o := hosted(t, role, 5)
		for _, args := range [][]string{{"list"}, {"add", "x", key}, {"invite", "x", "--at", "h"}, {"key", "x"},
			{"key", "x", "add", key},
			{"role", "x", "admin"}, {"disable", "x"}, {"enable", "x"}} {
			o.run(append([]string{"user"}, args...)...).wants(t, exitFailed, "administrator")
		}
		o.run("list", "users").wants(t, exitDone)
		o.feed("login,role\nx,admin\n", "import", "users", "-").wants(t, exitFailed, "you can read users but not "+
			"change them")
	}
}

// invited gives a desk with an administrator, and a code for dana.
func invited(t *testing.T) (*office, *directory, string) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone)
	if err := run.Announce(o.host.Store,
		run.Server{Host: "desk.example", Port: 2222, Fingerprint: "SHA256:host"}); err != nil {
		t.Fatal(err)
	}
	said := o.must("user", "invite", "dana", "--city", "grandview")
	for _, part := range []string{"Windows", "macOS", "Linux", "ssh-keygen -t ed25519", "SHA256:host",
		"ssh -p 2222 join-", "ssh -p 2222 dana@desk.example"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is missing in\n%s", part, said)
		}
	}
	_, after, _ := strings.Cut(said, accounts.JoinPrefix)
	code, _, _ := strings.Cut(after, "@")
	return o, newDirectory(o.host.Store, access.Alone("dana"), nil).(*directory), code
}

func TestAnInvitationBindsOneKeyOnce(t *testing.T) {
	o, d, code := invited(t)
	key, _ := newKey(t)
	other, _ := newKey(t)
	if err := d.Offered("dana", key); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a key nobody has: %v", err)
	}
	if err := d.Offered(accounts.JoinPrefix+"wrong", key); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a wrong code: %v", err)
	}
	if err := d.Offered(accounts.JoinPrefix+code, key); err != nil {
		t.Fatal(err)
	}
	if got := o.must("user", "key", "dana"); !strings.Contains(got, "no key") {
		t.Errorf("offering a key binds it: %s", got)
	}
	g, err := d.Proved(t.Context(), accounts.JoinPrefix+code, "203.0.113.9", key)
	if err != nil || g.Identity.Name != "dana" || g.Identity.Role != access.Editor || g.Greeting == "" || g.Key == "" {
		t.Fatalf("%+v, %v", g, err)
	}
	if _, err := d.Proved(t.Context(), accounts.JoinPrefix+code, "203.0.113.9", other); failure.CodeOf(err) !=
		failure.Forbidden {
		t.Errorf("the code works twice: %v", err)
	}
	again, err := d.Proved(t.Context(), "whoever", "203.0.113.9", key)
	if err != nil || again.Identity != g.Identity || again.Greeting != "" {
		t.Errorf("%+v, %v", again, err)
	}
	if data, err := os.ReadFile(o.host.Store.Path()); err != nil || strings.Contains(string(data), code) ||
		strings.Contains(string(data), strings.ReplaceAll(code, "-", "")) {
		t.Errorf("the file holds the code: %v", err)
	}
}

func TestAnInvitationTakesNobodyElsesKey(t *testing.T) {
	o, d, code := invited(t)
	key, line := newKey(t)
	o.run("user", "key", "ada", "add", line).wants(t, exitDone)
	if g, err := d.Proved(t.Context(), accounts.JoinPrefix+code, "203.0.113.9", key); err == nil {
		t.Errorf("ada's key became dana's: %+v", g)
	}
}

// TestARevokedGuestMayNotStay goes through what ends a session.
func TestARevokedGuestMayNotStay(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone)
	key, line := newKey(t)
	o.run("user", "add", "dana", "--city", "grandview", "--account", "4711", line).wants(t, exitDone)
	d := newDirectory(o.host.Store, access.Alone("dana"), nil)
	g, err := d.Proved(t.Context(), "dana", "203.0.113.9", key)
	if err != nil {
		t.Fatal(err)
	}
	seat, err := d.Account(4711, "dana")
	if err != nil || seat.Identity != g.Identity || d.Again(seat) != nil || d.Again(g) != nil {
		t.Fatalf("%+v, %v", seat, err)
	}
	if _, err := d.Account(4712, "eve"); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("an account of nobody: %v", err)
	}
	ends := func(says string, g sshd.Guest, args ...string) {
		t.Helper()
		o.run(append([]string{"user"}, args...)...).wants(t, exitDone)
		if err := d.Again(g); failure.CodeOf(err) != failure.Forbidden || !strings.Contains(err.Error(), says) {
			t.Errorf("after user %s: %v", strings.Join(args, " "), err)
		}
	}
	ends("role", g, "role", "dana", "viewer")
	o.run("user", "role", "dana", "editor").wants(t, exitDone)
	ends("disabled", g, "disable", "dana")
	if err := d.Offered("dana", key); err == nil {
		t.Error("a disabled user's key is asked to prove itself")
	}
	o.run("user", "enable", "dana").wants(t, exitDone)
	if err := d.Again(g); err != nil {
		t.Error(err)
	}
	ends("key you came with", g, "key", "dana", "remove", line)
	if err := d.Again(seat); err != nil {
		t.Errorf("who came by an account needs no key: %v", err)
	}
	if err := d.Again(sshd.Guest{Identity: access.Alone("root")}); err == nil {
		t.Error("the keeper of a file without users stays keeper")
	}
}

func TestWhoOpensTheFileItself(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	st := o.host.Store
	if id := ownIdentity(st, "kim"); id != access.Alone("kim") {
		t.Errorf("alone: %+v", id)
	}
	_, ada := newKey(t)
	if _, err := firstAdmin(t.Context(), st, "Ada Lovelace", "no key"); err == nil {
		t.Error("the first administrator has no key")
	}
	g, err := firstAdmin(t.Context(), st, "Ada Lovelace", ada)
	if err != nil || g.Identity.Role != access.Admin || g.Login != 1 {
		t.Fatalf("%+v, %v", g, err)
	}
	if _, err := firstAdmin(t.Context(), st, "Eve", ada); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("a second first administrator: %v", err)
	}
	if id := ownIdentity(st, "kim"); id.Role != access.Admin || id.User == "" || id.Partner != 0 {
		t.Errorf("the file's owner: %+v", id)
	}
	for name, want := range map[string]string{"Ada Lovelace": "ada.lovelace", "": "admin", "Ünal": "nal", "x@y": "xy",
		strings.Repeat("a", 99): strings.Repeat("a", 32)} {
		if got := loginFor(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
}

func TestWhoDidWhat(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	_, kim := newKey(t)
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone)
	o.run("user", "add", "kim", "--city", "raytown", "--name", "Kim Oak", kim).wants(t, exitDone)
	o.host.Identity = access.Identity{User: "user#2", Name: "Kim Oak", Role: access.Editor, Partner: 5}
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-").wants(t, exitDone)
	if said := o.must("history", "--by", "ada"); strings.Contains(said, "add user ada") ||
		!strings.Contains(said, "add user kim") {
		t.Errorf("an editor is told of other logins than those of their own city: %s", said)
	}
	o.host.Identity = access.Identity{User: "user#1", Name: "ada", Role: access.Admin}
	for _, by := range []string{"kim", "Kim Oak", "KIM OAK"} {
		if said := o.must("history", "--by", by); !strings.Contains(said, "Dana Reyes") ||
			strings.Contains(said, "add user") {
			t.Errorf("by %s: %s", by, said)
		}
	}
	o.run("history", "people", "1", "--by", "kim").wants(t, exitMisuse, "all records")
}

// A key signs in up to its last day, from where its holder may come, and as a role
// that wants a device only when it lies in one.
func TestAKeyHasItsBounds(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	_, ada := newKey(t)
	o.run("user", "add", "ada", "--role", "admin", ada).wants(t, exitDone)
	key, line := newKey(t)
	o.run("user", "add", "dana", "--city", "grandview").wants(t, exitDone)
	o.run("user", "key", "dana", "add", line, "--until", "yesterday").wants(t, exitFailed, "that day is over")
	o.run("user", "key", "dana", "add", line, "--until", "today").wants(t, exitDone)
	o.run("user", "networks", "dana", "203.0.113.0/24", "town hall").wants(t, exitFailed, "no address and no network")
	o.run("user", "networks", "dana", "203.0.113.0/24", "2001:db8::/48").wants(t, exitDone)
	d := newDirectory(o.host.Store, access.Alone("ada"), nil)
	for from, in := range map[string]bool{"203.0.113.9": true, "::ffff:203.0.113.9": true, "2001:db8:0:7::1": true,
		"203.0.114.9": false, "2001:db9::1": false, "": false} {
		if _, err := d.Proved(t.Context(), "dana", from, key); (err == nil) != in {
			t.Errorf("from %q: %v", from, err)
		}
	}
	o.run("user", "networks", "dana", "any").wants(t, exitDone)
	if _, err := d.Proved(t.Context(), "dana", "198.51.100.7", key); err != nil {
		t.Error(err)
	}
	careful := newDirectory(o.host.Store, access.Alone("ada"), []string{"editor"})
	if err := careful.Offered("dana", key); err == nil || !strings.Contains(err.Error(), "ed25519-sk") {
		t.Errorf("an editor's key in a file: %v", err)
	}
	o.now = o.now.AddDate(0, 0, 1)
	if _, err := d.Proved(t.Context(), "dana", "198.51.100.7", key); err == nil ||
		!strings.Contains(err.Error(), "was good until") {
		t.Errorf("the day after: %v", err)
	}
}

// An invitation binds no key that could not sign in.
func TestAnInvitationHasTheBoundsOfItsUser(t *testing.T) {
	o, d, code := invited(t)
	key, _ := newKey(t)
	o.run("user", "networks", "dana", "203.0.113.0/24").wants(t, exitDone)
	d.hardware = []string{"editor"}
	if _, err := d.Proved(t.Context(), accounts.JoinPrefix+code, "203.0.113.9", key); err == nil {
		t.Error("a key in a file was bound")
	}
	d.hardware = nil
	if _, err := d.Proved(t.Context(), accounts.JoinPrefix+code, "198.51.100.7", key); err == nil {
		t.Error("a key from elsewhere was bound")
	}
	if got := o.must("user", "key", "dana"); !strings.Contains(got, "no key") {
		t.Error(got)
	}
}
