package model

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// TestMergeLaws holds what a three-way merge must do with any record: a side
// that changed nothing gives way to the other, equal changes agree, and what
// only one side changed is kept.
func TestMergeLaws(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		base, x := drawRecord(t, k, env, "base"), drawRecord(t, k, env, "x")
		for name, c := range map[string]struct{ base, mine, theirs, want any }{
			"only mine":   {base, x, base, x},
			"only theirs": {base, base, x, x},
			"the same":    {base, x, x, x},
			"neither":     {base, base, base, base},
		} {
			got, conflicts := k.Merge(c.base, c.mine, c.theirs)
			if len(conflicts) > 0 || !k.Equal(got, c.want) {
				t.Fatalf("%s: %s, conflicts %v", k.Name, name, conflicts)
			}
		}
	})
}

// TestMergeByField: changes to different fields are both kept, whoever merges.
func TestMergeByField(t *testing.T) {
	env := field.NewEnv(crowd(), fieldtest.Saturday)
	rapid.Check(t, func(t *rapid.T) {
		k := drawKind(t)
		base := drawRecord(t, k, env, "base")
		mine, theirs := k.Clone(base), k.Clone(base)
		for _, c := range k.Columns {
			if side := rapid.SampledFrom([]any{mine, theirs, base}).Draw(t, "who changes "+c.Name); side != base {
				drawValue(t, c, side, env, "changed")
			}
		}
		before := string(k.Pack(nil, mine)) + string(k.Pack(nil, theirs)) + string(k.Pack(nil, base))
		one, conflicts := k.Merge(base, mine, theirs)
		two, again := k.Merge(base, theirs, mine)
		if len(conflicts)+len(again) > 0 || !k.Equal(one, two) {
			t.Fatalf("conflicts %v %v, or the sides matter", conflicts, again)
		}
		for _, c := range k.Columns {
			switch {
			case !c.Equal(mine, base) && !c.Equal(one, mine):
				t.Fatalf("%s: mine is lost", c.Name)
			case !c.Equal(theirs, base) && !c.Equal(one, theirs):
				t.Fatalf("%s: theirs is lost", c.Name)
			}
		}
		if string(k.Pack(nil, mine))+string(k.Pack(nil, theirs))+string(k.Pack(nil, base)) != before {
			t.Fatal("a merge changed what it was given")
		}
	})
}

// TestMergeConflicts: what both changed differently is listed, and holds
// theirs.
func TestMergeConflicts(t *testing.T) {
	k := NewSchema().Kind("people")
	base := &partnership.Person{Name: "Dana Reyes", Phone: "816-555-0100", Title: "Clerk"}
	mine := &partnership.Person{Name: "Dana Reyes", Phone: "816-555-0101", Title: "City Clerk"}
	theirs := &partnership.Person{Name: "Dana Cole", Phone: "816-555-0102", Title: "Clerk"}
	got, conflicts := k.Merge(base, mine, theirs)
	if len(conflicts) != 1 || conflicts[0].Name != "phone" {
		t.Fatalf("conflicts %v", conflicts)
	}
	if p := got.(*partnership.Person); p.Phone != "816-555-0102" || p.Name != "Dana Cole" || p.Title != "City Clerk" {
		t.Errorf("%+v", p)
	}
}

// TestMergeSets: additions of both sides are kept, removals of either are
// honoured, and nothing is there twice.
func TestMergeSets(t *testing.T) {
	c := NewSchema().Kind("people").Column("tags")
	tags := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}),
		func(s string) string { return s })
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := tags.Draw(t, "base"), tags.Draw(t, "mine"), tags.Draw(t, "theirs")
		var got partnership.Person
		if !c.Merge(&got, &partnership.Person{Tags: base}, &partnership.Person{Tags: mine},
			&partnership.Person{Tags: theirs}) {
			t.Fatal("sets never conflict")
		}
		for _, tag := range []string{"a", "b", "c", "d", "e", "f"} {
			b, m, th := slices.Contains(base, tag), slices.Contains(mine, tag), slices.Contains(theirs, tag)
			want := b && m && th || !b && (m || th)
			n := 0
			for _, have := range got.Tags {
				if have == tag {
					n++
				}
			}
			if n != btoi(want) {
				t.Fatalf("%q is there %d times in %v", tag, n, got.Tags)
			}
		}
	})
}

