package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// keepVersion names a folder of testdata/versions to be made of what this
// program writes. One that is there is never made again: it is what a file of
// that version looks like.
var keepVersion = flag.String("keep-version", "", "make testdata/versions/`NAME` with this program")

// The draft that a kept file holds, and the change that was made last in it.
const (
	keptDraft  = "form people 7"
	keptTyped  = `{"name":"Half a na"}`
	keptChange = "Desk phone corrected"
)

func TestWhatEarlierVersionsWroteOpens(t *testing.T) {
	if *keepVersion != "" {
		makeVersion(t, filepath.Join("testdata", "versions", *keepVersion))
	}
	versions, err := filepath.Glob("testdata/versions/*")
	if err != nil || len(versions) == 0 {
		t.Fatalf("no version is kept: %v", err)
	}
	for _, dir := range versions {
		t.Run(filepath.Base(dir), func(t *testing.T) { opensAsItWas(t, dir) })
	}
}

// opensAsItWas asks a kept file for its records, history and draft, undoes its
// last change, and reads the kept export into a new file.
func opensAsItWas(t *testing.T, dir string) {
	o, export := newOffice(t), unpacked(t, dir, "export.json")
	o.file("kept.db", unpacked(t, dir, "desk.db"))
	db := filepath.Join(o.home, "kept.db")
	if got := o.must("export", "all", "--format", "json", "--db", db); !holds(got, export) {
		t.Errorf("the records of the file are not those exported:\n%s", whereTheyPart(export, got))
	}
	o.must("check", "--db", db)

	st, err := store.Open(db, storeOptionsAt(o))
	if err != nil {
		t.Fatal(err)
	}
	id := access.Alone("dana")
	if got, want := historyOf(t, st, id), unpacked(t, dir, "history.txt"); !holds(got, want) {
		t.Errorf("history:\n%s", whereTheyPart(want, got))
	}
	if data, _, ok := st.Draft(id, keptDraft); !ok || string(data) != keptTyped {
		t.Errorf("draft: %q, %v", data, ok)
	}
	if _, err := st.Undo(context.Background(), id); err != nil {
		t.Errorf("undo: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	undone := unpacked(t, dir, "undone.json")
	if got := o.must("export", "all", "--format", "json", "--db", db); !holds(got, undone) || undone == export {
		t.Errorf("after undo:\n%s", whereTheyPart(undone, got))
	}
}

// makeVersion writes a busy day, a change of it and a draft with this program.
func makeVersion(t *testing.T, dir string) {
	o := newOffice(t)
	db := filepath.Join(o.home, "kept.db")
	o.must("demo", "--keep", db)
	st, err := store.Open(db, storeOptionsAt(o))
	if err != nil {
		t.Fatal(err)
	}
	id := access.Alone("dana")
	_, err = st.Update(context.Background(), id, store.Op{Title: keptChange}, func(tx *store.Tx) error {
		p := *field.Get(tx, partnership.PersonID(7))
		p.Phone = "816-555-0177"
		_, err := field.Put(tx, &p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	st.SaveDraft(id, keptDraft, []byte(keptTyped))
	history := historyOf(t, st, id)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	export := o.must("export", "all", "--format", "json", "--db", db)
	file, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if st, err = store.Open(db, storeOptionsAt(o)); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Undo(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	undone := o.must("export", "all", "--format", "json", "--db", db)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"desk.db": string(file), "export.json": export, "undone.json": undone,
		"history.txt": history} {
		packed(t, dir, name, text)
	}
}

func storeOptionsAt(o *office) store.Options {
	c := &call{Main: &Main{Now: func() time.Time { return o.now }, Probe: o.probe}}
	return c.storeOptions()
}

// historyOf writes down every entry of the journal and what it changed.
func historyOf(t *testing.T, st *store.Store, id access.Identity) string {
	t.Helper()
	entries, err := st.As(id).Recent(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	env := field.NewEnv(st.As(id).View(), value.Date(2027, 3, 4))
	for _, e := range entries {
		fmt.Fprintf(&b, "%d %s by %s: %s\n", e.Rev, e.At.UTC().Format("2006-01-02 15:04:05"), e.Actor, e.Op.Title)
		whole, err := st.As(id).Entry(e.Rev, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range whole.Changes {
			fmt.Fprintf(&b, "  %s #%d %s\n", c.Kind, c.ID, c.Label)
			k := env.Reader.Schema().Kind(c.Kind)
			for _, rec := range []any{c.Before, c.After} {
				if rec != nil {
					fmt.Fprintf(&b, "    %s\n", k.AppendJSON(nil, rec, env))
				}
			}
		}
	}
	return b.String()
}

func unpacked(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func packed(t *testing.T, dir, name, text string) {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".gz"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holds reports whether what is written now says all that was written then: line
// by line the same, but that a record may have fields that are newer, and the
// export kinds, which are empty.
func holds(now, then string) bool {
	a, b := knownThen(now, then), strings.Split(then, "\n")
	for i := range b {
		if i >= len(a) || !holdsLine(a[i], b[i]) {
			return false
		}
	}
	return len(a) == len(b)
}

// knownThen gives the lines of what is written now without the kinds that are
// newer than what was written then and have no records.
func knownThen(now, then string) []string {
	return slices.DeleteFunc(strings.Split(now, "\n"), func(line string) bool {
		kind, empty := strings.CutSuffix(strings.TrimSuffix(line, ","), " []")
		return empty && kind != "" && !strings.Contains(then, "\n"+kind)
	})
}

func holdsLine(now, then string) bool {
	if now == then {
		return true
	}
	n, o := strings.TrimRight(strings.TrimSpace(now), ","), strings.TrimRight(strings.TrimSpace(then), ",")
	var is, was map[string]any
	if json.Unmarshal([]byte(n), &is) != nil || json.Unmarshal([]byte(o), &was) != nil {
		return false
	}
	return holdsValue(is, was)
}

// holdsValue reports whether a value of now says what one of then did: fields that
// are newer are empty, in rows of a record as well.
func holdsValue(now, then any) bool {
	switch then := then.(type) {
	case map[string]any:
		is, ok := now.(map[string]any)
		for name, value := range then {
			if had, there := is[name]; !there || !holdsValue(had, value) {
				return false
			}
		}
		for name, value := range is {
			if _, had := then[name]; !had && value != nil && value != false && !reflect.DeepEqual(value, []any{}) {
				return false
			}
		}
		return ok
	case []any:
		is, ok := now.([]any)
		return ok && slices.EqualFunc(is, then, holdsValue)
	}
	return reflect.DeepEqual(now, then)
}

func TestAFieldThatIsLostIsSeen(t *testing.T) {
	then := `{"id":1,"name":"Ann","phone":"1"}`
	for text, want := range map[string]bool{then: true, `{"id":1,"name":"Ann","phone":"1","new":null}`: true,
		`{"id":1,"name":"Ann"}`: false, `{"id":1,"name":"Bea","phone":"1"}`: false,
		`{"id":1,"name":"Ann","phone":"1","new":"x"}`: false} {
		if holds(text, then) != want {
			t.Errorf("%s holds %s: %v", text, then, !want)
		}
	}
	rows := `{"cities":[{"city":"Raytown"}]}`
	for text, want := range map[string]bool{`{"cities":[{"city":"Raytown","new":null}]}`: true,
		`{"cities":[{"city":"Raytown","new":"x"}]}`: false, `{"cities":[{"new":null}]}`: false,
		`{"cities":[{"city":"Raytown"},{"city":"Grandview"}]}`: false, `{"cities":null}`: false} {
		if holds(text, rows) != want {
			t.Errorf("%s holds %s: %v", text, rows, !want)
		}
	}
	const two = "{\n\"people\": [\n{}\n],\n\"events\": []\n}"
	for text, want := range map[string]bool{
		two: true,
		strings.Replace(two, "\"events", "\"holidays\": [],\n\"events", 1):       true,
		strings.Replace(two, "\"events", "\"holidays\": [\n{}\n],\n\"events", 1): false,
		strings.Replace(two, ",\n\"events\": []", "", 1):                         false} {
		if holds(text, two) != want {
			t.Errorf("%s holds %s: %v", text, two, !want)
		}
	}
}

// whereTheyPart shows where two texts part.
func whereTheyPart(want, got string) string {
	a, b := strings.Split(want, "\n"), knownThen(got, want)
	for i := range min(len(a), len(b)) {
		if !holdsLine(b[i], a[i]) {
			return fmt.Sprintf("line %d: got %.300s\nwant %.300s", i+1, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(b), len(a))
}
