package report

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// A city answers for its own records. Disclosure shows what of them the public would
// see, and what could be withheld under section 610.021 of the Missouri Sunshine Law,
// record by record and field by field. It is orientation for counsel and decides
// nothing: what may be closed need not be, and what has no subdivision to its name
// is put to counsel.
type Disclosure struct {
	City     string
	Day      value.Day
	Given    []GivenRecord
	Withheld []Withheld
}

// GivenRecord is a record as the public would see it.
type GivenRecord struct {
	Kind   string       `json:"kind"`
	ID     uint64       `json:"id"`
	Fields []GivenField `json:"fields"`
	Part   bool         `json:"in_part"` // something of it is withheld
}

// GivenField is a value that is given.
type GivenField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Withheld is a line of the index of what is not given. Field is empty for a whole
// record.
type Withheld struct {
	Kind        string `json:"kind"`
	ID          uint64 `json:"id"`
	Field       string `json:"field"`
	Subdivision string `json:"subdivision"` // such as "610.021(13)"; "" is for counsel to name
	Reason      string `json:"reason"`
	Until       string `json:"until"` // when the reason ends; "" when it does not by itself
}

// forCounsel is the reason of what no subdivision is known for.
const forCounsel = "marked as not for everybody; open unless counsel names a subdivision"

// Disclose goes through the records of a city, 0 for those that are the
// partnership's own.
func Disclose(env *field.Env, city field.Party, name string, day value.Day) *Disclosure {
	out := &Disclosure{City: name, Day: day}
	for _, k := range env.Reader.Schema().Kinds {
		for id, rec := range env.Reader.Scan(k.Name) {
			parties := k.Parties(env.Reader, rec)
			if city == 0 && len(parties) > 0 || city != 0 && !slices.Contains(parties, city) {
				continue
			}
			out.record(env, k, id, rec)
		}
	}
	return out
}

// record decides on one record.
func (d *Disclosure) record(env *field.Env, k *field.Kind, id uint64, rec any) {
	if w, closed := closedRecord(env.Reader, k, rec); closed {
		w.Kind, w.ID = k.Name, id
		d.Withheld = append(d.Withheld, w)
		return
	}
	given := GivenRecord{Kind: k.Name, ID: id, Fields: []GivenField{}}
	for _, c := range k.Columns {
		switch {
		case c.Empty(rec):
		case c.Sensitivity == field.Open:
			given.Fields = append(given.Fields, GivenField{c.Name, string(c.Format(nil, rec, env))})
		default:
			w := closedField(k)
			w.Kind, w.ID, w.Field = k.Name, id, c.Name
			d.Withheld, given.Part = append(d.Withheld, w), true
		}
	}
	d.Given = append(d.Given, given)
}

// closedRecord tells whether a record as a whole could be withheld.
func closedRecord(r field.Reader, k *field.Kind, rec any) (w Withheld, closed bool) {
	switch k.Scope {
	case field.ScopeAnswers, field.ScopeReleased:
		return Withheld{Subdivision: "610.021(21)", Reason: "how computers and networks are protected or could be " +
			"breached; " +
			"under (19) it takes a written statement that disclosure would impair security and that secrecy " +
			"outweighs the public interest. " +
			"What was bought and spent stays open"}, true
	case field.ScopePartners:
		return Withheld{Subdivision: "610.021(18)", Reason: "plans and contacts for responding to an incident, under " +
			"(18) to (21); what was spent stays open"}, true
	case field.ScopeUsers:
		return Withheld{Subdivision: "610.021(21)", Reason: "who may sign in, and with what key"}, true
	}
	switch rec := rec.(type) {
	case *partnership.Agreement:
		if rec.Status != partnership.AgreementSigned && !rec.Effective.Set {
			return Withheld{Subdivision: "610.021(12)", Reason: "a contract being negotiated",
				Until: "it is executed, or all are rejected"}, true
		}
	case *buying.Solicitation:
		if rec.State == buying.Gathering || rec.State == buying.CommittedState {
			return Withheld{Subdivision: "610.021(11)", Reason: "specifications for bidding",
				Until: "they are advertised or sent out"}, true
		}
	case *buying.Bid:
		if s := field.Get(r, rec.Solicitation); s != nil &&
			(s.State == buying.Gathering || s.State == buying.CommittedState || s.State == buying.Issued) {
			return Withheld{Subdivision: "610.021(12)", Reason: "a sealed bid", Until: "bids are opened"}, true
		}
	}
	return w, false
}

// closedField gives the reason for a field that is not for everybody.
func closedField(k *field.Kind) Withheld {
	if k.Name == partnership.KindPeople {
		return Withheld{Subdivision: "610.021(13)", Reason: "from the personnel record of a named person"}
	}
	return Withheld{Reason: forCounsel}
}

// Count sums a kind up: records given whole, given in part, and withheld.
type Count struct {
	Kind                  string
	Whole, Part, Withheld int
}

// Counts sums up kind by kind.
func (d *Disclosure) Counts() []Count {
	byKind := map[string]*Count{}
	of := func(kind string) *Count {
		if byKind[kind] == nil {
			byKind[kind] = &Count{Kind: kind}
		}
		return byKind[kind]
	}
	for _, g := range d.Given {
		if g.Part {
			of(g.Kind).Part++
		} else {
			of(g.Kind).Whole++
		}
	}
	for _, w := range d.Withheld {
		if w.Field == "" {
			of(w.Kind).Withheld++
		}
	}
	out := make([]Count, 0, len(byKind))
	for _, c := range byKind {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

// Line writes a line of the index.
func (w Withheld) Line() string {
	line := w.Kind + " #" + strconv.FormatUint(w.ID, 10)
	if w.Field != "" {
		line += ", " + w.Field
	}
	line += ": " + cmp.Or(w.Subdivision, "no subdivision named") + ", " + w.Reason
	if w.Until != "" {
		line += " (until " + w.Until + ")"
	}
	return line
}
