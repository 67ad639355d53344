package overview

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
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
	given := func(days int) partnership.Briefing {
		return partnership.Briefing{Partner: 4, Date: value.Some((today + value.Day(days)).AddMonths(-12)),
			Status: partnership.BriefingGiven}
	}
	planned := func(days int) partnership.Briefing {
		return partnership.Briefing{Partner: 4, Date: on(days), Status: partnership.BriefingPlanned}
	}
	for name, c := range map[string]struct {
		recs []field.Record
		want []string
	}{
		"none recorded": {nil, nil},
		"due in 12 days": {[]field.Record{given(12)}, []string{"due soon: Grandview's yearly briefing is due by " +
			"Mar 4, 2027 (in 12 days)"}},
		"due tomorrow": {[]field.Record{given(1)}, []string{"due soon: Grandview's yearly briefing is due by " +
			"Feb 21, 2027 (tomorrow)"}},
		"due today": {[]field.Record{given(0)}, []string{"due soon: Grandview's yearly briefing is due by " +
			"Feb 20, 2027 (today)"}},
		"due in 90 days": {[]field.Record{given(90)}, []string{"due soon: Grandview's yearly briefing is due by " +
			"May 21, 2027 (in 90 days)"}},
		"due in 91 days": {[]field.Record{given(91)}, nil},
		"past": {[]field.Record{given(-1)}, []string{"overdue: Grandview's yearly briefing was due by " +
			"Feb 19, 2027 (yesterday)"}},
		"planned":          {[]field.Record{given(12), planned(30)}, nil},
		"past but planned": {[]field.Record{given(-40), planned(3)}, nil},
		"only one planned": {[]field.Record{planned(3)}, nil},
		"the latest decides": {[]field.Record{given(-300), given(12)}, []string{"due soon: Grandview's yearly " +
			"briefing is due by Mar 4, 2027 (in 12 days)"}},
	} {
		expect(t, name, said(Partners(at(file(c.recs...))), "partners"), c.want...)
	}
	body := partnership.Briefing{Partner: 1, Date: value.Some((today + 5).AddMonths(-12)),
		Status: partnership.BriefingGiven}
	expect(t, "with the body's name", said(Partners(at(file(body))), "partners"),
		"due soon: Independence's City Council briefing is due by Feb 25, 2027 (in 5 days)")
	missed := planned(-3)
	expect(t, "planned and past", said(Partners(at(file(missed))), "briefings"),
		"waiting: Grandview's briefing was planned for Feb 17, 2027 (3 days ago); it can be recorded as given or moved")
}

func TestMembershipLines(t *testing.T) {
	sixth := partnership.Partner{ID: 7, Name: "Oak Mills", Kind: partnership.City, Status: partnership.Joining}
	expect(t, "joining", said(Partners(at(file(sixth))), "partners"), "waiting: Oak Mills is joining; its resolution "+
		"is still to come")
	draft := partnership.Resolution{Partner: 7, Title: "S", Status: partnership.Draft}
	expect(t, "drafted", said(Partners(at(file(sixth, draft))), "partners"), "waiting: Oak Mills is joining; its "+
		"resolution is still to come")
	passed := partnership.Resolution{Partner: 7, Title: "S", Status: partnership.Passed, Date: on(-1)}
	expect(t, "passed", said(Partners(at(file(sixth, passed))), "partners"),
		"waiting: Oak Mills has passed its resolution and can be marked as a member")
	sixth.Status = partnership.Withdrawn
	expect(t, "withdrawn", said(Partners(at(file(sixth))), "partners"))
}

func TestQualificationLines(t *testing.T) {
	person := func(left bool, q ...partnership.Qualification) partnership.Person {
		return partnership.Person{Name: "Dana Reyes", Partner: 5, Left: left, Qualifications: q}
	}
	cdl := func(days int) partnership.Qualification {
		return partnership.Qualification{Name: "CDL", Expires: on(days)}
	}
	for name, c := range map[string]struct {
		p    partnership.Person
		want []string
	}{
		"in 60 days": {person(false, cdl(60)), []string{"due soon: Dana Reyes' CDL expires on Apr 21, 2027 " +
			"(in 60 days)"}},
		"in 61 days": {person(false, cdl(61)), nil},
		"today": {person(false, cdl(0)),
			[]string{"due soon: Dana Reyes' CDL expires on Feb 20, 2027 (today)"}},
		"expired": {person(false, cdl(-9)), []string{"waiting: Dana Reyes' CDL expired on Feb 11, 2027 (9 " +
			"days ago)"}},
		"long expired":      {person(false, cdl(-61)), nil},
		"renewed":           {person(false, cdl(9), cdl(700)), nil},
		"no expiry on file": {person(false, partnership.Qualification{Name: "CDL"}), nil},
		"left service":      {person(true, cdl(9)), nil},
	} {
		expect(t, name, said(Partners(at(file(c.p))), "people"), c.want...)
	}
}

