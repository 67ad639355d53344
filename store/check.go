package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
)

// Check examines the open file: the database's own structure, every record and
// its checksum, references, uniqueness and rules, every index against a scan,
// the journal and its trail, and that replaying the journal gives the records.
// Writers and readers of history wait meanwhile.
func (s *Store) Check(ctx context.Context) (*Report, error) {
	if err := s.loadAll(); err != nil {
		return nil, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.drain()
	s.dbMu.Lock()
	defer s.dbMu.Unlock()
	if err := s.queue.failure(); err != nil {
		return nil, err
	}
	report, err := s.examine(ctx, s.durable.Load())
	if err == nil {
		s.damage.Store(report.damage())
	}
	return report, explainOpen(s.path, s.options.BackupDir, err)
}

// CheckHistory reads every change of the history, and nothing else, so that
// [Store.Damage] tells of those that cannot be read.
func (s *Store) CheckHistory(ctx context.Context) error {
	report := new(Report)
	for k := range s.kinds {
		report.Records += s.durable.Load().tables[k].Len()
	}
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketJournal)).ForEach(func(key, value []byte) error {
			report.Entries++
			if e, err := openEntry(key, value); err != nil || !e.readable() {
				report.Unread = append(report.Unread, revOf(key))
				report.note(errEntry(revOf(key)).Error())
			}
			return ctx.Err()
		})
	})
	if d := report.damage(); d != nil && err == nil {
		s.damage.Store(d)
	}
	return explainOpen(s.path, s.options.BackupDir, err)
}

// CheckFile examines a file that nobody has open, without changing it.
func CheckFile(path string, o Options) (*Report, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, explainSystem(path, err)
	}
	report, err := checkFile(context.Background(), full, o)
	return report, explainOpen(full, o.filled(full).BackupDir, err)
}

func checkFile(ctx context.Context, path string, o Options) (*Report, error) {
	s, err := newStore(path, o)
	if err != nil {
		return nil, err
	}
	var lastLost bool
	if s.db, lastLost, err = openReadOnly(path); err != nil {
		report := new(Report)
		return report, report.addError(err)
	}
	defer guard(s.db.Close)
	report, err := s.examine(ctx, nil)
	if lastLost && err == nil && report.Clean() {
		report.add(errLastLost().Error())
	}
	return report, err
}

// checker examines one file.
type checker struct {
	*Store
	ctx    context.Context
	tx     *bbolt.Tx
	report *Report
	found  *state // what the file holds
	head   head
	marked []revRange
}

// examine checks the database; live is what is held in memory, if anything.
func (s *Store) examine(ctx context.Context, live *state) (*Report, error) {
	report := new(Report)
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			c := &checker{Store: s, ctx: ctx, tx: tx, report: report, found: newState(s.layout)}
			return c.run(live)
		})
	})
	return report, report.addError(err)
}

func (c *checker) run(live *state) error {
	if err := verifyPages(c.db.Path()); err != nil {
		return err // bbolt's own check could not be trusted with it
	}
	for err := range c.tx.Check() {
		c.report.add("database: " + err.Error())
	}
	if len(c.report.Problems) > 0 {
		return nil // nothing inside can be relied on
	}
	if current, err := c.checkHead(); err != nil || !current {
		return err
	}
	for _, step := range []func() error{c.checkRecords, c.checkRules, c.checkJournal, c.checkBoxes} {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.report.addError(step()); err != nil {
			return err
		}
	}
	if live != nil {
		c.compare(live)
	}
	return nil
}

// checkHead reads where the file stands. A file of an older format is only
// examined so far: what is inside becomes readable by migrating it.
func (c *checker) checkHead() (current bool, err error) {
	info, err := readInfo(c.tx)
	if err != nil {
		return false, err
	}
	if info.format > formatOf(c.options.Migrations) {
		return false, errNewer()
	}
	if !readable(c.options.Migrations, info.format) {
		return false, nil
	}
	if c.head, err = readHead(c.tx); err != nil {
		return false, err
	}
	c.report.Rev, c.report.At = c.head.rev, c.head.at
	c.found.rev, c.found.at, c.marked = c.head.rev, c.head.at, readMarks(c.tx)
	for _, n := range c.head.next {
		if i, ok := c.byTag[n.tag]; ok {
			c.found.next[i] = n.next
		}
	}
	return true, checkBuckets(c.tx, c.layout, c.head)
}

