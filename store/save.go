package store

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// Edit is somebody's change of a record they had looked at.
type Edit struct {
	ID      uint64 // 0 adds Mine as a new record
	BaseRev uint64 // the revision they had looked at
	Base    any    // the record as they saw it; nil is looked up in the journal
	Mine    any    // the record as they want it
}

// ConflictError says that somebody else changed the same fields of a record, or
// that both changes together break a rule. It holds all that is needed to ask
// which value to keep.
type ConflictError struct {
	Kind       string
	ID         uint64
	Columns    []*field.Column  // changed differently by both
	Problems   failure.Problems // rules that the merged record breaks
	Base       any
	Mine       any
	Theirs     any // nil when they deleted it
	Merged     any // both changes together, theirs where both changed a field
	TheirRev   uint64
	TheirActor string
	label      string
}

// Error says which fields are concerned and who changed them.
func (e *ConflictError) Error() string {
	who := e.TheirActor
	if who == "" {
		who = "somebody else"
	}
	if e.Theirs == nil {
		return e.label + " was deleted meanwhile by " + who
	}
	titles := make([]string, len(e.Columns))
	for i, c := range e.Columns {
		titles[i] = c.Title
	}
	fields := strings.Join(titles, ", ")
	if len(e.Problems) > 0 {
		return e.label + ": your change and that of " + who + " do not go together: " + e.Problems[0].Message
	}
	return e.label + ": " + fields + " was changed meanwhile by " + who + "; choose which value to keep"
}

// Unwrap gives the coded error, so that [failure.CodeOf] tells a conflict.
func (e *ConflictError) Unwrap() error {
	return &failure.Error{Code: failure.Conflict, Message: e.Error(), Problems: e.Problems}
}

// Save stores an edit. When the record has moved on since, the two changes are
// merged field by field, and a [ConflictError] tells when they cannot be.
func (t *Tx) Save(kind string, e Edit) (uint64, error) {
	if e.ID == 0 {
		return t.Put(kind, e.Mine)
	}
	k, err := t.kindAt(kind)
	if err != nil {
		return 0, err
	}
	def, key := t.draft.kinds[k].Kind, recKey{k, e.ID}
	mine := def.Clone(e.Mine)
	def.SetID(mine, e.ID)
	cleanTexts(def, mine)
	now := t.draft.now(key)
	theirs := t.show(k, now.rec)
	if theirs != nil && (now.rev == e.BaseRev || t.visibleRev(key, now.rec, now.rev) == e.BaseRev) {
		return t.Put(kind, mine)
	}
	if e.Base == nil && theirs != nil {
		if e.Base, err = t.asOf(key, e.BaseRev); err != nil {
			return 0, err
		}
	}
	c := &ConflictError{Kind: kind, ID: e.ID, Base: e.Base, Mine: mine, Theirs: theirs, label: def.Label(mine)}
	if theirs == nil {
		if now.rec == nil {
			_, c.TheirRev, c.TheirActor = t.store.lastTouch(def.Tag, e.ID)
		}
		return 0, c
	}
	c.TheirRev, c.TheirActor = now.rev, t.store.actorOf(now.rev)
	c.Merged, c.Columns = def.Merge(e.Base, mine, theirs)
	def.SetID(c.Merged, e.ID)
	if len(c.Columns) > 0 {
		return 0, c
	}
	return t.putMerged(k, c)
}

// putMerged stores two changes that agree. Should the record that comes of them
// break a rule, the columns that either changed are the conflict.
func (t *Tx) putMerged(kind int, c *ConflictError) (uint64, error) {
	def := t.draft.kinds[kind].Kind
	if !def.Equal(c.Merged, c.Mine) && !def.Equal(c.Merged, c.Theirs) {
		for _, col := range def.Columns {
			if !col.Equal(c.Mine, c.Theirs) {
				c.Columns = append(c.Columns, col)
			}
		}
		t.merged[recKey{kind, c.ID}] = c
	}
	return t.Put(def.Name, c.Merged)
}

// asOf gives a record as the identity would have seen it at a revision.
func (t *Tx) asOf(key recKey, rev uint64) (any, error) {
	def := t.draft.kinds[key.kind].Kind
	rec, err := t.store.recordAt(def, key.id, rev)
	if err != nil {
		return nil, err
	}
	if rec = t.show(key.kind, rec); rec == nil {
		return nil, failure.New(failure.Conflict, def.Label(t.draft.now(key).rec)+" has changed, and revision "+
			strconv.FormatUint(rev, 10)+" of it is no longer on file; open it again and repeat the change")
	}
	return rec, nil
}
