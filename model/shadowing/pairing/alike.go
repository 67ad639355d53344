package pairing

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// likeness is how alike two people's work is.
type likeness struct {
	score   int64
	reasons string
}

// When more than ListAllUpTo people take part, plans are looked for first among
// each visitor's and each host's CandidatesPer most similar colleagues, and among
// the other pairs that are alike where the proof does not speak against them. The
// proof is about all of them, unless they would be more than mostPairs: then the
// others are left out, and the quality says so.
const (
	ListAllUpTo   = 250
	CandidatesPer = 30
	mostPairs     = 45_000
)

// comparison is what people's work was compared by, and what came of it.
type comparison struct {
	people  []match.Person
	names   []string // which reasons mention
	weights match.Weights
	table   []match.Synonym
	least   int64 // score of the pairs in far

	likes map[pair]likeness
	// place tells where in people somebody is, far for everybody who is alike
	// and in neither's list of the most similar, by place; by can tell why.
	place map[partnership.PersonID]int32
	far   [][]match.Score
	by    *match.Similarity
}

// same reports whether comparing again would give the same.
func (c *comparison) same(o *comparison) bool {
	return c.weights == o.weights && c.least == o.least && slices.Equal(c.table, o.table) &&
		slices.Equal(c.names, o.names) &&
		slices.EqualFunc(c.people, o.people, func(a, b match.Person) bool {
			return a.ID == b.ID && a.City == b.City && a.Department == b.Department && a.Title == b.Title &&
				a.Duties == b.Duties &&
				slices.Equal(a.Tags, b.Tags)
		})
}

// compare works out who does similar work among those who take part.
func (x *Round) compare() {
	// Those who withdrew are compared as well, so that a dropout leaves the
	// others' scores as they were.
	all := slices.Concat(x.Entries, x.Left)
	slices.SortFunc(all, func(a, b *Entry) int { return cmp.Compare(a.Signup.ID, b.Signup.ID) })
	c := &x.compared
	*c = comparison{weights: *x.weights(), table: x.table(), place: map[partnership.PersonID]int32{}}
	for i, e := range all {
		c.people = append(c.people, worker(e.Person))
		c.names = append(c.names, e.Person.Name)
		c.place[e.Person.ID] = int32(i)
	}
	if x.large() {
		c.least = x.leastScore()
	}
	before := x.options.Before
	x.options.Before = nil
	if before != nil && before.compared.same(c) {
		*c = before.compared
	} else {
		x.rank(all)
	}
	x.likes = maps.Clone(c.likes)
}

// large reports whether so many were compared that not all pairs are treated
// alike.
func (x *Round) large() bool { return len(x.compared.people) > ListAllUpTo }

// leastScore is how alike two people's work has to be for a visit.
func (x *Round) leastScore() int64 { return x.Event.Matching.MinScore.Or(shadowing.DefaultMinScore) }

// rank lists everybody's most similar colleagues, and scores the others.
func (x *Round) rank(all []*Entry) {
	c := &x.compared
	c.by = match.NewSimilarity(c.people, match.SimilarityOptions{Weights: &c.weights, Synonyms: c.table,
		Parallel: x.options.Parallel})
	c.likes = map[pair]likeness{}
	n := len(all)
	if x.large() {
		n = CandidatesPer
	}
	for i, ranked := range c.by.RankAll(n) {
		for _, peer := range ranked {
			me, other := all[i].Person.ID, all[peer.Index].Person.ID
			if peer.Score < 0 {
				continue
			}
			like := x.told(peer)
			c.likes[pair{me, other}] = like
			if _, known := c.likes[pair{other, me}]; !known {
				c.likes[pair{other, me}] = like
			}
		}
	}
	if x.large() {
		c.scoreFar(all)
	}
}

// told makes a likeness of what a comparison says.
func (x *Round) told(p match.Peer) likeness {
	return likeness{int64(p.Score), x.named(match.Describe(p.Reasons), p.Reasons)}
}

// scoreFar scores the pairs that are in nobody's list. As with those that are,
// somebody who is not heard of is judged by the other's side.
func (c *comparison) scoreFar(all []*Entry) {
	scores := c.by.ScoreAll(int(max(0, c.least)))
	c.far = make([][]match.Score, len(all))
	find := func(i, j int32) bool { _, ok := seek(scores[i], j); return ok }
	for i, list := range scores {
		me := all[i].Person.ID
		for _, s := range list {
			other := all[s.Index].Person.ID
			if _, listed := c.likes[pair{me, other}]; listed {
				continue
			}
			c.far[i] = append(c.far[i], s)
			if !find(s.Index, int32(i)) {
				c.far[s.Index] = append(c.far[s.Index], match.Score{Index: int32(i), Score: s.Score})
			}
		}
	}
	for _, list := range c.far {
		slices.SortFunc(list, func(a, b match.Score) int { return cmp.Compare(a.Index, b.Index) })
	}
}

