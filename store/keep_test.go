package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// lively gives a store with a little of everything in its journal, over days.
func lively(t testing.TB) (*Store, *clock) {
	t.Helper()
	s, c := founded(t)
	for i := range 30 {
		c.advance(24 * time.Hour)
		id := put(t, s, keeper(), person(partnership.PartnerID(i%5+1), fmt.Sprint("Person ", i)))
		p := *field.Get(s.As(keeper()).View(), id)
		p.Title = fmt.Sprint("Title ", i)
		put(t, s, as("pat", access.Coordinator, 0), &p)
		if i%4 == 0 {
			if _, err := s.Undo(t.Context(), as("pat", access.Coordinator, 0)); err != nil {
				t.Fatal(err)
			}
		}
		if i%5 == 0 {
			update(t, s, keeper(), func(tx *Tx) error { return tx.Delete("people", uint64(id)) })
		}
	}
	return s, c
}

func TestReplayingTheJournalGivesTheSameFile(t *testing.T) {
	s, _ := lively(t)
	if err := s.SetPref("keeper", "theme", []byte("dark")); err != nil {
		t.Fatal(err)
	}
	want := s.durable.Load()
	s.Close()
	into := filepath.Join(t.TempDir(), "again.db")
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	again := openAt(t, into, s.options)
	sameState(t, want, again.durable.Load())
	clean(t, again)
	if again.file != s.file || string(again.Pref("keeper", "theme")) != "dark" {
		t.Error("not the same file")
	}
	if id := put(t, again, keeper(), person(raytown, "Next")); id != 31 {
		t.Errorf("the next person has number %d", id)
	}
	refused(t, failure.Conflict, Replay(t.Context(), s.path, into, s.options))
}

func TestPurgingKeepsEverythingButHistory(t *testing.T) {
	s, c := lively(t)
	want := s.durable.Load()
	cut := c.now().Add(-10 * 24 * time.Hour)
	for _, role := range []access.Role{access.Viewer, access.Editor, access.Coordinator} {
		_, err := s.Purge(t.Context(), as("x", role, field.Party(raytown)), cut)
		refused(t, failure.Forbidden, err)
	}
	n, err := s.Purge(t.Context(), as("root", access.Admin, 0), cut)
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	sameRecords(t, want, s.durable.Load())
	entries, err := s.As(keeper()).Recent(1000, 0)
	if err != nil {
		t.Fatal(err)
	}
	if entries[0].Kind != EntryPurge || entries[0].Actor != "root" || !strings.Contains(entries[0].Op.Title, "before") {
		t.Errorf("the purge is not recorded: %+v", entries[0])
	}
	for _, e := range entries {
		if e.At.Before(cut) {
			t.Errorf("revision %d of %v is still there", e.Rev, e.At)
		}
	}
	if list, err := s.As(keeper()).History("people", 2, 0); err != nil || len(list) != 0 {
		t.Errorf("history before the cut: %v, %v", list, err)
	}
	put(t, s, keeper(), person(raytown, "After"))
	first := entries[len(entries)-1].Rev
	if report := clean(t, s); report.Past() != "its history begins with change "+uintText(first) {
		t.Errorf("the oldest change is %d: %q", first, report.Past())
	}
	again, err := s.Purge(t.Context(), keeper(), c.now().Add(-5*24*time.Hour))
	if err != nil || again == 0 {
		t.Fatal(again, err)
	}
	if none, err := s.Purge(t.Context(), keeper(), cut); err != nil || none != 0 {
		t.Fatal(none, err)
	}
	clean(t, s)
	want = s.durable.Load()
	s.Close()
	into := filepath.Join(t.TempDir(), "again.db")
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	sameState(t, want, openAt(t, into, s.options).durable.Load())
}

// pruning turns the removal of replaced confidential values on.
func pruning(t *testing.T, s *Store, days int64) {
	t.Helper()
	settings := *partnership.SettingsOf(s.durable.Load())
	settings.Prune = value.Some(days)
	put(t, s, keeper(), &settings)
}

// replacedSecret gives an answer whose note was replaced.
func replacedSecret(t *testing.T, s *Store) *cyber.Answer {
	t.Helper()
	cycle := put(t, s, keeper(), &cyber.Cycle{Year: 2027, Framework: framework.CSF20})
	answer := &cyber.Answer{Cycle: cycle, Partner: raytown, Item: "PR.AA-01", Level: cyber.Informal,
		Note: "first secret"}
	answer.ID = put(t, s, keeper(), answer)
	answer.Note = "second secret"
	put(t, s, keeper(), answer)
	return answer
}

