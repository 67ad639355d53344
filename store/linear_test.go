package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// People edit a handful of records at once, from what each last looked at, take
// back what they did, break off, and are told of conflicts. What they were told
// is then held against a model of one record that has one value at a time: if no
// order of the operations explains all the answers, a change was lost, done
// twice or overwritten unseen.

// datum is what a record holds, and the revision that made it so.
type datum struct {
	title, phone string
	rev          uint64
}

// edited is what the model knows of a record: its value, and those before it,
// latest last, as far as somebody may still take a change back. Changes that
// were taken back are no longer among them.
type edited [depth]datum

// depth is how many values the model remembers: more than there are changes
// that anybody may be about to take back.
const depth = 64

func (s edited) now() datum { return s[depth-1] }

// pushed is the record after a change.
func (s edited) pushed(v datum) edited {
	copy(s[:], s[1:])
	s[depth-1] = v
	return s
}

// popped is the record after the latest change has been taken back.
func (s edited) popped() edited {
	copy(s[1:], s[:depth-1])
	s[0] = datum{}
	return s
}

// question is what somebody did to a record.
type question struct {
	record int
	do     string // "read", "save", "undo"
	title  bool   // which field a save changes
	base   string // what the field held when they looked
	want   string
	of     uint64 // the revision an undo takes back
}

// answer is what came of it.
type answer struct {
	title, phone string
	rev          uint64
	done         bool
	conflict     bool
}

// recordModel says which answers a record may give to reads, saves and undos
// that came about. What was refused has done nothing and is left out: its reason
// is looked at where it is met.
func recordModel() porcupine.Model {
	return porcupine.Model{
		Partition: func(all []porcupine.Operation) [][]porcupine.Operation {
			parts := map[int][]porcupine.Operation{}
			for _, op := range all {
				parts[op.Input.(question).record] = append(parts[op.Input.(question).record], op)
			}
			var out [][]porcupine.Operation
			for _, part := range parts {
				out = append(out, part)
			}
			return out
		},
		Init: func() any { return edited{}.pushed(datum{title: "Clerk", phone: "816-555-0100"}) },
		Step: func(state, q, a any) (bool, any) { return state.(edited).step(q.(question), a.(answer)) },
	}
}

func (s edited) step(q question, a answer) (bool, any) {
	now := s.now()
	switch q.do {
	case "read":
		return a.title == now.title && a.phone == now.phone, s
	case "undo":
		return now.rev == q.of, s.popped()
	}
	held, next := now.phone, datum{now.title, q.want, a.rev}
	if q.title {
		held, next = now.title, datum{q.want, now.phone, a.rev}
	}
	return held == q.base, s.pushed(next) // otherwise somebody's change would be gone
}

// roomful is people who edit one store.
type roomful struct {
	t     *testing.T
	s     *Store
	ids   []partnership.PersonID
	began time.Time
	mu    sync.Mutex
	done  []porcupine.Operation
	good  map[string]uint64 // titles of changes that were acknowledged, with their revision
	bad   map[string]bool   // titles of changes that were refused or broken off

	conflicts int
}

func newRoomful(t *testing.T, records int) *roomful {
	s, _ := founded(t)
	c := &roomful{t: t, s: s, began: time.Now(), good: map[string]uint64{}, bad: map[string]bool{}}
	for i := range records {
		c.ids = append(c.ids, put(t, s, keeper(), &partnership.Person{Partner: raytown, Name: fmt.Sprint("Person ", i),
			Title: "Clerk", Phone: "816-555-0100"}))
	}
	return c
}

// note keeps an operation with when it was begun and answered.
func (c *roomful) note(who int, q question, a answer, from time.Time, op string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if a.conflict {
		c.conflicts++
	}
	if a.done || q.do == "read" {
		c.done = append(c.done, porcupine.Operation{ClientId: who, Input: q, Output: a,
			Call: from.Sub(c.began).Nanoseconds(), Return: time.Since(c.began).Nanoseconds()})
	}
	if a.done && op != "" {
		c.good[op] = a.rev
	} else if op != "" {
		c.bad[op] = true
	}
}

var errBrokenOff = errors.New("broken off")

// work lets one person edit for a while.
func (c *roomful) work(who, turns int) {
	rng := rand.New(rand.NewPCG(uint64(who), 7))
	id := access.Identity{User: fmt.Sprint("user", who), Name: fmt.Sprint("User ", who), Role: access.Coordinator}
	for turn := range turns {
		record := rng.IntN(len(c.ids))
		from := time.Now()
		view := c.s.As(id).View()
		p := field.Get(view, c.ids[record])
		base := view.RevOf("people", uint64(c.ids[record]))
		c.note(who, question{record: record, do: "read"}, answer{title: p.Title, phone: p.Phone}, from, "")
		q := question{record: record, do: "save", title: rng.IntN(2) == 0, base: p.Phone,
			want: fmt.Sprintf("816-%03d-%04d", who, turn)}
		runtime.Gosched() // somebody else comes in between looking and saving
		mine := *p
		if mine.Phone = q.want; q.title {
			q.base, q.want = p.Title, fmt.Sprintf("Clerk %d of %d", turn, who)
			mine.Title, mine.Phone = q.want, p.Phone
		}
		op := fmt.Sprintf("turn %d of %d", turn, who)
		abort := rng.IntN(8) == 0
		from = time.Now()
		res, err := c.s.Update(c.t.Context(), id, Op{Title: op}, func(tx *Tx) error {
			_, err := tx.Save("people", Edit{ID: uint64(c.ids[record]), BaseRev: base, Base: p, Mine: &mine})
			if err == nil && abort {
				return errBrokenOff
			}
			return err
		})
		c.reason(err, base, mine, *p)
		a := answer{rev: res.Rev, done: err == nil, conflict: failure.CodeOf(err) == failure.Conflict}
		c.note(who, q, a, from, op)
		if a.done && rng.IntN(3) == 0 {
			c.undo(who, id, record, res.Rev)
		}
	}
}

