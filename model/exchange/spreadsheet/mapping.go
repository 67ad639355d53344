package spreadsheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// Ignored is the target of a heading whose column is left out on purpose.
const Ignored = "-"

// ReasonHeading heads the column that says why a row was left out. A file that
// comes back is read without it.
const ReasonHeading = "Why left out"

// extension is the number of a part that stands beside the whole of a value:
// that of a telephone number in a column of its own.
const extension = "9"

// Mapping says which field each of a sheet's headings stands for. A target is a
// field's name, "id", "rev", [Ignored], "" for not known, or a field's name with
// a number for a part of it: the columns mapped to "name:1" and "name:3" are
// joined to a name in the order of their numbers.
type Mapping struct {
	Kind     *field.Kind
	Headings []string
	Targets  []string // parallel to Headings
	Doubts   []Doubt
	// Fixed is the text of a field for every row, whatever the file says; see
	// [Mapping.Fix].
	Fixed map[string]string
	// Answers are what somebody said values mean, by field and folded value; see
	// [Mapping.Answer].
	Answers map[string]map[string]string

	bare []bool // headings with nothing beneath them
}

// Doubt is a heading that could not be settled alone.
type Doubt struct {
	Heading string
	Target  string // what it may stand for
	Reason  string
}

// Map matches headings with a kind's fields: as remembered, by name, by title,
// then by the words offices use. Remembered is what [Mapping.Remember] gave for
// an earlier file.
func Map(k *field.Kind, headings []string, remembered map[string]string) *Mapping {
	return mapped(k, headings, remembered, nil)
}

// MapSheet is [Map] with an eye on what stands beneath the headings: an empty
// column never wins over a filled one, nor a column of codes over one of names.
func MapSheet(k *field.Kind, s *Sheet, env *field.Env, remembered map[string]string) *Mapping {
	if ours(s.Headings) {
		return Map(k, s.Headings, remembered)
	}
	w := newWeigher(k, s, env)
	m := mapped(k, s.Headings, remembered, w)
	m.bare = w.empty
	return m
}

// ours reports whether headings are those of a file that export wrote: there an
// empty column says that nothing is to be kept.
func ours(headings []string) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(headings, func(h string) bool { return Squeeze(h) == name })
	}
	return has(export.IDColumn) && has(export.RevColumn)
}

// overlapping gives the taken targets that cannot stand beside target: the same
// column, or the whole of a column of which it is a part.
func overlapping(target string, taken map[string]int) []string {
	var out []string
	name, part, isPart := strings.Cut(target, ":")
	for t := range taken {
		other, otherPart, otherIsPart := strings.Cut(t, ":")
		if isPart && part == extension || otherIsPart && otherPart == extension {
			if t == target {
				out = append(out, t)
			}
			continue
		}
		if other == name && (!isPart || !otherIsPart || part == otherPart) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}

// dropSettled removes doubts about headings that another word settled.
func (m *Mapping) dropSettled() {
	var open []Doubt
	for _, d := range m.Doubts {
		if m.Target(d.Heading) == "" && !strings.Contains(d.Target, ":") {
			open = append(open, d)
		}
	}
	m.Doubts = open
}

// doubtNumbers asks about a column of numbers that may be another list's.
func (m *Mapping) doubtNumbers() {
	for i, h := range m.Headings {
		if Squeeze(h) == export.IDColumn && m.Targets[i] == "" {
			m.Doubts = append(m.Doubts, Doubt{h, export.IDColumn,
				strconv.Quote(h) + " is left out, since its numbers may be another list's; map it to id if they are " +
					"the numbers used here"})
		}
	}
}

// nameTarget knows field names, and the columns that lead our own files. A
// column id alone may be anybody's; beside a column rev it is ours.
func nameTarget(k *field.Kind, squeezed string, headings []string) string {
	if squeezed == export.IDColumn || squeezed == export.RevColumn {
		for _, h := range headings {
			if s := Squeeze(h); s != squeezed && (s == export.IDColumn || s == export.RevColumn) {
				return squeezed
			}
		}
		return ""
	}
	for _, c := range k.Columns {
		if Squeeze(c.Name) == squeezed {
			return c.Name
		}
	}
	return ""
}

func titleTarget(k *field.Kind, squeezed string) string {
	for _, c := range k.Columns {
		if Squeeze(c.Title) == squeezed {
			return c.Name
		}
	}
	return ""
}

// asked finds what a question is about, as the kind knows.
func asked(k *field.Kind, squeezed string) string {
	if k.Headings.Asked == nil {
		return ""
	}
	return k.Headings.Asked(squeezed)
}

// countKnown counts the cells of a row that would do as headings.
func countKnown(k *field.Kind, cells []string) int {
	m := Map(ReadAs(k, cells), cells, nil)
	n := 0
	for _, t := range m.Targets {
		if t != "" {
			n++
		}
	}
	return n
}

// Squeeze reduces a heading to its letters and digits: "E-Mail Address" and
// "email_address" are one.
func Squeeze(heading string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(text.Line(heading, 100)))
}