func TestNextStepLines(t *testing.T) {
	program := func(days int, status partnership.ProgramStatus) partnership.Program {
		return partnership.Program{Name: "Fuel", Status: status, Lead: 1,
			Next: partnership.NextStep{What: "Call the vendor", Due: on(days)}}
	}
	for name, c := range map[string]struct {
		p    partnership.Program
		want []string
	}{
		"overdue": {program(-2, partnership.ProgramActive), []string{"overdue: “Call the vendor” for “Fuel” " +
			"was due Feb 18, 2027 (2 days ago)"}},
		"today": {program(0, partnership.ProgramActive), []string{"due soon: “Call the vendor” for “Fuel” is " +
			"due Feb 20, 2027 (today)"}},
		"in 14 days": {program(14, ""),
			[]string{"due soon: “Call the vendor” for “Fuel” is due Mar 6, 2027 (in 14 days)"}},
		"in 15 days": {program(15, partnership.ProgramActive), nil},
		"completed":  {program(-2, partnership.ProgramCompleted), nil},
		"retired":    {program(-2, partnership.ProgramRetired), nil},
		"without a day": {partnership.Program{Name: "Fuel", Lead: 1,
			Next: partnership.NextStep{What: "Call the vendor"}}, nil},
	} {
		expect(t, name, said(Programs(at(file(c.p))), "programs"), c.want...)
	}
}

func TestIdeaLines(t *testing.T) {
	r := file(
		partnership.Idea{Title: "One list", Partner: 3, Date: on(-10), Status: partnership.IdeaNew},
		partnership.Idea{Title: "Nobody's", Status: partnership.IdeaNew},
		partnership.Idea{Title: "Studied", Partner: 3, Status: partnership.IdeaStudied},
		partnership.Idea{Title: "Declined", Partner: 3, Status: partnership.IdeaDeclined},
	)
	expect(t, "ideas", said(Programs(at(r)), "ideas"),
		"waiting: Blue Springs' idea “One list” waits for an answer since Feb 10, 2027",
		"waiting: The idea “Nobody's” waits for an answer")
}

func TestAgreementLines(t *testing.T) {
	agreement := func(expires, notice int) partnership.Agreement {
		a := partnership.Agreement{Title: "Hotline", Parties: []partnership.PartnerID{1, 2},
			Status: partnership.AgreementSigned, Effective: on(-900), Expires: on(expires)}
		if notice >= 0 {
			a.NoticeDays = value.Some(int64(notice))
		}
		return a
	}
	open := agreement(0, -1)
	open.Expires = value.Opt[value.Day]{}
	draft := agreement(5, 90)
	draft.Status = partnership.AgreementDraft
	for name, c := range map[string]struct {
		a    partnership.Agreement
		want []string
	}{
		"inside its notice period": {agreement(57, 90), []string{"due soon: “Hotline” is inside its notice period " +
			"and expires on Apr 18, 2027 (in 57 days)"}},
		"last day for notice": {agreement(90, 90), []string{"due soon: Notice on “Hotline” is in time until Feb " +
			"20, 2027 (today)"}},
		"notice in 30 days": {agreement(150, 120), []string{"due soon: Notice on “Hotline” is in time until " +
			"Mar 22, 2027 (in 30 days)"}},
		"notice in 31 days": {agreement(151, 120), nil},
		"no notice, 90 days": {agreement(90, -1),
			[]string{"due soon: “Hotline” expires on May 21, 2027 (in 90 days)"}},
		"no notice, 91 days": {agreement(91, -1), nil},
		"last day":           {agreement(0, 0), []string{"due soon: “Hotline” expires on Feb 20, 2027 (today)"}},
		"expired": {agreement(-1, 30), []string{"waiting: “Hotline” expired on Feb 19, 2027 " +
			"(yesterday); it can be renewed or marked as ended"}},
		"no expiry on file": {open, nil},
		"draft":             {draft, nil},
	} {
		expect(t, name, said(Agreements(at(file(c.a))), "agreements"), c.want...)
	}
}

