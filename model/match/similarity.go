package match

import "slices"

// Parallel runs f for every i below n and returns when all are done, in any
// order and on as many processors as it likes. What match computes does not
// depend on the order. A nil Parallel runs them one after the other.
type Parallel func(n int, f func(i int))

// chunkRows rows are one piece of parallel work.
const chunkRows = 128

func (p Parallel) chunks(n int, f func(from, to int)) {
	p.each((n+chunkRows-1)/chunkRows, func(i int) { f(i*chunkRows, min(n, (i+1)*chunkRows)) })
}

func (p Parallel) each(n int, f func(i int)) {
	if p != nil {
		p(n, f)
		return
	}
	for i := range n {
		f(i)
	}
}

// SimilarityOptions say how to compare. The zero value of a part means its
// default; an empty, not nil, Synonyms means no synonyms.
type SimilarityOptions struct {
	Weights  *Weights
	Synonyms []Synonym
	Parallel Parallel
}

// A Similarity knows how alike people are. It is immutable and may be used by
// many at once.
type Similarity struct {
	people   []Person
	weights  Weights
	run      Parallel
	words    *termMatrix
	spelling *termMatrix
	meaning  *space
	areas    *areas
	show     []string
	titles   [][]int32
	city     []int32
	lists    [][]entry
	circle   []entry
	scale    float32
}

// An entry of a list is somebody alike and how much, in points of the weights,
// before the neighbours have been asked.
type entry struct {
	who   int32
	score float32
}

// NewSimilarity compares everybody with the people nearest to them.
func NewSimilarity(people []Person, opt SimilarityOptions) *Similarity {
	s := &Similarity{people: slices.Clone(people), weights: DefaultWeights(), run: opt.Parallel}
	if opt.Weights != nil {
		s.weights = *opt.Weights
	}
	table := opt.Synonyms
	if table == nil {
		table = DefaultSynonyms()
	}
	if len(people) == 0 {
		return s
	}
	s.number()
	departments := s.readTexts(newVocabulary(table))
	s.meaning = newSpace(s.words, s.run)
	s.list()
	s.areas = newAreas(s, departments)
	s.rescore()
	s.befriend()
	s.scale = pointsScale(s.weights)
	return s
}

// number gives each city a number.
func (s *Similarity) number() {
	seen := map[string]int32{}
	s.city = make([]int32, len(s.people))
	for i, p := range s.people {
		id, ok := seen[p.City]
		if !ok {
			id = int32(len(seen))
			seen[p.City] = id
		}
		s.city[i] = id
	}
}

// A reading is what somebody wrote, as word numbers by field.
type reading [fields][]int32

// readTexts builds the two term matrices and returns, for each person, the
// stems of the department's name.
func (s *Similarity) readTexts(v *vocabulary) [][]int32 {
	texts := make([]reading, len(s.people))
	departments := make([][]int32, len(s.people))
	for i, p := range s.people {
		texts[i][inTitle] = v.read(p.Title)
		for _, tag := range p.Tags {
			texts[i][inTags] = append(texts[i][inTags], v.read(tag)...)
		}
		texts[i][inDuties] = v.read(p.Duties)
		departments[i] = v.read(p.Department)
	}
	stems := v.stems()
	s.show = stems.show
	byField := [fields]int{inTitle: s.weights.Title, inTags: s.weights.Tags, inDuties: s.weights.Duties}
	runs, count := v.grams()
	s.words = counter{len(stems.show), byField, func(w int32) []int32 { return stems.of[w : w+1] }}.matrix(texts,
		wordsKept, s.run)
	s.spelling = counter{count, byField, func(w int32) []int32 { return runs[w] }}.matrix(texts, runsKept, s.run)
	s.titles = make([][]int32, len(s.people))
	for i := range texts {
		s.titles[i] = distinct(stems.of, texts[i][inTitle])
		departments[i] = distinct(stems.of, departments[i])
	}
	return departments
}

// distinct returns the different stems of words, in order.
func distinct(stem []int32, words []int32) []int32 {
	out := make([]int32, len(words))
	for i, w := range words {
		out[i] = stem[w]
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// list finds the people nearest to each: those closest in meaning are compared
// by words, the best of them by spelling.
func (s *Similarity) list() {
	s.lists = make([][]entry, len(s.people))
	sketch := s.meaning.leading(sketched)
	groups := newGroups(sketch, s.run)
	s.run.chunks(len(s.people), func(from, to int) {
		words := make([]float32, s.words.terms)
		runs := make([]float32, s.spelling.terms)
		var near []int32
		var found []entry
		for i := from; i < to; i++ {
			near = groups.near(sketch, i, near[:0])
			found = found[:0]
			for _, j := range near {
				found = append(found, entry{j, dot(sketch.of(i), sketch.of(int(j)))})
			}
			found = bestEntries(found, compared)
			s.words.spread(i, words)
			for k, e := range found {
				found[k].score = s.byWords(i, int(e.who), words)
			}
			s.words.clear(i, words)
			found = bestEntries(found, listed)
			s.spelling.spread(i, runs)
			for k, e := range found {
				found[k].score += float32(float32(s.weights.Spelling) * s.spelling.against(int(e.who), runs))
			}
			s.spelling.clear(i, runs)
			s.lists[i] = slices.Clone(found)
			slices.SortFunc(s.lists[i], byScore)
		}
	})
}

// byWords is the likeness in words and meaning, with i's words spread out.
func (s *Similarity) byWords(i, j int, words []float32) float32 {
	return float32(float32(s.weights.Words)*s.words.against(j, words)) +
		float32(float32(s.weights.Related)*dot(s.meaning.of(i), s.meaning.of(j)))
}

// rescore adds what the departments say, now that it is known, and leaves those
// who may be friends in front.
func (s *Similarity) rescore() {
	s.run.chunks(len(s.people), func(from, to int) {
		for i := from; i < to; i++ {
			for k, e := range s.lists[i] {
				score := e.score + s.areas.points(s.weights, i, int(e.who))
				s.lists[i][k].score = max(score, 0)
			}
			slices.SortFunc(bestEntries(s.lists[i], s.weights.Neighbours+1), byScore)
		}
	})
}

// byScore orders entries best first; equals by number, so that the order never
// depends on how they were found.
func byScore(a, b entry) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return int(a.who - b.who)
}

// bestEntries moves the n best entries to the front, in no order, and returns
// them (quickselect; Hoare 1961).
func bestEntries(all []entry, n int) []entry {
	if len(all) <= n {
		return all
	}
	lo, hi := 0, len(all)-1
	for lo < hi {
		pivot := all[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for byScore(all[i], pivot) < 0 {
				i++
			}
			for byScore(all[j], pivot) > 0 {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case n-1 <= j:
			hi = j
		case n-1 >= i:
			lo = i
		default:
			return all[:n]
		}
	}
	return all[:n]
}
