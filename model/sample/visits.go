package sample

import (
	"slices"

	"interlocal/model"
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
func (t *teller) match(e *model.Event) {
	state := model.MatchProposed
	if e.State == model.EventClosed {
		state = model.MatchHeld
	}
	busy := map[model.PersonID][]model.Slot{}
	guests := map[model.PersonID]map[model.Slot]int64{}
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
				guests[h.Person] = map[model.Slot]int64{}
			}
			for _, s := range when {
				guests[h.Person][s]++
			}
			t.Matches = append(t.Matches, &model.Match{ID: model.MatchID(len(t.Matches) + 1), Event: e.ID, Visitor: v.Person, Host: h.Person,
				Slots: when, State: state, Score: 520 + int64(mix(uint64(v.Person)*97+uint64(h.Person))%260), Needs: v.Needs,
				Reasons: "the same line of work: " + t.person(h.Person).Duties[0]})
			break
		}
	}
}

// sameTrade reports whether two people of different cities do the same job.
func (t *teller) sameTrade(a, b model.PersonID) bool {
	return (int(a)-1)%jobCount == (int(b)-1)%jobCount && t.person(a).Partner != t.person(b).Partner
}

// room finds half days in which a visitor and a host are both free; nil when
// there are none for as long as the visitor asks.
func (t *teller) room(v, h *model.Signup, slots []model.Slot, busy map[model.PersonID][]model.Slot, guests map[model.PersonID]map[model.Slot]int64) []model.Slot {
	var free []model.Slot
	for _, s := range slots {
		if v.Free(s) && h.Free(s) && !slices.Contains(busy[v.Person], s) && !slices.Contains(busy[h.Person], s) &&
			guests[v.Person][s] == 0 && guests[h.Person][s] < h.Seats() {
			free = append(free, s)
		}
	}
	switch {
	case len(free) == 0 || v.Length == model.FullDay && len(free) < 2:
		return nil
	case v.Length == model.HalfDay || len(free) < 2:
		return free[:1]
	}
	return free[:2]
}

// lastYear records what people said of the event a year ago.
func (t *teller) lastYear() {
	grades := [][3]int64{{5, 4, 5}, {4, 4, 5}, {5, 5, 5}, {4, 3, 4}, {5, 4, 5}, {3, 4, 4}, {5, 5, 5}}
	words := []string{"Their checklist for new hires", "", "How they schedule crews from a phone", "", "One form for all purchase requests", "", ""}
	for i, g := range grades {
		f := &model.Feedback{ID: model.FeedbackID(i + 1), Event: 1, Useful: model.Some(g[0]), Similar: model.Some(g[1]), Again: model.Some(g[2]),
			Learned: words[i], Side: model.FromVisitor}
		if i == 5 {
			f.Better, f.Side = "More time with the crew and less in meetings", model.FromHost
		}
		t.Feedback = append(t.Feedback, f)
	}
	t.Synonyms = []*model.Synonym{{ID: 1, Short: "brine truck", Long: "snow and ice control"},
		{ID: 2, Short: "agenda software", Long: "council agenda"}}
	t.Events[0].Voice = model.FeedbackSum{Sheets: model.Some(int64(len(grades))), Useful: model.Some[model.Tenths](44),
		Similar: model.Some[model.Tenths](41), Again: model.Some[model.Tenths](47)}
}