// TestMergeSetsSharesNothing: two editors' appends stay apart from what the
// merge gives back.
func TestMergeSetsSharesNothing(t *testing.T) {
	k := NewSchema().Kind("people")
	base := &partnership.Person{Tags: append(make([]string, 0, 10), "a")}
	mine, theirs := k.Clone(base).(*partnership.Person), k.Clone(base).(*partnership.Person)
	mine.Tags, theirs.Tags = append(mine.Tags, "mine"), append(theirs.Tags, "theirs")
	merged, _ := k.Merge(base, mine, theirs)
	got := merged.(*partnership.Person)
	if !slices.Equal(mine.Tags, []string{"a", "mine"}) || !slices.Equal(got.Tags, []string{"a", "theirs", "mine"}) {
		t.Fatalf("mine %v, merged %v", mine.Tags, got.Tags)
	}
	got.Tags[1] = "changed"
	if theirs.Tags[1] != "theirs" {
		t.Error("the merged list is theirs")
	}
}

func money(dollars int64) value.Opt[value.Cents] { return value.Some(value.Cents(dollars * 100)) }

// TestMergeRows: child rows merge by their first column, and field by field
// within a row.
func TestMergeRows(t *testing.T) {
	c := NewSchema().Kind("programs").Column("funding")
	f := func(rows ...partnership.Funding) []partnership.Funding { return rows }
	grant, city, state := partnership.Funding{Source: "grant", Amount: money(1)}, partnership.Funding{Source: "city",
		Amount: money(2)}, partnership.Funding{Source: "state", Amount: money(3)}
	more := partnership.Funding{Source: "grant", Amount: money(9)}
	for name, x := range map[string]struct {
		base, mine, theirs, want []partnership.Funding
		conflict                 bool
	}{
		"both add":                 {f(grant), f(grant, city), f(grant, state), f(grant, state, city), false},
		"one removes, one adds":    {f(grant, city), f(grant), f(grant, city, state), f(grant, state), false},
		"one removes, one changes": {f(grant), f(), f(more), nil, true},
		"one changes, one removes": {f(grant), f(more), f(), nil, true},
		"both remove":              {f(grant, city), f(city), f(city, state), f(city, state), false},
		"changes of different rows": {f(grant, city), f(more, city),
			f(grant, partnership.Funding{Source: "city", Amount: money(7)}),
			f(more, partnership.Funding{Source: "city", Amount: money(7)}), false},
		"both change one row": {f(grant), f(more), f(partnership.Funding{Source: "grant", Amount: money(5)}),
			nil, true},
		"both add one row alike":  {f(), f(grant), f(grant, city), f(grant, city), false},
		"both add one row unlike": {f(), f(grant), f(more), nil, true},
		"one empties, one adds a field": {f(partnership.Funding{Source: "grant"}, city), f(grant, city),
			f(partnership.Funding{Source: "grant"}), f(grant), false},
		"two rows of one name": {f(grant, more),
			f(grant, partnership.Funding{Source: "grant", Amount: money(4)}), f(grant, more, city), nil, true},
		"a second row of the name": {f(grant), f(grant, more), f(grant, city), nil, true},
	} {
		var got partnership.Program
		ok := c.Merge(&got, &partnership.Program{Funding: x.base}, &partnership.Program{Funding: x.mine},
			&partnership.Program{Funding: x.theirs})
		if ok == x.conflict {
			t.Errorf("%s: conflict %v, want %v (got %v)", name, !ok, x.conflict, got.Funding)
			continue
		}
		want := x.want
		if x.conflict {
			want = x.theirs
		}
		if !slices.Equal(got.Funding, want) {
			t.Errorf("%s: %v, want %v", name, got.Funding, want)
		}
	}
}

// TestMergeDisjointRows: rows that either side added under names of their own
// are all kept.
func TestMergeDisjointRows(t *testing.T) {
	c := NewSchema().Kind("programs").Column("funding")
	rows := func(names string) *rapid.Generator[[]partnership.Funding] {
		return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) partnership.Funding {
			return partnership.Funding{Source: rapid.SampledFrom([]string{names + "1", names + "2", names + "3"}).
				Draw(t, "source"),
				Amount: money(rapid.Int64Range(0, 9).Draw(t, "amount"))}
		}), 0, 3, func(f partnership.Funding) string { return f.Source })
	}
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := rows("b").Draw(t, "base"), rows("m").Draw(t, "mine"), rows("t").Draw(t, "theirs")
		var got partnership.Program
		if !c.Merge(&got, &partnership.Program{Funding: base}, &partnership.Program{Funding: slices.Concat(base, mine)},
			&partnership.Program{Funding: slices.Concat(base, theirs)}) {
			t.Fatal("a conflict")
		}
		if len(got.Funding) != len(base)+len(mine)+len(theirs) {
			t.Fatalf("%v", got.Funding)
		}
		for _, f := range slices.Concat(base, mine, theirs) {
			if !slices.Contains(got.Funding, f) {
				t.Fatalf("%v is lost from %v", f, got.Funding)
			}
		}
	})
}
