package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"
)

// recKey names a record by its kind's position and its id.
type recKey struct {
	kind int
	id   uint64
}

func (a recKey) compare(b recKey) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
}

// draft is the next moment in the making: a state whose trees are copied when
// first written to. What it reads is what it would become.
type draft struct {
	state
	base     *state
	before   map[recKey]entry // as it was in base, for every record written
	ownTable []bool
	ownRef   []bool
	ownUniq  []bool
	ownSpan  []bool
	scans    int // iterations under way; a write during one leaves it its own tree
	steps    []step
	attempts int // under way; steps are kept while there are any
	final    bool
}

// step is one write that an attempt may take back.
type step struct {
	key     recKey
	was     entry
	touched bool // had been written before
}

func newDraft(base *state) *draft {
	d := &draft{state: *base, base: base, before: map[recKey]entry{}}
	d.rev++
	d.kept = new(kept)
	d.tables, d.next = slices.Clone(base.tables), slices.Clone(base.next)
	d.refs, d.uniqs = slices.Clone(base.refs), slices.Clone(base.uniqs)
	d.spans, d.ownSpan = slices.Clone(base.spans), make([]bool, len(d.tables))
	d.ownTable, d.ownRef, d.ownUniq = make([]bool, len(d.tables)), make([]bool, len(d.refs)), make([]bool, len(d.uniqs))
	return d
}

// Scan yields the records of a kind as they are now; writing meanwhile is safe.
func (d *draft) Scan(kind string) iter.Seq2[uint64, any] {
	return d.guarded(d.state.Scan(kind))
}

// Refer yields referring records as they are now; writing meanwhile is safe.
func (d *draft) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return d.guarded(d.state.Refer(kind, field, target))
}

func (d *draft) guarded(seq iter.Seq2[uint64, any]) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		d.scans++
		defer func() { d.scans-- }()
		seq(yield)
	}
}

// set stores rec, or deletes the record when rec is nil.
func (d *draft) set(key recKey, rec any) {
	d.put(key, entry{rec, d.rev})
}

func (d *draft) put(key recKey, e entry) {
	if d.scans > 0 {
		clear(d.ownTable)
		clear(d.ownRef)
		clear(d.ownUniq)
		clear(d.ownSpan)
	}
	t := d.table(key.kind)
	old, _ := t.Get(key.id)
	_, touched := d.before[key]
	if !touched {
		d.before[key] = old
	}
	if d.attempts > 0 {
		d.steps = append(d.steps, step{key, old, touched})
	}
	if e.rec == nil {
		t.Delete(key.id)
	} else {
		t.Set(key.id, e)
	}
	for _, slot := range d.kinds[key.kind].refs {
		d.reindexRefs(slot, key.id, old.rec, e.rec)
	}
	for _, slot := range d.kinds[key.kind].uniqs {
		d.reindexUnique(slot, key.id, old.rec, e.rec)
	}
	d.reindexSpans(key.kind, key.id, old.rec, e.rec)
}

// attempt runs fn and, when it fails, takes back what it wrote, in reverse
// order, so that records and indexes are as they were.
func (d *draft) attempt(fn func() error) error {
	d.attempts++
	mark, next := len(d.steps), slices.Clone(d.next)
	err := fn()
	d.attempts--
	if err == nil {
		if d.attempts == 0 {
			d.steps = d.steps[:0]
		}
		return nil
	}
	undo := slices.Clone(d.steps[mark:])
	d.steps = d.steps[:mark]
	kept := d.attempts
	d.attempts = 0 // what is taken back is no step of its own
	for _, s := range slices.Backward(undo) {
		d.put(s.key, s.was)
		if !s.touched {
			delete(d.before, s.key)
		}
	}
	d.attempts = kept
	copy(d.next, next)
	return err
}

// table gives a kind's records for writing.
func (d *draft) table(kind int) *records {
	if !d.ownTable[kind] {
		d.copying.Lock()
		d.tables[kind] = d.tables[kind].Copy()
		d.copying.Unlock()
		d.ownTable[kind] = true
	}
	return d.tables[kind].here()
}

// reindexRefs keeps a reference index up, if it has been built.
func (d *draft) reindexRefs(slot int, id uint64, before, after any) {
	if !d.ownRef[slot] {
		own := new(cell[refTree])
		if t := d.refs[slot].built.Load(); t != nil {
			d.copying.Lock()
			own.built.Store(t.Copy())
			d.copying.Unlock()
		}
		d.refs[slot], d.ownRef[slot] = own, true
	}
	tree, def := d.refs[slot].built.Load(), d.layout.refs[slot]
	if tree == nil {
		return
	}
	if before != nil {
		d.visit(def, before, func(target uint64) { tree.Delete(pair{target, id}) })
	}
	if after != nil {
		d.visit(def, after, func(target uint64) { tree.Set(pair{target, id}) })
	}
}

// reindexUnique keeps a uniqueness index up, if it has been built.
func (d *draft) reindexUnique(slot int, id uint64, before, after any) {
	if !d.ownUniq[slot] {
		own := new(cell[uniqueTree])
		if t := d.uniqs[slot].built.Load(); t != nil {
			d.copying.Lock()
			own.built.Store(t.Copy())
			d.copying.Unlock()
		}
		d.uniqs[slot], d.ownUniq[slot] = own, true
	}
	tree, def := d.uniqs[slot].built.Load(), d.layout.uniqs[slot]
	if tree == nil {
		return
	}
	if before != nil {
		if key, ok := d.uniqueKey(nil, def, before); ok {
			tree.Delete(withID(key, id))
		}
	}
	if after != nil {
		if key, ok := d.uniqueKey(nil, def, after); ok {
			tree.Set(withID(key, id), struct{}{})
		}
	}
}

// written lists the records written, in order of kind and id.
func (d *draft) written() []recKey {
	return slices.SortedFunc(maps.Keys(d.before), recKey.compare)
}

// now gives a record as the draft has it; its rec is nil when there is none.
func (d *draft) now(key recKey) entry {
	e, _ := d.tables[key.kind].Get(key.id)
	return e
}

// finish turns the draft into a state.
func (d *draft) finish() *state {
	s := d.state
	return &s
}
