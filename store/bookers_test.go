package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
)

// bookers is how many people book at once in the process that is killed.
const bookers = 100

// helperBooker lets many book the same machines, and says on its output what
// each has won, until it is killed.
func helperBooker(path string) int {
	s, err := Open(path, Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: newClock().now})
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	var mu sync.Mutex
	fmt.Println("ready")
	for who := range bookers {
		go func() {
			rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(who)))
			for {
				unit, slot := lending.EquipmentID(1+rng.IntN(10)), rng.IntN(4000)
				v := &lending.Reservation{Unit: unit, Borrower: partnership.PartnerID(1 + who%5),
					State: lending.Approved,
					Start: wall(slot/8, 6+2*(slot%8)), End: wall(slot/8, 6+2*(slot%8)+1+rng.IntN(2))}
				var id lending.ReservationID
				_, err := s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) (err error) {
					id, err = field.Put(tx, v)
					return err
				})
				if err == nil {
					mu.Lock()
					fmt.Println("won", uint64(id), uint64(unit), int64(v.Start.V))
					mu.Unlock()
				}
			}
		}()
	}
	time.Sleep(time.Hour) // until killed
	return 0
}

// TestBookersSurviveKills: however often the process is killed, what was
// acknowledged is there and nothing is given twice.
func TestBookersSurviveKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	rounds := 2
	if long() {
		rounds = 100
	}
	path, o := filepath.Join(t.TempDir(), "desk.db"), Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		PruneAfter: partnership.PruneAfter, Now: newClock().now}
	s := openAt(t, path, o)
	fillFounding(t, s)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 10 {
			e := &lending.Equipment{Tag: fmt.Sprint("T-", i), Name: "Truck", Owner: 1, Status: lending.EquipmentActive,
				Shareable: true}
			if _, err := field.Put(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	won := 0
	for range rounds {
		lines := killBooker(t, path, time.Duration(100+rand.IntN(300))*time.Millisecond)
		won += len(lines)
		again, err := Open(path, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			v := loanOf(again, lending.ReservationID(l[0]))
			if v == nil || uint64(v.Unit) != l[1] || uint64(v.Start.V) != l[2] {
				t.Fatalf("reservation %d was acknowledged and is %+v", l[0], v)
			}
		}
		loansHold(t, again)
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if won == 0 {
		t.Error("nobody won anything")
	}
	t.Logf("%d bookings acknowledged in %d rounds", won, rounds)
}

// killBooker runs bookers on a file, kills them after a while and gives what
// they had won.
func killBooker(t *testing.T, path string, after time.Duration) (won [][3]uint64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORE_TEST_HELPER=booker", "STORE_TEST_FILE="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var l [3]uint64
		switch n, _ := fmt.Sscanf(lines.Text(), "won %d %d %d", &l[0], &l[1], &l[2]); {
		case lines.Text() == "ready":
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		case n == 3:
			won = append(won, l)
		}
	}
	cmd.Wait() // killed, as it should be
	return won
}
