package model

// ProofID identifies a proof of quality.
type ProofID = ID[Proof]

// Proof is what is known of how good an event's matches were when they were
// made: their value, the value that no plan can exceed, and everything it
// takes to check both again.
type Proof struct {
	ID    ID[Proof]
	Event ID[Event]
	Made  Opt[Day]
	Value Opt[int64]
	Bound Opt[int64]
	Parts []string // packed problem, matches and certificate, in numbered pieces
}

// KindName is "proofs".
func (Proof) KindName() string { return "proofs" }

// ProofOf finds the proof of an event's matches; nil when there is none.
func ProofOf(r Reader, event ID[Event]) *Proof {
	for p := range Of[Proof](r, "event", event) {
		return p
	}
	return nil
}

func proofKind() *Kind {
	return Def[Proof]{
		Tag: 23, One: "proof", Title: "Proofs", Realm: RealmShared,
		Purpose: "How good an event's matches are, with what it takes to check it.",
		ID:      func(p *Proof) *ID[Proof] { return &p.ID },
		Label:   func(*Proof) string { return "" },
		Unique:  [][]string{{"event"}},
		Check: func(c *Checking, _, p *Proof) {
			if p.Value.Set && p.Bound.Set && p.Value.V > p.Bound.V {
				c.Add("bound", "the value of the matches is not above what is possible")
			}
		},
		Fields: []Field[Proof]{
			Ref(1, "event", "Event", func(p *Proof) *ID[Event] { return &p.Event }).Need().Wide(24).Eg("Spring job shadowing"),
			OnDay(2, "made", "Made", func(p *Proof) *Opt[Day] { return &p.Made }).Eg("Apr 2, 2027"),
			Count(3, "value", "Value", func(p *Proof) *Opt[int64] { return &p.Value }).Wide(10).Eg("18,240"),
			Count(4, "bound", "Best possible", func(p *Proof) *Opt[int64] { return &p.Bound }).Wide(14).Eg("18,240"),
			Texts(5, "parts", "Certificate", func(p *Proof) *[]string { return &p.Parts }).Tucked(),
		},
	}.Kind()
}
