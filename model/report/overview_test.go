package report

import (
	"encoding/json"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/fieldtest"
	"interlocal/model/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// today is the day on which these tests take place: Saturday, 20 February 2027.
const today model.Day = 20869

// morning is nine o'clock on that day.
func morning() model.Wall { return today.At(9, 0) }

func on(days int) model.Opt[model.Day] { return model.Some(today + model.Day(days)) }

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what was accepted (run with -update to accept):\n%s", name, got)
	}
}

// file makes a reader over the founding partners and some records.
func file(recs ...model.Record) *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	for _, p := range model.NewFounding().Partners {
		m.Put("partners", p)
	}
	for _, rec := range recs {
		put(m, rec)
	}
	return m
}

// put adds a record given by value; one without a number gets the next.
func put(m *fieldtest.Memory, rec model.Record) {
	k := m.Schema().Kind(rec.KindName())
	p := pointer(rec)
	if k.ID(p) == 0 {
		n := uint64(1)
		for id := range m.Scan(k.Name) {
			n = id + 1
		}
		k.SetID(p, n)
	}
	m.Put(k.Name, p)
}

func pointer(rec model.Record) any {
	switch v := rec.(type) {
	case model.Partner:
		return &v
	case model.Person:
		return &v
	case model.Resolution:
		return &v
	case model.Briefing:
		return &v
	case model.Program:
		return &v
	case model.Idea:
		return &v
	case model.Agreement:
		return &v
	case model.Event:
		return &v
	case model.Signup:
		return &v
	case model.Equipment:
		return &v
	case model.Meeting:
		return &v
	case model.Return:
		return &v
	case model.Charge:
		return &v
	case model.Reservation:
		return &v
	case model.Cycle:
		return &v
	case model.Answer:
		return &v
	}
	panic("no such record in these tests")
}

func founding() *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	_ = model.NewFounding().Each(func(kind string, rec any) error { m.Put(kind, rec); return nil })
	return m
}

func TestOverviewOfAStory(t *testing.T) {
	r := sample.Story(today).Reader()
	s := Overview(r, morning())
	golden(t, "story.txt", OverviewText(s, model.SettingsOf(r), 100))
	if len(s.First) != 0 {
		t.Errorf("a file in full use is told what to do first: %v", s.First)
	}
	b, err := OverviewJSON(s, model.SettingsOf(r))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "story.json", string(b))
}

// TestFoundingAccusesNobody: on a new file nothing is late, due or missing,
// and the first steps say what to do.
func TestFoundingAccusesNobody(t *testing.T) {
	r := founding()
	s := Overview(r, morning())
	if len(s.Attention) != 0 || len(s.Coming) != 0 {
		t.Errorf("attention %v, coming %v", s.Attention, s.Coming)
	}
	want := []Step{
		{"people", "a", "Add each city's liaison so that colleagues find them"},
		{"briefings", "a", "Record the last council briefing of each city"},
		{"programs", "e", "Say who leads each program"},
		{"agreements", "a", "Record the agreements in force between the cities"},
	}
	if !slices.Equal(s.First, want) {
		t.Errorf("first steps %q", s.First)
	}
	for _, tile := range s.Tiles {
		if tile.Value == "0" {
			t.Errorf("%s is shown as zero though nobody has recorded it", tile.Name)
		}
		if tile.Note == "" {
			t.Errorf("%s does not say how it is counted", tile.Name)
		}
		if tile.Number.Set == (tile.Value == NotRecorded) {
			t.Errorf("%s: number %v and value %q disagree", tile.Name, tile.Number, tile.Value)
		}
	}
	golden(t, "founding.txt", OverviewText(s, model.SettingsOf(r), 80))
}

func TestOverviewOfNothing(t *testing.T) {
	r := fieldtest.NewMemory(model.NewSchema())
	s := Overview(r, morning())
	if len(s.Attention) != 0 || len(s.First) == 0 || s.First[0].Kind != "partners" {
		t.Errorf("attention %v, first %v", s.Attention, s.First)
	}
	if b, err := OverviewJSON(s, model.SettingsOf(r)); err != nil || !json.Valid(b) || strings.Contains(string(b), `"attention": null`) {
		t.Errorf("%v\n%s", err, b)
	}
}

// TestStepsDisappear: each step goes once it has been done, and names who is
// left while it is half done.
func TestStepsDisappear(t *testing.T) {
	r := founding()
	liaison := func(p model.PartnerID) model.Person {
		return model.Person{Name: "L", Partner: p, Roles: []model.ContactRole{model.RoleLiaison}}
	}
	has := func(text string) bool {
		return slices.ContainsFunc(FirstSteps(r), func(s Step) bool { return s.Text == text })
	}
	for _, p := range []model.PartnerID{1, 2, 3} {
		put(r, liaison(p))
	}
	if !has("Add the liaison of Grandview and Raytown") {
		t.Errorf("%v", FirstSteps(r))
	}
	put(r, model.Person{Name: "Left", Partner: 4, Left: true, Roles: []model.ContactRole{model.RoleLiaison}})
	put(r, liaison(5))
	if !has("Add the liaison of Grandview") {
		t.Errorf("%v", FirstSteps(r))
	}
	put(r, liaison(4))
	for p := range model.PartnerID(5) {
		put(r, model.Briefing{Partner: p + 1, Date: on(-30), Status: model.BriefingGiven})
	}
	put(r, model.Agreement{Title: "Mutual use"})
	put(r, model.Equipment{Tag: "T", Name: "Truck", Owner: 1})
	if got := FirstSteps(r); len(got) != 1 || got[0].Text != "Say who leads each program" {
		t.Errorf("%v", got)
	}
	lead := *model.Get(r, model.ProgramID(1))
	lead.Lead = 2
	r.Put("programs", &lead)
	if got := FirstSteps(r); len(got) != 0 {
		t.Errorf("%v", got)
	}
	s := Programs(r, morning())
	if len(s.Attention) != 4 || s.Attention[0].Urgency != Note {
		t.Errorf("the other live programs without a lead are noted: %v", s.Attention)
	}
}

