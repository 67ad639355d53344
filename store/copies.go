package store

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/text"
)

// CopyMade is a copy of the file that was checked and got its name.
type CopyMade struct {
	At   time.Time `json:"at"`
	Rev  uint64    `json:"rev"` // the revision in it
	Path string    `json:"path"`
}

// Copies says what is known of the copies of a file.
type Copies struct {
	Good     CopyMade  `json:"good"`      // the last one anywhere
	Away     CopyMade  `json:"away"`      // the last one to a folder elsewhere; see [Store.BackupTo]
	Failed   string    `json:"failed"`    // why the last attempt failed, "" when it did not
	FailedAt time.Time `json:"failed_at"` // when that was
	Pending  []string  `json:"pending"`   // copies in the making, whose leavings are swept up
}

// Copies says what is known of the copies of the file.
func (s *Store) Copies() Copies {
	if c := s.copies.Load(); c != nil {
		return *c
	}
	return Copies{}
}

// noteCopies changes what is known of the copies, in memory even when the file
// cannot take it, and tells those who watch.
func (s *Store) noteCopies(change func(*Copies)) error {
	s.noting.Lock()
	defer s.noting.Unlock()
	c := s.Copies()
	c.Pending = slices.Clone(c.Pending)
	change(&c)
	s.copies.Store(&c)
	body, err := json.Marshal(c)
	if err == nil {
		err = s.alter(func(tx *bbolt.Tx) error { return putMeta(tx, metaCopies, body) })
	}
	s.watches.send(Notice{Rev: s.durable.Load().rev, Reload: true})
	return err
}

// readCopies reads what was known of the copies when the file was closed.
func readCopies(tx *bbolt.Tx) *Copies {
	c := new(Copies)
	if body, err := optionalMeta(tx, metaCopies); err == nil && len(body) > 0 && json.Unmarshal(body, c) != nil {
		return new(Copies) // of a later version; nothing depends on it
	}
	return c
}

// sweepPending removes what is left of copies during which the program was killed.
func (s *Store) sweepPending() {
	pending := s.Copies().Pending
	if len(pending) == 0 {
		return
	}
	for _, path := range pending {
		sweep(path)
	}
	s.noteCopies(func(c *Copies) { c.Pending = nil }) // tried again when it fails
}

// making notes a copy in the making outside the file's own folder of backups. A file
// that cannot take the note is copied all the same, and all the more.
func (s *Store) making(path string) {
	if filepath.Dir(path) != s.options.BackupDir {
		s.noteCopies(func(c *Copies) { c.Pending = append(c.Pending, path) })
	}
}

// made notes how an attempt at a copy ended, and hands its error on.
func (s *Store) made(ctx context.Context, path string, rev uint64, away bool, failed error) error {
	now := s.now()
	s.noteCopies(func(c *Copies) {
		c.Pending = slices.DeleteFunc(c.Pending, func(p string) bool { return p == path })
		switch {
		case failed == nil:
			c.Good, c.Failed = CopyMade{now, rev, path}, ""
			if away {
				c.Away = c.Good
			}
		case ctx.Err() == nil && failure.CodeOf(failed) != failure.Conflict:
			c.Failed, c.FailedAt = failed.Error(), now
		}
	})
	return failed
}

// owns reports whether a copy is of this file, on the way that it is on.
func (s *Store) owns(f backupFile) bool {
	return f.opened && f.info.id == s.file.id && f.way == s.timeline.id
}

// Finds reports whether a copy is still where it was made, as seen from here: a file that
// was brought back on another machine names the places of the old one.
func (s *Store) Finds(made CopyMade) bool {
	f := peek(made.Path)
	return f.opened && f.info.id == s.file.id
}

