package buying

import (
	"cmp"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Acts lists the steps from needs to an award.
func Acts() field.Acts {
	return field.Acts{gatherAct(), openAct(), recordAct(), awardAct(), withoutBidAct()}
}

// lotOf gives the lot that a need is part of; nil when the need is met or
// withdrawn.
func lotOf(r field.Reader, need NeedID) *Lot {
	for _, l := range Pool(r) {
		for _, n := range l.Needs {
			if n.ID == need {
				return &l
			}
		}
	}
	return nil
}

// gatherAct makes a solicitation of the lot that a need is part of, led by the
// city of who does it.
func gatherAct() *field.Act {
	return field.ActOn[Need, field.NoArgs]{Name: "need.gather", Title: "Make a solicitation", Apart: true,
		Makes: "solicitations",
		Help: "Makes a solicitation of what several cities want alike, each with its quantity as an estimate. " +
			"The city of who does it leads.",
		Words: []string{"buy together", "joint bid"},
		May: func(v field.Viewpoint, n *Need) error {
			if n.State != NeedOpen {
				return failure.New(failure.Invalid,
					"this need is "+string(n.State)+"; only open ones are bought together")
			}
			for s := range field.Of[Solicitation](v, "needs", n.ID) {
				if s.Live() {
					return partOf(s)
				}
			}
			return failure.If(!v.By.All && v.By.Partner == 0, failure.Forbidden,
				"the staff of a city leads a solicitation; ask one of them, or the facilitator")
		},
		History: func(_ field.Viewpoint, n *Need, _ *field.NoArgs) string { return "gather " + n.Item },
		Do: func(w field.Writer, n *Need, _ *field.NoArgs, _ any) (field.Result, error) {
			l := lotOf(w, n.ID)
			switch {
			case l == nil:
				return field.Result{}, failure.New(failure.Conflict, "the need is no longer open")
			case l.In != nil:
				return field.Result{}, partOf(l.In)
			}
			lead := partnership.PartnerID(w.Actor().Partner)
			if lead == 0 {
				lead = l.Needs[0].Partner
			}
			s := Gather(l, lead, l.Item+" "+strconv.Itoa(w.Now().Day().Year()))
			id, err := field.Put(w, s)
			return field.Result{Text: "“" + s.Title + "” gathers quantities now; each city commits its own.",
				Kind: "solicitations", ID: uint64(id)}, err
		}}.Act()
}

func partOf(s *Solicitation) error {
	return failure.New(failure.Invalid,
		"this is part of “"+s.Title+"” already; choose a lot that is not part of a solicitation yet")
}

// leads refuses what is the lead agency's to do.
func leads(v field.Viewpoint, s *Solicitation) error {
	return failure.If(!v.By.Is(field.Party(s.Lead)), failure.Forbidden,
		"the lead agency runs a solicitation; ask them to")
}

func openAct() *field.Act {
	return field.ActOn[Solicitation, field.NoArgs]{Name: "solicitation.open", Title: "Open bids", Effect: field.Final,
		Help:  "Opens what has been received, once it was due. Of what is sealed here nobody enters a bid before.",
		Words: []string{"bid opening"},
		May: func(v field.Viewpoint, s *Solicitation) error {
			return cmp.Or(failure.If(s.Open(), failure.Invalid, "its bids have been opened already"),
				failure.If(!s.Live(), failure.Invalid, "the solicitation is "+string(s.State)+
					"; there is nothing to open"),
				leads(v, s))
		},
		History: func(_ field.Viewpoint, s *Solicitation, _ *field.NoArgs) string {
			return "open the bids of " + s.Title
		},
		Do: func(w field.Writer, s *Solicitation, _ *field.NoArgs, _ any) (field.Result, error) {
			return turn(w, s, Opened,
				"Opened. Enter each bid as it is read out, on the Bids list; the Prices page then "+
					"compares them.")
		}}.Act()
}

// recordAct notes a bid as it was opened elsewhere, in a city's own portal; the
// first opens the solicitation here.
func recordAct() *field.Act {
	return field.ActOn[Solicitation, Bid]{Name: "solicitation.record", Title: "Record a bid", Apart: true,
		Makes: "bids", Help: "Records a bid as it was opened in the city's own portal. The first one recorded opens " +
			"the solicitation.",
		Words: []string{"bid tabulation", "enter a bid"},
		Args: field.Needing(field.Pick(bidFields(), "vendor", "tiers", "manner", "received", "responsive", "note"),
			"tiers"),
		Rows: field.FromRows(func(r field.Reader, row *Bid, copied bool) bool {
			s := field.Get(r, row.Solicitation)
			return !copied && s != nil && !s.Open() && !s.Sealed
		}, func(row *Bid) (SolicitationID, *Bid) { return row.Solicitation, row }),
		Fill: func(_ field.Viewpoint, _ *Solicitation, b *Bid) { b.Manner, b.Responsive = TierAll, true },
		May: func(v field.Viewpoint, s *Solicitation) error {
			return cmp.Or(failure.If(s.Sealed && !s.Open(), failure.Invalid,
				"its bids are sealed until the opening; open the solicitation first"),
				failure.If(!s.Live(), failure.Invalid, "the solicitation is "+string(s.State)+"; it takes no bids"),
				failure.If(!s.Open() && s.Due.Set && v.Now < s.Due.V, failure.Invalid,
					"bids are due on "+s.Due.V.Long()+"; they are recorded once they have been opened"),
				leads(v, s))
		},
		History: func(_ field.Viewpoint, s *Solicitation, b *Bid) string {
			return "record the bid of " + b.Vendor + " for " + s.Title
		},
		Do: func(w field.Writer, s *Solicitation, b *Bid, _ any) (field.Result, error) {
			if !s.Open() {
				if _, err := turn(w, s, Opened, ""); err != nil {
					return field.Result{}, err
				}
			}
			bid := *b
			bid.Solicitation = s.ID
			id, err := field.Put(w, &bid)
			return field.Result{Text: "The bid of " + b.Vendor + " is recorded.", Kind: "bids", ID: uint64(id)}, err
		}}.Act()
}

// awardAct takes a bid: what each agency pays and saves is put on the award.
func awardAct() *field.Act {
	return field.ActOn[Bid, field.NoArgs]{Name: "bid.award", Title: "Award", Apart: true, Makes: "awards",
		Effect: field.Final, Trusted: true,
		Help:  "Takes a bid. What each agency pays and saves is put on the award, and its needs are met.",
		Words: []string{"take a bid"},
		May: func(v field.Viewpoint, b *Bid) error {
			s := field.Get(v, b.Solicitation)
			if s == nil || s.State != Opened {
				return failure.New(failure.Conflict, "only bids that have been opened and not awarded yet can be taken")
			}
			return leads(v, s)
		},
		Preview: func(v field.Viewpoint, b *Bid, _ *field.NoArgs) string {
			return tieOf(v, b)
		},
		History: func(v field.Viewpoint, b *Bid, _ *field.NoArgs) string {
			if s := field.Get(v, b.Solicitation); s != nil {
				return "award " + s.Title
			}
			return "award"
		},
		Do: func(w field.Writer, b *Bid, _ *field.NoArgs, _ any) (field.Result, error) {
			s := field.Get(w, b.Solicitation)
			a := AwardOf(w, s, b, w.Now().Day())
			a.Note = tieOf(w, b)
			if _, err := field.Put(w, a); err != nil {
				return field.Result{}, err
			}
			return awarded(w, s, "Awarded to "+b.Vendor+". The Savings page says what it saves.")
		}}.Act()
}

// tieOf says that another bid is as good; "" when none is.
func tieOf(r field.Reader, b *Bid) string {
	s := field.Get(r, b.Solicitation)
	if s == nil {
		return ""
	}
	total, others, tied := value.Cents(0), []string{}, false
	for _, one := range Rank(r, s) {
		if one.Bid.ID == b.ID {
			total, tied = one.Total.V, one.Tied
		}
	}
	for _, one := range Rank(r, s) {
		if tied && one.Tied && one.Total.V == total && one.Bid.ID != b.ID {
			others = append(others, one.Bid.Vendor)
		}
	}
	if len(others) == 0 {
		return ""
	}
	return "A tie: as much was bid by " + text.Joined(others, len(others)) + ", " + total.String() + " for all."
}

// withoutBidAct notes an award that no bid on file led to, and is what a list of
// awards or the form of one comes to.
func withoutBidAct() *field.Act {
	return field.ActOn[Solicitation, Award]{Name: "solicitation.award", Title: "Award without a bid", Apart: true,
		Makes: "awards", Effect: field.Final, Trusted: true,
		Help: "Notes who was awarded what, where no bid on file led to it: another's contract is used, or there is " +
			"one source. It says why; its needs are met.",
		Words: []string{"sole source", "piggyback"},
		Args:  field.Pick(awardFields(), "vendor", "note", "bid", "on", "lines"),
		Rows: field.FromRows(func(r field.Reader, row *Award, copied bool) bool {
			s := field.Get(r, row.Solicitation)
			return !copied && s != nil && s.Live()
		}, func(row *Award) (SolicitationID, *Award) { return row.Solicitation, row }),
		Fill: func(v field.Viewpoint, _ *Solicitation, a *Award) { a.On = value.Some(v.Now.Day()) },
		May: func(v field.Viewpoint, s *Solicitation) error {
			return cmp.Or(failure.If(!s.Live(), failure.Invalid, "the solicitation is "+string(s.State)+
				"; nothing is awarded"),
				failure.If(s.Manner == JointBid && !s.Open(), failure.Invalid,
					"bids have not been opened, so nothing can be awarded"), leads(v, s))
		},
		History: func(_ field.Viewpoint, s *Solicitation, _ *Award) string { return "award " + s.Title },
		Do: func(w field.Writer, s *Solicitation, a *Award, _ any) (field.Result, error) {
			award := *a
			award.Solicitation = s.ID
			if b := field.Get(w, a.Bid); b != nil && len(a.Lines) == 0 {
				award.Lines = AwardOf(w, s, b, w.Now().Day()).Lines
			}
			if _, err := field.Put(w, &award); err != nil {
				return field.Result{}, err
			}
			return awarded(w, s, "Awarded to "+a.Vendor+". The Savings page says what it saves.")
		}}.Act()
}

// awarded notes that a solicitation has come to an award, and that its needs are
// met: those of other cities too, on the word of the lead.
func awarded(w field.Writer, s *Solicitation, says string) (field.Result, error) {
	err := field.OnBehalf(w, func(w field.Writer) error {
		for _, id := range s.Needs {
			if n := field.Get(w, id); n == nil || n.State != NeedOpen {
				continue
			}
			if err := field.Change(w, id, func(n *Need) error { n.State = NeedMet; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || s.State == Awarded || s.State == ActiveContract {
		return field.Done(says), err
	}
	return turn(w, s, Awarded, says)
}

func turn(w field.Writer, s *Solicitation, to SolicitationState, says string) (field.Result, error) {
	return field.Becomes(w, s, says, func(s *Solicitation) { s.State = to })
}
