package model

import (
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func TestProgramRules(t *testing.T) {
	share := func(p partnership.PartnerID, percent int64) partnership.Participant {
		return partnership.Participant{Partner: p, Share: value.Some(value.Percent(percent * 100))}
	}
	program := func(change func(*partnership.Program)) *partnership.Program {
		p := &partnership.Program{Name: "Fuel"}
		change(p)
		return p
	}
	fieldtest.CheckAll(t, with(), map[string]fieldtest.Rule{
		"a name is enough": {program(func(*partnership.Program) {}), nil},
		"without a name":   {&partnership.Program{}, []string{"name: Program is needed"}},
		"ends as it starts": {program(func(p *partnership.Program) {
			p.Start, p.End = fieldtest.On(0), fieldtest.On(0)
		}), nil},
		"ends before": {program(func(p *partnership.Program) {
			p.Start, p.End = fieldtest.On(0), fieldtest.On(-1)
		}), []string{"end: the program ends before it starts"}},
		"shares make a whole": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{share(1, 60), share(2, 40)}
		}), nil},
		"shares make more": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{share(1, 60), share(2, 41)}
		}), []string{"participants: cost shares add up to more than 100 percent"}},
		"no shares recorded": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{{Partner: 1}, {Partner: 2}}
		}), nil},
		"a negative share": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{share(1, -1)}
		}), []string{"participants: a cost share is between 0 and 100 percent"}},
		"somebody twice": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{share(1, 5), share(1, 5)}
		}), []string{"participants: a partner is listed twice"}},
		"a nameless share": {program(func(p *partnership.Program) {
			p.Participants = []partnership.Participant{share(0, 5)}
		}), []string{"participants: each participant names a partner"}},
		"money from somewhere": {program(func(p *partnership.Program) {
			p.Funding = []partnership.Funding{{Amount: value.Some(value.Cents(5))}}
		}), []string{"funding: each amount names its source"}},
		"an amount unknown": {program(func(p *partnership.Program) {
			p.Funding = []partnership.Funding{{Source: "grant"}}
		}), nil},
		"an amount of nothing": {program(func(p *partnership.Program) {
			p.Funding = []partnership.Funding{{Source: "grant", Amount: value.Some(value.Cents(0))}}
		}), nil},
		"a negative amount": {program(func(p *partnership.Program) {
			p.Funding = []partnership.Funding{{Source: "grant", Amount: value.Some(value.Cents(-1))}}
		}), []string{"funding: an amount is not negative"}},
		"a date for no step": {program(func(p *partnership.Program) { p.Next.Due = fieldtest.On(3) }),
			[]string{"next_step: say what the next step is"}},
		"an owner of no step": {program(func(p *partnership.Program) { p.Next.Owner = 3 }),
			[]string{"next_step: say what the next step is"}},
		"a step without a day": {program(func(p *partnership.Program) { p.Next.What = "call" }), nil},
		"a made-up status": {program(func(p *partnership.Program) { p.Status = "asleep" }),
			[]string{"status: Status holds a word that is not among its choices"}},
	})
}

func TestProgramFigures(t *testing.T) {
	p := &partnership.Program{Funding: []partnership.Funding{{Source: "a"}, {Source: "b"}}}
	if sum, ok := p.Funded(); ok || sum != 0 {
		t.Errorf("unknown amounts add up to %v", sum)
	}
	p.Funding = append(p.Funding, partnership.Funding{Source: "c", Amount: value.Some(value.Cents(0))},
		partnership.Funding{Source: "d", Amount: value.Some(value.Cents(748_000_00))})
	if sum, ok := p.Funded(); !ok || sum != 748_000_00 {
		t.Errorf("%v %v", sum, ok)
	}
	p.Lead, p.Participants = 2, []partnership.Participant{{Partner: 3}}
	for id, want := range map[partnership.PartnerID]bool{0: false, 1: false, 2: true, 3: true} {
		if p.TakesPart(id) != want {
			t.Errorf("partner %d takes part: %v", id, !want)
		}
	}
	for status, want := range map[partnership.ProgramStatus]bool{"": false, partnership.ProgramIdea: false,
		partnership.ProgramExploring: true, partnership.ProgramActive: true,
		partnership.ProgramCompleted: false, partnership.ProgramRetired: false} {
		if (&partnership.Program{Status: status}).Live() != want {
			t.Errorf("%q is live: %v", status, !want)
		}
	}
}

