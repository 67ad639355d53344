package store

import (
	"encoding/binary"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// opKept is how long an operation id is remembered.
const opKept = 24 * time.Hour

// opMemory knows the operations of the last day, so that one which is sent
// twice is done once.
type opMemory struct {
	mu    sync.Mutex
	known map[string]*opResult
}

// opResult is what became of an operation.
type opResult struct {
	key     string
	at      time.Time
	res     Result
	pending *pending // nil once read back from the file
}

// expired reports whether an operation is a day away from now, on either side: one
// that bears a time to come was made while the clock was wrong.
func (op *opResult) expired(now time.Time) bool { return now.Sub(op.at).Abs() >= opKept }

func opKey(user, id string) string { return user + "\x00" + id }

// find gives the result of an operation done within a day.
func (m *opMemory) find(user, id string, now time.Time) (*pending, Result, bool) {
	if id == "" {
		return nil, Result{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	op := m.known[opKey(user, id)]
	if op == nil || op.expired(now) {
		return nil, Result{}, false
	}
	res := op.res
	res.Repeat = true
	return op.pending, res, true
}

func (m *opMemory) remember(user, id string, at time.Time, res Result, p *pending) *opResult {
	op := &opResult{key: opKey(user, id), at: at, res: res, pending: p}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[op.key] = op
	return op
}

// stored notes that an operation is on disk.
func (m *opMemory) stored(op *opResult) {
	if op == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	op.pending = nil
}

// forget drops an operation that did not come about.
func (m *opMemory) forget(op *opResult) {
	if op == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known[op.key] == op {
		delete(m.known, op.key)
	}
}

// expire forgets what is older than a day and lists its keys.
func (m *opMemory) expire(now time.Time) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var old []string
	for key, op := range m.known {
		if op.expired(now) {
			delete(m.known, key)
			old = append(old, key)
		}
	}
	return old
}

func (op *opResult) encode() []byte {
	dst := binary.AppendUvarint(nil, op.res.Rev)
	dst = binary.AppendVarint(dst, op.at.UnixNano())
	return seal([]byte(op.key), binary.AppendUvarint(dst, uint64(op.res.Changed)))
}

// write remembers the operation, if there is one.
func (op *opResult) write(tx *bbolt.Tx) error {
	if op == nil {
		return nil
	}
	return tx.Bucket([]byte(bucketOps)).Put([]byte(op.key), op.encode())
}

func decodeOp(key, value []byte) (*opResult, bool) {
	body, ok := unseal(key, value)
	if !ok {
		return nil, false
	}
	c := cursor{b: body}
	op := &opResult{key: string(key)}
	op.res.Rev = c.uvarint()
	op.at = time.Unix(0, c.varint()).UTC()
	op.res.Changed = int(c.uvarint())
	return op, !c.bad
}
