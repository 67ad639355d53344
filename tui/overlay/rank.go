package overlay

import (
	"slices"
	"strings"

	"interlocal/model/text"
)

// How well a title answers a query, from best to worst.
const (
	exact       = iota // it is the query
	prefix             // it begins with it
	wordStart          // words of it begin with the words of the query, in order
	within             // it holds the query
	subsequence        // it holds the letters of the query in order
	unmatched
)

// query is what was typed, folded, and taken apart once for all titles.
type query struct {
	whole   string
	words   []string
	letters []string // the characters of the words
}

// newQuery folds and takes apart what was typed.
func newQuery(typed string) query {
	words := strings.Fields(text.Fold(typed))
	return query{whole: strings.Join(words, " "), words: words, letters: strings.Split(strings.Join(words, ""), "")}
}

// grade returns how well a folded title answers a query and where the answer
// begins.
func (q query) grade(title string) (tier, at int) {
	switch i := strings.Index(title, q.whole); {
	case i == 0 && len(title) == len(q.whole):
		return exact, 0
	case i == 0:
		return prefix, 0
	case i > 0 && title[i-1] == ' ':
		return wordStart, i
	default:
		if at, ok := q.wordStarts(title); ok {
			return wordStart, at
		}
		if i > 0 {
			return within, i
		}
	}
	return q.inOrder(title)
}

// wordStarts looks for words of title that begin with the words of the query, in
// order.
func (q query) wordStarts(title string) (at int, ok bool) {
	at = -1
	pos := 0
	for _, word := range q.words {
		i := startOf(word, title, pos)
		if i < 0 {
			return 0, false
		}
		if at < 0 {
			at = i
		}
		pos = i + len(word)
	}
	return at, at >= 0
}

// startOf returns where, from pos on, a word of title begins with word.
func startOf(word, title string, pos int) int {
	for pos <= len(title)-len(word) {
		i := strings.Index(title[pos:], word)
		if i < 0 {
			return -1
		}
		i += pos
		if i == 0 || boundary(title[i-1]) {
			return i
		}
		pos = i + 1
	}
	return -1
}

// boundary reports whether a new word begins behind the byte.
func boundary(b byte) bool {
	return b == ' ' || b == '-' || b == '/' || b == '(' || b == '.' || b == '_' || b == ':'
}

// inOrder looks for the characters of the query in order, blanks aside. Matches
// that begin early come first.
func (q query) inOrder(title string) (tier, at int) {
	pos, first := 0, -1
	for _, letter := range q.letters {
		next := strings.Index(title[pos:], letter)
		if next < 0 {
			return unmatched, 0
		}
		if first < 0 {
			first = next
		}
		pos += next + len(letter)
	}
	return subsequence, max(first, 0)
}

// ranked is an item with its place in the answer.
type ranked struct {
	tier, at, length, index int
}

// before reports whether a comes before b: by tier, then by where the match
// begins, then the shorter title, then the order given.
func (a ranked) before(b ranked) int {
	switch {
	case a.tier != b.tier:
		return a.tier - b.tier
	case a.at != b.at:
		return a.at - b.at
	case a.length != b.length:
		return a.length - b.length
	}
	return a.index - b.index
}

// List returns a search over a fixed list, for [Options].Search. Titles are folded
// once. The same query always has the same answer; an empty query lists the
// items in the order given.
func List(items []Item) func(typed string, limit int) []Item {
	folded := make([]string, len(items))
	for i := range items {
		folded[i] = text.Fold(items[i].Title)
	}
	return func(typed string, limit int) []Item {
		return search(items, folded, newQuery(typed), limit)
	}
}

// search ranks the items and keeps the best.
func search(items []Item, folded []string, q query, limit int) []Item {
	if limit <= 0 {
		return nil
	}
	if q.whole == "" {
		return items[:min(limit, len(items))]
	}
	var best []ranked
	full := false // the first limit of best are in order
	for i, title := range folded {
		tier, at := q.grade(title)
		if tier == unmatched {
			continue
		}
		found := ranked{tier, at, len(title), i}
		if full && found.before(best[limit-1]) > 0 {
			continue
		}
		best = append(best, found)
		if len(best) >= 4*limit+64 {
			best, full = keep(best, limit), true
		}
	}
	best = keep(best, limit)
	out := make([]Item, len(best))
	for i, r := range best {
		out[i] = items[r.index]
	}
	return out
}

// keep returns the best few, in order.
func keep(all []ranked, limit int) []ranked {
	slices.SortFunc(all, ranked.before)
	return all[:min(limit, len(all))]
}