// BackupTo makes a copy in a folder, which has to be there: a mounted share or a
// stick that is not is no place for a copy. Its name says the day and the revision.
// The newest fourteen of this file are kept there. With nothing changed since the
// last, that one is checked again, and made is false.
func (s *Store) BackupTo(ctx context.Context, dir string) (path string, made bool, err error) {
	full, err := filepath.Abs(dir)
	if err == nil {
		var info os.FileInfo
		if info, err = os.Stat(full); err == nil && !info.IsDir() {
			err = os.ErrNotExist
		}
	}
	if err != nil {
		err = failure.New(failure.NotFound, "there is no folder "+QuotePath(dir)+" to copy to; see that it is "+
			"mounted and plugged in")
		return "", false, s.made(ctx, dir, 0, true, err)
	}
	day := s.now().In(s.location(s.durable.Load())).Format(time.DateOnly)
	rev := s.durable.Load().rev
	stem := filepath.Join(full, s.awayStem()+day+"-change-"+uintText(rev))
	path = stem + backupSuffix
	for n := 2; ; n++ { // another file, or a way that was given up, may have the name
		if was := peek(path); !was.opened || s.owns(was) {
			break
		}
		path = stem + "-" + uintText(uint64(n)) + backupSuffix
	}
	if there, err := exists(path); err == nil && there {
		report, err := checkFile(ctx, path, s.options)
		if err == nil && !report.Whole() {
			err = failure.New(failure.Damaged, "the copy "+QuotePath(path)+" is damaged ("+report.broken+
				"); remove it and copy again")
		}
		return path, false, s.made(ctx, path, rev, true, err)
	}
	err = s.backup(ctx, path, true)
	if err == nil {
		s.thinOut(full)
	}
	return path, err == nil, err
}

// awayStem begins the names of this file's copies in a folder that others may copy
// to as well.
func (s *Store) awayStem() string {
	return strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path)) + "-"
}

// thinOut keeps the newest copies of this file in a folder elsewhere. Copies of
// other files there stay, whatever they are called.
func (s *Store) thinOut(dir string) {
	names, _ := filepath.Glob(filepath.Join(globbed(dir), globbed(s.awayStem())+"*-change-*"+backupSuffix))
	var own []backupFile
	for _, name := range names {
		if f := peek(name); f.opened && f.info.id == s.file.id {
			own = append(own, f)
		}
	}
	slices.SortFunc(own, func(a, b backupFile) int { return b.compare(a) })
	for i := backupsKept; i < len(own); i++ {
		os.Remove(own[i].path) // the next copy tries again
	}
}

// globbed writes a path so that a pattern takes it as it is.
func globbed(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}

// copyOld is after how many days without a copy people are told.
const copyOld = 3

// leastLeft is with how many bytes of room on the disk people are told; with less
// than two copies take they are told as well.
const leastLeft = 300 << 20

// Notices lists what whoever looks after the file should know, most urgent first:
// a clock in doubt, copies that are not made, a disk that fills, damage.
func (v *Session) Notices() []string {
	if r := v.id.Role; r != access.Owner && r != access.Admin && r != access.Coordinator {
		return nil
	}
	s, c := v.store, v.store.Copies()
	st := s.durable.Load()
	zone := s.location(st)
	day := func(t time.Time) string { return t.In(zone).Format("Jan 2, 2006") }
	var out []string
	if d := s.ClockDoubt(); d != nil {
		out = append(out, text.Capital(d.Sentence(zone))+". Nothing is saved until somebody says which is right: "+
			Command(s.path, "clock right"))
	}
	switch {
	case c.Failed != "":
		out = append(out, "The copy of "+day(c.FailedAt)+" could not be made: "+c.Failed+". "+lastGood(c, day))
	case !c.Good.At.IsZero() && c.Good.Rev < st.rev && s.now().Sub(c.Good.At) > copyOld*24*time.Hour:
		out = append(out, lastGood(c, day)+" Make one with: "+Command(s.path, "backup"))
	}
	if left := s.left(); left > 0 && left < max(leastLeft, 2*s.bytes()) {
		out = append(out,
			fmt.Sprintf("Only %d MB are left on the disk of the file. Make room, or nothing can be saved "+
				"and no copy made", left>>20))
	}
	if d := s.Damage(); d != nil {
		out = append(out, "The history is damaged: "+d.Words+". See what a repair keeps with: "+
			Command(s.path, "repair"))
	}
	return out
}

// lastGood says when the last copy was made.
func lastGood(c Copies, day func(time.Time) string) string {
	if c.Good.At.IsZero() {
		return "No copy has been made yet."
	}
	return "The last good copy is of " + day(c.Good.At) + "."
}

// CopyWords says on one line when the last good copy was made, and when one was
// last made elsewhere; "" when none is known.
func (v *Session) CopyWords() string {
	c := v.store.Copies()
	if c.Good.At.IsZero() {
		return ""
	}
	zone := v.store.location(v.store.durable.Load())
	at := func(t time.Time) string { return t.In(zone).Format("Jan 2, 3:04 pm") }
	words := "last good copy " + at(c.Good.At)
	if c.Failed != "" {
		words = "the copy failed; " + words
	}
	if !c.Away.At.IsZero() {
		words += ", elsewhere " + at(c.Away.At)
	}
	return words
}
