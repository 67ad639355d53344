package model

import (
	"strconv"
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Spreadsheets rewrite what they open; what they make of our own values must
// still be read as the same.
func TestWhatSpreadsheetsMakeOfValuesIsReadBack(t *testing.T) {
	schema := NewSchema()
	env := field.NewEnv(with(), value.Date(2027, 3, 4))
	for _, c := range []struct{ kind, field, text, want string }{
		{"reservations", "start", "2027-03-04 13:30:00", "2027-03-04 13:30"},
		{"reservations", "start", "3/4/2027 1:30:00 PM", "2027-03-04 13:30"},
		{"reservations", "start", "2027-03-04T13:30:59", "2027-03-04 13:30"},
		{"reservations", "start", "3/4/2027 13:30", "2027-03-04 13:30"},
		{"events", "date", "2027-03-04 00:00", "2027-03-04"},
		{"events", "date", "3/4/2027", "2027-03-04"},
		{"partners", "fiscal_year_start", "7", "07"},
		{"partners", "fiscal_year_start", "10", "10"},
		{"cycles", "framework", "2", "2.0"},
		{"partners", "since", "", ""},
		{"partners", "population", "0", "0"},
		{"equipment", "replacement_value", "1250", "1250.00"},
	} {
		k := schema.Kind(c.kind)
		rec := k.New()
		col := k.Column(c.field)
		if err := col.Parse(rec, c.text, env); err != nil {
			t.Errorf("%s %q: %v", c.field, c.text, err)
		} else if got := string(col.Format(nil, rec, env)); got != c.want {
			t.Errorf("%s %q is written %q, want %q", c.field, c.text, got, c.want)
		}
	}
}

func TestTimesThatWouldBeReadWrongAreRefused(t *testing.T) {
	for _, s := range []string{"2027-03-04T13:30:00Z", "2027-03-04T13:30:00-06:00", "2027-03-04 25:00",
		"2027-03-04 13:61"} {
		if w, err := value.ParseWall(s, value.Date(2027, 3, 4)); err == nil {
			t.Errorf("%q was read as %v", s, w)
		}
	}
	for _, s := range []string{"+99999y", "-9000y"} {
		if d, err := value.ParseDay(s, value.Date(2027, 3, 4)); err == nil {
			t.Errorf("%q was read as %v, which cannot be read back", s, d)
		}
	}
}

// Rows written twice are two rows, in every form.
func TestRowsKeepTheirNumberInEveryForm(t *testing.T) {
	col := NewSchema().Kind("programs").Column("funding")
	two := &partnership.Program{Funding: []partnership.Funding{{Source: "Grant | a; b\\"}, {Source: "Grant | a; b\\"}}}
	for name, read := range map[string]func(back *partnership.Program) error{
		"text": func(back *partnership.Program) error {
			return col.Parse(back, string(col.Format(nil, two, nil)), nil)
		},
		"JSON": func(back *partnership.Program) error {
			return col.ParseJSON(back, col.AppendJSON(nil, two, nil), nil)
		},
		"text in JSON": func(back *partnership.Program) error {
			return col.ParseJSON(back, []byte(strconv.Quote(string(col.Format(nil, two, nil)))), nil)
		},
	} {
		back := new(partnership.Program)
		if err := read(back); err != nil || !col.Equal(two, back) {
			t.Errorf("%s: %+v, %v", name, back.Funding, err)
		}
	}
}

func TestANoIsNoUnknown(t *testing.T) {
	k := NewSchema().Kind("equipment")
	if got := string(k.AppendJSON(nil, &lending.Equipment{}, field.NewEnv(with(), 0))); !strings.Contains(got,
		`"shareable":false`) || !strings.Contains(got, `"year":null`) {
		t.Error(got)
	}
}
