package spreadsheet

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/field"
)

// mapper hands targets out to headings.
type mapper struct {
	*Mapping
	taken map[string]int
	empty []bool
	weigh func(i int, target string) int // how well the cells of a heading do for a target; 0 is not at all
	late  map[int]bool                   // headings that wait until questions are understood
}

func mapped(k *field.Kind, headings []string, remembered map[string]string, w *weigher) *Mapping {
	m := &mapper{Mapping: &Mapping{Kind: k, Headings: headings, Targets: make([]string, len(headings))},
		taken: map[string]int{}}
	if w != nil {
		m.weigh, m.empty = w.weigh, w.empty
	}
	words := synonyms(k)
	known := map[string]string{}
	for heading, target := range remembered {
		if validTarget(k, target) {
			known[Squeeze(heading)] = target
		}
	}
	passes := []func(string) string{
		func(h string) string { return known[h] },
		func(h string) string {
			if h == Squeeze(ReasonHeading) {
				return Ignored
			}
			return ""
		},
		func(h string) string { return nameTarget(k, h, headings) },
		func(h string) string { return titleTarget(k, h) },
		func(h string) string { return words[h] },
		func(h string) string { return asked(k, h) },
	}
	m.late = ofAccounts(headings)
	for n, target := range passes {
		m.pass(target, n == 0)
	}
	m.late = nil
	m.pass(passes[2], false)
	for _, target := range passes[2:4] { // what is headed like a field is read as one, and told where it is wrong
		m.pass(target, true)
	}
	// names that nobody knows are told, not passed over
	m.pass(func(h string) string { return naming(k, words[h]) }, true)
	if parts := standIns(k); len(overlapping("name", m.taken)) == 0 {
		m.pass(func(h string) string { return parts[h] }, false)
	}
	if w != nil {
		m.byValues(w)
	}
	m.dropSettled()
	m.doubtNumbers()
	return m.Mapping
}

// ofAccounts gives the columns in which a form builder puts the name and the address
// of the account that answered: what somebody answers to a question goes before.
func ofAccounts(headings []string) map[int]bool {
	out, clocks := map[int]bool{}, 0
	for i, h := range headings {
		switch Squeeze(h) {
		case "starttime", "completiontime":
			clocks++
		case "name", "email":
			out[i] = true
		}
	}
	if clocks < 2 {
		return nil
	}
	return out
}

// pass lets each heading claim the target that a rule gives it: where several
// want the same one, that with the best cells. A pass that binds does not weigh.
func (m *mapper) pass(target func(string) string, binding bool) {
	best := map[string]int{}
	for i, heading := range m.Headings {
		t := m.wants(i, heading, target)
		if t == "" {
			continue
		}
		if j, rival := best[t]; !rival || m.score(i, t, binding) > m.score(j, t, binding) {
			best[t] = i
		}
	}
	for i, heading := range m.Headings {
		t := m.wants(i, heading, target)
		if t == "" || t != Ignored &&
			(m.score(i, t, binding) == 0 || m.score(i, t, binding) < m.score(best[t], t, binding)) {
			continue
		}
		m.claim(i, t)
	}
}

// naming gives a target back whose values name records.
func naming(k *field.Kind, target string) string {
	if c := k.Column(target); c != nil && (c.Target != "" || k.Headings.Names[target] != "") {
		return target
	}
	return ""
}

// byValues finds the columns that no heading tells, but what stands beneath: the
// only one all of whose values speak of a field.
func (m *mapper) byValues(w *weigher) {
	for _, c := range m.Kind.Columns {
		tells := m.Kind.Headings.Told[c.Name]
		if tells == nil || len(overlapping(c.Name, m.taken)) > 0 {
			continue
		}
		found := -1
		for i := range m.Headings {
			if m.Targets[i] != "" || w.empty[i] ||
				slices.ContainsFunc(w.samples[i], func(s string) bool { return !tells(s) }) {
				continue
			}
			if found >= 0 {
				found = -1
				break
			}
			found = i
		}
		if found >= 0 {
			m.claim(found, c.Name)
		}
	}
}

func (m *mapper) wants(i int, heading string, target func(string) string) string {
	s := Squeeze(heading)
	if s == "" || m.Targets[i] != "" || m.late[i] {
		return ""
	}
	if t := target(s); t != "" {
		return t
	}
	if plain := undated(unannotated(heading)); plain != heading {
		return target(Squeeze(plain))
	}
	return ""
}

// undated takes a year off that leads or ends a heading: "2023 Rate".
func undated(heading string) string {
	plain := strings.TrimSpace(heading)
	isYear := func(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && DigitsOnly(s) }
	if first, rest, ok := strings.Cut(plain, " "); ok && isYear(first) {
		plain = rest
	}
	if at := strings.LastIndexByte(plain, ' '); at > 0 && isYear(plain[at+1:]) {
		plain = plain[:at]
	}
	return plain
}

func (m *mapper) score(i int, target string, binding bool) int {
	if m.weigh == nil {
		return 1
	}
	if score := m.weigh(i, target); !binding || score == 0 && m.empty != nil && m.empty[i] {
		return score
	}
	return 1
}

func (m *mapper) claim(i int, target string) {
	if m.Targets[i] != "" {
		return
	}
	if target == Ignored {
		m.Targets[i] = target
		return
	}
	if rivals := overlapping(target, m.taken); len(rivals) > 0 {
		d := Doubt{m.Headings[i], target,
			strconv.Quote(m.Headings[i]) + " and " + strconv.Quote(m.Headings[m.taken[rivals[0]]]) +
				" both look like " + target}
		if !slices.Contains(m.Doubts, d) {
			m.Doubts = append(m.Doubts, d)
		}
		return
	}
	m.Targets[i], m.taken[target] = target, i
}

// unannotated takes off what forms and templates put behind a heading: "City
// (optional)", "First Name [Required]".
func unannotated(heading string) string {
	at := strings.LastIndexAny(heading, "([")
	if at <= 0 {
		return heading
	}
	switch note := Squeeze(heading[at:]); {
	case note != "" && strings.Trim(note, "0123456789") == "" && len(note) == 1, note == "required", note == "optional",
		note == "uploadonly", note == "ifany", note == "ifapplicable", note == "ifknown",
		strings.HasPrefix(note, "mustbe"), strings.HasPrefix(note, "selectall"), strings.HasPrefix(note, "checkall"),
		strings.HasPrefix(note, "chooseall"), strings.HasPrefix(note, "selectone"),
		strings.HasPrefix(note, "lastfirst"), strings.HasPrefix(note, "firstlast"):
		return strings.TrimSpace(heading[:at])
	}
	return heading
}
