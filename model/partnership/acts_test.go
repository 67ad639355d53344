package partnership_test

import (
	"testing"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// founded is a Writer over the founding records.
func founded(t *testing.T) *fieldtest.Writer {
	t.Helper()
	w := fieldtest.NewWriter(model.NewSchema(), value.Date(2027, 3, 4).At(12, 0))
	err := partnership.NewSeed().Each(func(kind string, rec any) error {
		_, err := w.Put(kind, rec)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func do(w *fieldtest.Writer, name string, id uint64) (field.Result, error) {
	return partnership.Acts().Named(name).Do(w, id, nil, nil)
}

func TestAnIdeaBecomesAProgramOnce(t *testing.T) {
	w := founded(t)
	id, err := field.Put(w, &partnership.Idea{Title: "One sweeping contract", Detail: "for all", Partner: 5,
		Status: partnership.IdeaNew})
	if err != nil {
		t.Fatal(err)
	}
	w.By = field.Actor{Partner: 5}
	if _, err := do(w, "idea.adopt", uint64(id)); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a city adds a program that nobody leads: %v", err)
	}
	w.By = field.Actor{All: true}
	done, err := do(w, "idea.adopt", uint64(id))
	if err != nil {
		t.Fatal(err)
	}
	idea, program := field.Get(w, id), field.Get(w, partnership.ProgramID(done.ID))
	if program.Name != idea.Title || program.Note != "for all" || program.Status != partnership.ProgramIdea ||
		idea.Program != program.ID || idea.Status != partnership.IdeaStudied {
		t.Errorf("%+v of %+v", program, idea)
	}
	if _, err := do(w, "idea.adopt", uint64(id)); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a second time: %v", err)
	}
}

// A city is invited, joins, and is a member once its resolution has passed; a
// step that somebody else has taken meanwhile is not taken twice.
func TestACityBecomesAMemberByItsResolution(t *testing.T) {
	w := founded(t)
	id, err := field.Put(w, &partnership.Partner{Name: "Sugar Creek", Kind: partnership.City,
		Status: partnership.Invited})
	if err != nil {
		t.Fatal(err)
	}
	refused := func(name string) {
		t.Helper()
		if _, err := do(w, name, uint64(id)); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%s while it is %s: %v", name, field.Get(w, id).Status, err)
		}
	}
	refused("partner.admit")
	if _, err := do(w, "partner.join", uint64(id)); err != nil {
		t.Fatal(err)
	}
	refused("partner.join")
	refused("partner.admit")
	if _, err := field.Put(w, &partnership.Resolution{Partner: id, Status: partnership.Passed}); err != nil {
		t.Fatal(err)
	}
	if _, err := do(w, "partner.admit", uint64(id)); err != nil {
		t.Fatal(err)
	}
	if p := field.Get(w, id); p.Status != partnership.Member || p.Since != 2027 {
		t.Errorf("%+v", p)
	}
	refused("partner.admit")
}

// Whoever's staff somebody is, the facilitator alone takes a city in, by the act
// and by whatever else sets the status; a city says itself that it withdraws.
func TestTheFacilitatorTakesPartnersIn(t *testing.T) {
	w := founded(t)
	id, err := field.Put(w, &partnership.Partner{Name: "Sugar Creek", Kind: partnership.City,
		Status: partnership.Invited})
	if err != nil {
		t.Fatal(err)
	}
	p := field.Get(w, id)
	own := field.Actor{Partner: field.Party(id)}
	for _, name := range []string{"partner.join", "partner.admit"} {
		v := field.Viewpoint{Reader: w, By: own, Now: w.Now()}
		if err := partnership.Acts().Named(name).May(v, p); failure.CodeOf(err) != failure.Forbidden {
			t.Errorf("%s by the city itself: %v", name, err)
		}
	}
	step := w.Schema().Kind("partners").MayStep
	for status, want := range map[partnership.PartnerStatus]failure.Code{partnership.Joining: failure.Forbidden,
		partnership.Member: failure.Forbidden, partnership.Withdrawn: ""} {
		moved := *p
		moved.Status = status
		if err := step(w, own, p, &moved); failure.CodeOf(err) != want && (want != "" || err != nil) {
			t.Errorf("%s by the city itself: %v", status, err)
		}
		if err := step(w, field.Actor{All: true}, p, &moved); err != nil {
			t.Errorf("%s by the facilitator: %v", status, err)
		}
	}
}

// A file is made blank as long as it holds what it was founded with and nothing
// else.
func TestOnlyANewFileIsMadeBlank(t *testing.T) {
	w := founded(t)
	if _, err := partnership.BlankAct().Do(w, 0, nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, k := range w.Schema().Kinds {
		for id := range w.Scan(k.Name) {
			if k.Name != "settings" {
				t.Errorf("%s #%d is left", k.Name, id)
			}
		}
	}
	if s := partnership.SettingsOf(w); s.Name != "Our partnership" || s.Zone == "" {
		t.Errorf("%+v", s)
	}
	for name, change := range map[string]func(w *fieldtest.Writer) error{
		"a change": func(w *fieldtest.Writer) error {
			return field.Change(w, 1, func(p *partnership.Partner) error { p.Note = "ours"; return nil })
		},
		"a new record": func(w *fieldtest.Writer) error {
			_, err := field.Put(w, &partnership.Idea{Title: "ours"})
			return err
		},
	} {
		w := founded(t)
		if err := change(w); err != nil {
			t.Fatal(err)
		}
		err := w.Attempt(func() error { _, err := partnership.BlankAct().Do(w, 0, nil, nil); return err })
		if failure.CodeOf(err) != failure.Conflict || field.Get[partnership.Partner](w, 2) == nil {
			t.Errorf("%s is lost: %v", name, err)
		}
	}
}
