package match

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A ReasonKind is one of the ways in which two people are alike.
type ReasonKind uint8

const (
	// SharedTitle is a word that both have in their titles.
	SharedTitle ReasonKind = iota
	// SharedWord is a word that both use.
	SharedWord
	// OtherWords are the remaining words both use.
	OtherWords
	// SimilarSpelling is likeness letter by letter.
	SimilarSpelling
	// RelatedWords is likeness in meaning: words that keep the same company.
	RelatedWords
	// SimilarArea is what the departments say; it may be negative.
	SimilarArea
	// Agreement is what similar people's similarities add.
	Agreement
)

var kindNames = [...]string{"title", "duties", "other words", "spelling", "related work", "department",
	"similar people"}

// String returns the kind in words.
func (k ReasonKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "reason " + strconv.Itoa(int(k))
}

// A Reason is a part of a score. Text is the word shared, the peer's department
// or, for Agreement, the ID of the person through whom most of it came; else it
// is empty.
type Reason struct {
	Kind   ReasonKind
	Text   string
	Points int
}

// namedWords words of each kind are named in the reasons of a peer.
const namedWords = 3

// reasons splits the score of a pair into parts that add up to it exactly. The
// vectors of i must be spread out.
func (s *Similarity) reasons(i, j, score int, b *scratch) []Reason {
	out := make([]Reason, 0, 2*namedWords+5)
	left := score
	add := func(kind ReasonKind, text string, points float32) {
		p := int(math.Round(float64(points * s.scale)))
		if p == 0 {
			return
		}
		out = append(out, Reason{kind, text, p})
		left -= p
	}
	titles, others, rest := s.sharedWords(i, j, b)
	for _, t := range titles {
		add(SharedTitle, s.show[t.who], t.score)
	}
	for _, t := range others {
		add(SharedWord, s.show[t.who], t.score)
	}
	add(OtherWords, "", rest)
	add(SimilarSpelling, "", float32(float32(s.weights.Spelling)*s.spelling.against(j, b.runs)))
	add(RelatedWords, "", float32(float32(s.weights.Related)*dot(s.meaning.of(i), s.meaning.of(j))))
	add(SimilarArea, s.people[j].Department, s.areas.points(s.weights, i, j))
	if left != 0 {
		out = append(out, Reason{Agreement, s.between(i, j, b), left})
	}
	return out
}

// between is the ID of the person most like j whom i's side thinks highly of,
// or empty when that is one of the two themselves.
func (s *Similarity) between(i, j int, b *scratch) string {
	var best float32
	id := ""
	for _, f := range s.friends(j) {
		if p := float32(f.score * b.opinion[f.who]); p > best && int(f.who) != i {
			best, id = p, s.people[f.who].ID
		}
	}
	return id
}

// sharedWords returns the words that made most of the likeness, those of both
// titles first, and what the others made together.
func (s *Similarity) sharedWords(i, j int, b *scratch) (titles, others []entry, rest float32) {
	var room [32]entry
	shared := room[:0]
	for _, c := range s.words.row(j) {
		if b.words[c.term] > 0 {
			points := float32(s.weights.Words) * float32(c.weight*b.words[c.term])
			shared = append(shared, entry{c.term, points})
		}
	}
	slices.SortFunc(shared, byScore)
	for _, e := range shared {
		_, mine := slices.BinarySearch(s.titles[i], e.who)
		_, theirs := slices.BinarySearch(s.titles[j], e.who)
		switch {
		case mine && theirs && len(titles) < namedWords:
			titles = append(titles, e)
		case !(mine && theirs) && len(others) < namedWords:
			others = append(others, e)
		default:
			rest += e.score
		}
	}
	return titles, others, rest
}

// Describe writes reasons in a line, such as
// "title: operator 120, water 80; duties: filters 31; department: Utilities 40".
func Describe(reasons []Reason) string {
	var b strings.Builder
	for k, r := range reasons {
		switch {
		case k > 0 && reasons[k-1].Kind == r.Kind:
			b.WriteString(", ")
		case k > 0:
			b.WriteString("; ")
		}
		if k == 0 || reasons[k-1].Kind != r.Kind {
			b.WriteString(r.Kind.String())
			if r.Text != "" {
				b.WriteByte(':')
			}
			b.WriteByte(' ')
		}
		if r.Text != "" {
			b.WriteString(r.Text)
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(r.Points))
	}
	return b.String()
}

// Words says reasons without their numbers: "title: street, superintendent ·
// duties: snow".
func Words(reasons []Reason) string {
	var b strings.Builder
	last := ReasonKind(0)
	for _, r := range reasons {
		text := r.Text
		switch {
		case r.Points <= 0 || r.Kind == Agreement:
			continue
		case b.Len() > 0 && r.Kind == last:
			b.WriteString(", " + text)
			continue
		case b.Len() > 0:
			b.WriteString(" · ")
		}
		b.WriteString(r.Kind.String())
		if last = r.Kind; text != "" {
			b.WriteString(": " + text)
		}
	}
	if b.Len() == 0 {
		return "like the people most like them"
	}
	return b.String()
}
