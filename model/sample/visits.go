package sample

import (
	"slices"

	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// visits matches visitors of the story's events with hosts who have the same
// job in another city, and lets last year's visitors say how it was.
func (t *teller) visits() {
	for _, e := range t.Events {
		t.match(e)
	}
	t.lastYear()
}

// match gives each visitor, in the order of the sign-ups, the first host of the
// same trade who has room: for the full day where both have it free, else for
// half of it.
func (t *teller) match(e *shadowing.Event) {
	state := shadowing.MatchProposed
	if e.State == shadowing.EventClosed {
		state = shadowing.MatchHeld
	}
	busy := map[partnership.PersonID][]value.Slot{}
	guests := map[partnership.PersonID]map[value.Slot]int64{}
	slots := e.HalfDays()
	for _, v := range t.Signups {
		if v.Event != e.ID || !v.Stands() || !v.Visits() {
			continue
		}
		for _, h := range t.Signups {
			if h.Event != e.ID || !h.Stands() || !h.Hosts() || !t.sameTrade(v.Person, h.Person) {
				continue
			}
			when := t.room(v, h, slots, busy, guests)
			if when == nil {
				continue
			}
			busy[v.Person] = append(busy[v.Person], when...)
			if guests[h.Person] == nil {
				guests[h.Person] = map[value.Slot]int64{}
			}
			for _, s := range when {
				guests[h.Person][s]++
			}
			t.Matches = append(t.Matches, &shadowing.Match{ID: shadowing.MatchID(len(t.Matches) + 1), Event: e.ID,
				Visitor: v.Person, Host: h.Person,
				Slots: when, State: state, Score: 520 + int64(mix(uint64(v.Person)*97+uint64(h.Person))%260),
				Needs:   v.Needs,
				Reasons: "the same line of work: " + t.person(h.Person).Duties[0]})
			break
		}
	}
}

// sameTrade reports whether two people of different cities do the same job.
func (t *teller) sameTrade(a, b partnership.PersonID) bool {
	return (int(a)-1)%jobCount == (int(b)-1)%jobCount && t.person(a).Partner != t.person(b).Partner
}

// room finds half days in which a visitor and a host are both free; nil when
// there are none for as long as the visitor asks.
func (t *teller) room(v, h *shadowing.Signup, slots []value.Slot, busy map[partnership.PersonID][]value.Slot,
	guests map[partnership.PersonID]map[value.Slot]int64) []value.Slot {
	var free []value.Slot
	for _, s := range slots {
		if v.Free(s) && h.Free(s) && !slices.Contains(busy[v.Person], s) && !slices.Contains(busy[h.Person], s) &&
			guests[v.Person][s] == 0 && guests[h.Person][s] < h.Seats() {
			free = append(free, s)
		}
	}
	switch {
	case len(free) == 0 || v.Length == shadowing.FullDay && len(free) < 2:
		return nil
	case v.Length == shadowing.HalfDay || len(free) < 2:
		return free[:1]
	}
	return free[:2]
}

// lastYear records what people said of the event a year ago.
func (t *teller) lastYear() {
	grades := [][3]int64{{5, 4, 5}, {4, 4, 5}, {5, 5, 5}, {4, 3, 4}, {5, 4, 5}, {3, 4, 4}, {5, 5, 5}}
	words := []string{"Their checklist for new hires", "", "How they schedule crews from a phone", "",
		"One form for all purchase requests", "", ""}
	for i, g := range grades {
		f := &shadowing.Feedback{ID: shadowing.FeedbackID(i + 1), Event: 1, Useful: value.Some(g[0]),
			Similar: value.Some(g[1]), Again: value.Some(g[2]),
			Learned: words[i], Side: shadowing.FromVisitor}
		if i == 5 {
			f.Better, f.Side = "More time with the crew and less in meetings", shadowing.FromHost
		}
		t.Feedback = append(t.Feedback, f)
	}
	t.Synonyms = []*shadowing.Synonym{{ID: 1, Short: "brine truck", Long: "snow and ice control"},
		{ID: 2, Short: "agenda software", Long: "council agenda"}}
	t.Events[0].Voice = shadowing.FeedbackSum{Sheets: value.Some(int64(len(grades))),
		Useful:  value.Some[value.Tenths](44),
		Similar: value.Some[value.Tenths](41), Again: value.Some[value.Tenths](47)}
}
