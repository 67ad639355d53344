package store

import (
	"context"
	"crypto/rand"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/text"
	"interlocal/model/value"
)

// pending is an accepted change on its way to disk.
type pending struct {
	state  *state // nil for a preference
	rev    uint64
	actor  string
	user   string
	entry  *journalEntry
	sealed []byte // its stored form
	kinds  []int
	op     *opResult
	pref   *prefWrite
	err    error
	done   chan struct{}
}

// attempt is what distinguishes an update from an undo on its way through.
type attempt struct {
	id   access.Identity
	op   Op
	kind EntryKind
	of   uint64
	data []byte // what a decree says
}

func cleanOp(op Op) Op {
	op.ID, op.Act, op.Title = text.Line(op.ID, maxLabel), text.Line(op.Act, maxLabel), text.Line(op.Title, maxLabel)
	return op
}

// staged is how far an update has come when it leaves the writer's place.
type staged struct {
	change *pending // nil when nothing is to be written
	basis  *pending // the change it stands on, when that is not on disk yet
	res    Result
}

// stage runs an update up to its place in the queue.
func (s *Store) stage(id access.Identity, op Op, fn func(*Tx) error) (out staged, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if p, res, ok := s.ops.find(id.User, op.ID, s.options.Now()); ok {
		return staged{change: p, res: res}, nil
	}
	out.basis = s.queue.basis()
	out.change, out.res, err = s.make(attempt{id: id, op: op, kind: EntryChange}, fn)
	return out, err
}

// wait is until what an update was told by is on disk: the change itself, or,
// when it was refused or changes nothing, the one it stands on. Otherwise
// somebody would be refused for a change that nobody can see yet and that may
// still fail.
func (u staged) wait() error {
	switch {
	case u.change != nil:
		<-u.change.done
		return u.change.err
	case u.basis != nil:
		<-u.basis.done
		if u.basis.err != nil {
			return errFellWith()
		}
	}
	return nil
}

// make runs fn over a draft of the newest accepted moment, checks what comes of
// it and queues it. The caller holds writing.
func (s *Store) make(a attempt, fn func(*Tx) error) (*pending, Result, error) {
	if err := a.id.Changes(); err != nil {
		return nil, Result{}, err
	}
	base, err := s.queue.newest()
	if err != nil {
		return nil, Result{}, err
	}
	if err := s.askClock(a.kind); err != nil {
		return nil, Result{}, err
	}
	t := s.begin(base, a.id)
	if err := fn(t); err != nil {
		return nil, Result{}, err
	}
	changes := t.changes()
	warnings, err := t.check(changes)
	if err != nil {
		return nil, Result{}, err
	}
	if len(changes) == 0 && !a.kind.decrees() {
		return nil, Result{Rev: base.rev}, nil
	}
	res := Result{Rev: t.draft.rev, Warnings: warnings, Changed: len(changes)}
	p := s.pend(t, a, changes, res)
	if err := s.queue.stack(base, p); err != nil {
		s.ops.forget(p.op)
		return nil, Result{}, err
	}
	s.poke()
	return p, res, nil
}

// Rehearse does all that [Store.Update] does but for storing it: it says what
// would come of a change, on the newest moment that is on disk, and holds
// nobody's commit meanwhile.
func (s *Store) Rehearse(ctx context.Context, id access.Identity, _ Op, fn func(*Tx) error) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err := id.Changes(); err != nil {
		return Result{}, err
	}
	base := s.durable.Load()
	t := s.begin(base, id)
	if err := fn(t); err != nil {
		return Result{}, err
	}
	changes := t.changes()
	warnings, err := t.check(changes)
	return Result{Rev: base.rev, Warnings: warnings, Changed: len(changes)}, err
}

// begin opens a draft on a moment.
func (s *Store) begin(base *state, id access.Identity) *Tx {
	d := newDraft(base)
	// never the last entry's stamp: a clock may have been wrong then, and revisions give the order
	now := s.options.Now()
	d.at = now
	local := now.In(s.location(base))
	return &Tx{
		scoped: scoped{d, s.visibilityOf(id)},
		store:  s, draft: d, id: id,
		now: local, today: value.DayOf(local),
		merged: map[recKey]*ConflictError{},
	}
}

// pend prepares what goes to disk.
func (s *Store) pend(t *Tx, a attempt, changes []change, res Result) *pending {
	p := &pending{
		rev: t.draft.rev, done: make(chan struct{}),
		user: text.Line(a.id.User, maxLabel), actor: text.Line(a.id.Name, maxLabel),
	}
	e := &journalEntry{rev: p.rev, at: t.draft.at, user: p.user, actor: p.actor, op: named(a.op, a.kind), kind: a.kind,
		of: a.of, data: a.data}
	for i := range changes {
		c := &changes[i]
		e.changes = append(e.changes, c.images)
		e.op.Final = e.op.Final || t.draft.final || s.kinds[c.key.kind].Final
		if n := len(p.kinds); n == 0 || p.kinds[n-1] != c.key.kind {
			p.kinds = append(p.kinds, c.key.kind)
		}
	}
	p.entry, p.sealed = e, sealEntry(p.rev, e.encode())
	p.state = t.draft.finish()
	if a.op.ID != "" {
		p.op = s.ops.remember(a.id.User, a.op.ID, t.draft.at, res, p)
	}
	return p
}

// named gives an operation a name and an id where its caller gave none, so that
// every entry tells what kind of change it is, and copies of one entry are known
// to be one.
func named(op Op, kind EntryKind) Op {
	if op.Act == "" {
		op.Act = "record." + kind.String()
	}
	if op.ID == "" {
		op.ID = rand.Text()
	}
	return op
}

// Problems lists what would be wrong with a record if it were saved now, for a
// form to show while it is being filled in. A record with id 0 is a new one.
func (v *Session) Problems(kind string, rec any) failure.Problems {
	s := v.store
	t := s.begin(s.durable.Load(), v.id)
	k, err := t.kindAt(kind)
	if err != nil {
		return failure.Problems{{Message: err.Error()}}
	}
	id, err := t.Put(kind, rec)
	if err != nil {
		return failure.Problems{{Message: err.Error()}}
	}
	key := recKey{k, id}
	before, after := t.draft.before[key].rec, t.draft.now(key).rec
	out := t.problems(key, before, after)
	if err := t.checkRights(key, before, after); err != nil {
		out.Add("", err.Error())
	}
	return out
}

// poke wakes the flusher.
func (s *Store) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// now is the moment by the store's clock.
func (s *Store) now() time.Time { return s.options.Now() }
