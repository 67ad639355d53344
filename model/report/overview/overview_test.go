package overview

import (
	"encoding/json"
	"flag"
	"reflect"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/text"
	"interlocal/model/value"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// today is the day on which these tests take place: Saturday, 20 February 2027.
const today = fieldtest.Saturday

// morning is nine o'clock on that day.
func morning() value.Wall { return today.At(9, 0) }

// at looks through records on that morning.
func at(r field.Reader) field.Viewpoint { return field.Viewpoint{Reader: r, Now: morning()} }

func golden(t *testing.T, name, got string) {
	t.Helper()
	fieldtest.Golden(t, *update, name, got)
}

// file makes a reader over the founding partners and some records.
func file(recs ...field.Record) *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	for _, p := range partnership.NewSeed().Partners {
		m.Add(p)
	}
	for _, rec := range recs {
		m.Add(rec)
	}
	return m
}

func founding() *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	_ = partnership.NewSeed().Each(func(kind string, rec any) error { m.Put(kind, rec); return nil })
	return m
}

// seenBy hides from a reader what an identity may not see, as the store does.
func seenBy(m *fieldtest.Memory, id access.Identity) fieldtest.Seen {
	return fieldtest.Seen{Memory: m, Hide: func(k *field.Kind, parties []field.Party) (bool, func(*field.Column) bool) {
		return id.Sees(k, parties), func(c *field.Column) bool { return !id.SeesField(k, c, parties) }
	}}
}

func on(days int) value.Opt[value.Day] { return fieldtest.On(days) }

func TestOverviewOfAStory(t *testing.T) {
	r := sample.Story(today).Reader()
	s := Of(at(r))
	golden(t, "story.txt", Text(s, partnership.SettingsOf(r), 100, false))
	if len(s.First) != 0 {
		t.Errorf("a file in full use is told what to do first: %v", s.First)
	}
	b, err := JSON(s, partnership.SettingsOf(r))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "story.json", string(b))
}

// TestFoundingAccusesNobody: on a new file nothing is late, due or missing,
// and the first steps say what to do.
func TestFoundingAccusesNobody(t *testing.T) {
	r := founding()
	s := Of(at(r))
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
		if tile.Number.Set == (tile.Value == document.NotRecorded) {
			t.Errorf("%s: number %v and value %q disagree", tile.Name, tile.Number, tile.Value)
		}
	}
	golden(t, "founding.txt", Text(s, partnership.SettingsOf(r), 80, false))
}

func TestOverviewOfNothing(t *testing.T) {
	r := fieldtest.NewMemory(model.NewSchema())
	s := Of(at(r))
	if len(s.Attention) != 0 || len(s.First) == 0 || s.First[0].Kind != "partners" {
		t.Errorf("attention %v, first %v", s.Attention, s.First)
	}
	if b, err := JSON(s, partnership.SettingsOf(r)); err != nil || !json.Valid(b) ||
		strings.Contains(string(b), `"attention": null`) {
		t.Errorf("%v\n%s", err, b)
	}
}

// TestStepsDisappear: each step goes once it has been done, and names who is
// left while it is half done.
func TestStepsDisappear(t *testing.T) {
	r := founding()
	liaison := func(p partnership.PartnerID) partnership.Person {
		return partnership.Person{Name: "L", Partner: p, Roles: []partnership.ContactRole{partnership.RoleLiaison}}
	}
	has := func(said string) bool {
		return slices.ContainsFunc(FirstSteps(r), func(s Step) bool { return s.Text == said })
	}
	for _, p := range []partnership.PartnerID{1, 2, 3} {
		r.Add(liaison(p))
	}
	if !has("Add the liaison of Grandview and Raytown") {
		t.Errorf("%v", FirstSteps(r))
	}
	r.Add(partnership.Person{Name: "Left", Partner: 4, Left: true,
		Roles: []partnership.ContactRole{partnership.RoleLiaison}})
	r.Add(liaison(5))
	if !has("Add the liaison of Grandview") {
		t.Errorf("%v", FirstSteps(r))
	}
	r.Add(liaison(4))
	for p := range partnership.PartnerID(5) {
		r.Add(partnership.Briefing{Partner: p + 1, Date: on(-30), Status: partnership.BriefingGiven})
	}
	r.Add(partnership.Agreement{Title: "Mutual use"})
	r.Add(lending.Equipment{Tag: "T", Name: "Truck", Owner: 1})
	if got := FirstSteps(r); len(got) != 1 || got[0].Text != "Say who leads each program" {
		t.Errorf("%v", got)
	}
	lead := *field.Get(r, partnership.ProgramID(1))
	lead.Lead = 2
	r.Put("programs", &lead)
	if got := FirstSteps(r); len(got) != 0 {
		t.Errorf("%v", got)
	}
	s := Programs(at(r))
	if len(s.Attention) != 4 || s.Attention[0].Urgency != field.Note {
		t.Errorf("the other live programs without a lead are noted: %v", s.Attention)
	}
}

// TestCaps: a large file gives a short overview that says how much it left out.
func TestCaps(t *testing.T) {
	r := file(lending.Equipment{ID: 1, Tag: "T-1", Name: "Truck", Owner: 1})
	for i := range 500 {
		start := value.Some((today - value.Day(i+2)).At(7, 0))
		r.Add(lending.Reservation{Unit: 1, Borrower: 2, State: lending.OutOnLoan, Start: start,
			End: value.Some(start.V + 600)})
		r.Add(lending.Reservation{Unit: 1, Borrower: 2, State: lending.Approved,
			Start: value.Some((today + 3).At(7, 0))})
	}
	s := Of(at(r))
	if len(s.Attention) != maxLines || s.More != 501-maxLines { // and one that no hand-over is recorded
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
		{Text: "b", Urgency: field.Overdue, Due: on(-1)},
		{Text: "a", Urgency: field.Overdue},
		{Text: "c", Urgency: field.DueSoon, Due: on(1)},
		{Text: "d", Urgency: field.DueSoon, Due: on(1)},
		{Text: "a", Urgency: field.DueSoon, Due: on(2)},
		{Text: "a", Urgency: field.Waiting},
		{Text: "a", Urgency: field.Note},
	}
	var contributors []Contributor
	for _, l := range lines {
		contributors = append(contributors,
			func(field.Viewpoint) Contribution { return Contribution{Attention: []Line{l}} })
	}
	slices.Reverse(contributors)
	got := Of(at(file()), contributors...).Attention
	if !reflect.DeepEqual(got, lines) {
		t.Errorf("%v", got)
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
		s := Of(at(seenBy(all, c.id)))
		said := Text(s, &partnership.Settings{}, 100, true)
		if told := strings.Contains(said, "38 of 106 answers left"); told != c.told {
			t.Errorf("%s: told %v, want %v", name, told, c.told)
		}
		if !c.told && (strings.Contains(said, "Answers given") || strings.Contains(said, "68")) {
			t.Errorf("%s sees a trace of the answers:\n%s", name, said)
		}
		if !c.told && !strings.Contains(said, "self-assessment is open until Apr 2, 2027 (in 41 days)") {
			t.Errorf("%s is not told that the cycle is open:\n%s", name, said)
		}
	}
}

func BenchmarkOverview(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		r := sample.Scale(n, today).Reader()
		Of(at(r))
		b.Run(text.Thousands(int64(n)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Of(at(r))
			}
		})
	}
}
