package assess

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Outcome says how a cycle stands after a release came in or was taken back.
type Outcome struct {
	Year    int
	Cities  int      // how many take part
	Waiting []string // those of them that have not released
	Pause   string   // the day until which results wait for the word of cities on signed releases
	Shared  bool     // the results are shared, now or before
	Done    string   // what the act itself did
}

// String says it in a sentence or two.
func (o Outcome) String() string {
	text := o.Done
	if text != "" {
		text += " "
	}
	year := strconv.Itoa(o.Year)
	switch {
	case o.Shared:
		return text + "The results of " + year + " are shared."
	case o.Cities == 0:
		return text + "Nobody has said yet which cities take part in " + year + "."
	case len(o.Waiting) == 0 && o.Pause != "":
		return text + "All have released. Results of " + year + " are shared from " + o.Pause + " on, since a signed " +
			"release can be called back until then; sooner once its city stands by it."
	case len(o.Waiting) == 0:
		return text + "All have released, and none agreed to share anything of " + year + "."
	}
	return text + "Results of " + year + " are shared when all have released; waiting for " +
		strings.Join(o.Waiting, ", ") + "."
}

// shared shares what is due and says how the cycle stands then, read with the
// sight of whoever asked.
func shared(w field.Writer, cycle cyber.CycleID, done string) (field.Result, error) {
	if err := share(w, cycle); err != nil {
		return field.Result{}, err
	}
	out := Outcome{Done: done}
	if y := field.Get(w, cycle); y != nil {
		out.Year, out.Cities, out.Shared = y.Year, len(y.TakingPart()), y.Published.Set
		for _, p := range y.TakingPart() {
			if !out.Shared && !y.City(p).Released.Set {
				out.Waiting = append(out.Waiting, cityName(w, p))
			}
		}
		if until, _ := y.Pause(w.Now().Day()); until.Set && !out.Shared {
			out.Pause = until.V.Long()
		}
	}
	return field.Result{Text: out.String(), Kind: "cycles", ID: uint64(cycle), Detail: out}, nil
}

// share notes whose releases are in and shares the results once all are, with
// the program's own sight. It is due after a release came in or was taken back,
// and after who takes part has changed.
func share(w field.Writer, cycle cyber.CycleID) error {
	return field.OnBehalf(w, func(w field.Writer) error {
		y := field.Get(w, cycle)
		if y == nil || y.Published.Set {
			return nil
		}
		today := w.Now().Day()
		releases := slices.Collect(field.Of[cyber.Release](w, "cycle", y.ID))
		next := *y
		next.Cities = noted(y.Cities, releases, today)
		pubs := release.Publish(y, releases, facilitators(w, y), today)
		if until, _ := next.Pause(today); len(pubs) > 0 && !until.Set {
			last := cyber.PublicationID(0)
			for p := range field.All[cyber.Publication](w) {
				last = max(last, p.ID)
			}
			for _, p := range release.Numbered(pubs, last) {
				if err := field.Insert(w, p); err != nil {
					return err
				}
			}
			next.Published = value.Some(today)
		}
		_, err := field.Put(w, &next)
		return err
	})
}

// facilitators are those whom every consent on file was given with: who was made one
// since would be handed what nobody agreed to.
func facilitators(r field.Reader, y *cyber.Cycle) []partnership.PartnerID {
	out := cyber.Facilitators(r)
	for c := range field.Of[cyber.Consent](r, "cycle", y.ID) {
		if c.Terms.Handed != nil {
			out = slices.DeleteFunc(out,
				func(p partnership.PartnerID) bool { return !slices.Contains(c.Terms.Handed, p) })
		}
	}
	return out
}

// noted gives the cities of a cycle with the days on which releases came in.
func noted(cities []cyber.CycleCity, releases []*cyber.Release, today value.Day) []cyber.CycleCity {
	out := slices.Clone(cities)
	for i := range out {
		c := &out[i]
		at := slices.IndexFunc(releases, func(v *cyber.Release) bool { return v.Partner == c.Partner })
		switch {
		case at < 0:
			c.Released, c.Until = value.Opt[value.Day]{}, value.Opt[value.Day]{}
		case !c.Released.Set:
			c.Released = value.Some(today)
			if releases[at].BySignature() {
				c.Until = value.Some(today + cyber.PauseDays)
			}
		}
	}
	return out
}

