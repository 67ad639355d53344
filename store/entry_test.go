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
