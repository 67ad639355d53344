package pairing

import (
	"encoding/json"
	"testing"

	"interlocal/model/match"
)

func TestABoundHoldsForWhatIsNoFreer(t *testing.T) {
	proved := &match.Problem{Slots: 2, Visits: new(2), Units: map[string]int{"u": 1}, People: []match.Participant{
		{ID: "a", Role: match.Both, Unit: "u", Capacity: new(2), Available: []bool{true, true}, Wants: match.Either},
		{ID: "b", Role: match.Host, Capacity: new(1), Available: []bool{true, false}}},
		Edges:  []match.Edge{{Visitor: "a", Host: "b", Half: new(int64(5)), Full: new(int64(9))}},
		Locked: []match.Lock{{Visitor: "a", Host: "b", Slot: 0}}}
	for name, c := range map[string]struct {
		change func(*match.Problem)
		want   bool
	}{
		"the same":             {func(*match.Problem) {}, true},
		"a visit less each":    {func(p *match.Problem) { p.Visits = new(1) }, true},
		"a visit more each":    {func(p *match.Problem) { p.Visits = new(3) }, false},
		"any number of visits": {func(p *match.Problem) { p.Visits = nil }, false},
		"a half day more":      {func(p *match.Problem) { p.Slots = 4 }, false},
		"only hosting":         {func(p *match.Problem) { p.People[0].Role = match.Host }, true},
		"hosting as well":      {func(p *match.Problem) { p.People[1].Role = match.Both }, false},
		"fewer at once":        {func(p *match.Problem) { p.People[0].Capacity = new(1) }, true},
		"more at once":         {func(p *match.Problem) { p.People[1].Capacity = new(2) }, false},
		"less often":           {func(p *match.Problem) { p.People[0].Available = []bool{true, false} }, true},
		"more often":           {func(p *match.Problem) { p.People[1].Available = []bool{true, true} }, false},
		"always":               {func(p *match.Problem) { p.People[1].Available = nil }, false},
		"half days only":       {func(p *match.Problem) { p.People[0].Wants = match.Half }, true},
		"somebody new": {func(p *match.Problem) {
			p.People = append(p.People, match.Participant{ID: "c", Role: match.Host})
		}, false},
		"a poorer match": {func(p *match.Problem) { p.Edges[0].Half = new(int64(4)) }, true},
		"a better match": {func(p *match.Problem) { p.Edges[0].Full = new(int64(10)) }, false},
		"no match":       {func(p *match.Problem) { p.Edges, p.Locked = nil, proved.Locked }, true},
		"a lock less":    {func(p *match.Problem) { p.Locked = nil }, false},
		"a lock more": {func(p *match.Problem) {
			p.Locked = append(p.Locked, match.Lock{Visitor: "a", Host: "b", Slot: 1})
		}, true},
		"more of a unit away": {func(p *match.Problem) { p.Units = map[string]int{"u": 2} }, false},
		"no cap":              {func(p *match.Problem) { p.Units = nil }, false},
		"a unit of no cap":    {func(p *match.Problem) { p.People[0].Unit = "" }, false},
	} {
		data, err := json.Marshal(proved)
		if err != nil {
			t.Fatal(err)
		}
		now := new(match.Problem)
		if err := json.Unmarshal(data, now); err != nil {
			t.Fatal(err)
		}
		c.change(now)
		if got := covers(proved, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
