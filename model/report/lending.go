package report

import (
	"strconv"

	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// lendingReports are the documents about loans.
func lendingReports() []Report {
	return []Report{
		{Name: "loan-form", Title: "Loan form with hand-over and return", Of: "reservations", Build: loanForm},
		{Name: "statement", Title: "Statement between two cities", Of: "statements", Build: statementOf},
		{Name: "settlement", Title: "Balances of all cities for a period", Period: true, Build: settlementOf},
		{Name: "use", Title: "Use of equipment, and what was asked for and not had", Period: true, Build: useOf},
	}
}

// period is the days a report is about: those asked for, or the month before
// today and today.
func period(about About, now value.Wall) (from, until value.Day) {
	until = about.To.Or(now.Day())
	return about.From.Or(until.AddMonths(-1)), until
}

// newest gives the record asked about, or the one with the highest number; nil
// when there is none at all.
func newest[T field.Record](r field.Reader, record uint64, what string) (*T, error) {
	if record != 0 {
		if rec := field.Get(r, field.ID[T](record)); rec != nil {
			return rec, nil
		}
		return nil, failure.New(failure.NotFound, "there is no "+what+" #"+strconv.FormatUint(record, 10))
	}
	var last *T
	for rec := range field.All[T](r) {
		last = rec
	}
	return last, nil
}

// none is a document for which there is nothing yet.
func none(title, what string) *document.Document {
	return &document.Document{Title: title,
		Sections: []document.Section{{Heading: title,
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("There is no " + what + " yet.")}}}}}
}

// amount writes money with the record it is from.
func (c *citations) amount(m value.Opt[value.Cents], kind string, id uint64, fields ...string) document.Text {
	if !m.Set {
		return document.Plain(document.NotRecorded)
	}
	return c.text(m.V.String(), kind, id, fields...)
}

func tenths(t value.Opt[value.Tenths]) string {
	if !t.Set {
		return document.NotRecorded
	}
	return t.V.String()
}

func wallText(w value.Opt[value.Wall]) string {
	if !w.Set {
		return document.NotRecorded
	}
	return w.V.Long()
}

func orBlank(s string) string {
	if s == "" {
		return document.NotRecorded
	}
	return s
}

// pairs makes a table of two columns.
func pairs(rows ...[2]string) document.Table {
	t := document.Table{Head: []string{"What", "Entry"}}
	for _, row := range rows {
		t.Rows = append(t.Rows, []document.Text{document.Plain(row[0]), document.Plain(row[1])})
	}
	return t
}

