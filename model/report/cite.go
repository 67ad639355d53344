package report

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/text"
)

// citations collects the sources of a document as its figures are written.
type citations struct {
	r       field.Reader
	records []*cited
	index   map[string]*cited
	tallies []document.Source
}

// cited is a record that a document draws on, with the fields it uses.
type cited struct {
	mark, kind string
	id         uint64
	fields     []string
}

// letter gives the letter that marks begin with for a kind.
func letter(kind string) string {
	letters := map[string]string{
		"settings": "g", "partners": "m", "people": "w", "resolutions": "r", "briefings": "b", "programs": "p",
		"ideas": "i", "agreements": "a", "events": "e", "signups": "s", "equipment": "u", "reservations": "l",
		"cycles": "y", "answers": "n", "assessments": "x", "consents": "c", "releases": "rl", "publications": "h",
		"solutions": "o",
		"wordings":  "wd", "benchmarks": "k",
		"matches": "v", "feedback": "fb", "proofs": "pf",
		"charges": "ch", "statements": "st", "solicitations": "so", "bids": "bid", "awards": "aw", "needs": "nd",
	}
	if l := letters[kind]; l != "" {
		return l
	}
	return kind + "-"
}

// mark notes that the document uses fields of a record and gives its mark.
func (c *citations) mark(kind string, id uint64, fields ...string) string {
	key := kind + "#" + strconv.FormatUint(id, 10)
	rec := c.index[key]
	if rec == nil {
		rec = &cited{mark: letter(kind) + strconv.FormatUint(id, 10), kind: kind, id: id}
		if c.index == nil {
			c.index = map[string]*cited{}
		}
		c.index[key] = rec
		c.records = append(c.records, rec)
	}
	for _, f := range fields {
		if !slices.Contains(rec.fields, f) {
			rec.fields = append(rec.fields, f)
		}
	}
	return rec.mark
}

// run makes a run of text with one record as its source.
func (c *citations) run(s, kind string, id uint64, fields ...string) document.Run {
	return document.Run{Text: s, Marks: []string{c.mark(kind, id, fields...)}}
}

// text makes a text of one run with one record as its source.
func (c *citations) text(s, kind string, id uint64, fields ...string) document.Text {
	return document.Text{c.run(text.OneLine(s), kind, id, fields...)}
}

// maxListed bounds the records named in the source of a tally.
const maxListed = 24

// tally makes a run with a figure counted or added up over records of a kind.
func (c *citations) tally(s, kind string, ids []uint64, how string) document.Run {
	mark := "t" + strconv.Itoa(len(c.tallies)+1)
	var b strings.Builder
	b.WriteString(how)
	if len(ids) == 0 {
		b.WriteString("; no " + kind + " on file match")
	} else {
		b.WriteString("; " + kind + " ")
	}
	for i, id := range ids[:min(len(ids), maxListed)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("#" + strconv.FormatUint(id, 10))
	}
	if n := len(ids) - maxListed; n > 0 {
		b.WriteString(" and " + text.Thousands(int64(n)) + " more")
	}
	c.tallies = append(c.tallies, document.Source{Mark: mark, Text: b.String()})
	return document.Run{Text: s, Marks: []string{mark}}
}

// sources lists what the marks stand for: records in the schema's order, then
// tallies.
func (c *citations) sources() []document.Source {
	rank := map[string]int{}
	for i, k := range c.r.Schema().Kinds {
		rank[k.Name] = i
	}
	slices.SortStableFunc(c.records, func(a, b *cited) int {
		if d := rank[a.kind] - rank[b.kind]; d != 0 {
			return d
		}
		return int(a.id) - int(b.id)
	})
	out := make([]document.Source, 0, len(c.records)+len(c.tallies))
	for _, rec := range c.records {
		said := rec.kind + " #" + strconv.FormatUint(rec.id, 10)
		if len(rec.fields) > 0 {
			said += ": " + strings.Join(rec.fields, ", ")
		}
		out = append(out, document.Source{Mark: rec.mark, Text: said})
	}
	return append(out, c.tallies...)
}
