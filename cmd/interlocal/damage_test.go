package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"interlocal/model"
)

// spoiled makes a file of some changes, one of which can no longer be read.
func spoiled(t *testing.T) (o *office, db string) {
	t.Helper()
	o = newOffice(t)
	db = filepath.Join(o.home, "city hall.db")
	for _, name := range []string{"Ann", "Bea", "Cid"} {
		o.feed("name,partner\n"+name+" Cole,Raytown\n", "import", "people", "-", "--db", db).wants(t, exitDone)
	}
	spoilBytes(t, db, valueAt(t, db, "journal", 3))
	return o, db
}

// valueAt reads a value of a closed file.
func valueAt(t *testing.T, db, bucket string, id byte) (value []byte) {
	t.Helper()
	file, err := bbolt.Open(db, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.View(func(tx *bbolt.Tx) error {
		value = bytes.Clone(tx.Bucket([]byte(bucket)).Get([]byte{0, 0, 0, 0, 0, 0, 0, id}))
		return nil
	})
	if value == nil {
		t.Fatalf("there is no %d in %s", id, bucket)
	}
	return value
}

// spoilBytes flips a bit in the middle of every stretch of a file that is so.
func spoilBytes(t *testing.T, db string, value []byte) {
	t.Helper()
	data, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for at := bytes.Index(data, value); at >= 0; at = bytes.Index(data, value) {
		data[at+len(value)/2] ^= 8
	}
	if err := os.WriteFile(db, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// advised picks the command out of what the program says and runs it.
func advised(t *testing.T, o *office, text, after string) said {
	t.Helper()
	_, command, ok := strings.Cut(text, after+"interlocal ")
	if !ok {
		t.Fatalf("no advice after %q in:\n%s", after, text)
	}
	command, _, _ = strings.Cut(command, "\n")
	return o.run(words(command)...)
}

// words takes a command apart as a shell would.
func words(command string) (out []string) {
	for i, part := range strings.Split(strings.TrimSpace(command), `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

func TestADamagedHistoryIsRepairedByFollowingWhatIsSaid(t *testing.T) {
	o, db := spoiled(t)
	before := o.must("export", "all", "--format", "json", "--db", db)
	check := o.run("check", "--db", db)
	check.wants(t, exitFailed, "1 of 4 changes in the history cannot be read: 3", "can be used, copied and compacted")
	o.run("backup", filepath.Join(o.home, "copy.db"), "--db", db).wants(t, exitDone, "Backed up", "history is damaged")
	o.run("compact", "--db", db).wants(t, exitDone, "now", "history is damaged")
	o.run("export", "all", "--db", db).wants(t, exitDone, `"people"`, "history is damaged: all")
	o.must("history", "--db", db)

	said := advised(t, o, check.err, "with: ")
	said.wants(t, exitDone, "records are whole; 1 of 4 changes in the history cannot be read: 3", "Nothing has been "+
		"changed yet")
	done := advised(t, o, said.out, "go on with: ")
	done.wants(t, exitDone, "Repaired", "1 of 4 changes", "The file as it was is "+db+".before-restore-")
	lost := "a repair could not read these changes of its history: 3"
	o.run("check", "--db", db).wants(t, exitDone, "is sound", "4 revisions; "+lost)
	o.run("backup", "--verify", db).wants(t, exitDone, "is whole: change 4 of 2027-03-04 09:00", "records; "+lost)
	if after := o.must("export", "all", "--format", "json", "--db", db); after != before {
		t.Error("the records are not as they were")
	}
	o.run("repair", "--db", db).wants(t, exitDone, "nothing to repair")
	o.run("history", "--db", db).wants(t, exitDone, "lost: a change that cannot be read any more")
}

func TestADamagedRecordIsRepairedByFollowingWhatIsSaid(t *testing.T) {
	o := newOffice(t)
	db := filepath.Join(o.home, "city.db")
	o.feed("name,partner\nAnn Cole,Raytown\n", "import", "people", "-", "--db", db).wants(t, exitDone)
	spoilBytes(t, db, valueAt(t, db, "kind-"+strconv.Itoa(model.NewSchema().Kind("people").Tag), 1))
	refused := o.run("list", "people", "--db", db)
	refused.wants(t, exitFailed, "is damaged", "There is no backup")
	advice, _, _ := strings.Cut(refused.err, ". There is no")
	said := advised(t, o, advice, "with: ")
	said.wants(t, exitDone, "all", "records are whole")
	advised(t, o, said.out, "go on with: ").wants(t, exitDone, "Repaired")
	o.run("list", "people", "--db", db).wants(t, exitDone, "Ann Cole")
}

func TestAFileBeyondRepairGoesBackToItsBackup(t *testing.T) {
	o := newOffice(t)
	db := filepath.Join(o.home, "city.db")
	o.feed("name,partner\nAnn Cole,Raytown\n", "import", "people", "-", "--db", db).wants(t, exitDone)
	o.must("backup", "--db", db)
	if err := os.Truncate(db, 9000); err != nil {
		t.Fatal(err)
	}
	o.run("list", "people", "--db", db).wants(t, exitFailed, "is damaged", "The newest backup is")
	if err := os.Truncate(db, int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	beyond := o.run("repair", "--db", db)
	beyond.wants(t, exitFailed, "nothing in it can be saved")
	advised(t, o, beyond.err, "bring it back with: ").wants(t, exitDone, "Restored")
	o.run("list", "people", "--db", db).wants(t, exitDone, "Ann Cole")
}

func TestAFileBeyondRepairTakesACopyFromElsewhere(t *testing.T) {
	o := newOffice(t)
	o.addPerson("Ann Cole").wants(t, exitDone)
	elsewhere := filepath.Join(t.TempDir(), "a copy.db")
	o.must("backup", elsewhere)
	if err := os.Truncate(o.db(), int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	beyond := o.run("repair")
	beyond.wants(t, exitFailed, "nothing in it can be saved", "There is no backup in")
	advised(t, o, strings.Replace(beyond.err, "COPY", strconv.Quote(elsewhere), 1), "bring it back with: ").
		wants(t, exitDone, "Restored")
	o.run("list", "people").wants(t, exitDone, "Ann Cole")
}
