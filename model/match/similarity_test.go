package match

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func office() []Person {
	return []Person{
		{ID: "a", City: "Raytown", Department: "PW", Title: "WWTP Operator", Duties: "run the pumps and test " +
			"effluent samples"},
		{ID: "b", City: "Grandview", Department: "Public Works", Title: "Wastewater Treatment Plant Operator",
			Duties: "operate pumps; sample effluent"},
		{ID: "c", City: "Grandview", Department: "Finance", Title: "Payroll Clerk",
			Duties: "prepare payroll; pay invoices"},
		{ID: "d", City: "Raytown", Department: "Finance", Title: "Payroll Specialist",
			Duties: "process payroll and benefits"},
		{ID: "e", City: "Raytown", Department: "Utilities", Title: "Wastewater Operator", Duties: "operate pumps; " +
			"sample effluent"},
		{ID: "f", City: "Belton", Department: "", Title: "", Duties: ""},
	}
}

func TestNearestPeerDoesTheSameWorkInAnotherCity(t *testing.T) {
	people := office()
	s := NewSimilarity(people, SimilarityOptions{})
	for from, want := range map[int]string{0: "b", 1: "a", 2: "d", 3: "c", 4: "b"} {
		peers := s.Rank(from, 10)
		if len(peers) == 0 || people[peers[0].Index].ID != want {
			t.Errorf("nearest to %s: %v, want %s", people[from].ID, peers, want)
		}
		for _, p := range peers {
			if people[p.Index].City == people[from].City {
				t.Errorf("%s is ranked with %s of the same city", people[from].ID, people[p.Index].ID)
			}
		}
	}
}

func TestShortFormsAreWrittenOut(t *testing.T) {
	with := NewSimilarity(office(), SimilarityOptions{}).Rank(0, 1)[0]
	without := NewSimilarity(office(), SimilarityOptions{Synonyms: []Synonym{}}).Rank(0, 1)[0]
	if with.Score <= without.Score {
		t.Errorf("WWTP and wastewater treatment plant: %d with the table, %d without", with.Score, without.Score)
	}
	v := newVocabulary(DefaultSynonyms())
	names := func(text string) (out []string) {
		for _, id := range v.read(text) {
			out = append(out, v.words[id])
		}
		return out
	}
	for text, want := range map[string]string{
		"IT Mgr":               "information technology manager",
		"test it daily":        "test daily",
		"Parks & Rec":          "parks recreation",
		"the City's O and M":   "citys operations maintenance",
		"SCADA/HVAC":           "supervisory control telemetry heating ventilation air conditioning",
		"":                     "",
		"of the":               "",
		"Sécurité routière":    "sécurité routière",
		"a\u0000b \x1b[31mred": "b 31mred",
	} {
		if got := strings.Join(names(text), " "); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestSlipsOfTheKeyboardAreMended(t *testing.T) {
	v := newVocabulary(nil)
	for range mendSeen {
		v.read("warehouse could")
	}
	v.read("waerhouse cloud wareouse")
	m := v.mend()
	for slip, want := range map[string]string{"waerhouse": "warehouse", "cloud": "cloud", "wareouse": "wareouse",
		"could": "could"} {
		if got := v.words[m[v.number[slip]]]; got != want {
			t.Errorf("%s is mended to %s, want %s", slip, got, want)
		}
	}
}

func TestReasonsAddUpToTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := somePeople(t)
		s := NewSimilarity(people, SimilarityOptions{})
		for i, peers := range s.RankAll(5) {
			for k, p := range peers {
				sum := 0
				for _, r := range p.Reasons {
					sum += r.Points
				}
				if sum != p.Score {
					t.Fatalf("%v: reasons add up to %d", p, sum)
				}
				if k > 0 && peers[k-1].Score < p.Score {
					t.Fatalf("person %d: rank %d scores less than rank %d", i, k, k+1)
				}
				if people[p.Index].City == people[i].City {
					t.Fatalf("person %d is ranked with %d of the same city", i, p.Index)
				}
			}
		}
	})
}

func TestRankingDoesNotDependOnProcessors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := somePeople(t)
		one := NewSimilarity(people, SimilarityOptions{}).RankAll(8)
		backwards := func(n int, f func(int)) {
			for i := n - 1; i >= 0; i-- {
				f(i)
			}
		}
		two := NewSimilarity(people, SimilarityOptions{Parallel: backwards}).RankAll(8)
		if !reflect.DeepEqual(one, two) {
			t.Fatalf("%v\n%v", one, two)
		}
	})
}

func somePeople(t *rapid.T) []Person {
	word := rapid.SampledFrom(strings.Fields("street sweeper water meter reader clerk court police patrol fire hose " +
		"budget audit IT GIS maps the of"))
	text := rapid.Map(rapid.SliceOfN(word, 0, 6), func(w []string) string { return strings.Join(w, " ") })
	n := rapid.IntRange(0, 300).Draw(t, "people")
	people := make([]Person, n)
	pool := rapid.SliceOfN(text, 12, 12).Draw(t, "texts")
	shift := rapid.IntRange(1, 11).Draw(t, "shift")
	for i := range people {
		people[i] = Person{
			ID: fmt.Sprint(i), City: string(rune('A' + i*shift%4)), Department: pool[i%3],
			Title: pool[i%12], Duties: pool[(i*shift+i/12)%12], Tags: []string{pool[i%5]},
		}
	}
	return people
}

func TestTheSameWordsScoreAThousand(t *testing.T) {
	people := office()
	for i, p := range office()[:3] {
		p.ID, p.City = fmt.Sprint("copy", i), "Elsewhere"
		people = append(people, p)
	}
	s := NewSimilarity(people, SimilarityOptions{})
	for i := range 3 {
		top := s.Rank(i, 1)[0]
		if people[top.Index].ID != fmt.Sprint("copy", i) || top.Score < 700 || top.Score > 1300 {
			t.Errorf("%s: %s scores %d", people[i].ID, people[top.Index].ID, top.Score)
		}
	}
}

