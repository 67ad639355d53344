package store

import (
	"cmp"
	"context"
	"strings"
)

// backupFile is what a file says of itself at a glance, unchecked.
type backupFile struct {
	path   string
	info   fileInfo
	head   head
	way    [timelineSize]byte // the timeline it is on
	forks  int                // how often the file had gone back to a backup by then
	opened bool
}

// peek reads what a file says of itself without opening it as a database, so that
// a damaged one does no harm.
func peek(path string) backupFile {
	out := backupFile{path: path}
	w, err := openPages(path)
	if err != nil {
		return out
	}
	defer w.f.Close()
	if w.readMeta() != nil || w.meta.high > 1<<32 {
		return out
	}
	g := &wreck{layout: new(layout), w: w, ruled: map[string][]byte{}, done: map[uint64]bool{}}
	w.used = make([]bool, w.meta.high)
	guard(func() error { // what cannot be read is not opened
		for _, b := range g.buckets(context.Background()) {
			if b.name == bucketMeta {
				g.contents(context.Background(), b, g.taker(b.name))
			}
		}
		return nil
	})
	out.info, out.head, out.opened = g.info, g.head, g.headed && g.named
	t := decodeTimeline(g.ruled[metaTimeline], g.info)
	out.way, out.forks = t.id, len(t.past)
	return out
}

// compare orders files by how much has happened in them. Those from after a restore
// come after those from before, which may have had more changes.
func (f backupFile) compare(g backupFile) int {
	if f.opened != g.opened {
		if f.opened {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(f.forks, g.forks), cmp.Compare(f.head.rev, g.head.rev), strings.Compare(f.path, g.path))
}
