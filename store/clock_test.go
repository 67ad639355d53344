package store

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// set puts the clock to a time, backward as well.
func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// wrongly makes a change while the clock stands in 2038 and puts it right again.
func wrongly(t *testing.T, s *Store, c *clock) {
	t.Helper()
	right := c.now()
	c.set(time.Date(2038, 1, 20, 9, 0, 0, 0, time.UTC))
	put(t, s, keeper(), person(raytown, "From 2038"))
	c.set(right)
}

func TestAChangeTakesItsTimeFromTheClockNotFromTheLastEntry(t *testing.T) {
	s, c := founded(t)
	wrongly(t, s, c)
	right := c.now()
	update(t, s, keeper(), func(tx *Tx) error {
		if !tx.Time().Equal(right) || tx.Today() != value.DayOf(right.In(s.location(s.durable.Load()))) {
			t.Errorf("a change is made at %v, the clock says %v", tx.Time(), right)
		}
		_, err := field.Put(tx, person(raytown, "From today"))
		return err
	})
	entries, err := s.As(keeper()).Recent(2, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !entries[0].At.Equal(right) || entries[1].At.Year() != 2038 || entries[0].Rev != entries[1].Rev+1 {
		t.Errorf("history is not in the order of revisions: %+v", entries)
	}
	report, err := s.Check(t.Context())
	if err != nil || !report.Clean() {
		t.Fatal(report, err)
	}
	if report.Ahead != 1 || report.Latest.Year() != 2038 {
		t.Errorf("%d entries are of a time to come, as late as %v", report.Ahead, report.Latest)
	}
	want := s.durable.Load()
	s.Close()
	into := filepath.Join(t.TempDir(), "again.db")
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	again := openAt(t, into, s.options)
	sameState(t, want, again.durable.Load())
	if _, err := again.Undo(t.Context(), keeper()); err != nil {
		t.Errorf("the latest change is not undone: %v", err)
	}
}

func TestAnOperationOfATimeToComeIsNotARepeat(t *testing.T) {
	s, c := founded(t)
	right := c.now()
	twice := func() Result {
		t.Helper()
		res, err := s.Update(t.Context(), keeper(), Op{ID: "import"}, func(tx *Tx) error {
			_, err := field.Put(tx, person(raytown, "Somebody"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	c.set(right.AddDate(11, 0, 0))
	twice()
	c.set(right)
	if twice().Repeat {
		t.Error("what was done eleven years from now is taken for a repeat today")
	}
	if !twice().Repeat {
		t.Error("what was done today is no repeat")
	}
}

func TestHistoryIsRemovedPastAnEntryOfATimeToCome(t *testing.T) {
	s, c := founded(t)
	pruning(t, s, 400)
	wrongly(t, s, c)
	replacedSecret(t, s)
	c.advance(401 * 24 * time.Hour)
	if n, err := s.PruneConfidential(t.Context()); err != nil || n != 2 {
		t.Errorf("pruned %d, %v", n, err)
	}
	last := put(t, s, keeper(), person(raytown, "Stays"))
	if n, err := s.Purge(t.Context(), as("root", access.Admin, 0), c.now().Add(-time.Hour)); err != nil || n == 0 {
		t.Errorf("purged %d, %v", n, err)
	}
	if list, err := s.As(keeper()).History("people", uint64(last), 0); err != nil || len(list) != 1 {
		t.Errorf("history after the cut: %v, %v", list, err)
	}
	clean(t, s)
}

// TestAFileOfAClockIn2038 opens a file one change of which was made with the
// clock at Jan 20, 2038.
func TestAFileOfAClockIn2038(t *testing.T) {
	from, err := os.Open("../../shared/cases/store/clock-2038.db")
	if err != nil {
		t.Skip("the case is not here")
	}
	defer from.Close()
	path := filepath.Join(t.TempDir(), "clock.db")
	to, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil || to.Close() != nil {
		t.Fatal(err)
	}
	c := newClock()
	o := options(c)
	o.AskClock = true
	s := openAt(t, path, o)
	report, err := s.Check(t.Context())
	if err != nil || !report.Clean() || report.Ahead == 0 {
		t.Errorf("%+v, %v", report, err)
	}
	refused(t, failure.Unusable, tryPut(t, s, "Today"))
	b, err := s.BelieveClock(t.Context(), keeper())
	if err != nil || b.Marked != report.Ahead {
		t.Errorf("%+v, %v", b, err)
	}
	put(t, s, keeper(), person(raytown, "Today"))
	entries, err := s.As(keeper()).Recent(1, 0)
	if err != nil || !entries[0].At.Equal(c.now()) {
		t.Errorf("%+v, %v", entries, err)
	}
	if report := clean(t, s); report.Ahead != 0 {
		t.Errorf("%+v", report)
	}
}

// asking makes a store that asks about its clock and has a steady one beside it.
func asking(t *testing.T) (s *Store, c *clock, ran *time.Duration) {
	t.Helper()
	s, c = founded(t)
	s.Close()
	ran = new(time.Duration)
	s.options.AskClock, s.options.Steady = true, func() time.Duration { return *ran }
	return openAt(t, s.path, s.options), c, ran
}

// tryPut makes a change and gives the error.
func tryPut(t *testing.T, s *Store, name string) error {
	t.Helper()
	_, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := field.Put(tx, person(raytown, name))
		return err
	})
	return err
}

func TestAClockThatJumpedIsAskedAboutBeforeTheFirstChange(t *testing.T) {
	for name, away := range map[string]time.Duration{"back": -25 * time.Hour, "far back": -700 * time.Hour,
		"ahead": 11 * 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			s, c, _ := asking(t)
			right, o := c.now(), s.options
			s.Close()
			c.advance(away)
			s = openAt(t, s.path, o)
			sentence := refused(t, failure.Unusable, tryPut(t, s, "Doubtful"))
			for _, want := range []string{"Mar 4, 2027", "nothing is saved", "interlocal --db " + s.path + " clock right"} {
				if !strings.Contains(sentence, want) {
					t.Errorf("%q does not say %q", sentence, want)
				}
			}
			if d := s.ClockDoubt(); d == nil || !d.Now.Equal(c.now()) || !d.Last.Equal(right) {
				t.Errorf("%+v", d)
			}
			c.set(right)
			if err := tryPut(t, s, "Set right"); err != nil {
				t.Error(err)
			}
			c.advance(away)
			_, err := s.BelieveClock(t.Context(), as("x", access.Coordinator, 0))
			refused(t, failure.Forbidden, err)
			if _, err := s.BelieveClock(t.Context(), keeper()); err != nil {
				t.Fatal(err)
			}
			if err := tryPut(t, s, "Believed"); err != nil {
				t.Error(err)
			}
			clean(t, s)
		})
	}
}

func TestAClockIsNotAskedAboutAfterAQuietMonthOrANight(t *testing.T) {
	s, c, ran := asking(t)
	for _, quiet := range []time.Duration{time.Minute, 16 * time.Hour, 31 * 24 * time.Hour, 89 * 24 * time.Hour} {
		c.advance(quiet)
		*ran += quiet
		if err := tryPut(t, s, "Later"); err != nil {
			t.Error(quiet, err)
		}
	}
	c.advance(-23 * time.Hour) // another machine's clock, or its zone
	if err := tryPut(t, s, "Elsewhere"); err != nil {
		t.Error(err)
	}
}

func TestAClockThatJumpsWhileTheServerRunsIsAskedAbout(t *testing.T) {
	s, c, ran := asking(t)
	right := c.now()
	c.advance(48 * time.Hour)
	*ran += time.Hour
	sentence := refused(t, failure.Unusable, tryPut(t, s, "Jumped"))
	if !strings.Contains(sentence, "moved from") {
		t.Error(sentence)
	}
	c.set(right.Add(time.Hour))
	if err := tryPut(t, s, "Back"); err != nil {
		t.Error(err)
	}
	s.Close()
	c.set(time.Date(1970, 1, 1, 0, 5, 0, 0, time.UTC)) // a machine without a battery starts
	s = openAt(t, s.path, s.options)
	refused(t, failure.Unusable, tryPut(t, s, "1970"))
	*ran += time.Minute
	c.set(right.Add(2 * time.Hour)) // and asks for the time
	if err := tryPut(t, s, "Set by the network"); err != nil {
		t.Error(err)
	}
	if s.ClockDoubt() != nil {
		t.Error("a clock that was set right is doubted")
	}
}

func TestWhatWasDoneUnderAWrongClockIsMarked(t *testing.T) {
	s, c := founded(t)
	wrongly(t, s, c)
	put(t, s, keeper(), person(raytown, "After"))
	wrongly(t, s, c)
	wrong := s.durable.Load().rev
	s.Close()
	s.options.AskClock = true
	s = openAt(t, s.path, s.options)
	refused(t, failure.Unusable, tryPut(t, s, "Doubtful"))
	b, err := s.BelieveClock(t.Context(), keeper())
	if err != nil || b.Marked != 2 {
		t.Fatalf("%+v, %v", b, err)
	}
	if _, err := s.MarkClock(t.Context(), keeper(), 1, 1); err != nil {
		t.Fatal(err)
	}
	for _, r := range []revRange{{0, 1}, {3, 2}, {1, 999}} {
		_, err := s.MarkClock(t.Context(), keeper(), r.from, r.to)
		refused(t, failure.Invalid, err)
	}
	marks := func(s *Store) (out []uint64) {
		entries, err := s.As(keeper()).Recent(0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.WrongClock {
				out = append(out, e.Rev)
			}
		}
		return out
	}
	want := []uint64{wrong, wrong - 2, 1}
	if got := marks(s); !slices.Equal(got, want) {
		t.Errorf("marked %v, want %v", got, want)
	}
	if report := clean(t, s); report.Ahead != 0 {
		t.Errorf("%d are still reported", report.Ahead)
	}
	if err := tryPut(t, s, "Today"); err != nil {
		t.Error(err)
	}
	s = reopen(t, s)
	if got := marks(s); !slices.Equal(got, want) {
		t.Errorf("after opening again, marked %v", got)
	}
	into := filepath.Join(t.TempDir(), "again.db")
	s.Close()
	if err := Replay(t.Context(), s.path, into, s.options); err != nil {
		t.Fatal(err)
	}
	if got := marks(openAt(t, into, s.options)); !slices.Equal(got, want) {
		t.Errorf("replayed, marked %v", got)
	}
}

func TestBackupsAreOrderedByWhatIsInThem(t *testing.T) {
	s, c := founded(t)
	right := c.now()
	c.set(time.Date(2038, 1, 20, 9, 0, 0, 0, time.UTC))
	early, _, err := s.BackupDaily(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.set(right)
	var last string
	for range backupsKept + 3 {
		put(t, s, keeper(), person(raytown, "More"))
		if last, _, err = s.BackupDaily(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.advance(24 * time.Hour)
	}
	list := s.Backups()
	if len(list) != backupsKept || list[0] != last || slices.Contains(list, early) {
		t.Errorf("%v", list)
	}
	if err := os.WriteFile(list[1], []byte("half a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := s.Backups(); again[0] != last || again[len(again)-1] != list[1] {
		t.Errorf("one that cannot be read is not last: %v", again)
	}
}

func TestDraftsDoNotExpireByAClockInDoubt(t *testing.T) {
	s, c, _ := asking(t)
	right := c.now()
	s.SaveDraft(keeper(), "people/1", []byte("half a sentence"))
	c.set(right.AddDate(11, 0, 0))
	if _, _, err := s.BackupDaily(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.set(right)
	if data, _, ok := s.Draft(keeper(), "people/1"); !ok || string(data) != "half a sentence" {
		t.Error("the draft is gone")
	}
}

func TestAClockIsBelievedUpToABound(t *testing.T) {
	c := newClock()
	o := options(c)
	o.AskClock = true
	s := openAt(t, filepath.Join(t.TempDir(), "desk.db"), o)
	fillFounding(t, s)
	last := s.durable.Load().at
	for _, x := range []struct {
		at     time.Duration
		doubts bool
	}{{-clockBack, false}, {-clockBack - 1, true}, {clockAhead, false}, {clockAhead + 1, true}} {
		c.set(last.Add(x.at))
		if got := s.ClockDoubt(); (got != nil) != x.doubts {
			t.Errorf("%v after the last change: %+v", x.at, got)
		}
	}
}

func TestAClockMayDriftByADay(t *testing.T) {
	c := newClock()
	o, steady := options(c), time.Hour
	o.AskClock, o.Steady = true, func() time.Duration { return steady }
	s := openAt(t, filepath.Join(t.TempDir(), "desk.db"), o)
	fillFounding(t, s)
	for _, step := range []time.Duration{clockDrift, 1} {
		c.advance(step)
		if got := s.ClockDoubt(); (got != nil) != (step == 1) {
			t.Errorf("%v further the clock is doubted: %+v", step, got)
		}
	}
	c.advance(-2 * clockDrift) // from a moment ahead to just as far behind
	if got := s.ClockDoubt(); got != nil {
		t.Errorf("a day behind the steady clock is doubted: %+v", got)
	}
}

func TestMarksReachFromTheFirstToTheLast(t *testing.T) {
	s, _ := founded(t)
	for range 4 {
		put(t, s, keeper(), person(raytown, "Ann"))
	}
	for _, bad := range [][2]uint64{{0, 1}, {3, 2}, {5, 6}} {
		_, err := s.MarkClock(t.Context(), keeper(), bad[0], bad[1])
		refused(t, failure.Invalid, err)
	}
	for _, good := range [][2]uint64{{2, 3}, {5, 5}} {
		if _, err := s.MarkClock(t.Context(), keeper(), good[0], good[1]); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		for rev, want := range map[uint64]bool{1: false, 2: true, 3: true, 4: false, 5: true, 6: false} {
			if s.wrongClock(rev) != want {
				t.Errorf("change %d is marked: %v", rev, !want)
			}
		}
		s = reopen(t, s)
	}
}
