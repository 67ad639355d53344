package report

import (
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// buyingReports are the documents about buying together.
func buyingReports() []Report {
	return []Report{
		{Name: "purchase", Title: "Purchase packet of a solicitation", Of: "solicitations", Build: purchasePacket},
		{Name: "savings", Title: "What buying together saved", Build: savingsPage},
	}
}

// purchasePacket is what goes to those who decide on a solicitation.
func purchasePacket(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	s, err := newest[buying.Solicitation](r, about.Record, "solicitation")
	if err != nil {
		return nil, err
	}
	if s == nil {
		return none("Purchase packet", "solicitation"), nil
	}
	c := &citations{r: r}
	doc := &document.Document{Title: s.Title, Subtitle: "Lead agency " + partnership.PartnerName(r, s.Lead) + ", " +
		choiceTitle(r, buying.KindSolicitations, "state", string(s.State))}
	doc.Sections = append(doc.Sections,
		document.Section{Heading: "Terms",
			Blocks: []document.Block{pairs([2]string{"Manner", choiceTitle(r, buying.KindSolicitations, "manner",
				string(s.Manner))}, [2]string{"Contract used", orBlank(s.Contract)},
				[2]string{"Bids due", wallText(s.Due)}, [2]string{"Term", dayText(s.Begins) + " to " + dayText(s.Ends)},
				[2]string{"Unit", orBlank(s.Unit)})}})
	t := document.Table{Head: []string{"Agency", "Quantity", "Committed"}, Right: []bool{false, true, false}}
	for _, p := range s.Participants {
		committed := "estimate"
		if p.Committed {
			committed = "committed"
		}
		q := document.NotRecorded
		if p.Quantity.Set {
			q = text.Thousands(p.Quantity.V)
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(partnership.PartnerName(r, p.Partner)),
			document.Plain(q), document.Plain(committed)})
	}
	doc.Sections = append(doc.Sections, document.Section{Heading: "Agencies", Blocks: []document.Block{t}})
	ranked := buying.Rank(r, s)
	if len(ranked) == 0 {
		doc.Notes = []string{"No bid has been opened yet."}
		if s.Sealed {
			doc.Notes = []string{"Bids are sealed until the opening."}
		}
		return doc, nil
	}
	for _, one := range ranked {
		doc.Sections = append(doc.Sections, document.Section{Heading: "Bid of " + text.OneLine(one.Bid.Vendor),
			Blocks: []document.Block{document.Paragraph{Text: c.text(bidText(one), buying.KindBids, uint64(one.Bid.ID),
				"tiers")},
				c.pricesTable(s, one.Bid)}})
	}
	doc.Notes =
		[]string{"Pays: the agency's part of what all pay and of the lead agency's fee, by quantity. Alone: its " +
			"own quantity under the same bid. If it withdrew: what the others would pay more in all."}
	doc.Sources = c.sources()
	return doc, nil
}

func bidText(one buying.Ranked) string {
	say := "Tiers for " + string(one.Bid.Manner) + ": "
	for i, t := range one.Bid.Tiers {
		if i > 0 {
			say += ", "
		}
		say += "from " + text.Thousands(t.From.Or(0)) + " " + t.Price.V.String()
	}
	if one.Total.Set {
		say += ". For all together " + one.Total.V.String()
	}
	if one.Tied {
		say += ", a tie with another bid"
	}
	if !one.Bid.Responsive {
		say += ". It does not meet the terms"
	}
	return say + "."
}

// pricesTable gives each agency's price with and without the others.
func (c *citations) pricesTable(s *buying.Solicitation, b *buying.Bid) document.Table {
	t := document.Table{Head: []string{"Agency", "Quantity", "Pays", "Alone under this bid", "Today", "Saved",
		"If it withdrew"},
		Right: []bool{false, true, true, true, true, true, true}}
	of := func(m value.Opt[value.Cents]) document.Text {
		return c.amount(m, buying.KindBids, uint64(b.ID), "tiers")
	}
	for _, p := range buying.Prices(c.r, s, b) {
		saved, base, f := document.Plain("not computed"), document.Plain(document.NotRecorded), p.Figures()
		if m, ok := f.Saved(); ok {
			saved = of(value.Some(m))
		}
		if p.Baseline.Set {
			base = c.text(p.Baseline.V.String(), buying.KindSolicitations, uint64(s.ID), "needs")
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(partnership.PartnerName(c.r, p.Partner)),
			document.Plain(text.Thousands(p.Quantity)), of(f.Pays), of(p.Alone), base, saved,
			of(p.Withdrawn)})
	}
	return t
}

// savingsPage tells a council what buying together saved, award by award.
func savingsPage(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	doc := &document.Document{Title: "What buying together saved",
		Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	var total value.Cents
	computed, unknown := 0, 0
	var ids []uint64
	c := &citations{r: r}
	for a := range field.All[buying.Award](r) {
		s := buying.SavingOf(a)
		ids = append(ids, uint64(a.ID))
		total, computed, unknown = total+s.Saved, computed+s.Computed, unknown+s.Unknown
		t := document.Table{Head: []string{"Agency", "Quantity", "Alone", "Pays", "Saved"},
			Right: []bool{false, true, true, true, true}}
		for i := range a.Lines {
			l := &a.Lines[i]
			saved, f := document.Plain("not computed"), l.Figures()
			if v, ok := f.Saved(); ok {
				saved = c.text(v.String(), buying.KindAwards, uint64(a.ID), "lines")
			}
			t.Rows = append(t.Rows, []document.Text{document.Plain(partnership.PartnerName(r, l.Partner)),
				document.Plain(text.Thousands(l.Quantity.Or(0))),
				c.amount(f.Alone, buying.KindAwards, uint64(a.ID), "lines"),
				c.amount(f.Pays, buying.KindAwards, uint64(a.ID), "lines"), saved})
		}
		title := a.Vendor
		if of := field.Get(r, a.Solicitation); of != nil {
			title = of.Title + ", " + a.Vendor
		}
		doc.Sections = append(doc.Sections, document.Section{Heading: text.OneLine(title), Blocks: []document.Block{t}})
	}
	say := "Nothing has been awarded yet."
	if computed > 0 {
		say = "Saved in all " + total.String() + ", over " + text.Counted(computed, "line", "lines") +
			": what the quantity would have cost alone less what is paid, the lead agency's fee included."
	} else if unknown > 0 {
		say = "What was saved is not computed: no price alone is recorded."
	}
	if computed > 0 && unknown > 0 {
		say += " For " + strconv.Itoa(unknown) + " more it is not computed, because a price alone is not recorded."
	}
	doc.Sections = append([]document.Section{{Heading: "In all",
		Blocks: []document.Block{document.Paragraph{Text: document.Text{c.tally(say, buying.KindAwards, ids,
			"lines of awards, added up")}}}}}, doc.Sections...)
	doc.Sources = c.sources()
	return doc, nil
}
