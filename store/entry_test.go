package store

import (
	"bytes"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func sampleEntry() *journalEntry {
	return &journalEntry{rev: 7, at: time.Unix(1_800_000_000, 5).UTC(), user: "u", actor: "Ann",
		op: Op{"id", "loan.approve", "edit", 3, true}, kind: EntryUndo, of: 6,
		next: []nextID{{3, 9}}, changes: []imagePair{
			{tag: 3, id: 1, after: []byte("new"), afterRev: 7},
			{tag: 3, id: 2, before: []byte{}, after: []byte("x"), beforeRev: 4, afterRev: 7},
			{tag: 9, id: 1 << 40, before: []byte("gone"), beforeRev: 2},
		}}
}

func TestEntriesReadBackAsWritten(t *testing.T) {
	want := sampleEntry()
	got, ok := decodeEntry(7, want.encode())
	if !ok || !bytes.Equal(got.encode(), want.encode()) || got.op != want.op || !got.at.Equal(want.at) || got.of != 6 ||
		len(got.changes) != 3 {
		t.Errorf("%+v, %v", got, ok)
	}
	if got.changes[0].before != nil || got.changes[1].before == nil || got.changes[2].after != nil {
		t.Error("no record and an empty record are mixed up")
	}
}

func FuzzEntry(f *testing.F) {
	f.Add(sampleEntry().encode())
	f.Add((&journalEntry{kind: EntryPurge}).encode())
	f.Add([]byte{entryVersion, 1, 0})
	f.Add([]byte{entryFixed, 1, 0})
	f.Fuzz(func(t *testing.T, body []byte) {
		e, ok := decodeEntry(1, body)
		if !ok {
			return
		}
		again, ok := decodeEntry(1, e.encode())
		if !ok || !bytes.Equal(again.encode(), e.encode()) {
			t.Fatalf("%x reads as %+v, which does not read back", body, e)
		}
	})
}

func FuzzRecord(f *testing.F) {
	schema := model.NewSchema()
	for _, rec := range []any{person(raytown, "Ann"),
		&partnership.Program{Name: "Snow", Funding: []partnership.Funding{{Source: "Grant"}}}} {
		for i, k := range schema.Kinds {
			if k.Name == rec.(field.Record).KindName() {
				f.Add(i, k.Pack(nil, rec))
			}
		}
	}
	l := newLayout(schema)
	f.Fuzz(func(t *testing.T, kind int, packed []byte) {
		if kind < 0 || kind >= len(schema.Kinds) {
			return
		}
		b := &block{kind: kind, ids: []uint64{1, 2}, values: [][]byte{sealRecord(schema.Kinds[kind].Tag, 1, 5, packed),
			seal(idKey(2), bytes.Clone(packed))}}
		b.decode(l) // must not panic
		one := &block{kind: kind, ids: []uint64{1}, values: [][]byte{sealRecord(schema.Kinds[kind].Tag, 1, 5, packed)}}
		if one.decode(l) != nil {
			return
		}
		k, rec := schema.Kinds[kind], one.entries[0].rec
		again, err := unpackImage(k, 1, k.Pack([]byte{}, rec))
		if err != nil || !k.Equal(rec, again) {
			t.Fatalf("%s: %+v does not read back: %v", k.Name, rec, err)
		}
	})
}

func FuzzBoxes(f *testing.F) {
	op := &opResult{key: "u\x00id", at: time.Unix(1, 0), res: Result{Rev: 3, Changed: 2}}
	f.Add([]byte(op.key), op.encode())
	f.Fuzz(func(t *testing.T, key, value []byte) {
		decodeOp(key, value)
		decodeDraft(key, value)
		decodeOp(key, seal(key, bytes.Clone(value)))
		decodeDraft(key, seal(key, bytes.Clone(value)))
	})
}

// TestARecordOfTheFirstFormatIsReadAndItsKindIsNotProved: its checksum is over its
// number alone.
func TestARecordOfTheFirstFormatIsReadAndItsKindIsNotProved(t *testing.T) {
	const tag, id = 3, 7
	now := sealRecord(tag, id, 5, []byte("image"))
	old := seal(idKey(id), append([]byte{5}, "image"...))
	for value, sure := range map[string]bool{string(now): true, string(old): false} {
		rec, proved, ok := openImage(tag, id, []byte(value))
		if !ok || proved != sure || rec.rev != 5 || string(rec.data) != "image" {
			t.Errorf("%+v, proved %v, read %v", rec, proved, ok)
		}
		if _, _, ok := openImage(tag, id+1, []byte(value)); ok {
			t.Error("it is read under another number")
		}
	}
}

func TestEveryEntryHasAnOperationAndItsMeeting(t *testing.T) {
	s, _ := founded(t)
	seen := map[string]bool{}
	for range 3 {
		res, err := s.Update(InMeeting(t.Context(), 9), keeper(), Op{}, func(tx *Tx) error {
			_, err := tx.Put("people", person(raytown, "Ann"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		e, err := s.As(keeper()).Entry(res.Rev, 0)
		if err != nil || e.Op.ID == "" || e.Op.Act != "record.change" || e.Op.Meeting != 9 {
			t.Errorf("%+v, %v", e.Op, err)
		}
		seen[e.Op.ID] = true
	}
	if len(seen) != 3 {
		t.Errorf("three changes go by %d ids", len(seen))
	}
}

func TestHistoryIsToldUpToALimitAndALossByItsSize(t *testing.T) {
	s, _ := founded(t)
	ann := person(raytown, "Ann")
	for i := range 3 {
		ann.Title = uintText(uint64(i))
		ann.ID = put(t, s, keeper(), ann)
	}
	for limit, want := range map[int]int{0: 3, 1: 1, 2: 2, 3: 3, 4: 3} {
		if list, err := s.As(keeper()).History("people", uint64(ann.ID), limit); err != nil || len(list) != want ||
			list[0].After.(*partnership.Person).Title != "2" {
			t.Errorf("up to %d: %d, %v", limit, len(list), err)
		}
	}
	for of, want := range map[uint64]string{7: unreadTitle, 6: "2 changes that cannot be read any more",
		5: "3 changes that cannot be read any more"} {
		if got := lostTitle(&journalEntry{rev: 7, of: of}); got != want {
			t.Errorf("from %d to 7: %q", of, got)
		}
	}
}
