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
	err := s.view(func(tx *bbolt.Tx) error {
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
		if err := loadTables(tx, st); err != nil {
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
	err := s.view(func(tx *bbolt.Tx) error {
		for i := range s.kinds {
			missing = missing || tx.Bucket(s.kinds[i].bucket) == nil
		}
		return nil
	})
	if err != nil || !missing {
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

// loadTables decodes every record, on all processors.
func loadTables(tx *bbolt.Tx, st *state) error {
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
	err := cutBlocks(tx, st.layout, func(b *block) {
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
		if err := b.load(st); err != nil {
			return err
		}
	}
	return nil
}

// load puts decoded records into their table.
func (b *block) load(st *state) error {
	for i, id := range b.ids {
		e := b.entries[i]
		if e.rev > st.rev || id >= st.next[b.kind] {
			return errDamage(recordName(st.kinds[b.kind].Kind, id) + " is newer than the file")
		}
		st.tables[b.kind].Load(id, e)
	}
	return nil
}

// cutBlocks hands out the stored records of every kind in blocks.
func cutBlocks(tx *bbolt.Tx, l *layout, yield func(*block)) error {
	for i := range l.kinds {
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
