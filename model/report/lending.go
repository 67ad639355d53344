package report

import (
	"strconv"

	"interlocal/model"
	"interlocal/model/schedule"
	"interlocal/model/settle"
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
func period(about About, now model.Wall) (from, until model.Day) {
	until = about.To.Or(now.Day())
	return about.From.Or(until.AddMonths(-1)), until
}

// newest gives the record asked about, or the one with the highest number; nil
// when there is none at all.
func newest[T model.Record](r model.Reader, record uint64, what string) (*T, error) {
	if record != 0 {
		if rec := model.Get(r, model.ID[T](record)); rec != nil {
			return rec, nil
		}
		return nil, model.Fail(model.NotFound, "there is no "+what+" #"+strconv.FormatUint(record, 10))
	}
	var last *T
	for rec := range model.All[T](r) {
		last = rec
	}
	return last, nil
}

// none is a document for which there is nothing yet.
func none(title, what string) *Document {
	return &Document{Title: title, Sections: []Section{{title, []Block{Paragraph{plain("There is no " + what + " yet.")}}}}}
}

// amount writes money with the record it is from.
func (c *citations) amount(m model.Opt[model.Cents], kind string, id uint64, fields ...string) Text {
	if !m.Set {
		return plain(NotRecorded)
	}
	return c.text(m.V.String(), kind, id, fields...)
}

func tenths(t model.Opt[model.Tenths]) string {
	if !t.Set {
		return NotRecorded
	}
	return t.V.String()
}

func wallText(w model.Opt[model.Wall]) string {
	if !w.Set {
		return NotRecorded
	}
	return w.V.Long()
}

func orBlank(s string) string {
	if s == "" {
		return NotRecorded
	}
	return s
}

// pairs makes a table of two columns.
func pairs(rows ...[2]string) Table {
	t := Table{Head: []string{"What", "Entry"}}
	for _, row := range rows {
		t.Rows = append(t.Rows, []Text{plain(row[0]), plain(row[1])})
	}
	return t
}

// loanForm is the paper that goes with a unit.
func loanForm(r model.Reader, about About, now model.Wall) (*Document, error) {
	v, err := newest[model.Reservation](r, about.Record, "reservation")
	if err != nil {
		return nil, err
	}
	if v == nil {
		return none("Equipment loan", "reservation"), nil
	}
	c := &citations{r: r}
	unit := v.Category
	serial, lender := "", v.LentBy(r)
	if e := model.Get(r, v.Unit); e != nil {
		unit, serial = e.Tag+" "+e.Name, e.Serial
	}
	doc := &Document{Title: "Equipment loan " + v.Number(), Subtitle: subtitle(model.SettingsOf(r), now.Day())}
	person := func(id model.PersonID) string {
		if p := model.Get(r, id); p != nil {
			return p.Name
		}
		return NotRecorded
	}
	loan := pairs(
		[2]string{"Unit", orBlank(unit)}, [2]string{"Serial number", orBlank(serial)}, [2]string{"Owner", partnerName(r, lender)},
		[2]string{"Borrower", partnerName(r, v.Borrower)}, [2]string{"From", wallText(v.Start)}, [2]string{"Until", wallText(v.End)},
		[2]string{"Purpose", orBlank(v.Purpose)}, [2]string{"Site", orBlank(v.Site)}, [2]string{"Contact", person(v.Contact)},
		[2]string{"Operator", person(v.Operator)}, [2]string{"State", choiceTitle(r, "reservations", "state", string(v.State))})
	loan.Rows = append(loan.Rows, []Text{plain("Charge"), c.text(schedule.RateText(v.Terms), "reservations", uint64(v.ID), "rate_amount")})
	doc.Sections = append(doc.Sections, Section{"Loan", []Block{loan}})
	var out, back *model.Inspection
	if h := model.HandoverOf(r, v.ID); h != nil {
		out = &h.Inspection
	}
	if h := model.ReturnOf(r, v.ID); h != nil {
		back = &h.Inspection
	}
	doc.Sections = append(doc.Sections, Section{"Hand-over and return", []Block{inspections(out, back)}})
	for _, p := range v.Passes {
		doc.Notes = append(doc.Notes, "Without "+string(p.For)+" on the word of "+p.Name+": "+p.Reason+".")
	}
	doc.Notes = append(doc.Notes, "The borrower returns the unit in the same condition less wear.")
	doc.Sources = c.sources()
	return doc, nil
}

// inspections sets hand-over and return side by side, with room to write where
// nothing is recorded.
func inspections(out, back *model.Inspection) Table {
	t := Table{Head: []string{"", "Hand-over", "Return"}}
	cell := func(i *model.Inspection, get func(*model.Inspection) string) Text {
		if i == nil {
			return plain("____________")
		}
		return plain(orBlank(get(i)))
	}
	for _, row := range []struct {
		name string
		get  func(*model.Inspection) string
	}{
		{"When", func(i *model.Inspection) string { return wallText(i.At) }},
		{"Meter", func(i *model.Inspection) string { return tenths(i.Meter) }},
		{"Fuel", func(i *model.Inspection) string { return string(i.Fuel) }},
		{"Condition, 1 to 5", func(i *model.Inspection) string {
			if !i.Condition.Set {
				return ""
			}
			return strconv.FormatInt(i.Condition.V, 10)
		}},
		{"Given by", func(i *model.Inspection) string { return i.GivenBy }},
		{"Taken by", func(i *model.Inspection) string { return i.TakenBy }},
		{"Note", func(i *model.Inspection) string { return i.Note }},
	} {
		t.Rows = append(t.Rows, []Text{plain(row.name), cell(out, row.get), cell(back, row.get)})
	}
	return t
}

// statementOf is a statement with its lines.
func statementOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	s, err := newest[model.Statement](r, about.Record, "statement")
	if err != nil {
		return nil, err
	}
	if s == nil {
		return none("Statement", "statement"), nil
	}
	c, id := &citations{r: r}, uint64(s.ID)
	first, second := partnerName(r, s.First), partnerName(r, s.Second)
	doc := &Document{Title: "Statement: " + first + " and " + second, Subtitle: dayText(s.From) + " to " + dayText(s.Until) + ", " + choiceTitle(r, "statements", "state", string(s.State))}
	t := Table{Head: []string{"Day", "Lender", "Unit", "Worked out from", "Amount"}, Right: []bool{false, false, false, false, true}}
	for line := range model.Of[model.Charge](r, "statement", s.ID) {
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
	sums := Table{Head: []string{"Lender", "Amount"}, Right: []bool{false, true}, Rows: [][]Text{
		{plain(first + " lent"), c.amount(s.FirstLent, "statements", id, "first_lent")},
		{plain(second + " lent"), c.amount(s.SecondLent, "statements", id, "second_lent")}}}
	doc.Sections = []Section{{"Lines", []Block{t}}, {"Together", []Block{sums, Paragraph{c.text(says, "statements", id, "net")}}}}
	doc.Sources = c.sources()
	doc.Notes = []string{"Amounts are gross in both directions, so that each can be matched to an invoice."}
	return doc, nil
}

func dayText(d model.Opt[model.Day]) string {
	if !d.Set {
		return NotRecorded
	}
	return d.V.Long()
}

// lineRow is a settlement line of a table.
func (c *citations) lineRow(line *model.Charge) []Text {
	unit, id := NotRecorded, uint64(line.ID)
	if v := model.Get(c.r, line.Reservation); v != nil {
		unit = unitName(c.r, v.Unit) + " (reservation " + v.Number() + ")"
	}
	return []Text{plain(dayText(line.On)), plain(partnerName(c.r, line.Lender)), plain(unit),
		c.text(settle.Describe(line), "charges", id, "quantity", "rate"), c.text(line.Total().String(), "charges", id, "usage")}
}

// settlementOf shows every pair, what remains over all, how that could be paid,
// and the loans that went ahead without a paper.
func settlementOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	from, until := period(about, now)
	balances := settle.Balances(r, from, until)
	doc := &Document{Title: "Settlement of equipment loans", Subtitle: from.Long() + " to " + until.Long()}
	c, all := &citations{r: r}, []uint64{}
	t := Table{Head: []string{"Between", "And", "First lent", "Second lent", "Second owes first", "Hours, first less second"},
		Right: []bool{false, false, true, true, true, true}}
	for i := range balances {
		b := &balances[i]
		var ids []uint64
		for _, line := range b.Lines {
			ids = append(ids, uint64(line.ID))
		}
		all = append(all, ids...)
		lent := c.tally(b.FirstLent.String(), "charges", ids, "settlement lines of the pair, added up")
		of := func(s string) Text { return Text{{Text: s, Marks: lent.Marks}} }
		t.Rows = append(t.Rows, []Text{plain(partnerName(r, b.First)), plain(partnerName(r, b.Second)), {lent},
			of(b.SecondLent.String()), of(b.Net().String()), of(b.Hours().String())})
	}
	doc.Sections = []Section{{"Balances", []Block{t}}}
	if len(balances) == 0 {
		doc.Sections = []Section{{"Balances", []Block{Paragraph{plain("No settlement line falls in these days.")}}}}
	}
	var items []Text
	var marks []string
	for _, p := range settle.FewestPayments(settle.Net(balances)) {
		say := partnerName(r, p.From) + " to " + partnerName(r, p.To) + ": " + p.Amount.String()
		if marks == nil {
			marks = c.tally(say, "charges", all, "what remains of all lines").Marks
		}
		items = append(items, Text{{Text: say, Marks: marks}})
	}
	if len(items) > 0 {
		doc.Sections = append(doc.Sections, Section{"Illustration: the fewest payments that would settle all", []Block{List{items},
			Remark{plain("An illustration only. Netting across cities needs legal authority; what is owed is what the statements of each pair say.")}}})
	}
	if passed := passes(r, from, until); len(passed.Rows) > 0 {
		doc.Sections = append(doc.Sections, Section{"For counsel: loans without a paper", []Block{passed}})
	}
	doc.Sources = c.sources()
	return doc, nil
}

