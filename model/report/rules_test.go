package report

import (
	"slices"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
)

// said gives the lines about records of a kind as "urgency: text".
func said(c Contribution, kind string) []string {
	var out []string
	for _, l := range c.Attention {
		if l.Kind == kind {
			out = append(out, l.Urgency.String()+": "+l.Text)
		}
	}
	return out
}

// coming gives what is coming as "day text".
func coming(c Contribution) []string {
	var out []string
	for _, e := range c.Coming {
		out = append(out, e.Day.String()+" "+e.Text)
	}
	return out
}

func expect(t *testing.T, name string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", name, got, want)
	}
}

func TestBriefingLines(t *testing.T) {
	given := func(days int) model.Briefing {
		return model.Briefing{Partner: 4, Date: model.Some((today + model.Day(days)).AddMonths(-12)), Status: model.BriefingGiven}
	}
	planned := func(days int) model.Briefing {
		return model.Briefing{Partner: 4, Date: on(days), Status: model.BriefingPlanned}
	}
	for name, c := range map[string]struct {
		recs []model.Record
		want []string
	}{
		"none recorded":      {nil, nil},
		"due in 12 days":     {[]model.Record{given(12)}, []string{"due soon: Grandview's yearly briefing is due by Mar 4, 2027 (in 12 days)"}},
		"due tomorrow":       {[]model.Record{given(1)}, []string{"due soon: Grandview's yearly briefing is due by Feb 21, 2027 (tomorrow)"}},
		"due today":          {[]model.Record{given(0)}, []string{"due soon: Grandview's yearly briefing is due by Feb 20, 2027 (today)"}},
		"due in 90 days":     {[]model.Record{given(90)}, []string{"due soon: Grandview's yearly briefing is due by May 21, 2027 (in 90 days)"}},
		"due in 91 days":     {[]model.Record{given(91)}, nil},
		"past":               {[]model.Record{given(-1)}, []string{"overdue: Grandview's yearly briefing was due by Feb 19, 2027 (yesterday)"}},
		"planned":            {[]model.Record{given(12), planned(30)}, nil},
		"past but planned":   {[]model.Record{given(-40), planned(3)}, nil},
		"only one planned":   {[]model.Record{planned(3)}, nil},
		"the latest decides": {[]model.Record{given(-300), given(12)}, []string{"due soon: Grandview's yearly briefing is due by Mar 4, 2027 (in 12 days)"}},
	} {
		expect(t, name, said(Partners(file(c.recs...), morning()), "partners"), c.want...)
	}
	body := model.Briefing{Partner: 1, Date: model.Some((today + 5).AddMonths(-12)), Status: model.BriefingGiven}
	expect(t, "with the body's name", said(Partners(file(body), morning()), "partners"),
		"due soon: Independence's City Council briefing is due by Feb 25, 2027 (in 5 days)")
	missed := planned(-3)
	expect(t, "planned and past", said(Partners(file(missed), morning()), "briefings"),
		"waiting: Grandview's briefing was planned for Feb 17, 2027 (3 days ago); it can be recorded as given or moved")
}

func TestMembershipLines(t *testing.T) {
	sixth := model.Partner{ID: 7, Name: "Oak Mills", Kind: model.City, Status: model.Joining}
	expect(t, "joining", said(Partners(file(sixth), morning()), "partners"), "waiting: Oak Mills is joining; its resolution is still to come")
	draft := model.Resolution{Partner: 7, Title: "S", Status: model.Draft}
	expect(t, "drafted", said(Partners(file(sixth, draft), morning()), "partners"), "waiting: Oak Mills is joining; its resolution is still to come")
	passed := model.Resolution{Partner: 7, Title: "S", Status: model.Passed, Date: on(-1)}
	expect(t, "passed", said(Partners(file(sixth, passed), morning()), "partners"),
		"waiting: Oak Mills has passed its resolution and can be marked as a member")
	sixth.Status = model.Withdrawn
	expect(t, "withdrawn", said(Partners(file(sixth), morning()), "partners"))
}

func TestQualificationLines(t *testing.T) {
	person := func(left bool, q ...model.Qualification) model.Person {
		return model.Person{Name: "Dana Reyes", Partner: 5, Left: left, Qualifications: q}
	}
	cdl := func(days int) model.Qualification { return model.Qualification{Name: "CDL", Expires: on(days)} }
	for name, c := range map[string]struct {
		p    model.Person
		want []string
	}{
		"in 60 days":        {person(false, cdl(60)), []string{"due soon: Dana Reyes' CDL expires on Apr 21, 2027 (in 60 days)"}},
		"in 61 days":        {person(false, cdl(61)), nil},
		"today":             {person(false, cdl(0)), []string{"due soon: Dana Reyes' CDL expires on Feb 20, 2027 (today)"}},
		"expired":           {person(false, cdl(-9)), []string{"waiting: Dana Reyes' CDL expired on Feb 11, 2027 (9 days ago)"}},
		"long expired":      {person(false, cdl(-61)), nil},
		"renewed":           {person(false, cdl(9), cdl(700)), nil},
		"no expiry on file": {person(false, model.Qualification{Name: "CDL"}), nil},
		"left service":      {person(true, cdl(9)), nil},
	} {
		expect(t, name, said(Partners(file(c.p), morning()), "people"), c.want...)
	}
}

