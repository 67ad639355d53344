package main

import (
	"regexp"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/tui/sshd"
)

// reading is a server with an administrator, who adds people and is not to be
// trusted with answers.
type reading struct {
	*testing.T
	o   *office
	d   sshd.Directory
	key map[string]ssh.PublicKey
}

func newReading(t *testing.T) *reading {
	r := &reading{T: t, o: hosted(t, access.Admin, 0), key: map[string]ssh.PublicKey{}}
	r.d = newDirectory(r.o.host.Store, access.Alone("ada"), nil)
	r.o.run("user", "add", "ada", "--role", "admin", r.line("ada")).wants(t, exitDone)
	return r
}

// line makes a key with a name.
func (r *reading) line(name string) string {
	key, line := newKey(r)
	r.key[name] = key
	return line
}

// as gives what somebody may do when they come by a key.
func (r *reading) as(key string) access.Identity {
	r.Helper()
	g, err := r.d.Proved(r.Context(), "x", "198.51.100.7", r.key[key])
	if err != nil {
		r.Fatal(err)
	}
	return g.Identity
}

// by runs a command as whoever a key leads to.
func (r *reading) by(key string, args ...string) said {
	r.Helper()
	admin := r.o.host.Identity
	defer func() { r.o.host.Identity = admin }()
	r.o.host.Identity = r.as(key)
	return r.o.run(args...)
}

// reads wants somebody who comes by a key to read the answers, or not to.
func (r *reading) reads(key string, want bool) {
	r.Helper()
	if got := r.as(key).Role == access.Assessor; got != want {
		r.Errorf("by the key %s they read answers: %v", key, got)
	}
}

var codeForm = regexp.MustCompile(`[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}`)

// first adds lee as Raytown's first assessor, by the code for its manager.
func (r *reading) first() {
	r.o.run("user", "add", "lee", "--city", "raytown", "--role", "assessor", r.line("lee")).
		wants(r, exitDone, "confirm it with a code that its manager is handed")
	r.reads("lee", false)
	said := r.o.run("user", "code", "lee")
	said.wants(r, exitDone, "Hand this to the city manager of Raytown", ssh.FingerprintSHA256(r.key["lee"]))
	r.by("lee", "user", "confirm", "aaaa-bbbb-cccc-dddd").wants(r, exitFailed, "not the code")
	r.by("lee", "user", "confirm", codeForm.FindString(said.out)).wants(r, exitFailed, "works from")
	r.o.now = r.o.now.Add(8 * 24 * time.Hour)
	r.by("lee", "user", "confirm", codeForm.FindString(said.out)).wants(r, exitDone, "Confirmed")
	r.reads("lee", true)
}

// TestTwoMustAgreeOnWhoReadsAnswers: what an administrator adds reads nothing
// until an assessor of that city, and of no other, says yes.
func TestTwoMustAgreeOnWhoReadsAnswers(t *testing.T) {
	r := newReading(t)
	r.first()
	waits := "has to say yes before this opens its answers: interlocal user agree "
	r.o.run("user", "add", "eve", "--city", "raytown", "--role", "assessor", r.line("eve")).wants(t, exitDone, waits)
	r.o.run("user", "key", "lee", "add", r.line("lee2")).wants(t, exitDone, waits+"lee")
	r.o.run("user", "add", "kim", "--city", "raytown", r.line("kim")).wants(t, exitDone)
	r.o.run("user", "role", "kim", "assessor").wants(t, exitDone, waits)
	for _, key := range []string{"eve", "lee2", "kim"} {
		r.reads(key, false)
		r.by(key, "user", "agree", "eve").wants(t, exitFailed, "said by an assessor of that city")
		r.by(key, "list", "answers").wants(t, exitDone)
	}
	r.reads("lee", true) // a key that waits takes nothing from those that are agreed
	r.o.run("user", "agree", "eve").wants(t, exitFailed, "said by an assessor of that city")
	r.o.run("user", "code", "eve").wants(t, exitFailed, "for the first assessor of a city")
	r.by("lee", "overview").wants(t, exitDone, "eve waits since", "kim waits since", "lee waits since")
	r.by("lee", "user", "agree", "eve").wants(t, exitDone, "eve reads the answers")
	r.by("lee", "user", "agree", "lee").wants(t, exitDone)
	r.by("lee", "user", "refuse", "kim").wants(t, exitDone)
	r.by("lee", "overview").wants(t, exitDone, "A yes was said on", "to eve")
	r.reads("eve", true)
	r.reads("lee2", true)
	r.reads("kim", false)
	r.by("lee", "user", "refuse", "eve").wants(t, exitDone)
	r.reads("eve", false)
	r.by("kim", "history", "users", "3").wants(t, exitDone, "let somebody read the answers: eve")
}

