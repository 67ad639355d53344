package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
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

// maxListed bounds the records named in the source of a figure.
const maxListed = 8

// tally makes a run with a figure counted or added up over records of a kind.
// What people signed up for or said is counted and not named.
func (c *citations) tally(s, kind string, ids []uint64, how string) document.Run {
	mark := "t" + strconv.Itoa(len(c.tallies)+1)
	k := c.r.Schema().Kind(kind)
	switch {
	case len(ids) == 0:
		how += "; no " + strings.ToLower(k.Title) + " on file match"
	case len(ids) > maxListed || k.Column("person") != nil:
		how += "; " + text.Counted(len(ids), k.One, strings.ToLower(k.Title))
	default:
		var names []string
		for _, id := range ids {
			names = append(names, c.named(k, id))
		}
		how += "; " + strings.Join(names, ", ")
	}
	c.tallies = append(c.tallies, document.Source{Mark: mark, Text: how})
	return document.Run{Text: s, Marks: []string{mark}}
}

// named gives what people call a record; one without a name is called by its
// number and by whose it is.
func (c *citations) named(k *field.Kind, id uint64) string {
	number := k.One + " #" + strconv.FormatUint(id, 10)
	rec := c.r.Get(k.Name, id)
	if rec == nil {
		return number
	}
	said := text.OneLine(k.Label(rec))
	if of := k.Parties(c.r, rec); said == number && len(of) > 0 {
		var names []string
		for _, p := range of {
			names = append(names, partnership.PartnerName(c.r, partnership.PartnerID(p)))
		}
		said += " of " + text.Joined(names, 3)
	}
	return said
}

// sources lists what the marks stand for, by name: records in the schema's
// order, then figures over several.
func (c *citations) sources() []document.Source {
	rank := map[string]int{}
	for i, k := range c.r.Schema().Kinds {
		rank[k.Name] = i
	}
	slices.SortStableFunc(c.records, func(a, b *cited) int {
		return cmp.Or(cmp.Compare(rank[a.kind], rank[b.kind]), cmp.Compare(a.id, b.id))
	})
	out := make([]document.Source, 0, len(c.records)+len(c.tallies))
	for _, rec := range c.records {
		k := c.r.Schema().Kind(rec.kind)
		said := c.named(k, rec.id)
		if unlike := !strings.Contains(strings.ToLower(said), k.One); unlike {
			said += " (" + k.One + ")"
		}
		if len(rec.fields) > 0 {
			said += ": " + strings.Join(rec.fields, ", ")
		}
		out = append(out, document.Source{Mark: rec.mark, Text: said, Kind: rec.kind, ID: rec.id})
	}
	return append(out, c.tallies...)
}
