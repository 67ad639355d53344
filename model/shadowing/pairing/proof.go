package pairing

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/match"
	"interlocal/model/shadowing"
)

// evidence is what a proof holds: the problem, the matches found and the
// certificate of the bound.
type evidence struct {
	Problem     *match.Problem
	Value       int64
	Bound       int64
	Matches     []match.Match
	Certificate *match.Certificate
	Among       int      `json:",omitempty"`
	All         bool     `json:",omitempty"` // all pairs are listed, however many people there are
	Fair        Fairness `json:",omitempty"`
	WorstOff    int      `json:",omitempty"`
	WorstAtMost int      `json:",omitempty"`
	// Pairs stands for the edges of the problem where it is given.
	Pairs *pairNumbers `json:",omitempty"`
}

// quality is what the evidence shows of the matches found.
func (e *evidence) quality() Quality {
	q := Quality{Value: e.Value, Bound: e.Bound, Known: true, Among: e.Among, Fair: e.Fair, WorstOff: e.WorstOff,
		WorstAtMost: e.WorstAtMost}
	if q.Among == 0 && !e.All && len(e.Problem.People) > ListAllUpTo {
		q.Among = CandidatesPer
	}
	return q
}

// Bounds of a kept proof.
const (
	proofPiece   = 3000     // characters of a piece
	mostProof    = 1 << 20  // characters kept; a longer proof is not kept
	mostUnpacked = 64 << 20 // bytes read back
)

// packEvidence writes evidence as numbered pieces of text; nil when it would be
// too long to keep.
func packEvidence(e *evidence) []string {
	kept := *e
	if numbers, ok := numbersOf(e.Problem); ok {
		bare := *e.Problem
		bare.Edges, kept.Problem, kept.Pairs = nil, &bare, numbers
	}
	data, err := json.Marshal(&kept)
	if err != nil {
		return nil
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(data); err != nil || w.Close() != nil {
		return nil
	}
	s := base64.RawURLEncoding.EncodeToString(packed.Bytes())
	if len(s) > mostProof {
		return nil
	}
	var out []string
	for i := 0; i < len(s); i += proofPiece {
		out = append(out, fmt.Sprintf("%04d%s", len(out), s[i:min(len(s), i+proofPiece)]))
	}
	return out
}

// unpackEvidence reads what packEvidence wrote.
func unpackEvidence(parts []string) (*evidence, error) {
	bad := failure.New(failure.Damaged, "the kept proof cannot be read; make the matches again")
	var s strings.Builder
	for i, part := range parts {
		if len(part) < 4 || part[:4] != fmt.Sprintf("%04d", i) {
			return nil, bad
		}
		s.WriteString(part[4:])
	}
	packed, err := base64.RawURLEncoding.DecodeString(s.String())
	if err != nil {
		return nil, bad
	}
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), mostUnpacked))
	if err != nil {
		return nil, bad
	}
	e := new(evidence)
	if json.Unmarshal(data, e) != nil || e.Problem == nil {
		return nil, bad
	}
	if e.Pairs != nil {
		edges, ok := e.Pairs.edges(e.Problem.People)
		if !ok {
			return nil, bad
		}
		e.Problem.Edges, e.Pairs = edges, nil
	}
	return e, nil
}

// CheckProof verifies a kept proof by the independent checker: that the matches
// found keep all rules, are worth what is said, and that no plan for the same
// sign-ups is worth more than the bound.
func CheckProof(p *shadowing.Proof) (Quality, error) {
	if p == nil || len(p.Parts) == 0 {
		return Quality{}, failure.New(failure.NotFound, "no proof is kept; make the matches again to have one")
	}
	e, err := unpackEvidence(p.Parts)
	if err != nil {
		return Quality{}, err
	}
	r := &match.Result{Value: e.Value, Bound: e.Bound, Gap: match.Gap(e.Value, e.Bound), Proved: e.Value == e.Bound,
		Matches: e.Matches}
	if err := match.Check(e.Problem, r, e.Certificate); err != nil {
		return Quality{}, &failure.Error{Code: failure.Damaged, Message: "The kept proof does not hold: " + err.Error(),
			Cause: err}
	}
	if p.Value.Or(e.Value) != e.Value || p.Bound.Or(e.Bound) != e.Bound {
		return Quality{}, failure.New(failure.Damaged, "The kept proof is of other figures than those recorded; make "+
			"the matches again")
	}
	return e.quality(), nil
}

// vouch gives a plan of present matches the bound of the kept proof, if that
// still speaks of the sign-ups as they are or of freer ones.
func (x *Round) vouch(p *Plan) {
	if x.Proof == nil || len(x.Proof.Parts) == 0 {
		return
	}
	e, err := unpackEvidence(x.Proof.Parts)
	if err != nil || !covers(e.Problem, x.Problem) {
		return
	}
	if p.Quality = e.quality(); p.Value != e.Value || len(p.Visits) != len(e.Matches) {
		p.Quality = p.Quality.of(p.Value)
	}
	p.certificate = e.Certificate
}