// ownLoginOnly is said to those who speak for no city.
const ownLoginOnly = "a release comes in only from its own city's login; ask an assessor of the city to sign in and " +
	"hand it in"

// mayHandIn says why somebody does not speak for a city whose release comes in.
func mayHandIn(r field.Reader, by field.Actor, partner partnership.PartnerID) error {
	own := !by.All && by.Partner != 0 && by.Partner == field.Party(partner)
	if own || by.All && !by.SignedIn {
		return nil
	}
	city := cityName(r, partner)
	return failure.New(failure.Forbidden, "a release comes in only from its own city's login, so "+
		"you cannot hand in that of "+city+
		"; ask an assessor of "+city+" to sign in and hand it in")
}

// handedIn is what history calls the coming in of a city's release. A file
// without logins cannot tell who speaks for a city, and its history says so.
func handedIn(title, city string, by field.Actor) string {
	title += " of " + city
	if !by.SignedIn {
		title += ", not confirmed by a login of " + city
	}
	return title
}

// unconfirmed adds to what is said of a release that no login confirmed.
func unconfirmed(by field.Actor, done string) string {
	if by.SignedIn {
		return done
	}
	return strings.TrimSuffix(done, ".") + "; no login confirmed it."
}

// mayMake says why no release can be made from an assessment now.
func mayMake(v field.Viewpoint, s *cyber.Assessment) error {
	switch {
	case cyber.ReleaseOf(v, s.Cycle, s.Partner) != nil:
		return failure.New(failure.Conflict, "this city has released already; take the release back to make it again")
	case s.State != cyber.AssessmentLocked:
		return failure.New(failure.Invalid, "lock the assessment first: a release is made from answers that stay")
	case cyber.ConsentOf(v, s.Cycle, s.Partner) == nil:
		return failure.New(failure.Invalid,
			"record the city's sharing consent first; without it nothing leaves the city")
	}
	return nil
}

// makeRelease stores what a city's consent permits.
func makeRelease(w field.Writer, s *cyber.Assessment) error {
	v, err := release.Make(w, s.Cycle, s.Partner, w.Actor().Name, w.Now().Day())
	if err != nil {
		return err
	}
	_, err = field.Put(w, v)
	return err
}

func releaseAct() *field.Act {
	return onAssessment[field.NoArgs]{Name: "assess.release", Title: "Release", Effect: field.Final, Trusted: true,
		Reserved: ownLoginOnly,
		Help: "Hands in what a city's sharing consent permits. Once every city that takes part has released, " +
			"the results are shared, once, and cannot be called back.",
		Words: []string{"share results", "hand in"},
		May: func(v field.Viewpoint, s *cyber.Assessment) error {
			if err := mayHandIn(v, v.By, s.Partner); err != nil {
				return err
			}
			return mayMake(v, s)
		},
		History: func(v field.Viewpoint, s *cyber.Assessment, _ *field.NoArgs) string {
			return handedIn("release results", cityName(v, s.Partner), v.By)
		},
		Do: func(w field.Writer, s *cyber.Assessment, _ *field.NoArgs, _ any) (field.Result, error) {
			if err := makeRelease(w, s); err != nil {
				return field.Result{}, err
			}
			return shared(w, s.Cycle, unconfirmed(w.Actor(), "Released."))
		}}.Act()
}

func sealAct() *field.Act {
	return onAssessment[field.NoArgs]{Name: "assess.seal", Title: "Make the release", Effect: field.Final,
		Help: "Makes a city's release without handing it in here: for a city that keeps its assessment in a file " +
			"of its own and sends the release to another.",
		May:     mayMake,
		History: func(field.Viewpoint, *cyber.Assessment, *field.NoArgs) string { return "make a release" },
		Do: func(w field.Writer, s *cyber.Assessment, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("The release is made; interlocal assess packet writes it."), makeRelease(w, s)
		}}.Act()
}

