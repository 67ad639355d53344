package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// An observable is what may look otherwise to somebody when another city's answers
// are otherwise: a column of a kind, or the first words of a command. Whatever else
// does is a leak. Worlds are drawn so that even the shared lists differ.

// onTheLists are the observables of those to whom the lists go.
var onTheLists = []string{"publications.items", "export publications", "history publications", "assess joint"}

// observables lists what each role may observe of other cities' answers, whatever its
// city. Nothing at all is what most may.
func observables(id access.Identity) []string {
	switch {
	case id.Role == access.Assessor && id.Partner != 0:
		return append([]string{"report council", "report assessment"}, onTheLists...)
	case id.Role == access.Coordinator && id.Partner == field.Party(marcID):
		return append([]string{"report council", "report briefing"}, onTheLists...)
	case id.Role == access.Admin:
		return []string{"status"} // how large the file is, as its disk tells as well
	}
	return nil
}

// everybody is one of each role: of a city that joined, of the facilitator, of none.
func everybody() []access.Identity {
	var out []access.Identity
	for _, role := range access.Roles() {
		if role == access.Owner {
			continue // whoever has the file to themselves
		}
		for _, p := range []field.Party{field.Party(viewerCity), field.Party(marcID), 0} {
			usual := p == field.Party(viewerCity) && role == access.Assessor ||
				p == field.Party(marcID) && role == access.Coordinator || p == 0 && role == access.Admin
			if usual || os.Getenv("INTERLOCAL_LONG") != "" {
				out = append(out, access.Identity{User: string(role), Name: "Observer", Role: role, Partner: p})
			}
		}
	}
	return out
}

// askedOf are the commands that are no list of a kind.
func askedOf() []string {
	out := []string{"list answers level:1", "overview", "overview --json", "history", "history --json", "undo", "redo",
		"check", "check --json",
		"peers", "audit", "user list", "status", "export answers", "assess joint", "assess status --partner grandview",
		"assess preview", "report programs", "report directory", "report calltree", "export publications",
		"report council --partner raytown", "report council --partner grandview",
		"report assessment --partner grandview", "report assessment --partner raytown",
		"report briefing --partner grandview", "list answers --as keeper", "disclose grandview", "agenda"}
	for _, name := range []string{"answers", "assessments", "consents", "releases", "publications", "cycles", "users"} {
		for _, id := range []string{"1", "4", "200", "1001"} {
			out = append(out, "history "+name+" "+id)
		}
	}
	return out
}

// account is what somebody was told, by observable.
type account map[string]string

// told gathers everything an identity can ask for.
func (r *region) told(id access.Identity) account {
	o, out := *r.o, account{}
	o.host = &Host{Store: r.st, Identity: id}
	var kinds map[string][]map[string]any
	if err := json.Unmarshal([]byte(o.must("export", "all", "--format", "json")), &kinds); err != nil {
		r.t.Fatal(err)
	}
	for kind, rows := range kinds {
		out[kind+".rows"] = fmt.Sprint(len(rows))
		for _, row := range rows {
			for column, v := range row {
				out[kind+"."+column] += fmt.Sprintln(row["id"], v)
			}
		}
	}
	for _, route := range askedOf() {
		s := o.run(strings.Fields(route)...)
		words := strings.Fields(route)
		out[strings.Join(words[:min(2, len(words))], " ")] += fmt.Sprintf("%d %s\n", s.code,
			strings.ReplaceAll(s.out+s.err, r.st.Path(), "FILE"))
	}
	return out
}

// otherwise lists the observables in which two accounts differ.
func otherwise(a, b account) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(a)) {
		if a[key] != b[key] {
			out = append(out, key)
		}
	}
	for key := range b {
		if _, ok := a[key]; !ok {
			out = append(out, key)
		}
	}
	return out
}

// published plays a cycle to its end: Grandview answers as the world has it.
func published(t *testing.T, world func(item string) cyber.Level) *region {
	r := newRegion(t)
	levels := func(city partnership.PartnerID, item string) cyber.Level {
		switch city {
		case 4:
			return world(item)
		case viewerCity:
			return cyber.NotPerformed
		}
		return cyber.Optimized
	}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		r.answer(p, levels)
		if err := r.release(p); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// lacking gives a city that lacks the items which begin so, and nothing else.
func lacking(begin string) func(string) cyber.Level {
	return func(item string) cyber.Level {
		if strings.HasPrefix(item, begin) {
			return cyber.NotPerformed
		}
		return cyber.Optimized
	}
}

// TestWhatEachRoleMayObserve: between two worlds in which another city answered
// otherwise, each role sees a difference in its observables and in nothing else.
func TestWhatEachRoleMayObserve(t *testing.T) {
	if testing.Short() {
		t.Skip("one command after the other; left out with -short")
	}
	one, other := published(t, lacking("PR")), published(t, lacking("DE"))
	seen := map[string]bool{}
	for _, id := range everybody() {
		may := observables(id)
		for _, key := range otherwise(one.told(id), other.told(id)) {
			seen[key] = true
			if !slices.Contains(may, key) {
				t.Errorf("%s of %d observes %s", id.Role, id.Partner, key)
			}
		}
	}
	if !seen["publications.items"] {
		t.Error("nobody sees the lists, so nothing was tried")
	}
	keeper := access.Alone("keeper")
	if n := len(otherwise(one.told(keeper), other.told(keeper))); n < 12 {
		t.Errorf("with the eyes of whoever has the file only %d observables differ", n)
	}
}
