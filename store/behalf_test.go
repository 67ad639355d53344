package store

import (
	"context"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// TestTheProgramWritesInSomebodysName: what a person may not write is accepted
// when the program writes it in the same change, under the person's name; a
// record that the person writes too is judged by their rights, before and
// after, and their sight is their own again.
func TestTheProgramWritesInSomebodysName(t *testing.T) {
	s, _ := founded(t)
	viewer := as("vic", access.Viewer, 2)
	ann := put(t, s, keeper(), person(3, "Ann Lee"))
	rename := func(tx *Tx, name string) error {
		p := *field.Get(tx, ann)
		p.Name = name
		_, err := field.Put(tx, &p)
		return err
	}
	program := func(name string) func(tx *Tx) error {
		return func(tx *Tx) error { return tx.OnBehalf(func(tx *Tx) error { return rename(tx, name) }) }
	}
	own := func(name string) func(tx *Tx) error { return func(tx *Tx) error { return rename(tx, name) } }
	both := func(steps ...func(*Tx) error) error {
		_, err := s.Update(context.Background(), viewer, Op{Title: "both"}, func(tx *Tx) error {
			for _, step := range steps {
				if err := step(tx); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	refused(t, failure.Forbidden, both(own("Ann A")))
	refused(t, failure.Forbidden, both(own("Ann A"), program("Ann B")))
	refused(t, failure.Forbidden, both(program("Ann B"), own("Ann A")))
	refused(t, failure.Forbidden, both(func(tx *Tx) error {
		return tx.OnBehalf(func(inner *Tx) error { return rename(tx, "Ann A") })
	}))
	if err := both(program("Ann B"), program("Ann C")); err != nil {
		t.Fatal(err)
	}
	changes, err := s.As(keeper()).History("people", uint64(ann), 1)
	if err != nil || len(changes) != 1 || changes[0].User != "vic" ||
		changes[0].After.(*partnership.Person).Name != "Ann C" {
		t.Errorf("%+v %v", changes, err)
	}
}

// TestATitleDoesNotTellOfResultsSharedWithOthers: whether or not others are
// handed more in the same change, those who are handed some read the same.
func TestATitleDoesNotTellOfResultsSharedWithOthers(t *testing.T) {
	for _, more := range []bool{false, true} {
		s, _ := founded(t)
		cycle := put(t, s, keeper(), &cyber.Cycle{Year: 2027, Framework: framework.CSF20})
		update(t, s, keeper(), func(tx *Tx) error {
			audiences := [][]partnership.PartnerID{{2}}
			if more {
				audiences = append(audiences, []partnership.PartnerID{3})
			}
			for i, audience := range audiences {
				_, err := field.Put(tx, &cyber.Publication{Cycle: cycle, Sort: cyber.PublishedList,
					Framework: framework.CSF20,
					Function:  []string{"PR", "DE"}[i], Audience: audience})
				if err != nil {
					return err
				}
			}
			return nil
		})
		me := s.As(as("ana", access.Assessor, 2))
		entries, err := me.Recent(1, 0)
		if err != nil || len(entries) != 1 || entries[0].Op.Title != neutralTitle || len(entries[0].Changes) != 1 {
			t.Errorf("more %v: %+v %v", more, entries, err)
		}
		changes, err := me.History("publications", 1, 1)
		if err != nil || len(changes) != 1 || changes[0].Op.Title != neutralTitle {
			t.Errorf("more %v: %+v %v", more, changes, err)
		}
	}
}
