package partnership_test

import (
	"testing"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

func TestNamesAsOfficesWriteThem(t *testing.T) {
	for said, want := range map[string][2]string{
		"ROWE, PAT": {"Pat Rowe"}, "Rowe, Pat L": {"Pat L Rowe"}, "O KEEFE, DANIEL P": {"Daniel P O Keefe"},
		"HOBSON III, GEORGE": {"George Hobson III"},
		"BRANTLEY JR, SAM":   {"Sam Brantley Jr"}, "Adolph Jr.,Bernard A": {"Bernard A Adolph Jr."},
		"Rowe, Pat, Jr.":      {"Pat Rowe Jr."},
		"Idle, Sam (Interim)": {"Sam Idle", "Interim"}, "Pat Rowe, PE": {"Pat Rowe, PE"},
		"Pat Rowe, Jr.":                    {"Pat Rowe Jr."},
		"Pat Rowe (prowe@raytown.example)": {"Pat Rowe"}, "DE VRIES, NIELS G": {"Niels G De Vries"},
		"O'BRIEN-SMITH, MARY JO": {"Mary Jo O'Brien-Smith"},
		"MCKEE, ANN":             {"Ann McKee"}, "Ludwig van Beek": {"Ludwig van Beek"}, "Cher": {"Cher"}, "DJ": {"DJ"},
		"日本 語": {"日本 語"}, "": {""},
	} {
		if name, note := partnership.NameInOrder(said); name != want[0] || note != want[1] {
			t.Errorf("%q is %q (%q), want %q", said, name, note, want)
		}
	}
}

// Cities are found as people write them, and by nothing less.
func TestCitiesAsOfficesWriteThem(t *testing.T) {
	env := field.NewEnv(founded(t), 0)
	for said, want := range map[string]string{"City of Raytown": "Raytown", "Raytown, MO": "Raytown",
		"City of Independence, Missouri": "Independence",
		"Lees Summit":                    "Lee's Summit", "Lee’s Summit, MO.": "Lee's Summit",
		"Blue Spgs":        "Blue Springs",
		"BLUE SPGS., MO":   "Blue Springs",
		"Raytown Missouri": "Raytown", "KCMO": "", "Ray": "", "Springs": "", "MO": "", "Summit": "", "Blue": ""} {
		id, err := env.Resolve("partners", said)
		if got := env.Label("partners", id); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%q is %q (%v), want %q", said, got, err, want)
		}
	}
}

// Merging carries all that refers to a person, fills what the other lacks and
// leaves no second record.
func TestMergingTwoRecordsOfOnePerson(t *testing.T) {
	w := founded(t)
	put := func(p partnership.Person) partnership.PersonID {
		id, err := field.Put(w, &p)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	one := put(partnership.Person{Name: "Pat Rowe", Partner: 5, Phone: "816-555-0142"})
	two := put(partnership.Person{Name: "Patricia Rowe", Partner: 5, Email: "prowe@raytown.example"})
	other := put(partnership.Person{Name: "Sam Idle", Partner: 2})
	event, err := field.Put(w, &shadowing.Event{Name: "Spring"})
	if err != nil {
		t.Fatal(err)
	}
	signup, err := field.Put(w, &shadowing.Signup{Event: event, Person: one, Role: shadowing.SignupVisit,
		Wanted: []partnership.PersonID{other}})
	if err != nil {
		t.Fatal(err)
	}
	wish, err := field.Put(w, &shadowing.Signup{Event: event, Person: other, Role: shadowing.SignupHost,
		Wanted: []partnership.PersonID{one, other}})
	if err != nil {
		t.Fatal(err)
	}
	a := partnership.Acts().Named("person.merge")
	args := a.Args.New()
	if err := a.Args.Column("into").Parse(args, "#"+field.NewEnv(w, 0).
		Name("people", uint64(two))[len("Patricia Rowe #"):], field.NewEnv(w, 0)); err != nil {
		t.Fatal(err)
	}
	w.By = field.Actor{All: true}
	if _, err := a.Do(w, uint64(one), args, nil); err != nil {
		t.Fatal(err)
	}
	if field.Get(w, one) != nil || field.Get(w, two).Phone != "816-555-0142" || field.Get(w, two).
		Email != "prowe@raytown.example" {
		t.Errorf("%+v and %+v", field.Get(w, one), field.Get(w, two))
	}
	if s := field.Get(w, signup); s.Person != two || len(s.Wanted) != 1 || s.Wanted[0] != other {
		t.Errorf("%+v", s)
	}
	if s := field.Get(w, wish); s.Person != other || len(s.Wanted) != 2 || s.Wanted[0] != two {
		t.Errorf("%+v", s)
	}
}
