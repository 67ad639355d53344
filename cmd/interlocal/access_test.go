package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// secrets are values of private fields of people in three cities; what they
// hold must not be told to a viewer of another city in any way.
const secrets = `name,partner,title,mobile,note
Dana Reyes,Raytown,Superintendent,816-555-0001,raytownsecret
Lee Ash,Grandview,Clerk,816-555-0002,grandviewsecret
Ana Cruz,Independence,Analyst,816-555-0003,independencesecret
`

func TestAViewerSeesNoPrivateFieldOfAnotherCity(t *testing.T) {
	o := newOffice(t)
	o.feed(secrets, "import", "people", "-").wants(t, exitDone, "3 added")
	viewer := []string{"--as", "viewer@raytown"}
	hidden := []string{"grandviewsecret", "independencesecret", "555-0002", "555-0003"}
	for _, args := range []string{
		"list people", "list people --json", "list people --format csv", "list people --columns name,mobile,note",
		"list people --sort note --columns name,note", "list people --sort -mobile --columns name,mobile",
		"export people", "export people --format json", "export all",
		"history people 2", "history people 2 --json", "history", "history --json", "report directory", "overview",
		"peers 1", "peers",
	} {
		s := o.run(append(strings.Fields(args), viewer...)...)
		for _, word := range hidden {
			if s.code != exitDone || strings.Contains(s.out+s.err, word) {
				t.Errorf("%s: exit %d, tells %s: %s", args, s.code, word, s.out+s.err)
			}
		}
	}
	if out := o.must(append([]string{"list", "people", "--json"}, viewer...)...); !strings.Contains(out,
		"raytownsecret") {
		t.Error("the viewer's own city's note is hidden as well")
	}
	if out := o.must("list", "people", "--json", "--as", "coordinator"); !strings.Contains(out, "grandviewsecret") {
		t.Error("the facilitator does not see a private note")
	}
}

func TestAFilterIsNoOracle(t *testing.T) {
	o := newOffice(t)
	o.feed(secrets, "import", "people", "-").wants(t, exitDone)
	for _, question := range []string{"grandviewsecret", "secret grandview", "note:grandviewsecret", "note:grand",
		"mobile:816-555-0002",
		"note:* partner:grandview", "mobile:>816-555-0001 partner:grandview", "5550002"} {
		args := append([]string{"--as", "viewer@raytown", "people"}, strings.Fields(question)...)
		if found := o.records(args...); len(found) > 0 {
			t.Errorf("%q finds %v", question, found)
		}
	}
	if found := o.records("people", "note:grandviewsecret"); len(found) != 1 {
		t.Errorf("the keeper finds %v", found)
	}
	order := func(as string) string {
		var names []string
		for _, r := range o.records("people", "--sort", "note", "--as", as) {
			names = append(names, r["name"].(string))
		}
		return strings.Join(names, ", ")
	}
	if got := order("viewer"); got != "Dana Reyes, Lee Ash, Ana Cruz" {
		t.Errorf("sorting by a hidden field gives the order %s", got)
	}
	if got := order("keeper"); got != "Lee Ash, Ana Cruz, Dana Reyes" {
		t.Errorf("sorting by note gives the order %s", got)
	}
}

func TestAViewerCannotChangeOrCopy(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	copied := filepath.Join(o.home, "copy.db")
	o.run("backup", copied, "--as", "viewer").wants(t, exitFailed, "administrator")
	o.run("compact", "--as", "editor@raytown").wants(t, exitFailed, "administrator")
	o.run("check", "--as", "viewer").wants(t, exitMisuse, "--as")
	o.run("restore", copied, "--as", "viewer").wants(t, exitMisuse, "--as")
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-", "--as", "viewer@raytown").
		wants(t, exitFailed, "you can read people but not change them")
	o.feed("name,partner\nDana Reyes,Grandview\n", "import", "people", "-", "--as", "editor@raytown").
		wants(t, exitFailed, "another partner")
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-", "--as", "editor@raytown").
		wants(t, exitDone, "1 added")
}

// hosted gives an office whose calls come from elsewhere, as an identity.
func hosted(t *testing.T, role access.Role, partner partnership.PartnerID) *office {
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
	if err := found(context.Background(), st); err != nil {
		t.Fatal(err)
	}
	o.host = &Host{Store: st, Identity: access.Identity{User: "ada", Name: "Ada", Role: role,
		Partner: field.Party(partner)}}
	return o
}

func TestACallFromElsewhereHasNoFilesHere(t *testing.T) {
	o := hosted(t, access.Admin, 0)
	path := filepath.Join(o.home, "x")
	for _, args := range []string{"import people " + path, "import all " + path, "export people -o " + path,
		"report directory -o " + path,
		"backup " + path, "restore " + path, "demo", "peers --file " + path, "import people - --report " + path} {
		o.run(strings.Fields(args)...).wants(t, exitMisuse, "own machine")
	}
	if found, err := filepath.Glob(path + "*"); err != nil || len(found) > 0 {
		t.Errorf("files were made: %v, %v", found, err)
	}
	o.run().wants(t, exitDone, "Needs attention")
	o.run("export", "partners").wants(t, exitDone, "Raytown")
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-").wants(t, exitDone, "1 added")
	o.run("check").wants(t, exitDone, "sound")
	o.run("undo").wants(t, exitDone, "import")
}

// TestAsShowsWhatARoleSeesOfWhatOneMaySee: nobody is refused a look, nobody sees
// more by it, and what is not a part of one's own rights changes nothing.
func TestAsShowsWhatARoleSeesOfWhatOneMaySee(t *testing.T) {
	keeper := hosted(t, access.Owner, 0)
	keeper.feed(secrets, "import", "people", "-").wants(t, exitDone)
	adds := func(o *office, as string) said {
		return o.feed("name,partner\nKit "+as+",Raytown\n", "import", "people", "-", "--as", as)
	}
	o := *keeper
	o.host = &Host{Store: keeper.host.Store, Identity: access.Identity{User: "e", Name: "Em", Role: access.Editor,
		Partner: 5}}
	for as, sees := range map[string]bool{"viewer": false, "viewer@raytown": true, "editor": false,
		"editor@raytown": true, "admin": true, "keeper": true, "coordinator": true, "assessor@raytown": true,
		"editor@grandview": false, "viewer@grandview": false} {
		out := o.must("export", "people", "--as", as)
		if strings.Contains(out, "raytownsecret") != sees || strings.Contains(out, "grandviewsecret") {
			t.Errorf("as %s an editor of Raytown sees %s", as, out)
		}
		o.run("backup", "--as", as).wants(t, exitFailed, "administrator")
		o.run("list", "answers", "--json", "--as", as).wants(t, exitDone, "[]")
		if as != "editor@raytown" {
			adds(&o, as).wants(t, exitFailed)
		}
	}
	adds(&o, "assessor@raytown").wants(t, exitFailed, "looked at and not changed")
	adds(&o, "editor@raytown").wants(t, exitDone, "1 added")
}
