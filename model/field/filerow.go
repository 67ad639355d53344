package field

import "interlocal/model/failure"

// FileRows are the rows of files, and the forms, that do an act by telling of
// something new: a hand-over that is imported hands over. A row that bears the
// number and the revision of an export is a copy of what was done elsewhere; the
// act is told, since a copy that lacks what the act would have left does it.
type FileRows struct {
	Kind string // of the rows
	read func(row any) (id uint64, args any)
	acts func(r Reader, row any, copied bool) bool
}

// FromRows makes those rows of kind R do an act that acts picks; the others are
// another act's, or records and nothing more. Read gives the number of the record
// that the act is done to, and the arguments.
func FromRows[R, T Record, A any](acts func(r Reader, row *R, copied bool) bool,
	read func(row *R) (ID[T], *A)) *FileRows {
	var r R
	return &FileRows{Kind: r.KindName(), read: func(row any) (uint64, any) {
		id, args := read(row.(*R))
		return uint64(id), args
	}, acts: func(r Reader, row any, copied bool) bool {
		mine, ok := row.(*R)
		return ok && acts(r, mine, copied)
	}}
}

// Read gives the record and the arguments that a row stands for.
func (s *FileRows) Read(row any) (id uint64, args any) { return s.read(row) }

// ForRow finds the act that a row does which adds a record; nil when it is a
// record and nothing more.
func (as Acts) ForRow(r Reader, row any, copied bool) *Act {
	for _, a := range as {
		if a.Rows != nil && a.Rows.acts(r, row, copied) {
			return a
		}
	}
	return nil
}

// FileSteps are the rows of files, and the forms, that do an act by saying
// otherwise of a record than it stands: one whose state is "approved" approves.
type FileSteps struct {
	fits  func(now, mine any) bool
	read  func(mine any) any
	moved func(now, mine any) string
	rest  func(now, mine any)
}

// Moving is what the acts on records of type T have in common that move them
// from step to step.
type Moving[T Record] struct {
	// Moved says why a record does not come from one step to the other by a row,
	// for when no act does that; "" where it stays at its step.
	Moved func(now, mine *T) string
	// Rest sets what the act decides back to what it is now; what else a row says
	// is changed as it stands.
	Rest func(now, mine *T)
}

// FromStep makes an act of the rows that fits picks; read gives its arguments.
func FromStep[T Record, A any](m Moving[T], fits func(now, mine *T) bool, read func(mine *T) *A) *FileSteps {
	return &FileSteps{
		fits:  func(now, mine any) bool { return fits(now.(*T), mine.(*T)) },
		read:  func(mine any) any { return read(mine.(*T)) },
		moved: func(now, mine any) string { return m.Moved(now.(*T), mine.(*T)) },
		rest:  func(now, mine any) { m.Rest(now.(*T), mine.(*T)) },
	}
}

// Read gives the arguments that a row stands for.
func (s *FileSteps) Read(mine any) any { return s.read(mine) }

// Rest sets what the act decides back to what it is now.
func (s *FileSteps) Rest(now, mine any) { s.rest(now, mine) }

// ForStep finds the act by which a record of a kind becomes what a row says; nil
// when it stays at its step. The error is for a step that no row takes.
func (as Acts) ForStep(kind string, now, mine any) (*Act, error) {
	why := ""
	for _, a := range as {
		if a.Steps == nil || a.On != kind {
			continue
		}
		if a.Steps.fits(now, mine) {
			return a, nil
		}
		why = a.Steps.moved(now, mine)
	}
	if why != "" {
		return nil, failure.New(failure.Invalid, why)
	}
	return nil, nil
}
