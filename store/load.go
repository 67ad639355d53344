package store

import (
	"encoding/binary"
	"runtime"
	"strconv"
	"sync"

	"go.etcd.io/bbolt"

	"interlocal/model/field"
)

// blockSize is how many records are decoded together: they share one
// allocation for their structs and one for their text.
const blockSize = 256

// load reads the newest moment, drafts, preferences and remembered operations.
func (s *Store) load() error {
	st := newState(s.layout)
	err := s.viewPresent(func(tx *bbolt.Tx) error {
		h, err := readHead(tx)
		if err != nil {
			return err
		}
		if err := checkBuckets(tx, s.layout, h); err != nil {
			return err
		}
		st.rev, st.at = h.rev, h.at
		for _, n := range h.next {
			if i, ok := s.byTag[n.tag]; ok {
				st.next[i] = n.next
			}
		}
		if err := s.loadPresent(tx, st); err != nil {
			return err
		}
		marks := readMarks(tx)
		s.marks.Store(&marks)
		s.copies.Store(readCopies(tx))
		s.keeping.Store(readKeeping(tx))
		if s.timeline, err = readTimeline(tx, s.file); err != nil {
			return err
		}
		return s.loadBoxes(tx)
	})
	if err != nil {
		return err
	}
	s.durable.Store(st)
	s.trails.forget()
	return nil
}

