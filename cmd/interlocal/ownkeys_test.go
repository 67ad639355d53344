package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/accounts"
)

// nextKey signs somebody in by a new key with the code that they made by another.
func (r *reading) nextKey(by, key string) {
	r.Helper()
	said := r.by(by, "key", "next")
	said.wants(r, exitDone, "sign in once as "+accounts.JoinPrefix)
	code := regexp.MustCompile(accounts.JoinPrefix + `\S+`).FindString(said.out)
	r.line(key)
	if err := r.d.Offered(code, r.key[by]); err == nil || !strings.Contains(err.Error(), "yours here already") {
		r.Errorf("the old key is taken for the new one: %v", err)
	}
	if _, err := r.d.Proved(r.Context(), code, "198.51.100.7", r.key[key]); err != nil {
		r.Fatal(err)
	}
	if _, err := r.d.Proved(r.Context(), code, "198.51.100.7", r.key[by]); err == nil {
		r.Error("a code is good twice")
	}
}

// TestPeopleKeepTheirOwnKeys: whatever their role, people see their keys and when
// each was last used, move to the next and end the old one.
func TestPeopleKeepTheirOwnKeys(t *testing.T) {
	r := newReading(t)
	for _, role := range []string{"viewer", "coordinator", "editor"} {
		r.o.run("user", "add", role, "--city", "raytown", "--role", role, r.line(role)).wants(t, exitDone)
		next := role + "2"
		r.nextKey(role, next)
		var keys []keyJSON
		if err := json.Unmarshal([]byte(r.by(next, "key", "--json").out), &keys); err != nil || len(keys) != 2 ||
			keys[0].Used == nil || keys[1].Used == nil || !keys[0].Used.Equal(r.o.now) {
			t.Fatalf("%+v, %v", keys, err)
		}
		r.by(next, "key").wants(t, exitDone, "last used", keys[0].Fingerprint, "2027-03-04 09:00")
		r.by(next, "key", "end", keys[0].Fingerprint).wants(t, exitDone, "signs in no more")
		r.by(next, "key", "end", keys[1].Fingerprint).wants(t, exitFailed, "your only way in")
		if _, err := r.d.Proved(t.Context(), "x", "198.51.100.7", r.key[role]); err == nil {
			t.Errorf("%s comes in by a key that has ended", role)
		}
	}
	r.o.host.Identity = access.Identity{User: "account:root", Role: access.Admin}
	r.o.run("key").wants(t, exitFailed, "came without one")
	r.o.run("key", "next").wants(t, exitFailed, "came without one")
}

// TestAnAssessorsNextKeyWaits: the code makes no reader of whoever holds the new
// key, until an assessor of the city, the same one too, says yes by the old.
func TestAnAssessorsNextKeyWaits(t *testing.T) {
	r := newReading(t)
	r.first()
	r.nextKey("lee", "lee2")
	r.reads("lee2", false)
	r.by("lee2", "user", "agree", "lee").wants(t, exitFailed, "said by an assessor of that city")
	r.by("lee", "user", "agree", "lee").wants(t, exitDone)
	r.reads("lee2", true)
}

// TestAKeyThatRestsSignsInNoMore: by the setting, and counted from the last use.
func TestAKeyThatRestsSignsInNoMore(t *testing.T) {
	r := newReading(t)
	r.o.run("user", "add", "dana", "--city", "grandview", r.line("dana")).wants(t, exitDone)
	r.o.feed("name,key_days\n"+r.o.records("settings")[0]["name"].(string)+",60\n", "import", "settings", "-").
		wants(t, exitDone)
	day := func(n int) { r.o.now = r.o.now.Add(time.Duration(n) * 24 * time.Hour) }
	day(50)
	r.as("dana")
	day(60)
	r.as("dana")
	day(61)
	if err := r.d.Offered("dana", r.key["dana"]); err == nil || !strings.Contains(err.Error(), "last used on") {
		t.Errorf("a key that rested for 61 days: %v", err)
	}
	r.o.run("user", "key", "dana").wants(t, exitDone, "2027-06-22")
	r.o.run("status").wants(t, exitDone, "dana")
}
