package overview

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/cyber/incident"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// TestEverythingDueReachesTheOverview: a kind that asks for something is told of
// on one tab, neither on none nor on two.
func TestEverythingDueReachesTheOverview(t *testing.T) {
	r := file(
		partnership.Briefing{Partner: 1, Date: on(3), Status: partnership.BriefingPlanned},
		partnership.Person{Name: "Dana", Partner: 5,
			Qualifications: []partnership.Qualification{{Name: "CDL", Expires: on(9)}}},
		partnership.Program{Name: "Fuel", Next: partnership.NextStep{What: "Ask", Due: on(1)}},
		partnership.Idea{Title: "One list", Status: partnership.IdeaNew},
		partnership.Agreement{Title: "Loans", Status: partnership.AgreementSigned, Expires: on(9)},
		partnership.Partner{Name: "Oak Mills", Kind: partnership.City, Status: partnership.Joining},
		shadowing.Event{Name: "Spring", Date: on(9), State: shadowing.EventOpen},
		lending.Equipment{Tag: "T", Name: "Truck", Owner: 5, Status: lending.EquipmentActive, ServiceDue: on(3)},
		lending.Reservation{Unit: 1, Borrower: 4, State: lending.Requested},
		lending.Charge{Lender: 5, Borrower: 4, State: lending.Disputed},
		cyber.Cycle{Year: 2026, Opens: on(-9), Closes: on(9)},
		meeting.Meeting{Name: "Staff", State: meeting.MeetingOpen},
	)
	for _, rec := range []field.Record{
		&lending.Statement{ID: 1, First: 4, Second: 5, State: lending.StatementSent},
		&buying.Need{ID: 1, Partner: 5, Item: "Salt", State: buying.NeedOpen, NeededBy: on(9)},
		&buying.Opportunity{ID: 1, Title: "Sweeping", Next: partnership.NextStep{What: "Count", Due: on(9)}},
		&buying.Solicitation{ID: 1, Title: "Tires", State: buying.Opened, Due: value.Some((today - 1).At(14, 0))},
		&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: cyber.AssessmentInReview},
		&cyber.Release{ID: 1, Cycle: 1, Partner: 4, Sent: true},
		&cyber.Consent{ID: 1, Cycle: 1, Partner: 5, Terms: cyber.Terms{Year: 2025}},
		&incident.Card{ID: 1, Partner: 5, Contacts: []incident.Contact{{Role: "IT lead", First: "Dana"}}},
		&meeting.Action{ID: 1, What: "Call", State: meeting.ActionOpen, Due: on(2)},
	} {
		r.Put(rec.KindName(), rec)
	}
	told := map[string]int{}
	for _, c := range Contributors() {
		kinds := map[string]bool{}
		part := c(at(r))
		for _, l := range part.Attention {
			kinds[l.Kind] = true
		}
		for _, e := range part.Coming {
			kinds[e.Kind] = true
		}
		for kind := range kinds {
			told[kind]++
		}
	}
	for _, k := range r.Schema().Kinds {
		if k.ComesDue() && told[k.Name] != 1 {
			t.Errorf("%s: told of on %d tabs", k.Name, told[k.Name])
		}
	}
}

// TestWhatIsDueIsSaidInSentences: of whatever is due somebody is told, on a line
// or in a calendar, in words that are not cut and on one line.
func TestWhatIsDueIsSaidInSentences(t *testing.T) {
	n := 0
	for d := range at(sample.Story(today).Reader()).Due() {
		var said []string
		if d.Line != nil {
			said = append(said, d.Line())
		}
		if d.Event != nil {
			said = append(said, d.Event())
			if !d.On.Set {
				t.Errorf("%s: an event without a day", d.Event())
			}
		}
		if len(said) == 0 || d.Urgency != field.Later && d.Line == nil {
			t.Errorf("%s %d is %s and says nothing", d.Kind, d.ID, d.Urgency)
		}
		for _, s := range said {
			if s == "" || strings.HasSuffix(s, ".") || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") {
				t.Errorf("%q is no sentence without its full stop", s)
			}
		}
		n++
	}
	if n < 40 {
		t.Errorf("%d are due in the story", n)
	}
}

// TestWhoseItIs: what one partner is to answer is theirs, what nobody in
// particular is asked for is the parties'.
func TestWhoseItIs(t *testing.T) {
	r := file(lending.Equipment{Tag: "T", Name: "Truck", Owner: 5},
		lending.Reservation{Unit: 1, Borrower: 4, State: lending.Requested},
		lending.Reservation{Unit: 1, Borrower: 4, State: lending.OutOnLoan, End: value.Some((today - 1).At(8, 0))},
		lending.Reservation{Unit: 1, Borrower: 4, State: lending.Approved, Start: value.Some(today.At(12, 0))},
		partnership.Idea{Title: "Ours", Status: partnership.IdeaNew})
	r.Put(lending.KindStatements, &lending.Statement{ID: 1, First: 4, Second: 5, Net: value.Some[value.Cents](-100),
		State: lending.StatementAgreed})
	want := map[string][]field.Party{
		"Grandview asks for T Truck; Raytown is to answer":                                  {5},
		"T Truck, in use by Grandview, was due back Feb 19, 2027 (yesterday) at 8:00 am":    {4},
		"T Truck goes to Grandview today at 12:00 pm":                                       {4, 5},
		"The statement of Grandview and Raytown is agreed; Raytown says when it is settled": {5},
		"The idea “Ours” waits for an answer":                                               nil,
	}
	for d := range at(r).Due() {
		if d.Line == nil {
			continue
		}
		parties, known := want[d.Line()]
		if !known || !slices.Equal(d.For, parties) {
			t.Errorf("%q is for %v", d.Line(), d.For)
		}
		delete(want, d.Line())
	}
	if len(want) > 0 {
		t.Errorf("not said: %v", want)
	}
}

// TestAgendasCountBusinessDaysOfTheHost: an agenda is asked for three business
// days before the meeting, by the calendar of the city that prepares it.
func TestAgendasCountBusinessDaysOfTheHost(t *testing.T) {
	friday := today + 6
	held := func(host partnership.PartnerID) meeting.Meeting {
		return meeting.Meeting{Name: "Staff", Host: host, State: meeting.MeetingPlanned,
			Start: value.Some(friday.At(9, 0))}
	}
	closed := partnership.Holiday{ID: 1, Partner: 5, Day: value.Some(friday - 1), Name: "Founders' Day"}
	for name, c := range map[string]struct {
		host partnership.PartnerID
		now  value.Day
		how  string
	}{
		"Monday, and Thursday is closed": {5, friday - 4, "3 business days before Fri 26 Feb 2027: Mon 22 Feb 2027, " +
			"by the calendar of Raytown"},
		"Monday, where Thursday is open":  {4, friday - 4, ""},
		"Tuesday, where Thursday is open": {4, friday - 3, "3 business days before Fri 26 Feb 2027: Tue 23 Feb 2027"},
		"the weekend before":              {5, friday - 5, ""},
	} {
		r := file(held(c.host))
		r.Put(partnership.KindHolidays, &closed)
		lines := Meetings(field.Viewpoint{Reader: r, Now: c.now.At(9, 0)}).Attention
		switch {
		case c.how == "" && len(lines) > 0:
			t.Errorf("%s: %q", name, lines[0].Text)
		case c.how != "" && (len(lines) != 1 || lines[0].How != c.how):
			t.Errorf("%s: %+v", name, lines)
		}
	}
}
