package shadowing

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/store"
)

// known is who and what is on file, ready to be found by a few letters.
type known struct {
	rev         uint64
	people      []acquaintance
	titles      []word
	departments []word
}

// acquaintance is a person on file. The key is the folded name with a blank
// before each word, so that a word's beginning is found as " reb".
type acquaintance struct {
	id      partnership.PersonID
	partner partnership.PartnerID
	key     string
	name    string
	note    string
}

// word is a title or a department in use, with how often it is.
type word struct {
	text, key string
	uses      int
}

// knownIn gathers who is on file; it may take a while in a large file.
func knownIn(view *store.View) *known {
	k := &known{rev: view.Rev()}
	titles, departments := map[string]int{}, map[string]int{}
	env := field.NewEnv(view, 0)
	for p := range field.All[partnership.Person](view) {
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
		k.people = append(k.people, acquaintance{p.ID, p.Partner, wordKey(p.Name), p.Name, note})
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

// offersShown is how many are offered at once.
const offersShown = 6

// findPeople gives the people a query may mean, those of the city first.
func (k *known) findPeople(typed string, city partnership.PartnerID) []acquaintance {
	q := queryOf(typed)
	if k == nil || q == nil {
		return nil
	}
	var own, others []acquaintance
	for _, p := range k.people {
		if !fits(p.key, q) {
			continue
		}
		if p.partner == city {
			own = append(own, p)
		} else if len(others) < offersShown {
			others = append(others, p)
		}
	}
	all := append(own, others...)
	return all[:min(len(all), offersShown)]
}

// named finds the one person of a city with exactly this name.
func (k *known) named(name string, city partnership.PartnerID) (partnership.PersonID, bool) {
	var found partnership.PersonID
	key := wordKey(name)
	for _, p := range k.people {
		if p.partner == city && p.key == key {
			if found != 0 {
				return 0, false
			}
			found = p.id
		}
	}
	return found, found != 0
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
			if out = append(out, w.text); len(out) == offersShown {
				break
			}
		}
	}
	return out
}
