package buying_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/buying"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

func with(recs ...any) *fieldtest.Memory { return fieldtest.With(model.NewSchema(), recs...) }

// at gives a time on the day of the tests.
func at(hour, minute int) value.Opt[value.Wall] {
	return value.Some(fieldtest.Saturday.At(hour, minute))
}

func money(c value.Cents) value.Opt[value.Cents] { return value.Some(c) }

func count(n int64) value.Opt[int64] { return value.Some(n) }

// joint is a joint bid of cities 2 and 5 that 2 leads, due at ten and sealed until then.
func joint(set func(*buying.Solicitation)) *buying.Solicitation {
	s := &buying.Solicitation{ID: 1, Title: "Salt", Lead: 2, Manner: buying.JointBid, State: buying.Issued,
		Due: at(10, 0), Sealed: true,
		Participants: []buying.Participation{{Partner: 2, Quantity: count(100), Committed: true},
			{Partner: 5, Quantity: count(50), Committed: true}}}
	set(s)
	return s
}

// marks lists what the rules say of a record by field at a time, refusals as
// "state:", warnings as "state?".
func marks(r field.Reader, now value.Wall, before, after any) string {
	var out []string
	for _, p := range r.Schema().Kind(after.(field.Record).KindName()).CheckAt(r, now, before, after) {
		if p.Warning {
			out = append(out, p.Field+"?")
		} else {
			out = append(out, p.Field+":")
		}
	}
	return strings.Join(out, " ")
}

// TestBidsStaySealed until the time that vendors were told, whatever is changed on
// the way there; what has been opened stays open.
func TestBidsStaySealed(t *testing.T) {
	state := func(to buying.SolicitationState) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.State = to })
	}
	due := func(to buying.SolicitationState, when value.Opt[value.Wall]) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.State, s.Due = to, when })
	}
	piggy := func(to buying.SolicitationState) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.State, s.Manner, s.Contract = to, buying.Piggyback, "State 12" })
	}
	open := func(to buying.SolicitationState, when value.Opt[value.Wall]) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.State, s.Due, s.Sealed = to, when, false })
	}
	never := value.Opt[value.Wall]{}
	for _, c := range []struct {
		name          string
		now           value.Opt[value.Wall]
		before, after *buying.Solicitation
		want          string
	}{
		{"opened on time", at(10, 0), state(buying.Issued), state(buying.Opened), ""},
		{"opened a minute before", at(9, 59), state(buying.Issued), state(buying.Opened), "state:"},
		{"awarded a minute before", at(9, 59), state(buying.Issued), state(buying.Awarded), "state:"},
		{"cancelled before", at(9, 59), state(buying.Issued), state(buying.CancelledState), ""},
		{"moved to now and opened", at(9, 59), state(buying.Issued), due(buying.Opened, at(9, 59)), "state:"},
		{"moved to now", at(9, 59), state(buying.Issued), due(buying.Issued, at(9, 59)), "due:"},
		{"moved to the next minute", at(9, 59), state(buying.Issued), due(buying.Issued, at(10, 0)), ""},
		{"without a time", at(9, 59), state(buying.Issued), due(buying.Issued, never), "due:"},
		{"without a time, when it is due", at(10, 0), state(buying.Issued), due(buying.Issued, never), ""},
		{"made another manner of", at(9, 59), state(buying.Issued), piggy(buying.Issued), "state:"},
		{"made another manner of before it was told", at(9, 59), state(buying.Gathering), piggy(buying.Gathering), ""},
		{"a contract in use", at(9, 59), piggy(buying.Issued), piggy(buying.ActiveContract), ""},
		{"gathered and opened early", at(9, 59), state(buying.Gathering), state(buying.Opened), "state:"},
		{"opened without a time", at(9, 59), due(buying.Issued, never), due(buying.Opened, never), "due:"},
		{"entered as opened without a time", at(9, 59), nil, due(buying.Opened, never), "due:"},
		{"entered as awarded long ago", at(9, 59), nil, due(buying.Awarded, never), ""},
		{"awarded without a time", at(9, 59), due(buying.Issued, never), due(buying.Awarded, never), "due:"},
		{"opened, and noted", at(11, 0), due(buying.Opened, never), due(buying.Opened, never), ""},
		{"unsealed a minute before", at(9, 59), state(buying.Issued), open(buying.Issued, at(10, 0)), "state:"},
		{"kept elsewhere, and moved to now", at(9, 59), open(buying.Issued, at(10, 0)),
			open(buying.Issued, at(9, 59)), ""},
		{"kept elsewhere, opened without a time", at(9, 59), open(buying.Issued, never),
			open(buying.Opened, never), ""},
		{"kept elsewhere, opened a minute before", at(9, 59), open(buying.Issued, at(10, 0)),
			open(buying.Opened, at(10, 0)),
			"state:"},
		{"sealed again", at(11, 0), state(buying.Opened), state(buying.Issued), "state:"},
		{"cancelled when opened", at(11, 0), state(buying.Opened), state(buying.CancelledState), ""},
	} {
		var before any
		if c.before != nil {
			before = c.before
		}
		if got := marks(with(), c.now.V, before, c.after); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	r := with(&buying.Bid{Solicitation: 1, Vendor: "V"})
	if got := marks(r, at(11, 0).V, nil, state(buying.Issued)); got != "state:" {
		t.Errorf("brought in sealed, with a bid on file: %q", got)
	}
	for state, want := range map[buying.SolicitationState]string{buying.Gathering: "live",
		buying.CommittedState: "live", buying.Issued: "live", buying.Opened: "live open",
		buying.Awarded: "live open", buying.ActiveContract: "live open", buying.ExpiredState: "open",
		buying.CancelledState: ""} {
		s := buying.Solicitation{State: state}
		if s.Live() != strings.Contains(want, "live") || s.Open() != strings.Contains(want, "open") {
			t.Errorf("%s: want %q", state, want)
		}
	}
}

