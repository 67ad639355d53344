package store

import (
	"fmt"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/text"
	"interlocal/model/value"
)

// busy gives a store with the sample story and two users, in which every text
// field that somebody may not see holds a secret of its own.
func busy(t *testing.T) *Store {
	s, c := open(t)
	day := value.DayOf(c.now())
	update(t, s, keeper(), func(tx *Tx) error {
		return sample.Story(day).Each(func(kind string, rec any) error {
			k := tx.Schema().Kind(kind)
			fresh := mark(k, k.ID(rec), rec)
			if fresh == nil {
				fresh = k.Clone(rec)
			}
			k.SetID(fresh, 0) // what is signed or locked can only be marked beforehand
			_, err := tx.Put(kind, fresh)
			return err
		})
	})
	update(t, s, keeper(), func(tx *Tx) error {
		for _, u := range []*accounts.User{{Login: "ada", Role: accounts.UserAdmin, Keys: keyOf("A")},
			{Login: "kim", Role: accounts.UserEditor, Partner: raytown, Keys: keyOf("K")},
			{Login: "lou", Role: accounts.UserEditor, Partner: grandview}} {
			if _, err := field.Put(tx, u); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// secret is the word that a field of a record is made to hold.
func secret(k *field.Kind, id uint64, c *field.Column) string {
	return fmt.Sprintf("hush%dx%dx%d", k.Tag, id, c.Tag)
}

// plantable reports whether a secret can be put into a field: text that nobody
// but its own city, or fewer, may read.
func plantable(k *field.Kind, c *field.Column) bool {
	return (c.Shape == field.ShapeText || c.Shape == field.ShapeLong) && c.Target == "" &&
		(c.Sensitivity != field.Open || k.Scope == field.ScopeAnswers && c.Shape == field.ShapeLong) &&
		k.Scope != field.ScopeUsers
}

// mark gives a copy of a record that holds its secrets; nil when it has none.
func mark(k *field.Kind, id uint64, rec any) any {
	out := k.Clone(rec)
	for _, c := range k.Columns {
		if plantable(k, c) {
			if err := c.Parse(out, secret(k, id, c), nil); err != nil {
				panic(err)
			}
		}
	}
	if k.Equal(out, rec) {
		return nil
	}
	return out
}

// TestMatrixOfRolesKindsAndVerbs goes through every role, of either of two
// partners or none, every kind, a record of each set of parties, and every way
// of reading and writing, and holds what comes of it against the policy.
func TestMatrixOfRolesKindsAndVerbs(t *testing.T) {
	s := busy(t)
	state := s.durable.Load()
	asked := map[string]int{}
	for _, id := range everyone() {
		v := s.As(id)
		latest := recentlyChanged(t, v)
		for _, k := range s.schema.Kinds {
			tried := map[string]bool{}
			for n, raw := range state.Scan(k.Name) {
				parties := k.Parties(state, raw)
				if key := fmt.Sprint(parties); tried[key] {
					continue // one record of each set of parties
				} else {
					tried[key] = true
				}
				readsAsAllowed(t, v, k, n, raw, parties, latest)
				writesAsAllowed(t, s, id, k, n, raw, parties)
				asked[k.Name]++
			}
		}
	}
	for _, k := range s.schema.Kinds {
		if asked[k.Name] == 0 {
			t.Logf("the sample has no %s", k.Name)
		}
	}
	for _, must := range []string{"people", "answers", "equipment", "users", "programs", "settings"} {
		if asked[must] < len(everyone()) {
			t.Errorf("%s: asked %d times", must, asked[must])
		}
	}
}

// readsAsAllowed asks for one record by every way of reading.
func readsAsAllowed(t *testing.T, v *Session, k *field.Kind, n uint64, raw any, parties []field.Party,
	latest map[string]bool) {
	t.Helper()
	id, view := v.id, v.View()
	sees := id.Sees(k, parties)
	listed := false
	for _, row := range view.Rows(k.Name).IDs() {
		listed = listed || row == n
	}
	changes, err := v.History(k.Name, n, 0)
	if err != nil {
		t.Fatal(err)
	}
	for way, got := range map[string]bool{"get": view.Get(k.Name, n) != nil, "list": listed,
		"revision": view.RevOf(k.Name, n) != 0,
		"history":  len(changes) > 0, "latest": latest[fmt.Sprint(k.Name, n)]} {
		if got != sees {
			t.Errorf("%s of partner %d, %s: %s #%d %v, want %v", id.Role, id.Partner, way, k.One, n, got, sees)
		}
	}
	for _, c := range k.Columns {
		if !plantable(k, c) || !strings.Contains(string(c.Format(nil, raw, nil)), secret(k, n, c)) {
			continue
		}
		may, word := id.SeesField(k, c, parties), secret(k, n, c)
		env := field.NewEnv(view, 0)
		f, err := field.ParseFilter(k, word, env, text.Fold)
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := view.Rows(k.Name).Filter(f, env)
		if (len(rows) > 0) != may {
			t.Errorf("%s of partner %d finds %s #%d by %s: %v, want %v", id.Role, id.Partner, k.One, n, c.Name,
				len(rows) > 0, may)
		}
		told := false
		for _, ch := range changes {
			for _, col := range ch.Columns {
				told = told || col.Name == c.Name
			}
		}
		if told != may {
			t.Errorf("%s of partner %d: history tells of %s of %s #%d: %v, want %v", id.Role, id.Partner, c.Name, k.One,
				n, told, may)
		}
	}
}

// recentlyChanged collects the records that the journal's entries name.
func recentlyChanged(t *testing.T, v *Session) map[string]bool {
	t.Helper()
	named := map[string]bool{}
	for rev := v.store.durable.Load().rev; rev > 0; rev-- {
		e, err := v.Entry(rev, 0)
		if failure.CodeOf(err) == failure.NotFound {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range e.Changes {
			named[fmt.Sprint(c.Kind, c.ID)] = true
		}
	}
	return named
}

// writesAsAllowed tries, and takes back, what writing does to one record.
func writesAsAllowed(t *testing.T, s *Store, id access.Identity, k *field.Kind, n uint64, raw any,
	parties []field.Party) {
	t.Helper()
	at, _ := s.kind(k.Name)
	for verb, want := range map[string]error{
		"change": id.MayChange(k, false, false, parties, parties),
		"delete": id.MayChange(k, false, true, parties, nil),
		"add":    id.MayChange(k, true, false, nil, parties),
	} {
		tx := s.begin(s.durable.Load(), id)
		key := recKey{at, n}
		switch verb {
		case "change":
			tx.draft.set(key, k.Clone(raw))
		case "delete":
			tx.draft.set(key, nil)
		case "add":
			if k.Name == "partners" {
				continue // a partner is its own party, so a new one is nobody's
			}
			key.id = 1 << 40
			fresh := k.Clone(raw)
			k.SetID(fresh, key.id)
			tx.draft.set(key, fresh)
		}
		before, after := tx.draft.before[key].rec, tx.draft.now(key).rec
		if want == nil {
			want = k.MayStep(tx.draft, id.Actor(k), before, after) // some steps are one of the parties' alone
		}
		got := tx.checkRights(key, before, after)
		if (got == nil) != (want == nil) {
			t.Errorf("%s of partner %d may %s %s #%d: %v, want %v", id.Role, id.Partner, verb, k.One, n, got, want)
		}
		if got != nil && failure.CodeOf(got) != failure.Forbidden {
			t.Errorf("%v is not a refusal", got)
		}
	}
	if !id.Sees(k, parties) {
		tx := s.begin(s.durable.Load(), id)
		for verb, err := range map[string]error{"put": discard(tx.Put(k.Name, k.Clone(raw))),
			"delete": tx.Delete(k.Name, n)} {
			if failure.CodeOf(err) != failure.NotFound {
				t.Errorf("%s of partner %d can %s %s #%d, unseen: %v", id.Role, id.Partner, verb, k.One, n, err)
			}
		}
	}
}

func discard(_ uint64, err error) error { return err }

// TestAHiddenChangeHasNotHappened: a change of a private field leaves no trace
// for those who do not see the field, and they can go on editing over it.
func TestAHiddenChangeHasNotHappened(t *testing.T) {
	s, _ := founded(t)
	dana := put(t, s, keeper(), person(raytown, "Dana"))
	lou := as("lou", access.Coordinator, 0)
	lee := as("lee", access.Editor, field.Party(grandview))
	title := func(id access.Identity, set func(*partnership.Person)) {
		t.Helper()
		update(t, s, id, func(tx *Tx) error {
			p := *field.Get(tx, dana)
			set(&p)
			_, err := field.Put(tx, &p)
			return err
		})
	}
	title(keeper(), func(p *partnership.Person) { p.Title = "Clerk II" })
	seen := s.As(lee).View().RevOf("people", uint64(dana))
	title(lou, func(p *partnership.Person) { p.Note = "a private matter" })
	for _, name := range []string{"at once", "after opening again"} {
		v := s.As(lee)
		if got := v.View().RevOf("people", uint64(dana)); got != seen {
			t.Errorf("%s: the revision goes from %d to %d", name, seen, got)
		}
		changes, err := v.History("people", uint64(dana), 0)
		if err != nil || len(changes) != 2 || changes[0].Rev != seen {
			t.Errorf("%s: history has %d changes, %v", name, len(changes), err)
		}
		recent, err := v.Recent(0, 0)
		if err != nil || recent[0].Rev != seen {
			t.Errorf("%s: the journal begins with %+v, %v", name, recent[0], err)
		}
		if got := s.As(lou).View().RevOf("people", uint64(dana)); got != seen+1 {
			t.Errorf("%s: who sees the field sees revision %d", name, got)
		}
		s = reopen(t, s)
	}
	// An editor of the city who looked before the hidden change loses nothing of it.
	file := *field.Get(s.As(lee).View(), dana)
	file.Phone = "816-555-0777"
	tx := s.begin(s.durable.Load(), lee)
	if _, err := tx.Save("people", Edit{ID: uint64(dana), BaseRev: seen, Mine: &file}); err != nil {
		t.Fatal(err)
	}
	k, _ := s.kind("people")
	if got := tx.draft.now(recKey{k, uint64(dana)}).rec.(*partnership.Person); got.Note != "a private matter" ||
		got.Phone != "816-555-0777" {
		t.Errorf("%+v", got)
	}
}

// TestLargeChangesAreSeenAsSmallOnes: what can be seen of a record does not hang
// on how many others were changed with it.
func TestLargeChangesAreSeenAsSmallOnes(t *testing.T) {
	s, _ := founded(t)
	const many = 3 * largeEntry
	update(t, s, keeper(), func(tx *Tx) error {
		for i := range many {
			if _, err := field.Put(tx, person(raytown, fmt.Sprint("Person ", i))); err != nil {
				return err
			}
		}
		return nil
	})
	change := func(set func(i uint64, p *partnership.Person)) uint64 {
		return update(t, s, keeper(), func(tx *Tx) error {
			for i := range uint64(many) {
				p := *field.Get(tx, partnership.PersonID(i+1))
				set(i, &p)
				if _, err := field.Put(tx, &p); err != nil {
					return err
				}
			}
			return nil
		}).Rev
	}
	added := s.durable.Load().rev
	mixed := change(func(i uint64, p *partnership.Person) {
		if p.Note = "changed"; i%2 == 0 {
			p.Title = "Chief"
		}
	})
	hidden := change(func(_ uint64, p *partnership.Person) { p.Note = "changed again" })
	lee, lou := s.As(as("lee", access.Editor, field.Party(grandview))).View(), s.As(as("lou", access.Coordinator, 0)).
		View()
	for i := range uint64(many) {
		want := added
		if i%2 == 0 {
			want = mixed
		}
		if got := lee.RevOf("people", i+1); got != want {
			t.Fatalf("person %d is seen at revision %d, want %d", i+1, got, want)
		}
		if got := lou.RevOf("people", i+1); got != hidden {
			t.Fatalf("who sees all of person %d sees revision %d, want %d", i+1, got, hidden)
		}
	}
}

// BenchmarkRevisionsOfMany asks for the revision of every record as somebody
// from whom a field is hidden, as an export does.
func BenchmarkRevisionsOfMany(b *testing.B) {
	s, _ := founded(b)
	const many = 20000
	for range 2 {
		update(b, s, keeper(), func(tx *Tx) error {
			for i := range many {
				p := person(raytown, fmt.Sprint("Person ", i))
				if p.ID = partnership.PersonID(i + 1); field.Get(tx, p.ID) == nil {
					p.ID = 0
				} else {
					p.Title = "Chief"
				}
				if _, err := field.Put(tx, p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for b.Loop() {
		s.visibilities.Clear()
		v := s.As(as("lee", access.Editor, field.Party(grandview))).View()
		for i := range uint64(many) {
			v.RevOf("people", i+1)
		}
	}
}

// TestUndoTellsNothingOfAHiddenChange: one's own change can be taken back over a
// change that one does not see, which stays.
func TestUndoTellsNothingOfAHiddenChange(t *testing.T) {
	s, _ := founded(t)
	dana := put(t, s, keeper(), person(raytown, "Dana"))
	hide := as("lou", access.Editor, field.Party(raytown))
	edit := func(who access.Identity, set func(*partnership.Person)) {
		t.Helper()
		update(t, s, who, func(tx *Tx) error {
			p := *field.Get(tx, dana)
			set(&p)
			_, err := field.Put(tx, &p)
			return err
		})
	}
	lee := as("lee", access.Editor, field.Party(grandview)) // sees no private field of Raytown's people
	k, _ := s.kind("people")
	before := s.durable.Load().rev
	edit(keeper(), func(p *partnership.Person) { p.Title = "Chief" })
	edit(hide, func(p *partnership.Person) { p.Note = "kept" })
	tx := s.begin(s.durable.Load(), lee)
	e, err := s.ownEntry("keeper", (*ownEntries).undoable)
	if err != nil {
		t.Fatal(err)
	}
	if e == nil || e.rev != before+1 {
		t.Fatalf("%+v", e)
	}
	if err := tx.reverse(e); err != nil {
		t.Fatal(err)
	}
	if got := tx.draft.now(recKey{k, uint64(dana)}).rec.(*partnership.Person); got.Title != "Clerk" ||
		got.Note != "kept" {
		t.Errorf("%+v", got)
	}
	if _, err := s.Undo(t.Context(), keeper()); failure.CodeOf(err) != failure.Conflict {
		t.Errorf("who sees the field is told of the change: %v", err)
	}
}

// TestATitleTellsNothingOfWhatIsHidden: an entry that touches hidden records as
// well has no title of its own for those who do not see them.
func TestATitleTellsNothingOfWhatIsHidden(t *testing.T) {
	s := secretive(t)
	_, err := s.Update(t.Context(), keeper(), Op{Title: "answer PR.AA-01 at level 2"}, func(tx *Tx) error {
		a := *field.Get(tx, field.ID[cyber.Answer](1))
		a.Note = "another answer"
		if _, err := field.Put(tx, &a); err != nil {
			return err
		}
		p := *field.Get(tx, partnership.PersonID(1))
		p.Title = "Chief"
		_, err := field.Put(tx, &p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range everyone() {
		recent, err := s.As(id).Recent(1, 0)
		if err != nil {
			t.Fatal(err)
		}
		sees := id.Role == access.Owner || id.Role == access.Assessor && id.Partner == field.Party(raytown)
		if told := strings.Contains(recent[0].Op.Title, "PR.AA"); told != sees {
			t.Errorf("%s of partner %d: %q", id.Role, id.Partner, recent[0].Op.Title)
		}
		of, err := s.As(id).History("people", 1, 1)
		if err != nil || len(of) != 1 {
			t.Fatalf("%s of partner %d: %d changes, %v", id.Role, id.Partner, len(of), err)
		}
		if told := strings.Contains(of[0].Op.Title, "PR.AA"); told != sees {
			t.Errorf("%s of partner %d: the person's history says %q", id.Role, id.Partner, of[0].Op.Title)
		}
	}
}