// addMissingBuckets makes room for kinds that are new to the file.
func (s *Store) addMissingBuckets() error {
	missing := false
	err := s.viewPresent(func(tx *bbolt.Tx) error {
		for i := range s.kinds {
			missing = missing || tx.Bucket(s.kinds[i].bucket) == nil
		}
		return nil
	})
	if err != nil || !missing {
		return err
	}
	if err := s.pages.whole(); err != nil {
		return err
	}
	return guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error {
			for i := range s.kinds {
				if _, err := tx.CreateBucketIfNotExists(s.kinds[i].bucket); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// loadBoxes reads what is kept apart from the records. A value that cannot be
// read is left out: it is no reason to refuse the file, and checking names it.
func (s *Store) loadBoxes(tx *bbolt.Tx) error {
	err := tx.Bucket([]byte(bucketOps)).ForEach(func(key, value []byte) error {
		if op, ok := decodeOp(key, value); ok {
			s.ops.known[op.key] = op
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = tx.Bucket([]byte(bucketDrafts)).ForEach(func(key, value []byte) error {
		if d, ok := decodeDraft(key, value); ok {
			s.drafts.all[string(key)] = d
		}
		return nil
	})
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(bucketPrefs)).ForEach(func(key, value []byte) error {
		if body, ok := unseal(key, value); ok {
			s.prefs.all[string(key)] = append([]byte{}, body...)
		}
		return nil
	})
}

// block is a run of stored records to be decoded together.
type block struct {
	kind    int
	ids     []uint64
	values  [][]byte // belong to the mapped file
	entries []entry
	err     error
}

// loadPresent loads the tables that have been walked, and has the others loaded when
// they are asked for.
func (s *Store) loadPresent(tx *bbolt.Tx, st *state) error {
	var now []int
	for i, t := range st.tables {
		if s.pages.asideOf(string(s.kinds[i].bucket)) {
			t.read = func() *records { return s.readTable(st, i) }
		} else {
			now = append(now, i)
		}
	}
	return loadTables(tx, st, now, func(kind int) *records { return st.tables[kind].here() })
}

// readTable reads a table as it was when the file was opened, which it still is: a
// table is loaded before it is written to. When it cannot be read, readTable panics
// with what [Unread] knows, since whoever asked has no answer to go on with.
func (s *Store) readTable(opened *state, kind int) *records {
	into := new(records)
	err := s.pages.bucket(string(s.kinds[kind].bucket))
	if err == nil {
		err = guard(func() error {
			return s.db.View(func(tx *bbolt.Tx) error {
				return loadTables(tx, opened, []int{kind}, func(int) *records { return into })
			})
		})
	}
	if err != nil {
		panic(unreadable{explainOpen(s.path, s.options.BackupDir, err)})
	}
	return into
}

// unreadable is what ends the reading of records that turn out to be damaged.
type unreadable struct{ err error }

// Unread gives the error of a read that found its records damaged, from what it
// panicked with; nil for any other panic. Only a store that reads at need meets it.
func Unread(recovered any) error {
	if u, ok := recovered.(unreadable); ok {
		return u.err
	}
	return nil
}

// LoadAll makes a store that reads at need one that has everything at hand, for
// people who go on working with it.
func (s *Store) LoadAll() error {
	if err := s.loadAll(); err != nil {
		return err
	}
	if s.pages.left() {
		go s.verifyRest()
	}
	return nil
}

func (s *Store) loadAll() (err error) {
	defer func() {
		if p := recover(); p != nil {
			if err = Unread(p); err == nil {
				panic(p)
			}
		}
	}()
	st := s.durable.Load()
	if st == nil {
		return nil // the file is being brought up to date, and nothing has been read of it
	}
	for _, t := range st.tables {
		t.here()
	}
	return nil
}

// loadTables decodes every record of some kinds, on all processors.
func loadTables(tx *bbolt.Tx, st *state, kinds []int, into func(kind int) *records) error {
	blocks := make(chan *block, 4*runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for b := range blocks {
				b.err = guard(func() error { return b.decode(st.layout) })
			}
		})
	}
	var all []*block
	err := cutBlocks(tx, st.layout, kinds, func(b *block) {
		all = append(all, b)
		blocks <- b
	})
	close(blocks)
	workers.Wait()
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.err != nil {
			return b.err
		}
		if err := b.load(st, into(b.kind)); err != nil {
			return err
		}
	}
	return nil
}

// load puts decoded records into their table.
func (b *block) load(st *state, into *records) error {
	for i, id := range b.ids {
		e := b.entries[i]
		if e.rev > st.rev || id >= st.next[b.kind] {
			return errDamage(recordName(st.kinds[b.kind].Kind, id) + " is newer than the file")
		}
		into.Load(id, e)
	}
	return nil
}

// cutBlocks hands out the stored records of some kinds in blocks.
func cutBlocks(tx *bbolt.Tx, l *layout, kinds []int, yield func(*block)) error {
	for _, i := range kinds {
		bucket := tx.Bucket(l.kinds[i].bucket)
		if bucket == nil {
			continue // new to this file
		}
		b := &block{kind: i}
		err := bucket.ForEach(func(key, value []byte) error {
			if len(key) != 8 || value == nil {
				return errDamage("its table of " + l.kinds[i].Name + " holds a key that is no number")
			}
			b.ids = append(b.ids, binary.BigEndian.Uint64(key))
			b.values = append(b.values, value)
			if len(b.ids) == blockSize {
				yield(b)
				b = &block{kind: i}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if len(b.ids) > 0 {
			yield(b)
		}
	}
	return nil
}

// decode turns the stored records of a block into records that share one
// string.
func (b *block) decode(l *layout) error {
	k := l.kinds[b.kind].Kind
	size := 0
	for i, value := range b.values {
		body, _, ok := unsealRecord(k.Tag, b.ids[i], value)
		if !ok {
			return errDamage(recordName(k, b.ids[i]) + " cannot be read")
		}
		b.values[i], size = body, size+len(body)
	}
	buf := make([]byte, 0, size)
	for _, body := range b.values {
		buf = append(buf, body...)
	}
	text, rec := string(buf), k.NewBlock(len(b.ids))
	b.entries = make([]entry, len(b.ids))
	for i, id := range b.ids {
		rev, n := binary.Uvarint(b.values[i])
		if n <= 0 {
			return errDamage(recordName(k, id) + " cannot be read")
		}
		e := entry{rec(i), rev}
		if err := k.Unpack(e.rec, id, text[n:len(b.values[i])]); err != nil {
			return errDamage(recordName(k, id) + " cannot be read")
		}
		b.entries[i], text = e, text[len(b.values[i]):]
	}
	b.values = nil
	return nil
}

func recordName(k *field.Kind, id uint64) string {
	return k.One + " #" + strconv.FormatUint(id, 10)
}
