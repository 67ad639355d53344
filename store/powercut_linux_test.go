package store

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// disk is a disk that forgets what was not synced. What a file holds is safe from a
// power cut once the file was synced, a name once its folder was. Of what came
// after, every sector and every name may be there or not, each by itself.
type disk struct {
	root    string              // a folder that is there
	safe    map[int][]byte      // content of files
	loose   map[int][]diskOp    // since the file's last sync
	names   map[string]int      // of files; folders are -1
	waiting map[string][]diskOp // since the folder's last sync, by folder
}

func newDisk(root string) *disk {
	return &disk{root, map[int][]byte{}, map[int][]diskOp{}, map[string]int{}, map[string][]diskOp{}}
}

// take takes in what a process asked of the disk.
func (d *disk) take(op diskOp) {
	switch op.do {
	case "write", "cut":
		d.loose[op.file] = append(d.loose[op.file], op)
	case "sync":
		d.safe[op.file] = settle(d.safe[op.file], d.loose[op.file], everything)
		delete(d.loose, op.file)
	case "sync folder":
		rename(d.names, d.waiting[op.path], everything)
		delete(d.waiting, op.path)
	case "say":
	default:
		dir := filepath.Dir(op.path)
		d.waiting[dir] = append(d.waiting[dir], op)
	}
}

// sector is what a disk writes whole or not at all.
const sector = 512

func everything(diskOp) bool { return true }

// settle is a file after those of some writes that reached the disk.
func settle(was []byte, ops []diskOp, reached func(diskOp) bool) []byte {
	now := bytes.Clone(was)
	grow := func(size int) {
		if size > len(now) {
			now = append(now, make([]byte, size-len(now))...)
		}
	}
	for _, op := range ops {
		if op.do == "cut" {
			if reached(op) {
				grow(int(op.off))
				now = now[:op.off]
			}
			continue
		}
		sectors := (len(op.data) + sector - 1) / sector
		for i := range sectors {
			if reached(op) {
				at, part := int(op.off)+i*sector, op.data[i*sector:min((i+1)*sector, len(op.data))]
				grow(at + len(part))
				copy(now[at:], part)
			}
		}
	}
	return now
}

// rename does to names what of some changes reached the disk.
func rename(names map[string]int, ops []diskOp, reached func(diskOp) bool) {
	for _, op := range ops {
		if !reached(op) {
			continue
		}
		switch op.do {
		case "mkdir":
			names[op.path] = -1
		case "make", "link":
			names[op.path] = op.file
		case "move":
			delete(names, op.from)
			names[op.path] = op.file
		case "remove":
			delete(names, op.path)
		}
	}
}

// after gives the files as they are when the power comes back; reached says of every
// part of what was not synced whether it was written all the same.
func (d *disk) after(reached func(diskOp) bool) map[string][]byte {
	names := maps.Clone(d.names)
	for _, ops := range d.waiting {
		rename(names, ops, reached)
	}
	out := map[string][]byte{}
	for path, n := range names {
		if n > 0 && d.reachable(names, path) {
			out[path] = settle(d.safe[n], d.loose[n], reached)
		}
	}
	return out
}

// reachable reports whether the folders of a file are there.
func (d *disk) reachable(names map[string]int, path string) bool {
	for dir := filepath.Dir(path); dir != d.root; dir = filepath.Dir(dir) {
		if names[dir] != -1 {
			return false
		}
	}
	return true
}

// cut is how much of what was not synced a power cut leaves.
type cut struct {
	name    string
	reached func(rng *rand.Rand, newest int) func(diskOp) bool
}

// cuts lists the ways in which the power goes.
func cuts() []cut {
	some := func(share float64) func(*rand.Rand, int) func(diskOp) bool {
		return func(rng *rand.Rand, _ int) func(diskOp) bool {
			return func(diskOp) bool { return rng.Float64() < share }
		}
	}
	return []cut{{"all forgotten", some(0)}, {"half", some(0.5)}, {"most", some(0.95)}, {"all there", some(1)},
		{"the newest alone", func(_ *rand.Rand, newest int) func(diskOp) bool {
			return func(op diskOp) bool { return op.at == newest }
		}}}
}