func TestEventLines(t *testing.T) {
	event := func(days int, state shadowing.EventState) shadowing.Event {
		return shadowing.Event{ID: 1, Name: "Spring", Date: on(days), State: state}
	}
	signup := func(person partnership.PersonID, state shadowing.SignupState) shadowing.Signup {
		return shadowing.Signup{Event: 1, Person: person, Role: shadowing.SignupVisit, State: state}
	}
	received, approved, gone := signup(1, shadowing.SignupReceived), signup(2, shadowing.SignupApproved), signup(3,
		shadowing.SignupWithdrawn)
	for name, c := range map[string]struct {
		recs []field.Record
		want []string
		tile string
	}{
		"one open": {[]field.Record{event(9, shadowing.EventOpen), received, approved, gone},
			[]string{"due soon: “Spring” is in 9 days; 1 of 2 sign-ups is not approved yet", "due soon: “Spring”: " +
				"nobody is matched yet, and it is in 9 days"}, "2"},
		"all approved": {[]field.Record{event(9, shadowing.EventOpen), approved, gone},
			[]string{"due soon: “Spring”: nobody is matched yet, and it is in 9 days"}, "1"},
		"in 30 days": {[]field.Record{event(30, shadowing.EventOpen), received,
			signup(2, shadowing.SignupReceived)}, []string{"waiting: “Spring” is in 30 days; 2 of 2 sign-ups are not " +
			"approved yet"}, "2"},
		"in 31 days": {[]field.Record{event(31, shadowing.EventOpen), received}, nil, "1"},
		"over":       {[]field.Record{event(-1, shadowing.EventOpen), received}, nil, document.NotRecorded},
		"closed":     {[]field.Record{event(9, shadowing.EventClosed), received}, nil, document.NotRecorded},
		"nobody yet": {[]field.Record{event(9, shadowing.EventOpen)}, nil, "0"},
		"no day recorded": {[]field.Record{shadowing.Event{ID: 1, Name: "Spring", State: shadowing.EventOpen},
			received}, nil, document.NotRecorded},
	} {
		got := Shadowing(at(file(c.recs...)))
		expect(t, name, said(got, "events"), c.want...)
		if got.Tiles[0].Value != c.tile {
			t.Errorf("%s: tile %q, want %q", name, got.Tiles[0].Value, c.tile)
		}
	}
}

