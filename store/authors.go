package store

import (
	"slices"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/field"
)

func uintText(n uint64) string { return strconv.FormatUint(n, 10) }

// actorOf names who made a revision; "" when that is no longer on file.
func (s *Store) actorOf(rev uint64) string {
	actor, _ := s.authorOf(rev)
	return actor
}

// authorOf names who made a revision, and when.
func (s *Store) authorOf(rev uint64) (actor string, at time.Time) {
	if p := s.queue.find(func(p *pending) bool { return p.state != nil && p.rev == rev }); p != nil {
		return p.actor, p.state.at
	}
	s.view(func(tx *bbolt.Tx) error { // what cannot be read stays unnamed
		e, err := readEntry(tx, rev)
		actor, at = e.actor, e.at
		return err
	})
	return actor, at
}

// lastTouch finds the newest change of a record, deleted ones included: when,
// at which revision and by whom.
func (s *Store) lastTouch(tag int, id uint64) (at time.Time, rev uint64, actor string) {
	p := s.queue.find(func(p *pending) bool {
		return p.entry != nil &&
			slices.ContainsFunc(p.entry.changes, func(c imagePair) bool { return c.tag == tag && c.id == id })
	})
	if p != nil {
		return p.state.at, p.rev, p.actor
	}
	s.view(func(tx *bbolt.Tx) error { // what cannot be read stays unnamed
		if revs := revisionsOf(tx, tag, id); len(revs) > 0 {
			rev = revs[0]
		}
		return nil
	})
	if rev != 0 {
		actor, at = s.authorOf(rev)
	}
	return at, rev, actor
}

// recordAt gives a record as it was at a revision, nil when that is no longer
// on file.
func (s *Store) recordAt(k *field.Kind, id, rev uint64) (rec any, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		for _, r := range revisionsOf(tx, k.Tag, id) {
			if r > rev {
				continue
			}
			e, err := readEntry(tx, r)
			if err != nil {
				return err
			}
			if e.pruned {
				return nil // its confidential values are gone
			}
			e.each(func(p imagePair) bool {
				if p.tag != k.Tag || p.id != id {
					return true
				}
				rec, err = unpackImage(k, id, p.after)
				return false
			})
			return err
		}
		return nil
	})
	return rec, err
}
