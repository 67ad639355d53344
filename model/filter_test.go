package model

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// fold is a stand-in for the folding of package text: lower case, without the
// accents these tests use.
func fold(s string) string {
	return strings.NewReplacer("é", "e", "ü", "u").Replace(strings.ToLower(s))
}

// shelf holds a few units and their owners to ask about.
func shelf() *fieldtest.Memory {
	return with(
		&partnership.Partner{ID: 1, Name: "Lee's Summit", Kind: partnership.City, Status: partnership.Member,
			Population: value.Some[int64](101108)},
		&partnership.Partner{ID: 2, Name: "Raytown", Kind: partnership.City, Status: partnership.Member,
			Population: value.Some[int64](30012)},
		&partnership.Partner{ID: 3, Name: "Grandview", Kind: partnership.City, Status: partnership.Member},
		&lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Category: "dump truck", Owner: 2, Year: 2016,
			Status:    lending.EquipmentActive,
			Shareable: true, Replacement: value.Some(value.Cents(148_000_00)), Note: "Leaks; see José."},
		&lending.Equipment{ID: 2, Tag: "RT-118", Name: "Wheel loader", Category: "loader", Owner: 2, Year: 2018,
			Status: lending.EquipmentOut},
		&lending.Equipment{ID: 3, Tag: "LS-7", Name: "Truck, bucket", Category: "bucket truck", Owner: 1,
			Status: lending.EquipmentActive, Shareable: true,
			Replacement: value.Some(value.Cents(0))},
		&lending.Equipment{ID: 4, Tag: "GV-1", Name: "Brine maker", Owner: 3, Year: 2020,
			Status: lending.EquipmentRetired, Meter: value.Some(value.Tenths(12345))},
		&lending.Reservation{ID: 1, Unit: 1, Borrower: 3, State: lending.OutOnLoan,
			Start: value.Some(fieldtest.Saturday.At(8, 0)), End: value.Some((fieldtest.Saturday + 1).At(17, 0))},
		&lending.Reservation{ID: 2, Unit: 3, Borrower: 2, State: lending.Requested,
			Start: value.Some((fieldtest.Saturday + 40).At(8, 0)),
			End:   value.Some((fieldtest.Saturday + 41).At(17, 0))},
	)
}

// ask gives the numbers of the records that pass a filter.
func ask(t *testing.T, r *fieldtest.Memory, kind, query string, loose bool) []uint64 {
	t.Helper()
	k, env := r.Schema().Kind(kind), field.NewEnv(r, fieldtest.Saturday)
	f, err := field.ParseFilter(k, query, env, fold)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	var out []uint64
	for id, rec := range r.Scan(kind) {
		if f.Match(string(field.SearchKey(nil, k, rec, env, fold)), rec, env, loose) {
			out = append(out, id)
		}
	}
	return out
}

func TestFilter(t *testing.T) {
	r := shelf()
	all := []uint64{1, 2, 3, 4}
	for query, want := range map[string][]uint64{
		"":                       all,
		"   ":                    all,
		"truck":                  {1, 3},
		"TRUCK":                  {1, 3},
		"tru":                    {1, 3},
		"ruck":                   nil,
		"dump truck":             {1},
		"truck dump":             {1},
		`"dump truck"`:           {1},
		`"truck dump"`:           nil,
		`"truck bucket"`:         {3},
		"-truck":                 {2, 4},
		`-"dump truck"`:          {2, 3, 4},
		"raytown":                {1, 2},
		"raytown -loader":        {1},
		"lees":                   {3},
		"lee's":                  {3},
		"lee’s summit":           {3},
		"rt 104":                 {1},
		"rt-104":                 {1},
		"jose":                   {1},
		"josé":                   {1},
		"owner:raytown":          {1, 2},
		"owner:lee":              {3},
		`owner:"lee's summit"`:   {3},
		"-owner:raytown":         {3, 4},
		"own:raytown":            {1, 2},
		"Owner:Raytown":          {1, 2},
		"note:jose":              {1},
		"note:José":              {1},
		"category:":              {4},
		"category:*":             {1, 2, 3},
		"-category:":             {1, 2, 3},
		"status:active":          {1, 3},
		"status:out":             {2},
		"status:<retired":        {1, 2, 3},
		"status:>=out of":        {2}, // the second word is looked for
		"year:>2016":             {2, 4},
		"year:>=2016":            {1, 2, 4},
		"year:<2018":             {1},
		"year:<=2018":            {1, 2},
		"-year:>2016":            {1, 3},
		"year:2018":              {2},
		"replacement_value:<1":   {3},
		"replacement_value:>=0":  {1, 3},
		"repl:>147,000":          {1},
		"replacement_value:":     {2, 4},
		"meter:>1,234.4":         {4},
		"meter:>1234.5":          nil,
		"shareable:yes":          {1, 3},
		"shareable:no":           {2, 4},
		"shareable:":             {2, 4},
		"truck status:active":    {1, 3},
		"10:30":                  nil,
		"https://x":              nil,
		`"unfinished`:            nil,
		"-":                      all,
		`""`:                     all,
		"!!":                     all,
		"truck -bucket -raytown": nil,
	} {
		if got := ask(t, r, "equipment", query, false); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
	if got := ask(t, r, "equipment", "ruck", true); !slices.Equal(got, []uint64{1, 3}) {
		t.Errorf("loosely, words stand inside others: %v", got)
	}
}

func TestFilterNamesWhatItCannotAsk(t *testing.T) {
	r := shelf()
	for query, want := range map[string]string{
		"nonsense:truck":  `equipment have no field "nonsense"; fields are tag, name,`,
		"-dept:truck":     `no field "dept"`,
		"programs:>1":     "no field",
		"year:>many":      "is not a whole number",
		"capacity:>10 CY": "",
	} {
		_, err := field.ParseFilter(r.Schema().Kind("equipment"), query, field.NewEnv(r, 0), strings.ToLower)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", query, err, want)
		}
	}
	_, err := field.ParseFilter(r.Schema().Kind("programs"), "funding:>100", field.NewEnv(r, 0), strings.ToLower)
	if err == nil || !strings.Contains(err.Error(), "several values") {
		t.Errorf("child rows were compared: %v", err)
	}
}

