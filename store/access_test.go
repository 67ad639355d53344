package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
)

// failer is what property and ordinary tests have in common.
type failer interface {
	Fatalf(format string, args ...any)
	Helper()
}

// seesOnlyItsShare compares a view, record by record and column by column, with
// what the policy says, and its rows with its scan.
func seesOnlyItsShare(t failer, v *View) {
	t.Helper()
	id := v.see.id
	for _, def := range v.Schema().Kinds {
		var want []uint64
		for n, raw := range v.state.Scan(def.Name) {
			parties := def.Parties(v.state, raw)
			seen := v.Get(def.Name, n)
			if (seen != nil) != id.Sees(def, parties) {
				t.Fatalf("%s sees %s #%d: %v", id.Role, def.One, n, seen != nil)
			}
			if seen == nil {
				continue
			}
			want = append(want, n)
			for _, c := range def.Columns {
				if sees := id.SeesField(def, c, parties); sees && !c.Equal(seen, raw) || !sees && !c.Empty(seen) {
					t.Fatalf("%s of partner %d: %s of %s #%d is %q", id.Role, id.Partner, c.Name, def.One, n,
						c.Format(nil, seen, nil))
				}
			}
		}
		r := v.Rows(def.Name)
		if !slices.Equal(r.IDs(), want) {
			t.Fatalf("%s: rows of %s are %v, want %v", id.Role, def.Name, r.IDs(), want)
		}
		for i := range want {
			if !def.Equal(r.At(i), v.Get(def.Name, want[i])) {
				t.Fatalf("%s: row of %s #%d differs from the record", id.Role, def.One, want[i])
			}
			if at, ok := r.Index(want[i]); !ok || at != i {
				t.Fatalf("row of %s #%d is at %d, want %d", def.One, want[i], at, i)
			}
		}
	}
}

// refersAsScanned compares what an index yields with a scan of the same view.
func refersAsScanned(t failer, v *View, k *field.Kind) {
	t.Helper()
	for _, rc := range v.Schema().Referring(k.Name) {
		for target := uint64(1); target < 8; target++ {
			var want, got []uint64
			for id, rec := range v.Scan(rc.Kind.Name) {
				refers := false
				rc.Column.Refs(rec, func(kind string, n uint64) { refers = refers || kind == k.Name && n == target })
				if refers {
					want = append(want, id)
				}
			}
			for id := range v.Refer(rc.Kind.Name, rc.Column.Name, target) {
				got = append(got, id)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s by %s of %s #%d: %v, want %v", rc.Kind.Name, rc.Column.Name, k.One, target, got, want)
			}
		}
	}
}

// secretive gives a store in which private and confidential values hold the
// word "secret".
func secretive(t *testing.T) *Store {
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 4 {
			p := person(raytown, fmt.Sprint("Person ", i))
			p.Note, p.Mobile = "secret note", "secret 816"
			if _, err := field.Put(tx, p); err != nil {
				return err
			}
		}
		cycle, err := field.Put(tx, &cyber.Cycle{Year: 2026, Framework: framework.CSF20})
		if err != nil {
			return err
		}
		_, err = field.Put(tx, &cyber.Answer{Cycle: cycle, Partner: raytown, Item: "PR.AA-01", Level: cyber.Informal,
			Note: "secret answer"})
		return err
	})
	return s
}

// TestATitleThatItsMakerReadsIsNotKeptForOthers, who see as much of the records.
func TestATitleThatItsMakerReadsIsNotKeptForOthers(t *testing.T) {
	s := secretive(t)
	for _, limit := range []int{0, 5} {
		for _, user := range []string{"keeper", "lou"} {
			list, err := s.As(as(user, access.Editor, field.Party(grandview))).History("people", 1, limit)
			if err != nil || len(list) != 1 || (user == "keeper") != (list[0].Op.Title != neutralTitle) {
				t.Errorf("%s reads %+v, %v", user, list, err)
			}
		}
	}
}

func everyone() []access.Identity {
	var out []access.Identity
	for _, role := range access.Roles() {
		for _, partner := range []partnership.PartnerID{0, raytown, grandview} {
			out = append(out, as(fmt.Sprintf("%s-%d", role, partner), role, field.Party(partner)))
		}
	}
	return out
}

func TestEveryRoleSeesItsShareByEveryWay(t *testing.T) {
	s := secretive(t)
	for _, id := range everyone() {
		t.Run(id.User, func(t *testing.T) {
			v := s.As(id)
			seesOnlyItsShare(t, v.View())
			for _, k := range s.schema.Kinds {
				refersAsScanned(t, v.View(), k)
			}
			people, _ := s.kind("people")
			maySee := id.SeesField(s.kinds[people].Kind, s.kinds[people].Column("note"),
				[]field.Party{field.Party(raytown)})
			if got := len(filter(t, v.View(), "secret")); (got > 0) != maySee {
				t.Errorf("searching finds %d people by a private note", got)
			}
			if got := len(filter(t, v.View(), "note:secret")); (got > 0) != maySee {
				t.Errorf("filtering finds %d people by a private note", got)
			}
			if got := historyText(t, s, v, "people", 1); strings.Contains(got, "secret") != maySee {
				t.Errorf("history shows %s", got)
			}
		})
	}
}