func TestNextStepLines(t *testing.T) {
	program := func(days int, status model.ProgramStatus) model.Program {
		return model.Program{Name: "Fuel", Status: status, Lead: 1, Next: model.NextStep{What: "Call the vendor", Due: on(days)}}
	}
	for name, c := range map[string]struct {
		p    model.Program
		want []string
	}{
		"overdue":       {program(-2, model.ProgramActive), []string{"overdue: “Call the vendor” for “Fuel” was due Feb 18, 2027 (2 days ago)"}},
		"today":         {program(0, model.ProgramActive), []string{"due soon: “Call the vendor” for “Fuel” is due Feb 20, 2027 (today)"}},
		"in 14 days":    {program(14, ""), []string{"due soon: “Call the vendor” for “Fuel” is due Mar 6, 2027 (in 14 days)"}},
		"in 15 days":    {program(15, model.ProgramActive), nil},
		"completed":     {program(-2, model.ProgramCompleted), nil},
		"retired":       {program(-2, model.ProgramRetired), nil},
		"without a day": {model.Program{Name: "Fuel", Lead: 1, Next: model.NextStep{What: "Call the vendor"}}, nil},
	} {
		expect(t, name, said(Programs(file(c.p), morning()), "programs"), c.want...)
	}
}

func TestIdeaLines(t *testing.T) {
	r := file(
		model.Idea{Title: "One list", Partner: 3, Date: on(-10), Status: model.IdeaNew},
		model.Idea{Title: "Nobody's", Status: model.IdeaNew},
		model.Idea{Title: "Studied", Partner: 3, Status: model.IdeaStudied},
		model.Idea{Title: "Declined", Partner: 3, Status: model.IdeaDeclined},
	)
	expect(t, "ideas", said(Programs(r, morning()), "ideas"),
		"waiting: Blue Springs' idea “One list” waits for an answer since Feb 10, 2027",
		"waiting: The idea “Nobody's” waits for an answer")
}

func TestAgreementLines(t *testing.T) {
	agreement := func(expires, notice int) model.Agreement {
		a := model.Agreement{Title: "Hotline", Parties: []model.PartnerID{1, 2}, Status: model.AgreementSigned, Effective: on(-900), Expires: on(expires)}
		if notice >= 0 {
			a.NoticeDays = model.Some(int64(notice))
		}
		return a
	}
	open := agreement(0, -1)
	open.Expires = model.Opt[model.Day]{}
	draft := agreement(5, 90)
	draft.Status = model.AgreementDraft
	for name, c := range map[string]struct {
		a    model.Agreement
		want []string
	}{
		"inside its notice period": {agreement(57, 90), []string{"due soon: “Hotline” is inside its notice period and expires on Apr 18, 2027 (in 57 days)"}},
		"last day for notice":      {agreement(90, 90), []string{"due soon: Notice on “Hotline” is in time until Feb 20, 2027 (today)"}},
		"notice in 30 days":        {agreement(150, 120), []string{"due soon: Notice on “Hotline” is in time until Mar 22, 2027 (in 30 days)"}},
		"notice in 31 days":        {agreement(151, 120), nil},
		"no notice, 90 days":       {agreement(90, -1), []string{"due soon: “Hotline” expires on May 21, 2027 (in 90 days)"}},
		"no notice, 91 days":       {agreement(91, -1), nil},
		"last day":                 {agreement(0, 0), []string{"due soon: “Hotline” expires on Feb 20, 2027 (today)"}},
		"expired":                  {agreement(-1, 30), []string{"waiting: “Hotline” expired on Feb 19, 2027 (yesterday); it can be renewed or marked as ended"}},
		"no expiry on file":        {open, nil},
		"draft":                    {draft, nil},
	} {
		expect(t, name, said(Agreements(file(c.a), morning()), "agreements"), c.want...)
	}
}

