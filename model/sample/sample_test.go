package sample

import (
	"fmt"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// obey runs every record of a set through its kind's rules as the store does,
// with all the others present, and looks every reference up.
func obey(t *testing.T, s *Set, today value.Day) {
	t.Helper()
	r := s.Reader()
	seen := map[string]string{}
	met := map[string]bool{}
	bad := 0
	_ = s.Each(func(kind string, rec any) error {
		k := r.Schema().Kind(kind)
		name := fmt.Sprintf("%s #%d", kind, k.ID(rec))
		if k.ID(rec) == 0 || met[name] {
			t.Errorf("%s: the number is zero or used twice", name)
		}
		for _, p := range k.Check(r, today, nil, rec) {
			if p.Warning && strings.Contains(p.Message, "has not come back") {
				continue // some loans of a large sample are late on purpose
			}
			t.Errorf("%s: %s: %s (warning: %v)", name, p.Field, p.Message, p.Warning)
			bad++
		}
		k.Refs(rec, func(c *field.Column, target string, id uint64) {
			if r.Get(target, id) == nil {
				t.Errorf("%s: %s refers to %s #%d, which is not there", name, c.Name, target, id)
			}
			if !met[fmt.Sprintf("%s #%d", target, id)] {
				t.Errorf("%s comes before %s #%d, to which it refers", name, target, id)
			}
		})
		met[name] = true
		for i, set := range k.Unique {
			if key, full := uniqueKey(k, set, rec); full {
				key = fmt.Sprint(kind, i, key)
				if other, twice := seen[key]; twice {
					t.Errorf("%s and %s share %v", other, name, set)
				}
				seen[key] = name
			}
		}
		if bad > 20 {
			t.Fatal("too many to list")
		}
		return nil
	})
}

func uniqueKey(k *field.Kind, set []string, rec any) (key string, full bool) {
	for _, name := range set {
		c := k.Column(name)
		if c.Empty(rec) {
			return "", false
		}
		key += "\x00" + string(c.Key(nil, rec, nil))
	}
	return key, true
}

func days() []value.Day {
	return []value.Day{value.Date(2027, 2, 20), value.Date(2026, 12, 31), value.Date(2028, 2, 29),
		value.Date(2026, 7, 1)}
}

func TestStoryObeysTheRules(t *testing.T) {
	for _, today := range days() {
		t.Run(today.String(), func(t *testing.T) { obey(t, Story(today), today) })
	}
}

func TestScaleObeysTheRules(t *testing.T) {
	today := value.Date(2027, 2, 20)
	for _, n := range []int{0, 1, 7, 300, 3000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			s := Scale(n, today)
			if len(s.People) != n || n >= 10 && len(s.Equipment) != n/10 || len(s.Reservations) != n/5 {
				t.Errorf("%d people, %d units, %d reservations", len(s.People), len(s.Equipment), len(s.Reservations))
			}
			obey(t, s, today)
		})
	}
}

// TestSameAgain holds the promise that the same arguments give the same
// records.
func TestSameAgain(t *testing.T) {
	today := days()[0]
	for name, make := range map[string]func() *Set{
		"story": func() *Set { return Story(today) },
		"scale": func() *Set { return Scale(500, today) },
	} {
		if a, b := stored(make()), stored(make()); a != b || len(a) < 1000 {
			t.Errorf("%s differs from one time to the next, or is empty", name)
		}
	}
}

func stored(s *Set) string {
	schema := model.NewSchema()
	var b []byte
	_ = s.Each(func(kind string, rec any) error {
		b = append(b, kind...)
		b = schema.Kind(kind).Pack(b, rec)
		return nil
	})
	return string(b)
}

func TestEverythingSaysSample(t *testing.T) {
	for name, s := range map[string]*Set{"story": Story(days()[0]), "scale": Scale(200, days()[0])} {
		if len(s.Settings) != 1 || !s.Settings[0].Sample {
			t.Errorf("%s: the settings do not say Sample", name)
		}
		for _, p := range s.People {
			if len(p.Tags) == 0 || p.Tags[0] != "sample" || !strings.HasSuffix(p.Email, ".sample.example") {
				t.Errorf("%s: %s is not marked", name, p.Name)
			}
		}
		for _, e := range s.Equipment {
			if !strings.HasPrefix(e.Tag, "SAMPLE-") {
				t.Errorf("%s: %s is not marked", name, e.Tag)
			}
		}
	}
}

// TestStory holds what the tour and the pictures rely on.
func TestStory(t *testing.T) {
	today := days()[0]
	s := Story(today)
	r := s.Reader()
	now := today.At(9, 0)
	var late, backToday, requests, approved int
	for _, v := range s.Reservations {
		switch {
		case v.Overdue(now):
			late++
			if unit := field.Get(r, v.Unit); unit.Category != "dump truck" {
				t.Errorf("the late unit is a %s", unit.Category)
			}
		case v.State == lending.OutOnLoan && v.End.V.Day() == today:
			backToday++
		case v.State == lending.Requested:
			requests++
		case v.State == lending.Approved:
			approved++
		}
	}
	if late != 1 || backToday != 2 || requests != 3 || approved != 2 {
		t.Errorf("late %d, back today %d, requests %d, approved %d", late, backToday, requests, approved)
	}
	if d := s.Events[1].Date.V - today; d != 9 {
		t.Errorf("the event is in %d days", d)
	}
	due := partnership.NextBriefing(r, field.Get(r, grandview), today)
	if due.Due.V-today != 12 || due.Planned.Set {
		t.Errorf("Grandview's briefing is due in %d days", due.Due.V-today)
	}
	given := 0
	for a := range field.Of[cyber.Answer](r, "cycle", cyber.CycleID(2)) {
		if a.Partner != raytown && a.Partner != grandview {
			t.Errorf("city %d answers the open cycle too", a.Partner)
		}
		if a.Partner == raytown && a.Given() != "" {
			given++
		}
	}
	if given != 106-38 {
		t.Errorf("%d answers given", given)
	}
	people := map[string]bool{}
	for _, p := range s.People {
		if people[p.Name] {
			t.Errorf("two people are called %s", p.Name)
		}
		people[p.Name] = true
		if len(p.Duties) < 2 {
			t.Errorf("%s has no duties", p.Name)
		}
	}
	if len(people) != 72 {
		t.Errorf("%d people", len(people))
	}
}

// TestEachStops checks that a visitor's error ends the visit and comes back.
func TestEachStops(t *testing.T) {
	stop := fmt.Errorf("enough")
	n := 0
	err := Story(days()[0]).Each(func(string, any) error {
		if n++; n == 10 {
			return stop
		}
		return nil
	})
	if err != stop || n != 10 {
		t.Errorf("%d visits, error %v", n, err)
	}
}

func BenchmarkScale(b *testing.B) {
	for b.Loop() {
		Scale(10_000, days()[0])
	}
}

// What the samples hold can be typed: an export of them comes back.
func TestEveryValueCanBeReadBack(t *testing.T) {
	today := value.Date(2027, 2, 20)
	for name, set := range map[string]*Set{"story": Story(today), "scale": Scale(3000, today)} {
		env := field.NewEnv(set.Reader(), today)
		schema := set.Reader().Schema()
		err := set.Each(func(kind string, rec any) error {
			k := schema.Kind(kind)
			for _, c := range k.Columns {
				if err := c.Parse(k.New(), string(c.Format(nil, rec, env)), env); err != nil {
					t.Errorf("%s: %s of %s: %v", name, c.Name, k.Label(rec), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