// checkRecords decodes every record.
func (c *checker) checkRecords() error {
	defer func() { c.report.At = c.head.at.In(c.location(c.found)) }() // which the records tell
	return cutBlocks(c.tx, c.layout, c.layout.all(), func(b *block) {
		for i := range b.ids {
			one := &block{kind: b.kind, ids: b.ids[i : i+1], values: b.values[i : i+1]}
			err := one.decode(c.layout)
			if err == nil {
				err = one.load(c.found, c.found.tables[b.kind].here())
			}
			if err != nil {
				c.report.add(err.Error())
			}
			c.report.Records++
		}
	})
}

// checkRules looks at references, uniqueness and every record's own rules.
func (c *checker) checkRules() error {
	t := c.begin(c.found, access.Alone("check"))
	for k := range c.kinds {
		def := c.kinds[k].Kind
		c.found.tables[k].Scan(func(id uint64, e entry) bool {
			for _, p := range t.integrity(recKey{k, id}, e.rec, e.rec) {
				c.report.note(recordName(def, id) + ": " + p.Message)
				c.report.loose++
			}
			c.report.rule(def.CheckAt(c.found, t.Now(), e.rec, e.rec).Err(def.Label(e.rec)))
			return c.ctx.Err() == nil
		})
		c.report.rule(def.Whole(c.found, t.today).Err(def.Title))
	}
	return c.ctx.Err()
}

