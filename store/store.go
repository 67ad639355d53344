package store

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
)

// Options are what a store is given from outside.
type Options struct {
	Schema *field.Schema
	Now    func() time.Time // the clock; nil is the machine's
	// Zone gives the time zone that the records speak of; nil is UTC. It is asked
	// at every change.
	Zone func(field.Reader) *time.Location
	// PruneAfter gives for how many days the history keeps confidential values that
	// have been replaced; nil or 0 is for ever.
	PruneAfter func(field.Reader) int64
	// Probe tells what kind of file system holds a folder; nil asks the machine.
	Probe func(dir string) (Filesystem, error)
	// Migrations bring a file of an older format up to this program's, in order.
	// Nil is the program's own list.
	Migrations []Migration
	// AskClock has changes refused while the clock is in doubt; see [Store.ClockDoubt].
	AskClock bool
	// Steady tells how long the machine has run by a clock that nobody sets; nil when
	// it cannot be relied on, as on a laptop that sleeps.
	Steady    func() time.Duration
	BackupDir string // "" is <file>.backups beside the file

	// AtNeed has the records of a kind read when they are first asked for, for a
	// command that looks at some and is done; see [Store.LoadAll] and [Unread].
	AtNeed bool

	atOnce uint64 // how many pages are walked at once; see verification
}

// Store is an open file. It may be used by any number of goroutines.
type Store struct {
	*layout
	path    string
	options Options
	lock    *fileLock
	file    fileInfo

	durable atomic.Pointer[state] // the newest moment that is on disk

	// writing is held by the one update that is being made, rewriting while a copy
	// is made that takes the file's place.
	writing   sync.Mutex
	rewriting sync.Mutex
	queue     queue
	ops       opMemory

	// access to the database: shared by readers and the flusher, exclusive while
	// it is replaced.
	dbMu  sync.RWMutex
	db    *bbolt.DB
	pages verification
	pace  pace
	inode os.FileInfo // of the file that db has open

	wake    chan struct{}
	quit    chan struct{}
	stopped chan struct{}

	visibilities sync.Map // class to *sight
	rows         rowCache
	trails       trails
	watches      watchers
	drafts       draftBox
	prefs        prefBox

	timeline timeline
	clock    clockWatch
	keeping  atomic.Pointer[Keeping]
	marks    atomic.Pointer[[]revRange] // revisions made under a wrong clock
	copies   atomic.Pointer[Copies]
	ruling   sync.Mutex             // held while it is said how history is kept
	noting   sync.Mutex             // held while what is known of copies changes
	damage   atomic.Pointer[Damage] // as the last check of the file or of a copy found it

	fault func() error // lets tests make a commit fail
}

// fileInfo is what a file says about itself.
type fileInfo struct {
	format  int
	id      [16]byte
	created time.Time
}

// Path is the file's.
func (s *Store) Path() string { return s.path }

// Time is the moment by the store's clock.
func (s *Store) Time() time.Time { return s.now() }

// As gives what the identity may read.
func (s *Store) As(id access.Identity) *Session {
	return &Session{store: s, id: id, see: s.visibilityOf(id)}
}

func (s *Store) visibilityOf(id access.Identity) *visibility {
	class := id.Audience()
	if v, ok := s.visibilities.Load(class); ok {
		return v.(*visibility)
	}
	v, _ := s.visibilities.LoadOrStore(class, newVisibility(s, id))
	return v.(*visibility)
}

// location gives the time zone that the records speak of at a moment.
func (s *Store) location(st *state) *time.Location {
	if s.options.Zone == nil {
		return time.UTC
	}
	return s.options.Zone(st)
}

// Update makes a change: fn reads and writes the draft of the next moment. When
// it returns an error, or the draft breaks a rule, nothing has changed. When
// Update returns without error the change is on disk; when it returns one, what
// led to the error is. A change that changes nothing has no revision of its own.
//
// Updates run one at a time, so fn should not wait for people or networks, and
// must not call Update itself. The context is looked at before fn runs; after
// that the outcome is waited for.
func (s *Store) Update(ctx context.Context, id access.Identity, op Op, fn func(*Tx) error) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if op.Meeting == 0 {
		op.Meeting = meetingOf(ctx)
	}
	u, err := s.stage(id, cleanOp(op), fn)
	if fell := u.wait(); fell != nil {
		return Result{}, fell
	}
	return u.res, err
}

// Result is what came of an update.
type Result struct {
	Rev      uint64            // the revision it made, or the current one when nothing changed
	Warnings []failure.Problem // what was saved all the same
	Changed  int               // records changed
	Repeat   bool              // the operation had been done before; this is its first result
}

// Close waits for what has been accepted to be written and gives the file back.
func (s *Store) Close() error {
	if !s.queue.close() {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	close(s.quit)
	<-s.stopped
	s.pages.close()
	s.watches.closeAll()
	s.dbMu.Lock()
	defer s.dbMu.Unlock()
	err := s.closeDB()
	s.lock.release()
	return err
}

// closeDB closes the database, unless a failed write has left it in a state in
// which closing could wait for ever.
func (s *Store) closeDB() error {
	if s.queue.failure() != nil {
		return nil
	}
	return guard(s.db.Close)
}