// loanForm is the paper that goes with a unit.
func loanForm(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	v, err := newest[lending.Reservation](r, about.Record, "reservation")
	if err != nil {
		return nil, err
	}
	if v == nil {
		return none("Equipment loan", "reservation"), nil
	}
	c := &citations{r: r}
	unit := v.Category
	serial, lender := "", v.LentBy(r)
	if e := field.Get(r, v.Unit); e != nil {
		unit, serial = e.Tag+" "+e.Name, e.Serial
	}
	doc := &document.Document{Title: "Equipment loan " + v.Number(),
		Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	person := func(id partnership.PersonID) string {
		if p := field.Get(r, id); p != nil {
			return p.Name
		}
		return document.NotRecorded
	}
	loan := pairs(
		[2]string{"Unit", orBlank(unit)}, [2]string{"Serial number", orBlank(serial)},
		[2]string{"Owner", partnership.PartnerName(r, lender)},
		[2]string{"Borrower", partnership.PartnerName(r, v.Borrower)}, [2]string{"From", wallText(v.Start)},
		[2]string{"Until", wallText(v.End)},
		[2]string{"Purpose", orBlank(v.Purpose)}, [2]string{"Site", orBlank(v.Site)},
		[2]string{"Contact", person(v.Contact)},
		[2]string{"Operator", person(v.Operator)},
		[2]string{"State", choiceTitle(r, lending.KindReservations, "state", string(v.State))})
	loan.Rows = append(loan.Rows, []document.Text{document.Plain("Charge"),
		c.text(loans.RateText(v.Terms), lending.KindReservations, uint64(v.ID), "rate_amount")})
	doc.Sections = append(doc.Sections, document.Section{Heading: "Loan", Blocks: []document.Block{loan}})
	var out, back *lending.Inspection
	if h := lending.HandoverOf(r, v.ID); h != nil {
		out = &h.Inspection
	}
	if h := lending.ReturnOf(r, v.ID); h != nil {
		back = &h.Inspection
	}
	doc.Sections = append(doc.Sections, document.Section{Heading: "Hand-over and return",
		Blocks: []document.Block{inspections(out, back)}})
	for _, p := range v.Passes {
		doc.Notes = append(doc.Notes, "Without "+string(p.For)+" on the word of "+p.Name+": "+p.Reason+".")
	}
	doc.Notes = append(doc.Notes, "The borrower returns the unit in the same condition less wear.")
	doc.Sources = c.sources()
	return doc, nil
}

// inspections sets hand-over and return side by side, with room to write where
// nothing is recorded.
func inspections(out, back *lending.Inspection) document.Table {
	t := document.Table{Head: []string{"", "Hand-over", "Return"}}
	cell := func(i *lending.Inspection, get func(*lending.Inspection) string) document.Text {
		if i == nil {
			return document.Plain("____________")
		}
		return document.Plain(orBlank(get(i)))
	}
	for _, row := range []struct {
		name string
		get  func(*lending.Inspection) string
	}{
		{"When", func(i *lending.Inspection) string { return wallText(i.At) }},
		{"Meter", func(i *lending.Inspection) string { return tenths(i.Meter) }},
		{"Fuel", func(i *lending.Inspection) string { return string(i.Fuel) }},
		{"Condition, 1 to 5", func(i *lending.Inspection) string {
			if !i.Condition.Set {
				return ""
			}
			return strconv.FormatInt(i.Condition.V, 10)
		}},
		{"Given by", func(i *lending.Inspection) string { return i.GivenBy }},
		{"Taken by", func(i *lending.Inspection) string { return i.TakenBy }},
		{"Note", func(i *lending.Inspection) string { return i.Note }},
	} {
		t.Rows = append(t.Rows, []document.Text{document.Plain(row.name), cell(out, row.get), cell(back, row.get)})
	}
	return t
}

// statementOf is a statement with its lines.
func statementOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	s, err := newest[lending.Statement](r, about.Record, "statement")
	if err != nil {
		return nil, err
	}
	if s == nil {
		return none("Statement", "statement"), nil
	}
	c, id := &citations{r: r}, uint64(s.ID)
	first, second := partnership.PartnerName(r, s.First), partnership.PartnerName(r, s.Second)
	doc := &document.Document{Title: "Statement: " + first + " and " + second, Subtitle: dayText(s.From) + " to " +
		dayText(s.Until) + ", " + choiceTitle(r, lending.KindStatements, "state", string(s.State))}
	t := document.Table{Head: []string{"Day", "Lender", "Unit", "Worked out from", "Amount"},
		Right: []bool{false, false, false, false, true}}
	for line := range field.Of[lending.Charge](r, "statement", s.ID) {
		t.Rows = append(t.Rows, c.lineRow(line))
	}
	net := s.Net.Or(0)
	says := second + " owes " + first + " " + net.String() + "."
	switch {
	case net < 0:
		says = first + " owes " + second + " " + (-net).String() + "."
	case net == 0:
		says = "Neither owes the other."
	}
	sums := document.Table{Head: []string{"Lender", "Amount"}, Right: []bool{false, true}, Rows: [][]document.Text{
		{document.Plain(first + " lent"), c.amount(s.FirstLent, lending.KindStatements, id, "first_lent")},
		{document.Plain(second + " lent"), c.amount(s.SecondLent, lending.KindStatements, id, "second_lent")}}}
	doc.Sections = []document.Section{{Heading: "Lines", Blocks: []document.Block{t}}, {Heading: "Together",
		Blocks: []document.Block{sums, document.Paragraph{Text: c.text(says, lending.KindStatements, id, "net")}}}}
	doc.Sources = c.sources()
	doc.Notes = []string{"Amounts are gross in both directions, so that each can be matched to an invoice."}
	return doc, nil
}

func dayText(d value.Opt[value.Day]) string {
	if !d.Set {
		return document.NotRecorded
	}
	return d.V.Long()
}

// lineRow is a settlement line of a table.
func (c *citations) lineRow(line *lending.Charge) []document.Text {
	unit, id := document.NotRecorded, uint64(line.ID)
	if v := field.Get(c.r, line.Reservation); v != nil {
		unit = lending.UnitName(c.r, v.Unit) + " (reservation " + v.Number() + ")"
	}
	return []document.Text{document.Plain(dayText(line.On)), document.Plain(partnership.PartnerName(c.r, line.Lender)),
		document.Plain(unit),
		c.text(rates.Describe(line), lending.KindCharges, id, "quantity", "rate"),
		c.text(line.Total().String(), lending.KindCharges, id, "usage")}
}