func TestEventLines(t *testing.T) {
	event := func(days int, state model.EventState) model.Event {
		return model.Event{ID: 1, Name: "Spring", Date: on(days), State: state}
	}
	signup := func(person model.PersonID, state model.SignupState) model.Signup {
		return model.Signup{Event: 1, Person: person, Role: model.SignupVisit, State: state}
	}
	received, approved, gone := signup(1, model.SignupReceived), signup(2, model.SignupApproved), signup(3, model.SignupWithdrawn)
	for name, c := range map[string]struct {
		recs []model.Record
		want []string
		tile string
	}{
		"one open":        {[]model.Record{event(9, model.EventOpen), received, approved, gone}, []string{"due soon: “Spring” is in 9 days; 1 of 2 sign-ups is not approved yet", "due soon: “Spring”: nobody is matched yet, and it is in 9 days"}, "2"},
		"all approved":    {[]model.Record{event(9, model.EventOpen), approved, gone}, []string{"due soon: “Spring”: nobody is matched yet, and it is in 9 days"}, "1"},
		"in 30 days":      {[]model.Record{event(30, model.EventOpen), received, signup(2, model.SignupReceived)}, []string{"waiting: “Spring” is in 30 days; 2 of 2 sign-ups are not approved yet"}, "2"},
		"in 31 days":      {[]model.Record{event(31, model.EventOpen), received}, nil, "1"},
		"over":            {[]model.Record{event(-1, model.EventOpen), received}, nil, NotRecorded},
		"closed":          {[]model.Record{event(9, model.EventClosed), received}, nil, NotRecorded},
		"nobody yet":      {[]model.Record{event(9, model.EventOpen)}, nil, "0"},
		"no day recorded": {[]model.Record{model.Event{ID: 1, Name: "Spring", State: model.EventOpen}, received}, nil, NotRecorded},
	} {
		got := Shadowing(file(c.recs...), morning())
		expect(t, name, said(got, "events"), c.want...)
		if got.Tiles[0].Value != c.tile {
			t.Errorf("%s: tile %q, want %q", name, got.Tiles[0].Value, c.tile)
		}
	}
}

