package model

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
)

// TestStoredFormComesBack: what is packed and unpacked is the same record.
func TestStoredFormComesBack(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		rec := drawRecord(t, k, env, "r")
		k.SetID(rec, 77)
		packed := string(k.Pack(nil, rec))
		back := k.New()
		if err := k.Unpack(back, 77, packed); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(normalised(rec), normalised(back)) {
			t.Fatalf("%s\n%+v\ncame back as\n%+v", k.Name, rec, back)
		}
		if again := string(k.Pack(nil, back)); again != packed || !k.Equal(rec, back) {
			t.Fatalf("packed anew it differs:\n%q\n%q", packed, again)
		}
	})
}

// normalised gives a copy in which empty lists are nil, since nothing tells
// the two apart.
func normalised(rec any) any {
	v := reflect.New(reflect.TypeOf(rec).Elem())
	v.Elem().Set(reflect.ValueOf(rec).Elem())
	for i := range v.Elem().NumField() {
		if f := v.Elem().Field(i); f.Kind() == reflect.Slice && f.Len() == 0 {
			f.SetZero()
		}
	}
	return v.Interface()
}

// TestUnknownTagsAreSkipped: a record stored by a later version, with fields
// this one does not know, is read without them.
func TestUnknownTagsAreSkipped(t *testing.T) {
	k := NewSchema().Kind("partners")
	stored := k.Pack(nil, &partnership.Partner{Name: "Raytown"})
	later := append([]byte{0xf0, 0x07, 3, 'n', 'e', 'w'}, stored...)
	later = append(later, 0xf1, 0x07, 0)
	var back partnership.Partner
	if err := k.Unpack(&back, 5, string(later)); err != nil || back.Name != "Raytown" || back.ID != 5 {
		t.Errorf("%+v, %v", back, err)
	}
}

// FuzzUnpack: whatever stands in the file, reading it fails with a sentence or
// gives a record that can be shown, stored and read again.
func FuzzUnpack(f *testing.F) {
	schema := NewSchema()
	for i, k := range schema.Kinds {
		f.Add(uint8(i), k.Pack(nil, crowd().Get(k.Name, 1)))
	}
	f.Add(uint8(5), []byte{6, 4, 2, 1, 1, 0})
	f.Add(uint8(2), []byte{10, 2, 200, 1})
	f.Add(uint8(1), []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add(uint8(1), []byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 'x'})
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		k := schema.Kinds[int(kind)%len(schema.Kinds)]
		rec := k.New()
		if err := k.Unpack(rec, 1, string(data)); err != nil {
			if failure.CodeOf(err) != failure.Damaged && !strings.Contains(err.Error(), "stored") {
				t.Fatalf("not a sentence about damage: %v", err)
			}
			return
		}
		env := field.NewEnv(with(), fieldtest.Saturday)
		for _, c := range k.Columns {
			c.Format(nil, rec, env)
			c.Show(nil, rec, env)
			c.Key(nil, rec, env)
		}
		k.AppendJSON(nil, rec, env)
		back := k.New()
		if err := k.Unpack(back, 1, string(k.Pack(nil, rec))); err != nil {
			t.Fatalf("what was read cannot be stored: %v", err)
		}
		if !k.Equal(rec, back) {
			t.Fatalf("%+v stored and read is %+v", rec, back)
		}
	})
}

// TestCloneSharesNoList: changing a clone's lists in place leaves the original
// as it was, in every kind.
func TestCloneSharesNoList(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		rec := drawRecord(t, k, env, "r")
		before := string(k.Pack(nil, rec))
		clone := k.Clone(rec)
		if !k.Equal(rec, clone) || k.ID(clone) != k.ID(rec) {
			t.Fatal("a clone differs")
		}
		scribble(reflect.ValueOf(clone).Elem())
		if string(k.Pack(nil, rec)) != before {
			t.Fatalf("%s: changing a clone changed the original", k.Name)
		}
	})
}

// scribble overwrites every element of every list inside v.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			scribble(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			v.Index(i).SetZero()
		}
	}
}

// TestEverySliceHasAColumn: a list without a column would be shared by clones.
func TestEverySliceHasAColumn(t *testing.T) {
	for _, k := range NewSchema().Kinds {
		rec := reflect.ValueOf(k.New()).Elem()
		for i := range rec.NumField() {
			if rec.Field(i).Kind() != reflect.Slice {
				continue
			}
			rec.Field(i).Set(reflect.MakeSlice(rec.Field(i).Type(), 1, 1))
			if !slices.ContainsFunc(k.Columns, func(c *field.Column) bool { return !c.Empty(rec.Addr().Interface()) }) {
				t.Errorf("%s.%s has no column", k.Name, rec.Type().Field(i).Name)
			}
			rec.Field(i).SetZero()
		}
	}
}

func TestRedacted(t *testing.T) {
	k := NewSchema().Kind("people")
	private := func(c *field.Column) bool { return c.Sensitivity != field.Open }
	p := &partnership.Person{ID: 3, Name: "Dana Reyes", Mobile: "816-555-0142", Note: "quiet", Tags: []string{"snow"}}
	got := k.Redacted(p, private).(*partnership.Person)
	if got.Mobile != "" || got.Note != "" || got.Name != p.Name || got.ID != 3 || len(got.Tags) != 1 {
		t.Errorf("%+v", got)
	}
	if p.Mobile == "" || p.Note == "" {
		t.Error("the original lost its values")
	}
	open := &partnership.Person{ID: 4, Name: "Owen"}
	if k.Redacted(open, private) != any(open) {
		t.Error("a record with nothing to hide is copied")
	}
	if k.Redacted(p, func(*field.Column) bool { return false }) != any(p) {
		t.Error("a record of which nothing is hidden is copied")
	}
}

// TestRedactedLeavesNoTrace: a hidden value cannot be told from one that was
// never recorded, by any of a column's operations.
func TestRedactedLeavesNoTrace(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		rec := drawRecord(t, k, env, "r")
		hidden := k.Columns[rapid.IntRange(0, len(k.Columns)-1).Draw(t, "hidden")]
		got := k.Redacted(rec, func(c *field.Column) bool { return c == hidden })
		empty := k.Clone(rec)
		hidden.Clear(empty)
		if string(k.Pack(nil, got)) != string(k.Pack(nil, empty)) || !hidden.Empty(got) ||
			string(k.AppendJSON(nil, got, env)) != string(k.AppendJSON(nil, empty, env)) ||
			string(hidden.Key(nil, got, env)) != string(hidden.Key(nil, empty, env)) {
			t.Fatalf("%s.%s shows through", k.Name, hidden.Name)
		}
	})
}
