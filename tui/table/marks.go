package table

import "slices"

// Marked gives the marked records: those shown in the order of their rows, then
// those that are not shown now, in the order of their ids.
func (m *Model) Marked() []uint64 {
	if len(m.marks) == 0 {
		return nil
	}
	out := make([]uint64, 0, len(m.marks))
	seen := make(map[uint64]struct{}, len(m.marks))
	for row := range m.src.Len() {
		if id := m.src.ID(row); m.isMarked(id) {
			out = append(out, id)
			seen[id] = struct{}{}
		}
	}
	shown := len(out)
	for id := range m.marks {
		if _, ok := seen[id]; !ok {
			out = append(out, id)
		}
	}
	slices.Sort(out[shown:])
	return out
}

// MarkCount gives the number of marked records, shown or not.
func (m *Model) MarkCount() int { return len(m.marks) }

// SetMarked marks exactly the given records.
func (m *Model) SetMarked(ids []uint64) {
	clear(m.marks)
	for _, id := range ids {
		m.marks[id] = struct{}{}
	}
	m.ranging = false
}

// ClearMarks takes all marks off and gives a range up.
func (m *Model) ClearMarks() { m.SetMarked(nil) }

// Prune takes the marks off records that keep does not report, which is how
// marks on deleted records go.
func (m *Model) Prune(keep func(id uint64) bool) {
	for id := range m.marks {
		if !keep(id) {
			delete(m.marks, id)
		}
	}
}

// Ranging reports whether a range of marks is being drawn; Esc then gives it up
// and belongs to the table.
func (m *Model) Ranging() bool { return m.ranging }

// isMarked reports whether a record is marked.
func (m *Model) isMarked(id uint64) bool {
	if len(m.marks) == 0 {
		return false
	}
	_, ok := m.marks[id]
	return ok
}

// inRange reports whether a row is in the range being drawn.
func (m *Model) inRange(row int) bool {
	return m.ranging && row >= min(m.anchor, m.cursor) && row <= max(m.anchor, m.cursor)
}

// mark marks the selected record, or takes its mark off, and moves down. While a
// range is being drawn it marks that.
func (m *Model) mark() {
	switch {
	case m.src.Len() == 0:
	case m.ranging:
		m.markRange()
	default:
		m.toggle(m.id)
		m.moveTo(m.cursor + 1)
	}
}

func (m *Model) toggle(id uint64) {
	if m.isMarked(id) {
		delete(m.marks, id)
	} else {
		m.marks[id] = struct{}{}
	}
}

// markRange begins a range at the cursor, or marks the one that has begun.
func (m *Model) markRange() {
	if m.src.Len() == 0 {
		return
	}
	if !m.ranging {
		m.ranging, m.anchor, m.from = true, m.cursor, m.id
		return
	}
	for row := min(m.anchor, m.cursor); row <= max(m.anchor, m.cursor); row++ {
		m.marks[m.src.ID(row)] = struct{}{}
	}
	m.ranging = false
}

// markAll marks all rows shown, or takes their marks off when all have one.
func (m *Model) markAll() {
	m.ranging = false
	n := m.src.Len()
	all := true
	for row := 0; row < n && all; row++ {
		all = m.isMarked(m.src.ID(row))
	}
	for row := range n {
		if all {
			delete(m.marks, m.src.ID(row))
		} else {
			m.marks[m.src.ID(row)] = struct{}{}
		}
	}
}