// reason holds a conflict against what was looked at: somebody must have changed
// the same field since, to something else than either wanted.
func (c *roomful) reason(err error, base uint64, mine, looked partnership.Person) {
	var clash *ConflictError
	if !errors.As(err, &clash) {
		return
	}
	theirs := clash.Theirs.(*partnership.Person)
	for _, col := range clash.Columns {
		if col.Equal(theirs, &looked) || col.Equal(theirs, &mine) {
			c.t.Errorf("a conflict over %s has no reason", col.Name)
		}
	}
	if clash.TheirRev <= base || len(clash.Columns) == 0 {
		c.t.Errorf("a conflict with revision %d of a record looked at in revision %d", clash.TheirRev, base)
	}
}

// undo takes back a change just made.
func (c *roomful) undo(who int, id access.Identity, record int, of uint64) {
	from := time.Now()
	u, err := c.s.Undo(c.t.Context(), id)
	if err == nil && u.Of != of {
		c.t.Errorf("user %d took back revision %d and meant %d", who, u.Of, of)
	}
	c.note(who, question{record: record, do: "undo", of: of},
		answer{rev: u.Rev, done: err == nil, conflict: failure.CodeOf(err) == failure.Conflict}, from, "")
}

// settle holds all answers against the model, and the journal against what was
// acknowledged.
func (c *roomful) settle() {
	c.t.Helper()
	if result := porcupine.CheckOperationsTimeout(recordModel(), c.done, time.Minute); result != porcupine.Ok {
		c.t.Errorf("%d operations have no order that explains them: %v", len(c.done), result)
	}
	recent, err := c.s.As(keeper()).Recent(0, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	times := map[string]int{}
	for _, e := range recent {
		if e.Kind != EntryChange {
			continue
		}
		times[e.Op.Title]++
		if rev, acknowledged := c.good[e.Op.Title]; acknowledged && rev != e.Rev {
			c.t.Errorf("%s was acknowledged as revision %d and is revision %d", e.Op.Title, rev, e.Rev)
		}
		if c.bad[e.Op.Title] {
			c.t.Errorf("%s was refused and is in the journal", e.Op.Title)
		}
	}
	for op := range c.good {
		if times[op] != 1 {
			c.t.Errorf("%s is %d times in the journal", op, times[op])
		}
	}
	if len(c.good) < len(c.done)/10 {
		c.t.Errorf("of %d operations only %d were saves that came about", len(c.done), len(c.good))
	}
}

// size gives how many people make how many turns each.
func size() (people, turns, rounds int) {
	if long() {
		return 50, 40, 200
	}
	return 12, 25, 1
}

func TestManyEditAtOnceAndNothingIsLost(t *testing.T) {
	people, turns, rounds := size()
	for range rounds {
		c := newRoomful(t, 5)
		var all sync.WaitGroup
		for who := range people {
			all.Go(func() { c.work(who+1, turns) })
		}
		all.Wait()
		c.settle()
		if c.conflicts == 0 {
			t.Error("nobody met anybody: the test asks too little")
		}
	}
}

// TestManyEditAtOnceOnAFullDisk: writes fail now and then; what was acknowledged
// stays, and what failed has not happened.
func TestManyEditAtOnceOnAFullDisk(t *testing.T) {
	people, turns, _ := size()
	c := newRoomful(t, 5)
	var commits atomic.Int64
	c.s.dbMu.Lock() // nothing is being written while the fault is set
	c.s.fault = func() error {
		if commits.Add(1)%7 == 0 {
			return syscall.ENOSPC
		}
		return nil
	}
	c.s.dbMu.Unlock()
	var all sync.WaitGroup
	for who := range people {
		all.Go(func() { c.work(who+1, turns) })
	}
	all.Wait()
	c.settle()
	if len(c.bad) == 0 {
		t.Error("no write failed")
	}
}

// TestTheModelFindsALostChange: the check is no use if it accepts everything.
func TestTheModelFindsALostChange(t *testing.T) {
	op := func(at int64, q question, a answer) porcupine.Operation {
		return porcupine.Operation{Input: q, Output: a, Call: at, Return: at + 1}
	}
	save := func(base, want string) question { return question{do: "save", title: true, base: base, want: want} }
	for name, c := range map[string]struct {
		all  []porcupine.Operation
		want bool
	}{
		"one after the other": {[]porcupine.Operation{op(0, save("Clerk", "A"), answer{done: true, rev: 2}),
			op(2, save("A", "B"), answer{done: true, rev: 3}),
			op(4, question{do: "read"}, answer{title: "B", phone: "816-555-0100"})}, true},
		"overwritten unseen": {[]porcupine.Operation{op(0, save("Clerk", "A"), answer{done: true, rev: 2}),
			op(2, save("Clerk", "B"), answer{done: true, rev: 3})}, false},
		"lost": {[]porcupine.Operation{op(0, save("Clerk", "A"), answer{done: true, rev: 2}),
			op(2, question{do: "read"}, answer{title: "Clerk", phone: "816-555-0100"})}, false},
		"undone over another's": {[]porcupine.Operation{op(0, save("Clerk", "A"), answer{done: true, rev: 2}),
			op(2, save("A", "B"), answer{done: true, rev: 3}),
			op(4, question{do: "undo", of: 2}, answer{done: true, rev: 4})}, false},
	} {
		if got := porcupine.CheckOperations(recordModel(), c.all); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
