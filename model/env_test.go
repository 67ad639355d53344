package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

func staff() *fieldtest.Memory {
	return with(
		&partnership.Partner{ID: 1, Name: "Lee's Summit"},
		&partnership.Partner{ID: 2, Name: "Mid-America Regional Council", Short: "MARC"},
		&partnership.Person{ID: 1, Name: "Dana Reyes"}, &partnership.Person{ID: 2, Name: "Owen Stracke"},
		&partnership.Person{ID: 3, Name: "dana  reyes"},
		&lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck"}, &partnership.Program{ID: 1, Name: "Phase #2"},
		&partnership.Program{ID: 2, Name: "Fuel"},
		&shadowing.Signup{ID: 4},
	)
}

func TestResolveFromElsewhere(t *testing.T) {
	env := field.NewEnv(staff(), fieldtest.Saturday)
	if got, err := env.Resolve("people", "Owen Stracke #1"); err == nil {
		t.Errorf("a name and a number that disagree are #%d", got)
	}
	if got, err := env.Resolve("people", "Renamed Since #2"); err != nil || got != 2 {
		t.Errorf("a renamed person is #%d (%v)", got, err)
	}
	env.Elsewhere = true
	if got, err := env.Resolve("people", "Owen Stracke #1"); err != nil || got != 2 {
		t.Errorf("the name decides: #%d (%v)", got, err)
	}
	if got, err := env.Resolve("people", "Somebody Else #2"); err == nil {
		t.Errorf("another copy's person is #%d", got)
	}
}

func TestResolve(t *testing.T) {
	env := field.NewEnv(staff(), fieldtest.Saturday)
	for _, c := range []struct {
		kind, text string
		want       uint64
	}{
		{"partners", "Lee's Summit", 1}, {"partners", "LEE’S  SUMMIT", 1}, {"partners", "City of Lee's Summit", 1},
		{"partners", "marc", 2},
		{"partners", "#2", 2}, {"partners", " #1 ", 1}, {"people", "owen stracke", 2}, {"people", "Dana Reyes #3", 3},
		{"people", "#1", 1},
		{"equipment", "rt-104", 1}, {"equipment", "RT-104 dump truck", 1}, {"programs", "phase #2", 1},
		{"programs", "#2", 2},
		{"signups", "sign-up #4", 4},
	} {
		if got, err := env.Resolve(c.kind, c.text); err != nil || got != c.want {
			t.Errorf("%s %q is #%d (%v), want #%d", c.kind, c.text, got, err, c.want)
		}
	}
	for _, c := range []struct{ kind, text, says string }{
		{"people", "Dana Reyes", `several people are called "Dana Reyes": add the number, as in "Dana Reyes #1"`},
		{"people", "Nobody", `no person called "Nobody"`},
		{"people", "#9", `no person called "#9"`},
		{"partners", "Lee Summit", "did you mean Lee's Summit?"},
		{"partners", "", "no partner called"},
	} {
		if got, err := env.Resolve(c.kind, c.text); err == nil || !strings.Contains(err.Error(), c.says) ||
			failure.CodeOf(err) == "" {
			t.Errorf("%s %q is #%d: %v", c.kind, c.text, got, err)
		}
	}
	var none *field.Env
	if _, err := none.Resolve("people", "x"); failure.CodeOf(err) != failure.NotFound {
		t.Errorf("%v", err)
	}
	if got := none.Label("people", 3); got != "#3" {
		t.Errorf("%q", got)
	}
}

// TestNamesComeBack: the name written for a record leads back to it, whatever
// the records are called.
func TestNamesComeBack(t *testing.T) {
	labels := rapid.SampledFrom([]string{"a", "A", "a #1", "a #2", "a #3", "#1", "#2", "b", "b  c", "b c", "", "MARC",
		"marc", "City of a"})
	rapid.Check(t, func(t *rapid.T) {
		r := with()
		seen := map[string]bool{}
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			name := labels.Draw(t, "name")
			r.Add(&partnership.Person{Name: name})
			// Names of partners are unique but for case and spaces, which
			// comparing names passes over.
			if name != "" && !seen[strings.ToLower(name)] {
				seen[strings.ToLower(name)] = true
				r.Add(&partnership.Partner{Name: name, Short: labels.Draw(t, "short")})
			}
		}
		env := field.NewEnv(r, fieldtest.Saturday)
		for _, kind := range []string{"people", "partners"} {
			for id := range r.Scan(kind) {
				name := env.Name(kind, id)
				if got, err := env.Resolve(kind, name); err != nil || got != id {
					t.Fatalf("%s #%d is named %q, which is #%d (%v)", kind, id, name, got, err)
				}
			}
		}
	})
}

