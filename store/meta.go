package store

import (
	"crypto/rand"
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/failure"
)

// formatVersion is the format this program writes. Raise it together with a
// [Migration] from the one before.
//
// Format 2 has entries whose heads are tagged fields; those of format 1 stay as
// they are and are read beside them.
const formatVersion = 2

// Keys of the meta bucket.
const (
	metaFormat   = "format"   // uvarint
	metaFile     = "file"     // sixteen random bytes that name the file
	metaCreated  = "created"  // nanoseconds since 1970
	metaHead     = "head"     // see writeHead
	metaClock    = "clock"    // revisions made under a wrong clock, as pairs of uvarints
	metaCopies   = "copies"   // JSON; see Copies
	metaTimeline = "timeline" // see timeline
	metaKeep     = "keep"     // JSON; see Keeping
	metaPruned   = "pruned"   // revision up to which confidential values have been removed
)

func putMeta(tx *bbolt.Tx, name string, body []byte) error {
	return tx.Bucket([]byte(bucketMeta)).Put([]byte(name), seal([]byte(name), body))
}

func getMeta(tx *bbolt.Tx, name string) ([]byte, error) {
	b := tx.Bucket([]byte(bucketMeta))
	if b == nil {
		return nil, errForeign()
	}
	value := b.Get([]byte(name))
	if value == nil {
		return nil, errDamage("its " + name + " is missing")
	}
	body, ok := unseal([]byte(name), value)
	if !ok {
		return nil, errDamage("its " + name + " cannot be read")
	}
	return body, nil
}

// optionalMeta reads a part of the description that not every file has.
func optionalMeta(tx *bbolt.Tx, name string) ([]byte, error) {
	if tx.Bucket([]byte(bucketMeta)).Get([]byte(name)) == nil {
		return nil, nil
	}
	return getMeta(tx, name)
}

// initialise lays out an empty file.
func initialise(tx *bbolt.Tx, l *layout, info fileInfo, h head) error {
	for _, name := range fixedBuckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	for i := range l.kinds {
		if _, err := tx.CreateBucketIfNotExists(l.kinds[i].bucket); err != nil {
			return err
		}
	}
	if err := putMeta(tx, metaFormat, binary.AppendUvarint(nil, uint64(info.format))); err != nil {
		return err
	}
	if err := putMeta(tx, metaFile, info.id[:]); err != nil {
		return err
	}
	if err := putMeta(tx, metaCreated, binary.AppendVarint(nil, info.created.UnixNano())); err != nil {
		return err
	}
	return writeHead(tx, h)
}

// newFileInfo describes a file about to be made.
func newFileInfo(format int, now time.Time) fileInfo {
	info := fileInfo{format: format, created: now.UTC()}
	rand.Read(info.id[:]) // never fails; see its documentation
	return info
}

// readInfo reads what a file says about itself.
func readInfo(tx *bbolt.Tx) (fileInfo, error) {
	var info fileInfo
	format, err := getMeta(tx, metaFormat)
	if err != nil {
		return info, err
	}
	id, err := getMeta(tx, metaFile)
	if err != nil {
		return info, err
	}
	created, err := getMeta(tx, metaCreated)
	if err != nil {
		return info, err
	}
	f, c := cursor{b: format}, cursor{b: created}
	info.format, info.created = int(f.uvarint()), time.Unix(0, c.varint()).UTC()
	if f.bad || c.bad || copy(info.id[:], id) != len(info.id) {
		return info, errDamage("its description cannot be read")
	}
	return info, nil
}

// checkBuckets makes sure that every bucket is one this program knows and that
// none with records in it has gone.
func checkBuckets(tx *bbolt.Tx, l *layout, h head) error {
	known := map[string]bool{}
	for _, name := range fixedBuckets() {
		if tx.Bucket([]byte(name)) == nil {
			return errDamage("its " + name + " is missing")
		}
		known[name] = true
	}
	for _, k := range l.kinds {
		known[string(k.bucket)] = true
	}
	for _, n := range h.next {
		i, ok := l.byTag[n.tag]
		if ok && tx.Bucket(l.kinds[i].bucket) == nil {
			return errDamage("its table of " + l.kinds[i].Name + " is missing")
		}
	}
	return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
		if b == nil || !known[string(name)] {
			return failure.New(failure.Unusable, "holds a table called "+strconv.Quote(string(name))+
				" that this version of the program does not know; use the version that wrote it")
		}
		return nil
	})
}

// formatOf gives the format that a list of migrations leads to.
func formatOf(list []Migration) int {
	format := formatVersion
	for _, m := range list {
		format = max(format, m.From+1)
	}
	return format
}

// Migration changes a file of one format into the next. Up runs in a
// transaction of its own that also raises the format.
type Migration struct {
	From int    // the format it starts from
	Name string // what it does, for the name of the backup made before
	Up   func(*bbolt.Tx) error
	// Plain says that this program reads the older format as it is, and only
	// writes what the older program would not read.
	Plain bool
}

// migrations is the program's own list; formats before the first release are
// not read.
func migrations() []Migration {
	return []Migration{{From: 1, Name: "entries with tagged heads", Plain: true,
		Up: func(*bbolt.Tx) error { return nil }}}
}

// readable reports whether a format can be read without migrating it first.
func readable(list []Migration, format int) bool {
	target := formatOf(list)
	for ; format < target; format++ {
		if !slices.ContainsFunc(list, func(m Migration) bool { return m.From == format && m.Plain }) {
			return false
		}
	}
	return format == target
}

// migrate brings a file up to the newest format. The caller has made a backup.
func migrate(db *bbolt.DB, list []Migration, format int) error {
	for target := formatOf(list); format < target; format++ {
		i := slices.IndexFunc(list, func(m Migration) bool { return m.From == format })
		if i < 0 {
			return failure.New(failure.Unusable, "is of format "+strconv.Itoa(format)+
				", which this version of the program no longer reads; open it with an older version first")
		}
		err := db.Update(func(tx *bbolt.Tx) error {
			if err := list[i].Up(tx); err != nil {
				return err
			}
			return putMeta(tx, metaFormat, binary.AppendUvarint(nil, uint64(format+1)))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
