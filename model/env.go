package model

import (
	"iter"
	"strconv"
	"strings"
)

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
	Today  Day

	names map[string]map[string][]uint64 // kind, folded label, ids
}

// NewEnv makes an Env over a reader on a given day.
func NewEnv(r Reader, today Day) *Env { return &Env{Reader: r, Today: today} }

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

// Name gives text that [Env.Resolve] takes back to exactly this record: the
// label where labels are unique, otherwise the label followed by "#12".
func (e *Env) Name(kind string, id uint64) string {
	ref := "#" + strconv.FormatUint(id, 10)
	label := e.Label(kind, id)
	if label == ref {
		return ref
	}
	if e.Reader.Schema().Kind(kind).UniqueLabel {
		return label
	}
	return label + " " + ref
}

// Resolve finds the record that text names: "#12", a label in any case, or a
// label followed by its number. The error says what was not found, or that
// several records bear the name.
func (e *Env) Resolve(kind, text string) (uint64, error) {
	text = strings.TrimSpace(text)
	if e == nil || e.Reader == nil {
		return 0, Fail(NotFound, "no records to look "+strconv.Quote(text)+" up in")
	}
	k := e.Reader.Schema().Kind(kind)
	ids := e.labels(k)[FoldName(text)]
	if len(ids) == 1 {
		return ids[0], nil
	}
	if i := strings.LastIndexByte(text, '#'); i >= 0 {
		if id, err := strconv.ParseUint(text[i+1:], 10, 64); err == nil && e.Reader.Get(kind, id) != nil {
			return id, nil
		}
	}
	if len(ids) > 1 {
		return 0, Fail(Invalid, "several "+k.Name+" are called "+strconv.Quote(text)+": add the number, as in "+
			strconv.Quote(e.Name(kind, ids[0])))
	}
	return 0, Fail(NotFound, "no "+k.One+" called "+strconv.Quote(text)+e.suggest(k, text))
}

// Forget drops remembered names, after records have been added.
func (e *Env) Forget() { e.names = nil }

func (e *Env) labels(k *Kind) map[string][]uint64 {
	if m, ok := e.names[k.Name]; ok {
		return m
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
		e.names = map[string]map[string][]uint64{}
	}
	e.names[k.Name] = m
	return m
}

// suggest names up to three labels that begin as the text does.
func (e *Env) suggest(k *Kind, text string) string {
	want := FoldName(text)
	var near []string
	for _, rec := range e.Reader.Scan(k.Name) {
		label := k.Label(rec)
		have := FoldName(label)
		n := min(3, len(want), len(have))
		if n > 0 && have[:n] == want[:n] {
			near = append(near, label)
		}
		if len(near) == 3 {
			break
		}
	}
	if len(near) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(near, ", ") + "?)"
}

// FoldName reduces a name to the form in which names are compared: lower case,
// single spaces, typographic apostrophes made plain.
func FoldName(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'").Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
