package shadowing

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// Known is who and what is on file, ready to be found by a few letters.
type Known struct {
	People      []Acquaintance
	titles      []word
	departments []word
}

// Acquaintance is a person on file. The key is the folded name with a blank
// before each word, so that a word's beginning is found as " reb".
type Acquaintance struct {
	ID         partnership.PersonID
	Partner    partnership.PartnerID
	Name, Note string
	key        string
}

// word is a title or a department in use, with how often it is.
type word struct {
	text, key string
	uses      int
}

// KnownIn gathers who is on file; it may take a while in a large file.
func KnownIn(r field.Reader) *Known {
	k := &Known{}
	titles, departments := map[string]int{}, map[string]int{}
	env := field.NewEnv(r, 0)
	for p := range field.All[partnership.Person](r) {
		if p.Left {
			continue
		}
		note := env.Label(partnership.KindPartners, uint64(p.Partner))
		if p.Title != "" {
			note = p.Title + " · " + note
			titles[p.Title]++
		}
		if p.Department != "" {
			departments[p.Department]++
		}
		k.People = append(k.People, Acquaintance{p.ID, p.Partner, p.Name, note, wordKey(p.Name)})
	}
	k.titles, k.departments = words(titles), words(departments)
	return k
}

// words lists texts, the ones used most first.
func words(uses map[string]int) []word {
	out := make([]word, 0, len(uses))
	for s, n := range uses {
		out = append(out, word{s, wordKey(s), n})
	}
	slices.SortFunc(out, func(a, b word) int { return cmp.Or(b.uses-a.uses, strings.Compare(a.text, b.text)) })
	return out
}

func wordKey(s string) string { return " " + strings.Join(strings.Fields(text.Fold(s)), " ") }

// fits reports whether words of the key begin as those of the query do.
func fits(key string, query []string) bool {
	for _, q := range query {
		if !strings.Contains(key, " "+q) {
			return false
		}
	}
	return true
}

// lettersNeeded is how many letters find somebody: fewer would offer half the
// city.
const lettersNeeded = 3

// queryOf takes a query apart; it is nil while there are too few letters.
func queryOf(typed string) []string {
	q := strings.Fields(text.Fold(typed))
	if len([]rune(strings.Join(q, ""))) < lettersNeeded {
		return nil
	}
	return q
}

// KnownShown is how many are found at once.
const KnownShown = 6

// FindPeople gives the people a query may mean, those of the city first.
func (k *Known) FindPeople(typed string, city partnership.PartnerID) []Acquaintance {
	q := queryOf(typed)
	if k == nil || q == nil {
		return nil
	}
	var own, others []Acquaintance
	for _, p := range k.People {
		if !fits(p.key, q) {
			continue
		}
		if p.Partner == city {
			own = append(own, p)
		} else if len(others) < KnownShown {
			others = append(others, p)
		}
	}
	all := append(own, others...)
	return all[:min(len(all), KnownShown)]
}

// Named finds the one person of a city with exactly this name.
func (k *Known) Named(name string, city partnership.PartnerID) (partnership.PersonID, bool) {
	var found partnership.PersonID
	key := wordKey(name)
	for _, p := range k.People {
		if p.Partner == city && p.key == key {
			if found != 0 {
				return 0, false
			}
			found = p.ID
		}
	}
	return found, found != 0
}

// Titles gives the titles in use that begin as typed.
func (k *Known) Titles(typed string) []string { return findWords(k.titles, typed) }

// Departments gives the departments in use that begin as typed.
func (k *Known) Departments(typed string) []string { return findWords(k.departments, typed) }

// Begins finds people by the beginnings of words, from the first letter on.
func (k *Known) Begins(typed string, limit int) []Acquaintance {
	var out []Acquaintance
	q := strings.Fields(text.Fold(typed))
	for _, p := range k.People {
		if len(out) < limit && fits(p.key, q) {
			out = append(out, p)
		}
	}
	return out
}

// findWords gives the words of a list that begin as typed.
func findWords(list []word, typed string) []string {
	q := queryOf(typed)
	if q == nil {
		return nil
	}
	var out []string
	for _, w := range list {
		if fits(w.key, q) && w.text != strings.TrimSpace(typed) {
			if out = append(out, w.text); len(out) == KnownShown {
				break
			}
		}
	}
	return out
}
