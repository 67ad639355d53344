//go:build unix

package e2e

import (
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"golang.org/x/crypto/ssh"
)

// asked is what one of a crowd did to a record: looked at its note, or changed
// it from what it was when last looked at.
type asked struct {
	record    string
	write     bool
	base, new string
}

// answered is what they were told.
type answered struct {
	note string // when looking
	how  string // when changing: "done", "conflict", or "" when nothing was heard
}

// noteModel is a record's note as one value that is changed only from what
// whoever changes it had seen.
func noteModel() porcupine.Model {
	return porcupine.Model{
		Partition: func(all []porcupine.Operation) [][]porcupine.Operation {
			parts := map[string][]porcupine.Operation{}
			for _, op := range all {
				record := op.Input.(asked).record
				parts[record] = append(parts[record], op)
			}
			return slices.Collect(maps.Values(parts))
		},
		Init: func() any { return "" },
		Step: func(state, input, output any) (bool, any) {
			in, out, note := input.(asked), output.(answered), state.(string)
			switch {
			case !in.write:
				return out.note == note, note
			case out.how == "conflict":
				return note != in.base, note
			}
			return note == in.base, in.new
		},
	}
}

// door is whether the server can be reached: it is shut before the server is killed
// and opened when the next one answers.
type door struct {
	mu    sync.Mutex
	moved *sync.Cond
	open  bool
}

func newDoor() *door {
	d := &door{open: true}
	d.moved = sync.NewCond(&d.mu)
	return d
}

func (d *door) set(open bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = open
	d.moved.Broadcast()
}

func (d *door) await() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.open {
		d.moved.Wait()
	}
}

// member is one of the crowd, with a key of their own.
type member struct {
	t    *testing.T
	addr string
	door *door
	key  ssh.Signer
	nc   net.Conn
	ssh  *ssh.Client
}

// mostTries is how often somebody knocks who is not let in; a busy gate sends some
// away.
const mostTries = 1000

// connect signs in once the server can be reached.
func (m *member) connect() {
	var err error
	for range mostTries {
		if m.ssh != nil {
			return
		}
		m.door.await()
		err = m.knock()
	}
	if m.ssh == nil {
		m.t.Errorf("cannot sign in: %v", err)
	}
}

