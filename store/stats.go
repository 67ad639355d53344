package store

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Stats describes a file for people who look after it.
type Stats struct {
	Path      string
	Format    int
	Timeline  string // see Store.Timeline
	Created   time.Time
	Rev       uint64
	Changed   time.Time      // when the newest revision came about
	Records   map[string]int // by kind
	Bytes     int64          // size of the file
	FreePages int            // pages that hold nothing; compacting gives them back
	PageSize  int64
	Held      HeldError // who has it open: this process
	Left      int64     // bytes that may still be written beside it; 0 is not known
	Commits   Commits
}

// Commits tells how long the latest commits took to be on disk.
type Commits struct {
	Count   int           `json:"count"` // of those that the times are of
	Median  time.Duration `json:"median_ns"`
	Slowest time.Duration `json:"slowest_ns"`
	Waiting int           `json:"waiting"` // changes that are not on disk yet
}

// pace keeps how long the latest commits took.
type pace struct {
	mu   sync.Mutex
	last []time.Duration
	next int
}

// paceKept is of how many commits it is kept.
const paceKept = 200

func (p *pace) add(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.last) < paceKept {
		p.last = append(p.last, d)
		return
	}
	p.last[p.next%paceKept] = d
	p.next++
}

func (p *pace) commits() (c Commits) {
	p.mu.Lock()
	all := slices.Sorted(slices.Values(p.last))
	p.mu.Unlock()
	if c.Count = len(all); c.Count > 0 {
		c.Median, c.Slowest = all[c.Count/2], all[c.Count-1]
	}
	return c
}

// left tells how many bytes may still be written beside the file; 0 is not known.
func (s *Store) left() int64 {
	fs, err := s.options.Probe(filepath.Dir(s.path))
	if err != nil {
		return 0
	}
	return fs.Left
}

// Stats describes the file as it is now.
func (s *Store) Stats() Stats {
	st := s.durable.Load()
	out := Stats{Path: s.path, Format: s.file.format, Timeline: s.Timeline(), Created: s.file.created, Rev: st.rev,
		Changed: st.at,
		Records: map[string]int{}, Held: s.lock.holder, Left: s.left(), Commits: s.pace.commits()}
	out.Commits.Waiting = s.queue.length()
	for i, t := range st.tables {
		out.Records[s.kinds[i].Name] = t.Len()
	}
	out.Bytes = s.bytes()
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	out.PageSize, out.FreePages = freePages(s.path)
	return out
}

// bytes is the size of the file.
func (s *Store) bytes() int64 {
	info, err := os.Stat(s.path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// freePages reads how many pages a file lists as free; 0 when that cannot be
// read.
func freePages(path string) (pageSize int64, free int) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, 0
	}
	w := &pageWalk{f: f, size: info.Size()}
	if w.readMeta() != nil || w.meta.high < 3 || int64(w.meta.high)*w.meta.pageSize > w.size {
		return w.meta.pageSize, 0
	}
	w.used = make([]bool, w.meta.high)
	if w.visitFreelist() != nil {
		return w.meta.pageSize, 0
	}
	return w.meta.pageSize, w.free
}