// seek finds somebody's score in a list ordered by place.
func seek(list []match.Score, who int32) (int64, bool) {
	i, ok := slices.BinarySearchFunc(list, who, func(s match.Score, who int32) int { return cmp.Compare(s.Index, who) })
	if !ok {
		return 0, false
	}
	return int64(list[i].Score), true
}

// like tells how alike two people's work is, without reasons where nobody has
// asked for them yet.
func (x *Round) like(at pair) (likeness, bool) {
	if like, ok := x.likes[at]; ok {
		return like, true
	}
	v, known := x.compared.place[at.visitor]
	h, both := x.compared.place[at.host]
	if !known || !both || x.compared.far == nil {
		return likeness{}, false
	}
	score, ok := seek(x.compared.far[v], h)
	return likeness{score: score}, ok
}

// described tells how alike two people's work is and why.
func (x *Round) described(at pair) (likeness, bool) {
	like, ok := x.like(at)
	if !ok || like.reasons != "" || x.compared.far == nil {
		return like, ok
	}
	if p, ok := x.compareNow(at); ok && int64(p.Score) == like.score {
		return x.told(p), true
	}
	return like, true
}

// compareNow compares two people who are in neither's list: by the visitor's
// side or, when the host is not heard of there, by the host's.
func (x *Round) compareNow(at pair) (match.Peer, bool) {
	v, known := x.compared.place[at.visitor]
	h, both := x.compared.place[at.host]
	if !known || !both {
		return match.Peer{}, false
	}
	if p, ok := x.compared.by.Compare(int(v), int(h)); ok {
		return p, true
	}
	return x.compared.by.Compare(int(h), int(v))
}

// addWished makes likely the pairs of whom one asked for the other, in an event
// where they may be in nobody's list.
func (x *Round) addWished() {
	if !x.large() {
		return
	}
	for _, e := range x.Entries {
		for _, wanted := range e.Signup.Wanted {
			for _, at := range []pair{{e.Person.ID, wanted}, {wanted, e.Person.ID}} {
				if _, listed := x.likes[at]; listed || x.Entry(wanted) == nil || x.Entry(wanted).Partner == e.Partner {
					continue
				}
				p, _ := x.compareNow(at)
				p.Score = max(0, p.Score)
				x.likes[at] = x.told(p)
			}
		}
	}
}

// listFar adds to the problem the pairs that are alike enough and in nobody's
// list. Those before them are the likely ones.
func (x *Round) listFar() {
	if !x.large() {
		return
	}
	var far []pair
	for _, v := range x.Entries {
		if !v.Signup.Visits() {
			continue
		}
		for _, s := range x.compared.far[x.compared.place[v.Person.ID]] {
			at := pair{v.Person.ID, x.self[x.compared.people[s.Index].ID]}
			h := x.Entry(at.host)
			if _, listed := x.edge[at]; listed || h == nil || !h.Signup.Hosts() || h.Partner == v.Partner {
				continue
			}
			if _, judged := x.likes[at]; !judged {
				far = append(far, at)
			}
		}
	}
	if len(x.Problem.Edges)+len(far) > mostPairs {
		x.among = CandidatesPer
		return
	}
	x.Problem.Likely = len(x.Problem.Edges)
	for _, at := range far {
		like, _ := x.like(at)
		x.consider(x.Entry(at.visitor), x.Entry(at.host), like)
	}
}

// named writes a person's name where a reason names a number.
func (x *Round) named(text string, reasons []match.Reason) string {
	for _, r := range reasons {
		if r.Kind == match.Agreement && r.Text != "" {
			if id, err := strconv.ParseUint(r.Text, 10, 64); err == nil {
				text = strings.Replace(text, match.Agreement.String()+": "+r.Text, match.Agreement.String()+": "+
					x.Name(partnership.PersonID(id)), 1)
			}
		}
	}
	return text
}

func worker(p *partnership.Person) match.Person {
	return match.Person{ID: key(p.ID), City: strconv.FormatUint(uint64(p.Partner), 10), Department: p.Department,
		Title: p.Title, Duties: strings.Join(p.Duties, "; "), Tags: p.Tags}
}
