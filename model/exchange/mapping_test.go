package exchange

import (
	"maps"
	"slices"
	"testing"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func kind(name string) *field.Kind { return NewSchema().Kind(name) }

func TestHeadingsOfOfficesAreUnderstood(t *testing.T) {
	for _, c := range []struct {
		kind             string
		headings, target []string
	}{
		{"people", []string{"Full Name", "E-Mail Address", "Telephone", "City", "Dept.", "Job Title", "Cell Phone",
			"Comments"},
			[]string{"name", "email", "phone", "partner", "department", "title", "mobile", "note"}},
		{"people", []string{"FIRST_NAME", "LastName", "M.I.", "Organization", "Position", "work phone", "e-mail"},
			[]string{"name:1", "name:3", "name:2", "partner", "title", "phone", "email"}},
		{"people", []string{"id", "rev", "name", "partner", "left"}, []string{"id", "rev", "name", "partner", "left"}},
		{"people", []string{"ID", "Name", "Agency", "Shoe size"}, []string{"", "name", "partner", ""}},
		{"people", []string{"Contact for", "Duties", "E-mail", "Left service"},
			[]string{"roles", "duties", "email", "left"}},
		{"people", []string{"Name", "First Name", "Last Name"}, []string{"name", "", ""}},
		{"equipment", []string{"Unit Number", "Description", "Type", "City", "Model Year", "Hours", "Replacement Cost"},
			[]string{"tag", "name", "category", "owner", "year", "meter", "replacement_value"}},
		{"partners", []string{"City", "Population", "Web Site", "Joined"},
			[]string{"name", "population", "website", "since"}},
		{"agreements", []string{"Agreement", "Effective Date", "Expiration Date"},
			[]string{"title", "effective", "expires"}},
		{"resolutions", []string{"Governing body of", "Resolution No.", "Attested by the city clerk"},
			[]string{"partner", "number", "city_clerk"}},
	} {
		m := spreadsheet.Map(kind(c.kind), c.headings, nil)
		if !slices.Equal(m.Targets, c.target) {
			t.Errorf("%s %q: got %q, want %q", c.kind, c.headings, m.Targets, c.target)
		}
	}
}

// A column's own name and title always find it, or the round trip would not.
func TestNamesAndTitlesFindTheirColumns(t *testing.T) {
	for _, k := range NewSchema().Kinds {
		if len(k.Columns) > 64 {
			t.Errorf("%s has more columns than a row reader keeps track of", k.Name)
		}
		names := []string{"id", "rev"}
		for _, c := range k.Columns {
			names = append(names, c.Name)
			if got := spreadsheet.Map(k, []string{c.Title}, nil).Targets[0]; got == "" {
				t.Errorf("%s: the title %q finds nothing", k.Name, c.Title)
			}
		}
		if m := spreadsheet.Map(k, names, nil); !slices.Equal(m.Targets, names) || len(m.Doubts) > 0 {
			t.Errorf("%s: %q are taken for %q %v", k.Name, names, m.Targets, m.Doubts)
		}
	}
}

func TestTwoHeadingsForOneFieldAreADoubt(t *testing.T) {
	m := spreadsheet.Map(kind("people"), []string{"Name", "City", "Telephone", "Work phone"}, nil)
	if !slices.Equal(m.Targets, []string{"name", "partner", "phone", ""}) {
		t.Errorf("%q", m.Targets)
	}
	if len(m.Doubts) != 1 || m.Doubts[0].Heading != "Work phone" || m.Doubts[0].Target != "phone" {
		t.Fatalf("doubts %v", m.Doubts)
	}
	if err := m.Set("Work phone", "phone"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.Targets, []string{"name", "partner", "", "phone"}) || len(m.Doubts) != 0 {
		t.Errorf("%q %v", m.Targets, m.Doubts)
	}
}

// Another list's numbers must not be taken for ours.
func TestAColumnOfNumbersAloneIsADoubt(t *testing.T) {
	m := spreadsheet.Map(kind("people"), []string{"ID", "Name"}, nil)
	if m.Targets[0] != "" || len(m.Doubts) != 1 || m.Doubts[0].Target != "id" {
		t.Errorf("%q %v", m.Targets, m.Doubts)
	}
	if err := m.Set("ID", "id"); err != nil || m.Targets[0] != "id" {
		t.Error(err, m.Targets)
	}
}

func TestAMappingIsRemembered(t *testing.T) {
	headings := []string{"Who", "Where", "Telephone", "Badge"}
	m := spreadsheet.Map(kind("people"), headings, nil)
	if got := m.Unknown(); !slices.Equal(got, []string{"Who", "Where", "Badge"}) {
		t.Errorf("unknown %q", got)
	}
	if got := m.Missing(); len(got) != 2 || got[0].Name != "name" || got[1].Name != "partner" {
		t.Errorf("missing %v", got)
	}
	for heading, target := range map[string]string{"Who": "name", "Where": "partner", "Badge": spreadsheet.Ignored} {
		if err := m.Set(heading, target); err != nil {
			t.Fatal(err)
		}
	}
	kept := m.Remember()
	if want := map[string]string{"Who": "name", "Where": "partner", "Telephone": "phone",
		"Badge": "-"}; !maps.Equal(kept, want) {
		t.Errorf("remembered %v", kept)
	}
	again := spreadsheet.Map(kind("people"), []string{"WHERE", "who", "badge"}, kept)
	if !slices.Equal(again.Targets, []string{"partner", "name", "-"}) || len(again.Unknown()) != 0 ||
		len(again.Missing()) != 0 {
		t.Errorf("%q", again.Targets)
	}
	if stale := spreadsheet.Map(kind("people"), []string{"Who"},
		map[string]string{"Who": "no such field"}); stale.Targets[0] !=
		"" {
		t.Errorf("a field that is gone was mapped to: %q", stale.Targets)
	}
}

func TestAMappingRefusesWhatIsNotThere(t *testing.T) {
	m := spreadsheet.Map(kind("people"), []string{"Name", "First"}, nil)
	for _, c := range [][2]string{{"Nome", "name"}, {"Name", "nome"}, {"Name", "phone:2"}, {"Name", "name:0"},
		{"Name", "name:10"}} {
		if err := m.Set(c[0], c[1]); failure.CodeOf(err) != failure.NotFound {
			t.Errorf("%v: %v", c, err)
		}
	}
	if err := m.Set("First", "name:1"); err != nil || m.Targets[0] != "" {
		t.Errorf("a part took the place of the whole: %v %q", err, m.Targets)
	}
}

func TestNamesInPartsAreJoined(t *testing.T) {
	for _, file := range []string{
		"Last name,First name,MI,City\nReyes,Dana,Q.,raytown\nFox,Al,,Raytown\n",
		`[{"Last name":"Reyes","First name":"Dana","MI":"Q.","City":"raytown"},{"Last name":"Fox","First name":"Al","City":"Raytown"}]`,
	} {
		m := newMemory()
		addPartners(m)
		p := m.plan(t, "people", "a", []byte(file))
		counts(t, p, 2, 0, 0, 0, 0)
		for i, want := range []string{"Dana Q. Reyes", "Al Fox"} {
			if got := p.Rows[i].Mine.(*partnership.Person).Name; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

// Records whose labels look alike are still told apart when they are referred
// to by name.
func TestReferencesFindTheSameRecordAgain(t *testing.T) {
	m := newMemory()
	for _, name := range []string{"Foo", "Foo  bar", "foo bar", "Foo #1", "#1", "FOO ’s", "foo 's", "12", "#",
		"Foo #9"} {
		m.put("partners", &partnership.Partner{Name: name, Short: "foo", Kind: partnership.City,
			Status: partnership.Member})
	}
	for _, name := range []string{"Dana", "Dana", "Dana #1", "", "person #4", "#2"} {
		m.put("people", &partnership.Person{Name: name, Partner: 1})
	}
	for _, kind := range []string{"partners", "people"} {
		env := m.env()
		for id := range m.Scan(kind) {
			name := env.Name(kind, id)
			if got, err := env.Resolve(kind, name); err != nil || got != id {
				t.Errorf("%s #%d is called %q, which finds #%d, %v", kind, id, name, got, err)
			}
		}
	}
	if id, err := m.env().Resolve("partners", "foo bar #77"); err == nil {
		t.Errorf("a name that two bear found #%d", id)
	}
	if id, err := m.env().Resolve("partners", "12 #77"); err != nil || id != 8 {
		t.Errorf("a name with another list's number found #%d, %v", id, err)
	}
	if name := m.env().Name("people", 4); name != "person #4" {
		t.Errorf("a record without a name is called %q", name)
	}
}