func takeBackAct() *field.Act {
	return field.ActOn[cyber.Release, field.NoArgs]{Name: "release.take-back", Title: "Take a release back",
		Effect: field.Final, Trusted: true,
		Help:    "Withdraws a city's release, which works until results are shared.",
		History: func(field.Viewpoint, *cyber.Release, *field.NoArgs) string { return "take a release back" },
		May: func(v field.Viewpoint, rel *cyber.Release) error {
			if y := field.Get(v, rel.Cycle); y != nil && y.Published.Set {
				return failure.New(failure.Invalid,
					"the results it went into have been shared; it cannot be called back")
			}
			return nil
		},
		Do: func(w field.Writer, rel *cyber.Release, _ *field.NoArgs, _ any) (field.Result, error) {
			cycle, partner := rel.Cycle, rel.Partner
			if err := field.Delete(w, rel.ID); err != nil {
				return field.Result{}, err
			}
			if err := recalled(w, cycle, partner); err != nil {
				return field.Result{}, err
			}
			return shared(w, cycle, "Taken back.")
		}}.Act()
}

// confirmAct lets a city say that it stands by what came in with its signature.
func confirmAct() *field.Act {
	return field.ActOn[cyber.Release, field.NoArgs]{Name: "release.confirm", Title: "Stand by a release",
		Effect: field.Final, Trusted: true,
		Help: "Says for a city that a release which somebody else handed in with its signature is its own, so that " +
			"results need not wait for the week in which it can be called back.",
		History: func(field.Viewpoint, *cyber.Release, *field.NoArgs) string { return "stand by a release" },
		May: func(v field.Viewpoint, rel *cyber.Release) error {
			y := field.Get(v, rel.Cycle)
			if y == nil || y.Published.Set || !waitsFor(y, rel.Partner, v.Now.Day()) {
				return failure.New(failure.Invalid, "nothing waits for a word on this release")
			}
			return nil
		},
		Do: func(w field.Writer, rel *cyber.Release, _ *field.NoArgs, _ any) (field.Result, error) {
			err := noteOn(w, rel.Cycle, rel.Partner, func(c *cyber.CycleCity) { c.Until = value.Opt[value.Day]{} })
			if err != nil {
				return field.Result{}, err
			}
			return shared(w, rel.Cycle, cityName(w, rel.Partner)+" stands by its release.")
		}}.Act()
}

// waitsFor reports whether results wait for a city's word.
func waitsFor(y *cyber.Cycle, city partnership.PartnerID, today value.Day) bool {
	_, cities := y.Pause(today)
	return slices.Contains(cities, city)
}

// recalled notes on which day a city called its release back, so that nobody else
// hands the same in again.
func recalled(w field.Writer, cycle cyber.CycleID, partner partnership.PartnerID) error {
	return noteOn(w, cycle, partner, func(c *cyber.CycleCity) { c.Recalled = value.Some(w.Now().Day()) })
}

// noteOn notes something of a city in a cycle on the program's own behalf.
func noteOn(w field.Writer, cycle cyber.CycleID, partner partnership.PartnerID, what func(*cyber.CycleCity)) error {
	return field.OnBehalf(w, func(w field.Writer) error {
		return field.Change(w, cycle, func(y *cyber.Cycle) error {
			y.Cities = slices.Clone(y.Cities)
			if city := y.City(partner); city != nil {
				what(city)
			}
			return nil
		})
	})
}

// Packet is the release that a city made in a file of its own, as it was sent.
type Packet struct {
	Text  string
	Cycle cyber.CycleID // the one it is expected for; 0 for any
}

func packetFields() []field.Field[Packet] {
	return []field.Field[Packet]{
		field.Long(1, "text", "Release", func(p *Packet) *string { return &p.Text }).Required().
			Help("The whole text, with its seal and its signature, if any."),
		field.Ref(2, "cycle", "For the cycle", func(p *Packet) *cyber.CycleID { return &p.Cycle }),
	}
}

