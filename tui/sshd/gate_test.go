package sshd

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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

// Who signed in before the server began anew is known to it.
func TestTheGateRecallsWhoCame(t *testing.T) {
	k := newKnocks(Limits{Waiting: 20, WaitingFrom: 10})
	k.recall(map[string]time.Time{"203.0.113.7": k.at.Add(-time.Hour), "2001:db8::5": k.at,
		"198.51.100.1": k.at.Add(-2 * remembered)})
	for who, want := range map[string]bool{"203.0.113.7": true, "2001:db8::/64": true, "198.51.100.1": false,
		"192.0.2.1": false} {
		if k.isKnown(who) != want {
			t.Errorf("%s is known: %v", who, !want)
		}
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
	q.quiet = time.Millisecond
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

// While connections that say nothing come again and again from one address or
// from fifty, whoever has a key comes in.
func TestHonestPeopleComeInDuringAFlood(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems have one loopback address")
	}
	for _, addresses := range []int{1, 50} {
		if late := inAFlood(t, newHouse(t, Limits{}), 200, addresses, 10); late > 0 {
			t.Errorf("%d addresses: %d of 10 were late or turned away", addresses, late)
		}
	}
}

// BenchmarkHonestPeopleInAFlood counts who of a hundred is late by two seconds
// while two thousand connections keep coming.
func BenchmarkHonestPeopleInAFlood(b *testing.B) {
	for _, addresses := range []int{1, 50} {
		b.Run(strconv.Itoa(addresses), func(b *testing.B) {
			for range b.N {
				b.ReportMetric(float64(inAFlood(b, newHouse(b, Limits{}), 2000, addresses, 100)), "late/100")
			}
		})
	}
}

// inAFlood lets people sign in one after the other during a flood and counts
// those who are turned away or wait for more than two seconds.
func inAFlood(t testing.TB, h *house, size, addresses, people int) (late int) {
	t.Helper()
	key := h.guest("dana")
	ctx, cancel := context.WithCancel(t.Context())
	var floods sync.WaitGroup
	defer floods.Wait()
	defer cancel()
	var open atomic.Int64
	for i := range size {
		from := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(i%addresses))}
		floods.Go(func() { flood(ctx, h.addr, from, &open) })
	}
	until(t, "a flood", func() bool { return open.Load() > 2*int64(size) })
	for range people {
		began := time.Now()
		c, err := h.dial(key)
		if err != nil || time.Since(began) > 2*time.Second {
			late++
		}
		if err == nil {
			c.Close()
		}
	}
	return late
}

// flood holds a connection that says nothing, and comes again when it is cut.
func flood(ctx context.Context, addr string, from *net.TCPAddr, open *atomic.Int64) {
	d := net.Dialer{LocalAddr: from}
	for ctx.Err() == nil {
		nc, err := d.DialContext(ctx, "tcp", addr)
		if err != nil {
			continue
		}
		open.Add(1)
		stop := context.AfterFunc(ctx, func() { nc.Close() })
		io.Copy(io.Discard, nc)
		stop()
		nc.Close()
	}
}

func TestLimitsAreReadAsPeopleWriteThem(t *testing.T) {
	l, err := ParseLimits([]string{"idle=1h", "waiting-from=7", "input=1048576"})
	if err != nil || l.Idle != time.Hour || l.WaitingFrom != 7 || l.Input != 1<<20 || l.Waiting != 0 {
		t.Errorf("%+v, %v", l, err)
	}
	all, err := ParseLimits(LimitNames())
	if err != nil || all != DefaultLimits() {
		t.Errorf("what is listed is read as %+v, %v", all, err)
	}
	for _, wrong := range []string{"", "idle", "idle=soon", "idle=-1h", "waiting=0", "waiting=many", "Idle=1h",
		"width=4"} {
		if _, err := ParseLimits([]string{wrong}); err == nil || !strings.Contains(err.Error(), "idle=30m") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}
