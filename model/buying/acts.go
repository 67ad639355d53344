package buying

import (
	"cmp"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// Acts lists the steps from needs to an award.
func Acts() field.Acts { return field.Acts{gatherAct(), openAct(), awardAct()} }

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
		Help:  "Opens what has been received, once it was due. Until then bids are sealed, and nobody enters one.",
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

// awardAct takes a bid: each agency's quantity and price are put on the award.
func awardAct() *field.Act {
	return field.ActOn[Bid, field.NoArgs]{Name: "bid.award", Title: "Award", Apart: true, Makes: "awards",
		Effect: field.Final,
		Help:   "Takes a bid. Each agency's quantity and price are put on the award.",
		Words:  []string{"take a bid"},
		May: func(v field.Viewpoint, b *Bid) error {
			s := field.Get(v, b.Solicitation)
			if s == nil || s.State != Opened {
				return failure.New(failure.Conflict, "only bids that have been opened and not awarded yet can be taken")
			}
			return leads(v, s)
		},
		History: func(v field.Viewpoint, b *Bid, _ *field.NoArgs) string {
			if s := field.Get(v, b.Solicitation); s != nil {
				return "award " + s.Title
			}
			return "award"
		},
		Do: func(w field.Writer, b *Bid, _ *field.NoArgs, _ any) (field.Result, error) {
			s := field.Get(w, b.Solicitation)
			if _, err := field.Put(w, AwardOf(w, s, b, w.Now().Day())); err != nil {
				return field.Result{}, err
			}
			return turn(w, s, Awarded, "Awarded to "+b.Vendor+". The Savings page says what it saves.")
		}}.Act()
}

func turn(w field.Writer, s *Solicitation, to SolicitationState, says string) (field.Result, error) {
	return field.Becomes(w, s, says, func(s *Solicitation) { s.State = to })
}
