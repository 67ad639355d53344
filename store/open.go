package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Open opens a file, and makes it first when there is none. Whatever stands in
// the way is told in a sentence: another program that has it open, damage and
// the backup to go back to, a newer format, a folder that will not do.
func Open(path string, o Options) (*Store, error) {
	s, err := newStore(path, o)
	if err != nil {
		return nil, err
	}
	if err := checkPlace(s.path, s.options.Probe); err != nil {
		return nil, err
	}
	if s.lock, err = acquire(s.path, s.now()); err != nil {
		return nil, explainOpen(s.path, s.options.BackupDir, err)
	}
	if err := s.openLocked(); err != nil {
		s.pages.close()
		s.lock.release()
		return nil, explainOpen(s.path, s.options.BackupDir, err)
	}
	s.clock.believe(s.now(), s.options.Steady)
	go s.flushLoop()
	if !s.options.AtNeed && s.pages.left() {
		go s.verifyRest()
	}
	return s, nil
}

// newStore fills in what the options leave open.
func newStore(path string, o Options) (*Store, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, explainSystem(path, err)
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real // a link stays one when the file behind it is replaced
	}
	o = o.filled(full)
	s := &Store{
		layout: newLayout(o.Schema), path: full, options: o,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), stopped: make(chan struct{}),
	}
	s.queue.full = make(chan struct{}, 1)
	s.ops.known = map[string]*opResult{}
	s.drafts.all, s.drafts.dirty = map[string]draftData{}, map[string]draftData{}
	s.prefs.all = map[string][]byte{}
	return s, nil
}

func (o Options) filled(path string) Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Probe == nil {
		o.Probe = probeFilesystem
	}
	if o.Migrations == nil {
		o.Migrations = migrations()
	}
	if o.atOnce == 0 {
		o.atOnce = walkedAtOnce
	}
	if o.BackupDir == "" {
		o.BackupDir = path + ".backups"
	}
	return o
}

// openLocked opens the file once the lock is held.
func (s *Store) openLocked() error {
	sweep(s.path)
	sweepFolder(s.options.BackupDir, "")
	there, err := exists(s.path)
	if err != nil {
		return err
	}
	if !there {
		if err := s.create(); err != nil {
			return err
		}
	}
	if err := s.pages.begin(s.path, s.options.atOnce, s.later); err != nil {
		return err
	}
	if s.db, err = openDB(s.path); err != nil {
		return err
	}
	if s.inode, err = os.Stat(s.path); err != nil {
		return explainSystem(s.path, err)
	}
	if err := s.bringUp(); err != nil {
		guard(s.db.Close)
		return err
	}
	return nil
}

// growBy is by how much the file grows at a time.
const growBy = 1 << 20

// openDB opens a database whose pages are verified before they are read.
func openDB(path string) (*bbolt.DB, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	var db *bbolt.DB
	err = guard(func() error {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: 200 * time.Millisecond, FreelistType: bbolt.FreelistMapType,
			InitialMmapSize: initialMap(info.Size()),
		})
		if err == nil {
			db.AllocSize = growBy
		}
		return err
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, heldBy(path)
	}
	return db, err
}

// create makes an empty file under another name and moves it into place, so
// that there is never half a file.
func (s *Store) create() error {
	info := newFileInfo(formatOf(s.options.Migrations), s.now())
	return makeFile(s.path, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error { return initialise(tx, s.layout, info, head{at: s.now()}) })
	})
}

// makeFile fills a new database beside path and renames it there.
func makeFile(path string, fill func(*bbolt.DB) error) error {
	temp, err := tempName(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // gone already when all went well
	err = guard(func() error {
		db, err := bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType,
			NoSync: true}) // it has no name yet: it is made to last once, at the end
		if err != nil {
			return err
		}
		return errors.Join(fill(db), db.Close())
	})
	if err != nil {
		return err
	}
	return moveInto(temp, path)
}

// tempName reserves a name beside path for a file to be renamed to it.
func tempName(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// sweep removes what a program that was killed left of a file in the making: its
// temporary name, and those of files that were made on the way to it.
func sweep(path string) { sweepFolder(filepath.Dir(path), filepath.Base(path)+".") }

// sweepFolder removes temporary files whose names begin so, dots aside.
func sweepFolder(dir, prefix string) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, f := range files {
		name := strings.TrimLeft(f.Name(), ".")
		if name != f.Name() && strings.HasPrefix(name, prefix) && strings.HasSuffix(name, ".tmp") {
			os.Remove(filepath.Join(dir, f.Name()))
		}
	}
}

// moveInto makes a finished file last and gives it its name.
func moveInto(temp, path string) error {
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(path)
}

// bringUp migrates if need be and reads the file into memory.
func (s *Store) bringUp() error {
	format := 0
	err := s.viewPresent(func(tx *bbolt.Tx) (err error) {
		s.file, err = readInfo(tx)
		format = s.file.format
		return err
	})
	if err != nil {
		return err
	}
	switch target := formatOf(s.options.Migrations); {
	case format > target:
		return errNewer()
	case format < target:
		if err := s.migrate(format); err != nil {
			return err
		}
	}
	if err := s.load(); err != nil {
		return err
	}
	s.queue.head = s.durable.Load()
	if err := s.addMissingBuckets(); err != nil {
		return err
	}
	s.sweepPending()
	return nil
}

// migrate keeps the file as it is and brings it up to the newest format.
func (s *Store) migrate(format int) error {
	if err := s.pages.whole(); err != nil {
		return err
	}
	if err := s.keepBeforeMigration(format); err != nil {
		return err
	}
	if err := guard(func() error { return migrate(s.db, s.options.Migrations, format) }); err != nil {
		return err
	}
	s.file.format = formatOf(s.options.Migrations)
	return nil
}

// view reads the database, any part of it.
func (s *Store) view(f func(tx *bbolt.Tx) error) error {
	if err := s.ready(); err != nil {
		return err
	}
	return s.viewPresent(f)
}

// ready sees to it that the database can be read, copied and replaced as a whole: all
// of it has been walked, and no table is still to be read from it, which would wait
// for whoever waits for that reading to end.
func (s *Store) ready() error {
	if s.options.AtNeed {
		if err := s.loadAll(); err != nil {
			return err
		}
	}
	return s.pages.whole()
}

// viewPresent reads what has been walked: not the history.
func (s *Store) viewPresent(f func(tx *bbolt.Tx) error) error {
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	return guard(func() error { return s.db.View(f) })
}
