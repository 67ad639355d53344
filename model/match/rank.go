package match

import (
	"math"
	"slices"
)

// A Peer is somebody in another city who does similar work. Score is the sum of
// the points of the reasons; two people with the very same words in
// corresponding departments score about a thousand.
type Peer struct {
	Index   int
	Score   int
	Reasons []Reason
}

// fullScore is what two people score who wrote the same.
const fullScore = 1000

// pointsScale turns weighted likeness into points.
func pointsScale(w Weights) float32 {
	full := float32(w.Words + w.Spelling + w.Related + w.DepartmentName + w.Area)
	asked := 1 + float32(w.Agreement)/100
	if full <= 0 {
		return 1
	}
	return fullScore / float32(full*float32(asked*asked))
}

// Rank returns the n people of other cities who do the most similar work to
// person i, best first. Fewer are returned when there are not as many.
func (s *Similarity) Rank(i, n int) []Peer {
	if i < 0 || i >= len(s.people) {
		return nil
	}
	return s.rank(i, n, s.scratch())
}

// RankAll ranks for everybody.
func (s *Similarity) RankAll(n int) [][]Peer {
	out := make([][]Peer, len(s.people))
	s.run.chunks(len(out), func(from, to int) {
		b := s.scratch()
		for i := from; i < to; i++ {
			out[i] = s.rank(i, n, b)
		}
	})
	return out
}

// Scratch is memory for one ranking at a time. All vectors are zero in between.
type scratch struct {
	opinion []float32
	heard   []int32
	final   []entry
	words   []float32
	runs    []float32
}

func (s *Similarity) scratch() *scratch {
	b := &scratch{opinion: make([]float32, len(s.people))}
	if s.words != nil {
		b.words = make([]float32, s.words.terms)
		b.runs = make([]float32, s.spelling.terms)
	}
	return b
}

// A Score is how much somebody is alike, as in a [Peer] but without reasons.
type Score struct{ Index, Score int32 }

// ScoreAll scores, for everybody, all the people of other cities whom a ranking
// of everybody would give at least so many points, in the order of the people.
func (s *Similarity) ScoreAll(least int) [][]Score {
	out := make([][]Score, len(s.people))
	s.run.chunks(len(out), func(from, to int) {
		b := s.scratch()
		for i := from; i < to; i++ {
			s.hear(i, b)
			for _, e := range b.final {
				if score := s.points(e); score >= least {
					out[i] = append(out[i], Score{e.who, int32(score)})
				}
			}
			b.forget()
			slices.SortFunc(out[i], func(x, y Score) int { return int(x.Index - y.Index) })
		}
	})
	return out
}

// Compare gives what a ranking of everybody would say of person j to person i.
// It reports false when j would not be in it.
func (s *Similarity) Compare(i, j int) (Peer, bool) {
	b := s.scratch()
	s.hear(i, b)
	at := slices.IndexFunc(b.final, func(e entry) bool { return int(e.who) == j })
	if at < 0 {
		return Peer{}, false
	}
	return s.describe(i, b.final[at:at+1], b)[0], true
}

func (s *Similarity) rank(i, n int, b *scratch) []Peer {
	s.hear(i, b)
	best := bestEntries(b.final, max(0, n))
	slices.SortFunc(best, byScore)
	peers := s.describe(i, best, b)
	b.forget()
	return peers
}

// hear collects in b.final everybody in another city of whom i hears, with the
// score before it is made points.
func (s *Similarity) hear(i int, b *scratch) {
	s.ask(i, b)
	b.final = b.final[:0]
	for _, j := range b.heard {
		if s.city[j] != s.city[i] {
			b.final = append(b.final, entry{j, s.answer(int(j), b)})
		}
	}
}

// forget makes the scratch ready for another person.
func (b *scratch) forget() {
	for _, j := range b.heard {
		b.opinion[j] = 0
	}
	b.heard = b.heard[:0]
}

// points makes a score points.
func (s *Similarity) points(e entry) int { return int(math.Round(float64(e.score * s.scale))) }

// describe gives the reasons of some of those of whom i has heard.
func (s *Similarity) describe(i int, list []entry, b *scratch) []Peer {
	peers := make([]Peer, len(list))
	s.words.spread(i, b.words)
	s.spelling.spread(i, b.runs)
	for k, e := range list {
		score := s.points(e)
		peers[k] = Peer{Index: int(e.who), Score: score, Reasons: s.reasons(i, int(e.who), score, b)}
	}
	s.words.clear(i, b.words)
	s.spelling.clear(i, b.runs)
	return peers
}

// ask collects i's own opinion of everybody listed and, at a discount, the
// opinions of the people most like i. Agreement among neighbours is one step of
// diffusion on the graph of similar people (compare Zhou and others 2004,
// "Ranking on data manifolds").
func (s *Similarity) ask(i int, b *scratch) {
	hear := func(list []entry, share float32) {
		for _, e := range list {
			if b.opinion[e.who] == 0 {
				b.heard = append(b.heard, e.who)
			}
			b.opinion[e.who] += float32(share*e.score) + hairsbreadth
		}
	}
	hear(s.lists[i], 1)
	for _, f := range s.friends(i) {
		hear(s.lists[f.who], f.score)
	}
}

// hairsbreadth marks somebody as heard of even when their score is zero; it is
// far below a point.
const hairsbreadth = 1e-6

// answer is the opinion of j and, at a discount, of the people most like j.
func (s *Similarity) answer(j int, b *scratch) float32 {
	sum := b.opinion[j]
	for _, f := range s.friends(j) {
		sum += float32(f.score * b.opinion[f.who])
	}
	return sum
}

// friends are the people most like i, of any city; the score of each is the
// share their opinion is given.
func (s *Similarity) friends(i int) []entry {
	n := max(0, s.weights.Neighbours)
	return s.circle[i*n : (i+1)*n]
}

// befriend fills the circle of friends of everybody from the finished lists.
// Where there are not enough, the rest have no share.
func (s *Similarity) befriend() {
	n := max(0, s.weights.Neighbours)
	s.circle = make([]entry, n*len(s.people))
	for i := range s.people {
		friends := s.friends(i)
		var total float32
		k := 0
		for _, e := range s.lists[i] {
			if k < n && int(e.who) != i {
				friends[k] = e
				total += e.score
				k++
			}
		}
		for k := range friends {
			if total > 0 {
				friends[k].score *= float32(s.weights.Agreement) / 100 / total
			}
		}
	}
}
