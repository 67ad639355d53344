package field

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/value"
)

func (e *Env) today() value.Day {
	if e == nil {
		return 0
	}
	return e.Today
}

// ID identifies a record of type T. The zero ID refers to nothing.
type ID[T any] uint64

// Record is implemented by every record struct. KindName names its [Kind].
type Record interface{ KindName() string }

// Reader is how rules, screens and files look records up: a transaction and a
// viewer's snapshot both satisfy it. What it returns is shared and must not be
// changed, and already lacks whatever the viewer may not see.
type Reader interface {
	// Schema describes the kinds that can be read.
	Schema() *Schema
	// Get returns the record, or nil.
	Get(kind string, id uint64) any
	// Scan yields all records of a kind in order of id.
	Scan(kind string) iter.Seq2[uint64, any]
	// Refer yields the records of a kind whose field refers to the target id.
	Refer(kind, field string, target uint64) iter.Seq2[uint64, any]
}

// Get looks a record up by its typed id; nil when there is none.
func Get[T Record](r Reader, id ID[T]) *T {
	var t T
	rec, _ := r.Get(t.KindName(), uint64(id)).(*T)
	return rec
}

// All yields every record of type T in order of id.
func All[T Record](r Reader) iter.Seq[*T] {
	var t T
	return typed[T](r.Scan(t.KindName()))
}

// Of yields the records of type T whose field refers to target.
func Of[T Record, R any](r Reader, field string, target ID[R]) iter.Seq[*T] {
	var t T
	return typed[T](r.Refer(t.KindName(), field, uint64(target)))
}

func typed[T any](seq iter.Seq2[uint64, any]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, rec := range seq {
			if !yield(rec.(*T)) {
				return
			}
		}
	}
}

// Env is what values need to be read from text and shown: the records that
// references name, and today's date. An Env belongs to one goroutine.
type Env struct {
	Reader Reader
	Today  value.Day
	Clock  func() value.Wall // the time on the partnership's clocks; without one it is the start of the day

	names map[string]*nameTable // by kind
	// Elsewhere says that texts come from another copy of the records, whose
	// numbers are not those used here: where a name and a number disagree, the
	// name decides.
	Elsewhere bool
	// Listed gives the record that the n-th row of somebody's last list of a kind
	// brought; 0 for none. A number that is nobody's counts those rows.
	Listed func(kind string, n uint64) uint64
}

// nameTable is what an Env remembers of one kind's names.
type nameTable struct {
	ids    map[string][]uint64 // by folded label or alias
	named  map[uint64]string   // answers of Name, for kinds with unique labels
	starts map[string][]string // a few labels by their first letters, for suggestions
	called map[string][]uint64 // by the form in which names from outside are compared
}

// NewEnv makes an Env over a reader on a given day.
func NewEnv(r Reader, today value.Day) *Env { return &Env{Reader: r, Today: today} }

// Now is the moment on the partnership's clocks, by which a rule tells what is
// late and what is due.
func (e *Env) Now() value.Wall {
	if e.Clock != nil {
		if now := e.Clock(); now.Day() == e.Today {
			return now
		}
	}
	return e.Today.At(0, 0)
}

// Label gives the text by which people know a record: its label, or "#12"
// when it cannot be looked up.
func (e *Env) Label(kind string, id uint64) string {
	if e != nil && e.Reader != nil {
		if rec := e.Reader.Get(kind, id); rec != nil {
			return e.Reader.Schema().Kind(kind).Label(rec)
		}
	}
	return "#" + strconv.FormatUint(id, 10)
}

// Title names a record for people who look at it: by its label, or where the
// kind has none of its own by its first values, as in "Wheel loader · Raytown".
func (e *Env) Title(k *Kind, rec any) string {
	if label := k.label(rec); label != "" {
		return label
	}
	var parts []string
	for _, c := range k.Columns {
		if len(parts) < 2 && (c.Required || c.Naming) && !c.Empty(rec) {
			parts = append(parts, string(c.Show(nil, rec, e)))
		}
	}
	if len(parts) == 0 {
		return k.Label(rec)
	}
	return strings.Join(parts, " · ")
}

// Name gives text that [Env.Resolve] takes back to exactly this record: the
// label where labels are unique, otherwise the label followed by "#12".
func (e *Env) Name(kind string, id uint64) string {
	ref := "#" + strconv.FormatUint(id, 10)
	label := e.Label(kind, id)
	if label == ref {
		return ref
	}
	k := e.Reader.Schema().Kind(kind)
	if !k.UniqueLabel {
		return withNumber(label, ref)
	}
	t := e.table(k)
	name, known := t.named[id]
	if !known {
		name = label
		// Names are compared more loosely than labels are unique.
		if found, err := e.Resolve(kind, label); err != nil || found != id {
			name = withNumber(label, ref)
		}
		t.named[id] = name
	}
	return name
}

// withNumber adds the number to a label that does not end in it.
func withNumber(label, ref string) string {
	if strings.HasSuffix(label, " "+ref) {
		return label
	}
	return label + " " + ref
}

// listed finds the record that a bare number counts in a list.
func (e *Env) listed(kind, label string, number uint64) uint64 {
	if e.Listed == nil || label != "" || number == 0 {
		return 0
	}
	if id := e.Listed(kind, number); id != 0 && e.Reader.Get(kind, id) != nil {
		return id
	}
	return 0
}

