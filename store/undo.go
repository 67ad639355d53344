package store

import (
	"bytes"
	"context"
	"strconv"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
)

// Undone is what an undo or redo did.
type Undone struct {
	Rev     uint64 // the revision it made
	Of      uint64 // the revision it took back
	Title   string // what that was called
	Records int
}

// undoReach is how many entries back one's own change is looked for.
const undoReach = 20000

// Undo takes back the identity's latest change that has not been taken back, as
// a change of its own: today's rights and all rules apply, and every record
// must still be as that change left it. Otherwise the error names the record
// and who moved it on. With nothing to undo its code is [failure.NotFound].
func (s *Store) Undo(ctx context.Context, id access.Identity) (Undone, error) {
	return s.revert(ctx, id, EntryUndo, "there is nothing of yours to undo", (*ownEntries).undoable)
}

// Redo takes back the identity's latest undo. A change made since then leaves
// nothing to redo.
func (s *Store) Redo(ctx context.Context, id access.Identity) (Undone, error) {
	return s.revert(ctx, id, EntryRedo, "there is nothing to redo", (*ownEntries).redoable)
}

// revert finds the entry that pick wants taken back and makes its reverse.
func (s *Store) revert(ctx context.Context, id access.Identity, kind EntryKind, nothing string,
	pick func(*ownEntries, *journalEntry) (found, more bool)) (Undone, error) {
	if err := ctx.Err(); err != nil {
		return Undone{}, err
	}
	p, out, err := s.stageRevert(attempt{id: id, op: Op{Meeting: meetingOf(ctx)}, kind: kind}, nothing, pick)
	if err != nil || p == nil {
		return out, err
	}
	<-p.done
	if p.err != nil {
		return Undone{}, p.err
	}
	return out, nil
}

// stageRevert queues the reverse of an entry.
func (s *Store) stageRevert(a attempt, nothing string,
	pick func(*ownEntries, *journalEntry) (found, more bool)) (*pending, Undone, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain() // the journal on disk is then the whole journal
	target, err := s.ownEntry(text.Line(a.id.User, maxLabel), pick)
	if err != nil {
		return nil, Undone{}, explainOpen(s.path, s.options.BackupDir, err)
	}
	if target == nil {
		return nil, Undone{}, failure.New(failure.NotFound, nothing)
	}
	if target.op.Final {
		return nil, Undone{}, failure.New(failure.Forbidden,
			strconv.Quote(target.op.Title)+" cannot be taken back, because others rely on it; record what happened "+
				"next instead")
	}
	a.op.Title, a.of = target.op.Title, target.rev
	if a.op.Meeting == 0 {
		a.op.Meeting = target.op.Meeting // taken back afterwards, it is taken back in the meeting's record as well
	}
	p, res, err := s.make(a, func(t *Tx) error { return t.reverse(target) })
	return p, Undone{Rev: res.Rev, Of: target.rev, Title: a.op.Title, Records: res.Changed}, err
}

// ownEntries follows one user's entries backwards.
type ownEntries struct {
	taken map[uint64]bool // revisions taken back by entries already passed
}

// undoable looks for the latest change or redo that has not been undone.
func (o *ownEntries) undoable(e *journalEntry) (found, more bool) {
	switch {
	case e.kind == EntryUndo:
		o.taken[e.of] = true
	case e.kind == EntryChange || e.kind == EntryRedo:
		return !o.taken[e.rev], o.taken[e.rev]
	}
	return false, true
}

// redoable looks for the latest undo that has not been redone, and stops at a
// change.
func (o *ownEntries) redoable(e *journalEntry) (found, more bool) {
	switch e.kind {
	case EntryChange:
		return false, false
	case EntryRedo:
		o.taken[e.of] = true
	case EntryUndo:
		return !o.taken[e.rev], o.taken[e.rev]
	}
	return false, true
}

