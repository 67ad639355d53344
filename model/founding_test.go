package model

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func founded(t *testing.T) (*partnership.Seed, *fieldtest.Memory) {
	f, r := partnership.NewSeed(), with()
	if err := f.Each(func(_ string, rec any) error { r.Add(rec); return nil }); err != nil {
		t.Fatal(err)
	}
	return f, r
}

// TestFoundingPartners holds the published facts, and that what is not
// published is empty.
func TestFoundingPartners(t *testing.T) {
	f, _ := founded(t)
	want := []partnership.Partner{
		{ID: 1, Name: "Independence", Kind: partnership.City, Status: partnership.Member, Since: 2018,
			Population: value.Some[int64](123011), PopulationAs: "2020 census", GoverningBody: "City Council"},
		{ID: 2, Name: "Lee's Summit", Kind: partnership.City, Status: partnership.Member, Since: 2018,
			Population: value.Some[int64](101108), PopulationAs: "2020 census", GoverningBody: "City Council",
			FiscalStart: "07"},
		{ID: 3, Name: "Blue Springs", Kind: partnership.City, Status: partnership.Member, Since: 2018,
			Population: value.Some[int64](58603), PopulationAs: "2020 census", GoverningBody: "City Council",
			FiscalStart: "10"},
		{ID: 4, Name: "Grandview", Kind: partnership.City, Status: partnership.Member, Since: 2021},
		{ID: 5, Name: "Raytown", Kind: partnership.City, Status: partnership.Member, Since: 2021,
			Population: value.Some[int64](30012), PopulationAs: "2020 census", FiscalStart: "11"},
	}
	if len(f.Partners) != 6 {
		t.Fatalf("%d partners", len(f.Partners))
	}
	for i := range want {
		if !reflect.DeepEqual(*f.Partners[i], want[i]) {
			t.Errorf("got %+v\nwant %+v", *f.Partners[i], want[i])
		}
	}
	marc := f.Partners[5]
	if marc.Name != "Mid-America Regional Council" || marc.Short != "MARC" || marc.Kind != partnership.Facilitator ||
		marc.Governs() || marc.Population.Set ||
		marc.Since != 2018 || len(marc.Services) != 2 || !marc.Active() {
		t.Errorf("%+v", marc)
	}
}

func TestFoundingResolutions(t *testing.T) {
	f, _ := founded(t)
	type act struct {
		partner              partnership.PartnerID
		bill, number, states string
		date                 value.Opt[value.Day]
		status               partnership.ResolutionStatus
	}
	none := value.Opt[value.Day]{}
	want := []act{
		{1, "18-799", "6376", "2018 original", value.Some(value.Date(2018, 10, 15)), partnership.Passed},
		{2, "", "21-08", "2021 revised", value.Some(value.Date(2021, 4, 13)), partnership.OnAgenda},
		{1, "", "", "2021 revised", none, partnership.NotRecorded},
		{3, "", "", "2021 revised", none, partnership.NotRecorded},
		{4, "", "", "2021 revised", none, partnership.NotRecorded},
		{5, "", "", "2021 revised", none, partnership.NotRecorded},
	}
	var got []act
	for _, r := range f.Resolutions {
		got = append(got, act{r.Partner, r.Bill, r.Number, r.Revision, r.Date, r.Status})
		if r.Signed != (partnership.SignatureBlock{}) || r.Document != "" {
			t.Errorf("resolution %d names signers or a document nobody has published", r.ID)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestFoundingPrograms(t *testing.T) {
	f, _ := founded(t)
	var funded value.Cents
	steps := 0
	for _, p := range f.Programs {
		if p.Lead != 0 || p.Contact != 0 || p.Start.Set || p.End.Set || p.Next.Due.Set || p.Next.Owner != 0 ||
			p.Outcomes != "" {
			t.Errorf("%s holds something nobody has published: %+v", p.Name, p)
		}
		if sum, ok := p.Funded(); ok {
			funded += sum
			if !strings.Contains(p.Name, "co-responders") {
				t.Errorf("%s is funded", p.Name)
			}
		}
		if p.Next.What != "" {
			steps++
		}
		for _, part := range p.Participants {
			if part.Share.Set {
				t.Errorf("%s has a cost share", p.Name)
			}
		}
	}
	if funded != 748_000_00 || steps != 5 || len(f.Programs) != 9 {
		t.Errorf("funding %v, %d next steps, %d programs", funded, steps, len(f.Programs))
	}
	exit := f.Programs[1]
	if !exit.TakesPart(3) || !exit.TakesPart(1) || exit.TakesPart(2) {
		t.Errorf("exit interviews: %v", exit.Participants)
	}
}

// TestFoundingObeysTheRules: a new file is in order, with nothing due.
func TestFoundingObeysTheRules(t *testing.T) {
	f, r := founded(t)
	n := 0
	_ = f.Each(func(kind string, rec any) error {
		n++
		if got := fieldtest.Found(r, nil, rec); got != nil {
			t.Errorf("%s #%d: %q", kind, r.Schema().Kind(kind).ID(rec), got)
		}
		r.Schema().Kind(kind).Refs(rec, func(c *field.Column, target string, id uint64) {
			if r.Get(target, id) == nil {
				t.Errorf("%s.%s refers to %s #%d, which is not there", kind, c.Name, target, id)
			}
		})
		return nil
	})
	if n != 22 {
		t.Errorf("%d records", n)
	}
	for _, p := range f.Partners {
		if due := partnership.NextBriefing(r, p, fieldtest.Saturday); due != (partnership.BriefingDue{}) {
			t.Errorf("%s: %v", p.Name, due)
		}
	}
	s := partnership.SettingsOf(r)
	if s.Name != "Eastern Jackson County Shared Services Collaborative" || s.Zone != "America/Chicago" || s.Sample {
		t.Errorf("%+v", s)
	}
	if got := s.Location().String(); got != "America/Chicago" {
		t.Errorf("zone %s", got)
	}
	if got := partnership.SettingsOf(with()).Location().String(); got != "UTC" {
		t.Errorf("without settings the zone is %s", got)
	}
}

// TestFoundingIsFresh: what one caller changes another does not see.
func TestFoundingIsFresh(t *testing.T) {
	partnership.NewSeed().Partners[0].Name = "changed"
	if partnership.NewSeed().Partners[0].Name != "Independence" {
		t.Error("founding records are shared")
	}
}
