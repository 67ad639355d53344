package report

import (
	"slices"
	"strconv"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// resultsOf writes what came of the events: visits, hours, what each city gave
// and received, and what people said.
func resultsOf(r field.Reader, _ About, now value.Wall) (*document.Document, error) {
	c := &citations{r: r}
	doc := &document.Document{Title: "Results of job shadowing",
		Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	events := slices.Collect(field.All[shadowing.Event](r))
	slices.SortStableFunc(events, func(a, b *shadowing.Event) int { return value.CompareDays(a.Date, b.Date) })
	t := document.Table{Head: []string{"Event", "Date", "Sign-ups", "Visits", "Half days", "Missed", "Useful",
		"Similar work", "Again", "Sheets"},
		Right: []bool{false, false, true, true, true, true, true, true, true, true}}
	gave := map[partnership.PartnerID]*exchangeOfDays{}
	for _, e := range events {
		t.Rows = append(t.Rows, eventRow(c, e, gave))
	}
	if len(events) == 0 {
		doc.Sections = []document.Section{{Heading: "Events",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Events: " + document.NotRecorded +
				".")}}}}
		return doc, nil
	}
	doc.Sections = []document.Section{{Heading: "Events", Blocks: []document.Block{t}},
		{Heading: "What the cities gave and received", Blocks: []document.Block{balanceTable(c, gave)}}}
	doc.Notes = []string{"Visits are those planned or held. Grades are averages from 1 to " +
		strconv.Itoa(shadowing.HighestGrade) +
		", given when at least " + strconv.Itoa(shadowing.FewestSheets) + " people answered."}
	doc.Sources = c.sources()
	return doc, nil
}

// exchangeOfDays is what a city's people visited and hosted, with the matches.
type exchangeOfDays struct {
	made, given         int
	madeFrom, givenFrom []uint64
}

func eventRow(c *citations, e *shadowing.Event, gave map[partnership.PartnerID]*exchangeOfDays) []document.Text {
	var visits, missed []uint64
	halves := 0
	for m := range field.Of[shadowing.Match](c.r, "event", e.ID) {
		if m.State == shadowing.MatchMissed {
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
	for s := range field.Of[shadowing.Signup](c.r, "event", e.ID) {
		if s.Stands() {
			signed = append(signed, uint64(s.ID))
		}
	}
	date := document.Plain(document.NotRecorded)
	if e.Date.Set {
		date = document.Plain(e.Date.V.Long())
	}
	figure := func(n int, kind string, ids []uint64, how string) document.Text {
		return document.Text{c.tally(strconv.Itoa(n), kind, ids, how+" of "+e.Name)}
	}
	grade := func(v value.Opt[value.Tenths], field string) document.Text {
		if !v.Set {
			return document.Plain(document.NotRecorded)
		}
		return c.text(strconv.FormatInt(int64(v.V)/10, 10)+"."+strconv.FormatInt(int64(v.V)%10, 10),
			shadowing.KindEvents, uint64(e.ID), field)
	}
	sheets := document.Plain(document.NotRecorded)
	if e.Voice.Sheets.Set {
		sheets = c.text(strconv.FormatInt(e.Voice.Sheets.V, 10), shadowing.KindEvents, uint64(e.ID), "voice_sheets")
	}
	return []document.Text{document.Plain(e.Name), date, figure(len(signed), shadowing.KindSignups, signed,
		"sign-ups that stand"),
		figure(len(visits), shadowing.KindMatches, visits, "visits planned or held"),
		figure(halves, shadowing.KindMatches, visits, "half days of the visits"),
		figure(len(missed), shadowing.KindMatches, missed, "visits missed"),
		grade(e.Voice.Useful, "voice_useful"), grade(e.Voice.Similar, "voice_similar"),
		grade(e.Voice.Again, "voice_again"), sheets}
}

// tallyCities adds a visit to what two cities gave and received.
func tallyCities(r field.Reader, m *shadowing.Match, gave map[partnership.PartnerID]*exchangeOfDays) {
	at := func(id partnership.PersonID) *exchangeOfDays {
		p := field.Get(r, id)
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

func balanceTable(c *citations, gave map[partnership.PartnerID]*exchangeOfDays) document.Block {
	t := document.Table{Head: []string{"City", "Half days its people visited", "Half days it hosted"},
		Right: []bool{false, true, true}}
	for p := range field.All[partnership.Partner](c.r) {
		g := gave[p.ID]
		if g == nil {
			if !p.Governs() || !p.Active() {
				continue
			}
			g = &exchangeOfDays{}
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(p.Name),
			{c.tally(strconv.Itoa(g.made), shadowing.KindMatches, g.madeFrom, "half days visited by people of "+
				p.Name)},
			{c.tally(strconv.Itoa(g.given), shadowing.KindMatches, g.givenFrom, "half days hosted by people of "+
				p.Name)}})
	}
	return t
}