// TestNoOtherWayMakesAReader: no file of records, no role moved to and fro, no
// login woken up and no invitation lets an administrator read.
func TestNoOtherWayMakesAReader(t *testing.T) {
	r := newReading(t)
	r.first()
	before := r.o.must("export", "users")
	for _, file := range []string{
		"login,role,partner\neve,assessor,Raytown\n",
		"login,role,partner,waits\neve,assessor,Raytown,2020-01-01\n",
		"login,waits\nlee,2020-01-01\n",
		"login,agreed,agreed_by\nlee,2027-01-01,Lee\n",
		"login,account\nlee,0\n",
		"login,notice\nlee,2020-01-01\n",
		"login,partner\nlee,Grandview\n",
	} {
		r.o.feed(file, "import", "users", "-").wants(t, exitFailed, "waits for the yes of an assessor of that city")
	}
	if after := r.o.must("export", "users"); after != before {
		t.Errorf("%s became %s", before, after)
	}
	r.o.run("user", "add", "eve", "--city", "raytown", r.line("eve")).wants(t, exitDone)
	for _, step := range [][]string{{"role", "eve", "assessor"}, {"disable", "eve"}, {"enable", "eve"},
		{"role", "eve", "viewer"}, {"role", "eve", "assessor"}, {"role", "lee", "assessor", "--city", "grandview"},
		{"role", "lee", "assessor", "--city", "raytown"}} {
		r.o.run(append([]string{"user"}, step...)...).wants(t, exitDone)
		if step[0] != "disable" {
			r.reads("eve", false)
		}
	}
	r.reads("lee", false) // moved away and back is somebody new
	u := accounts.ByName(r.o.host.Store.As(access.Alone("k")).View(), "lee")
	if !u.Reading.Waits.Set || u.Reading.By != "" {
		t.Errorf("%+v", u)
	}
}

// TestWhereNobodyIsLeft a new reader counts after a week, in which the city is
// told; while somebody is there, time makes nobody a reader.
func TestWhereNobodyIsLeft(t *testing.T) {
	r := newReading(t)
	r.first()
	r.o.run("user", "add", "eve", "--city", "raytown", "--role", "assessor", r.line("eve")).wants(t, exitDone)
	r.o.now = r.o.now.Add(30 * 24 * time.Hour)
	r.reads("eve", false)
	r.o.run("user", "disable", "lee").wants(t, exitDone)
	r.o.run("user", "add", "pat", "--city", "raytown", "--role", "assessor", r.line("pat")).
		wants(t, exitDone, "No assessor of Raytown is left to say yes")
	r.o.run("user", "add", "kim", "--city", "raytown", "--role", "viewer", r.line("kim")).wants(t, exitDone)
	r.reads("eve", false)
	r.by("kim", "overview").wants(t, exitDone, "pat waits since", "nobody")
	r.o.run("user", "notice", "pat").wants(t, exitDone, "Raytown is told. pat reads its answers from")
	r.by("kim", "overview").wants(t, exitDone, "it counts from")
	r.by("kim", "history", "users", "4").wants(t, exitDone, "give notice that pat will read the city's answers")
	r.o.now = r.o.now.Add((accounts.OrphanDays - 1) * 24 * time.Hour)
	r.reads("pat", false)
	r.o.now = r.o.now.Add(24 * time.Hour)
	r.reads("pat", true)
	r.reads("eve", false)
	r.o.run("user", "key", "pat", "add", r.line("pat2")).wants(t, exitDone, "give notice")
	r.reads("pat2", false)
	r.by("pat", "user", "agree", "pat").wants(t, exitDone)
	r.o.run("user", "notice", "eve").wants(t, exitFailed, "where nobody is left")
}

// TestACityObjects to a new reader where nobody is there to say yes: the first, whose
// code whoever made it could use, and one who comes after the only assessor was shut
// out. The city reads of it, and anybody of it stops it.
func TestACityObjects(t *testing.T) {
	r := newReading(t)
	r.o.run("user", "add", "kim", "--city", "raytown", "--role", "viewer", r.line("kim")).wants(t, exitDone)
	r.o.run("user", "add", "gil", "--city", "grandview", r.line("gil")).wants(t, exitDone)
	r.o.run("user", "add", "eve", "--city", "raytown", "--role", "assessor", r.line("eve")).wants(t, exitDone)
	code := codeForm.FindString(r.o.run("user", "code", "eve").out)
	r.by("kim", "overview").wants(t, exitDone, "it works from Mar 11, 2027", "interlocal user object eve")
	r.o.run("user", "object", "eve").wants(t, exitFailed, "people of a city")
	r.by("gil", "user", "object", "eve").wants(t, exitFailed, "your city has no login eve")
	r.by("kim", "user", "object", "eve").wants(t, exitDone, "eve is an editor")
	r.o.now = r.o.now.Add(8 * 24 * time.Hour)
	r.by("eve", "user", "confirm", code).wants(t, exitFailed)
	r.reads("eve", false)
	r.by("kim", "history", "users", "4").wants(t, exitDone, "object to the new reader eve", "make a code for the city")

	r.first()
	r.o.run("user", "role", "eve", "assessor").wants(t, exitDone, "has to say yes")
	r.by("kim", "user", "object", "eve").wants(t, exitFailed, "they say yes or no")
	r.o.run("user", "disable", "lee").wants(t, exitDone)
	r.o.run("user", "notice", "eve").wants(t, exitDone)
	r.by("kim", "overview").wants(t, exitDone, "it counts from", "interlocal user object eve")
	r.by("kim", "user", "object", "eve").wants(t, exitDone)
	r.o.now = r.o.now.Add(8 * 24 * time.Hour)
	r.reads("eve", false)
}
