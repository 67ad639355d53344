package field

import (
	"strings"
	"unicode"

	"interlocal/model/failure"
)

// Doubt is a reason to stop and ask: something that the rules of truth allow
// and the rules of permission do not, such as a loan without an agreement on
// file. A doubt passes when somebody puts a name and a reason to it.
type Doubt struct {
	About    string // what is in doubt, as stored with the answer: "agreement"
	Sentence string // what is missing, without a full stop
}

// Override is what lets doubts pass. It is kept with the record and listed.
type Override struct {
	Name   string   // who answers for it
	Reason string   // why it goes ahead all the same
	To     []string // the doubts that were shown, by what they are about; nil is all of them
	// Later lets doubts stand that nobody has answered for: what has already
	// happened is recorded all the same, and listed as an open question.
	Later bool
}

// answers reports whether the override speaks to a doubt.
func (a *Override) answers(d Doubt) bool {
	if a != nil && a.Later {
		return true
	}
	if a == nil || !says(a.Name) || !says(a.Reason) {
		return false
	}
	for _, about := range a.To {
		if about == d.About {
			return true
		}
	}
	return len(a.To) == 0
}

// says reports whether there is anything to read in a text. Spaces, signs and
// what no screen shows answer for nothing.
func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// Doubts is the error of an act that nobody has answered for yet. Every face of
// the program asks alike, for a name and a reason, and has the act done again
// with the answer.
type Doubts []Doubt

// Error says what is in doubt and how it can go ahead.
func (ds Doubts) Error() string {
	parts := make([]string, len(ds))
	for i, d := range ds {
		parts[i] = d.Sentence
	}
	return strings.Join(parts, "; ") + ". To go ahead all the same, put a name and a reason to it"
}

// Unwrap gives the coded error.
func (ds Doubts) Unwrap() error { return failure.New(failure.Invalid, ds.Error()) }

// About lists what the doubts are about, for [Override.To].
func (ds Doubts) About() []string {
	out := make([]string, len(ds))
	for i, d := range ds {
		out[i] = d.About
	}
	return out
}

// Unanswered gives the doubts that the writer's override does not speak to, as an
// error, or nil.
func Unanswered(w Writer, doubts ...Doubt) error { return w.Override().Unanswered(doubts...) }

// Unanswered gives the doubts that the override does not speak to, as an error, or
// nil.
func (a *Override) Unanswered(doubts ...Doubt) error {
	var left Doubts
	for _, d := range doubts {
		if !a.answers(d) {
			left = append(left, d)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return left
}
