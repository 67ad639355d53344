package meeting

import (
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ReadAction reads an action typed in one line: "dana: ask three vendors by
// Dec 18". Before the colon stands who does it, a part of a name that fits one
// person; after the last "by" or "due" stands the day. What cannot be read that
// way is part of what is to be done.
func ReadAction(env *field.Env, line string) Action {
	a := Action{State: ActionOpen, What: strings.TrimSpace(line)}
	if name, rest, ok := strings.Cut(a.What, ":"); ok {
		if id, found := PersonNamed(env, name); found && strings.TrimSpace(rest) != "" {
			a.Who, a.What = id, strings.TrimSpace(rest)
		}
	}
	for _, word := range []string{" by ", " due "} {
		i := lastFold(a.What, word)
		if i <= 0 {
			continue
		}
		if day, err := value.ParseDay(strings.TrimSpace(a.What[i+len(word):]), env.Today); err == nil {
			a.Due, a.What = value.Some(day), strings.TrimRight(strings.TrimSpace(a.What[:i]), ",")
			break
		}
	}
	return a
}

// lastFold is where a word stands last in s, in whatever case, or -1. Lower case
// may have more bytes than s, so s itself is searched.
func lastFold(s, word string) int {
	i := len(s) - len(word)
	for i >= 0 && !strings.EqualFold(s[i:i+len(word)], word) {
		i--
	}
	return max(i, -1)
}

// ReadMotion reads a motion typed in one line: "reyes/whitlock: renew the
// contract". Before the colon stand mover and seconder.
func ReadMotion(env *field.Env, line string) Motion {
	m := Motion{Text: strings.TrimSpace(line)}
	names, rest, ok := strings.Cut(m.Text, ":")
	if !ok || strings.TrimSpace(rest) == "" {
		return m
	}
	mover, seconder, both := strings.Cut(names, "/")
	first, found := PersonNamed(env, mover)
	if !found {
		return m
	}
	if both {
		second, known := PersonNamed(env, seconder)
		if !known {
			return m
		}
		m.Seconder = second
	}
	m.Mover, m.Text = first, strings.TrimSpace(rest)
	return m
}

// PersonNamed finds the one person still in service in whose name every word
// typed begins a word.
func PersonNamed(env *field.Env, typed string) (partnership.PersonID, bool) {
	words := strings.Fields(field.FoldName(typed))
	if len(words) == 0 {
		return 0, false
	}
	var found partnership.PersonID
	for p := range field.All[partnership.Person](env.Reader) {
		if p.Left || !begin(words, strings.Fields(field.FoldName(p.Name))) {
			continue
		}
		if found != 0 {
			return 0, false // more than one
		}
		found = p.ID
	}
	return found, found != 0
}

// begin reports whether each word begins one of the names.
func begin(words, names []string) bool {
	for _, w := range words {
		fits := false
		for _, n := range names {
			fits = fits || strings.HasPrefix(n, w)
		}
		if !fits {
			return false
		}
	}
	return true
}