// TestAPowerCutLosesNothingThatWasPromised has a process use every way in which the
// store writes, and cuts the power at every point: what had been promised is there,
// what was under way is there as a whole or not at all, and nothing lies about.
func TestAPowerCutLosesNothingThatWasPromised(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "away"), 0o700); err != nil {
		t.Fatal(err)
	}
	ops := watchDisk(t, root, "STORE_TEST_HELPER=powercut", "STORE_TEST_FILE="+filepath.Join(root, "a", "desk.db"))
	rng := rand.New(rand.NewPCG(7, 7))
	d, lives := newDisk(root), 0
	p := promises{root: root}
	for i, op := range ops {
		op.at = i
		d.take(op)
		if op.do == "say" {
			p.said(op.path, ops[i+1:])
		}
		for _, c := range cuts() {
			if !worthACut(op, c, rng) {
				continue
			}
			lives++
			p.hold(t, fmt.Sprintf("after step %d (%s %s), %s", i, op.do, op.path, c.name), d.after(c.reached(rng, i)))
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d steps, and the power was cut %d times", len(ops), lives)
}

// worthACut picks where to cut in the short form: whenever something has just been
// promised, with all forgotten that may be, and here and there besides.
func worthACut(op diskOp, c cut, rng *rand.Rand) bool {
	switch {
	case long():
		return true
	case op.do == "say":
		return c.name == "all forgotten"
	case op.do == "move":
		return c.name == "the newest alone"
	case testing.Short():
		return rng.IntN(200) == 0
	}
	return rng.IntN(20) == 0
}

// promises is what a process had said before the power went.
type promises struct {
	root  string
	now   promise
	next  promise
	files []promise // copies that are to be there

	migrated bool // the file may have the next format
}

// promise is a line of the helper: what the file, or a copy of it, holds.
type promise struct{ what, digest, path string }

func parsePromise(line string) promise {
	f := strings.Fields(strings.TrimSpace(line))
	return promise{f[0], f[1], f[2]}
}

// said takes a promise in, and looks at what the next will be: what is under way.
func (p *promises) said(line string, rest []diskOp) {
	if now := parsePromise(line); now.what == "copy" {
		p.files = append(p.files, now)
	} else {
		p.now = now
	}
	p.next = promise{}
	for _, op := range rest {
		if op.do == "say" {
			if p.next = parsePromise(op.path); p.next.what != "copy" {
				break
			}
		}
	}
}

// hold starts from the files that a power cut left and looks for all that was
// promised.
func (p *promises) hold(t *testing.T, when string, files map[string][]byte) {
	t.Helper()
	root := t.TempDir()
	moved := func(path string) string { return filepath.Join(root, strings.TrimPrefix(path, p.root)) }
	for path, data := range files {
		if err := os.MkdirAll(filepath.Dir(moved(path)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(moved(path), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := options(newClock())
	if o.Migrations = nil; p.now.what == "migrated" || p.next.what == "migrated" || p.migrated {
		p.migrated, o.Migrations = true, nextFormat()
	}
	for i, f := range p.files {
		if there := peek(moved(f.path)); i < len(p.files)-1 && !long() { // looked through when it was promised
			if uintText(there.head.rev) != f.digest {
				t.Errorf("%s: the copy %s does not hold change %s", when, f.path, f.digest)
			}
			continue
		}
		if report, err := CheckFile(moved(f.path), o); err != nil || !report.Whole() ||
			uintText(report.Rev) != f.digest {
			t.Errorf("%s: the copy %s does not hold change %s: %+v, %v", when, f.path, f.digest, report, err)
		}
	}
	path := filepath.Join(root, "a", "desk.db")
	os.MkdirAll(filepath.Dir(path), 0o700)
	s, err := Open(path, o)
	if err != nil && (p.now.what == "damaged" || p.next.what == "damaged") {
		if _, _, err := Repair(path, o); err != nil {
			t.Errorf("%s: %v", when, err)
			return
		}
		s, err = Open(path, o)
	}
	if err != nil {
		t.Errorf("%s: %v", when, err)
		return
	}
	defer s.Close()
	got := contentDigest(hasty(s))
	if got != p.now.digest && got != p.next.digest && !(p.now.what == "" && s.durable.Load().rev == 0) {
		t.Errorf("%s: the file holds change %d (%s), not %s or %s", when, s.durable.Load().rev, got, p.now.digest,
			p.next.digest)
	}
	if got == p.next.digest && p.next.path != "-" {
		kept, _ := filepath.Glob(path + ".before-restore-*")
		if !slices.ContainsFunc(kept, func(f string) bool { return uintText(peek(f).head.rev) == p.next.path }) {
			t.Errorf("%s: the file that was there before is gone: %v", when, kept)
		}
	}
	for _, dir := range []string{filepath.Dir(path), s.options.BackupDir} {
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("%s: left behind: %v", when, left)
		}
	}
	if _, err := s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		_, err := field.Put(tx, &partnership.Partner{Name: "After", Kind: partnership.City, Status: partnership.Member})
		return err
	}); err != nil {
		t.Errorf("%s: %v", when, err)
	}
}
