package run

import (
	"context"
	"testing"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// behalf is an act that writes a partner's note with the program's own sight.
func behalf(trusted bool) *field.Act {
	return field.ActOn[field.Alone, field.NoArgs]{Name: "test.behalf", Title: "Write", Help: "Writes.",
		Trusted: trusted,
		Do: func(w field.Writer, _ *field.Alone, _ *field.NoArgs, _ any) (field.Result, error) {
			err := field.OnBehalf(w, func(w field.Writer) error {
				return field.Change(w, partnership.PartnerID(1), func(p *partnership.Partner) error {
					p.Note = "written by the program"
					return nil
				})
			})
			return field.Done("Written."), err
		}}.Act()
}

// TestOnlyATrustedActWritesOnBehalf: the program's sight is lent to acts that
// declare it and to no others.
func TestOnlyATrustedActWritesOnBehalf(t *testing.T) {
	st := story(t)
	viewer := access.Identity{User: "vic", Name: "Vic", Role: access.Viewer, Partner: 2}
	_, err := Do(context.Background(), st, viewer, Request{Act: behalf(false)})
	if failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("an act that is not trusted: %v", err)
	}
	if _, err := Do(context.Background(), st, viewer, Request{Act: behalf(true)}); err != nil {
		t.Fatal(err)
	}
	changes, err := st.As(access.Alone("test")).History("partners", 1, 1)
	if err != nil || len(changes) != 1 || changes[0].User != "vic" {
		t.Errorf("%+v %v", changes, err)
	}
	if op := changes[0].Op; op.Act != "test.behalf" || op.ID == "" {
		t.Errorf("the history does not say which act it was, or not which time: %+v", op)
	}
	_, err = st.Update(context.Background(), viewer, store.Op{Title: "own"}, func(tx *store.Tx) error {
		return field.Change(tx, partnership.PartnerID(1),
			func(p *partnership.Partner) error { p.Note = "mine"; return nil })
	})
	if failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("the viewer writes themselves: %v", err)
	}
}