// TestRulesOfASolicitation: agencies once each with a quantity that is one, terms
// that run forward, and needs that nobody else buys for.
func TestRulesOfASolicitation(t *testing.T) {
	part := func(ps ...buying.Participation) *buying.Solicitation {
		return joint(func(s *buying.Solicitation) { s.Participants = ps })
	}
	is := joint
	r := with(&buying.Need{ID: 1, Item: "Salt", Partner: 2, State: buying.NeedOpen},
		&buying.Solicitation{ID: 8, Title: "Others", Lead: 5, State: buying.Gathering, Needs: []buying.NeedID{1, 2}},
		&buying.Solicitation{ID: 9, Title: "Past", Lead: 5, State: buying.ExpiredState, Needs: []buying.NeedID{3}})
	for _, c := range []struct {
		name string
		rec  *buying.Solicitation
		want string
	}{
		{"of two agencies", is(func(*buying.Solicitation) {}), ""},
		{"an agency twice", part(buying.Participation{Partner: 2}, buying.Participation{Partner: 2}), "participants:"},
		{"nobody's quantity", part(buying.Participation{Quantity: count(1)}), "participants:"},
		{"a quantity of nothing", part(buying.Participation{Partner: 2, Quantity: count(0)}), "participants:"},
		{"a quantity of one", part(buying.Participation{Partner: 2, Quantity: count(1)}), ""},
		{"committed to nothing", part(buying.Participation{Partner: 2, Committed: true}), "participants:"},
		{"a contract that is not named", is(func(s *buying.Solicitation) { s.Manner = buying.Piggyback }), "contract?"},
		{"a contract that is named",
			is(func(s *buying.Solicitation) { s.Manner, s.Contract = buying.Piggyback, "State 12" }), ""},
		{"a term of a day", is(func(s *buying.Solicitation) { s.Begins, s.Ends = fieldtest.On(0), fieldtest.On(0) }),
			""},
		{"a term of less", is(func(s *buying.Solicitation) { s.Begins, s.Ends = fieldtest.On(0), fieldtest.On(-1) }),
			"ends:"},
		{"a fee of nothing", is(func(s *buying.Solicitation) { s.Fee, s.RenewalsLeft = money(0), count(0) }), ""},
		{"a fee of less", is(func(s *buying.Solicitation) { s.Fee = money(-1) }), "fee:"},
		{"renewals of less", is(func(s *buying.Solicitation) { s.RenewalsLeft = count(-1) }), "fee:"},
		{"a need twice", is(func(s *buying.Solicitation) { s.Needs = []buying.NeedID{3, 3} }), "needs:"},
		{"a need of another", is(func(s *buying.Solicitation) { s.Needs = []buying.NeedID{1} }), "needs:"},
		{"a need of another, when it is cancelled",
			is(func(s *buying.Solicitation) { s.Needs, s.State = []buying.NeedID{1}, buying.CancelledState }), ""},
		{"a need of one that is over", is(func(s *buying.Solicitation) { s.Needs = []buying.NeedID{3} }), ""},
		{"its own need", is(func(s *buying.Solicitation) { s.ID, s.Needs = 8, []buying.NeedID{1} }), ""},
	} {
		if got := marks(r, at(8, 0).V, nil, c.rec); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for need, want := range map[buying.NeedID]string{1: `"Salt" is part of "Others" already; take it out there first`,
		2: `need #2 is part of "Others" already; take it out there first`} {
		if got := fieldtest.Found(r, nil, is(func(s *buying.Solicitation) { s.Needs = []buying.NeedID{need} })); len(
			got) != 1 || got[0] != "needs: "+want {
			t.Errorf("%q", got)
		}
	}
	if got := r.Schema().Kind("solicitations").Parties(r, is(func(*buying.Solicitation) {})); !slices.Equal(got,
		[]field.Party{2, 2, 5}) {
		t.Errorf("%v", got)
	}
}

// TestEachAgencyChangesItsOwnQuantity: the rest of a solicitation is the lead's.
func TestEachAgencyChangesItsOwnQuantity(t *testing.T) {
	was := joint(func(*buying.Solicitation) {})
	is := joint
	var none *buying.Solicitation
	k := model.NewSchema().Kind("solicitations")
	for _, c := range []struct {
		name          string
		before, after any
		others        bool // agency 5 may, which does not lead
	}{
		{"begun", nil, was, false}, {"removed", was, none, false},
		{"its own quantity", was, is(func(s *buying.Solicitation) { s.Participants[1].Quantity = count(60) }), true},
		{"itself taken out", was, is(func(s *buying.Solicitation) { s.Participants = s.Participants[:1] }), true},
		{"the lead's quantity", was, is(func(s *buying.Solicitation) { s.Participants[0].Quantity = count(60) }),
			false},
		{"the state", was, is(func(s *buying.Solicitation) { s.State = buying.Opened }), false},
		{"the opening", was, is(func(s *buying.Solicitation) { s.Due = at(11, 0) }), false},
		{"the lead", was, is(func(s *buying.Solicitation) { s.Lead = 5 }), false},
		{"the title", was, is(func(s *buying.Solicitation) { s.Title = "x" }), false},
		{"the seal", was, is(func(s *buying.Solicitation) { s.Sealed = false }), false},
		{"the fee", was, is(func(s *buying.Solicitation) { s.Fee = money(1) }), false},
		{"a note", was, is(func(s *buying.Solicitation) { s.Note = "x" }), true},
	} {
		if err := k.MayStep(with(), field.Actor{Partner: 2}, c.before, c.after); err != nil {
			t.Errorf("%s by the lead: %v", c.name, err)
		}
		if err := k.MayStep(with(), field.Actor{Partner: 5}, c.before, c.after); (err == nil) != c.others ||
			err != nil && failure.CodeOf(err) != failure.Forbidden {
			t.Errorf("%s by another agency: %v", c.name, err)
		}
	}
}

// TestRulesOfBids: entered at the opening, not later than it, with prices for
// quantities that rise.
func TestRulesOfBids(t *testing.T) {
	r := with(joint(func(s *buying.Solicitation) { s.State = buying.Opened }),
		joint(func(s *buying.Solicitation) { s.ID, s.State = 2, buying.Issued }),
		joint(func(s *buying.Solicitation) { s.ID, s.State = 3, buying.Awarded }),
		joint(func(s *buying.Solicitation) { s.ID, s.State, s.Due.Set = 4, buying.Opened, false }))
	is := func(set func(*buying.Bid)) *buying.Bid {
		b := &buying.Bid{Solicitation: 1, Vendor: "V", Manner: buying.TierAll, Tiers: []buying.Tier{tier(0, 80_00)}}
		set(b)
		return b
	}
	tiers := func(ts ...buying.Tier) *buying.Bid { return is(func(b *buying.Bid) { b.Tiers = ts }) }
	received := func(of buying.SolicitationID, when value.Opt[value.Wall]) *buying.Bid {
		return is(func(b *buying.Bid) { b.Solicitation, b.Received = of, when })
	}
	for _, c := range []struct {
		name          string
		before, after *buying.Bid
		want          string
	}{
		{"a bid", nil, is(func(*buying.Bid) {}), ""},
		{"sealed", nil, is(func(b *buying.Bid) { b.Solicitation = 2 }), "solicitation:"},
		{"on time", nil, received(1, at(10, 0)), ""},
		{"too late", nil, received(1, at(10, 1)), "received:"},
		{"late where no time was told", nil, received(4, at(10, 1)), ""},
		{"later than now", nil, received(4, at(12, 1)), "received:"},
		{"now", nil, received(4, at(12, 0)), ""},
		{"later than now, as before", received(4, at(12, 1)), received(4, at(12, 1)), ""},
		{"moved later than now", received(4, at(12, 0)), received(4, at(12, 1)), "received:"},
		{"entered after the award", nil, received(3, value.Opt[value.Wall]{}), "received:"},
		{"received before it, entered after the award", nil, received(3, at(9, 0)), ""},
		{"mended after the award", received(3, value.Opt[value.Wall]{}), received(3, value.Opt[value.Wall]{}), ""},
		{"without a price", nil, tiers(), "tiers:"},
		{"from nobody knows how many", nil, tiers(buying.Tier{Price: money(1)}), "tiers:"},
		{"at nobody knows what", nil, tiers(buying.Tier{From: count(1)}), "tiers:"},
		{"from less than nothing", nil, tiers(tier(-1, 1)), "tiers:"},
		{"for nothing", nil, tiers(tier(1, 0)), ""},
		{"for less", nil, tiers(tier(1, -1)), "tiers:"},
		{"rising", nil, tiers(tier(1, 9), tier(2, 8)), ""},
		{"not rising", nil, tiers(tier(2, 9), tier(2, 8)), "tiers:"},
		{"dearer by quantity", nil, tiers(tier(1, 8), tier(2, 9)), "tiers?"},
		{"as dear by quantity", nil, tiers(tier(1, 8), tier(2, 8)), ""},
	} {
		var before any
		if c.before != nil {
			before = c.before
		}
		if got := marks(r, at(12, 0).V, before, c.after); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	k := r.Schema().Kind("bids")
	if got := k.Parties(r, is(func(*buying.Bid) {})); !slices.Equal(got, []field.Party{2}) {
		t.Errorf("a bid is of %v", got)
	}
	if got := k.Parties(r, &buying.Bid{Solicitation: 99}); got != nil {
		t.Errorf("a bid for nothing is of %v", got)
	}
}

// TestRulesOfNeedsAndAwards, and of what comes of comparing.
func TestRulesOfNeedsAndAwards(t *testing.T) {
	need := func(set func(*buying.Need)) *buying.Need {
		n := &buying.Need{Item: "Salt", Partner: 2, State: buying.NeedOpen}
		set(n)
		return n
	}
	r := with(joint(func(s *buying.Solicitation) { s.State = buying.Opened }),
		joint(func(s *buying.Solicitation) { s.ID = 2 }), &buying.Bid{ID: 1, Solicitation: 1},
		&buying.Bid{ID: 2, Solicitation: 2})
	award := func(set func(*buying.Award)) *buying.Award {
		a := &buying.Award{Solicitation: 1, Bid: 1, Vendor: "V"}
		set(a)
		return a
	}
	line := func(l buying.AwardLine) *buying.Award {
		return award(func(a *buying.Award) { a.Lines = []buying.AwardLine{l} })
	}
	compared := func(verdict buying.Verdict, reason string, cities ...buying.CityNeed) *buying.Opportunity {
		return &buying.Opportunity{Title: "Sweeping", Verdict: verdict, Reason: reason, Cities: cities}
	}
	for _, c := range []struct {
		name string
		rec  any
		want string
	}{
		{"a need", need(func(*buying.Need) {}), ""},
		{"a need of nothing", need(func(n *buying.Need) { n.Quantity = count(0) }), "quantity:"},
		{"a need of one", need(func(n *buying.Need) { n.Quantity = count(1) }), ""},
		{"a budget of nothing", need(func(n *buying.Need) { n.Budget = money(0) }), ""},
		{"a budget of less", need(func(n *buying.Need) { n.Budget = money(-1) }), "baseline:"},
		{"a price of less", need(func(n *buying.Need) { n.Baseline, n.BaselineSource = money(-1), "x" }), "baseline:"},
		{"a price from nowhere", need(func(n *buying.Need) { n.Baseline = money(1) }), "baseline_source?"},
		{"a price from an invoice", need(func(n *buying.Need) { n.Baseline, n.BaselineSource = money(1), "invoice" }),
			""},
		{"an award", award(func(*buying.Award) {}), ""},
		{"without a bid", award(func(a *buying.Award) { a.Bid = 0 }), "note:"},
		{"without a bid, for a reason", award(func(a *buying.Award) { a.Bid, a.Note = 0, "the only source" }), ""},
		{"of what is sealed", award(func(a *buying.Award) { a.Solicitation, a.Bid = 2, 2 }), "solicitation:"},
		{"of another's bid", award(func(a *buying.Award) { a.Bid = 2 }), "bid:"},
		{"to nobody", line(buying.AwardLine{Quantity: count(1)}), "lines:"},
		{"of nothing", line(buying.AwardLine{Partner: 2, Quantity: count(0)}), "lines:"},
		{"of one for nothing", line(buying.AwardLine{Partner: 2, Quantity: count(1), Price: money(0),
			Baseline: money(0)}), ""},
		{"for less than nothing", line(buying.AwardLine{Partner: 2, Price: money(-1)}), "lines:"},
		{"instead of less than nothing", line(buying.AwardLine{Partner: 2, Baseline: money(-1)}), "lines:"},
		{"compared", compared("", "", buying.CityNeed{Partner: 2, Spends: money(0)}), ""},
		{"by nobody", compared("", "", buying.CityNeed{Has: "two"}), "cities:"},
		{"spending less than nothing", compared("", "", buying.CityNeed{Partner: 2, Spends: money(-1)}), "cities:"},
		{"left open", compared("open", ""), ""}, {"dropped", compared("drop", ""), "reason?"},
		{"dropped for a reason", compared("drop", "too far"), ""},
	} {
		if got := marks(r, at(12, 0).V, nil, c.rec); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if total, known := compared("", "", buying.CityNeed{Partner: 2, Spends: money(3)}, buying.CityNeed{Partner: 3},
		buying.CityNeed{Partner: 4, Spends: money(4)}).Spent(); total != 7 || known != 2 {
		t.Errorf("%v by %d", total, known)
	}
	parties := func(rec any) []field.Party { return r.Schema().Kind(rec.(field.Record).KindName()).Parties(r, rec) }
	if got := parties(award(func(*buying.Award) {})); !slices.Equal(got, []field.Party{2}) {
		t.Errorf("an award is of %v", got)
	}
	if got := parties(&buying.Award{}); got != nil {
		t.Errorf("an award of nothing is of %v", got)
	}
	if got := parties(compared("", "", buying.CityNeed{Partner: 2}, buying.CityNeed{Partner: 3})); !slices.Equal(got,
		[]field.Party{2, 3}) {
		t.Errorf("a comparison is of %v", got)
	}
}
