package meeting

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// LastOfSeries gives the latest meeting of the same name that was held before
// this one, or nil.
func LastOfSeries(r field.Reader, m *Meeting) *Meeting {
	var last *Meeting
	for o := range field.All[Meeting](r) {
		if o.ID == m.ID || !o.Over() || field.FoldName(o.Name) != field.FoldName(m.Name) {
			continue
		}
		if m.Start.Set && o.Start.V > m.Start.V {
			continue
		}
		if last == nil || o.Start.V > last.Start.V {
			last = o
		}
	}
	return last
}

// Expected is who is expected at a meeting, before the roll is called: those who
// were on the roll of the last meeting of its series; where there was none, of
// each partner the person whose contact role fits.
func Expected(r field.Reader, m *Meeting) []Attendee {
	if last := LastOfSeries(r, m); last != nil && len(last.Attendance) > 0 {
		out := slices.Clone(last.Attendance)
		for i := range out {
			out[i].Presence = NotCalled
		}
		return slices.DeleteFunc(out, func(a Attendee) bool {
			p := field.Get(r, a.Person)
			return a.Person != 0 && (p == nil || p.Left)
		})
	}
	var out []Attendee
	for p := range field.All[partnership.Partner](r) {
		if p.Active() {
			out = append(out, Attendee{Partner: p.ID, Person: contactOf(r, p.ID, m.Sort.Contact())})
		}
	}
	return out
}

// contactOf gives a partner's person for a contact role, or its liaison.
func contactOf(r field.Reader, partner partnership.PartnerID, role partnership.ContactRole) partnership.PersonID {
	var liaison partnership.PersonID
	for p := range field.Of[partnership.Person](r, "partner", partner) {
		switch {
		case p.Left:
		case p.Has(role):
			return p.ID
		case liaison == 0 && p.Has(partnership.RoleLiaison):
			liaison = p.ID
		}
	}
	return liaison
}