func TestFilterDays(t *testing.T) {
	r := shelf()
	for query, want := range map[string][]uint64{
		"from:<+30d":             {1},
		"start:<+30d":            {1},
		"start:>+30d":            {2},
		"start:>=today":          {1, 2},
		"start:<=today":          nil, // it starts at eight
		`end:<"sun 18:00"`:       {1},
		"end:<mon":               {1},
		"state:out":              {1},
		"unit:rt-104":            {1},
		"borrower:<raytown":      {1},
		"-state:requested -gone": {1},
	} {
		if got := ask(t, r, "reservations", query, false); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

func TestFilterRefuses(t *testing.T) {
	r := shelf()
	for query, part := range map[string]string{
		"year:>soon":        "not a whole number",
		"owner:>nowhere":    "no partner called",
		"status:<asleep":    "not one of",
		"meter:>=12.345":    "meter reading",
		"truck year:<20x16": "not a whole number",
	} {
		_, err := field.ParseFilter(r.Schema().Kind("equipment"), query, field.NewEnv(r, fieldtest.Saturday), fold)
		if err == nil || !strings.Contains(err.Error(), part) || failure.CodeOf(err) == "" {
			t.Errorf("%q: %v", query, err)
		}
	}
	if f, err := field.ParseFilter(r.Schema().Kind("equipment"), "", nil, fold); err != nil || !f.Empty() {
		t.Errorf("%v %v", f, err)
	}
	if f, _ := field.ParseFilter(r.Schema().Kind("equipment"), "-x", nil, fold); f.Empty() {
		t.Error("a filter that asks something is empty")
	}
	var none *field.Filter
	if !none.Empty() {
		t.Error("no filter lets everything through")
	}
}

// TestFilterNegates: a record passes exactly one of a question and its
// reverse.
func TestFilterNegates(t *testing.T) {
	r := shelf()
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom([]string{"truck", "year:>2016", "note:", "note:*", "owner:ray", `"dump truck"`,
			"replacement_value:<=0"}).Draw(t, "question")
		k, env := r.Schema().Kind("equipment"), field.NewEnv(r, fieldtest.Saturday)
		yes, err1 := field.ParseFilter(k, q, env, fold)
		no, err2 := field.ParseFilter(k, "-"+q, env, fold)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for _, rec := range r.Scan("equipment") {
			key := string(field.SearchKey(nil, k, rec, env, fold))
			if yes.Match(key, rec, env, false) == no.Match(key, rec, env, false) {
				t.Fatalf("%q and its reverse agree on %v", q, rec)
			}
		}
	})
}

// FuzzFilter: no question makes the language stumble.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{"", "a b", `"a b`, "-owner:", "year:>", "year:<=x", "::", "-:-", "owner:>\"", "é:ü",
		"\x00\xff", "start:>+9999999d"} {
		f.Add(s)
	}
	r := shelf()
	k, env := r.Schema().Kind("equipment"), field.NewEnv(r, fieldtest.Saturday)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := field.ParseFilter(k, s, env, fold)
		if err != nil {
			if failure.CodeOf(err) == "" {
				t.Fatalf("%q: %v is no sentence", s, err)
			}
			return
		}
		for _, rec := range r.Scan("equipment") {
			key := string(field.SearchKey(nil, k, rec, env, fold))
			if q.Match(key, rec, env, false) && !q.Match(key, rec, env, true) && !strings.Contains(s, "-") {
				t.Fatalf("%q finds strictly what it does not find loosely", s)
			}
		}
	})
}