func TestNothingLeavesTheHistoryUntilSomebodyTurnsItOn(t *testing.T) {
	s, c := founded(t)
	answer := replacedSecret(t, s)
	c.advance(10 * 365 * 24 * time.Hour)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 0 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := historyText(t, s, s.As(keeper()), "answers", uint64(answer.ID)); !strings.Contains(got, "first") {
		t.Errorf("a replaced value is gone: %s", got)
	}
	for _, days := range []int64{-1, 0, 36_501} {
		settings := *partnership.SettingsOf(s.durable.Load())
		settings.Prune = value.Some(days)
		if s.As(keeper()).Problems("settings", &settings).Err("") == nil {
			t.Errorf("%d days are taken", days)
		}
	}
	settings := *partnership.SettingsOf(s.durable.Load())
	settings.Prune = value.Some[int64](400)
	_, err := s.Update(t.Context(), as("pat", access.Coordinator, 0), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, &settings); return err })
	refused(t, failure.Forbidden, err)
	pruning(t, s, 400)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Fatalf("pruned %d once it is on, %v", n, err)
	}
}

// assessed makes a file that keeps replaced secrets for 400 days, with one answer.
func assessed(t *testing.T) (*Store, *clock, *cyber.Answer) {
	t.Helper()
	s, c := founded(t)
	pruning(t, s, 400)
	cycle := put(t, s, keeper(), &cyber.Cycle{Year: 2027, Framework: framework.CSF20})
	answer := &cyber.Answer{Cycle: cycle, Partner: raytown, Item: "PR.AA-01", Level: cyber.Informal,
		Note: "first secret"}
	answer.ID = put(t, s, keeper(), answer)
	return s, c, answer
}

func TestReplacedConfidentialValuesLeaveTheJournal(t *testing.T) {
	s, c, answer := assessed(t)
	lasting := put(t, s, keeper(), &cyber.Answer{Cycle: answer.Cycle, Partner: raytown, Item: "PR.AA-02",
		Level: cyber.Informal, Note: "lasting secret"})
	c.advance(24 * time.Hour)
	answer.Note = "second secret"
	put(t, s, keeper(), answer)
	c.advance(300 * 24 * time.Hour)
	answer.Note = "third secret"
	put(t, s, keeper(), answer)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 0 {
		t.Fatalf("pruned %d too early: %v", n, err)
	}
	c.advance(101 * 24 * time.Hour)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	got := historyText(t, s, s.As(keeper()), "answers", uint64(answer.ID))
	if strings.Contains(got, "first") || !strings.Contains(got, "second") || !strings.Contains(got, "third") {
		t.Error(got)
	}
	clean(t, s)
	c.advance(300 * 24 * time.Hour)
	if _, _, err := s.BackupDaily(t.Context()); err != nil { // prunes
		t.Fatal(err)
	}
	got = historyText(t, s, s.As(keeper()), "answers", uint64(answer.ID))
	if strings.Contains(got, "second") || !strings.Contains(got, "third") {
		t.Error(got)
	}
	if got := historyText(t, s, s.As(keeper()), "answers", uint64(lasting)); !strings.Contains(got, "lasting") {
		t.Error("a value that was not replaced is gone")
	}
	if _, err := s.Purge(t.Context(), keeper(), c.now()); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
	want := s.durable.Load()
	s.Close()
	into := filepath.Join(t.TempDir(), "again.db")
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	sameState(t, want, openAt(t, into, s.options).durable.Load())
}

// TestAReplacedValueLeavesTheBaseOfAPurgedHistory as well, which holds what was so when
// the purge was made.
func TestAReplacedValueLeavesTheBaseOfAPurgedHistory(t *testing.T) {
	s, c, answer := assessed(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	c.advance(24 * time.Hour)
	if n, err := s.Purge(t.Context(), keeper(), c.now()); err != nil || n != 5 {
		t.Fatal(n, err)
	}
	answer.Note = "second secret"
	put(t, s, keeper(), answer)
	c.advance(401 * 24 * time.Hour)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Errorf("%d entries are changed: %v", n, err)
	}
	clean(t, s)
	if data, err := os.ReadFile(s.path); err != nil || bytes.Contains(data, []byte("first secret")) ||
		!bytes.Contains(data, []byte("second secret")) {
		t.Errorf("the base still holds what was replaced: %v", err)
	}
}

func TestWhatWasPrunedIsNotUndone(t *testing.T) {
	s, c := founded(t)
	cycle := put(t, s, keeper(), &cyber.Cycle{Year: 2027, Framework: framework.CSF20})
	sam := as("sam", access.Assessor, field.Party(raytown))
	answer := &cyber.Answer{Cycle: cycle, Partner: raytown, Item: "PR.AA-01", Level: cyber.Informal, Note: "first"}
	answer.ID = put(t, s, sam, answer)
	answer.Note = "second"
	put(t, s, sam, answer)
	pruning(t, s, 30)
	c.advance(31 * 24 * time.Hour)
	if _, err := s.PruneConfidential(t.Context()); err != nil {
		t.Fatal(err)
	}
	refusedBy(t, failure.NotFound, s.Undo, sam)
}

