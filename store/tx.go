package store

import (
	"slices"
	"strconv"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Lengths, in characters, to which text is cut on its way in.
const (
	maxLine  = 4 << 10
	maxBlock = 64 << 10
	maxLabel = 200 // names and titles in the journal
)

// Tx is a change in the making. It reads, as far as the identity may see, what
// the records would become, and is a [field.Reader]. It belongs to the function
// it was handed to and must not be kept.
type Tx struct {
	scoped
	store  *Store
	draft  *draft
	id     access.Identity
	now    time.Time
	today  value.Day
	back   bool                      // a change is taken back
	merged map[recKey]*ConflictError // what to say if a merged record breaks a rule

	program bool            // it is the program that writes, as [Tx.OnBehalf] lets it
	asked   access.Identity // of whoever the program writes for
	trusted map[recKey]bool // records that the program alone has written
}

// OnBehalf runs fn as the program, which sees everything: it is for what nobody
// may write in their own right, such as what comes of the records of all
// parties put together. It is part of the same change, whose history names the
// person who asked for it. A record that the person has written in this change
// too is judged by their rights and no others.
func (t *Tx) OnBehalf(fn func(*Tx) error) error {
	if t.trusted == nil {
		t.trusted = map[recKey]bool{}
	}
	own := *t
	own.id, own.asked, own.program = asProgram(t.id), t.id, true
	own.scoped = scoped{t.draft, t.store.visibilityOf(own.id)}
	return fn(&own)
}

// asProgram gives the program's rights in somebody's name.
func asProgram(id access.Identity) access.Identity {
	return access.Identity{User: id.User, Name: id.Name, Role: access.Owner}
}

// set writes to the draft and notes whose doing it is.
func (t *Tx) set(key recKey, rec any) {
	_, written := t.draft.before[key]
	switch {
	case !t.program:
		delete(t.trusted, key)
	case !written:
		t.trusted[key] = true
	}
	t.draft.set(key, rec)
}

// Time is the instant of the change, in the partnership's zone.
func (t *Tx) Time() time.Time { return t.now }

// Now is the moment of the change on the partnership's clocks.
func (t *Tx) Now() value.Wall { return t.today.At(t.now.Hour(), t.now.Minute()) }

// Today is the day of the change in the partnership's zone.
func (t *Tx) Today() value.Day { return t.today }

// Actor is who makes the change, as the rules of day-to-day records see it.
func (t *Tx) Actor() field.Actor { return t.id.Actor(nil) }

// Override is nil: a bare update raises doubts and answers none.
func (t *Tx) Override() *field.Override { return nil }

// Identity is who makes the change.
func (t *Tx) Identity() access.Identity { return t.id }

// RevOf gives the revision that last changed a record, 0 when it is not there
// for the identity.
func (t *Tx) RevOf(kind string, id uint64) uint64 { return t.revOf(kind, id) }

// Put adds a record whose id is 0, or replaces the one with its id, and returns
// the id. The record is copied. Text is made safe, and columns that the identity
// may not see keep what is stored.
func (t *Tx) Put(kind string, rec any) (uint64, error) {
	k, err := t.kindAt(kind)
	if err != nil {
		return 0, err
	}
	def := t.draft.kinds[k].Kind
	rec = def.Clone(rec)
	key := recKey{k, def.ID(rec)}
	var stored any
	if key.id == 0 {
		key.id = t.draft.next[k]
		t.draft.next[k]++
		def.SetID(rec, key.id)
	} else if stored = t.draft.now(key).rec; stored == nil || t.show(k, stored) == nil {
		return 0, missing(def, key.id)
	}
	cleanTexts(def, rec)
	t.keepHidden(k, stored, rec)
	t.set(key, rec)
	return key.id, nil
}

// maxID bounds the numbers that Insert accepts; spreadsheets hold whole numbers
// up to it exactly.
const maxID = 1 << 53

// Insert adds a record under the number it bears, which must never have been
// used: the first records of a new file refer to each other by number.
func (t *Tx) Insert(kind string, rec any) error {
	k, err := t.kindAt(kind)
	if err != nil {
		return err
	}
	def := t.draft.kinds[k].Kind
	id := def.ID(rec)
	if id < t.draft.next[k] || id > maxID {
		return failure.New(failure.Conflict, "number "+strconv.FormatUint(id, 10)+" is or was that of another "+def.One)
	}
	was := t.draft.next[k]
	t.draft.next[k] = id
	fresh := def.Clone(rec)
	def.SetID(fresh, 0)
	if _, err := t.Put(kind, fresh); err != nil {
		t.draft.next[k] = was
		return err
	}
	return nil
}

// Delete removes a record. When the update ends nothing may refer to it.
func (t *Tx) Delete(kind string, id uint64) error {
	k, err := t.kindAt(kind)
	if err != nil {
		return err
	}
	key := recKey{k, id}
	if rec := t.draft.now(key).rec; rec == nil || t.show(k, rec) == nil {
		return missing(t.draft.kinds[k].Kind, id)
	}
	t.set(key, nil)
	return nil
}

// Attempt runs fn. When fn fails, every record is as it was before, and the
// update may go on another way.
func (t *Tx) Attempt(fn func() error) error { return t.draft.attempt(fn) }

// Checked is [Tx.Attempt] that checks what fn wrote at once, as the end of the
// update does: when a record is refused, the error says why and every record is
// as it was before.
func (t *Tx) Checked(fn func() error) error {
	return t.Attempt(func() error {
		mark := len(t.draft.steps)
		if err := fn(); err != nil {
			return err
		}
		_, err := t.check(t.changesSince(mark))
		return err
	})
}

// changesSince lists the records written in an attempt since a step of it.
func (t *Tx) changesSince(mark int) []change {
	keys := make([]recKey, 0, len(t.draft.steps)-mark)
	for _, s := range t.draft.steps[mark:] {
		keys = append(keys, s.key)
	}
	slices.SortFunc(keys, recKey.compare)
	var out []change
	for _, key := range slices.Compact(keys) {
		c := change{key: key, before: t.draft.before[key], after: t.draft.now(key)}
		if c.before.rec != nil || c.after.rec != nil {
			out = append(out, c)
		}
	}
	return out
}

// Try puts a record and checks it at once; when it is refused, the error says
// why and the draft is as before. An import keeps its good rows with it.
func (t *Tx) Try(kind string, rec any) (id uint64, err error) {
	k, err := t.kindAt(kind)
	if err != nil {
		return 0, err
	}
	err = t.Attempt(func() error {
		if id, err = t.Put(kind, rec); err != nil {
			return err
		}
		return t.checkOne(recKey{k, id})
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// Under has the first record of a kind that fn adds bear the number it had
// elsewhere, which must not have been used here. When fn fails, all is as before.
func (t *Tx) Under(kind string, id uint64, fn func() error) error {
	k, err := t.kindAt(kind)
	if err != nil {
		return err
	}
	if id < t.draft.next[k] || id > maxID {
		return failure.New(failure.Conflict, "number "+strconv.FormatUint(id, 10)+" is or was that of another "+
			t.draft.kinds[k].One+
			" here, and other records may refer to it; take the columns id and rev out to add the row "+
			"under a number of its own")
	}
	return t.Attempt(func() error {
		t.draft.next[k] = id
		return fn()
	})
}

// Next gives the number that the next new record of a kind will bear.
func (t *Tx) Next(kind string) uint64 {
	if k, err := t.kindAt(kind); err == nil {
		return t.draft.next[k]
	}
	return 0
}

// Final says that others rely on the change at once, as [Op.Final] does.
func (t *Tx) Final() { t.draft.final = true }

func (t *Tx) kindAt(kind string) (int, error) {
	k, ok := t.draft.kind(kind)
	if !ok {
		return 0, failure.New(failure.NotFound, "there is no kind of record called "+strconv.Quote(kind))
	}
	return k, nil
}

func missing(k *field.Kind, id uint64) error {
	return failure.New(failure.NotFound, "there is no "+k.One+" #"+strconv.FormatUint(id, 10)+" any more")
}

// cleanTexts makes every free text of a record safe to keep.
func cleanTexts(k *field.Kind, rec any) {
	line := func(s string) string { return text.Line(s, maxLine) }
	block := func(s string) string { return text.Block(s, maxBlock) }
	for _, c := range k.Columns {
		if holdsBlocks(c) {
			c.Texts(rec, block)
		} else {
			c.Texts(rec, line)
		}
	}
}

// holdsBlocks reports whether a column's texts may have several lines.
func holdsBlocks(c *field.Column) bool {
	if c.Shape == field.ShapeLong || c.Inner == field.ShapeLong {
		return true
	}
	for _, sub := range c.Sub {
		if holdsBlocks(sub) {
			return true
		}
	}
	return false
}

// keepHidden copies into rec the stored values of columns that the identity may
// not see in the stored record; in a new record they stay empty.
func (t *Tx) keepHidden(kind int, stored, rec any) {
	if t.see.kinds[kind].all {
		return
	}
	def := t.draft.kinds[kind].Kind
	judged := stored
	if stored == nil {
		judged, stored = rec, def.New()
	}
	for _, c := range t.scope(kind, judged).hide {
		c.Copy(rec, stored)
	}
}
