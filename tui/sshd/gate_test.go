package sshd

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
)

// knocks is a gate whose clock and chance a test has in its hand.
type knocks struct {
	*gate
	at  time.Time
	cut map[*waiter]bool
}

func newKnocks(l Limits) *knocks {
	k := &knocks{at: time.Unix(1_800_000_000, 0), cut: map[*waiter]bool{}}
	k.gate = newGate(l, func() time.Time { return k.at }, rand.New(rand.NewPCG(1, 2)).IntN)
	return k
}

func (k *knocks) knock(who string) *waiter {
	var w *waiter
	w, _ = k.enter(who, func() {})
	return w
}

// A flood from one address or from fifty takes no place from anybody else.
func TestAFloodMakesRoom(t *testing.T) {
	for _, addresses := range []int{1, 50} {
		k := newKnocks(DefaultLimits())
		for i := range 2000 {
			k.knock("flood" + strconv.Itoa(i%addresses))
			if i%40 != 0 {
				continue
			}
			honest := k.knock("honest" + strconv.Itoa(i))
			for j := range 40 { // while it logs in, the flood goes on
				k.knock("flood" + strconv.Itoa(j%addresses))
			}
			if honest.out {
				t.Fatalf("%d addresses: somebody who signs in made room for the flood", addresses)
			}
			k.leave(honest, true)
		}
		if k.total > k.limits.Waiting {
			t.Errorf("%d wait, %d may", k.total, k.limits.Waiting)
		}
	}
}

func TestFinesGrowAndFade(t *testing.T) {
	k := newKnocks(Limits{Waiting: 100, WaitingFrom: 20})
	most := func() int { return k.most("a") }
	if most() != 20 {
		t.Fatalf("%d may wait from an address nothing is known of", most())
	}
	for range 40 {
		k.leave(k.knock("a"), false)
	}
	if got := most(); got != 4 {
		t.Errorf("after forty logins that came to nothing, %d may wait", got)
	}
	for range 1000 {
		k.leave(k.knock("a"), false)
	}
	if got := most(); got != 1 {
		t.Errorf("after a thousand, %d may wait", got)
	}
	k.at = k.at.Add(10 * time.Minute)
	if got := most(); got < 18 {
		t.Errorf("ten minutes later %d may wait", got)
	}
}

// A town hall behind one address keeps its places, whoever knocks in vain there,
// and finds room when the gate is full.
func TestATownHallIsWelcome(t *testing.T) {
	k := newKnocks(Limits{Waiting: 20, WaitingFrom: 10})
	k.leave(k.knock("hall"), true)
	for range 500 {
		k.leave(k.knock("hall"), false)
	}
	if got := k.most("hall"); got != 10 {
		t.Errorf("%d of a town hall may wait", got)
	}
	for i := range 20 {
		k.knock("stranger" + strconv.Itoa(i))
	}
	for range 5 {
		if w, made := k.enter("hall", func() {}); made != nil || w.out {
			t.Error("the places kept for a town hall were taken")
		}
	}
	for i := range 30 {
		k.knock("later" + strconv.Itoa(i))
	}
	if n := len(k.from["hall"]); n != 5 {
		t.Errorf("%d of five from the town hall are left", n)
	}
	k.at = k.at.Add(remembered)
	if k.isKnown("hall") {
		t.Error("a login of last month still counts")
	}
}

func TestTheGateForgets(t *testing.T) {
	k := newKnocks(DefaultLimits())
	for i := range 3 * mostRecords {
		k.leave(k.knock(strconv.Itoa(i)), false)
	}
	if len(k.records) > mostRecords || len(k.from) != 0 || k.total != 0 {
		t.Errorf("%d addresses are remembered, %d wait", len(k.records), k.total)
	}
}

func TestHeavyCommandsWaitTheirTurn(t *testing.T) {
	q := newTurns(2)
	take := func(who string) (done func(), told string) {
		ctx, cancel := context.WithCancel(t.Context())
		done, err := q.take(ctx, who, func(words string) { told = words; cancel() })
		if err != nil {
			done = nil
		}
		return done, told
	}
	dana, _ := take("dana")
	if again, told := take("dana"); again != nil || !strings.Contains(told, "your other command") {
		t.Errorf("a second one of the same person: %q", told)
	}
	lee, _ := take("lee")
	if third, told := take("mo"); third != nil || !strings.Contains(told, "waits its turn") {
		t.Errorf("a third one: %q", told)
	}
	dana()
	mo, told := take("mo")
	if mo == nil || told != "" {
		t.Errorf("after one has ended: %q", told)
	}
	lee()
	mo()
	if len(q.own) != 0 || len(q.places) != 0 {
		t.Errorf("%d persons and %d places are kept", len(q.own), len(q.places))
	}
}

func TestACommandReadsNoMoreThanItMay(t *testing.T) {
	h := newHouse(t, Limits{Input: 1 << 20})
	c := h.must(h.guest("dana"))
	var failed error
	h.runs.Store("eat", func(_ context.Context, c Call) int {
		buf := make([]byte, 1<<16)
		for failed == nil {
			_, failed = c.Stdin.Read(buf)
		}
		return 1
	})
	said(t, c, strings.Repeat("x", 2<<20), "eat")
	if failed == nil || !strings.Contains(failed.Error(), "more came in than a command may read here (1 MB)") {
		t.Error(failed)
	}
}