// TestForget: names of records added later are found once told to look again.
func TestForget(t *testing.T) {
	r := staff()
	env := field.NewEnv(r, fieldtest.Saturday)
	if _, err := env.Resolve("partners", "Raytown"); err == nil {
		t.Fatal("found before it was there")
	}
	r.Add(&partnership.Partner{ID: 3, Name: "Raytown"})
	env.Forget()
	if got, err := env.Resolve("partners", "raytown"); err != nil || got != 3 {
		t.Errorf("%d %v", got, err)
	}
}

// TestSchema: what the whole program leans on in the descriptions.
func TestSchema(t *testing.T) {
	schema := NewSchema()
	done := map[string]bool{}
	for _, k := range schema.Kinds {
		done[k.Name] = true
		if schema.Kind(k.Name) != k || k.Tag <= 0 || k.One == "" || k.Title == "" ||
			!strings.HasSuffix(k.Purpose, ".") {
			t.Errorf("%s is not described", k.Name)
		}
		for _, set := range slices.Concat(k.Unique, k.Recognise) {
			for _, name := range set {
				if k.Column(name) == nil {
					t.Errorf("%s has no field %s", k.Name, name)
				}
			}
		}
		if len(k.Unique)+len(k.Recognise) == 0 {
			t.Errorf("an import cannot tell whether it has met one of %s", k.Name)
		}
		for _, c := range k.Columns {
			if c.Title == "" || strings.ToLower(c.Name) != c.Name || strings.ContainsAny(c.Name, " -") {
				t.Errorf("%s.%s: %q", k.Name, c.Name, c.Title)
			}
			if c.Target != "" && !done[c.Target] {
				t.Errorf("%s.%s refers to %s, which comes later", k.Name, c.Name, c.Target)
			}
			if c.Shape == field.ShapeChoice && len(c.Choices) == 0 {
				t.Errorf("%s.%s has nothing to choose from", k.Name, c.Name)
			}
			if c.Help != "" && !strings.HasSuffix(c.Help, ".") {
				t.Errorf("%s.%s: help is a sentence", k.Name, c.Name)
			}
		}
	}
	if got := schema.Kind("nothing"); got != nil {
		t.Errorf("%v", got)
	}
}

// TestExamples: what an empty screen shows as an example can be typed.
func TestExamples(t *testing.T) {
	for _, k := range NewSchema().Kinds {
		for _, c := range k.Columns {
			if c.Example == "" || c.Target != "" {
				continue
			}
			if err := c.Parse(k.New(), c.Example, field.NewEnv(with(), fieldtest.Saturday)); err != nil {
				t.Errorf("%s.%s: the example %q is refused: %v", k.Name, c.Name, c.Example, err)
			}
		}
	}
}

func TestReferring(t *testing.T) {
	var got []string
	for _, rc := range NewSchema().Referring("partners") {
		got = append(got, rc.Kind.Name+"."+rc.Column.Name)
	}
	want := []string{"people.partner", "resolutions.partner", "briefings.partner", "programs.lead",
		"programs.participants", "ideas.partner",
		"agreements.parties", "equipment.owner", "reservations.borrower", "meetings.attendance", "motions.votes",
		"users.partner", "cycles.cities", "answers.partner",
		"assessments.partner", "consents.partner", "consents.with", "releases.partner", "releases.with",
		"publications.city", "publications.audience", "publications.joined", "solutions.lead", "solutions.cities",
		"benchmarks.partner", "rates.owner", "equipment.owner", "kits.members", "series.lender", "series.borrower",
		"reservations.lender", "reservations.borrower", "statements.first", "statements.second", "charges.lender",
		"charges.borrower", "needs.partner", "opportunities.cities", "solicitations.lead", "solicitations.participants",
		"awards.lines", "answers.partner"}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%s is not among %v", w, got)
		}
	}
}

