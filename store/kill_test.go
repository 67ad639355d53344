package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// runHelper is this binary run again as a process of its own.
func runHelper(name string) int {
	switch name {
	case "booker":
		return helperBooker(os.Getenv("STORE_TEST_FILE"))
	case "powercut":
		return helperPowercut(os.Getenv("STORE_TEST_FILE"))
	case "writer":
		return helperWriter(os.Getenv("STORE_TEST_FILE"))
	}
	return 2
}

// helperWriter writes from several goroutines and types a draft, and says on its
// output what is on disk, until it is killed.
func helperWriter(path string) int {
	s, err := Open(path, Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: newClock().now})
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	var mu sync.Mutex
	say := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Printf(format+"\n", args...)
	}
	say("ready")
	for w := range 4 {
		go func() {
			rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(w)))
			for n := 0; ; n++ {
				helperWrite(s, rng, say, fmt.Sprint("w", w))
			}
		}()
	}
	for n := 0; ; n++ {
		s.SaveDraft(keeper(), "people/new", []byte(strconv.Itoa(n)))
		say("draft %d %d", n, time.Now().UnixNano())
		time.Sleep(5 * time.Millisecond)
	}
}

// helperWrite makes one random change and says so once it is acknowledged.
func helperWrite(s *Store, rng *rand.Rand, say func(string, ...any), user string) {
	ctx, id := context.Background(), as(user, access.Coordinator, 0)
	switch rng.IntN(6) {
	case 0:
		if u, err := s.Undo(ctx, id); err == nil {
			say("undone %d %d", u.Of, u.Rev)
		}
	default:
		title, n := strconv.Itoa(rng.IntN(1e9)), uint64(0)
		res, err := s.Update(ctx, id, Op{}, func(tx *Tx) (err error) {
			p := person(raytown, user)
			p.Title = title
			for range rng.IntN(20) { // some changes are larger
				if _, err := field.Put(tx, person(grandview, title)); err != nil {
					return err
				}
			}
			n, err = tx.Put("people", p)
			return err
		})
		if err == nil {
			say("put %d %d %s", res.Rev, n, title)
		}
	}
}

// acknowledged is what a killed writer had said.
type acknowledged struct {
	puts   map[uint64][2]string // by revision: the person's number and title
	undone map[uint64]uint64    // revision and the one that undid it
	rev    uint64               // the newest
	draft  int                  // the newest that was a second old, -1 for none
}

// killWriter runs a writer on a file, kills it after a while and gives what it
// had acknowledged.
func killWriter(t *testing.T, path string, after time.Duration) acknowledged {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORE_TEST_HELPER=writer", "STORE_TEST_FILE="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	got := acknowledged{puts: map[uint64][2]string{}, undone: map[uint64]uint64{}, draft: -1}
	type typed struct {
		n  int
		at int64
	}
	var drafts []typed
	lines := bufio.NewScanner(out)
	var killed atomic.Int64
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		number := func(i int) uint64 { n, _ := strconv.ParseUint(f[i], 10, 64); return n }
		switch {
		case f[0] == "ready":
			time.AfterFunc(after, func() {
				killed.Store(time.Now().UnixNano())
				cmd.Process.Kill()
			})
		case f[0] == "put" && len(f) == 4:
			got.puts[number(1)] = [2]string{f[2], f[3]}
			got.rev = max(got.rev, number(1))
		case f[0] == "undone" && len(f) == 3:
			got.undone[number(1)] = number(2)
			got.rev = max(got.rev, number(2))
		case f[0] == "draft" && len(f) == 3:
			drafts = append(drafts, typed{int(number(1)), int64(number(2))})
		case f[0] == "error":
			t.Fatal(lines.Text())
		}
	}
	cmd.Wait() // killed, as it should be
	for _, d := range drafts {
		if killed.Load()-d.at > int64(time.Second) {
			got.draft = d.n
		}
	}
	return got
}

func TestAcknowledgedWritesSurviveBeingKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	rounds := 4
	if long() {
		rounds = 400
	}
	var path string
	o, writes := Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter,
		Now: newClock().now}, 0
	for i := range rounds {
		if i%10 == 0 { // a file is killed over ten times
			path = filepath.Join(t.TempDir(), "desk.db")
			s := openAt(t, path, o)
			fillFounding(t, s)
			s.Close()
		}
		after := time.Duration(rand.IntN(400)) * time.Millisecond
		if i%4 == 3 {
			after += 1200 * time.Millisecond // long enough for drafts to be owed
		}
		got := killWriter(t, path, after)
		writes += len(got.puts) + len(got.undone)
		afterKill(t, path, o, got)
	}
	if writes == 0 {
		t.Error("nothing was acknowledged in any round")
	}
	t.Logf("%d acknowledged writes in %d rounds", writes, rounds)
}

// afterKill opens a file whose writer was killed and looks for everything the
// writer had acknowledged.
func afterKill(t *testing.T, path string, o Options, got acknowledged) {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if rev := s.As(keeper()).View().Rev(); rev < got.rev {
		t.Fatalf("revision %d, but %d was acknowledged", rev, got.rev)
	}
	for rev, put := range got.puts {
		e, err := s.As(keeper()).Entry(rev, 0)
		if err != nil {
			t.Fatal(err)
		}
		last := e.Changes[len(e.Changes)-1]
		if p, ok := last.After.(*partnership.Person); !ok || p.Title != put[1] ||
			strconv.FormatUint(last.ID, 10) != put[0] {
			t.Fatalf("revision %d holds %+v, want %v", rev, last.After, put)
		}
	}
	for of, rev := range got.undone {
		if e, err := s.As(keeper()).Entry(rev, 0); err != nil || e.Kind != EntryUndo || e.Of != of {
			t.Fatalf("revision %d is %+v, want an undo of %d: %v", rev, e, of, err)
		}
	}
	if got.draft >= 0 {
		data, _, ok := s.Draft(keeper(), "people/new")
		if n, _ := strconv.Atoi(string(data)); !ok || n < got.draft {
			t.Fatalf("draft %q, but %d was typed a second before the end", data, got.draft)
		}
	}
	clean(t, s)
}