// TestCaps: a large file gives a short overview that says how much it left out.
func TestCaps(t *testing.T) {
	r := file(model.Equipment{ID: 1, Tag: "T-1", Name: "Truck", Owner: 1})
	for i := range 500 {
		start := model.Some((today - model.Day(i+2)).At(7, 0))
		put(r, model.Reservation{Unit: 1, Borrower: 2, State: model.OutOnLoan, Start: start, End: model.Some(start.V + 600)})
		put(r, model.Reservation{Unit: 1, Borrower: 2, State: model.Approved, Start: model.Some((today + 3).At(7, 0))})
	}
	s := Overview(r, morning())
	if len(s.Attention) != maxLines || s.More != 500-maxLines {
		t.Errorf("%d lines and %d more", len(s.Attention), s.More)
	}
	if s.Attention[0].Due.V != today-501 {
		t.Errorf("the oldest comes first, not %v", s.Attention[0])
	}
	if len(s.Coming) != maxComing || s.Later != 500-maxComing {
		t.Errorf("%d coming and %d later", len(s.Coming), s.Later)
	}
}

// TestOrder: most urgent, then earliest, then by text, lines without a day
// last; whatever the order of contributors.
func TestOrder(t *testing.T) {
	lines := []Line{
		{Text: "b", Urgency: Overdue, Due: on(-1)},
		{Text: "a", Urgency: Overdue},
		{Text: "c", Urgency: DueSoon, Due: on(1)},
		{Text: "d", Urgency: DueSoon, Due: on(1)},
		{Text: "a", Urgency: DueSoon, Due: on(2)},
		{Text: "a", Urgency: Waiting},
		{Text: "a", Urgency: Note},
	}
	var contributors []Contributor
	for _, l := range lines {
		contributors = append(contributors, func(model.Reader, model.Wall) Contribution { return Contribution{Attention: []Line{l}} })
	}
	slices.Reverse(contributors)
	got := Overview(file(), morning(), contributors...).Attention
	if !slices.Equal(got, lines) {
		t.Errorf("%v", got)
	}
}

// seenBy hides from a reader what an identity may not see, as the store does.
type seenBy struct {
	*fieldtest.Memory
	id access.Identity
}

func (s seenBy) redact(kind string, rec any) any {
	if rec == nil {
		return nil
	}
	k := s.Schema().Kind(kind)
	parties := k.Parties(s.Memory, rec)
	if !s.id.Sees(k, parties) {
		return nil
	}
	return k.Redacted(rec, func(c *model.Column) bool { return !s.id.SeesField(k, c, parties) })
}

func (s seenBy) Get(kind string, id uint64) any { return s.redact(kind, s.Memory.Get(kind, id)) }

func (s seenBy) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id, rec := range s.Memory.Scan(kind) {
			if rec = s.redact(kind, rec); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

func (s seenBy) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id, rec := range s.Memory.Refer(kind, field, target) {
			if rec = s.redact(kind, rec); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

// TestAnswersOfOthersYieldNothing: only the city itself, and whoever keeps the
// file alone, learns how many answers it has to go.
func TestAnswersOfOthersYieldNothing(t *testing.T) {
	all := sample.Story(today).Reader()
	for name, c := range map[string]struct {
		id   access.Identity
		told bool
	}{
		"its own assessor":  {access.Identity{Role: access.Assessor, Partner: 5}, true},
		"keeper":            {access.Alone("x"), true},
		"another's":         {access.Identity{Role: access.Assessor, Partner: 1}, false},
		"its own editor":    {access.Identity{Role: access.Editor, Partner: 5}, false},
		"the facilitator's": {access.Identity{Role: access.Coordinator, Partner: 6}, false},
		"admin":             {access.Identity{Role: access.Admin}, false},
		"viewer":            {access.Identity{Role: access.Viewer, Partner: 1}, false},
	} {
		s := Overview(seenBy{all, c.id}, morning())
		text := OverviewText(s, &model.Settings{}, 100)
		if told := strings.Contains(text, "38 of 106 answers left"); told != c.told {
			t.Errorf("%s: told %v, want %v", name, told, c.told)
		}
		if !c.told && (strings.Contains(text, "Answers given") || strings.Contains(text, "68")) {
			t.Errorf("%s sees a trace of the answers:\n%s", name, text)
		}
		if !c.told && !strings.Contains(text, "self-assessment is open until Apr 2, 2027 (in 41 days)") {
			t.Errorf("%s is not told that the cycle is open:\n%s", name, text)
		}
	}
}

func BenchmarkOverview(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		r := sample.Scale(n, today).Reader()
		Overview(r, morning())
		b.Run(thousands(int64(n)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Overview(r, morning())
			}
		})
	}
}
