package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// save stores an edit made by somebody who looked at base at baseRev.
func save(s *Store, id access.Identity, kind string, e Edit) error {
	_, err := s.Update(context.Background(), id, Op{Title: "save"}, func(tx *Tx) error {
		_, err := tx.Save(kind, e)
		return err
	})
	return err
}

func TestTwoEditsOfOneRecordMergeOrConflict(t *testing.T) {
	day := value.Date(2027, 6, 1)
	base := &partnership.Program{Name: "Snow", Status: partnership.ProgramActive, Note: "n",
		Participants: []partnership.Participant{{Partner: raytown}, {Partner: grandview}},
		Funding:      []partnership.Funding{{Source: "Grant"}}}
	change := func(f func(*partnership.Program)) func(*partnership.Program) { return f }
	for _, c := range []struct {
		name         string
		theirs, mine func(*partnership.Program)
		conflict     []string
		want         func(*partnership.Program) bool
	}{
		{"different fields",
			change(func(p *partnership.Program) { p.Note = "theirs" }),
			change(func(p *partnership.Program) { p.Lead = raytown }), nil,
			func(p *partnership.Program) bool { return p.Note == "theirs" && p.Lead == raytown }},
		{"the same change", change(func(p *partnership.Program) { p.Note = "same" }),
			change(func(p *partnership.Program) { p.Note = "same" }), nil,
			func(p *partnership.Program) bool { return p.Note == "same" }},
		{"one field differently", change(func(p *partnership.Program) { p.Note = "theirs" }),
			change(func(p *partnership.Program) { p.Note = "mine" }),
			[]string{"note"}, nil},
		{"two rows added",
			change(func(p *partnership.Program) {
				p.Participants = append(p.Participants, partnership.Participant{Partner: independence})
			}),
			change(func(p *partnership.Program) {
				p.Participants = append(p.Participants, partnership.Participant{Partner: leesSummit})
			}), nil,
			func(p *partnership.Program) bool { return len(p.Participants) == 4 }},
		{"one row changed differently",
			change(func(p *partnership.Program) { p.Participants[0].Share = value.Some(value.Percent(1000)) }),
			change(func(p *partnership.Program) { p.Participants[0].Share = value.Some(value.Percent(2000)) }),
			[]string{"participants"}, nil},
		{"together against a rule",
			change(func(p *partnership.Program) { p.Start = value.Some(day) }),
			change(func(p *partnership.Program) { p.End = value.Some(day - 1) }),
			[]string{"start", "end"}, nil},
		{"together too much",
			change(func(p *partnership.Program) { p.Participants[0].Share = value.Some(value.Percent(6000)) }),
			change(func(p *partnership.Program) { p.Participants[1].Share = value.Some(value.Percent(6000)) }),
			[]string{"participants"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := founded(t)
			id := put(t, s, keeper(), base)
			seen, rev := s.As(keeper()).View(), s.As(keeper()).View().RevOf("programs", uint64(id))
			k := s.schema.Kind("programs")
			theirs, mine := k.Clone(field.Get(seen, id)).(*partnership.Program), k.Clone(field.Get(seen,
				id)).(*partnership.Program)
			c.theirs(theirs)
			c.mine(mine)
			put(t, s, as("Pat", access.Coordinator, 0), theirs)
			err := save(s, keeper(), "programs", Edit{ID: uint64(id), BaseRev: rev, Base: field.Get(seen, id),
				Mine: mine})
			if c.conflict == nil {
				if err != nil {
					t.Fatal(err)
				}
				if got := field.Get(s.As(keeper()).View(), id); !c.want(got) {
					t.Errorf("merged to %+v", got)
				}
				return
			}
			var conflict *ConflictError
			if !errors.As(err, &conflict) || failure.CodeOf(err) != failure.Conflict {
				t.Fatalf("got %v, want a conflict", err)
			}
			var names []string
			for _, col := range conflict.Columns {
				names = append(names, col.Name)
			}
			if !slices.Equal(names, c.conflict) || conflict.TheirActor != "Pat" || !k.Equal(conflict.Theirs, theirs) ||
				!k.Equal(conflict.Mine, mine) || k.ID(conflict.Merged) != uint64(id) {
				t.Errorf("conflict over %v with %s: %v", names, conflict.TheirActor, err)
			}
			if together := strings.HasPrefix(c.name, "together"); together != (len(conflict.Problems) > 0) ||
				together != strings.Contains(err.Error(), "do not go together: ") {
				t.Errorf("the conflict is of rules, %v: %v", len(conflict.Problems) > 0, err)
			}
			if got := field.Get(s.As(keeper()).View(), id); !k.Equal(got, theirs) {
				t.Errorf("the refused edit changed the record to %+v", got)
			}
		})
	}
}

