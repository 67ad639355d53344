package run

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// office is a file with a list of people that several work on, and that lives
// through what happens to files: sheets that leave and come back later, backups
// gone back to, purges, kills and damage.
type office struct {
	t      *testing.T
	rng    *rand.Rand
	dir    string
	now    time.Time
	st     *store.Store
	held   staff            // what there should be
	past   map[uint64]staff // every value that a person has had, by number
	sheets []leaf
	copies []string
	lives  int // how often the file went another way, or lost history
	log    []string

	taken, refused, repaired, undone int
}

// staff is the title and the telephone number of people.
type staff map[uint64][2]string

// leaf is a sheet that has left.
type leaf struct {
	content string
	base    staff
	lives   int
}

func (o *office) options() store.Options {
	return store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, Now: func() time.Time { return o.now },
		BackupDir: filepath.Join(o.dir, "backups"),
		Probe:     func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }}
}

func (o *office) note(format string, args ...any) {
	o.log = append(o.log, fmt.Sprintf(format, args...))
}

func (o *office) fail(format string, args ...any) {
	o.t.Helper()
	o.t.Fatalf("%s, after:\n%s", fmt.Sprintf(format, args...), strings.Join(o.log, "\n"))
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.fail("%v", err)
	}
}

// who is one of the people at work.
func (o *office) who() access.Identity {
	return []access.Identity{clerk(), {User: "pat", Name: "Pat", Role: access.Coordinator}, editor(5)}[o.rng.IntN(3)]
}

// read gives the list as it is.
func (o *office) read() staff {
	out := staff{}
	for id, rec := range o.st.As(clerk()).View().Scan("people") {
		p := rec.(*partnership.Person)
		out[id] = [2]string{p.Title, p.Phone}
	}
	return out
}

// same fails unless the list is as it should be.
func (o *office) same() {
	o.t.Helper()
	if now := o.read(); fmt.Sprint(now) != fmt.Sprint(o.held) {
		o.fail("the list is\n%v, not\n%v", now, o.held)
	}
}

// follow takes the list as it is for what it should be.
func (o *office) follow() {
	o.held = o.read()
	for id, v := range o.held {
		if o.past[id] == nil {
			o.past[id] = staff{}
		}
		o.past[id][uint64(len(o.past[id]))] = v
	}
}

func (o *office) open(path string) {
	st, err := store.Open(path, o.options())
	o.must(err)
	o.st = st
}

func (o *office) word() [2]string {
	return [2]string{fmt.Sprint("Clerk ", o.rng.IntN(4)), fmt.Sprint("816-555-010", o.rng.IntN(4))}
}

// anybody is the number of somebody, 0 when there is nobody.
func (o *office) anybody() uint64 {
	var ids []uint64
	for id := range o.held {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return 0
	}
	slices.Sort(ids)
	return ids[o.rng.IntN(len(ids))]
}

// edit changes or adds somebody.
func (o *office) edit() {
	id, to := o.anybody(), o.word()
	if len(o.held) < 6 && o.rng.IntN(3) == 0 {
		id = 0
	}
	p := &partnership.Person{Partner: 5, Name: fmt.Sprint("Person ", o.rng.IntN(1e6)), Title: to[0], Phone: to[1]}
	_, err := o.st.Update(context.Background(), o.who(), store.Op{Title: "edit"}, func(tx *store.Tx) error {
		if old := field.Get(tx, partnership.PersonID(id)); old != nil {
			p.ID, p.Name = old.ID, old.Name
		}
		made, err := field.Put(tx, p)
		id = uint64(made)
		return err
	})
	o.must(err)
	o.held[id] = to
	o.note("%d is edited to %v", id, to)
	o.same()
	o.follow()
}

// takeBack has somebody undo or redo: nobody comes to say what they never said.
func (o *office) takeBack() {
	f := o.st.Undo
	if o.rng.IntN(3) == 0 {
		f = o.st.Redo
	}
	u, err := f(context.Background(), o.who())
	o.note("undo of %d: %v", u.Of, err)
	if err != nil {
		o.same()
		return
	}
	o.undone++
	for id, now := range o.read() {
		said := false
		for _, was := range o.past[id] {
			said = said || was == now
		}
		if !said {
			o.fail("an undo has %d say %v", id, now)
		}
	}
	o.follow()
}

// leave exports the list.
func (o *office) leave() {
	if len(o.held) == 0 {
		return
	}
	o.sheets = append(o.sheets, leaf{exported(o.t, o.st, "people"), o.held, o.lives})
	o.held = o.read()
	o.note("sheet %d leaves", len(o.sheets)-1)
}

