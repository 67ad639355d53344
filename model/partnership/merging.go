package partnership

import (
	"interlocal/model/failure"
	"interlocal/model/field"
)

// merging is what merging two people is told.
type merging struct{ Into PersonID }

// mergeAct makes one record of two that are the same person's.
func mergeAct() *field.Act {
	return field.ActOn[Person, merging]{Name: "person.merge", Title: "Merge with another record", Rest: "into",
		Words: []string{"same person twice", "duplicate", "combine"},
		Help: "Makes one record of two that are the same person's: all that refers to this one refers to the other, " +
			"which keeps what it says.",
		Args: []field.Field[merging]{
			field.Ref(1, "into", "Into", func(m *merging) *PersonID { return &m.Into }).Required().
				Help("The record that stays."),
		},
		May: mayMerge,
		Preview: func(v field.Viewpoint, p *Person, m *merging) string {
			stays := field.Get(v.Reader, m.Into)
			if stays == nil {
				return ""
			}
			return brief(p) + " goes; " + brief(stays) + " stays."
		},
		History: func(_ field.Viewpoint, p *Person, _ *merging) string { return "merge the records of " + p.Name },
		Do: func(w field.Writer, p *Person, m *merging, _ any) (field.Result, error) {
			if err := merge(w, p, m.Into); err != nil {
				return field.Result{}, err
			}
			return field.Done("The records of " + p.Name + " are one."), nil
		}}.Act()
}

func brief(p *Person) string {
	s := p.Name
	for _, more := range []string{p.Title, p.Email, p.Phone} {
		if more != "" {
			s += ", " + more
		}
	}
	return s
}

// mayMerge leaves it to those who keep the records of every city. A login or a
// city's answers name a person for good.
func mayMerge(v field.Viewpoint, p *Person) error {
	if !v.By.All {
		return failure.New(failure.Forbidden, "records of people are merged by the facilitator; ask them to")
	}
	for _, rc := range v.Schema().Referring(KindPeople) {
		if s := rc.Kind.Scope; s != field.ScopeUsers && s != field.ScopeAnswers && s != field.ScopeReleased {
			continue
		}
		for range v.Refer(rc.Kind.Name, rc.Column.Name, uint64(p.ID)) {
			return failure.New(failure.Invalid, p.Name+" has a login or answers under this record; merge the other "+
				"one into this")
		}
	}
	return nil
}

// merge fills in what the record that stays lacks, has all that refers to the
// other refer to it, and deletes the other.
func merge(w field.Writer, p *Person, into PersonID) error {
	stays := field.Get(w, into)
	switch {
	case stays == nil:
		return failure.New(failure.NotFound, "the record that stays is not there any more")
	case into == p.ID:
		return failure.New(failure.Invalid, "choose another record than this one")
	case stays.Partner != p.Partner:
		return failure.New(failure.Invalid, "the two are of different cities; correct one of them first")
	}
	k := w.Schema().Kind(KindPeople)
	fuller := k.Clone(stays)
	for _, c := range k.Columns {
		if c.Empty(fuller) && c.Name != "left" {
			c.Copy(fuller, p)
		}
	}
	if _, err := w.Put(KindPeople, fuller); err != nil {
		return err
	}
	if err := field.Redirect(w, KindPeople, uint64(p.ID), uint64(into)); err != nil {
		return err
	}
	return field.Delete(w, p.ID)
}
