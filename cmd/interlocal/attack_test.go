package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
)

// plant is a word hidden in one field of one record. Whoever may not see the
// field must not meet the word, nor find out anything by asking for it.
type plant struct {
	kind    *field.Kind
	id      uint64
	column  *field.Column
	parties []field.Party
	word    string
}

// planted gives a host with the sample story, two users, and a word in every
// text field that is not for everyone.
func planted(t *testing.T) (*office, []plant) {
	o := newOffice(t)
	st, err := store.Open(filepath.Join(o.home, "desk.db"), store.Options{Schema: model.NewSchema(),
		Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter, Now: func() time.Time { return o.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := context.Background()
	var all []plant
	set := sample.Story(value.DayOf(o.now))
	read := set.Reader()
	// What is signed or locked cannot be changed, so the words are there from the
	// beginning.
	marked := func(put func(string, any) error) error {
		return set.Each(func(kind string, rec any) error {
			k := read.Schema().Kind(kind)
			fresh := k.Clone(rec)
			for _, p := range plantIn(read, k, k.ID(rec), rec) {
				if err := p.column.Parse(fresh, p.word, nil); err != nil {
					return err
				}
				all = append(all, p)
			}
			return put(kind, fresh)
		})
	}
	if err := fill(ctx, st, "sample records", marked); err != nil {
		t.Fatal(err)
	}
	o.host = &Host{Store: st, Identity: access.Alone("keeper")}
	_, ada := newKey(t)
	_, kim := newKey(t)
	o.run("user", "add", "adahush", "--role", "admin", "--name", "Ada hushname", ada).wants(t, exitDone)
	o.run("user", "add", "kimhush", "--city", "grandview", kim).wants(t, exitDone)
	return o, all
}

// plantIn makes the words for one record.
func plantIn(r field.Reader, k *field.Kind, id uint64, rec any) []plant {
	var out []plant
	for _, c := range k.Columns {
		hidden := c.Sensitivity != field.Open || k.Scope == field.ScopeAnswers && c.Shape == field.ShapeLong
		if !hidden || k.Scope == field.ScopeUsers || c.Shape != field.ShapeText && c.Shape != field.ShapeLong {
			continue
		}
		out = append(out, plant{k, id, c, k.Parties(r, rec), fmt.Sprintf("hush%dx%dx%d", k.Tag, id, c.Tag)})
	}
	return out
}

// tells reports whether a text holds a word as a whole: hush3x1x1 is not told
// by hush3x1x12.
func tells(text, word string) bool {
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		text = text[i+len(word):]
		if text == "" || text[0] < '0' || text[0] > '9' {
			return true
		}
	}
}

// attackers are one identity of each role that does not see everything, the
// administrator, who may make backups, last.
func attackers() []access.Identity {
	out := []access.Identity{{User: "user#loose", Name: "Loose", Role: access.Editor}}
	for _, role := range access.Roles() {
		if role != access.Owner {
			out = append(out, access.Identity{User: "user#" + string(role), Name: "Attacker", Role: role, Partner: 5})
		}
	}
	return out
}

// routes are the commands by which somebody may try to read.
func routes(kinds []*field.Kind) []string {
	out := []string{"", "overview", "overview --json", "history --limit 500", "history --limit 500 --json",
		"export all", "peers", "peers 1",
		"user list", "user key adahush", "check", "check --json", "backup", "undo", "redo", "man",
		"export all --format xlsx"}
	for _, k := range kinds {
		out = append(out, "list "+k.Name, "list "+k.Name+" --json", "export "+k.Name, "export "+k.Name+" --format json",
			"export "+k.Name+" --format ics")
		for _, c := range k.Columns {
			if c.Sensitivity != field.Open {
				out = append(out, "list "+k.Name+" --columns "+c.Name+" --sort "+c.Name)
			}
		}
	}
	for _, r := range report.Reports() {
		for _, about := range []string{"", " raytown", " grandview", " --about 1", " --about 2"} {
			out = append(out, "report "+r.Name+about)
		}
	}
	return out
}

// everything runs all routes for an identity and gives what they told.
func everything(o *office, all []plant) string {
	var b strings.Builder
	say := func(s said) { b.WriteString(s.out + "\n" + s.err + "\n") }
	for _, route := range routes(model.NewSchema().Kinds) {
		say(o.run(strings.Fields(route)...))
	}
	seen := map[string]int{}
	for _, p := range all {
		if seen[p.kind.Name]++; seen[p.kind.Name] > 12 {
			continue // the first dozen of a kind stand for it
		}
		say(o.run("history", p.kind.Name, fmt.Sprint(p.id)))
		say(o.feed(fmt.Sprintf("id,%s\n%d,guess\n", p.column.Name, p.id), "import", p.kind.Name, "-", "--dry-run"))
	}
	return b.String()
}

// TestNoRouteTellsWhatIsHidden is an attack: whoever may not see a field tries
// every command, every format and every report for the word in it.
func TestNoRouteTellsWhatIsHidden(t *testing.T) {
	if testing.Short() {
		t.Skip("one command after the other; left out with -short")
	}
	o, all := planted(t)
	if len(all) < 100 {
		t.Fatalf("only %d words are hidden", len(all))
	}
	before := files(t, o.home)
	for _, id := range attackers() {
		o.host.Identity = id
		told, leaks := everything(o, all), 0
		if after := files(t, o.home); id.Role != access.Admin && after != before {
			t.Errorf("%s has files written: %s became %s", id.Role, before, after)
		}
		for _, p := range all {
			if !id.SeesField(p.kind, p.column, p.parties) && tells(told, p.word) {
				if leaks++; leaks <= 3 {
					t.Errorf("%s of partner %d is told %s of %s #%d:\n%s", id.Role, id.Partner, p.column.Name,
						p.kind.One, p.id, around(told, p.word))
				}
			}
		}
		if id.Role != access.Admin && strings.Contains(told, "adahush,") {
			t.Errorf("%s is told of a login", id.Role)
		}
	}
}

// files lists what is in a folder.
func files(t *testing.T, dir string) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// around gives the text on either side of a word.
func around(text, word string) string {
	i := strings.Index(text, word)
	return text[max(0, i-200):min(len(text), i+200)]
}

// TestTheAttackFindsALeak: with the eyes of somebody who sees everything, the
// attack reports what the others must not be told.
func TestTheAttackFindsALeak(t *testing.T) {
	if testing.Short() {
		t.Skip("one command after the other; left out with -short")
	}
	o, all := planted(t)
	o.host.Identity = access.Alone("keeper")
	told, viewer := everything(o, all), attackers()[0]
	kinds := map[string]bool{}
	for _, p := range all {
		if !viewer.SeesField(p.kind, p.column, p.parties) && tells(told, p.word) {
			kinds[p.kind.Name] = true
		}
	}
	for _, name := range []string{"people", "answers"} {
		if !kinds[name] {
			t.Errorf("a leak of %s would not be found", name)
		}
	}
}

// TestNoQuestionTellsWhatIsHidden: asking for a hidden word, by itself or as the
// value of its field, finds nothing and is refused in no telling way.
func TestNoQuestionTellsWhatIsHidden(t *testing.T) {
	if testing.Short() {
		t.Skip("one command after the other; left out with -short")
	}
	o, all := planted(t)
	for _, id := range attackers() {
		o.host.Identity = id
		asked := map[string]int{}
		for _, p := range all {
			if id.SeesField(p.kind, p.column, p.parties) {
				continue
			}
			if asked[p.kind.Name+p.column.Name]++; asked[p.kind.Name+p.column.Name] > 3 {
				continue
			}
			for _, question := range []string{p.word, p.column.Name + ":" + p.word, p.word + " " + p.kind.One} {
				if got := o.run("list", p.kind.Name, question, "--json"); strings.TrimSpace(got.out) != "[]" {
					t.Errorf("%s of partner %d asks %s for %s and is told %q %q", id.Role, id.Partner, p.kind.Name,
						question, got.out, got.err)
				}
			}
		}
	}
}

// TestNobodyWritesWhatIsNotTheirs tries to change other cities' records by
// import, which meets the store as every command does.
func TestNobodyWritesWhatIsNotTheirs(t *testing.T) {
	o, all := planted(t)
	before := o.must("export", "all")
	for _, id := range attackers() {
		o.host.Identity = id
		tried := map[string]int{}
		for _, p := range all {
			if id.MayChange(p.kind, false, false, p.parties, p.parties) == nil {
				continue
			}
			if tried[p.kind.Name]++; tried[p.kind.Name] > 3 {
				continue
			}
			got := o.feed(fmt.Sprintf("id,%s\n%d,taken\n", p.column.Name, p.id), "import", p.kind.Name, "-")
			if got.code == exitDone && !strings.Contains(got.out, "0 changed") {
				t.Errorf("%s of partner %d changes %s #%d: %s", id.Role, id.Partner, p.kind.One, p.id, got.out+got.err)
			}
		}
	}
	o.host.Identity = access.Alone("keeper")
	if after := o.must("export", "all"); strings.Contains(after, "taken") && !strings.Contains(before, "taken") {
		t.Error("something was written")
	}
}
