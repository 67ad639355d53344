package events

import (
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
)

// Line is a sign-up as a sheet of paper has it: somebody on file, or somebody new
// with what the line says of them, and what they would do.
type Line struct {
	Name, Title, Department string
	City                    partnership.PartnerID
	shadowing.Signup        // its person is 0 when it is somebody new
}

func lineFields() []field.Field[Line] {
	return append([]field.Field[Line]{
		field.Text(1, "name", "Name", func(l *Line) *string { return &l.Name }).
			Help("Of somebody who is not on file yet."),
		field.Ref(2, "partner", "City", func(l *Line) *partnership.PartnerID { return &l.City }).
			Help("Of somebody who is not on file yet."),
		field.Text(3, "title", "Title", func(l *Line) *string { return &l.Title }),
		field.Text(4, "department", "Department", func(l *Line) *string { return &l.Department }),
		field.Ref(5, "person", "Person", func(l *Line) *partnership.PersonID { return &l.Person }).
			Help("Somebody who is on file."),
	}, field.Part(10, "", "", func(l *Line) *shadowing.Signup { return &l.Signup },
		field.Pick(shadowing.SignupFields(), "role", "length", "capacity", "wishes"))...)
}

func signupAct() *field.Act {
	return onEvent[Line]{Name: "event.signup", Title: "Sign somebody up", Args: lineFields(), Rest: "name", Apart: true,
		Makes: shadowing.Signup{}.KindName(),
		Help:  "Signs somebody up for an event: a person on file, or somebody new by name and city.",
		Fill: func(_ field.Viewpoint, _ *shadowing.Event, l *Line) {
			l.Role, l.Length = shadowing.SignupVisit, shadowing.EitherOfTwo
		},
		May: func(_ field.Viewpoint, e *shadowing.Event) error {
			return failure.If(!e.Live(), failure.Invalid,
				e.Name+" is "+string(e.State)+"; nobody signs up for it any more")
		},
		History: func(v field.Viewpoint, _ *shadowing.Event, l *Line) string {
			if l.Person != 0 {
				return "sign up " + nameOf(v, l.Person)
			}
			return "sign up " + l.Name
		},
		Do: func(w field.Writer, e *shadowing.Event, l *Line, _ any) (field.Result, error) {
			id, err := signUp(w, e, l)
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: nameOf(w, field.Get(w, id).Person) + " is signed up for " + e.Name + ".",
				Kind: shadowing.Signup{}.KindName(), ID: uint64(id)}, nil
		}}.Act()
}

// signUp stores the person of a line, when new, and the sign-up.
func signUp(w field.Writer, e *shadowing.Event, l *Line) (shadowing.SignupID, error) {
	person, err := l.onFile(w)
	if err != nil {
		return 0, err
	}
	if person == 0 {
		person, err = field.Put(w, &partnership.Person{Name: l.Name, Partner: l.City, Title: l.Title,
			Department: l.Department})
		if err != nil {
			return 0, err
		}
	}
	s := &shadowing.Signup{Event: e.ID, Person: person, Role: l.Role, Length: l.Length, Wishes: l.Wishes,
		State: shadowing.SignupReceived}
	if l.Role != shadowing.SignupVisit && l.Capacity.Or(0) > 0 {
		s.Capacity = value.Some(l.Capacity.V)
	}
	return field.Put(w, s)
}

// onFile finds who is meant, by number or by the name that somebody of the city
// bears; 0 is somebody new.
func (l *Line) onFile(r field.Reader) (partnership.PersonID, error) {
	if l.Person != 0 {
		return l.Person, nil
	}
	if l.Name == "" {
		return 0, failure.New(failure.Invalid, "say who signs up: somebody on file, or a name and a city")
	}
	var found partnership.PersonID
	for p := range field.All[partnership.Person](r) {
		if p.Partner != l.City && l.City != 0 || field.FoldName(p.Name) != field.FoldName(l.Name) {
			continue
		}
		if found != 0 {
			return 0, failure.New(failure.Invalid, "more than one on file is called "+p.Name+"; say which person is "+
				"meant by the number")
		}
		found = p.ID
	}
	return found, nil
}

// Leaving is who takes no part any more.
type Leaving struct{ Person partnership.PersonID }

func dropAct() *field.Act {
	return onVisits(onEvent[Leaving]{Name: "event.drop", Title: "Somebody drops out", Rest: "person",
		Help:  "Withdraws somebody's sign-up. Their visits fall through until the matches are repaired.",
		Words: []string{"withdraw from an event", "cannot come"},
		Args: []field.Field[Leaving]{
			field.Ref(1, "person", "Who", func(l *Leaving) *partnership.PersonID { return &l.Person }).Required().
				Help("Who drops out?")},
		History: func(v field.Viewpoint, _ *shadowing.Event, l *Leaving) string {
			return nameOf(v, l.Person) + " drops out"
		},
		Do: func(w field.Writer, e *shadowing.Event, l *Leaving, _ any) (field.Result, error) {
			s, err := withdrawn(w, e, l.Person)
			if err == nil {
				_, err = field.Put(w, s)
			}
			return field.Done(nameOf(w, l.Person) + " has dropped out."), err
		}})
}

// withdrawn gives somebody's sign-up for an event as it is once they drop out.
func withdrawn(r field.Reader, e *shadowing.Event, person partnership.PersonID) (*shadowing.Signup, error) {
	s := shadowing.SignupOf(r, e.ID, person)
	if s == nil {
		return nil, failure.New(failure.NotFound, nameOf(r, person)+" is not signed up for the event")
	}
	gone := *s
	gone.State = shadowing.SignupWithdrawn
	return &gone, nil
}

func seedAct() *field.Act {
	return field.ActOn[field.Alone, field.NoArgs]{Name: "synonym.seed", Title: "Put the program's synonyms on record",
		Help: "Puts the program's own synonyms on record, where they can be edited. " +
			"Words that are on record already stay as they are.",
		Makes: shadowing.Synonym{}.KindName(),
		May: func(v field.Viewpoint, _ *field.Alone) error {
			return failure.If(!v.By.All, failure.Forbidden,
				"synonyms are shared by all cities; ask the facilitator's coordinator")
		},
		Do: func(w field.Writer, _ *field.Alone, _ *field.NoArgs, _ any) (field.Result, error) {
			list := pairing.SeedSynonyms(w)
			for _, s := range list {
				if _, err := field.Put(w, s); err != nil {
					return field.Result{}, err
				}
			}
			many := " synonyms"
			if len(list) == 1 {
				many = " synonym"
			}
			return field.Done(strconv.Itoa(len(list)) + many + " added; edit them under Synonyms"), nil
		}}.Act()
}