func TestAnEditThatComesBackAsASpreadsheetMerges(t *testing.T) {
	s, _ := founded(t)
	dana := put(t, s, keeper(), person(raytown, "Dana Reyes"))
	rev := s.As(keeper()).View().RevOf("people", uint64(dana))
	mine := *field.Get(s.As(keeper()).View(), dana)
	theirs := mine
	theirs.Title = "Chief"
	put(t, s, as("Pat", access.Coordinator, 0), &theirs)
	mine.Phone = "816-555-0177"
	if err := save(s, keeper(), "people", Edit{ID: uint64(dana), BaseRev: rev, Mine: &mine}); err != nil {
		t.Fatal(err)
	}
	if got := field.Get(s.As(keeper()).View(), dana); got.Title != "Chief" || got.Phone != "816-555-0177" {
		t.Errorf("%+v", got)
	}
	err := save(s, keeper(), "people", Edit{ID: uint64(dana), BaseRev: 1, Mine: &mine})
	refused(t, failure.Conflict, err)
}

func TestEditingWhatWasDeletedSaysByWhom(t *testing.T) {
	s, _ := founded(t)
	dana := put(t, s, keeper(), person(raytown, "Dana Reyes"))
	mine := *field.Get(s.As(keeper()).View(), dana)
	update(t, s, as("Pat", access.Coordinator, 0), func(tx *Tx) error { return tx.Delete("people", uint64(dana)) })
	err := save(s, keeper(), "people", Edit{ID: uint64(dana), BaseRev: 2, Base: &mine, Mine: &mine})
	if sentence := refused(t, failure.Conflict, err); !strings.Contains(sentence,
		"Dana Reyes was deleted meanwhile by Pat") {
		t.Error(sentence)
	}
}

func TestAMergeSeesOnlyWhatItsAuthorSees(t *testing.T) {
	s, _ := founded(t)
	signup := &partnership.Person{Partner: raytown, Name: "Ann", Note: "secret"}
	ann := put(t, s, keeper(), signup)
	ed := as("kim", access.Editor, field.Party(raytown))
	seen := *field.Get(s.As(ed).View(), ann)
	rev := s.As(ed).View().RevOf("people", uint64(ann))
	changed := *field.Get(s.As(keeper()).View(), ann)
	changed.Title = "Chief"
	put(t, s, keeper(), &changed)
	mine := seen
	mine.Phone = "816-555-0123"
	if err := save(s, ed, "people", Edit{ID: uint64(ann), BaseRev: rev, Base: &seen, Mine: &mine}); err != nil {
		t.Fatal(err)
	}
	got := field.Get(s.As(keeper()).View(), ann)
	if got.Note != "secret" || got.Title != "Chief" || got.Phone != "816-555-0123" {
		t.Errorf("%+v", got)
	}
}

func TestRulesHoldOnEveryPath(t *testing.T) {
	s, _ := founded(t)
	unit := put(t, s, keeper(), &lending.Equipment{Tag: "RT-1", Name: "Truck", Owner: raytown,
		Status: lending.EquipmentActive})
	day := value.Date(2027, 3, 8)
	loan := func(from, until int) *lending.Reservation {
		return &lending.Reservation{Unit: unit, Borrower: grandview, State: lending.Approved,
			Start: value.Some(day.At(from, 0)), End: value.Some(day.At(until, 0))}
	}
	first := put(t, s, keeper(), loan(8, 12))
	_, err := s.Update(t.Context(), keeper(), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, loan(11, 14)); return err })
	refused(t, failure.Invalid, err)
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error {
		if _, err := field.Put(tx, loan(14, 16)); err != nil {
			return err
		}
		_, err := field.Put(tx, loan(15, 17))
		return err
	})
	refused(t, failure.Invalid, err)
	second := put(t, s, keeper(), loan(12, 14))
	moved := *field.Get(s.As(keeper()).View(), second)
	rev := s.As(keeper()).View().RevOf("reservations", uint64(second))
	moved.Start = value.Some(day.At(11, 0))
	refused(t, failure.Invalid, save(s, keeper(), "reservations", Edit{ID: uint64(second), BaseRev: rev, Mine: &moved}))
	update(t, s, keeper(), func(tx *Tx) error { return tx.Delete("reservations", uint64(first)) })
	put(t, s, as("pat", access.Coordinator, 0), &moved)
	if sentence := refusedBy(t, failure.Invalid, s.Undo, keeper()); !strings.Contains(sentence, "taken") {
		t.Error(sentence)
	}
}