// settlementOf shows every pair, what remains over all, how that could be paid,
// and the loans that went ahead without a paper.
func settlementOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	from, until := period(about, now)
	balances := rates.Balances(r, from, until)
	doc := &document.Document{Title: "Settlement of equipment loans", Subtitle: from.Long() + " to " + until.Long()}
	c, all := &citations{r: r}, []uint64{}
	t := document.Table{Head: []string{"Between", "And", "First lent", "Second lent", "Second owes first",
		"Hours, first less second"},
		Right: []bool{false, false, true, true, true, true}}
	for i := range balances {
		b := &balances[i]
		var ids []uint64
		for _, line := range b.Lines {
			ids = append(ids, uint64(line.ID))
		}
		all = append(all, ids...)
		lent := c.tally(b.FirstLent.String(), lending.KindCharges, ids, "settlement lines of the pair, added up")
		of := func(s string) document.Text { return document.Text{{Text: s, Marks: lent.Marks}} }
		t.Rows = append(t.Rows, []document.Text{document.Plain(partnership.PartnerName(r, b.First)),
			document.Plain(partnership.PartnerName(r, b.Second)), {lent},
			of(b.SecondLent.String()), of(b.Net().String()), of(b.Hours().String())})
	}
	doc.Sections = []document.Section{{Heading: "Balances", Blocks: []document.Block{t}}}
	if len(balances) == 0 {
		doc.Sections = []document.Section{{Heading: "Balances",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("No settlement line falls in " +
				"these days.")}}}}
	}
	var items []document.Text
	var marks []string
	for _, p := range rates.FewestPayments(rates.Net(balances)) {
		say := partnership.PartnerName(r, p.From) + " to " + partnership.PartnerName(r, p.To) + ": " + p.Amount.String()
		if marks == nil {
			marks = c.tally(say, lending.KindCharges, all, "what remains of all lines").Marks
		}
		items = append(items, document.Text{{Text: say, Marks: marks}})
	}
	if len(items) > 0 {
		doc.Sections = append(doc.Sections, document.Section{Heading: "Illustration: the fewest payments that would " +
			"settle all", Blocks: []document.Block{document.List{Items: items},
			document.Remark{Text: document.Plain("An illustration only. Netting across cities needs legal authority; " +
				"what is owed is what the statements of each pair say.")}}})
	}
	if passed := passes(r, from, until); len(passed.Rows) > 0 {
		doc.Sections = append(doc.Sections, document.Section{Heading: "For counsel: loans without a paper",
			Blocks: []document.Block{passed}})
	}
	doc.Sources = c.sources()
	return doc, nil
}

// passes lists the loans that somebody let go ahead without a paper.
func passes(r field.Reader, from, until value.Day) document.Table {
	t := document.Table{Head: []string{"Reservation", "Without", "By", "Reason", "On"}}
	for v := range field.All[lending.Reservation](r) {
		if !v.Start.Set || v.Start.V.Day() < from || v.Start.V.Day() > until {
			continue
		}
		for _, p := range v.Passes {
			t.Rows = append(t.Rows, []document.Text{document.Plain(v.Number()), document.Plain(string(p.For)),
				document.Plain(p.Name), document.Plain(p.Reason), document.Plain(dayText(p.On))})
		}
		for _, m := range lending.Doubtful(r, v) {
			t.Rows = append(t.Rows, []document.Text{document.Plain(v.Number()), document.Plain(string(m.For)),
				document.Plain("nobody named"), document.Plain(m.Sentence), document.Plain("")})
		}
	}
	return t
}

// useOf shows how units were used and what was not to be had.
func useOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	from, until := period(about, now)
	cal := lending.CalendarOf(r, now)
	t := document.Table{Head: []string{"Unit", "Owner", "Loans", "Hours lent", "Own use", "Blocked", "Idle",
		"Lent of 100"}, Right: []bool{false, false, true, true, true, true, true, true}}
	h := func(m int64) document.Text { return document.Plain(rates.HoursOf(m).String()) }
	for _, u := range loans.Usage(cal, from, until) {
		t.Rows = append(t.Rows, []document.Text{document.Plain(u.Unit.Tag + " " + u.Unit.Name),
			document.Plain(partnership.PartnerName(r, u.Unit.Owner)), document.Plain(strconv.Itoa(u.Loans)),
			h(u.Lent), h(u.Own), h(u.Blocked), h(u.Idle), document.Plain(strconv.Itoa(u.Share()))})
	}
	doc := &document.Document{Title: "Use of equipment", Subtitle: from.Long() + " to " + until.Long(),
		Sections: []document.Section{{Heading: "Units", Blocks: []document.Block{t}}},
		Notes:    []string{"Hours are working hours: eight of every weekday from eight in the morning."}}
	var items []document.Text
	for _, s := range loans.Unmet(cal, from, until) {
		items = append(items, document.Plain(orBlank(s.Category)+": asked for and not had "+
			text.Counted(s.Asked, "time", "times")+". "+s.Advice+"."))
	}
	if len(items) > 0 {
		doc.Sections = append(doc.Sections, document.Section{Heading: "Asked for and not had",
			Blocks: []document.Block{document.List{Items: items}}})
	}
	return doc, nil
}
