package store

import (
	"context"
	"os"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Findings says what a repair of a file keeps and what is lost.
type Findings struct {
	Damaged bool     // something is not as it was stored
	Records int      // that come back
	Older   []string // of those, the ones that may have been changed since
	Lost    []string // records that cannot be read any more
	Changes int      // of the history, those that cannot be read among them
	Unread  []uint64 // revisions that cannot be read
	Beside  int      // drafts, preferences and the like that cannot be read
	Missing bool     // there may have been records and changes of which nothing is left
}

// Words says it in a sentence: "all 1,105 records are whole; 1 of 2,000 changes in
// the history cannot be read: 159".
func (f *Findings) Words() string {
	n := func(n int) string { return text.Thousands(int64(n)) }
	parts := []string{"all " + n(f.Records) + " records are whole"}
	switch {
	case f.Missing:
		parts[0] = n(f.Records-len(f.Older)) + " records are whole, and there may have been others, since the file " +
			"cannot be read to its end"
	case len(f.Older)+len(f.Lost) > 0:
		parts[0] = n(f.Records-len(f.Older)) + " of " + n(f.Records+len(f.Lost)) + " records are whole"
	}
	if len(f.Older) > 0 {
		parts = append(parts, "as they once were, and perhaps changed since: "+fewOf(f.Older))
	}
	if len(f.Lost) > 0 {
		parts = append(parts, "lost: "+fewOf(f.Lost))
	}
	if len(f.Unread) > 0 {
		parts = append(parts, unreadWords(f.Unread, f.Changes))
	} else {
		parts = append(parts, "all "+n(f.Changes)+" changes in the history can be read")
	}
	if f.Beside > 0 {
		parts = append(parts, text.Counted(f.Beside, "draft or setting of one person", "drafts and settings of "+
			"single persons")+" cannot be read")
	}
	return strings.Join(parts, "; ")
}

// unreadWords says which changes of the history cannot be read.
func unreadWords(revs []uint64, of int) string {
	return text.Thousands(int64(len(revs))) + " of " + text.Thousands(int64(of)) +
		" changes in the history cannot be read: " + runsOf(revs)
}

// mostNamed is how many are named before the rest is counted.
const mostNamed = 10

func fewOf(names []string) string {
	if len(names) <= mostNamed {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:mostNamed], ", ") + " and " + text.Thousands(int64(len(names)-mostNamed)) + " more"
}

// runsOf writes revisions with runs drawn together: "159, 200-204".
func runsOf(revs []uint64) string {
	var out []string
	for i := 0; i < len(revs); {
		j := i
		for j+1 < len(revs) && revs[j+1] == revs[j]+1 {
			j++
		}
		out, i = append(out, runOf(revs[i], revs[j])), j+1
	}
	return fewOf(out)
}

// runOf writes a run of revisions.
func runOf(from, to uint64) string {
	if from >= to {
		return uintText(to)
	}
	return uintText(from) + "-" + uintText(to)
}

// Survey says what [Repair] would make of a file that nobody has open. It changes
// nothing.
func Survey(path string, o Options) (*Findings, error) {
	s, err := newStore(path, o)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	report, err := checkFile(ctx, s.path, s.options)
	if err != nil {
		return nil, explainOpen(s.path, s.options.BackupDir, err)
	}
	m, err := s.mended(ctx)
	if err != nil {
		return nil, s.beyondRepair(err)
	}
	f := m.findings()
	f.Damaged = report.harmed()
	return f, nil
}

// mended reads the file at the store's path past its damage.
func (s *Store) mended(ctx context.Context) (*mender, error) {
	if _, err := os.Stat(s.path); err != nil {
		return nil, err
	}
	g, err := openWreck(ctx, s.path, s.layout)
	if err != nil {
		return nil, err
	}
	return g.mend()
}

// beyondRepair says what else can be done for a file of which nothing is left.
func (s *Store) beyondRepair(err error) error {
	if failure.CodeOf(err) != failure.Damaged {
		return explainOpen(s.path, s.options.BackupDir, err)
	}
	sentence := QuotePath(s.path) + " is damaged, and nothing in it can be saved. " +
		backupAdvice(s.path, s.options.BackupDir)
	return &failure.Error{Code: failure.Damaged, Message: sentence, Cause: err}
}

// Repair rebuilds a file that nobody has open from all of it that can be read:
// records from their tables and from the history, the history from every entry
// that is readable, with a mark in the place of those that are not. The file as it
// was is kept beside it under the name returned.
func Repair(path string, o Options) (kept string, f *Findings, err error) {
	s, err := newStore(path, o)
	if err != nil {
		return "", nil, err
	}
	if err := s.alone(func() error { kept, f, err = s.repair(); return err }); err != nil {
		return "", nil, err
	}
	return kept, f, nil
}