func TestLoanLines(t *testing.T) {
	truck := lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Owner: 5, Status: lending.EquipmentActive,
		Shareable: true}
	wall := func(days, hour int) value.Opt[value.Wall] { return value.Some((today + value.Day(days)).At(hour, 0)) }
	loan := func(state lending.ReservationState, start, end value.Opt[value.Wall]) lending.Reservation {
		return lending.Reservation{Unit: 1, Borrower: 4, State: state, Start: start, End: end}
	}
	for name, c := range map[string]struct {
		v      lending.Reservation
		want   []string
		coming []string
	}{
		"late": {loan(lending.OutOnLoan, wall(-4, 7), wall(-1, 17)),
			[]string{"overdue: RT-104 Dump truck, in use by Grandview, was due back Feb 19, 2027 (yesterday) at 5:00 pm"}, nil},
		"late since an hour ago": {loan(lending.OutOnLoan, wall(-4, 7), wall(0, 8)),
			[]string{"overdue: RT-104 Dump truck, in use by Grandview, was due back Feb 20, 2027 (today) at 8:00 am"},
			nil},
		"due this minute": {loan(lending.OutOnLoan, wall(-4, 7), wall(0, 9)),
			[]string{"due soon: RT-104 Dump truck, in use by Grandview, comes back today by 9:00 am"},
			[]string{"2027-02-20 RT-104 Dump truck comes back from Grandview"}},
		"back tomorrow": {loan(lending.OutOnLoan, wall(-4, 7), wall(1, 12)), nil, []string{"2027-02-21 RT-104 Dump " +
			"truck comes back from Grandview"}},
		"no end on file": {loan(lending.OutOnLoan, wall(-4, 7), value.Opt[value.Wall]{}), nil, nil},
		"goes out today": {loan(lending.Approved, wall(0, 13), wall(2, 17)), []string{"due soon: RT-104 Dump truck " +
			"goes to Grandview today at 1:00 pm"}, []string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"goes out this minute": {loan(lending.Approved, wall(0, 9), wall(2, 17)),
			[]string{"due soon: RT-104 Dump truck goes to Grandview today at 9:00 am"},
			[]string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"was to go out an hour ago": {loan(lending.Approved, wall(0, 8), wall(2, 17)),
			[]string{"waiting: RT-104 Dump truck was to go to Grandview today at 8:00 am; the hand-over is not recorded"},
			[]string{"2027-02-20 RT-104 Dump truck goes to Grandview"}},
		"goes out on day 30": {loan(lending.Approved, wall(30, 7), wall(31, 17)), nil,
			[]string{"2027-03-22 RT-104 Dump truck goes to Grandview"}},
		"goes out on day 31": {loan(lending.Approved, wall(31, 7), wall(32, 17)), nil, nil},
		"never handed over": {loan(lending.Approved, wall(-1, 7), wall(2, 17)), []string{"waiting: RT-104 Dump " +
			"truck was to go to Grandview on Feb 19, 2027 (yesterday); the hand-over is not recorded"}, nil},
		"asked for": {loan(lending.Requested, wall(5, 7), wall(6, 17)), []string{"waiting: Grandview asks " +
			"for RT-104 Dump truck from Feb 25, 2027 (in 5 days); Raytown is to answer"}, nil},
		"returned":  {loan(lending.Returned, wall(-4, 7), wall(-1, 17)), nil, nil},
		"cancelled": {loan(lending.Cancelled, wall(0, 7), wall(0, 17)), nil, nil},
	} {
		r := file(truck, c.v, lending.Handover{Reservation: 1, Unit: 1})
		if c.v.State == lending.Returned {
			r.Add(lending.Return{Reservation: 1, Unit: 1})
		}
		got := Equipment(at(r))
		expect(t, name, said(got, "reservations"), c.want...)
		expect(t, name+", coming", coming(got), c.coming...)
	}
}

func TestCycleLines(t *testing.T) {
	cycle := func(opens, closes int, v framework.Version) cyber.Cycle {
		return cyber.Cycle{ID: 1, Year: 2026, Framework: v, Opens: on(opens), Closes: on(closes)}
	}
	answered := func(n int) []field.Record {
		var out []field.Record
		for range n {
			out = append(out, cyber.Answer{Cycle: 1, Partner: 5, Level: cyber.Documented})
		}
		return out
	}
	for name, c := range map[string]struct {
		cycle   cyber.Cycle
		answers []field.Record
		want    []string
	}{
		"38 left": {cycle(-60, 41, framework.CSF20), answered(68), []string{"waiting: Raytown: 38 of 106 " +
			"answers left in the 2026 self-assessment, closes in 41 days"}},
		"the older items": {cycle(-60, 41, framework.CSF11), answered(100), []string{"waiting: Raytown: 8 of 108 " +
			"answers left in the 2026 self-assessment, closes in 41 days"}},
		"closes soon": {cycle(-60, 14, framework.CSF20), answered(100), []string{"due soon: Raytown: 6 of 106 " +
			"answers left in the 2026 self-assessment, closes in 14 days"}},
		"all answered": {cycle(-60, 14, framework.CSF20), answered(106), nil},
		"nothing visible": {cycle(-60, 41, framework.CSF20), nil, []string{"note: The 2026 self-assessment is open " +
			"until Apr 2, 2027 (in 41 days)"}},
		"blank levels": {cycle(-60, 41, framework.CSF20),
			[]field.Record{cyber.Answer{Cycle: 1, Partner: 5, Item: "PR.AA-01"}},
			[]string{"note: The 2026 self-assessment is open until Apr 2, 2027 (in 41 days)"}},
		"closing, hidden": {cycle(-60, 3, framework.CSF20), nil, []string{"due soon: The 2026 self-assessment is " +
			"open until Feb 23, 2027 (in 3 days)"}},
		"last day": {cycle(-60, 0, framework.CSF20), answered(105), []string{"due soon: Raytown: 1 of 106 " +
			"answers left in the 2026 self-assessment, closes today"}},
		"closed yesterday": {cycle(-60, -1, framework.CSF20), answered(68), nil},
		"not open yet":     {cycle(1, 41, framework.CSF20), answered(68), nil},
		"no dates on file": {cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20}, answered(68), nil},
	} {
		expect(t, name, said(Cyber(at(file(append(c.answers, c.cycle)...))), "cycles"), c.want...)
	}
}