func packetAct() *field.Act {
	return field.ActOn[field.Alone, Packet]{Name: "release.take-in", Title: "Take in a release",
		Effect: field.Final, Makes: "releases", Trusted: true,
		Reserved: ownLoginOnly,
		Help: "Takes in the release that a city made in a file of its own. Its seal tells damage, not who sent it, " +
			"so it comes in through a login of that city.",
		Args: packetFields(), May: ofSomeCity,
		History: func(v field.Viewpoint, _ *field.Alone, p *Packet) string {
			if read, err := release.Read([]byte(p.Text)); err == nil {
				return handedIn("take in the release", read.City, v.By)
			}
			return "take in a release"
		},
		Do: func(w field.Writer, _ *field.Alone, p *Packet, _ any) (field.Result, error) {
			return takePacket(w, p)
		}}.Act()
}

func takePacket(w field.Writer, p *Packet) (field.Result, error) {
	read, v, err := p.read(w)
	if err != nil {
		return field.Result{}, err
	}
	if err := mayHandIn(w, w.Actor(), v.Partner); err != nil {
		return field.Result{}, err
	}
	if w.Actor().SignedIn {
		v.Proof = "the login of " + w.Actor().Name
	}
	return put(w, read, v, unconfirmed(w.Actor(), "Took in the release of "+read.City+"."))
}

func shareAct() *field.Act {
	return field.ActOn[cyber.Cycle, field.NoArgs]{Name: "cycle.share", Title: "Share the results",
		Effect: field.Final, Apart: true, Trusted: true,
		Help: "Shares the results of a cycle when every city that takes part has released. It happens by itself " +
			"when the last release comes in; this is for a cycle in which the last city that was waited for does not " +
			"take part.",
		History: func(_ field.Viewpoint, y *cyber.Cycle, _ *field.NoArgs) string {
			return "share the results of " + strconv.Itoa(y.Year)
		},
		May: mayShare,
		Do: func(w field.Writer, y *cyber.Cycle, _ *field.NoArgs, _ any) (field.Result, error) {
			return shared(w, y.ID, "")
		}}.Act()
}

// mayShare says why somebody has no say in a cycle's results: they are neither
// the facilitator nor see anything of a city that is at work on them.
func mayShare(v field.Viewpoint, y *cyber.Cycle) error {
	if v.By.All {
		return nil
	}
	for range field.Of[cyber.Assessment](v, "cycle", y.ID) {
		return nil
	}
	for range field.Of[cyber.Release](v, "cycle", y.ID) {
		return nil
	}
	return failure.New(failure.Forbidden,
		"this takes an assessor of a city that is at work on the cycle, or the facilitator")
}

func consentAct() *field.Act {
	return field.ActOn[field.Alone, cyber.Consent]{Name: "assess.consent", Title: "Give a sharing consent",
		Effect: field.Final, Makes: "consents",
		Help: "Puts a city's sharing consent for a cycle on file. Others rely on it; until something is " +
			"released it can be given anew.",
		Args: field.Pick(cyber.ConsentFields(), "cycle", "partner", "level", "functions", "with", "small", "three",
			"given_by", "note"),
		May: ofSomeCity,
		Fill: func(v field.Viewpoint, _ *field.Alone, c *cyber.Consent) {
			of := usual(v)
			c.Cycle, c.Partner = of.Cycle, of.Partner
			if have := cyber.ConsentOf(v, of.Cycle, of.Partner); have != nil {
				*c = *v.Schema().Kind(cyber.KindConsents).Clone(have).(*cyber.Consent)
			}
		},
		History: func(v field.Viewpoint, _ *field.Alone, c *cyber.Consent) string {
			return "sharing consent of " + titleOf(v, Of{c.Cycle, c.Partner})
		},
		Do: func(w field.Writer, _ *field.Alone, c *cyber.Consent, _ any) (field.Result, error) {
			if c.GivenBy == "" {
				return field.Result{}, failure.New(failure.Invalid, "say who gives the consent: name and office")
			}
			next := *c
			next.ID, next.Given = 0, value.Some(w.Now().Day())
			if y := field.Get(w, c.Cycle); y != nil {
				next.Terms = y.Terms(w)
			}
			if have := cyber.ConsentOf(w, c.Cycle, c.Partner); have != nil {
				next.ID = have.ID
			}
			id, err := field.Put(w, &next)
			return field.Result{Text: "The consent is on file.", Kind: "consents", ID: uint64(id)}, err
		}}.Act()
}
