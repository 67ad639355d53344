package fieldtest

import (
	"iter"

	"interlocal/model/field"
)

// Seen is a [field.Reader] over records of which somebody sees a part, as a store
// shows them.
type Seen struct {
	*Memory
	// Hide says of a record whether it is shown at all, and which of its columns are
	// not.
	Hide func(k *field.Kind, parties []field.Party) (shown bool, column func(*field.Column) bool)
}

func (s Seen) redacted(kind string, rec any) any {
	if rec == nil {
		return nil
	}
	k := s.Schema().Kind(kind)
	shown, column := s.Hide(k, k.Parties(s.Memory, rec))
	if !shown {
		return nil
	}
	return k.Redacted(rec, column)
}

func (s Seen) shown(kind string, seq iter.Seq2[uint64, any]) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		for id, rec := range seq {
			if rec = s.redacted(kind, rec); rec != nil && !yield(id, rec) {
				return
			}
		}
	}
}

// Get returns what is shown of a record, or nil.
func (s Seen) Get(kind string, id uint64) any { return s.redacted(kind, s.Memory.Get(kind, id)) }

// Scan yields what is shown of a kind.
func (s Seen) Scan(kind string) iter.Seq2[uint64, any] { return s.shown(kind, s.Memory.Scan(kind)) }

// Refer yields what is shown of the records that refer to the target.
func (s Seen) Refer(kind, field string, target uint64) iter.Seq2[uint64, any] {
	return s.shown(kind, s.Memory.Refer(kind, field, target))
}