// Resolve finds the record that text names: "#12", a label in any case, or a
// label followed by its number. The error says what was not found, or that
// several records bear the name.
func (e *Env) Resolve(kind, text string) (uint64, error) {
	text = strings.TrimSpace(text)
	if e == nil || e.Reader == nil {
		return 0, failure.New(failure.NotFound, "no records to look "+strconv.Quote(text)+" up in")
	}
	k := e.Reader.Schema().Kind(kind)
	label, number := cutNumber(text)
	var numbered any
	if number != 0 {
		numbered = e.Reader.Get(kind, number)
	}
	if numbered != nil {
		have := FoldName(k.Label(numbered))
		if label == "" || have == FoldName(label) || have == FoldName(text) {
			return number, nil
		}
	}
	t := e.table(k)
	ids := t.ids[FoldName(text)]
	if len(ids) == 0 && number == 0 {
		ids = e.calledSo(k, t, text)
	}
	switch {
	case len(ids) == 1:
		return ids[0], nil
	case len(ids) > 1:
		return 0, failure.New(failure.Invalid, "several "+k.Name+" are called "+strconv.Quote(text)+
			": add the number, as in "+
			strconv.Quote(withNumber(e.Label(kind, ids[0]), "#"+strconv.FormatUint(ids[0], 10))))
	case numbered == nil:
		// A number that is nobody's comes from another list; there the name decides.
		if ids = t.ids[FoldName(label)]; number != 0 && len(ids) == 1 {
			return ids[0], nil
		}
		if id := e.listed(kind, label, number); id != 0 {
			return id, nil
		}
		return 0, failure.New(failure.NotFound, "no "+k.One+" called "+strconv.Quote(text)+e.suggest(k, text))
	}
	// The number is somebody's, under another name: renamed since the text was
	// written, unless the name is that of one other record.
	ids = t.ids[FoldName(label)]
	switch {
	case e.Elsewhere && len(ids) == 1:
		return ids[0], nil
	case e.Elsewhere:
		return 0, failure.New(failure.NotFound, "no "+k.One+" called "+strconv.Quote(label)+", and the file's "+
			"numbers are not the ones used here")
	case len(ids) == 1 && ids[0] != number:
		return 0, failure.New(failure.Invalid, strconv.Quote(text)+" is unclear: #"+
			strconv.FormatUint(number, 10)+" is "+
			k.Label(numbered)+", and "+strconv.Quote(label)+" is #"+strconv.FormatUint(ids[0], 10))
	}
	return number, nil
}

// cutNumber parts "Dana Reyes #12" into the label and the number; the number
// is 0 when there is none.
func cutNumber(text string) (label string, number uint64) {
	i := strings.LastIndexByte(text, '#')
	if i < 0 {
		return text, 0
	}
	n, err := strconv.ParseUint(text[i+1:], 10, 64)
	if err != nil {
		return text, 0
	}
	return strings.TrimSpace(text[:i]), n
}

// Forget drops remembered names, after records have been added.
func (e *Env) Forget() { e.names = nil }

func (e *Env) table(k *Kind) *nameTable {
	if t, ok := e.names[k.Name]; ok {
		return t
	}
	m := map[string][]uint64{}
	for id, rec := range e.Reader.Scan(k.Name) {
		label := FoldName(k.Label(rec))
		m[label] = append(m[label], id)
		for _, alias := range k.Aliases(rec) {
			if a := FoldName(alias); a != "" && a != label {
				m[a] = append(m[a], id)
			}
		}
	}
	if e.names == nil {
		e.names = map[string]*nameTable{}
	}
	t := &nameTable{ids: m, named: map[uint64]string{}}
	e.names[k.Name] = t
	return t
}

// calledSo gives the records that a text names as people outside do.
func (e *Env) calledSo(k *Kind, t *nameTable, text string) []uint64 {
	if k.Headings.Called == nil {
		return nil
	}
	if t.called == nil {
		t.called = map[string][]uint64{}
		for id, rec := range e.Reader.Scan(k.Name) {
			for _, name := range append(k.Aliases(rec), k.Label(rec)) {
				if c := k.Headings.Called(name); c != "" && !slices.Contains(t.called[c], id) {
					t.called[c] = append(t.called[c], id)
				}
			}
		}
	}
	return t.called[k.Headings.Called(text)]
}

// suggest names up to three labels that begin as the text does.
func (e *Env) suggest(k *Kind, text string) string {
	t := e.table(k)
	if t.starts == nil {
		t.starts = map[string][]string{}
		for _, rec := range e.Reader.Scan(k.Name) {
			label := k.Label(rec)
			have := FoldName(label)
			for n := 1; n <= min(3, len(have)); n++ {
				if near := t.starts[have[:n]]; len(near) < 3 {
					t.starts[have[:n]] = append(near, label)
				}
			}
		}
	}
	want := FoldName(text)
	near := t.starts[want[:min(3, len(want))]]
	if len(near) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(near, ", ") + "?)"
}

// FoldName reduces a name to the form in which names are compared: lower case,
// single spaces, typographic apostrophes made plain.
func FoldName(s string) string {
	if !foldedASCII(s) {
		s = strings.ToLower(strings.Join(strings.Fields(plainApostrophes.Replace(s)), " "))
	}
	return s
}

var plainApostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'")

// foldedASCII reports that folding would change nothing, which is so for most
// names that have been folded before.
func foldedASCII(s string) bool {
	blank := true // a space here would lead or be doubled
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c >= 'A' && c <= 'Z' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return !blank || s == ""
}
