package form

import "interlocal/model/failure"

// Submit reads the fields that were changed into a copy of the record and checks
// it by the kind's own rules. Problems that are not warnings refuse it; they also
// show beside their fields. In bulk only the fields are checked, since what they
// will stand beside is not known.
func (m *Model) Submit() (rec any, problems failure.Problems) {
	rec = m.opts.Kind.Clone(m.opts.Record)
	m.general = nil
	for i, f := range m.fields {
		f.each(func(row, col int, _ *cell) { m.finishField(spot{i, row, col}) })
		f.notes = nil
		m.require(f)
		switch why := f.bad(); {
		case why != "":
			problems.Add(f.col.Name, why)
			continue
		case f.need != "":
			problems.Add(f.col.Name, f.need)
		}
		if !f.changed(m.opts.Bulk) {
			continue
		}
		if f.text() == "" {
			f.col.Clear(rec)
		} else if err := f.col.Parse(rec, f.text(), m.opts.Env); err != nil {
			problems.Add(f.col.Name, err.Error())
		}
	}
	if len(problems) == 0 && !m.opts.Bulk {
		problems = m.check(rec)
	}
	m.result = rec
	m.show(problems)
	return rec, problems
}

// check applies the kind's rules.
func (m *Model) check(rec any) failure.Problems {
	env := m.opts.Env
	if env == nil || env.Reader == nil {
		return nil
	}
	var before any
	if m.opts.Kind.ID(m.opts.Record) != 0 {
		before = m.opts.Record
	}
	return m.opts.Kind.CheckAt(env.Reader, env.Now(), before, rec)
}

// Apply copies the values of the fields that were touched, as Submit last read
// them, into another record of the kind.
func (m *Model) Apply(rec any) {
	if m.result == nil {
		return
	}
	for _, c := range m.Touched() {
		c.Copy(rec, m.result)
	}
}

// SetProblems shows what a save has found beside the fields concerned, and gives
// the keys to the first field that refuses it.
func (m *Model) SetProblems(problems failure.Problems) {
	m.general = nil
	for _, f := range m.fields {
		f.notes = nil
	}
	m.show(problems)
	m.toProblem()
}

// show puts problems beside their fields. What a field says itself is not said
// twice; what belongs to no field of the form is said beneath them.
func (m *Model) show(problems failure.Problems) {
	for _, p := range problems {
		f := m.fieldOf(p.Field)
		switch {
		case f == nil:
			m.general = append(m.general, p)
		case p.Message != f.need && p.Message != f.bad():
			f.notes = append(f.notes, p)
		}
	}
}

func (m *Model) fieldOf(name string) *entry {
	for _, f := range m.fields {
		if f.col.Name == name {
			return f
		}
	}
	return nil
}

// toProblem gives the keys to the first field that refuses a save, and to the
// cell in it.
func (m *Model) toProblem() {
	for i, f := range m.fields {
		refuses := f.need != "" || f.bad() != ""
		for _, n := range f.notes {
			refuses = refuses || !n.Warning
		}
		if !refuses {
			continue
		}
		to, found := spot{field: i}, false
		f.each(func(row, col int, c *cell) {
			if c.bad != "" && !found {
				to, found = spot{i, row, col}, true
			}
		})
		m.enter(to)
		return
	}
}

// save hands the record over, or shows what refuses it.
func (m *Model) save() (saved bool, rec any) {
	rec, problems := m.Submit()
	m.load()
	if problems.Err("") != nil {
		m.toProblem()
		return false, nil
	}
	return true, rec
}