// TestRefsAreVisited: every reference a record holds is seen, child rows and
// lists included; deleting relies on it.
func TestRefsAreVisited(t *testing.T) {
	k := NewSchema().Kind("programs")
	p := &partnership.Program{Lead: 1, Contact: 7, Participants: []partnership.Participant{{Partner: 2}, {Partner: 3}},
		Next: partnership.NextStep{Owner: 8}}
	var got []string
	k.Refs(p, func(c *field.Column, kind string, id uint64) {
		got = append(got, c.Name+" "+kind+" "+string('0'+rune(id)))
	})
	want := []string{"lead partners 1", "contact people 7", "participants partners 2", "participants partners 3",
		"next_owner people 8"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// TestTextsAreVisited: cleaning what came from outside reaches every free
// text, and nothing else.
func TestTextsAreVisited(t *testing.T) {
	k := NewSchema().Kind("people")
	p := &partnership.Person{Name: "a", Duties: []string{"b", "c"}, Tags: []string{"d"}, Email: "e", Mobile: "f",
		Roles:          []partnership.ContactRole{partnership.RoleIT},
		Qualifications: []partnership.Qualification{{Name: "g"}}}
	k.Texts(p, func(s string) string {
		if s == "" {
			return s
		}
		return s + "!"
	})
	if p.Name != "a!" || p.Duties[1] != "c!" || p.Tags[0] != "d!" || p.Email != "e!" || p.Mobile != "f!" ||
		p.Qualifications[0].Name != "g!" ||
		p.Roles[0] != partnership.RoleIT {
		t.Errorf("%+v", p)
	}
}

// TestTypedText: text that files and people really bring.
func TestTypedText(t *testing.T) {
	schema := NewSchema()
	env := field.NewEnv(staff(), fieldtest.Saturday)
	for _, c := range []struct{ kind, column, text, want string }{
		{"people", "phone", "(816) 555-0142", "816-555-0142"}, {"people", "phone", "1.816.555.0142", "816-555-0142"},
		{"people", "phone", "816 555 0142 ext 7", "816 555 0142 ext 7"},
		{"people", "phone", "+44 20 7946 0000", "+44 20 7946 0000"},
		{"people", "email", " a@b.example ", "a@b.example"},
		{"partners", "website", "raytown.example", "https://raytown.example"},
		{"partners", "website", "http://x y.example", ""},
		{"people", "email", "Dana <a@b.example>", ""}, {"people", "email", "nobody", ""}, {"people", "phone", "1", ""},
		{"partners", "website", "javascript:alert(1)", ""}, {"partners", "website", "nowhere", ""},
		{"partners", "website", "file:///srv/a.pdf", "file:///srv/a.pdf"},
		{"people", "tags", "GIS, Snow; gis", "gis; snow"}, {"people", "roles", "IT lead, fleet", "it lead; fleet lead"},
		{"people", "roles", "c", ""},
		{"people", "duties", "Plan, then plow\nPatch", "Plan, then plow; Patch"}, {"people", "left", "X", "yes"},
		{"people", "left", "maybe", ""},
		{"programs", "funding", "grant | 1,250; city", "grant | 1250.00; city | "},
		{"programs", "funding", "a | 1 | 2", ""}, {"programs", "funding", "a | x", ""},
		{"partners", "kind", "Fac", "facilitator"}, {"partners", "kind", "c", ""},
		{"partners", "fiscal_year_start", "july", "07"},
	} {
		k := schema.Kind(c.kind)
		rec := k.New()
		err := k.Column(c.column).Parse(rec, c.text, env)
		got := string(k.Column(c.column).Format(nil, rec, env))
		if (err != nil) != (c.want == "") || err == nil && got != c.want {
			t.Errorf("%s.%s: %q is %q (%v), want %q", c.kind, c.column, c.text, got, err, c.want)
		}
		if err != nil && failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%q: %v is no sentence", c.text, err)
		}
	}
}

func TestATagInUseNamesTheNextFreeOne(t *testing.T) {
	defer func() {
		if got, want := fmt.Sprint(recover()), "tag 7 of people.b is in use; the next free tag of people is 8"; got !=
			want {
			t.Errorf("got %q, want %q", got, want)
		}
	}()
	field.SchemaOf(field.Def[partnership.Person]{ID: func(p *partnership.Person) *field.ID[partnership.Person] {
		return &p.ID
	}, Label: func(*partnership.Person) string { return "" }, Fields: []field.Field[partnership.Person]{
		field.Text(7, "a", "A", func(p *partnership.Person) *string { return &p.Name }),
		field.Text(7, "b", "B", func(p *partnership.Person) *string { return &p.Title }),
	}}.Kind())
}