// Target gives what a heading stands for.
func (m *Mapping) Target(heading string) string {
	if i := slices.Index(m.Headings, heading); i >= 0 {
		return m.Targets[i]
	}
	return ""
}

// Set settles a heading by hand. Another heading with the same target is left
// without one.
func (m *Mapping) Set(heading, target string) error {
	at := slices.Index(m.Headings, heading)
	switch {
	case at < 0:
		return failure.New(failure.NotFound, "the file has no heading "+strconv.Quote(heading))
	case target != "" && !validTarget(m.Kind, target):
		return failure.New(failure.NotFound, m.Kind.Title+" have no field "+strconv.Quote(target)+"; use a field's "+
			"name, or - to leave the column out")
	}
	if target != "" && target != Ignored {
		taken := map[string]int{}
		for i, t := range m.Targets {
			if i != at && t != "" && t != Ignored {
				taken[t] = i
			}
		}
		for _, t := range overlapping(target, taken) {
			m.Targets[taken[t]] = ""
		}
	}
	m.Targets[at] = target
	m.dropSettled()
	return nil
}

// validTarget reports whether a mapping may name the target.
func validTarget(k *field.Kind, target string) bool {
	if target == Ignored || target == export.IDColumn || target == export.RevColumn {
		return true
	}
	name, part, isPart := strings.Cut(target, ":")
	c := k.Column(name)
	if c == nil || !isPart {
		return c != nil
	}
	n, err := strconv.Atoi(part)
	return err == nil && n >= 1 && n <= 9 && len(part) == 1 &&
		(c.Shape == field.ShapeText || c.Shape == field.ShapeWall || c.Shape == field.ShapePhone && part == extension)
}

// Remember gives what can be kept for the next file with these headings: the
// target of every heading that has one.
func (m *Mapping) Remember() map[string]string {
	out := map[string]string{}
	for i, h := range m.Headings {
		if m.Targets[i] != "" {
			out[h] = m.Targets[i]
		}
	}
	return out
}

// Unknown lists the headings that stand for nothing known; their columns are
// left out.
func (m *Mapping) Unknown() []string {
	var out []string
	for i, t := range m.Targets {
		if t == "" && (i >= len(m.bare) || !m.bare[i]) {
			out = append(out, m.Headings[i])
		}
	}
	return out
}

// Missing lists the fields a new record needs that no heading stands for.
// Without them a file can change records but not add any.
func (m *Mapping) Missing() []*field.Column {
	var out []*field.Column
	for _, c := range m.Kind.Columns {
		if c.Required && !m.Has(c.Name) {
			out = append(out, c)
		}
	}
	return out
}

// Any reports whether any heading stands for a field.
func (m *Mapping) Any() bool {
	for _, c := range m.Kind.Columns {
		if len(m.Sources(c)) > 0 {
			return true
		}
	}
	return false
}

// Sources gives the positions of the headings that make up a column, in the
// order in which they are joined.
func (m *Mapping) Sources(c *field.Column) []int {
	var parts [10]int
	var out []int
	for i, t := range m.Targets {
		if t == c.Name {
			parts[0] = i + 1
			continue
		}
		if name, part, ok := strings.Cut(t, ":"); ok && name == c.Name {
			parts[part[0]-'0'] = i + 1
		}
	}
	for n, i := range parts {
		if i > 0 && (n == 0 || parts[0] == 0 || n == len(parts)-1) {
			out = append(out, i-1)
		}
	}
	return out
}

// Position gives the position of the heading with a target; -1 when there is none.
func (m *Mapping) Position(target string) int { return slices.Index(m.Targets, target) }