func (m *member) knock() error {
	nc, err := net.Dial("tcp", m.addr)
	if err != nil {
		return err
	}
	conn, chans, reqs, err := ssh.NewClientConn(nc, m.addr, &ssh.ClientConfig{User: "x",
		Auth: []ssh.AuthMethod{ssh.PublicKeys(m.key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		nc.Close()
		return err
	}
	m.nc, m.ssh = nc, ssh.NewClient(conn, chans, reqs)
	return nil
}

// run carries out a command; heard is false when the connection broke.
func (m *member) run(input, line string) (out string, heard bool) {
	if m.connect(); m.ssh == nil {
		return "", false
	}
	s, err := m.ssh.NewSession()
	if err == nil {
		s.Stdin = strings.NewReader(input)
		out, err := s.CombinedOutput(line)
		if _, told := err.(*ssh.ExitError); err == nil || told {
			return string(out), true
		}
	}
	m.ssh.Close()
	m.ssh = nil
	return "", false
}

// look gives a record's revision and note.
func (m *member) look(record string) (rev, note string, ok bool) {
	out, heard := m.run("", "export people --format csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if !heard || err != nil || len(rows) < 2 {
		return "", "", false
	}
	at := slices.Index(rows[0], "note")
	for _, row := range rows[1:] {
		if row[0] == record {
			return row[1], row[at], true
		}
	}
	return "", "", false
}

// crowd keeps what everybody did and heard, in the order of its moments: one is
// counted before something is asked and one when it has been answered, so that what
// was answered before another thing was asked has the smaller number.
type crowd struct {
	moment atomic.Int64
	mu     sync.Mutex
	moved  *sync.Cond
	all    []porcupine.Operation
	done   map[string]string // acknowledged notes and their records
	busy   int               // how many still work
}

// never is after everything that happened.
const never = math.MaxInt64

func newCrowd(people int) *crowd {
	c := &crowd{done: map[string]string{}, busy: people}
	c.moved = sync.NewCond(&c.mu)
	return c
}

func (c *crowd) note(who int, in asked, out answered, call int64) {
	back := c.moment.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if in.write && out.how == "" {
		back = never // it may still come about, as far as anybody knows
	}
	if out.how == "done" {
		c.done[in.new] = in.record
	}
	c.all = append(c.all, porcupine.Operation{ClientId: who, Input: in, Output: out, Call: call, Return: back})
	c.moved.Broadcast()
}

func (c *crowd) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy--
	c.moved.Broadcast()
}

// goOn waits until so much more has been done, or all have left.
func (c *crowd) goOn(more int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for until := len(c.all) + more; len(c.all) < until && c.busy > 0; {
		c.moved.Wait()
	}
}

// work edits one of a few records so many times, and now and then breaks off.
func (c *crowd) work(m *member, who, times int) {
	defer c.leave()
	for i := range times {
		record := fmt.Sprint(3 + (who+i)%4)
		call := c.moment.Add(1)
		rev, note, ok := m.look(record)
		if !ok {
			continue
		}
		c.note(who, asked{record: record}, answered{note: note}, call)
		in := asked{record: record, write: true, base: note, new: fmt.Sprintf("by %d, %d", who, i)}
		if (who+i)%7 == 0 {
			nc := m.nc
			time.AfterFunc(time.Duration(who%5)*time.Millisecond, func() { nc.Close() })
		}
		call = c.moment.Add(1)
		told, heard := m.run(fmt.Sprintf("id,rev,note\n%s,%s,\"%s\"\n", record, rev, in.new), "import people -")
		out := answered{}
		switch {
		case heard && strings.Contains(told, "1 changed"):
			out.how = "done"
		case heard && strings.Contains(told, "changed meanwhile"):
			out.how = "conflict"
		case heard && !strings.Contains(told, "closing"):
			m.t.Errorf("an edit is answered with %q", told)
		}
		c.note(who, in, out, call)
	}
}

// settled asks the journal about the edits of which nothing was heard: those in it
// were made at some time, those not in it never.
func settled(all []porcupine.Operation, journal map[string]string) (out []porcupine.Operation) {
	for _, op := range all {
		in, told := op.Input.(asked), op.Output.(answered)
		if in.write && told.how == "" {
			if !strings.Contains(journal[in.record], `"`+in.new+`"`) {
				continue
			}
			op.Output = answered{how: "done"}
		}
		out = append(out, op)
	}
	return out
}

// untrue lists what was done to the records for which there is no order.
func untrue(all []porcupine.Operation) string {
	var b strings.Builder
	for _, part := range noteModel().Partition(all) {
		if porcupine.CheckOperationsTimeout(noteModel(), part, time.Minute) == porcupine.Ok {
			continue
		}
		slices.SortFunc(part, func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
		for _, op := range part {
			fmt.Fprintf(&b, "%4d to %4d: %+v: %+v\n", op.Call, op.Return, op.Input, op.Output)
		}
	}
	return b.String()
}

// A crowd edits the same few records over SSH; connections break and the server
// is killed. Whatever they were told must have one order in which it is true.
func TestACrowdOverSSH(t *testing.T) {
	h := newHouse(t)
	h.story()
	if err := syscall.Rename(h.home+"/story.db", h.home+"/crowd.db"); err != nil {
		t.Fatal(err)
	}
	db := h.home + "/crowd.db"
	s := serve(t, h, "--db", db, "--listen", "127.0.0.1:0")
	people, edits, kills := rounds(10, 50), rounds(6, 60), rounds(1, 20)
	members, door := make([]*member, people), newDoor()
	for i := range members {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, err := ssh.NewSignerFromKey(private)
		if err != nil {
			t.Fatal(err)
		}
		h.must("--db", db, "user", "add", fmt.Sprintf("u%d", i), "--role", "coordinator",
			strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey()))))
		members[i] = &member{t: t, addr: "127.0.0.1:" + s.port, door: door, key: key}
	}
	c := newCrowd(people)
	var working sync.WaitGroup
	for i, m := range members {
		working.Go(func() { c.work(m, i, edits) })
	}
	for range kills {
		c.goOn(people)
		door.set(false)
		s.stop(syscall.SIGKILL)
		s = serve(t, h, "--db", db, "--listen", "127.0.0.1:"+s.port)
		door.set(true)
	}
	working.Wait()
	for _, m := range members {
		if m.ssh != nil {
			m.ssh.Close()
		}
	}
	t.Logf("%d operations, %d edits acknowledged, %d kills", len(c.all), len(c.done), kills)
	if len(c.done) < people {
		t.Errorf("only %d edits came about", len(c.done))
	}
	journal := map[string]string{}
	for i := range 4 {
		record := fmt.Sprint(3 + i)
		journal[record] = h.must("--db", db, "history", "people", record, "--json", "--limit", "100000")
	}
	if result := porcupine.CheckOperationsTimeout(noteModel(), settled(c.all, journal), 2*time.Minute); result !=
		porcupine.Ok {
		t.Errorf("no order of what happened explains what people were told: %v\n%s", result,
			untrue(settled(c.all, journal)))
	}
	for note, record := range c.done {
		if n := strings.Count(journal[record], `"`+note+`"`); n != 1 && n != 2 { // after it, and before the next
			t.Errorf("%q was acknowledged and is %d times in the journal", note, n)
		}
	}
	if out := h.must("--db", db, "check"); !strings.Contains(out, "sound") {
		t.Error(out)
	}
}
