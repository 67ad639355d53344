package pairing

import (
	"slices"

	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// Balance is what a city gives and receives, in visits and in half days.
type Balance struct {
	City     partnership.PartnerID
	Name     string
	Visitors int // people who signed up to visit
	Visiting int // of them, those with a visit
	Hosts    int // people who signed up to host
	Made     int // half days its people are away visiting
	Given    int // half days its hosts give to visitors
	Before   int // half days its people received at earlier events
}

// Balance says what each city would give and receive.
func (b *Board) Balance(visits []Visit) []Balance {
	out := make([]Balance, len(b.Cities))
	at := map[partnership.PartnerID]*Balance{}
	for i, c := range b.Cities {
		out[i] = Balance{City: c.ID, Name: c.Name, Before: b.received[c.ID]}
		at[c.ID] = &out[i]
	}
	for _, e := range b.Entries {
		if e.Signup.Visits() {
			at[e.Partner].Visitors++
		}
		if e.Signup.Hosts() {
			at[e.Partner].Hosts++
		}
	}
	var seen []partnership.PersonID
	for _, v := range visits {
		if e := b.Entry(v.Visitor); e != nil {
			at[e.Partner].Made += len(v.Slots)
			if !slices.Contains(seen, v.Visitor) {
				seen = append(seen, v.Visitor)
				at[e.Partner].Visiting++
			}
		}
		if e := b.Entry(v.Host); e != nil {
			at[e.Partner].Given += len(v.Slots)
		}
	}
	return out
}

// Visits gives the matches on record as visits, without comparing anybody's
// work anew.
func (b *Board) Visits() []Visit {
	out := make([]Visit, len(b.Matches))
	for i, m := range b.Matches {
		out[i] = Visit{Visitor: m.Visitor, Host: m.Host, Slots: m.Slots, Score: m.Score, Reasons: m.Reasons,
			Locked: m.Locked,
			State:  m.State, Match: m.ID}
	}
	return out
}

// comingShort gives the points for half a day of a visit by somebody of a city
// that received less, for each of its present visitors, than the city that
// received most at earlier events.
func (x *Round) comingShort(city partnership.PartnerID) int64 {
	people := map[partnership.PartnerID]int64{}
	for _, e := range x.Entries {
		if e.Signup.Visits() {
			people[e.Partner]++
		}
	}
	var best int64 // in thousandths of a half day for each visitor
	for c, n := range people {
		best = max(best, int64(x.received[c])*1000/n)
	}
	if best == 0 || people[city] == 0 {
		return 0
	}
	most := x.Event.Matching.FairPoints.Or(shadowing.DefaultFairPoints)
	return most * (best - int64(x.received[city])*1000/people[city]) / best
}