// historyText writes everything that history and the journal tell.
func historyText(t *testing.T, s *Store, v *Session, kind string, id uint64) string {
	t.Helper()
	k, _ := s.kind(kind)
	list, err := v.History(kind, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, c := range list {
		for _, rec := range []any{c.Before, c.After} {
			if rec != nil {
				out.Write(s.kinds[k].AppendJSON(nil, rec, nil))
			}
		}
	}
	recent, err := v.Recent(100, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range recent {
		for _, c := range e.Changes {
			if c.Kind != kind {
				continue
			}
			for _, rec := range []any{c.Before, c.After} {
				if rec != nil {
					out.Write(s.kinds[k].AppendJSON(nil, rec, nil))
				}
			}
		}
	}
	return out.String()
}

func TestHiddenRecordsLeaveNoTrace(t *testing.T) {
	s := secretive(t)
	for _, id := range []access.Identity{as("v", access.Viewer, field.Party(raytown)), as("c", access.Coordinator, 0),
		as("a", access.Assessor, field.Party(grandview))} {
		v := s.As(id)
		if got := v.View().Rows("answers").Len(); got != 0 {
			t.Errorf("%s: %d answers", id.Role, got)
		}
		if got := v.View().Referrers("cycles", 1, 10); len(got) != 0 {
			t.Errorf("%s: the cycle is referred to by %v", id.Role, got)
		}
		if got, err := v.History("answers", 1, 0); err != nil || len(got) != 0 {
			t.Errorf("%s: history %v, %v", id.Role, got, err)
		}
		if got := v.View().RevOf("answers", 1); got != 0 {
			t.Errorf("%s: revision %d", id.Role, got)
		}
		recent, err := v.Recent(100, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range recent {
			for _, c := range e.Changes {
				if c.Kind == "answers" {
					t.Errorf("%s: the journal shows %+v", id.Role, c)
				}
			}
		}
	}
	if got := s.As(as("a", access.Assessor, field.Party(raytown))).View().Rows("answers").Len(); got != 1 {
		t.Errorf("the city's own assessor sees %d answers", got)
	}
}

func TestDeletingTellsOnlyOfRecordsInSight(t *testing.T) {
	s := secretive(t)
	admin := as("root", access.Admin, 0)
	_, err := s.Update(t.Context(), admin, Op{}, func(tx *Tx) error { return tx.Delete("cycles", 1) })
	if sentence := refused(t, failure.InUse, err); sentence != "2026 cannot be deleted: other records refer to it; "+
		"change or delete those first" {
		t.Error(sentence)
	}
	_, err = s.Update(t.Context(), admin, Op{}, func(tx *Tx) error { return tx.Delete("partners", uint64(raytown)) })
	if sentence := refused(t, failure.InUse, err); !strings.Contains(sentence, "person Person 0") ||
		!strings.Contains(sentence, "and other records refer to it") {
		t.Error(sentence)
	}
	_, err = s.Update(t.Context(), keeper(), Op{}, func(tx *Tx) error { return tx.Delete("cycles", 1) })
	if sentence := refused(t, failure.InUse, err); !strings.Contains(sentence, "answer PR.AA-01 refers to it") {
		t.Error(sentence)
	}
}

func TestWhatOneMayNotSeeOneCannotOverwrite(t *testing.T) {
	s := secretive(t)
	viewer := as("lou", access.Editor, field.Party(grandview)) // sees neither mobile nor note of Raytown's people
	theirs := *field.Get(s.As(viewer).View(), partnership.PersonID(1))
	if theirs.Note != "" || theirs.Mobile != "" {
		t.Fatalf("%+v", theirs)
	}
	k, _ := s.kind("people")
	tx := s.begin(s.durable.Load(), viewer)
	if _, err := field.Put(tx, &theirs); err != nil {
		t.Fatal(err)
	}
	if got := tx.draft.now(recKey{k, 1}).rec.(*partnership.Person); got.Note != "secret note" ||
		got.Mobile != "secret 816" {
		t.Errorf("hidden fields became %+v", got)
	}
}

func TestRightsAreCheckedOnWhatWasAndWhatWillBe(t *testing.T) {
	s, _ := founded(t)
	ed := as("kim", access.Editor, field.Party(raytown))
	own := put(t, s, ed, person(raytown, "Own"))
	other := put(t, s, keeper(), person(grandview, "Other"))
	try := func(name string, want failure.Code, fn func(*Tx) error) {
		t.Helper()
		_, err := s.Update(t.Context(), ed, Op{}, fn)
		if failure.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	move := func(id partnership.PersonID, to partnership.PartnerID) func(*Tx) error {
		return func(tx *Tx) error {
			p := *field.Get(tx, id)
			p.Partner = to
			_, err := field.Put(tx, &p)
			return err
		}
	}
	try("take over another's", failure.Forbidden, move(other, raytown))
	try("give away one's own", failure.Forbidden, move(own, grandview))
	try("add for another", failure.Forbidden,
		func(tx *Tx) error { _, err := field.Put(tx, person(grandview, "X")); return err })
	try("delete another's", failure.Forbidden, func(tx *Tx) error { return tx.Delete("people", uint64(other)) })
	try("add to what is shared", failure.Forbidden, func(tx *Tx) error {
		_, err := field.Put(tx, &shadowing.Event{Name: "Spring", State: shadowing.EventDraft})
		return err
	})
	try("delete one's own", "", func(tx *Tx) error { return tx.Delete("people", uint64(own)) })
}

func TestSortingByAHiddenFieldTellsNothing(t *testing.T) {
	s, _ := founded(t)
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range 20 {
			p := person(raytown, "Same")
			p.Note = fmt.Sprint(20 - i)
			if _, err := field.Put(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	v := s.As(as("lou", access.Editor, field.Party(grandview))).View()
	order := v.Rows("people").Order(v.Schema().Kind("people").Column("note"), field.NewEnv(s.As(keeper()).View(), 0))
	if !slices.IsSorted(order) {
		t.Errorf("rows are ordered by what the viewer cannot see: %v", order)
	}
}

// TestRowsAreOrderedByWhatIsShownNotByWhatIsBehind: also by a reference that is hidden.
func TestRowsAreOrderedByWhatIsShownNotByWhatIsBehind(t *testing.T) {
	s, _ := founded(t)
	zoe, ann := put(t, s, keeper(), person(raytown, "Zoe")), put(t, s, keeper(), person(raytown, "Ann"))
	v := s.As(keeper()).View()
	k := v.Schema().Kind("equipment")
	behind := []any{&lending.Equipment{ID: 1, Custodian: zoe}, &lending.Equipment{ID: 2, Custodian: ann}}
	shown := []any{&lending.Equipment{ID: 1}, &lending.Equipment{ID: 2}}
	for i, recs := range [][]any{shown, behind} {
		r := &Rows{kind: k, ids: []uint64{1, 2}, recs: recs, raws: behind}
		if got := r.sort(k.Column("custodian"), field.NewEnv(v, 0)); got[0] != int32(i) {
			t.Errorf("with custodians shown %v: %v", i == 1, got)
		}
	}
}

// TestAnOrderIsOfItsOwnMoment: an order is shared, so what its first asker knows must
// not decide it.
func TestAnOrderIsOfItsOwnMoment(t *testing.T) {
	s, _ := founded(t)
	ann, zoe := person(raytown, "Ann"), person(raytown, "Zoe")
	ann.ID, zoe.ID = put(t, s, keeper(), ann), put(t, s, keeper(), zoe)
	for i, p := range []*partnership.Person{ann, zoe} {
		put(t, s, keeper(), &lending.Equipment{Tag: fmt.Sprint("T-", i), Name: "Truck", Owner: raytown,
			Status: lending.EquipmentActive, Custodian: p.ID})
	}
	v := s.As(keeper()).View()
	ann.Name = "Zz Ann"
	put(t, s, keeper(), ann)
	col := v.Schema().Kind("equipment").Column("custodian")
	if got := v.Rows("equipment").Order(col, field.NewEnv(s.As(keeper()).View(), 0)); !slices.Equal(got,
		[]int32{0, 1}) {
		t.Errorf("%v: rows of one moment are ordered by the names of another", got)
	}
}

func TestRowsOfOneClassAreShared(t *testing.T) {
	s := secretive(t)
	a, b := s.As(as("a", access.Editor, field.Party(grandview))).
		View(), s.As(as("b", access.Editor, field.Party(grandview))).View()
	if a.Rows("people") != b.Rows("people") {
		t.Error("two editors of one city do not share rows")
	}
	if a.Rows("people") == s.As(as("c", access.Editor, field.Party(raytown))).View().Rows("people") {
		t.Error("editors of two cities share rows")
	}
}

func TestFilterFallsBackToAnywhere(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Dana Reyes"))
	v := s.As(keeper()).View()
	env := field.NewEnv(v, 0)
	for question, loose := range map[string]bool{"rey": false, "eyes": true, "nobody": false} {
		f, err := field.ParseFilter(v.Schema().Kind("people"), question, env, text.Fold)
		if err != nil {
			t.Fatal(err)
		}
		rows, got := v.Rows("people").Filter(f, env)
		if got != loose || (len(rows) == 1) == (question == "nobody") {
			t.Errorf("%q: %v, loose %v", question, rows, got)
		}
	}
}
