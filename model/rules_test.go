package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// found runs a kind's rules over a record and gives what they said, as
// "field: message", warnings marked by a question mark.
func found(r *records, before, after any) []string {
	k := r.schema.Kind(after.(Record).KindName())
	var out []string
	for _, p := range k.Check(r, someDay, before, after) {
		mark := ": "
		if p.Warning {
			mark = "? "
		}
		out = append(out, p.Field+mark+p.Message)
	}
	return out
}

type ruleCase struct {
	rec  any
	want []string
}

func checkAll(t *testing.T, r *records, cases map[string]ruleCase) {
	t.Helper()
	for name, c := range cases {
		if got := found(r, nil, c.rec); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func on(days int) Opt[Day] { return Some(someDay + Day(days)) }

func TestProgramRules(t *testing.T) {
	share := func(p PartnerID, percent int64) Participant { return Participant{p, Some(Percent(percent * 100))} }
	program := func(change func(*Program)) *Program {
		p := &Program{Name: "Fuel"}
		change(p)
		return p
	}
	checkAll(t, with(), map[string]ruleCase{
		"a name is enough":     {program(func(*Program) {}), nil},
		"without a name":       {&Program{}, []string{"name: Program is needed"}},
		"ends as it starts":    {program(func(p *Program) { p.Start, p.End = on(0), on(0) }), nil},
		"ends before":          {program(func(p *Program) { p.Start, p.End = on(0), on(-1) }), []string{"end: the program ends before it starts"}},
		"shares make a whole":  {program(func(p *Program) { p.Participants = []Participant{share(1, 60), share(2, 40)} }), nil},
		"shares make more":     {program(func(p *Program) { p.Participants = []Participant{share(1, 60), share(2, 41)} }), []string{"participants: cost shares add up to more than 100 percent"}},
		"no shares recorded":   {program(func(p *Program) { p.Participants = []Participant{{Partner: 1}, {Partner: 2}} }), nil},
		"a negative share":     {program(func(p *Program) { p.Participants = []Participant{share(1, -1)} }), []string{"participants: a cost share is between 0 and 100 percent"}},
		"somebody twice":       {program(func(p *Program) { p.Participants = []Participant{share(1, 5), share(1, 5)} }), []string{"participants: a partner is listed twice"}},
		"a nameless share":     {program(func(p *Program) { p.Participants = []Participant{share(0, 5)} }), []string{"participants: each participant names a partner"}},
		"money from somewhere": {program(func(p *Program) { p.Funding = []Funding{{Amount: Some(Cents(5))}} }), []string{"funding: each amount names its source"}},
		"an amount unknown":    {program(func(p *Program) { p.Funding = []Funding{{Source: "grant"}} }), nil},
		"an amount of nothing": {program(func(p *Program) { p.Funding = []Funding{{Source: "grant", Amount: Some(Cents(0))}} }), nil},
		"a negative amount":    {program(func(p *Program) { p.Funding = []Funding{{Source: "grant", Amount: Some(Cents(-1))}} }), []string{"funding: an amount is not negative"}},
		"a date for no step":   {program(func(p *Program) { p.Next.Due = on(3) }), []string{"next_step: say what the next step is"}},
		"an owner of no step":  {program(func(p *Program) { p.Next.Owner = 3 }), []string{"next_step: say what the next step is"}},
		"a step without a day": {program(func(p *Program) { p.Next.What = "call" }), nil},
		"a made-up status":     {program(func(p *Program) { p.Status = "asleep" }), []string{"status: Status holds a word that is not among its choices"}},
	})
}

func TestProgramFigures(t *testing.T) {
	p := &Program{Funding: []Funding{{Source: "a"}, {Source: "b"}}}
	if sum, ok := p.Funded(); ok || sum != 0 {
		t.Errorf("unknown amounts add up to %v", sum)
	}
	p.Funding = append(p.Funding, Funding{"c", Some(Cents(0))}, Funding{"d", Some(Cents(748_000_00))})
	if sum, ok := p.Funded(); !ok || sum != 748_000_00 {
		t.Errorf("%v %v", sum, ok)
	}
	p.Lead, p.Participants = 2, []Participant{{Partner: 3}}
	for id, want := range map[PartnerID]bool{0: false, 1: false, 2: true, 3: true} {
		if p.TakesPart(id) != want {
			t.Errorf("partner %d takes part: %v", id, !want)
		}
	}
	for status, want := range map[ProgramStatus]bool{"": false, ProgramIdea: false, ProgramExploring: true, ProgramActive: true,
		ProgramCompleted: false, ProgramRetired: false} {
		if (&Program{Status: status}).Live() != want {
			t.Errorf("%q is live: %v", status, !want)
		}
	}
}

func TestReservationRules(t *testing.T) {
	at := func(hour int) Opt[Wall] { return Some(someDay.At(hour, 0)) }
	loan := func(from, until int, state ReservationState) *Reservation {
		return &Reservation{ID: 9, Unit: 1, Borrower: 4, Start: at(from), End: at(until), State: state}
	}
	held := func(from, until int, state ReservationState) *Reservation {
		return &Reservation{ID: 1, Unit: 1, Borrower: 3, Start: at(from), End: at(until), State: state}
	}
	unit := &Equipment{ID: 1, Tag: "RT-104", Name: "Truck", Owner: 5, Status: EquipmentActive}
	covered := &Agreement{ID: 1, Parties: []PartnerID{3, 4, 5}, Status: AgreementSigned, Effective: on(-10)}
	const taken = "start: RT-104 is taken from Sat Feb 20, 2027 8:00 am until Sat Feb 20, 2027 10:00 am (reservation #1)"
	for name, c := range map[string]struct {
		other *Reservation
		rec   *Reservation
		want  []string
	}{
		"free":                      {nil, loan(8, 10, Approved), nil},
		"ends as it starts":         {nil, loan(8, 8, Approved), []string{"end: the loan ends before it starts"}},
		"ends before":               {nil, loan(8, 7, Requested), []string{"end: the loan ends before it starts"}},
		"right after":               {held(8, 10, Approved), loan(10, 12, Approved), nil},
		"right before":              {held(8, 10, Approved), loan(6, 8, Approved), nil},
		"one hour into it":          {held(8, 10, Approved), loan(9, 12, Approved), []string{taken}},
		"around it":                 {held(8, 10, OutOnLoan), loan(7, 11, Approved), []string{taken}},
		"inside it":                 {held(8, 10, Approved), loan(9, 10, OutOnLoan), []string{"state? its hand-over is not recorded", taken}},
		"asking warns":              {held(8, 10, Approved), loan(8, 10, Requested), []string{strings.Replace(taken, ":", "?", 1)}},
		"asked for by another":      {held(8, 10, Requested), loan(8, 10, Approved), nil},
		"returned by another":       {held(8, 10, Returned), loan(8, 10, Approved), nil},
		"cancelled by another":      {held(8, 10, Cancelled), loan(8, 10, Approved), nil},
		"itself":                    {nil, &Reservation{ID: 1, Unit: 1, Borrower: 4, Start: at(8), End: at(9), State: Approved}, nil},
		"another's unit of its own": {&Reservation{ID: 1, Unit: 2, Borrower: 3, Start: at(8), End: at(10), State: Approved}, loan(8, 10, Approved), nil},
	} {
		r := with(unit, &Equipment{ID: 2, Tag: "X", Name: "Y", Owner: 5, Status: EquipmentActive}, covered)
		if c.other != nil {
			r.put(c.other)
		}
		if name == "itself" {
			r.put(c.rec)
		}
		if got := found(r, nil, c.rec); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestReservationAgreements(t *testing.T) {
	loan := &Reservation{ID: 9, Unit: 1, Borrower: 4, Start: Some(someDay.At(8, 0)), End: Some(someDay.At(9, 0)), State: Approved}
	unit := Equipment{ID: 1, Tag: "RT-104", Name: "Truck", Owner: 5, Status: EquipmentActive}
	agreement := Agreement{ID: 1, Parties: []PartnerID{4, 5}, Status: AgreementSigned, Effective: on(-10)}
	warning := []string{"borrower? no agreement between owner and borrower is on file for that day; check with counsel"}
	if got := found(with(&unit, &agreement), nil, loan); got != nil {
		t.Errorf("covered: %q", got)
	}
	if got := found(with(&unit), nil, loan); !slices.Equal(got, warning) {
		t.Errorf("not covered: %q", got)
	}
	expired := agreement
	expired.Expires = on(-1)
	if got := found(with(&unit, &expired), nil, loan); !slices.Equal(got, warning) {
		t.Errorf("expired: %q", got)
	}
	own := *loan
	own.Borrower = 5
	if got := found(with(&unit), nil, &own); got != nil {
		t.Errorf("one's own unit: %q", got)
	}
	retired := unit
	retired.Status = EquipmentRetired
	if got := found(with(&retired, &agreement), nil, loan); !slices.Equal(got, []string{"unit: RT-104 is retired"}) {
		t.Errorf("retired: %q", got)
	}
}

func TestOverdue(t *testing.T) {
	end := Some(someDay.At(17, 0))
	for name, c := range map[string]struct {
		v    Reservation
		want bool
	}{
		"a minute past":   {Reservation{State: OutOnLoan, End: Some(end.V - 1)}, true},
		"on the minute":   {Reservation{State: OutOnLoan, End: end}, false},
		"no end recorded": {Reservation{State: OutOnLoan}, false},
		"never out":       {Reservation{State: Approved, End: Some(end.V - 60)}, false},
		"returned":        {Reservation{State: Returned, End: Some(end.V - 60)}, false},
	} {
		if got := c.v.Overdue(end.V); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	var open Reservation
	if open.Overlaps(&Reservation{Start: end, End: end}) {
		t.Error("a loan without times overlaps another")
	}
}

func TestInForce(t *testing.T) {
	signed := func(effective, expires Opt[Day]) *Agreement {
		return &Agreement{Status: AgreementSigned, Effective: effective, Expires: expires}
	}
	none := Opt[Day]{}
	for name, c := range map[string]struct {
		a    *Agreement
		want bool
	}{
		"first day":             {signed(on(0), on(10)), true},
		"day before the first":  {signed(on(1), on(10)), false},
		"last day":              {signed(on(-10), on(0)), true},
		"day after the last":    {signed(on(-10), on(-1)), false},
		"a single day":          {signed(on(0), on(0)), true},
		"no expiry":             {signed(on(-10), none), true},
		"no effective date":     {signed(none, on(10)), false},
		"draft":                 {&Agreement{Status: AgreementDraft, Effective: on(-1)}, false},
		"ended before its time": {&Agreement{Status: AgreementEnded, Effective: on(-9), Expires: on(9)}, false},
	} {
		if c.a.InForce(someDay) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

func TestInForceBetween(t *testing.T) {
	r := with(
		&Agreement{ID: 1, Parties: []PartnerID{1, 2, 3}, Status: AgreementSigned, Effective: on(-5), Expires: on(5)},
		&Agreement{ID: 2, Parties: []PartnerID{2, 3}, Status: AgreementSigned, Effective: on(-5)},
		&Agreement{ID: 3, Parties: []PartnerID{1, 2}, Status: AgreementDraft, Effective: on(-5)},
		&Agreement{ID: 4, Parties: []PartnerID{1, 4}, Status: AgreementSigned, Effective: on(1)},
	)
	for _, c := range []struct {
		a, b PartnerID
		day  int
		want []AgreementID
	}{
		{1, 2, 0, []AgreementID{1}}, {2, 1, 0, []AgreementID{1}}, {2, 3, 0, []AgreementID{1, 2}}, {2, 3, 6, []AgreementID{2}},
		{1, 2, 6, nil}, {1, 2, -6, nil}, {1, 4, 0, nil}, {1, 4, 1, []AgreementID{4}}, {4, 3, 1, nil}, {5, 1, 0, nil},
	} {
		var got []AgreementID
		for _, g := range InForceBetween(r, someDay+Day(c.day), c.a, c.b) {
			got = append(got, g.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("between %d and %d on day %d: %v, want %v", c.a, c.b, c.day, got, c.want)
		}
	}
}

func TestNoticeDay(t *testing.T) {
	a := &Agreement{Expires: on(90)}
	if got := a.NoticeDay(); got != on(90) {
		t.Errorf("without a notice period %v", got)
	}
	a.NoticeDays = Some[int64](90)
	if got := a.NoticeDay(); got != on(0) {
		t.Errorf("%v", got)
	}
	if got := (&Agreement{NoticeDays: Some[int64](90)}).NoticeDay(); got.Set {
		t.Errorf("without an expiry %v", got)
	}
}

func TestNextBriefing(t *testing.T) {
	given := func(y int, m time.Month, d int) *Briefing {
		return &Briefing{Partner: 4, Date: Some(Date(y, m, d)), Status: BriefingGiven}
	}
	planned := func(days int) *Briefing { return &Briefing{Partner: 4, Date: on(days), Status: BriefingPlanned} }
	none := Opt[Day]{}
	for name, c := range map[string]struct {
		fiscal FiscalMonth
		recs   []any
		last   Opt[Day]
		due    Opt[Day]
		plan   Opt[Day]
	}{
		"none recorded":               {"", nil, none, none, none},
		"none recorded, fiscal year":  {"07", nil, none, none, none},
		"only one planned":            {"", []any{planned(5)}, none, none, on(5)},
		"planned for today":           {"", []any{planned(0)}, none, none, on(0)},
		"planned and gone by":         {"", []any{planned(-1)}, none, none, none},
		"the earliest plan counts":    {"", []any{planned(9), planned(5), planned(-3)}, none, none, on(5)},
		"a year after the last":       {"", []any{given(2026, 3, 4)}, Some(Date(2026, 3, 4)), Some(Date(2027, 3, 4)), none},
		"the latest counts":           {"", []any{given(2026, 3, 4), given(2025, 9, 9)}, Some(Date(2026, 3, 4)), Some(Date(2027, 3, 4)), none},
		"a leap day":                  {"", []any{given(2024, 2, 29)}, Some(Date(2024, 2, 29)), Some(Date(2025, 2, 28)), none},
		"end of the next fiscal year": {"07", []any{given(2026, 3, 4)}, Some(Date(2026, 3, 4)), Some(Date(2027, 6, 30)), none},
		"first day of a fiscal year":  {"07", []any{given(2026, 7, 1)}, Some(Date(2026, 7, 1)), Some(Date(2028, 6, 30)), none},
		"last day of a fiscal year":   {"07", []any{given(2026, 6, 30)}, Some(Date(2026, 6, 30)), Some(Date(2027, 6, 30)), none},
		"fiscal is calendar year":     {"01", []any{given(2026, 3, 4)}, Some(Date(2026, 3, 4)), Some(Date(2027, 12, 31)), none},
		"fiscal year to a leap day":   {"03", []any{given(2027, 1, 10)}, Some(Date(2027, 1, 10)), Some(Date(2028, 2, 29)), none},
		"fiscal year from a leap day": {"03", []any{given(2028, 1, 10)}, Some(Date(2028, 1, 10)), Some(Date(2029, 2, 28)), none},
		"a month that is none":        {"13", []any{given(2026, 3, 4)}, Some(Date(2026, 3, 4)), Some(Date(2027, 3, 4)), none},
		"another city's":              {"", []any{&Briefing{Partner: 5, Date: on(-9), Status: BriefingGiven}}, none, none, none},
		"given, but nobody knows when": {"", []any{&Briefing{Partner: 4, Status: BriefingGiven}, &Briefing{Partner: 4, Status: BriefingPlanned}},
			none, none, none},
	} {
		p := &Partner{ID: 4, FiscalStart: c.fiscal}
		got := NextBriefing(with(append(c.recs, p)...), p, someDay)
		if want := (BriefingDue{c.last, c.due, c.plan}); got != want {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		}
	}
}

func TestOtherRules(t *testing.T) {
	at := func(d int) Opt[Day] { return on(d) }
	checkAll(t, with(&Partner{ID: 1, Name: "A", Kind: City, Status: Member}), map[string]ruleCase{
		"partner needs":            {&Partner{}, []string{"name: Name is needed", "kind: Kind is needed", "status: Status is needed"}},
		"partner too old":          {&Partner{Name: "B", Kind: City, Status: Member, Since: 1899}, []string{"since: the year of joining is between 1900 and two years from now"}},
		"partner negative":         {&Partner{Name: "B", Kind: City, Status: Member, Population: Some[int64](-1)}, []string{"population: a population is not negative"}},
		"person needs":             {&Person{}, []string{"name: Name is needed", "partner: Partner is needed"}},
		"qualification":            {&Person{Name: "D", Partner: 1, Qualifications: []Qualification{{Name: "CDL", Issued: at(0), Expires: at(-1)}}}, []string{"qualifications: CDL expires before it was issued"}},
		"nameless qualification":   {&Person{Name: "D", Partner: 1, Qualifications: []Qualification{{Expires: at(1)}}}, []string{"qualifications: a qualification has a name"}},
		"passed when":              {&Resolution{Partner: 1, Title: "S", Status: Passed}, []string{"date: a passed resolution has the date on which it passed"}},
		"passed tomorrow":          {&Resolution{Partner: 1, Title: "S", Status: Passed, Date: at(1)}, []string{"date: a resolution cannot have passed on a day to come"}},
		"passed today":             {&Resolution{Partner: 1, Title: "S", Status: Passed, Date: at(0)}, nil},
		"not recorded":             {&Resolution{Partner: 1, Title: "S", Status: NotRecorded}, nil},
		"briefing to come":         {&Briefing{Partner: 1, Date: at(1), Status: BriefingGiven}, []string{"date: a briefing to come is planned, not given"}},
		"declined why":             {&Idea{Title: "I", Status: IdeaDeclined}, []string{"response? say why it was declined, so that the briefing can tell the council"}},
		"agreement backwards":      {&Agreement{Title: "A", Status: AgreementDraft, Effective: at(0), Expires: at(-1)}, []string{"expires: the agreement expires before it takes effect"}},
		"agreement with one party": {&Agreement{Title: "A", Status: AgreementSigned, Effective: at(0), Parties: []PartnerID{1}}, []string{"parties: a signed agreement has at least two parties"}},
		"agreement undated":        {&Agreement{Title: "A", Status: AgreementSigned, Parties: []PartnerID{1, 2}}, []string{"effective? without an effective date nobody can tell whether it is in force; check with counsel"}},
		"event backwards":          {&Event{Name: "E", State: EventOpen, Date: at(0), Until: at(-1)}, []string{"until: the last day is not before the first"}},
		"event of one day":         {&Event{Name: "E", State: EventOpen, Date: at(0), Until: at(0)}, nil},
		"crowded host":             {&Signup{Event: 1, Person: 1, Role: SignupHost, State: SignupReceived, Capacity: Some[int64](101)}, []string{"capacity: a host takes between 0 and 100 visitors at once"}},
		"cycle backwards":          {&Cycle{Year: 2026, Framework: CSF20, Opens: at(0), Closes: at(-1)}, []string{"closes: the cycle closes before it opens"}},
		"cycle of level 8":         {&Cycle{Year: 2026, Framework: CSF20, Minimum: Some[int64](8)}, []string{"minimum: the minimum is a level from 1 to 7"}},
		"not applicable why":       {&Answer{Cycle: 1, Partner: 1, Item: "PR.AA-01", Level: NotApplicable}, []string{"reason? say why it does not apply"}},
		"level 8":                  {&Answer{Cycle: 1, Partner: 1, Item: "PR.AA-01", Level: "8"}, []string{"level: Level holds a word that is not among its choices"}},
		"no such zone":             {&Settings{Name: "S", Zone: "Mars/Olympus"}, []string{"zone: the time zone is an IANA name such as America/Chicago"}},
		"the zone of the machine":  {&Settings{Name: "S", Zone: "Local"}, []string{"zone: the time zone is an IANA name such as America/Chicago"}},
	})
	if got := found(with(&Settings{ID: 1, Name: "S", Zone: "UTC"}), nil, &Settings{ID: 2, Name: "T", Zone: "UTC"}); len(got) != 1 ||
		!strings.Contains(got[0], "one settings record") {
		t.Errorf("two settings records: %q", got)
	}
}

// TestChangesWarn: rules that compare with what was there before.
func TestChangesWarn(t *testing.T) {
	before := &Partner{ID: 7, Name: "Oak Mills", Kind: City, Status: Joining}
	after := &Partner{ID: 7, Name: "Oak Mills", Kind: City, Status: Member}
	if got := found(with(after), before, after); len(got) != 1 || !strings.HasPrefix(got[0], "status? Oak Mills has no passed resolution") {
		t.Errorf("%q", got)
	}
	if got := found(with(after, &Resolution{Partner: 7, Status: Passed}), before, after); got != nil {
		t.Errorf("with a resolution: %q", got)
	}
	older, newer := &Equipment{Tag: "T", Name: "N", Owner: 1, Status: EquipmentActive, Meter: Some(Tenths(100))}, &Equipment{Tag: "T", Name: "N",
		Owner: 1, Status: EquipmentActive, Meter: Some(Tenths(99))}
	if got := found(with(), older, newer); len(got) != 1 || !strings.HasPrefix(got[0], "meter? ") {
		t.Errorf("%q", got)
	}
}

func TestLevelValue(t *testing.T) {
	for level, want := range map[Level]int{NotPerformed: 1, Informal: 2, Documented: 3, PartlyStandard: 4, RiskAccepted: 5, InProcess: 5, Tested: 6,
		Optimized: 7, NotApplicable: 0, UnknownToAnyone: 0, "": 0, "8": 0, "0": 0, "5": 0, "77": 0} {
		if got, ok := level.Value(); got != want || ok != (want > 0) {
			t.Errorf("%q is worth %d (%v), want %d", level, got, ok, want)
		}
	}
}

func TestProblems(t *testing.T) {
	var ps Problems
	ps.Warn("a", "look at a")
	if err := ps.Err("Dana"); err != nil {
		t.Errorf("a warning refuses: %v", err)
	}
	ps.Add("b", "b is wrong")
	ps.Add("c", "so is c")
	err := ps.Err("Dana")
	if err == nil || err.Error() != "Dana: b is wrong; so is c" || CodeOf(err) != Invalid || len(err.(*Error).Problems) != 2 {
		t.Errorf("%v", err)
	}
}
