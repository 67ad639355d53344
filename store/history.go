package store

import (
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// Entry is one revision as an identity may see it.
type Entry struct {
	Rev     uint64
	At      time.Time
	User    string // key of who did it
	Actor   string // their name
	Op      Op
	Kind    EntryKind
	Of      uint64 // the revision taken back, of an undo or redo
	Changes []RecordChange
	More    int // changes beyond those listed

	WrongClock bool // marked as made under a clock that was wrong
}

// RecordChange is what an entry did to one record; Before is nil when it was
// added, After when it was deleted.
type RecordChange struct {
	Kind          string
	ID            uint64
	Label         string
	Before, After any
}

// Change is what one revision did to one record.
type Change struct {
	Rev           uint64
	At            time.Time
	User, Actor   string
	Op            Op
	Kind          EntryKind
	Of            uint64
	Columns       []*field.Column // that differ, as far as seen
	Before, After any
	BeforeRev     uint64 // the revision that had made the record what it was before
	WrongClock    bool   // marked as made under a clock that was wrong
}

// maxListed is how many changes of one entry are listed before the rest is only
// counted.
const maxListed = 100

// maxLooked is how many changes beyond those are looked at to tell whether they
// can be seen; in a still larger entry the rest count as if they could.
const maxLooked = 1000

// history reads the newest changes of a record.
func (v *Session) history(k int, id uint64, limit int) ([]Change, error) {
	def := v.store.kinds[k].Kind
	var out []Change
	err := v.store.view(func(tx *bbolt.Tx) error {
		for _, rev := range revisionsOf(tx, def.Tag, id) {
			if limit > 0 && len(out) == limit {
				return nil
			}
			e, err := readEntry(tx, rev)
			if failure.CodeOf(err) == failure.Damaged {
				if v.seesNow(k, id) {
					out = append(out, Change{Rev: rev, At: v.about(out), Kind: EntryLost, Op: Op{Title: unreadTitle}})
				}
				continue
			}
			if err != nil {
				return err
			}
			if c, ok, err := v.changeIn(&e, k, id); err != nil {
				return err
			} else if ok {
				if e.user != v.id.User && v.hidesPart(&e) {
					c.Op.Title = neutralTitle
				}
				out = append(out, c)
			}
		}
		return nil
	})
	return out, explainOpen(v.store.path, v.store.options.BackupDir, err)
}

// unreadTitle stands for the title of a change that cannot be read any more.
const unreadTitle = "a change that cannot be read any more"

// about is a time for a change that tells none: that of the one after it.
func (v *Session) about(newer []Change) time.Time {
	if n := len(newer); n > 0 {
		return newer[n-1].At
	}
	return v.store.durable.Load().at
}

// seesNow reports whether the identity may see a record as it is.
func (v *Session) seesNow(kind int, id uint64) bool {
	st := v.store.durable.Load()
	e, there := st.tables[kind].Get(id)
	return there && scoped{st, v.see}.show(kind, e.rec) != nil
}

// hidesPart reports whether a record that an entry changes is hidden from the
// identity, in which case the entry's title may name it. What cannot be read
// counts as hidden. So do results that were shared, seen or not: otherwise the
// title would tell that others were handed more.
func (v *Session) hidesPart(e *journalEntry) bool {
	hidden, looked := false, 0
	whole := e.each(func(p imagePair) bool {
		k, known := v.store.byTag[p.tag]
		if !known || v.see.kinds[k].all {
			return true
		}
		if hidden = v.store.kinds[k].Scope == field.ScopeReleased; hidden {
			return false
		}
		if looked++; looked > maxLooked && v.see.kinds[k].other.sees {
			return true
		}
		_, seen, err := v.reveal(k, p)
		hidden = !seen || err != nil
		return !hidden
	})
	return hidden || !whole
}

// changeIn picks one record's change out of an entry.
func (v *Session) changeIn(e *journalEntry, kind int, id uint64) (c Change, ok bool, err error) {
	def := v.store.kinds[kind].Kind
	whole := e.each(func(p imagePair) bool {
		if p.tag != def.Tag || p.id != id {
			return true
		}
		var rc RecordChange
		rc, ok, err = v.reveal(kind, p)
		ok = ok && v.touches(kind, rc)
		c = Change{Rev: e.rev, At: e.at, User: e.user, Actor: e.actor, Op: e.op, Kind: e.kind, Of: e.of,
			Before: rc.Before, BeforeRev: p.beforeRev, After: rc.After, WrongClock: v.store.wrongClock(e.rev)}
		return false
	})
	if !whole {
		return c, false, errEntry(e.rev)
	}
	if ok {
		c.Columns = def.Changed(c.Before, c.After)
	}
	return c, ok, err
}

// reveal decodes a change as the identity may see it; ok is false when it may
// see nothing of it.
func (v *Session) reveal(kind int, p imagePair) (rc RecordChange, ok bool, err error) {
	def, read := v.store.kinds[kind].Kind, scoped{v.store.durable.Load(), v.see}
	before, err := unpackImage(def, p.id, p.before)
	if err != nil {
		return rc, false, err
	}
	after, err := unpackImage(def, p.id, p.after)
	if err != nil {
		return rc, false, err
	}
	rc = RecordChange{Kind: def.Name, ID: p.id, Before: read.show(kind, before), After: read.show(kind, after)}
	switch {
	case rc.After != nil:
		rc.Label = def.Label(rc.After)
	case rc.Before != nil:
		rc.Label = def.Label(rc.Before)
	default:
		return rc, false, nil
	}
	return rc, true, nil
}

// Recent lists the newest entries of the journal before a revision, newest
// first, as far as the identity may see them; 0 begins with the newest of all. A
// limit of 0 lists all.
func (v *Session) Recent(limit int, before uint64) ([]Entry, error) {
	var out []Entry
	err := v.store.view(func(tx *bbolt.Tx) error {
		return eachEntry(tx, before, v.store.durable.Load().at, func(e *journalEntry) (bool, error) {
			entry, ok, err := v.entry(e, maxListed)
			if ok {
				out = append(out, entry)
			}
			return limit <= 0 || len(out) < limit, err
		})
	})
	return out, explainOpen(v.store.path, v.store.options.BackupDir, err)
}

// Entry gives one entry of the journal with up to limit of its changes; 0 lists
// all.
func (v *Session) Entry(rev uint64, limit int) (Entry, error) {
	var out Entry
	err := v.store.view(func(tx *bbolt.Tx) error {
		e, err := readEntry(tx, rev)
		if err != nil {
			return err
		}
		var ok bool
		if out, ok, err = v.entry(&e, limit); err == nil && !ok {
			return failure.New(failure.NotFound, "there is no such revision any more")
		}
		return err
	})
	return out, explainOpen(v.store.path, v.store.options.BackupDir, err)
}

// entry makes a stored entry one to be shown; ok is false when all of it is
// hidden from the identity.
func (v *Session) entry(e *journalEntry, limit int) (out Entry, ok bool, err error) {
	if e.kind == EntryBase {
		return out, false, nil
	}
	out = Entry{Rev: e.rev, At: e.at, User: e.user, Actor: e.actor, Op: e.op, Kind: e.kind, Of: e.of,
		WrongClock: v.store.wrongClock(e.rev)}
	hidden, looked := false, 0
	whole := e.each(func(p imagePair) bool {
		k, known := v.store.byTag[p.tag]
		if !known {
			return true
		}
		hidden = hidden || v.store.kinds[k].Scope == field.ScopeReleased && !v.see.kinds[k].all // as hidesPart
		if v.see.kinds[k].none() {
			hidden = true
			return true
		}
		if limit > 0 && len(out.Changes) >= limit {
			sure := v.see.kinds[k].all || v.see.kinds[k].other.sees && (p.before == nil || p.after == nil)
			if looked++; sure || looked > maxLooked && v.see.kinds[k].other.sees {
				out.More++
				return true
			}
		}
		rc, seen, failed := v.reveal(k, p)
		switch {
		case failed != nil:
			err = failed
			return false
		case !seen:
			hidden = true
		case !v.touches(k, rc):
		case seen && (limit <= 0 || len(out.Changes) < limit):
			out.Changes = append(out.Changes, rc)
		case seen:
			out.More++
		}
		return true
	})
	if !whole {
		return out, false, errEntry(e.rev)
	}
	switch {
	case e.kind == EntryLost:
		out.Op.Title = lostTitle(e)
	case hidden && e.user != v.id.User:
		out.Op.Title = neutralTitle
	}
	return out, len(out.Changes) > 0 || e.count == 0, err
}

// lostTitle says what an entry stands for that takes the place of others.
func lostTitle(e *journalEntry) string {
	if e.of >= e.rev {
		return unreadTitle
	}
	return uintText(e.rev-e.of+1) + " changes that cannot be read any more"
}

func errEntry(rev uint64) error {
	return errDamage("entry " + uintText(rev) + " of its journal cannot be read")
}

// readEntry reads an entry up to its changes.
func readEntry(tx *bbolt.Tx, rev uint64) (journalEntry, error) {
	key := idKey(rev)
	value := tx.Bucket([]byte(bucketJournal)).Get(key)
	if value == nil {
		return journalEntry{}, failure.New(failure.NotFound, "there is no revision "+uintText(rev)+
			" in the journal any more")
	}
	return openEntry(key, value)
}

func openEntry(key, value []byte) (journalEntry, error) {
	rev := binary.BigEndian.Uint64(key)
	body, ok := unsealEntry(rev, value)
	if !ok {
		return journalEntry{}, errEntry(rev)
	}
	e, ok := decodeHead(rev, body)
	if !ok {
		return e, errEntry(rev)
	}
	return e, nil
}

// eachEntry reads the journal backwards from before a revision, or from its end
// when before is 0, while f wants more. In the place of one that cannot be read it
// gives one that says so, with the time of the one after it.
func eachEntry(tx *bbolt.Tx, before uint64, at time.Time, f func(*journalEntry) (bool, error)) error {
	c := tx.Bucket([]byte(bucketJournal)).Cursor()
	key, value := c.Last()
	if before > 0 {
		if key, _ = c.Seek(idKey(before)); key == nil {
			key, value = c.Last()
		} else {
			key, value = c.Prev()
		}
	}
	for ; key != nil; key, value = c.Prev() {
		if len(key) != 8 {
			return errDamage("its journal holds a key that is no revision")
		}
		e, err := openEntry(key, value)
		if err != nil || !e.readable() {
			e = journalEntry{rev: revOf(key), of: revOf(key), at: at, kind: EntryLost}
		}
		at = e.at
		more, err := f(&e)
		if !more || err != nil {
			return err
		}
	}
	return nil
}

// revisionsOf lists the revisions that touched a record, newest first.
func revisionsOf(tx *bbolt.Tx, tag int, id uint64) []uint64 {
	c := tx.Bucket([]byte(bucketTrail)).Cursor()
	prefix := trailKey(nil, tag, id, 0)[:trailPrefixSize]
	var out []uint64
	for key, _ := c.Seek(prefix); len(key) == trailKeySize &&
		string(key[:trailPrefixSize]) == string(prefix); key, _ = c.Next() {
		out = append(out, binary.BigEndian.Uint64(key[trailPrefixSize:]))
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