func TestReferencesMustLeadSomewhere(t *testing.T) {
	s, _ := founded(t)
	_, err := s.Update(t.Context(), keeper(), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, person(77, "Ann")); return err })
	if sentence := refused(t, failure.Invalid, err); !strings.Contains(sentence, "partner #77, which is not there") {
		t.Error(sentence)
	}
	ann := put(t, s, keeper(), person(raytown, "Ann"))
	put(t, s, keeper(), &partnership.Program{Name: "Snow", Status: partnership.ProgramActive, Contact: ann})
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error { return tx.Delete("people", uint64(ann)) })
	if sentence := refused(t, failure.InUse, err); !strings.Contains(sentence, "program Snow refers to it") {
		t.Error(sentence)
	}
	update(t, s, keeper(), func(tx *Tx) error { // both at once
		if err := tx.Delete("people", uint64(ann)); err != nil {
			return err
		}
		for id, rec := range tx.Scan("programs") {
			if rec.(*partnership.Program).Contact == ann {
				return tx.Delete("programs", id)
			}
		}
		return nil
	})
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error { return tx.Delete("partners", uint64(raytown)) })
	if sentence := refused(t, failure.InUse, err); !strings.Contains(sentence, "resolution") {
		t.Error(sentence)
	}
}

func TestWhatShouldBeUniqueIs(t *testing.T) {
	s, _ := founded(t)
	unit := func(tag string) *lending.Equipment {
		return &lending.Equipment{Tag: tag, Name: "Truck", Owner: raytown, Status: lending.EquipmentActive}
	}
	a := put(t, s, keeper(), unit("RT-1"))
	b := put(t, s, keeper(), unit("RT-2"))
	_, err := s.Update(t.Context(), keeper(), Op{},
		func(tx *Tx) error { _, err := field.Put(tx, unit("rt-1")); return err })
	if sentence := refused(t, failure.Invalid, err); !strings.Contains(sentence, "already a unit with this tag (RT-1 "+
		"Truck, #1)") {
		t.Error(sentence)
	}
	update(t, s, keeper(), func(tx *Tx) error { // tags change hands in one update
		for id, tag := range map[lending.EquipmentID]string{a: "RT-2", b: "RT-1"} {
			u := *field.Get(tx, id)
			u.Tag = tag
			if _, err := field.Put(tx, &u); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, keeper(), func(tx *Tx) error { return tx.Delete("equipment", uint64(b)) })
	put(t, s, keeper(), unit("RT-1"))
}

func TestNothingChangedIsNoRevision(t *testing.T) {
	s, _ := founded(t)
	rev := s.As(keeper()).View().Rev()
	res := update(t, s, keeper(), func(tx *Tx) error {
		p := *field.Get(tx, raytown)
		p.Name = "  " + p.Name + "\t"
		if _, err := field.Put(tx, &p); err != nil {
			return err
		}
		id, err := field.Put(tx, person(raytown, "Gone"))
		if err != nil {
			return err
		}
		return tx.Delete("people", uint64(id))
	})
	if res.Rev != rev || res.Changed != 0 || s.As(keeper()).View().Rev() != rev {
		t.Errorf("%+v, was %d", res, rev)
	}
	if id := put(t, s, keeper(), person(raytown, "Ann")); id != 1 {
		t.Errorf("the first person has number %d", id)
	}
}

func TestTextIsMadeSafe(t *testing.T) {
	s, _ := founded(t)
	id := put(t, s, keeper(), &partnership.Person{Partner: raytown, Name: "Da\x1b[31mna\u009b\u202e",
		Note: "a\r\nb\x00" + strings.Repeat("x", 100_000)})
	p := field.Get(s.As(keeper()).View(), id)
	if strings.ContainsAny(p.Name, "\x1b\u009b\u202e") || !strings.HasPrefix(p.Note, "a\nb") || len(p.Note) > maxBlock {
		t.Errorf("name %q, note of %d bytes", p.Name, len(p.Note))
	}
}

func TestAnOperationIsDoneOnce(t *testing.T) {
	s, c := founded(t)
	add := func() Result {
		t.Helper()
		res, err := s.Update(t.Context(), keeper(), Op{ID: "import-7", Title: "import"}, func(tx *Tx) error {
			_, err := field.Put(tx, person(raytown, "Ann"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	first := add()
	if again := add(); !again.Repeat || again.Rev != first.Rev || again.Changed != 1 {
		t.Errorf("%+v", again)
	}
	s = reopen(t, s)
	if again := add(); !again.Repeat || again.Rev != first.Rev {
		t.Errorf("after reopening: %+v", again)
	}
	if _, err := s.Update(t.Context(), as("pat", access.Coordinator, 0), Op{ID: "import-7"}, func(tx *Tx) error {
		_, err := field.Put(tx, person(raytown, "Bea"))
		return err
	}); err != nil || s.As(keeper()).View().Rows("people").Len() != 2 {
		t.Errorf("another's operation of the same name was not done: %v", err)
	}
	c.advance(25 * time.Hour)
	if again := add(); again.Repeat {
		t.Error("remembered for more than a day")
	}
}

func TestTryKeepsTheGoodRows(t *testing.T) {
	s, _ := founded(t)
	var bad []error
	update(t, s, keeper(), func(tx *Tx) error {
		for _, p := range []*partnership.Person{person(raytown, "Ann"), person(0, "No city"), person(raytown, ""),
			person(grandview, "Bo")} {
			if _, err := tx.Try("people", p); err != nil {
				bad = append(bad, err)
			}
		}
		return nil
	})
	var names []string
	for _, p := range s.As(keeper()).View().Scan("people") {
		names = append(names, p.(*partnership.Person).Name)
	}
	if !slices.Equal(names, []string{"Ann", "Bo"}) || len(bad) != 2 || s.durable.Load().next[s.byName["people"]] != 3 {
		t.Errorf("kept %v, refused %v", names, bad)
	}
}

func TestWritingWhileScanning(t *testing.T) {
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 500 {
			if _, err := field.Put(tx, person(raytown, strings.Repeat("x", i+1))); err != nil {
				return err
			}
		}
		return nil
	})
	seen := 0
	update(t, s, keeper(), func(tx *Tx) error {
		for id, rec := range tx.Scan("people") {
			seen++
			p := *rec.(*partnership.Person)
			if id%3 == 0 {
				if err := tx.Delete("people", id); err != nil {
					return err
				}
				continue
			}
			p.ID, p.Title = 0, "copy"
			if _, err := field.Put(tx, &p); err != nil {
				return err
			}
		}
		return nil
	})
	if got := s.As(keeper()).View().Rows("people").Len(); seen != 500 || got != 500-166+334 {
		t.Errorf("saw %d, left %d", seen, got)
	}
	clean(t, s)
}

// clean fails unless the file is undamaged.
func clean(t testing.TB, s *Store) *Report {
	t.Helper()
	report, err := s.Check(context.Background())
	if err != nil || !report.Clean() || len(report.Rules) > 0 {
		t.Fatalf("check: %+v, %v", report, err)
	}
	return report
}

func TestProblemsShownWhileFillingIn(t *testing.T) {
	s, _ := founded(t)
	if got := s.As(keeper()).Problems("people", &partnership.Person{}); len(got) != 2 || got[0].Field != "name" {
		t.Errorf("%+v", got)
	}
	if got := s.As(as("v", access.Viewer, field.Party(raytown))).
		Problems("people", person(raytown, "Ann")); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	if rev := s.As(keeper()).View().Rev(); rev != 1 {
		t.Errorf("looking for problems made revision %d", rev)
	}
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	s, c := founded(t)
	ann := put(t, s, keeper(), person(raytown, "Ann"))
	c.advance(time.Hour)
	p := *field.Get(s.As(keeper()).View(), ann)
	p.Phone = "816-555-0188"
	put(t, s, as("Pat", access.Coordinator, 0), &p)
	list, err := s.As(keeper()).History("people", uint64(ann), 10)
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	newest := list[0]
	if newest.Actor != "Pat" || !newest.At.Equal(c.now()) || len(newest.Columns) != 1 ||
		newest.Columns[0].Name != "phone" ||
		newest.Before.(*partnership.Person).Phone != "816-555-0100" || list[1].Before != nil {
		t.Errorf("%+v", newest)
	}
	recent, err := s.As(keeper()).Recent(2, 0)
	if err != nil || len(recent) != 2 || recent[0].Rev != 3 || recent[0].Changes[0].Label != "Ann" {
		t.Fatalf("%+v, %v", recent, err)
	}
	older, err := s.As(keeper()).Recent(5, recent[1].Rev)
	if err != nil || len(older) != 1 || older[0].Rev != 1 || older[0].More+len(older[0].Changes) < 15 {
		t.Fatalf("%+v, %v", older, err)
	}
}
