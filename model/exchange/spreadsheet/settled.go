package spreadsheet

import (
	"strconv"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
)

// Empty is what somebody answers for a value that says nothing.
const Empty = "-"

// YearAsked stands for all days of a column that lack their year: which it is, is
// asked once, and of every file anew.
const YearAsked = "days without a year"

// Answer settles what a value under a field means, for this file and those to
// come: another text, or [Empty].
func (m *Mapping) Answer(name, said, means string) error {
	if m.Kind.Column(name) == nil && name != export.IDColumn {
		return failure.New(failure.NotFound, m.Kind.Title+" have no field "+strconv.Quote(name))
	}
	if m.Answers == nil {
		m.Answers = map[string]map[string]string{}
	}
	if m.Answers[name] == nil {
		m.Answers[name] = map[string]string{}
	}
	m.Answers[name][field.FoldName(Shorten(said))] = means
	return nil
}

// Fix gives every row the same text for a field, whatever the file says.
func (m *Mapping) Fix(name, text string) error {
	if m.Kind.Column(name) == nil {
		return failure.New(failure.NotFound, m.Kind.Title+" have no field "+strconv.Quote(name))
	}
	if m.Fixed == nil {
		m.Fixed = map[string]string{}
	}
	m.Fixed[name] = text
	return nil
}

// Has reports whether rows say something of a field, by a heading or for all.
func (m *Mapping) Has(name string) bool {
	c := m.Kind.Column(name)
	return c != nil && (m.Fixed[name] != "" || len(m.Sources(c)) > 0)
}