func TestBackupsAreWholeFilesOfTheMoment(t *testing.T) {
	s, _ := lively(t)
	want := s.durable.Load()
	path := filepath.Join(t.TempDir(), "sub", "copy.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	refused(t, failure.Conflict, s.Backup(t.Context(), path))
	put(t, s, keeper(), person(raytown, "After"))
	sameState(t, want, openAt(t, path, s.options).durable.Load())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, path+"2"); err == nil {
		t.Error("a cancelled backup was made")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*copy.db2*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestDailyBackupsAreKeptForFourteenDays(t *testing.T) {
	s, c := founded(t)
	for day := range 20 {
		path, made, err := s.BackupDaily(t.Context())
		if err != nil || !made {
			t.Fatal(day, made, err)
		}
		if _, made, err := s.BackupDaily(t.Context()); err != nil || made {
			t.Fatalf("%s was made twice: %v", path, err)
		}
		c.advance(24 * time.Hour)
	}
	list := s.Backups()
	if len(list) != backupsKept || filepath.Base(list[0]) != "interlocal-2027-03-23.db" {
		t.Errorf("%d backups, newest %s", len(list), list[0])
	}
	if report, err := CheckFile(list[0], s.options); err != nil || !report.Clean() {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestRestoringKeepsWhatWasThere(t *testing.T) {
	s, c := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	old := s.durable.Load()
	backup := filepath.Join(t.TempDir(), "old.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Bea"))
	newer := s.durable.Load()
	s.Close()
	kept, err := Restore(s.path, backup, s.options)
	if err != nil || !strings.HasPrefix(kept, s.path+".before-restore-") {
		t.Fatal(kept, err)
	}
	r := openAt(t, s.path, s.options)
	sameState(t, old, r.durable.Load())
	clean(t, r)
	r.Close()
	c.advance(time.Second)
	if _, err := Restore(s.path, kept, s.options); err != nil {
		t.Fatal(err)
	}
	r = openAt(t, s.path, s.options)
	sameState(t, newer, r.durable.Load())
	r.Close()
	bad := filepath.Join(t.TempDir(), "bad.db")
	data, _ := os.ReadFile(backup)
	data[len(data)/2] ^= 0xff
	for i := range data[:4096*8] {
		data[i] ^= byte(i % 3)
	}
	os.WriteFile(bad, data, 0o600)
	if kept, err := Restore(s.path, bad, s.options); err == nil || kept != "" || !strings.Contains(err.Error(), bad) {
		t.Errorf("a damaged backup was restored: %v", err)
	}
	if kept, err := Restore(s.path, bad+"x", s.options); failure.CodeOf(err) != failure.NotFound || kept != "" {
		t.Errorf("a missing backup: %v", err)
	}
	sameState(t, newer, openAt(t, s.path, s.options).durable.Load())
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	if kept, err := Restore(fresh, backup, Options{Schema: s.schema, Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: c.now}); err != nil || kept != "" {
		t.Errorf("restoring where there was no file: %q, %v", kept, err)
	}
}

func TestCompactingGivesUnusedPagesBack(t *testing.T) {
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 5000 {
			if _, err := field.Put(tx, person(raytown, fmt.Sprint("Person ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := s.Undo(t.Context(), keeper()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Ann", "Cid", "Dee"} { // what the undo freed is free once nobody reads it
		put(t, s, keeper(), person(raytown, name))
	}
	want, free := s.durable.Load(), s.Stats().FreePages
	before, after, err := s.Compact(t.Context())
	if err != nil || after >= before || free < 100 || s.Stats().FreePages > 10 {
		t.Errorf("%d pages free; from %d to %d bytes, then %d pages free: %v", free, before, after,
			s.Stats().FreePages, err)
	}
	sameState(t, want, s.durable.Load())
	put(t, s, keeper(), person(raytown, "Bea"))
	clean(t, s)
	want = s.durable.Load()
	sameState(t, want, reopen(t, s).durable.Load())
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.path), ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestManyFreePagesAreNoticed(t *testing.T) {
	s, _ := founded(t)
	err := s.alter(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("ballast"))
		if err != nil {
			return err
		}
		return b.Put([]byte("x"), make([]byte, (compactAbove+100)*os.Getpagesize()))
	})
	if err == nil {
		err = s.alter(func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("ballast")) })
	}
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, keeper(), person(raytown, "Ann"))
	before := fileSize(s.path)
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := fileSize(s.path); after > before/10 {
		t.Errorf("from %d to %d bytes", before, after)
	}
	clean(t, s)
}
