package meeting

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// fold is a line in the making: changes of one sort to records of one kind and
// the same partners.
type fold struct {
	at      value.Wall
	kind    *field.Kind
	verb    string
	parties []field.Party
	struck  bool
	records []folded
	index   map[uint64]int
	revs    []uint64
}

// folded is one record in a fold, from its first change to its last.
type folded struct {
	id            uint64
	before, after any
}

// fold adds a change to the line it belongs to.
func (w *writer) fold(e *field.Entry, c field.RecordChange, struck bool) {
	verb := "Changed"
	switch {
	case c.Before == nil:
		verb = "Added"
	case c.After == nil:
		verb = "Deleted"
	}
	rec := c.After
	if rec == nil {
		rec = c.Before
	}
	parties := c.Kind.Parties(w.env.Reader, rec)
	var f *fold
	for _, have := range w.open {
		if have.kind != c.Kind || have.struck != struck || !slices.Equal(have.parties, parties) {
			continue
		}
		if _, adding := have.index[c.ID]; adding && have.verb == "Added" && verb == "Changed" {
			f = have // part of adding it
			break
		}
		if have.verb == verb {
			f = have
		}
	}
	if f == nil {
		f = &fold{at: e.At, kind: c.Kind, verb: verb, parties: parties, struck: struck, index: map[uint64]int{}}
		w.open = append(w.open, f)
	}
	if i, known := f.index[c.ID]; known {
		f.records[i].after = c.After
	} else {
		f.index[c.ID] = len(f.records)
		f.records = append(f.records, folded{c.ID, c.Before, c.After})
	}
	if n := len(f.revs); n == 0 || f.revs[n-1] != e.Rev {
		f.revs = append(f.revs, e.Rev)
	}
}

// close writes the lines that are under way.
func (w *writer) close() {
	for _, f := range w.open {
		w.lines = append(w.lines, Line{At: f.at, Item: w.item, Sort: Work, Text: f.text(w.env), Struck: f.struck,
			Revs: f.revs, Hidden: counts(f.kind) && f.kind.Scope != field.ScopeReleased})
	}
	w.open = nil
}

// named is how many records a line names before it only counts.
const named = 12

// text writes the line: "Raytown: 10 sign-ups added: Dana Reyes, …".
func (f *fold) text(env *field.Env) string {
	if f.kind.Scope == field.ScopeReleased {
		return f.kind.Title + " " + strings.ToLower(f.verb) // to whom, and how many, is between them
	}
	who := f.partners(env)
	if counts(f.kind) {
		return who + f.counted()
	}
	if len(f.records) == 1 {
		r := f.records[0]
		text := f.verb + " " + f.kind.One + " " + f.title(env, r)
		if f.verb == "Changed" {
			text += ": " + f.differences(env, r)
		}
		return who + text
	}
	names := make([]string, 0, named)
	for _, r := range f.records[:min(len(f.records), named)] {
		names = append(names, f.title(env, r))
	}
	names, of := shared(names)
	text := who + strconv.Itoa(len(f.records)) + " " + strings.ToLower(f.kind.Title) + of + " " +
		strings.ToLower(f.verb) + ": " + strings.Join(names, "; ")
	if more := len(f.records) - len(names); more > 0 {
		text += "; and " + strconv.Itoa(more) + " more"
	}
	return text
}

// shared takes off names what all of them begin with, as of an event, and says
// it once.
func shared(names []string) (short []string, of string) {
	first, _, ok := strings.Cut(names[0], titleGap)
	if !ok {
		return names, ""
	}
	for _, n := range names {
		rest, cut := strings.CutPrefix(n, first+titleGap)
		if !cut {
			return names, ""
		}
		short = append(short, rest)
	}
	return short, " (" + first + ")"
}

// titleGap stands between the parts of a record's title.
const titleGap = " · "

// partners introduces a line that concerns one partner.
func (f *fold) partners(env *field.Env) string {
	if len(f.parties) != 1 || f.kind.Name == partnership.KindPartners {
		return ""
	}
	return env.Label(partnership.KindPartners, uint64(f.parties[0])) + ": "
}

// counts reports whether records of a kind are only counted: not everybody who
// reads minutes may see them.
func counts(k *field.Kind) bool {
	return k.Scope == field.ScopeAnswers || k.Scope == field.ScopeReleased || k.Scope == field.ScopeUsers
}

// leastTold is of how many answers a line says how many went up or down. Of few,
// it would tell which: the item discussed stands above the line.
const leastTold = 20

// counted says how many answers there were, and of many how many are above or
// below what was answered before or last year, never which.
func (f *fold) counted() string {
	n, raised, lowered := len(f.records), 0, 0
	for _, r := range f.records {
		if r.after == nil {
			continue
		}
		switch moved := f.kind.Moved(r.before, r.after); {
		case moved > 0:
			raised++
		case moved < 0:
			lowered++
		}
	}
	what := f.kind.Title
	if n == 1 {
		what = f.kind.One
	}
	text := strconv.Itoa(n) + " " + strings.ToLower(what)
	if f.verb == "Deleted" || f.kind.Name != "answers" {
		text += " " + strings.ToLower(f.verb)
	}
	if n < leastTold || raised == n || lowered == n {
		return text
	}
	if raised > 0 {
		text += ", " + strconv.Itoa(raised) + " raised"
	}
	if lowered > 0 {
		text += ", " + strconv.Itoa(lowered) + " lowered"
	}
	return text
}

// title names a record by its open fields.
func (f *fold) title(env *field.Env, r folded) string {
	rec := r.after
	if rec == nil {
		rec = r.before
	}
	title := env.Title(f.kind, open(f.kind, rec))
	if when := f.kind.When(rec); when != "" {
		title += ", " + when
	}
	return title
}

// open leaves a record's open fields.
func open(k *field.Kind, rec any) any {
	return k.Redacted(rec, func(c *field.Column) bool { return c.Sensitivity != field.Open })
}

// shown is how many changed fields are given with their values.
const shown = 3

// differences says what has changed in a record: the values of a few fields,
// the names of many, and of hidden ones only that there was something.
func (f *fold) differences(env *field.Env, r folded) string {
	var parts []string
	hidden := false
	cols := f.kind.Changed(r.before, r.after)
	openCols := 0
	for _, c := range cols {
		if c.Sensitivity == field.Open {
			openCols++
		}
	}
	for _, c := range cols {
		switch {
		case c.Sensitivity != field.Open:
			hidden = true
		case openCols > shown || c.Lines():
			parts = append(parts, strings.ToLower(c.Title))
		default:
			parts = append(parts, strings.ToLower(c.Title)+" "+shownValue(env, c, r.before)+" → "+
				shownValue(env, c, r.after))
		}
	}
	if hidden {
		parts = append(parts, "details that are not shown here")
	}
	if len(parts) == 0 {
		return "and changed back"
	}
	return strings.Join(parts, ", ")
}

func shownValue(env *field.Env, c *field.Column, rec any) string {
	if rec == nil || c.Empty(rec) {
		return "nothing"
	}
	return string(c.Show(nil, rec, env))
}