// checkJournal replays the journal and compares what comes of it with the
// records, and the trail with the entries.
func (c *checker) checkJournal() error {
	r := newReplay()
	var trail [][]byte
	var problems []string
	err := c.tx.Bucket([]byte(bucketJournal)).ForEach(func(key, value []byte) error {
		c.report.Entries++
		if len(key) != 8 {
			c.report.note("the journal holds a key that is no revision")
			return nil
		}
		e, err := openEntry(key, value)
		if err != nil || !e.readable() {
			c.report.Unread = append(c.report.Unread, revOf(key))
			c.report.note(errEntry(revOf(key)).Error())
			return nil
		}
		c.notePast(&e)
		c.noteTime(&e)
		problems = append(problems, r.apply(&e)...)
		trail = appendTrail(trail, &e)
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	if len(c.report.Unread) > 0 {
		return c.checkAround()
	}
	for _, p := range problems {
		c.report.add(p)
	}
	if !slices.Equal(c.known(r.head().next), c.known(c.head.next)) || r.rev != c.head.rev || !r.at.Equal(c.head.at) &&
		r.rev > 0 {
		c.report.add("replaying the journal ends at revision " + uintText(r.rev) + " with other numbers than the " +
			"file's, at " + uintText(c.head.rev))
	}
	c.compareReplay(r)
	return c.compareTrail(trail)
}

// notePast notes what an entry stands for that takes the place of others.
func (c *checker) notePast(e *journalEntry) {
	switch e.kind {
	case EntryBase:
		c.report.Begins = e.rev + 1
	case EntryLost:
		c.report.Lost = append(c.report.Lost, runOf(e.of, e.rev))
	}
}

// noteTime counts entries of a time to come.
func (c *checker) noteTime(e *journalEntry) {
	if e.at.After(c.now()) && !marked(c.marked, e.rev) {
		c.report.Ahead++
		if e.at.After(c.report.Latest) {
			c.report.Latest = e.at.In(c.report.At.Location())
		}
	}
}

// checkAround compares the records with what the entries that can be read make of
// them.
func (c *checker) checkAround() error {
	g, err := openWreck(c.ctx, c.db.Path(), c.layout)
	if err != nil {
		return err
	}
	m, err := g.mend()
	if err != nil {
		return c.report.addError(err)
	}
	c.compareReplay(m.r)
	return nil
}

// known drops next numbers that say nothing and those of kinds gone from the
// schema.
func (c *checker) known(list []nextID) []nextID {
	return slices.DeleteFunc(slices.Clone(list), func(n nextID) bool {
		_, ok := c.byTag[n.tag]
		return !ok || n.next <= 1
	})
}

// compareReplay compares replayed records with stored ones, byte by byte.
func (c *checker) compareReplay(r *replay) {
	for k := range c.kinds {
		def := c.kinds[k].Kind
		b := c.tx.Bucket(c.kinds[k].bucket)
		if b == nil {
			continue
		}
		b.ForEach(func(key, value []byte) error {
			id := binary.BigEndian.Uint64(key) // its length has been checked
			body, _, _ := unsealRecord(def.Tag, id, value)
			rev, n := binary.Uvarint(body)
			rec, ok := r.recs[tagID{def.Tag, id}]
			if !ok || n <= 0 || rec.rev != rev || !bytes.Equal(rec.data, body[max(n, 0):]) {
				c.report.add(recordName(def, id) + " is not what the journal makes of it")
			}
			delete(r.recs, tagID{def.Tag, id})
			return nil
		})
	}
	for _, key := range r.keys() {
		if k, ok := c.byTag[key.tag]; ok {
			c.report.add(recordName(c.kinds[k].Kind, key.id) + " is in the journal but not among the records")
		}
	}
}

func (c *checker) compareTrail(want [][]byte) error {
	slices.SortFunc(want, bytes.Compare)
	i := 0
	err := c.tx.Bucket([]byte(bucketTrail)).ForEach(func(key, _ []byte) error {
		if i >= len(want) || !bytes.Equal(key, want[i]) {
			c.report.note("the trail does not agree with the journal")
			return errStop
		}
		i++
		return nil
	})
	if err == nil && i < len(want) {
		c.report.note("the trail is shorter than the journal")
	}
	if err == errStop {
		return nil
	}
	return err
}

// checkBoxes looks at what is kept apart from the records.
func (c *checker) checkBoxes() error {
	for _, name := range []string{bucketOps, bucketDrafts, bucketPrefs, bucketMeta} {
		err := c.tx.Bucket([]byte(name)).ForEach(func(key, value []byte) error {
			if _, ok := unseal(key, value); !ok {
				c.report.note("an entry among the " + name + " cannot be read")
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// compare holds what is in memory, and every index built so far, against what
// the file holds.
func (c *checker) compare(live *state) {
	if live.rev != c.found.rev || !slices.Equal(live.next, c.found.next) {
		c.report.add("memory is at revision " + uintText(live.rev) + ", the file at " + uintText(c.found.rev))
	}
	for k := range c.kinds {
		def := c.kinds[k].Kind
		same := live.tables[k].Len() == c.found.tables[k].Len()
		live.tables[k].Scan(func(id uint64, e entry) bool {
			f, ok := c.found.tables[k].Get(id)
			same = same && ok && f.rev == e.rev && def.Equal(f.rec, e.rec)
			return same
		})
		if !same {
			c.report.add(def.Name + " in memory differ from those in the file")
		}
	}
	for i, cell := range live.refs {
		if t := cell.built.Load(); t != nil && !slices.Equal(t.Items(), c.found.buildRefs(i).Items()) {
			c.report.add("the index of " + c.kinds[c.layout.refs[i].from].Name + " by " + c.layout.refs[i].col.Name +
				" differs from a scan")
		}
	}
	for i, cell := range live.uniqs {
		if t := cell.built.Load(); t != nil && !slices.Equal(t.Keys(), c.found.buildUnique(i).Keys()) {
			c.report.add("an index of unique values of " + c.kinds[c.uniqs[i].kind].Name + " differs from a scan")
		}
	}
	for k, cell := range live.spans {
		if t := cell.built.Load(); t != nil && !slices.Equal(t.Items(), c.found.buildSpans(k).Items()) {
			c.report.add("the index of " + c.kinds[k].Name + " by time differs from a scan")
		}
	}
}