// A return without a settlement line is an open question; one's own unit, and a
// return that was settled, are none.
func TestUnchargedReturnLines(t *testing.T) {
	truck := lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Owner: 5, Status: lending.EquipmentActive}
	loan := func(id lending.ReservationID, borrower partnership.PartnerID) lending.Reservation {
		return lending.Reservation{ID: id, Unit: 1, Borrower: borrower, State: lending.Returned}
	}
	back := func(id lending.ReservationID) lending.Return {
		return lending.Return{ID: lending.ReturnID(id), Reservation: id, Unit: 1,
			Inspection: lending.Inspection{At: value.Some((today - 1).At(9, 0))}}
	}
	const rest = ", so what is owed is on no statement; add the "
	for name, c := range map[string]struct {
		recs []field.Record
		want []string
	}{
		"one": {[]field.Record{loan(1, 4), back(1)}, []string{"waiting: The return of RT-104 Dump truck on Feb 19, " +
			"2027 (yesterday)" +
			" by Grandview to Raytown has no settlement line" + rest + "line in Settlement lines"}},
		"two": {[]field.Record{loan(1, 4), back(1), loan(2, 4), back(2)}, []string{"waiting: 2 returns by Grandview " +
			"to Raytown" +
			" have no settlement line" + rest + "lines in Settlement lines"}},
		"settled": {[]field.Record{loan(1, 4), back(1), lending.Charge{Reservation: 1, Lender: 5, Borrower: 4,
			State: lending.Accrued}}, nil},
		"one's own":    {[]field.Record{loan(1, 5), back(1)}, nil},
		"not yet back": {[]field.Record{loan(1, 4)}, nil},
	} {
		expect(t, name, said(Equipment(at(file(append(c.recs, truck)...))), "returns"), c.want...)
	}
}

// TestAnAgreementThatLapsesSaysWhatStops.
func TestAnAgreementThatLapsesSaysWhatStops(t *testing.T) {
	expires := today + 20
	r := file(lending.Equipment{ID: 1, Tag: "T-1", Name: "Truck", Owner: 5, Status: lending.EquipmentActive},
		partnership.Agreement{ID: 1, Title: "Loans", Parties: []partnership.PartnerID{4, 5},
			Status: partnership.AgreementSigned, Effective: value.Some(today - 9), Expires: value.Some(expires)},
		lending.Reservation{Unit: 1, Borrower: 4, State: lending.Approved, Start: value.Some((expires - 1).At(8, 0)),
			End: value.Some((expires + 2).At(8, 0))})
	got := Agreements(at(r)).Attention
	if len(got) != 1 || !strings.HasSuffix(got[0].Text, "; 1 loan would be without an agreement") {
		t.Errorf("%+v", got)
	}
}

// A loan that came in without its hand-over or its return is an open question, for
// each pair of cities one; one's own is none.
func TestLoansWithoutPapers(t *testing.T) {
	truck := lending.Equipment{ID: 1, Tag: "RT-104", Name: "Dump truck", Owner: 5, Status: lending.EquipmentActive}
	loan := func(id lending.ReservationID, borrower partnership.PartnerID,
		state lending.ReservationState) lending.Reservation {
		return lending.Reservation{ID: id, Unit: 1, Borrower: borrower, State: state}
	}
	const rest = " hand-over or return is not recorded; record it to know what is owed"
	out, back := lending.Handover{Reservation: 1, Unit: 1}, lending.Return{Reservation: 1, Unit: 1}
	for name, c := range map[string]struct {
		recs []field.Record
		want []string
	}{
		"no hand-over": {[]field.Record{loan(1, 4, lending.OutOnLoan)},
			[]string{"waiting: RT-104 Dump truck on loan from Raytown to Grandview: its" + rest}},
		"no return": {[]field.Record{loan(1, 4, lending.Closed), out},
			[]string{"waiting: RT-104 Dump truck on loan from Raytown to Grandview: its" + rest}},
		"two": {[]field.Record{loan(1, 4, lending.Returned), loan(2, 4, lending.Returned)},
			[]string{"waiting: 2 loans from Raytown to Grandview: their" + rest}},
		"both":      {[]field.Record{loan(1, 4, lending.Returned), out, back}, nil},
		"out":       {[]field.Record{loan(1, 4, lending.OutOnLoan), out}, nil},
		"approved":  {[]field.Record{loan(1, 4, lending.Approved)}, nil},
		"one's own": {[]field.Record{loan(1, 5, lending.Returned)}, nil},
	} {
		expect(t, name, said(Equipment(at(file(append(c.recs, truck)...))), "reservations"), c.want...)
	}
}
