package report

import (
	"slices"
	"strconv"

	"interlocal/model"
)

// resultsOf writes what came of the events: visits, hours, what each city gave
// and received, and what people said.
func resultsOf(r model.Reader, _ About, now model.Wall) (*Document, error) {
	c := &citations{r: r}
	doc := &Document{Title: "Results of job shadowing", Subtitle: subtitle(model.SettingsOf(r), now.Day())}
	events := slices.Collect(model.All[model.Event](r))
	slices.SortStableFunc(events, func(a, b *model.Event) int { return cmpDay(a.Date, b.Date) })
	t := Table{Head: []string{"Event", "Date", "Sign-ups", "Visits", "Half days", "Missed", "Useful", "Similar work", "Again", "Sheets"},
		Right: []bool{false, false, true, true, true, true, true, true, true, true}}
	gave := map[model.PartnerID]*exchangeOfDays{}
	for _, e := range events {
		t.Rows = append(t.Rows, eventRow(c, e, gave))
	}
	if len(events) == 0 {
		doc.Sections = []Section{{"Events", []Block{Paragraph{plain("Events: " + NotRecorded + ".")}}}}
		return doc, nil
	}
	doc.Sections = []Section{{"Events", []Block{t}}, {"What the cities gave and received", []Block{balanceTable(c, gave)}}}
	doc.Notes = []string{"Visits are those planned or held. Grades are averages from 1 to " + strconv.Itoa(model.HighestGrade) +
		", given when at least " + strconv.Itoa(model.FewestSheets) + " people answered."}
	doc.Sources = c.sources()
	return doc, nil
}

// exchangeOfDays is what a city's people visited and hosted, with the matches.
type exchangeOfDays struct {
	made, given         int
	madeFrom, givenFrom []uint64
}

func eventRow(c *citations, e *model.Event, gave map[model.PartnerID]*exchangeOfDays) []Text {
	var visits, missed []uint64
	halves := 0
	for m := range model.Of[model.Match](c.r, "event", e.ID) {
		if m.State == model.MatchMissed {
			missed = append(missed, uint64(m.ID))
		}
		if !m.Live() {
			continue
		}
		visits = append(visits, uint64(m.ID))
		halves += len(m.Slots)
		tallyCities(c.r, m, gave)
	}
	var signed []uint64
	for s := range model.Of[model.Signup](c.r, "event", e.ID) {
		if s.Stands() {
			signed = append(signed, uint64(s.ID))
		}
	}
	date := plain(NotRecorded)
	if e.Date.Set {
		date = plain(e.Date.V.Long())
	}
	figure := func(n int, kind string, ids []uint64, how string) Text {
		return Text{c.tally(strconv.Itoa(n), kind, ids, how+" of "+e.Name)}
	}
	grade := func(v model.Opt[model.Tenths], field string) Text {
		if !v.Set {
			return plain(NotRecorded)
		}
		return c.text(strconv.FormatInt(int64(v.V)/10, 10)+"."+strconv.FormatInt(int64(v.V)%10, 10), "events", uint64(e.ID), field)
	}
	sheets := plain(NotRecorded)
	if e.Voice.Sheets.Set {
		sheets = c.text(strconv.FormatInt(e.Voice.Sheets.V, 10), "events", uint64(e.ID), "voice_sheets")
	}
	return []Text{plain(e.Name), date, figure(len(signed), "signups", signed, "sign-ups that stand"),
		figure(len(visits), "matches", visits, "visits planned or held"), figure(halves, "matches", visits, "half days of the visits"),
		figure(len(missed), "matches", missed, "visits missed"),
		grade(e.Voice.Useful, "voice_useful"), grade(e.Voice.Similar, "voice_similar"), grade(e.Voice.Again, "voice_again"), sheets}
}

// tallyCities adds a visit to what two cities gave and received.
func tallyCities(r model.Reader, m *model.Match, gave map[model.PartnerID]*exchangeOfDays) {
	at := func(id model.PersonID) *exchangeOfDays {
		p := model.Get(r, id)
		if p == nil {
			return &exchangeOfDays{}
		}
		if gave[p.Partner] == nil {
			gave[p.Partner] = &exchangeOfDays{}
		}
		return gave[p.Partner]
	}
	v, h := at(m.Visitor), at(m.Host)
	v.made, v.madeFrom = v.made+len(m.Slots), append(v.madeFrom, uint64(m.ID))
	h.given, h.givenFrom = h.given+len(m.Slots), append(h.givenFrom, uint64(m.ID))
}

func balanceTable(c *citations, gave map[model.PartnerID]*exchangeOfDays) Block {
	t := Table{Head: []string{"City", "Half days its people visited", "Half days it hosted"}, Right: []bool{false, true, true}}
	for p := range model.All[model.Partner](c.r) {
		g := gave[p.ID]
		if g == nil {
			if !p.Governs() || !p.Active() {
				continue
			}
			g = &exchangeOfDays{}
		}
		t.Rows = append(t.Rows, []Text{plain(p.Name), {c.tally(strconv.Itoa(g.made), "matches", g.madeFrom, "half days visited by people of "+p.Name)},
			{c.tally(strconv.Itoa(g.given), "matches", g.givenFrom, "half days hosted by people of "+p.Name)}})
	}
	return t
}