func TestLoanLines(t *testing.T) {
	truck := model.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Owner: 5, Status: model.EquipmentActive, Shareable: true}
	wall := func(days, hour int) model.Opt[model.Wall] { return model.Some((today + model.Day(days)).At(hour, 0)) }
	loan := func(state model.ReservationState, start, end model.Opt[model.Wall]) model.Reservation {
		return model.Reservation{Unit: 1, Borrower: 4, State: state, Start: start, End: end}
	}
	for name, c := range map[string]struct {
		v      model.Reservation
		want   []string
		coming []string
	}{
		"late": {loan(model.OutOnLoan, wall(-4, 7), wall(-1, 17)),
			[]string{"overdue: RT-104 Dump truck, in use by Grandview, was due back Feb 19, 2027 (yesterday) at 5:00 pm"}, nil},
		"late since an hour ago": {loan(model.OutOnLoan, wall(-4, 7), wall(0, 8)),
			[]string{"overdue: RT-104 Dump truck, in use by Grandview, was due back Feb 20, 2027 (today) at 8:00 am"}, nil},
		"due this minute": {loan(model.OutOnLoan, wall(-4, 7), wall(0, 9)),
			[]string{"due soon: RT-104 Dump truck, in use by Grandview, comes back today by 9:00 am"},
			[]string{"2027-02-20 RT-104 Dump truck comes back from Grandview"}},
		"back tomorrow":  {loan(model.OutOnLoan, wall(-4, 7), wall(1, 12)), nil, []string{"2027-02-21 RT-104 Dump truck comes back from Grandview"}},
		"no end on file": {loan(model.OutOnLoan, wall(-4, 7), model.Opt[model.Wall]{}), nil, nil},
		"goes out today": {loan(model.Approved, wall(0, 13), wall(2, 17)), []string{"due soon: RT-104 Dump truck goes to Grandview today at 1:00 pm"}, []string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"goes out this minute": {loan(model.Approved, wall(0, 9), wall(2, 17)),
			[]string{"due soon: RT-104 Dump truck goes to Grandview today at 9:00 am"},
			[]string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"was to go out an hour ago": {loan(model.Approved, wall(0, 8), wall(2, 17)),
			[]string{"waiting: RT-104 Dump truck was to go to Grandview today at 8:00 am; the hand-over is not recorded"},
			[]string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"goes out on day 30": {loan(model.Approved, wall(30, 7), wall(31, 17)), nil, []string{"2027-03-22 RT-104 Dump truck goes to Grandview"}},
		"goes out on day 31": {loan(model.Approved, wall(31, 7), wall(32, 17)), nil, nil},
		"never handed over":  {loan(model.Approved, wall(-1, 7), wall(2, 17)), []string{"waiting: RT-104 Dump truck was to go to Grandview on Feb 19, 2027 (yesterday); the hand-over is not recorded"}, nil},
		"asked for":          {loan(model.Requested, wall(5, 7), wall(6, 17)), []string{"waiting: Grandview asks for RT-104 Dump truck from Feb 25, 2027 (in 5 days); Raytown is to answer"}, nil},
		"returned":           {loan(model.Returned, wall(-4, 7), wall(-1, 17)), nil, nil},
		"cancelled":          {loan(model.Cancelled, wall(0, 7), wall(0, 17)), nil, nil},
	} {
		got := Equipment(file(truck, c.v), morning())
		expect(t, name, said(got, "reservations"), c.want...)
		expect(t, name+", coming", coming(got), c.coming...)
	}
}

func TestCycleLines(t *testing.T) {
	cycle := func(opens, closes int, v model.FrameworkVersion) model.Cycle {
		return model.Cycle{ID: 1, Year: 2026, Framework: v, Opens: on(opens), Closes: on(closes)}
	}
	answered := func(n int) []model.Record {
		var out []model.Record
		for range n {
			out = append(out, model.Answer{Cycle: 1, Partner: 5, Level: model.Documented})
		}
		return out
	}
	for name, c := range map[string]struct {
		cycle   model.Cycle
		answers []model.Record
		want    []string
	}{
		"38 left":          {cycle(-60, 41, model.CSF20), answered(68), []string{"waiting: Raytown: 38 of 106 answers left in the 2026 self-assessment, closes in 41 days"}},
		"the older items":  {cycle(-60, 41, model.CSF11), answered(100), []string{"waiting: Raytown: 8 of 108 answers left in the 2026 self-assessment, closes in 41 days"}},
		"closes soon":      {cycle(-60, 14, model.CSF20), answered(100), []string{"due soon: Raytown: 6 of 106 answers left in the 2026 self-assessment, closes in 14 days"}},
		"all answered":     {cycle(-60, 14, model.CSF20), answered(106), nil},
		"nothing visible":  {cycle(-60, 41, model.CSF20), nil, []string{"note: The 2026 self-assessment is open until Apr 2, 2027 (in 41 days)"}},
		"blank levels":     {cycle(-60, 41, model.CSF20), []model.Record{model.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01"}}, []string{"note: The 2026 self-assessment is open until Apr 2, 2027 (in 41 days)"}},
		"closing, hidden":  {cycle(-60, 3, model.CSF20), nil, []string{"due soon: The 2026 self-assessment is open until Feb 23, 2027 (in 3 days)"}},
		"last day":         {cycle(-60, 0, model.CSF20), answered(105), []string{"due soon: Raytown: 1 of 106 answers left in the 2026 self-assessment, closes today"}},
		"closed yesterday": {cycle(-60, -1, model.CSF20), answered(68), nil},
		"not open yet":     {cycle(1, 41, model.CSF20), answered(68), nil},
		"no dates on file": {model.Cycle{ID: 1, Year: 2026, Framework: model.CSF20}, answered(68), nil},
	} {
		expect(t, name, said(Cyber(file(append(c.answers, c.cycle)...), morning()), "cycles"), c.want...)
	}
}

// TestItemCounts ties the constants to the catalogue.
func TestItemCounts(t *testing.T) {
	for _, f := range cyber.Catalogue() {
		if n, ok := itemsOf(f.Version); !ok || n != len(f.Items) {
			t.Errorf("version %s: %d items here, %d in the catalogue", f.Version, n, len(f.Items))
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(1000), "1,000"}, {thousands(-1234567), "-1,234,567"},
		{count(1, "loan", "loans"), "1 loan"}, {count(0, "loan", "loans"), "0 loans"},
		{away(today, today), "today"}, {away(today, today-1), "yesterday"}, {away(today, today+2), "in 2 days"}, {away(today, today-2), "2 days ago"},
		{clock(today.At(0, 5)), "12:05 am"}, {clock(today.At(12, 0)), "12:00 pm"}, {clock(today.At(23, 59)), "11:59 pm"}, {clock(today.At(8, 30)), "8:30 am"},
		{whose("Raytown"), "Raytown's"}, {whose("Blue Springs"), "Blue Springs'"},
		{joined(nil, 3), ""}, {joined([]string{"A"}, 3), "A"}, {joined([]string{"A", "B", "C"}, 3), "A, B and C"},
		{joined([]string{"A", "B", "C", "D", "E"}, 3), "A, B, C and 2 more"},
		{sentence("What now?"), "What now?"}, {sentence("Done"), "Done."}, {sentence(""), ""},
		{dollars(74_800_000), "$748,000"}, {dollars(150), "$1.50"}, {percent(1250), "12.5%"}, {percent(10000), "100%"},
		{hours(60), "1 hour"}, {hours(90), "1.5 hours"}, {hours(0), "0 hours"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
