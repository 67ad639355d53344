package store

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"interlocal/model/access"
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
	s := openAt(t, path, options(c))
	put(t, s, keeper(), person(raytown, "Today"))
	entries, err := s.As(keeper()).Recent(1, 0)
	if err != nil || !entries[0].At.Equal(c.now()) {
		t.Errorf("%+v, %v", entries, err)
	}
	report, err := s.Check(t.Context())
	if err != nil || !report.Clean() || report.Ahead == 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
