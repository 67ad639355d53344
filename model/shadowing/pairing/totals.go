package pairing

import (
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// Total is what an event has come to: what is planned where it is still to come,
// what was held where it is over.
type Total struct{ Signups, Visits, Halves, Placed, Missed, Cities int }

// Total adds the event up.
func (b *Board) Total() Total {
	t := Total{Signups: len(b.Entries), Visits: len(b.Matches), Cities: len(b.Cities)}
	placed := map[partnership.PersonID]bool{}
	for _, m := range b.Matches {
		t.Halves += len(m.Slots)
		placed[m.Visitor] = true
	}
	for _, m := range b.Gone {
		if m.State == shadowing.MatchMissed {
			t.Missed++
		}
	}
	t.Placed = len(placed)
	return t
}

// Together adds up what each city gives and receives over several events.
func Together(boards []*Board) []Balance {
	var out []Balance
	at := map[partnership.PartnerID]int{}
	for _, b := range boards {
		for _, c := range b.Balance(b.Visits()) {
			i, known := at[c.City]
			if !known {
				i, at[c.City] = len(out), len(out)
				out = append(out, Balance{City: c.City, Name: c.Name})
			}
			sum := &out[i]
			sum.Visitors, sum.Visiting, sum.Hosts = sum.Visitors+c.Visitors, sum.Visiting+c.Visiting, sum.Hosts+c.Hosts
			sum.Made, sum.Given = sum.Made+c.Made, sum.Given+c.Given
		}
	}
	return out
}