// passes lists the loans that somebody let go ahead without a paper.
func passes(r model.Reader, from, until model.Day) Table {
	t := Table{Head: []string{"Reservation", "Without", "By", "Reason", "On"}}
	for v := range model.All[model.Reservation](r) {
		if !v.Start.Set || v.Start.V.Day() < from || v.Start.V.Day() > until {
			continue
		}
		for _, p := range v.Passes {
			t.Rows = append(t.Rows, []Text{plain(v.Number()), plain(string(p.For)), plain(p.Name), plain(p.Reason), plain(dayText(p.On))})
		}
		if v.Holds() {
			for _, m := range model.MissingPapers(r, v) {
				t.Rows = append(t.Rows, []Text{plain(v.Number()), plain(string(m.For)), plain("nobody named"), plain(m.Sentence), plain("")})
			}
		}
	}
	return t
}

// useOf shows how units were used and what was not to be had.
func useOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	from, until := period(about, now)
	cal := model.CalendarOf(r, now)
	t := Table{Head: []string{"Unit", "Owner", "Loans", "Hours lent", "Own use", "Blocked", "Idle", "Lent of 100"}, Right: []bool{false, false, true, true, true, true, true, true}}
	h := func(m int64) Text { return plain(settle.HoursOf(m).String()) }
	for _, u := range schedule.Usage(cal, from, until) {
		t.Rows = append(t.Rows, []Text{plain(u.Unit.Tag + " " + u.Unit.Name), plain(partnerName(r, u.Unit.Owner)), plain(strconv.Itoa(u.Loans)),
			h(u.Lent), h(u.Own), h(u.Blocked), h(u.Idle), plain(strconv.Itoa(u.Share()))})
	}
	doc := &Document{Title: "Use of equipment", Subtitle: from.Long() + " to " + until.Long(), Sections: []Section{{"Units", []Block{t}}},
		Notes: []string{"Hours are working hours: eight of every weekday from eight in the morning."}}
	var items []Text
	for _, s := range schedule.Unmet(cal, from, until) {
		items = append(items, plain(orBlank(s.Category)+": asked for and not had "+count(s.Asked, "time", "times")+". "+s.Advice+"."))
	}
	if len(items) > 0 {
		doc.Sections = append(doc.Sections, Section{"Asked for and not had", []Block{List{items}}})
	}
	return doc, nil
}
