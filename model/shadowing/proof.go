package shadowing

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// ProofID identifies a proof of quality.
type ProofID = field.ID[Proof]

// Proof is what is known of how good an event's matches were when they were
// made: their value, the value that no plan can exceed, and everything it
// takes to check both again.
type Proof struct {
	ID    field.ID[Proof]
	Event field.ID[Event]
	Made  value.Opt[value.Day]
	Value value.Opt[int64]
	Bound value.Opt[int64]
	Parts []string // packed problem, matches and certificate, in numbered pieces
}

// KindProofs names the kind whose records are of type [Proof].
const KindProofs = "proofs"

// KindName is "proofs".
func (Proof) KindName() string { return KindProofs }

// ProofOf finds the proof of an event's matches; nil when there is none.
func ProofOf(r field.Reader, event field.ID[Event]) *Proof {
	for p := range field.Of[Proof](r, "event", event) {
		return p
	}
	return nil
}

// DescribeProof describes proofs.
func DescribeProof() *field.Kind {
	return field.Def[Proof]{
		Tag: 23, One: "proof", Title: "Proofs", Scope: field.ScopeShared,
		Purpose: "How good an event's matches are, with what it takes to check it.",
		ID:      func(p *Proof) *field.ID[Proof] { return &p.ID },
		Label:   func(*Proof) string { return "" },
		Unique:  [][]string{{"event"}},
		Check: func(c *field.Checking, _, p *Proof) {
			if p.Value.Set && p.Bound.Set && p.Value.V > p.Bound.V {
				c.Add("bound", "the value of the matches is not above what is possible")
			}
		},
		Fields: []field.Field[Proof]{
			field.Ref(1, "event", "Event", func(p *Proof) *field.ID[Event] { return &p.Event }).Required().Width(24).
				Example("Spring job shadowing"),
			field.OnDay(2, "made", "Made", func(p *Proof) *value.Opt[value.Day] { return &p.Made }).
				Example("Apr 2, 2027"),
			field.OptInt(3, "value", "Value", func(p *Proof) *value.Opt[int64] { return &p.Value }).Width(10).
				Example("18,240"),
			field.OptInt(4, "bound", "Best possible", func(p *Proof) *value.Opt[int64] { return &p.Bound }).Width(14).
				Example("18,240"),
			field.Texts(5, "parts", "Certificate", func(p *Proof) *[]string { return &p.Parts }).HiddenByDefault(),
		},
	}.Kind()
}