func TestFewPeople(t *testing.T) {
	for _, people := range [][]Person{nil, office()[:1], office()[5:], {office()[5], office()[5]},
		{office()[0], office()[4]}} {
		s := NewSimilarity(people, SimilarityOptions{})
		for i := range people {
			if peers := s.Rank(i, 5); len(peers) != 0 {
				t.Errorf("%d people of one city: %v", len(people), peers)
			}
		}
		if s.Rank(-1, 3) != nil || s.Rank(len(people), 3) != nil {
			t.Error("a person who does not exist has peers")
		}
	}
	if peers := NewSimilarity(office(), SimilarityOptions{}).Rank(0, 0); len(peers) != 0 {
		t.Errorf("asked for none, got %v", peers)
	}
}

func TestWeightsSwitchPartsOff(t *testing.T) {
	w := DefaultWeights()
	w.Area, w.DepartmentName, w.Agreement, w.Spelling, w.Related = 0, 0, 0, 0, 0
	for _, p := range NewSimilarity(office(), SimilarityOptions{Weights: &w}).Rank(0, 5) {
		for _, r := range p.Reasons {
			if r.Kind > OtherWords && r.Kind != Agreement {
				t.Errorf("a part that is switched off gave %v", r)
			}
			if r.Kind == Agreement && (r.Points > 3 || r.Points < -3) {
				t.Errorf("rounding left %v", r)
			}
		}
	}
}

func TestDescribe(t *testing.T) {
	got := Describe([]Reason{{SharedTitle, "operator", 120}, {SharedTitle, "water", 80}, {SimilarSpelling, "", 40},
		{Agreement, "P7", -3}})
	if want := "title: operator 120, water 80; spelling 40; similar people: P7 -3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadPeopleNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ in, field string }{
		"empty file":   {"", "people"},
		"no id column": {"name,city\n", "line 1"},
		"no city":      {"id,title\n", "line 1"},
		"empty id":     {"id,city\na,b\n,b\n", "line 3, id"},
		"empty city":   {"id,city\na,\n", "line 2, city"},
		"short row":    {"id,city\na\n", "line 2, city"},
		"twice":        {"id,city\na,b\na,c\n", "line 3, id"},
		"bad quote":    {"id,city\n\"a,b\n", "line 3"},
	} {
		_, err := ReadPeople(strings.NewReader(c.in))
		var bad *InputError
		if !errors.As(err, &bad) || (bad.Field != c.field && name != "bad quote") {
			t.Errorf("%s: %v, want an error about %s", name, err, c.field)
		}
	}
}

func TestReadPeople(t *testing.T) {
	in := "\ufeffID, City ,other,TITLE,tags,duties,department\n'-1,Raytown,x,Clerk,a; b;,\"files, stamps\",Court\n"
	got, err := ReadPeople(strings.NewReader(in))
	want := []Person{{ID: "-1", City: "Raytown", Title: "Clerk", Tags: []string{"a", "b"}, Duties: "files, stamps",
		Department: "Court"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

func TestWriteRankingIsSafeInASpreadsheet(t *testing.T) {
	people := office()
	people[0].ID = `=cmd|"x"`
	var out bytes.Buffer
	if err := WriteRanking(&out, NewSimilarity(people, SimilarityOptions{}), 2); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 6 || !slices.Equal(rows[0], []string{"id", "rank", "peer", "score", "reasons"}) {
		t.Fatalf("%v", rows)
	}
	for _, r := range rows {
		for _, c := range r {
			if c != "" && strings.ContainsRune("=+@", rune(c[0])) {
				t.Errorf("%q would run", c)
			}
		}
	}
}

func FuzzReadPeople(f *testing.F) {
	f.Add("id,city,department,title,duties\na,b,c,d,e\nf,g,h,WWTP op,\"x\n\"\n")
	f.Add("id,city\n\xff\xfe,\u202e\n")
	f.Fuzz(func(t *testing.T, in string) {
		people, err := ReadPeople(strings.NewReader(in))
		if err != nil || len(people) > 50 {
			return
		}
		var out bytes.Buffer
		if err := WriteRanking(&out, NewSimilarity(people, SimilarityOptions{}), 3); err != nil {
			t.Fatal(err)
		}
		if _, err := csv.NewReader(&out).ReadAll(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestBestEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOf(rapid.IntRange(0, 6)).Draw(t, "scores")
		n := rapid.IntRange(0, 10).Draw(t, "n")
		var all []entry
		for i, s := range scores {
			all = append(all, entry{int32(i), float32(s)})
		}
		want := slices.Clone(all)
		slices.SortFunc(want, byScore)
		want = want[:min(n, len(want))]
		got := slices.Clone(bestEntries(all, n))
		slices.SortFunc(got, byScore)
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestSpaceIsOrthonormal(t *testing.T) {
	const rows, dim = 300, 20
	basis := randomBasis(rows, dim)
	for r := range rows {
		basis[r*dim+7] = basis[r*dim+3]
	}
	for range 2 {
		orthonormalise(basis, rows, dim, nil)
	}
	gram := gramMatrix(basis, rows, dim, nil)
	for i := range dim {
		for j := 0; j <= i; j++ {
			want := 0.0
			if i == j && i != 7 {
				want = 1
			}
			if d := gram[i*dim+j] - want; d > 1e-4 || d < -1e-4 {
				t.Errorf("columns %d and %d: %g, want %g", i, j, gram[i*dim+j], want)
			}
		}
	}
}
