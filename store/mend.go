package store

import (
	"maps"
	"slices"
	"sort"
	"time"
)

// mender puts the entries that can be read in a row again. Where some are missing,
// one entry stands for them: it holds what they did to the records, as far as the
// entries after them and the records themselves tell, and not who did it or when.
type mender struct {
	*wreck
	r       *replay
	first   uint64 // where the history begins
	last    uint64 // where it ends
	out     []sealedEntry
	gaps    []gap
	touches map[tagID][]imagePair // by later entries, in order
	keys    []tagID
}

// sealedEntry is an entry with its stored form.
type sealedEntry struct {
	*journalEntry
	value []byte
}

// gap is a run of revisions whose entries are missing.
type gap struct{ from, to uint64 }

// maxRetries bounds how many entries that contradict the others are set aside.
const maxRetries = 64

// mend makes a journal without holes of a wreck.
func (g *wreck) mend() (*mender, error) {
	for range maxRetries {
		m := &mender{wreck: g, r: newReplay()}
		odd, err := m.run()
		if err != nil || odd == 0 {
			return m, err
		}
		delete(g.entries, odd)
		g.unread[odd] = true
	}
	return nil, errDamage("its journal does not hold together")
}

// run goes through the history once. It returns the revision of an entry that
// contradicts the others, 0 when none does.
func (m *mender) run() (odd uint64, err error) {
	m.bounds()
	if m.last == 0 || len(m.entries) == 0 && len(m.tables) == 0 {
		return 0, errNothing()
	}
	m.findGaps()
	gaps := m.gaps
	for rev := m.first; rev <= m.last; rev++ {
		if len(gaps) > 0 && gaps[0].from == rev {
			m.bridge(gaps[0])
			rev, gaps = gaps[0].to, gaps[1:]
			continue
		}
		value := m.entries[rev]
		e, err := openEntry(idKey(rev), value)
		if err != nil {
			return 0, err
		}
		if problems := m.r.apply(&e); len(problems) > 0 {
			return rev, nil
		}
		m.out = append(m.out, sealedEntry{&e, value})
	}
	return 0, nil
}

// bounds finds the first and last revision of the history.
func (m *mender) bounds() {
	m.first = m.firstKept()
	for rev := range m.entries {
		m.last = max(m.last, rev)
	}
	if m.headed {
		m.last = max(m.last, m.head.rev)
		return
	}
	for _, rec := range m.tables {
		m.last = max(m.last, rec.rev)
	}
}

// findGaps lists the revisions that are missing, and what later entries say about
// the records then.
func (m *mender) findGaps() {
	if m.first > 1 && m.entries[m.first] != nil {
		if e, err := openEntry(idKey(m.first), m.entries[m.first]); err == nil && e.kind != EntryBase {
			m.first-- // the base before it has lost its number
		}
	}
	next := m.first
	revs := slices.Sorted(maps.Keys(m.entries))
	for _, rev := range append(revs, m.last+1) {
		if rev < m.first {
			continue
		}
		if rev > next {
			m.gaps = append(m.gaps, gap{next, rev - 1})
		}
		next = max(next, rev+1)
	}
	if len(m.gaps) > 0 {
		m.findTouches(revs)
	}
}

// findTouches notes, record by record, what the entries that can be read say.
func (m *mender) findTouches(revs []uint64) {
	m.touches = map[tagID][]imagePair{}
	for _, rev := range revs {
		e, err := openEntry(idKey(rev), m.entries[rev])
		if err != nil || rev < m.first {
			continue
		}
		e.each(func(p imagePair) bool {
			p.afterRev = rev // by which it is found, deleted or not
			m.touches[tagID{p.tag, p.id}] = append(m.touches[tagID{p.tag, p.id}], p)
			return true
		})
	}
	all := maps.Clone(m.tables)
	for key := range m.touches {
		all[key] = image{}
	}
	m.keys = slices.SortedFunc(maps.Keys(all), tagID.compare)
}

// bridge puts one entry in the place of those that are missing.
func (m *mender) bridge(g gap) {
	e := &journalEntry{rev: g.to, of: g.from, kind: EntryLost, at: m.timeOf(g)}
	e.op = Op{ID: "lost-" + uintText(g.from) + "-" + uintText(g.to), Act: "record.lost", Final: true}
	if g.from > 1 && g.from == m.first {
		e.kind, e.of = EntryBase, 0
	}
	for _, key := range m.keys {
		was, had := m.r.recs[key]
		now, has := m.after(key, g.to, was, had)
		if had == has && was.rev == now.rev {
			continue
		}
		p := imagePair{tag: key.tag, id: key.id}
		if had {
			p.before, p.beforeRev = was.data, was.rev
		}
		if has {
			p.after, p.afterRev = now.data, now.rev
		}
		e.changes = append(e.changes, p)
	}
	e.count = len(e.changes)
	if e.kind == EntryBase || g == m.gaps[len(m.gaps)-1] {
		e.next = m.nextAfter(e)
	}
	m.r.apply(e)
	m.out = append(m.out, sealedEntry{e, sealEntry(e.rev, e.encode())})
}

// nextAfter gives the numbers that come next: those the file states, or as far as
// the records tell.
func (m *mender) nextAfter(e *journalEntry) []nextID {
	if m.headed {
		return m.head.next
	}
	most := map[int]uint64{}
	for _, p := range e.changes {
		most[p.tag] = max(most[p.tag], p.id+1)
	}
	return (&replay{next: most}).head().next
}

// timeOf is a time for what has none of its own: that of the entry before, or of
// the first after.
func (m *mender) timeOf(g gap) time.Time {
	if !m.r.at.IsZero() {
		return m.r.at
	}
	for rev := g.to + 1; rev <= m.last; rev++ {
		if e, err := openEntry(idKey(rev), m.entries[rev]); err == nil {
			return e.at
		}
	}
	return m.head.at
}

// after works out how a record stood when a gap ended: as the next entry that
// touches it found it, or, when none does, as it is stored. What neither tells
// stays as it was.
func (m *mender) after(key tagID, to uint64, was image, had bool) (now image, has bool) {
	list := m.touches[key]
	if i := sort.Search(len(list), func(i int) bool { return list[i].afterRev > to }); i < len(list) {
		switch next := list[i]; {
		case next.before == nil:
			return image{}, false
		case next.beforeRev <= to:
			return image{next.before, next.beforeRev}, true
		}
		return was, had
	}
	stored, there := m.tables[key]
	switch {
	case there && stored.rev <= to && (!had || stored.rev > was.rev) && m.entries[stored.rev] == nil:
		return stored, true
	case !there && had && m.whole[string(kindBucket(key.tag))]:
		return image{}, false
	}
	return was, had
}