func TestInForce(t *testing.T) {
	signed := func(effective, expires value.Opt[value.Day]) *partnership.Agreement {
		return &partnership.Agreement{Status: partnership.AgreementSigned, Effective: effective, Expires: expires}
	}
	none := value.Opt[value.Day]{}
	for name, c := range map[string]struct {
		a    *partnership.Agreement
		want bool
	}{
		"first day":            {signed(fieldtest.On(0), fieldtest.On(10)), true},
		"day before the first": {signed(fieldtest.On(1), fieldtest.On(10)), false},
		"last day":             {signed(fieldtest.On(-10), fieldtest.On(0)), true},
		"day after the last":   {signed(fieldtest.On(-10), fieldtest.On(-1)), false},
		"a single day":         {signed(fieldtest.On(0), fieldtest.On(0)), true},
		"no expiry":            {signed(fieldtest.On(-10), none), true},
		"no effective date":    {signed(none, fieldtest.On(10)), false},
		"draft": {&partnership.Agreement{Status: partnership.AgreementDraft,
			Effective: fieldtest.On(-1)}, false},
		"ended before its time": {&partnership.Agreement{Status: partnership.AgreementEnded,
			Effective: fieldtest.On(-9), Expires: fieldtest.On(9)}, false},
	} {
		if c.a.InForce(fieldtest.Saturday) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

func TestInForceBetween(t *testing.T) {
	r := with(
		&partnership.Agreement{ID: 1, Parties: []partnership.PartnerID{1, 2, 3}, Status: partnership.AgreementSigned,
			Effective: fieldtest.On(-5), Expires: fieldtest.On(5)},
		&partnership.Agreement{ID: 2, Parties: []partnership.PartnerID{2, 3}, Status: partnership.AgreementSigned,
			Effective: fieldtest.On(-5)},
		&partnership.Agreement{ID: 3, Parties: []partnership.PartnerID{1, 2}, Status: partnership.AgreementDraft,
			Effective: fieldtest.On(-5)},
		&partnership.Agreement{ID: 4, Parties: []partnership.PartnerID{1, 4}, Status: partnership.AgreementSigned,
			Effective: fieldtest.On(1)},
	)
	for _, c := range []struct {
		a, b partnership.PartnerID
		day  int
		want []partnership.AgreementID
	}{
		{1, 2, 0, []partnership.AgreementID{1}}, {2, 1, 0, []partnership.AgreementID{1}},
		{2, 3, 0, []partnership.AgreementID{1, 2}}, {2, 3, 6, []partnership.AgreementID{2}},
		{1, 2, 6, nil}, {1, 2, -6, nil}, {1, 4, 0, nil}, {1, 4, 1, []partnership.AgreementID{4}}, {4, 3, 1, nil},
		{5, 1, 0, nil},
	} {
		var got []partnership.AgreementID
		for _, g := range partnership.InForceBetween(r, fieldtest.Saturday+value.Day(c.day), c.a, c.b) {
			got = append(got, g.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("between %d and %d on day %d: %v, want %v", c.a, c.b, c.day, got, c.want)
		}
	}
}

func TestNoticeDay(t *testing.T) {
	a := &partnership.Agreement{Expires: fieldtest.On(90)}
	if got := a.NoticeDay(); got != fieldtest.On(90) {
		t.Errorf("without a notice period %v", got)
	}
	a.NoticeDays = value.Some[int64](90)
	if got := a.NoticeDay(); got != fieldtest.On(0) {
		t.Errorf("%v", got)
	}
	if got := (&partnership.Agreement{NoticeDays: value.Some[int64](90)}).NoticeDay(); got.Set {
		t.Errorf("without an expiry %v", got)
	}
}

func TestNextBriefing(t *testing.T) {
	given := func(y int, m time.Month, d int) *partnership.Briefing {
		return &partnership.Briefing{Partner: 4, Date: value.Some(value.Date(y, m, d)),
			Status: partnership.BriefingGiven}
	}
	planned := func(days int) *partnership.Briefing {
		return &partnership.Briefing{Partner: 4, Date: fieldtest.On(days), Status: partnership.BriefingPlanned}
	}
	none := value.Opt[value.Day]{}
	for name, c := range map[string]struct {
		fiscal partnership.FiscalMonth
		recs   []any
		last   value.Opt[value.Day]
		due    value.Opt[value.Day]
		plan   value.Opt[value.Day]
	}{
		"none recorded":              {"", nil, none, none, none},
		"none recorded, fiscal year": {"07", nil, none, none, none},
		"only one planned":           {"", []any{planned(5)}, none, none, fieldtest.On(5)},
		"planned for today":          {"", []any{planned(0)}, none, none, fieldtest.On(0)},
		"planned and gone by":        {"", []any{planned(-1)}, none, none, none},
		"the earliest plan counts":   {"", []any{planned(9), planned(5), planned(-3)}, none, none, fieldtest.On(5)},
		"a year after the last": {"", []any{given(2026, 3, 4)}, value.Some(value.Date(2026, 3, 4)),
			value.Some(value.Date(2027, 3, 4)), none},
		"the latest counts": {"", []any{given(2026, 3, 4), given(2025, 9, 9)},
			value.Some(value.Date(2026, 3, 4)), value.Some(value.Date(2027, 3, 4)), none},
		"a leap day": {"", []any{given(2024, 2, 29)}, value.Some(value.Date(2024, 2, 29)),
			value.Some(value.Date(2025, 2, 28)), none},
		"end of the next fiscal year": {"07", []any{given(2026, 3, 4)}, value.Some(value.Date(2026, 3, 4)),
			value.Some(value.Date(2027, 6, 30)), none},
		"first day of a fiscal year": {"07", []any{given(2026, 7, 1)}, value.Some(value.Date(2026, 7, 1)),
			value.Some(value.Date(2028, 6, 30)), none},
		"last day of a fiscal year": {"07", []any{given(2026, 6, 30)}, value.Some(value.Date(2026, 6, 30)),
			value.Some(value.Date(2027, 6, 30)), none},
		"fiscal is calendar year": {"01", []any{given(2026, 3, 4)}, value.Some(value.Date(2026, 3, 4)),
			value.Some(value.Date(2027, 12, 31)), none},
		"fiscal year to a leap day": {"03", []any{given(2027, 1, 10)}, value.Some(value.Date(2027, 1, 10)),
			value.Some(value.Date(2028, 2, 29)), none},
		"fiscal year from a leap day": {"03", []any{given(2028, 1, 10)}, value.Some(value.Date(2028, 1, 10)),
			value.Some(value.Date(2029, 2, 28)), none},
		"a month that is none": {"13", []any{given(2026, 3, 4)}, value.Some(value.Date(2026, 3, 4)),
			value.Some(value.Date(2027, 3, 4)), none},
		"another city's": {"",
			[]any{&partnership.Briefing{Partner: 5, Date: fieldtest.On(-9), Status: partnership.BriefingGiven}}, none,
			none, none},
		"given, but nobody knows when": {"", []any{&partnership.Briefing{Partner: 4, Status: partnership.BriefingGiven},
			&partnership.Briefing{Partner: 4, Status: partnership.BriefingPlanned}},
			none, none, none},
	} {
		p := &partnership.Partner{ID: 4, FiscalStart: c.fiscal}
		got := partnership.NextBriefing(with(append(c.recs, p)...), p, fieldtest.Saturday)
		if want := (partnership.BriefingDue{Last: c.last, Due: c.due, Planned: c.plan}); got != want {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		}
	}
}

func TestOtherRules(t *testing.T) {
	at := func(d int) value.Opt[value.Day] { return fieldtest.On(d) }
	fieldtest.CheckAll(t, with(&partnership.Partner{ID: 1, Name: "A", Kind: partnership.City,
		Status: partnership.Member}), map[string]fieldtest.Rule{
		"partner needs": {&partnership.Partner{}, []string{"name: Name is needed", "kind: Kind is needed",
			"status: Status is needed"}},
		"partner too old": {&partnership.Partner{Name: "B", Kind: partnership.City, Status: partnership.Member,
			Since: 1899}, []string{"since: the year of joining is between 1900 and two years from now"}},
		"partner negative": {&partnership.Partner{Name: "B", Kind: partnership.City, Status: partnership.Member,
			Population: value.Some[int64](-1)}, []string{"population: a population is not negative"}},
		"person needs": {&partnership.Person{},
			[]string{"name: Name is needed", "partner: Partner is needed"}},
		"qualification": {&partnership.Person{Name: "D", Partner: 1,
			Qualifications: []partnership.Qualification{{Name: "CDL", Issued: at(0), Expires: at(-1)}}},
			[]string{"qualifications: CDL expires before it was issued"}},
		"nameless qualification": {&partnership.Person{Name: "D", Partner: 1,
			Qualifications: []partnership.Qualification{{Expires: at(1)}}}, []string{"qualifications: a " +
			"qualification has a name"}},
		"passed when": {&partnership.Resolution{Partner: 1, Title: "S", Status: partnership.Passed},
			[]string{"date: a passed resolution has the date on which it passed"}},
		"passed tomorrow": {&partnership.Resolution{Partner: 1, Title: "S", Status: partnership.Passed,
			Date: at(1)}, []string{"date: a resolution cannot have passed on a day to come"}},
		"passed today": {&partnership.Resolution{Partner: 1, Title: "S", Status: partnership.Passed,
			Date: at(0)}, nil},
		"not recorded": {&partnership.Resolution{Partner: 1, Title: "S", Status: partnership.NotRecorded},
			nil},
		"briefing to come": {&partnership.Briefing{Partner: 1, Date: at(1), Status: partnership.BriefingGiven},
			[]string{"date: a briefing to come is planned, not given"}},
		"declined why": {&partnership.Idea{Title: "I", Status: partnership.IdeaDeclined},
			[]string{"response? say why it was declined, so that the briefing can tell the council"}},
		"agreement backwards": {&partnership.Agreement{Title: "A", Status: partnership.AgreementDraft,
			Effective: at(0), Expires: at(-1)}, []string{"expires: the agreement expires before it takes effect"}},
		"agreement with one party": {&partnership.Agreement{Title: "A", Status: partnership.AgreementSigned,
			Effective: at(0), Parties: []partnership.PartnerID{1}}, []string{"parties: a signed agreement has at " +
			"least two parties"}},
		"agreement undated": {&partnership.Agreement{Title: "A", Status: partnership.AgreementSigned,
			Parties: []partnership.PartnerID{1, 2}}, []string{"effective? without an effective date nobody can tell " +
			"whether it is in force; check with counsel"}},
		"no such zone": {&partnership.Settings{Name: "S", Zone: "Mars/Olympus"},
			[]string{"zone: the time zone is an IANA name such as America/Chicago"}},
		"the zone of the machine": {&partnership.Settings{Name: "S", Zone: "Local"},
			[]string{"zone: the time zone is an IANA name such as America/Chicago"}},
	})
	if got := fieldtest.Found(with(&partnership.Settings{ID: 1, Name: "S", Zone: "UTC"}), nil,
		&partnership.Settings{ID: 2, Name: "T", Zone: "UTC"}); len(got) != 1 ||
		!strings.Contains(got[0], "one settings record") {
		t.Errorf("two settings records: %q", got)
	}
}

// TestChangesWarn: rules that compare with what was there before.
func TestChangesWarn(t *testing.T) {
	before := &partnership.Partner{ID: 7, Name: "Oak Mills", Kind: partnership.City, Status: partnership.Joining}
	after := &partnership.Partner{ID: 7, Name: "Oak Mills", Kind: partnership.City, Status: partnership.Member}
	if got := fieldtest.Found(with(after), before, after); len(got) != 1 ||
		!strings.HasPrefix(got[0], "status? Oak Mills has no passed resolution") {
		t.Errorf("%q", got)
	}
	if got := fieldtest.Found(with(after, &partnership.Resolution{Partner: 7, Status: partnership.Passed}), before,
		after); got != nil {
		t.Errorf("with a resolution: %q", got)
	}
}

func TestProblems(t *testing.T) {
	var ps failure.Problems
	ps.Warn("a", "look at a")
	if err := ps.Err("Dana"); err != nil {
		t.Errorf("a warning refuses: %v", err)
	}
	ps.Add("b", "b is wrong")
	ps.Add("c", "so is c")
	err := ps.Err("Dana")
	if err == nil || err.Error() != "Dana: b is wrong; so is c" || failure.CodeOf(err) != failure.Invalid ||
		len(err.(*failure.Error).Problems) != 2 {
		t.Errorf("%v", err)
	}
}