// comeBack takes a sheet in in which some cells were changed. What it says of cells
// that nobody changed in it, or that others have changed since, must not count.
func (o *office) comeBack() {
	if len(o.sheets) == 0 {
		return
	}
	n := max(0, len(o.sheets)-1-o.rng.IntN(4))
	s, want := o.sheets[n], staff{}
	lines := strings.SplitAfter(strings.TrimSpace(s.content), "\n")
	for i := 1; i < len(lines); i++ {
		var id uint64
		fmt.Sscanf(lines[i], "%d,", &id)
		to := s.base[id]
		if to[0] != "" && o.rng.IntN(3) == 0 {
			to[0] = fmt.Sprint("Clerk ", 10+o.rng.IntN(3))
			lines[i] = strings.Replace(lines[i], s.base[id][0], to[0], 1)
		}
		want[id] = to
	}
	before := o.read()
	out := take(o.t, o.st, clerk(), "people", strings.Join(lines, ""), nil)
	now := o.read()
	o.note("sheet %d comes back, saying %v: %v %v", n, want, out, out.Faults)
	o.taken, o.refused = o.taken+out.Changed, o.refused+out.Refused
	for id, was := range before {
		for i := range was {
			mine, base := want[id][i], s.base[id][i]
			switch {
			case now[id][i] == was[i]:
				if s.lives == o.lives && mine != was[i] && was == s.base[id] {
					o.fail("what the sheet says of %d, which nobody has changed since, is lost", id)
				}
			case now[id][i] != mine || mine == base || was[i] != base:
				o.fail("%d said %q, and the sheet, which held %q and now %q, makes it %q", id, was[i], base, mine,
					now[id][i])
			}
		}
	}
	o.follow()
}

func (o *office) backup() {
	path := filepath.Join(o.dir, fmt.Sprint("copy-", len(o.copies), ".db"))
	o.must(o.st.Backup(context.Background(), path))
	o.copies = append(o.copies, path)
	o.note("copy %d", len(o.copies)-1)
	o.same()
}

// goBack restores a backup.
func (o *office) goBack() {
	if len(o.copies) == 0 {
		return
	}
	n := o.rng.IntN(len(o.copies))
	path := o.st.Path()
	o.must(o.st.Close())
	o.now = o.now.Add(time.Minute)
	_, err := store.Restore(path, o.copies[n], o.options())
	o.must(err)
	o.open(path)
	o.lives++
	o.note("back to copy %d", n)
	o.follow()
}

func (o *office) purge() {
	_, err := o.st.Purge(context.Background(), clerk(), o.now.Add(time.Second))
	o.must(err)
	o.lives++
	o.note("purge")
	o.same()
}

// kill goes on with the file as it lies there while the program has it open.
func (o *office) kill() {
	data, err := os.ReadFile(o.st.Path())
	o.must(err)
	path := filepath.Join(o.dir, fmt.Sprint("killed-", len(o.log), ".db"))
	o.must(os.WriteFile(path, data, 0o600))
	o.must(o.st.Close())
	o.open(path)
	o.note("killed")
	o.same()
}

// damage flips a bit and has the file repaired: who is not named as lost or older is
// as before.
func (o *office) damage() {
	path := o.st.Path()
	o.must(o.st.Close())
	whole, err := os.ReadFile(path)
	o.must(err)
	data := bytes.Clone(whole)
	at := o.rng.IntN(len(data))
	for ; data[at] == 0; at = o.rng.IntN(len(data)) {
	}
	data[at] ^= 1 << o.rng.IntN(8)
	o.must(os.WriteFile(path, data, 0o600))
	f, err := store.Survey(path, o.options())
	if err != nil || !f.Damaged || f.Missing {
		o.must(os.WriteFile(path, whole, 0o600))
		o.open(path)
		return
	}
	o.now = o.now.Add(time.Minute)
	_, f, err = store.Repair(path, o.options())
	o.must(err)
	o.open(path)
	o.lives++
	o.repaired++
	o.note("repaired: %s", f.Words())
	named := strings.Join(append(f.Lost, f.Older...), ", ") + ","
	now := o.read()
	for id, was := range o.held {
		if now[id] != was && !strings.Contains(named, fmt.Sprintf("person #%d,", id)) {
			o.fail("the repair has %d say %v, not %v", id, now[id], was)
		}
	}
	o.follow()
}

// finish checks the file.
func (o *office) finish() {
	report, err := o.st.Check(context.Background())
	o.must(err)
	if !report.Whole() || len(report.Rules) > 0 {
		o.fail("%+v", report)
	}
}

// TestALifeOfAFileLosesNothing lets everything happen to a file in a random order.
func TestALifeOfAFileLosesNothing(t *testing.T) {
	lives, steps := 3, 60
	switch {
	case os.Getenv("INTERLOCAL_LONG") != "":
		lives, steps = 200, 200
	case testing.Short():
		lives = 1
	}
	var taken, refused, repaired, undone int
	for life := range lives {
		o := &office{t: t, rng: rand.New(rand.NewPCG(uint64(life), 3)), dir: t.TempDir(), now: december,
			past: map[uint64]staff{}}
		o.st = book(t)
		o.kill()
		o.follow()
		acts := []func(){o.edit, o.edit, o.edit, o.edit, o.takeBack, o.takeBack, o.leave, o.leave, o.leave, o.comeBack,
			o.comeBack, o.comeBack, o.comeBack, o.comeBack, o.backup, o.goBack, o.purge, o.kill, o.damage}
		for range steps {
			o.now = o.now.Add(time.Second)
			acts[o.rng.IntN(len(acts))]()
		}
		o.finish()
		o.st.Close()
		taken, refused, repaired, undone = taken+o.taken, refused+o.refused, repaired+o.repaired, undone+o.undone
	}
	t.Logf("%d rows taken, %d refused, %d repairs, %d undone", taken, refused, repaired, undone)
	if taken == 0 || refused == 0 || undone == 0 {
		t.Error("too little came about")
	}
}