// alone runs f while nobody else can open the file.
func (s *Store) alone(f func() error) (err error) {
	if err := checkPlace(s.path, s.options.Probe); err != nil {
		return err
	}
	if s.lock, err = acquire(s.path, s.now()); err != nil {
		return explainOpen(s.path, s.options.BackupDir, err)
	}
	defer s.lock.release()
	sweep(s.path)
	sweepFolder(s.options.BackupDir, "")
	return f()
}

func (s *Store) repair() (kept string, f *Findings, err error) {
	ctx := context.Background()
	m, err := s.mended(ctx)
	if err != nil {
		return "", nil, s.beyondRepair(err)
	}
	temp, err := tempName(s.path)
	if err != nil {
		return "", nil, explainSystem(s.path, err)
	}
	defer os.Remove(temp)
	if err := s.writeMended(ctx, m, temp); err != nil {
		return "", nil, explainOpen(s.path, s.options.BackupDir, err)
	}
	if kept, err = s.replaceBy(temp); err != nil {
		return kept, nil, err
	}
	return kept, m.findings(), nil
}

// replaceBy keeps the file and puts another in its place.
func (s *Store) replaceBy(temp string) (kept string, err error) {
	if kept, err = s.keepAside(); err != nil {
		return "", explainSystem(s.path, err)
	}
	if err := moveInto(temp, s.path); err != nil {
		return kept, explainSystem(s.path, err)
	}
	return kept, nil
}

// writeMended makes a file of a mended journal and checks it.
func (s *Store) writeMended(ctx context.Context, m *mender, into string) error {
	err := makeFile(into, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			err := m.write(tx, s.options)
			if f := m.findings(); err == nil && (f.Missing || len(f.Unread) > 0) {
				err = branchOff(tx)
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	report, err := checkFile(ctx, into, s.options)
	if err == nil && report.broken != "" {
		err = errDamage(report.broken)
	}
	return err
}

// write fills an empty file.
func (m *mender) write(tx *bbolt.Tx, o Options) error {
	info := newFileInfo(formatOf(o.Migrations), o.Now())
	if m.named {
		info.id = m.info.id
	}
	if !m.info.created.IsZero() {
		info.created = m.info.created
	}
	if err := initialise(tx, m.layout, info, head{}); err != nil {
		return err
	}
	land := newLanding(tx, m.layout)
	for _, e := range m.out {
		if err := land.take(e.journalEntry, e.value); err != nil {
			return err
		}
	}
	if err := land.finish(m.r.head()); err != nil {
		return err
	}
	for name, body := range m.ruled {
		if err := putMeta(tx, name, body); err != nil {
			return err
		}
	}
	return m.writeBoxes(tx)
}

func (m *mender) writeBoxes(tx *bbolt.Tx) error {
	for name, values := range m.boxes {
		for key, value := range values {
			if err := tx.Bucket([]byte(name)).Put([]byte(key), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// findings sums up what was mended.
func (m *mender) findings() *Findings {
	f := &Findings{Records: len(m.r.recs), Changes: int(m.last - m.first + 1), Beside: m.boxesBad}
	for _, g := range m.gaps {
		for rev := g.from; rev <= g.to; rev++ {
			f.Unread = append(f.Unread, rev)
		}
	}
	f.Missing = !m.headed || !m.trusted && m.last == m.head.rev
	if len(m.gaps) == 0 {
		return f
	}
	for i := range m.kinds {
		f.Missing = f.Missing || !m.followed[string(m.kinds[i].bucket)]
	}
	for key := range m.broken {
		if _, back := m.r.recs[key]; !back {
			f.Lost = append(f.Lost, m.nameOf(key))
		}
	}
	lastGap := m.gaps[len(m.gaps)-1].to
	for key, rec := range m.r.recs {
		if _, stored := m.tables[key]; !stored && !m.whole[string(kindBucket(key.tag))] && rec.rev < lastGap {
			f.Older = append(f.Older, m.nameOf(key))
		}
	}
	slices.Sort(f.Lost)
	slices.Sort(f.Older)
	return f
}

func (m *mender) nameOf(key tagID) string {
	if k, ok := m.byTag[key.tag]; ok {
		return recordName(m.kinds[k].Kind, key.id)
	}
	return "record #" + uintText(key.id)
}

// BackupAdvice says which backup of a file can be gone back to, and how; "" without
// one.
func BackupAdvice(path string) string {
	if dir := (Options{}).filled(path).BackupDir; len(listBackups(dir)) > 0 {
		return backupAdvice(path, dir)
	}
	return ""
}

// backupAdvice says which backup to go back to, and how.
func backupAdvice(path, backupDir string) string {
	list := listBackups(backupDir)
	if len(list) == 0 {
		return "There is no backup in " + QuotePath(backupDir) + "; look for a copy elsewhere and bring it back " +
			"with: " + Command(path, "restore COPY")
	}
	return "The newest backup is " + QuotePath(list[0]) + "; bring it back with: " +
		Command(path, "restore "+QuotePath(list[0]))
}
