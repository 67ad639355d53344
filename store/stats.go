package store

import (
	"os"
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
}

// Stats describes the file as it is now.
func (s *Store) Stats() Stats {
	st := s.durable.Load()
	out := Stats{Path: s.path, Format: s.file.format, Timeline: s.Timeline(), Created: s.file.created, Rev: st.rev,
		Changed: st.at,
		Records: map[string]int{}, Held: s.lock.holder}
	for i, t := range st.tables {
		out.Records[s.kinds[i].Name] = t.Len()
	}
	if info, err := os.Stat(s.path); err == nil {
		out.Bytes = info.Size()
	}
	s.dbMu.RLock()
	defer s.dbMu.RUnlock()
	out.PageSize, out.FreePages = freePages(s.path)
	return out
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
