package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// contentDigest stands for everything that a file says of its records, with their
// revisions, as it is stored.
func contentDigest(s *Store) string {
	sum := sha256.New()
	s.view(func(tx *bbolt.Tx) error {
		h, err := readHead(tx)
		fmt.Fprint(sum, h.rev, h.at, h.next)
		for i := range s.kinds {
			tx.Bucket(s.kinds[i].bucket).ForEach(func(key, value []byte) error {
				fmt.Fprintf(sum, "%x %x ", key, value)
				return nil
			})
		}
		return err
	})
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}

// nextFormat is the program's own list with one migration more.
func nextFormat() []Migration {
	return append(migrations(), Migration{From: formatOf(migrations()), Name: "nothing", Plain: true,
		Up: func(*bbolt.Tx) error { return nil }})
}

// powerUser uses every way in which the store writes files, and says on its output
// what is promised from then on.
type powerUser struct {
	s    *Store
	path string
	o    Options
}

// must ends the helper, and with it the test, for anything that fails.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (u *powerUser) open() {
	var err error
	u.s, err = Open(u.path, u.o)
	must(err)
}

// at says what the file holds.
func (u *powerUser) at(what string) { fmt.Fprintf(os.Stdout, "%s %s -\n", what, contentDigest(u.s)) }

// instead says what the file holds now that another was put in its place, which was
// at a revision and is kept.
func (u *powerUser) instead(rev uint64) {
	fmt.Fprintf(os.Stdout, "at %s %d\n", contentDigest(u.s), rev)
}

// copied says what a copy holds.
func (u *powerUser) copied(path string) {
	fmt.Fprintf(os.Stdout, "copy %d %s\n", peek(path).head.rev, path)
}

func (u *powerUser) write(n int) {
	for i := range n {
		_, err := u.s.Update(context.Background(), keeper(), Op{}, func(tx *Tx) (err error) {
			for j := range 1 + i*3 {
				if _, err = field.Put(tx, person(raytown, fmt.Sprint("Person ", i, " ", j))); err != nil {
					break
				}
			}
			return err
		})
		must(err)
		u.at("at")
	}
}

// helperPowercut does so on a file in a folder beside another one, for copies.
func helperPowercut(path string) int {
	ctx := context.Background()
	u := &powerUser{path: path, o: options(newClock())}
	u.open()
	u.at("at")
	_, err := u.s.Update(ctx, keeper(), Op{}, func(tx *Tx) error { return partnership.NewSeed().Each(tx.Insert) })
	must(err)
	u.at("at")
	u.write(3)
	u.copy(ctx)
	_, err = u.s.Purge(ctx, keeper(), u.o.Now().AddDate(0, 0, 1))
	must(err)
	u.at("at")
	u.write(2)
	must(u.s.Close())
	u.restore()
	u.repair()
	u.o.Migrations = nextFormat()
	rev := u.s.durable.Load().rev
	must(u.s.Close())
	u.open()
	u.at("migrated")
	files, err := filepath.Glob(filepath.Join(u.s.options.BackupDir, "before-format-*"))
	must(err)
	if !slices.ContainsFunc(files, func(f string) bool { return peek(f).head.rev == rev }) {
		return 3
	}
	u.copied(files[0])
	u.write(2)
	must(u.s.Close())
	return 0
}

// copy makes copies of every kind and a compacted file.
func (u *powerUser) copy(ctx context.Context) {
	path, _, err := u.s.BackupDaily(ctx)
	must(err)
	u.copied(path)
	u.write(1)
	path, _, err = u.s.BackupTo(ctx, filepath.Join(filepath.Dir(filepath.Dir(u.path)), "away"))
	must(err)
	u.copied(path)
	path = filepath.Join(filepath.Dir(u.path), "new", "folder", "copy.db")
	must(u.s.Backup(ctx, path))
	u.copied(path)
	_, _, err = u.s.Compact(ctx)
	must(err)
	u.at("at")
	u.write(1)
}

// restore goes back to the day's backup.
func (u *powerUser) restore() {
	rev := peek(u.path).head.rev
	kept, err := Restore(u.path, BackupsOf(u.path)[0], u.o)
	must(err)
	u.copied(kept)
	u.open()
	u.instead(rev)
	u.write(1)
}

// repair harms a record and has the file repaired.
func (u *powerUser) repair() {
	k, was := u.s.kinds[u.s.byName["partners"]], contentDigest(u.s)
	must(u.s.alter(func(tx *bbolt.Tx) error { return tx.Bucket(k.bucket).Put(idKey(2), []byte("nonsense")) }))
	fmt.Fprintf(os.Stdout, "damaged %s -\n", was)
	must(u.s.Close())
	_, _, err := Repair(u.path, u.o)
	must(err)
	u.open()
	if contentDigest(u.s) != was {
		must(fmt.Errorf("the repair of one record gave other content"))
	}
	u.instead(u.s.durable.Load().rev)
	u.write(1)
}