// ownEntry finds the user's entry that pick wants; nil when there is none.
func (s *Store) ownEntry(user string, pick func(*ownEntries, *journalEntry) (found,
	more bool)) (target *journalEntry, err error) {
	own, seen := &ownEntries{taken: map[uint64]bool{}}, 0
	err = s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketJournal)).Cursor()
		for key, value := c.Last(); key != nil && seen < undoReach; key, value = c.Prev() {
			seen++
			if len(key) != 8 {
				return errDamage("its journal cannot be read")
			}
			e, err := openEntry(key, value)
			if err != nil {
				return failure.New(failure.Unusable, "the change that was made then cannot be read any more ("+
					uintText(revOf(key))+
					" in the history), so what is older is not taken back by undo; change the record instead")
			}
			if e.user != user {
				continue
			}
			found, more := pick(own, &e)
			if found && !e.pruned {
				target, err = wholeEntry(key, value)
				return err
			}
			if !more || found {
				return nil
			}
		}
		return nil
	})
	return target, err
}

// wholeEntry decodes an entry and takes it out of the mapped file.
func wholeEntry(key, value []byte) (*journalEntry, error) {
	rev := revOf(key)
	body, ok := unsealEntry(rev, bytes.Clone(value))
	if !ok {
		return nil, errEntry(rev)
	}
	e, ok := decodeEntry(rev, body)
	if !ok {
		return nil, errEntry(rev)
	}
	return &e, nil
}

// reverse puts every record of an entry back as it was before it.
func (t *Tx) reverse(e *journalEntry) error {
	t.back = true
	past := lineage{store: t.store, known: map[uint64]map[recKey]uint64{}}
	for _, p := range e.changes {
		k, ok := t.draft.byTag[p.tag]
		if !ok {
			return failure.New(failure.Unusable, "that change is of a kind of record that this version of the "+
				"program does not know")
		}
		key, def := recKey{k, p.id}, t.draft.kinds[k].Kind
		now := t.draft.now(key)
		unseen := t.unseenSince(past, key, now, p, e.rev)
		if (now.rec == nil) != (p.after == nil) || now.rec != nil && !unseen && !past.standsAt(key, now.rev, e.rev) {
			return t.movedOn(def, key, p)
		}
		before, err := unpackImage(def, p.id, p.before)
		if err != nil {
			return err
		}
		if unseen {
			t.keepHidden(k, now.rec, before)
		}
		if err := t.mayRestore(key, before, now.rec); err != nil {
			return err
		}
		t.draft.set(key, before)
	}
	return nil
}

// unseenSince reports whether a record has been changed since a revision in
// nothing but fields that the identity does not see. Those stay as they are, and
// the undo tells nothing of them.
func (t *Tx) unseenSince(past lineage, key recKey, now entry, p imagePair, rev uint64) bool {
	if now.rec == nil || p.before == nil || p.after == nil {
		return false
	}
	shown := t.visibleRev(key, now.rec, now.rev)
	return shown != now.rev && past.standsAt(key, shown, rev)
}

// mayRestore refuses to change what the identity may no longer see.
func (t *Tx) mayRestore(key recKey, before, now any) error {
	if now == nil || t.see.kinds[key.kind].all {
		return nil
	}
	def, sc := t.draft.kinds[key.kind].Kind, t.scope(key.kind, now)
	forbidden := !sc.sees
	if before != nil {
		for _, c := range sc.hide {
			forbidden = forbidden || !c.Equal(before, now)
		}
	}
	if forbidden {
		return failure.New(failure.Forbidden, "that change touched fields of a "+def.One+" that you may no longer "+
			"see, so you cannot take it back")
	}
	return nil
}

// movedOn names a record that is no longer as a change left it, and who has
// changed it since.
func (t *Tx) movedOn(def *field.Kind, key recKey, p imagePair) error {
	label := recordName(def, p.id)
	image := p.after
	if image == nil {
		image = p.before
	}
	if rec, err := unpackImage(def, p.id, image); err == nil && t.show(key.kind, rec) != nil {
		label = def.Label(t.show(key.kind, rec))
	}
	at, _, actor := t.store.lastTouch(def.Tag, p.id)
	if actor == "" {
		actor = "somebody else"
	}
	sentence := label + " has been changed since by " + actor
	if !at.IsZero() {
		sentence += " (" + at.In(t.now.Location()).Format("Jan 2, 3:04 pm") + ")"
	}
	return failure.New(failure.Conflict, sentence+", so that change cannot be taken back as a whole")
}
